//! Chains: a printed table cut by page breaks, put together again.

use super::cells::squeeze;
use super::side::Parts;
use super::{RowKind, Shape, Side};
use crate::document::{Document, Table};
use std::borrow::Cow;

/// Joins grids that are one printed table.
pub(super) fn join(document: &Document, grids: Vec<Parts>) -> Vec<Shape> {
    let mut shapes: Vec<Shape> = Vec::new();
    let mut tail: Option<(Vec<String>, u32)> = None;
    for parts in grids {
        let table = &document.tables[parts.table as usize];
        let title = title(document, table, parts.first);
        let cols = table.cols;
        let next = match (shapes.last(), &tail) {
            (Some(shape), Some((header, width))) => {
                continues(shape, header, *width, &parts, &title, cols)
            }
            _ => false,
        };
        if next && let Some(shape) = shapes.last_mut() {
            for (side, more) in shape.sides.iter_mut().zip(parts.sides) {
                append(side, more);
            }
            shape.tables.push(parts.table);
            shape.notes.push_str(&parts.notes);
            shape.glued |= parts.glued;
            continue;
        }
        tail = Some((parts.head.texts.clone(), cols));
        shapes.push(Shape {
            tables: vec![parts.table],
            title,
            header: parts.head.texts,
            sides: parts.sides,
            notes: parts.notes,
            glued: parts.glued,
            form: None,
        });
    }
    shapes
}

/// The title without its number: `收入支出决算总表`.
fn title(document: &Document, table: &Table, first: u32) -> String {
    // A band further down has its caption in its own first row.
    if first > 0 {
        let cell = table.cells.iter().find(|cell| cell.row == first && !cell.span.is_empty());
        let caption = cell.filter(|cell| cell.colspan == table.cols);
        return caption.map_or(String::new(), |cell| squeeze(document.slice(cell.span)).into());
    }
    let mut title = table.title.map_or(Cow::default(), |span| squeeze(document.slice(span)));
    if title.is_empty() {
        let mut lines = table.above.iter().map(|span| squeeze(document.slice(*span)));
        title =
            lines.rfind(|line| line.ends_with('表') || line.contains("表（")).unwrap_or_default();
    }
    if title.is_empty()
        && let Some(cell) = table.cells.iter().find(|cell| !cell.span.is_empty())
        && cell.colspan == table.cols
        && table.cols > 1
    {
        title = squeeze(document.slice(cell.span));
    }
    title.into_owned()
}

fn continues(
    shape: &Shape,
    header: &[String],
    width: u32,
    parts: &Parts,
    title: &str,
    cols: u32,
) -> bool {
    let same_title = title.is_empty() || title == shape.title;
    let fits = shape.sides.len() == parts.sides.len()
        && shape.sides.iter().zip(&parts.sides).all(|(a, b)| a.columns.len() == b.columns.len());
    if !same_title || !fits || width != cols || shape.sides.is_empty() {
        return false;
    }
    if parts.head.texts.is_empty() {
        return title.is_empty();
    }
    if parts.head.texts != header {
        return false;
    }
    // A second table of the same form begins with the same first row; a continued one repeats at most its 合计 row.
    !shape.sides.iter().zip(&parts.sides).any(|(before, after)| {
        let first = |side: &Side| side.rows.iter().find(|row| row.kind == RowKind::Item).cloned();
        match (first(before), first(after)) {
            (Some(a), Some(b)) => {
                !a.printed.is_empty() && a.printed == b.printed && a.code == b.code
            }
            _ => false,
        }
    })
}

fn append(side: &mut Side, more: Side) {
    // The 合计 row at the head of a continued page is the one already there.
    let totals: Vec<String> = side
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Total)
        .map(|row| row.name.clone())
        .collect();
    let mut leading = true;
    for row in more.rows {
        leading &= row.kind == RowKind::Total;
        if leading && row.name == "合计" && totals.contains(&row.name) {
            continue;
        }
        side.rows.push(row);
    }
}
