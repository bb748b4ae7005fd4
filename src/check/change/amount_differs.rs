//! 增减额与两年的数额不符。
//!
//! 今年数减去上年数应等于印出的增减额。上年数印在别处（另一节、图、表）时同样比较。
//!
//! ```report
//! 2024年机关运行经费支出49.99万元，比2023年决算数55.47万元减少4.48万元。
//! ```
//!
//! 依据：减法。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "change/amount_differs",
    severity: Severity::Error,
    summary_en: "A printed change differs from this figure minus the base.",
    source: include_str!("amount_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的增减额与两个数额之差不等，请核对三个数字。"),
        format!("the change of “{name}” is not the difference of the two figures"),
    )
}
