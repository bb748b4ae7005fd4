//! 本年的数字，写着上年的年份。
//!
//! “2023年度本年收入合计100.00万元”，2024年度决算表里本年收入合计正是100.00万元：数字是本年的，年份没有改。
//! 上年另有其数、或照此算不出所写的增减时是错误，否则只警告。
//!
//! ```report
//! 清河县水务局
//! 2024年度部门决算
//! 二、收入决算情况说明
//! 2023年度本年收入合计3262.03万元，其中：财政拨款收入3238.43万元。
//!
//! 收入支出决算总表
//! 公开01表
//! 金额单位：万元
//!
//! 	收入
//! 	收入
//!
//! 	项目
//! 	决算数
//!
//! 	一、财政拨款收入
//! 	3238.43
//!
//! 	二、其他收入
//! 	23.60
//!
//! 	本年收入合计
//! 	3262.03
//! ```
//!
//! 依据：一份报告只有一个年度。

use super::finding;
use crate::Report;
use crate::check::{Check, Run};
use crate::diagnosis::misdated::misdated;
use crate::finding::{Finding, Severity};

/// The check.
pub const CHECK: Check = Check {
    name: "period/figure_of_this_year",
    severity: Severity::Error,
    summary_en: "Figures of this year stand under last year's number.",
    source: include_str!("figure_of_this_year.rs"),
    run: Run::Report(run),
};

fn run(report: &Report) -> Vec<Finding> {
    let Some(year) = report.document.report.year else { return Vec::new() };
    let tell = |own: crate::diagnosis::misdated::Misdated| {
        let at = report.numbers[own.word as usize].span;
        let figure = report.document.slice(report.numbers[own.told as usize].span);
        let quote = report.document.slice(at);
        let zh = format!("{figure}是{year}年的数，此处写作“{quote}”。");
        let en = format!("{figure} is the figure of {year}, here it is of “{quote}”");
        let finding = finding(&CHECK, at, quote, year, zh, en);
        let severity = if own.denied { Severity::Error } else { Severity::Warning };
        Finding { severity, ..finding }
    };
    misdated(report).into_iter().map(tell).collect()
}
