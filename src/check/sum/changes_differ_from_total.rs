//! 各项的增减额之和与合计的增减额不一致。
//!
//! “三公”经费等于三项之和，它比上年的增减额也就等于三项增减额之和；写“与上年持平”的项算作没有增减。有一项没有写明增减的，不报。
//!
//! ```report
//! 七、财政拨款“三公”经费支出决算情况说明
//! 2024年“三公”经费财政拨款支出决算数比2023年减少3.00万元，其中：因公出国（境）费支出与2023年持平；公务用车购置及运行维护费支出减少3.00万元；公务接待费支出增加0.50万元。
//! ```
//!
//! 依据：加法；部门决算报表编制说明：“三公”经费、基本支出、本年收支的构成。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::Relation;

/// The check.
pub const CHECK: Check = Check {
    name: "sum/changes_differ_from_total",
    severity: Severity::Error,
    summary_en: "The parts did not grow by what their total is said to have grown by.",
    source: include_str!("changes_differ_from_total.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    Words::new(
        format!("合计的增减额与各项增减额之和不等（{name}），请核对合计和各项的增减额。"),
        format!("the changes of the parts do not add up to that of the total ({name})"),
    )
}
