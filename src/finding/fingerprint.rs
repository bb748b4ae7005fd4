//! Fingerprints: the same defect keeps its name when unrelated text, lines or pages move.

use super::Finding;
use crate::document::Document;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;

/// One fingerprint a finding, e.g. `3f9a02c41b7d5e60`: check, section titles, the words of the figures involved, and
/// which one it is among equals.
pub fn fingerprints(document: &Document, findings: &[Finding]) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    findings
        .iter()
        .map(|finding| {
            let key = key(document, finding);
            let ordinal = seen.entry(key.clone()).and_modify(|count| *count += 1).or_insert(0);
            let mut hex = String::with_capacity(16);
            for byte in &Sha256::digest(format!("{key}\n{ordinal}"))[..8] {
                let _ = write!(hex, "{byte:02x}");
            }
            hex
        })
        .collect()
}

fn key(document: &Document, finding: &Finding) -> String {
    let mut key = String::from(finding.check);
    let section =
        document.block_at(finding.at.start).map(|id| document.blocks[id as usize].section);
    let mut at = section;
    while let Some(section) = at.and_then(|id| document.sections.get(id as usize)) {
        key.push('\n');
        push_words(&mut key, &section.title);
        at = section.parent;
    }
    key.push('\t');
    if finding.evidence.is_empty() {
        push_words(&mut key, document.slice(finding.at));
    }
    for evidence in &finding.evidence {
        key.push('|');
        push_words(&mut key, document.slice(evidence.at));
    }
    key
}

fn push_words(key: &mut String, words: &str) {
    key.extend(words.chars().filter(|c| !c.is_whitespace()));
}
