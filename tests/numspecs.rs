//! Number specifications of others: Recognizers-Text (Chinese) and cn2an, where ../shared/numspecs is there.
//!
//! Each case is put as a report would print it (with 元, or after 占): a bare numeral is no figure of a report. A
//! declined case names the convention that would be wrong in reports.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use gouji::number::{Kind, Number, Reading};
use rust_decimal::Decimal;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/numspecs");
    folder.is_dir().then_some(folder)
}

fn cases(name: &str) -> Option<Vec<Value>> {
    let path = folder()?.join("recognizers").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    Some(serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap())
}

/// Figures of a snippet: sums of money, percentages, points, counts and bare numbers.
fn figures(text: &str) -> Vec<Number> {
    let report = support::read(text);
    let skip = [Kind::Year, Kind::Period, Kind::Code, Kind::DocNumber];
    report.numbers.into_iter().filter(|number| !skip.contains(&number.kind)).collect()
}

/// What is not read, and why: the first reason whose words the case holds.
fn declined(text: &str, reasons: &[(&str, &'static str)]) -> Option<&'static str> {
    let has = |words: &str| words.split(' ').any(|word| text.contains(word));
    reasons.iter().find(|(words, _)| has(words)).map(|(_, why)| *why)
}

#[derive(Default)]
struct Tally {
    passed: usize,
    declined: Vec<String>,
    failed: Vec<String>,
}

impl Tally {
    fn take(&mut self, case: &str, passed: bool, declined: Option<&'static str>, got: &str) {
        match (passed, declined) {
            (true, _) => self.passed += 1,
            (false, Some(why)) => self.declined.push(format!("{case}: {why}")),
            (false, None) => self.failed.push(format!("{case}: {got}")),
        }
    }

    /// At least 95 of 100 cases that apply must pass.
    fn settle(self, name: &str) {
        let applied = self.passed + self.failed.len();
        println!("{name}: {} of {applied} passed, {} declined", self.passed, self.declined.len());
        for line in &self.declined {
            println!("  declined {line}");
        }
        for line in &self.failed {
            println!("  failed {line}");
        }
        assert!(self.passed * 100 >= applied * 95, "{name}: {} of {applied}", self.passed);
    }
}

fn show(numbers: &[Number]) -> String {
    let value = |number: &Number| match &number.reading {
        Reading::Quantity { value, .. } => format!("{:?} {value}{}", number.kind, number.unit),
        other => format!("{:?} {other:?}", number.kind),
    };
    numbers.iter().map(value).collect::<Vec<_>>().join(", ")
}

/// `{text}元` is one amount of `value` yuan.
fn reads_as_money(text: &str, value: Decimal) -> (bool, String) {
    let numbers = figures(&format!("本年支出{text}元。"));
    let right = matches!(numbers.as_slice(), [one] if one.kind == Kind::Amount
        && one.base() == Some(value));
    (right, show(&numbers))
}

const NUMBERS: &[(&str, &str)] = &[
    ("^", "powers do not occur in reports"),
    (
        "分之",
        "a fraction is not a printed figure with a last place; only 百分之, 千分之, 万分之 are",
    ),
    ("又 /", "mixed fractions: 3/5 is a label, a date or a ratio in reports"),
    ("e E k K M", "letters make it a model, an address or a unit, not a multiplier"),
    ("打", "一打 is an action more often than a dozen"),
    ("几 幾", "几 leaves the digit open: there is no value to check"),
    ("兆", "兆 is 10¹² in Taiwan and 10⁶ on the mainland"),
    ("半百", "literary"),
    ("...9 ..9", "a figure with its head missing is unread"),
    (
        ".5 .23456000",
        "a figure with its head missing is unread: the digit before the point may be lost",
    ),
    ("2222.2222", "a broken figure is unread, never several shorter ones"),
];

#[test]
fn numbers() {
    let Some(cases) = cases("Number_Chinese_NumberModel.json") else { return };
    let mut tally = Tally::default();
    for case in &cases {
        let input = case["Input"].as_str().unwrap();
        let results = case["Results"].as_array().unwrap();
        if results.is_empty() {
            let found = figures(input);
            tally.take(input, found.is_empty(), None, &show(&found));
        }
        for result in results {
            let text = result["Text"].as_str().unwrap();
            let Some(value) = result["Resolution"]["value"].as_str() else { continue };
            let value = value.parse().or_else(|_| Decimal::from_scientific(value));
            let (passed, got) = match value {
                Ok(value) => reads_as_money(text, value),
                Err(_) => (false, "no decimal".into()),
            };
            let why =
                declined(&format!("{text} {}", if text == input { input } else { "" }), NUMBERS)
                    .or_else(|| declined(input, &[("2222.2222", NUMBERS[10].1)]));
            tally.take(text, passed, why, &got);
        }
    }
    tally.settle("Number");
}

const PERCENTS: &[(&str, &str)] = &[
    ("折", "a discount is the price of something, not a percentage of it"),
    ("k", "letters make it a model or a unit, not a multiplier"),
    ("http", "an address holds no figures"),
    ("几 幾", "几 leaves the digit open: there is no value to check"),
    ("半成 万万分之", "not printed in reports"),
];

#[test]
fn percentages() {
    let Some(cases) = cases("Number_Chinese_PercentModel.json") else { return };
    let mut tally = Tally::default();
    for case in &cases {
        let input = case["Input"].as_str().unwrap();
        let results = case["Results"].as_array().unwrap();
        let percent = |number: &Number| matches!(number.kind, Kind::Percent | Kind::Points);
        if results.is_empty() {
            let found: Vec<Number> = figures(input).into_iter().filter(percent).collect();
            tally.take(input, found.is_empty(), declined(input, PERCENTS), &show(&found));
        }
        for result in results {
            let text = result["Text"].as_str().unwrap();
            let value = result["Resolution"]["value"].as_str().unwrap().trim_end_matches('%');
            let value: Decimal = value.parse().unwrap();
            let numbers = figures(&format!("本年占{text}。"));
            let right = matches!(numbers.as_slice(), [one] if percent(one)
                && one.value().is_some_and(|own| own == value));
            tally.take(text, right, declined(text, PERCENTS), &show(&numbers));
        }
    }
    tally.settle("Percent");
}

const MONEY: &[(&str, &str)] = &[
    ("毛 块 三美分", "spoken change: reports print 角 and 分 after 元"),
    ("兆", "兆 is 10¹² in Taiwan and 10⁶ on the mainland"),
    ("$20", "no price in two currencies"),
    ("人民币美元 人民币 美元", "a currency without a figure is no figure"),
];

#[test]
fn money() {
    let Some(cases) = cases("NumberWithUnit_Chinese_CurrencyModel.json") else { return };
    let mut tally = Tally::default();
    for case in &cases {
        let input = case["Input"].as_str().unwrap();
        let amounts: Vec<Number> =
            figures(input).into_iter().filter(|number| number.kind == Kind::Amount).collect();
        let wanted: Vec<Decimal> = case["Results"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|result| result["Resolution"]["isoCurrency"] == "CNY")
            .filter_map(|result| result["Resolution"]["value"].as_str()?.parse().ok())
            .collect();
        let got: Vec<Decimal> = amounts.iter().filter_map(Number::base).collect();
        tally.take(input, got == wanted, declined(input, MONEY), &show(&amounts));
    }
    tally.settle("Currency (RMB)");
}

const PERIODS: &[(&str, &str)] = &[
    ("周 週 星期", "no weeks in reports"),
    ("世纪 年代", "no centuries or decades in reports"),
    ("神龙 康熙 民国 雍正", "no eras in reports"),
    ("夏天 过去 未来 近三年 前1 上2 后1 近 在未来", "no anchor: such a span has no printed end"),
    ("下个月", "no anchor: reports have a year, not a day of writing"),
    ("之后2018年之前 与2009年", "a span said with 与 or 之后 is two years in a report"),
    ("2018 看起来", "four digits without 年 are a figure"),
    ("10/1/2018", "month first is not printed in Chinese reports"),
    (
        "零八年 07 08年 07年 15年 18年 789年",
        "two-digit years are durations in reports: 15年 is fifteen years",
    ),
    ("2016到2018", "four digits without 年 are figures"),
];

#[test]
fn periods() {
    let Some(cases) = cases("DateTime_Chinese_DatePeriodParser.json") else { return };
    let mut tally = Tally::default();
    for case in &cases {
        let input = case["Input"].as_str().unwrap();
        let reference = case["Context"]["ReferenceDateTime"].as_str().unwrap_or("0");
        let reference: i32 = reference[..4].parse().unwrap();
        let report = support::read(input);
        let found: Vec<_> = report.numbers.iter().filter_map(Number::period).collect();
        for result in case["Results"].as_array().unwrap() {
            let timex = result["Value"]["Timex"].as_str().unwrap();
            let wanted = span(timex);
            let same = |period: &gouji::number::Period| {
                let day = |(year, month, day): (i32, u8, u8)| {
                    let year = if period.relative { reference + year } else { year };
                    (year, month.max(1), day.max(1))
                };
                // A span of quarters ends before the day they print.
                let mut to = day(period.to);
                to.1 += u8::from(timex.ends_with("P3M)"));
                Some((day(period.from), to)) == wanted
            };
            let got = format!("{found:?} for {timex}");
            tally.take(input, found.iter().any(same), declined(input, PERIODS), &got);
        }
    }
    tally.settle("DatePeriod");
}

/// Year, month, day.
type Day = (i32, u8, u8);

/// `(2016-01-10,2016-01-12,P2D)`, `2018-10`, `2008`: first and last day, an unknown year being 0.
fn span(timex: &str) -> Option<(Day, Day)> {
    let day = |text: &str| {
        let mut parts = text.split('-');
        let year = parts.next()?;
        let year = if year.contains('X') { 0 } else { year.parse().ok()? };
        let mut next = || parts.next().map_or(Some(1), |part| part.parse().ok());
        Some((year, next()?, next()?))
    };
    match timex.strip_prefix('(') {
        Some(inner) => {
            let mut parts = inner.split(',');
            Some((day(parts.next()?)?, day(parts.next()?)?))
        }
        None => Some((day(timex)?, day(timex)?)),
    }
}

const CN2AN: &[(&str, &str)] = &[
    ("零点零零零零", "more places than money has"),
    ("1e-", "more places than money has"),
    ("幺 direct", "digits read out one by one are a telephone number or a code"),
    ("廿", "literary"),
    ("一七二零 一二三 一一 壹壹 012", "digits in a row without 点 or 十百千 are a year or a code"),
];

#[test]
fn cn2an() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("cn2an.tsv")).unwrap();
    let mut tally = Tally::default();
    for line in text.lines().skip(1) {
        let [group, chinese, value] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let value = value.parse().or_else(|_| Decimal::from_scientific(value)).unwrap();
        let money = ["元", "圆", "整", "正", "角", "分"].iter().any(|end| chinese.ends_with(end));
        let (passed, got) = if money {
            reads_as_money(chinese.trim_end_matches('元'), value)
        } else {
            reads_as_money(chinese, value)
        };
        let (passed, got) = if money && !passed {
            let numbers = figures(&format!("本年支出{chinese}。"));
            let right = matches!(numbers.as_slice(), [one] if one.kind == Kind::Amount
                && one.base() == Some(value));
            (right, show(&numbers))
        } else {
            (passed, got)
        };
        let why = declined(&format!("{chinese} {}", group.replace("_data_dict", "")), CN2AN);
        tally.take(&format!("{group} {chinese}"), passed, why, &got);
    }
    tally.settle("cn2an");
}
