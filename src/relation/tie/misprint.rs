//! A figure of the narrative that no cell shows, one digit away from the only cell its words can mean.
//!
//! `收入预算3,804万元` may be with or without what was carried in, but where every cell it can mean shows 3,864 the digits
//! themselves say which figure was mistyped. So do the names of projects, which are no indicators: `卫生健康行业管理4,559.20万元`
//! beside a row of the same name with 4,569.20.

use super::held::Held;
use super::{FEW_DIGITS, Tie, may_be_of, readings};
use crate::fact::indicators::normal;
use crate::fact::{Fact, Measure};
use crate::number::one_digit_apart;
use rust_decimal::Decimal;

/// Shorter names are those of many things.
const LONG_NAME: usize = 4;

impl<'r> Tie<'r> {
    /// The cell that shows what should have been printed.
    pub(super) fn misprint(&self, fact: &Fact) -> Option<&Held<'r>> {
        let Self { report, cells, .. } = self;
        let number = &report.numbers[fact.number as usize];
        let printed = number.value()?;
        if printed.normalize().mantissa().unsigned_abs() < FEW_DIGITS {
            return None;
        }
        let near = |held: &&Held| {
            let shown = held.number.and_then(|id| report.numbers[id as usize].base());
            let shown = shown.and_then(|base| base.checked_div(number.factor));
            may_be_of(held.year, fact.year)
                && shown.is_some_and(|shown| {
                    one_digit_off(printed, shown.round_dp(number.decimals), number.decimals)
                })
        };
        let name = normal(&fact.label);
        let named = if name.chars().count() < LONG_NAME { &[] } else { cells.named(&name) };
        let readings = readings(report, cells, fact);
        let meant = readings.iter().flat_map(|reading| cells.of(reading, Measure::Level));
        let mut found = meant.chain(named).filter(near);
        let first = found.next()?;
        found.all(|other| other.meets(first)).then_some(first)
    }
}

/// Whether two figures of the same length differ in one digit.
fn one_digit_off(one: Decimal, other: Decimal, decimals: u32) -> bool {
    let digits = |mut value: Decimal| {
        value.rescale(decimals);
        value.mantissa().to_string()
    };
    one_digit_apart(&digits(one), &digits(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_and_no_more() {
        let off =
            |one: i64, other: i64| one_digit_off(Decimal::new(one, 2), Decimal::new(other, 2), 2);
        assert!(off(380_400, 386_400));
        assert!(!off(380_400, 380_400));
        assert!(!off(380_400, 386_500));
        assert!(!off(380_400, 38_040));
    }
}
