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
    let (xs, of_first, of_next) = columns(&first.lattice.xs, &next.lattice.xs)?;
    let rows = (first.rows_of(&of_first), next.rows_of(&of_next));
    let header = repeated(first, next, &rows.0, &rows.1);
    if first.foot < HIGH * height && next.block(header) < floor - first.foot {
        return None;
    }
    if header > 0 {
        let named = (0..header)
            .any(|row| rows.1[row].iter().filter(|(cell, _)| !next.is_empty(*cell)).count() > 1);
        let begins = |grid: &Grid, rows: &[Vec<(usize, Slot)>]| -> Option<String> {
            let row = rows.get(header)?;
            row.iter().map(|(cell, _)| grid.bare(*cell)).find(|text| !text.is_empty())
        };
        let again = begins(first, &rows.0).is_some_and(|text| begins(next, &rows.1) == Some(text));
        if !named || again {
            return None;
        }
    } else if opens_anew(first, next, &rows.0, &rows.1) {
        return None;
    }
    Some(first.append(next, header, xs, &of_first, &of_next))
}

/// The columns of both parts together, and where each edge of either part stands among them.
fn columns(first: &[f32], next: &[f32]) -> Option<(Vec<f32>, Vec<u32>, Vec<u32>)> {
    let shift = next.first()? - first.first()?;
    let near = |a: f32, b: f32| (a - b).abs() <= NEAR;
    if shift.abs() > 40.0 || !near(*first.last()? + shift, *next.last()?) {
        return None;
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
    (rising(&of_first) && rising(&of_next)).then_some((xs, of_first, of_next))
}

/// How many leading rows of `next` say the same as those of `first`.
fn repeated(
    first: &Grid,
    next: &Grid,
    a: &[Vec<(usize, Slot)>],
    b: &[Vec<(usize, Slot)>],
) -> usize {
    let mut same = 0;
    let mut open = 0;
    let mut whole = 0;
    while same + 1 < b.len() && same < a.len() {
        let equal = a[same].len() == b[same].len()
            && a[same].iter().zip(&b[same]).all(|((x, p), (y, q))| {
                (p.col, p.colspan, p.rowspan) == (q.col, q.colspan, q.rowspan)
                    && first.bare(*x) == next.bare(*y)
            });
        let said = b[same].iter().any(|(cell, _)| !next.is_empty(*cell));
        if !equal || (!said && open <= same) {
            break;
        }
        let reach = b[same].iter().map(|(_, slot)| same + slot.rowspan as usize).max().unwrap_or(0);
        open = open.max(reach);
        same += 1;
        if open <= same {
            whole = same;
        }
    }
    whole
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
    titled || has_figures && full && figures(next, names) == 0 && b.len() > 1
}

/// `1,234.56`, `2080501`, `99%`
pub(super) fn is_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,-%".contains(&byte))
}
