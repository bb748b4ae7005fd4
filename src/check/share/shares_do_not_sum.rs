//! 同一整体的各项占比之和不是100%。
//!
//! “三公”经费只有三项，三项各占“三公”经费的百分比之和应为100%（四舍五入的尾差除外）；只写出其中几项的，不得超过100%。各项数额齐全时，逐项与数额核对，
//! 见 `share/share_differs`。
//!
//! ```report
//! 七、财政拨款“三公”经费支出决算情况说明
//! 2024年，因公出国（境）费支出占“三公”经费的10.00%，公务用车购置及运行维护费支出占“三公”经费的60.00%，公务接待费支出占“三公”经费的20.00%。
//! ```
//!
//! 依据：加法；部门决算报表编制说明：“三公”经费、基本支出、政府采购的构成。

use crate::Report;
use crate::check::claim::{Words, label};
use crate::check::{Check, Run};
use crate::finding::Severity;
use crate::relation::{Claim, Relation};

/// The check.
pub const CHECK: Check = Check {
    name: "share/shares_do_not_sum",
    severity: Severity::Error,
    summary_en: "The shares of the parts of one whole do not make up 100 %.",
    source: include_str!("shares_do_not_sum.rs"),
    run: Run::Relation(words),
};

fn words(_report: &Report, relation: &Relation) -> Words {
    let name = label(relation);
    match relation.claim {
        Claim::Hundred { exact: false, .. } => Words::new(
            format!("各占“{name}”的百分比之和超过100%，请核对各项占比。"),
            format!("shares of “{name}” are more than 100 % together"),
        ),
        _ => Words::new(
            format!("各项占比之和不是100%（{name}），请核对各项占比。"),
            format!("the shares do not make up 100 % ({name})"),
        ),
    }
}
