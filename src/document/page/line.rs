//! Lines of text: pieces of one height from left to right, gaps kept as blanks.
//!
//! Digits often sit some points under the Han characters of their sentence (another font); a superscript stands above.

use super::Glyph;
use super::piece::{Piece, is_blank};
use crate::document::{Builder, Origin, Run};

/// A line of text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    /// 1-based page.
    pub page: u32,
    /// Its text; a gap between pieces is one blank, or `　` for each em.
    pub text: String,
    /// First byte and box of each run.
    runs: Vec<(u32, [f32; 4])>,
    /// Left, top, right, bottom.
    pub bbox: [f32; 4],
    /// The largest em.
    pub size: f32,
}

impl Line {
    /// Left edge.
    pub fn left(&self) -> f32 {
        self.bbox[0]
    }

    /// Top edge.
    pub fn top(&self) -> f32 {
        self.bbox[1]
    }

    /// Right edge.
    pub fn right(&self) -> f32 {
        self.bbox[2]
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f32 {
        self.bbox[3]
    }

    /// Its parts that stand more than `ems` apart.
    pub fn parts_apart(&self, ems: f32) -> Vec<Line> {
        let mut parts: Vec<Line> = Vec::new();
        for (index, (start, bbox)) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |(end, _)| *end as usize);
            let text = &self.text[*start as usize..end];
            match parts.last_mut() {
                Some(part) if bbox[0] - part.bbox[2] <= ems * self.size => {
                    part.runs.push((part.text.len() as u32, *bbox));
                    part.text.push_str(text);
                    part.bbox = around(part.bbox, *bbox);
                }
                _ => {
                    let (page, size) = (self.page, self.size);
                    let runs = vec![(0, *bbox)];
                    parts.push(Line { page, text: text.into(), runs, bbox: *bbox, size });
                }
            }
        }
        parts
    }

    /// Width of what stands at its start and cannot be broken: a figure or a Latin word, or one character, with the
    /// marks that may not begin or end a line.
    pub fn first_word(&self) -> f32 {
        let opens = |c: char| "（《“‘〔【([".contains(c);
        let closes = |c: char| "）》”’〕】)]，。、；：？！,;:%％".contains(c);
        let mut units = 0.0;
        let mut chars = self.text.chars().peekable();
        while let Some(c) = chars.next_if(|c| opens(*c)) {
            units += if c.is_ascii() { 0.5 } else { 1.0 };
        }
        match chars.next() {
            Some(c) if c.is_ascii() => {
                units += 0.5;
                let word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',');
                while chars.next_if(word).is_some() {
                    units += 0.5;
                }
                // office software keeps a figure and an opening bracket together: `05（项）：`
                if chars.next_if(|c| opens(*c)).is_some() {
                    units += 2.0;
                    chars.next();
                }
            }
            Some(_) => units += 1.0,
            None => {}
        }
        while let Some(c) = chars.next_if(|c| closes(*c)) {
            units += if c.is_ascii() { 0.5 } else { 1.0 };
        }
        let drawn = match self.runs.first() {
            Some((_, bbox)) if self.text.starts_with(is_figure) => bbox[2] - bbox[0],
            _ => 0.0,
        };
        drawn.max(units * self.size)
    }

    /// Adds the line to the open block.
    pub fn push(&self, builder: &mut Builder) {
        for (text, origin) in self.parts() {
            builder.run(text, origin);
        }
    }

    /// Its text as runs of a cell.
    pub fn cell_runs(&self) -> impl Iterator<Item = Run> + '_ {
        self.parts().map(|(text, origin)| Run { text: text.into(), origin })
    }

    fn parts(&self) -> impl Iterator<Item = (&str, Origin)> {
        self.runs.iter().enumerate().map(|(index, (start, bbox))| {
            let end = self.runs.get(index + 1).map_or(self.text.len(), |(end, _)| *end as usize);
            let origin = Origin { page: Some(self.page), bbox: Some(*bbox), ..Origin::default() };
            (&self.text[*start as usize..end], origin)
        })
    }
}

/// Puts pieces of one column or cell together as lines from top to bottom.
pub(super) fn lines(page: u32, mut pieces: Vec<Piece>, glyphs: &[Glyph]) -> Vec<Line> {
    pieces.sort_by(|a, b| a.middle().total_cmp(&b.middle()).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        let recent = rows.len().saturating_sub(4);
        let row = rows[recent..].iter_mut().rev().find(|row| row.holds(&piece));
        match row {
            Some(row) => row.add(piece),
            None => rows.push(Row::new(piece)),
        }
    }
    let mut rows: Vec<Vec<Piece>> = rows.into_iter().flat_map(|row| apart(row.pieces)).collect();
    rows.sort_by(|a, b| height(a).total_cmp(&height(b)));
    rows.into_iter().map(|pieces| line(page, &pieces, glyphs)).collect()
}

/// Pieces of about one height.
struct Row {
    pieces: Vec<Piece>,
    /// Top and bottom of its largest piece.
    band: [f32; 2],
}

impl Row {
    fn new(piece: Piece) -> Self {
        Self { band: [piece.top, piece.bottom], pieces: vec![piece] }
    }

    /// Whether half of the smaller one's height is shared.
    fn holds(&self, piece: &Piece) -> bool {
        let shared = self.band[1].min(piece.bottom) - self.band[0].max(piece.top);
        let height = (self.band[1] - self.band[0]).min(piece.bottom - piece.top);
        shared >= 0.5 * height
    }

    fn add(&mut self, piece: Piece) {
        if piece.bottom - piece.top > (self.band[1] - self.band[0]) * 1.05 {
            self.band = [piece.top, piece.bottom];
        }
        self.pieces.push(piece);
    }
}

fn height(row: &[Piece]) -> f32 {
    row.iter().map(Piece::middle).fold(f32::MAX, f32::min)
}

/// Sorts a row from left to right; where pieces lie above each other (two small lines beside a tall one), each base
/// line is a row of its own.
fn apart(mut row: Vec<Piece>) -> Vec<Vec<Piece>> {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let stacked = row.windows(2).any(|pair| {
        let shared = pair[0].x1.min(pair[1].x1) - pair[1].x0;
        let size = pair[0].size.min(pair[1].size);
        shared > 0.5 * size && (pair[0].bottom - pair[1].bottom).abs() > 0.3 * size
    });
    if !stacked {
        return vec![row];
    }
    row.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in row {
        match rows.last_mut() {
            Some(row) if piece.bottom - row[0].bottom <= 0.3 * row[0].size => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}

fn line(page: u32, pieces: &[Piece], glyphs: &[Glyph]) -> Line {
    let mut line = Line { page, ..Line::default() };
    line.bbox = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    let mut end: Option<(f32, f32, char)> = None;
    for piece in pieces {
        let mut class = None;
        let mut blank = false;
        for glyph in &glyphs[piece.from as usize..piece.to as usize] {
            if is_blank(glyph.c) {
                blank = true;
                continue;
            }
            if let Some((right, size, before)) = end {
                let size = size.min(glyph.size);
                push_gap(&mut line.text, glyph.x0 - right, size, (before, glyph.c), blank);
            }
            let now = is_figure(glyph.c);
            let bbox = [glyph.x0, glyph.top, glyph.x1, glyph.bottom];
            match line.runs.last_mut() {
                Some((_, last)) if class == Some(now) => *last = around(*last, bbox),
                _ => line.runs.push((line.text.len() as u32, bbox)),
            }
            class = Some(now);
            line.text.push(glyph.c);
            line.size = line.size.max(glyph.size);
            line.bbox = around(line.bbox, bbox);
            end = Some((glyph.x1, glyph.size, glyph.c));
            blank = false;
        }
    }
    line
}

/// The smallest box around both.
pub(super) fn around(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Whether a character is part of a figure.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%')
}

/// A gap of an em or more is an ideographic blank for each em; one between Latin words or figures is a blank.
fn push_gap(text: &mut String, gap: f32, size: f32, around: (char, char), blank: bool) {
    let wide = |c: char| c >= '\u{2e80}';
    if gap >= 0.95 * size {
        let ems = (gap / size).round().clamp(1.0, 8.0) as usize;
        (0..ems).for_each(|_| text.push('\u{3000}'));
    } else if blank && gap > 0.1 * size
        || gap > if wide(around.0) || wide(around.1) { 0.5 } else { 0.3 } * size
    {
        text.push(' ');
    }
}
