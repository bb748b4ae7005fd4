//! 部分大于整体。
//!
//! “其中”所列的部分不能多于整体，几个部分之和也不能多于整体。
//!
//! ```report
//! 2024年项目支出100.00万元，其中：湿地养护160.00万元。
//! ```
//!
//! 依据：加法：非负的部分不大于整体。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/part_exceeds_total",
    severity: Severity::Error,
    summary_en: "A part is greater than its whole.",
    source: include_str!("part_exceeds_total.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的部分多于整体，请核对两处数字。"),
        format!("a part of “{name}” is greater than the whole"),
    )
}
