//! Lifting: `收入合计100.00万元，占5%` becomes `收入合计<amount>，占<percent>`, cut into clauses.

use super::{is_quantity, placeholder};
use crate::document::Span;
use crate::number::{Kind, Number, NumberId};

/// A text with its numbers lifted out.
#[derive(Debug, Clone, Default)]
pub struct Lifted {
    /// One placeholder character a number.
    pub text: String,
    /// The numbers, with the byte of `text` their placeholder stands at.
    pub numbers: Vec<(u32, NumberId)>,
    /// Pieces of `text` and the byte of the document each starts at.
    pieces: Vec<(u32, u32)>,
}

/// What ends a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `，` `、`
    Comma,
    /// `：`
    Colon,
    /// `；`
    Semicolon,
    /// `。` or the end of the text
    Stop,
    /// `（` before figures
    Open,
    /// `）` after figures
    Close,
}

/// A clause of lifted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// First byte in the lifted text.
    pub start: usize,
    /// One past the last byte, without the delimiter.
    pub end: usize,
    /// What ends it.
    pub then: Delimiter,
    /// Whether it ends with `、` (then it may belong to a word that goes on).
    pub enumerates: bool,
}

/// Lifts `numbers` (sorted, all inside `span`, relative periods left in place) out of `text`, the text of `span`.
pub fn lift(text: &str, span: Span, numbers: &[Number], ids: std::ops::Range<NumberId>) -> Lifted {
    let mut lifted = Lifted { text: String::with_capacity(text.len()), ..Lifted::default() };
    let mut at = 0usize;
    for id in ids {
        let number = &numbers[id as usize];
        if number.period().is_some_and(|period| period.relative) {
            continue;
        }
        let (start, end) =
            ((number.span.start - span.start) as usize, (number.span.end - span.start) as usize);
        if start < at || end > text.len() {
            continue;
        }
        if start > at {
            lifted.pieces.push((lifted.text.len() as u32, span.start + at as u32));
            lifted.text.push_str(&text[at..start]);
        }
        lifted.pieces.push((lifted.text.len() as u32, number.span.start));
        lifted.numbers.push((lifted.text.len() as u32, id));
        lifted.text.push(placeholder(number.kind));
        at = end;
    }
    if at < text.len() {
        lifted.pieces.push((lifted.text.len() as u32, span.start + at as u32));
        lifted.text.push_str(&text[at..]);
    }
    lifted
}

impl Lifted {
    /// The byte of the document that a byte of the lifted text stands for.
    pub fn source(&self, at: usize) -> u32 {
        let after = self.pieces.partition_point(|(start, _)| *start as usize <= at);
        match after.checked_sub(1) {
            Some(index) => {
                let (start, source) = self.pieces[index];
                source + (at as u32 - start)
            }
            None => 0,
        }
    }

    /// The number whose placeholder stands at byte `at`.
    pub fn number_at(&self, at: usize) -> Option<NumberId> {
        self.numbers
            .binary_search_by_key(&(at as u32), |(at, _)| *at)
            .ok()
            .map(|i| self.numbers[i].1)
    }

    /// The numbers of a kind whose placeholders stand in a range.
    pub fn numbers_in(&self, range: std::ops::Range<usize>) -> &[(u32, NumberId)] {
        let from = self.numbers.partition_point(|(at, _)| (*at as usize) < range.start);
        let to = self.numbers.partition_point(|(at, _)| (*at as usize) < range.end);
        &self.numbers[from..to.max(from)]
    }

    /// The clauses, in order. `、` ends a clause only after a figure (`收、支总计` stays whole), and brackets only
    /// where figures stand inside (`因公出国（境）费` stays whole).
    pub fn clauses(&self) -> Vec<Clause> {
        let text = &self.text;
        let figures_inside = match text.contains(['（', '(']) {
            true => figure_brackets(text),
            false => Vec::new(),
        };
        let mut clauses = Vec::new();
        let mut start = 0;
        let mut figure = false;
        let mut next_bracket = 0;
        for (index, c) in text.char_indices() {
            let mut then = match c {
                '，' | ',' => Some(Delimiter::Comma),
                '、' if figure => Some(Delimiter::Comma),
                '：' | ':' => Some(Delimiter::Colon),
                '；' | ';' => Some(Delimiter::Semicolon),
                '。' | '！' | '？' => Some(Delimiter::Stop),
                _ => None,
            };
            if next_bracket < figures_inside.len() && figures_inside[next_bracket].0 == index {
                then = Some(figures_inside[next_bracket].1);
                next_bracket += 1;
            }
            figure |= is_quantity(c);
            if let Some(then) = then {
                clauses.push(Clause { start, end: index, then, enumerates: c == '、' });
                start = index + c.len_utf8();
                figure = false;
            }
        }
        if start < text.len() {
            clauses.push(Clause {
                start,
                end: text.len(),
                then: Delimiter::Stop,
                enumerates: false,
            });
        }
        clauses
    }
}

/// The brackets with an amount, percentage or change inside, in order of place.
fn figure_brackets(text: &str) -> Vec<(usize, Delimiter)> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut brackets = Vec::new();
    for (index, c) in text.char_indices() {
        match c {
            '（' | '(' => open.push((index, false)),
            '）' | ')' => {
                if let Some((start, true)) = open.pop() {
                    brackets.push((start, Delimiter::Open));
                    brackets.push((index, Delimiter::Close));
                    if let Some(outer) = open.last_mut() {
                        outer.1 = true;
                    }
                }
            }
            c if c == placeholder(Kind::Amount) || c == placeholder(Kind::Percent) => {
                if let Some(last) = open.last_mut() {
                    last.1 = true;
                }
            }
            _ => {}
        }
    }
    brackets.sort_unstable_by_key(|(at, _)| *at);
    brackets
}
