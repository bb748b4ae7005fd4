//! 说指标全部达到，又写出低于100%的完成率。
//!
//! “各项指标均达到计划”之后出现“社会效益计划完成率为80%”，两句不能都对：或者有一项没有完成，或者完成率写错。预算执行率不是指标的完成率，
//! 不比较；一段写几个项目（一是“…”方面，二是“…”方面）的，只比较同一项目。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地养护资金）
//! 三、绩效分析
//! 效益指标达成率100%，相关指标均达到计划指标。
//! 社会效益指标计划完成率为80%。
//! ```
//!
//! 依据：全部达到，则每一项都达到。

use super::{evidence, finding, paragraphs};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Follow, Role, Severity};
use crate::indicator::Annex;
use crate::number::{Kind, NumberId};
use crate::pattern::Pattern;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/shortfall_denied",
    severity: Severity::Warning,
    summary_en: "A self-assessment says that all targets were met and gives a completion below 100 %.",
    source: include_str!("shortfall_denied.rs"),
    run: Run::Report(run),
};

static ALL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?:指标|目标|任务)(?:均|都|全部|全都)(?:已经?|能)?(?:如期|按期|圆满)?(?:达到|达成|达标|完成|实现|超额完成)[^，。；]{0,12}",
    )
});
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"(?P<of>[^，。；：]{2,24}?)(?:计划|目标|指标|任务)(?:的)?(?:完成|达成|达标)率(?:仅|只)?(?:为|是|达|达到)?(?P<rate>\d{1,2}(?:\.\d+)?)\s?[%％]",
    )
});

/// Words that make a claim a plan or a wish, or one about another time.
const PLANNED: [&str; 12] = [
    "确保",
    "力争",
    "计划在",
    "预计",
    "应",
    "要求",
    "争取",
    "是否",
    "上年",
    "往年",
    "去年",
    "保证",
];

fn run(report: &Report) -> Vec<Finding> {
    report.annexes.iter().filter_map(|annex| check(report, annex)).collect()
}

fn check(report: &Report, annex: &Annex) -> Option<Finding> {
    let document = &report.document;
    let flat = |clause: &str| !PLANNED.iter().any(|word| clause.contains(word));
    let mut all: Vec<(Span, Option<&str>)> = Vec::new();
    let mut parts: Vec<(NumberId, Span, Option<&str>)> = Vec::new();
    for span in paragraphs(report, annex.at) {
        let text = document.slice(span);
        let place = |range: &std::ops::Range<usize>| {
            let before = &text[..range.start];
            let clause = before.rsplit(['，', '。', '；', ';']).next().unwrap_or("");
            let whole = &text[range.start - clause.len()..range.end];
            let at = Span::new(range.start, range.end).shifted(span.start);
            flat(whole).then(|| (at, super::topic(before)))
        };
        all.extend(ALL.find_iter(text).filter_map(|range| place(&range)));
        for found in PART.captures_iter(text) {
            let money = ["预算", "资金", "支出", "执行", "支付"];
            let (of, Some(rate)) = (found.said("of"), found.name("rate")) else { continue };
            let start = span.start + rate.start as u32;
            let id = report.numbers.partition_point(|number| number.span.start < start);
            let own = report.numbers.get(id).filter(|number| {
                number.span.start == start
                    && number.kind == Kind::Percent
                    && number.approximate.is_none()
                    && number.range().is_some_and(|range| range.high < Decimal::ONE_HUNDRED)
            });
            if own.is_none() || money.iter().any(|word| of.contains(word)) {
                continue;
            }
            parts.extend(place(&found.range()).map(|(at, topic)| (id as NumberId, at, topic)));
        }
    }
    let (id, short, said) = parts.iter().find_map(|(id, at, topic)| {
        let said = all.iter().find(|(_, other)| other == topic)?;
        Some((*id, *at, said.0))
    })?;
    let name = annex.project.as_deref().unwrap_or("部门整体");
    let zh = format!(
        "“{name}”的报告说“{}”，此处的完成率却不到100%",
        document.slice(said).trim_end_matches(['，', '。'])
    );
    let en = "the report says that all targets were met, and here one falls short".to_owned();
    let rate = document.slice(report.numbers[id as usize].span);
    let arithmetic = format!("{rate} < 100%");
    let of = vec![evidence(report, Role::Completion, id)];
    let mut found = finding(CHECK.name, Severity::Warning, short, (zh, en), arithmetic, of);
    found.follows.push(Follow {
        at: said,
        message: "此处说全部达到".into(),
        message_en: "here it says that all were met".into(),
    });
    Some(found)
}
