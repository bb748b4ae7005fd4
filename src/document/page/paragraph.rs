//! Paragraphs out of lines: a line goes on where the next one's first word would not have fitted on it.

use super::line::Line;
use super::{Body as Part, Element, Sheet};
use crate::document::caption::{self, Lone};
use crate::document::outline::label;
use crate::document::{BlockKind, Builder, Origin};
use std::collections::HashMap;

/// Edges of the body text of one page width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Body {
    /// Where lines begin.
    pub left: f32,
    /// Where full lines end.
    pub right: f32,
    /// Distance of base lines.
    pitch: f32,
}

impl Body {
    /// Measures the lines of running text; `None` where there are too few to tell.
    pub fn measure<'l>(lines: impl Iterator<Item = &'l Line>, width: f32) -> Option<Self> {
        let mut lefts = Vec::new();
        let mut rights = Vec::new();
        let mut pitches = Vec::new();
        let mut last: Option<&Line> = None;
        for line in lines {
            if let Some(last) = last.filter(|last| last.page == line.page) {
                pitches.push(line.bottom() - last.bottom());
            }
            last = Some(line);
            if line.right() - line.left() > 0.45 * width && !is_row(&line.text) {
                lefts.push(line.left());
                rights.push(line.right());
            }
        }
        let right = crowded(&mut rights, true)?;
        let left = crowded(&mut lefts, false)?;
        let pitch = crowded(&mut pitches, false).unwrap_or(f32::MAX);
        Some(Self { left, right, pitch })
    }

    /// Whether `next` goes on with the paragraph of `line`, which began at `first`.
    pub fn joins(&self, line: &Line, next: &Line) -> bool {
        let (text, after) = (line.text.trim(), next.text.trim());
        let size = line.size.min(next.size);
        if is_row(text) || is_row(after) || is_leader(text) || starts_note(after) {
            return false;
        }
        if (line.size - next.size).abs() > 0.15 * size {
            return false;
        }
        if line.page == next.page && next.bottom() - line.bottom() > 1.9 * self.pitch.max(size) {
            return false;
        }
        let room = self.right - line.right();
        let full = next.first_word() > room - 0.4 * size;
        if !full {
            return false;
        }
        let indented = next.left() - self.left > 1.2 * size;
        let ended = has_ended(text);
        if label::parse(after).is_some() && (ended || indented) {
            return false;
        }
        if indented {
            // a block set in: it goes on where it stood and no sentence has ended
            return (next.left() - line.left()).abs() < 0.5 * size
                && !ended
                && self.right - next.right() < 6.0 * size;
        }
        true
    }
}

/// The body of each page.
pub(super) fn measure(sheets: &[Sheet]) -> HashMap<u32, Body> {
    let mut widths: Vec<i32> = sheets.iter().map(|sheet| sheet.width.round() as i32).collect();
    widths.sort_unstable();
    widths.dedup();
    let mut bodies = HashMap::new();
    for width in widths {
        let same = || sheets.iter().filter(move |sheet| sheet.width.round() as i32 == width);
        let lines =
            same().flat_map(|sheet| (0..sheet.elements.len()).filter_map(|i| sheet.line(i)));
        if let Some(body) = Body::measure(lines, width as f32) {
            bodies.extend(same().map(|sheet| (sheet.number, body)));
        }
    }
    bodies
}

/// Hands the elements over: lines as paragraphs, tables, furniture after the paragraph it interrupts.
pub(super) fn hand_over(
    elements: Vec<Element>,
    bodies: &HashMap<u32, Body>,
    builder: &mut Builder,
) {
    let mut open: Vec<Line> = Vec::new();
    let mut held: Vec<Line> = Vec::new();
    for element in elements {
        match element.body {
            Part::Line(line) if element.furniture => held.push(line),
            Part::Line(line) => {
                let goes_on = open.last().is_some_and(|last| {
                    bodies.get(&line.page).is_some_and(|body| body.joins(last, &line))
                });
                if !goes_on {
                    flush(&mut open, &mut held, builder);
                }
                open.push(line);
            }
            Part::Table(grid) => {
                flush(&mut open, &mut held, builder);
                caption::table(builder, grid.raw(), Lone::WholeRow);
            }
        }
    }
    flush(&mut open, &mut held, builder);
}

fn flush(open: &mut Vec<Line>, held: &mut Vec<Line>, builder: &mut Builder) {
    for (index, line) in open.drain(..).enumerate() {
        if index > 0 {
            builder.run("\n", Origin::default());
        }
        line.push(builder);
    }
    builder.end(BlockKind::Paragraph);
    for line in held.drain(..) {
        line.push(builder);
        builder.end(BlockKind::Furniture);
    }
}

/// The value most values are near to (within two points); among equals the largest or the smallest.
fn crowded(values: &mut [f32], largest: bool) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let mut best: Option<(usize, f32)> = None;
    let mut end = 0;
    for start in 0..values.len() {
        end = end.max(start);
        while end < values.len() && values[end] - values[start] <= 4.0 {
            end += 1;
        }
        let count = end - start;
        let better = best.is_none_or(|(most, _)| count > most || largest && count == most);
        if better {
            best = Some((count, values[start + count / 2]));
        }
    }
    best.map(|(_, value)| value)
}

/// Whether a line closes with the end of a sentence.
fn has_ended(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', ':', ';']) || text.ends_with("。”")
}

/// `编制单位：某局　　　单位：万元`: parts far apart on one line.
pub(super) fn is_row(text: &str) -> bool {
    text.trim().contains("\u{3000}\u{3000}")
}

/// Dot leaders of a table of contents.
fn is_leader(text: &str) -> bool {
    text.contains("....") || text.contains("……") || text.contains("····")
}

/// `注：`
fn starts_note(text: &str) -> bool {
    ["注：", "注:", "备注：", "说明："].iter().any(|word| text.starts_with(word))
}
