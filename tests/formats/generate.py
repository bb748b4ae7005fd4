"""Writes the invented report in every format: `python3 tests/formats/generate.py [txt docx …]` (all without arguments).

Needs python-docx, openpyxl and, for doc, xls, pdf and ods, LibreOffice (`soffice`).
"""
import sys
from pathlib import Path

import report as R

OUT = Path(__file__).resolve().parents[2] / "corpus/whole/qinghe_2024_final_accounts"


def txt():
    """As Word converters leave it: one cell a line after a tab, a blank line between rows, column spans lost."""
    out, charts = [], []
    for block in R.report():
        if isinstance(block, (R.Heading, R.Para)):
            out.append(block.text)
        elif isinstance(block, R.Chart):
            out.append(f"（{block.title}）")
            charts.append(block)
        else:
            out += [x for x in (block.title, block.number) if x]
            out.append("　　".join(x for x in (block.left, block.right) if x))
            placed = {}
            for text, r, c, w, h in block.placed():
                for y in range(h):
                    placed.setdefault(r + y, {})[c] = text if y == 0 else ""
            out.append("\n\n".join("\n".join("\t" + row[c] for c in sorted(row)) for _, row in sorted(placed.items())))
            out += [""] + block.notes
    for chart in charts:
        out.append(chart.title.split("：", 1)[1])
        for name, values in chart.series:
            out += [f"{name}\t", "\t".join(chart.categories + [str(v) for v in values]) + "\t", ""]
    (OUT / "report.txt").write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or ["txt"]
    for name in wanted:
        globals()[name]()
