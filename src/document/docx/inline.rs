//! The text of a paragraph: runs, fields, symbols, revisions, and what is anchored in them.

use super::{Aside, Reader, on};
use crate::document::symbol;
use crate::document::xml::Node;

/// A field of which either the code or the result is being read.
pub(super) struct Field {
    in_code: bool,
    contents: bool,
}

impl<'x> Reader<'x, '_> {
    /// Whether the paragraph stands in the result of a table of contents field.
    pub(super) fn in_contents(&self) -> bool {
        self.fields.iter().any(|field| field.contents && !field.in_code)
    }

    /// The shown text of a paragraph; manual line breaks are `\n`.
    pub(super) fn inline(&mut self, paragraph: Node<'x>) -> String {
        let mut out = String::new();
        self.pieces(paragraph, &mut out);
        // A field code does not run over paragraphs: a lost end must not swallow the report.
        self.fields.retain(|field| !field.in_code);
        out
    }

    fn pieces(&mut self, parent: Node<'x>, out: &mut String) {
        for node in parent.children() {
            match node.name() {
                "r" => self.run(node, out),
                "hyperlink" | "smartTag" | "ins" | "moveTo" | "customXml" | "fldSimple" | "dir"
                | "bdo" | "rubyBase" | "sdtContent" => self.pieces(node, out),
                "sdt" => {
                    if let Some(content) = node.child("sdtContent") {
                        self.pieces(content, out);
                    }
                }
                "oMath" | "oMathPara" => out.push_str(&node.texts("t")),
                "AlternateContent" => {
                    if let Some(choice) = node.child("Choice").or(node.child("Fallback")) {
                        self.pieces(choice, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node<'x>, out: &mut String) {
        let properties = run.child("rPr");
        if properties.and_then(|node| node.child("vanish")).is_some_and(on) {
            return;
        }
        let font = properties
            .and_then(|node| node.child("rFonts"))
            .and_then(|fonts| fonts.attr("ascii").or(fonts.attr("hAnsi")))
            .unwrap_or("");
        self.run_content(run, font, out);
    }

    fn run_content(&mut self, run: Node<'x>, font: &str, out: &mut String) {
        for node in run.children() {
            match node.name() {
                "fldChar" => self.field(node, out),
                "instrText" => {
                    let contents = node.text().trim_start().starts_with("TOC");
                    if let Some(field) = self.fields.last_mut().filter(|field| field.in_code) {
                        field.contents |= contents;
                    }
                }
                _ if self.fields.iter().any(|field| field.in_code) => {}
                "t" => {
                    let text = node.text();
                    out.extend(text.chars().map(|c| symbol::shown(font, c).unwrap_or(c)));
                }
                "tab" | "ptab" => out.push('\t'),
                "br" | "cr" => out.push('\n'),
                "noBreakHyphen" => out.push('-'),
                "sym" => {
                    let code = node.attr("char").and_then(|c| u32::from_str_radix(c, 16).ok());
                    let c = code.and_then(char::from_u32).unwrap_or('•');
                    out.push(symbol::shown(node.attr("font").unwrap_or(""), c).unwrap_or(c));
                }
                "footnoteReference" | "endnoteReference" => {
                    let key = (node.name() == "endnoteReference", node.attr("id").unwrap_or(""));
                    // Each note once, even if a damaged file refers to it again and again.
                    if let Some(note) = self.notes.remove(&(key.0, key.1.to_string())) {
                        self.asides.push(Aside::Blocks(note));
                    }
                }
                "ruby" => {
                    if let Some(base) = node.child("rubyBase") {
                        self.pieces(base, out);
                    }
                }
                "drawing" | "pict" | "object" => self.drawing(node),
                "AlternateContent" => {
                    if let Some(choice) = node.child("Choice").or(node.child("Fallback")) {
                        self.run_content(choice, font, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn field(&mut self, node: Node<'x>, out: &mut String) {
        match node.attr("fldCharType") {
            Some("begin") => {
                if let Some(tick) = node.path(&["ffData", "checkBox"]) {
                    let state = tick.child("checked").or(tick.child("default"));
                    out.push(if state.is_some_and(on) { '☑' } else { '☐' });
                }
                self.fields.push(Field { in_code: true, contents: false });
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_code = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Text boxes, charts and embedded workbooks of a drawing.
    fn drawing(&mut self, drawing: Node<'x>) {
        let mut skip = Vec::new();
        let mut stack: Vec<Node<'x>> = drawing.children().collect();
        stack.reverse();
        while let Some(node) = stack.pop() {
            match node.name() {
                "txbxContent" => {
                    self.asides.push(Aside::Blocks(node));
                    continue;
                }
                "chart" | "OLEObject" => {
                    let target = node.attr("id").and_then(|id| self.relations.get(id));
                    let wanted = node.name() == "chart"
                        || node.attr("ProgID").is_some_and(|id| {
                            let id = id.to_ascii_lowercase();
                            id.contains("excel") || id.starts_with("et.")
                        });
                    if let Some(target) = target.filter(|_| wanted) {
                        self.asides.push(Aside::Part(target.clone()));
                    }
                    continue;
                }
                "AlternateContent" => {
                    skip.extend(node.child("Choice").and(node.child("Fallback")).map(Node::id));
                }
                _ => {}
            }
            let children: Vec<_> =
                node.children().filter(|child| !skip.contains(&child.id())).collect();
            stack.extend(children.into_iter().rev());
        }
    }
}
