//! 同一科目在两处编码不同。
//!
//! 同一名称的科目在正文和各张附表中编码应相同；一处的编码不在科目表中，另一处的编码与名称相符，则前者误写。
//!
//! ```report
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
//! 	60.00
//!
//! 	2130204
//! 	事业机构
//! 	60.00
//!
//! 支出决算表
//! 公开03表
//! 金额单位：万元
//!
//! 	功能分类科目编码
//! 	科目名称
//! 	本年支出合计
//!
//! 	合计
//! 	合计
//! 	60.00
//!
//! 	2133204
//! 	事业机构
//! 	60.00
//! ```
//!
//! 依据：《政府收支分类科目》：一个科目一个编码。

use super::{Printed, finding, rows, suggest};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::codes::{Classification, codes};
use crate::fact::indicators::normal;
use crate::finding::{Finding, Severity};
use crate::number::{Home, Kind, one_digit_apart};

/// The check.
pub const CHECK: Check = Check {
    name: "code/code_differs",
    severity: Severity::Error,
    summary_en: "The same item is printed with two codes, one of which does not exist.",
    source: include_str!("code_differs.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let table = codes(Classification::Function);
    let rows = rows(report);
    let known = |row: &Printed<'_>| {
        let own = normal(row.name);
        table.names(row.code).iter().any(|name| normal(name.name) == own)
    };
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.code.len() == 7 && !row.name.is_empty()) {
        if !table.names(row.code).is_empty() {
            continue;
        }
        let mut others: Vec<&Printed<'_>> = rows
            .iter()
            .filter(|other| {
                other.table != row.table && other.name == row.name && other.code.len() == 7
            })
            .filter(|other| one_digit_apart(row.code, other.code) && known(other))
            .collect();
        others.dedup_by_key(|other| other.code);
        let [other] = others.as_slice() else { continue };
        found.push(told(report, row.at, row.code, other));
    }
    found.extend(narrated(report, &rows, known));
    found
}

fn told(report: &Report, at: Span, wrong: &str, other: &Printed<'_>) -> Finding {
    let (right, name) = (other.code, other.name);
    let zh = format!("“{name}”此处编码为 {wrong}，另一张表为 {right}；科目表中没有 {wrong}。");
    let en = format!("“{name}” has code {wrong} here and {right} in another table");
    let why = ("另一张附表的编码", "the code in another table");
    let printed = report.document.slice(at) == wrong;
    let suggestion = printed.then(|| suggest(report, at, right, why));
    finding(&CHECK, at, (zh, en), suggestion)
}

/// Codes of the narrative before the name of a row: `（六）2043220-执法办案10703.60万元` beside a row 2040220.
fn narrated(
    report: &Report,
    rows: &[Printed<'_>],
    known: impl Fn(&Printed<'_>) -> bool,
) -> Vec<Finding> {
    let table = codes(Classification::Function);
    let text = &report.document.text;
    let mut found = Vec::new();
    for number in report.numbers.iter().filter(|number| number.kind == Kind::Code) {
        let wrong = report.document.slice(number.span);
        let seven = wrong.len() == 7 && wrong.bytes().all(|b| b.is_ascii_digit());
        if !seven || !table.names(wrong).is_empty() || matches!(number.home, Home::Cell(..)) {
            continue;
        }
        let after = text.get(number.span.end as usize..).unwrap_or("");
        let after = after.trim_start_matches(['-', '－', '—', '“', ' ', '\u{3000}']);
        let named = |row: &&Printed<'_>| {
            row.code.len() == 7
                && row.name.chars().count() > 2
                && after.starts_with(row.name)
                && one_digit_apart(wrong, row.code)
                && known(row)
        };
        let mut others: Vec<&Printed<'_>> = rows.iter().filter(named).collect();
        others.sort_by_key(|other| other.code);
        others.dedup_by_key(|other| other.code);
        if let [other] = others.as_slice() {
            found.push(told(report, number.span, wrong, other));
        }
    }
    found
}
