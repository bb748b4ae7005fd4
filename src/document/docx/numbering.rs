//! Labels of automatic lists, e.g. the `（一）` that stands in no text of the file.

use crate::document::xml::{Node, Xml};
use std::collections::{HashMap, HashSet};

const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: String,
    pattern: String,
    legal: bool,
    blank: bool,
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".into(),
            pattern: String::new(),
            legal: false,
            blank: false,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Num {
    list: String,
    overrides: HashMap<usize, (Option<i64>, Option<Level>)>,
}

/// The lists of a document and where each of them stands.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    lists: HashMap<String, Vec<Level>>,
    nums: HashMap<String, Num>,
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    started: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub fn new(xml: &Xml) -> Self {
        let mut out = Self::default();
        let Some(root) = xml.top().and_then(|top| top.child("numbering")) else { return out };
        for list in root.children().filter(|node| node.name() == "abstractNum") {
            let mut levels = vec![Level::default(); LEVELS];
            for node in list.children().filter(|node| node.name() == "lvl") {
                if let Some(slot) = level_index(node).and_then(|at| levels.get_mut(at)) {
                    *slot = level(node);
                }
            }
            out.lists.insert(list.attr("abstractNumId").unwrap_or("").into(), levels);
        }
        for node in root.children().filter(|node| node.name() == "num") {
            let mut num = Num {
                list: value(node.child("abstractNumId")).unwrap_or("").into(),
                ..Num::default()
            };
            for over in node.children().filter(|node| node.name() == "lvlOverride") {
                let start = value(over.child("startOverride")).and_then(|v| v.parse().ok());
                if let Some(at) = level_index(over) {
                    num.overrides.insert(at, (start, over.child("lvl").map(level)));
                }
            }
            out.nums.insert(node.attr("numId").unwrap_or("").into(), num);
        }
        out
    }

    /// The level a paragraph style is tied to in the list `num`.
    pub fn level_of_style(&self, num: &str, style: &str) -> Option<usize> {
        let levels = self.lists.get(&self.nums.get(num)?.list)?;
        levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    /// Counts one paragraph of level `at` in list `num` and gives its label.
    pub fn label(&mut self, num: &str, at: usize) -> Option<String> {
        let at = at.min(LEVELS - 1);
        let entry = self.nums.get(num)?;
        let levels = self.lists.get(&entry.list)?;
        let counters = self.counters.entry(entry.list.clone()).or_default();
        let level_at = |index: usize| match entry.overrides.get(&index) {
            Some((_, Some(level))) => level,
            _ => &levels[index],
        };
        let restart = entry.overrides.get(&at).and_then(|(start, _)| *start);
        counters[at] = match (restart, counters[at]) {
            (Some(start), _) if self.started.insert((num.into(), at)) => Some(start),
            (_, Some(count)) => Some(count.saturating_add(1)),
            (Some(start), None) => Some(start),
            (None, None) => Some(level_at(at).start),
        };
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            counter.get_or_insert(level_at(above).start);
        }
        for below in &mut counters[at + 1..] {
            *below = None;
        }
        let level = level_at(at);
        if level.format == "bullet" || level.format == "none" && !level.pattern.contains('%') {
            return None;
        }
        let mut out = String::new();
        let mut chars = level.pattern.chars().peekable();
        while let Some(c) = chars.next() {
            match (c, chars.peek().and_then(|c| c.to_digit(10))) {
                ('%', Some(digit @ 1..=9)) => {
                    chars.next();
                    let index = digit as usize - 1;
                    let format = if level.legal { "decimal" } else { &level_at(index).format };
                    out.push_str(&numeral(counters[index].unwrap_or(1), format));
                }
                _ => out.push(c),
            }
        }
        if level.blank || out.ends_with(|c: char| c.is_alphanumeric()) {
            out.push(' ');
        }
        (!out.trim().is_empty()).then_some(out)
    }
}

fn level_index(node: Node) -> Option<usize> {
    node.attr("ilvl")?.parse().ok().filter(|at| *at < LEVELS)
}

fn level(node: Node) -> Level {
    Level {
        start: value(node.child("start")).and_then(|v| v.parse().ok()).unwrap_or(1),
        format: value(node.find("numFmt")).unwrap_or("decimal").into(),
        pattern: value(node.child("lvlText")).unwrap_or("").into(),
        legal: node.child("isLgl").is_some_and(on),
        blank: value(node.child("suff")) == Some("space"),
        style: value(node.child("pStyle")).map(str::to_string),
    }
}

/// The `val` attribute of an element.
pub(super) fn value<'a>(node: Option<Node<'a>>) -> Option<&'a str> {
    node?.attr("val")
}

/// Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on.
pub(super) fn on(node: Node) -> bool {
    !matches!(node.attr("val"), Some("0" | "false" | "off"))
}

/// `n` in one of Word's number formats: `（三）` needs `三` of `chineseCounting`.
pub(crate) fn numeral(n: i64, format: &str) -> String {
    let pick = |alphabet: &str| {
        let count = alphabet.chars().count() as i64;
        match n {
            1.. => alphabet.chars().nth(((n - 1) % count) as usize).into_iter().collect(),
            _ => n.to_string(),
        }
    };
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "japaneseDigitalTenThousand" => chinese(n, "零一二三四五六七八九", "十百千"),
        "chineseLegalSimplified" | "ideographLegalTraditional" => {
            chinese(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
        }
        "ideographTraditional" => pick("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => pick("子丑寅卯辰巳午未申酉戌亥"),
        "upperLetter" | "lowerLetter" if n > 0 => {
            let letter = (b'A' + ((n - 1) % 26) as u8) as char;
            let repeated: String =
                std::iter::repeat_n(letter, ((n - 1) / 26 + 1).min(20) as usize).collect();
            if format == "lowerLetter" { repeated.to_lowercase() } else { repeated }
        }
        "upperRoman" => roman(n),
        "lowerRoman" => roman(n).to_lowercase(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => match n {
            1..=20 => char::from_u32(0x2460 + n as u32 - 1).into_iter().collect(),
            _ => n.to_string(),
        },
        "decimalFullWidth" | "decimalFullWidth2" => n
            .to_string()
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(d) => char::from_u32('０' as u32 + d).unwrap_or(c),
                None => c,
            })
            .collect(),
        "decimalZero" => format!("{n:02}"),
        "none" => String::new(),
        _ => n.to_string(),
    }
}

fn chinese(n: i64, digits: &str, units: &str) -> String {
    if !(0..10_000).contains(&n) {
        return n.to_string();
    }
    let digit = |d: i64| digits.chars().nth(d as usize).unwrap_or('零');
    if n == 0 {
        return digit(0).to_string();
    }
    let mut out = String::new();
    let mut zero = false;
    for place in (0..4).rev() {
        let d = n / 10_i64.pow(place) % 10;
        if d == 0 {
            zero = !out.is_empty();
            continue;
        }
        if zero {
            out.push(digit(0));
            zero = false;
        }
        if !(d == 1 && place == 1 && out.is_empty()) {
            out.push(digit(d));
        }
        if place > 0 {
            out.extend(units.chars().nth(place as usize - 1));
        }
    }
    out
}

fn roman(n: i64) -> String {
    let signs = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return n.to_string();
    }
    let mut left = n;
    let mut out = String::new();
    for (value, sign) in signs {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn numerals_of_chinese_lists() {
        let chinese = |n| numeral(n, "chineseCounting");
        assert_eq!(chinese(3), "三");
        assert_eq!(chinese(10), "十");
        assert_eq!(chinese(11), "十一");
        assert_eq!(chinese(20), "二十");
        assert_eq!(chinese(101), "一百零一");
        assert_eq!(chinese(110), "一百一十");
        assert_eq!(numeral(3, "decimalEnclosedCircle"), "③");
        assert_eq!(numeral(4, "upperRoman"), "IV");
        assert_eq!(numeral(2, "ideographTraditional"), "乙");
        assert_eq!(numeral(27, "lowerLetter"), "aa");
    }

    #[test]
    fn lists_count_and_restart() {
        let xml = Xml::parse(
            "<w:numbering><w:abstractNum w:abstractNumId='0'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/><w:isLgl/></w:lvl>\
             </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
                .as_bytes(),
        )
        .unwrap();
        let mut numbering = Numbering::new(&xml);
        assert_eq!(numbering.label("1", 0).unwrap(), "一、");
        assert_eq!(numbering.label("1", 1).unwrap(), "1.1 ");
        assert_eq!(numbering.label("1", 1).unwrap(), "1.2 ");
        assert_eq!(numbering.label("1", 0).unwrap(), "二、");
        assert_eq!(numbering.label("1", 1).unwrap(), "2.1 ");
        assert_eq!(numbering.label("2", 0).unwrap(), "五、");
        assert_eq!(numbering.label("2", 0).unwrap(), "六、");
        assert_eq!(numbering.label("9", 0), None);
    }
}
