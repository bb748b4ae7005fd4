//! From the tree of a page to blocks; what stands outside the part with most of the text is page furniture.

use crate::document::caption::{self, Lone};
use crate::document::flow::Flow;
use crate::document::{BlockKind, Builder, Origin, RawCell, RawTable, Run, guarded};
use crate::finding::{Gap, GapKind};
use scraper::{ElementRef, Html, Node};
use std::collections::BTreeMap;

/// Most positions of one table.
const MAX_POSITIONS: u64 = 200_000;
/// How many levels down the part with the text is looked for.
const MAX_LEVELS: usize = 40;

/// Hands the blocks of a page to the builder; false if it could not be parsed.
pub(super) fn page(html: &str, builder: &mut Builder) -> bool {
    let Some(tree) = guarded(|| Html::parse_document(html)) else { return false };
    let root = tree.root_element();
    let main = main_part(root);
    let mut walk =
        Walk { builder, flow: Flow::default(), main, kind: BlockKind::Furniture, overflow: false };
    walk.node(root);
    walk.end(BlockKind::Furniture);
    if walk.overflow {
        let why = "网页表格过大，有单元格未读 (table too large)".to_string();
        builder.gap(Gap { kind: GapKind::Unread, at: None, page: None, why });
    }
    true
}

struct Walk<'b, 't> {
    builder: &'b mut Builder,
    flow: Flow,
    main: ElementRef<'t>,
    kind: BlockKind,
    /// A table claims more positions than any has.
    overflow: bool,
}

/// The innermost element that holds nine tenths of the text outside links.
fn main_part(root: ElementRef) -> ElementRef {
    let mut at = root;
    let mut all = weight(root);
    for _ in 0..MAX_LEVELS {
        if matches!(at.value().name(), "table" | "tbody" | "tr") {
            break;
        }
        let heaviest = at.child_elements().map(|child| (weight(child), child)).max_by_key(|c| c.0);
        match heaviest {
            Some((weight, child)) if all > 0 && weight * 10 >= all * 9 => {
                if matches!(child.value().name(), "p" | "span" | "font" | "td") {
                    break;
                }
                // A table of figures is all of its report but the lines above and below it.
                if child.value().name() == "table" && !is_layout(child) {
                    break;
                }
                at = child;
                all = weight;
            }
            _ => break,
        }
    }
    at
}

/// Characters of text outside links and scripts.
fn weight(element: ElementRef) -> usize {
    let mut sum = 0;
    let mut stack = vec![element];
    while let Some(element) = stack.pop() {
        if is_silent(element) || element.value().name() == "a" {
            continue;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    sum += text.chars().filter(|c| !c.is_whitespace()).count();
                }
                Node::Element(_) => stack.extend(ElementRef::wrap(child)),
                _ => {}
            }
        }
    }
    sum
}

/// Scripts and what is not displayed.
fn is_silent(element: ElementRef) -> bool {
    let value = element.value();
    matches!(
        value.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "select"
            | "button"
            | "textarea"
            | "iframe"
            | "svg"
            | "object"
            // Deleted in a page that Word saved with its revisions.
            | "del"
    ) || value.attr("hidden").is_some()
        || value.attr("style").is_some_and(|style| {
            let style: String = style.to_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("mso-hide:all")
        })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "pre"
            | "form"
            | "fieldset"
            | "center"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "body"
            | "html"
            | "tbody"
            | "thead"
            | "tfoot"
            | "caption"
            | "title"
    )
}

impl<'t> Walk<'_, 't> {
    fn end(&mut self, kind: BlockKind) {
        self.flow.end(self.builder, kind);
    }

    fn node(&mut self, element: ElementRef<'t>) {
        if is_silent(element) {
            return;
        }
        let outside = self.kind;
        if element == self.main {
            self.end(self.kind);
            self.kind = BlockKind::Paragraph;
        }
        let name = element.value().name();
        match name {
            "table" if !is_layout(element) => self.table(element),
            "br" => self.flow.text(self.builder, "\n", &Origin::default(), self.kind),
            "input" => {
                if matches!(element.value().attr("type"), Some("checkbox" | "radio")) {
                    let tick = element.value().attr("checked").is_some();
                    let sign = if tick { "☑" } else { "☐" };
                    self.flow.text(self.builder, sign, &Origin::default(), self.kind);
                }
            }
            _ => {
                let block = is_block(name);
                let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                let kind = self.kind;
                if block {
                    self.end(kind);
                }
                if heading {
                    // The title of the report often stands above the part with the text.
                    self.kind = match kind {
                        BlockKind::Furniture if name != "h1" => kind,
                        BlockKind::Furniture => BlockKind::Paragraph,
                        _ => BlockKind::Heading,
                    };
                }
                for child in element.children() {
                    match child.value() {
                        Node::Text(text) => {
                            let text = squeeze(text);
                            self.flow.text(self.builder, &text, &Origin::default(), self.kind);
                        }
                        Node::Element(_) => {
                            if let Some(child) = ElementRef::wrap(child) {
                                self.node(child);
                            }
                        }
                        _ => {}
                    }
                }
                if block {
                    self.end(self.kind);
                }
                self.kind = kind;
            }
        }
        if element == self.main {
            self.end(self.kind);
            self.kind = outside;
        }
    }

    fn table(&mut self, element: ElementRef<'t>) {
        self.end(self.kind);
        let mut raw = RawTable::default();
        // Columns still covered from above, as (column, first row that is free again).
        let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
        let mut headers = 0;
        let mut positions = 0u64;
        let mut inner = Vec::new();
        for (in_head, row) in rows(element) {
            let number = raw.rows;
            taken.retain(|_, free| *free > number);
            let mut col = 0;
            for cell in row.child_elements().filter(|c| matches!(c.value().name(), "td" | "th")) {
                if is_silent(cell) {
                    continue;
                }
                while taken.contains_key(&col) {
                    col += 1;
                }
                let span = |name| {
                    let value = cell.value().attr(name).and_then(|v| v.trim().parse().ok());
                    u32::clamp(value.unwrap_or(1), 1, 500)
                };
                let (colspan, rowspan) = (span("colspan"), span("rowspan"));
                positions += u64::from(colspan) * u64::from(rowspan);
                if positions > MAX_POSITIONS {
                    self.overflow = true;
                    break;
                }
                let mut text = String::new();
                cell_text(cell, &mut text, &mut inner);
                let text = text.trim().to_string();
                let runs = match text.is_empty() {
                    true => Vec::new(),
                    false => vec![Run { text, origin: Origin::default() }],
                };
                if rowspan > 1 {
                    taken.extend((col..col + colspan).map(|c| (c, number + rowspan)));
                }
                raw.cells.push(RawCell { row: number, col, rowspan, colspan, runs });
                col += colspan;
                raw.cols = raw.cols.max(col);
            }
            if in_head && headers == number {
                headers += 1;
            }
            raw.rows += 1;
        }
        for cell in &mut raw.cells {
            cell.rowspan = cell.rowspan.min(raw.rows - cell.row);
        }
        raw.header_rows = (headers > 0 && headers < raw.rows).then_some(headers);
        if raw.cells.iter().any(|cell| !cell.runs.is_empty()) {
            for (index, raw) in caption::split(raw).into_iter().enumerate() {
                let lone = if index == 0 { Lone::WholeRow } else { Lone::Anywhere };
                caption::table(self.builder, raw, lone);
            }
        }
        for table in inner {
            self.node(table);
        }
    }
}

/// The rows of a table, not those of tables inside, and whether they are its head.
fn rows(table: ElementRef) -> Vec<(bool, ElementRef)> {
    let mut out = Vec::new();
    for child in table.child_elements().filter(|child| !is_silent(*child)) {
        match child.value().name() {
            "tr" => out.push((false, child)),
            name @ ("thead" | "tbody" | "tfoot") => {
                let rows = child.child_elements().filter(|row| row.value().name() == "tr");
                out.extend(rows.filter(|row| !is_silent(*row)).map(|row| (name == "thead", row)));
            }
            _ => {}
        }
    }
    out
}

/// Tables that only arrange the page: one cell, tables inside that hold most of the text, or cells full of paragraphs.
fn is_layout(table: ElementRef) -> bool {
    let rows = rows(table);
    let (mut cells, mut nested) = (0, 0);
    for (_, row) in &rows {
        for cell in row.child_elements() {
            cells += 1;
            let mut paragraphs = 0;
            let mut stack: Vec<ElementRef> = cell.child_elements().collect();
            while let Some(inner) = stack.pop() {
                match inner.value().name() {
                    "table" => {
                        nested += weight(inner);
                        continue;
                    }
                    "p" | "div" | "h1" | "h2" | "h3" => paragraphs += 1,
                    _ => {}
                }
                stack.extend(inner.child_elements());
            }
            if paragraphs > 12 && weight(cell) > 600 {
                return true;
            }
        }
    }
    cells <= 1 || nested > 0 && nested * 2 >= weight(table)
}

/// The text of a cell; tables inside follow the table around them.
fn cell_text<'t>(element: ElementRef<'t>, out: &mut String, inner: &mut Vec<ElementRef<'t>>) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(&squeeze(text)),
            Node::Element(value) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                if is_silent(child) {
                    continue;
                }
                if value.name() == "table" {
                    inner.push(child);
                    continue;
                }
                let breaks = value.name() == "br" || is_block(value.name());
                if value.name() == "input" && value.attr("type") == Some("checkbox") {
                    out.push(if value.attr("checked").is_some() { '☑' } else { '☐' });
                }
                if breaks && !out.trim_end().is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                cell_text(child, out, inner);
            }
            _ => {}
        }
    }
}

/// Blanks of the source are one blank; those between Han characters come from wrapped lines and are none.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !matches!(c, ' ' | '\n' | '\r' | '\t') {
            out.push(c);
            continue;
        }
        let mut line = c == '\n';
        while let Some(c) = chars.next_if(|c| matches!(c, ' ' | '\n' | '\r' | '\t')) {
            line |= c == '\n';
        }
        let wide = |c: Option<&char>| c.is_none_or(|c| *c as u32 >= 0x2E80);
        if line && wide(out.chars().next_back().as_ref()) && wide(chars.peek()) {
            continue;
        }
        out.push(' ');
    }
    out
}
