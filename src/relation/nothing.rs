//! What words say is none, against the figures that tables and other sentences print for it.

use super::{Claim, Ground, Relation, Term, echo};
use crate::Report;
use crate::fact::{Entity, Fact, Nothing, Standing};

/// Facts and words of less certainty than this prove nothing.
const CERTAIN: u8 = 80;

/// Every figure of what is said to be none is nothing.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for own in report.nothing.iter().filter(|own| own.certainty >= CERTAIN) {
        for fact in report.facts.iter().filter(|fact| same(own, fact)) {
            let total = Term::plus(fact.number);
            relations.push(Relation {
                claim: Claim::Sum { total, parts: Vec::new(), exact: true },
                check: "tie/said_to_be_none",
                ground: Ground::Sentence,
                at: own.at,
                label: super::name(fact),
            });
        }
    }
    relations
}

/// Whether a printed figure is of what the words say is none.
fn same(own: &Nothing, fact: &Fact) -> bool {
    let fund = |fund| echo::fund(&own.indicator, fund);
    own.indicator == fact.indicator
        && own.measure == fact.measure
        // 无下属单位, and 1家基层单位 is the report's own.
        && !own.indicator.starts_with("organization/")
        && fact.certainty >= CERTAIN
        && fact.entity == Entity::Department
        && !matches!(fact.standing, Standing::Chart(..))
        && own.year == fact.year
        && own.basis == fact.basis
        && fund(own.fund) == fund(fact.fund)
}
