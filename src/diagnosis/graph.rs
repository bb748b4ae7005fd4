//! Which relations share figures.

use super::RelationId;
use crate::Report;
use crate::number::NumberId;
use crate::relation::evaluate::Verdict;
use crate::relation::{Claim, Term};
use rust_decimal::Decimal;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// The relations of a report by the figures they share; mentions that agree are one figure.
pub(super) struct Graph {
    /// For each number the figure it is a mention of: the least number among those that agree.
    figure: Vec<NumberId>,
    /// The mentions of each figure that has several.
    mentions: HashMap<NumberId, Vec<NumberId>>,
    /// The relations of each figure, each claim once.
    relations: HashMap<NumberId, Vec<RelationId>>,
    /// The relations that fail, each claim once.
    failing: Vec<RelationId>,
}

impl Graph {
    pub fn new(report: &Report, verdicts: &[Verdict]) -> Self {
        let mut sets = Sets::new(report.numbers.len());
        for (relation, verdict) in report.relations.iter().zip(verdicts) {
            if let (Claim::Equal { one, other }, Verdict::Agrees) = (&relation.claim, verdict)
                && one.negative == other.negative
            {
                sets.join(one.number, other.number);
            }
        }
        let figure: Vec<NumberId> =
            (0..report.numbers.len() as NumberId).map(|id| sets.find(id)).collect();
        let mut mentions: HashMap<NumberId, Vec<NumberId>> = HashMap::new();
        for (id, own) in figure.iter().enumerate() {
            if *own != id as NumberId {
                mentions.entry(*own).or_insert_with(|| vec![*own]).push(id as NumberId);
            }
        }
        let mut graph = Self { figure, mentions, relations: HashMap::new(), failing: Vec::new() };
        let mut seen: HashMap<(u8, Vec<Term>), usize> = HashMap::new();
        let mut kept: Vec<RelationId> = Vec::new();
        for (id, (relation, verdict)) in report.relations.iter().zip(verdicts).enumerate() {
            if *verdict == Verdict::Unknown {
                continue;
            }
            match seen.entry(key(report, &graph.figure, &relation.claim)) {
                // Of two mentions of one claim the one with more places says more: 5,573.00 in a table, 5,573 in the text.
                Entry::Occupied(place) => {
                    let first = &mut kept[*place.get()];
                    let slack = |id: RelationId| slack(report, &report.relations[id].claim);
                    if let (Claim::Sum { .. }, Some(own), Some(other)) =
                        (&relation.claim, slack(id), slack(*first))
                        && own < other
                    {
                        *first = id;
                    }
                }
                Entry::Vacant(slot) => {
                    slot.insert(kept.len());
                    kept.push(id);
                }
            }
        }
        kept.sort_unstable();
        for id in kept {
            let (relation, verdict) = (&report.relations[id], &verdicts[id]);
            let figures: HashSet<NumberId> =
                relation.claim.terms().iter().map(|term| graph.figure(term.number)).collect();
            for figure in figures {
                graph.relations.entry(figure).or_default().push(id);
            }
            if *verdict == Verdict::Differs {
                graph.failing.push(id);
            }
        }
        graph
    }

    /// The relations that fail, each claim once.
    pub fn failing(&self) -> &[RelationId] {
        &self.failing
    }

    /// The figure a number is a mention of.
    pub fn figure(&self, number: NumberId) -> NumberId {
        self.figure.get(number as usize).copied().unwrap_or(number)
    }

    /// All mentions of a figure, in document order.
    pub fn mentions(&self, figure: NumberId) -> Vec<NumberId> {
        self.mentions.get(&figure).cloned().unwrap_or_else(|| vec![figure])
    }

    /// The relations a figure takes part in.
    pub fn relations(&self, figure: NumberId) -> &[RelationId] {
        self.relations.get(&figure).map_or(&[], Vec::as_slice)
    }

    /// The relations that fail, in groups that share figures.
    pub fn components(&self) -> Vec<Vec<RelationId>> {
        let at: HashMap<RelationId, u32> =
            self.failing.iter().enumerate().map(|(index, id)| (*id, index as u32)).collect();
        let mut sets = Sets::new(self.failing.len());
        for relations in self.relations.values() {
            let mut own = relations.iter().filter_map(|id| at.get(id).copied());
            if let Some(first) = own.next() {
                own.for_each(|other| sets.join(first, other));
            }
        }
        let mut groups: Vec<Vec<RelationId>> = Vec::new();
        let mut group_of: HashMap<u32, usize> = HashMap::new();
        for (index, id) in self.failing.iter().enumerate() {
            let group = *group_of.entry(sets.find(index as u32)).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(*id);
        }
        groups
    }
}

/// What makes two claims the same: the same figures, wherever they are printed; parts that are nothing do not count.
fn key(report: &Report, figure: &[NumberId], claim: &Claim) -> (u8, Vec<Term>) {
    // Two tables that print the same figures make one claim.
    let own = |term: Term| Term { number: figure[term.number as usize], ..term };
    let mut terms: Vec<Term> = claim.terms().into_iter().map(own).collect();
    let kind = match claim {
        Claim::Sum { exact: true, .. } => 0,
        Claim::Sum { exact: false, .. } => 1,
        Claim::Share { .. } => 2,
        Claim::Change { .. } => 3,
        Claim::Rate { .. } => 4,
        Claim::Equal { .. } => 5,
        Claim::Product { .. } => 6,
        Claim::Order { .. } => 7,
        Claim::Portion { .. } => 8,
        Claim::Hundred { .. } => 9,
        Claim::Formula { .. } => 10,
    };
    match claim {
        Claim::Sum { .. } => {
            let total = terms[0];
            let zero = |term: &Term| {
                let number = report.numbers.get(term.number as usize);
                number.and_then(|number| number.value()).is_some_and(|value| value.is_zero())
            };
            terms.retain(|term| *term == total || !zero(term));
            terms[1..].sort_by_key(|term| (term.number, term.negative));
        }
        Claim::Product { .. } => terms[1..].sort_by_key(|term| (term.number, term.negative)),
        Claim::Portion { .. } => terms[2..].sort_by_key(|term| (term.number, term.negative)),
        Claim::Equal { .. } | Claim::Hundred { .. } => {
            terms.sort_by_key(|term| (term.number, term.negative))
        }
        _ => {}
    }
    (kind, terms)
}

/// How far apart the ends of the ranges of a claim's figures are in all; `None` where a figure has no range.
fn slack(report: &Report, claim: &Claim) -> Option<Decimal> {
    claim.terms().iter().try_fold(Decimal::ZERO, |all, term| {
        let range = report.numbers[term.number as usize].range()?;
        all.checked_add(range.high.checked_sub(range.low)?)
    })
}

/// Disjoint sets of numbers; the least number names its set.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect() }
    }

    fn find(&mut self, id: u32) -> u32 {
        let mut root = id;
        while self.parent[root as usize] != root {
            root = self.parent[root as usize];
        }
        let mut at = id;
        while self.parent[at as usize] != root {
            at = std::mem::replace(&mut self.parent[at as usize], root);
        }
        root
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        let (low, high) = (one.min(other), one.max(other));
        self.parent[high as usize] = low;
    }
}
