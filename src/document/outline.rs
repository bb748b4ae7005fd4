//! The outline of a report: headings as a tree, table titles and units, kind, agency and year.

mod contents;
mod header;
mod headings;
pub(super) mod label;
mod meta;
mod tables;
#[cfg(test)]
mod tests;
mod tree;

pub use label::numbering;

use super::{Block, BlockKind, Document, Section, Span};

/// Fills `sections`, each block's section, the tables' titles and units, and `report`.
pub(super) fn outline(document: &mut Document) {
    contents::mark(document);
    let headings = headings::find(document);
    let headings = split(document, headings);
    tree::build(document, &headings);
    tables::attach(document);
    describe(document);
}

/// Reads once more what the report says it is.
pub(super) fn describe(document: &mut Document) {
    document.report = meta::read(document);
}

/// A heading that was found: its block and parts of its text.
#[derive(Debug, Clone)]
struct Heading {
    /// Index of the block that opens it.
    block: usize,
    /// How many blocks it takes, for a title wrapped over several.
    blocks: usize,
    /// Its label, unless it has none.
    label: Option<label::Label>,
    /// Where in the first block's text the heading ends; the rest is a paragraph.
    end: usize,
    /// Depth: 1 for 第一部分.
    level: u8,
}

/// Makes the first sentence of a block its own block where a heading is stuck to a paragraph.
fn split(document: &mut Document, mut headings: Vec<Heading>) -> Vec<Heading> {
    let old = std::mem::take(&mut document.blocks);
    let mut found = headings.iter_mut().peekable();
    for (index, block) in old.into_iter().enumerate() {
        let now = document.blocks.len();
        match block.kind {
            BlockKind::Table(id) => document.tables[id as usize].block = now as u32,
            BlockKind::Chart(id) => document.charts[id as usize].block = now as u32,
            _ => {}
        }
        let Some(heading) = found.next_if(|heading| heading.block == index) else {
            document.blocks.push(block);
            continue;
        };
        heading.block = now;
        let cut = block.span.start + heading.end as u32;
        let head = Span { start: block.span.start, end: cut.min(block.span.end) };
        document.blocks.push(Block { kind: BlockKind::Heading, span: head, section: 0 });
        let rest = Span { start: head.end, end: block.span.end };
        if !document.slice(rest).trim().is_empty() {
            document.blocks.push(Block { kind: BlockKind::Paragraph, span: rest, section: 0 });
        }
    }
    headings
}

/// The sections of a document without any heading.
fn root(document: &Document) -> Section {
    Section { extent: Span::new(0, document.text.len()), ..Section::default() }
}
