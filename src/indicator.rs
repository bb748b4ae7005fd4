//! Indicator tables (绩效目标完成情况自评表 and its kin): attributes, funds, goal, and one row an indicator.

use crate::document::{Document, Span, TableId};
use crate::number::{Number, NumberId};

/// A 绩效 table as a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorTable {
    /// The tables it was read from (a form may be cut by a page break into several grids).
    pub tables: Vec<TableId>,
    /// 项目名称
    pub project: Option<String>,
    /// Attributes in printed order: `预算单位` → `区经信科技局`.
    pub attributes: Vec<(String, String, Span)>,
    /// 年度资金总额
    pub total: Option<NumberId>,
    /// 财政拨款
    pub fiscal: Option<NumberId>,
    /// 其他资金
    pub other: Option<NumberId>,
    /// 年度目标
    pub goal: Option<Span>,
    /// One row an indicator.
    pub rows: Vec<IndicatorRow>,
    /// 总分 or 指标得分, if printed.
    pub score: Option<NumberId>,
    /// The whole place.
    pub at: Span,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorRow {
    /// Level 1 name, filled down: `产出指标`; a stated group weight (`（19分）`) stays in the name.
    pub level1: Option<Span>,
    /// Level 2 name, filled down.
    pub level2: Option<Span>,
    /// Level 3 name.
    pub level3: Option<Span>,
    /// `≥`, `＝`, `≤`, `定性`, `定量` as printed.
    pub operator: Option<Span>,
    /// Target value.
    pub target: Option<Span>,
    /// Unit of measure.
    pub unit: Option<Span>,
    /// Weight (分值).
    pub weight: Option<NumberId>,
    /// Actual value.
    pub actual: Option<Span>,
    /// Score.
    pub score: Option<NumberId>,
    /// Table and row it stands in.
    pub row: (TableId, u32),
}

/// Finds and reads all indicator tables.
pub fn read(_document: &Document, _numbers: &[Number]) -> Vec<IndicatorTable> {
    Vec::new()
}
