//! Damaged and hostile files: a clear error or a bounded reading, never a panic, a hang or a flood of memory.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::{ReadOptions, read};
use proptest::prelude::*;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Five seconds of an optimised build; unoptimised ones take several times as long.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 5 });
/// Most memory that a reading may take, in kilobytes.
const MEMORY: u64 = 256 << 10;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/whole/qinghe_2024_final_accounts")
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this XML and these shared strings.
fn workbook(sheet: &str, strings: &str) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = |id: &str, name: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{kind}/{name}' Target='{target}'/>")
    };
    let root = format!(
        "<Relationships>{}</Relationships>",
        rels("r", "officeDocument", "xl/workbook.xml")
    );
    let parts = format!(
        "<Relationships>{}{}</Relationships>",
        rels("rId1", "worksheet", "worksheets/sheet1.xml"),
        rels("rId2", "sharedStrings", "sharedStrings.xml")
    );
    let book = format!(
        "<workbook xmlns:r='{kind}'><sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets></workbook>"
    );
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", parts.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes()),
    ])
}

fn word(body: &str, numbering: &str) -> Vec<u8> {
    zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "word/document.xml",
            format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes(),
        ),
        ("word/numbering.xml", format!("<w:numbering>{numbering}</w:numbering>").as_bytes()),
    ])
}

/// Pages that all draw the same template of many characters, and composite objects that hold each other.
fn drawn() -> Vec<u8> {
    let text = format!(
        "<TextObject Boundary='0 0 200 9' Size='3'><TextCode X='0' Y='3'>{}</TextCode></TextObject>",
        "合".repeat(60)
    );
    let unit = |id: u32, of: u32| {
        let uses = format!("<CompositeObject Boundary='0 0 9 9' ResourceID='{of}'/>").repeat(300);
        format!("<CompositeGraphicUnit ID='{id}'><Content>{uses}</Content></CompositeGraphicUnit>")
    };
    let pages: String = (0..3000).map(|id| format!("<Page ID='{id}' BaseLoc='p.xml'/>")).collect();
    let document = format!(
        "<Document><CommonData><PublicRes>r.xml</PublicRes><TemplatePage ID='t' BaseLoc='t.xml'/></CommonData><Pages>{pages}</Pages></Document>"
    );
    zip_of(&[
        ("OFD.xml", b"<OFD><DocBody><DocRoot>d.xml</DocRoot></DocBody></OFD>"),
        ("d.xml", document.as_bytes()),
        ("r.xml", format!("<Res>{}{}{}</Res>", unit(1, 2), unit(2, 3), unit(3, 1)).as_bytes()),
        ("t.xml", format!("<Page><Content><Layer>{}</Layer></Content></Page>", text.repeat(200)).as_bytes()),
        ("p.xml", b"<Page><Template TemplateID='t'/><Content><Layer><CompositeObject ResourceID='1'/></Layer></Content></Page>"),
    ])
}

/// A compound file whose sector chains all point to themselves.
fn cyclic() -> Vec<u8> {
    let mut bytes = std::fs::read(folder().join("tables.xls")).unwrap();
    let fat = (u32::from_le_bytes(bytes[0x4C..0x50].try_into().unwrap()) as usize + 1) * 512;
    for (sector, entry) in bytes[fat..fat + 512].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&(sector as u32).to_le_bytes());
    }
    bytes
}

/// Name, bytes, and a word of the error; an empty word where the rest may be read.
fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let blanks = vec![b' '; 170 << 20];
    let deep = "<w:p>".repeat(100_000);
    let bomb = zip_of(&[("a.txt", &blanks)]);
    let nested = zip_of(&[("a.zip", &zip_of(&[("b.zip", &bomb)]))]);
    let shared = format!("<si><t>{}</t></si>", "长".repeat(100_000));
    let cells = "<c t='s'><v>0</v></c>".repeat(16_000);
    let merges = "<mergeCell ref='A1:XFD1048576'/><mergeCell ref='A1:ZZ900'/>".repeat(20_000);
    let numbers: String = (1..=2000)
        .map(|r| format!("<row r='{r}'>{}</row>", "<c><v>1</v></c>".repeat(60)))
        .collect();
    let columns = "<col min='1' max='16383' hidden='1'/>".repeat(100_000);
    let far = "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1'><v>1</v></c></row>\
               <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>";
    let sheet = |inner: &str| format!("<worksheet>{inner}</worksheet>");
    let repeated = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell \
                    table:number-columns-repeated='16384'><text:p>一百字的一个单元格</text:p></table:table-cell></table:table-row>";
    let ods = format!(
        "<office:spreadsheet><table:table table:name='S'>{repeated}</table:table></office:spreadsheet>"
    );
    let label = format!(
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:lvlText w:val='{}'/></w:lvl></w:abstractNum>\
                         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
        "长".repeat(100_000)
    );
    let listed = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>1</w:t></w:r></w:p>";
    let fonts: String = (0..350).map(|i| format!("<font size={i}>")).collect();
    let attributes: String = (0..200_000).map(|i| format!(" a{i}=1")).collect();
    let spans = "<tr><td colspan=1000000000 rowspan=1000000000>1</td><td>2</td></tr>";
    vec![
        ("bomb.docx", zip_of(&[("word/document.xml", &blanks)]), "压缩炸弹"),
        ("bomb.xlsx", zip_of(&[("xl/workbook.xml", &blanks)]), "压缩炸弹"),
        ("bomb.ofd", zip_of(&[("OFD.xml", &blanks)]), "压缩炸弹"),
        ("bomb.zip", bomb, "压缩炸弹"),
        ("nested.zip", nested, "a.zip/b.zip/a.txt: 展开后过大"),
        ("deep.docx", word(&deep, ""), "嵌套过深"),
        ("deep.ofd", zip_of(&[("OFD.xml", deep.as_bytes())]), "嵌套过深"),
        ("deep.html", format!("<html>{}", "<div>".repeat(100_000)).into_bytes(), "嵌套过深"),
        ("fonts.html", format!("<html>{fonts}{}", "<p>x".repeat(100_000)).into_bytes(), "嵌套过深"),
        ("attributes.html", format!("<html><p{attributes}>1</p>").into_bytes(), "过大"),
        ("spans.html", format!("<html><table>{}</table>", spans.repeat(3000)).into_bytes(), ""),
        ("far.xlsx", workbook(&sheet(far), ""), ""),
        (
            "shared.xlsx",
            workbook(&sheet(&format!("<sheetData><row r='1'>{cells}</row></sheetData>")), &shared),
            "过多",
        ),
        (
            "merged.xlsx",
            workbook(
                &sheet(&format!(
                    "<sheetData>{numbers}</sheetData><mergeCells>{merges}</mergeCells>"
                )),
                "",
            ),
            "",
        ),
        (
            "columns.xlsx",
            workbook(
                &sheet(&format!("<cols>{columns}</cols><sheetData>{numbers}</sheetData>")),
                "",
            ),
            "",
        ),
        ("repeated.ods", zip_of(&[("content.xml", ods.as_bytes())]), "过多"),
        ("nodes.docx", word(&"<w:p/>".repeat(3_000_000), ""), "过大"),
        ("label.docx", word(&listed.repeat(5_000), &label), ""),
        ("drawn.ofd", drawn(), ""),
        ("empty.ofd", zip_of(&[("OFD.xml", b"<OFD/>")]), "没有页面"),
        ("cyclic.xls", cyclic(), "损坏"),
        ("cells.csv", "1,".repeat(3_000_000).into_bytes(), "过多"),
        ("other.doc", b"{\\rtf1 x}".to_vec(), "RTF"),
        ("other.xls", b"Rar!\x1a\x07".to_vec(), "RAR"),
    ]
}

/// Runs the program and watches its memory.
fn watched(path: &Path) -> (String, Option<i32>, u64, Duration) {
    let begun = Instant::now();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"))
        .args(["extract", "--jobs", "1", "--output", "/dev/null"])
        .arg(path)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let code = loop {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = peak.max(now.unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > 4 * PATIENCE {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let mut error = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut error).unwrap();
    (error, code, peak, begun.elapsed())
}

#[test]
fn hostile_files_are_refused_or_bounded() {
    let place = std::env::temp_dir().join(format!("gouji-hostile-{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let mut wrong = Vec::new();
    for (name, bytes, word) in files() {
        let path = place.join(name);
        std::fs::write(&path, bytes).unwrap();
        let (error, code, peak, spent) = watched(&path);
        eprintln!("{name:16} exit {code:?} {:4} MB {spent:.1?} {}", peak >> 10, error.trim());
        let told = error.contains(name) && error.contains(word);
        let refused = if word.is_empty() { code == Some(0) } else { code == Some(2) && told };
        if !refused || peak > MEMORY || spent > PATIENCE || error.contains("defect") {
            wrong.push(format!("{name}: exit {code:?}, {} MB, {spent:?}: {error}", peak >> 10));
        }
    }
    std::fs::remove_dir_all(&place).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const FORMATS: [&str; 9] = [
    "report.docx",
    "report.doc",
    "report.html",
    "report.ofd",
    "report.txt",
    "tables.xlsx",
    "tables.xls",
    "tables.ods",
    "report.pdf",
];

/// Cut anywhere, a package or compound file is an error that names the file: half a report must not look like a whole.
#[test]
fn truncated_files_are_errors() {
    for name in
        ["report.docx", "report.doc", "report.ofd", "tables.xlsx", "tables.xls", "tables.ods"]
    {
        let whole = std::fs::read(folder().join(name)).unwrap();
        for part in 1..20 {
            let bytes = &whole[..whole.len() * part / 20];
            let error = read(Path::new(name), bytes, &ReadOptions::default());
            let error = error.err().unwrap_or_else(|| panic!("{name} cut at {part}/20 was read"));
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}

/// `rounds` damaged copies of each format: cut, bytes changed, pieces moved.
fn mutate(rounds: usize, mut seed: u32) {
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below.max(1)
    };
    for name in FORMATS {
        let whole = std::fs::read(folder().join(name)).unwrap();
        for round in 0..rounds {
            let mut bytes = whole.clone();
            match round % 4 {
                0 => bytes.truncate(next(bytes.len())),
                1 => {
                    let (from, length) = (next(bytes.len()), next(4096));
                    let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                    let at = next(bytes.len());
                    bytes.splice(at..at, piece);
                }
                _ => {
                    for _ in 0..1 + next(40) {
                        let at = next(bytes.len());
                        bytes[at] = if next(3) == 0 { 0xFF } else { next(256) as u8 };
                    }
                }
            }
            let begun = Instant::now();
            let _ = read(Path::new(name), &bytes, &ReadOptions::default());
            assert!(begun.elapsed() < PATIENCE, "{name} round {round}");
        }
    }
}

#[test]
fn damaged_files() {
    mutate(16, 1);
}

/// `cargo test --release --test hostile -- --ignored`
#[test]
#[ignore = "takes minutes"]
fn many_damaged_files() {
    mutate(400, 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes under any name are read or refused; so are bytes that begin as each format does.
    #[test]
    fn any_bytes(tail in prop::collection::vec(any::<u8>(), 0..2000)) {
        let starts: [&[u8]; 8] = [
            b"", b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], b"%PDF-1.4\n", b"<html><table>",
            b"MIME-Version: 1.0\nboundary=x\n--x\n", b"\xFF\xFE", b"\x09\x08\x10\x00\x00\x06\x05\x00",
        ];
        for start in starts {
            let bytes = [start, &tail].concat();
            for end in ["txt", "pdf", "docx", "doc", "wps", "xlsx", "xls", "et", "ods", "csv", "ofd", "html", "zip"] {
                let _ = read(Path::new(&format!("a.{end}")), &bytes, &ReadOptions::default());
            }
        }
    }

    /// Any text inside the tags of a page is read.
    #[test]
    fn any_page(words in prop::collection::vec("[一二0-9a<>/\"= ]{0,6}|</?(table|tr|td|b|font|p|div|math|svg|template|select)( colspan=9)?>", 0..60)) {
        let page = format!("<html>{}", words.concat());
        let _ = read(Path::new("a.html"), page.as_bytes(), &ReadOptions::default());
    }
}
