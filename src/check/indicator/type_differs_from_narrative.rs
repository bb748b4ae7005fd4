//! 项目类型在正文与自评表中不同。
//!
//! 正文按“行政运转类”项目分析，自评表却填“产业发展类”：类型决定用哪一套指标评价，两处必有一误。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地养护资金）
//! 一、专用指标绩效分析
//! 湿地养护资金项目属于行政运转类，围绕用途合规性进行绩效分析。
//!
//! 专项资金绩效目标完成情况自评表
//!
//! 	项目名称
//! 	湿地养护资金
//!
//! 	项目类型
//! 	产业发展类
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	指标性质
//! 	指标值
//! 	度量单位
//! 	权重
//! 	实际完成值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥
//! 	36
//! 	公顷
//! 	100
//! 	36
//! ```
//!
//! 依据：同一事实只有一个说法。

use super::{finding, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Severity};
use crate::indicator::{IndicatorTable, squeeze};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/type_differs_from_narrative",
    severity: Severity::Error,
    summary_en: "The type of a project differs between its report and its table.",
    source: include_str!("type_differs_from_narrative.rs"),
    run: Run::Report(run),
};

static TYPE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(r"(?:项目|经费|资金)(?:属于|类型为|类型是)“?(\p{Han}{2,8}类)[”，。；项]")
});

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().filter_map(|table| check(report, table)).collect()
}

fn check(report: &Report, table: &IndicatorTable) -> Option<Finding> {
    let (_, tabled, _) = table.attributes.iter().find(|(name, ..)| name.starts_with("项目类型"))?;
    let tabled = squeeze(tabled);
    let annex = super::annex_of(report, table)?;
    if !tabled.ends_with('类') || tabled.contains(['□', '☑', '√']) {
        return None;
    }
    let document = &report.document;
    let (at, said) = super::paragraphs(report, annex.at).find_map(|block| {
        let text = document.slice(block);
        let words = TYPE.captures(text)?.get(1)?;
        let at = Span::new(words.start, words.end).shifted(block.start);
        Some((at, &text[words]))
    })?;
    if tabled == said {
        return None;
    }
    Some(finding(
        CHECK.name,
        Severity::Error,
        at,
        (
            format!("“{}”的项目类型正文为“{said}”，自评表为“{tabled}”", title(table)),
            format!("the project is “{said}” in its report and “{tabled}” in its table"),
        ),
        format!("{said} ≠ {tabled}"),
        Vec::new(),
    ))
}
