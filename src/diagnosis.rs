//! Diagnosis: which printed figure is to blame when relations fail, and what it should have been.
//!
//! Relations that fail together are one defect if one figure explains them: `27.99 → 523.21` makes the sum, its share and
//! the second mention agree. A figure is blamed only where its repair is better than every other; where two stories are
//! equally good the finding names the contradiction and no culprit.

mod candidate;
mod graph;
pub(crate) mod misdated;
mod misplaced;
mod once;
mod past;
mod search;
mod slip;

use crate::Report;
use crate::document::{Span, TableId};
use crate::number::{Home, NumberId};
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::relation::{Claim, Ground, Relation, Term};
use rust_decimal::Decimal;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Index of a relation in [`Report::relations`].
pub type RelationId = usize;

/// One defect: the relation to report, and those that fail for the same reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Root {
    /// The relation to report.
    pub relation: RelationId,
    /// [`Verdict::Differs`] or [`Verdict::Truncated`].
    pub verdict: Verdict,
    /// The other relations that fail for the same reason.
    pub follows: Vec<RelationId>,
    /// The figure to blame, if the evidence says so.
    pub blame: Option<Blame>,
    /// Whether the parts are those of last year's total.
    pub stale: Option<NumberId>,
    /// Whether it is a rate of 100 % of something that was nothing the year before: a custom, and wrong.
    pub from_nothing: bool,
    /// A row that the sum is short of, or has too many: its code may be wrong.
    pub misplaced: Option<NumberId>,
}

impl Root {
    /// A root that shows no more than its relations.
    fn plain(relation: RelationId, verdict: Verdict, follows: Vec<RelationId>) -> Self {
        let (blame, stale, misplaced) = (None, None, None);
        Self { relation, verdict, follows, blame, stale, from_nothing: false, misplaced }
    }
}

impl Root {
    /// The check that reports it: a wrong unit or a wrong word is named as such, whatever relation shows it.
    pub fn check(&self, relation: &Relation) -> &'static str {
        match self.blame.as_ref().map(|blame| blame.reason) {
            Some(Reason::Unit) => "unit/wrong_unit",
            Some(Reason::Direction) => "change/wrong_direction",
            _ if self.from_nothing => "change/growth_from_nothing",
            _ => relation.check,
        }
    }
}

/// A figure that is likely wrong, and what should stand there.
#[derive(Debug, Clone, PartialEq)]
pub struct Blame {
    /// The figure, at its first mention.
    pub number: NumberId,
    /// The same wrong figure elsewhere.
    pub also: Vec<NumberId>,
    /// What should be printed.
    pub print: Print,
    /// Why.
    pub reason: Reason,
    /// How many failing relations hold with it.
    pub repairs: u32,
}

/// What should be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// Another value in the same unit.
    Value(rust_decimal::Decimal),
    /// The same digits in another unit.
    Unit(&'static str),
    /// The same figure with the opposite word: 增加 for 减少.
    Opposite,
}

/// Why a repair is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// Only the arithmetic asks for it.
    Solved,
    /// The same fact is printed so elsewhere.
    SaidElsewhere(NumberId),
    /// One digit is another.
    Digit,
    /// A digit is missing.
    Dropped,
    /// A digit is doubled or too many.
    Doubled,
    /// Two neighbouring digits are swapped.
    Swapped,
    /// The decimal point is moved.
    Point,
    /// The unit is wrong.
    Unit,
    /// The word for more or less is wrong.
    Direction,
    /// Last year's figure was left standing.
    LastYear,
}

/// The defects among the relations of a report, in the order of their relations.
pub fn diagnose(report: &Report) -> Vec<Root> {
    let mut figures = Figures::new(&report.numbers);
    let mut verdicts: Vec<Verdict> =
        report.relations.iter().map(|relation| evaluate(&relation.claim, &figures)).collect();
    let mut roots: Vec<Root> = Vec::new();
    if verdicts.contains(&Verdict::Differs) {
        set_aside(report, &mut verdicts);
        let past = past::Past::new(report);
        let graph = graph::Graph::new(report, &verdicts);
        for component in graph.components() {
            roots.extend(search::explain(report, &graph, &past, &mut figures, component));
        }
    }
    roots.extend(truncated(report, &verdicts));
    roots.sort_by_key(|root| root.relation);
    displaced(report, once::once(report, &figures, roots))
}

/// What fails because a printed year was not updated is told of the year (`period/figure_of_this_year`).
fn set_aside(report: &Report, verdicts: &mut [Verdict]) {
    let words = misdated::misdated(report);
    let figures: HashSet<NumberId> = words.into_iter().flat_map(|word| word.figures).collect();
    for (relation, verdict) in report.relations.iter().zip(verdicts) {
        let dated = matches!(
            relation.claim,
            Claim::Equal { .. } | Claim::Change { .. } | Claim::Rate { .. }
        );
        let own = || relation.claim.terms().iter().any(|term| figures.contains(&term.number));
        if *verdict == Verdict::Differs && dated && own() {
            *verdict = Verdict::Unknown;
        }
    }
}

/// One 合计 that fails in several columns of a table most of whose other sums were given up is one defect: its columns are
/// displaced against its rows.
fn displaced(report: &Report, roots: Vec<Root>) -> Vec<Root> {
    let table = |relation: &Relation| {
        let first = relation.claim.terms().first()?.number;
        match report.numbers[first as usize].home {
            Home::Cell(id, _) if relation.ground == Ground::Table => Some(id),
            _ => None,
        }
    };
    // What mends a single sum of such a table is chance.
    let lone = |root: &Root| root.blame.as_ref().is_none_or(|blame| blame.repairs == 1);
    let plain = |root: &&Root| lone(root) && root.stale.is_none();
    let row = |root: &Root| {
        let relation = &report.relations[root.relation];
        table(relation).map(|id| (id, relation.at, relation.check))
    };
    let mut rows: HashMap<(TableId, Span, &str), usize> = HashMap::new();
    for key in roots.iter().filter(plain).filter_map(row) {
        *rows.entry(key).or_default() += 1;
    }
    rows.retain(|_, count| *count > 1);
    if rows.is_empty() {
        return roots;
    }
    let doubted: Vec<Relation> = crate::relation::table::doubted(report);
    rows.retain(|(id, ..), _| doubted.iter().any(|relation| table(relation) == Some(*id)));
    let mut first: HashMap<(TableId, Span, &str), usize> = HashMap::new();
    let mut kept: Vec<Root> = Vec::new();
    for mut root in roots {
        let key = Some(&root).filter(plain).and_then(row).filter(|key| rows.contains_key(key));
        match key.map(|key| first.entry(key)) {
            Some(Entry::Occupied(place)) => {
                let own = &mut kept[*place.get()].follows;
                own.push(root.relation);
                own.extend(root.follows);
                continue;
            }
            Some(Entry::Vacant(place)) => {
                place.insert(kept.len());
                root.blame = None;
            }
            None => {}
        }
        kept.push(root);
    }
    kept
}

/// Percentages that were cut off; one that is printed in several sections beside the same amounts is one defect.
fn truncated(report: &Report, verdicts: &[Verdict]) -> Vec<Root> {
    let mut seen: HashMap<(&str, Vec<Option<Decimal>>), usize> = HashMap::new();
    let mut roots: Vec<Root> = Vec::new();
    for (id, verdict) in verdicts.iter().enumerate() {
        if *verdict != Verdict::Truncated {
            continue;
        }
        let relation = &report.relations[id];
        let base = |term: &Term| report.numbers[term.number as usize].base();
        let values = relation.claim.terms().iter().map(base).collect();
        match seen.entry((relation.check, values)) {
            Entry::Occupied(first) => roots[*first.get()].follows.push(id),
            Entry::Vacant(place) => {
                place.insert(roots.len());
                roots.push(Root::plain(id, Verdict::Truncated, Vec::new()));
            }
        }
    }
    roots
}
