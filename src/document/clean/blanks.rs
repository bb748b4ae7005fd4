//! Which blanks and soft line breaks mean something: `5180. 59` is one number, `12.5 13.6` are two.

use super::{Between, Glyph};

/// Whether a character is set in the wide grid of Han text (Chinese punctuation included).
pub(super) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}'
        | '‘' | '’' | '“' | '”' | '—' | '–' | '…' | '·' | '×' | '÷' | '≥' | '≤' | '≠' | '→'
        | '■'..='◿' | '☐'..='☒' | '√' | '①'..='⓿' | 'Ⅰ'..='ⅿ' | '℃' | '‰' | '¥')
}

/// For each glyph, whether one blank is kept before it.
pub(super) fn resolve(glyphs: &[Glyph]) -> Vec<bool> {
    let mut keep = vec![false; glyphs.len()];
    let year = spaced_years(glyphs);
    for at in 1..glyphs.len() {
        if glyphs[at].before != Between::Nothing && !year[at] {
            keep[at] = stays(glyphs, at);
        }
    }
    keep
}

/// Marks the blanks inside a justified year, `2 0 2 4 年`.
fn spaced_years(glyphs: &[Glyph]) -> Vec<bool> {
    let mut marked = vec![false; glyphs.len()];
    for (at, window) in glyphs.windows(5).enumerate() {
        let digits = window[..4].iter().all(|glyph| glyph.c.is_ascii_digit());
        let spaced = window[1..4].iter().all(|glyph| glyph.before == Between::Blank(1));
        let first = at == 0 || !glyphs[at - 1].c.is_ascii_digit();
        if digits && spaced && first && window[4].c == '年' {
            marked[at + 1..at + 4].fill(true);
        }
    }
    marked
}

/// Whether the blank or break before `glyphs[at]` separates.
fn stays(glyphs: &[Glyph], at: usize) -> bool {
    let (before, after) = (glyphs[at - 1].c, glyphs[at].c);
    if is_han(before) || is_han(after) {
        let latin = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        return match glyphs[at].before {
            Between::Break => false,
            Between::Blank(width) => (latin && width < 8) || opens_label(glyphs, at, width),
            Between::Nothing => false,
        };
    }
    if matches!(after, '%' | ')' | ']') && (before.is_ascii_digit() || before == '.') {
        return false;
    }
    if matches!(before, '(' | '[' | '$') {
        return false;
    }
    if before.is_ascii_digit() && after.is_ascii_digit() {
        return !(glyphs[at].before == Between::Break && broken_number(glyphs, at));
    }
    if matches!(before, '.' | ',') && after.is_ascii_digit() {
        return !continues_after_mark(glyphs, at);
    }
    if before.is_ascii_digit() && matches!(after, '.' | ',') {
        return !glyphs.get(at + 1).is_some_and(|glyph| {
            glyph.c.is_ascii_digit() && (after == '.' || groups(glyphs, at + 1))
        });
    }
    if after == '-' && before.is_ascii_digit() || before == '-' && after.is_ascii_digit() {
        return !between_digits(glyphs, if after == '-' { at } else { at - 1 });
    }
    true
}

/// `部门：某局　　单位：万元`: a wide blank before a label with a colon keeps the two apart.
fn opens_label(glyphs: &[Glyph], at: usize, width: u16) -> bool {
    if !is_han(glyphs[at].c) || matches!(glyphs[at].c, '：' | '，' | '。' | '、' | '）') {
        return false;
    }
    let label: String = glyphs[at..].iter().take(10).map(|glyph| glyph.c).collect();
    if label.starts_with("单位：") || label.starts_with("金额单位") {
        return !glyphs[..at].ends_with_name("金额");
    }
    width >= 2
        && label
            .char_indices()
            .find(|(_, c)| matches!(c, '：' | ':') || !is_han(*c))
            .is_some_and(|(index, c)| matches!(c, '：' | ':') && index >= 6)
        && !matches!(glyphs[at - 1].c, '，' | '。' | '；' | '、' | '：')
}

trait EndsWith {
    fn ends_with_name(&self, name: &str) -> bool;
}

impl EndsWith for [Glyph] {
    fn ends_with_name(&self, name: &str) -> bool {
        let mut glyphs = self.iter().rev();
        name.chars().rev().all(|c| glyphs.next().is_some_and(|glyph| glyph.c == c))
    }
}

/// A number broken over two lines: `14,021.` + `21` is seen elsewhere; here `1,2` + `34.56`, or prose on both lines.
fn broken_number(glyphs: &[Glyph], at: usize) -> bool {
    let group = digits_before(glyphs, at);
    let comma = at.checked_sub(group + 1).is_some_and(|index| glyphs[index].c == ',');
    let after = digits_after(glyphs, at);
    if comma && group < 3 {
        return group + after == 3;
    }
    prose(glyphs[..at].iter().rev(), at, glyphs) && prose_after(glyphs, at)
}

/// Whether the line that ends before `at` holds Han text.
fn prose<'a>(back: impl Iterator<Item = &'a Glyph>, at: usize, glyphs: &[Glyph]) -> bool {
    let mut index = at;
    for glyph in back {
        index -= 1;
        if glyph.c >= '\u{4e00}' && is_han(glyph.c) {
            return true;
        }
        if glyphs[index].before == Between::Break {
            return false;
        }
    }
    false
}

/// Whether the line that starts at `at` holds Han text.
fn prose_after(glyphs: &[Glyph], at: usize) -> bool {
    for (index, glyph) in glyphs[at..].iter().enumerate() {
        if index > 0 && glyph.before == Between::Break {
            return false;
        }
        if glyph.c >= '\u{4e00}' && is_han(glyph.c) {
            return true;
        }
    }
    false
}

/// `5180. 59` and `1, 234` go on; `1. 2024年` is a list label and its sentence.
fn continues_after_mark(glyphs: &[Glyph], at: usize) -> bool {
    let whole = digits_before(glyphs, at - 1);
    if whole == 0 || glyphs[at - 1].before != Between::Nothing {
        return false;
    }
    if glyphs[at - 1].c == ',' {
        return whole <= 3 && groups(glyphs, at);
    }
    let start = at - 1 - whole;
    let after = digits_after(glyphs, at);
    let label = whole <= 2 && (start == 0 || !is_amount_part(glyphs[start - 1].c));
    let year = after == 4 && glyphs.get(at + 4).is_some_and(|glyph| glyph.c == '年');
    !(label && (start == 0 || year))
}

fn is_amount_part(c: char) -> bool {
    c == ',' || c == '.'
}

/// Whether exactly three digits stand at `at`.
fn groups(glyphs: &[Glyph], at: usize) -> bool {
    digits_after(glyphs, at) == 3
}

/// How many digits (at most 5 are looked at) stand directly before `at`.
fn digits_before(glyphs: &[Glyph], at: usize) -> usize {
    glyphs[..at].iter().rev().take(5).take_while(|glyph| glyph.c.is_ascii_digit()).count()
}

/// How many digits (at most 5 are looked at) stand from `at` on without a blank inside.
fn digits_after(glyphs: &[Glyph], at: usize) -> usize {
    let rest = &glyphs[at..];
    rest.iter()
        .take(5)
        .enumerate()
        .take_while(|(index, glyph)| {
            glyph.c.is_ascii_digit() && (*index == 0 || glyph.before == Between::Nothing)
        })
        .count()
}

/// `2023 - 2024`: blanks on both sides of a dash between digits.
fn between_digits(glyphs: &[Glyph], dash: usize) -> bool {
    let digit = |index: Option<usize>| {
        index.and_then(|index| glyphs.get(index)).is_some_and(|glyph| glyph.c.is_ascii_digit())
    };
    digit(dash.checked_sub(1))
        && digit(dash.checked_add(1))
        && glyphs[dash].before != Between::Nothing
        && glyphs[dash + 1].before != Between::Nothing
}
