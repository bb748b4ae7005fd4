//! Plain text, as Word converters and PDF tools leave it.

mod charts;
mod decode;
mod flat;
mod grid;
mod lines;
mod paragraphs;
#[cfg(test)]
mod tests;

use super::{Builder, Document, Format, Source};
use crate::error::Result;
use lines::Line;
use std::path::Path;

/// Reads plain text in UTF-8, UTF-16 or GB18030.
///
/// Tables flattened to one cell a line (each cell starts with a tab, a blank line between rows) become grids again,
/// chart caches become charts, bookmark and field debris goes, and lines wrapped at a fixed width become paragraphs.
///
/// # Errors
/// The bytes are no text: a binary format that none of our readers knows.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document> {
    let source = decode::decode(path, bytes)?;
    let mut builder = Builder::new(Source::new(path, Format::Text, bytes));
    let lines = lines::lines(&source);
    builder.expect(source.len(), lines.iter().map(|line| line.pieces.len()).sum());
    if let Some(last) = lines.iter().rev().find(|line| line.page > 0) {
        builder.pages(last.page);
    }
    let wrap = paragraphs::Wrap::measure(&lines);
    let mut at = 0;
    let mut prose = at;
    let mut refused = 0; // lines before this one were looked at and are no table
    while at < lines.len() {
        let end = charts::chart(&lines, prose, at, &mut builder, &wrap)
            .or_else(|| flat::table(&lines, prose, at, &mut refused, &mut builder, &wrap))
            .or_else(|| grid::table(&lines, prose, at, &mut refused, &mut builder, &wrap));
        match end {
            Some(end) => {
                at = end.max(at + 1);
                prose = at;
            }
            None => at += 1,
        }
    }
    paragraphs::push(&lines[prose..], &wrap, &mut builder);
    Ok(builder.finish())
}

/// Columns a table may have; more are taken for a damaged text.
const WIDEST: usize = 200;

/// Places (rows times columns) a table may have; what follows is another table.
const LARGEST: usize = 1_000_000;

/// Hands the prose before a table or chart to the builder.
fn close(lines: &[Line], prose: usize, at: usize, builder: &mut Builder, wrap: &paragraphs::Wrap) {
    paragraphs::push(&lines[prose.min(at)..at], wrap, builder);
}
