//! Points that a form without 分值 prints under 备注: `指标值 | 度量单位 | 备注`, `40 | 次 | 20分`.

use super::Column;
use crate::indicator::Sheet;

/// Takes 备注 for the weights where every remark of the rows below is so many points and no other column holds them.
pub(super) fn points(sheet: &Sheet, row: u32, body: u32, columns: &mut [Option<Column>]) {
    if columns.contains(&Some(Column::Weight)) || !columns.contains(&Some(Column::Target)) {
        return;
    }
    let headed = |col: &usize| {
        let cell = sheet.cell(row, *col as u32);
        columns[*col].is_none()
            && cell.is_some_and(|cell| matches!(&*sheet.squeezed(cell.span), "备注" | "说明"))
    };
    let Some(col) = (0..columns.len()).find(headed) else { return };
    let told: Vec<_> = (body..sheet.rows)
        .filter_map(|row| sheet.cell(row, col as u32))
        .map(|cell| sheet.squeezed(cell.span))
        .filter(|words| !words.is_empty())
        .collect();
    let points = |words: &str| {
        words.strip_suffix('分').is_some_and(|own| own.parse::<rust_decimal::Decimal>().is_ok())
    };
    if told.len() > 1 && told.iter().all(|words| points(words)) {
        columns[col] = Some(Column::Weight);
    }
}
