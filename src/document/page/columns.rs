//! Tables without ruling lines: figures that stand under each other on several lines with clear gaps between them.
//!
//! Prose never has that: at least three lines, three columns, one of them figures with a common edge.

use super::continued::is_figure;
use super::grid::Grid;
use super::lattice::{Lattice, Slot};
use super::line::Line;
use super::{Body, is_leader};

/// Ems between two columns.
const GAP: f32 = 1.2;
/// Fewest lines with figures.
const LEAST: usize = 3;
/// Lines of a header.
const HEADER: usize = 3;

/// A line and its parts that stand apart.
struct Row {
    line: Line,
    parts: Vec<Line>,
}

impl Row {
    fn new(line: Line) -> Self {
        let parts = if is_leader(&line.text) { Vec::new() } else { line.parts_apart(GAP) };
        Self { line, parts }
    }

    /// Whether it looks like a row of figures.
    fn tabular(&self) -> bool {
        self.parts.len() >= 3 && self.parts.iter().any(|part| is_value(&part.text))
    }

    fn follows(&self, before: &Row) -> bool {
        self.line.page == before.line.page
            && self.line.top() - before.line.bottom() < 2.5 * self.line.size
    }
}

fn is_value(text: &str) -> bool {
    let text = text.trim();
    is_figure(text) || matches!(text, "-" | "—" | "－" | "——")
}

/// Lines from top to bottom, with those that form tables taken together.
pub(super) fn tables(lines: Vec<Line>) -> Vec<Body> {
    let rows: Vec<Row> = lines.into_iter().map(Row::new).collect();
    let mut found: Vec<(usize, usize, Vec<[f32; 2]>)> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let mut end = at;
        while end < rows.len()
            && rows[end].tabular()
            && (end == at || rows[end].follows(&rows[end - 1]))
        {
            end += 1;
        }
        if end - at >= LEAST
            && let Some(columns) = columns(&rows[at..end])
        {
            let floor = found.last().map_or(0, |(_, end, _)| *end);
            let header = (at.saturating_sub(HEADER).max(floor)..at)
                .rev()
                .take_while(|row| heads(&rows[*row], &rows[*row + 1], &columns))
                .last();
            found.push((header.unwrap_or(at), end, columns));
        }
        at = end.max(at + 1);
    }
    let mut bodies = Vec::with_capacity(rows.len());
    let mut found = found.into_iter().peekable();
    let mut rows = rows.into_iter().enumerate().peekable();
    while let Some((index, row)) = rows.next() {
        match found.next_if(|(start, ..)| *start == index) {
            Some((_, end, columns)) => {
                let mut table = vec![row];
                while let Some((_, row)) = rows.next_if(|(index, _)| *index < end) {
                    table.push(row);
                }
                bodies.push(Body::Table(grid(table, &columns)));
            }
            None => bodies.push(Body::Line(row.line)),
        }
    }
    bodies
}

/// The columns that all rows keep clear of each other, if they are those of a table.
fn columns(rows: &[Row]) -> Option<Vec<[f32; 2]>> {
    let parts = || rows.iter().flat_map(|row| &row.parts);
    let mut spans: Vec<[f32; 2]> = parts().map(|part| [part.left(), part.right()]).collect();
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut columns: Vec<[f32; 2]> = Vec::new();
    for span in spans {
        match columns.last_mut() {
            Some(last) if span[0] < last[1] => last[1] = last[1].max(span[1]),
            _ => columns.push(span),
        }
    }
    let apart = rows.iter().all(|row| {
        let places: Vec<usize> = row.parts.iter().map(|part| place(part, &columns).0).collect();
        places.windows(2).all(|pair| pair[0] < pair[1])
    });
    let aligned = (0..columns.len()).any(|column| {
        let values: Vec<&Line> = parts()
            .filter(|part| place(part, &columns).0 == column && is_value(&part.text))
            .collect();
        let edge = |of: fn(&Line) -> f32| {
            let edges = values.iter().map(|value| of(value));
            edges.clone().fold(f32::MIN, f32::max) - edges.fold(f32::MAX, f32::min)
        };
        let size = values.first().map_or(0.0, |value| value.size);
        values.len() >= LEAST
            && edge(Line::right).min(edge(Line::left)).min(edge(|l| (l.left() + l.right()) / 2.0))
                < 0.5 * size
    });
    (columns.len() >= 3 && apart && aligned).then_some(columns)
}

/// The first and last column that a part lies over; the nearest where it lies over none.
fn place(part: &Line, columns: &[[f32; 2]]) -> (usize, usize) {
    let over = |column: &[f32; 2]| part.left() < column[1] && part.right() > column[0];
    let first = columns.iter().position(over);
    let last = columns.iter().rposition(over);
    match (first, last) {
        (Some(first), Some(last)) => (first, last),
        _ => {
            let middle = (part.left() + part.right()) / 2.0;
            let far =
                |index: &usize| ((columns[*index][0] + columns[*index][1]) / 2.0 - middle).abs();
            let near = (0..columns.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0);
            (near, near)
        }
    }
}

/// Whether a line stands over the columns as their names do.
fn heads(row: &Row, under: &Row, columns: &[[f32; 2]]) -> bool {
    let places: Vec<(usize, usize)> = row.parts.iter().map(|part| place(part, columns)).collect();
    row.parts.len() >= 2
        && under.follows(row)
        && places.windows(2).all(|pair| pair[0].1 < pair[1].0)
        && !row.line.text.contains(['：', ':', '。'])
}

fn grid(rows: Vec<Row>, columns: &[[f32; 2]]) -> Grid {
    let middle = |a: f32, b: f32| (a + b) / 2.0;
    let mut xs = vec![columns[0][0]];
    xs.extend(columns.windows(2).map(|pair| middle(pair[0][1], pair[1][0])));
    xs.push(columns[columns.len() - 1][1]);
    let (first, last) = (&rows[0].line, &rows[rows.len() - 1].line);
    let mut ys = vec![first.top()];
    ys.extend(rows.windows(2).map(|pair| middle(pair[0].line.bottom(), pair[1].line.top())));
    ys.push(last.bottom());
    let (page, foot) = (first.page, last.bottom());
    let mut cells = Vec::new();
    for (row, line) in rows.into_iter().enumerate() {
        let mut next = 0;
        for part in line.parts {
            let (from, to) = place(&part, columns);
            (next..from).for_each(|col| cells.push((slot(row, col, 1), Vec::new())));
            cells.push((slot(row, from.max(next), to + 1 - from.max(next)), vec![part]));
            next = to + 1;
        }
        (next..columns.len()).for_each(|col| cells.push((slot(row, col, 1), Vec::new())));
    }
    let (slots, texts) = cells.into_iter().unzip();
    Grid { pages: vec![page], lattice: Lattice::new(xs, ys, slots), foot, texts }
}

fn slot(row: usize, col: usize, colspan: usize) -> Slot {
    Slot { row: row as u32, col: col as u32, rowspan: 1, colspan: colspan as u32 }
}
