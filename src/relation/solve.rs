//! What a figure would have to be for a claim to hold, all other figures being right.

use super::evaluate::{Figures, Percentage, growth, negated, percentage, portion, sum};
use super::{Claim, Term};
use crate::number::{NumberId, Range};
use rust_decimal::Decimal;

/// What `number` would have to be, in the base unit and as printed (sign taken off), for the claim to hold with all
/// other figures as they are.
pub fn solve(claim: &Claim, number: NumberId, figures: &Figures<'_>) -> Option<Range> {
    let is = |term: &Term| term.number == number;
    let signed = |term: &Term, range: Range| if term.negative { negated(range) } else { range };
    let percent = |p: Percentage| match p {
        Percentage::Within(range) => Some(range),
        Percentage::Beyond(_) => None,
    };
    let hundred = Range::exact(Decimal::ONE_HUNDRED);
    match claim {
        Claim::Sum { total, parts, exact: true } => {
            if is(total) {
                return sum(parts, figures).map(|range| signed(total, range));
            }
            let own = parts.iter().find(|part| is(part))?;
            let others: Vec<Term> = parts.iter().filter(|part| !is(part)).copied().collect();
            if others.len() + 1 != parts.len() {
                return None;
            }
            let rest = figures.range(*total)?.minus(sum(&others, figures)?)?;
            Some(signed(own, rest))
        }
        Claim::Sum { .. } | Claim::Order { .. } | Claim::Formula { .. } => None,
        Claim::Share { part, whole, percent: share } => {
            let of = |term: &Term| figures.range(*term);
            if is(share) {
                percent(percentage(of(part)?, of(whole)?)?).map(|range| signed(share, range))
            } else if is(part) {
                Some(signed(part, of(whole)?.times(of(share)?)?.over(hundred)?))
            } else {
                Some(signed(whole, of(part)?.times(hundred)?.over(of(share)?)?))
            }
        }
        Claim::Portion { part, rest, percent: share } => {
            let others: Vec<Term> = rest.iter().filter(|other| !is(other)).copied().collect();
            let beside = sum(&others, figures)?;
            if is(share) {
                return portion(figures.range(*part)?, beside).map(|range| signed(share, range));
            }
            let printed = figures.range(*share)?;
            // part : rest = share : (100 - share)
            let odds = printed.over(hundred.minus(printed)?)?;
            if is(part) {
                return Some(signed(part, beside.times(odds)?));
            }
            let own = rest.iter().find(|other| is(other))?;
            let all = figures.range(*part)?.over(odds)?;
            Some(signed(own, all.minus(beside)?))
        }
        Claim::Hundred { shares, exact: true } => {
            let own = shares.iter().find(|share| is(share))?;
            let others: Vec<Term> = shares.iter().filter(|share| !is(share)).copied().collect();
            Some(signed(own, hundred.minus(sum(&others, figures)?)?))
        }
        Claim::Hundred { exact: false, .. } => None,
        Claim::Change { now, base, change } => {
            let of = |term: &Term| figures.range(*term);
            if is(change) {
                Some(signed(change, of(now)?.minus(of(base)?)?))
            } else if is(now) {
                Some(signed(now, of(base)?.plus(of(change)?)?))
            } else {
                Some(signed(base, of(now)?.minus(of(change)?)?))
            }
        }
        Claim::Rate { now, base, change, rate } => {
            let range = |term: &Option<Term>| term.and_then(|term| figures.range(term));
            if is(rate) {
                return percent(growth(range(now), range(base), range(change))?)
                    .map(|range| signed(rate, range));
            }
            let factor = figures.range(*rate)?.over(hundred)?;
            let one = Range::exact(Decimal::ONE);
            let grown = factor.plus(one)?;
            match (now, base, change) {
                (Some(now), None, Some(change)) if is(change) => {
                    Some(signed(change, figures.range(*now)?.times(factor)?.over(grown)?))
                }
                (Some(now), None, Some(change)) if is(now) => {
                    Some(signed(now, figures.range(*change)?.times(grown)?.over(factor)?))
                }
                (Some(now), Some(base), _) if is(now) => {
                    Some(signed(now, figures.range(*base)?.times(grown)?))
                }
                (Some(now), Some(base), _) if is(base) => {
                    Some(signed(base, figures.range(*now)?.over(grown)?))
                }
                (None, Some(base), Some(change)) if is(change) => {
                    Some(signed(change, figures.range(*base)?.times(factor)?))
                }
                (None, Some(base), Some(change)) if is(base) => {
                    Some(signed(base, figures.range(*change)?.over(factor)?))
                }
                _ => None,
            }
        }
        Claim::Equal { one, other } => {
            if is(one) {
                Some(signed(one, figures.range(*other)?))
            } else {
                Some(signed(other, figures.range(*one)?))
            }
        }
        Claim::Product { product, factors } => {
            if is(product) {
                let mut value = Range::exact(Decimal::ONE);
                for factor in factors {
                    value = value.times(figures.range(*factor)?)?;
                }
                return Some(signed(product, value));
            }
            let own = factors.iter().find(|factor| is(factor))?;
            let mut value = figures.range(*product)?;
            for factor in factors.iter().filter(|factor| !is(factor)) {
                value = value.over(figures.range(*factor)?)?;
            }
            Some(signed(own, value))
        }
    }
}
