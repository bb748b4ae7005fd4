#!/usr/bin/env python3
"""Writes the small PDFs beside it, one hard case each; the tests of tests/pdf.rs say what must be read.

Needs fonttools (and a Noto Sans CJK to take seven glyphs from) and pikepdf (for encryption). All words are invented.
"""
import io, zlib, sys, os

HERE = os.path.dirname(os.path.abspath(__file__))
WORDS = "合计1,234.56万元"

class File:
    def __init__(self):
        self.objects = []

    def add(self, body, stream=None):
        if isinstance(body, str):
            body = body.encode()
        if stream is not None:
            body = body.rstrip()[:-2] + b" /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream"
        self.objects.append(body)
        return len(self.objects)

    def bytes(self, root):
        out = io.BytesIO()
        out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for number, body in enumerate(self.objects, 1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
        xref = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        for place in places:
            out.write(b"%010d 00000 n \n" % place)
        out.write(b"trailer << /Size %d /Root %d 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] >>\n"
                  b"startxref\n%d\n%%%%EOF\n" % (len(places) + 1, root, xref))
        return out.getvalue()

def gbk(words):
    return "<" + words.encode("gbk").hex() + ">"

def gbk_font(file, encoding="GBK-EUC-H", ordering="GB1", name="SimSun"):
    descriptor = file.add(f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -141 1000 859] "
                          "/ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 683 /StemV 80 >>")
    below = file.add(f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) "
                     f"/Ordering ({ordering}) /Supplement 2 >> /FontDescriptor {descriptor} 0 R /DW 1000 /W [1 95 500 814 939 500] >>")
    return file.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} "
                    f"/DescendantFonts [{below} 0 R] >>")

def document(file, contents, font, more="", box="0 0 400 200", extra=None):
    """A file of pages with these contents, all with the font /F."""
    fonts = " ".join(f"/{key} {number} 0 R" for key, number in font.items())
    pages = len(file.objects) + 1 + 2 * len(contents)
    kids = []
    for content in contents:
        stream = file.add("<< >>", content.encode() if isinstance(content, str) else content)
        kids.append(file.add(f"<< /Type /Page /Parent {pages} 0 R /MediaBox [{box}] /Resources << /Font << {fonts} >> "
                             f"{extra or ''} >> /Contents {stream} 0 R {more} >>"))
    tree = file.add(f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>")
    assert tree == pages
    return file.add(f"<< /Type /Catalog /Pages {tree} 0 R >>")

def save(name, data):
    with open(os.path.join(HERE, name + ".pdf"), "wb") as out:
        out.write(data)

def line(words, x=50, y=150, size=12):
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm {gbk(words)} Tj ET\n"

def simple(content, **more):
    file = File()
    font = {"F": gbk_font(file)}
    return file.bytes(document(file, [content], font, **more))

# A GBK font that is not embedded and has no ToUnicode.
save("gbk_not_embedded", simple(line(WORDS)))

# The same in UCS-2.
file = File()
font = {"F": gbk_font(file, "UniGB-UCS2-H")}
text = WORDS.encode("utf-16-be").hex()
save("unigb_not_embedded", file.bytes(document(file, [f"BT /F 12 Tf 50 150 Td <{text}> Tj ET"], font)))

# CIDs of Adobe-GB1 as codes: 1 is the blank, 17 the digit 0.
file = File()
font = {"F": gbk_font(file, "Identity-H")}
text = "".join("%04x" % (ord(c) - 31) for c in "1,234.56")
save("identity_of_gb1", file.bytes(document(file, [f"BT /F 12 Tf 50 150 Td <{text}> Tj ET"], font)))

# An embedded font without ToUnicode: only its own cmap tells.
def embedded(private=False):
    from fontTools.ttLib import TTFont
    from fontTools import subset
    face = TTFont("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", fontNumber=2)
    options = subset.Options(drop_tables=["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "name"], notdef_outline=True,
                             hinting=False)
    options.desubroutinize = True
    tool = subset.Subsetter(options)
    tool.populate(text=WORDS)
    tool.subset(face)
    out = io.BytesIO()
    face.save(out)
    face = TTFont(io.BytesIO(out.getvalue()))
    cmap, order = face.getBestCmap(), face.getGlyphOrder()
    glyphs = [order.index(cmap[ord(c)]) for c in WORDS]
    file = File()
    program = file.add("<< /Subtype /OpenType /Filter /FlateDecode >>", zlib.compress(out.getvalue(), 9))
    descriptor = file.add(f"<< /Type /FontDescriptor /FontName /ABCDEF+Invented /Flags 4 /FontBBox [0 -141 1000 859] /ItalicAngle 0 "
                          f"/Ascent 859 /Descent -141 /CapHeight 683 /StemV 80 /FontFile3 {program} 0 R >>")
    below = file.add(f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /ABCDEF+Invented /CIDSystemInfo << /Registry (Adobe) "
                     f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 1000 >>")
    unicode = ""
    if private:
        table = "".join(f"<{glyph:04x}> <{0xE000 + glyph if c == '4' else ord(c):04x}>\n" for glyph, c in sorted(set(zip(glyphs, WORDS))))
        stream = file.add("<< >>", ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> "
                                    f"endcodespacerange {len(set(glyphs))} beginbfchar\n{table}endbfchar endcmap end end").encode())
        unicode = f"/ToUnicode {stream} 0 R"
    font = {"F": file.add(f"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Invented /Encoding /Identity-H "
                          f"/DescendantFonts [{below} 0 R] {unicode} >>")}
    text = "".join("%04x" % glyph for glyph in glyphs)
    return file.bytes(document(file, [f"BT /F 12 Tf 50 150 Td <{text}> Tj ET"], font))

save("without_tounicode", embedded())
# One digit of the figure is a private character.
save("private_digit", embedded(private=True))

# Text that is upright only because the page is turned; text turned on a page that is not.
turned = f"BT /F 12 Tf 0 1 -1 0 150 50 Tm {gbk(WORDS)} Tj ET 1 w 100 40 m 100 180 l S"
save("rotate_90", simple(turned, more="/Rotate 90"))
save("turned_text", simple(turned))

# Bold by drawing twice, a hair apart; 11 stays 11.
save("fake_bold", simple(line("支出11.10元") + line("支出11.10元", x=50.4) + line("支出11.10元", x=50.4, y=150.3)))

# A picture of the page with a hidden text layer over it; a picture alone.
picture = "q 400 0 0 200 0 0 cm BI /W 8 /H 4 /BPC 1 /CS /G ID " + "\x00\x00\x00\x00" + " EI Q\n"
save("hidden_layer", simple(picture + "3 Tr " + line(WORDS)))
save("picture_only", simple(picture))

# Words off the page and slanted ones.
save("watermark", simple(line(WORDS) + line("页外999", x=50, y=-300) +
                         f"BT /F 30 Tf .707 .707 -.707 .707 100 20 Tm {gbk('样本')} Tj ET"))

# A frame that hides the next page's line; a cell that hides the end of its name; one that cuts a figure.
save("clipped", simple("q 20 40 360 150 re W n " + line("首行1.00") + line("次页2.00", y=10) + "Q q 50 100 44 14 re W n " +
                       line("城乡社区支出", y=103, size=10) + "Q q 200 100 30 14 re W n " + line("98765.43", x=202, y=103, size=10) + "Q"))

# Lines in all ways of drawing them: stroke, thin box, box, dashes, dots as boxes, a picture one point high.
dots = "".join(f"{50 + 3 * i} 60 1.5 .5 re f " for i in range(60))
save("rules", simple("50 180 m 230 180 l S 50 160 180 .5 re f 50 120 180 20 re S [3 2] 0 d 50 100 m 230 100 l S [] 0 d "
                     "q 180 0 0 .6 50 80 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q " + dots + line(WORDS, y=20)))

# A filled form field: the words stand in the appearance of an annotation only.
file = File()
fonts = {"F": gbk_font(file)}
form = file.add(f"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F {fonts['F']} 0 R >> >> >>",
                line(WORDS, x=2, y=5).encode())
field = file.add(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [50 140 250 160] /F 4 /AP << /N {form} 0 R >> >>")
save("form_field", file.bytes(document(file, ["0 0 m"], fonts, more=f"/Annots [{field} 0 R]")))

# A table of contents of objects that points nowhere; a file cut off before its last page.
whole = simple(line(WORDS))
save("damaged_xref", whole.replace(b"startxref\n", b"startxref\n9"))
file = File()
font = {"F": gbk_font(file)}
root = document(file, [line("第一页"), line("第二页"), line("第三页")], font)
file.objects[root - 3] = b"null"
save("page_lost", file.bytes(root))

# A form that draws itself twice; forms that draw the next ten times, eight deep.
file = File()
font = {"F": gbk_font(file)}
own = len(file.objects) + 1
form = file.add(f"<< /Type /XObject /Subtype /Form /BBox [0 0 400 200] /Resources << /XObject << /X {own} 0 R >> >> >>", b"/X Do /X Do")
save("form_in_itself", file.bytes(document(file, [line(WORDS) + "/X Do"], font, extra=f"/XObject << /X {form} 0 R >>")))
file = File()
font = {"F": gbk_font(file)}
form = file.add("<< /Type /XObject /Subtype /Form /BBox [0 0 400 200] >>", b"0 0 m 9 9 l S")
for _ in range(8):
    form = file.add(f"<< /Type /XObject /Subtype /Form /BBox [0 0 400 200] /Resources << /XObject << /X {form} 0 R >> >> >>", b"/X Do " * 10)
save("forms_in_forms", file.bytes(document(file, [line(WORDS) + "/X Do"], font, extra=f"/XObject << /X {form} 0 R >>")))

# Two gigabytes of blanks in two kilobytes.
file = File()
font = {"F": gbk_font(file)}
root = document(file, [line(WORDS)], font)
squeeze = zlib.compressobj(9)
bomb = b"".join(squeeze.compress(b" " * (1 << 20)) for _ in range(2048)) + squeeze.flush()
squeezed = zlib.compress(bomb, 9)
stream = file.add("<< /Filter [/FlateDecode /FlateDecode] >>", squeezed)
for index, body in enumerate(file.objects):
    if b"/Contents" in body:
        at = body.index(b"/Contents")
        file.objects[index] = body[:at] + b"/Contents [%d 0 R %s" % (stream, body[at + 10:].replace(b" 0 R", b" 0 R]", 1))
save("bomb", file.bytes(root))

import pikepdf
for name, user in (("encrypted_empty", ""), ("encrypted", "勾稽2024")):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        pdf.save(os.path.join(HERE, name + ".pdf"), encryption=pikepdf.Encryption(owner="owner", user=user, R=6), deterministic_id=False)
