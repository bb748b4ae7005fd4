//! 同一事实两处数字不同。
//!
//! 同一指标、同一口径、同一年份在两处写出，数字应相同；印的位数不同而范围相交不报。
//!
//! ```report
//! 一、收入支出决算总体情况说明
//! 2024年度收、支总计均为120.00万元。
//! 二、支出决算情况说明
//! 2024年度支出总计130.00万元。
//! ```
//!
//! 依据：同一事实只有一个数。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "echo/said_twice_differently",
    severity: Severity::Error,
    summary_en: "The same fact is said twice with different figures.",
    source: include_str!("said_twice_differently.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”两处数字不同，请核对哪一处为准。"),
        format!("“{name}” is said twice with different figures"),
    )
}
