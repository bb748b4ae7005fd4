//! Years, dates and periods: `2024年度`, `2024年1—12月`, `2023.1-2023.12`, `上年`, `“十四五”`.

use super::chinese::digit;
use super::quantity::blanks;
use super::{Kind, Period};

/// A period and how many bytes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub kind: Kind,
    pub period: Period,
    pub length: usize,
}

/// A date of which some parts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: i32,
    month: u8,
    day: u8,
    length: usize,
    /// Whether it is sure to be a date (年, 月 or three parts).
    sure: bool,
}

/// The 1 to `most` digits at the start, and no digit after: value and bytes.
fn digits(input: &str, most: usize) -> Option<(u32, usize)> {
    let length = input.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&length).then(|| input[..length].parse().ok().map(|n| (n, length)))?
}

/// `2024`, `二〇二四`
fn year(input: &str) -> Option<(i32, usize)> {
    let (year, length) = match digits(input, 4) {
        Some((year, 4)) => (year as i32, 4),
        Some(_) => return None,
        None => {
            let (mut year, mut length) = (0, 0);
            for c in input.chars().take(4) {
                year = year * 10 + i32::from(digit(c)?);
                length += c.len_utf8();
            }
            (year, length)
        }
    };
    (1900..=2100).contains(&year).then_some((year, length))
}

/// A number up to `most` in Arabic digits or as a Chinese numeral.
fn part(input: &str, most: u8) -> Option<(u8, usize)> {
    if !input.starts_with(|c: char| c.is_ascii_digit()) {
        return small(input, most);
    }
    let (value, length) = digits(input, 2)?;
    let value = u8::try_from(value).ok().filter(|value| (1..=most).contains(value))?;
    Some((value, length))
}

fn month(input: &str) -> Option<(u8, usize)> {
    part(input, 12)
}

fn day(input: &str) -> Option<(u8, usize)> {
    part(input, 31)
}

/// `第一季度`, `三季度`: its first month and bytes.
fn quarter(input: &str) -> Option<(u8, usize)> {
    let rest = input.strip_prefix('第').unwrap_or(input);
    let (value, length) = part(rest, 4)?;
    let end = length + "季度".len();
    rest[length..].starts_with("季度").then_some((value * 3 - 2, input.len() - rest.len() + end))
}

/// Bytes of the separator of a range: `-`, `—`, `至`.
pub(super) fn dash(input: &str) -> Option<usize> {
    let blank = blanks(input);
    let rest = &input[blank..];
    let word = ["——", "--", "-", "—", "–", "－", "−", "~", "～", "〜", "∼", "至", "到", "─"]
        .iter()
        .find(|dash| rest.starts_with(**dash))?;
    let after = blank + word.len();
    Some(after + blanks(&input[after..]))
}

/// Skips blanks and then the word.
fn word(input: &str, at: usize, words: &[&str]) -> Option<usize> {
    let at = at + blanks(&input[at..]);
    let word = words.iter().find(|word| input[at..].starts_with(**word))?;
    Some(at + word.len())
}

/// `12月31日`, `12月`.
fn month_day(input: &str) -> Option<Date> {
    let (m, n) = month(input)?;
    let mut length = word(input, n, &["月份", "月"])?;
    let mut day_of = 0;
    let at = length + blanks(&input[length..]);
    if let Some((d, n)) = day(&input[at..])
        && let Some(end) = word(input, at + n, &["日", "号"])
    {
        (day_of, length) = (d, end);
    }
    Some(Date { year: 0, month: m, day: day_of, length, sure: true })
}

fn date(input: &str) -> Option<Date> {
    let Some((y, n)) = year(input) else { return month_day(input) };
    if let Some(end) = word(input, n, &["年度", "年"]) {
        let at = end + blanks(&input[end..]);
        if let Some(found) = month_day(&input[at..]) {
            return Some(Date { year: y, length: at + found.length, ..found });
        }
        return Some(Date { year: y, month: 0, day: 0, length: end, sure: true });
    }
    for separator in [".", "-", "/", "．"] {
        let Some(rest) = input[n..].strip_prefix(separator) else { continue };
        let Some((m, length)) = month(rest) else { continue };
        let end = n + separator.len() + length;
        if let Some(rest) = input[end..].strip_prefix(separator)
            && let Some((d, length)) = day(rest)
        {
            let length = end + separator.len() + length;
            return Some(Date { year: y, month: m, day: d, length, sure: true });
        }
        if separator == "." || separator == "．" {
            return Some(Date { year: y, month: m, day: 0, length: end, sure: false });
        }
    }
    if let Some(rest) = input[n..].strip_prefix('度')
        && !rest.starts_with('电')
    {
        return Some(Date { year: y, month: 0, day: 0, length: n + 3, sure: true });
    }
    Some(Date { year: y, month: 0, day: 0, length: n, sure: false })
}

fn found(from: Date, to: Date, length: usize) -> Found {
    let only_year = from.month == 0 && from.year == to.year && from.year != 0;
    Found {
        kind: if only_year { Kind::Year } else { Kind::Period },
        period: Period {
            from: (from.year, from.month, from.day),
            to: (to.year, to.month, to.day),
            relative: false,
        },
        length,
    }
}

/// `1-12月` and `1月—12月` with what stands before as `head`.
fn months(input: &str, year: i32) -> Option<Found> {
    let (m, n) = month(input)?;
    let n = word(input, n, &["月份", "月"]).unwrap_or(n);
    let start = n + dash(&input[n..])?;
    let to = month_day(&input[start..])?;
    let from = Date { year, month: m, day: 0, length: 0, sure: true };
    Some(found(from, Date { year, ..to }, start + to.length))
}

/// `第一季度` of a year.
fn quarter_of(input: &str, year: i32) -> Option<Found> {
    let (first, length) = quarter(input)?;
    let from = Date { year, month: first, day: 0, length: 0, sure: true };
    Some(found(from, Date { month: first + 2, ..from }, length))
}

/// Reads the year, date or period at the start of `input`; a year alone needs 年 or 年度.
pub(super) fn period(input: &str) -> Option<Found> {
    if let Some((y, n)) = year(input)
        && let Some(end) = word(input, n, &["年度", "年"])
    {
        let at = end + blanks(&input[end..]);
        if let Some(rest) = months(&input[at..], y).or_else(|| quarter_of(&input[at..], y)) {
            return Some(Found { length: at + rest.length, ..rest });
        }
    }
    if let Some(found) = months(input, 0) {
        return Some(found);
    }
    let from = date(input)?;
    if let Some(gap) = dash(&input[from.length..]) {
        let start = from.length + gap;
        let rest = &input[start..];
        if from.day != 0
            && let Some((d, n)) = day(rest)
            && let Some(length) = word(rest, n, &["日"])
        {
            return Some(found(from, Date { day: d, ..from }, start + length));
        }
        if let Some(to) = date(rest) {
            let years = from.month == 0 && to.month == 0;
            let ordered = to.year == 0 || from.year <= to.year;
            let near = to.year == 0 || to.year - from.year <= 60;
            let known = from.sure || to.sure || (years && to.year > from.year) || from.month != 0;
            if ordered && near && known && (from.month == 0) == (to.month == 0) {
                let year = if to.year == 0 { from.year } else { to.year };
                let length = start + to.length;
                return Some(found(from, Date { year, ..to }, length));
            }
        }
    }
    from.sure.then(|| found(from, from, from.length))
}

/// `上年`, `去年`, `本年度`: the year as an offset to the report's.
pub(super) fn relative(input: &str, before: &str) -> Option<Found> {
    const WORDS: [(&str, i32); 12] = [
        ("上一年", -1),
        ("上年", -1),
        ("去年", -1),
        ("本年", 0),
        ("当年", 0),
        ("今年", 0),
        ("前年", -2),
        ("下年", 1),
        ("下一年", 1),
        ("次年", 1),
        ("明年", 1),
        ("本年", 0),
    ];
    let (word, offset) = WORDS.iter().find(|(word, _)| input.starts_with(word))?;
    let stop: &[char] = match *word {
        "前年" => &['以', '之', '从', '此', '目'],
        "上年" => &['以'],
        "下年" => &['以', '线'],
        "次年" => &['一', '每', '首', '批', '人', '多', '再', '本', '两'],
        "当年" | "本年" | "今年" | "去年" | "明年" => &[],
        _ => &[],
    };
    if before.ends_with(stop) {
        return None;
    }
    let mut length = word.len();
    if input[length..].starts_with('度') {
        length += 3;
    }
    if input[length..].starts_with(['级', '龄', '轻', '均', '检']) {
        return None;
    }
    let mut period = Period { from: (*offset, 0, 0), to: (*offset, 0, 0), relative: true };
    // 去年5月, 今年第一季度
    let rest = &input[length..];
    if let Some(found) = months(rest, 0).or_else(|| quarter_of(rest, 0)) {
        (period.from.1, period.from.2) = (found.period.from.1, found.period.from.2);
        (period.to.1, period.to.2) = (found.period.to.1, found.period.to.2);
        length += found.length;
    } else if let Some(date) = month_day(rest) {
        (period.from.1, period.from.2) = (date.month, date.day);
        (period.to.1, period.to.2) = (date.month, date.day);
        length += date.length;
    }
    Some(Found { kind: Kind::Period, period, length })
}

/// `十四五` of `“十四五”规划`: 2021 to 2025.
pub(super) fn plan(input: &str, before: &str) -> Option<Found> {
    let mut chars = input.strip_prefix('十')?.chars();
    let unit = i32::from(digit(chars.next()?)?);
    if !(1..=9).contains(&unit) || chars.next()? != '五' {
        return None;
    }
    let rest = &input[9..];
    let quoted = before.ends_with(['“', '"', '「', '‘']) && rest.starts_with(['”', '"', '」', '’']);
    let said = ["规划", "时期", "期间", "以来", "末", "收官", "开局"];
    if !quoted && !said.iter().any(|word| rest.trim_start_matches(['”', '"']).starts_with(word)) {
        return None;
    }
    let first = 1981 + (10 + unit - 6) * 5;
    let period = Period { from: (first, 0, 0), to: (first + 4, 0, 0), relative: false };
    Some(Found { kind: Kind::Period, period, length: 9 })
}

/// A Chinese numeral up to `most`.
fn small(input: &str, most: u8) -> Option<(u8, usize)> {
    let numeral = super::chinese::numeral(input)?;
    let value: u8 = numeral.value.try_into().ok()?;
    ((1..=most).contains(&value)).then_some((value, numeral.length))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn show(input: &str) -> String {
        match period(input).or_else(|| relative(input, "")) {
            Some(f) => {
                format!(
                    "{:?} {:?}–{:?} {:?}",
                    f.kind,
                    f.period.from,
                    f.period.to,
                    &input[..f.length]
                )
            }
            None => "none".into(),
        }
    }

    #[test]
    fn periods() {
        insta::assert_snapshot!(show("2024年度部门决算"), @r#"Year (2024, 0, 0)–(2024, 0, 0) "2024年度""#);
        insta::assert_snapshot!(show("2024年12月31日，"), @r#"Period (2024, 12, 31)–(2024, 12, 31) "2024年12月31日""#);
        insta::assert_snapshot!(show("1—12月预算"), @r#"Period (0, 1, 0)–(0, 12, 0) "1—12月""#);
        insta::assert_snapshot!(show("2024年1-12月"), @r#"Period (2024, 1, 0)–(2024, 12, 0) "2024年1-12月""#);
        insta::assert_snapshot!(show("2023.1-2023.12"), @r#"Period (2023, 1, 0)–(2023, 12, 0) "2023.1-2023.12""#);
        insta::assert_snapshot!(show("2024-2026年"), @r#"Period (2024, 0, 0)–(2026, 0, 0) "2024-2026年""#);
        insta::assert_snapshot!(show("2024-12-31"), @r#"Period (2024, 12, 31)–(2024, 12, 31) "2024-12-31""#);
        insta::assert_snapshot!(show("二〇二四年十二月"), @r#"Period (2024, 12, 0)–(2024, 12, 0) "二〇二四年十二月""#);
        insta::assert_snapshot!(show("2018-510904-26"), @"none");
        insta::assert_snapshot!(show("2024.15万元"), @"none");
        insta::assert_snapshot!(show("上年度"), @r#"Period (-1, 0, 0)–(-1, 0, 0) "上年度""#);
        insta::assert_snapshot!(show("3月"), @r#"Period (0, 3, 0)–(0, 3, 0) "3月""#);
        insta::assert_snapshot!(show("2024年12月1日至31日"), @r#"Period (2024, 12, 1)–(2024, 12, 31) "2024年12月1日至31日""#);
    }
}
