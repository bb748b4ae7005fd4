//! 预算完成率与预算数、决算数不符。
//!
//! 完成率等于决算数除以预算数。预算数为0时没有完成率，写“完成预算0%”或“100%”而决算不为0是误写。
//!
//! ```report
//! 2024年公务接待费支出预算为5.00万元，支出决算为4.00万元，完成预算90%。
//! ```
//!
//! 依据：除法：完成率 = 决算数 ÷ 预算数。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "completion/percentage_differs",
    severity: Severity::Error,
    summary_en: "A completion differs from final divided by budget.",
    source: include_str!("percentage_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的预算完成率与数额不符，请核对。"),
        format!("the completion of “{name}” differs from final divided by budget"),
    )
}
