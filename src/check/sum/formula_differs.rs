//! 印出的算式与其结果不符。
//!
//! 评价报告常把算式连同数字写出。算式中的整数以印出的数为准，带小数的数和结果按末位四舍五入；只有文字没有数字的计分公式不算。
//!
//! ```report
//! 湿地养护项目绩效评价报告
//!
//! 预算执行率=（实际支出/预算数）×100%=57/60×100%=96%。
//! ```
//!
//! 依据：算术。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/formula_differs",
    severity: Severity::Error,
    summary_en: "A printed formula does not come to its printed result.",
    source: include_str!("formula_differs.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("“{name}”的算式与所写结果不符，请核对。"),
        format!("the formula of “{name}” does not come to its printed result"),
    )
}
