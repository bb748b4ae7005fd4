//! 决算数与预算数的比较写反。
//!
//! “决算数小于预算数”而两数相反或相等，则比较的话与数字必有一误。
//!
//! ```report
//! 2024年公务接待费支出预算为5.00万元，支出决算为6.00万元，完成预算120%，决算数小于预算数。
//! ```
//!
//! 依据：比较大小。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "completion/comparison_differs",
    severity: Severity::Error,
    summary_en: "Final figure and budget compare otherwise than the words say.",
    source: include_str!("comparison_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的决算数与预算数不是所说的大小关系，请核对。"),
        format!("“{name}” does not compare with the budget as the words say"),
    )
}
