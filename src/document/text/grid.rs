//! Tables with a row a line: cells parted by tabs, or by bars as in `| 项目 | 金额 |`.

use super::lines::Line;
use super::paragraphs::Wrap;
use crate::document::{Builder, RawCell, RawTable};

/// Reads a table of at least two such lines that starts at `lines[at]`; the result is the line after it.
pub(super) fn table(
    lines: &[Line],
    prose: usize,
    at: usize,
    refused: &mut usize,
    builder: &mut Builder,
    wrap: &Wrap,
) -> Option<usize> {
    let bars = is_bar_row(&lines[at]);
    if at < *refused || !bars && !starts(lines, at) {
        return None;
    }
    let belongs = |row: usize| match bars {
        true => is_bar_row(&lines[row]),
        false => is_tab_row(&lines[row]) || is_under_merged(lines, row),
    };
    let most = lines.len().min(at + super::LARGEST / super::WIDEST);
    let end = (at + 1..most).find(|row| !belongs(*row)).unwrap_or(most);
    let mut rows: Vec<Vec<Line>> = vec![];
    let mut ruled = None;
    for line in &lines[at..end] {
        if bars && is_rule(line) {
            ruled = ruled.or(Some(rows.len() as u32));
            continue;
        }
        let mut cells = line.split(if bars { b'|' } else { b'\t' });
        if bars {
            cells.remove(0);
            cells.pop();
        }
        rows.push(cells);
    }
    let cols = rows.iter().map(Vec::len).max().unwrap_or(0);
    if rows.len() < 2 || !(2..=super::WIDEST).contains(&cols) {
        *refused = end;
        return None;
    }
    super::close(lines, prose, at, builder, wrap);
    let mut table = RawTable {
        rows: rows.len() as u32,
        cols: cols as u32,
        header_rows: ruled,
        ..RawTable::default()
    };
    for (row, cells) in rows.iter().enumerate() {
        for (col, cell) in cells.iter().enumerate() {
            let (row, col) = (row as u32, col as u32);
            table.cells.push(RawCell { row, col, rowspan: 1, colspan: 1, runs: cell.runs() });
        }
    }
    if lines[at].page > 0 {
        table.pages = vec![lines[at].page];
    }
    builder.table(table);
    Some(end)
}

/// Whether a table with a row a line starts here; its first cell may be empty: `\t2023年\t2024年` over `收入\t3\t5`.
pub(super) fn starts(lines: &[Line], at: usize) -> bool {
    let headed = |next: &Line| is_tab_row(next) && tabs(next) == tabs(&lines[at]);
    is_tab_row(&lines[at])
        || lines[at].starts_cell() && tabs(&lines[at]) >= 2 && lines.get(at + 1).is_some_and(headed)
}

/// Whether a row goes on whose first cell is empty, as under a merged one; one of a single cell, if such rows follow.
fn is_under_merged(lines: &[Line], row: usize) -> bool {
    const LOOK: usize = 4;
    let near = lines[row..].iter().take(LOOK);
    let mut rows = near.take_while(|line| line.has_tab());
    lines[row].starts_cell() && rows.any(|line| tabs(line) >= 2 && !line.is_blank())
}

fn tabs(line: &Line) -> usize {
    line.text().matches('\t').count()
}

fn is_bar_row(line: &Line) -> bool {
    let text = line.text();
    let text = text.trim();
    text.len() > 2 && text.starts_with('|') && text.ends_with('|')
}

/// `|---|:--:|`
fn is_rule(line: &Line) -> bool {
    line.text().chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_tab_row(line: &Line) -> bool {
    line.has_tab() && !line.starts_cell() && line.text().trim_end().contains('\t')
}
