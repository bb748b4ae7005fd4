//! Passages: the pieces of text that a search finds, paragraphs and rows of tables.

use super::words::index;
use crate::Report;
use crate::document::{BlockKind, Document, Span, Table};

/// A piece of text.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// `heading`, `paragraph`, `row`, `chart`, `contents` or `furniture`.
    pub kind: &'static str,
    /// The section it stands in.
    pub section: u32,
    /// Which file of a report of several.
    pub part: u16,
    /// 1-based page.
    pub page: Option<u32>,
    /// Table and 0-based row, for rows.
    pub row: Option<(u32, u32)>,
    /// Cells of the row that span, as JSON `[[column, rowspan, colspan], …]`, columns 1-based.
    pub spans: Option<String>,
    /// The text; the cells of a row are joined by tabs.
    pub text: String,
    /// Its words for the index; empty for contents and furniture.
    pub words: String,
    /// Indicators and codes of its figures, for the index.
    pub marks: String,
}

/// Where words stand in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Index of the passage.
    pub passage: u32,
    /// 1-based character of the passage's text.
    pub at: u32,
    /// How many characters.
    pub length: u32,
    /// 1-based column, in a row.
    pub column: Option<u32>,
}

/// The passages of a report, and where the words of the document stand in them.
pub(super) struct Passages {
    pub passages: Vec<Passage>,
    /// Words of the document, passage, byte in its text, column; sorted.
    pieces: Vec<(Span, u32, usize, Option<u32>)>,
}

impl Passages {
    /// Cuts a report into passages.
    pub fn new(report: &Report) -> Self {
        let document = &report.document;
        let mut out = Self { passages: Vec::new(), pieces: Vec::new() };
        for block in &document.blocks {
            let kind = match block.kind {
                BlockKind::Heading => "heading",
                BlockKind::Paragraph => "paragraph",
                BlockKind::Contents => "contents",
                BlockKind::Furniture => "furniture",
                BlockKind::Chart(_) => "chart",
                BlockKind::Table(id) => {
                    if let Some(table) = document.tables.get(id as usize) {
                        out.rows(document, id, table, block.section);
                    }
                    continue;
                }
            };
            let origin = document.origin(block.span.start);
            let text = document.slice(block.span).replace(['\n', '\t'], " ");
            out.pieces.push((block.span, out.passages.len() as u32, 0, None));
            out.passages.push(Passage {
                kind,
                section: block.section,
                part: origin.map_or(0, |origin| origin.file),
                page: origin.and_then(|origin| origin.page),
                words: match kind {
                    "contents" | "furniture" => String::new(),
                    _ => index(&text),
                },
                text,
                ..Passage::default()
            });
        }
        out.pieces.sort_by_key(|(span, ..)| *span);
        out
    }

    /// One passage a row of a table.
    fn rows(&mut self, document: &Document, id: u32, table: &Table, section: u32) {
        let mut cells = table.cells.iter().peekable();
        for row in 0..table.rows {
            let number = self.passages.len() as u32;
            let mut passage =
                Passage { kind: "row", section, row: Some((id, row)), ..Passage::default() };
            let mut spans = Vec::new();
            let mut column = 0;
            while let Some(cell) = cells.next_if(|cell| cell.row <= row) {
                while column < cell.col {
                    passage.text.push('\t');
                    column += 1;
                }
                if cell.span.is_empty() {
                    continue;
                }
                if cell.rowspan > 1 || cell.colspan > 1 {
                    spans.push([cell.col + 1, cell.rowspan, cell.colspan]);
                }
                if passage.page.is_none()
                    && let Some(origin) = document.origin(cell.span.start)
                {
                    (passage.page, passage.part) = (origin.page, origin.file);
                }
                self.pieces.push((cell.span, number, passage.text.len(), Some(cell.col + 1)));
                passage.text.push_str(&document.slice(cell.span).replace(['\n', '\t'], " "));
            }
            while column + 1 < table.cols {
                passage.text.push('\t');
                column += 1;
            }
            passage.spans = (!spans.is_empty()).then(|| serde_json::json!(spans).to_string());
            passage.words = index(&passage.text);
            self.passages.push(passage);
        }
    }

    /// Where a span of the document stands; `None` for words outside of all passages.
    pub fn spot(&self, span: Span) -> Option<Spot> {
        let after = self.pieces.partition_point(|(piece, ..)| piece.start <= span.start);
        let (piece, passage, byte, column) = *self.pieces.get(after.checked_sub(1)?)?;
        if span.start >= piece.end {
            return None;
        }
        let text = &self.passages.get(passage as usize)?.text;
        let start = byte + (span.start - piece.start) as usize;
        let end = byte + (span.end.min(piece.end) - piece.start) as usize;
        Some(Spot {
            passage,
            at: text.get(..start)?.chars().count() as u32 + 1,
            length: text.get(start..end)?.chars().count() as u32,
            column,
        })
    }
}
