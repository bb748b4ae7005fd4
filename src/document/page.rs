//! A page as drawn: characters with their boxes and ruling lines, whatever drew them (PDF, OFD, a recognised picture).
//!
//! All coordinates are points (1/72 inch) from the top left corner of the page as it is seen, y downwards.

use super::{BlockKind, Builder, Origin};

/// A character where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character.
    pub c: char,
    /// Left edge of its advance.
    pub x0: f32,
    /// Right edge of its advance.
    pub x1: f32,
    /// Top of the em box.
    pub top: f32,
    /// Bottom of the em box, 0.12 em under the base line.
    pub bottom: f32,
    /// Height of the em.
    pub size: f32,
    /// 0 to 100: how sure the reading is; 100 where a text layer says it.
    pub certainty: u8,
}

/// An axis-parallel ruling line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// y of a horizontal line, x of a vertical one.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// What is drawn on a page.
#[derive(Debug, Clone, Default)]
pub struct Canvas {
    /// 1-based page.
    pub number: u32,
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// Upright characters inside the page, in the order drawn.
    pub glyphs: Vec<Glyph>,
    /// Characters that are no part of the running text: off the page, or slanted (watermarks).
    pub aside: Vec<Glyph>,
    /// Ruling lines: strokes and thin fills.
    pub rules: Vec<Rule>,
    /// Filled areas as left, top, right, bottom: cell shading.
    pub fills: Vec<[f32; 4]>,
    /// Pictures as left, top, right, bottom.
    pub pictures: Vec<[f32; 4]>,
}

impl Canvas {
    /// A blank page.
    pub fn new(number: u32, width: f32, height: f32) -> Self {
        Self { number, width, height, ..Self::default() }
    }
}

/// Hands the pages over, line by line.
pub fn flow(pages: Vec<Canvas>, builder: &mut Builder) {
    for page in pages {
        let mut glyphs = page.glyphs;
        glyphs.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
        let mut lines: Vec<Vec<Glyph>> = Vec::new();
        for glyph in glyphs {
            match lines.last_mut() {
                Some(line) if glyph.bottom - line[0].bottom < line[0].size * 0.5 => {
                    line.push(glyph)
                }
                _ => lines.push(vec![glyph]),
            }
        }
        for mut line in lines {
            line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            let mut end = f32::MAX;
            for glyph in line {
                let bbox = Some([glyph.x0, glyph.top, glyph.x1, glyph.bottom]);
                let origin = Origin { page: Some(page.number), bbox, ..Origin::default() };
                if glyph.x0 - end > glyph.size {
                    builder.run("　", origin.clone());
                }
                end = glyph.x1;
                builder.run(glyph.c.encode_utf8(&mut [0; 4]), origin);
            }
            builder.end(BlockKind::Paragraph);
        }
    }
}
