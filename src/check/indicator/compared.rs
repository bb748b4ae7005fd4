//! Which figures of indicator tables the checks compare with a definite answer: what coverage counts as checked.

use super::{
    execution_rate_wrong, funds_do_not_sum, grade_differs_from_score, projects, scale,
    weights_do_not_sum,
};
use crate::Report;
use crate::indicator::{IndicatorTable, Outcome, number_in};
use crate::number::NumberId;

/// The figures compared, in no order.
pub fn compared(report: &Report) -> Vec<NumberId> {
    let mut found = projects::compared(report);
    found.extend(grade_differs_from_score::compared(report));
    for table in &report.indicators {
        sums(report, table, &mut found);
        for row in &table.funds {
            found.extend(execution_rate_wrong::compared(report, row).into_iter().flatten());
            found.extend(row.weight.zip(row.score).map(<[_; 2]>::from).into_iter().flatten());
        }
        found.extend(funds_do_not_sum::compared(report, table));
        for row in &table.rows {
            found.extend(row.weight.zip(row.score).map(<[_; 2]>::from).into_iter().flatten());
            if let (Some(target), Some(actual)) = (row.target, row.actual)
                && matches!(row.outcome(report), Outcome::Met | Outcome::Missed(..))
            {
                found.extend(
                    [target, actual].map(|at| number_in(&report.numbers, at)).into_iter().flatten(),
                );
            }
        }
    }
    found
}

/// Weights against 100 or the stated sum, scores against the total.
fn sums(report: &Report, table: &IndicatorTable, found: &mut Vec<NumberId>) {
    if let Some((ids, sum)) = table.weights(&report.numbers)
        && (table.weight_total.is_some()
            || weights_do_not_sum::weighted(report, table)
            || sum >= scale(report, table))
    {
        found.extend(ids);
        found.extend(table.weight_total);
        found.extend(table.execution().and_then(|row| row.weight));
    }
    let scored = table.rows.iter().all(|row| row.score.is_some() || row.weight.is_none());
    if let Some(total) = table.score
        && scored
        && let Some((ids, _)) = table.scores(&report.numbers)
        && ids.len() > 1
    {
        found.extend(ids);
        found.push(total);
        found.extend(table.execution().and_then(|row| row.score));
    }
}
