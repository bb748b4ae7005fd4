//! One pass over a text: finds where figures start and reads each whole.

mod arabic;

use super::context::{label, ordinal, tenths};
use super::quantity::{self, Quantity, is_han};
use super::{Approximate, Kind, Reading, approximate, chinese, code, period};
use crate::pattern::First;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A number inside a text, before it has a home.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub kind: Kind,
    pub reading: Reading,
    pub unit: Cow<'static, str>,
    pub factor: Decimal,
    pub decimals: u32,
    pub approximate: Option<Approximate>,
    pub start: usize,
    pub end: usize,
}

/// A figure that was not read: first byte, end, why.
pub(super) type Unread = (usize, usize, &'static str);

/// A pass over one text.
pub(super) struct Scan<'a> {
    text: &'a str,
    /// First byte that belongs to no number yet.
    free: usize,
    pub found: Vec<Found>,
    pub unread: Vec<Unread>,
}

fn digit_at(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// A joint inside identifiers: `GB/T23001-2017`.
fn joint(byte: u8) -> bool {
    matches!(byte, b'-' | b'/' | b'_' | b'.' | b':' | b'+' | b'#' | b'&' | b'@' | b'=' | b'?')
}

/// What a reader leaves of a character without a name.
const UNKNOWN: char = '\u{FFFD}';

/// What figures, relative years, codes and identifiers begin with: most characters are none of these.
static BEGINS: LazyLock<First> = LazyLock::new(|| {
    const WORDS: &str = "上去本当今前下次明第十百千万佰仟萬拾（(";
    const DIGITS: &str = "零〇一壹弌二贰貳两兩俩倆三叁叄參仨四肆五伍六陆陸七柒八捌九玖";
    let mut first = First::default();
    let ascii = [('0', '9'), ('A', 'Z'), ('a', 'z')];
    ascii.into_iter().for_each(|(from, to)| first.range(from, to));
    WORDS.chars().chain(DIGITS.chars()).chain([UNKNOWN]).for_each(|c| first.range(c, c));
    first
});

/// The end of the figure at `at` that holds an unknown character; `None` if it holds none.
fn blurred_figure(text: &str, at: usize) -> Option<usize> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | UNKNOWN);
    let rest = &text[at..];
    let run = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
    let run = run.trim_end_matches([',', '.']);
    let figure = run.contains(UNKNOWN) && run.bytes().any(|b| b.is_ascii_digit());
    figure.then_some(at + run.len())
}

/// The end of the run of letters, digits and joints at `at`.
fn identifier(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let inner = joint(*byte) && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !byte.is_ascii_alphanumeric() && !inner {
            break;
        }
        end += 1;
    }
    end
}

/// `51090422T000000400299`: a project code of the budget system.
fn project_code(token: &str) -> bool {
    let head = token.bytes().take_while(u8::is_ascii_digit).count();
    let letters = token[head..].bytes().take_while(u8::is_ascii_uppercase).count();
    let tail = &token[head + letters..];
    head >= 6
        && (1..=2).contains(&letters)
        && tail.len() >= 6
        && tail.bytes().all(|b| b.is_ascii_digit())
}

impl<'a> Scan<'a> {
    /// Reads all numbers of `text`; `labelled` says that a heading or list label may open it.
    pub fn run(text: &'a str, labelled: bool) -> Self {
        let mut scan = Self { text, free: 0, found: Vec::new(), unread: Vec::new() };
        let mut at = if labelled { label(text) } else { 0 };
        scan.free = at;
        let bytes = text.as_bytes();
        let blurred = text.contains(UNKNOWN);
        while let Some(ahead) = text[at..].find(|c| BEGINS.may_be(c)) {
            at += ahead;
            let byte = bytes[at];
            let next = match byte {
                b'0'..=b'9' | 0xef if blurred && let Some(end) = blurred_figure(text, at) => {
                    scan.refuse(at, end, "有认不出的字符，不是完整的数字")
                }
                b'0'..=b'9' => scan.digits(at),
                b'A'..=b'Z' | b'a'..=b'z' => scan.letters(at),
                0..=0x7f if byte != b'(' => at + 1,
                0xe3..=0xe9 | 0xef | b'(' => scan.wide(at),
                _ => at + 1,
            };
            at = next.max(at + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
        }
        scan
    }

    fn before(&self, at: usize) -> &'a str {
        &self.text[self.free..at]
    }

    fn take(&mut self, found: Found) -> usize {
        self.free = found.end;
        let end = found.end;
        self.found.push(found);
        end
    }

    fn refuse(&mut self, start: usize, end: usize, why: &'static str) -> usize {
        let end = end.max(start + 1);
        self.free = end;
        self.unread.push((start, end, why));
        end
    }

    fn special(&mut self, kind: Kind, reading: Reading, start: usize, end: usize) -> usize {
        let (unit, factor) = (Cow::Borrowed(""), Decimal::ONE);
        self.take(Found { kind, reading, unit, factor, decimals: 0, approximate: None, start, end })
    }

    fn code(&mut self, at: usize) -> Option<usize> {
        let found = code::found(self.text, self.free, at)?;
        Some(self.special(Kind::Code, Reading::Code(found.code), found.start, found.end))
    }

    fn period(&mut self, at: usize, found: period::Found) -> usize {
        self.special(found.kind, Reading::Period(found.period), at, at + found.length)
    }

    /// A run that starts with a letter is an identifier, never partly a number.
    fn letters(&mut self, at: usize) -> usize {
        let end = identifier(self.text, at);
        let token = &self.text[at..end];
        if !token.bytes().any(|b| b.is_ascii_digit()) {
            return end;
        }
        // RMB100.00万元
        let money = ["RMB", "CNY", "Rmb", "rmb"].iter().find(|word| token.starts_with(**word));
        if let Some(word) = money
            && digit_at(token, word.len())
        {
            return at + word.len();
        }
        // A11立项依据充分性: the label of an indicator.
        let labels = at == 0
            && token.starts_with(|c: char| c.is_ascii_uppercase())
            && token.len() < 6
            && token[1..].bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
            && self.text[end..].starts_with(super::quantity::is_han);
        if labels {
            self.free = end;
            return end;
        }
        self.refuse(at, end, "标识、型号或代号，不是数量")
    }

    /// A Chinese numeral, 百分之, a relative year, or a code marker.
    fn wide(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(c) = rest.chars().next() else { return at + 1 };
        let step = at + c.len_utf8();
        match c {
            '（' | '(' => {
                let inner = rest[c.len_utf8()..].chars().next();
                let marked = inner.is_some_and(|c| matches!(c, '类' | '款' | '项'));
                let numbered = digit_at(rest, c.len_utf8());
                if (marked || numbered)
                    && let Some(end) = self.code(at)
                {
                    return end;
                }
                if numbered { self.enumeration(at, step) } else { step }
            }
            '十' | '百' | '千' | '万' | '佰' | '仟' | '萬'
                if quantity::percent_of(rest).is_some()
                    && !self.before(at).ends_with(|c| chinese::run(&String::from(c)) > 0) =>
            {
                let Some((value, quantum, length)) = quantity::percent_of(rest) else {
                    return step;
                };
                let negative = self.negative(at);
                let value = if negative < at { -value } else { value };
                let reading = Reading::Quantity { value, quantum };
                let approximate = approximate::before(self.before(negative));
                let (unit, factor, end) = (Cow::Borrowed("%"), Decimal::ONE, at + length);
                let (kind, start) = (Kind::Percent, negative);
                self.take(Found {
                    kind,
                    reading,
                    unit,
                    factor,
                    decimals: 0,
                    approximate,
                    start,
                    end,
                })
            }
            '上' | '去' | '本' | '当' | '今' | '前' | '下' | '次' | '明' => {
                match period::relative(rest, self.before(at)) {
                    Some(found) => self.period(at, found),
                    None => step,
                }
            }
            '第' => ordinal(self.text, step),
            _ if chinese::starts(c) => self.numeral(at, step),
            _ => step,
        }
    }

    /// `（1）`, `（2）`: a label inside a sentence, not a number.
    fn enumeration(&self, at: usize, inner: usize) -> usize {
        let length = self.text[inner..].bytes().take_while(u8::is_ascii_digit).count();
        let closed = self.text[inner + length..].starts_with(['）', ')']);
        let opens =
            self.text[..at].chars().next_back().is_none_or(|c| !is_han(c) && c != '”' && c != '》');
        if closed && length <= 2 && opens { inner + length } else { inner }
    }

    /// A Chinese numeral counts only where a unit makes it a number: `三千五百万元`, `三十五人`.
    fn numeral(&mut self, at: usize, step: usize) -> usize {
        let rest = &self.text[at..];
        let before = self.before(at);
        if let Some(found) = period::period(rest).or_else(|| period::plan(rest, before)) {
            return self.period(at, found);
        }
        let Some(numeral) = chinese::numeral(rest) else {
            // 二三十: no figure, and none of its parts is one.
            return step.max(at + chinese::run(rest));
        };
        let skip = at + numeral.length;
        if before.ends_with('第') {
            return skip;
        }
        // 数十万, 几百: how many is not said.
        if before.ends_with(['数', '几']) && rest.starts_with(['十', '百', '千']) {
            return self.refuse(at, skip, "约数，没有说出是多少");
        }
        let after = &rest[numeral.length..];
        if let Some((value, quantum, length)) = tenths(after, &numeral) {
            let reading = Reading::Quantity { value, quantum };
            let approximate = approximate::before(before);
            let (unit, factor, end) = (Cow::Borrowed("%"), Decimal::ONE, skip + length);
            return self.take(Found {
                kind: Kind::Percent,
                reading,
                unit,
                factor,
                decimals: 0,
                approximate,
                start: at,
                end,
            });
        }
        let Some(read) = quantity::spoken(&numeral, after) else { return skip };
        // 一般, 统一, 三公, 一件事, 十大: idioms; only money, or a numeral of some length, is meant as a figure.
        let counted = matches!(read.kind, Kind::Percent | Kind::Points)
            || (numeral.scaled && numeral.chars > 1)
            || ["批次", "人次", "辆", "台（套）", "个百分点"].contains(&read.unit.as_ref());
        if read.kind != Kind::Amount && !counted {
            return skip;
        }
        let start = self.negative(at);
        let mut read = read;
        if start < at {
            read.value = -read.value;
        }
        self.quantity(read, start, at, skip)
    }

    /// Where the 负 before a figure starts, or the figure itself: `负三十二万元`, not 正负.
    fn negative(&self, at: usize) -> usize {
        let before = self.before(at);
        let signed = before.strip_suffix(['负', '負']).filter(|rest| !rest.ends_with('正'));
        signed.map_or(at, |_| at - '负'.len_utf8())
    }

    /// Takes a quantity whose figure ends at `end`; `start` includes the sign.
    fn quantity(&mut self, read: Quantity, start: usize, figure: usize, end: usize) -> usize {
        let end = end + read.length;
        let over = read.over.then_some(Approximate::Over);
        let approximate = over
            .or_else(|| approximate::before(self.before(start.min(figure))))
            .or_else(|| approximate::after(&self.text[end..]));
        let Quantity { kind, value, quantum, unit, factor, decimals, .. } = read;
        let reading = Reading::Quantity { value, quantum };
        self.take(Found { kind, reading, unit, factor, decimals, approximate, start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numeral_is_stopped_at() {
        let numerals = ('\u{3000}'..='\u{9fff}').filter(|c| chinese::starts(*c));
        assert!(numerals.into_iter().all(|c| BEGINS.may_be(c)));
    }
}
