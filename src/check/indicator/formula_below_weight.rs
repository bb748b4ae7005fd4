//! 得分公式的最高分不等于该项分值。
//!
//! 评分标准写“得分＝4－…×5”，分值却是5分：公式最高只能得4分，满分得不到；自评得了5分，就与自己的公式不符。
//!
//! ```report
//! 部门整体支出绩效自评表
//!
//! 	一级指标
//! 	二级指标
//! 	三级指标
//! 	分值
//! 	评分标准
//! 	自评得分
//!
//! 	项目绩效
//! 	项目执行
//! 	执行同向
//! 	5
//! 	得分=4-不相符的项目数量÷项目总数×100%×5。
//! 	5
//!
//! 	项目绩效
//! 	项目执行
//! 	执行结果
//! 	95
//! 	得分=（1-结余率）×95。
//! 	95
//! ```
//!
//! 依据：评分公式与分值是同一个尺度。

use super::{evidence, finding, printed};
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Role, Severity};
use crate::indicator::{IndicatorRow, squeeze};
use crate::pattern::Pattern;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/formula_below_weight",
    severity: Severity::Error,
    summary_en: "The formula of a score cannot give the points of its indicator.",
    source: include_str!("formula_below_weight.rs"),
    run: Run::Report(run),
};

/// `得分=4-…÷…×100%×5`: full points less a share of points.
static LESS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"得分[=＝](?P<full>\d{1,3}(?:\.\d+)?)(?:分)?[-－—][^。；=＝]*?[÷/／][^。；=＝]*?[×*](?P<share>\d{1,3}(?:\.\d+)?)(?:分)?[。；，]?$",
    )
});

fn run(report: &Report) -> Vec<Finding> {
    let rows = report.indicators.iter().flat_map(|table| &table.rows);
    rows.filter_map(|row| check(report, row)).collect()
}

fn check(report: &Report, row: &IndicatorRow) -> Option<Finding> {
    let weight_id = row.weight?;
    let value = |id: u32| report.numbers[id as usize].value();
    let weight = value(weight_id)?;
    let (table, line) = row.row;
    let cells = report.document.tables.get(table as usize)?.cells.iter();
    let (at, full): (Span, Decimal) = cells
        .filter(|cell| cell.row <= line && line < cell.row + cell.rowspan)
        .find_map(|cell| {
            let words = squeeze(report.document.slice(cell.span));
            let formula = LESS.captures(&words)?;
            // The share that is taken off is of the points of the indicator; of another number, nothing is clear.
            let share: Decimal = formula.said("share").parse().ok()?;
            (share == weight).then(|| Some((cell.span, formula.said("full").parse().ok()?)))?
        })?;
    if full >= weight {
        return None;
    }
    let score = row.score.and_then(|id| Some((id, value(id)?)));
    let above = score.filter(|(_, score)| *score > full);
    let mut shown =
        vec![evidence(report, Role::Weight, weight_id), printed(Role::Stated, at, full, "分")];
    shown.extend(above.map(|(id, _)| evidence(report, Role::Score, id)));
    let name = row.level3.map(|span| squeeze(report.document.slice(span))).unwrap_or_default();
    let line = match above {
        Some((_, score)) => format!("{score} > {full}"),
        None => format!("{full} < {weight}"),
    };
    Some(finding(
        CHECK.name,
        if above.is_some() { Severity::Error } else { Severity::Warning },
        at,
        (
            format!("“{name}”的公式最高得 {full} 分，分值却是 {weight} 分"),
            format!("the formula gives at most {full} points of {weight}"),
        ),
        line,
        shown,
    ))
}
