//! 预算执行率与执行数、预算数不符。
//!
//! 执行率等于全年执行数除以全年预算数。多行同为导出时留下的0.0%的，只报一处。
//!
//! ```report
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
//! 	90.00%
//! 	9
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
//! 依据：《项目支出绩效自评表》：执行率（B/A）。

use super::{evidence, finding, is_rate, printed_range, title};
use crate::Report;
use crate::check::{Check, Run};
use crate::finding::{Finding, Role, Severity};
use crate::indicator::FundRow;
use crate::number::{Kind, NumberId, Range};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/execution_rate_wrong",
    severity: Severity::Error,
    summary_en: "A budget execution rate differs from executed divided by budget.",
    source: include_str!("execution_rate_wrong.rs"),
    run: Run::Report(run),
};

/// A wrong rate.
struct Wrong {
    budget: NumberId,
    executed: NumberId,
    rate: NumberId,
    line: String,
    zero: bool,
    truncated: bool,
    name: String,
}

fn run(report: &Report) -> Vec<Finding> {
    let wrong: Vec<Wrong> = report
        .indicators
        .iter()
        .flat_map(|table| {
            table
                .funds
                .iter()
                .filter_map(move |row| Some(Wrong { name: title(table), ..check(report, row)? }))
        })
        .collect();
    let (zero, other): (Vec<Wrong>, Vec<Wrong>) = wrong.into_iter().partition(|wrong| wrong.zero);
    let mut found: Vec<Finding> =
        other.iter().map(|wrong| say(report, std::slice::from_ref(wrong))).collect();
    found.extend((!zero.is_empty()).then(|| say(report, &zero)));
    found
}

fn say(report: &Report, wrong: &[Wrong]) -> Finding {
    let first = &wrong[0];
    let figures = |one: &Wrong| {
        [(Role::Rate, one.rate), (Role::Final, one.executed), (Role::Budget, one.budget)]
    };
    let shown =
        wrong.iter().flat_map(figures).map(|(role, id)| evidence(report, role, id)).collect();
    let rate = report.document.slice(report.numbers[first.rate as usize].span);
    let many = if wrong.len() > 1 {
        format!("（共 {} 行，同一缺陷）", wrong.len())
    } else {
        Default::default()
    };
    let how = ["与执行数除以预算数不符", "是截断而非四舍五入"][usize::from(first.truncated)];
    let lines: Vec<&str> = wrong.iter().map(|one| one.line.as_str()).collect();
    finding(
        CHECK.name,
        if first.truncated { Severity::Warning } else { Severity::Error },
        report.numbers[first.rate as usize].span,
        (
            format!("“{}”的执行率〔{rate}〕{how}{many}", first.name),
            format!("the execution rate {rate} does not follow from executed and budget"),
        ),
        lines.join("；"),
        shown,
    )
}

/// Budget, executed and rate of a line, if they can be compared.
pub(super) fn compared(report: &Report, row: &FundRow) -> Option<[NumberId; 3]> {
    let (budget, executed, rate) = (row.adjusted.or(row.budget)?, row.executed?, row.rate?);
    let fits = is_rate(report, rate)
        && printed_range(report, budget)?.low > Decimal::ZERO
        && printed_range(report, executed).is_some();
    fits.then_some([budget, executed, rate])
}

fn check(report: &Report, row: &FundRow) -> Option<Wrong> {
    let [budget, executed, rate] = compared(report, row)?;
    let number = |id: NumberId| &report.numbers[id as usize];
    let hundred = Range::exact(Decimal::ONE_HUNDRED);
    let (spent, stated) = (printed_range(report, executed)?, printed_range(report, rate)?);
    let quotient = spent.over(printed_range(report, budget)?)?;
    let share = quotient.times(hundred)?;
    // `0.95` without a sign is the quotient itself; some forms state what was spent of the money received.
    let bare = number(rate).kind != Kind::Percent && quotient.meets(stated);
    let of = |id: NumberId| spent.over(printed_range(report, id)?)?.times(hundred);
    let received = row.received.and_then(of).is_some_and(|share| share.meets(stated));
    if bare || received || share.meets(stated) {
        return None;
    }
    let (value, quantum) = (number(rate).value()?, stated.high.checked_sub(stated.low)?);
    let truncated = share.meets(Range { low: value, high: value.checked_add(quantum)? });
    let (b, e) = (number(budget).value()?, number(executed).value()?);
    let quotient =
        e.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(b)?.round_dp(number(rate).decimals.max(2));
    let line = format!("{e} ÷ {b} = {quotient}%，写为 {value}%");
    let zero = value.is_zero();
    let truncated = truncated && !zero;
    Some(Wrong { budget, executed, rate, line, zero, truncated, name: String::new() })
}
