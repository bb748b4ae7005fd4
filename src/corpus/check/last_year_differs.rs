//! 本年报告所说的上年数与上年报告不一致。
//!
//! “比上年增加”的基数是上年同类报告（决算比决算，预算比预算）的数。本年报告写明的上年数，或由本年数与增减额推出的上年数，须与该部门上年的报告相等；四舍五入造成的尾差不报。
//! 只比较部门名称相同、口径（部门或单位）相同、指标与资金性质相同的数；上年报告有几个版本的，与其中任何一个相符即不报。
//! 机构改革、口径调整可以使上年数重述，故为警告：重述应在报告中说明。
//!
//! ```reports
//! 清河县水务局2023年度部门决算
//! 2023年度收入总计100.00万元。
//! ---
//! 清河县水务局2024年度部门决算
//! 2024年度收入总计120.00万元，比上年增加30.00万元。
//! ```
//!
//! 依据：部门决算公开的“与上年决算数相比”，上年决算数即上年公开的决算数。

use super::figures::{Found, Reports, Row, Side, compare, finding, wan};
use super::{CorpusCheck, NOTHING};
use crate::check::Check;
use crate::finding::Severity;

/// The check.
pub const CHECK: CorpusCheck = CorpusCheck {
    check: Check {
        name: "corpus/last_year_differs",
        severity: Severity::Warning,
        summary_en: "last year's figure as this year's report gives it differs from last year's report",
        source: include_str!("last_year_differs.rs"),
        run: NOTHING,
    },
    run,
};

fn run(reports: &Reports<'_>) -> rusqlite::Result<Found> {
    let of = |row: &Row, side: &Side, year| {
        (side.kind, side.year) == (if row.budget { "budget" } else { "final_accounts" }, year)
    };
    let stated = |row: &Row, side: &Side| of(row, side, row.year);
    let quoted = |row: &Row, side: &Side| of(row, side, row.year + 1);
    compare(reports, |_| true, stated, quoted, tell)
}

fn tell(
    reports: &Reports<'_>,
    indicator: &str,
    row: &Row,
    last: &Row,
) -> rusqlite::Result<crate::report::json::FindingEntry> {
    let (mine, shown) =
        reports.evidence(row.report, row.number, if row.derived { "now" } else { "base" })?;
    let (theirs, theirs_shown) = reports.evidence(last.report, last.number, "base")?;
    let label = reports.label(last.report, last.number, indicator)?;
    let (year, path) = (row.year, reports.path(last.report)?);
    let mut evidence = vec![mine];
    let arithmetic = match row.other {
        Some(change) => {
            let (change, words) = reports.evidence(row.report, change, "change")?;
            evidence.push(change);
            format!(
                "{shown} 与增减额 {words} 推出 {year} 年为 {}，上年报告为 {theirs_shown}",
                wan(row.range)
            )
        }
        None => format!("本年报告所列 {year} 年为 {shown}，上年报告为 {theirs_shown}"),
    };
    evidence.push(theirs);
    let message = reports.lang.pick(
        &format!("本年报告所说的{year}年“{label}”与{year}年报告（{path}）不一致；如有重述，应予说明。"),
        &format!("“{label}” of {year} differs from the report of {year} ({path}); a restatement should be explained"),
    ).to_string();
    let key = format!("{indicator}|{}|{year}|{}|{}", row.fund, row.range.low, last.range.low);
    Ok(finding(&CHECK.check, message, arithmetic, evidence, &key))
}
