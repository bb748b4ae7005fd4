//! The digits of a figure: `1,234.56`, as printed, without unit.

use nom::IResult;
use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::error::{Error, ErrorKind};
use rust_decimal::Decimal;

/// An Arabic figure as printed: `1,234.56`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    /// Its value.
    pub value: Decimal,
    /// Digits after the point.
    pub decimals: u32,
    /// Digits before the point.
    pub digits: usize,
    /// Whether thousands are separated.
    pub grouped: bool,
    /// Whether it starts with a superfluous zero, as codes do: `01`.
    pub padded: bool,
}

impl Figure {
    /// The value of one unit of its last place: 0.01 for `1,234.56`.
    pub fn quantum(&self) -> Decimal {
        Decimal::new(1, self.decimals)
    }

    /// Whether only digits are printed: `2011301`.
    pub fn plain(&self) -> bool {
        !self.grouped && self.decimals == 0
    }
}

fn refuse<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(Error::new(input, ErrorKind::Digit)))
}

/// Length of a full-width or ASCII point at the start.
fn point(input: &str) -> Option<usize> {
    match input.as_bytes() {
        [b'.', ..] => Some(1),
        _ if input.starts_with('．') => Some('．'.len_utf8()),
        _ => None,
    }
}

/// Three digits and no fourth after a separator: the `,234` of `1,234`.
fn group(input: &str, separator: &str) -> Option<usize> {
    let digits = input.strip_prefix(separator)?.as_bytes();
    let three = digits.len() >= 3 && digits[..3].iter().all(u8::is_ascii_digit);
    (three && !digits.get(3).is_some_and(u8::is_ascii_digit)).then_some(separator.len() + 3)
}

/// Reads a figure whole: `1,234.56` but neither `12,34.5` nor `1.2.3`.
pub(super) fn figure(input: &str) -> IResult<&str, Figure> {
    let (mut rest, whole) = take_while1(|c: char| c.is_ascii_digit()).parse(input)?;
    let mut mantissa: i128 = 0;
    if whole.len() > 27 {
        return refuse(input);
    }
    let push = |mantissa: &mut i128, digits: &str| {
        for digit in digits.bytes().filter(u8::is_ascii_digit) {
            *mantissa = mantissa.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
        }
    };
    push(&mut mantissa, whole);
    let mut digits = whole.len();
    let mut grouped = false;
    if digits <= 3 && whole != "0" {
        for separator in [",", "，"] {
            let mut end = 0;
            while let Some(length) = group(&rest[end..], separator) {
                end += length;
            }
            // A full-width comma separates thousands only in `1，234.56`, else clauses.
            let sure = separator == "," || rest.get(end..).and_then(point).is_some();
            if end > 0 && sure {
                push(&mut mantissa, &rest[..end]);
                digits += rest[..end].bytes().filter(u8::is_ascii_digit).count();
                rest = &rest[end..];
                grouped = true;
                break;
            }
        }
    }
    let mut decimals = 0;
    if let Some(length) = point(rest) {
        let after = &rest[length..];
        let places = after.bytes().take_while(u8::is_ascii_digit).count();
        if places > 0 {
            push(&mut mantissa, &after[..places]);
            decimals = places;
            rest = &after[places..];
            if point(rest).is_some_and(|n| rest[n..].starts_with(|c: char| c.is_ascii_digit())) {
                return refuse(input);
            }
        }
    }
    let wrong_group =
        rest.strip_prefix(',').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    if digits + decimals > 27 || (wrong_group && (grouped || decimals > 0)) {
        return refuse(input);
    }
    let Ok(value) = Decimal::try_from_i128_with_scale(mantissa, decimals as u32) else {
        return refuse(input);
    };
    let padded = whole.len() > 1 && whole.starts_with('0');
    Ok((rest, Figure { value, decimals: decimals as u32, digits, grouped, padded }))
}

/// Reads a figure of a cell as printed without its first separator: `120258,600` is 120,258,600.
pub(super) fn half_grouped(input: &str) -> Option<(usize, Figure)> {
    let head = input.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = head;
    while let Some(length) = group(&input[end..], ",") {
        end += length;
    }
    if !(4..=6).contains(&head) || end == head {
        return None;
    }
    let places = point(&input[end..]).map_or(0, |length| {
        let digits = input[end + length..].bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 { length + digits } else { 0 }
    });
    let plain: String = input[..end + places].chars().filter(|c| *c != ',').collect();
    let (rest, figure) = figure(&plain).ok()?;
    rest.is_empty().then_some((end + places, Figure { grouped: true, ..figure }))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(input: &str) -> String {
        match figure(input) {
            Ok((rest, f)) => format!("{} ±{} rest {rest:?}", f.value, f.quantum()),
            Err(_) => "refused".into(),
        }
    }

    #[test]
    fn figures_are_read_whole_or_refused() {
        insta::assert_snapshot!(show("5180.59万元"), @r#"5180.59 ±0.01 rest "万元""#);
        insta::assert_snapshot!(show("1,234,567.8"), @r#"1234567.8 ±0.1 rest """#);
        insta::assert_snapshot!(show("37,1514"), @r#"37 ±1 rest ",1514""#);
        insta::assert_snapshot!(show("1,234,5.6"), @"refused");
        insta::assert_snapshot!(show("1.2.3"), @"refused");
        insta::assert_snapshot!(show("1，234.56元"), @r#"1234.56 ±0.01 rest "元""#);
        insta::assert_snapshot!(show("35，100辆"), @r#"35 ±1 rest "，100辆""#);
        insta::assert_snapshot!(show("100.00"), @r#"100.00 ±0.01 rest """#);
    }
}
