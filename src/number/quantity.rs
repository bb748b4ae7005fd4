//! A figure with what stands around it: sign, unit, loosening words; amounts, percentages, points, counts, scores.

use super::Kind;
use super::chinese::{self, Numeral};
use super::figure::Figure;
use super::units::units;
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

const MULTIPLIERS: [(&str, i64); 13] = [
    ("万亿", 1_000_000_000_000),
    ("萬億", 1_000_000_000_000),
    ("萬萬", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("亿", 100_000_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("萬", 10_000),
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
            ("万" | "萬" | "亿" | "億" | "千" | "百万", "元") => {
                *steps.iter().find(|(_, step)| Decimal::from(*step) == base)?
            }
            ("百" | "十", "元") => ("元", 1),
            ("万亿" | "萬億" | "萬萬", "元") | (_, "亿元") => ("亿元", 100_000_000),
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
    let mut quantity = Quantity {
        kind: found.kind,
        value: figure.value.checked_mul(scale)?,
        quantum: figure.quantum().checked_mul(scale)?,
        unit,
        factor,
        decimals: figure.decimals,
        over: found.over,
        length: found.length,
    };
    if quantity.unit == "元"
        && figure.decimals == 0
        && let Some((value, places, length)) = change(&rest[found.length..])
    {
        quantity.value = quantity.value.checked_add(value)?;
        quantity.quantum = Decimal::new(1, places);
        quantity.decimals = places;
        quantity.length += length;
    }
    Some(quantity)
}

/// A Chinese or mixed numeral with the money or measure word after it.
pub(super) fn spoken(numeral: &Numeral, rest: &str) -> Option<Quantity> {
    let blank = blanks(rest);
    let over = loose(&rest[blank..]);
    let at = blank + over;
    let unit = units().plain(&rest[at..])?;
    let text = &rest[at..at + unit.length];
    if unit.kind == Kind::Amount && unit.factor < Decimal::ONE {
        return None; // 长三角, 五角: 角 and 分 are money after 元 only
    }
    let mut length = at + unit.length;
    let mut quantum = numeral.quantum;
    let (value, quantum, name, factor) = if unit.kind == Kind::Amount {
        let exact = ["整", "正"].iter().find(|word| rest[length..].starts_with(**word));
        if let Some(word) = exact {
            length += word.len();
            quantum = Decimal::ONE;
        }
        let mut yuan = numeral.value.checked_mul(unit.factor)?;
        let mut quantum = quantum.checked_mul(unit.factor)?;
        if matches!(text, "元" | "圆")
            && let Some((value, places, read)) = change(&rest[length..])
        {
            yuan = yuan.checked_add(value)?;
            quantum = Decimal::new(1, places);
            length += read;
        }
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

/// `壹角捌分`, `6角三分` after 元: its value in yuan, places, bytes.
fn change(rest: &str) -> Option<(Decimal, u32, usize)> {
    let digit = |text: &str| -> Option<(i64, usize)> {
        let c = text.chars().next()?;
        let value = chinese::digit(c).map(i64::from).or(c.to_digit(10).map(i64::from))?;
        Some((value, c.len_utf8()))
    };
    let part = |text: &str, unit: char| -> Option<(i64, usize)> {
        let (value, length) = digit(text)?;
        text[length..].starts_with(unit).then_some((value, length + unit.len_utf8()))
    };
    let tail = rest.strip_prefix('零').map_or((rest, 0), |rest| (rest, '零'.len_utf8()));
    match part(rest, '角') {
        Some((tenths, length)) => match part(&rest[length..], '分') {
            Some((cents, more)) => Some((Decimal::new(tenths * 10 + cents, 2), 2, length + more)),
            None => Some((Decimal::new(tenths, 1), 1, length)),
        },
        None => part(tail.0, '分').map(|(cents, more)| (Decimal::new(cents, 2), 2, tail.1 + more)),
    }
}

/// `百分之三十五`, `千分之五`, `百分之35.2`: value and quantum in percent, bytes.
pub(super) fn percent_of(input: &str) -> Option<(Decimal, Decimal, usize)> {
    const PARTS: [(&str, u32); 9] = [
        ("百分之", 0),
        ("佰分之", 0),
        ("千分之", 1),
        ("仟分之", 1),
        ("万分之", 2),
        ("萬分之", 2),
        ("十万分之", 3),
        ("百万分之", 4),
        ("千万分之", 5),
    ];
    let (rest, places) =
        PARTS.iter().find_map(|(word, places)| Some((input.strip_prefix(word)?, *places)))?;
    let scale = Decimal::new(1, places);
    let numeral = chinese::numeral(rest)?;
    let length = input.len() - rest.len() + numeral.length;
    Some((numeral.value.checked_mul(scale)?, numeral.quantum.checked_mul(scale)?, length))
}
