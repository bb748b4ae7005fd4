//! Headers: which rows are header, what stands over each column, and what each column holds.

use super::cells::{self, Figures, squeeze};
use crate::document::{Document, Table, TableId};
use std::borrow::Cow;
use std::ops::Range;

/// What a grid column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// 行次
    Line,
    /// 科目编码, or one of 类 款 项
    Code,
    /// Names and other words.
    Name,
    /// 年度: which year or stage a row shows.
    Stage,
    /// Figures.
    Value,
    /// Something nobody adds up: 序号.
    Skip,
}

/// The header of a grid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Head {
    /// The first row below it; the 栏次 row belongs to it.
    pub(super) rows: u32,
    /// For each column the header texts from the outermost down, with the index of their cell.
    pub(super) paths: Vec<Vec<(String, u32)>>,
    /// For each column what the 栏次 row prints.
    pub(super) ordinals: Vec<Option<String>>,
    /// All header texts in order, for comparing two grids.
    pub(super) texts: Vec<String>,
    /// What each column holds.
    pub(super) roles: Vec<Role>,
}

/// Names that sum up the rows around them.
pub(super) fn is_total(name: &str) -> bool {
    let name = name.trim_end_matches('：');
    matches!(name, "合计" | "总计" | "小计")
        || (name.ends_with("合计") || name.ends_with("总计"))
            && ["收入", "支出", "经费", "本年", "本月", "收支", "预算", "资金", "费用"]
                .iter()
                .any(|word| name.contains(word))
}

/// The numbering style of a name: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`, 5 for `①`; and the name without it.
pub(super) fn numbering(name: &str) -> (u8, &str) {
    const HAN: &str = "一二三四五六七八九十";
    let stripped = name.trim_start_matches(['、', '.']);
    let count = |accept: fn(char) -> bool, text: &str| {
        text.chars().take_while(|c| accept(*c)).map(char::len_utf8).sum::<usize>()
    };
    let han = |c: char| HAN.contains(c);
    let digit = |c: char| c.is_ascii_digit();
    if let Some(inner) = stripped.strip_prefix('（') {
        for (style, accept) in [(2, han as fn(char) -> bool), (4, digit)] {
            let length = count(accept, inner);
            if length > 0 && inner[length..].starts_with('）') {
                return (style, &inner[length + '）'.len_utf8()..]);
            }
        }
        return (0, name);
    }
    for (style, accept) in [(1, han as fn(char) -> bool), (3, digit)] {
        let length = count(accept, stripped);
        let rest = &stripped[length..];
        if length > 0 && rest.starts_with(['、', '.', '．', '，']) {
            let rest = rest.trim_start_matches(['、', '.', '．', '，']);
            if style == 3 && rest.starts_with(|c: char| c.is_ascii_digit()) {
                return (0, name);
            }
            return (style, rest);
        }
    }
    match stripped.chars().next() {
        Some(c) if ('①'..='⑳').contains(&c) => (5, &stripped[c.len_utf8()..]),
        _ => (0, name),
    }
}

/// Whether the texts are a 栏次 row: `栏次 1 2 3`, `1 2=3+4 3 4`, `** ** 1 2`.
pub(super) fn is_ordinal_row<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> bool {
    if texts.clone().any(|text| text == "栏次" || text == "栏目") {
        return true;
    }
    let mut expected = None;
    let (mut seen, mut all) = (0, 0);
    for text in texts {
        all += 1;
        if text.chars().all(|c| c == '*' || c == '—' || c == '-') {
            continue;
        }
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = &text[..text.len() - rest.len()];
        let formula = rest.is_empty()
            || rest.starts_with(['=', '＝', '（'])
                && rest.chars().all(|c| c.is_ascii_digit() || "=＝+＋-－（）".contains(c));
        let (Ok(value), true) = (number.parse::<u32>(), formula) else { return false };
        if expected.is_some_and(|expected| value != expected) || expected.is_none() && value > 9 {
            return false;
        }
        expected = Some(value + 1);
        seen += 1;
    }
    seen >= 2 && (seen >= 3 || all == seen)
}

/// Distinct cells that begin in a row, as column and text.
pub(super) fn row_texts<'d>(
    document: &'d Document,
    table: &Table,
    row: u32,
) -> Vec<(u32, u32, Cow<'d, str>)> {
    let from = table.cells.partition_point(|cell| cell.row < row);
    table.cells[from..]
        .iter()
        .take_while(|cell| cell.row == row)
        .enumerate()
        .map(|(at, cell)| ((from + at) as u32, cell.col, squeeze(document.slice(cell.span))))
        .filter(|(_, _, text)| !text.is_empty())
        .collect()
}

/// Whether a row belongs to the body of its table.
pub(super) fn is_body(
    document: &Document,
    id: TableId,
    table: &Table,
    row: u32,
    figures: &Figures,
) -> bool {
    let texts = row_texts(document, table, row);
    let Some((_, first_col, first)) = texts.first() else { return false };
    if is_ordinal_row(texts.iter().map(|(_, _, text)| &**text)) {
        return false;
    }
    let figure = |cell: u32, text: &str| {
        figures.of(id, cell).is_some() && cells::is_figure(text) || text == "—" || text == "-"
    };
    if texts.iter().any(|(cell, _, text)| figure(*cell, text)) {
        return true;
    }
    if texts.iter().any(|(_, _, text)| matches!(numbering(text).0, 1..=4)) {
        return true;
    }
    if texts.iter().all(|(_, _, text)| is_total(text)) && *first_col == 0 {
        return true;
    }
    let code = cells::code_and_name(first);
    code.is_some_and(|(code, _)| {
        code.len() >= 3 && (*first_col == 0 || cells::code_kind(&code) != super::CodeKind::Other)
    })
}

/// Reads the header of the table in `band` of a grid.
pub(super) fn head(
    document: &Document,
    id: TableId,
    table: &Table,
    band: &Range<u32>,
    figures: &Figures,
) -> Head {
    let cols = table.cols as usize;
    let grid = table.grid();
    let rows =
        band.clone().find(|row| is_body(document, id, table, *row, figures)).unwrap_or(band.end);
    let mut head =
        Head { rows, paths: vec![Vec::new(); cols], ordinals: vec![None; cols], ..Head::default() };
    for row in band.start..rows {
        let texts = row_texts(document, table, row);
        if row > band.start && is_ordinal_row(texts.iter().map(|(_, _, text)| &**text)) {
            for (_, col, text) in texts {
                head.ordinals[col as usize] = Some(text.into_owned());
            }
            continue;
        }
        for (col, path) in head.paths.iter_mut().enumerate() {
            let Some(index) = grid[row as usize * cols + col] else { continue };
            let cell = &table.cells[index as usize];
            let text = squeeze(document.slice(cell.span));
            let whole = cell.colspan == table.cols && table.cols > 1;
            if !text.is_empty() && !whole && path.last().is_none_or(|(_, last)| *last != index) {
                // 增、减幅度
                path.push((text.replace("增、减", "增减"), index));
            }
        }
        head.texts.extend(texts.into_iter().map(|(_, _, text)| text.into_owned()));
    }
    head.roles =
        (0..cols).map(|col| role(document, id, table, band, &head, col, figures)).collect();
    head
}

fn role(
    document: &Document,
    id: TableId,
    table: &Table,
    band: &Range<u32>,
    head: &Head,
    col: usize,
    figures: &Figures,
) -> Role {
    let leaf = head.paths[col].last().map_or("", |(text, _)| text.as_str());
    let (mut figure, mut words, mut codes) = (0, 0, 0);
    for (index, cell) in table.cells.iter().enumerate() {
        let below = (head.rows..band.end).contains(&cell.row);
        if cell.col as usize != col || !below || cell.span.is_empty() {
            continue;
        }
        let text = squeeze(document.slice(cell.span));
        let digits = text.len() <= 9 && text.chars().all(|c| c.is_ascii_digit());
        codes += usize::from(digits);
        if cells::is_figure(&text) && figures.of(id, index as u32).is_some() {
            figure += 1;
        } else if cells::is_wordy(&text) && !is_total(&text) {
            words += 1;
        }
    }
    let named = |ends: &[&str]| ends.iter().any(|end| leaf.ends_with(end));
    if leaf == "行次" {
        return Role::Line;
    }
    if leaf == "序号" {
        return Role::Skip;
    }
    if matches!(leaf, "年度" | "年份") && col > 0 {
        return Role::Stage;
    }
    let coded = matches!(leaf, "类" | "款" | "项") || named(&["编码", "代码", "编号", "码"]);
    if coded && words == 0 && (codes > 0 || figure == 0) {
        return Role::Code;
    }
    let label = matches!(leaf, "项" | "项目" | "科目" | "备注" | "说明")
        || named(&["名称", "科目", "单位", "类别", "编码", "代码", "部门", "分类"]);
    if leaf.is_empty() && codes > 0 && words == 0 && codes == figure {
        let first = table.cells.iter().find(|cell| {
            cell.col as usize == col
                && (head.rows..band.end).contains(&cell.row)
                && !cell.span.is_empty()
        });
        let text = first.map_or("", |cell| document.slice(cell.span));
        if cells::code_kind(text.trim()) != super::CodeKind::Other {
            return Role::Code;
        }
    }
    if words > figure || label && words >= figure || leaf.is_empty() && words + figure == 0 {
        Role::Name
    } else {
        Role::Value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_styles() {
        assert_eq!(numbering("一、教育支出"), (1, "教育支出"));
        assert_eq!(numbering("（二）外交支出"), (2, "外交支出"));
        assert_eq!(numbering("1.公务用车购置费"), (3, "公务用车购置费"));
        assert_eq!(numbering("（1）工资福利支出"), (4, "工资福利支出"));
        assert_eq!(numbering("1.50"), (0, "1.50"));
        assert_eq!(numbering("一般公共服务支出"), (0, "一般公共服务支出"));
    }

    #[test]
    fn ordinal_rows() {
        let row = |texts: &[&str]| is_ordinal_row(texts.iter().copied());
        assert!(row(&["栏次", "1", "2"]));
        assert!(row(&["1=2+3", "2", "3"]));
        assert!(row(&["**", "**", "1", "2", "3"]));
        assert!(!row(&["合计", "1", "2"]));
        assert!(!row(&["12.00", "13.00"]));
    }
}
