//! Word documents (`.docx`, also as WPS saves them): paragraphs with their list labels, tables, charts, notes.

mod inline;
mod numbering;
mod styles;
mod table;

use super::container::{Container, resolve};
use super::flow::Flow;
use super::list::Numbering;
use super::xml::{Node, Xml};
use super::{BlockKind, Builder, Document, Format, Origin, ReadOptions, Source, chart};
use crate::error::{Error, Result};
use crate::finding::{Gap, GapKind};
use inline::Field;
use numbering::{on, value};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use styles::Styles;

/// What stands beside the text and follows the paragraph or table it is anchored in.
enum Aside<'x> {
    /// Blocks of a text box or note, or a table inside a cell.
    Blocks(Node<'x>),
    /// A chart or an embedded workbook, by its relation.
    Part(String),
}

struct Reader<'x, 'b> {
    path: &'x Path,
    container: Container<'b>,
    relations: HashMap<String, String>,
    styles: Styles,
    numbering: Numbering,
    notes: HashMap<(bool, String), Node<'x>>,
    builder: Builder,
    flow: Flow,
    asides: Vec<Aside<'x>>,
    fields: Vec<Field>,
    /// The mark of the last paragraph is deleted: the next one continues it.
    joined: bool,
    depth: usize,
    /// Charts and workbooks that were handed over; a damaged file may refer to one without end.
    parts: HashSet<String>,
}

/// Reads a Word document.
///
/// # Errors
/// The package or its main part is damaged, or too large.
pub fn read(path: &Path, bytes: &[u8], _options: &ReadOptions) -> Result<Document> {
    let mut container = Container::open(path, bytes)?;
    let main = main_part(&mut container).unwrap_or_else(|| "word/document.xml".into());
    let mut part = |name: &str| -> Result<Option<Xml>> {
        let Some(bytes) = container.get(name)? else { return Ok(None) };
        Xml::parse(&bytes).map(Some).map_err(|why| Error::new(path, why).at(name))
    };
    let document = part(&main)?
        .ok_or_else(|| Error::new(path, "缺少正文部件 (no main document part)").at(main.clone()))?;
    let side = |name: &str| resolve(&main, name);
    let mut gaps = Vec::new();
    let mut optional = |name: &str| match part(&side(name)) {
        Ok(xml) => xml.unwrap_or_default(),
        Err(error) => {
            gaps.push(error.message());
            Xml::default()
        }
    };
    let (footnotes, endnotes) = (optional("footnotes.xml"), optional("endnotes.xml"));
    let styles = Styles::new(&optional("styles.xml"));
    let numbering = numbering::read(&optional("numbering.xml"));
    let relations = relations(&mut container, &main);
    let mut notes = HashMap::new();
    for (end, xml) in [(false, &footnotes), (true, &endnotes)] {
        let Some(root) = xml.top().and_then(|top| top.children().next()) else { continue };
        for note in root.children().filter(|note| note.attr("type").is_none_or(|t| t == "normal")) {
            notes.insert((end, note.attr("id").unwrap_or("").to_string()), note);
        }
    }
    let mut reader = Reader {
        path,
        container,
        relations,
        styles,
        numbering,
        notes,
        builder: Builder::new(Source::new(path, Format::Docx, bytes)),
        flow: Flow::default(),
        asides: Vec::new(),
        fields: Vec::new(),
        joined: false,
        depth: 0,
        parts: HashSet::new(),
    };
    for why in gaps {
        reader.gap(why);
    }
    if let Some(body) = document.root().find("body") {
        reader.blocks(body, false);
    }
    reader.asides();
    Ok(reader.builder.finish())
}

/// The main part by `_rels/.rels`; WPS and converters do not always call it `word/document.xml`.
fn main_part(container: &mut Container) -> Option<String> {
    let xml = Xml::parse(&container.get("_rels/.rels").ok()??).ok()?;
    let relation = xml
        .root()
        .descendants()
        .find(|node| node.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument")))?;
    let name = resolve("", relation.attr("Target")?);
    container.has(&name).then_some(name)
}

/// Targets of a part's relations by their id.
pub(super) fn relations(container: &mut Container, part: &str) -> HashMap<String, String> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = format!("{folder}/_rels/{file}.rels");
    let Some(xml) = container.get(&name).ok().flatten().and_then(|bytes| Xml::parse(&bytes).ok())
    else {
        return HashMap::new();
    };
    xml.root()
        .descendants()
        .filter(|node| node.attr("TargetMode") != Some("External"))
        .filter_map(|node| Some((node.attr("Id")?.into(), resolve(part, node.attr("Target")?))))
        .collect()
}

impl<'x> Reader<'x, '_> {
    fn gap(&mut self, why: String) {
        self.builder.gap(Gap { kind: GapKind::Unread, at: None, page: None, why });
    }

    /// The blocks of a body, text box, note or content control.
    fn blocks(&mut self, parent: Node<'x>, contents: bool) {
        for node in parent.children() {
            match node.name() {
                "p" => self.paragraph(node, contents),
                "tbl" => self.table(node),
                "sdt" => {
                    let gallery = node.path(&["sdtPr", "docPartObj", "docPartGallery"]);
                    let contents = contents
                        || value(gallery).is_some_and(|name| name.contains("Table of Contents"));
                    if let Some(content) = node.child("sdtContent") {
                        self.blocks(content, contents);
                    }
                }
                "customXml" | "ins" | "moveTo" | "smartTag" | "Choice" => {
                    self.blocks(node, contents);
                }
                "AlternateContent" => {
                    if let Some(choice) = node.child("Choice").or(node.child("Fallback")) {
                        self.blocks(choice, contents);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, node: Node<'x>, contents: bool) {
        let properties = node.child("pPr");
        let style = value(properties.and_then(|node| node.child("pStyle"))).unwrap_or("");
        let label = if self.joined { None } else { self.list_label(properties, style) };
        let in_contents = contents || self.styles.is_contents(style) || self.in_contents();
        let text = self.inline(node);
        let mut kind = BlockKind::Paragraph;
        if in_contents {
            kind = BlockKind::Contents;
        } else if self.styles.is_heading(style, properties) && heading_like(&text) {
            kind = BlockKind::Heading;
        }
        let origin = Origin::default();
        if !text.trim().is_empty() {
            if let Some(label) = label {
                self.flow.text(&mut self.builder, &label, &origin, kind);
            }
            self.flow.text(&mut self.builder, &text, &origin, kind);
        }
        let mark = properties.and_then(|node| node.child("rPr"));
        self.joined = mark.is_some_and(|mark| mark.child("del").is_some());
        if !self.joined {
            self.flow.end(&mut self.builder, kind);
            self.asides();
        }
    }

    /// The label an automatic list gives this paragraph.
    fn list_label(&mut self, properties: Option<Node<'x>>, style: &str) -> Option<String> {
        let own = properties.and_then(|node| node.child("numPr"));
        let own_num = value(own.and_then(|node| node.child("numId"))).map(str::to_string);
        let own_level = value(own.and_then(|node| node.child("ilvl"))).and_then(|v| v.parse().ok());
        let (style_num, style_level) = self.styles.numbering(style);
        let num = own_num.or(style_num).filter(|num| num != "0")?;
        let level = own_level
            .or_else(|| self.numbering.level_of_style(&num, style))
            .or(style_level)
            .unwrap_or(0);
        self.numbering.label(&num, level)
    }

    /// Hands over what is anchored in the paragraph or table that has just ended.
    fn asides(&mut self) {
        if self.depth > 8 {
            self.asides.clear();
            return;
        }
        self.depth += 1;
        for aside in std::mem::take(&mut self.asides) {
            match aside {
                Aside::Blocks(node) if node.name() == "tbl" => self.table(node),
                Aside::Blocks(node) => self.blocks(node, false),
                Aside::Part(target) => self.part(&target),
            }
        }
        self.depth -= 1;
    }

    /// A chart or an embedded workbook.
    fn part(&mut self, target: &str) {
        if !self.parts.insert(target.to_string()) {
            return;
        }
        let bytes = match self.container.get(target) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return,
            Err(error) => return self.gap(error.message()),
        };
        if target.ends_with(".xml") {
            match Xml::parse(&bytes) {
                Ok(xml) => chart::read(&xml, &mut self.builder, &Origin::default()),
                Err(why) => self.gap(format!("{target}: {why}")),
            }
        } else if let Err(error) = super::sheet::embedded(self.path, &bytes, &mut self.builder) {
            self.gap(format!("{target}: {}", error.message()));
        }
    }
}

/// A heading is short and no sentence; body text with a heading's style is common.
fn heading_like(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 60 && !text.ends_with(['。', '；', '，', ';'])
}
