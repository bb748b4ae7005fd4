//! 图中的数字与正文不一致。
//!
//! 图与正文说同一件事，图中数据应与正文、附表相同；图往往是改了正文而忘了改的地方。
//!
//! ```report
//! 一、收入支出决算总体情况说明
//! 2024年度收、支总计均为120.00万元。与2023年相比，收、支总计各增加20.00万元，增长20.00%。
//! 收、支决算总计变动情况图
//! 2023年⇥
//! 收入（万元）	支出（万元）	100.00	100.00	2024年⇥
//! 收入（万元）	支出（万元）	130.00	120.00⇥
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
    name: "echo/chart_differs",
    severity: Severity::Error,
    summary_en: "A figure of a chart differs from the text.",
    source: include_str!("chart_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”图与正文不一致，请核对哪一处为准。"),
        format!("“{name}” differs between chart and text"),
    )
}
