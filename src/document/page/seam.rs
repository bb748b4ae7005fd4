//! The seam of a table that runs over pages: spans and rows that the page break cut are made whole.

use super::continued::is_figure;
use super::grid::Grid;
use super::line::Line;

/// Makes whole what the break above row `at` cut.
pub(super) fn close(grid: &mut Grid, at: u32) {
    if split_row(grid, at) {
        join_row(grid, at);
    }
    spans(grid, at);
}

/// The cells that end above row `at` and those that begin in it, where both have the same columns.
fn pairs(grid: &Grid, at: u32) -> Vec<(usize, usize)> {
    let cells = &grid.lattice.cells;
    let above = cells.iter().enumerate().filter(|(_, slot)| slot.row + slot.rowspan == at);
    let under: Vec<usize> = (0..cells.len()).filter(|index| cells[*index].row == at).collect();
    above
        .filter_map(|(index, slot)| {
            let same = |other: &&usize| {
                (cells[**other].col, cells[**other].colspan) == (slot.col, slot.colspan)
            };
            Some((index, *under.iter().find(same)?))
        })
        .collect()
}

/// A cell over several rows whose text stands on one page only goes on over the break.
fn spans(grid: &mut Grid, at: u32) {
    let mut gone = Vec::new();
    for (above, under) in pairs(grid, at) {
        let (a, b) = (grid.lattice.cells[above], grid.lattice.cells[under]);
        let spans = a.rowspan > 1 || b.rowspan > 1;
        let empty =
            (grid.is_empty(under) && b.rowspan > 1) || (grid.is_empty(above) && a.rowspan > 1);
        if spans && empty && grid.is_empty(above) != grid.is_empty(under) {
            grid.lattice.cells[above].rowspan += b.rowspan;
            let mut lines = std::mem::take(&mut grid.texts[under]);
            grid.texts[above].append(&mut lines);
            gone.push(under);
        }
    }
    grid.remove(&gone);
}

/// Whether row `at` is the rest of the row above: it lacks what rows have, and what it has goes on with full lines.
fn split_row(grid: &Grid, at: u32) -> bool {
    let cells = &grid.lattice.cells;
    let under: Vec<usize> = (0..cells.len()).filter(|index| cells[*index].row == at).collect();
    let pairs = pairs(grid, at);
    if under.iter().any(|cell| !grid.is_empty(*cell) && is_figure(&grid.bare(*cell))) {
        return false;
    }
    let said = under.iter().filter(|cell| !grid.is_empty(**cell)).count();
    let full = |cell: usize| {
        let [_, _, right, _] = grid.lattice.cell_box(cells[cell]);
        let last: Option<&Line> = grid.texts[cell].last();
        last.is_some_and(|line| right - line.right() < 1.6 * line.size)
    };
    let goes_on = pairs
        .iter()
        .filter(|(above, under)| !grid.is_empty(*under) && !grid.is_empty(*above) && full(*above));
    let lacks = pairs.iter().any(|(above, under)| grid.is_empty(*under) && !grid.is_empty(*above));
    said > 0 && goes_on.count() == said && lacks
}

/// Puts row `at` into the row above it.
fn join_row(grid: &mut Grid, at: u32) {
    let pairs = pairs(grid, at);
    let begins = grid.lattice.cells.iter().filter(|slot| slot.row == at).count();
    if pairs.len() != begins {
        return;
    }
    for slot in &mut grid.lattice.cells {
        if slot.row > at {
            slot.row -= 1;
        } else if slot.row < at && slot.row + slot.rowspan > at {
            slot.rowspan -= 1;
        }
    }
    grid.lattice.ys.remove(at as usize);
    let mut gone = Vec::new();
    for (above, under) in pairs {
        let mut lines = std::mem::take(&mut grid.texts[under]);
        grid.texts[above].append(&mut lines);
        grid.lattice.cells[above].rowspan += grid.lattice.cells[under].rowspan - 1;
        gone.push(under);
    }
    grid.remove(&gone);
}
