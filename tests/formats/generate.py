"""Writes the invented report in every format: `python3 tests/formats/generate.py [txt docx …]` (all without arguments),
and with `flawed` first the same report with slips planted in it.

Needs python-docx, openpyxl and, for doc, xls, pdf and ods, LibreOffice (`soffice`).
"""
import sys
from pathlib import Path

import report as R

WHOLE = Path(__file__).resolve().parents[2] / "corpus/whole"
FLAWED = sys.argv[1:2] == ["flawed"]
OUT = WHOLE / ("qinghe_2024_flawed" if FLAWED else "qinghe_2024_final_accounts")


def report():
    return R.flawed() if FLAWED else R.report()


def txt():
    """As Word converters leave it: one cell a line after a tab, a blank line between rows, column spans lost."""
    out, charts = [], []
    for block in report():
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


def blocks():
    """What every reader ought to see, from the model of the report itself: the yardstick of tests/formats.rs."""
    out, table = [], 0
    for block in report():
        if isinstance(block, (R.Heading, R.Para)):
            out.append(("P", block.text))
        elif isinstance(block, R.Chart):
            title = block.title.split("：", 1)[1]
            out += [("C", title, name, category, str(value)) for name, values in block.series
                    for category, value in zip(block.categories, values)]
            out.append(("P", f"（{block.title}）"))
        else:
            out += [("P", x) for x in (block.title, block.number, block.left, block.right) if x]
            out += [("T", str(table), str(r), str(c), str(h), str(w), text) for text, r, c, w, h in block.placed()]
            out += [("P", x) for x in block.notes]
            table += 1
    (OUT / "blocks.tsv").write_text("".join("\t".join(line) + "\n" for line in out), encoding="utf-8")


CHART_NS = ('xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"')


def chart_xml(chart):
    """A chart part with cached values, as Word writes it."""
    kind = "barChart" if chart.kind == "bar" else "pieChart"
    points = lambda texts: "".join(f'<c:pt idx="{i}"><c:v>{x}</c:v></c:pt>' for i, x in enumerate(texts))
    series = ""
    for i, (name, values) in enumerate(chart.series):
        count = f'<c:ptCount val="{len(values)}"/>'
        series += (f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/><c:tx><c:strRef><c:f>S!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
                   f'{points([name])}</c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:f>S!$A$2</c:f><c:strCache>{count}'
                   f'{points(chart.categories)}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>S!$B$2</c:f><c:numCache>'
                   f'<c:formatCode>General</c:formatCode>{count}{points(values)}</c:numCache></c:numRef></c:val></c:ser>')
    axes = '<c:axId val="1"/><c:axId val="2"/>' if kind == "barChart" else ""
    direction = '<c:barDir val="col"/><c:grouping val="clustered"/>' if kind == "barChart" else "<c:varyColors val=\"1\"/>"
    axis = lambda name, at, cross, pos: (f'<c:{name}><c:axId val="{at}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="1"/>'
                                    f'<c:axPos val="{pos}"/><c:crossAx val="{cross}"/></c:{name}>')
    tail = axis("catAx", 1, 2, "b") + axis("valAx", 2, 1, "l") if axes else ""
    title = chart.title.split("：", 1)[1]
    return (f'<?xml version="1.0" encoding="UTF-8"?><c:chartSpace {CHART_NS}><c:chart><c:title><c:tx><c:rich><a:bodyPr/>'
            f'<a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
            f'<c:{kind}>{direction}{series}{axes}</c:{kind}>{tail}</c:plotArea></c:chart></c:chartSpace>')


def docx(name="report.docx", automatic=True, tables=True, restarts=True):
    """`automatic`: the labels （一） of headings come from a list, as in most real reports; `tables`: the tables too.

    `restarts`: one list begins anew in each section, otherwise each section has a list of its own (LibreOffice writes a
    restart into `.doc` as a list of one paragraph)."""
    import copy
    import docx as D
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Pt

    document = D.Document()
    document.styles["Normal"].font.size = Pt(9)
    for style in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        document.styles[style].font.name = "Noto Serif CJK SC"
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    if automatic:
        numbering = document.part.numbering_part.element
        first = numbering.find(qn("w:num"))
        abstract = lambda key: parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
                             '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>')
        for key in [90] if restarts else range(201, 240):
            numbering.insert(list(numbering).index(first), abstract(key))
    count = 0
    number = 200
    for block in report():
        if isinstance(block, R.Heading):
            if block.level == 2:
                number += 1
            text = block.text
            paragraph = document.add_heading("", block.level)
            if automatic and block.level == 3:
                text = text.split("）", 1)[1]
                if text and not [n for n in numbering.findall(qn("w:num")) if n.get(qn("w:numId")) == str(number)]:
                    begin = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restarts else ""
                    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId '
                                               f'w:val="{90 if restarts else number}"/>{begin}</w:num>'))
                paragraph._p.get_or_add_pPr().append(parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))
            paragraph.add_run(text)
        elif isinstance(block, R.Para):
            document.add_paragraph(block.text)
        elif isinstance(block, R.Chart):
            count += 1
            part = Part(PackURI(f"/word/charts/chart{count}.xml"), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
                        chart_xml(block).encode(), document.part.package)
            rid = document.part.relate_to(part, RT.CHART)
            run = document.add_paragraph().add_run()
            run._r.append(parse_xml(
                f'<w:drawing {nsdecls("w")}><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
                f'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="{count}" name="c{count}"/>'
                '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
                'uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
                'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                f'r:id="{rid}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'))
            document.add_paragraph(f"（{block.title}）")
        elif tables:
            for text in (block.title, block.number, "　　".join(x for x in (block.left, block.right) if x)):
                if text:
                    document.add_paragraph(text)
            table = document.add_table(len(block.rows), block.cols)
            table.style = "Table Grid"
            for text, r, c, w, h in block.placed():
                cell = table.cell(r, c)
                if w > 1 or h > 1:
                    cell = cell.merge(table.cell(r + h - 1, c + w - 1))
                cell.text = text
            for text in block.notes:
                document.add_paragraph(text)
    document.save(OUT / name)


def xlsx():
    """The appendix tables as a workbook: numbers as numbers, hidden noise, one formula without a cached value avoided."""
    import openpyxl
    from openpyxl.styles import Border, Side
    book = openpyxl.Workbook()
    book.remove(book.active)
    line = Side(style="thin")
    for block in report():
        if not isinstance(block, R.Table):
            continue
        sheet = book.create_sheet(block.sheet)
        sheet.cell(1, 1, block.title)
        if block.cols > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=block.cols)
        sheet.cell(2, block.cols, block.number or None)
        sheet.cell(3, 1, block.left)
        sheet.cell(3, block.cols, block.right or None)
        for text, r, c, w, h in block.placed():
            cell = sheet.cell(r + 4, c + 1)
            plain = text.replace(",", "")
            if plain.replace(".", "", 1).isdigit() and "." in plain:
                cell.value = float(plain)
                cell.number_format = "#,##0.00" if block.number else "0.00"
            else:
                cell.value = text or None
                cell.data_type = "s"  # `=100%` is no formula
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            if w > 1 or h > 1:
                sheet.merge_cells(start_row=r + 4, end_row=r + 3 + h, start_column=c + 1, end_column=c + w)
        for i, note in enumerate(block.notes):
            sheet.cell(len(block.rows) + 4 + i, 1, note)
    book.save(OUT / "tables.xlsx")


def office(source, target):
    """LibreOffice turns `source` into the format of `target`."""
    import shutil
    import subprocess
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        kind = target.rsplit(".", 1)[1]
        kind = {"doc": "doc:MS Word 97", "xls": "xls:MS Excel 97", "html": "html:HTML (StarWriter):EmbedImages"}.get(kind, kind)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                        "--outdir", folder, str(source)], check=True, capture_output=True, timeout=300)
        shutil.copy(f"{folder}/{Path(source).stem}.{target.rsplit('.', 1)[1]}", OUT / target)


def plain():
    """The document that other word formats are made of: labels typed, since LibreOffice renders lists its own way."""
    import tempfile
    folder = Path(tempfile.mkdtemp())
    docx(folder / "report.docx", automatic=False)
    return folder / "report.docx"


def doc():
    """Lists stay automatic: their labels stand in no text of the file."""
    import tempfile
    folder = Path(tempfile.mkdtemp())
    docx(folder / "report.docx", restarts=False)
    office(folder / "report.docx", "report.doc")


def narrative():
    """The words of the report alone; its tables are the workbooks."""
    docx("narrative.docx", tables=False)


def pdf():
    office(plain(), "report.pdf")


def xls():
    office(OUT / "tables.xlsx", "tables.xls")


def ods():
    office(OUT / "tables.xlsx", "tables.ods")


def html():
    """A page of a government site: GBK, furniture, a layout table, &nbsp; and <br> inside cells."""
    from html import escape
    out = ['<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>清河县水务局</title>'
           '<script>var a="<p>1</p>";</script></head><body><div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>'
           '<table width="100%"><tr><td><div id="zoom">']
    for block in report():
        if isinstance(block, R.Heading):
            out.append(f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>")
        elif isinstance(block, R.Para):
            out.append(f"<p>&nbsp;&nbsp;{escape(block.text)}</p>")
        elif isinstance(block, R.Chart):
            out.append(f"<p>（{escape(block.title)}）</p>")
        else:
            for text in (block.title, block.number, "　　".join(x for x in (block.left, block.right) if x)):
                if text:
                    out.append(f"<p>{escape(text)}</p>")
            rows = {}
            for text, r, c, w, h in block.placed():
                span = (f" colspan={w}" if w > 1 else "") + (f" rowspan={h}" if h > 1 else "")
                rows.setdefault(r, []).append(f"<td{span}>{escape(text) or '&nbsp;'}</td>")
            out.append("<table border=1>" + "".join("<tr>" + "".join(rows[r]) + "</tr>" for r in sorted(rows)) + "</table>")
            out += [f"<p>{escape(x)}</p>" for x in block.notes]
    out.append('</div></td></tr></table><div class="foot">主办：某县人民政府　备案号：00000000</div></body></html>')
    (OUT / "report.html").write_bytes("\n".join(out).encode("gbk"))


OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd():
    """Drawn by hand as OFD writers do: a template with the page frame, repeats in DeltaX, CTM on titles, odd paths."""
    import zipfile
    from html import escape
    width, height, left, right, top, bottom, size = 210, 297, 20, 190, 20, 277, 3.2
    pages, page, y, ids = [], [], top, [100]

    def next_id():
        ids[0] += 1
        return ids[0]

    def advance(c, s):
        return s if ord(c) >= 0x2000 else s / 2

    def text(x, y, words, s=size, scaled=False):
        if not words:
            return
        steps, runs = [advance(c, s) for c in words[:-1]], []
        for step in steps:
            if runs and runs[-1][0] == step:
                runs[-1][1] += 1
            else:
                runs.append([step, 1])
        k = 2 if scaled else 1
        delta = " ".join(f"g {n} {v / k:g}" if n > 1 else f"{v / k:g}" for v, n in runs)
        ctm = ' CTM="2 0 0 2 0 0"' if scaled else ""
        page.append(f'<ofd:TextObject ID="{next_id()}" Boundary="{x:g} {y:g} 170 {s * 1.3:g}" Font="1" Size="{s / k:g}"{ctm}>'
                    f'<ofd:TextCode X="0" Y="{s / k:g}"' + (f' DeltaX="{delta}"' if delta else "") + f'>{escape(words)}</ofd:TextCode></ofd:TextObject>')

    def rule(x0, y0, x1, y1):
        page.append(f'<ofd:PathObject ID="{next_id()}" Boundary="{x0:g} {y0:g} {max(x1 - x0, 0.25):g} {max(y1 - y0, 0.25):g}" LineWidth="0.25">'
                    f'<ofd:AbbreviatedData>M 0 0 L {x1 - x0:g} {y1 - y0:g}</ofd:AbbreviatedData></ofd:PathObject>')

    def new_page():
        nonlocal page, y
        pages.append(page)
        page, y = [], top

    def wrap(words, room, s=size):
        lines, line, used = [], "", 0
        for c in words:
            if used + advance(c, s) > room + 0.01:
                lines.append(line)
                line, used = "", 0
            line += c
            used += advance(c, s)
        return lines + [line] if line else lines

    def paragraph(words, indent=True, center=False):
        nonlocal y
        if center:
            x = (left + right - sum(advance(c, size) for c in words)) / 2
            if y + 6 > bottom:
                new_page()
            text(x, y, words, scaled=True)
            y += 6
            return
        for i, line in enumerate(wrap(("　　" if indent else "") + words, right - left)):
            if y + 5 > bottom:
                new_page()
            pad = len(line) - len(line.lstrip("　"))
            text(left + pad * size, y, line.lstrip("　"))
            y += 5
        y += 1.5

    for block in report():
        if isinstance(block, R.Heading):
            paragraph(block.text, center=block.level == 1)
        elif isinstance(block, R.Para):
            paragraph(block.text)
        elif isinstance(block, R.Chart):
            paragraph(f"（{block.title}）", center=True)
        else:
            new_page()
            paragraph(block.title, center=True)
            if block.number:
                x = right - sum(advance(c, size) for c in block.number)
                text(x, y, block.number)
                y += 5
            text(left, y, block.left)
            if block.right:
                text(right - sum(advance(c, size) for c in block.right), y, block.right)
            y += 6
            s, placed = 2.4, block.placed()
            # Columns as wide as their longest word, scaled to the page.
            need = [4.0] * block.cols
            for words, r, c, w, h in placed:
                if w == 1:
                    need[c] = max(need[c], min(sum(advance(ch, s) for ch in words) + 2, 32))
            scale = (right - left) / sum(need)
            xs = [left + sum(need[:c]) * scale for c in range(block.cols + 1)]
            heights = [3.6] * len(block.rows)
            for words, r, c, w, h in placed:
                count = len(wrap(words, xs[c + w] - xs[c] - 1, s))
                lacking = count * 3.0 + 0.6 - sum(heights[r:r + h])
                if lacking > 0:
                    heights[r + h - 1] += lacking
            ys = [y + sum(heights[:r]) for r in range(len(heights) + 1)]
            assert ys[-1] < 290, (block.title, ys[-1])
            for words, r, c, w, h in placed:
                x0, x1, y0, y1 = xs[c], xs[c + w], ys[r], ys[r + h]
                rule(x0, y0, x1, y0)
                rule(x0, y1, x1, y1)
                rule(x0, y0, x0, y1)
                rule(x1, y0, x1, y1)
                lines = wrap(words, x1 - x0 - 1, s)
                at = (y0 + y1 - len(lines) * 3.0) / 2
                for i, line in enumerate(lines):
                    text(x0 + 0.5, at + i * 3.0, line, s)
            y = ys[-1] + 3
            for note in block.notes:
                paragraph(note, indent=False)
            new_page()
    pages.append(page)
    pages = [p for p in pages if p]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    area = f"<ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox>"
    parts = {
        "OFD.xml": f'{head}<ofd:OFD {OFD_NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo>'
                   '<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'{head}<ofd:Document {OFD_NS}><ofd:CommonData><ofd:MaxUnitID>{ids[0]}</ofd:MaxUnitID><ofd:PageArea>{area}</ofd:PageArea>'
                              '<ofd:TemplatePage ID="2" BaseLoc="Tpls\\Tpl_0\\Content.xml"/></ofd:CommonData><ofd:Pages>' +
                              "".join(f'<ofd:Page ID="{i + 10}" BaseLoc="./Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))) +
                              '</ofd:Pages></ofd:Document>',
        "Doc_0/Tpls/Tpl_0/Content.xml": f'{head}<ofd:Page {OFD_NS}><ofd:Content><ofd:Layer ID="3"><ofd:PathObject ID="4" Boundary="20 285 170 0.3">'
                                        '<ofd:AbbreviatedData>M 0 0 L 170 0</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>',
    }
    for i, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = (f'{head}<ofd:Page {OFD_NS}><ofd:Template TemplateID="2" ZOrder="Background"/><ofd:Content>'
                                                      f'<ofd:Layer ID="{i + 900000}"><ofd:PageBlock ID="{i + 910000}">{"".join(objects)}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>')
    with zipfile.ZipFile(OUT / "report.ofd", "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1 + FLAWED:] or ["txt", "docx", "narrative", "doc", "pdf", "html", "xlsx", "xls", "ofd"]
    wanted += [] if FLAWED or sys.argv[1:] else ["blocks", "ods"]
    for name in wanted:
        globals()[name]()
