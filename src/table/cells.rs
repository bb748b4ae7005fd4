//! Texts and figures of cells.

use super::CodeKind;
use crate::document::{Document, TableId};
use crate::number::{Home, Kind, Number, NumberId};
use std::borrow::Cow;

/// The text without blanks and quotes, with one kind of brackets: `合 计` → `合计`.
pub fn squeeze(text: &str) -> Cow<'_, str> {
    let stays = |c: &char| !c.is_whitespace() && !matches!(c, '“' | '”' | '"');
    if text.chars().all(|c| stays(&c) && !matches!(c, '(' | ')' | ':')) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    squeezed.extend(text.chars().filter(stays).map(|c| match c {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        c => c,
    }));
    Cow::Owned(squeezed)
}

/// Whether the text holds a Chinese character or a Latin letter.
pub fn is_wordy(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii_digit())
}

/// Whether the text is a figure, a dash or nothing at all (not a name).
pub fn is_figure(text: &str) -> bool {
    !text.is_empty()
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || ",.-+%，．－−（）()—".contains(c))
}

/// Whether a name and an amount have run together: `189,767,551一、教育支出`, `住房公积金18803.32`.
pub fn is_glued(text: &str) -> bool {
    let (mut digits, mut marks, mut last) = (0, 0, ' ');
    let han = |c: char| c.is_alphabetic() && !c.is_ascii();
    let mut before = ' ';
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() || matches!(c, ',' | '.') {
            if digits + marks == 0 {
                before = last;
            }
            digits += usize::from(c.is_ascii_digit());
            marks += usize::from(!c.is_ascii_digit());
        } else {
            let money = marks > 0 && digits >= 4;
            let unit = matches!(c, '万' | '元' | '亿' | '年' | '%');
            if money && !unit && (han(before) || han(c)) {
                return true;
            }
            (digits, marks) = (0, 0);
        }
        last = c;
    }
    false
}

/// A classification code at the start of a cell and the name after it: `[2011301]行政运行`, `30101-基本工资`, `201`.
pub fn code_and_name(text: &str) -> Option<(String, String)> {
    let text = squeeze(text);
    let bracketed = text.strip_prefix('[').or_else(|| text.strip_prefix('【'));
    let inner = bracketed.unwrap_or(&text);
    let digits: String = inner.chars().take_while(char::is_ascii_digit).collect();
    if digits.len() < 2 || digits.len() > 12 {
        return None;
    }
    let mut rest = &inner[digits.len()..];
    if bracketed.is_some() {
        rest = rest.strip_prefix(']').or_else(|| rest.strip_prefix('】'))?;
    }
    let rest = rest.trim_start_matches(['-', '_', '—', '－', '.', '．', '、']);
    let starts_with_figure = rest.chars().next().is_some_and(|c| !c.is_alphabetic() && c != '（');
    let unit = ["年", "月", "日", "个", "万", "元", "辆", "台", "次", "批", "号"];
    let measured = bracketed.is_none() && unit.iter().any(|unit| rest.starts_with(unit));
    if starts_with_figure || measured {
        return None;
    }
    Some((digits, rest.to_string()))
}

/// What a full code may be a code of, by its digits alone.
pub fn code_kind(code: &str) -> CodeKind {
    let known = matches!(code.len(), 3 | 5 | 7 | 9);
    match code.as_bytes() {
        [b'2', b'0' | b'1' | b'2' | b'3', ..] if known => CodeKind::Function,
        [b'3', b'0' | b'1' | b'9', ..] if known => CodeKind::Economic,
        [b'5', b'0' | b'1' | b'9', ..] if known => CodeKind::GovernmentEconomic,
        _ => CodeKind::Other,
    }
}

/// Whether the text of a row of one cell is a note to the table: 注：本表反映…
pub(super) fn is_note(text: &str) -> bool {
    ["注", "说明", "备注", "（注"].iter().any(|word| text.starts_with(word))
}

/// The figure of each cell: its only number, where the cell holds nothing else.
pub struct Figures {
    by_table: Vec<Vec<Option<NumberId>>>,
}

impl Figures {
    /// Collects the figures of all cells in one pass.
    pub fn new(document: &Document, numbers: &[Number]) -> Self {
        let mut by_table: Vec<Vec<Option<NumberId>>> =
            document.tables.iter().map(|table| vec![None; table.cells.len()]).collect();
        for (id, number) in numbers.iter().enumerate() {
            let Home::Cell(table, index) = number.home else { continue };
            let Some(slot) =
                by_table.get_mut(table as usize).and_then(|t| t.get_mut(index as usize))
            else {
                continue;
            };
            let cell = &document.tables[table as usize].cells[index as usize];
            let quantity = number.value().is_some()
                && !matches!(number.kind, Kind::Year | Kind::Period | Kind::Code | Kind::DocNumber);
            if !quantity || slot.is_some() {
                continue;
            }
            let text = squeeze(document.slice(cell.span));
            let whole = || number.span == cell.span || squeeze(document.slice(number.span)) == text;
            if is_figure(&text) && whole() {
                *slot = Some(id as NumberId);
            }
        }
        Self { by_table }
    }

    /// The figure of a cell.
    pub fn of(&self, table: TableId, cell: u32) -> Option<NumberId> {
        *self.by_table.get(table as usize)?.get(cell as usize)?
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn codes_stand_alone_or_before_their_name() {
        let read = |text| code_and_name(text).unwrap();
        assert_eq!(read("[2013301]行政运行"), ("2013301".into(), "行政运行".into()));
        assert_eq!(read("30101-基本工资"), ("30101".into(), "基本工资".into()));
        assert_eq!(read(" 201 "), ("201".into(), String::new()));
        assert_eq!(read("310资本性支出"), ("310".into(), "资本性支出".into()));
        assert!(code_and_name("2026年预算数").is_none());
        assert!(code_and_name("1,668.14").is_none());
        assert!(code_and_name("12.50").is_none());
    }

    #[test]
    fn glued_cells() {
        assert!(is_glued("189,767,551一、一般公共服务支出"));
        assert!(is_glued("自然资源海洋气象等支出18803323.32"));
        assert!(!is_glued("一、一般公共服务支出"));
        assert!(!is_glued("2026年预算数"));
        assert!(!is_glued("1.一般公共预算拨款"));
        assert!(!is_glued("189,767,551"));
    }

    #[test]
    fn the_first_digit_tells_the_classification() {
        assert_eq!(code_kind("2011301"), CodeKind::Function);
        assert_eq!(code_kind("30101"), CodeKind::Economic);
        assert_eq!(code_kind("50101"), CodeKind::GovernmentEconomic);
        assert_eq!(code_kind("114001"), CodeKind::Other);
    }
}
