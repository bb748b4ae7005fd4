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

/// A cell over several rows whose text stands on one page only goes on over the break. Which cells do that shows in
/// their column: it groups rows elsewhere and is never empty otherwise.
fn spans(grid: &mut Grid, at: u32) {
    let mut gone = Vec::new();
    for (above, under) in pairs(grid, at) {
        let (a, b) = (grid.lattice.cells[above], grid.lattice.cells[under]);
        let said = (!grid.is_empty(above), !grid.is_empty(under));
        let half = match said {
            (true, false) => b.rowspan > 1,
            (false, true) => a.rowspan > 1,
            _ => continue,
        };
        if half || (said.0 && groups(grid, above, under)) {
            grid.lattice.cells[above].rowspan += b.rowspan;
            let mut lines = std::mem::take(&mut grid.texts[under]);
            grid.texts[above].append(&mut lines);
            gone.push(under);
        }
    }
    grid.remove(&gone);
}

/// Whether the column of two cells has cells over several rows and no empty one but the lower of the two.
fn groups(grid: &Grid, above: usize, under: usize) -> bool {
    let column = grid.lattice.cells[above];
    let same = grid.lattice.cells.iter().enumerate().filter(|(index, slot)| {
        *index != under && (slot.col, slot.colspan) == (column.col, column.colspan)
    });
    let mut spanning = false;
    for (index, slot) in same {
        spanning |= slot.rowspan > 1;
        if grid.is_empty(index) {
            return false;
        }
    }
    spanning && !is_figure(&grid.bare(above))
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
