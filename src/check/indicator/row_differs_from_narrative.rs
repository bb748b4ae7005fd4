//! 正文中的指标数与自评表的指标值或完成值不一致。
//!
//! 正文的目标是“邀请20位以上专家”，自评表的指标值却是10；或者正文说“实际培训50人”，表中只完成39人。名称相同的一项指标，两处只能有一个数。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地现场会经费）
//! （四）项目绩效目标设置。具体绩效目标包括：邀请20位以上湿地领域专家参会，编制会议资料。
//!
//! 专项资金绩效目标完成情况自评表
//!
//! 	项目名称
//! 	湿地现场会经费
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
//! 	邀请专家
//! 	≥
//! 	10
//! 	位
//! 	100
//! 	10
//! ```
//!
//! 依据：同一指标只有一个数。

use super::{annex_of, evidence, finding, goals, paragraphs, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{
    IndicatorRow, IndicatorTable, Quantity, mentions, quantity, same_measure, squeeze,
};
use crate::number::{Approximate, Kind, Number};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/row_differs_from_narrative",
    severity: Severity::Warning,
    summary_en: "The target or result of an indicator differs between its report and its table.",
    source: include_str!("row_differs_from_narrative.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let one = |table: &IndicatorTable| {
        let goal = goals(report, table);
        let own: Vec<Span> = annex_of(report, table)
            .map_or(Vec::new(), |annex| paragraphs(report, annex.at).collect());
        let rows = table.rows.iter();
        rows.filter_map(|row| check(report, table, row, &own, goal)).collect::<Vec<_>>()
    };
    report.indicators.iter().flat_map(one).collect()
}

fn check(
    report: &Report,
    table: &IndicatorTable,
    row: &IndicatorRow,
    paragraphs: &[Span],
    goal: Option<Span>,
) -> Option<Finding> {
    let name: Vec<char> = squeeze(report.document.slice(row.level3?)).chars().collect();
    if name.len() < 4 || name.iter().any(|c| !c.is_alphabetic()) {
        return None;
    }
    let target = quantity(report, row.target?, row.unit)?;
    let actual = row.actual.and_then(|span| quantity(report, span, row.unit));
    for paragraph in paragraphs {
        for (id, clause) in mentions(report, *paragraph, &name) {
            let number = &report.numbers[id as usize];
            if number.kind != Kind::Count || !same_measure(&target.unit, &number.unit) {
                continue;
            }
            let done = clause.contains("实际") || clause.contains("已");
            let planned = goal.is_some_and(|goal| goal.contains(*paragraph))
                || ["计划", "目标", "拟"].iter().any(|word| clause.contains(word));
            let (what, tabled, role) = match (done, planned, &actual) {
                (true, _, Some(actual)) => ("完成数", actual, Role::Actual),
                (false, true, _) => ("目标", &target, Role::Target),
                _ => continue,
            };
            if may_be(number, tabled) != Some(false) {
                continue;
            }
            let words = |span: Span| report.document.slice(span).trim().to_owned();
            let (one, other) = (words(number.span), format!("{}{}", tabled.value, tabled.unit));
            let name: String = name.iter().collect();
            return Some(finding(
                CHECK.name,
                Severity::Warning,
                number.span,
                (
                    format!(
                        "“{}”的指标“{name}”{what}正文为“{one}”，自评表为“{other}”",
                        title(table)
                    ),
                    format!("{one} in the report, {other} in the table"),
                ),
                format!("{one} ≠ {other}"),
                vec![evidence(report, Role::Stated, id), evidence(report, role, tabled.number)],
            ));
        }
    }
    None
}

/// Whether a figure of the text can be that of the table.
fn may_be(number: &Number, tabled: &Quantity) -> Option<bool> {
    let value = number.value()?;
    let own = tabled.value;
    Some(match number.approximate {
        None | Some(Approximate::AtLeast | Approximate::AtMost) => value == own,
        // 50余: more than 50, and less than the next round figure.
        Some(Approximate::Over) => {
            let zeros = value.normalize().to_string();
            let zeros = zeros.len() - zeros.trim_end_matches('0').len();
            let step = Decimal::from(10u64.checked_pow(u32::try_from(zeros).ok()?)?);
            own >= value && own < value.checked_add(step)?
        }
        Some(Approximate::About | Approximate::Nearly) => return None,
    })
}
