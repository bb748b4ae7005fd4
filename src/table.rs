//! Shapes of appendix tables: what the rows and columns of a grid are, before anybody asks what they mean.
//!
//! A [`Shape`] is one printed table, put together again where a page break cut it, taken apart into [`Side`]s where two
//! or more tables stand beside each other (收入 | 支出), each with its [`Row`]s and value [`Column`]s as trees.

mod band;
pub mod cells;
mod chain;
pub mod form;
mod header;
pub mod meaning;
mod rows;
mod side;

pub use form::{Family, Form, Scope};

use crate::document::{Document, Span, TableId};
use crate::number::{Home, Kind, Number, NumberId};

/// What the codes of a code column are codes of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeKind {
    /// 支出功能分类: `2011301`
    Function,
    /// 部门预算支出经济分类: `30101`
    Economic,
    /// 政府预算支出经济分类: `50101`
    GovernmentEconomic,
    /// 单位编码: `114001`
    Unit,
    /// Any other numbering.
    Other,
}

/// A column of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// 0-based grid column.
    pub col: u32,
    /// Header texts from the outermost down, blanks removed: `公务用车购置及运行费`, `小计`.
    pub path: Vec<String>,
    /// For each of `path` the index of the header cell in the first table, so that like-named groups stay apart.
    pub cells: Vec<u32>,
    /// The printed 栏次 of the column, e.g. `3`, and the formula printed with it, e.g. `1=2+3`.
    pub ordinal: Option<String>,
}

impl Column {
    /// The innermost header text.
    pub fn leaf(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// How a row stands to the rows around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// An ordinary row.
    Item,
    /// 合计, 本年收入合计, 总计 …
    Total,
}

/// A row of a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The grid it stands in (a shape may be several grids).
    pub table: TableId,
    /// 0-based grid row.
    pub row: u32,
    /// Item or total.
    pub kind: RowKind,
    /// The name as printed, blanks removed, numbering kept: `一、教育支出`.
    pub printed: String,
    /// The name without numbering and 其中: `教育支出`.
    pub name: String,
    /// Where the name stands (or the code, if there is no name).
    pub at: Span,
    /// The code with its parts joined: `2011301`.
    pub code: Option<String>,
    /// All printed code cells as text and span, `201`, `13`, `01`.
    pub code_at: Option<Span>,
    /// The code of the second code column, where a row is keyed by two: `50101`.
    pub other_code: Option<String>,
    /// What a column 年度 says of the row: `2026年`, `增减变化金额`.
    pub stage: Option<String>,
    /// The printed 行次.
    pub line: Option<(u32, Span)>,
    /// The numbering style: 1 for 一、, 2 for （一）, 3 for 1., 4 for (1); 0 without.
    pub style: u8,
    /// Whether the number is the first of its list: 一、（一）1.
    pub leads: bool,
    /// Whether the name says 其中.
    pub of_which: bool,
    /// Index of the row it is a part of, in [`Side::rows`].
    pub parent: Option<usize>,
    /// Whether its place in the tree is certain (codes, numbering) or guessed.
    pub sure: bool,
    /// Whether all rows under it are known to be under it.
    pub whole: bool,
    /// One entry a value column.
    pub values: Vec<Option<NumberId>>,
}

/// A list of rows with its own label and value columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// What the codes are, if it has codes.
    pub codes: Option<CodeKind>,
    /// How many separate code columns it has (a row keyed by two codes is no subject row).
    pub code_groups: u32,
    /// Header texts over the label columns, joined: `收入/项目`.
    pub heading: String,
    /// Value columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// A printed table, understood as far as its structure goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// Its grids in order; more than one where a page break cut it.
    pub tables: Vec<TableId>,
    /// The title, blanks removed: `收入支出决算总表`.
    pub title: String,
    /// All header texts, blanks removed.
    pub header: Vec<String>,
    /// The form it follows, if any is known.
    pub form: Option<Form>,
    /// Its parts side by side.
    pub sides: Vec<Side>,
    /// Notes under it, blanks removed.
    pub notes: String,
    /// Whether a name and a figure have run into one cell (`18803.32住房公积金`): its rows are not to be trusted.
    pub glued: bool,
}

/// The table and row of a figure in a value column.
pub fn row_of(report: &crate::Report, number: NumberId) -> Option<(&Shape, &Row)> {
    let Home::Cell(table, cell) = report.numbers.get(number as usize)?.home else { return None };
    let row = report.document.tables[table as usize].cells[cell as usize].row;
    let shape = report.tables.iter().find(|shape| shape.tables.contains(&table))?;
    let mut rows = shape.sides.iter().flat_map(|side| &side.rows);
    let own = |own: &&Row| (own.table, own.row) == (table, row);
    let holds = |own: &&Row| own.values.contains(&Some(number));
    rows.find(|row| own(row) && holds(row)).map(|row| (shape, row))
}

impl Shape {
    /// Whether it prints any figure but zero.
    pub fn has_figures(&self, numbers: &[Number]) -> bool {
        self.values().any(|id| numbers[id as usize].value().is_some_and(|value| !value.is_zero()))
    }

    /// All figures of value columns.
    pub fn values(&self) -> impl Iterator<Item = NumberId> + '_ {
        self.sides
            .iter()
            .flat_map(|side| &side.rows)
            .flat_map(|row| row.values.iter().flatten().copied())
    }

    /// A place to point at: the title, or the first row.
    pub fn at(&self, document: &Document) -> Span {
        let table = &document.tables[self.tables[0] as usize];
        table
            .title
            .or(table.number)
            .or_else(|| table.cells.iter().map(|cell| cell.span).find(|span| !span.is_empty()))
            .unwrap_or_default()
    }
}

/// Gives the figures of a grid that goes on over a page the unit that only its first page prints (`单位：万元`).
pub fn adopt_units(shapes: &[Shape], numbers: &mut [Number]) {
    for shape in shapes.iter().filter(|shape| shape.tables.len() > 1) {
        let known = shape.values().map(|id| &numbers[id as usize]).find_map(|number| {
            (number.kind == Kind::Amount).then(|| (number.unit.clone(), number.factor))
        });
        let Some((unit, factor)) = known else { continue };
        let bare: Vec<NumberId> = shape
            .values()
            .filter(|id| {
                let number = &numbers[*id as usize];
                number.kind == Kind::Number && number.unit.is_empty()
            })
            .collect();
        for id in bare {
            let number = &mut numbers[id as usize];
            (number.kind, number.unit, number.factor) = (Kind::Amount, unit.clone(), factor);
        }
    }
}

pub(crate) fn prepare() {
    form::grammar();
    meaning::vocabulary();
}

/// Understands the structure of every table of a document.
pub fn read(document: &Document, numbers: &[Number]) -> Vec<Shape> {
    let figures = cells::Figures::new(document, numbers);
    let mut grids: Vec<side::Parts> = Vec::with_capacity(document.tables.len());
    for (id, table) in document.tables.iter().enumerate().filter(|(_, table)| !table.hidden) {
        let id = id as TableId;
        for band in band::bands(document, id, table, &figures) {
            let parts = side::parts(document, id, table, band, &figures, grids.last());
            grids.push(parts);
        }
    }
    let mut shapes = chain::join(document, grids);
    for shape in &mut shapes {
        side::gather(&mut shape.sides);
        for side in &mut shape.sides {
            rows::arrange(side);
        }
        shape.form = form::recognise(shape);
    }
    shapes
}
