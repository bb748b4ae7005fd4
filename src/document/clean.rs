//! Cleaning, once and for all: full width, soft line breaks, blanks inside words and numbers.
//!
//! `支出 １，２３４．５６ 万元` becomes `支出1,234.56万元`; every byte keeps its origin.

mod blanks;
mod han;

use super::Origin;
use std::ops::Range;

/// What stood between a character and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// Blanks on one line and how many columns they took.
    Blank(u16),
    /// A soft line break, with or without blanks.
    Break,
}

/// A character that stays, where it stood in the raw text, and what stood before it.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    c: char,
    at: u32,
    before: Between,
}

/// Appends the cleaned `raw` to `text`, and to `origins` where each run of it came from.
pub(super) fn clean(
    raw: &str,
    raw_origins: &[(u32, Origin)],
    text: &mut String,
    origins: &mut Vec<(u32, Origin)>,
) {
    if let Some(within) = clean_within(raw) {
        if within.is_empty() {
            return;
        }
        let (start, end) = (within.start as u32, within.end as u32);
        // runs of blanks before it leave nothing
        let first = raw_origins.partition_point(|(at, _)| *at <= start).saturating_sub(1);
        for (at, origin) in &raw_origins[first..] {
            let skipped = start.saturating_sub(*at);
            let mut origin = origin.clone();
            origin.offset = origin.offset.map(|offset| offset + skipped);
            if *at < end && origins.last().is_none_or(|(_, last)| *last != origin) {
                origins.push((text.len() as u32 + at.saturating_sub(start), origin));
            }
        }
        text.push_str(&raw[within]);
        return;
    }
    let mut glyphs = glyphs(raw);
    fold(&mut glyphs);
    let keep = blanks::resolve(&glyphs);
    let mut next = 0; // the first raw origin not yet passed
    let mut expected = u32::MAX; // raw offset that continues the open run without a gap
    for (glyph, blank) in glyphs.iter().zip(keep) {
        let mut moved = expected != glyph.at;
        while next < raw_origins.len() && raw_origins[next].0 <= glyph.at {
            next += 1;
            moved = true;
        }
        if blank {
            text.push(' ');
        }
        if moved && next > 0 {
            let (start, origin) = &raw_origins[next - 1];
            let mut origin = origin.clone();
            origin.offset = origin.offset.map(|offset| offset + (glyph.at - start));
            if origins.last().is_none_or(|(_, last)| *last != origin) {
                origins.push((text.len() as u32, origin));
            }
        }
        text.push(glyph.c);
        expected = glyph.at + glyph.c.len_utf8() as u32;
    }
}

/// What cleaning leaves of a text of which it only takes the blanks around, seen at a glance: so are most cells and
/// paragraphs.
fn clean_within(raw: &str) -> Option<Range<usize>> {
    let start = raw.len() - raw.trim_start().len();
    let inner = raw[start..].trim_end();
    let mut digit = false;
    let clean = inner.chars().all(|c| {
        let after_digit = std::mem::replace(&mut digit, c.is_ascii_digit());
        match c {
            '，' => !after_digit,
            '\u{4e00}'..='\u{9fff}' => true,
            'o' | '£' => false,
            c => !c.is_whitespace() && half_width(c) == Some(c),
        }
    });
    clean.then(|| start..start + inner.len())
}

/// A string cleaned the same way, for names that have no place of their own (`收 入` is `收入`).
pub(super) fn cleaned(raw: &str) -> String {
    let mut text = String::new();
    clean(raw, &[], &mut text, &mut Vec::new());
    text
}

/// The characters that stay, in half width where that is the usual one.
fn glyphs(raw: &str) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(raw.len() / 2);
    let mut before = Between::Nothing;
    for (at, c) in raw.char_indices() {
        let c = match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                before = Between::Break;
                continue;
            }
            ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
                before = wider(before, 1);
                continue;
            }
            '\u{3000}' => {
                before = wider(before, 2);
                continue;
            }
            '\t' => {
                before = wider(before, 4);
                continue;
            }
            '0'..='9' | 'a'..='z' | 'A'..='Z' | '\u{4e00}'..='\u{9fff}' => c,
            _ => match half_width(c) {
                Some(c) => c,
                None => continue,
            },
        };
        glyphs.push(Glyph { c, at: at as u32, before });
        before = Between::Nothing;
    }
    glyphs
}

fn wider(before: Between, by: u16) -> Between {
    match before {
        Between::Nothing => Between::Blank(by),
        Between::Blank(width) => Between::Blank(width.saturating_add(by)),
        Between::Break => Between::Break,
    }
}

/// The usual form of a character, or `None` for junk without meaning (zero width, controls, private use).
fn half_width(c: char) -> Option<char> {
    Some(match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '／' | '．' | '＋' => {
            char::from_u32(c as u32 - 0xFEE0)?
        }
        '﹪' => '%',
        '‐' | '‑' | '−' | '－' | '﹣' => '-',
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => han::unified(c),
        // Wingdings boxes: unticked, ticked
        '\u{F0A3}' | '\u{F0A8}' | '\u{F06F}' | '\u{F071}' | '\u{F072}' => '□',
        '\u{F052}' | '\u{F0FE}' | '\u{F0FD}' => '☑',
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => return None,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => return None,
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' => return None,
        c if c.is_control() => return None,
        c => c,
    })
}

/// What only neighbours can tell: `，` between digit groups is a separator, `£因素法` an unticked box.
fn fold(glyphs: &mut [Glyph]) {
    for at in 0..glyphs.len() {
        let next = glyphs.get(at + 1).map_or(' ', |glyph| glyph.c);
        match glyphs[at].c {
            '，' if groups_digits(glyphs, at) => glyphs[at].c = ',',
            '£' if blanks::is_han(next) => glyphs[at].c = '□',
            // a symbol font's empty box at the start of a cell or word
            'o' if starts_word(glyphs, at)
                && blanks::is_han(next)
                && glyphs[at + 1].before == Between::Nothing =>
            {
                glyphs[at].c = '□';
            }
            _ => {}
        }
    }
}

fn starts_word(glyphs: &[Glyph], at: usize) -> bool {
    at == 0 || glyphs[at].before != Between::Nothing || glyphs[at - 1].c == '□'
}

/// Whether the comma at `at` stands as in `1，234`: one to three digits before it, exactly three after.
fn groups_digits(glyphs: &[Glyph], at: usize) -> bool {
    let digit = |index: usize| glyphs.get(index).is_some_and(|glyph| glyph.c.is_ascii_digit());
    let back = |by: usize| at.checked_sub(by).is_some_and(digit);
    back(1)
        && !back(4)
        && (1..=3).all(|by| digit(at + by))
        && !digit(at + 4)
        && (1..=3).all(|by| glyphs[at + by].before == Between::Nothing)
}

#[cfg(test)]
mod tests;
