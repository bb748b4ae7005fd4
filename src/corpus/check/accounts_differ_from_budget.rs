//! 决算报告所列的年初预算数与预算报告不一致。
//!
//! 年初预算数是批复并已公开的部门预算数。决算报告写“年初预算为100.00万元”的，同一部门当年的预算报告须有同一个数；四舍五入造成的尾差不报。
//! 只比较部门名称相同、口径（部门或单位）相同、指标与资金性质相同的数，且以功能分类项级科目和“三公”经费为限；预算报告有几个版本的，与其中任何一个相符即不报。
//!
//! ```reports
//! 清河县水务局2024年部门预算
//! 2024年一般公共预算财政拨款支出预算如下：
//! 1.农林水支出213（类）水利03（款）防汛14（项）预算数为100.00万元。
//! ---
//! 清河县水务局2024年度部门决算
//! 2024年度一般公共预算财政拨款支出决算具体情况：
//! 1.农林水支出213（类）水利03（款）防汛14（项）：年初预算为120.00万元，支出决算为90.00万元。
//! ```
//!
//! 依据：《地方预决算公开操作规程》：部门决算的年初预算数为批复的部门预算数。

use super::figures::{Found, Reports, Row, Side, compare, finding};
use super::{CorpusCheck, NOTHING};
use crate::check::Check;
use crate::finding::Severity;

/// The check.
pub const CHECK: CorpusCheck = CorpusCheck {
    check: Check {
        name: "corpus/accounts_differ_from_budget",
        severity: Severity::Error,
        summary_en: "the opening budget in the final accounts differs from the budget report",
        source: include_str!("accounts_differ_from_budget.rs"),
        run: NOTHING,
    },
    run,
};

/// Figures that mean the same in both reports: an item of the functional classification, or one of the 三公.
fn same_in_both(indicator: &str) -> bool {
    indicator.strip_prefix("function/").is_some_and(|code| code.len() == 7)
        || indicator.starts_with("three_public/")
}

fn run(reports: &Reports<'_>) -> rusqlite::Result<Found> {
    let budget = |row: &Row, side: &Side, kind| {
        row.budget && !row.derived && (side.kind, side.year) == (kind, row.year)
    };
    let stated = |row: &Row, side: &Side| budget(row, side, "budget");
    let quoted = |row: &Row, side: &Side| budget(row, side, "final_accounts");
    compare(reports, same_in_both, stated, quoted, tell)
}

fn tell(
    reports: &Reports<'_>,
    indicator: &str,
    row: &Row,
    budget: &Row,
) -> rusqlite::Result<crate::report::json::FindingEntry> {
    let (mine, shown) = reports.evidence(row.report, row.number, "budget")?;
    let (theirs, theirs_shown) = reports.evidence(budget.report, budget.number, "stated")?;
    let label = reports.label(row.report, row.number, indicator)?;
    let path = reports.path(budget.report)?;
    let arithmetic = format!("决算报告的年初预算 {shown}，预算报告 {theirs_shown}");
    let message = reports
        .lang
        .pick(
            &format!("“{label}”的年初预算数与预算报告（{path}）不一致。"),
            &format!("the opening budget of “{label}” differs from the budget report ({path})"),
        )
        .to_string();
    let key = format!("{indicator}|{}|{}|{}", row.fund, row.range.low, budget.range.low);
    Ok(finding(&CHECK.check, message, arithmetic, vec![mine, theirs], &key))
}
