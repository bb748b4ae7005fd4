//! What the form requires of words, headings and marks.

mod brackets;
mod contents;
pub mod contents_differ_from_body;
pub mod document_number_brackets;
pub mod doubled_punctuation;
pub mod duplicated_paragraph;
pub mod glossary_differs_from_items;
pub mod heading_out_of_order;
pub mod missing_section;
pub mod sentence_breaks_off;
pub mod template_residue;
pub mod unmatched_brackets;

use super::Check;
use crate::document::{BlockKind, Document, Span};
use crate::finding::{Finding, Follow};

/// The spans of running text: headings and paragraphs, not contents, page furniture and tables.
fn running(document: &Document) -> impl Iterator<Item = Span> {
    let running = |kind| matches!(kind, BlockKind::Heading | BlockKind::Paragraph);
    document.blocks.iter().filter(move |block| running(block.kind)).map(|block| block.span)
}

/// The spans of all cells with text.
fn cells(document: &Document) -> impl Iterator<Item = Span> {
    let cells = document.tables.iter().flat_map(|table| &table.cells);
    cells.map(|cell| cell.span).filter(|span| !span.is_empty())
}

/// One finding for the same slip in several places: the first place, and the others as what follows.
fn once(check: &Check, places: &[Span], message: String, message_en: String) -> Option<Finding> {
    let (first, others) = places.split_first()?;
    let mut finding = check.finding(*first, (message, message_en));
    let again = |at: &Span| Follow {
        at: *at,
        message: "同样的写法".into(),
        message_en: "written the same way".into(),
    };
    finding.follows = others.iter().map(again).collect();
    Some(finding)
}
