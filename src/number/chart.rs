//! The values of charts: `5180.59` under 收入（万元）, `0.9918` of a pie.

use super::Kind;
use super::cell::{Content, Role, content, inherit, named_unit};
use rust_decimal::Decimal;

/// A chart's value: a bare figure takes the unit its series, its category or the chart's title names; slices of a pie
/// are percentages, printed as such or as fractions (`0.9918`).
pub(super) fn value(text: &str, names: [&str; 3], shares: Option<Decimal>) -> Content {
    let mut content = content(text);
    if content.whole
        && let Some(found) = content.found.first_mut()
        && found.kind == Kind::Number
    {
        match (names.iter().find(|name| named_unit(name).is_some()), shares) {
            (Some(label), _) => inherit(found, "", Role::Plain, "", label, "", None),
            (None, Some(factor)) => (found.kind, found.factor) = (Kind::Percent, factor),
            (None, None) => {}
        }
    }
    content
}

/// What turns the values of a chart into percentages, if they make up 1 or 100 within rounding. Fractions of four places
/// that nearly do are still shares, one of them misprinted.
pub(super) fn shares(texts: &[&str]) -> Option<Decimal> {
    let mut all = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    for text in texts {
        let value: Decimal = text.trim().parse().ok()?;
        if value.is_sign_negative() {
            return None;
        }
        all = all.checked_add(value)?;
        slack = slack.checked_add(Decimal::new(5, value.scale() + 1))?;
    }
    let near = |whole: Decimal| !texts.is_empty() && (all - whole).abs() <= slack;
    match () {
        () if all.scale() > 0 && near(Decimal::ONE) || all == Decimal::ONE => {
            Some(Decimal::ONE_HUNDRED)
        }
        () if near(Decimal::ONE_HUNDRED) => Some(Decimal::ONE),
        () if texts.len() > 1
            && texts.iter().all(|text| is_fraction(text))
            && all < Decimal::TWO =>
        {
            Some(Decimal::ONE_HUNDRED)
        }
        () => None,
    }
}

/// `0.0460`
fn is_fraction(text: &str) -> bool {
    let digits = text.trim().strip_prefix("0.");
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}
