//! 各级指标得分之和与上级得分不一致。
//!
//! 下级指标的分值合计正等于上级分值（综合得分为100分）时，下级已经列全，其得分之和就应等于上级得分；得分合计正等于上级得分时，
//! 分值之和也应等于上级分值。
//!
//! ```report
//! 湿地养护项目绩效评价报告
//!
//! 综合得分为92分，其中：决策指标分值20分，得分19分；过程指标分值20分，得分18分；产出指标分值30分，得分28分；效益指标分值30分，
//! 得分29分。
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
    name: "indicator/levels_do_not_sum",
    severity: Severity::Error,
    summary_en: "The points of the indicators of a level do not add up to the points of the level.",
    source: include_str!("levels_do_not_sum.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的分数与所属指标之和不一致，请核对。"),
        format!("the points of “{name}” differ from those of its indicators together"),
    )
}
