//! The repair of a defect in words: which figure, what should stand there, and why.

use crate::Report;
use crate::diagnosis::{Blame, Print, Reason, Root};
use crate::document::Span;
use crate::finding::Suggestion;
use crate::number::Number;
use rust_decimal::Decimal;

/// The suggestion of a root with blame.
pub fn suggestion(report: &Report, root: &Root) -> Option<Suggestion> {
    let blame = root.blame.as_ref()?;
    let number = &report.numbers[blame.number as usize];
    let (at, replace_with) = replacement(report, number, blame)?;
    let (because, because_en) = because(report, blame);
    let quote = report.document.slice(at).to_string();
    Some(Suggestion { at, quote, replace_with, because, because_en, repairs: blame.repairs })
}

fn replacement(report: &Report, number: &Number, blame: &Blame) -> Option<(Span, String)> {
    let words = report.document.slice(number.span);
    let start = words.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '－'))?;
    let digits = words[start..]
        .find(|c: char| {
            !c.is_ascii_digit() && !matches!(c, '.' | ',' | '，' | '-' | '−' | '－' | ' ')
        })
        .map_or(words.len(), |end| start + end);
    let digits = start + words[start..digits].trim_end().len();
    let span = |from: usize, to: usize| Span::new(from, to).shifted(number.span.start);
    match blame.print {
        Print::Value(value) => {
            let own = &words[start..digits];
            let printed = print(value, number.decimals, own.contains([',', '，']));
            Some((span(start, digits), in_place(own, &printed).unwrap_or(printed)))
        }
        Print::Unit(unit) => {
            let rest = words[digits..].trim_start();
            let from = words.len() - rest.len();
            match rest.is_empty() {
                true => Some((number.span, format!("{words}{unit}"))),
                false => Some((span(from, words.len()), unit.to_string())),
            }
        }
        Print::Opposite => direction(report, number),
    }
}

/// The digits put where those of the printed figure stand, whatever separates them: `125360,838` → `125360,898`.
fn in_place(own: &str, printed: &str) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<Vec<char>>();
    let (old, new) = (digits(own), digits(printed));
    let points = |text: &str| text.split_once('.').map_or(0, |(_, after)| digits(after).len());
    let signed = |text: &str| text.starts_with(['-', '−', '－']);
    let fits = old.len() == new.len() && points(own) == points(printed);
    let mut new = new.into_iter();
    let put = |c: char| if c.is_ascii_digit() { new.next().unwrap_or(c) } else { c };
    (fits && signed(own) == signed(printed)).then(|| own.chars().map(put).collect())
}

/// A value with the printed number of places, grouped by commas if the printed one was.
fn print(value: Decimal, decimals: u32, grouped: bool) -> String {
    let mut value = value;
    value.rescale(decimals.max(value.normalize().scale()));
    let text = value.to_string();
    if !grouped {
        return text;
    }
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let sign = whole.len() - whole.trim_start_matches('-').len();
    let digits = &whole[sign..];
    let mut out = whole[..sign].to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    match rest {
        Some(rest) => format!("{out}.{rest}"),
        None => out,
    }
}

/// The word for more or less just before a figure, and its opposite.
fn direction(report: &Report, number: &Number) -> Option<(Span, String)> {
    const WORDS: [(&str, &str); 12] = [
        ("增加", "减少"),
        ("减少", "增加"),
        ("增长", "下降"),
        ("下降", "增长"),
        ("上升", "下降"),
        ("提高", "降低"),
        ("降低", "提高"),
        ("上涨", "下降"),
        ("增幅", "降幅"),
        ("降幅", "增幅"),
        ("增", "减"),
        ("减", "增"),
    ];
    let block = report.document.block_at(number.span.start)?;
    let start = report.document.blocks[block as usize].span.start;
    let before = report.document.text.get(start as usize..number.span.start as usize)?;
    let near: usize = before.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
    let found = WORDS
        .iter()
        .filter_map(|(word, other)| Some((near + before[near..].rfind(word)?, *word, *other)));
    let (at, word, other) = found.max_by_key(|(at, word, _)| (at + word.len(), word.len()))?;
    Some((Span::new(at, at + word.len()).shifted(start), other.to_string()))
}

fn because(report: &Report, blame: &Blame) -> (String, String) {
    let (zh, en) = match blame.reason {
        Reason::Solved => (String::new(), String::new()),
        Reason::SaidElsewhere(other) => {
            let number = &report.numbers[other as usize];
            let quote: String = report.document.slice(number.span).split_whitespace().collect();
            (format!("另一处为 {quote}"), format!("printed {quote} elsewhere"))
        }
        Reason::Digit => ("一位数字有误".into(), "one digit is wrong".into()),
        Reason::Dropped => ("少一位数字".into(), "a digit is missing".into()),
        Reason::Doubled => ("多一位数字".into(), "a digit too many".into()),
        Reason::Swapped => ("两位数字颠倒".into(), "two digits are swapped".into()),
        Reason::Point => ("小数点错位".into(), "the decimal point is moved".into()),
        Reason::Unit => ("单位有误".into(), "the unit is wrong".into()),
        Reason::Direction => ("增减方向有误".into(), "the direction is wrong".into()),
        Reason::LastYear => ("上年数据未更新".into(), "last year's figure left standing".into()),
    };
    let count = blame.repairs;
    let places = 1 + blame.also.len();
    let (mut out_zh, mut out_en) = (Vec::new(), Vec::new());
    if !zh.is_empty() {
        out_zh.push(zh);
        out_en.push(en);
    }
    if places > 1 {
        out_zh.push(format!("同一数字共 {places} 处"));
        out_en.push(format!("the figure is printed {places} times"));
    }
    out_zh.push(format!("使 {count} 处成立"));
    out_en.push(match count {
        1 => "repairs 1 relation".to_string(),
        _ => format!("repairs {count} relations"),
    });
    (out_zh.join("，"), out_en.join(", "))
}
