//! Document: headings, paragraphs, tables and charts in reading order, as every reader hands it over.
//!
//! A [`Document`] has one cleaned text. Blocks, cells, numbers and facts are [`Span`]s of it (UTF-8 bytes), and
//! [`Document::origin`] leads every byte back to its page and box, its sheet cell, or its place in the source file.

pub mod archive;
mod builder;
mod caption;
mod chart;
mod clean;
mod container;
pub mod doc;
pub mod docx;
mod flow;
pub mod html;
mod list;
mod meta;
pub mod ofd;
mod ole;
mod outline;
pub mod page;
pub mod pairing;
pub mod pdf;
pub mod picture;
mod publication;
mod reader;
pub mod sheet;
mod source;
mod symbol;
pub mod text;
mod xml;

pub use pairing::{is_half, merge, pair, pair_halves};

pub use builder::{Builder, RawCell, RawTable, Run};
pub use meta::{ReportKind, ReportMeta};
pub use outline::numbering;
pub use publication::publications;
pub use reader::{is_text, read};
pub use source::{Format, Source};

use crate::finding::Gap;

/// A range of bytes of the cleaned text of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// As a range to slice the text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved on by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Where a run of text came from. Absent parts are not known for that format.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Origin {
    /// 1-based page.
    pub page: Option<u32>,
    /// Left, top, right, bottom in points (1/72 inch) from the top left corner of the page as it is seen.
    pub bbox: Option<[f32; 4]>,
    /// `Sheet1!C7`, for workbooks; shared because a cell has many runs.
    pub cell: Option<std::sync::Arc<str>>,
    /// Byte offset of the run in the decoded source (text, HTML), if the format has one.
    pub offset: Option<u32>,
    /// Which file of a report of several files (0 is the first).
    pub file: u16,
}

/// Index of a block in [`Document::blocks`].
pub type BlockId = u32;
/// Index of a table in [`Document::tables`].
pub type TableId = u32;
/// Index of a chart in [`Document::charts`].
pub type ChartId = u32;
/// Index of a section in [`Document::sections`]; section 0 is the report itself.
pub type SectionId = u32;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading, e.g. `二、收入决算情况说明`; it opens a section.
    Heading,
    /// Running text.
    Paragraph,
    /// A table of [`Document::tables`]; its span covers the cells' texts.
    Table(TableId),
    /// A chart of [`Document::charts`].
    Chart(ChartId),
    /// A line of the table of contents.
    Contents,
    /// Page number, running head or foot.
    Furniture,
}

/// A piece of the report in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its cleaned text.
    pub span: Span,
    /// The innermost section it stands in.
    pub section: SectionId,
}

/// A part of the outline, e.g. `第二部分` or `（一）`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The section around it; `None` for section 0 only.
    pub parent: Option<SectionId>,
    /// 0 for the report, 1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1. and so on.
    pub level: u8,
    /// The printed label without its punctuation: `第二部分`, `五`, `（一）`, `3`.
    pub label: String,
    /// The heading without its label.
    pub title: String,
    /// The heading's place; empty for section 0.
    pub span: Span,
    /// All of its text, heading and subsections included.
    pub extent: Span,
}

/// A cell of a table; spanned positions have no cell of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
    /// Rows it covers, at least 1.
    pub rowspan: u32,
    /// Columns it covers, at least 1.
    pub colspan: u32,
    /// Its cleaned text (line breaks inside are joined); empty cells have an empty span.
    pub span: Span,
}

/// A grid with row and column spans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The title line above the table, e.g. `收入支出决算总表`.
    pub title: Option<Span>,
    /// The printed table number, e.g. `公开01表`.
    pub number: Option<Span>,
    /// The unit printed above the table, e.g. `万元`.
    pub unit: Option<String>,
    /// The line with agency and unit, and notes above the grid.
    pub above: Vec<Span>,
    /// Notes under the grid (`注：…`).
    pub notes: Vec<Span>,
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub cols: u32,
    /// How many leading rows are header (栏次 row included).
    pub header_rows: u32,
    /// Cells in row-major order.
    pub cells: Vec<Cell>,
    /// Pages it stands on, 1-based.
    pub pages: Vec<u32>,
    /// Its block.
    pub block: BlockId,
    /// Whether its sheet or all of its rows were hidden in the source: read, but compared with nothing.
    pub hidden: bool,
    /// Whether rows or columns of it were hidden in the source, so that what is shown need not add up.
    pub cut: bool,
}

impl Table {
    /// For each grid position the index of the cell that covers it, row-major (`rows * cols` entries).
    pub fn grid(&self) -> Vec<Option<u32>> {
        let (rows, cols) = (self.rows as usize, self.cols as usize);
        let mut grid = vec![None; rows * cols];
        for (index, cell) in self.cells.iter().enumerate() {
            let row_end = ((cell.row + cell.rowspan) as usize).min(rows);
            let col_end = ((cell.col + cell.colspan) as usize).min(cols);
            for row in cell.row as usize..row_end {
                for slot in &mut grid[row * cols + cell.col as usize..row * cols + col_end] {
                    *slot = Some(index as u32);
                }
            }
        }
        grid
    }
}

/// A chart's cached values, as printed (`"0.9918"`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// Title, if any.
    pub title: String,
    /// Category names.
    pub categories: Vec<String>,
    /// One series a row.
    pub series: Vec<Series>,
    /// Its block.
    pub block: BlockId,
}

/// One series of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// Name of the series, e.g. `收入（万元）` or `2023年`.
    pub name: String,
    /// The text span of each value, by category; `None` where a value is missing.
    pub values: Vec<Option<Span>>,
}

/// What a reader may be told.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Password of an encrypted file.
    pub password: Option<String>,
    /// Reads scanned pages.
    pub scans: crate::ocr::Scans,
}

/// Runs a reader of a dependency; `None` if it panicked on damaged bytes.
fn guarded<T>(read: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).ok()
}

/// Everything a reader found in one report, in reading order.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The file it came from.
    pub source: Source,
    /// All files of a report of several, the first included; empty for a report of one file.
    pub files: Vec<Source>,
    /// What the report says it is.
    pub report: ReportMeta,
    /// The cleaned text; each block and each cell ends with a line break that belongs to no span.
    pub text: String,
    /// Where each run of `text` came from: first byte of the run and origin, sorted by byte.
    pub origins: Vec<(u32, Origin)>,
    /// All blocks in reading order.
    pub blocks: Vec<Block>,
    /// The outline; section 0 is the report.
    pub sections: Vec<Section>,
    /// All tables.
    pub tables: Vec<Table>,
    /// All charts.
    pub charts: Vec<Chart>,
    /// What could not be read (pages without text, damaged parts).
    pub gaps: Vec<Gap>,
    /// The pages that were read from pictures.
    pub scans: Vec<crate::ocr::Scan>,
}

impl Document {
    /// The cleaned text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Where the byte at `offset` came from.
    pub fn origin(&self, offset: u32) -> Option<&Origin> {
        let after = self.origins.partition_point(|(start, _)| *start <= offset);
        self.origins.get(after.checked_sub(1)?).map(|(_, origin)| origin)
    }

    /// The block that holds the byte at `offset`.
    pub fn block_at(&self, offset: u32) -> Option<BlockId> {
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        let index = after.checked_sub(1)?;
        (offset < self.blocks[index].span.end).then_some(index as BlockId)
    }

    /// Labels and titles from the outermost section down: `第二部分 …/二、收入决算情况说明`.
    pub fn section_path(&self, section: SectionId) -> String {
        let parent = |id: &SectionId| self.sections[*id as usize].parent;
        let mut ids: Vec<SectionId> =
            std::iter::successors(Some(section), parent).filter(|id| *id != 0).collect();
        ids.reverse();
        let mut path = String::new();
        for (depth, id) in ids.into_iter().enumerate() {
            let Section { label, title, .. } = &self.sections[id as usize];
            let joint = match label.chars().next_back() {
                Some('）' | ')') | None => "",
                Some('分') => " ",
                Some(c) if c.is_ascii_digit() => ".",
                _ => "、",
            };
            let before = if depth == 0 { "" } else { "/" };
            path.extend([before, label, joint, title]);
        }
        path
    }
}
