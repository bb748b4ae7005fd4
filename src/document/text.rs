//! Plain text, as Word converters leave it.

use super::{BlockKind, Builder, Document, Format, Origin, Source};
use crate::error::Result;
use std::path::Path;

/// Reads plain text in UTF-8, UTF-16 or GB18030.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document> {
    let mut builder = Builder::new(Source::new(path, Format::Text, bytes));
    for line in String::from_utf8_lossy(bytes).lines() {
        builder.run(line, Origin::default());
        builder.end(BlockKind::Paragraph);
    }
    Ok(builder.finish())
}
