//! 说了未达预期，又说没有问题。
//!
//! 自评报告前面承认“未达预期”，后面“存在主要问题”却只写一个“无”字：要么评价结论不实，要么问题没有写。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地养护资金）
//! 三、绩效分析
//! 从投入产出看，游客人数等方面的经济带动效果未达预期。
//! 四、评价结论
//! 项目总体完成。
//! 五、存在主要问题
//! 无。
//! 六、改进建议
//! 无。
//! ```
//!
//! 依据：自评报告的问题一节应写明未完成的目标和原因。

use super::finding;
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Follow, Severity};
use crate::indicator::{Annex, squeeze};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/problem_denied",
    severity: Severity::Warning,
    summary_en: "A report admits that something fell short and then says that there are no problems.",
    source: include_str!("problem_denied.rs"),
    run: Run::Report(run),
};

static SHORT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:未|没有|尚未)(?:能)?(?:达到|达)(?:预期|目标|既定目标|预期目标|年度目标)|未(?:能)?完成(?:目标|年度目标|预期)",
    )
});
static NONE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:存在的?(?:主要)?问题|主要问题)(?:及原因(?:分析)?)?[。：:]?(?:无|暂无|没有)。?$",
    )
});

fn run(report: &Report) -> Vec<Finding> {
    report.annexes.iter().filter_map(|annex| check(report, annex)).collect()
}

fn check(report: &Report, annex: &Annex) -> Option<Finding> {
    let document = &report.document;
    let blocks: Vec<Span> = super::paragraphs(report, annex.at).collect();
    let short = blocks.iter().find_map(|span| {
        let words = SHORT.find(document.slice(*span))?;
        Some(Span::new(words.start, words.end).shifted(span.start))
    })?;
    // 五、存在主要问题。无。 in one line, or in a heading and its paragraph.
    let (index, _) = blocks.iter().enumerate().find(|(index, span)| {
        let own = squeeze(document.slice(**span));
        let next = blocks.get(index + 1).map(|next| squeeze(document.slice(*next)));
        let joined = next.map(|next| format!("{own}{next}"));
        NONE.is_match(&own)
            || joined.is_some_and(|words| own.chars().count() < 16 && NONE.is_match(&words))
    })?;
    let name = annex.project.as_deref().unwrap_or("部门整体");
    let mut found = finding(
        CHECK.name,
        Severity::Warning,
        short,
        (
            format!("“{name}”的报告说“{}”，“存在主要问题”却写“无”", document.slice(short)),
            "the report admits a shortfall and names no problem".to_owned(),
        ),
        String::new(),
        Vec::new(),
    );
    found.follows.push(Follow {
        at: blocks[index],
        message: "此处说没有问题".into(),
        message_en: "here it says that there are none".into(),
    });
    Some(found)
}
