//! 正文中的得分与分值、扣分或得分率不符。
//!
//! 评价报告逐项写明分值、扣分、得分和得分率：得分等于分值减扣分，不高于分值；得分率等于得分除以分值。扣分分几处写的，不相加。
//!
//! ```report
//! 湿地养护项目绩效评价报告
//!
//! （一）决策情况。该指标分值20分，扣2分，得分19分。
//! ```
//!
//! 依据：减法、除法。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::{Claim, Relation};

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/points_differ_from_weight",
    severity: Severity::Error,
    summary_en: "Points won in a sentence do not fit the points that could be had, those lost, or the rate.",
    source: include_str!("points_differ_from_weight.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    let (zh, en) = match relation.claim {
        Claim::Share { .. } => {
            ("得分率不等于得分除以分值", "rate differs from points won of points")
        }
        Claim::Sum { .. } => {
            ("得分与扣分之和不等于分值", "points won and lost differ from those that could be had")
        }
        _ => ("得分高于分值", "points won exceed the points that could be had"),
    };
    Words::new(format!("“{name}”的{zh}，请核对。"), format!("“{name}”: {en}"))
}
