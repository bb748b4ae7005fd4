//! 一处说没有下属单位，一处又有。
//!
//! “机关及下属1个单位”多半是模板或上年文字没有改。单位个数的口径可以不同（纳入预算编报范围的、独立核算的），个数不等不报；一处是零、一处不是，
//! 才是矛盾。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 七、“三公”经费支出决算情况说明
//! 2024年机关及下属0个单位出国团组0个。2024年机关及下属1个单位公务接待3批次。
//! ```
//!
//! 依据：同一份报告中同一部门的机构设置只有一种情况。

use crate::Report;
use crate::check::{Check, Run};
use crate::fact::{Fact, Measure, Standing};
use crate::finding::{Finding, Follow, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "echo/units_said_to_be_none",
    severity: Severity::Error,
    summary_en: "Subordinate units are counted in one place and said to be none in another.",
    source: include_str!("units_said_to_be_none.rs"),
    run: Run::Report(run),
};

/// So many characters before or after the count name what is counted.
const NEAR: usize = 6;

fn run(report: &Report) -> Vec<Finding> {
    let counts = |fact: &&Fact| {
        &*fact.indicator == "organization/units"
            && fact.measure == Measure::Count
            && matches!(fact.standing, Standing::Narrative(_))
            && is_subordinate(report, fact)
    };
    let value = |fact: &Fact| report.numbers[fact.number as usize].value();
    let facts: Vec<&Fact> = report.facts.iter().filter(counts).collect();
    let (none, some): (Vec<&Fact>, Vec<&Fact>) = facts
        .into_iter()
        .filter(|fact| value(fact).is_some())
        .partition(|fact| value(fact).is_some_and(|value| value.is_zero()));
    // What is said less often is likelier to have been left standing.
    let (rare, often) = if some.len() <= none.len() { (some, none) } else { (none, some) };
    let ([first, others @ ..], false) = (rare.as_slice(), often.is_empty()) else {
        return Vec::new();
    };
    let quote = |fact: &Fact| report.document.slice(report.numbers[fact.number as usize].span);
    let own = quote(first);
    let messages = (
        format!("此处下属单位为 {own}，另有 {} 处为 {}，请核对。", often.len(), quote(often[0])),
        format!("{own} subordinate units here, {} elsewhere", quote(often[0])),
    );
    let mut finding = CHECK.finding(report.numbers[first.number as usize].span, messages);
    finding.follows = others
        .iter()
        .chain(&often)
        .map(|fact| Follow {
            at: report.numbers[fact.number as usize].span,
            message: format!("下属单位 {}", quote(fact)),
            message_en: format!("{} subordinate units", quote(fact)),
        })
        .collect();
    vec![finding]
}

/// Whether the words around a count speak of units under the department: `机关及下属1个单位`, `含下属单位0个`.
fn is_subordinate(report: &Report, fact: &Fact) -> bool {
    let span = report.numbers[fact.number as usize].span;
    let text = &report.document.text;
    let before = text.get(..span.start as usize).unwrap_or("");
    let before: String = before.chars().rev().take(NEAR).collect();
    before.contains("属下")
}
