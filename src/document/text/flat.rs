//! Flattened tables: one cell a line, each starting with a tab, a blank line between rows, spans lost.

mod spans;

use super::lines::Line;
use super::paragraphs::{Wrap, starts_label};
use crate::document::{Builder, RawCell, RawTable};

/// A cell: its lines.
type Cell<'a> = Vec<Line<'a>>;

/// Reads a flattened table that starts at `lines[at]`; the result is the line after it.
pub(super) fn table(
    lines: &[Line],
    prose: usize,
    at: usize,
    refused: &mut usize,
    builder: &mut Builder,
    wrap: &Wrap,
) -> Option<usize> {
    if at < *refused || !lines[at].starts_cell() || super::grid::starts(lines, at) {
        return None;
    }
    let (rows, end) = rows(lines, at);
    let cells: usize = rows.iter().map(Vec::len).sum();
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    if cells < 3 || widest < 2 {
        *refused = end;
        return None;
    }
    super::close(lines, prose, at, builder, wrap);
    let (table, cells) = raw(&rows, widest);
    builder.table_of(table, |builder, index| fill(cells[index], builder));
    Some(end)
}

/// The rows from `at` on and the line after the table.
fn rows<'a>(lines: &[Line<'a>], at: usize) -> (Vec<Vec<Cell<'a>>>, usize) {
    let mut rows: Vec<Vec<Cell>> = vec![];
    let mut row: Vec<Cell> = vec![];
    let mut index = at;
    let mut end = at;
    let mut widest = 1;
    while index < lines.len() {
        let line = &lines[index];
        if line.starts_cell() && (!line.is_blank() || !row.is_empty() || opens_row(lines, index)) {
            let full = rows.len() * widest >= super::LARGEST;
            if row.is_empty() && (full || opens_table(lines, index, &rows)) {
                break;
            }
            if row.len() >= super::WIDEST {
                rows.push(std::mem::take(&mut row));
            }
            row.push(line.split(b'\t').into_iter().skip(1).collect());
            widest = widest.max(row.len());
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

/// The grid, and what stands in each of its cells: rows with fewer cells than the widest get their lost spans back.
fn raw<'t, 'a>(rows: &'t [Vec<Cell<'a>>], width: usize) -> (RawTable, Vec<&'t Cell<'a>>) {
    let mut filled = Vec::new();
    let mut table = RawTable { rows: rows.len() as u32, cols: width as u32, ..RawTable::default() };
    for (index, row) in rows.iter().enumerate() {
        let columns = columns(rows, index, width);
        for (cell, &(col, colspan)) in row.iter().zip(&columns) {
            filled.push(cell);
            table.cells.push(RawCell {
                row: index as u32,
                col: col as u32,
                rowspan: 1,
                colspan: colspan as u32,
                runs: Vec::new(),
            });
        }
    }
    let mut pages: Vec<u32> = rows.iter().flatten().flatten().map(|line| line.page).collect();
    pages.retain(|page| *page > 0);
    pages.dedup();
    table.pages = pages;
    (table, filled)
}

/// Column and span of each cell of a row, as far as the rows around it tell.
fn columns(rows: &[Vec<Cell>], index: usize, width: usize) -> Vec<(usize, usize)> {
    let row = &rows[index];
    if let Some(spans) = spans::header(rows, index, width) {
        let starts = spans.iter().scan(0, |col, span| {
            *col += span;
            Some(*col - span)
        });
        return starts.zip(spans.iter().copied()).collect();
    }
    let missing = width - row.len();
    let wide = if missing == 0 || row.len() < 2 {
        row.len() - 1
    } else {
        over_names(rows, index, width)
            .or_else(|| total(rows, index, width))
            .or_else(|| aligned(rows, index, width))
            .unwrap_or(row.len() - 1)
    };
    if wide >= row.len() {
        return over_total(row.len(), width);
    }
    let mut col = 0;
    let span = |at: usize| if at == wide { missing + 1 } else { 1 };
    (0..row.len())
        .map(|at| {
            let start = col;
            col += span(at);
            (start, span(at))
        })
        .collect()
}

/// A header over a row of names: its last cells reach down where those names are empty, the first one spans.
fn over_names(rows: &[Vec<Cell>], index: usize, width: usize) -> Option<usize> {
    let below = rows.get(index + 1).filter(|row| row.len() == width)?;
    let last = below.iter().rev().take_while(|cell| is_empty(cell)).count();
    let first = below.iter().take_while(|cell| is_empty(cell)).count();
    let wide = rows[index].len().checked_sub(last + 1)?;
    (last > 0 && last < width && wide == first && !is_empty(&rows[index][wide])).then_some(wide)
}

/// The last row, `指标得分 | 98`: figures stand under figures, so the words before them take what is missing.
fn total(rows: &[Vec<Cell>], index: usize, width: usize) -> Option<usize> {
    const WORDS: [&str; 7] = ["合计", "总计", "分值", "得分", "总分", "小计", "栏次"];
    let row = &rows[index];
    let first: String = row[0].iter().map(|line| line.text().trim().to_string()).collect();
    if !WORDS.iter().any(|word| first.ends_with(word)) {
        return None;
    }
    let Some(figure) = row.iter().rposition(is_figure) else { return Some(0) };
    let alone = row.iter().filter(|cell| is_figure(cell)).count() == 1;
    let figures = |col: usize| {
        rows.iter().filter(|row| row.len() == width).filter(|row| is_figure(&row[col])).count()
    };
    let after = row.len() - 1 - figure;
    let straight = width - 1 - after;
    let left = figures(straight - 1) > figures(straight);
    if after == 0 && alone && left { Some(row.len()) } else { Some(0) }
}

/// A total whose figure is the last cell but not of the last column: that cell takes two columns.
fn over_total(count: usize, width: usize) -> Vec<(usize, usize)> {
    let missing = width - count;
    let mut columns = vec![(0, missing)];
    columns.extend((1..count).map(|at| (at + missing - 1, if at + 1 == count { 2 } else { 1 })));
    columns
}

/// In a table of full rows a row of one or two cells less: the wide cell stands where the others then meet their like.
/// Rows of the same number of cells after each other are of one build.
fn aligned(rows: &[Vec<Cell>], index: usize, width: usize) -> Option<usize> {
    let row = &rows[index];
    let full = || rows.iter().filter(|row| row.len() == width).take(60);
    let count = full().count();
    if width - row.len() > 2 || row.len() < 4 || count < 3 || count * 2 < rows.len().min(120) {
        return None;
    }
    let mut profile = vec![[0usize; 4]; width];
    for row in full() {
        for (col, cell) in row.iter().enumerate() {
            profile[col][class(cell)] += 1;
        }
    }
    let missing = width - row.len();
    let alike = |other: &&Vec<Cell>| other.len() == row.len();
    let before = rows[..index].iter().rev().take(20).take_while(alike);
    let block: Vec<&Vec<Cell>> =
        before.chain(rows[index..].iter().take(20).take_while(alike)).collect();
    let score = |wide: usize| -> usize {
        let col = |at: usize| if at > wide { at + missing } else { at };
        let cells = block.iter().flat_map(|row| row.iter().enumerate());
        cells.map(|(at, cell)| profile[col(at)][class(cell)]).sum()
    };
    (0..row.len()).max_by_key(|wide| score(*wide))
}

/// What a cell looks like: 0 empty, 1 a figure or a dash, 2 some words, 3 sentences.
fn class(cell: &Cell) -> usize {
    match cell.iter().map(|line| line.text().trim().chars().count()).sum() {
        0usize => 0,
        1 if cell.iter().any(|line| matches!(line.text().trim(), "-" | "—")) => 1,
        _ if is_figure(cell) => 1,
        1..=14 => 2,
        _ => 3,
    }
}

fn is_empty(cell: &Cell) -> bool {
    cell.iter().all(Line::is_blank)
}

fn is_figure(cell: &Cell) -> bool {
    let mut digits = false;
    for line in cell {
        for byte in line.text().trim().bytes() {
            if !byte.is_ascii_digit() && !b".,-%".contains(&byte) {
                return false;
            }
            digits |= byte.is_ascii_digit();
        }
    }
    digits
}

/// Adds the lines of a cell to the open block.
fn fill(cell: &[Line], builder: &mut Builder) {
    for (index, line) in cell.iter().filter(|line| !line.is_blank()).enumerate() {
        if index > 0 {
            builder.break_line();
        }
        line.push(builder);
    }
}
