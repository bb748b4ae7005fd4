//! One report, every format: text, tables and charts are the same in all, up to what the format cannot carry.
//!
//! `tests/formats/generate.py` writes the files and `blocks.tsv`, what every reader ought to see, from one model.
#![allow(clippy::unwrap_used)]

use gouji::document::{BlockKind, Document, ReadOptions, read};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Cells = BTreeMap<(u32, u32), (u32, u32, String)>;

#[derive(Default)]
struct Expected {
    paragraphs: Vec<String>,
    tables: Vec<Cells>,
    /// Chart title, series, category, value.
    points: Vec<[String; 4]>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/whole/qinghe_2024_final_accounts")
}

/// Text without blanks; full-width signs as they stand.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn expected() -> Expected {
    let mut out = Expected::default();
    for line in std::fs::read_to_string(folder().join("blocks.tsv")).unwrap().lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields[..] {
            ["P", text] => out.paragraphs.push(bare(text)),
            ["C", title, name, category, value] => {
                out.points.push([title, name, category, value].map(bare));
            }
            ["T", table, row, col, rowspan, colspan, text] => {
                let number = |text: &str| text.parse::<u32>().unwrap();
                let table = number(table) as usize;
                out.tables.resize_with(out.tables.len().max(table + 1), Cells::new);
                out.tables[table].insert(
                    (number(row), number(col)),
                    (number(rowspan), number(colspan), bare(text)),
                );
            }
            _ => panic!("{line}"),
        }
    }
    out
}

fn open(name: &str) -> Document {
    let path = folder().join(name);
    let bytes = std::fs::read(&path).unwrap();
    read(&path, &bytes, &ReadOptions::default()).unwrap()
}

fn cells(document: &Document, table: usize) -> Cells {
    let cells = document.tables[table].cells.iter();
    cells.map(|c| ((c.row, c.col), (c.rowspan, c.colspan, bare(document.slice(c.span))))).collect()
}

/// The text of the paragraphs in order, without breaks.
fn running(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        if !matches!(block.kind, BlockKind::Table(_) | BlockKind::Chart(_) | BlockKind::Furniture) {
            out.push_str(&bare(document.slice(block.span)));
        }
    }
    out
}

fn same_text(name: &str, found: &str, wanted: &str) {
    if found != wanted {
        let at = found.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
        let near =
            |text: &str| text.chars().skip(at.saturating_sub(20)).take(60).collect::<String>();
        panic!("{name} differs at {at}:\n  found  {}\n  wanted {}", near(found), near(wanted));
    }
}

fn same_tables(name: &str, document: &Document, wanted: &[Cells]) {
    for (index, wanted) in wanted.iter().enumerate() {
        let found = cells(document, index);
        for (place, cell) in wanted {
            assert_eq!(found.get(place), Some(cell), "{name}: table {index} cell {place:?}");
        }
        // Cells of our own that hold text are too many; empty ones fill the grid.
        for (place, cell) in &found {
            assert!(
                cell.2.is_empty() || wanted.contains_key(place),
                "{name}: table {index} has {place:?} {cell:?} too much"
            );
        }
    }
    assert_eq!(document.tables.len(), wanted.len(), "{name}: number of tables");
}

fn same_document(name: &str) -> Document {
    let wanted = expected();
    let document = open(name);
    same_text(name, &running(&document), &wanted.paragraphs.concat());
    same_tables(name, &document, &wanted.tables);
    document
}

#[test]
fn docx() {
    let document = same_document("report.docx");
    let wanted = expected().points;
    let mut found = Vec::new();
    for chart in &document.charts {
        for series in &chart.series {
            for (category, value) in chart.categories.iter().zip(&series.values) {
                let value = document.slice(value.unwrap());
                let point: [&str; 4] = [&chart.title, &series.name, category, value];
                found.push(point.map(bare));
            }
        }
    }
    // 0.0460 of the text is 0.046 in a chart's cache.
    let plain = |mut point: [String; 4]| {
        let value: f64 = point[3].parse().unwrap();
        point[3] = value.to_string();
        point
    };
    let both = |points: Vec<[String; 4]>| points.into_iter().map(plain).collect::<Vec<_>>();
    assert_eq!(both(found), both(wanted));
}

/// Charts become pictures in the old format.
#[test]
fn doc() {
    same_document("report.doc");
}

#[test]
fn html() {
    let document = same_document("report.html");
    let furniture = document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture);
    let furniture: Vec<_> = furniture.map(|block| document.slice(block.span)).collect();
    assert!(furniture.concat().contains("政务公开"), "{furniture:?}");
}

/// Workbooks carry the tables with their titles and notes, one sheet each.
#[test]
fn workbooks() {
    let wanted = expected();
    for name in ["tables.xlsx", "tables.xls", "tables.ods"] {
        let document = open(name);
        same_tables(name, &document, &wanted.tables);
        let text = running(&document);
        for line in [
            "收入支出决算总表",
            "公开09表",
            "金额单位：万元",
            "注：本表反映部门本年度各项支出情况。",
        ] {
            assert!(text.contains(line), "{name} lost {line}");
        }
        let table = &document.tables[0];
        let place = document.origin(table.cells[0].span.start).unwrap();
        assert_eq!(place.cell.as_deref(), Some("公开01表!A4"), "{name}");
    }
}

/// Damaged files are read or refused, never a panic, a hang or a flood.
#[test]
fn damaged_files() {
    let mut seed = 1u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for name in
        ["report.docx", "report.doc", "report.html", "tables.xlsx", "tables.xls", "tables.ods"]
    {
        let whole = std::fs::read(folder().join(name)).unwrap();
        for round in 0..24 {
            let mut bytes = whole.clone();
            if round % 3 == 0 {
                bytes.truncate(next(bytes.len()));
            } else {
                for _ in 0..1 + round {
                    let at = next(bytes.len());
                    bytes[at] = next(256) as u8;
                }
            }
            let begun = std::time::Instant::now();
            let _ = read(Path::new(name), &bytes, &ReadOptions::default());
            assert!(begun.elapsed().as_secs() < 5, "{name} round {round}");
        }
    }
}

fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// Bombs, depths and absurd counts are clear errors or bounded work.
#[test]
fn hostile_files() {
    let refused = |name: &str, bytes: &[u8], word: &str| {
        let begun = std::time::Instant::now();
        let error = read(Path::new(name), bytes, &ReadOptions::default()).unwrap_err().to_string();
        assert!(error.starts_with(name) && error.contains(word), "{error}");
        assert!(begun.elapsed().as_secs() < 5, "{name}");
    };
    let bomb = vec![b' '; 70 << 20];
    refused("bomb.docx", &zip_of(&[("word/document.xml", &bomb)]), "压缩炸弹");
    refused("bomb.xlsx", &zip_of(&[("xl/workbook.xml", &bomb)]), "压缩炸弹");
    let deep = "<w:p>".repeat(100_000);
    refused("deep.docx", &zip_of(&[("word/document.xml", deep.as_bytes())]), "嵌套过深");
    refused("deep.ofd", &zip_of(&[("OFD.xml", deep.as_bytes())]), "嵌套过深");
    refused("empty.ofd", &zip_of(&[("OFD.xml", b"<OFD/>")]), "没有页面");
    // A compound file whose FAT chain of the directory points to itself.
    let mut cyclic = std::fs::read(folder().join("tables.xls")).unwrap();
    let fat = (u32::from_le_bytes(cyclic[0x4C..0x50].try_into().unwrap()) as usize + 1) * 512;
    for (sector, entry) in cyclic[fat..fat + 512].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&(sector as u32).to_le_bytes());
    }
    let begun = std::time::Instant::now();
    let _ = read(Path::new("cyclic.xls"), &cyclic, &ReadOptions::default());
    assert!(begun.elapsed().as_secs() < 5);
    // One cell in the last corner of a sheet costs no more than any other.
    let sheet = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>\
                 <row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData></worksheet>";
    let far = zip_of(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships><Relationship Id='r' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>"),
        ("xl/workbook.xml", b"<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let document = read(Path::new("far.xlsx"), &far, &ReadOptions::default()).unwrap();
    assert!(document.text.contains('1') && document.text.contains('2'));
}

/// A PDF saved as `.doc`, a page saved as `.xls`: the content decides.
#[test]
fn format_by_content() {
    use gouji::document::Format;
    for (name, format) in [
        ("report.docx", Format::Docx),
        ("report.doc", Format::Doc),
        ("report.html", Format::Html),
        ("tables.xlsx", Format::Xlsx),
        ("tables.xls", Format::Xls),
        ("tables.ods", Format::Ods),
    ] {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        let document = read(Path::new("report.pdf"), &bytes, &ReadOptions::default()).unwrap();
        assert_eq!(document.source.format, format, "{name}");
    }
}

/// The real Office and OFD files are read; five OFD samples hold drawings only or one word.
#[test]
fn real_files() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !shared.exists() {
        eprintln!("skipped: no ../shared");
        return;
    }
    for folder in ["doc", "ofd"] {
        for entry in std::fs::read_dir(shared.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let document = read(&path, &std::fs::read(&path).unwrap(), &ReadOptions::default());
            let document = document.unwrap_or_else(|error| panic!("{error}"));
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.contains("helloworld") || name.contains("chineseDir") {
                assert!(document.text.contains("你好呀，OFD Reader&Writer！"), "{name}");
            }
        }
    }
}

/// OFD knows positions only; paragraphs and tables are found again.
#[test]
fn ofd() {
    let document = same_document("report.ofd");
    let place = document.origin(0).unwrap();
    assert_eq!(place.page, Some(1));
    // The title begins 20 mm from the left and the top, two characters in.
    let [x, y, ..] = place.bbox.unwrap();
    assert!((x - (20.0 + 6.4) * 72.0 / 25.4).abs() < 0.5 && (y - 57.0).abs() < 3.0, "{x} {y}");
}

/// So does PDF, but that charts are drawings there: their titles stand among the paragraphs.
#[test]
fn pdf() {
    let wanted = expected();
    let document = open("report.pdf");
    let mut text = String::new();
    for block in &document.blocks {
        let words = bare(document.slice(block.span));
        let of_chart = wanted.points.iter().any(|point| point[0].contains(&words));
        let prose = !matches!(block.kind, BlockKind::Table(_) | BlockKind::Furniture);
        if prose && !of_chart {
            text.push_str(&words);
        }
    }
    same_text("report.pdf", &text, &wanted.paragraphs.concat());
    same_tables("report.pdf", &document, &wanted.tables);
}

/// Every number of the report is read alike, whatever the format: its words and where they stand in order.
#[test]
fn numbers_are_the_same() {
    let numbers = |name: &str, tables_only: bool| -> Vec<String> {
        let report = gouji::understand(open(name));
        let document = &report.document;
        let wanted = |at: u32| {
            let kind = document.block_at(at).map(|block| document.blocks[block as usize].kind);
            match kind {
                Some(BlockKind::Chart(_)) => false,
                Some(BlockKind::Table(_)) => true,
                _ => !tables_only,
            }
        };
        let spans = report.numbers.iter().map(|number| number.span);
        spans.filter(|span| wanted(span.start)).map(|span| document.slice(span).into()).collect()
    };
    let all = numbers("report.docx", false);
    assert!(all.len() > 700, "{}", all.len());
    assert_eq!(numbers("report.doc", false), all);
    assert_eq!(numbers("report.html", false), all);
    assert_eq!(numbers("report.ofd", false), all);
    assert_eq!(numbers("report.pdf", false), all);
    let tables = numbers("report.docx", true);
    for name in ["tables.xlsx", "tables.xls", "tables.ods"] {
        assert_eq!(numbers(name, true), tables, "{name}");
    }
}
