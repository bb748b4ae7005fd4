//! Wholes that the narrative names and only a table shows: `占“三公”经费的16.06%`, with no figure for 三公经费 in the text.

use super::indicators::is_of_one_money;
use super::{Fact, FactId, Fund, Measure};
use std::sync::Arc;

/// A share whose whole is named, and not found in the narrative.
#[derive(Debug)]
pub(super) struct Sought {
    /// The share.
    pub share: FactId,
    /// What its whole may be.
    pub indicators: Vec<Arc<str>>,
    /// The money the words name.
    pub fund: Option<Fund>,
}

/// Finds the wholes among the cells of tables, where all cells that show one agree. `facts` holds both.
pub(super) fn settle(report: &crate::Report, facts: &mut [Fact], cells: usize, sought: &[Sought]) {
    for Sought { share, indicators, fund } in sought {
        let own = &facts[*share as usize];
        let Some(of) = own.of.map(|of| &facts[of as usize]) else { continue };
        // The money of projects under assessment is as often planned as spent.
        if of.indicator.starts_with("performance/") {
            continue;
        }
        let fund = fund.or(of.fund).unwrap_or(Fund::All);
        let whole = |fact: &&Fact| {
            fact.measure == Measure::Level
                && fact.certainty >= 80
                && indicators.contains(&fact.indicator)
                && (fact.basis, fact.year, &fact.entity) == (of.basis, of.year, &of.entity)
                && (is_of_one_money(&fact.indicator) || fact.fund.unwrap_or(Fund::All) == fund)
        };
        let mut wholes = facts[cells..].iter().enumerate().filter(|(_, fact)| whole(fact));
        let Some((index, first)) = wholes.next() else { continue };
        let range = |fact: &Fact| report.numbers[fact.number as usize].range();
        let agree = wholes.all(|(_, other)| match (range(first), range(other)) {
            (Some(one), Some(other)) => one.meets(other),
            _ => false,
        });
        if agree {
            facts[*share as usize].against = Some((cells + index) as FactId);
        }
    }
}
