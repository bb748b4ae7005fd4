//! The lists of `word/numbering.xml`.

use crate::document::list::{LEVELS, Level, Num, Numbering};
use crate::document::xml::{Node, Xml};

/// Reads `word/numbering.xml`.
pub(super) fn read(xml: &Xml) -> Numbering {
    let mut out = Numbering::default();
    let Some(root) = xml.top().and_then(|top| top.child("numbering")) else { return out };
    for list in root.children().filter(|node| node.name() == "abstractNum") {
        let mut levels = vec![Level::default(); LEVELS];
        for node in list.children().filter(|node| node.name() == "lvl") {
            if let Some(slot) = level_index(node).and_then(|at| levels.get_mut(at)) {
                *slot = level(node);
            }
        }
        out.lists.insert(list.attr("abstractNumId").unwrap_or("").into(), levels);
    }
    for node in root.children().filter(|node| node.name() == "num") {
        let mut num =
            Num { list: value(node.child("abstractNumId")).unwrap_or("").into(), ..Num::default() };
        for over in node.children().filter(|node| node.name() == "lvlOverride") {
            let start = value(over.child("startOverride")).and_then(|v| v.parse().ok());
            if let Some(at) = level_index(over) {
                num.overrides.insert(at, (start, over.child("lvl").map(level)));
            }
        }
        out.nums.insert(node.attr("numId").unwrap_or("").into(), num);
    }
    out
}

fn level_index(node: Node) -> Option<usize> {
    node.attr("ilvl")?.parse().ok().filter(|at| *at < LEVELS)
}

fn level(node: Node) -> Level {
    Level {
        start: value(node.child("start")).and_then(|v| v.parse().ok()).unwrap_or(1),
        format: value(node.find("numFmt")).unwrap_or("decimal").into(),
        pattern: value(node.child("lvlText")).unwrap_or("").into(),
        legal: node.child("isLgl").is_some_and(on),
        blank: value(node.child("suff")) == Some("space"),
        style: value(node.child("pStyle")).map(str::to_string),
    }
}

/// The `val` attribute of an element.
pub(super) fn value<'a>(node: Option<Node<'a>>) -> Option<&'a str> {
    node?.attr("val")
}

/// Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on.
pub(super) fn on(node: Node) -> bool {
    !matches!(node.attr("val"), Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn lists_count_and_restart() {
        let xml = Xml::parse(
            "<w:numbering><w:abstractNum w:abstractNumId='0'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/><w:isLgl/></w:lvl>\
             </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>"
                .as_bytes(),
        )
        .unwrap();
        let mut numbering = read(&xml);
        assert_eq!(numbering.label("1", 0).unwrap(), "一、");
        assert_eq!(numbering.label("1", 1).unwrap(), "1.1 ");
        assert_eq!(numbering.label("1", 1).unwrap(), "1.2 ");
        assert_eq!(numbering.label("1", 0).unwrap(), "二、");
        assert_eq!(numbering.label("1", 1).unwrap(), "2.1 ");
        assert_eq!(numbering.label("2", 0).unwrap(), "五、");
        assert_eq!(numbering.label("2", 0).unwrap(), "六、");
        assert_eq!(numbering.label("9", 0), None);
    }
}
