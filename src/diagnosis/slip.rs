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

/// The values that a slip may have turned into the printed one.
pub(super) fn neighbours(printed: Decimal, decimals: u32) -> Vec<Decimal> {
    let Some(own) = digits(printed, decimals) else { return Vec::new() };
    let mut found = Vec::with_capacity(own.len() * 22);
    let mut add = |digits: &[u8]| found.extend(value(digits, decimals, printed));
    for at in 0..own.len() {
        let mut other = own.clone();
        for digit in (b'0'..=b'9').filter(|digit| *digit != own[at]) {
            other[at] = digit;
            add(&other);
        }
        if at + 1 < own.len() && own[at] != own[at + 1] {
            let mut other = own.clone();
            other.swap(at, at + 1);
            add(&other);
        }
        let mut shorter = own.clone();
        shorter.remove(at);
        add(&shorter);
    }
    for at in 0..=own.len() {
        for digit in b'0'..=b'9' {
            let mut longer = own.clone();
            longer.insert(at, digit);
            add(&longer);
        }
    }
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
    let mut value = value.abs();
    if value.normalize().scale() > decimals {
        return None;
    }
    value.rescale(decimals);
    Some(format!("{:0>1$}", value.mantissa(), decimals as usize + 1).into_bytes())
}

fn value(digits: &[u8], decimals: u32, like: Decimal) -> Option<Decimal> {
    let mantissa: i64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let mut value = Decimal::try_new(mantissa, decimals).ok()?;
    value.set_sign_negative(like.is_sign_negative());
    Some(value)
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
        for value in neighbours("523.21".parse().unwrap_or_default(), 2) {
            let printed = "523.21".parse().unwrap_or_default();
            let small = value.normalize().scale() > 2;
            assert!(small || slip(printed, value, 2).is_some(), "{value}");
        }
    }
}
