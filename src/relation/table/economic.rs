//! 基本支出 by economic class, three lists side by side: 人员经费合计 = 301 + 303, 公用经费合计 = all other classes.

use super::{Relation, sum};
use crate::Report;
use crate::number::NumberId;
use crate::table::{CodeKind, RowKind, Shape};

/// The two totals at the foot of 公开06表.
pub(super) fn relate(_report: &Report, shape: &Shape) -> Vec<Relation> {
    let simple = shape
        .sides
        .iter()
        .all(|side| side.columns.len() == 1 && side.codes.is_none_or(|c| c == CodeKind::Economic));
    if !simple || shape.sides.len() < 2 {
        return Vec::new();
    }
    let classes: Vec<(&str, NumberId)> = shape
        .sides
        .iter()
        .flat_map(|side| &side.rows)
        .filter_map(|row| {
            let code = row.code.as_deref().filter(|code| code.len() == 3)?;
            Some((code, row.values[0]?))
        })
        .collect();
    let mut relations = Vec::new();
    for (at, side) in shape.sides.iter().enumerate() {
        for row in side.rows.iter().filter(|row| row.kind == RowKind::Total) {
            let personnel = row.name.contains("人员经费");
            if !personnel && !row.name.contains("公用经费") {
                continue;
            }
            // The name of a total may stand over the columns of the next list too; its figure is then there.
            let beside = shape.sides[at..].iter().flat_map(|side| &side.rows).find_map(|other| {
                let same = (other.table, other.row) == (row.table, row.row);
                (same && (other.name.is_empty() || other.name == row.name))
                    .then_some(other.values[0])
                    .flatten()
            });
            let parts: Vec<NumberId> = classes
                .iter()
                .filter(|(code, _)| matches!(*code, "301" | "303") == personnel)
                .map(|(_, value)| *value)
                .collect();
            if let Some(total) = beside
                && !parts.is_empty()
            {
                let check = "table/rows_do_not_add";
                relations.push(sum(total, parts, true, check, row.at, &row.name));
            }
        }
    }
    relations
}
