//! Whether what a relation claims can be true of any values behind the printed figures.
//!
//! Three answers: agrees, differs, cannot tell. There is no tolerance: figures are ranges, and a claim differs only if
//! no values inside the ranges satisfy it.

use super::{Claim, Product, Term};
use crate::number::{Kind, Number, NumberId, Range, Reading};
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

/// What the figures of a report can stand for, some of them possibly replaced to try a repair.
#[derive(Debug, Clone)]
pub struct Figures<'a> {
    numbers: &'a [Number],
    ranges: Vec<Option<Range>>,
}

impl<'a> Figures<'a> {
    /// The figures as printed.
    pub fn new(numbers: &'a [Number]) -> Self {
        Self { numbers, ranges: numbers.iter().map(Number::range).collect() }
    }

    /// Lets `number` stand for `range`; returns what it stood for.
    pub fn replace(&mut self, number: NumberId, range: Option<Range>) -> Option<Range> {
        match self.ranges.get_mut(number as usize) {
            Some(slot) => std::mem::replace(slot, range),
            None => None,
        }
    }

    /// What a figure can stand for, in the base unit, as printed.
    pub fn of(&self, number: NumberId) -> Option<Range> {
        self.ranges.get(number as usize).copied().flatten()
    }

    /// What `term` can stand for, in the base unit, with its sign.
    pub fn range(&self, term: Term) -> Option<Range> {
        let range = self.of(term.number)?;
        Some(if term.negative { negated(range) } else { range })
    }

    /// What a figure counts for one in a formula: 95% is 0.95.
    fn scale(&self, number: NumberId) -> Decimal {
        let percent = |number: &Number| number.kind == Kind::Percent;
        let percent = self.numbers.get(number as usize).is_some_and(percent);
        if percent { Decimal::new(1, 2) } else { Decimal::ONE }
    }

    /// What a figure of a formula can stand for: `57` of `57/60` is 57, whatever it was counted from.
    fn operand(&self, id: NumberId) -> Option<Range> {
        let number = self.numbers.get(id as usize)?;
        let hundred = number.value() == Some(Decimal::ONE_HUNDRED);
        let whole = match number.kind {
            Kind::Number => number.decimals == 0,
            // ×100% says how the result is printed.
            Kind::Percent => hundred && number.decimals == 0,
            _ => false,
        };
        let as_printed = self.of(id) == number.range();
        let range = match whole && as_printed {
            true => Range::exact(number.base()?),
            false => self.of(id)?,
        };
        range.times(Range::exact(self.scale(id)))
    }

    /// What a percentage can stand for if its last place was cut off, not rounded.
    fn truncated(&self, term: Term) -> Option<Range> {
        let number = self.numbers.get(term.number as usize)?;
        let Reading::Quantity { value, quantum } = number.reading else { return None };
        if number.approximate.is_some() {
            return None;
        }
        if self.of(term.number) != number.range() {
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

fn width(range: Range) -> Option<Decimal> {
    range.high.checked_sub(range.low)
}

fn ordered(a: Decimal, b: Decimal) -> Range {
    Range { low: a.min(b), high: a.max(b) }
}

pub(super) fn negated(range: Range) -> Range {
    Range { low: -range.high, high: -range.low }
}

/// Judges a claim.
pub fn evaluate(claim: &Claim, figures: &Figures<'_>) -> Verdict {
    judge(claim, figures).unwrap_or(Verdict::Unknown)
}

fn judge(claim: &Claim, figures: &Figures<'_>) -> Option<Verdict> {
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
        Claim::Portion { part, rest, percent } => {
            let printed = figures.range(*percent)?;
            let ratio = portion(figures.range(*part)?, sum(rest, figures)?)?;
            Some(against(Percentage::Within(ratio), printed, figures.truncated(*percent)))
        }
        Claim::Hundred { shares, exact } => {
            let hundred = Range::exact(Decimal::ONE_HUNDRED);
            let fits =
                |all: Range| if *exact { all.meets(hundred) } else { all.low <= hundred.high };
            if fits(sum(shares, figures)?) {
                return Some(Verdict::Agrees);
            }
            // Cut off, each share may be short of a whole place: then it says nothing of the parts.
            let cut = |term: &Term| {
                let (rounded, cut) = (figures.range(*term)?, figures.truncated(*term)?);
                Some(Range { low: rounded.low.min(cut.low), high: rounded.high.max(cut.high) })
            };
            let widest = shares
                .iter()
                .try_fold(Range::exact(Decimal::ZERO), |all, term| all.plus(cut(term)?));
            Some(if widest.is_some_and(fits) { Verdict::Unknown } else { Verdict::Differs })
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
        Claim::Equal { one, other } => {
            let (a, b) = (figures.range(*one)?, figures.range(*other)?);
            let cut = |term: &Term, range: Range, other: Range| {
                let coarser = width(range) > width(other);
                coarser && figures.truncated(*term).is_some_and(|cut| cut.meets(other))
            };
            Some(match () {
                () if a.meets(b) => Verdict::Agrees,
                () if cut(one, a, b) || cut(other, b, a) => Verdict::Truncated,
                () => Verdict::Differs,
            })
        }
        Claim::Product { product, factors } => {
            let mut expected = Range::exact(Decimal::ONE);
            for factor in factors {
                expected = expected.times(figures.range(*factor)?)?;
            }
            verdict(expected.meets(figures.range(*product)?))
        }
        Claim::Formula { result, products } => {
            let expected = formula(products, figures)?;
            let result = *result;
            let scale = figures.scale(result.number);
            let shifted = |range: Range| range.times(Range::exact(scale));
            let cut = figures.truncated(result).and_then(shifted);
            Some(match shifted(figures.range(result)?)? {
                printed if expected.meets(printed) => Verdict::Agrees,
                _ if cut.is_some_and(|cut| expected.meets(cut)) => Verdict::Truncated,
                _ => Verdict::Differs,
            })
        }
        Claim::Order { less, more } => {
            verdict(figures.range(*less)?.low <= figures.range(*more)?.high)
        }
    }
}

/// The sum of all terms.
pub fn sum(terms: &[Term], figures: &Figures<'_>) -> Option<Range> {
    terms.iter().try_fold(Range::exact(Decimal::ZERO), |sum, term| sum.plus(figures.range(*term)?))
}

/// What a printed formula comes to.
fn formula(products: &[Product], figures: &Figures<'_>) -> Option<Range> {
    products.iter().try_fold(Range::exact(Decimal::ZERO), |sum, product| {
        let mut value = Range::exact(Decimal::ONE);
        for factor in &product.over {
            value = value.times(figures.operand(*factor)?)?;
        }
        for divisor in &product.under {
            value = value.over(figures.operand(*divisor)?)?;
        }
        sum.plus(if product.negative { negated(value) } else { value })
    })
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

/// `part / (part + rest)` in percent.
pub fn portion(part: Range, rest: Range) -> Option<Range> {
    let of = |part: Decimal, rest: Decimal| {
        let whole = part.checked_add(rest)?;
        part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)
    };
    let some = part.low.checked_add(rest.low)? > Decimal::ZERO;
    if part.low < Decimal::ZERO || !some {
        return None;
    }
    // It falls with the rest, and moves one way with the part: the corners bound it. The rest may be less than nothing.
    let low = of(part.low, rest.high)?.min(of(part.high, rest.high)?);
    let high = of(part.low, rest.low)?.max(of(part.high, rest.low)?);
    Some(Range { low, high })
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

impl Claim {
    /// All figures of the claim.
    pub fn terms(&self) -> Vec<Term> {
        match self {
            Self::Sum { total, parts, .. } => {
                std::iter::once(*total).chain(parts.iter().copied()).collect()
            }
            Self::Share { part, whole, percent } => vec![*part, *whole, *percent],
            Self::Portion { part, rest, percent } => {
                [*part, *percent].into_iter().chain(rest.iter().copied()).collect()
            }
            Self::Hundred { shares, .. } => shares.clone(),
            Self::Change { now, base, change } => vec![*now, *base, *change],
            Self::Rate { now, base, change, rate } => {
                [*now, *base, *change, Some(*rate)].into_iter().flatten().collect()
            }
            Self::Equal { one, other } => vec![*one, *other],
            Self::Product { product, factors } => {
                std::iter::once(*product).chain(factors.iter().copied()).collect()
            }
            Self::Formula { result, products } => {
                let figures = products.iter().flat_map(|one| one.over.iter().chain(&one.under));
                std::iter::once(*result).chain(figures.map(|id| Term::plus(*id))).collect()
            }
            Self::Order { less, more } => vec![*less, *more],
        }
    }
}
