//! What was read of a scanned page, kept beside the document: each character with its box, its certainty and what else
//! it might be.

use super::page::Sheet;
use super::piece::Other;
use super::read::{Sign, Words};
use super::rules::Line;
use crate::document::page::{Canvas, Glyph, Rule};

/// A scanned page as read; boxes in points from the top left corner.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scan {
    /// Which file of a report of several files (0 is the first).
    pub file: u16,
    /// 1-based page.
    pub page: u32,
    /// Its characters, line by line.
    pub signs: Vec<Sign>,
    /// What characters were read together, and how sure that is; [`Sign::piece`] counts these.
    pub pieces: Vec<Piece>,
}

/// A few characters that were read together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Piece {
    /// How sure the reading is, 0 to 1.
    pub certainty: f32,
    /// Other readings, the likeliest first.
    pub others: Vec<Other>,
}

/// A line that is less certain than this is no words: a seal, a picture, a stain.
const WORDS: f32 = 0.4;
/// A character's ink is this share of its em: Chinese characters, and digits.
const HAN: f32 = 0.92;
const DIGIT: f32 = 0.72;

/// The canvas of page `number`, `width` points wide before it was turned, and what was read.
pub fn canvas(sheet: &Sheet, number: u32, width: f32, height: f32) -> (Canvas, Scan) {
    let (width, height) = if sheet.quarters % 2 == 1 { (height, width) } else { (width, height) };
    let points = width / sheet.width.max(1) as f32;
    let mut canvas = Canvas::new(number, width, height);
    let mut scan = Scan { page: number, ..Scan::default() };
    canvas.rules = sheet.rules.iter().map(|line| rule(line, points)).collect();
    for words in sheet.words.iter().filter(|words| words.certainty() >= WORDS) {
        let first = scan.pieces.len();
        let (size, bottom) = em(words, sheet.em);
        let (size, bottom) = (size * points, bottom * points);
        for sign in &words.signs {
            let [x0, _, x1, _] = sign.rect.map(|side| side * points);
            let certainty = words.pieces.get(sign.piece).map_or(0.0, |(certainty, _)| *certainty);
            let certainty = percent(certainty);
            let top = bottom - size;
            canvas.glyphs.push(Glyph { c: sign.c, x0, x1, top, bottom, size, certainty });
            scan.signs.push(Sign {
                rect: [x0, top, x1, bottom],
                piece: first + sign.piece,
                ..*sign
            });
        }
        let pieces = words.pieces.iter();
        scan.pieces.extend(
            pieces
                .map(|(certainty, others)| Piece { certainty: *certainty, others: others.clone() }),
        );
    }
    (canvas, scan)
}

/// Certainty in whole percent, rounded down: 100 is said of a text layer only.
pub fn percent(certainty: f32) -> u8 {
    (certainty * 100.0).clamp(0.0, 99.0) as u8
}

/// The em of a line in pixels and the bottom of its em box, by the ink of its characters.
fn em(words: &Words, page: f32) -> (f32, f32) {
    let [_, top, _, bottom] = words.rect;
    let height = bottom - top;
    let has = |test: fn(char) -> bool| words.signs.iter().any(|sign| test(sign.c));
    let han = has(|c| !c.is_ascii());
    let deep = has(|c| matches!(c, ',' | ';' | '(' | ')' | '/' | 'g' | 'j' | 'p' | 'q' | 'y'));
    let (share, under) = match (han, deep) {
        (true, _) => (HAN, 0.04),
        (false, true) => (DIGIT + 0.12, 0.0),
        (false, false) => (DIGIT, 0.12),
    };
    let own = height / share;
    // Most lines of a page have one size, whatever the ink of each happens to be.
    let page = page / HAN;
    let size = if (own / page - 1.0).abs() < 0.25 { page } else { own };
    (size, bottom + under * size)
}

fn rule(line: &Line, points: f32) -> Rule {
    Rule {
        horizontal: line.horizontal,
        at: (line.middle() + 0.5) * points,
        from: line.from as f32 * points,
        to: line.to as f32 * points,
    }
}
