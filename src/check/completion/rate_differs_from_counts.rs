//! 完成率、回收率与所列数量不符。
//!
//! 完成率等于实际完成数除以计划数，回收率等于收回问卷除以发放问卷。实际多于计划而完成率写100%的，视为封顶，不报；同一句里有几个数
//! 可作分子分母的，只要有一种读法成立即不报。
//!
//! ```report
//! 湿地养护项目绩效评价报告
//!
//! 计划培训管护人员500人次，实际培训520人次，完成率108%。
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
    name: "completion/rate_differs_from_counts",
    severity: Severity::Error,
    summary_en: "A rate of what was done differs from what was done divided by what was planned.",
    source: include_str!("rate_differs_from_counts.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("{name}与所列的计划数、完成数不符，请核对。"),
        format!("“{name}” differs from what was done divided by what was planned"),
    )
}
