//! Two-sided tables: 收入总计 = 支出总计.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::table::{Family, Row, RowKind, Shape, Side};

/// The last rows of both sides of a 总表 are the same figure.
pub(super) fn relate(_report: &Report, shape: &Shape) -> Vec<Relation> {
    let balance = shape.form.as_ref().is_some_and(|form| form.family == Family::Balance);
    if !balance || shape.sides.len() < 2 {
        return Vec::new();
    }
    let Some(first) = foot(&shape.sides[0]) else { return Vec::new() };
    let Some(one) = first.values.first().copied().flatten() else { return Vec::new() };
    let mut relations = Vec::new();
    for side in &shape.sides[1..] {
        let Some(last) = foot(side) else { continue };
        let same_row = (last.table, last.row) == (first.table, first.row);
        if let (Some(other), true) = (last.values.first().copied().flatten(), same_row) {
            relations.push(Relation {
                claim: Claim::Equal { one: Term::plus(one), other: Term::plus(other) },
                check: "table/two_sides_differ",
                ground: Ground::Table,
                at: last.at,
                label: format!("{} = {}", first.name, last.name),
            });
        }
    }
    relations
}

/// The 总计 row of a side; 本年收入合计 is none.
fn foot(side: &Side) -> Option<&Row> {
    let last = side.rows.iter().rfind(|row| row.kind == RowKind::Total)?;
    (!last.name.contains("本年") && !last.name.contains("本月")).then_some(last)
}
