//! What the tests share: reading a snippet, and the check a corpus page is about.

#![allow(dead_code, clippy::unwrap_used)]

use gouji::Report;
use std::path::Path;

/// Reads a snippet with the plain-text reader.
pub fn read(text: &str) -> Report {
    let path = Path::new("report.txt");
    let options = gouji::document::ReadOptions::default();
    gouji::understand(gouji::document::read(path, text.as_bytes(), &options).unwrap())
}

/// The reference report, where it is at hand.
pub fn reference() -> Option<Report> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/reports/final_accounts/anju_2024_economy_technology.txt");
    let bytes = std::fs::read(&path).ok()?;
    let options = gouji::document::ReadOptions::default();
    Some(gouji::understand(gouji::document::read(&path, &bytes, &options).unwrap()))
}

/// `corpus/form/doubled_punctuation.md` is about `form/doubled_punctuation`.
pub fn check_of_page(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let name = path.strip_prefix(root).unwrap().with_extension("");
    name.to_string_lossy().replace('\\', "/")
}

/// Without blanks.
pub fn squeeze(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
