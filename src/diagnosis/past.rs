//! What the report says of the year before, to recognise figures that were left standing.

use crate::Report;
use crate::fact::{Entity, Fact, Fund, Measure};
use crate::number::{NumberId, Range};
use crate::relation::Claim;
use crate::relation::evaluate::{Figures, Percentage, percentage};
use std::collections::HashMap;

/// An indicator of one money and entity in one year.
type Key<'r> = (&'r str, Option<Fund>, &'r Entity, i32);

/// A figure of last year, and the mention it is known from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub range: Range,
    pub from: NumberId,
}

/// The figures of earlier years by indicator.
pub(super) struct Past<'r> {
    report: &'r Report,
    known: HashMap<Key<'r>, Vec<Known>>,
    fact_of: HashMap<NumberId, usize>,
}

impl<'r> Past<'r> {
    pub fn new(report: &'r Report) -> Self {
        let figures = Figures::new(&report.numbers);
        let mut known: HashMap<Key<'r>, Vec<Known>> = HashMap::new();
        let mut fact_of = HashMap::new();
        for (id, fact) in report.facts.iter().enumerate() {
            let range = figures.of(fact.number);
            if fact.measure == Measure::Level {
                fact_of.entry(fact.number).or_insert(id);
                if let (Some(year), Some(range)) = (fact.year, range) {
                    let from = fact.number;
                    known.entry(key(fact, year)).or_default().push(Known { range, from });
                }
            }
            if fact.measure == Measure::Change
                && let Some(of) = fact.of
                && let now = &report.facts[of as usize]
                && let (Some(year), Some(base)) = (now.year, fact.base_year)
                && base + 1 == year
                && let (Some(change), Some(value)) = (range, figures.of(now.number))
            {
                let before = if fact.negative { value.plus(change) } else { value.minus(change) };
                let from = fact.number;
                known
                    .entry(key(now, base))
                    .or_default()
                    .extend(before.map(|range| Known { range, from }));
            }
        }
        Self { report, known, fact_of }
    }

    /// What the figure was the year before, as far as the report says it.
    pub fn before(&self, number: NumberId) -> &[Known] {
        let fact = self.fact_of.get(&number).map(|id| &self.report.facts[*id]);
        let known = fact.and_then(|fact| self.known.get(&key(fact, fact.year? - 1)));
        known.map_or(&[], Vec::as_slice)
    }

    /// Whether the printed figure is last year's.
    pub fn is_left_standing(&self, number: NumberId, figures: &Figures<'_>) -> bool {
        let Some(own) = figures.of(number) else { return false };
        self.before(number).iter().any(|known| known.range.meets(own) && known.from != number)
    }

    /// Whether a share is that of last year's part and whole, or of this part in last year's whole.
    pub fn is_share_of_last_year(&self, claim: &Claim, figures: &Figures<'_>) -> bool {
        let Claim::Share { part, whole, percent } = claim else { return false };
        let Some(printed) = figures.range(*percent) else { return false };
        let own = figures.range(*part);
        let parts = self.before(part.number).iter().map(|known| known.range).chain(own);
        parts.into_iter().any(|part| {
            self.before(whole.number).iter().any(|whole| {
                matches!(percentage(part, whole.range),
                    Some(Percentage::Within(range)) if range.meets(printed))
            })
        })
    }
}

fn key(fact: &Fact, year: i32) -> Key<'_> {
    // Without carry-over 本年支出合计 is 支出总计; as a hint at last year's figures the one may stand for the other.
    let indicator = match &*fact.indicator {
        "expenditure/this_year" => "expenditure/total",
        "revenue/this_year" => "revenue/total",
        other => other,
    };
    (indicator, fact.fund.filter(|fund| *fund != Fund::All), &fact.entity, year)
}
