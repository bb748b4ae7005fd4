//! A range of exact decimals: what a printed number can stand for.

use rust_decimal::Decimal;

/// A closed range of decimals, `low <= high`.
///
/// All operations are exact or `None` on overflow; there is no tolerance anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// Least value.
    pub low: Decimal,
    /// Greatest value.
    pub high: Decimal,
}

impl Range {
    /// The range of exactly `value`.
    pub fn exact(value: Decimal) -> Self {
        Self { low: value, high: value }
    }

    /// `value` give or take `half`.
    pub fn around(value: Decimal, half: Decimal) -> Option<Self> {
        Some(Self { low: value.checked_sub(half)?, high: value.checked_add(half)? })
    }

    /// Whether some value lies in both.
    pub fn meets(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Whether `value` lies inside.
    pub fn holds(self, value: Decimal) -> bool {
        self.low <= value && value <= self.high
    }

    /// Sum of two ranges.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_add(other.low)?,
            high: self.high.checked_add(other.high)?,
        })
    }

    /// Difference of two ranges.
    pub fn minus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_sub(other.high)?,
            high: self.high.checked_sub(other.low)?,
        })
    }

    /// Product of two ranges.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::corners(
            [
                (self.low, other.low),
                (self.low, other.high),
                (self.high, other.low),
                (self.high, other.high),
            ],
            Decimal::checked_mul,
        )
    }

    /// Quotient of two ranges; `None` if the divisor can be zero.
    ///
    /// Quotients are rounded to 28 digits outward far below any printed place.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.holds(Decimal::ZERO) {
            return None;
        }
        Self::corners(
            [
                (self.low, other.low),
                (self.low, other.high),
                (self.high, other.low),
                (self.high, other.high),
            ],
            Decimal::checked_div,
        )
    }

    fn corners(
        pairs: [(Decimal, Decimal); 4],
        op: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Option<Self> {
        let first = op(pairs[0].0, pairs[0].1)?;
        let mut range = Self::exact(first);
        for (a, b) in &pairs[1..] {
            let value = op(*a, *b)?;
            range.low = range.low.min(value);
            range.high = range.high.max(value);
        }
        Some(range)
    }
}
