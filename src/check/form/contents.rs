//! The table of contents beside the body: what `contents_differ_from_body` and `missing_section` compare.

use crate::document::{BlockKind, Document, Section, Span, numbering};
use std::cell::OnceCell;
use std::collections::HashMap;

/// A line of the table of contents, e.g. `七、国有资产占用情况说明……24`.
pub(super) struct Entry {
    /// Its place, without leader and page number.
    pub at: Span,
    /// Depth of its label's kind, and number; `None` without label.
    pub number: Option<(u8, u32)>,
    /// Its title without label, leader, page number, blanks and marks.
    pub title: String,
    /// The body's section of the 第一部分 it stands under, or the whole body.
    pub scope: Span,
    /// Whether a leader or page number closes it.
    paged: bool,
}

/// The headings, short lines and words of the body.
pub(super) struct Body<'a> {
    document: &'a Document,
    lines: HashMap<String, Vec<u32>>,
    words: String,
    /// Headings and short lines.
    short: Vec<&'a str>,
    kernels: OnceCell<Vec<String>>,
    names: OnceCell<Vec<String>>,
}

impl<'a> Body<'a> {
    /// All blocks that are not contents or furniture.
    pub fn new(document: &'a Document) -> Self {
        let mut body = Self {
            document,
            lines: HashMap::new(),
            words: String::with_capacity(document.text.len()),
            short: Vec::new(),
            kernels: OnceCell::new(),
            names: OnceCell::new(),
        };
        for section in document.sections.iter().skip(1) {
            body.short.push(&section.title);
            body.lines.entry(plain(&section.title)).or_default().push(section.span.start);
        }
        for block in &document.blocks {
            if matches!(block.kind, BlockKind::Contents | BlockKind::Furniture) {
                continue;
            }
            let text = document.slice(block.span);
            body.words.push_str(&plain(text));
            if text.chars().count() <= 60 {
                body.short.push(text);
                body.lines.entry(plain(title_of(text))).or_default().push(block.span.start);
            }
        }
        body
    }

    /// Whether the words stand anywhere, broken over lines or not.
    pub fn says(&self, title: &str) -> bool {
        self.words.contains(title)
    }

    /// Whether a line of the body names the same matter in other words: 政府采购预算情况表, 政府采购预算表.
    pub fn means(&self, title: &str) -> bool {
        let all = |words: fn(&str) -> String| self.short.iter().map(|line| words(line)).collect();
        let kernels = || self.kernels.get_or_init(|| all(kernel));
        let names = || self.names.get_or_init(|| all(name));
        let long = |words: &str| words.chars().count() >= 3;
        let (matter, name) = (kernel(title), name(title));
        long(&matter) && kernels().iter().any(|line| line.contains(&matter))
            || long(&name) && names().iter().any(|line| line.ends_with(&name))
    }

    /// Where a line of this title first stands inside `scope`.
    pub fn find(&self, title: &str, scope: Span) -> Option<u32> {
        let places = self.lines.get(title)?;
        places.iter().copied().filter(|at| scope.start <= *at && *at < scope.end).min()
    }

    /// The heading of this number directly under the same part.
    pub fn numbered(&self, number: (u8, u32), scope: Span) -> Option<&'a Section> {
        self.document.sections.iter().skip(1).find(|section| {
            scope.contains(section.span) && numbering(&section.label) == Some(number)
        })
    }
}

/// The entries of the table of contents, wrapped lines joined; empty if there is none.
pub(super) fn entries(document: &Document) -> Vec<Entry> {
    let everything = Span::new(0, document.text.len());
    let mut entries: Vec<Entry> = Vec::new();
    let mut scope = everything;
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Contents) {
        let text = document.slice(block.span);
        let title = plain(without_page(title_of(text)));
        let noted =
            title.starts_with('注') && text.trim_start_matches('注').starts_with(['：', ':']);
        if title.is_empty() || matches!(title.as_str(), "目录" | "目次") || noted {
            continue;
        }
        let shown = without_page(text);
        let paged = shown.len() < text.len();
        let number = numbering(text).filter(|_| title_of(text).len() < text.len());
        match (number, entries.last_mut()) {
            (None, Some(last)) if !last.paged && last.at.end + 1 >= block.span.start => {
                last.title.push_str(&title);
                last.at.end = block.span.start + shown.len() as u32;
                last.paged = paged;
            }
            _ => {
                if let Some(part) = number.filter(|(depth, _)| *depth == 1) {
                    scope = document
                        .sections
                        .iter()
                        .find(|section| numbering(&section.label) == Some(part))
                        .map_or(everything, |section| section.extent);
                }
                let end = block.span.start + shown.len() as u32;
                let at = Span { start: block.span.start, end };
                entries.push(Entry { at, number, title, scope, paged });
            }
        }
    }
    entries
}

/// The text after its label.
fn title_of(text: &str) -> &str {
    let marks = |c: char| "、.．：: ".contains(c);
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(8);
    let whole = numbering(text);
    let end = whole.and_then(|whole| {
        ends.find(|end| {
            let label = &text[..*end];
            let closed = label.ends_with(['、', '.', '．', '）', ')', '分', '章']);
            closed && numbering(label) == Some(whole)
        })
    });
    text[end.unwrap_or(0)..].trim_start_matches(marks)
}

fn without_page(text: &str) -> &str {
    text.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || ".…·-—（）()".contains(c)
    })
}

/// What a title is about: its words without those that every title of a form may have or lack.
fn kernel(title: &str) -> String {
    const STOCK: [&str; 10] =
        ["财政拨款", "一般公共", "预算", "决算", "情况", "说明", "收入", "支出", "收支", "表"];
    STOCK.iter().fold(plain(title), |rest, word| rest.replace(word, ""))
}

/// The name of a table however it is called a table: 财政拨款收支总表, 财政拨款收支总体情况表.
fn name(title: &str) -> String {
    const STOCK: [&str; 5] = ["总体", "情况", "总", "一览", "表"];
    STOCK.iter().fold(plain(title), |rest, word| rest.replace(word, ""))
}

/// Words only: no blanks, no marks.
pub(super) fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    words.extend(text.chars().filter(|c| han(c) || c.is_alphanumeric()));
    words
}
