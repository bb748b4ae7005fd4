//! A form that is a file of its own: `项目支出绩效目标表`.

use crate::document::Document;

/// Whether the title, or the first cell of a grid, names a 绩效 form.
pub(super) fn alone(document: &Document, title: &str) -> bool {
    let forms = ["绩效目标", "绩效自评", "绩效评价"];
    let named = |words: &str| words.contains('表') && forms.iter().any(|form| words.contains(form));
    let mut heads = document.tables.iter().filter_map(|table| table.cells.first());
    named(title) || heads.any(|cell| named(document.slice(cell.span)))
}
