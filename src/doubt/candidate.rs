//! Other readings of a figure: those that the network weighed, and the usual misreadings of what it was not sure of.

use super::magnitude;
use crate::document::{Document, Span};
use crate::number::{Number, Range, Reading};
use crate::ocr::Scan;
use crate::ocr::piece::half_width;
use crate::ocr::read::Sign;
use crate::ocr::scan::Piece;
use rust_decimal::Decimal;

/// Another reading is weighed from this likelihood on.
const LIKELY: f32 = 0.002;
/// Characters read with this certainty are not taken for others.
const SURE: f32 = 0.999;
/// Digits that noise makes of one another.
const ALIKE: [&str; 10] = ["68", "74", "7", "8592", "1", "638", "508", "1", "3609", "84"];

/// Signs that cleaning may have dropped in one place.
const REACH: usize = 6;

/// A character of a scanned page, and what was read together with it.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    /// The character.
    pub sign: &'a Sign,
    /// Its piece; `None` if the scan has lost it.
    pub piece: Option<&'a Piece>,
}

impl Read<'_> {
    /// How sure the reading is, 0 to 1.
    pub fn certainty(&self) -> f32 {
        self.piece.map_or(0.0, |piece| piece.certainty)
    }
}

/// Another reading of a figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Its digits, points and commas.
    pub text: String,
    /// What it can stand for, in the base unit.
    pub range: Option<Range>,
    /// Digits after the point.
    pub decimals: u32,
    /// Whether the network itself weighed it.
    pub recognised: bool,
    value: Decimal,
    quantum: Decimal,
}

impl Candidate {
    /// As the reading of a number.
    pub fn reading(&self) -> Reading {
        Reading::Quantity { value: self.value, quantum: self.quantum }
    }
}

/// The characters that were read in a span, from left to right, line by line and page by page; none where it does not
/// stand on a scanned page.
pub(super) fn signs(document: &Document, span: Span) -> Vec<Read<'_>> {
    let first = document.origins.partition_point(|(start, _)| *start <= span.start);
    let last = document.origins.partition_point(|(start, _)| *start < span.end);
    let mut found = Vec::new();
    for index in first.saturating_sub(1)..last.max(first) {
        let Some((start, origin)) = document.origins.get(index) else { continue };
        let (Some(page), Some([x0, y0, x1, y1])) = (origin.page, origin.bbox) else { continue };
        let on = |scan: &&Scan| scan.page == page && scan.file == origin.file;
        let Some(scan) = document.scans.iter().find(on) else { continue };
        let inside = |sign: &&Sign| {
            let [left, top, right, bottom] = sign.rect;
            let (x, y) = ((left + right) / 2.0, (top + bottom) / 2.0);
            (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
        };
        let run: Vec<&Sign> = scan.signs.iter().filter(inside).collect();
        let end = document.origins.get(index + 1).map_or(document.text.len(), |o| o.0 as usize);
        let text = document.text.get(*start as usize..end).unwrap_or("");
        let own = span.start.saturating_sub(*start)..span.end.saturating_sub(*start);
        // A span may run over two pages: each character keeps its own page's piece.
        let read = |sign| Read { sign, piece: scan.pieces.get(sign.piece) };
        found.extend(part(text, own, &run).unwrap_or(run).into_iter().map(read));
    }
    found
}

/// The signs of the bytes `own` of a run of text, which cleaning may have changed a little; `None` if they do not match.
fn part<'a>(text: &str, own: std::ops::Range<u32>, signs: &[&'a Sign]) -> Option<Vec<&'a Sign>> {
    let mut rest = signs.iter();
    let mut found = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let ahead = rest.clone().take(REACH).position(|sign| half_width(sign.c) == half_width(c));
        let sign = ahead.and_then(|skip| rest.nth(skip));
        if own.contains(&(at as u32)) {
            found.push(*sign?);
        }
    }
    Some(found)
}

/// Other readings of a figure, those that the network weighed first.
pub(super) fn candidates(document: &Document, number: &Number) -> Vec<Candidate> {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let list = signs(document, number.span).into_iter().filter(|read| figure(read.sign.c));
    let list: Vec<Read<'_>> = list.collect();
    let text: Vec<char> = list.iter().map(|read| read.sign.c).collect();
    let plain: String = text.iter().collect();
    let printed = parse(&plain).map(|(value, _)| value);
    if printed.is_none() || printed != magnitude(number) {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |chars: String, recognised: bool| {
        if let Some(candidate) = candidate(chars, recognised, number)
            && found.iter().all(|other| other.value != candidate.value)
            && Some(candidate.value.abs()) != printed
        {
            found.push(candidate);
        }
    };
    let with = |from: usize, to: usize, middle: &str| -> String {
        let (before, after) = (text[..from].iter(), text[to..].iter());
        before.copied().chain(middle.chars()).chain(after.copied()).collect()
    };
    let mut from = 0;
    while from < list.len() {
        let piece = list[from].sign.piece;
        let to = from + list[from..].iter().take_while(|read| read.sign.piece == piece).count();
        for other in list[from].piece.into_iter().flat_map(|piece| &piece.others) {
            if other.likely >= LIKELY && other.text.chars().all(figure) {
                add(with(from, to, &other.text), true);
            }
        }
        from = to;
    }
    for (at, read) in list.iter().enumerate() {
        if read.piece.is_none_or(|piece| piece.certainty >= SURE) {
            continue;
        }
        match read.sign.c.to_digit(10) {
            Some(digit) => {
                ALIKE[digit as usize]
                    .chars()
                    .for_each(|c| add(with(at, at + 1, &c.to_string()), false));
                ('0'..='9').for_each(|c| add(with(at, at, &c.to_string()), false));
                ('0'..='9').for_each(|c| add(with(at + 1, at + 1, &c.to_string()), false));
                add(with(at, at + 1, ""), false);
            }
            None => {
                let other = if read.sign.c == '.' { "," } else { "." };
                add(with(at, at + 1, other), false);
            }
        }
    }
    found
}

fn candidate(text: String, recognised: bool, number: &Number) -> Option<Candidate> {
    let (value, decimals) = parse(&text)?;
    let negative = number.value()?.is_sign_negative();
    let value = if negative { -value } else { value };
    let quantum = Decimal::new(1, decimals);
    let half = quantum.checked_mul(number.factor)?.checked_div(Decimal::TWO)?;
    let range = Range::around(value.checked_mul(number.factor)?, half);
    Some(Candidate { text, range, decimals, recognised, value, quantum })
}

/// The value of digits with a point and commas, and the digits after the point; commas must part groups of three.
fn parse(text: &str) -> Option<(Decimal, u32)> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if first.is_empty() || (grouped && first.len() > 3) || decimals.contains(',') {
        return None;
    }
    if !groups.all(|group| group.len() == 3) || decimals.len() > 9 {
        return None;
    }
    let value = text.replace(',', "").parse::<Decimal>().ok()?;
    Some((value, decimals.len() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_follow_the_cleaned_text() {
        let signs: Vec<Sign> = "共有 车辆４辆，1辆"
            .chars()
            .enumerate()
            .map(|(piece, c)| Sign { c, rect: [0.0; 4], piece })
            .collect();
        let signs: Vec<&Sign> = signs.iter().collect();
        let text = "共有车辆4辆，1辆";
        let own = |part: &str| {
            let start = text.find(part).unwrap_or(0) as u32;
            start..start + part.len() as u32
        };
        let pieces = |part_of| {
            part(text, own(part_of), &signs)
                .map(|list| list.iter().map(|sign| sign.piece).collect())
        };
        assert_eq!(pieces("4辆"), Some(vec![5, 6]));
        assert_eq!(pieces("1辆"), Some(vec![8, 9]));
        assert_eq!(part("7辆", 0..1, &signs), None);
    }

    #[test]
    fn commas_part_groups_of_three() {
        assert_eq!(parse("1,333,000.50"), Some((Decimal::new(133_300_050, 2), 2)));
        assert_eq!(parse("1.333.000"), None);
        assert_eq!(parse("13,33"), None);
        assert_eq!(parse(""), None);
    }
}
