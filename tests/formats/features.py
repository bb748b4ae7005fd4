"""Writes files with the features that real Word and Excel files have: `python3 tests/formats/features.py`.

Word: automatic lists, fields, notes, revisions, tick boxes, text boxes, merged and nested tables. Excel: number formats,
hidden rows and sheets, several tables on a sheet, error cells. Needs openpyxl and LibreOffice (`soffice`).
"""
import subprocess
import tempfile
import zipfile
from datetime import date
from pathlib import Path

OUT = Path(__file__).resolve().parent / "features"
W='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
def r(t,props=''): return f'<w:r>{"<w:rPr>"+props+"</w:rPr>" if props else ""}<w:t xml:space="preserve">{t}</w:t></w:r>'
def p(*runs,ppr=''): return f'<w:p>{"<w:pPr>"+ppr+"</w:pPr>" if ppr else ""}{"".join(runs)}</w:p>'
def tc(*blocks,span=1,v=None,w=1500):
    pr=f'<w:tcW w:w="{w*span}" w:type="dxa"/>'+(f'<w:gridSpan w:val="{span}"/>' if span>1 else '')+({'s':'<w:vMerge w:val="restart"/>','c':'<w:vMerge/>',None:''}[v])
    blocks=blocks or (p(),)
    return f'<w:tc><w:tcPr>{pr}</w:tcPr>{"".join(b if b.startswith("<") else p(r(b)) for b in blocks)}</w:tc>'
def tr(*cells,pr=''): return f'<w:tr>{"<w:trPr>"+pr+"</w:trPr>" if pr else ""}{"".join(cells)}</w:tr>'
def tbl(cols,*rows): return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr><w:tblGrid>{"<w:gridCol w:w=%s1500%s/>"%(chr(34),chr(34))*cols}</w:tblGrid>{"".join(rows)}</w:tbl>'
def fld(code,result): return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
def num(i,l=0): return f'<w:numPr><w:ilvl w:val="{l}"/><w:numId w:val="{i}"/></w:numPr>'
REV='w:id="9" w:author="a" w:date="2025-01-01T00:00:00Z"'
txbx=f'''<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="2000000" cy="500000"/><wp:wrapTopAndBottom/><wp:docPr id="5" name="t"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{p(r("文本框内收入7.77万元。"))}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p(r("文本框内收入7.77万元。"))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'''
body=''.join([
 p(r('某县水务局2024年度部门决算')),
 p(r('收入情况'),ppr='<w:pStyle w:val="1"/>'+num(1)),
 p(r('总体情况'),ppr=num(1,1)),
 p(r('收入总计'),fld('=SUM(A1:A3)','100.00'),r('万元'),'<w:r><w:footnoteReference w:id="2"/></w:r>',r('，增长5%。')),
 p(r('支出情况'),ppr=num(1)),
 p(r('具体情况'),ppr=num(1,1)),
 p(r('其他情况'),ppr=num(1,1)),
 p(r('原文'),f'<w:ins {REV}>{r("插入10.00万元")}</w:ins>',f'<w:del {REV}><w:r><w:delText>删除20.00万元</w:delText></w:r></w:del>',r('。')),
 p(r('移走'),f'<w:moveFrom {REV}>{r("旧处30万元")}</w:moveFrom>',f'<w:moveTo {REV}>{r("新处30万元")}</w:moveTo>'),
 p(r('前半段'),ppr=f'<w:rPr><w:del {REV}/></w:rPr>'),p(r('后半段。')),
 p('<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>',r('是　'),'<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>',r('否　'),r('R','<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'),r('部分')),
 p(r('隐藏','<w:vanish/>'),txbx,r('框外。')),
 tbl(4, tr(tc('项目',v='s'),tc('本年支出',span=3),pr='<w:tblHeader/>'), tr(tc(v='c'),tc('小计'),tc('基本'),tc('项目'),pr='<w:tblHeader/>'),
   tr(tc('合计'),tc('3.00'),tc('1.00'),tc('2.00')),
   tr(tc('删除行'),tc('9.00'),tc('9.00'),tc('9.00'),pr=f'<w:del {REV}/>'),
   tr(tc('嵌套',tbl(2,tr(tc('甲'),tc('1')),tr(tc('乙'),tc('2'))),p()),tc('2.00',p(r('另行'))),tc('1.00'),tc('1.00'))),
 p(r('末段'),'<w:r><w:endnoteReference w:id="2"/></w:r>'),
])
parts={'[Content_Types].xml':'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/><Override PartName="/word/endnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"/></Types>',
'_rels/.rels':'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
'word/_rels/document.xml.rels':'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'+''.join(f'<Relationship Id="rId{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{k}" Target="{k}.xml"/>' for i,k in enumerate(['styles','numbering','footnotes','endnotes'],1))+'</Relationships>',
'word/document.xml':f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>',
'word/styles.xml':f'<?xml version="1.0" encoding="UTF-8"?><w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
'word/numbering.xml':f'<?xml version="1.0" encoding="UTF-8"?><w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
'word/footnotes.xml':f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote><w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>",r("脚注：含上年结转8.00万元。"))}</w:footnote></w:footnotes>',
'word/endnotes.xml':f'<?xml version="1.0" encoding="UTF-8"?><w:endnotes {W}><w:endnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:endnote><w:endnote w:type="continuationSeparator" w:id="1"><w:p/></w:endnote><w:endnote w:id="2">{p(r("尾注：数据来自决算。"))}</w:endnote></w:endnotes>'}
with zipfile.ZipFile(OUT / 'features.docx', 'w', zipfile.ZIP_DEFLATED) as z:
    for k, v in parts.items():
        z.writestr(zipfile.ZipInfo(k, (2025, 1, 1, 0, 0, 0)), v, zipfile.ZIP_DEFLATED)


def office(source, kind, name):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind, "--outdir",
                        folder, str(source)], check=True, capture_output=True, timeout=300)
        (OUT / name).write_bytes((Path(folder) / f"{Path(source).stem}.{name.rsplit('.', 1)[1]}").read_bytes())


office(OUT / "features.docx", "doc:MS Word 97", "features.doc")
import openpyxl
b=openpyxl.Workbook(); s=b.active; s.title='收支'
s['A1']='收入支出表'; s.merge_cells('A1:D1')
s['A2']='部门：某局'; s['D2']='单位：万元'
for i,h in enumerate(['项目','金额','比例','日期'],1): s.cell(3,i,h)
rows=[('甲',1234.567,'#,##0.00',0.1234,'0.00%',date(2024,12,31),'yyyy"年"m"月"d"日"'),
('乙',-5.5,'#,##0.00_);[Red](#,##0.00)',0.5,'0%',date(2024,1,2),'yyyy-mm-dd'),
('丙',0,'_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',1,'0.0%',date(2024,1,2),'m/d/yy'),
('丁',123456789,'0"."0,"万元"',0.333333333333,'General',date(2024,3,5),'[$-804]yyyy年m月'),
('戊',0.1+0.2,'General','=1/0',None,'=B4+B5',None),
('己',1e-7,'General',12345678901234,'General',2.675,'0.00'),
('庚',1234567.891,'#,##0.00,',7,'00000',100,'"约"0"万元"')]
for r,(n,v,f,p,pf,d,df) in enumerate(rows,4):
    s.cell(r,1,n); c=s.cell(r,2,v); c.number_format=f
    c=s.cell(r,3,p)
    if pf: c.number_format=pf
    c=s.cell(r,4,d)
    if df: c.number_format=df
s.row_dimensions[5].hidden=True
# second table below
s['A13']='二、支出明细表'; s['A14']='部门：某局'; s['C14']='单位：元'
for i,h in enumerate(['科目','金额','备注'],1): s.cell(15,i,h)
s.append(['办公费',100,'x']); s.append(['水费',200,None]); s['A18']='注：本表无误。'
h=b.create_sheet('隐藏表'); h.sheet_state='hidden'; h['A1']='旧数'; h['B1']=999; h['A2']='项目'; h['B2']=1

with tempfile.TemporaryDirectory() as folder:
    # Through LibreOffice, so that formulas have the values it computed.
    b.save(f"{folder}/features.xlsx")
    office(f"{folder}/features.xlsx", "xlsx:Calc MS Excel 2007 XML", "features.xlsx")
    office(f"{folder}/features.xlsx", "xls:MS Excel 97", "features.xls")
    office(f"{folder}/features.xlsx", "ods", "features.ods")
    office(f"{folder}/features.xlsx", "html", "features.html")
