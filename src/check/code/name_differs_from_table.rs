//! 正文的科目名称与附表不一致。
//!
//! 正文逐项说明支出，名称应与附表同一行相同。金额相同而名称不同，常见于沿用旧科目名称（2020年起“行政事业单位离退休”改为
//! “行政事业单位养老支出”，2019年起“文化体育与传媒支出”改为“文化旅游体育与传媒支出”）。
//!
//! ```report
//! 2024年一般公共预算财政拨款支出决算数为1028.48万元。其中：
//! 1.社会保障和就业支出（类）行政事业单位养老支出（款）归口管理的行政单位离退休（项）：支出决算为1028.48万元。
//!
//! 一般公共预算财政拨款支出决算表
//! 公开05表
//! 金额单位：万元
//!
//! 	功能分类科目编码
//! 	科目名称
//! 	本年支出合计
//!
//! 	合计
//! 	合计
//! 	1028.48
//!
//! 	2080501
//! 	行政单位离退休
//! 	1028.48
//! ```
//!
//! 依据：《政府收支分类科目》；部门决算公开要求文字说明与报表一致。

use super::{Printed, finding, rows, suggest};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::indicators::normal;
use crate::fact::{Measure, Standing};
use crate::finding::{Finding, Follow, Severity};
use crate::number::NumberId;

/// The check.
pub const CHECK: Check = Check {
    name: "code/name_differs_from_table",
    severity: Severity::Error,
    summary_en: "An item is named differently in narrative and table.",
    source: include_str!("name_differs_from_table.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let rows = rows(report);
    let mut found: Vec<(String, String, Finding)> = Vec::new();
    for fact in &report.facts {
        let Standing::Narrative(block) = fact.standing else { continue };
        if fact.measure != Measure::Level || !fact.indicator.starts_with("function/") {
            continue;
        }
        let Some((span, names)) = code_before(report, block, fact.number) else { continue };
        let Some(row) = row_of(report, &rows, fact.number, &names) else { continue };
        let class = rows.iter().find(|other| other.code == &row.code[..3]);
        let group = rows.iter().find(|other| other.code == &row.code[..5]);
        let levels = [
            (&names[0], class.map(|class| class.name), &row.code[..3]),
            (&names[1], group.map(|group| group.name), &row.code[..5]),
            (&names[2], Some(row.name), row.code),
        ];
        for (said, printed, code) in levels {
            let (Some(said), Some(printed)) = (said, printed) else { continue };
            // The second line of a name in a narrow cell is easily lost on a scanned page.
            let cut = !report.document.scans.is_empty()
                && (printed.starts_with(said.as_str()) || said.starts_with(printed));
            if printed.is_empty() || cut || same(said, printed) {
                continue;
            }
            let text = report.document.slice(span);
            let Some(at) = text.rfind(said.as_str()) else { continue };
            let at = Span::new(at, at + said.len()).shifted(span.start);
            // 用于教育事业的彩票公益金支出: the first words may be read as a verb.
            let before = report.document.text.get(block.start as usize..at.end as usize);
            if printed.ends_with(said.as_str())
                && before.is_some_and(|text| normal(text).ends_with(&normal(printed)))
            {
                continue;
            }
            let pair =
                |known: &&mut (String, String, Finding)| known.0 == *said && known.1 == printed;
            match found.iter_mut().find(pair) {
                Some((_, _, first)) => {
                    let again = first.at == at || first.follows.iter().any(|one| one.at == at);
                    first.follows.extend((!again).then(|| Follow {
                        at,
                        message: format!("同样的名称“{said}”"),
                        message_en: format!("“{said}” again"),
                    }));
                }
                None => {
                    let zh =
                        format!("正文名称为“{said}”，附表同一金额的科目是 {code} “{printed}”。");
                    let en = format!("“{said}” here, “{printed}” ({code}) in the table");
                    let why = ("附表的名称", "the name in the table");
                    let suggestion = Some(suggest(report, at, printed, why));
                    let own = finding(&CHECK, at, (zh, en), suggestion);
                    found.push((said.clone(), printed.to_string(), own));
                }
            }
        }
    }
    found.into_iter().map(|(_, _, finding)| finding).collect()
}

/// The names of the code that stands before a figure in its paragraph.
fn code_before(
    report: &Report,
    block: Span,
    figure: NumberId,
) -> Option<(Span, [Option<String>; 3])> {
    let first = report.numbers.partition_point(|number| number.span.start < block.start);
    let own = report.numbers.get(first..figure as usize)?;
    let number = own.iter().rev().find(|number| number.code().is_some())?;
    let names = number.code()?.names.clone();
    names[2].is_some().then_some((number.span, names))
}

/// The one item of the tables with this amount, unless an item of the same name has it as well.
fn row_of<'a, 'r>(
    report: &Report,
    rows: &'a [Printed<'r>],
    figure: NumberId,
    names: &[Option<String>; 3],
) -> Option<&'a Printed<'r>> {
    let number = &report.numbers[figure as usize];
    let range =
        number.range().filter(|_| number.decimals > 1 && number.base() > Some(100.into()))?;
    let has = |row: &&Printed<'_>| {
        row.code.len() == 7
            && row.values.iter().any(|value| {
                report.numbers[*value as usize].range().is_some_and(|own| own.meets(range))
            })
    };
    let mut found = rows.iter().filter(has);
    let first = found.next()?;
    let named = |row: &Printed<'_>| names[2].as_deref().is_some_and(|name| same(name, row.name));
    (found.all(|other| other.code == first.code)
        && !rows.iter().any(|row| row.code.len() == 7 && row.code != first.code && named(row)))
    .then_some(first)
}

/// Whether two names are the same but for 支出 at the end and blanks.
fn same(one: &str, other: &str) -> bool {
    let bare = |name: &str| normal(name).trim_end_matches("支出").to_string();
    bare(one) == bare(other)
}
