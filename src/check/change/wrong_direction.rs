//! 增减的方向写反。
//!
//! 数额增加而写“减少”，或数额减少而写“增加”；只改这个词，增减额与增减率都成立。
//!
//! ```report
//! 2024年机关运行经费支出49.99万元，比2023年决算数55.47万元增加5.48万元。
//! ```
//!
//! 依据：减法：差的正负号与“增加”“减少”一致。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "change/wrong_direction",
    severity: Severity::Error,
    summary_en: "The word for more or less contradicts the figures.",
    source: include_str!("wrong_direction.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的增减方向与数额相反，请改词。"),
        format!("“{name}” went the other way"),
    )
}
