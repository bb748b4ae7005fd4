//! Whether what a relation claims can be true of any values behind the printed figures.
//!
//! Three answers: agrees, differs, cannot tell. There is no tolerance: figures are ranges, and a claim differs only if
//! no values inside the ranges satisfy it.

use super::{Claim, Term};
use crate::number::{Number, NumberId, Range, Reading};
use rust_decimal::Decimal;

/// The answer for one relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Some values behind the printed figures satisfy the claim.
    Agrees,
    /// None do.
    Differs,
    /// None do if the percentage was rounded, but some do if it was cut off: `95.457` printed `95.45`.
    Truncated,
    /// A figure is missing, approximate, or the arithmetic has no answer (0 of 0).
    Unknown,
}

/// The figures of a report, one of them possibly replaced to try a repair.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    numbers: &'a [Number],
    replaced: Option<(NumberId, Range)>,
}

impl<'a> Figures<'a> {
    /// The figures as printed.
    pub fn new(numbers: &'a [Number]) -> Self {
        Self { numbers, replaced: None }
    }

    /// The figures with `number` standing for `range` instead.
    pub fn with(self, number: NumberId, range: Range) -> Self {
        Self { replaced: Some((number, range)), ..self }
    }

    /// What `term` can stand for, in the base unit, with its sign.
    pub fn range(self, term: Term) -> Option<Range> {
        let range = match self.replaced {
            Some((number, range)) if number == term.number => range,
            _ => self.numbers.get(term.number as usize)?.range()?,
        };
        Some(if term.negative { negated(range) } else { range })
    }

    /// What a percentage can stand for if its last place was cut off, not rounded.
    fn truncated(self, term: Term) -> Option<Range> {
        if self.replaced.is_some_and(|(number, _)| number == term.number) {
            return None;
        }
        let number = self.numbers.get(term.number as usize)?;
        let Reading::Quantity { value, quantum } = number.reading else { return None };
        if number.approximate.is_some() || number.decimals == 0 {
            return None;
        }
        let away = if value.is_sign_negative() { -quantum } else { quantum };
        let range = ordered(value, value.checked_add(away)?);
        let range = Range {
            low: range.low.checked_mul(number.factor)?,
            high: range.high.checked_mul(number.factor)?,
        };
        Some(if term.negative { negated(range) } else { range })
    }
}

fn ordered(a: Decimal, b: Decimal) -> Range {
    Range { low: a.min(b), high: a.max(b) }
}

fn negated(range: Range) -> Range {
    Range { low: -range.high, high: -range.low }
}

/// Judges a claim.
pub fn evaluate(claim: &Claim, figures: Figures<'_>) -> Verdict {
    judge(claim, figures).unwrap_or(Verdict::Unknown)
}

fn judge(claim: &Claim, figures: Figures<'_>) -> Option<Verdict> {
    let verdict = |agrees: bool| Some(if agrees { Verdict::Agrees } else { Verdict::Differs });
    match claim {
        Claim::Sum { total, parts, exact } => {
            let total = figures.range(*total)?;
            let sum = sum(parts, figures)?;
            verdict(if *exact { sum.meets(total) } else { sum.low <= total.high })
        }
        Claim::Share { part, whole, percent } => {
            let printed = figures.range(*percent)?;
            let ratio = percentage(figures.range(*part)?, figures.range(*whole)?)?;
            Some(against(ratio, printed, figures.truncated(*percent)))
        }
        Claim::Change { now, base, change } => {
            let expected = figures.range(*now)?.minus(figures.range(*base)?)?;
            verdict(expected.meets(figures.range(*change)?))
        }
        Claim::Rate { now, base, change, rate } => {
            let printed = figures.range(*rate)?;
            let range = |term: &Option<Term>| term.and_then(|term| figures.range(term));
            let growth = growth(range(now), range(base), range(change))?;
            Some(against(growth, printed, figures.truncated(*rate)))
        }
        Claim::Equal { one, other } => verdict(figures.range(*one)?.meets(figures.range(*other)?)),
        Claim::Product { product, factors } => {
            let mut expected = Range::exact(Decimal::ONE);
            for factor in factors {
                expected = expected.times(figures.range(*factor)?)?;
            }
            verdict(expected.meets(figures.range(*product)?))
        }
        Claim::Order { less, more } => {
            verdict(figures.range(*less)?.low <= figures.range(*more)?.high)
        }
    }
}

/// The sum of all terms.
pub fn sum(terms: &[Term], figures: Figures<'_>) -> Option<Range> {
    terms.iter().try_fold(Range::exact(Decimal::ZERO), |sum, term| sum.plus(figures.range(*term)?))
}

/// What a quotient in percent can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Percentage {
    /// Within this range.
    Within(Range),
    /// The divisor may be zero: at least this far from zero, on either side.
    Beyond(Decimal),
}

/// `part / whole` in percent; `None` where both can be zero.
pub fn percentage(part: Range, whole: Range) -> Option<Percentage> {
    let hundred = Range::exact(Decimal::ONE_HUNDRED);
    if !whole.holds(Decimal::ZERO) {
        return part.over(whole)?.times(hundred).map(Percentage::Within);
    }
    if part.holds(Decimal::ZERO) {
        return None;
    }
    let least = part.low.abs().min(part.high.abs());
    let most = whole.low.abs().max(whole.high.abs());
    if most.is_zero() {
        return Some(Percentage::Beyond(Decimal::MAX));
    }
    least.checked_div(most)?.checked_mul(Decimal::ONE_HUNDRED).map(Percentage::Beyond)
}

/// Growth in percent from any two of this figure, the base and the difference.
pub fn growth(
    now: Option<Range>,
    base: Option<Range>,
    change: Option<Range>,
) -> Option<Percentage> {
    match (now, base, change) {
        // d / (n - d) rises with d and moves one way with n, so the corners bound it: tighter than d / range(n - d).
        (Some(now), None, Some(change)) => {
            let base = now.minus(change)?;
            if base.holds(Decimal::ZERO) {
                return percentage(change, base);
            }
            let mut bounds: Option<Range> = None;
            for n in [now.low, now.high] {
                for d in [change.low, change.high] {
                    let value =
                        d.checked_div(n.checked_sub(d)?)?.checked_mul(Decimal::ONE_HUNDRED)?;
                    bounds = Some(bounds.map_or(Range::exact(value), |b| Range {
                        low: b.low.min(value),
                        high: b.high.max(value),
                    }));
                }
            }
            bounds.map(Percentage::Within)
        }
        (Some(now), Some(base), _) => {
            let hundred = Range::exact(Decimal::ONE_HUNDRED);
            match percentage(now, base)? {
                Percentage::Within(ratio) => ratio.minus(hundred).map(Percentage::Within),
                Percentage::Beyond(least) => {
                    least.checked_sub(Decimal::ONE_HUNDRED).map(Percentage::Beyond)
                }
            }
        }
        (None, Some(base), Some(change)) => percentage(change, base),
        _ => None,
    }
}

fn against(expected: Percentage, printed: Range, truncated: Option<Range>) -> Verdict {
    match expected {
        Percentage::Within(expected) if expected.meets(printed) => Verdict::Agrees,
        Percentage::Within(expected) if truncated.is_some_and(|cut| expected.meets(cut)) => {
            Verdict::Truncated
        }
        Percentage::Within(_) => Verdict::Differs,
        Percentage::Beyond(least) => {
            let most = printed.low.abs().max(printed.high.abs());
            if most >= least { Verdict::Unknown } else { Verdict::Differs }
        }
    }
}

/// What `number` would have to be, in the base unit and as printed (sign taken off), for the claim to hold with all
/// other figures as they are.
pub fn solve(claim: &Claim, number: NumberId, figures: Figures<'_>) -> Option<Range> {
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
        Claim::Sum { .. } | Claim::Order { .. } => None,
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

impl Claim {
    /// All figures of the claim.
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Self::Sum { total, parts, .. } => {
                std::iter::once(*total).chain(parts.iter().copied()).collect()
            }
            Self::Share { part, whole, percent } => vec![*part, *whole, *percent],
            Self::Change { now, base, change } => vec![*now, *base, *change],
            Self::Rate { now, base, change, rate } => {
                [*now, *base, *change, Some(*rate)].into_iter().flatten().collect()
            }
            Self::Equal { one, other } => vec![*one, *other],
            Self::Product { product, factors } => {
                std::iter::once(*product).chain(factors.iter().copied()).collect()
            }
            Self::Order { less, more } => vec![*less, *more],
        }
    }
}
