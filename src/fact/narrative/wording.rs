//! How each clause with figures was understood: the phrases it matched, and whether every figure has a meaning.

use crate::Report;
use crate::document::{BlockKind, Span};
use crate::fact::{Fact, Measure, Standing};
use crate::number::{Kind, NumberId};
use crate::phrase::{self, Says, grammar, is_quantity, lift};
use std::collections::HashSet;

/// A clause with figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The clause with its figures as placeholders: `收入合计<amount>`.
    pub shape: String,
    /// Names of the phrases that matched.
    pub phrases: Vec<&'static str>,
    /// Whether every figure is covered by a phrase or bound to a known indicator or code.
    pub understood: bool,
    /// The clause.
    pub at: Span,
}

/// How many amounts and percentages of running text got a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Binding {
    /// Amounts and percentages of paragraphs and headings.
    pub figures: usize,
    /// Thresholds, unit prices and standards among them, which are figures of nothing (`单价100万元以上`).
    pub thresholds: usize,
    /// Facts with an indicator of the grammar (or a code) and a year.
    pub known: usize,
    /// Facts with a name no grammar knows and a year.
    pub named: usize,
}

impl Binding {
    /// Counts of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            figures: self.figures + other.figures,
            thresholds: self.thresholds + other.thresholds,
            known: self.known + other.known,
            named: self.named + other.named,
        }
    }
}

/// The clauses with figures of all paragraphs, in order.
pub fn wordings(report: &Report) -> Vec<Wording> {
    let facts = Bound::new(report);
    let items = items(report);
    let mut wordings = Vec::new();
    each_block(report, |span, ids| {
        let lifted = lift(report.document.slice(span), span, &report.numbers, ids);
        for clause in lifted.clauses() {
            let text = &lifted.text[clause.start..clause.end];
            if !text.chars().any(is_quantity) {
                continue;
            }
            let matches = grammar().matches(text);
            let covered = |at: usize| matches.iter().any(|found| found.range.contains(&at));
            let understood = lifted.numbers_in(clause.start..clause.end).iter().all(|&(at, id)| {
                let kind = report.numbers[id as usize].kind;
                !is_quantity(phrase::placeholder(kind))
                    || covered(at as usize - clause.start)
                    || facts.of(id).is_some_and(|fact| known(fact) || is_rate(fact))
                    || items.contains(&id)
            });
            wordings.push(Wording {
                shape: shape(text),
                phrases: matches.iter().map(|m| &*grammar().phrases[m.phrase].name).collect(),
                understood,
                at: Span { start: lifted.source(clause.start), end: lifted.source(clause.end) },
            });
        }
    });
    wordings
}

/// How many amounts and percentages of the running text are bound.
pub fn binding(report: &Report) -> Binding {
    let facts = Bound::new(report);
    let mut binding = Binding::default();
    each_block(report, |span, ids| {
        let thresholds = thresholds(report, span, ids.clone());
        for id in ids {
            if !matches!(report.numbers[id as usize].kind, Kind::Amount | Kind::Percent) {
                continue;
            }
            binding.figures += 1;
            match facts.of(id) {
                Some(fact) if fact.year.is_some() && known(fact) => binding.known += 1,
                Some(fact) if fact.year.is_some() => binding.named += 1,
                _ if thresholds.contains(&id) => binding.thresholds += 1,
                _ => {}
            }
        }
    });
    binding
}

/// The figures of a block that a threshold phrase covers.
fn thresholds(report: &Report, span: Span, ids: std::ops::Range<NumberId>) -> Vec<NumberId> {
    let lifted = lift(report.document.slice(span), span, &report.numbers, ids);
    let mut found = Vec::new();
    for clause in lifted.clauses() {
        for hit in grammar().matches(&lifted.text[clause.start..clause.end]) {
            if grammar().phrases[hit.phrase].says == Says::Threshold {
                let range = clause.start + hit.range.start..clause.start + hit.range.end;
                found.extend(lifted.numbers_in(range).iter().map(|(_, id)| *id));
            }
        }
    }
    found
}

/// Calls `each` with the span and numbers of every paragraph and heading.
fn each_block(report: &Report, mut each: impl FnMut(Span, std::ops::Range<NumberId>)) {
    let numbers = &report.numbers;
    for block in &report.document.blocks {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            let before = |at: u32| numbers.partition_point(|number| number.span.start < at);
            let ids = before(block.span.start)..before(block.span.end);
            each(block.span, ids.start as NumberId..ids.end as NumberId);
        }
    }
}

/// Whether a grammar knows what a fact measures.
fn known(fact: &Fact) -> bool {
    !fact.indicator.starts_with("label/")
}

/// Figures of listed items of a known whole: what they are is a name of the report's own (`15.综合管理2232.56万元`).
fn items(report: &Report) -> HashSet<NumberId> {
    let fact = |id: u32| &report.facts[id as usize];
    let known = report.lists.iter().filter(|list| known(fact(list.whole)));
    known.flat_map(|list| list.parts.iter().map(|part| fact(*part).number)).collect()
}

/// Whether a fact is a rate that its own words name whole (`绿地率达40%`), or the score of a part.
fn is_rate(fact: &Fact) -> bool {
    let named = || crate::fact::label::noun(&fact.label).ends_with(['率', '度']);
    fact.measure == Measure::Score || fact.measure == Measure::Level && named()
}

/// The surest narrative fact of each number.
struct Bound<'r> {
    by_number: Vec<Option<&'r Fact>>,
}

impl<'r> Bound<'r> {
    fn new(report: &'r Report) -> Self {
        let mut by_number: Vec<Option<&Fact>> = vec![None; report.numbers.len()];
        for fact in &report.facts {
            if !matches!(fact.standing, Standing::Narrative(_)) || &*fact.indicator == "label/" {
                continue;
            }
            let slot = &mut by_number[fact.number as usize];
            if slot.is_none_or(|own| (known(own), own.certainty) < (known(fact), fact.certainty)) {
                *slot = Some(fact);
            }
        }
        Self { by_number }
    }

    fn of(&self, id: NumberId) -> Option<&'r Fact> {
        self.by_number[id as usize]
    }
}

/// The clause without blanks and list labels, figures as placeholders.
fn shape(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut shape = String::new();
    for c in crate::fact::label::strip_list_label(&text).chars() {
        match phrase::placeholder_name(c) {
            Some(name) => {
                shape.push('<');
                shape.push_str(name);
                shape.push('>');
            }
            None => shape.push(c),
        }
    }
    shape
}
