//! 占比与数额不符。
//!
//! 占比等于部分除以整体。印出的百分比是一个范围（44.97%即44.965%至44.975%），两数相除落在范围之外，则三者之中必有一误。
//! 末位截去而非四舍五入的（95.457%写作95.45%）只警告。
//!
//! ```report
//! 2024年本年支出合计200.00万元，其中：基本支出150.00万元，占75.00%；项目支出50.00万元，占35.00%。
//! ```
//!
//! 依据：除法。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "share/share_differs",
    severity: Severity::Error,
    summary_en: "A share differs from part divided by whole.",
    source: include_str!("share_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的占比与数额不符，请核对占比、部分和整体。"),
        format!("the share of “{name}” differs from part divided by whole"),
    )
}
