//! Lines of a text without the debris of bookmarks and fields, each piece with its place in the source.

use crate::document::{Builder, Origin, Run};
use crate::pattern::Pattern;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A line: what is left of it, in pieces that keep their byte offsets.
#[derive(Debug, Clone, Default)]
pub(super) struct Line<'a> {
    /// Offset in the decoded source and text of each piece.
    pub(super) pieces: Vec<(u32, &'a str)>,
    /// 1-based page; 0 where the text has no form feeds.
    pub(super) page: u32,
}

impl<'a> Line<'a> {
    /// The line's text.
    pub(super) fn text(&self) -> Cow<'a, str> {
        match self.pieces.as_slice() {
            [] => Cow::Borrowed(""),
            [(_, text)] => Cow::Borrowed(text),
            pieces => Cow::Owned(pieces.iter().map(|(_, text)| *text).collect()),
        }
    }

    /// Whether nothing but blanks is left.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// Whether it starts with a tab, as the cells of flattened tables do.
    pub(super) fn starts_cell(&self) -> bool {
        self.pieces.first().is_some_and(|(_, text)| text.starts_with('\t'))
    }

    /// Whether it holds a tab anywhere.
    pub(super) fn has_tab(&self) -> bool {
        self.pieces.iter().any(|(_, text)| text.contains('\t'))
    }

    /// The line cut at each character that `cut` accepts; the character itself is dropped.
    pub(super) fn split(&self, cut: impl Fn(char) -> bool + Copy) -> Vec<Line<'a>> {
        let mut parts = vec![Line { pieces: vec![], page: self.page }];
        for &(offset, text) in &self.pieces {
            let mut start = 0;
            for (at, c) in text.char_indices().filter(|(_, c)| cut(*c)) {
                push(&mut parts, offset, text, start, at);
                parts.push(Line { pieces: vec![], page: self.page });
                start = at + c.len_utf8();
            }
            push(&mut parts, offset, text, start, text.len());
        }
        parts
    }

    /// Its pieces as runs for the builder.
    pub(super) fn runs(&self) -> Vec<Run> {
        let run = |(offset, text): &(u32, &str)| Run {
            text: (*text).into(),
            origin: self.origin(*offset),
        };
        self.pieces.iter().map(run).collect()
    }

    /// Adds the line to the open block.
    pub(super) fn push(&self, builder: &mut Builder) {
        for (offset, text) in &self.pieces {
            builder.run(text, self.origin(*offset));
        }
    }

    fn origin(&self, offset: u32) -> Origin {
        let page = (self.page > 0).then_some(self.page);
        Origin { page, offset: Some(offset), ..Origin::default() }
    }
}

fn push<'a>(parts: &mut [Line<'a>], offset: u32, text: &'a str, start: usize, end: usize) {
    if let Some(last) = parts.last_mut()
        && start < end
    {
        last.pieces.push((offset + start as u32, &text[start..end]));
    }
}

/// What Word converters leave of bookmarks, fields and pictures.
static DEBRIS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r#"\[(?:bookmark|image|picture|comment|footnote ref|field): ?[^\]\n]*\]"#,
        r#"|\{?[ \t]*(?:TOC|PAGEREF|HYPERLINK|REF|INCLUDEPICTURE|SHAPE|MERGEFORMAT|EMBED|SEQ)(?:[ \t]+(?:\\[a-z@*#]+|"[^"\n]*"|_(?:Toc|Ref)\w+|Equation\.\w+|Excel\.\w+|Word\.\w+|\*[ \t]?MERGEFORMAT|MERGEFORMAT))+[ \t]*\}?"#,
        r#"|\b_Toc\d+\b"#,
    ))
});

/// The lines of `source`; form feeds end lines and count pages.
pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    let paged = source.contains('\u{c}');
    let mut page = u32::from(paged);
    let mut lines = Vec::with_capacity(source.matches('\n').count() + 1);
    let mut offset = 0;
    for (index, sheet) in source.split('\u{c}').enumerate() {
        if index > 0 {
            page += 1;
        }
        if !(sheet.is_empty() && index > 0) {
            for raw in sheet.split('\n') {
                let text = raw.strip_suffix('\r').unwrap_or(raw);
                lines.push(Line { pieces: pieces(offset, text), page });
                offset += raw.len() as u32 + 1;
            }
        } else {
            offset += 1;
            page -= u32::from(offset as usize >= source.len());
        }
    }
    lines
}

/// `text` without debris.
fn pieces(offset: u32, text: &str) -> Vec<(u32, &str)> {
    if !may_hold_debris(text) {
        return if text.is_empty() { vec![] } else { vec![(offset, text)] };
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for debris in DEBRIS.find_iter(text) {
        if debris.start > start {
            pieces.push((offset + start as u32, &text[start..debris.start]));
        }
        start = debris.end;
    }
    if start < text.len() {
        pieces.push((offset + start as u32, &text[start..]));
    }
    pieces
}

/// Whether two letters stand together that debris begins with.
fn may_hold_debris(text: &str) -> bool {
    let bytes = text.as_bytes();
    let opens = |byte: &u8| matches!(byte, b'[' | b'_' | b'A'..=b'Z');
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(opens) {
        at += next + 1;
        let pair = [bytes[at - 1], bytes.get(at).copied().unwrap_or(0)];
        if matches!(
            &pair,
            b"[b"
                | b"[i"
                | b"[p"
                | b"[c"
                | b"[f"
                | b"_T"
                | b"TO"
                | b"PA"
                | b"HY"
                | b"RE"
                | b"IN"
                | b"SH"
                | b"ME"
                | b"EM"
                | b"SE"
        ) {
            return true;
        }
    }
    false
}
