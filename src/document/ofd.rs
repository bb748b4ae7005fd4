//! OFD documents (GB/T 33190): text with positions and ruling lines, by the paths the package itself names.

mod page;

use super::container::{Container, resolve};
use super::page::{Canvas, flow};
use super::xml::{Node, Xml};
use super::{Builder, Document, Format, ReadOptions, Source};
use crate::error::{Error, Result};
use crate::finding::{Gap, GapKind};
use page::{Left, Painter, Resources};
use std::collections::HashMap;
use std::path::Path;

/// Most pages of one document.
const MAX_PAGES: usize = 5000;

/// Reads an OFD document.
///
/// # Errors
/// The package or its entry parts are damaged or encrypted.
pub fn read(path: &Path, bytes: &[u8], _options: &ReadOptions) -> Result<Document> {
    let mut container = Container::open(path, bytes)?;
    let mut builder = Builder::new(Source::new(path, Format::Ofd, bytes));
    let root = part(path, &mut container, "OFD.xml")?;
    if container.has("Encryptions.xml") || root.root().find("Encryptions").is_some() {
        return Err(Error::new(path, "OFD 已加密，无法读取 (encrypted OFD)"));
    }
    let mut pages = Vec::new();
    let mut left = Left::new();
    for body in root.root().descendants().filter(|node| node.name() == "DocRoot") {
        let name = resolve("OFD.xml", body.text().trim());
        document(path, &mut container, &name, &mut pages, &mut left, &mut builder)?;
    }
    if pages.is_empty() {
        return Err(Error::new(path, "OFD 没有页面 (no pages)"));
    }
    if left.is_spent() {
        let why = "OFD 内容过多，有内容未读 (more content than is read)".to_string();
        builder.gap(Gap { kind: GapKind::Unread, at: None, page: None, why });
    }
    builder.pages(pages.len() as u32);
    flow(pages, &mut builder);
    Ok(builder.finish())
}

fn part(path: &Path, container: &mut Container, name: &str) -> Result<Xml> {
    let bytes =
        container.get(name)?.ok_or_else(|| Error::new(path, "缺少部件 (missing part)").at(name))?;
    Xml::parse(&bytes).map_err(|why| Error::new(path, why).at(name))
}

/// A page or template with the box it is drawn on.
struct Sheet {
    xml: Xml,
    area: Option<[f32; 4]>,
}

fn document(
    path: &Path,
    container: &mut Container,
    name: &str,
    pages: &mut Vec<Canvas>,
    left: &mut Left,
    builder: &mut Builder,
) -> Result<()> {
    let xml = part(path, container, name)?;
    let Some(root) = xml.root().children().next() else { return Ok(()) };
    let common = root.child("CommonData");
    let area = common.and_then(|node| node.child("PageArea")).and_then(physical_box);
    let mut resources = Vec::new();
    for node in common.into_iter().flat_map(|node| node.children()) {
        if matches!(node.name(), "PublicRes" | "DocumentRes")
            && let Ok(xml) = part(path, container, &resolve(name, node.text().trim()))
        {
            resources.push(xml);
        }
    }
    let resources = Resources::new(&resources);
    let mut templates: HashMap<String, Sheet> = HashMap::new();
    let named = common.into_iter().flat_map(|node| node.children());
    for node in named.filter(|node| node.name() == "TemplatePage").take(1000) {
        let (Some(id), Some(place)) = (node.attr("ID"), node.attr("BaseLoc")) else { continue };
        if let Ok(xml) = part(path, container, &resolve(name, place)) {
            let area = xml.root().find("Area").and_then(physical_box);
            templates.insert(id.into(), Sheet { xml, area });
        }
    }
    let list = root.child("Pages").into_iter().flat_map(|node| node.children());
    for node in list.filter(|node| node.name() == "Page") {
        let number = pages.len() as u32 + 1;
        if pages.len() >= MAX_PAGES {
            return Err(Error::new(path, "页数过多 (too many pages)"));
        }
        let place = node.attr("BaseLoc").unwrap_or("");
        let xml = match part(path, container, &resolve(name, place)) {
            Ok(xml) => xml,
            Err(error) if error.message().contains("炸弹") => return Err(error),
            Err(error) => {
                let why = format!("第 {number} 页无法读取：{}", error.message());
                builder.gap(Gap { kind: GapKind::Unread, at: None, page: Some(number), why });
                pages.push(Canvas::new(number, 595.0, 842.0));
                continue;
            }
        };
        let Some(page) = xml.root().children().next() else { continue };
        let uses: Vec<(&Sheet, bool)> = page
            .children()
            .filter(|node| node.name() == "Template")
            .filter_map(|node| {
                let front = node.attr("ZOrder") == Some("Foreground");
                Some((templates.get(node.attr("TemplateID")?)?, front))
            })
            .collect();
        let own = page.child("Area").and_then(physical_box);
        let of_template = uses.iter().find_map(|(sheet, _)| sheet.area);
        let size = own.or(of_template).or(area).unwrap_or([0.0, 0.0, 210.0, 297.0]);
        let mut painter = Painter::new(number, size, left);
        for (sheet, _) in uses.iter().filter(|(_, front)| !front) {
            painter.draw(sheet.xml.root(), &resources);
        }
        painter.draw(page, &resources);
        for (sheet, _) in uses.iter().filter(|(_, front)| *front) {
            painter.draw(sheet.xml.root(), &resources);
        }
        let drawn = ["ImageObject", "PathObject"].iter().any(|name| page.find(name).is_some());
        if painter.canvas.glyphs.is_empty() && drawn {
            let why = format!("第 {number} 页没有文字，只有图形 (no text)");
            builder.gap(Gap { kind: GapKind::Unread, at: None, page: Some(number), why });
        }
        pages.push(painter.canvas);
    }
    Ok(())
}

fn physical_box(area: Node) -> Option<[f32; 4]> {
    let node = area.child("PhysicalBox")?;
    let numbers = page::numbers(&node.text());
    let area: [f32; 4] = numbers.try_into().ok()?;
    (area[2] > 0.0 && area[3] > 0.0).then_some(area)
}
