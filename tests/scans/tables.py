"""Compares the tables read from the pictures of pages.py with those of the pages themselves, cell by cell.

    GOUJI_MODELS=... python3 tables.py GOUJI OUT STATE [--show N]

GOUJI is the program; OUT/NAME.pdf and OUT/NAME.STATE.* are read by `gouji extract`. Rows are aligned, cells are then
compared by their place: a cell is equal if the cell of the same row and column of the table holds the same text, blanks
and widths of marks aside.
"""

import difflib
import json
import pathlib
import subprocess
import sys

WIDTH = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}


def tables(gouji, path):
    out = subprocess.run([gouji, "extract", "-q", "--format", "json", path], capture_output=True).stdout
    reports = json.loads(out)["reports"]
    plain = lambda text: "".join(text.translate(WIDTH).split())
    return [[tuple(plain(cell["text"]) for cell in row) for row in table["grid"]]
            for report in reports for table in report["tables"]]


def compared(ours, theirs):
    """Cells that are equal, and pairs that are not."""
    equal, faults = 0, []
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        for index in range(b - a):
            row = ours[a + index]
            other = theirs[c + index] if c + index < d else ()
            for column, cell in enumerate(row):
                found = other[column] if column < len(other) else None
                if cell == found:
                    equal += 1
                else:
                    faults.append((cell, found))
    return equal, faults


def main(gouji, out, state, *rest):
    show = int(rest[1]) if rest[:1] == ("--show",) else 0
    cells = equal = figures = right = 0
    shown = []
    for path in sorted(pathlib.Path(out).glob(f"*.{state}.*")):
        if path.suffix not in (".png", ".jpg"):
            continue
        name = path.name.split(f".{state}.")[0]
        ours, theirs = tables(gouji, path.with_name(f"{name}.pdf")), tables(gouji, path)
        # One list of rows: a table in two parts says the same.
        rows, others = [row for table in ours for row in table], [row for table in theirs for row in table]
        same, faults = compared(rows, others)
        digits = [cell for row in rows for cell in row if any(c.isdigit() for c in cell)]
        wrong = [fault for fault in faults if any(c.isdigit() for c in fault[0])]
        cells, equal = cells + same + len(faults), equal + same
        figures, right = figures + len(digits), right + len(digits) - len(wrong)
        if faults:
            shown.append(f"   {name}: {len(ours)} and {len(theirs)} tables, {len(faults)} of {same + len(faults)} cells differ")
            shown += [f"      {a!r} {b!r}" for a, b in faults[:show]]
    print(f"{state}: cells {equal}/{cells} = {equal / max(cells, 1):.4f}; with digits {right}/{figures} = {right / max(figures, 1):.4f}")
    print("\n".join(shown))


if __name__ == "__main__":
    main(*sys.argv[1:])
