//! Rows under a wrong code: a class is short of exactly what one coded row shows that is not under it, or over by exactly
//! one of the rows under it. Then no amount is wrong.

use crate::Report;
use crate::number::{NumberId, Range, Reading};
use crate::relation::evaluate::{Figures, sum};
use crate::relation::{Claim, Ground, Relation, Term};
use crate::table::{RowKind, row_of};
use rust_decimal::Decimal;

/// The figure of the row whose code may be wrong, if moving that row makes a sum of a table hold.
pub(super) fn misplaced(
    report: &Report,
    figures: &Figures<'_>,
    relation: &Relation,
) -> Option<NumberId> {
    let Claim::Sum { total, parts, exact: true } = &relation.claim else { return None };
    if relation.ground != Ground::Table {
        return None;
    }
    let short = figures.range(*total)?.minus(sum(parts, figures)?)?;
    let over = short.high < Decimal::ZERO;
    // One part too many of one is a whole that is nothing.
    if over && parts.len() < 2 {
        return None;
    }
    let gap = if over { Range { low: -short.high, high: -short.low } } else { short };
    let fits = |number: NumberId| {
        let own = figures.of(number);
        own.is_some_and(|own| own.meets(gap)) && is_no_chance(report, number)
    };
    let code_length = |part: &Term| Some(row_of(report, part.number)?.1.code.as_ref()?.len());
    let level = parts.iter().find_map(code_length)?;
    if over {
        return parts.iter().map(|part| part.number).find(|part| fits(*part));
    }
    let (shape, row) = row_of(report, total.number)?;
    let column = row.values.iter().position(|value| *value == Some(total.number))?;
    let inside = |number: &NumberId| parts.iter().any(|part| part.number == *number);
    let rows = shape.sides.iter().flat_map(|side| &side.rows);
    // A row of another level is counted in one of the parts.
    let coded = rows.filter(|row| {
        row.kind == RowKind::Item && row.code.as_ref().is_some_and(|code| code.len() == level)
    });
    let mut others = coded.filter_map(|row| row.values.get(column).copied().flatten());
    others.find(|number| *number != total.number && !inside(number) && fits(*number))
}

/// Whether a figure has three places at least: a difference of 0.02 is that of many rows.
fn is_no_chance(report: &Report, number: NumberId) -> bool {
    match report.numbers[number as usize].reading {
        Reading::Quantity { value, quantum } => {
            quantum.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|least| value.abs() >= least)
        }
        _ => false,
    }
}
