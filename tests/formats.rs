//! One report, every format: text, tables and charts are the same in all, up to what the format cannot carry.
//!
//! `tests/formats/generate.py` writes the files and `blocks.tsv`, what every reader ought to see, from one model.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

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

/// Blocks and cells as `trace document` shows them, tables row by row.
fn shown(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/features").join(name);
    let document = read(&path, &std::fs::read(&path).unwrap(), &ReadOptions::default()).unwrap();
    let mut out = Vec::new();
    for block in &document.blocks {
        let BlockKind::Table(id) = block.kind else {
            out.push(document.slice(block.span).to_string());
            continue;
        };
        let table = &document.tables[id as usize];
        for row in 0..table.rows {
            let cells = table.cells.iter().filter(|cell| cell.row == row);
            let cells: Vec<_> = cells.map(|cell| document.slice(cell.span)).collect();
            out.push(format!("{}{}", if table.hidden { "hidden " } else { "" }, cells.join("|")));
        }
    }
    out
}

/// Lists, fields, notes, revisions, tick boxes, text boxes, merged and nested tables.
#[test]
fn features_of_word() {
    let docx = [
        "某县水务局2024年度部门决算",
        "一、收入情况",
        "（一）总体情况",
        "收入总计100.00万元，增长5%。",
        "脚注：含上年结转8.00万元。",
        "二、支出情况",
        "（一）具体情况",
        "（二）其他情况",
        "原文插入10.00万元。",
        "移走新处30万元",
        "前半段后半段。",
        "☒是☐否☑部分",
        "框外。",
        "文本框内收入7.77万元。",
        "项目|本年支出",
        "小计|基本|项目",
        "合计|3.00|1.00|2.00",
        "嵌套|2.00另行|1.00|1.00",
        "甲|1",
        "乙|2",
        "末段",
        "尾注：数据来自决算。",
    ];
    assert_eq!(shown("features.docx"), docx);
    // LibreOffice keeps the deleted row and the deleted paragraph mark, and loses the font of the third tick.
    let doc = shown("features.doc");
    for line in docx.iter().filter(|line| !line.starts_with("前半段") && !line.starts_with('☒'))
    {
        assert!(doc.iter().any(|found| found == line), "{line} lost: {doc:#?}");
    }
}

/// What a person sees: number formats, hidden rows and sheets apart, each table of a sheet on its own.
#[test]
fn features_of_excel() {
    let wanted = [
        "收入支出表",
        "部门：某局",
        "单位：万元",
        "项目|金额|比例|日期",
        "甲|1,234.57|12.34%|2024年12月31日",
        "丙|-|100.0%|1/2/24",
        "丁|12345.7万元|0.333333333|2024年3月",
        "戊|0.3|#DIV/0!|1229.067",
        "己|0.0000001|12345678901234|2.68",
        "庚|1,234.57|00007|约100万元",
        "二、支出明细表",
        "部门：某局",
        "单位：元",
        "科目|金额|备注",
        "办公费|100|x",
        "水费|200|",
        "注：本表无误。",
        "hidden 乙|(5.50)|50%|2024-01-02",
        "隐藏表",
        "hidden 旧数|999",
        "hidden 项目|1",
    ];
    // The shown text of a general number depends on the width of the column.
    let plain = |lines: Vec<String>| -> Vec<String> {
        lines.iter().map(|line| line.replace("0.333333333333", "0.333333333")).collect()
    };
    for name in ["features.xlsx", "features.xls", "features.ods"] {
        assert_eq!(plain(shown(name)), wanted, "{name}");
    }
    assert_eq!(plain(shown("features.html")), wanted[..17], "features.html");
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
        ("report.ofd", Format::Ofd),
        ("report.pdf", Format::Pdf),
    ] {
        let bytes = std::fs::read(folder().join(name)).unwrap();
        for other in ["report.pdf", "report.doc", "report.xls", "report.pdf.pdf", "report"] {
            let document = read(Path::new(other), &bytes, &ReadOptions::default()).unwrap();
            assert_eq!(document.source.format, format, "{name} as {other}");
        }
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
            if name.ends_with("ofd") {
                all_characters(&path, &document);
            }
            if name.contains("helloworld") || name.contains("chineseDir") {
                assert!(document.text.contains("你好呀，OFD Reader&Writer！"), "{name}");
            }
        }
    }
}

/// Every character of every `TextCode` of the pages stands in the text.
fn all_characters(path: &Path, document: &Document) {
    let file = std::fs::File::open(path).unwrap();
    let mut package = zip::ZipArchive::new(file).unwrap();
    let code = regex::Regex::new("<(?:\\w+:)?TextCode[^>]*>([^<]*)<").unwrap();
    let mut found: BTreeMap<char, i64> = BTreeMap::new();
    document.text.chars().for_each(|c| *found.entry(c).or_default() += 1);
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if !name.to_lowercase().contains("page") || !name.ends_with("Content.xml") {
            continue;
        }
        let mut xml = String::new();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        for text in code.captures_iter(&xml) {
            let text = text[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                let left = found.entry(c).or_default();
                *left -= 1;
                assert!(*left >= 0, "{}: {c} of {text} lost", path.display());
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
