//! Word 97–2003 documents (`.doc`, `.wps`), parsed by office_oxide and handed over block by block.

mod lists;
mod records;

use super::caption::{self, Lone};
use super::flow::Flow;
use super::{
    BlockKind, Builder, Document, Format, Origin, RawCell, RawTable, ReadOptions, Run, Source,
    guarded,
};
use crate::error::{Error, Result};
use lists::Labels;
use office_oxide::ir::{Element, InlineContent, Table};
use std::io::Cursor;
use std::path::Path;

/// Deepest nesting of lists, text boxes and tables that is followed.
const MAX_DEPTH: usize = 16;

/// Reads a Word 97–2003 document.
///
/// # Errors
/// The file is damaged or encrypted.
pub fn read(path: &Path, bytes: &[u8], _options: &ReadOptions) -> Result<Document> {
    let owned = bytes.to_vec();
    let parsed = guarded(move || {
        let format = office_oxide::format::DocumentFormat::Doc;
        office_oxide::Document::from_reader(Cursor::new(owned), format).map(|doc| doc.to_ir())
    })
    .ok_or_else(|| Error::new(path, "文档损坏 (damaged document)"))?;
    let ir = parsed.map_err(|error| {
        let text = error.to_string();
        let why = if text.to_lowercase().contains("encrypt") {
            "文档已加密，无法读取 (encrypted document)".to_string()
        } else {
            format!("文档损坏 (damaged document: {text})")
        };
        Error::new(path, why)
    })?;
    let mut reader = Reader {
        builder: Builder::new(Source::new(path, Format::Doc, bytes)),
        flow: Flow::default(),
        labels: Labels::new(bytes),
    };
    for section in &ir.sections {
        reader.elements(&section.elements, 0);
    }
    Ok(reader.builder.finish())
}

struct Reader {
    builder: Builder,
    flow: Flow,
    labels: Labels,
}

impl Reader {
    fn elements(&mut self, elements: &[Element], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for element in elements {
            match element {
                Element::Heading(heading) => {
                    let text = inline(&heading.content);
                    let sentence = text.trim_end().ends_with(['。', '；', '，']);
                    let heading = text.chars().count() <= 60 && !sentence;
                    let kind = if heading { BlockKind::Heading } else { BlockKind::Paragraph };
                    self.paragraph(&text, kind);
                }
                Element::Paragraph(paragraph) => {
                    let style = paragraph.style.as_deref().unwrap_or("").to_lowercase();
                    let contents = style.starts_with("toc") || style.starts_with("目录");
                    let kind = if contents { BlockKind::Contents } else { BlockKind::Paragraph };
                    self.paragraph(&inline(&paragraph.content), kind);
                }
                Element::Table(table) => self.table(table, depth),
                Element::List(list) => {
                    for item in &list.items {
                        self.elements(&item.content, depth + 1);
                        if let Some(nested) = &item.nested {
                            for item in &nested.items {
                                self.elements(&item.content, depth + 1);
                            }
                        }
                    }
                }
                Element::TextBox(text_box) => self.elements(&text_box.content, depth + 1),
                Element::Footnote(note) => self.elements(&note.content, depth + 1),
                // Comments come as endnotes too.
                Element::Endnote(note) if note.marker.as_deref() == Some("endnote") => {
                    self.elements(&note.content, depth + 1);
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, text: &str, kind: BlockKind) {
        if let Some(label) = self.labels.of(text) {
            self.flow.text(&mut self.builder, &label, &Origin::default(), kind);
        }
        self.flow.text(&mut self.builder, text, &Origin::default(), kind);
        self.flow.end(&mut self.builder, kind);
    }

    fn table(&mut self, table: &Table, depth: usize) {
        if let [row] = &table.rows[..]
            && let [cell] = &row.cells[..]
        {
            return self.elements(&cell.content, depth + 1);
        }
        let mut raw = RawTable { rows: table.rows.len() as u32, ..RawTable::default() };
        let mut inner: Vec<&Table> = Vec::new();
        // Columns still covered from above, as (column, first row that is free again).
        let mut taken: std::collections::BTreeMap<u32, u32> = Default::default();
        for (index, row) in table.rows.iter().enumerate() {
            let row_number = index as u32;
            taken.retain(|_, free| *free > row_number);
            let mut col = 0;
            for cell in &row.cells {
                while taken.contains_key(&col) {
                    col += 1;
                }
                let colspan = cell.col_span.clamp(1, 256);
                let rowspan = cell.row_span.clamp(1, raw.rows - row_number);
                let mut lines = Vec::new();
                cell_lines(&cell.content, &mut lines, &mut inner, &mut self.labels, 0);
                let text = lines.join("\n");
                let runs = match text.is_empty() {
                    true => Vec::new(),
                    false => vec![Run { text, origin: Origin::default() }],
                };
                if rowspan > 1 {
                    taken.extend((col..col + colspan).map(|c| (c, row_number + rowspan)));
                }
                raw.cells.push(RawCell { row: row_number, col, rowspan, colspan, runs });
                col += colspan;
                raw.cols = raw.cols.max(col);
            }
        }
        let headers = table.rows.iter().take_while(|row| row.repeat_as_header).count();
        raw.header_rows = (headers > 0).then_some(headers as u32);
        if raw.cells.iter().any(|cell| !cell.runs.is_empty()) {
            caption::table(&mut self.builder, raw, Lone::WholeRow);
        }
        for table in inner {
            if depth < MAX_DEPTH {
                self.table(table, depth + 1);
            }
        }
    }
}

/// The lines of a cell; tables inside follow the table around them.
fn cell_lines<'t>(
    elements: &'t [Element],
    lines: &mut Vec<String>,
    inner: &mut Vec<&'t Table>,
    labels: &mut Labels,
    depth: usize,
) {
    if depth > MAX_DEPTH {
        return;
    }
    for element in elements {
        let text = match element {
            Element::Heading(heading) => inline(&heading.content),
            Element::Paragraph(paragraph) => inline(&paragraph.content),
            Element::Table(table) => {
                inner.push(table);
                continue;
            }
            Element::List(list) => {
                for item in &list.items {
                    cell_lines(&item.content, lines, inner, labels, depth + 1);
                }
                continue;
            }
            Element::TextBox(text_box) => {
                cell_lines(&text_box.content, lines, inner, labels, depth + 1);
                continue;
            }
            _ => continue,
        };
        if !text.trim().is_empty() {
            lines.push(labels.of(&text).unwrap_or_default() + text.trim());
        }
    }
}

fn inline(content: &[InlineContent]) -> String {
    let mut out = String::new();
    for piece in content {
        match piece {
            InlineContent::Text(span) => {
                let font = span.font_name.as_deref().unwrap_or("");
                out.extend(span.text.chars().map(|c| super::symbol::shown(font, c).unwrap_or(c)));
            }
            InlineContent::LineBreak => out.push('\n'),
            _ => {}
        }
    }
    out
}
