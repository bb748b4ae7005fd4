//! 数额的增减用了“百分点”。
//!
//! 百分点是两个百分数之差；数额增加20万元、增长20%，写成“增长20个百分点”，就成了另一个意思。
//!
//! ```report
//! 2024年机关运行经费支出120.00万元，比2023年增加20.00万元，增长20.00个百分点。
//! ```
//!
//! 依据：统计用语：百分点只用于百分数之差。

use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Severity, Suggestion};
use crate::number::Kind;

/// The check.
pub const CHECK: Check = Check {
    name: "unit/points_for_percent",
    severity: Severity::Error,
    summary_en: "The growth of an amount is given in percentage points.",
    source: include_str!("points_for_percent.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let text = &report.document.text;
    let mut found = Vec::new();
    for pair in report.numbers.windows(2) {
        let [change, points] = pair else { continue };
        if change.kind != Kind::Amount || points.kind != Kind::Points {
            continue;
        }
        let (before, start) = (change.span.start as usize, change.span.end as usize);
        let between = text.get(start..points.span.start as usize).unwrap_or("");
        let changed = ["增加", "减少", "增长", "下降", "上升"];
        let of_change = changed.iter().any(|word| text[..before].ends_with(word));
        let rate = between.trim_start_matches(['，', ',', '（', '(', '、']);
        let rates =
            ["增长", "下降", "上升", "降低", "增幅", "增幅为", "降幅", "降幅为", "增长率为"];
        if !of_change || rate == between || !rates.contains(&rate) {
            continue;
        }
        let words = report.document.slice(points.span);
        let Some(at) = words.find(['个', '百']).filter(|at| words[*at..].contains("百分点"))
        else {
            continue;
        };
        let at = Span::new(points.span.start as usize + at, points.span.end as usize);
        found.push(tell(report, points.span, at));
    }
    found
}

fn tell(report: &Report, at: Span, unit: Span) -> Finding {
    let words = report.document.slice(at);
    let zh = format!("数额的增减率应为百分数，此处写作“{words}”。");
    let en = format!("the growth of an amount is a percentage, here “{words}”");
    Finding {
        suggestion: Some(Suggestion {
            at: unit,
            quote: report.document.slice(unit).to_string(),
            replace_with: "%".into(),
            because: "百分点是百分数之差".into(),
            because_en: "points are the difference of two percentages".into(),
            repairs: 1,
        }),
        ..CHECK.finding(at, (zh, en))
    }
}
