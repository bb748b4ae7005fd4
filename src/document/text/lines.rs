//! Lines of a text without the debris of bookmarks and fields, each piece with its place in the source.

use crate::document::{Builder, Origin, Run};
use crate::pattern::Pattern;
use std::borrow::Cow;
use std::ops::Deref;
use std::sync::LazyLock;

/// A piece of a line: its offset in the decoded source, and its text.
type Piece<'a> = (u32, &'a str);

/// The pieces of a line. Nearly every line is of one, which takes no memory of its own.
#[derive(Debug, Clone)]
pub(super) enum Pieces<'a> {
    One(Piece<'a>),
    Many(Vec<Piece<'a>>),
}

impl Default for Pieces<'_> {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl<'a> Deref for Pieces<'a> {
    type Target = [Piece<'a>];

    fn deref(&self) -> &Self::Target {
        match self {
            Self::One(piece) => std::slice::from_ref(piece),
            Self::Many(pieces) => pieces,
        }
    }
}

impl<'a> Pieces<'a> {
    /// Adds a piece unless it is empty.
    fn push(&mut self, offset: u32, text: &'a str) {
        if text.is_empty() {
            return;
        }
        let piece = (offset, text);
        match self {
            Self::Many(pieces) if pieces.is_empty() => *self = Self::One(piece),
            Self::Many(pieces) => pieces.push(piece),
            Self::One(first) => *self = Self::Many(vec![*first, piece]),
        }
    }
}

/// A line: what is left of it, in pieces that keep their byte offsets.
#[derive(Debug, Clone, Default)]
pub(super) struct Line<'a> {
    /// What debris leaves of it.
    pub(super) pieces: Pieces<'a>,
    /// 1-based page; 0 where the text has no form feeds.
    pub(super) page: u32,
}

impl<'a> Line<'a> {
    /// The line's text.
    pub(super) fn text(&self) -> Cow<'a, str> {
        match &*self.pieces {
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

    /// The line cut at each `separator`, an ASCII character, which is dropped.
    pub(super) fn split(&self, separator: u8) -> Vec<Line<'a>> {
        let texts = self.pieces.iter().map(|(_, text)| text.as_bytes());
        let cuts = texts.flatten().filter(|byte| **byte == separator).count();
        let mut parts = Vec::with_capacity(cuts + 1);
        let mut part = Line { page: self.page, ..Line::default() };
        for &(mut offset, text) in self.pieces.iter() {
            for (index, field) in text.split(char::from(separator)).enumerate() {
                if index > 0 {
                    let next = Line { page: self.page, ..Line::default() };
                    parts.push(std::mem::replace(&mut part, next));
                }
                part.pieces.push(offset, field);
                offset += field.len() as u32 + 1;
            }
        }
        parts.push(part);
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
        for (offset, text) in self.pieces.iter() {
            builder.run(text, self.origin(*offset));
        }
    }

    fn origin(&self, offset: u32) -> Origin {
        let page = (self.page > 0).then_some(self.page);
        Origin { page, offset: Some(offset), ..Origin::default() }
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
fn pieces(offset: u32, text: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    let mut start = 0;
    if may_hold_debris(text) {
        for debris in DEBRIS.find_iter(text) {
            pieces.push(offset + start as u32, &text[start..debris.start]);
            start = debris.end;
        }
    }
    pieces.push(offset + start as u32, &text[start..]);
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
