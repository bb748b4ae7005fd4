//! 增减率与增减额不符。
//!
//! 增减率等于增减额除以上年数；上年数没有印出时，等于今年数减去增减额。上年数为0时没有增减率，写“增长0%”是误写。
//!
//! ```report
//! 2024年度收、支总计均为120.00万元。与2023年相比，收、支总计各增加20.00万元，增长25.00%。
//! ```
//!
//! 依据：除法：增减率 = 增减额 ÷ 基数，基数为0则无意义。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "change/rate_differs",
    severity: Severity::Error,
    summary_en: "A printed rate differs from change divided by base.",
    source: include_str!("rate_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的增减率与增减额不符，请核对增减额和增减率。"),
        format!("the rate of “{name}” differs from change divided by base"),
    )
}
