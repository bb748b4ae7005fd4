//! Projects under their units: in a 项目支出总表 without codes the row of a unit sums up the projects after it, up to the next
//! unit. Which rows are units is known from the table of revenue, which lists them.

use super::{Relation, holds, is_zero, levels, sum};
use crate::Report;
use crate::fact::indicators::normal;
use crate::table::{Family, RowKind, Shape, Side};
use std::collections::HashSet;

/// The names of the units, as the tables that list `预算单位` print them.
pub(super) fn names(report: &Report) -> HashSet<String> {
    let listing =
        |shape: &&Shape| shape.form.as_ref().is_some_and(|form| form.family == Family::Revenue);
    let sides = report.tables.iter().filter(listing).flat_map(|shape| &shape.sides);
    let units = sides.filter(|side| side.codes.is_none() && side.heading.contains("单位"));
    let rows = units.flat_map(|side| &side.rows).filter(|row| row.kind == RowKind::Item);
    rows.map(|row| normal(&row.name)).filter(|name| !name.is_empty()).collect()
}

/// Each unit as the sum of its projects.
pub(super) fn relate(side: &Side, units: &HashSet<String>) -> Vec<Relation> {
    let items = side.rows.iter().filter(|row| row.kind == RowKind::Item);
    let plain =
        items.clone().all(|row| row.code.is_none() && row.parent.is_none() && row.style == 0);
    let is_unit = |name: &str| units.contains(&normal(name));
    if !plain || !side.rows.first().is_some_and(|row| is_unit(&row.name)) {
        return Vec::new();
    }
    let rows: Vec<_> = items.collect();
    let heads = rows.iter().enumerate().filter(|(_, row)| is_unit(&row.name));
    let heads: Vec<usize> = heads.map(|(at, _)| at).collect();
    let mut relations = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let end = heads.get(index + 1).copied().unwrap_or(rows.len());
        let projects = &rows[head + 1..end];
        if projects.len() < 2 {
            continue;
        }
        for column in levels(side) {
            let Some(total) = rows[*head].values[column] else { continue };
            let parts: Vec<_> = projects.iter().filter_map(|row| row.values[column]).collect();
            let (at, name) = (rows[*head].at, &rows[*head].name);
            if !parts.is_empty() {
                relations.push(sum(total, parts, true, "table/rows_do_not_add", at, name));
            }
        }
    }
    relations
}

/// Whether the rows are units and their projects as the sums say: a column of some unit adds up, and is not nothing. Lists
/// inside lists would fail in all of them.
pub(super) fn is_known(report: &Report, relations: &[Relation]) -> bool {
    relations.iter().any(|found| !is_zero(report, found) && holds(report, found) == Some(true))
}
