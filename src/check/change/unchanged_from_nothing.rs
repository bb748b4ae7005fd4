//! 说没有变化，又说没有上年数。
//!
//! “比上年变化0万元”是说上年与今年一样多；“无上年决算数”是说上年没有。今年有数，两句话不能同时成立。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 2024年收入合计166.81万元，比上年决算数变化0万元，增长0%；主要是因为我局为新成立单位，无2023年决算数。
//! ```
//!
//! 依据：减法：增减额 = 今年数 − 上年数。

use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::fact::{Fact, Measure, Standing};
use crate::finding::{Finding, Severity};
use crate::number::Kind;
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "change/unchanged_from_nothing",
    severity: Severity::Error,
    summary_en: "A figure is said to be as last year, and not to have been last year.",
    source: include_str!("unchanged_from_nothing.rs"),
    run: Run::Report(run),
};

/// Right after a figure: 比上年决算数相比变化0万元.
static UNCHANGED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"^[，,（(](?:比|与|较|同)(?:上年|去年|20\d\d年)[^，。；0-9]{0,12}(?:持平|(?:变化|增加|减少|增长|下降)了?0(?:\.0+)?(?:万元|元|%))",
    )
});
/// 无2018年决算数
static NONE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"[，；因为](?:无|没有|不存在)(?:上年|去年|20\d\d年)度?(?:决算数|预算数|数据|数|收入数|支出数|决算)",
    )
});

fn run(report: &Report) -> Vec<Finding> {
    let Some(year) = report.document.report.year else { return Vec::new() };
    let text = &report.document.text;
    let amount = |fact: &&Fact| {
        fact.measure == Measure::Level
            && fact.year == Some(year)
            && report.numbers[fact.number as usize].kind == Kind::Amount
    };
    let told: Vec<&Fact> = report.facts.iter().filter(amount).collect();
    let mut found = Vec::new();
    for (at, fact) in told.iter().enumerate() {
        let Standing::Narrative(block) = fact.standing else { continue };
        let number = &report.numbers[fact.number as usize];
        if number.value().is_none_or(|value| value.is_zero()) {
            continue;
        }
        // Up to the next figure of its paragraph.
        let next = told.get(at + 1).filter(|next| next.standing == fact.standing);
        let end = next.map_or(block.end, |next| report.numbers[next.number as usize].span.start);
        let Some(after) = text.get(number.span.end as usize..end as usize) else { continue };
        let after = after.split('。').next().unwrap_or("");
        let Some(same) = UNCHANGED.find(after) else { continue };
        let Some(none) = NONE.find(after) else { continue };
        let words = after[none].trim_start_matches(['，', '；', '因', '为']);
        if words.contains("20") && !words.contains(&(year - 1).to_string()) {
            continue;
        }
        let quote = after[same.clone()].trim_start_matches(['，', ',', '（', '(']);
        let at = Span::new(same.end - quote.len(), same.end).shifted(number.span.end);
        let figure = report.document.slice(number.span);
        let zh = format!("此处为{figure}，说“{quote}”，又说“{words}”，不能同时成立。");
        let en = format!("{figure}: “{quote}” and “{words}” cannot both be true");
        found.push(CHECK.finding(at, (zh, en)));
    }
    found
}
