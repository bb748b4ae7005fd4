//! A small tree of an XML part (`word/document.xml`, `Content.xml`), names without their prefixes, under limits.

use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;

/// Deepest nesting of elements; real parts stay below 60.
const MAX_DEPTH: usize = 256;
/// Most nodes and most attributes of one part.
const MAX_NODES: usize = 1_500_000;

const TEXT: u16 = 0;
const NONE: u32 = u32::MAX;

/// A parsed part.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    nodes: Vec<Raw>,
    attrs: Vec<(u16, u32, u32)>,
    names: Vec<String>,
    strings: String,
}

#[derive(Debug, Clone, Copy)]
struct Raw {
    name: u16,
    first: u32,
    next: u32,
    from: u32,
    to: u32,
}

/// An element of a part.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    xml: &'a Xml,
    id: u32,
}

impl Xml {
    /// Parses a part; the reason of a failure names the byte.
    pub fn parse(bytes: &[u8]) -> Result<Xml, String> {
        let source = decode(bytes);
        // Room for all at once: growing step by step takes twice the memory.
        let tags = source.bytes().filter(|byte| *byte == b'<').count();
        let values = source.bytes().filter(|byte| *byte == b'=').count();
        if tags > MAX_NODES {
            return Err("XML 过大 (too many nodes)".into());
        }
        let mut reader = quick_xml::Reader::from_str(&source);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        reader.config_mut().allow_dangling_amp = true;
        let mut xml = Xml {
            nodes: Vec::with_capacity((2 * tags + 2).min(MAX_NODES)),
            attrs: Vec::with_capacity(values.min(MAX_NODES)),
            names: vec![String::new()],
            strings: String::with_capacity(source.len()),
        };
        let mut ids: HashMap<String, u16> = HashMap::new();
        // Last child of each open element, to chain siblings.
        let mut open: Vec<(u32, u32)> = Vec::new();
        xml.push(Raw { name: TEXT, first: NONE, next: NONE, from: 0, to: 0 }, &mut open)?;
        open.push((0, NONE));
        loop {
            let place = reader.buffer_position();
            let fail = |why: &str| format!("XML {why} (byte {place})");
            match reader.read_event().map_err(|error| fail(&format!("{error}")))? {
                Event::Start(start) => {
                    let id = xml.element(&start, &mut ids, &mut open)?;
                    open.push((id, NONE));
                    if open.len() > MAX_DEPTH {
                        return Err(fail("嵌套过深 (nested too deeply)"));
                    }
                }
                Event::Empty(start) => {
                    xml.element(&start, &mut ids, &mut open)?;
                }
                Event::End(_) if open.len() > 1 => {
                    open.pop();
                }
                Event::Text(text) => xml.text(&text, &mut open)?,
                Event::CData(text) => xml.text(&text, &mut open)?,
                Event::GeneralRef(reference) => {
                    let resolved = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c.to_string(),
                        _ => match &*reference {
                            "lt" => "<".into(),
                            "gt" => ">".into(),
                            "amp" => "&".into(),
                            "apos" => "'".into(),
                            "quot" => "\"".into(),
                            "nbsp" => "\u{a0}".into(),
                            _ => String::new(),
                        },
                    };
                    xml.text(&resolved, &mut open)?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        if open.len() > 1 {
            return Err("XML 不完整 (ends inside an element)".into());
        }
        Ok(xml)
    }

    /// The node above the root element of a parsed part.
    pub fn root(&self) -> Node<'_> {
        Node { xml: self, id: 0 }
    }

    /// The same; `None` for the empty part that stands for a missing one.
    pub fn top(&self) -> Option<Node<'_>> {
        (!self.nodes.is_empty()).then_some(Node { xml: self, id: 0 })
    }

    fn push(&mut self, raw: Raw, open: &mut [(u32, u32)]) -> Result<u32, String> {
        if self.nodes.len() >= MAX_NODES || self.strings.len() > (u32::MAX / 2) as usize {
            return Err("XML 过大 (too many nodes)".into());
        }
        let id = self.nodes.len() as u32;
        if let Some((parent, last)) = open.last_mut() {
            match *last {
                NONE => self.nodes[*parent as usize].first = id,
                last => self.nodes[last as usize].next = id,
            }
            *last = id;
        }
        self.nodes.push(raw);
        Ok(id)
    }

    fn element(
        &mut self,
        start: &BytesStart,
        ids: &mut HashMap<String, u16>,
        open: &mut [(u32, u32)],
    ) -> Result<u32, String> {
        let from = self.attrs.len() as u32;
        for attribute in start.attributes().with_checks(false).flatten() {
            if self.attrs.len() >= MAX_NODES {
                return Err("XML 过大 (too many attributes)".into());
            }
            let key = attribute.key.local_name().into_inner();
            let name = self.name(key, ids)?;
            let at = self.strings.len() as u32;
            match quick_xml::escape::unescape(&attribute.value) {
                Ok(value) => self.strings.push_str(&value),
                Err(_) => self.strings.push_str(&attribute.value),
            }
            self.attrs.push((name, at, self.strings.len() as u32));
        }
        let name = self.name(start.local_name().into_inner(), ids)?;
        let to = self.attrs.len() as u32;
        self.push(Raw { name, first: NONE, next: NONE, from, to }, open)
    }

    fn text(&mut self, text: &str, open: &mut [(u32, u32)]) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let from = self.strings.len() as u32;
        self.strings.push_str(text);
        let to = self.strings.len() as u32;
        self.push(Raw { name: TEXT, first: NONE, next: NONE, from, to }, open).map(|_| ())
    }

    fn name(&mut self, name: &str, ids: &mut HashMap<String, u16>) -> Result<u16, String> {
        if let Some(id) = ids.get(name) {
            return Ok(*id);
        }
        let id = u16::try_from(self.names.len())
            .map_err(|_| "XML 元素名过多 (too many names)".to_string())?;
        ids.insert(name.into(), id);
        self.names.push(name.into());
        Ok(id)
    }
}

impl<'a> Node<'a> {
    fn raw(self) -> &'a Raw {
        &self.xml.nodes[self.id as usize]
    }

    /// Number of the node in its part, the same for the same element.
    pub fn id(self) -> u32 {
        self.id
    }

    /// The name without prefix; empty for the node above the root.
    pub fn name(self) -> &'a str {
        &self.xml.names[self.raw().name as usize]
    }

    /// The value of the attribute whose name without prefix is `name`.
    pub fn attr(self, name: &str) -> Option<&'a str> {
        let raw = self.raw();
        let attrs = self.xml.attrs.get(raw.from as usize..raw.to as usize)?;
        let (_, from, to) = attrs.iter().find(|(id, _, _)| self.xml.names[*id as usize] == name)?;
        Some(&self.xml.strings[*from as usize..*to as usize])
    }

    /// The child elements.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        self.all().filter(|node| node.raw().name != TEXT)
    }

    fn all(self) -> impl Iterator<Item = Node<'a>> {
        let mut at = self.raw().first;
        std::iter::from_fn(move || {
            let node = Node { xml: self.xml, id: (at != NONE).then_some(at)? };
            at = node.raw().next;
            Some(node)
        })
    }

    /// The first child element of that name.
    pub fn child(self, name: &str) -> Option<Node<'a>> {
        self.children().find(|node| node.name() == name)
    }

    /// The element at the end of a path of child names.
    pub fn path(self, names: &[&str]) -> Option<Node<'a>> {
        names.iter().try_fold(self, |node, name| node.child(name))
    }

    /// All elements below, in document order.
    pub fn descendants(self) -> impl Iterator<Item = Node<'a>> {
        let mut stack: Vec<u32> = vec![self.raw().first];
        std::iter::from_fn(move || {
            loop {
                let at = stack.pop()?;
                if at == NONE {
                    continue;
                }
                let node = Node { xml: self.xml, id: at };
                stack.push(node.raw().next);
                stack.push(if node.raw().name == TEXT { NONE } else { node.raw().first });
                if node.raw().name != TEXT {
                    return Some(node);
                }
            }
        })
    }

    /// The first element below of that name.
    pub fn find(self, name: &str) -> Option<Node<'a>> {
        self.descendants().find(|node| node.name() == name)
    }

    /// The text directly inside.
    pub fn text(self) -> String {
        let mut out = String::new();
        for node in self.all().filter(|node| node.raw().name == TEXT) {
            out.push_str(&self.xml.strings[node.raw().from as usize..node.raw().to as usize]);
        }
        out
    }

    /// The text of all elements below named `name`, joined.
    pub fn texts(self, name: &str) -> String {
        self.descendants().filter(|node| node.name() == name).map(Node::text).collect()
    }
}

/// The text of a part, by byte order mark or declared encoding.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
            let label = head
                .split("encoding=")
                .nth(1)
                .and_then(|rest| rest.get(1..)?.split(['"', '\'']).next().map(str::to_string));
            let encoding = label
                .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
                .unwrap_or(encoding_rs::GB18030);
            encoding.decode(bytes).0
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_tree_without_prefixes() {
        let xml =
            Xml::parse(b"<w:p w:a='1'><w:r><w:t>A&amp;B&#x4e00;</w:t><w:t> c</w:t></w:r></w:p>")
                .unwrap();
        let p = xml.root().child("p").unwrap();
        assert_eq!(p.attr("a"), Some("1"));
        assert_eq!(p.texts("t"), "A&B一 c");
        assert_eq!(p.descendants().map(|n| n.name()).collect::<Vec<_>>(), ["r", "t", "t"]);
    }

    #[test]
    fn deep_and_cut_parts_are_errors() {
        let deep = "<a>".repeat(100_000);
        assert!(Xml::parse(deep.as_bytes()).unwrap_err().contains("嵌套过深"));
        assert!(Xml::parse(b"<a><b>").unwrap_err().contains("不完整"));
    }
}
