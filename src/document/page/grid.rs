//! Grids with text: which lattice is a table, and what stands in each of its cells.

use super::lattice::{Lattice, Slot};
use super::line::{Line, lines};
use super::piece::{Piece, split};
use super::{Canvas, Glyph, seam, wrapped};
use crate::document::{RawCell, RawTable};

/// Columns and rows narrower than this without text of their own come from rules that do not quite meet.
const SLIVER: f32 = 5.0;

/// A table of one page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Grid {
    /// 1-based pages.
    pub pages: Vec<u32>,
    /// Where its cells are; rows of later pages hang under those of the first.
    pub lattice: Lattice,
    /// Where it ends on its last page.
    pub foot: f32,
    /// The lines of each cell.
    pub texts: Vec<Vec<Line>>,
}

impl Grid {
    /// Left, top, right, bottom.
    pub fn bbox(&self) -> [f32; 4] {
        self.lattice.bbox()
    }

    /// Whether a cell holds text.
    pub fn is_empty(&self, cell: usize) -> bool {
        self.texts[cell].is_empty()
    }

    /// The text of a cell without blanks.
    pub fn bare(&self, cell: usize) -> String {
        let chars = self.texts[cell].iter().flat_map(|line| line.text.chars());
        chars.filter(|c| !c.is_whitespace()).collect()
    }

    /// Height of row `row` with all rows that its spans reach.
    pub fn block(&self, row: usize) -> f32 {
        let mut end = row + 1;
        for slot in self.lattice.cells.iter().skip_while(|slot| (slot.row as usize) < row) {
            if slot.row as usize >= end {
                break;
            }
            end = end.max((slot.row + slot.rowspan) as usize);
        }
        let ys = &self.lattice.ys;
        ys[end.min(ys.len() - 1)] - ys[row.min(ys.len() - 1)]
    }

    /// The cells that begin in each row, with their columns moved by `places`.
    pub fn rows_of(&self, places: &[u32]) -> Vec<Vec<(usize, Slot)>> {
        let mut rows = vec![Vec::new(); self.lattice.rows()];
        for (index, slot) in self.lattice.cells.iter().enumerate() {
            let moved = moved(*slot, places);
            rows[slot.row as usize].push((index, moved));
        }
        rows
    }

    /// Puts `next` without its first `header` rows under this grid; the result is the lines of those rows. `xs` are
    /// the columns of both, `own` and `others` where the edges of either stand among them.
    pub fn append(
        &mut self,
        next: &mut Grid,
        header: usize,
        xs: Vec<f32>,
        own: &[u32],
        others: &[u32],
    ) -> Vec<Line> {
        for slot in &mut self.lattice.cells {
            *slot = moved(*slot, own);
        }
        self.lattice.xs = xs;
        let rows = self.lattice.rows() as u32;
        let mut dropped = Vec::new();
        let base = self.lattice.ys.last().copied().unwrap_or(0.0) - next.lattice.ys[header];
        self.lattice.ys.extend(next.lattice.ys[header + 1..].iter().map(|edge| edge + base));
        for (slot, lines) in next.lattice.cells.iter().zip(std::mem::take(&mut next.texts)) {
            let mut slot = moved(*slot, others);
            let mut lines = lines;
            if (slot.row as usize) < header {
                dropped.append(&mut lines);
                let reach = (slot.row + slot.rowspan) as usize;
                if reach <= header {
                    continue;
                }
                // a cell beside the header goes on under it
                (slot.row, slot.rowspan) = (header as u32, (reach - header) as u32);
            }
            slot.row = slot.row - header as u32 + rows;
            self.lattice.cells.push(slot);
            self.texts.push(lines);
        }
        self.foot = next.foot;
        self.pages.append(&mut next.pages);
        seam::close(self, rows);
        dropped
    }

    /// Takes cells out of the grid.
    pub fn remove(&mut self, gone: &[usize]) {
        if gone.is_empty() {
            return;
        }
        let mut kept = vec![true; self.texts.len()];
        gone.iter().for_each(|cell| kept[*cell] = false);
        let mut at = kept.iter();
        self.lattice.cells.retain(|_| at.next().copied().unwrap_or(true));
        let mut at = kept.iter();
        self.texts.retain(|_| at.next().copied().unwrap_or(true));
    }

    /// As the builder takes it.
    pub fn raw(self) -> RawTable {
        let (rows, cols) = (self.lattice.rows() as u32, self.lattice.cols() as u32);
        let padding = std::cell::LazyCell::new(|| wrapped::padding(&self));
        let goes_on = |slot: Slot, line: &Line, next: &Line| {
            wrapped::may_go_on(line, next) && wrapped::fills(&self, slot, line, next, *padding)
        };
        let cells = self.lattice.cells.iter().zip(&self.texts);
        let cells = cells.map(|(slot, lines)| raw_cell(*slot, lines, &goes_on)).collect();
        RawTable { rows, cols, cells, pages: self.pages, ..RawTable::default() }
    }
}

fn moved(mut slot: Slot, places: &[u32]) -> Slot {
    let right = places[(slot.col + slot.colspan) as usize];
    slot.col = places[slot.col as usize];
    slot.colspan = right - slot.col;
    slot
}

fn raw_cell(slot: Slot, lines: &[Line], goes_on: &dyn Fn(Slot, &Line, &Line) -> bool) -> RawCell {
    let Slot { row, col, rowspan, colspan } = slot;
    let mut cell = RawCell { row, col, rowspan, colspan, runs: Vec::new() };
    for (index, line) in lines.iter().enumerate() {
        if let Some(last) = cell.runs.last_mut()
            && !goes_on(slot, &lines[index - 1], line)
        {
            last.text.push('\n');
        }
        cell.runs.extend(line.cell_runs());
    }
    cell
}

/// A cell of one of several lattices.
type Place = Option<(usize, u32)>;

/// Parts the pieces of a page into tables and the pieces around them.
pub(super) fn fill(
    page: &Canvas,
    mut lattices: Vec<Lattice>,
    pieces: Vec<Piece>,
) -> (Vec<Grid>, Vec<Piece>) {
    lattices.retain(|lattice| lattice.cols() >= 2);
    let mut used: Vec<Vec<bool>> =
        lattices.iter().map(|lattice| vec![false; lattice.cells.len()]).collect();
    let order = by_area(&lattices);
    for piece in &pieces {
        for (_, part) in split(piece, &page.glyphs, |glyph| at(&lattices, &order, glyph)) {
            let glyph = &page.glyphs[part.from as usize];
            if let Some((lattice, cell)) = at(&lattices, &order, glyph) {
                used[lattice][cell as usize] = true;
            }
        }
    }
    let mut kept = used.iter().map(|used| used.iter().filter(|used| **used).count() >= 2);
    lattices.retain(|_| kept.next().unwrap_or(false));
    let order = by_area(&lattices);
    let mut cells: Vec<Vec<Vec<Piece>>> =
        lattices.iter().map(|lattice| vec![Vec::new(); lattice.cells.len()]).collect();
    let mut around = Vec::new();
    for piece in &pieces {
        for (place, part) in parts(piece, &page.glyphs, &lattices, &order) {
            match place {
                Some((lattice, cell)) => cells[lattice][cell as usize].push(part),
                None => around.push(part),
            }
        }
    }
    let grids = lattices.into_iter().zip(cells).map(|(lattice, cells)| {
        let texts = cells.into_iter().map(|pieces| lines(page.number, pieces, &page.glyphs));
        let foot = lattice.bbox()[3];
        let mut grid = Grid { pages: vec![page.number], lattice, foot, texts: texts.collect() };
        without_slivers(&mut grid);
        grid
    });
    (grids.collect(), around)
}

/// The lattices from the smallest to the largest, so that a nested one comes first.
fn by_area(lattices: &[Lattice]) -> Vec<usize> {
    let area = |index: &usize| {
        let [left, top, right, bottom] = lattices[*index].bbox();
        (right - left) * (bottom - top)
    };
    let mut order: Vec<usize> = (0..lattices.len()).collect();
    order.sort_by(|a, b| area(a).total_cmp(&area(b)));
    order
}

fn at(lattices: &[Lattice], order: &[usize], glyph: &Glyph) -> Place {
    let (x, y) = ((glyph.x0 + glyph.x1) / 2.0, (glyph.top + glyph.bottom) / 2.0);
    order.iter().find_map(|index| Some((*index, lattices[*index].cell_at(x, y)?)))
}

/// The parts of a piece that stand in different cells. A rule that runs through a character parts nothing: the text
/// has overflowed its cell.
fn parts(
    piece: &Piece,
    glyphs: &[Glyph],
    lattices: &[Lattice],
    order: &[usize],
) -> Vec<(Place, Piece)> {
    let parts = split(piece, glyphs, |glyph| at(lattices, order, glyph));
    if parts.len() < 2 {
        return parts;
    }
    let mut groups: Vec<Vec<(Place, Piece)>> = Vec::new();
    for part in parts {
        match groups.last_mut() {
            Some(group) if overflows(group[group.len() - 1], part, lattices) => group.push(part),
            _ => groups.push(vec![part]),
        }
    }
    groups.into_iter().map(|group| owned(group, glyphs)).collect()
}

fn overflows(before: (Place, Piece), after: (Place, Piece), lattices: &[Lattice]) -> bool {
    let edge = |place: Place, left: bool| {
        let (lattice, cell) = place?;
        let [x0, _, x1, _] = lattices[lattice].cell_box(lattices[lattice].cells[cell as usize]);
        Some(if left { x0 } else { x1 })
    };
    let Some(edge) = edge(after.0, true).or_else(|| edge(before.0, false)) else { return false };
    let slack = 0.15 * after.1.size;
    before.1.x1 > edge + slack || after.1.x0 < edge - slack
}

/// The cell that overflowed text belongs to: figures end in theirs, words begin in theirs.
fn owned(group: Vec<(Place, Piece)>, glyphs: &[Glyph]) -> (Place, Piece) {
    let (first, last) = (group[0], group[group.len() - 1]);
    let mut whole = first.1;
    for (_, part) in &group[1..] {
        whole.to = part.to;
        whole.x1 = whole.x1.max(part.x1);
        whole.top = whole.top.min(part.top);
        whole.bottom = whole.bottom.max(part.bottom);
    }
    let mut chars = glyphs[whole.from as usize..whole.to as usize].iter().map(|glyph| glyph.c);
    let figures = chars.all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | ' '));
    let place = match group.len() {
        0..=2 if figures => last.0.or(first.0),
        0..=2 => first.0.or(last.0),
        _ => group[group.len() / 2].0,
    };
    (place, whole)
}

/// Drops narrow columns and rows that no text needs.
fn without_slivers(grid: &mut Grid) {
    let cells = grid.lattice.cells.iter().zip(&grid.texts);
    let full: Vec<Slot> =
        cells.filter(|(_, lines)| !lines.is_empty()).map(|(slot, _)| *slot).collect();
    let narrow = |edges: &[f32], own: &dyn Fn(u32) -> bool| -> Vec<bool> {
        let pairs = edges.windows(2).enumerate();
        pairs.map(|(at, pair)| pair[1] - pair[0] < SLIVER && !own(at as u32)).collect()
    };
    let cols = narrow(&grid.lattice.xs, &|col| {
        full.iter().any(|slot| slot.col == col && slot.colspan == 1)
    });
    let rows = narrow(&grid.lattice.ys, &|row| {
        full.iter().any(|slot| slot.row == row && slot.rowspan == 1)
    });
    if cols.iter().chain(&rows).any(|narrow| *narrow) {
        let kept = grid.lattice.drop(&cols, &rows);
        let mut kept = kept.into_iter();
        grid.texts.retain(|_| kept.next().unwrap_or(true));
    }
}
