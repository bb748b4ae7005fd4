//! What sentences claim: shares, changes, rates, completions, and comparisons in words.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::Span;
use crate::fact::{Basis, Entity, Fact, Fund, Measure, Statement, indicators};
use crate::number::{Kind, NumberId};
use crate::relation::echo::Keys;
use crate::relation::evaluate::{Figures, Percentage, Verdict, evaluate, percentage};
use std::cmp::Ordering;
use std::collections::HashMap;

/// Figures bound with less certainty than this prove nothing.
const CERTAIN: u8 = 60;

/// The claims of all sentences.
pub fn relate(report: &Report) -> Vec<Relation> {
    let keys = Keys::new(report);
    let figures = Figures::new(&report.numbers);
    let totals = Totals::new(report);
    let mut relations = Vec::new();
    for fact in &report.facts {
        if fact.certainty < CERTAIN {
            continue;
        }
        if let Some((claim, check)) = claim(report, (&keys, &totals), fact) {
            let claim = another_reading(report, fact, &claim, &figures).unwrap_or(claim);
            let span = |fact: &Fact| report.numbers[fact.number as usize].span;
            let about = of(report, &keys, fact).unwrap_or(fact);
            let (a, b) = (span(fact), span(about));
            let at = if a.start.abs_diff(b.start) < 600 {
                Span { start: a.start.min(b.start), end: a.end.max(b.end) }
            } else {
                a
            };
            relations.push(Relation {
                claim,
                check,
                ground: Ground::Sentence,
                at,
                label: super::name(about),
            });
        }
    }
    for statement in &report.statements {
        if let Some(relation) = stated(report, &keys, statement) {
            relations.push(relation);
        }
    }
    relations
}

/// The level a figure is about, in its own sentence or said elsewhere.
fn of<'r>(report: &'r Report, keys: &Keys<'r>, fact: &'r Fact) -> Option<&'r Fact> {
    if let Some(of) = fact.of {
        return Some(&report.facts[of as usize]);
    }
    match fact.measure {
        Measure::Change => keys.of_change(fact),
        Measure::Rate if fact.against.is_none() => keys.of_change(fact),
        Measure::Rate => {
            let change = &report.facts[fact.against? as usize];
            let own = change.measure == Measure::Change && change.certainty >= CERTAIN;
            own.then(|| keys.of_change(change)).flatten()
        }
        _ => None,
    }
}

fn claim<'r>(
    report: &'r Report,
    (keys, totals): (&Keys<'r>, &Totals<'r>),
    fact: &'r Fact,
) -> Option<(Claim, &'static str)> {
    let of = of(report, keys, fact)?;
    let now = Term::plus(of.number);
    let own = Term::signed(fact.number, fact.negative);
    let against = fact.against.map(|id| &report.facts[id as usize]);
    match fact.measure {
        Measure::Share if is_of_another(fact, of) => None,
        Measure::Share => {
            let whole = match against {
                Some(whole) => totals.whole_of(now, own, whole),
                None => super::unsaid::whole(report, of, fact)?,
            };
            let whole = Term::plus(whole);
            Some((Claim::Share { part: now, whole, percent: own }, "share/share_differs"))
        }
        Measure::Completion => {
            let beyond = against.filter(|own| own.measure == Measure::Change);
            let whole = match against.filter(|_| beyond.is_none()) {
                Some(budget) => Some(budget.number),
                None => budget(report, fact, of),
            };
            let claim = match (whole, beyond) {
                (Some(whole), _) => {
                    Claim::Share { part: now, whole: Term::plus(whole), percent: own }
                }
                (None, Some(beyond)) => {
                    let rest = vec![Term::signed(beyond.number, !beyond.negative)];
                    Claim::Portion { part: now, rest, percent: own }
                }
                (None, None) => return None,
            };
            Some((claim, "completion/percentage_differs"))
        }
        Measure::Change => {
            let base = match against {
                Some(base) => base.number,
                None => keys.base(fact, of)?,
            };
            let base = Term::plus(base);
            Some((Claim::Change { now, base, change: own }, "change/amount_differs"))
        }
        Measure::Rate => {
            let claim = match against {
                Some(change) if change.measure == Measure::Change => {
                    let term = Term::signed(change.number, change.negative);
                    match change.against.map(|base| &report.facts[base as usize]) {
                        Some(base) => Claim::Rate {
                            now: None,
                            base: Some(Term::plus(base.number)),
                            change: Some(term),
                            rate: own,
                        },
                        None => Claim::Rate {
                            now: Some(now),
                            base: None,
                            change: Some(term),
                            rate: own,
                        },
                    }
                }
                Some(base) => Claim::Rate {
                    now: Some(now),
                    base: Some(Term::plus(base.number)),
                    change: None,
                    rate: own,
                },
                None => {
                    let base = keys.base(fact, of)?;
                    let base = Some(Term::plus(base));
                    Claim::Rate { now: Some(now), base, change: None, rate: own }
                }
            };
            Some((claim, "change/rate_differs"))
        }
        _ => None,
    }
}

/// The budget that a completion of 三公经费 is counted from, where its paragraph does not print it: their table does, or
/// another paragraph. 预算 may mean the first or the adjusted one: the one that fits counts, and where several are printed
/// and none fits, it is not certain which is meant. Of other spending both are said in one report.
fn budget(report: &Report, completion: &Fact, of: &Fact) -> Option<NumberId> {
    if of.basis != Basis::Final || !of.indicator.starts_with("three_public/") {
        return None;
    }
    let range = |number: NumberId| report.numbers[number as usize].range();
    let fits = |whole: NumberId| {
        let share = percentage(range(of.number)?, range(whole)?)?;
        Some(matches!(share, Percentage::Within(p) if p.meets(range(completion.number)?)))
    };
    let budgets = report.facts.iter().filter(|fact| {
        fact.measure == Measure::Level
            && fact.certainty >= CERTAIN
            && fact.basis != Basis::Final
            && report.numbers[fact.number as usize].kind == Kind::Amount
            && fact.indicator == of.indicator
            && (fact.year, &fact.entity) == (of.year, &of.entity)
    });
    let budgets: Vec<NumberId> = budgets.map(|fact| fact.number).collect();
    let first = *budgets.first()?;
    let same = |other: &NumberId| match (range(first), range(*other)) {
        (Some(a), Some(b)) => a.meets(b),
        _ => false,
    };
    let fitting = budgets.iter().copied().find(|whole| fits(*whole) == Some(true));
    fitting.or_else(|| budgets.iter().all(same).then_some(first))
}

/// The claim of another level of the paragraph, if it holds where that of the nearest does not: after a list,
/// `较上年增加…` may be said of its whole. What can be read so that it holds proves nothing.
fn another_reading(
    report: &Report,
    fact: &Fact,
    claim: &Claim,
    figures: &Figures<'_>,
) -> Option<Claim> {
    if evaluate(claim, figures) != Verdict::Differs {
        return None;
    }
    let of = fact.of? as usize;
    let own = report.facts.get(of)?;
    let completion = fact.measure == Measure::Completion;
    if completion && names_first_budget(report, fact) {
        return None;
    }
    // the facts of a paragraph stand together
    let beside = |other: &&Fact| other.standing == own.standing;
    let before = report.facts[..of].iter().rev().take_while(beside).count();
    let paragraph = report.facts[of - before..].iter().take_while(beside);
    let near = paragraph.filter(|other| {
        other.measure == Measure::Level
            && other.number != own.number
            && (other.basis == own.basis) != completion
    });
    let mut readings = near.filter_map(|other| {
        let other = Term::plus(other.number);
        match claim {
            Claim::Rate { now: Some(_), base: None, change, rate } => {
                Some(Claim::Rate { now: Some(other), base: None, change: *change, rate: *rate })
            }
            Claim::Change { base, change, .. } => {
                Some(Claim::Change { now: other, base: *base, change: *change })
            }
            // 年初预算为0万元，全年预算为321.02万元: 完成预算 may be said of either.
            Claim::Share { part, percent, .. } if completion => {
                Some(Claim::Share { part: *part, whole: other, percent: *percent })
            }
            _ => None,
        }
    });
    readings.find(|reading| evaluate(reading, figures) == Verdict::Agrees)
}

/// Whether a completion says of which budget it is: 完成年初预算的95.89%.
fn names_first_budget(report: &Report, fact: &Fact) -> bool {
    let end = report.numbers[fact.number as usize].span.start as usize;
    let before = &report.document.text[..end];
    let clause = before.rsplit(['，', '。', '；', ';', '、']).next().unwrap_or("");
    let base = fact.against.map(|id| &report.facts[id as usize]);
    clause.contains("完成年初预算") && base.is_some_and(|base| base.basis == Basis::Budget)
}

/// Whether a share's own words name something else than the figure it was bound to.
fn is_of_another(fact: &Fact, of: &Fact) -> bool {
    let (own, other) = (indicators::normal(&fact.label), indicators::normal(&of.label));
    !own.is_empty() && !other.is_empty() && !own.contains(&other) && !other.contains(&own)
}

/// What makes two figures levels of one total.
type Total<'r> = (&'r str, Basis, Option<i32>, &'r Entity, Fund);

/// All revenue and all spending, with and without what is carried over, wherever they are said.
struct Totals<'r> {
    report: &'r Report,
    levels: HashMap<Total<'r>, Vec<NumberId>>,
}

impl<'r> Totals<'r> {
    fn new(report: &'r Report) -> Self {
        let mut levels: HashMap<_, Vec<NumberId>> = HashMap::new();
        for fact in report.facts.iter().filter(|fact| fact.measure == Measure::Level) {
            if other_total(&fact.indicator).is_some() {
                let total = Self::of(&fact.indicator, fact);
                levels.entry(total).or_default().push(fact.number);
            }
        }
        Self { report, levels }
    }

    fn of<'f>(indicator: &'f str, fact: &'f Fact) -> Total<'f> {
        (indicator, fact.basis, fact.year, &fact.entity, fact.fund.unwrap_or(Fund::All))
    }

    /// The whole a share is of. 占总支出 may mean the total with or without what is carried over: the one that fits counts.
    fn whole_of(&self, part: Term, percent: Term, whole: &Fact) -> NumberId {
        let Some(other) = other_total(&whole.indicator) else { return whole.number };
        let fits = |number: &NumberId| {
            let range = |term: Term| self.report.numbers[term.number as usize].range();
            let share = percentage(range(part)?, range(Term::plus(*number))?)?;
            Some(matches!(share, Percentage::Within(share) if share.meets(range(percent)?)))
        };
        if fits(&whole.number) != Some(false) {
            return whole.number;
        }
        let mut others = self.levels.get(&Self::of(other, whole)).into_iter().flatten();
        others.find(|number| fits(number) == Some(true)).copied().unwrap_or(whole.number)
    }
}

/// The same total with or without what is carried over.
fn other_total(indicator: &str) -> Option<&'static str> {
    Some(match indicator {
        "expenditure/total" => "expenditure/this_year",
        "expenditure/this_year" => "expenditure/total",
        "revenue/total" => "revenue/this_year",
        "revenue/this_year" => "revenue/total",
        _ => return None,
    })
}

fn stated(report: &Report, keys: &Keys<'_>, statement: &Statement) -> Option<Relation> {
    let of = &report.facts[statement.of as usize];
    if of.measure != Measure::Level || of.certainty < CERTAIN {
        return None;
    }
    let one = Term::plus(of.number);
    let other = match statement.against {
        Some(against) => report.facts[against as usize].number,
        None if statement.budget => return None,
        None => keys.at(of, statement.base_year?, statement.base_basis.unwrap_or(of.basis))?,
    };
    let other = Term::plus(other);
    let (claim, check) = match (statement.says, statement.budget) {
        (Ordering::Equal, true) => (Claim::Equal { one, other }, "completion/comparison_differs"),
        (Ordering::Equal, false) => (Claim::Equal { one, other }, "change/said_same_but_differs"),
        (Ordering::Less, _) => {
            (Claim::Order { less: one, more: other }, "completion/comparison_differs")
        }
        (Ordering::Greater, _) => {
            (Claim::Order { less: other, more: one }, "completion/comparison_differs")
        }
    };
    Some(Relation {
        claim,
        check,
        ground: Ground::Sentence,
        at: statement.at,
        label: super::name(of),
    })
}
