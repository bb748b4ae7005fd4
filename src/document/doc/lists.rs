//! Labels of automatic lists in Word 97–2003 files: the `（一）` before `总体情况` is counted from list tables that
//! the parsing library does not hand out (MS-DOC 2.4.6.3).

use super::records::{Bytes, Paragraphs, sprms};
use crate::document::list::{LEVELS, Level, Num, Numbering};
use crate::document::ole;
use std::collections::HashMap;

/// Most lists, uses of lists and styles that are followed.
const MOST: usize = 20_000;
/// Most paragraphs that are counted.
const MOST_PARAGRAPHS: usize = 200_000;
/// How far a paragraph is looked for after the last one that was found.
const WINDOW: usize = 80;

/// The number that stands for no style.
const NO_STYLE: u16 = 0x0FFF;
const PARAGRAPH_STYLE: u16 = 0x4600;
const LIST: u16 = 0x460B;
const LIST_LEVEL: u16 = 0x260A;

/// The labels of the paragraphs in order, asked for by their words.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Letters and digits of each paragraph with its label.
    paragraphs: Vec<(String, Option<String>)>,
    next: usize,
}

impl Labels {
    /// Counts the lists of a document; empty if it has none.
    pub fn new(bytes: &[u8]) -> Self {
        let paragraphs = crate::document::guarded(|| count(bytes)).flatten().unwrap_or_default();
        Self { paragraphs, next: 0 }
    }

    /// The label of the next paragraph with these words.
    pub fn of(&mut self, words: &str) -> Option<String> {
        let wanted = key(words);
        if wanted.is_empty() {
            return None;
        }
        let ahead = self.paragraphs.iter().skip(self.next).take(WINDOW);
        let found = ahead.map(|(key, _)| key).position(|key| *key == wanted)?;
        let at = self.next + found;
        self.next = at + 1;
        self.paragraphs[at].1.clone()
    }
}

/// The first letters and digits, which both readings have alike.
fn key(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).take(40).collect()
}

fn count(bytes: &[u8]) -> Option<Vec<(String, Option<String>)>> {
    let word = ole::stream(bytes, "WordDocument")?;
    let which = word.u16(0x0A)? & 0x0200 != 0;
    let table = ole::stream(bytes, if which { "1Table" } else { "0Table" })?;
    let part = |index: usize| -> Option<&[u8]> {
        let at = 154 + 8 * index;
        let (from, length) = (word.u32(at)? as usize, word.u32(at + 4)? as usize);
        table.get(from..from.checked_add(length)?)
    };
    let (mut lists, styles_of) = lists(&table, word.u32(154 + 8 * 73)? as usize, part(73)?)?;
    uses(part(74)?, &mut lists);
    let styles = styles(part(1).unwrap_or_default()).unwrap_or_default();
    let mut out = Vec::new();
    let end = word.u32(0x4C)? as usize;
    for paragraph in Paragraphs::new(&word, part(33)?, part(13)?, end)?.take(MOST_PARAGRAPHS) {
        let (mut style, mut list, mut level) = (paragraph.style, None, None);
        for (sprm, operand) in sprms(paragraph.properties) {
            match sprm {
                PARAGRAPH_STYLE => style = operand.u16(0).unwrap_or(style),
                LIST => list = operand.u16(0),
                LIST_LEVEL => level = operand.first().copied(),
                _ => {}
            }
        }
        let (of_style, level_of_style) = inherited(&styles, style);
        let tied = match list {
            None => of_style.and_then(|list| tied(&lists, &styles_of, list, style)),
            Some(_) => None,
        };
        let level = level.or(tied).or(level_of_style).unwrap_or(0);
        let label = match list.or(of_style) {
            Some(list @ 1..=0x7FE) if !key(&paragraph.text).is_empty() => {
                lists.label(&list.to_string(), usize::from(level))
            }
            _ => None,
        };
        out.push((key(&paragraph.text), label));
    }
    Some(out)
}

/// The styles tied to the levels of each list, by the list's id.
type StylesOf = HashMap<String, [u16; LEVELS]>;

/// The level that a style is tied to in the list that `used` is a use of.
fn tied(lists: &Numbering, styles_of: &StylesOf, used: u16, style: u16) -> Option<u8> {
    let styles = styles_of.get(&lists.nums.get(&used.to_string())?.list)?;
    styles.iter().position(|tied| *tied == style && style != NO_STYLE).map(|at| at as u8)
}

/// `PlfLst`: the lists, each with one or nine levels that follow after all of them.
fn lists(table: &[u8], from: usize, heads: &[u8]) -> Option<(Numbering, StylesOf)> {
    let (mut out, mut styles_of) = (Numbering::default(), StylesOf::new());
    let mut at = from + heads.len();
    for index in 0..usize::from(heads.u16(0)?).min(MOST) {
        let head = heads.get(2 + 28 * index..2 + 28 * (index + 1))?;
        let id = head.u32(0)?.to_string();
        let mut tied = [NO_STYLE; LEVELS];
        for (level, style) in tied.iter_mut().enumerate() {
            *style = head.u16(8 + 2 * level)?;
        }
        styles_of.insert(id.clone(), tied);
        let mut levels = vec![Level::default(); LEVELS];
        let count = if head[26] & 1 != 0 { 1 } else { LEVELS };
        for slot in levels.iter_mut().take(count) {
            let (level, length) = level(table.get(at..)?)?;
            *slot = level;
            at += length;
        }
        out.lists.insert(id, levels);
    }
    Some((out, styles_of))
}

/// `PlfLfo`: the uses of lists, numbered from 1, some of which begin anew or look otherwise.
fn uses(data: &[u8], out: &mut Numbering) -> Option<()> {
    let count = (data.u32(0)? as usize).min(MOST);
    let mut at = 4 + 16 * count;
    for index in 0..count {
        let head = data.get(4 + 16 * index..4 + 16 * (index + 1))?;
        let mut used = Num { list: head.u32(0)?.to_string(), ..Num::default() };
        let overrides = head[12];
        // The place in the text, which no reader needs.
        at += 4;
        for _ in 0..overrides {
            let (Some(start), Some(flags)) = (data.u32(at), data.u32(at + 4)) else { break };
            at += 8;
            let begins = (flags & 0x10 != 0).then_some(i64::from(start as i32));
            let mut look = None;
            if flags & 0x20 != 0 {
                let Some((level, length)) = data.get(at..).and_then(level) else { break };
                at += length;
                look = Some(level);
            }
            used.overrides.insert((flags & 0xF) as usize, (begins, look));
        }
        out.nums.insert((index + 1).to_string(), used);
    }
    Some(())
}

/// `LVL`: one level, and how many bytes it takes.
fn level(data: &[u8]) -> Option<(Level, usize)> {
    let (papx, chpx) = (usize::from(*data.get(25)?), usize::from(*data.get(24)?));
    let text = 28 + papx + chpx;
    let count = usize::from(data.u16(text)?);
    let mut pattern = String::new();
    for index in 0..count {
        match data.u16(text + 2 + 2 * index)? {
            level @ 0..=8 => pattern.push_str(&format!("%{}", level + 1)),
            unit => pattern.extend(char::decode_utf16([unit]).flatten()),
        }
    }
    let level = Level {
        start: i64::from(data.u32(0)? as i32),
        format: format_name(*data.get(4)?).into(),
        pattern,
        legal: data.get(5)? & 0x04 != 0,
        blank: *data.get(15)? == 1,
        style: None,
    };
    Some((level, text + 2 + 2 * count))
}

/// The name that DOCX gives a number format (MS-OSHARED 2.2.1.3).
fn format_name(nfc: u8) -> &'static str {
    match nfc {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 => "ideographDigital",
        11 => "japaneseCounting",
        14 | 19 => "decimalFullWidth",
        16 => "chineseLegalSimplified",
        18 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        26 => "decimalEnclosedFullstop",
        27 => "decimalEnclosedParen",
        28 => "decimalEnclosedCircleChinese",
        29 => "ideographEnclosedCircle",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        33 => "taiwaneseCounting",
        34 => "ideographLegalTraditional",
        35 => "taiwaneseCountingThousand",
        37 => "chineseCounting",
        38 => "chineseLegalSimplified",
        39 => "chineseCountingThousand",
        255 => "none",
        _ => "decimal",
    }
}

/// A paragraph style: the one it is based on, its list and its level.
#[derive(Debug, Default, Clone, Copy)]
struct Style {
    base: u16,
    list: Option<u16>,
    level: Option<u8>,
}

/// `STSH`: the paragraph styles by number.
fn styles(data: &[u8]) -> Option<Vec<Style>> {
    let head = usize::from(data.u16(0)?);
    let (count, fixed) = (usize::from(data.u16(2)?), usize::from(data.u16(4)?));
    let mut out = Vec::new();
    let mut at = 2 + head;
    for _ in 0..count.min(4096) {
        let Some(length) = data.u16(at).map(usize::from) else { break };
        let style = data.get(at + 2..at + 2 + length).and_then(|data| style(data, fixed));
        out.push(style.unwrap_or(Style { base: NO_STYLE, ..Style::default() }));
        at += 2 + length + length % 2;
    }
    Some(out)
}

fn style(data: &[u8], fixed: usize) -> Option<Style> {
    let word = data.u16(2)?;
    if word & 0xF != 1 {
        return None;
    }
    let name = usize::from(data.u16(fixed)?);
    let mut at = fixed + 2 + 2 * name + 2;
    at += at % 2;
    let length = usize::from(data.u16(at)?);
    let properties = data.get(at + 4..(at + 2 + length).max(at + 4))?;
    let mut out = Style { base: word >> 4, ..Style::default() };
    for (sprm, operand) in sprms(properties) {
        match sprm {
            LIST => out.list = operand.u16(0),
            LIST_LEVEL => out.level = operand.first().copied(),
            _ => {}
        }
    }
    Some(out)
}

fn inherited(styles: &[Style], style: u16) -> (Option<u16>, Option<u8>) {
    let (mut list, mut level, mut at) = (None, None, style);
    for _ in 0..12 {
        let Some(style) = styles.get(usize::from(at)) else { break };
        list = list.or(style.list);
        level = level.or(style.level);
        at = style.base;
    }
    (list, level)
}
