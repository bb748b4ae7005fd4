//! Column spans of header rows that the flattening lost, from the names that stand under them.

use super::{Cell, is_empty, is_figure};

/// What a cell of a code or name column is headed with.
const STUBS: [&str; 8] = ["代码", "编码", "编号", "名称", "科目", "序号", "类", "款"];

/// How many columns each cell of a header row covers, if the row of names under it tells.
pub(super) fn header(rows: &[Vec<Cell>], index: usize, width: usize) -> Option<Vec<usize>> {
    let row = &rows[index];
    if row.len() < 2
        || row.len() >= width
        || row.iter().any(|cell| is_empty(cell) || is_figure(cell))
    {
        return None;
    }
    let below = rows.get(index + 1)?;
    if below.iter().any(is_figure) {
        return None;
    }
    if below.len() < width {
        // 预算数 | 决算数 over 合计 … 合计 …, which are groups themselves.
        let own = header(rows, index + 1, width)?;
        return anew(below, &own, row.len());
    }
    units(below, row.len())
        .or_else(|| anew(below, &vec![1; width], row.len()))
        .or_else(|| beside_stubs(below, row.len()))
}

/// A name without one under it reaches down; names side by side under it are its columns.
fn units(below: &[Cell], count: usize) -> Option<Vec<usize>> {
    let mut spans: Vec<usize> = Vec::new();
    let mut open = false;
    for cell in below {
        let empty = is_empty(cell);
        match spans.last_mut().filter(|_| open && !empty) {
            Some(span) => *span += 1,
            None => spans.push(1),
        }
        open = !empty;
    }
    (spans.len() == count && spans.iter().any(|span| *span > 1)).then_some(spans)
}

/// The names under the row begin anew for each of its cells: 项目 行次 金额 | 项目 行次 合计 ….
fn anew(below: &[Cell], spans: &[usize], count: usize) -> Option<Vec<usize>> {
    let first = text(&below[0]);
    let mut found: Vec<usize> = Vec::with_capacity(count);
    for (cell, span) in below.iter().zip(spans) {
        match found.last_mut().filter(|_| text(cell) != first) {
            Some(last) => *last += span,
            None => found.push(*span),
        }
    }
    (found.len() == count && !first.is_empty()).then_some(found)
}

/// `项目 | 本年支出` over code, name and the columns of figures.
fn beside_stubs(below: &[Cell], count: usize) -> Option<Vec<usize>> {
    let stubs =
        below.iter().take_while(|cell| STUBS.iter().any(|word| text(cell).contains(word))).count();
    (count == 2 && stubs > 0 && stubs < below.len()).then(|| vec![stubs, below.len() - stubs])
}

fn text(cell: &Cell) -> String {
    cell.iter()
        .flat_map(|line| line.text().chars().collect::<Vec<_>>())
        .filter(|c| !c.is_whitespace())
        .collect()
}
