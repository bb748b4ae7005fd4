//! Figures: what a report says of one indicator, all its mentions taken together.
//!
//! `收入总计5180.59万元` in the text and `5,180.59` in the table are one figure: the range that both printed numbers
//! allow. A report also says last year's figure without printing it: `比上年增加1607.03万元` makes it now − change.

use crate::Report;
use crate::fact::{Basis, Entity, Fact, Fund, Measure};
use crate::number::{Kind, NumberId, Range};
use crate::report::names;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An amount of the reporting department or unit itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// `revenue/total`, `function/2011301`.
    pub indicator: Arc<str>,
    /// Which money, if said.
    pub fund: Option<Fund>,
    /// Which stage.
    pub basis: Basis,
    /// The year it is of.
    pub year: i32,
    /// Whether it follows from a change (`other`) instead of being printed.
    pub derived: bool,
    /// What all mentions allow, in yuan; what the first allows where they exclude each other.
    pub range: Range,
    /// The mention printed most precisely; for a derived figure the figure of now.
    pub number: NumberId,
    /// For a derived figure the change.
    pub other: Option<NumberId>,
    /// How often it is said.
    pub mentions: u32,
    /// Whether all mentions agree.
    pub agree: bool,
}

/// Facts less certain than this are no figures: their name is a guess.
const SURE: u8 = 90;

type Key = (Arc<str>, Option<Fund>, Basis, i32, bool);

/// The figures of a report.
pub(super) fn read(report: &Report) -> Vec<Figure> {
    let mut figures: BTreeMap<Key, Figure> = BTreeMap::new();
    let amount = |fact: &Fact| {
        let number = report.numbers.get(fact.number as usize)?;
        number.range().filter(|_| number.kind == Kind::Amount)
    };
    let sure = |fact: &&Fact| fact.entity == Entity::Department && fact.certainty >= SURE;
    for fact in report.facts.iter().filter(sure) {
        let Some(range) = amount(fact) else { continue };
        match fact.measure {
            Measure::Level => {
                if let Some(year) = fact.year {
                    add(&mut figures, fact, (fact.basis, year), range, None);
                }
            }
            Measure::Change => {
                let now = fact.of.and_then(|of| report.facts.get(of as usize));
                let (Some(now), Some(year)) = (now, fact.base_year) else { continue };
                let basis = fact.base_basis.unwrap_or(now.basis);
                let base = amount(now).and_then(|now| match fact.negative {
                    true => now.plus(range),
                    false => now.minus(range),
                });
                if let Some(base) = base.filter(|_| now.measure == Measure::Level) {
                    add(&mut figures, now, (basis, year), base, Some(fact.number));
                }
            }
            _ => {}
        }
    }
    figures.into_values().collect()
}

fn add(
    figures: &mut BTreeMap<Key, Figure>,
    fact: &Fact,
    (basis, year): (Basis, i32),
    range: Range,
    other: Option<NumberId>,
) {
    let key = (fact.indicator.clone(), fact.fund, basis, year, other.is_some());
    let new = Figure {
        indicator: fact.indicator.clone(),
        fund: fact.fund,
        basis,
        year,
        derived: other.is_some(),
        range,
        number: fact.number,
        other,
        mentions: 0,
        agree: true,
    };
    let figure = figures.entry(key).or_insert(new);
    figure.mentions += 1;
    let both =
        Range { low: figure.range.low.max(range.low), high: figure.range.high.min(range.high) };
    if both.low > both.high {
        figure.agree = false;
    } else if figure.agree {
        if range.high - range.low < figure.range.high - figure.range.low {
            (figure.number, figure.other) = (fact.number, other);
        }
        figure.range = both;
    }
}

impl Figure {
    /// `general`, as JSON spells it.
    pub fn fund_name(&self) -> Option<&'static str> {
        self.fund.map(names::fund)
    }

    /// `final`, as JSON spells it.
    pub fn basis_name(&self) -> &'static str {
        names::basis(self.basis)
    }
}
