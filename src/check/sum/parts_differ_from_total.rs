//! 合计与所列各项之和不一致。
//!
//! 读者以合计为准，评审以各项为准；两者不等，必有一处误写。各项四舍五入造成的尾差不报；“其中”不保证列全，也不报，除非所列
//! 是该指标全部的组成部分。
//!
//! ```report
//! 收入合计100.00万元，包括：财政拨款收入90.00万元、其他收入9.00万元。
//! ```
//!
//! 依据：加法。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/parts_differ_from_total",
    severity: Severity::Error,
    summary_en: "A total differs from the sum of the parts listed after it.",
    source: include_str!("parts_differ_from_total.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”与所列各项之和不等，请核对合计和各项。"),
        format!("the parts of “{name}” do not add up to it"),
    )
}
