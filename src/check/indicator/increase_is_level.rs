//! 指标名为“新增…”，指标值却是总量。
//!
//! 正文说产值24.9亿元、同比增长19.2%，新增的是4.01亿元；自评表的“新增产值”写24.9亿元还算完成，是把总量当作增量。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地养护资金）
//! 三、绩效分析
//! 2024年，20家企业实现产值24.9亿元，同比增长19.2%。
//!
//! 专项资金绩效目标完成情况自评表
//!
//! 	项目名称
//! 	湿地养护资金
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
//! 	新增产值
//! 	≥
//! 	24.9
//! 	亿元
//! 	100
//! 	已完成
//! ```
//!
//! 依据：增量 = 本年数 − 上年数，上年数 = 本年数 ÷（1＋增长率）。

use super::{annex_of, evidence, finding, paragraphs, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Follow, Role, Severity};
use crate::indicator::{IndicatorRow, IndicatorTable, Quantity, quantity, squeeze};
use crate::number::{Kind, NumberId, Range};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/increase_is_level",
    severity: Severity::Warning,
    summary_en: "An indicator of an increase has the figure of the whole.",
    source: include_str!("increase_is_level.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    report.indicators.iter().filter_map(|table| check(report, table)).collect()
}

/// The rows of one table; the same figure in several rows is one defect.
fn check(report: &Report, table: &IndicatorTable) -> Option<Finding> {
    let annex = annex_of(report, table)?;
    let mut found: Option<Finding> = None;
    for row in &table.rows {
        let Some((name, target)) = increase(report, row) else { continue };
        let said = paragraphs(report, annex.at).find_map(|span| {
            let first = report.numbers.partition_point(|number| number.span.start < span.start);
            let last = report.numbers.partition_point(|number| number.span.end <= span.end);
            (first..last.saturating_sub(1)).find_map(|id| {
                let ids = (id as NumberId, id as NumberId + 1);
                let grown = grown(report, span.start, &name, &target, ids)?;
                (!grown.meets(target.range)).then_some((ids.0, ids.1, grown))
            })
        });
        let Some((level, rate, grown)) = said else { continue };
        let printed = &report.numbers[target.number as usize];
        if let Some(found) = &mut found {
            found.follows.push(Follow {
                at: printed.span,
                message: format!("“新增{name}”又写 {}{}", target.value, target.unit),
                message_en: "the same again".into(),
            });
            continue;
        }
        let words = |id: NumberId| report.document.slice(report.numbers[id as usize].span);
        let (low, high) = (grown.low.round_dp(2).normalize(), grown.high.round_dp(2).normalize());
        let zh = format!(
            "“{}”的指标“新增{name}”写 {}{}，正文中这是总量：{}，增长{}",
            title(table),
            target.value,
            target.unit,
            words(level),
            words(rate)
        );
        let en = "the indicator is an increase, its figure that of the whole".to_owned();
        let arithmetic = format!(
            "新增 = {0} − {0} ÷ (1 + {1}) = {low} 至 {high}，不是 {2}",
            report.numbers[level as usize].value()?,
            words(rate),
            target.value
        );
        let roles = [(Role::Target, target.number), (Role::Now, level), (Role::Rate, rate)];
        let of = roles.map(|(role, id)| evidence(report, role, id)).to_vec();
        let at = printed.span;
        found = Some(finding(CHECK.name, Severity::Warning, at, (zh, en), arithmetic, of));
    }
    found
}

/// What an indicator of an increase is of, and its target: 产值 of `新增产值 ≥ 24.9 亿元`.
fn increase(report: &Report, row: &IndicatorRow) -> Option<(String, Quantity)> {
    let name = squeeze(report.document.slice(row.level3?));
    let of = name.strip_prefix("新增").or_else(|| name.strip_suffix("增加额"))?;
    let target = quantity(report, row.target?, row.unit)?;
    (of.chars().count() >= 2 && target.value > Decimal::ZERO).then(|| (of.to_owned(), target))
}

/// What the text says it grew by, where it gives the figure of the target as the whole, with a rate of growth.
fn grown(
    report: &Report,
    start: u32,
    name: &str,
    target: &Quantity,
    ids: (NumberId, NumberId),
) -> Option<Range> {
    let text = &report.document.text;
    let number = |id: NumberId| &report.numbers[id as usize];
    let (level, rate) = (number(ids.0), number(ids.1));
    let same = level.value() == Some(target.value)
        && level.approximate.is_none()
        && *level.unit == *target.unit;
    let before = text.get(start as usize..level.span.start as usize)?;
    let clause = before.rsplit(['，', '。', '；', ';', '：']).next().unwrap_or("");
    let (lead, between) = clause.rsplit_once(name)?;
    if !same || lead.ends_with("新增") || lead.ends_with("增加") || between.chars().count() > 4
    {
        return None;
    }
    let words = text.get(level.span.end as usize..rate.span.start as usize)?;
    let words = words.trim_start_matches('，').trim();
    let growth = ["同比增长", "比上年增长", "较上年增长", "同比上升", "增长", "增幅", "同比提高"];
    if rate.kind != Kind::Percent || rate.approximate.is_some() || !growth.contains(&words) {
        return None;
    }
    let (whole, rate) = (super::printed_range(report, ids.0)?, rate.range()?);
    // l·r/(100 + r) grows with both.
    let of = |level: Decimal, rate: Decimal| {
        let hundredth = Decimal::ONE_HUNDRED.checked_add(rate)?;
        level.checked_mul(rate)?.checked_div(hundredth)
    };
    Some(Range { low: of(whole.low, rate.low)?, high: of(whole.high, rate.high)? })
}
