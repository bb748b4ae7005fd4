//! Indicator tables (绩效目标完成情况自评表 and its kin): attributes, funds, goal, and one row an indicator.
//!
//! A table is known by its header (`一级指标 二级指标 三级指标 指标值 … 得分`), never by its place or title.

mod above;
mod annex;
mod funds;
mod grade;
mod header;
mod label;
mod list;
mod mention;
mod narrative;
mod rows;
mod value;

pub use annex::{Annex, annexes};
pub use grade::{Band, Graded, Grades, grades};
pub use mention::mentions;
pub use narrative::{Assessment, Core, assessments};
pub use value::{Operator, Outcome, Quantity, quantity, same_measure};

use crate::document::{Document, Span, TableId};
use crate::number::{Number, NumberId};
use std::borrow::Cow;

/// A 绩效 table as a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorTable {
    /// The tables it was read from (a form may be cut by a page break into several grids).
    pub tables: Vec<TableId>,
    /// 项目名称
    pub project: Option<String>,
    /// Attributes in printed order: `预算单位` → `区经信科技局`.
    pub attributes: Vec<(String, String, Span)>,
    /// 年度资金总额 (全年预算数 where the form has several columns)
    pub total: Option<NumberId>,
    /// 财政拨款
    pub fiscal: Option<NumberId>,
    /// 其他资金
    pub other: Option<NumberId>,
    /// The funds block line by line.
    pub funds: Vec<FundRow>,
    /// 年度目标
    pub goal: Option<Span>,
    /// One row an indicator.
    pub rows: Vec<IndicatorRow>,
    /// Σ of the weights as the total row or the header (`分值权重（90分）`) states it.
    pub weight_total: Option<NumberId>,
    /// 总分 or 指标得分, if printed.
    pub score: Option<NumberId>,
    /// The whole place.
    pub at: Span,
}

/// A line of the funds block: `年度资金总额 180.61 180.03 180.03 10.0 100.00% 10`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FundRow {
    /// `年度资金总额`, `其中：财政拨款`, `上年结转`, `其他资金`.
    pub label: Span,
    /// What the line is.
    pub kind: FundKind,
    /// 年初预算数
    pub budget: Option<NumberId>,
    /// 全年预算数, or the one amount of a form with one column.
    pub adjusted: Option<NumberId>,
    /// 到位数
    pub received: Option<NumberId>,
    /// 全年执行数
    pub executed: Option<NumberId>,
    /// 分值
    pub weight: Option<NumberId>,
    /// 执行率
    pub rate: Option<NumberId>,
    /// 得分
    pub score: Option<NumberId>,
    /// Table and row it stands in.
    pub row: (TableId, u32),
}

/// What a line of the funds block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FundKind {
    /// 年度资金总额
    Total,
    /// 财政拨款
    Fiscal,
    /// 上年结转
    Carried,
    /// 财政专户管理资金, 单位资金
    Source,
    /// 其他资金
    Other,
    /// A line of another name, or a part of a part.
    #[default]
    Part,
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
pub fn read(document: &Document, numbers: &[Number]) -> Vec<IndicatorTable> {
    let mut found: Vec<IndicatorTable> = Vec::new();
    let mut open: Option<header::Header> = None;
    let hidden = |id: &TableId| document.tables[*id as usize].hidden;
    for id in (0..document.tables.len() as TableId).filter(|id| !hidden(id)) {
        let sheet = Sheet::new(document, numbers, id);
        let headers = header::find(&sheet);
        if headers.is_empty() {
            let continued = open.as_ref().filter(|header| continues(document, id, header, &sheet));
            match continued {
                Some(header) => rows::continued(&sheet, header, &mut found),
                None => open = None,
            }
            continue;
        }
        for (index, header) in headers.iter().enumerate() {
            let from = if index == 0 { 0 } else { headers[index - 1].end(&sheet) };
            let until = headers.get(index + 1).map_or(sheet.rows, |next| next.top);
            rows::read(&sheet, header, from, until, &mut found);
        }
        open = headers.into_iter().next_back();
    }
    found
}

/// Whether a grid without a header goes on where the form before it was cut.
fn continues(document: &Document, id: TableId, header: &header::Header, sheet: &Sheet) -> bool {
    let Some(before) = id.checked_sub(1).and_then(|id| document.tables.get(id as usize)) else {
        return false;
    };
    let table = &document.tables[id as usize];
    let next_page = match (before.pages.last(), table.pages.first()) {
        (Some(last), Some(first)) => *first == last + 1,
        _ => false,
    };
    next_page && header.cols == sheet.cols && !above::starts_form(sheet)
}

/// The one number that shares words with `span`, or none where there are several (`≥` and unit may lie beyond).
pub fn number_in(numbers: &[Number], span: Span) -> Option<NumberId> {
    let first = numbers.partition_point(|number| number.span.end <= span.start);
    let inside = |index: usize| numbers.get(index).is_some_and(|n| n.span.start < span.end);
    (inside(first) && !inside(first + 1)).then_some(first as NumberId)
}

/// A table with its cells by position and the numbers in them.
pub(crate) struct Sheet<'a> {
    pub document: &'a Document,
    pub numbers: &'a [Number],
    pub id: TableId,
    pub rows: u32,
    pub cols: u32,
    grid: Vec<Option<u32>>,
}

impl<'a> Sheet<'a> {
    fn new(document: &'a Document, numbers: &'a [Number], id: TableId) -> Self {
        let table = &document.tables[id as usize];
        let grid = table.grid();
        Self { document, numbers, id, rows: table.rows, cols: table.cols, grid }
    }

    /// Index of the cell that covers the position.
    pub fn index(&self, row: u32, col: u32) -> Option<u32> {
        if row >= self.rows || col >= self.cols {
            return None;
        }
        self.grid.get((row * self.cols + col) as usize).copied().flatten()
    }

    /// The cell that covers the position.
    pub fn cell(&self, row: u32, col: u32) -> Option<&'a crate::document::Cell> {
        let index = self.index(row, col)?;
        self.document.tables[self.id as usize].cells.get(index as usize)
    }

    /// The cells of a row, each once, from the left.
    pub fn row(&self, row: u32) -> Vec<&'a crate::document::Cell> {
        let mut last = None;
        let mut cells = Vec::new();
        for col in 0..self.cols {
            let index = self.index(row, col);
            if index.is_some() && index != last {
                cells.extend(self.cell(row, col));
            }
            last = index;
        }
        cells
    }

    /// The text of a span, without blanks and with ASCII brackets made full width.
    pub fn squeezed(&self, span: Span) -> Cow<'a, str> {
        squeeze(self.document.slice(span))
    }

    /// The one number in a span.
    pub fn number(&self, span: Span) -> Option<NumberId> {
        number_in(self.numbers, span)
    }
}

/// `项目 资金(万元)` → `项目资金（万元）`
pub fn squeeze(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | ':')) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    squeezed.extend(text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        c => c,
    }));
    Cow::Owned(squeezed)
}
