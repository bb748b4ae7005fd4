//! 正文中的项目预算数、执行数与自评表的资金栏不一致。
//!
//! 正文说“全年预算数为100.00万元”，该项目的自评表也应是100.00万元。
//!
//! ```report
//! 1.湿地养护项目绩效自评综述：项目全年预算数为120.00万元，执行数为80.00万元，完成预算的66.67%。
//!
//! 项目支出绩效自评表
//!
//! 	项目名称
//! 	湿地养护
//!
//! 	项目资金（万元）
//! 	资金来源
//! 	年初预算数
//! 	全年预算数
//! 	全年执行数
//! 	分值
//! 	执行率
//! 	得分
//!
//! 	项目资金（万元）
//! 	年度资金总额
//! 	100.00
//! 	100.00
//! 	80.00
//! 	10
//! 	80.00%
//! 	8
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	年度指标值
//! 	实际完成值
//!
//! 	产出指标
//! 	数量指标
//! 	养护面积
//! 	≥36公顷
//! 	36公顷
//! ```
//!
//! 依据：同一事实只有一个数。

use super::{evidence, finding, said_of, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{Assessment, FundKind, IndicatorTable};
use crate::number::{NumberId, Range};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/amount_differs_from_narrative",
    severity: Severity::Error,
    summary_en: "A project's budget or execution differs between narrative and table.",
    source: include_str!("amount_differs_from_narrative.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let mut found = Vec::new();
    for table in &report.indicators {
        let said = said_of(report, table);
        for (assessment, sure) in said {
            let severity = if sure == 2 { Severity::Error } else { Severity::Warning };
            found.extend(budget(report, table, assessment, severity));
            found.extend(executed(report, table, assessment, severity));
        }
    }
    found
}

fn budget(
    report: &Report,
    table: &IndicatorTable,
    said: &Assessment,
    severity: Severity,
) -> Option<Finding> {
    let stated = said.budget?;
    let amounts: Vec<NumberId> = table
        .funds
        .iter()
        .flat_map(|row| [row.adjusted, row.budget])
        .flatten()
        .filter(|id| report.numbers[*id as usize].value().is_some_and(|value| !value.is_zero()))
        .collect();
    compare(report, table, "预算数", stated, table.total?, &amounts, severity)
}

fn executed(
    report: &Report,
    table: &IndicatorTable,
    said: &Assessment,
    severity: Severity,
) -> Option<Finding> {
    let stated = said.executed?;
    let row = table.funds.iter().find(|row| row.kind == FundKind::Total)?;
    compare(report, table, "执行数", stated, row.executed?, &[row.executed?], severity)
}

/// A finding where the narrative's amount is none of the table's, in whatever unit the form counts.
fn compare(
    report: &Report,
    table: &IndicatorTable,
    what: &str,
    stated: NumberId,
    tabled: NumberId,
    amounts: &[NumberId],
    severity: Severity,
) -> Option<Finding> {
    let one = report.numbers[stated as usize].range()?;
    let meets = |id: &NumberId| {
        let number = &report.numbers[*id as usize];
        let Some(own) = number.range() else { return true };
        let factor = if number.factor == Decimal::ONE && number.unit.is_empty() {
            [1, 10_000].as_slice()
        } else {
            &[1]
        };
        factor.iter().any(|factor| {
            Range::exact(Decimal::from(*factor)).times(own).is_none_or(|range| range.meets(one))
        })
    };
    if amounts.is_empty() || amounts.iter().any(meets) {
        return None;
    }
    let words = |id: NumberId| report.document.slice(report.numbers[id as usize].span).to_owned();
    Some(finding(
        CHECK.name,
        severity,
        report.numbers[stated as usize].span,
        (
            format!(
                "“{}”的{what}正文为〔{}〕，自评表为〔{}〕",
                title(table),
                words(stated),
                words(tabled)
            ),
            format!("{} in the narrative, {} in the table", words(stated), words(tabled)),
        ),
        format!("{} ≠ {}", words(stated), words(tabled)),
        vec![evidence(report, Role::Stated, stated), evidence(report, Role::Other, tabled)],
    ))
}
