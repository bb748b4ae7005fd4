//! The table of contents and page numbers, so that their lines are not taken for headings.

use super::label;
use crate::document::{BlockKind, Document};
use std::collections::HashSet;

/// How many lines a table of contents may have.
const LONGEST: usize = 300;

/// So many entries with a leader or page number show that all have one.
const LEADERS: usize = 3;

/// Marks blocks as `Contents` or `Furniture`.
pub(super) fn mark(document: &mut Document) {
    let mut at = 0;
    let mut titled = false;
    while at < document.blocks.len() {
        let block = &document.blocks[at];
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            at += 1;
            continue;
        }
        let text = document.slice(block.span);
        if is_page_number(text) {
            document.blocks[at].kind = BlockKind::Furniture;
        } else if has_leader(text) {
            document.blocks[at].kind = BlockKind::Contents;
        } else if is_contents_title(text) {
            let end = end(document, at + 1);
            titled = true;
            for block in &mut document.blocks[at..end] {
                if matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
                    block.kind = BlockKind::Contents;
                }
            }
            at = end;
            continue;
        }
        at += 1;
    }
    if !titled {
        untitled(document);
    }
}

/// A table of contents without its title: labelled lines at the start, most of which come again.
fn untitled(document: &mut Document) {
    let mut lines: Vec<(usize, String)> = vec![];
    let mut after = 0;
    for (at, block) in document.blocks.iter().enumerate().take(LONGEST) {
        let text = document.slice(block.span);
        let prose = text.chars().count() > 80 || text.contains('。');
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) || prose {
            break;
        }
        if label::parse(text).is_some() {
            let key = key(text);
            if lines.iter().any(|(_, line)| *line == key) {
                break;
            }
            lines.push((at, key));
            after = at + 1;
        }
    }
    if lines.len() < 5 {
        return;
    }
    let later: HashSet<String> = document.blocks[after..]
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading))
        .map(|block| document.slice(block.span))
        .filter(|text| text.chars().count() <= 80)
        .map(key)
        .collect();
    let again = lines.iter().filter(|(_, line)| later.contains(line)).count();
    if again * 2 >= lines.len() {
        for (at, _) in lines {
            document.blocks[at].kind = BlockKind::Contents;
        }
    }
}

/// The titles of the first level that the table of contents announces with labels, without label and page number.
pub(super) fn entries(document: &Document) -> Vec<String> {
    let mut style = None;
    let mut entries = vec![];
    for block in document.blocks.iter().filter(|block| block.kind == BlockKind::Contents) {
        let line = key(document.slice(block.span));
        let Some(label) = label::parse(&line) else { continue };
        let title = &line[label.title.min(line.len())..];
        if *style.get_or_insert(label.style) == label.style
            && title.chars().count() >= 4
            && !title.ends_with('表')
        {
            entries.push(title.to_string());
        }
    }
    entries
}

/// `- 3 -`, `12`, `第3页共9页`
fn is_page_number(text: &str) -> bool {
    // most lines are seen at their first character to be none
    let part = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '-' | '—' | '－' | '–' | '·' | '第' | '共' | '页' | '/' | ' ' | '，' | ','
            )
    };
    if !text.chars().all(part) {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (1..=6).contains(&digits)
        && text.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3)
}

fn has_leader(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '-' | '）'))
        && ["....", "………", "····"].iter().any(|dots| text.contains(dots))
}

fn is_contents_title(text: &str) -> bool {
    matches!(text.trim_matches(['【', '】', '：', ' ']), "目录" | "目次" | "CONTENTS" | "Contents")
}

/// The block after the table of contents whose first line is `first`: there its first entry comes again.
fn end(document: &Document, first: usize) -> usize {
    let last = (first + LONGEST).min(document.blocks.len());
    let mut entry = None;
    for at in first..last {
        let block = &document.blocks[at];
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let text = document.slice(block.span);
        let text = if matches!(block.kind, BlockKind::Table(_)) { "" } else { text };
        if is_page_number(text) {
            continue;
        }
        if !has_leader(text)
            && (text.chars().count() > 80 || text.contains('。') || text.is_empty())
        {
            // a paragraph: the first entry never came again
            return repeated(document, first, at);
        }
        let key = key(text);
        match &entry {
            None => entry = Some(key),
            Some(opened) if same(opened, &key) => return at,
            Some(_) => {}
        }
    }
    first
}

/// Where the entries end if the first one is not repeated: at the first line that comes for the second time, else
/// after the last labelled line, if there are as many as only a table of contents has without text between.
fn repeated(document: &Document, first: usize, last: usize) -> usize {
    let mut seen = HashSet::new();
    let mut end = first;
    let (mut leaders, mut of_leader) = (0, None);
    for at in first..last {
        let block = &document.blocks[at];
        let text = document.slice(block.span);
        let page = document.origin(block.span.start).and_then(|origin| origin.page);
        if has_leader(text) {
            (leaders, of_leader) = (leaders + 1, page);
        } else if leaders >= LEADERS && page > of_leader && label::parse(text).is_some() {
            // on the page after entries that lead to page numbers: the first heading, if its entry was read otherwise
            return at;
        }
        if block.kind == BlockKind::Contents {
            end = at + 1;
        } else if label::parse(text).is_some() {
            if !seen.insert(key(text)) {
                return at;
            }
            end = at + 1;
        }
    }
    if seen.len() >= 5 { end } else { first }
}

/// An entry without its page number and leader.
fn key(text: &str) -> String {
    let text = text.trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '.' | '…' | '·' | '-' | '（' | '）' | '(' | ')')
    });
    let mut key = String::with_capacity(text.len());
    key.extend(text.chars().filter(|c| !c.is_whitespace()));
    key
}

/// The same entry; in the text its label may stand on a line of its own.
fn same(entry: &str, line: &str) -> bool {
    if line == entry {
        return true;
    }
    let (Some(a), Some(b)) = (label::parse(entry), label::parse(line)) else { return false };
    a.style == b.style
        && a.ordinal == b.ordinal
        && (line[b.title..].is_empty() || a.style == label::Style::Part)
}
