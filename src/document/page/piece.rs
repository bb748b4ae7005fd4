//! Pieces: characters that follow each other without a gap, as they were drawn.

use super::Glyph;

/// A gap wider than this many ems ends a piece.
const GAP: f32 = 0.45;

/// Characters of one base line without a gap between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Piece {
    /// First glyph.
    pub from: u32,
    /// One past the last glyph.
    pub to: u32,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Top of the em box.
    pub top: f32,
    /// Bottom of the em box.
    pub bottom: f32,
    /// Height of the em.
    pub size: f32,
}

impl Piece {
    /// The piece of one glyph.
    pub fn one(index: usize, glyph: &Glyph) -> Self {
        let index = index as u32;
        let Glyph { x0, x1, top, bottom, size, .. } = *glyph;
        Self { from: index, to: index + 1, x0, x1, top, bottom, size }
    }

    /// The height of its middle.
    pub fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }

    fn grow(&mut self, index: usize, glyph: &Glyph) {
        self.to = index as u32 + 1;
        self.x1 = self.x1.max(glyph.x1);
        self.top = self.top.min(glyph.top);
        self.bottom = self.bottom.max(glyph.bottom);
    }
}

/// Whether a glyph only moves on.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '\u{feff}'
}

/// The pieces of `glyphs` in the order drawn; blanks belong to none.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(glyphs.len() / 4 + 1);
    let mut last: Option<usize> = None;
    for (index, glyph) in glyphs.iter().enumerate() {
        if is_blank(glyph.c) {
            continue;
        }
        let goes_on = last.is_some_and(|last| follows(&glyphs[last], glyph));
        match pieces.last_mut() {
            Some(piece) if goes_on => piece.grow(index, glyph),
            _ => pieces.push(Piece::one(index, glyph)),
        }
        last = Some(index);
    }
    pieces
}

/// Whether `next` stands directly after `last`: same size, same base line, no gap.
fn follows(last: &Glyph, next: &Glyph) -> bool {
    let size = last.size.min(next.size);
    let gap = next.x0 - last.x1;
    (last.size - next.size).abs() < 0.1 * size
        && (last.bottom - next.bottom).abs() < 0.1 * size
        && gap < GAP * size
        && gap > -0.3 * size
}

/// Cuts a piece where `part` of its glyphs changes.
pub(super) fn split<P: PartialEq>(
    piece: &Piece,
    glyphs: &[Glyph],
    part: impl Fn(&Glyph) -> P,
) -> Vec<(P, Piece)> {
    let mut parts: Vec<(P, Piece)> = Vec::new();
    let (from, to) = (piece.from as usize, piece.to as usize);
    for (index, glyph) in (from..to).zip(&glyphs[from..to]) {
        if is_blank(glyph.c) {
            continue;
        }
        let key = part(glyph);
        match parts.last_mut() {
            Some((last, piece)) if *last == key => piece.grow(index, glyph),
            _ => parts.push((key, Piece::one(index, glyph))),
        }
    }
    parts
}
