//! A figure with what stands around it: sign, unit, loosening words; amounts, percentages, points, counts, scores.

use super::chinese::{self, Numeral};
use super::figure::Figure;
use super::units::units;
use super::{Approximate, Kind};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What follows a figure: its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measure {
    pub kind: Kind,
    /// As printed, multiplier included: `万人次`, `万元/人`.
    pub unit: Cow<'static, str>,
    pub factor: Decimal,
    /// What the figure is multiplied by to be read in `unit`: 1000 for `千万元` read in 万元.
    pub scale: Decimal,
    /// Whether 余 or 多 stands inside.
    pub over: bool,
    /// Bytes read.
    pub length: usize,
}

/// The unit without allocation where it is a frequent one.
pub(super) fn named(unit: &str) -> Cow<'static, str> {
    const FREQUENT: [&str; 30] = [
        "万元",
        "元",
        "%",
        "个",
        "亿元",
        "辆",
        "人",
        "次",
        "家",
        "人次",
        "批次",
        "分",
        "台（套）",
        "个百分点",
        "项",
        "年",
        "万",
        "套",
        "台",
        "件",
        "户",
        "场",
        "名",
        "平方米",
        "千元",
        "行次",
        "栏次",
        "序号",
        "条",
        "份",
    ];
    match FREQUENT.iter().find(|known| **known == unit) {
        Some(known) => Cow::Borrowed(known),
        None if unit == "％" || unit == "﹪" || unit == "%%" => Cow::Borrowed("%"),
        None => Cow::Owned(unit.to_owned()),
    }
}

/// Bytes of blanks at the start, at most two characters.
pub(super) fn blanks(input: &str) -> usize {
    input
        .chars()
        .take(2)
        .take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{3000}' | '\u{2009}'))
        .map(char::len_utf8)
        .sum()
}

fn loose(input: &str) -> usize {
    if input.starts_with(['余', '多', '來', '来']) { 3 } else { 0 }
}

const MULTIPLIERS: [(&str, i64); 9] = [
    ("万亿", 1_000_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
    ("十", 10),
];

/// The `/人` of `万元/人`: bytes.
fn per(input: &str) -> usize {
    let Some(rest) = input.strip_prefix(['/', '／']) else { return 0 };
    let slash = input.len() - rest.len();
    if let Some(unit) = units().plain(rest) {
        let more = rest[unit.length..].strip_prefix(['·', '/', '•']).and_then(|after| {
            let length = units().plain(after)?.length;
            Some(rest.len() - unit.length - after.len() + length)
        });
        return slash + unit.length + more.unwrap_or(0);
    }
    let han: usize = rest.chars().take(2).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    if han == 0 { 0 } else { slash + han }
}

/// Whether a character is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// Reads the unit after an Arabic figure: `万元`, `余万元`, ` 万人次`, `千万元`, `%`.
pub(super) fn measure(input: &str) -> Option<Measure> {
    let blank = blanks(input);
    let mut at = blank;
    let mut over = loose(&input[at..]) > 0;
    at += loose(&input[at..]);
    let whole = |unit: &str| named(unit);
    if let Some(unit) = units().plain(&input[at..]) {
        let text = &input[at..at + unit.length];
        let mut end = at + unit.length;
        let ratio =
            if matches!(unit.kind, Kind::Amount | Kind::Count) { per(&input[end..]) } else { 0 };
        end += ratio;
        let name = if ratio > 0 { whole(&input[at..end]) } else { whole(text) };
        let factor = unit.factor;
        return Some(Measure {
            kind: unit.kind,
            unit: name,
            factor,
            scale: Decimal::ONE,
            over,
            length: end,
        });
    }
    let (word, times) = MULTIPLIERS.iter().find(|(word, _)| input[at..].starts_with(word))?;
    let start = at;
    at += word.len();
    let multiplier_end = at;
    let more = loose(&input[at..]);
    over |= more > 0;
    at += more + blanks(&input[at + more..]);
    let times = Decimal::from(*times);
    let Some(unit) = units().plain(&input[at..]) else {
        let unit = whole(word);
        let length = multiplier_end + more;
        return Some(Measure {
            kind: Kind::Number,
            unit,
            factor: times,
            scale: Decimal::ONE,
            over,
            length,
        });
    };
    let mut end = at + unit.length;
    let text = &input[at..end];
    if unit.kind == Kind::Amount {
        end += per(&input[end..]);
        let tail = &input[at + unit.length..end];
        let base = times.checked_mul(unit.factor)?;
        let steps: [(&str, i64); 5] = [
            ("亿元", 100_000_000),
            ("百万元", 1_000_000),
            ("万元", 10_000),
            ("千元", 1_000),
            ("元", 1),
        ];
        let (name, step) = match (*word, text) {
            ("万" | "亿" | "千" | "百万", "元") => {
                *steps.iter().find(|(_, step)| Decimal::from(*step) == base)?
            }
            ("百" | "十", "元") => ("元", 1),
            ("万亿", "元") | (_, "亿元") => ("亿元", 100_000_000),
            _ => ("万元", 10_000),
        };
        let factor = Decimal::from(step);
        let unit =
            if tail.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{name}{tail}")) };
        return Some(Measure {
            kind: Kind::Amount,
            unit,
            factor,
            scale: base.checked_div(factor)?,
            over,
            length: end,
        });
    }
    if !matches!(unit.kind, Kind::Count | Kind::Score) || text == "年" || text == "日" {
        let unit = whole(word);
        let length = multiplier_end + more;
        return Some(Measure {
            kind: Kind::Number,
            unit,
            factor: times,
            scale: Decimal::ONE,
            over,
            length,
        });
    }
    end += per(&input[end..]);
    let name = if more == 0 && at == multiplier_end {
        Cow::Owned(input[start..end].to_owned())
    } else {
        Cow::Owned(format!("{word}{}", &input[at..end]))
    };
    Some(Measure {
        kind: Kind::Count,
        unit: name,
        factor: times,
        scale: Decimal::ONE,
        over,
        length: end,
    })
}

/// The loosening word right before a figure, as in `约`, `不超过`, `≥`.
pub(super) fn before(text: &str) -> Option<Approximate> {
    const WORDS: [(&str, Approximate); 33] = [
        ("不超过", Approximate::AtMost),
        ("不高于", Approximate::AtMost),
        ("不多于", Approximate::AtMost),
        ("不大于", Approximate::AtMost),
        ("少于等于", Approximate::AtMost),
        ("小于等于", Approximate::AtMost),
        ("大于等于", Approximate::AtLeast),
        ("高于等于", Approximate::AtLeast),
        ("不少于", Approximate::AtLeast),
        ("不低于", Approximate::AtLeast),
        ("不小于", Approximate::AtLeast),
        ("至少", Approximate::AtLeast),
        ("最少", Approximate::AtLeast),
        ("最低", Approximate::AtLeast),
        ("最高", Approximate::AtMost),
        ("最多", Approximate::AtMost),
        ("至多", Approximate::AtMost),
        ("超过", Approximate::AtLeast),
        ("大于", Approximate::AtLeast),
        ("高于", Approximate::AtLeast),
        ("多于", Approximate::AtLeast),
        ("小于", Approximate::AtMost),
        ("低于", Approximate::AtMost),
        ("少于", Approximate::AtMost),
        ("大约", Approximate::About),
        ("约", Approximate::About),
        ("约为", Approximate::About),
        ("近", Approximate::Nearly),
        ("超", Approximate::Over),
        ("逾", Approximate::Over),
        ("≥", Approximate::AtLeast),
        ("≤", Approximate::AtMost),
        ("＞", Approximate::AtLeast),
    ];
    let text = text.trim_end_matches([' ', '\u{3000}']);
    let found = WORDS.iter().find(|(word, _)| text.ends_with(word)).map(|(_, a)| *a);
    match found {
        Some(_) if text.ends_with("节约") || text.ends_with("最近") || text.ends_with("附近") => {
            None
        }
        Some(_) if text.ends_with("集约") || text.ends_with("公约") || text.ends_with("合约") => {
            None
        }
        None if text.ends_with(['>', '⩾', '≧']) => Some(Approximate::AtLeast),
        None if text.ends_with(['<', '＜', '⩽', '≦']) => Some(Approximate::AtMost),
        found => found,
    }
}

/// The loosening word right after a figure and its unit.
pub(super) fn after(text: &str) -> Option<Approximate> {
    let text = text.trim_start_matches([' ', '（', '(']);
    const WORDS: [(&str, Approximate); 7] = [
        ("以上", Approximate::AtLeast),
        ("及以上", Approximate::AtLeast),
        ("以下", Approximate::AtMost),
        ("以内", Approximate::AtMost),
        ("左右", Approximate::About),
        ("上下", Approximate::About),
        ("多", Approximate::Over),
    ];
    if text.starts_with("多个") || text.starts_with("多家") || text.starts_with("多种") {
        return None;
    }
    WORDS.iter().find(|(word, _)| text.starts_with(word)).map(|(_, a)| *a)
}

/// A quantity before it has a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    pub kind: Kind,
    pub value: Decimal,
    pub quantum: Decimal,
    pub unit: Cow<'static, str>,
    pub factor: Decimal,
    pub decimals: u32,
    pub over: bool,
    /// Bytes of the unit after the figure.
    pub length: usize,
}

/// A figure and the unit after it.
pub(super) fn arabic(figure: &Figure, rest: &str) -> Option<Quantity> {
    let Some(found) = measure(rest) else {
        return Some(Quantity {
            kind: Kind::Number,
            value: figure.value,
            quantum: figure.quantum(),
            unit: Cow::Borrowed(""),
            factor: Decimal::ONE,
            decimals: figure.decimals,
            over: false,
            length: 0,
        });
    };
    let permille = if found.unit == "‰" { Decimal::new(1, 1) } else { Decimal::ONE };
    let factor = if found.unit == "‰" { Decimal::ONE } else { found.factor };
    let unit = if found.unit == "‰" { Cow::Borrowed("%") } else { found.unit };
    let scale = found.scale.checked_mul(permille)?;
    Some(Quantity {
        kind: found.kind,
        value: figure.value.checked_mul(scale)?,
        quantum: figure.quantum().checked_mul(scale)?,
        unit,
        factor,
        decimals: figure.decimals,
        over: found.over,
        length: found.length,
    })
}

/// A Chinese or mixed numeral with the money or measure word after it.
pub(super) fn spoken(numeral: &Numeral, rest: &str) -> Option<Quantity> {
    let blank = blanks(rest);
    let over = loose(&rest[blank..]);
    let at = blank + over;
    let unit = units().plain(&rest[at..])?;
    let text = &rest[at..at + unit.length];
    let mut length = at + unit.length;
    let mut quantum = numeral.quantum;
    let (value, quantum, name, factor) = if unit.kind == Kind::Amount {
        let exact = ["整", "正"].iter().find(|word| rest[length..].starts_with(**word));
        if let Some(word) = exact {
            length += word.len();
            quantum = Decimal::ONE;
        }
        let yuan = numeral.value.checked_mul(unit.factor)?;
        let quantum = quantum.checked_mul(unit.factor)?;
        let (name, factor) = if quantum >= Decimal::from(100_000_000) {
            (Cow::Borrowed("亿元"), Decimal::from(100_000_000))
        } else if quantum >= Decimal::from(10_000) || unit.factor == Decimal::from(10_000) {
            (Cow::Borrowed("万元"), Decimal::from(10_000))
        } else {
            (Cow::Borrowed("元"), Decimal::ONE)
        };
        (yuan.checked_div(factor)?, quantum.checked_div(factor)?, name, factor)
    } else {
        (numeral.value, quantum, named(text), unit.factor)
    };
    Some(Quantity {
        kind: unit.kind,
        value,
        quantum,
        unit: name,
        factor,
        decimals: 0,
        over: over > 0,
        length,
    })
}

/// `百分之三十五`, `千分之五`, `百分之35.2`: value and quantum in percent, bytes.
pub(super) fn percent_of(input: &str) -> Option<(Decimal, Decimal, usize)> {
    let (rest, scale) = if let Some(rest) = input.strip_prefix("百分之") {
        (rest, Decimal::ONE)
    } else if let Some(rest) = input.strip_prefix("千分之") {
        (rest, Decimal::new(1, 1))
    } else {
        (input.strip_prefix("万分之")?, Decimal::new(1, 2))
    };
    let numeral = chinese::numeral(rest)?;
    let length = input.len() - rest.len() + numeral.length;
    Some((numeral.value.checked_mul(scale)?, numeral.quantum.checked_mul(scale)?, length))
}
