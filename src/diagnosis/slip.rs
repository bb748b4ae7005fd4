//! Slips of the hand: the printed digits one step away from those that should stand there.

use super::Reason;
use rust_decimal::Decimal;

/// The slip that turns `right` into the `printed` figure, if one does: `523.21` printed `532.21` is two digits swapped.
pub(super) fn slip(printed: Decimal, right: Decimal, decimals: u32) -> Option<Reason> {
    if printed.is_sign_negative() != right.is_sign_negative() {
        return None;
    }
    let (one, other) = (digits(printed, decimals)?, digits(right, decimals)?);
    if one.len() == other.len() {
        let apart: Vec<usize> = (0..one.len()).filter(|at| one[*at] != other[*at]).collect();
        match apart.as_slice() {
            [_] => return Some(Reason::Digit),
            [a, b] if a + 1 == *b && one[*a] == other[*b] && one[*b] == other[*a] => {
                return Some(Reason::Swapped);
            }
            _ => {}
        }
    }
    if printed.is_zero() || right.is_zero() {
        return None;
    }
    if moved(printed, right) {
        return Some(Reason::Point);
    }
    match one.len().abs_diff(other.len()) {
        1 if one.len() > other.len() => missing(&one, &other).then_some(Reason::Doubled),
        1 => missing(&other, &one).then_some(Reason::Dropped),
        _ => None,
    }
}

/// The values that a slip may have turned into the printed one, in order: at least all of those between `least` and
/// `most`, the only ones asked for.
pub(super) fn neighbours(
    printed: Decimal,
    decimals: u32,
    (least, most): (Decimal, Decimal),
) -> Vec<Decimal> {
    let Some(own) = digits(printed, decimals) else { return Vec::new() };
    let Some(whole) = mantissa(printed, decimals) else { return Vec::new() };
    let mut slips: Vec<i128> = Vec::with_capacity(own.len() * 22);
    let (mut place, mut before) = (1i128, None);
    // From the last digit on: `place` is what a one is worth there.
    for digit in own.iter().rev().map(|byte| i128::from(byte - b'0')) {
        let (higher, lower) = (whole / place, whole % place);
        let others = (0..10).filter(|other| *other != digit);
        slips.extend(others.map(|other| whole + (other - digit) * place));
        slips.extend((0..10).map(|other| (higher * 10 + other) * place + lower));
        slips.push(higher / 10 * place + lower);
        let swapped = before.filter(|before| *before != digit);
        slips.extend(swapped.map(|before: i128| whole + (before - digit) * (place - place / 10)));
        (place, before) = (place * 10, Some(digit));
    }
    slips.extend((1..10).map(|first| first * place + whole));
    // Nearly all are outside, which whole numbers tell sooner.
    let sign = if printed.is_sign_negative() { -1 } else { 1 };
    let bound = |bound: Decimal, otherwise: i128| {
        let places = 10u64.checked_pow(decimals).map(Decimal::from);
        let scaled = places.and_then(|places| bound.checked_mul(places));
        scaled.and_then(|scaled| i128::try_from(scaled.trunc()).ok()).unwrap_or(otherwise)
    };
    let (low, high) = (bound(least, i128::MIN + 1) - 1, bound(most, i128::MAX - 1) + 1);
    slips.retain(|slip| (low..=high).contains(&(sign * slip)));
    slips.sort_unstable();
    slips.dedup();
    let value = |slip: i128| {
        let mut value = Decimal::try_new(i64::try_from(slip).ok()?, decimals).ok()?;
        value.set_sign_negative(printed.is_sign_negative());
        Some(value)
    };
    let mut found: Vec<Decimal> = slips.into_iter().filter_map(value).collect();
    for power in [10, 100, 1000] {
        let power = Decimal::from(power);
        found.extend(printed.checked_mul(power));
        found.extend(printed.checked_div(power));
    }
    found.sort();
    found.dedup();
    found.retain(|value| *value != printed);
    found
}

/// The printed digits, those of a nought before the point and after it as well: 0.00 is one digit away from 9.00.
fn digits(value: Decimal, decimals: u32) -> Option<Vec<u8>> {
    let mantissa = mantissa(value, decimals)?;
    Some(format!("{mantissa:0>0$}", decimals as usize + 1).into_bytes())
}

/// The printed digits as one whole number; `None` if there are more decimals than printed.
fn mantissa(value: Decimal, decimals: u32) -> Option<i128> {
    let mut value = value.abs();
    if value.normalize().scale() > decimals {
        return None;
    }
    value.rescale(decimals);
    Some(value.mantissa())
}

/// Whether the values differ by a power of ten up to a thousand.
fn moved(one: Decimal, other: Decimal) -> bool {
    let (low, high) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
    [10, 100, 1000]
        .iter()
        .any(|power| low.checked_mul(Decimal::from(*power)).is_some_and(|value| value == high))
}

/// Whether `short` is `long` without one digit.
fn missing(long: &[u8], short: &[u8]) -> bool {
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[same + 1..] == short[same..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(printed: &str, right: &str) -> Option<Reason> {
        slip(printed.parse().ok()?, right.parse().ok()?, 2)
    }

    #[test]
    fn one_step_is_a_slip_and_two_are_none() {
        assert_eq!(told("532.21", "523.21"), Some(Reason::Swapped));
        assert_eq!(told("623.21", "523.21"), Some(Reason::Digit));
        assert_eq!(told("52.21", "523.21"), Some(Reason::Dropped));
        assert_eq!(told("5223.21", "523.21"), Some(Reason::Doubled));
        assert_eq!(told("5232.1", "523.21"), Some(Reason::Point));
        assert_eq!(told("27.99", "523.21"), None);
        assert_eq!(told("9.00", "0.00"), Some(Reason::Digit));
        assert_eq!(told("0.03", "0.00"), Some(Reason::Digit));
        assert_eq!(told("10.00", "0.00"), None);
    }

    #[test]
    fn neighbours_are_one_slip_away() {
        let all = (Decimal::MIN, Decimal::MAX);
        for value in neighbours("523.21".parse().unwrap_or_default(), 2, all) {
            let printed = "523.21".parse().unwrap_or_default();
            let small = value.normalize().scale() > 2;
            assert!(small || slip(printed, value, 2).is_some(), "{value}");
        }
    }

    #[test]
    fn between_bounds_none_is_missing() {
        for (printed, least, most) in
            [("523.21", "400.005", "600"), ("-5.00", "-9.5", "-0.1"), ("0.00", "0.02", "12")]
        {
            let number = |text: &str| text.parse::<Decimal>().unwrap_or_default();
            let (printed, within) = (number(printed), (number(least), number(most)));
            let inside = |value: &Decimal| *value >= within.0 && *value <= within.1;
            let mut all = neighbours(printed, 2, (Decimal::MIN, Decimal::MAX));
            let mut few = neighbours(printed, 2, within);
            all.retain(inside);
            few.retain(inside);
            assert!(!all.is_empty());
            assert_eq!(few, all);
        }
    }
}
