//! Tables that run over pages: the part on the next page is put under the one before.
//!
//! Geometry decides: the first part ends its page, the second begins the next one with the same columns. A header that
//! comes again, with or without the title above it (`续表`), becomes page furniture. What begins with the same first row
//! under an equal header is another table of the same form (one 绩效目标表 after the other). Formats without places on
//! pages leave that to `table::chain`, which goes by header texts.

use super::grid::Grid;
use super::lattice::Slot;
use super::line::Line;
use super::{Body, Element, Sheet};
use std::collections::HashMap;

/// Columns at the same place, give or take this many points.
const NEAR: f32 = 4.0;
/// A part that ends above this share of its page goes on only if the next row would not have fitted.
const HIGH: f32 = 0.75;

/// All elements of all pages in order, with the parts of each table joined.
pub(super) fn join(sheets: Vec<Sheet>) -> Vec<Element> {
    let mut floors: HashMap<i32, f32> = HashMap::new();
    for sheet in &sheets {
        let floor = floors.entry(sheet.height.round() as i32).or_insert(0.0);
        *floor = floor.max(sheet.floor());
    }
    let mut out: Vec<Element> = Vec::with_capacity(sheets.iter().map(|s| s.elements.len()).sum());
    let mut open: Option<usize> = None;
    let mut since: Vec<usize> = Vec::new();
    for sheet in sheets {
        let floor = floors.get(&(sheet.height.round() as i32)).copied().unwrap_or(sheet.height);
        for mut element in sheet.elements {
            let Body::Table(grid) = &mut element.body else {
                if !element.furniture {
                    since.push(out.len());
                }
                out.push(element);
                continue;
            };
            let joined = open.is_some_and(|at| {
                let again = repeated_titles(&out, at, &since, sheet.number);
                match &mut out[at].body {
                    Body::Table(first) if again => {
                        let header = extend(first, grid, floor, sheet.height);
                        header.is_some_and(|header| {
                            since.iter().for_each(|line| out[*line].furniture = true);
                            out.extend(header.into_iter().map(Element::furniture));
                            true
                        })
                    }
                    _ => false,
                }
            });
            since.clear();
            if !joined {
                open = Some(out.len());
                out.push(element);
            }
        }
    }
    out
}

/// Whether the lines `since` the table at `at` all stand on page `number` and only repeat the lines above the table.
fn repeated_titles(out: &[Element], at: usize, since: &[usize], number: u32) -> bool {
    let before: Vec<String> = out[..at]
        .iter()
        .rev()
        .filter(|element| !element.furniture)
        .map_while(Element::line)
        .take(6)
        .map(|line| title(&line.text))
        .collect();
    since.iter().all(|index| {
        out[*index].line().is_some_and(|line| {
            let text = title(&line.text);
            line.page == number && (text.is_empty() || before.contains(&text))
        })
    })
}

/// A title without blanks and without the words that say that it goes on.
fn title(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.replace("（续）", "").replace("(续)", "").replace("续表", "");
    bare.strip_prefix('续').unwrap_or(&bare).to_string()
}

/// Puts `next` under `first` if it goes on with it; the result is the lines of the header that came again.
fn extend(first: &mut Grid, next: &mut Grid, floor: f32, height: f32) -> Option<Vec<Line>> {
    let (last_page, next_page) = (*first.pages.last()?, *next.pages.first()?);
    if last_page + 1 != next_page || next.lattice.rows() == 0 || first.lattice.rows() == 0 {
        return None;
    }
    let columns = columns(&first.lattice.xs, &next.lattice.xs)?;
    let rows = (first.rows_of(&columns.of_first), next.rows_of(&columns.of_next));
    let (at, header) = repeated(first, next, &rows.0, &rows.1);
    // where columns moved (browsers lay each page out anew), only a header that comes again shows that they are the same
    if columns.moved && header == 0 {
        return None;
    }
    if !columns.same && first.foot < HIGH * height && next.block(header) < floor - first.foot {
        return None;
    }
    if header > 0 {
        let begins = |grid: &Grid, row: Option<&Vec<(usize, Slot)>>| -> Option<String> {
            row?.iter().map(|(cell, _)| grid.bare(*cell)).find(|text| !text.is_empty())
        };
        let again = begins(first, rows.0.get(at + header));
        if at == 0 && again.is_some() && again == begins(next, rows.1.get(header)) {
            return None;
        }
    } else if opens_anew(first, next, &rows.0, &rows.1) {
        return None;
    }
    Some(first.append(next, header, columns.xs, &columns.of_first, &columns.of_next))
}

/// The columns of two parts together.
struct Columns {
    /// All edges.
    xs: Vec<f32>,
    /// Where the edges of the first part stand among them.
    of_first: Vec<u32>,
    /// Where those of the next part stand.
    of_next: Vec<u32>,
    /// Whether both have the same columns.
    same: bool,
    /// Whether they are as many but not at the same places.
    moved: bool,
}

fn columns(first: &[f32], next: &[f32]) -> Option<Columns> {
    let shift = next.first()? - first.first()?;
    let near = |a: f32, b: f32| (a - b).abs() <= NEAR;
    if shift.abs() > 40.0 || !near(*first.last()? + shift, *next.last()?) {
        return None;
    }
    if first.len() == next.len() {
        let moved = !first.iter().zip(next).all(|(a, b)| near(a + shift, *b));
        let places: Vec<u32> = (0..first.len() as u32).collect();
        let (of_first, of_next) = (places.clone(), places);
        return Some(Columns { xs: first.to_vec(), of_first, of_next, same: !moved, moved });
    }
    let mut xs = first.to_vec();
    let mut own = 0;
    for edge in next {
        let edge = edge - shift;
        if !first.iter().any(|known| near(*known, edge)) {
            xs.push(edge);
            own += 1;
        }
    }
    let shared = next.len() - own;
    let foreign = xs.len() - shared - own;
    // one part may lack columns that the other one's rows are cut into, but not both
    if own > 0 && foreign > 0 && shared.saturating_sub(2) < own.max(foreign) {
        return None;
    }
    xs.sort_by(f32::total_cmp);
    let index = |edges: &[f32], shift: f32| -> Vec<u32> {
        let place = |edge: &f32| {
            let distance = |at: &usize| (xs[*at] - (edge - shift)).abs();
            (0..xs.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0) as u32
        };
        edges.iter().map(place).collect()
    };
    let (of_first, of_next) = (index(first, 0.0), index(next, shift));
    let rising = |places: &[u32]| places.windows(2).all(|pair| pair[0] < pair[1]);
    let fits = rising(&of_first) && rising(&of_next);
    fits.then_some(Columns { xs, of_first, of_next, same: false, moved: false })
}

/// Which row of `first` the leading rows of `next` repeat, and how many of them: the header of the table, or that of
/// its lower part (`指标名称 | 指标值`). At least one of them has two texts.
fn repeated(
    first: &Grid,
    next: &Grid,
    a: &[Vec<(usize, Slot)>],
    b: &[Vec<(usize, Slot)>],
) -> (usize, usize) {
    let said = |row: &[(usize, Slot)]| row.iter().filter(|(cell, _)| !next.is_empty(*cell)).count();
    let equal = |at: usize, row: usize| {
        let same = a[at].len() == b[row].len()
            && a[at].iter().zip(&b[row]).all(|((_, p), (_, q))| {
                let spans = p.rowspan == q.rowspan || p.rowspan.min(q.rowspan) > 1;
                (p.col, p.colspan) == (q.col, q.colspan) && spans
            });
        let pairs =
            a[at].iter().zip(&b[row]).map(|((x, _), (y, _))| (first.bare(*x), next.bare(*y)));
        // text that overflows from a neighbour may hang on to a name
        let mut foreign = 0;
        same && pairs.into_iter().all(|(x, y)| {
            let longer =
                x != y && (x.starts_with(&y) || y.starts_with(&x)) && x.len().min(y.len()) >= 6;
            foreign += usize::from(longer);
            x == y || longer
        }) && foreign * 4 <= a[at].len()
    };
    for at in 0..a.len() {
        let (mut rows, mut whole, mut named) = (0, 0, false);
        // cells that reach under the header are cut there, but not before its first row with several texts
        while rows + 1 < b.len() && at + rows < a.len() && equal(at + rows, rows) {
            let reach = |rows: usize| {
                let cells = b[..rows].iter().flatten();
                cells
                    .filter(|(_, slot)| slot.rowspan <= 4)
                    .map(|(_, slot)| slot.row + slot.rowspan)
                    .max()
            };
            named |=
                said(&b[rows]) > 1 && b[rows].iter().any(|(cell, _)| !is_figure(&next.bare(*cell)));
            rows += 1;
            if reach(rows).is_none_or(|reach| reach as usize <= rows) {
                whole = rows;
            }
        }
        if named && whole > 0 && (at == 0 || said(&b[0]) > 2) {
            return (at, whole);
        }
    }
    (0, 0)
}

/// Whether `next` begins with a header of its own: a full row of names over rows with figures, as `first` does.
fn opens_anew(
    first: &Grid,
    next: &Grid,
    a: &[Vec<(usize, Slot)>],
    b: &[Vec<(usize, Slot)>],
) -> bool {
    let figures = |grid: &Grid, row: &[(usize, Slot)]| {
        row.iter().filter(|(cell, _)| is_figure(&grid.bare(*cell))).count()
    };
    let has_figures = a.last().is_some_and(|row| figures(first, row) > 0);
    let names = &b[0];
    let full = names.len() >= 2 && names.iter().all(|(cell, _)| !next.is_empty(*cell));
    let titled =
        names.len() == 1 && names[0].1.rowspan == 1 && next.bare(names[0].0).ends_with('表');
    let label = |grid: &Grid, row: &[(usize, Slot)]| -> Option<String> {
        let mut texts = row.iter().map(|(cell, _)| grid.bare(*cell));
        texts.find(|text| !text.is_empty()).filter(|text| !is_figure(text))
    };
    // the first label of a form (项目名称) comes again
    let own = label(next, names);
    let form = own.is_some() && a.first().is_some_and(|row| label(first, row) == own);
    form || titled || has_figures && full && figures(next, names) == 0 && b.len() > 1
}

/// `1,234.56`, `2080501`, `99%`
pub(super) fn is_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,-%".contains(&byte))
}
