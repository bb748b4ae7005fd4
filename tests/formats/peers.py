"""Peers on the same files, against blocks.tsv: share of paragraphs and of table cells found at their place, and time.

`python3 tests/formats/peers.py target/release/gouji` (python-docx, xlrd; antiword and catdoc from Debian).

Measured (best of five, programs of their own, one run on a busy machine of two cores):

    python-docx  report.docx  paragraphs 132/141  cells 1309/1309   1.00
    gouji        report.docx  paragraphs 141/141  cells 1309/1309   0.31
    xlrd         tables.xls   cells 1159/1309 (no number formats)   1.00
    gouji        tables.xls   cells 1309/1309                       0.12
    antiword     report.doc   paragraphs  49/141  no tables         1.0
    catdoc       report.doc   paragraphs 132/141  no tables         0.7
    gouji        report.doc   paragraphs 141/141  cells 1309/1309   48 (it understands all numbers as well)
"""
import json
import subprocess
import sys
import time
from pathlib import Path

from generate import OUT

HERE = Path(__file__).resolve().parent
bare = lambda text: "".join(text.split())
lines = [line.rstrip("\n").split("\t") for line in open(OUT / "blocks.tsv", encoding="utf-8")]
PARAGRAPHS = [bare(x[1]) for x in lines if x[0] == "P"]
CELLS = {(int(x[1]), int(x[2]), int(x[3])): (int(x[4]), int(x[5]), bare(x[6])) for x in lines if x[0] == "T"}
POINTS = [x for x in lines if x[0] == "C"]


def python_docx():
    import docx
    document = docx.Document(OUT / "report.docx")
    cells = {}
    for t, table in enumerate(document.tables):
        first, last = {}, {}
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                first.setdefault((t, cell._tc), (r, c))
                last[(t, cell._tc)] = (r, c, bare(cell.text))
        for key, (r, c) in first.items():
            y, x, text = last[key]
            cells[(t, r, c)] = (y - r + 1, x - c + 1, text)
    return [bare(p.text) for p in document.paragraphs], cells


def xlrd():
    import xlrd as X
    book = X.open_workbook(OUT / "tables.xls", formatting_info=True)
    cells = {}
    for t, sheet in enumerate(book.sheets()):
        for r in range(3, sheet.nrows):
            for c in range(sheet.ncols):
                cells[(t, r - 3, c)] = (1, 1, bare(str(sheet.cell_value(r, c))))
        for a, b, c, d in sheet.merged_cells:
            if (t, a - 3, c) in cells:
                cells[(t, a - 3, c)] = (b - a, d - c, cells[(t, a - 3, c)][2])
    return [], cells


def run(*command):
    return bare(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def gouji(path):
    """Paragraphs and cells from what `gouji extract` and `gouji trace` hand out."""
    found = json.loads(subprocess.run([sys.argv[1], "extract", str(path)], capture_output=True, text=True).stdout)
    cells = {}
    for t, table in enumerate(found["reports"][0]["tables"]):
        taken = set()
        for r, row in enumerate(table["grid"]):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                h, w = cell.get("rowspan", 1), cell.get("colspan", 1)
                taken |= {(r + y, c + x) for y in range(h) for x in range(w)}
                cells[(t, r, c)] = (h, w, bare(cell["text"]))
                c += w
    lines = subprocess.run([sys.argv[1], "trace", "document", str(path)], capture_output=True, text=True).stdout.splitlines()
    return [bare(line.split("\t", 3)[-1]) for line in lines if line.startswith("p") and "\ttable " not in line], cells


def seconds(work):
    """The best of five."""
    best = None
    for _ in range(5):
        begun = time.perf_counter()
        work()
        spent = time.perf_counter() - begun
        best = spent if best is None else min(best, spent)
    return best


def report(name, of, read, timed=None):
    result = read()
    spent = seconds(timed or read)
    if isinstance(result, str):
        found = sum(p in result for p in PARAGRAPHS)
        print(f"{name:12} {of:12} paragraphs {found}/{len(PARAGRAPHS)}  tables not structured  {spent * 1000:.0f} ms")
        return
    paragraphs, cells = result
    found = sum(p in "".join(paragraphs) for p in PARAGRAPHS)
    exact = sum(cells.get(k) == v for k, v in CELLS.items())
    text = sum(cells.get(k, (0, 0, None))[2] == v[2] for k, v in CELLS.items())
    print(f"{name:12} {of:12} paragraphs {found}/{len(PARAGRAPHS)}  cells {exact}/{len(CELLS)} (text {text})  {spent * 1000:.0f} ms")


def alone(code):
    """The time of a peer as a program of its own, as gouji runs: start, read, walk all cells."""
    return lambda: subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE)!r}); sys.argv = ['x', '-']; "
                                   f"import peers; peers.{code}()"], check=True, capture_output=True)


def real():
    """Characters of the real files that a peer reads and gouji does not."""
    from collections import Counter
    folder = HERE.parents[2] / "shared/reports/doc"
    for path in sorted(folder.glob("*.doc*")) if folder.exists() else []:
        if path.suffix == ".docx":
            import docx
            document = docx.Document(path)
            words = [p.text for p in document.paragraphs]
            words += [cell.text for t in document.tables for r in t.rows for cell in dict.fromkeys(r.cells)]
            peers = {"python-docx": bare("".join(words))}
        else:
            peers = {"antiword": run("antiword", "-m", "UTF-8.txt", "-w", "0", str(path)).replace("|", ""),
                     "catdoc": run("catdoc", "-d", "utf-8", str(path))}
        paragraphs, cells = gouji(path)
        ours = Counter("".join(paragraphs) + "".join(cell[2] for cell in cells.values()))
        for name, text in peers.items():
            lost, more = Counter(text) - ours, ours - Counter(text)
            print(f"{path.name:24} against {name:12} {len(text)} characters, not in gouji {sum(lost.values())} "
                  f"{''.join(lost.elements())[:30]!r}, only in gouji {sum(more.values())} {''.join(more.elements())[:30]!r}")


if __name__ == "__main__":
    report("python-docx", "report.docx", python_docx, alone("python_docx"))
    report("xlrd", "tables.xls", xlrd, alone("xlrd"))
    report("antiword", "report.doc", lambda: run("antiword", "-m", "UTF-8.txt", "-w", "0", str(OUT / "report.doc")))
    report("catdoc", "report.doc", lambda: run("catdoc", "-d", "utf-8", str(OUT / "report.doc")))
    if len(sys.argv) > 1:
        for name in ("report.docx", "report.doc", "tables.xls"):
            path = OUT / name
            report("gouji", name, lambda: gouji(path), lambda: run(sys.argv[1], "trace", "document", str(path)))
        real()
