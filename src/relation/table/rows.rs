//! Rows: 合计 = Σ of the outermost rows, 类 = Σ款, 款 = Σ项, and numbered lists (一、本年收入 = （一）+（二）).

use super::{Claim, Relation, levels, sum};
use crate::Report;
use crate::number::{Kind, NumberId};
use crate::table::{CodeKind, Family, Row, RowKind, Shape, Side};

/// Whether the rows are keyed by a classification, so that a row and the codes under it are class and items.
fn is_classified(side: &Side) -> bool {
    matches!(
        side.codes,
        Some(CodeKind::Function | CodeKind::Economic | CodeKind::GovernmentEconomic)
    )
}

/// Whether the form itself says how the rows of the side nest: by codes or numbers, or as a list of named sources.
pub(super) fn is_listed(side: &Side, shape: &Shape) -> bool {
    let family = shape.form.as_ref().map(|form| form.family);
    match family {
        Some(Family::Balance | Family::ThreePublic) => true,
        // Units with one column a source.
        Some(Family::Revenue) if side.columns.len() > 1 => true,
        _ => is_marked(side),
    }
}

/// Whether most rows carry a code or a number: 208, 一、, （一）, ①.
pub(super) fn is_marked(side: &Side) -> bool {
    let items = || side.rows.iter().filter(|row| row.kind == RowKind::Item);
    let marked = items().filter(|row| row.code.is_some() || row.style > 0).count();
    marked * 2 > items().count()
}

/// Each row against the rows under it.
pub(super) fn parents(report: &Report, side: &Side) -> Vec<Relation> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); side.rows.len()];
    for (at, row) in side.rows.iter().enumerate() {
        if let Some(parent) = row.parent {
            children[parent].push(at);
        }
    }
    let mut relations = Vec::new();
    for (at, parts) in children.iter().enumerate() {
        let row = &side.rows[at];
        if parts.is_empty() || !row.whole || parts.iter().any(|part| !side.rows[*part].sure) {
            continue;
        }
        let of_which = parts.iter().any(|part| side.rows[*part].of_which);
        let check = if row.code.is_some() && is_classified(side) {
            "table/classes_differ_from_items"
        } else {
            "table/rows_do_not_add"
        };
        for column in levels(side) {
            let Some(total) = row.values[column] else { continue };
            let values: Vec<_> =
                parts.iter().filter_map(|part| side.rows[*part].values[column]).collect();
            if !values.is_empty() && is_level(report, total) {
                relations.push(sum(total, values, !of_which, check, row.at, &row.name));
            }
        }
    }
    relations
}

/// Each 合计 row against the rows it sums up.
pub(super) fn totals(report: &Report, side: &Side) -> Vec<Relation> {
    // Rows of several years under one name add up to nothing.
    if side.rows.iter().any(|row| row.stage.is_some()) {
        return Vec::new();
    }
    let mut relations = Vec::new();
    if side.rows.iter().any(|row| row.code.is_some()) {
        relations = coded(side);
    } else {
        for column in levels(side) {
            numbered(side, column, &mut relations);
        }
    }
    relations.retain(|relation| match &relation.claim {
        Claim::Sum { total, .. } => is_level(report, total.number),
        _ => true,
    });
    relations
}

/// Whether a figure can be added up: the 合计 of percentages is their mean, or nothing.
fn is_level(report: &Report, total: NumberId) -> bool {
    !matches!(report.numbers[total as usize].kind, Kind::Percent | Kind::Points)
}

fn is_outermost(row: &Row) -> bool {
    row.kind == RowKind::Item && row.parent.is_none() && row.sure
}

/// Whether a row has a figure and no name: a total over the rows, or an item whose name was lost.
fn is_nameless(row: &Row, column: usize) -> bool {
    row.kind == RowKind::Item
        && row.code.is_none()
        && row.name.is_empty()
        && row.values[column].is_some()
}

/// In a table of codes one 合计 row sums up all classes, wherever it stands.
fn coded(side: &Side) -> Vec<Relation> {
    let totals: Vec<&Row> = side.rows.iter().filter(|row| row.kind == RowKind::Total).collect();
    let [total] = totals.as_slice() else { return Vec::new() };
    if total.name.contains("人员经费") || total.name.contains("公用经费") {
        return Vec::new();
    }
    if side.rows.iter().any(|row| row.kind == RowKind::Item && row.parent.is_none() && !row.sure) {
        return Vec::new();
    }
    let mut relations = Vec::new();
    for column in levels(side) {
        let Some(value) = total.values[column] else { continue };
        if side.rows.iter().any(|row| is_nameless(row, column)) {
            continue;
        }
        let parts: Vec<_> = side
            .rows
            .iter()
            .filter(|row| is_outermost(row))
            .filter_map(|row| row.values[column])
            .collect();
        if !parts.is_empty() {
            let check = "table/rows_do_not_add";
            relations.push(sum(value, parts, true, check, total.at, &total.name));
        }
    }
    relations
}

/// In a numbered list a total sums up the outermost rows since the last total, and that total.
fn numbered(side: &Side, column: usize, relations: &mut Vec<Relation>) {
    let rows = &side.rows;
    let mut pending: Vec<usize> = Vec::new();
    let mut before: Option<usize> = None;
    let count = rows.iter().filter(|row| row.kind == RowKind::Total).count();
    let named = rows.iter().any(|row| row.kind == RowKind::Item && !row.name.is_empty());
    for (at, row) in rows.iter().enumerate() {
        if row.kind == RowKind::Item {
            // A row without a name at the head repeats the total.
            let nameless = row.name.is_empty() && row.code.is_none() && pending.is_empty();
            if is_outermost(row) && !(nameless && named) {
                pending.push(at);
            }
            continue;
        }
        let leading = pending.is_empty() && before.is_none();
        let parts: Vec<usize> = if leading && count == 1 {
            (at + 1..rows.len()).filter(|part| is_outermost(&rows[*part])).collect()
        } else {
            // 本年收入合计 after 本年收入合计 would be two lists, not a list and its continuation.
            let continued = before.filter(|before| rows[*before].name != row.name);
            pending.iter().copied().chain(continued).collect()
        };
        let unknown = before.is_some_and(|before| rows[before].values[column].is_none())
            && rows[..at].iter().any(|row| row.values[column].is_some());
        let values: Vec<_> = parts.iter().filter_map(|part| rows[*part].values[column]).collect();
        if let Some(total) = row.values[column]
            && !values.is_empty()
            && !unknown
            && !parts.iter().any(|part| is_nameless(&rows[*part], column))
        {
            let check = "table/rows_do_not_add";
            relations.push(sum(total, values, true, check, row.at, &row.name));
        }
        before = Some(at);
        pending.clear();
    }
}
