"""Peers on the same files, against blocks.tsv: share of paragraphs and of table cells found at their place, and time.

`python3 tests/formats/peers.py target/release/gouji` (python-docx, xlrd; antiword and catdoc from Debian).
"""
import subprocess
import sys
import time

from generate import OUT

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


def report(name, of, read):
    begun = time.perf_counter()
    result = read()
    spent = time.perf_counter() - begun
    if isinstance(result, str):
        found = sum(p in result for p in PARAGRAPHS)
        print(f"{name:12} {of:12} paragraphs {found}/{len(PARAGRAPHS)}  tables not structured  {spent * 1000:.0f} ms")
        return
    paragraphs, cells = result
    found = sum(p in "".join(paragraphs) for p in PARAGRAPHS)
    exact = sum(cells.get(k) == v for k, v in CELLS.items())
    text = sum(cells.get(k, (0, 0, None))[2] == v[2] for k, v in CELLS.items())
    print(f"{name:12} {of:12} paragraphs {found}/{len(PARAGRAPHS)}  cells {exact}/{len(CELLS)} (text {text})  {spent * 1000:.0f} ms")


report("python-docx", "report.docx", python_docx)
report("xlrd", "tables.xls", xlrd)
report("antiword", "report.doc", lambda: run("antiword", "-m", "UTF-8.txt", "-w", "0", str(OUT / "report.doc")))
report("catdoc", "report.doc", lambda: run("catdoc", "-d", "utf-8", str(OUT / "report.doc")))
if len(sys.argv) > 1:
    for name in ("report.docx", "report.doc", "tables.xls"):
        report("gouji", name, lambda: run(sys.argv[1], "trace", "document", str(OUT / name)))
