//! Where the header of a grid ends: title rows, column names, `栏次 | 1 | 2=3+4`.

use super::tables::{Found, line};
use crate::document::{Cell, Document};

/// What the first rows of a grid say.
#[derive(Default)]
pub(super) struct Header {
    pub(super) title: Option<crate::document::Span>,
    pub(super) number: Option<crate::document::Span>,
    pub(super) unit: Option<String>,
    pub(super) above: Vec<crate::document::Span>,
    /// Rows that only carry title, number, agency or unit.
    pub(super) titles: u32,
    /// All header rows.
    pub(super) rows: u32,
}

/// Rows looked at.
const DEEPEST: u32 = 12;

/// Reads the header of table `id`.
pub(super) fn read(document: &Document, id: usize) -> Header {
    let table = &document.tables[id];
    let mut rows: Vec<Vec<&Cell>> = vec![];
    for cell in &table.cells {
        if cell.row >= DEEPEST {
            break;
        }
        while rows.len() <= cell.row as usize {
            rows.push(vec![]);
        }
        rows[cell.row as usize].push(cell);
    }
    let mut found = Found::default();
    let mut header = Header::default();
    for row in &rows {
        let said: Vec<&&Cell> = row.iter().filter(|cell| !cell.span.is_empty()).collect();
        let few = said.len() <= 3 && said.len() < table.cols.max(3) as usize;
        let titles = few
            && !said.is_empty()
            && said.iter().all(|cell| line(document, cell.span, &mut found));
        if !(titles || said.is_empty() && header.titles > 0) {
            break;
        }
        header.titles += 1;
        header.above.extend(said.iter().map(|cell| cell.span));
    }
    if header.titles == table.rows {
        header.titles = 0;
        header.above.clear();
    }
    (header.title, header.number, header.unit) = (found.title, found.number, found.unit);
    let indicators = table
        .cells
        .iter()
        .find(|cell| matches!(document.slice(cell.span), "三级指标" | "二级指标"));
    let indicators = indicators.map(|cell| cell.row);
    header.rows = end(document, &rows, header.titles as usize, table.rows, indicators);
    if header.unit.is_none() {
        header.unit = unit_of_names(document, &rows, header.rows as usize);
    }
    header
}

/// The first row that carries data.
fn end(
    document: &Document,
    rows: &[Vec<&Cell>],
    titles: usize,
    all: u32,
    indicators: Option<u32>,
) -> u32 {
    let texts = |row: &[&Cell]| -> Vec<String> {
        row.iter().map(|cell| document.slice(cell.span).to_string()).collect()
    };
    // a form with indicators: its rows of attributes are no header
    if let Some(names) = indicators {
        return if names as usize <= titles + 1 { names + 1 } else { titles as u32 };
    }
    let mut last = titles;

    for (index, row) in rows.iter().enumerate().skip(titles) {
        let texts = texts(row);
        if is_numbering(&texts) {
            return (index + 1) as u32;
        }
        let covered = rows[..index]
            .iter()
            .flatten()
            .any(|cell| cell.row as usize >= titles && (cell.row + cell.rowspan) as usize > index);
        let figures = texts.iter().filter(|text| is_figure(text)).count();
        let empty = texts.iter().filter(|text| text.is_empty()).count();
        // 总计 | 财政拨款 under 2026年预算, beside the name of the rows, is no row.
        let opens = row.first().is_some_and(|cell| cell.col == 0);
        let total = opens && matches!(texts[0].as_str(), "合计" | "总计");
        let blank = empty * 2 >= texts.len() && !covered && index > titles;
        if index > titles && (figures > 0 || total || blank) {
            // a numbering row may still follow the names of the columns
            return index as u32;
        }
        if figures > 0 && index == titles {
            return titles as u32;
        }
        last = index + 1;
        if index == titles
            && !covered
            && empty == 0
            && !row.iter().any(|cell| cell.colspan > 1 || cell.rowspan > 1)
        {
            // plain names; the next row is data unless it numbers the columns
            let numbered =
                rows.get(index + 1).is_some_and(|row| is_numbering(&self::texts(document, row)));
            return if numbered { index as u32 + 2 } else { index as u32 + 1 };
        }
    }
    if last as u32 >= all { titles.max(1).min(all as usize) as u32 } else { last as u32 }
}

fn texts(document: &Document, row: &[&Cell]) -> Vec<String> {
    row.iter().map(|cell| document.slice(cell.span).to_string()).collect()
}

/// `栏次 | 1 | 2`, `1 | 2=3+4 | 3`
fn is_numbering(texts: &[String]) -> bool {
    let said: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    if said.iter().any(|text| text.as_str() == "栏次") {
        return true;
    }
    let order = |text: &str| -> Option<u32> {
        let head: String = text.chars().take_while(char::is_ascii_digit).collect();
        let rest = &text[head.len()..];
        let formula = rest.is_empty() || rest.starts_with('=') || rest.starts_with('＝');
        head.parse().ok().filter(|order| formula && *order <= 60)
    };
    let orders: Vec<u32> = said.iter().filter_map(|text| order(text)).collect();
    let letters = said
        .iter()
        .filter(|text| matches!(text.as_str(), "**" | "类" | "款" | "项" | "甲" | "乙"))
        .count();
    orders.len() >= 2
        && orders.len() + letters == said.len()
        && orders.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

/// A figure of a data cell: `1,234.56`, `99%`, `201`, but not `2024年`.
fn is_figure(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits > 0
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,-%() ".contains(&byte))
        && !(text.len() == 4 && text.starts_with("20"))
}

/// `金额（万元）`: the unit the column names agree on.
fn unit_of_names(document: &Document, rows: &[Vec<&Cell>], header: usize) -> Option<String> {
    let mut unit: Option<&str> = None;
    for cell in rows.iter().take(header).flatten() {
        let text = document.slice(cell.span);
        for name in ["万元", "亿元", "千元", "元"] {
            let said = [format!("（{name}）"), format!("({name})")]
                .iter()
                .any(|said| text.contains(said.as_str()));
            if said {
                if unit.is_some_and(|unit| unit != name) {
                    return None;
                }
                unit = Some(name);
            }
        }
    }
    unit.map(str::to_string)
}
