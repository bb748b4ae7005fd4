//! Places: where words stand, in terms a person can find again.

use crate::document::{BlockKind, Document, Span};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::ops::Range;
use std::sync::Arc;

/// Where words stand. Absent keys are left out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Place {
    /// The words as printed, with enough around them to find them; in a table the row's label and the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Labels and titles of the sections around it: `第二部分 …/二、收入决算情况说明`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shared")]
    #[schemars(with = "Option<String>")]
    pub section: Option<Arc<str>>,
    /// The file, where it is not the first of a report of several files.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// 1-based page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Left, top, right, bottom in points from the page's top left corner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f32; 4]>,
    /// Printed number or title of the table: `公开02表`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "shared")]
    #[schemars(with = "Option<String>")]
    pub table: Option<Arc<str>>,
    /// 1-based row of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// 1-based column of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// Cell of a workbook: `Sheet1!C7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// UTF-8 bytes of the cleaned text, without the words around.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<[u32; 2]>,
    /// Where in `quote` the span's own words stand.
    #[serde(skip)]
    pub mark: Range<usize>,
    /// Byte of the decoded source, where the format has one.
    #[serde(skip)]
    pub offset: Option<u32>,
}

/// Writes a name that many places share.
fn shared<S: Serializer>(name: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    name.as_deref().serialize(serializer)
}

/// Finds places of one document; made once, asked often.
pub struct Places<'a> {
    document: &'a Document,
    /// `None` for sections without a name: the report itself.
    sections: Vec<Option<Arc<str>>>,
    tables: Vec<Option<Arc<str>>>,
    /// First byte, table, index of the cell; sorted.
    cells: Vec<(u32, u32, u32)>,
}

impl<'a> Places<'a> {
    /// Prepares the document's sections and cells.
    pub fn new(document: &'a Document) -> Self {
        let mut cells = Vec::new();
        for (table, id) in document.tables.iter().zip(0u32..) {
            for (cell, index) in table.cells.iter().zip(0u32..) {
                if !cell.span.is_empty() {
                    cells.push((cell.span.start, id, index));
                }
            }
        }
        cells.sort_unstable();
        let tables = document.tables.iter().map(|table| {
            let name = table.number.or(table.title);
            name.map(|span| document.slice(span)).filter(|name| !name.is_empty()).map(Arc::from)
        });
        let sections = (0u32..).zip(&document.sections).map(|(id, _)| {
            let path = document.section_path(id);
            (!path.is_empty()).then(|| path.into())
        });
        Self { document, tables: tables.collect(), sections: sections.collect(), cells }
    }

    /// The printed name of a table.
    pub fn table_name(&self, table: u32) -> Option<&str> {
        self.tables.get(table as usize)?.as_deref()
    }

    /// The path of a section.
    pub fn section(&self, section: u32) -> Option<&str> {
        self.sections.get(section as usize)?.as_deref()
    }

    /// Table and cell that hold the byte at `offset`.
    pub fn cell_at(&self, offset: u32) -> Option<(u32, u32)> {
        let after = self.cells.partition_point(|(start, ..)| *start <= offset);
        let (_, table, index) = *self.cells.get(after.checked_sub(1)?)?;
        let cell = &self.document.tables[table as usize].cells[index as usize];
        (offset < cell.span.end).then_some((table, index))
    }

    /// A place with page only.
    pub fn page(page: u32) -> Place {
        Place { page: Some(page), ..Place::default() }
    }

    /// The place of a span, quoted with the words around it.
    pub fn place(&self, span: Span) -> Place {
        let mut place = self.bare(span);
        let (quote, mark) = match self.cell_at(span.start) {
            Some((table, cell)) => self.cell_quote(table, cell, span),
            None => self.sentence_quote(span),
        };
        place.quote = (!quote.is_empty()).then_some(quote);
        place.mark = mark;
        place
    }

    /// The place of a span, without a quote.
    pub fn bare(&self, span: Span) -> Place {
        let mut place = Place { span: Some([span.start, span.end]), ..Place::default() };
        if let Some(block) = self.document.block_at(span.start) {
            let block = &self.document.blocks[block as usize];
            place.section = self.sections.get(block.section as usize).cloned().flatten();
            if let BlockKind::Table(table) = block.kind {
                place.table = self.tables.get(table as usize).cloned().flatten();
            }
        }
        if let Some((table, cell)) = self.cell_at(span.start) {
            let cell = &self.document.tables[table as usize].cells[cell as usize];
            place.row = Some(cell.row + 1);
            place.column = Some(cell.col + 1);
        }
        self.locate(span, &mut place);
        place
    }

    /// Page, box, workbook cell and source byte.
    fn locate(&self, span: Span, place: &mut Place) {
        let origins = &self.document.origins;
        let first = origins.partition_point(|(start, _)| *start <= span.start).saturating_sub(1);
        let mut bbox: Option<[f32; 4]> = None;
        for (start, origin) in &origins[first.min(origins.len())..] {
            if *start >= span.end && *start > span.start {
                break;
            }
            if place.page.is_none() {
                place.page = origin.page;
                place.offset = origin.offset.map(|at| at + span.start.saturating_sub(*start));
                let file = self.document.files.get(origin.file as usize);
                let file = file.filter(|_| origin.file > 0);
                place.file = file.map(|file| file.path.display().to_string());
                place.cell = origin.cell.as_deref().map(str::to_string);
            }
            if let Some(next) = origin.bbox.filter(|_| origin.page == place.page) {
                bbox = Some(bbox.map_or(next, |all| {
                    [
                        all[0].min(next[0]),
                        all[1].min(next[1]),
                        all[2].max(next[2]),
                        all[3].max(next[3]),
                    ]
                }));
            }
        }
        place.bbox = bbox.map(|corners| corners.map(|corner| (corner * 10.0).round() / 10.0));
    }

    /// Leading label cells of the row, then the cell: `2014001 行政运行 5,757.63`.
    fn cell_quote(&self, table: u32, cell: u32, span: Span) -> (String, Range<usize>) {
        let cells = &self.document.tables[table as usize].cells;
        let own = &cells[cell as usize];
        let mut first = cell as usize;
        while first > 0 && cells[first - 1].row == own.row {
            first -= 1;
            if cell as usize - first > 40 {
                break;
            }
        }
        let mut quote = String::new();
        for label in &cells[first..cell as usize] {
            let words = self.document.slice(label.span);
            if words.contains(['.', '%']) && !words.contains(is_han) {
                break;
            }
            if !words.is_empty() && quote.chars().count() < 40 {
                let end = words.char_indices().nth(40).map_or(words.len(), |(at, _)| at);
                quote.push_str(&words[..end]);
                quote.push(' ');
            }
        }
        let (words, mark) = self.around(own.span, span, 60, 60);
        let from = quote.len();
        quote.push_str(&words);
        (quote, mark.start + from..mark.end + from)
    }

    fn sentence_quote(&self, span: Span) -> (String, Range<usize>) {
        let limits = match self.document.block_at(span.start) {
            Some(block) => self.document.blocks[block as usize].span,
            None => span,
        };
        self.around(limits, span, 32, 16)
    }

    /// The words of `span` (at most 160 characters) and of its sentence inside `limits`, at most so many characters
    /// before and after.
    fn around(
        &self,
        limits: Span,
        span: Span,
        before: usize,
        after: usize,
    ) -> (String, Range<usize>) {
        let text = self.document.slice(limits);
        let from = (span.start.max(limits.start) - limits.start) as usize;
        let to = (span.end.clamp(span.start, limits.end.max(span.start)) - limits.start) as usize;
        let (Some(head), Some(own)) = (text.get(..from), text.get(from..to)) else {
            let words = self.document.slice(span).to_string();
            let mark = 0..words.len();
            return (words, mark);
        };
        let tail = text.get(to..).unwrap_or("");
        let mut start = from;
        for (count, (at, c)) in head.char_indices().rev().take(before + FIGURE).enumerate() {
            if ends_sentence(c) || count >= before && !(is_figure(c) && cuts(&head[start..])) {
                break;
            }
            start = at;
        }
        let own = own.char_indices().nth(160).map_or(own, |(cut, _)| &own[..cut]);
        let mut end = from + own.len();
        if end == to {
            let mut last = text[start..to].chars().next_back();
            for (count, (at, c)) in tail.char_indices().take(after + FIGURE).enumerate() {
                let open = last.is_some_and(|c| is_figure(c) || matches!(c, '万' | '亿'));
                if count >= after && !(open && (is_figure(c) || is_unit(c))) {
                    break;
                }
                end = to + at + c.len_utf8();
                last = Some(c);
                if ends_sentence(c) {
                    break;
                }
            }
        }
        let head = text[start..from].trim_start();
        let tail = text[from + own.len()..end].trim_end();
        let mark = head.len()..head.len() + own.len();
        ([head, own, tail].concat(), mark)
    }
}

/// A quote is never cut inside a figure; one longer than this is no figure.
const FIGURE: usize = 20;

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// Whether words begin inside a figure, or with the unit of one.
fn cuts(words: &str) -> bool {
    words.starts_with(|c: char| is_figure(c) || is_unit(c))
}

fn is_unit(c: char) -> bool {
    matches!(c, '元' | '万' | '亿' | '%' | '％')
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？')
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
