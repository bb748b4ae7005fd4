//! Row trees: which row is a part of which, by codes (类 款 项), by numbering (一、（一）1.), or by 其中.

use super::{CodeKind, Row, RowKind, Side, cells, meaning};

/// Sets `parent` and `sure` of every row of a side.
pub(super) fn arrange(side: &mut Side) {
    let coded = side.rows.iter().filter(|row| row.code.is_some()).count();
    let items = side.rows.iter().filter(|row| row.kind == RowKind::Item).count();
    if coded * 2 >= items && coded > 0 {
        by_code(&mut side.rows, side.codes);
    } else {
        by_numbering(&mut side.rows);
    }
}

#[allow(clippy::needless_range_loop)] // a row looks back at others
/// Parents by code prefix: `2011301` under `20113` under `201`; rows without code stand above the codes that follow.
fn by_code(rows: &mut [Row], kind: Option<CodeKind>) {
    let mut stack: Vec<(usize, Option<String>)> = Vec::new();
    let uncoded_lead = rows
        .iter()
        .position(|row| row.kind == RowKind::Item)
        .is_some_and(|first| rows[first].code.is_none());
    for at in 0..rows.len() {
        if rows[at].kind == RowKind::Total {
            stack.clear();
            continue;
        }
        match rows[at].code.clone() {
            // A misprinted code says nothing of where its row belongs.
            Some(code) if is_classification(kind) && Some(cells::code_kind(&code)) != kind => {
                rows[at].parent = stack.last().map(|(parent, _)| *parent);
                rows[at].sure = false;
                for (above, _) in &stack {
                    rows[*above].whole = false;
                }
            }
            Some(code) => {
                while stack.last().is_some_and(|(_, above)| match above {
                    Some(above) => !(code.len() > above.len() && code.starts_with(above.as_str())),
                    None => false,
                }) {
                    stack.pop();
                }
                rows[at].parent = stack.last().map(|(parent, _)| *parent);
                stack.push((at, Some(code)));
            }
            None if kind == Some(CodeKind::Unit) => {
                // 单位编码 tables list projects under a unit without saying how they nest.
                rows[at].parent = stack.last().map(|(parent, _)| *parent);
                rows[at].sure = false;
            }
            None => {
                stack.clear();
                rows[at].sure = uncoded_lead;
                stack.push((at, None));
            }
        }
    }
}

fn is_classification(kind: Option<CodeKind>) -> bool {
    let known = [CodeKind::Function, CodeKind::Economic, CodeKind::GovernmentEconomic];
    kind.is_some_and(|kind| known.contains(&kind))
}

/// Names of money carried over, which stand beside 本年收入合计 and not under the last source.
fn is_carried(name: &str) -> bool {
    ["上年", "年初", "年末", "年终", "结转", "使用", "用事业", "结余", "动用"]
        .iter()
        .any(|word| name.starts_with(word))
}

/// Names of money that only say which part of a carried amount.
fn is_part_of_carried(name: &str) -> bool {
    [
        "一般公共",
        "政府性基金",
        "国有资本",
        "财政专户",
        "财政拨款",
        "非财政",
        "单位资金",
        "基本支出",
        "项目支出",
        "经营",
    ]
    .iter()
    .any(|word| name.starts_with(word))
}

/// Whether rows without numbers list classes by name, with their groups and items between them.
fn lists_classes(rows: &[Row]) -> bool {
    let plain = |row: &&Row| row.kind == RowKind::Item && row.style == 0 && !row.name.is_empty();
    let classes = rows.iter().filter(plain).filter(|row| is_class(&row.name)).count();
    classes >= 2
        && rows.iter().filter(plain).any(|row| !is_class(&row.name) && !is_carried(&row.name))
}

fn is_class(name: &str) -> bool {
    meaning::function_class(name).is_some() || meaning::economic_class(name).is_some()
}

/// Parents by numbering style: `（一）` under `一、`, `1.` under `（一）`; rows without number stay under the last numbered one.
#[allow(clippy::needless_range_loop)] // a row looks back at others
fn by_numbering(rows: &mut [Row]) {
    // Numbering styles from the outermost in, as they appear.
    let mut stack: Vec<(u8, usize)> = Vec::new();
    let mut carried: Option<usize> = None;
    let mut of_which: Option<usize> = None;
    let classes = lists_classes(rows);
    for at in 0..rows.len() {
        let row = &rows[at];
        if row.kind == RowKind::Total {
            stack.clear();
            (carried, of_which) = (None, None);
            continue;
        }
        if row.name.is_empty() {
            continue;
        }
        let (style, name, first_of_which) = (row.style, row.name.clone(), row.of_which);
        if let Some(above) = carried
            && is_part_of_carried(&name)
            && !is_carried(&name)
        {
            rows[at].parent = Some(above);
            continue;
        }
        if style == 0 && is_carried(&name) && !first_of_which {
            stack.clear();
            carried = Some(at);
            of_which = None;
            continue;
        }
        if style == 0 && classes {
            let open = stack.last().map(|(_, above)| *above);
            if is_class(&name) && open.is_none_or(|above| rows[above].name != name) {
                stack = vec![(0, at)];
            } else {
                rows[at].parent = open;
                rows[at].sure = open.is_none();
            }
            continue;
        }
        if style == 0 {
            stack.retain(|(style, _)| *style != 0);
            let above = stack.last().map(|(_, above)| *above);
            let above = above.or(at.checked_sub(1).filter(|_| first_of_which));
            rows[at].parent = above.or(carried);
            rows[at].sure = above.is_none() && carried.is_none();
            if first_of_which {
                rows[at].sure = true;
                of_which = rows[at].parent;
            } else if of_which.is_some() {
                rows[at].of_which = true;
            }
            continue;
        }
        while stack.iter().any(|(above, _)| *above == style) {
            stack.pop();
        }
        // `财政拨款` without a number before `1.一般公共预算拨款` is what the numbered rows belong to.
        if stack.is_empty()
            && let Some(above) = at.checked_sub(1)
            && (first_of_which || rows[at].leads)
            && rows[above].style == 0
            && rows[above].parent.is_none()
            && rows[above].kind == RowKind::Item
            && !rows[above].name.is_empty()
            && carried.is_none()
        {
            stack.push((0, above));
        }
        let above = stack.last().map(|(_, above)| *above);
        let above = above.or(at.checked_sub(1).filter(|_| first_of_which));
        rows[at].parent = above;
        if !first_of_which && of_which != rows[at].parent {
            of_which = None;
        }
        if first_of_which {
            of_which = rows[at].parent;
        } else if of_which.is_some() && of_which == rows[at].parent {
            rows[at].of_which = true;
        }
        stack.push((style, at));
        carried = is_carried(&name).then_some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    fn row(name: &str, code: Option<&str>) -> Row {
        let (style, rest) = super::super::header::numbering(name);
        Row {
            table: 0,
            row: 0,
            kind: if code.is_none() && super::super::header::is_total(rest) {
                RowKind::Total
            } else {
                RowKind::Item
            },
            printed: name.into(),
            name: rest.into(),
            at: Span::default(),
            code: code.map(Into::into),
            code_at: None,
            other_code: None,
            stage: None,
            line: None,
            style,
            leads: name.starts_with(['一', '1']) || name.starts_with("（一"),
            of_which: false,
            parent: None,
            sure: true,
            whole: true,
            values: Vec::new(),
        }
    }

    fn parents(rows: Vec<Row>) -> Vec<Option<usize>> {
        let mut side = Side { rows, ..Side::default() };
        arrange(&mut side);
        side.rows.iter().map(|row| row.parent).collect()
    }

    #[test]
    fn codes_nest_by_prefix() {
        let rows = vec![
            row("合计", None),
            row("教育支出", Some("205")),
            row("普通教育", Some("20502")),
            row("小学教育", Some("2050202")),
            row("留学教育", Some("20506")),
            row("住房保障支出", Some("221")),
        ];
        assert_eq!(parents(rows), [None, None, Some(1), Some(2), Some(1), None]);
    }

    #[test]
    fn numbering_nests_by_style() {
        let rows = vec![
            row("一、本年收入", None),
            row("（一）一般公共预算拨款", None),
            row("（二）政府性基金预算拨款", None),
            row("二、上年结转", None),
            row("（一）一般公共预算拨款", None),
            row("收入总计", None),
        ];
        assert_eq!(parents(rows), [None, Some(0), Some(0), None, Some(3), None]);
    }

    #[test]
    fn a_name_before_a_first_number_is_the_whole() {
        let rows = vec![
            row("财政拨款", None),
            row("1.一般公共预算拨款", None),
            row("2.政府性基金预算拨款", None),
            row("本年收入合计", None),
        ];
        assert_eq!(parents(rows), [None, Some(0), Some(0), None]);
    }

    #[test]
    fn carried_money_stands_beside_the_sources() {
        let rows = vec![
            row("一、财政拨款收入", None),
            row("本年收入合计", None),
            row("年初财政拨款结转和结余", None),
            row("一般公共预算财政拨款", None),
            row("总计", None),
        ];
        assert_eq!(parents(rows), [None, None, None, Some(2), None]);
    }
}
