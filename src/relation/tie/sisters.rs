//! The items of one sentence stand in one column: where all but one meet it, the one is held against its own cell there.
//!
//! `支出244,895.02万元，包括：教育支出64,945.4万元，科学技术支出24,500万元，…` does not say of which money; the cells its items
//! agree with do.

use super::{CERTAIN, Tie, relation};
use crate::document::TableId;
use crate::fact::{Fact, Measure, Standing};
use crate::relation::Relation;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// So many items must meet the column.
const FEWEST: usize = 3;

/// The items that are not tied yet, each against the cell of its own name in the column of its sisters.
pub(super) fn relate(tie: &Tie<'_>, tied: &HashSet<usize>) -> Vec<Relation> {
    let report = tie.report;
    let mut relations = Vec::new();
    for list in &report.lists {
        let ids = || list.parts.iter().map(|id| *id as usize);
        let open: Vec<usize> =
            ids().filter(|id| !tied.contains(id) && may_differ(&report.facts[*id])).collect();
        if open.is_empty() || open.len() * FEWEST > list.parts.len() {
            continue;
        }
        let sisters: Vec<&Fact> = ids()
            .filter(|id| tied.contains(id))
            .map(|id| &report.facts[id])
            .filter(|fact| report.numbers[fact.number as usize].value() != Some(Decimal::ZERO))
            .collect();
        let Some(column) = column(tie, &sisters) else { continue };
        for fact in open.into_iter().map(|id| &report.facts[id]) {
            let cells = tie.cells.of(&fact.indicator, Measure::Level).iter();
            let mut own = cells.filter(|held| held.column == Some(column));
            if let (Some(held), None) = (own.next(), own.next())
                && held.certainty >= CERTAIN
            {
                relations.push(relation(report, fact, held));
            }
        }
    }
    relations
}

fn may_differ(fact: &Fact) -> bool {
    fact.measure == Measure::Level
        && matches!(fact.standing, Standing::Narrative(_))
        && fact.certainty >= CERTAIN
        && !fact.indicator.starts_with("label/")
}

/// The one column in which every sister has a cell that shows her figure.
fn column(tie: &Tie<'_>, sisters: &[&Fact]) -> Option<(TableId, u32)> {
    if sisters.len() < FEWEST {
        return None;
    }
    let mut counts: HashMap<(TableId, u32), usize> = HashMap::new();
    for fact in sisters {
        let range = tie.report.numbers[fact.number as usize].range()?;
        let mut columns: Vec<_> = tie
            .cells
            .of(&fact.indicator, Measure::Level)
            .iter()
            .filter(|held| held.agrees(range))
            .filter_map(|held| held.column)
            .collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            *counts.entry(column).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count == sisters.len()).map(|(column, _)| column).min()
}
