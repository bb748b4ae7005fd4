//! Paragraph styles: which are headings, which are lines of the contents, which carry a list.

use super::numbering::value;
use crate::document::xml::{Node, Xml};
use std::collections::HashMap;

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    num: Option<String>,
    level: Option<usize>,
}

/// The paragraph styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    /// Reads `word/styles.xml`.
    pub fn new(xml: &Xml) -> Self {
        let Some(root) = xml.top().and_then(|top| top.child("styles")) else {
            return Self::default();
        };
        let styles = root.children().filter(|node| node.name() == "style").map(|node| {
            let properties = node.child("pPr");
            let num = properties.and_then(|node| node.child("numPr"));
            let style = Style {
                name: value(node.child("name")).unwrap_or("").to_lowercase(),
                based_on: value(node.child("basedOn")).map(str::to_string),
                outline: outline(properties),
                num: value(num.and_then(|node| node.child("numId"))).map(str::to_string),
                level: value(num.and_then(|node| node.child("ilvl"))).and_then(|v| v.parse().ok()),
            };
            (node.attr("styleId").unwrap_or("").to_string(), style)
        });
        Self(styles.collect())
    }

    /// The style and those it is based on.
    fn chain<'s>(&'s self, id: &'s str) -> impl Iterator<Item = &'s Style> {
        let mut at = Some(id);
        std::iter::from_fn(move || {
            let style = self.0.get(at?)?;
            at = style.based_on.as_deref();
            Some(style)
        })
        .take(20)
    }

    /// Whether a paragraph of this style is a line of the contents.
    pub fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.name.starts_with("toc ") || style.name == "contents")
    }

    /// Whether the paragraph says it is a heading, by itself or by its style.
    pub fn is_heading(&self, id: &str, properties: Option<Node>) -> bool {
        let own = properties.filter(|node| node.child("outlineLvl").is_some());
        match own {
            Some(_) => outline(own).is_some(),
            None => self
                .chain(id)
                .find_map(|style| match style.outline {
                    Some(_) => Some(true),
                    None => style.name.starts_with("heading ").then_some(true),
                })
                .unwrap_or(false),
        }
    }

    /// List and level of the style.
    pub fn numbering(&self, id: &str) -> (Option<String>, Option<usize>) {
        match self.chain(id).find(|style| style.num.is_some()) {
            Some(style) => (style.num.clone(), style.level),
            None => (None, None),
        }
    }
}

fn outline(properties: Option<Node>) -> Option<u8> {
    let level: u8 = value(properties?.child("outlineLvl"))?.parse().ok()?;
    (level < 9).then_some(level)
}
