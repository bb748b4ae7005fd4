//! Paragraphs out of lines: broken sentences are joined, page numbers and running heads set apart.

use super::lines::Line;
use crate::document::{BlockKind, Builder, Origin};
use std::collections::{HashMap, HashSet};

/// How the lines of a file are wrapped.
#[derive(Debug, Default)]
pub(super) struct Wrap {
    /// Column at which prose lines end, if the file is wrapped at a fixed width.
    edge: Option<usize>,
    /// Column at which prose lines start, if paragraphs are indented further.
    indent: Option<usize>,
    /// Offsets of the lines that are page numbers or running heads.
    furniture: HashSet<u32>,
}

impl Wrap {
    /// Looks at all lines of a file.
    pub(super) fn measure(lines: &[Line]) -> Self {
        let mut wrap = Self { furniture: furniture(lines), ..Self::default() };
        let mut ends = [0usize; 160];
        let mut starts = [0usize; 40];
        let (mut all, mut indented) = (0, 0);
        for line in lines.iter().filter(|line| !line.has_tab()) {
            let text = line.text();
            let trimmed = text.trim();
            let short = trimmed.len() < 30; // no character takes more columns than bytes
            if short
                || has_ended(trimmed)
                || !(trimmed.contains(['、', '；']) || is_sentence(trimmed))
            {
                continue;
            }
            if width(trimmed) < 30 || is_row(trimmed) || is_leader(trimmed) {
                continue;
            }
            let end = width(text.trim_end());
            all += 1;
            if let Some(count) = ends.get_mut(end) {
                *count += 1;
            }
            let start = end - width(trimmed);
            if let Some(count) = starts.get_mut(start) {
                *count += 1;
                indented += usize::from(start > 1);
            }
        }
        let near = |at: usize| ends[at.saturating_sub(8)..=at].iter().sum::<usize>();
        if let Some(edge) = (30..ends.len()).max_by_key(|at| (near(*at), usize::MAX - at))
            && all >= 4
            && near(edge) * 2 >= all
            && !has_long_lines(lines, edge, all)
        {
            wrap.edge = Some(edge);
            let most = (0..starts.len()).max_by_key(|at| starts[*at]).unwrap_or(0);
            wrap.indent = (indented * 10 >= all).then_some(most);
        }
        wrap
    }

    /// Whether a line reaches the right margin, give or take a first-line indent that was lost.
    fn is_full(&self, text: &str) -> bool {
        self.edge.is_some_and(|edge| width(text.trim_end()) + 12 >= edge)
    }

    /// Whether no further character fits into a line.
    fn is_brim(&self, text: &str) -> bool {
        self.edge.is_some_and(|edge| width(text.trim_end()) + 2 > edge)
    }

    fn is_furniture(&self, line: &Line) -> bool {
        line.pieces.first().is_some_and(|(offset, _)| self.furniture.contains(offset))
    }

    /// Whether `next` goes on with the paragraph of `line`.
    fn joins(&self, line: &str, next: &str) -> bool {
        let (left, right) = (line.trim(), next.trim());
        if starts_label(right) || starts_note(right) || is_row(left) || is_row(right) {
            return false;
        }
        if is_leader(left) || is_leader(right) {
            return false;
        }
        if opens_bracket(left) {
            return true;
        }
        // 其中： at the end of a full line goes on in the next.
        let opens = left.ends_with("其中：") && self.is_full(line);
        let opens = opens || left.ends_with(['：', ':']) && self.is_brim(line);
        let ended = has_ended(left) && !opens;
        if self.edge.is_none() {
            let sentence = is_sentence(left) && !left.ends_with(['）', ')', '”']);
            return !ended && sentence && left.chars().count() >= 16 && !right.starts_with('（');
        }
        if let Some(indent) = self.indent {
            let start = width(next) - width(next.trim_start());
            if start >= indent + 3 {
                return false;
            }
            if start <= indent + 1 && self.is_full(line) {
                return true;
            }
        }
        let half = self.edge.is_some_and(|edge| width(left) * 9 >= edge * 5);
        let sentence = half && (left.contains('；') || is_sentence(left));
        !ended && (self.is_full(line) || sentence || left.ends_with(['，', ',', '、']))
    }
}

/// Whether sentences run on far beyond `edge`, so that a line is a paragraph.
fn has_long_lines(lines: &[Line], edge: usize, wrapped: usize) -> bool {
    let long = lines.iter().filter(|line| !line.has_tab() && line.text().contains('。'));
    let long = long.filter(|line| width(line.text().trim_end()) > edge + 24).count();
    long * 5 > wrapped
}

/// Hands `lines` to the builder as paragraphs.
pub(super) fn push(lines: &[Line], wrap: &Wrap, builder: &mut Builder) {
    let mut open: Vec<&Line> = vec![];
    let mut held: Vec<&Line> = vec![];
    let mut blank = false;
    for line in lines {
        if line.is_blank() {
            blank = true;
            continue;
        }
        if wrap.is_furniture(line) {
            held.push(line);
            continue;
        }
        let goes_on = open.last().is_some_and(|last| {
            let turned = last.page != line.page && wrap.edge.is_some();
            // double spacing leaves a blank line after each line
            let spaced = wrap.edge.is_some() && !has_ended(last.text().trim());
            (!blank || turned || spaced) && wrap.joins(&last.text(), &line.text())
        });
        if !goes_on {
            flush(&mut open, &mut held, builder);
        }
        open.push(line);
        blank = false;
    }
    flush(&mut open, &mut held, builder);
}

fn flush(open: &mut Vec<&Line>, held: &mut Vec<&Line>, builder: &mut Builder) {
    let mut kind = BlockKind::Paragraph;
    for (index, line) in open.drain(..).enumerate() {
        if index > 0 {
            builder.run("\n", Origin::default());
        }
        let text = line.text();
        let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
        if index == 0 && (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') {
            kind = BlockKind::Heading;
            for part in line.split(b'#').iter().skip(hashes) {
                part.push(builder);
            }
        } else {
            line.push(builder);
        }
    }
    builder.end(kind);
    for line in held.drain(..) {
        line.push(builder);
        builder.end(BlockKind::Furniture);
    }
}

/// Whether a line holds a comma or a full stop; a comma typed half-width stands beside Han characters, not in a figure.
fn is_sentence(text: &str) -> bool {
    let half_width = |(at, _): (usize, &str)| {
        let after = text[at + 1..].trim_start().chars().next();
        after.is_none_or(|next| !next.is_ascii())
    };
    text.contains(['，', '。']) || text.match_indices(',').any(half_width)
}

/// Whether a line closes with the end of a sentence.
fn has_ended(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', ':', ';']) || text.ends_with("。”")
}

/// Page numbers, and lines that come back at the top or bottom of the pages.
fn furniture(lines: &[Line]) -> HashSet<u32> {
    let mut pages: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut found = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        let text = line.text();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if line.page > 0 {
            pages.entry(line.page).or_default().push(index);
        } else if is_page_number(text) && !text.starts_with(char::is_numeric) {
            found.extend(line.pieces.first().map(|(offset, _)| *offset));
        }
    }
    let edges = |indices: &[usize]| {
        let top = indices.iter().take(2).copied();
        let bottom = indices.iter().skip(2).rev().take(2).copied();
        top.chain(bottom).collect::<Vec<_>>()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for indices in pages.values() {
        for index in edges(indices) {
            *counts.entry(key(&lines[index])).or_default() += 1;
        }
    }
    for indices in pages.values() {
        for index in edges(indices) {
            let text = lines[index].text();
            let often = counts.get(&key(&lines[index])).copied().unwrap_or(0);
            let named = text.trim().ends_with('表') || text.contains('：');
            let running =
                !named && often >= 3 && often * 3 >= pages.len() && !starts_label(text.trim());
            if running || is_page_number(text.trim()) {
                found.extend(lines[index].pieces.first().map(|(offset, _)| *offset));
            }
        }
    }
    found
}

/// A line without digits and blanks, to recognise it on other pages.
fn key(line: &Line) -> String {
    line.text().chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

/// `- 3 -`, `12`, `第 3 页 共 9 页`
pub(super) fn is_page_number(text: &str) -> bool {
    let mark = |c| matches!(c, '-' | '—' | '－' | '–' | '·' | '第' | '共' | '页' | '/');
    let edge = |c: char| mark(c) || c.is_whitespace();
    // most lines are seen at their first character to be none
    if !text.starts_with(|c: char| edge(c) || c.is_ascii_digit() || matches!(c, '，' | ',')) {
        return false;
    }
    let text = text.trim_matches(edge);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (1..=6).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "页共第/，,".contains(c))
        && text.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3)
}

/// Columns a text takes; Han characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

/// Whether a line is a row of a table: at least two figures parted by blanks and no sentence.
fn is_row(text: &str) -> bool {
    if text.contains('；') || is_sentence(text) {
        return false;
    }
    let bare =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || b".,-%".contains(&byte));
    // 1154610.5 元、卫生健康支出 150384 元: figures of a sentence, with their units.
    let prose = |next: Option<&&str>| next.is_some_and(|next| next.starts_with(['元', '万', '亿']));
    let mut words = text.split_whitespace().peekable();
    let mut figures = 0;
    while let Some(word) = words.next() {
        figures += usize::from(bare(word) && !prose(words.peek()));
    }
    figures >= 2
}

/// Dot leaders of a table of contents.
fn is_leader(text: &str) -> bool {
    text.contains("....") || text.contains("……") || text.contains("····")
}

/// Whether a bracket, book title mark or quotation mark is left open.
fn opens_bracket(text: &str) -> bool {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '（' | '《' | '“' | '〔' | '【' => open.push(c),
            '）' | '》' | '”' | '〕' | '】' => {
                open.pop();
            }
            ')' if open.last() == Some(&'（') => {
                open.pop();
            }
            _ => {}
        }
    }
    !open.is_empty() && open.len() <= 2
}

/// `注：`
fn starts_note(text: &str) -> bool {
    ["注：", "注:", "备注：", "说明："].iter().any(|word| text.starts_with(word))
}

/// Whether a text starts with the label of a heading or list item: `一、`, `（二）`, `3.`, `第四部分`, `附件1`.
pub(super) fn starts_label(text: &str) -> bool {
    crate::document::outline::label::parse(text).is_some()
}
