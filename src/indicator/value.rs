//! What an indicator promises and what was done: `≥ 110 人` against `123 人`.

use super::{IndicatorRow, IndicatorTable, Sheet, number_in};
use crate::document::Span;
use crate::number::{Approximate, Number, Range, Reading};
use rust_decimal::Decimal;

/// How the actual value must stand to the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `≥`, 不低于
    AtLeast,
    /// `≤`, 不超过
    AtMost,
    /// `＝`
    Equal,
    /// `>`, 大于
    More,
    /// `<`, 小于
    Less,
}

impl Operator {
    /// Whether the actual value can stand so to the target.
    fn holds(self, target: Range, actual: Range) -> bool {
        match self {
            Self::AtLeast => actual.high >= target.low,
            Self::AtMost => actual.low <= target.high,
            Self::Equal => actual.meets(target),
            Self::More => actual.high > target.low,
            Self::Less => actual.low < target.high,
        }
    }

    /// `≥`
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::Equal => "=",
            Self::More => ">",
            Self::Less => "<",
        }
    }
}

const OPERATORS: [(&str, Operator); 34] = [
    ("≥", Operator::AtLeast),
    ("≧", Operator::AtLeast),
    ("⩾", Operator::AtLeast),
    (">=", Operator::AtLeast),
    ("＞=", Operator::AtLeast),
    ("＞＝", Operator::AtLeast),
    (">＝", Operator::AtLeast),
    ("大于等于", Operator::AtLeast),
    ("大于或等于", Operator::AtLeast),
    ("不低于", Operator::AtLeast),
    ("不少于", Operator::AtLeast),
    ("不小于", Operator::AtLeast),
    ("至少", Operator::AtLeast),
    ("≤", Operator::AtMost),
    ("≦", Operator::AtMost),
    ("⩽", Operator::AtMost),
    ("<=", Operator::AtMost),
    ("＜=", Operator::AtMost),
    ("＜＝", Operator::AtMost),
    ("<＝", Operator::AtMost),
    ("小于等于", Operator::AtMost),
    ("小于或等于", Operator::AtMost),
    ("不超过", Operator::AtMost),
    ("不高于", Operator::AtMost),
    ("不大于", Operator::AtMost),
    ("不多于", Operator::AtMost),
    ("＝", Operator::Equal),
    ("=", Operator::Equal),
    ("等于", Operator::Equal),
    ("＞", Operator::More),
    (">", Operator::More),
    ("大于", Operator::More),
    ("＜", Operator::Less),
    ("<", Operator::Less),
];

/// The operator a text begins with, and its length.
fn leading(text: &str) -> Option<(Operator, usize)> {
    OPERATORS.iter().find(|(sign, _)| text.starts_with(sign)).map(|(sign, op)| (*op, sign.len()))
}

/// A span without the blanks at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let start = span.start + (text.len() - text.trim_start().len()) as u32;
    Span { start, end: start + text.trim().len() as u32 }
}

/// Splits `≥110 人` into operator, value and unit where the form has no columns for them.
pub(super) fn split_target(sheet: &Sheet, row: &mut IndicatorRow, unit_column: bool) {
    let Some(span) = row.target else { return };
    let text = sheet.document.slice(span);
    let span = trimmed(text, span);
    row.target = Some(span);
    let mut rest = span;
    if let Some((_, length)) = leading(sheet.document.slice(span)) {
        let sign = Span { start: span.start, end: span.start + length as u32 };
        row.operator.get_or_insert(sign);
        rest = Span { start: sign.end, end: span.end };
        rest = trimmed(sheet.document.slice(rest), rest);
        if rest.is_empty() {
            return;
        }
        row.target = Some(rest);
    }
    if unit_column {
        return;
    }
    let text = sheet.document.slice(rest);
    let digits =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
    let split = text.len() - digits;
    let unit = text[split..].trim();
    let plain = |c: char| {
        c.is_alphabetic() || matches!(c, '%' | '％' | '/' | '‰' | '·' | '.' | '（' | '）' | '㎡')
    };
    let date = unit.starts_with('年') && split == 4 || unit.starts_with('月') && unit.len() > 3;
    if split == 0 || unit.is_empty() || date || unit.chars().count() > 8 || !unit.chars().all(plain)
    {
        return;
    }
    row.target = Some(Span { start: rest.start, end: rest.start + split as u32 });
    row.unit =
        Some(trimmed(&text[split..], Span { start: rest.start + split as u32, end: rest.end }));
}

/// A value of a cell: what it can stand for, in its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The printed value.
    pub value: Decimal,
    /// What it can stand for.
    pub range: Range,
    /// Its unit, possibly from the unit column.
    pub unit: String,
    /// The number.
    pub number: crate::number::NumberId,
}

/// The quantity a cell states if it states nothing else: `123 人`, `已完成15个`.
pub fn quantity(report: &crate::Report, span: Span, unit: Option<Span>) -> Option<Quantity> {
    let id = number_in(&report.numbers, span)?;
    let number = &report.numbers[id as usize];
    let Reading::Quantity { value, quantum } = number.reading else { return None };
    // `≥36公顷` is read with its bound; `约36公顷` proves nothing.
    let bound = [None, Some(Approximate::AtLeast), Some(Approximate::AtMost)];
    if !bound.contains(&number.approximate) {
        return None;
    }
    let text = &report.document.text;
    let before = text.get(span.start as usize..number.span.start as usize).unwrap_or("").trim();
    let after = text.get(number.span.end as usize..span.end as usize).unwrap_or("").trim();
    let done = ["", "已完成", "完成", "达到", "达", "已达", "实际完成", "为", "=", "＝"];
    if !done.contains(&before) {
        return None;
    }
    let mut printed = own_unit(number, text);
    if printed.is_empty() {
        after.clone_into(&mut printed);
    } else if !after.is_empty() {
        return None;
    }
    if printed.chars().count() > 8 || printed.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if printed.is_empty()
        && let Some(unit) = unit
    {
        printed = super::squeeze(report.document.slice(unit)).into_owned();
    }
    let half = quantum.checked_div(Decimal::TWO)?;
    let range =
        if number.decimals == 0 { Range::exact(value) } else { Range::around(value, half)? };
    Some(Quantity { value, range, unit: printed, number: id })
}

/// The unit printed with the figure itself (not one inherited from a header).
fn own_unit(number: &Number, text: &str) -> String {
    let printed = text.get(number.span.range()).unwrap_or("");
    let digits = printed.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    super::squeeze(&printed[digits..]).into_owned()
}

/// How an indicator came out.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The target is met.
    Met,
    /// The target is missed: target and actual in the target's unit.
    Missed(Operator, Quantity, Quantity),
    /// Target and actual are quantities that cannot be compared: their units.
    OtherUnit(Quantity, Quantity),
    /// Nothing can be said.
    Unknown,
}

impl IndicatorRow {
    /// The operator, if one is printed that compares.
    pub fn comparison(&self, document: &crate::document::Document) -> Option<Operator> {
        let text = super::squeeze(document.slice(self.operator?));
        leading(&text).filter(|(_, length)| *length == text.len()).map(|(op, _)| op)
    }

    /// Whether the actual value meets the target.
    pub fn outcome(&self, report: &crate::Report) -> Outcome {
        let (Some(target), Some(actual)) = (self.target, self.actual) else {
            return Outcome::Unknown;
        };
        let Some(operator) = self.comparison(&report.document) else { return Outcome::Unknown };
        let (Some(target), Some(actual)) =
            (quantity(report, target, self.unit), quantity(report, actual, self.unit))
        else {
            return Outcome::Unknown;
        };
        let Some(factor) = exchange(&target.unit, &actual.unit) else {
            return Outcome::OtherUnit(target, actual);
        };
        let converted = Range::exact(factor).times(actual.range);
        let Some(converted) = converted else { return Outcome::Unknown };
        let met = operator.holds(target.range, converted);
        // `0.96` or `1` beside `≥95%` may be meant as a share of one, so may the target.
        let share = |quantity: &Quantity| {
            !is_percent(&own(report, quantity)) && quantity.value <= Decimal::ONE
        };
        let as_percent = |range: Range| Range::exact(Decimal::ONE_HUNDRED).times(range);
        let percent = is_percent(&target.unit) || is_percent(&actual.unit);
        let otherwise = |target: Option<Range>, actual: Option<Range>| {
            target.zip(actual).is_some_and(|(target, actual)| operator.holds(target, actual))
        };
        if !met
            && percent
            && (share(&actual) && otherwise(Some(target.range), as_percent(converted))
                || share(&target) && otherwise(as_percent(target.range), Some(converted)))
        {
            return Outcome::Unknown;
        }
        if met { Outcome::Met } else { Outcome::Missed(operator, target, actual) }
    }

    /// The share of the target that was reached, at most 1, for targets that more or equal meets.
    pub fn reached(target: &Quantity, actual: &Quantity) -> Option<Decimal> {
        let factor = exchange(&target.unit, &actual.unit)?;
        if target.value <= Decimal::ZERO {
            return None;
        }
        actual
            .value
            .checked_mul(factor)?
            .checked_div(target.value)
            .map(|share| share.min(Decimal::ONE))
    }
}

fn is_percent(unit: &str) -> bool {
    matches!(unit, "%" | "％" | "百分比")
}

/// The unit printed with a quantity's own figure.
fn own(report: &crate::Report, quantity: &Quantity) -> String {
    own_unit(&report.numbers[quantity.number as usize], &report.document.text)
}

/// By what a value in unit `to` must be multiplied to be in unit `from`; `None` if they measure different things.
fn exchange(from: &str, to: &str) -> Option<Decimal> {
    if from == to || from.is_empty() || to.is_empty() {
        return Some(Decimal::ONE);
    }
    if let (Some(from), Some(to)) = (money(from), money(to)) {
        return to.checked_div(from);
    }
    if is_percent(from) && is_percent(to) {
        return Some(Decimal::ONE);
    }
    // 人 and 名, 次 and 期 count the same things; 人次 against 人 does not.
    let alike = [
        ["人", "名", "位"].as_slice(),
        &["次", "期", "场", "批", "场次", "期次"],
        &["个", "家", "户", "项", "处", "件", "种", "类"],
        &["份", "册", "本", "期"],
        &["台", "套", "台套", "台（套）", "件"],
        &["平方米", "㎡", "平米"],
    ];
    alike.iter().any(|set| set.contains(&from) && set.contains(&to)).then_some(Decimal::ONE)
}

/// Whether two units count the same things: 人 and 位. Trainees are counted as 人 and, over several days, as 人次.
pub fn same_measure(one: &str, other: &str) -> bool {
    let person = |unit: &str| matches!(unit, "人" | "名" | "位" | "个" | "人次");
    !one.is_empty()
        && !other.is_empty()
        && (exchange(one, other) == Some(Decimal::ONE) || person(one) && person(other))
}

fn money(unit: &str) -> Option<Decimal> {
    Some(match unit {
        "元" => Decimal::ONE,
        "百元" => Decimal::ONE_HUNDRED,
        "千元" => Decimal::ONE_THOUSAND,
        "万元" | "万" => Decimal::from(10_000),
        "百万元" => Decimal::from(1_000_000),
        "亿元" | "亿" => Decimal::from(100_000_000),
        _ => return None,
    })
}

impl IndicatorTable {
    /// Different weights of the rows (one merged over several rows counts once) and their sum.
    pub fn weights(&self, numbers: &[Number]) -> Option<(Vec<crate::number::NumberId>, Decimal)> {
        distinct(self.rows.iter().filter_map(|row| row.weight), numbers)
    }

    /// Different scores of the rows and their sum.
    pub fn scores(&self, numbers: &[Number]) -> Option<(Vec<crate::number::NumberId>, Decimal)> {
        distinct(self.rows.iter().filter_map(|row| row.score), numbers)
    }

    /// Weight and score of budget execution, where the funds block carries them.
    pub fn execution(&self) -> Option<&super::FundRow> {
        self.funds.iter().find(|row| row.weight.is_some() || row.score.is_some())
    }
}

fn distinct(
    ids: impl Iterator<Item = crate::number::NumberId>,
    numbers: &[Number],
) -> Option<(Vec<crate::number::NumberId>, Decimal)> {
    let mut found: Vec<crate::number::NumberId> = Vec::new();
    let mut sum = Decimal::ZERO;
    for id in ids {
        if !found.contains(&id) {
            sum = sum.checked_add(numbers.get(id as usize)?.value()?)?;
            found.push(id);
        }
    }
    (!found.is_empty()).then_some((found, sum))
}
