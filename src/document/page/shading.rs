//! Cells that only their shading shows: areas side by side and under each other, or a shaded header over a ruled grid.

use super::Rule;
use super::lattice::{Lattice, Slot, lattices};
use super::rule::{SNAP, straighten};

/// Fewest shaded cells of a table without rules.
const LEAST: usize = 4;
/// More areas than the cells of any page.
const MOST: usize = 5000;

/// Adds the tables that `fills` draw outside the known grids, and header rows over them.
pub(super) fn add(found: &mut Vec<Lattice>, fills: &[[f32; 4]]) {
    let mut fills: Vec<[f32; 4]> = fills.iter().take(MOST).copied().collect();
    fills.retain(|fill| {
        let (x, y) = ((fill[0] + fill[2]) / 2.0, (fill[1] + fill[3]) / 2.0);
        let inside = |lattice: &Lattice| {
            let [left, top, right, bottom] = lattice.bbox();
            (left..right).contains(&x) && (top..bottom).contains(&y)
        };
        !found.iter().any(inside)
    });
    for lattice in found.iter_mut() {
        head(lattice, &fills);
    }
    let rules: Vec<Rule> =
        fills.iter().filter(|fill| !covered(fill, found)).flat_map(edges).collect();
    let (drawn, _) = lattices(&straighten(&rules));
    // only a full grid is surely one: marked words in prose give ragged ones
    found.extend(drawn.into_iter().filter(|lattice| {
        let cells = lattice.cells.len();
        cells >= LEAST && lattice.rows() >= 2 && cells == lattice.rows() * lattice.cols()
    }));
}

fn covered(fill: &[f32; 4], lattices: &[Lattice]) -> bool {
    lattices.iter().any(|lattice| {
        let [left, top, right, bottom] = lattice.bbox();
        fill[0] < right && fill[2] > left && fill[1] < bottom - SNAP && fill[3] > top + SNAP
    })
}

fn edges(fill: &[f32; 4]) -> [Rule; 4] {
    let [left, top, right, bottom] = *fill;
    let row = |at| Rule { horizontal: true, at, from: left, to: right };
    let col = |at| Rule { horizontal: false, at, from: top, to: bottom };
    [row(top), row(bottom), col(left), col(right)]
}

/// Puts a row of shaded cells that ends where the grid begins on top of it.
fn head(lattice: &mut Lattice, fills: &[[f32; 4]]) {
    let [left, top, right, _] = lattice.bbox();
    let near = |a: f32, b: f32| (a - b).abs() <= SNAP;
    let mut cells: Vec<&[f32; 4]> = fills.iter().filter(|fill| near(fill[3], top)).collect();
    cells.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
    let level = cells.iter().all(|cell| near(cell[1], first[1]));
    let joined = cells.windows(2).all(|pair| near(pair[0][2], pair[1][0]));
    let edge = |x: f32| lattice.xs.iter().position(|edge| near(*edge, x));
    if !level || !joined || !near(first[0], left) || !near(last[2], right) || cells.len() < 2 {
        return;
    }
    let mut slots = Vec::with_capacity(cells.len());
    for cell in &cells {
        let (Some(from), Some(to)) = (edge(cell[0]), edge(cell[2])) else { return };
        if to <= from {
            return;
        }
        let (col, colspan) = (from as u32, (to - from) as u32);
        slots.push(Slot { row: 0, col, rowspan: 1, colspan });
    }
    let head = first[1];
    slots.extend(lattice.cells.iter().map(|slot| Slot { row: slot.row + 1, ..*slot }));
    let ys = std::iter::once(head).chain(lattice.ys.iter().copied()).collect();
    *lattice = Lattice::new(std::mem::take(&mut lattice.xs), ys, slots);
}
