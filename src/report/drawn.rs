//! The document as it was understood, drawn over its pages: what a bug report about layout needs.

use super::html::escape;
use crate::Report;
use crate::document::page::{Canvas, Glyph};
use crate::document::{BlockKind, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const STYLE: &str = include_str!("drawn.css");

/// A page of its own for the browser: each page with its characters and lines, and over them the blocks in reading
/// order, the cells with row and column, and the form of each table.
///
/// `pages` are what the reader saw; without them (formats that are no drawing) the characters of the text are drawn
/// where they came from.
pub fn render(report: &Report, pages: &[Canvas]) -> String {
    let document = &report.document;
    let mut over: BTreeMap<u32, String> = BTreeMap::new();
    for (order, block) in document.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Table(id) => table(report, id, order, &mut over),
            kind => {
                let class = format!("{kind:?}").to_lowercase();
                let class = class.split('(').next().unwrap_or_default().to_owned();
                mark(report, block.span, &class, &(order + 1).to_string(), &mut over);
            }
        }
    }
    let mut html = String::new();
    let title = escape(&document.source.path.display().to_string());
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
    );
    let _ = write!(html, "<p>{:?}</p><ul>", document.report);
    for gap in &document.gaps {
        let _ = write!(html, "<li>{}</li>", escape(&gap.why));
    }
    html.push_str("</ul>\n");
    let guessed;
    let pages = match pages {
        [] => {
            guessed = from_text(report);
            &guessed
        }
        pages => pages,
    };
    for canvas in pages {
        let (width, height) = (canvas.width, canvas.height);
        let _ = write!(
            html,
            "<h2 id=\"p{0}\">第 {0} 页</h2>\n<svg viewBox=\"0 0 {width:.1} {height:.1}\" width=\"{width:.0}pt\">",
            canvas.number
        );
        draw(canvas, &mut html);
        html.push_str(over.get(&canvas.number).map_or("", String::as_str));
        html.push_str("</svg>\n");
    }
    html.push_str("</body></html>\n");
    html
}

/// The boxes of the words of `span`, one a line of print, with their page.
fn lines(report: &Report, span: Span) -> Vec<(u32, [f32; 4])> {
    let origins = &report.document.origins;
    let first = origins.partition_point(|(at, _)| *at < span.start);
    let first = first
        .saturating_sub(usize::from(origins.get(first).is_none_or(|(at, _)| *at > span.start)));
    let mut out: Vec<(u32, [f32; 4])> = Vec::new();
    for (_, origin) in origins[first..].iter().take_while(|(at, _)| *at < span.end) {
        let (Some(page), Some(area)) = (origin.page, origin.bbox) else { continue };
        let middle = (area[1] + area[3]) / 2.0;
        match out.last_mut() {
            Some((last, line)) if *last == page && line[1] < middle && middle < line[3] => {
                *line = united(*line, area);
            }
            _ => out.push((page, area)),
        }
    }
    out
}

fn united(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn mark(report: &Report, span: Span, class: &str, label: &str, over: &mut BTreeMap<u32, String>) {
    for (index, (page, area)) in lines(report, span).into_iter().enumerate() {
        let svg = over.entry(page).or_default();
        outline(svg, class, area);
        if index == 0 {
            let _ = write!(
                svg,
                "<text class=\"label {class}\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                area[0],
                area[1] + 1.0,
                escape(label)
            );
        }
    }
}

fn outline(svg: &mut String, class: &str, area: [f32; 4]) {
    let [x0, y0, x1, y1] = area;
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{x0:.1}\" y=\"{y0:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
        x1 - x0,
        y1 - y0
    );
}

fn table(report: &Report, id: u32, order: usize, over: &mut BTreeMap<u32, String>) {
    let table = &report.document.tables[id as usize];
    let mut whole: BTreeMap<u32, [f32; 4]> = BTreeMap::new();
    for cell in &table.cells {
        let mut areas: BTreeMap<u32, [f32; 4]> = BTreeMap::new();
        for (page, area) in lines(report, cell.span) {
            areas.entry(page).and_modify(|all| *all = united(*all, area)).or_insert(area);
        }
        for (page, area) in areas {
            whole.entry(page).and_modify(|all| *all = united(*all, area)).or_insert(area);
            let spans = match (cell.rowspan, cell.colspan) {
                (1, 1) => String::new(),
                (rows, columns) => format!(" {rows}×{columns}"),
            };
            let head = if cell.row < table.header_rows { "cell head" } else { "cell" };
            let svg = over.entry(page).or_default();
            outline(svg, head, area);
            let _ = write!(
                svg,
                "<text class=\"label cell\" x=\"{:.1}\" y=\"{:.1}\">{},{}{spans}</text>",
                area[0],
                area[1] + 1.0,
                cell.row,
                cell.col
            );
        }
    }
    let shape = report.tables.iter().find(|shape| shape.tables.contains(&id));
    let form = shape.and_then(|shape| shape.form.as_ref()).map_or("?", |form| form.key.as_str());
    let title = table.title.map_or("", |span| report.document.slice(span));
    let name = format!(
        "{} 表 {id} {form} {}×{} {title} {}",
        order + 1,
        table.rows,
        table.cols,
        table.unit.as_deref().unwrap_or("")
    );
    for (page, [x0, y0, x1, y1]) in whole {
        let svg = over.entry(page).or_default();
        outline(svg, "table", [x0 - 2.0, y0 - 2.0, x1 + 2.0, y1 + 2.0]);
        let _ = write!(
            svg,
            "<text class=\"label table\" x=\"{x0:.1}\" y=\"{:.1}\">{}</text>",
            y0 - 4.0,
            escape(&name)
        );
    }
}

fn draw(canvas: &Canvas, html: &mut String) {
    let (width, height) = (canvas.width, canvas.height);
    outline(html, "paper", [0.0, 0.0, width, height]);
    canvas.fills.iter().for_each(|area| outline(html, "fill", *area));
    canvas.pictures.iter().for_each(|area| outline(html, "picture", *area));
    html.push_str("<path class=\"rule\" d=\"");
    for rule in &canvas.rules {
        let (at, from, to) = (rule.at, rule.from, rule.to);
        let _ = match rule.horizontal {
            true => write!(html, "M{from:.1} {at:.1}H{to:.1}"),
            false => write!(html, "M{at:.1} {from:.1}V{to:.1}"),
        };
    }
    html.push_str("\"/>");
    words(&canvas.glyphs, "", html);
    words(&canvas.aside, "aside", html);
}

/// Characters that follow each other on one base line as one element.
fn words(glyphs: &[Glyph], class: &str, html: &mut String) {
    let alike = |a: &Glyph, b: &Glyph| {
        a.bottom == b.bottom && a.size == b.size && a.certainty == b.certainty
    };
    for run in glyphs.chunk_by(alike) {
        let Some(first) = run.first() else { continue };
        let sure = if first.certainty < 100 { "unsure" } else { "" };
        let _ = write!(
            html,
            "<text class=\"{class} {sure}\" font-size=\"{:.1}\" y=\"{:.1}\" x=\"",
            first.size,
            first.bottom - 0.12 * first.size
        );
        for glyph in run {
            let _ = write!(html, "{:.1} ", glyph.x0);
        }
        html.push_str("\">");
        let text: String =
            run.iter().map(|glyph| if glyph.c.is_whitespace() { ' ' } else { glyph.c }).collect();
        html.push_str(&escape(&text));
        html.push_str("</text>");
    }
}

/// Pages made of the text itself.
fn from_text(report: &Report) -> Vec<Canvas> {
    let document = &report.document;
    let mut pages: BTreeMap<u32, Canvas> = BTreeMap::new();
    let ends = document.origins.iter().skip(1).map(|(at, _)| *at);
    let ends = ends.chain([document.text.len() as u32]);
    for ((start, origin), end) in document.origins.iter().zip(ends) {
        let (Some(page), Some([x0, top, x1, bottom])) = (origin.page, origin.bbox) else {
            continue;
        };
        let canvas = pages.entry(page).or_insert_with(|| Canvas::new(page, 0.0, 0.0));
        canvas.width = canvas.width.max(x1 + 40.0);
        canvas.height = canvas.height.max(bottom + 40.0);
        let text = document.slice(Span { start: *start, end }).trim_end();
        let step = (x1 - x0) / text.chars().count().max(1) as f32;
        for (index, c) in text.chars().enumerate() {
            let x0 = x0 + step * index as f32;
            let size = bottom - top;
            canvas.glyphs.push(Glyph { c, x0, x1: x0 + step, top, bottom, size, certainty: 100 });
        }
    }
    pages.into_values().collect()
}
