//! Cleaning, once and for all: full width, soft line breaks, blanks inside words and numbers.

use super::Origin;

/// Appends the cleaned `raw` to `text`, and to `origins` where each run of it came from.
pub(super) fn clean(
    raw: &str,
    raw_origins: &[(u32, Origin)],
    text: &mut String,
    origins: &mut Vec<(u32, Origin)>,
) {
    let mut next = 0;
    for (index, c) in raw.char_indices() {
        if c == '\n' {
            continue;
        }
        let mut current = None;
        while next < raw_origins.len() && raw_origins[next].0 as usize <= index {
            current = Some(&raw_origins[next].1);
            next += 1;
        }
        if let Some(origin) = current {
            origins.push((text.len() as u32, origin.clone()));
        }
        text.push(c);
    }
}
