//! The rows of the tables of basic spending: `30208 取暖费`, with or without an amount.

use crate::document::{Document, Table};
use std::collections::HashMap;

/// Names of the rows of the tables of basic spending, and whether any table shows an amount beside the name.
pub(super) fn rows(document: &Document) -> HashMap<String, bool> {
    let basic = |table: &Table| {
        !table.hidden
            && !table.cut
            && table.title.is_some_and(|title| document.slice(title).contains("基本支出"))
    };
    let mut rows = HashMap::new();
    for table in document.tables.iter().filter(|table| basic(table)) {
        for (name, _) in labels(document, table) {
            rows.insert(name, false);
        }
    }
    if rows.is_empty() {
        return rows;
    }
    for table in &document.tables {
        for (name, shows) in labels(document, table) {
            if let Some(known) = rows.get_mut(&name) {
                *known |= shows;
            }
        }
    }
    rows
}

/// The cells in words, each with whether a figure other than nought stands between it and the next one.
fn labels<'a>(
    document: &'a Document,
    table: &'a Table,
) -> impl Iterator<Item = (String, bool)> + 'a {
    let words = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let text = |at: usize| document.slice(table.cells[at].span).trim();
    let body = move |at: &usize| table.cells[*at].row >= table.header_rows && words(text(*at));
    (0..table.cells.len()).filter(body).map(move |at| {
        let row = table.cells[at].row;
        let same = |next: &usize| table.cells[*next].row == row;
        let rest: Vec<&str> = (at + 1..table.cells.len()).take_while(same).map(text).collect();
        let end = rest.iter().position(|text| words(text));
        let own = &rest[..end.unwrap_or(rest.len())];
        // the code of the next name is no figure
        let code = |index: usize, text: &str| {
            let last = end == Some(index + 1);
            last && matches!(text.len(), 3 | 5) && !text.contains(['.', ','])
        };
        let shows = own
            .iter()
            .enumerate()
            .any(|(index, text)| text.contains(|c| matches!(c, '1'..='9')) && !code(index, text));
        (plain(text(at)), shows)
    })
}

/// A name without blanks, its code and the word that ends a list.
pub(super) fn plain(name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_end_matches('等').to_string()
}
