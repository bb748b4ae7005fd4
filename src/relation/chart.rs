//! Slices of a chart are the shares that the text prints.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::fact::{Fact, FactId, Measure, Standing, indicators};
use std::collections::BTreeMap;

/// Each slice against the share of the same name, if all slices of a chart are shares of one whole.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut charts: BTreeMap<(u32, u32), Vec<&Fact>> = BTreeMap::new();
    for fact in &report.facts {
        if let (Standing::Chart(chart, row, _), Measure::Share) = (fact.standing, fact.measure) {
            charts.entry((chart, row)).or_default().push(fact);
        }
    }
    let mut relations = Vec::new();
    for slices in charts.into_values() {
        let Some(shares) = shares(report, &slices) else { continue };
        for (slice, share) in slices.iter().zip(shares) {
            let fact = &report.facts[share as usize];
            relations.push(Relation {
                claim: Claim::Equal {
                    one: Term::plus(slice.number),
                    other: Term::plus(fact.number),
                },
                check: "echo/chart_differs",
                ground: Ground::Chart,
                at: report.numbers[slice.number as usize].span,
                label: super::name(slice),
            });
        }
    }
    relations
}

/// The share of each slice, all of the whole that has a share of every name.
fn shares(report: &Report, slices: &[&Fact]) -> Option<Vec<FactId>> {
    let mut wholes: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
    for (id, fact) in report.facts.iter().enumerate() {
        let narrative = matches!(fact.standing, Standing::Narrative(_));
        if let (true, Measure::Share, Some(whole)) = (narrative, fact.measure, fact.against) {
            wholes.entry(whole).or_default().push(id as FactId);
        }
    }
    let mut found = wholes.into_values().filter_map(|shares| {
        let of = |slice: &&Fact| {
            let mut own = shares.iter().filter(|id| names(&report.facts[**id as usize], slice));
            let first = own.next()?;
            own.next().is_none().then_some(*first)
        };
        slices.iter().map(of).collect::<Option<Vec<FactId>>>()
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// Whether a share has the name of a slice: 卫生健康 is 卫生健康支出.
fn names(share: &Fact, slice: &Fact) -> bool {
    if !slice.indicator.starts_with("label/") {
        return share.indicator == slice.indicator;
    }
    let (one, other) = (indicators::normal(&share.label), indicators::normal(&slice.label));
    let bare = |name: &str| name.trim_end_matches("支出").trim_end_matches("费").to_string();
    !bare(&other).is_empty() && bare(&one) == bare(&other)
}
