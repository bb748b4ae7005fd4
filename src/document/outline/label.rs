//! Labels of headings and list items: `第二部分`, `五、`, `（一）`, `3.`, `（2）`, `附件1`.

/// How a label is written; each way has its usual depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::document) enum Style {
    /// `第一部分`, `第3部分`, `第二章`
    Part,
    /// `附件1`
    Annex,
    /// `一、`
    Han,
    /// `（一）`
    HanRound,
    /// `1.` `1、`
    Arabic,
    /// `（1）` `1）`
    ArabicRound,
    /// `①`
    Circled,
}

impl Style {
    /// 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1. and so on.
    pub(super) fn level(self) -> u8 {
        match self {
            Self::Part | Self::Annex => 1,
            Self::Han => 2,
            Self::HanRound => 3,
            Self::Arabic => 4,
            Self::ArabicRound => 5,
            Self::Circled => 6,
        }
    }
}

/// A label at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) struct Label {
    /// How it is written.
    pub(super) style: Style,
    /// Its number; 0 where it has none (`附件：`).
    pub(super) ordinal: u32,
    /// Bytes of the printed label without its punctuation.
    pub(super) name: usize,
    /// Bytes up to the title.
    pub(super) title: usize,
}

/// How the label at the start of `text` is written (a depth, 1 for 第一部分) and its number: `（三）` is `(3, 3)`,
/// `五` is `(2, 5)`.
pub fn numbering(text: &str) -> Option<(u8, u32)> {
    // a label alone lacks the mark that closes it
    parse(text)
        .or_else(|| parse(&format!("{text}、")))
        .map(|label| (label.style.level(), label.ordinal))
}

/// Reads the label at the start of `text` (leading blanks are allowed).
pub(in crate::document) fn parse(text: &str) -> Option<Label> {
    let trimmed = text.trim_start();
    let skipped = text.len() - trimmed.len();
    let mut label = match trimmed.chars().next()? {
        '第' => part(trimmed),
        '附' => annex(trimmed),
        '（' | '(' => round(trimmed),
        '0'..='9' | '０'..='９' => arabic(trimmed),
        '①'..='⑳' => circled(trimmed),
        _ => han(trimmed),
    }?;
    label.name += skipped;
    label.title += skipped;
    label.title += text[label.title..].len() - text[label.title..].trim_start().len();
    Some(label)
}

fn part(text: &str) -> Option<Label> {
    let rest = &text["第".len()..];
    let rest = rest.trim_start();
    let (ordinal, used) = numeral(rest)?;
    let after = rest[used..].trim_start();
    let unit = ["部分", "章", "篇", "节"].into_iter().find(|unit| after.starts_with(unit))?;
    let name = text.len() - after.len() + unit.len();
    let after = &text[name..];
    let marks = after.len() - after.trim_start_matches(['：', ':', '、', ' ', '\u{3000}']).len();
    // `第一部分的支出` is a sentence
    let sentence = ["的", "内", "中", "和", "至"].iter().any(|word| after.starts_with(word));
    (!sentence).then_some(Label { style: Style::Part, ordinal, name, title: name + marks })
}

fn annex(text: &str) -> Option<Label> {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附录"))?;
    let mut used = text.len() - rest.len();
    let after = rest.trim_start();
    let (ordinal, digits) = numeral(after).unwrap_or((0, 0));
    let numbered = digits > 0;
    if numbered {
        used = text.len() - after.len() + digits;
    }
    let after = &text[used..];
    let marks =
        after.len() - after.trim_start_matches(['：', ':', '、', '.', ' ', '\u{3000}']).len();
    if marks == 0
        && !after.is_empty()
        && (!numbered || after.starts_with(['所', '的', '中', '）', '表']))
    {
        return None;
    }
    // `附件：1.某表` is a list of annexes
    let list = after[marks..].starts_with(|c: char| c.is_ascii_digit()) && !numbered;
    (!list).then_some(Label { style: Style::Annex, ordinal, name: used, title: used + marks })
}

fn han(text: &str) -> Option<Label> {
    let (ordinal, used) = han_numeral(text)?;
    let after = text[used..].trim_start();
    let blank = text.len() - used - after.len();
    let mark = after.chars().next().filter(|c| matches!(c, '、' | '.' | '．' | '，'))?;
    let title = used + blank + mark.len_utf8();
    // `一、二、三产业` counts, it does not label
    let listing = han_numeral(&text[title..]).is_some_and(|(_, used)| {
        let rest = &text[title + used..];
        rest.starts_with(['、', '产', '季', '级', '类', '批', '次', '和', '及']) || mark == '，'
    });
    (!listing && mark != '，').then_some(Label { style: Style::Han, ordinal, name: used, title })
}

fn round(text: &str) -> Option<Label> {
    let open = text.chars().next()?.len_utf8();
    let rest = &text[open..];
    let inner = rest.trim_start();
    let (ordinal, used) = numeral(inner)?;
    if ordinal == 0 || ordinal > 60 {
        return None;
    }
    let after = inner[used..].trim_start();
    let close = after.chars().next().filter(|c| matches!(c, '）' | ')'))?.len_utf8();
    let name = text.len() - after.len() + close;
    let arabic = inner.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let style = if arabic { Style::ArabicRound } else { Style::HanRound };
    let rest = &text[name..];
    let marks = rest.len() - rest.trim_start_matches(['、', '.']).len();
    Some(Label { style, ordinal, name, title: name + marks })
}

fn arabic(text: &str) -> Option<Label> {
    let (ordinal, used) = numeral(text)?;
    if ordinal == 0 || ordinal > 99 {
        return None;
    }
    let after = text[used..].trim_start();
    let blank = text.len() - used - after.len();
    let mark = after.chars().next()?;
    let title = used + blank + mark.len_utf8();
    let next = text[title..].chars().next();
    let style = match mark {
        '.' | '．' if next.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) => {
            // `1.2024年收入` is a label before a year; `1.37万元` and `1.1` are numbers
            let year: String = text[title..].chars().take(5).collect();
            if !(year.starts_with("20") && year.ends_with('年')) {
                return None;
            }
            Style::Arabic
        }
        '.' | '．' | '、' => Style::Arabic,
        '）' | ')' => Style::ArabicRound,
        _ => return None,
    };
    Some(Label { style, ordinal, name: used, title })
}

fn circled(text: &str) -> Option<Label> {
    let c = text.chars().next()?;
    let ordinal = c as u32 - '①' as u32 + 1;
    let name = c.len_utf8();
    Some(Label { style: Style::Circled, ordinal, name, title: name })
}

/// An Arabic or Chinese number of at most four digits, and its length in bytes.
fn numeral(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut used = 0;
    for c in text.chars() {
        let digit = match c {
            '0'..='9' => c as u32 - '0' as u32,
            '０'..='９' => c as u32 - '０' as u32,
            _ => break,
        };
        value = value * 10 + digit;
        used += c.len_utf8();
        if value > 9999 || used > 12 {
            return None;
        }
    }
    if used > 0 { Some((value, used)) } else { han_numeral(text) }
}

/// `一` to `九十九`, and its length in bytes.
fn han_numeral(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut used = 0;
    for c in text.chars().take(3) {
        let digit = match c {
            '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => {
                value = if value == 0 { 10 } else { value * 10 };
                used += c.len_utf8();
                continue;
            }
            _ => break,
        };
        value += digit;
        used += c.len_utf8();
    }
    (used > 0).then_some((value, used))
}
