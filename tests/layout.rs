//! Tables of real reports against what the page pictures show: rows, columns, spans, every figure and code.
//!
//! `tests/gold/tables.tsv` was read from the pictures (`pdftoppm`), table by table. Each table is a line `# file`, pages,
//! rows, columns, and a line a row: its cells parted by tabs, `<2x1>` for two rows and one column, `*` for words that
//! are not those of a form. Title, unit and note rows stand outside the grid, as they do in other formats.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gouji::document::{Document, ReadOptions, Table, read};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

struct Gold {
    file: String,
    pages: Vec<u32>,
    rows: u32,
    cols: u32,
    /// Row, column, rows and columns covered, text.
    cells: Vec<(u32, u32, u32, u32, String)>,
}

fn gold() -> Vec<Gold> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/tables.tsv");
    let mut tables: Vec<Gold> = Vec::new();
    let mut row = 0;
    let mut taken: Vec<Vec<bool>> = Vec::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        if let Some(head) = line.strip_prefix("# ") {
            let fields: Vec<&str> = head.split('\t').collect();
            let [file, pages, rows, cols] = fields[..] else { panic!("{line}") };
            let (rows, cols): (u32, u32) = (rows.parse().unwrap(), cols.parse().unwrap());
            let pages = pages.split(',').map(|page| page.parse().unwrap()).collect();
            tables.push(Gold { file: file.into(), pages, rows, cols, cells: Vec::new() });
            (row, taken) = (0, vec![vec![false; cols as usize]; rows as usize]);
            continue;
        }
        let table = tables.last_mut().unwrap();
        let mut col = 0;
        let spanned = taken[row].iter().all(|taken| *taken);
        for field in line.split('\t').filter(|_| !spanned) {
            let (text, span) = match field.rsplit_once('<') {
                Some((text, span)) if span.ends_with('>') => (text, span.trim_end_matches('>')),
                _ => (field, "1x1"),
            };
            let (down, over) = span.split_once('x').unwrap();
            let (down, over): (usize, usize) = (down.parse().unwrap(), over.parse().unwrap());
            while taken[row][col] {
                col += 1;
            }
            for line in &mut taken[row..row + down] {
                line[col..col + over].fill(true);
            }
            table.cells.push((row as u32, col as u32, down as u32, over as u32, text.into()));
        }
        row += 1;
    }
    tables
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Cells that are as they ought to be, and the others.
fn compare(gold: &Gold, document: &Document, table: &Table) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut right = 0;
    for (row, col, down, over, wanted) in &gold.cells {
        let cell = table.cells.iter().find(|cell| (cell.row, cell.col) == (*row, *col));
        let text = cell.map_or("—".into(), |cell| bare(document.slice(cell.span)));
        let same = cell.is_some_and(|cell| (cell.rowspan, cell.colspan) == (*down, *over));
        if same && (text == bare(wanted) || wanted == "*" && !text.is_empty()) {
            right += 1;
        } else {
            wrong.push(format!("row {row} column {col}: found {text}, wanted {wanted}"));
        }
    }
    (right, wrong)
}

#[test]
fn tables_of_real_reports() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !shared.exists() {
        eprintln!("skipped: no ../shared");
        return;
    }
    let tables = gold();
    let mut documents: HashMap<&str, Document> = HashMap::new();
    let (mut right, mut all, mut exact) = (0, 0, 0);
    let mut misses = Vec::new();
    for gold in &tables {
        let document = documents.entry(&gold.file).or_insert_with(|| {
            let path: PathBuf = shared.join(&gold.file);
            read(&path, &std::fs::read(&path).unwrap(), &ReadOptions::default()).unwrap()
        });
        let found = document.tables.iter().filter(|table| table.pages == gold.pages);
        let best = found.map(|table| (compare(gold, document, table), table));
        let best = best.max_by_key(|((right, _), _)| *right);
        let ((good, wrong), shape) = best.map_or(((0, vec!["no table".into()]), (0, 0)), |best| {
            (best.0, (best.1.rows, best.1.cols))
        });
        right += good;
        all += gold.cells.len();
        if wrong.is_empty() && shape == (gold.rows, gold.cols) {
            exact += 1;
        } else {
            let wanted = (gold.rows, gold.cols);
            misses.push(format!("{} {:?} {shape:?} {wanted:?} {wrong:?}", gold.file, gold.pages));
        }
    }
    let share = right as f64 / all as f64;
    println!("{right} of {all} cells, {exact} of {} tables exact: {share:.4}", tables.len());
    misses.iter().for_each(|miss| println!("{miss}"));
    assert!(tables.len() >= 60 && share >= 0.99, "{misses:#?}");
}

/// Han characters, digits and Latin letters, half width.
fn counted(chars: impl Iterator<Item = char>) -> HashMap<char, i64> {
    let mut counts = HashMap::new();
    for c in chars {
        let c = match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
                char::from_u32(c as u32 - 0xFEE0).unwrap()
            }
            c => c,
        };
        if c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fff}').contains(&c) {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// Whatever is drawn on a page stands in some block, once.
#[test]
fn nothing_is_lost() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reports");
    if !shared.exists() {
        eprintln!("skipped: no ../shared");
        return;
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["budget", "final_accounts", "performance"] {
        let entries = std::fs::read_dir(shared.join(folder)).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.retain(|path| path.extension().is_some_and(|name| name == "pdf"));
    files.sort();
    assert!(files.len() > 90);
    // one in four: the others are of the same makers
    for path in files.iter().step_by(4) {
        let bytes = std::fs::read(path).unwrap();
        let options = ReadOptions::default();
        let pdf = gouji::document::pdf::open(path, &bytes, &options).unwrap();
        let (pages, _) = gouji::document::pdf::canvases(&pdf);
        let inside = |page: &gouji::document::page::Canvas| -> Vec<char> {
            let aside = page.aside.iter().filter(|glyph| {
                (0.0..page.width).contains(&glyph.x0) && (0.0..page.height).contains(&glyph.bottom)
            });
            page.glyphs.iter().chain(aside).map(|glyph| glyph.c).collect()
        };
        let drawn = counted(pages.iter().flat_map(inside));
        let document = read(path, &bytes, &options).unwrap();
        let blocks = document.blocks.iter().flat_map(|block| document.slice(block.span).chars());
        assert_eq!(counted(blocks), drawn, "{}", path.display());
    }
}
