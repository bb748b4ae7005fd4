//! Lattices: ruling lines that cross, as grids of cells with row and column spans.
//!
//! The lines of one connected figure cut its area into slots; slots without a line between them are one cell. A missing
//! outer border is taken where the other lines end, and a cell that leaks through a lost rule is cut into rectangles.

use super::Rule;
use super::rule::{Rules, SNAP};

/// How far a line may stand out over another one without meaning a missing border.
const OVERHANG: f32 = 8.0;
/// Widest column whose outer border may cross no line of the page.
const WIDEST: f32 = 200.0;
/// More slots than any table of one page has.
const MOST_SLOTS: usize = 400_000;

/// A cell by its place in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
    /// Rows covered.
    pub rowspan: u32,
    /// Columns covered.
    pub colspan: u32,
}

/// A grid as drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lattice {
    /// Edges of the columns from left to right.
    pub xs: Vec<f32>,
    /// Edges of the rows from top to bottom.
    pub ys: Vec<f32>,
    /// Cells in row-major order.
    pub cells: Vec<Slot>,
    /// Which cell covers each slot, row-major; `u32::MAX` for none.
    pub of_slot: Vec<u32>,
}

impl Lattice {
    /// A grid of known cells, in row-major order.
    pub fn new(xs: Vec<f32>, ys: Vec<f32>, cells: Vec<Slot>) -> Self {
        let mut lattice = Self { xs, ys, cells, of_slot: Vec::new() };
        number(&mut lattice);
        lattice
    }

    /// Left, top, right, bottom.
    pub fn bbox(&self) -> [f32; 4] {
        let last = |edges: &[f32]| edges.last().copied().unwrap_or(0.0);
        let first = |edges: &[f32]| edges.first().copied().unwrap_or(0.0);
        [first(&self.xs), first(&self.ys), last(&self.xs), last(&self.ys)]
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The cell at a point.
    pub fn cell_at(&self, x: f32, y: f32) -> Option<u32> {
        let col = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge <= y).checked_sub(1)?;
        if col >= self.cols() || row >= self.rows() {
            return None;
        }
        Some(self.of_slot[row * self.cols() + col]).filter(|cell| *cell != u32::MAX)
    }

    /// Drops columns and rows, the left or upper edge of each; for each cell whether it is still there.
    pub fn drop(&mut self, cols: &[bool], rows: &[bool]) -> Vec<bool> {
        let edges = |narrow: &[bool]| -> Vec<bool> {
            narrow.iter().map(|narrow| !narrow).chain([true]).collect()
        };
        self.keep(&edges(cols), &edges(rows))
    }

    /// Keeps the used edges; for each cell whether it is still there.
    fn keep(&mut self, used_x: &[bool], used_y: &[bool]) -> Vec<bool> {
        let (x, y) = (renumber(&mut self.xs, used_x), renumber(&mut self.ys, used_y));
        for cell in &mut self.cells {
            let right = x[(cell.col + cell.colspan) as usize];
            let down = y[(cell.row + cell.rowspan) as usize];
            (cell.col, cell.row) = (x[cell.col as usize], y[cell.row as usize]);
            (cell.colspan, cell.rowspan) = (right - cell.col, down - cell.row);
        }
        let kept: Vec<bool> =
            self.cells.iter().map(|cell| cell.colspan > 0 && cell.rowspan > 0).collect();
        self.cells.retain(|cell| cell.colspan > 0 && cell.rowspan > 0);
        number(self);
        kept
    }

    /// Left, top, right, bottom of a cell.
    pub fn cell_box(&self, cell: Slot) -> [f32; 4] {
        let (row, col) = (cell.row as usize, cell.col as usize);
        let (down, right) = (row + cell.rowspan as usize, col + cell.colspan as usize);
        [self.xs[col], self.ys[row], self.xs[right], self.ys[down]]
    }
}

/// The grids that `rules` draw, from top to bottom, and the horizontal lines that belong to none.
pub(super) fn lattices(rules: &Rules) -> (Vec<Lattice>, Vec<Rule>) {
    let mut found = Vec::new();
    let mut lone = Vec::new();
    for (horizontal, vertical) in figures(rules) {
        match lattice(&horizontal, &vertical) {
            Some(lattice) => found.push(lattice),
            None => lone.extend(horizontal),
        }
    }
    found.sort_by(|a, b| a.bbox()[1].total_cmp(&b.bbox()[1]).then(a.xs[0].total_cmp(&b.xs[0])));
    (found, lone)
}

/// Lines that cross or touch, together.
fn figures(rules: &Rules) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let (rows, cols) = (&rules.horizontal, &rules.vertical);
    let mut sets = Sets::new(rows.len() + cols.len());
    for (index, row) in rows.iter().enumerate() {
        let first = cols.partition_point(|col| col.at < row.from - SNAP);
        for (offset, col) in cols[first..].iter().enumerate() {
            if col.at > row.to + SNAP {
                break;
            }
            if col.from - SNAP <= row.at && row.at <= col.to + SNAP {
                sets.join(index, rows.len() + first + offset);
            }
        }
    }
    adopt(&mut sets, rules);
    let mut place = vec![usize::MAX; rows.len() + cols.len()];
    let mut figures: Vec<(Vec<Rule>, Vec<Rule>)> = Vec::new();
    for index in 0..rows.len() + cols.len() {
        let root = sets.root(index);
        if place[root] == usize::MAX {
            place[root] = figures.len();
            figures.push((Vec::new(), Vec::new()));
        }
        let figure = &mut figures[place[root]];
        match rows.get(index) {
            Some(row) => figure.0.push(*row),
            None => figure.1.push(cols[index - rows.len()]),
        }
    }
    figures
}

/// Joins a vertical line that no line crosses to the lines beside it that reach as high and as low: the border of a
/// cell that goes on over both edges of the page.
fn adopt(sets: &mut Sets, rules: &Rules) {
    let (rows, cols) = (&rules.horizontal, &rules.vertical);
    let mut in_grid: Vec<bool> =
        (0..cols.len()).map(|col| sets.root(rows.len() + col) < rows.len()).collect();
    // borders further out follow those nearer to the grid
    for index in (0..cols.len()).rev().chain(0..cols.len()) {
        if in_grid[index] {
            continue;
        }
        let col = &cols[index];
        let first = cols.partition_point(|other| other.at < col.at - WIDEST);
        let near = cols[first..].iter().take_while(|other| other.at < col.at + WIDEST);
        let beside = near.enumerate().find(|(offset, other)| {
            in_grid[first + offset]
                && (other.from - col.from).abs() < OVERHANG
                && (other.to - col.to).abs() < OVERHANG
        });
        if let Some((offset, _)) = beside {
            sets.join(rows.len() + index, rows.len() + first + offset);
            in_grid[index] = true;
        }
    }
}

/// Sets of indices that are joined over time.
pub(super) struct Sets(Vec<u32>);

impl Sets {
    /// Each index alone.
    pub fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    /// The index that stands for the set of `at`.
    pub fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] as usize != at {
            self.0[at] = self.0[self.0[at] as usize];
            at = self.0[at] as usize;
        }
        at
    }

    /// Makes two sets one; the smaller index stands for it.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b) as u32;
    }
}

/// The edges that lines of one direction give, with a missing border where most of the crossing lines stand out.
fn edges(along: &[Rule], across: &[Rule]) -> Vec<f32> {
    let mut edges: Vec<f32> = along.iter().map(|rule| rule.at).collect();
    edges.dedup();
    if across.len() < 2 {
        return edges;
    }
    let (Some(first), Some(last)) = (edges.first().copied(), edges.last().copied()) else {
        return edges;
    };
    let before: Vec<f32> =
        across.iter().map(|rule| rule.from).filter(|from| *from < first - OVERHANG).collect();
    if before.len() * 2 > across.len() {
        edges.insert(0, before.into_iter().fold(f32::MAX, f32::min));
    }
    let after: Vec<f32> =
        across.iter().map(|rule| rule.to).filter(|to| *to > last + OVERHANG).collect();
    if after.len() * 2 > across.len() {
        edges.push(after.into_iter().fold(f32::MIN, f32::max));
    }
    edges
}

/// Which lines stand between slots: `[edge * others + slot]`.
fn walls(along: &[Rule], edges: &[f32], others: &[f32]) -> Vec<bool> {
    let slots = others.len() - 1;
    let mut walls = vec![false; edges.len() * slots];
    for rule in along {
        let edge = edges.partition_point(|edge| *edge < rule.at).min(edges.len() - 1);
        let first = others.partition_point(|other| *other < rule.from).saturating_sub(1);
        for slot in first..slots {
            let (from, to) = (others[slot], others[slot + 1]);
            if from >= rule.to {
                break;
            }
            if rule.to.min(to) - rule.from.max(from) >= 0.6 * (to - from) {
                walls[edge * slots + slot] = true;
            }
        }
    }
    walls
}

fn lattice(horizontal: &[Rule], vertical: &[Rule]) -> Option<Lattice> {
    if horizontal.is_empty() || vertical.is_empty() {
        return None;
    }
    let (xs, ys) = (edges(vertical, horizontal), edges(horizontal, vertical));
    let (cols, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if cols == 0 || rows == 0 || cols * rows > MOST_SLOTS {
        return None;
    }
    let mut left = walls(vertical, &xs, &ys);
    let mut above = walls(horizontal, &ys, &xs);
    // A border that no line draws is there all the same.
    let drawn = |at: f32, along: &[Rule]| along.iter().any(|rule| rule.at == at);
    for edge in [0, cols] {
        if !drawn(xs[edge], vertical) {
            left[edge * rows..(edge + 1) * rows].fill(true);
        }
    }
    for edge in [0, rows] {
        if !drawn(ys[edge], horizontal) {
            above[edge * cols..(edge + 1) * cols].fill(true);
        }
    }
    let mut sets = Sets::new(rows * cols);
    for row in 0..rows {
        for col in 0..cols {
            if col > 0 && !left[col * rows + row] {
                sets.join(row * cols + col, row * cols + col - 1);
            }
            if row > 0 && !above[row * cols + col] {
                sets.join(row * cols + col, (row - 1) * cols + col);
            }
        }
    }
    let outside = outside(&mut sets, &left, &above, rows, cols);
    let mut lattice = Lattice { xs, ys, cells: Vec::new(), of_slot: Vec::new() };
    lattice.cells = cells(&mut sets, &outside, rows, cols);
    number(&mut lattice);
    collapse(&mut lattice);
    (!lattice.cells.is_empty()).then_some(lattice)
}

/// Which sets are open to the outside beside and above or below (a cell that a page break cut is open in one
/// direction only); by the slot that stands for each.
fn outside(sets: &mut Sets, left: &[bool], above: &[bool], rows: usize, cols: usize) -> Vec<bool> {
    let mut open = vec![0u8; rows * cols];
    for row in 0..rows {
        if !left[row] {
            open[sets.root(row * cols)] |= 1;
        }
        if !left[cols * rows + row] {
            open[sets.root(row * cols + cols - 1)] |= 2;
        }
    }
    for col in 0..cols {
        if !above[col] {
            open[sets.root(col)] |= 4;
        }
        if !above[rows * cols + col] {
            open[sets.root((rows - 1) * cols + col)] |= 8;
        }
    }
    open.into_iter().map(|sides| sides & 3 != 0 && sides & 12 != 0).collect()
}

/// Rectangles of slots of one set, in row-major order.
fn cells(sets: &mut Sets, outside: &[bool], rows: usize, cols: usize) -> Vec<Slot> {
    let mut cells: Vec<Slot> = Vec::new();
    // runs of the row before, by their first column
    let mut open: Vec<Option<usize>> = vec![None; cols];
    for row in 0..rows {
        let mut now: Vec<Option<usize>> = vec![None; cols];
        let mut col = 0;
        while col < cols {
            let root = sets.root(row * cols + col);
            let mut end = col + 1;
            while end < cols && sets.root(row * cols + end) == root {
                end += 1;
            }
            if !outside[root] {
                let width = (end - col) as u32;
                let same = open[col].filter(|cell| {
                    let before = cells[*cell];
                    before.colspan == width && sets.root((row - 1) * cols + col) == root
                });
                let cell = match same {
                    Some(cell) => {
                        cells[cell].rowspan += 1;
                        cell
                    }
                    None => {
                        let (row, col) = (row as u32, col as u32);
                        cells.push(Slot { row, col, rowspan: 1, colspan: width });
                        cells.len() - 1
                    }
                };
                now[col] = Some(cell);
            }
            col = end;
        }
        open = now;
    }
    cells.sort_unstable();
    cells
}

/// Fills `of_slot`.
fn number(lattice: &mut Lattice) {
    let cols = lattice.cols();
    lattice.of_slot = vec![u32::MAX; cols * lattice.rows()];
    for (index, cell) in lattice.cells.iter().enumerate() {
        for row in cell.row..cell.row + cell.rowspan {
            let start = row as usize * cols + cell.col as usize;
            lattice.of_slot[start..start + cell.colspan as usize].fill(index as u32);
        }
    }
}

/// Drops edges at which no cell begins or ends.
fn collapse(lattice: &mut Lattice) {
    let mut used_x = vec![false; lattice.xs.len()];
    let mut used_y = vec![false; lattice.ys.len()];
    for cell in &lattice.cells {
        used_x[cell.col as usize] = true;
        used_x[(cell.col + cell.colspan) as usize] = true;
        used_y[cell.row as usize] = true;
        used_y[(cell.row + cell.rowspan) as usize] = true;
    }
    lattice.keep(&used_x, &used_y);
}

/// Keeps the used edges; the result is the new index of each.
fn renumber(edges: &mut Vec<f32>, used: &[bool]) -> Vec<u32> {
    let mut next = 0;
    let mut places = Vec::with_capacity(used.len());
    for used in used {
        places.push(next);
        next += u32::from(*used);
    }
    let mut keep = used.iter();
    edges.retain(|_| keep.next().copied().unwrap_or(false));
    places
}
