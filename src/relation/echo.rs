//! The same fact said twice: in two sections, in the narrative and a table, in a chart.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::fact::{Basis, Entity, Fact, FactId, Fund, Measure, Standing};
use crate::number::{Kind, NumberId};
use std::collections::{HashMap, HashSet};

/// What makes two mentions the same fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'r> {
    indicator: &'r str,
    fund: Fund,
    basis: Basis,
    year: Option<i32>,
    entity: &'r Entity,
    measure: Measure,
}

/// All levels of a report by what they mean.
pub struct Keys<'r> {
    report: &'r Report,
    by_key: HashMap<Key<'r>, Vec<FactId>>,
    order: Vec<Key<'r>>,
}

/// The money of a fact, where the indicator does not already say it or it is not named.
fn fund(fact: &Fact) -> Fund {
    let own = fact.fund.unwrap_or(Fund::All);
    let family = fact.indicator.split('/').next().unwrap_or("");
    match family {
        // One figure a report, whatever money is named beside it.
        "three_public" | "operation" | "meeting" | "training" => Fund::All,
        "revenue" => match &*fact.indicator {
            "revenue/total" | "revenue/this_year" => own,
            _ => Fund::All,
        },
        _ => own,
    }
}

impl<'r> Keys<'r> {
    /// Groups the levels of `report`.
    pub fn new(report: &'r Report) -> Self {
        let mut by_key: HashMap<Key<'r>, Vec<FactId>> = HashMap::new();
        let mut order = Vec::new();
        let listed = listed(report);
        for (id, fact) in report.facts.iter().enumerate() {
            let level = fact.measure == Measure::Level
                && report.numbers[fact.number as usize].kind == Kind::Amount;
            // What projects are given and what is carried over is said of many things in one report.
            let scoped = listed.contains(&(id as FactId)) && fact.indicator.starts_with("balance/")
                || fact.indicator.starts_with("performance/")
                || fact.indicator.starts_with("project/");
            if !level || fact.certainty < 80 || fact.indicator.starts_with("label/") || scoped {
                continue;
            }
            let key = Key {
                indicator: &fact.indicator,
                fund: fund(fact),
                basis: fact.basis,
                year: fact.year,
                entity: &fact.entity,
                measure: fact.measure,
            };
            let group = by_key.entry(key.clone()).or_default();
            if group.is_empty() {
                order.push(key);
            }
            group.push(id as FactId);
        }
        Self { report, by_key, order }
    }

    /// The printed figure of `fact`'s indicator in another year or stage, if all mentions of it agree on one.
    pub fn at(&self, fact: &'r Fact, year: i32, basis: Basis) -> Option<NumberId> {
        let key = Key {
            indicator: &fact.indicator,
            fund: fund(fact),
            basis,
            year: Some(year),
            entity: &fact.entity,
            measure: Measure::Level,
        };
        let first = *self.by_key.get(&key)?.first()?;
        Some(self.report.facts[first as usize].number)
    }

    /// The base a change or rate is counted from, if it is printed somewhere.
    pub fn base(&self, change: &Fact, of: &'r Fact) -> Option<NumberId> {
        // 与2023年相比: final accounts with final accounts; budgets are compared with either.
        let alike = (of.basis == Basis::Final).then_some(of.basis);
        let basis = change.base_basis.or(alike)?;
        let year = change.base_year.or(of.year)?;
        if year == of.year? && basis == of.basis {
            return None;
        }
        self.at(of, year, basis)
    }
}

/// The parts of wholes that no grammar knows: 其中结转结余 of a project is not that of the department.
fn listed(report: &Report) -> HashSet<FactId> {
    let unknown = |whole: FactId| {
        let indicator = &report.facts[whole as usize].indicator;
        indicator.starts_with("label/") || indicator.starts_with("function/")
    };
    let lists = report.lists.iter().filter(|list| unknown(list.whole));
    lists.flat_map(|list| list.parts.iter().copied()).collect()
}

/// All mentions of a fact are the same figure.
pub fn relate(report: &Report) -> Vec<Relation> {
    let keys = Keys::new(report);
    let mut relations = Vec::new();
    for key in &keys.order {
        let group = &keys.by_key[key];
        let in_table =
            |id: &FactId| matches!(report.facts[*id as usize].standing, Standing::Cell(..));
        let anchor = group.iter().copied().find(in_table).unwrap_or(group[0]);
        let anchor_fact = &report.facts[anchor as usize];
        for id in group {
            let fact = &report.facts[*id as usize];
            if fact.number == anchor_fact.number {
                continue;
            }
            let (check, ground) = match (fact.standing, anchor_fact.standing) {
                (Standing::Chart(..), _) | (_, Standing::Chart(..)) => {
                    ("echo/chart_differs", Ground::Chart)
                }
                (Standing::Cell(a, ..), Standing::Cell(b, ..)) if a == b => continue,
                (Standing::Cell(..), Standing::Cell(..)) => ("tie/tables_differ", Ground::Rule),
                (Standing::Cell(..), _) | (_, Standing::Cell(..)) => {
                    ("tie/narrative_differs_from_table", Ground::Echo)
                }
                _ => ("echo/said_twice_differently", Ground::Echo),
            };
            relations.push(Relation {
                claim: Claim::Equal {
                    one: Term::plus(fact.number),
                    other: Term::plus(anchor_fact.number),
                },
                check,
                ground,
                at: report.numbers[fact.number as usize].span,
                label: super::name(fact),
            });
        }
    }
    relations
}
