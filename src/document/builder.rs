//! What a reader calls to hand over a document: runs of text, blocks, tables, charts.

use super::{
    Block, BlockId, BlockKind, Cell, Chart, Document, Origin, Source, Span, Table, clean, outline,
};
use crate::finding::{Gap, GapKind};

/// Most bytes of text of one document; the reports of all departments of a province in one volume have 9 MB.
const MOST_TEXT: usize = 24 << 20;

/// Most bytes of one paragraph, some ten thousand characters. A longer one has lost its line breaks and is cut where a
/// sentence ends: what a figure is said of is looked for in all of its paragraph.
const LONGEST: usize = 32 << 10;

/// A run of raw text with one origin (a PDF glyph or word, a workbook cell, a piece of a text file).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    /// Raw text as the format holds it.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A cell as a reader sees it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawCell {
    /// 0-based row.
    pub row: u32,
    /// 0-based column.
    pub col: u32,
    /// Rows covered, at least 1.
    pub rowspan: u32,
    /// Columns covered, at least 1.
    pub colspan: u32,
    /// Its text; line breaks inside a cell are `\n`.
    pub runs: Vec<Run>,
}

/// A table as a reader sees it. Title, number and unit lines are ordinary paragraphs before it; [`Builder::finish`]
/// attaches them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawTable {
    /// Number of rows.
    pub rows: u32,
    /// Number of columns.
    pub cols: u32,
    /// Cells in row-major order.
    pub cells: Vec<RawCell>,
    /// Pages it stands on, 1-based.
    pub pages: Vec<u32>,
    /// Header rows where the reader knows them (repeated on the next page, marked in the format).
    pub header_rows: Option<u32>,
    /// Whether it was hidden in the source.
    pub hidden: bool,
    /// Whether rows or columns of it were hidden in the source.
    pub cut: bool,
}

/// Builds a [`Document`] from what a reader sees, in reading order.
///
/// Readers push raw text; cleaning (full width, soft line breaks, blanks inside numbers) happens here, once.
#[derive(Debug, Default)]
pub struct Builder {
    document: Document,
    raw: String,
    raw_origins: Vec<(u32, Origin)>,
    /// Text beyond all bounds was left out.
    overflow: bool,
}

impl Builder {
    /// An empty document of `source`.
    pub fn new(source: Source) -> Self {
        Self { document: Document { source, ..Document::default() }, ..Self::default() }
    }

    /// Makes room for so many bytes of text in so many runs, where a reader knows how many there are at most.
    pub(super) fn expect(&mut self, bytes: usize, runs: usize) {
        self.document.text.reserve(bytes.min(MOST_TEXT));
        self.document.origins.reserve(runs.min(1 << 20));
    }

    /// Adds raw text to the open block. A soft line break is `\n`: blocks are paragraphs, not lines.
    pub fn run(&mut self, text: &str, origin: Origin) {
        if text.is_empty() {
            return;
        }
        if self.document.text.len() + self.raw.len() + text.len() > MOST_TEXT {
            self.overflow = true;
            return;
        }
        if self.raw_origins.last().is_none_or(|(_, last)| *last != origin) {
            self.raw_origins.push((self.raw.len() as u32, origin));
        }
        self.raw.push_str(text);
    }

    /// Breaks the line within the last run.
    pub(super) fn break_line(&mut self) {
        self.raw.push('\n');
    }

    /// Closes the open block as `kind` (not `Table` or `Chart`); a block without text is dropped.
    pub fn end(&mut self, kind: BlockKind) -> Option<BlockId> {
        let mut span = self.flush();
        if span.is_empty() {
            return None;
        }
        while (span.end - span.start) as usize > LONGEST {
            let end = self.cut(span.start as usize) as u32;
            let head = Span { end, ..span };
            self.document.blocks.push(Block { kind, span: head, section: 0 });
            span.start = end;
        }
        self.document.blocks.push(Block { kind, span, section: 0 });
        Some((self.document.blocks.len() - 1) as BlockId)
    }

    /// Where to cut a paragraph that begins at `start` and is too long.
    fn cut(&self, start: usize) -> usize {
        let text = &self.document.text;
        let end = text.floor_char_boundary(start + LONGEST);
        let after = |marks: &[char]| {
            let (at, mark) = text[start..end].rmatch_indices(marks).next()?;
            Some(start + at + mark.len())
        };
        after(&['。']).or_else(|| after(&['；', '，'])).unwrap_or(end)
    }

    /// Adds a table; an open block is closed as a paragraph first.
    pub fn table(&mut self, mut raw: RawTable) {
        let runs: Vec<_> =
            raw.cells.iter_mut().map(|cell| std::mem::take(&mut cell.runs)).collect();
        self.table_of(raw, |builder, cell| {
            for run in &runs[cell] {
                builder.run(&run.text, run.origin.clone());
            }
        });
    }

    /// As [`Builder::table`], of cells without runs: `fill` adds those of a cell, told by its place among `cells`.
    pub(super) fn table_of(&mut self, raw: RawTable, fill: impl Fn(&mut Self, usize)) {
        self.end(BlockKind::Paragraph);
        let start = self.document.text.len();
        let mut cells = Vec::with_capacity(raw.cells.len());
        for (index, cell) in raw.cells.into_iter().enumerate() {
            fill(self, index);
            cells.push(Cell {
                row: cell.row,
                col: cell.col,
                rowspan: cell.rowspan.max(1),
                colspan: cell.colspan.max(1),
                span: self.flush(),
            });
        }
        cells.sort_by_key(|cell| (cell.row, cell.col));
        let end = self.document.text.len();
        let block = self.document.blocks.len() as BlockId;
        let id = self.document.tables.len() as u32;
        self.document.tables.push(Table {
            rows: raw.rows,
            cols: raw.cols,
            header_rows: raw.header_rows.unwrap_or(0),
            cells,
            pages: raw.pages,
            block,
            hidden: raw.hidden,
            cut: raw.cut,
            ..Table::default()
        });
        let span = Span::new(start, end);
        self.document.blocks.push(Block { kind: BlockKind::Table(id), span, section: 0 });
    }

    /// Adds a chart whose values are runs of text, one `Option<Run>` per category and series.
    pub fn chart(
        &mut self,
        title: &str,
        categories: Vec<String>,
        series: Vec<(String, Vec<Option<Run>>)>,
    ) {
        self.end(BlockKind::Paragraph);
        let start = self.document.text.len();
        let mut rows = Vec::with_capacity(series.len());
        for (name, values) in series {
            let mut spans = Vec::with_capacity(values.len());
            for value in values {
                spans.push(value.map(|run| {
                    self.run(&run.text, run.origin);
                    self.flush()
                }));
            }
            rows.push(super::Series { name, values: spans });
        }
        let span = Span::new(start, self.document.text.len());
        let block = self.document.blocks.len() as BlockId;
        let id = self.document.charts.len() as u32;
        self.document.charts.push(Chart { title: title.into(), categories, series: rows, block });
        self.document.blocks.push(Block { kind: BlockKind::Chart(id), span, section: 0 });
    }

    /// Records what could not be read.
    pub fn gap(&mut self, gap: Gap) {
        self.document.gaps.push(gap);
    }

    /// Sets the number of pages of the source.
    pub fn pages(&mut self, pages: u32) {
        self.document.source.pages = Some(pages);
    }

    /// The finished document: outline, table titles and units, kind, agency and year of the report.
    pub fn finish(mut self) -> Document {
        self.end(BlockKind::Paragraph);
        if self.overflow {
            let why = format!("正文超过 {} MB，其余未读 (text too long)", MOST_TEXT >> 20);
            self.gap(Gap { kind: GapKind::Unread, at: None, page: None, why });
        }
        outline::outline(&mut self.document);
        self.document
    }

    /// Cleans the open raw text into the document's text; the span excludes the closing line break.
    fn flush(&mut self) -> Span {
        let start = self.document.text.len();
        clean::clean(
            &self.raw,
            &self.raw_origins,
            &mut self.document.text,
            &mut self.document.origins,
        );
        let end = self.document.text.len();
        self.raw.clear();
        self.raw_origins.clear();
        if end > start {
            self.document.text.push('\n');
        }
        Span::new(start, end)
    }
}
