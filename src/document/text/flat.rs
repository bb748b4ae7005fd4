//! Flattened tables: one cell a line, each starting with a tab, a blank line between rows, spans lost.

use super::lines::Line;
use super::paragraphs::{Wrap, starts_label};
use crate::document::{Builder, RawCell, RawTable, Run};

/// A cell: its lines.
type Cell<'a> = Vec<Line<'a>>;

/// Reads a flattened table that starts at `lines[at]`; the result is the line after it.
pub(super) fn table(
    lines: &[Line],
    prose: usize,
    at: usize,
    builder: &mut Builder,
    wrap: &Wrap,
) -> Option<usize> {
    if !lines[at].starts_cell() {
        return None;
    }
    let (rows, end) = rows(lines, at);
    let cells: usize = rows.iter().map(Vec::len).sum();
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    if cells < 3 || widest < 2 {
        return None;
    }
    super::close(lines, prose, at, builder, wrap);
    builder.table(raw(&rows, widest));
    Some(end)
}

/// The rows from `at` on and the line after the table.
fn rows<'a>(lines: &[Line<'a>], at: usize) -> (Vec<Vec<Cell<'a>>>, usize) {
    let mut rows: Vec<Vec<Cell>> = vec![];
    let mut row: Vec<Cell> = vec![];
    let mut index = at;
    let mut end = at;
    while index < lines.len() {
        let line = &lines[index];
        if line.starts_cell() && (!line.is_blank() || !row.is_empty() || opens_row(lines, index)) {
            if row.is_empty() && opens_table(lines, index, &rows) {
                break;
            }
            row.push(line.split(|c| c == '\t').into_iter().skip(1).collect());
        } else if line.is_blank() {
            if !row.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            if index - end > 12 {
                break;
            }
            index += 1;
            continue;
        } else if row.is_empty() {
            match continuation(lines, index) {
                Some(next) if !rows.is_empty() => {
                    // a paragraph inside a cell, after an empty one
                    let cell = rows.last_mut().and_then(|row| row.last_mut());
                    if let Some(cell) = cell {
                        cell.extend(lines[index..next].iter().cloned());
                    }
                    index = next;
                    end = next;
                    continue;
                }
                _ => break,
            }
        } else if ends_table(lines, index) {
            break;
        } else if let Some(cell) = row.last_mut() {
            cell.push(line.clone());
        }
        index += 1;
        end = index;
    }
    if !row.is_empty() {
        rows.push(row);
    }
    (rows, end)
}

/// An empty cell opens a row when more cells follow directly.
fn opens_row(lines: &[Line], index: usize) -> bool {
    lines.get(index + 1).is_some_and(|next| !next.is_blank() || next.starts_cell())
}

/// A row of one cell that reads like a table's title, after rows of a table.
fn opens_table(lines: &[Line], index: usize, rows: &[Vec<Cell>]) -> bool {
    if rows.len() < 2 || lines.get(index + 1).is_some_and(Line::starts_cell) {
        return false;
    }
    let text = lines[index].text();
    let text = text.trim();
    (text.starts_with("附表") || text.starts_with("附件") || text.ends_with('表'))
        && text.chars().count() <= 40
}

/// Lines without tabs after a blank line that still belong to the last cell: the next row follows directly.
fn continuation(lines: &[Line], index: usize) -> Option<usize> {
    for (offset, line) in lines[index..].iter().take(6).enumerate() {
        if line.starts_cell() {
            return Some(index + offset);
        }
        let text = line.text();
        let text = text.trim();
        let title = ["附表", "附件", "单位：", "部门："].iter().any(|word| text.starts_with(word))
            || ["表", "报告", "：", ":"].iter().any(|word| text.ends_with(word));
        if line.is_blank() || title || starts_label(text) {
            return None;
        }
    }
    None
}

/// A line directly under a cell that is no part of it: a heading, or the title of what follows.
fn ends_table(lines: &[Line], index: usize) -> bool {
    let text = lines[index].text();
    let text = text.trim();
    let title = text.chars().count() <= 40 && (text.ends_with("报告") || text.starts_with("附件"));
    let label = starts_label(text) && text.chars().next().is_some_and(|c| !c.is_ascii_digit());
    // inside a row the next cell follows soon; a list in a cell (`1.`, `一、`) is then no heading
    let followed =
        lines[index..].iter().take(12).find(|line| line.is_blank() || line.starts_cell());
    title || label && !followed.is_some_and(Line::starts_cell)
}

/// The grid: rows with fewer cells than the widest get their lost spans back.
fn raw(rows: &[Vec<Cell>], width: usize) -> RawTable {
    let mut table = RawTable { rows: rows.len() as u32, cols: width as u32, ..RawTable::default() };
    for (index, row) in rows.iter().enumerate() {
        let columns = columns(rows, index, width);
        for (cell, &(col, colspan)) in row.iter().zip(&columns) {
            table.cells.push(RawCell {
                row: index as u32,
                col: col as u32,
                rowspan: 1,
                colspan: colspan as u32,
                runs: runs(cell),
            });
        }
    }
    let mut pages: Vec<u32> = rows.iter().flatten().flatten().map(|line| line.page).collect();
    pages.retain(|page| *page > 0);
    pages.dedup();
    table.pages = pages;
    table
}

/// Column and span of each cell of a row: the last cell takes what is missing, as a form's value cells do.
fn columns(rows: &[Vec<Cell>], index: usize, width: usize) -> Vec<(usize, usize)> {
    let count = rows[index].len();
    (0..count).map(|at| (at, if at + 1 == count { width - at } else { 1 })).collect()
}

fn runs(cell: &[Line]) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![];
    for line in cell.iter().filter(|line| !line.is_blank()) {
        let mut of_line = line.runs();
        if let (Some(last), Some(_)) = (runs.last_mut(), of_line.first()) {
            last.text.push('\n');
        }
        runs.append(&mut of_line);
    }
    runs
}
