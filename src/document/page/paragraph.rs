//! Paragraphs out of lines: a line goes on where the next one's first word would not have fitted on it.

use super::furniture::is_table_number;
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
    /// The usual em.
    size: f32,
}

impl Body {
    /// Measures the lines of running text; `None` where fewer than `least` of them end together.
    fn measure<'l>(
        lines: impl Iterator<Item = &'l Line>,
        width: f32,
        least: usize,
    ) -> Option<Self> {
        let mut lefts = Vec::new();
        let mut rights = Vec::new();
        let mut pitches = Vec::new();
        let mut sizes = Vec::new();
        let mut last: Option<&Line> = None;
        for line in lines {
            let long = line.right() - line.left() > 0.45 * width && !is_row(&line.text);
            if let Some(last) = last.filter(|last| last.page == line.page && long) {
                pitches.push(line.bottom() - last.bottom());
            }
            last = Some(line);
            if long {
                lefts.push(line.left());
                rights.push(line.right());
                sizes.push(line.size);
            }
        }
        let (count, right) = crowded(&mut rights, true)?;
        let left = first_of_several(&mut lefts)?;
        let pitch = crowded(&mut pitches, false).map_or(f32::MAX, |(_, pitch)| pitch);
        let (_, size) = crowded(&mut sizes, false)?;
        (count >= least).then_some(Self { left, right, pitch, size })
    }

    /// Whether `next` goes on with the paragraph of `first` to `line`; `broken` says that `line` itself goes on with
    /// a sentence that began before it.
    pub fn joins(&self, first: &Line, line: &Line, next: &Line, broken: bool) -> bool {
        let (text, after) = (line.text.trim(), next.text.trim());
        let size = line.size.min(next.size);
        let apart = is_row(text) || is_row(after) || is_leader(text);
        if apart || starts_note(after) || is_table_number(after) {
            return false;
        }
        if (line.size - next.size).abs() > 0.15 * size {
            return false;
        }
        if line.page == next.page && next.bottom() - line.bottom() > 1.9 * self.pitch.max(size) {
            return false;
        }
        if self.title(line, next) {
            return true;
        }
        let room = self.right - line.right();
        let full = next.first_word() > room - 0.4 * size;
        let ended = has_ended(text);
        // two words left over by a hard line break in mid-sentence
        let rest = broken && text.chars().count() <= 8 && !ended;
        if !(full || rest || !ended && self.hangs(first, line, next)) {
            return false;
        }
        let indented = next.left() - self.left > 1.2 * size && !rest;
        let heads = label::numbering(after).filter(|_| label::parse(after).is_some());
        if heads.is_some_and(|(level, _)| ended || indented || rest || level <= 2) {
            return false;
        }
        if indented {
            // a block set in, or the short rest of a labelled line: it goes on where it stood
            let left_over = self.right - next.right();
            let labelled = label::parse(text).is_some() && left_over > 3.0 * size;
            return (next.left() - line.left()).abs() < 0.5 * size
                && !ended
                && (left_over < 6.0 * size && label::parse(text).is_none() || labelled);
        }
        true
    }

    /// Whether a sentence breaks off in a line that is nearly full, and the next begins left of the paragraph's first:
    /// `比上年增加` over `12,895.94万元`, which is kept together more widely than its figure.
    fn hangs(&self, first: &Line, line: &Line, next: &Line) -> bool {
        let sentence = |line: &Line| line.text.contains(['，', '；', '。']);
        let filled = line.right() - self.left > 0.75 * (self.right - self.left);
        first.left() - next.left() > 1.2 * line.size
            && filled
            && sentence(line)
            && !line.text.trim_end().ends_with('）')
    }

    /// Whether two centred lines are one title, `某局（本级）2026年部门预` over `算`.
    fn title(&self, line: &Line, next: &Line) -> bool {
        let middle = (self.left + self.right) / 2.0;
        let centred = |line: &Line| {
            ((line.left() + line.right()) / 2.0 - middle).abs() < line.size
                && line.left() - self.left > 0.5 * line.size
        };
        let (wide, narrow) = (line.right() - line.left(), next.right() - next.left());
        let whole = ["表", "预算", "决算", "报告", "说明", "情况", "部分", "年度", "年"];
        let text = line.text.trim();
        wide > 0.6 * (self.right - self.left)
            && narrow < 0.6 * wide
            && line.size > 1.2 * self.size
            && centred(line)
            && centred(next)
            && !whole.iter().any(|end| text.ends_with(end))
            && !text.contains(['。', '：'])
            && label::parse(next.text.trim()).is_none()
    }
}

/// The body of each page: its own where it has enough full lines, else that of the pages of its width.
pub(super) fn measure(sheets: &[Sheet]) -> HashMap<u32, Body> {
    let mut of_width: HashMap<i32, Option<Body>> = HashMap::new();
    let mut bodies = HashMap::new();
    for sheet in sheets {
        let own = Body::measure(sheet.lines(), sheet.width, 4);
        let body = own.or_else(|| {
            let width = sheet.width.round() as i32;
            *of_width.entry(width).or_insert_with(|| {
                let same = sheets.iter().filter(|other| other.width.round() as i32 == width);
                Body::measure(same.flat_map(Sheet::lines), sheet.width, 1)
            })
        });
        bodies.extend(body.map(|body| (sheet.number, body)));
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
                let goes_on = open.first().zip(open.last()).is_some_and(|(first, last)| {
                    bodies
                        .get(&line.page)
                        .is_some_and(|body| body.joins(first, last, &line, in_sentence(&open)))
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
fn crowded(values: &mut [f32], largest: bool) -> Option<(usize, f32)> {
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
    best
}

/// The smallest value that several values are near to.
fn first_of_several(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    let several = (values.len() / 6).clamp(1, 8);
    let near = |at: &usize| values.get(at + several - 1).is_some_and(|v| v - values[*at] <= 4.0);
    (0..values.len()).find(near).map(|at| values[at])
}

/// Whether the last of several lines goes on with a sentence (a heading over two lines is none).
fn in_sentence(lines: &[Line]) -> bool {
    lines.len() > 1 && lines.iter().any(|line| line.text.contains(['，', '。', '：', '；']))
}

/// Whether a line closes with the end of a sentence.
fn has_ended(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', ':', ';']) || text.ends_with("。”")
}

/// `编制单位：某局　　　单位：万元`: parts far apart on one line.
pub(super) fn is_row(text: &str) -> bool {
    text.trim().contains("\u{3000}\u{3000}\u{3000}")
}

/// Dot leaders of a table of contents.
pub(super) fn is_leader(text: &str) -> bool {
    let dots = text.contains("....") || text.contains("……") || text.contains("····");
    dots && text.trim_end().ends_with(|c: char| c.is_ascii_digit() || ".…·-）".contains(c))
}

/// `注：`
fn starts_note(text: &str) -> bool {
    ["注：", "注:", "备注：", "说明："].iter().any(|word| text.starts_with(word))
}
