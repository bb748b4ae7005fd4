//! One defect shown in several places is told once: `增长100%` of what was nothing the year before is one habit of a new
//! agency, however many figures it is said of.

use super::Root;
use crate::Report;
use crate::number::Range;
use crate::relation::evaluate::{Figures, Percentage, Verdict, growth, sum};
use crate::relation::{Claim, Relation, Term};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What makes two roots one defect.
#[derive(PartialEq, Eq, Hash)]
enum Key<'r> {
    /// Two figures that stand for each other in several rows.
    Pair(Decimal, Decimal),
    /// The same amount missing from the same row in several columns and tables.
    Row(&'r str, Decimal),
    /// 增长100% of nothing.
    FromNothing,
    /// A percentage of nothing, said of the same amounts again: 三公经费 and the 公务接待费 that is all of it.
    OfNothing(&'r str, Vec<Option<Decimal>>),
}

/// Leaves of roots that are one defect the first, and lists the others under it.
pub(super) fn once(report: &Report, figures: &Figures<'_>, roots: Vec<Root>) -> Vec<Root> {
    let mut seen: HashMap<Key<'_>, usize> = HashMap::new();
    let mut kept: Vec<Root> = Vec::new();
    for mut root in roots {
        let key = key(report, figures, &root);
        root.from_nothing = key == Some(Key::FromNothing);
        let first = key.as_ref().and_then(|key| seen.get(key));
        match first {
            Some(first) => {
                kept[*first].follows.push(root.relation);
                kept[*first].follows.extend(root.follows);
            }
            None => {
                seen.extend(key.map(|key| (key, kept.len())));
                kept.push(root);
            }
        }
    }
    kept
}

fn key<'r>(report: &'r Report, figures: &Figures<'_>, root: &Root) -> Option<Key<'r>> {
    let relation = &report.relations[root.relation];
    let plain = root.stale.is_none() && root.verdict == Verdict::Differs;
    if plain && root.blame.is_none() && is_of_nothing(&relation.claim, figures) {
        let base = |term: &Term| report.numbers[term.number as usize].base();
        let values = || relation.claim.terms().iter().map(base).collect();
        let hundred = is_from_nothing(&relation.claim, figures);
        return Some(match hundred {
            true => Key::FromNothing,
            false => Key::OfNothing(relation.check, values()),
        });
    }
    missing(relation, figures, root)
}

fn missing<'r>(relation: &'r Relation, figures: &Figures<'_>, root: &Root) -> Option<Key<'r>> {
    let equal = matches!(relation.claim, Claim::Equal { .. });
    let plain = root.stale.is_none() && (root.blame.is_none() || equal);
    let off = off(&relation.claim, figures).filter(|_| plain && root.follows.is_empty())?;
    Some(match pair(&relation.claim, figures) {
        Some((one, other)) => Key::Pair(one, other),
        None => Key::Row(&relation.label, off),
    })
}

/// Whether a percentage has nothing to be counted from.
fn is_of_nothing(claim: &Claim, figures: &Figures<'_>) -> bool {
    match claim {
        Claim::Share { whole, .. } => {
            figures.range(*whole).is_some_and(|whole| whole.holds(Decimal::ZERO))
        }
        Claim::Rate { now, base, change, .. } => {
            let range = |term: &Option<Term>| term.and_then(|term| figures.range(term));
            matches!(growth(range(now), range(base), range(change)), Some(Percentage::Beyond(_)))
        }
        _ => false,
    }
}

/// Whether a rate of 100 % is said of what was nothing the year before.
fn is_from_nothing(claim: &Claim, figures: &Figures<'_>) -> bool {
    let Claim::Rate { rate, .. } = claim else { return false };
    figures.range(*rate).is_some_and(|rate| rate.holds(Decimal::ONE_HUNDRED))
}

/// The two figures that ought to be one, the smaller first.
fn pair(claim: &Claim, figures: &Figures<'_>) -> Option<(Decimal, Decimal)> {
    let Claim::Equal { one, other } = claim else { return None };
    let value = |term: &Term| Some(figures.range(*term)?.low.normalize());
    let (one, other) = (value(one)?, value(other)?);
    Some((one.min(other), one.max(other)))
}

/// How far the two sides of a claim are apart.
fn off(claim: &Claim, figures: &Figures<'_>) -> Option<Decimal> {
    let middle = |range: Range| range.low.checked_add(range.high)?.checked_div(Decimal::TWO);
    let (one, other) = match claim {
        Claim::Sum { total, parts, .. } => (sum(parts, figures), figures.range(*total)),
        Claim::Equal { one, other } => (figures.range(*one), figures.range(*other)),
        _ => return None,
    };
    let (one, other) = (one.and_then(middle)?, other.and_then(middle)?);
    Some(one.checked_sub(other)?.abs().normalize())
}
