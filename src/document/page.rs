//! A page as drawn: characters with their boxes and ruling lines, whatever drew them (PDF, OFD, a recognised picture).
//!
//! All coordinates are points (1/72 inch) from the top left corner of the page as it is seen, y downwards.

mod columns;
mod continued;
mod furniture;
mod grid;
mod lattice;
mod line;
mod paragraph;
mod piece;
mod rule;
mod seam;
mod shading;
#[cfg(test)]
mod tests;
mod wrapped;

use super::Builder;
use grid::Grid;
use line::Line;
use paragraph::is_leader;

/// A character where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character.
    pub c: char,
    /// Left edge of its advance.
    pub x0: f32,
    /// Right edge of its advance.
    pub x1: f32,
    /// Top of the em box.
    pub top: f32,
    /// Bottom of the em box, 0.12 em under the base line.
    pub bottom: f32,
    /// Height of the em.
    pub size: f32,
    /// 0 to 100: how sure the reading is; 100 where a text layer says it.
    pub certainty: u8,
}

/// An axis-parallel ruling line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// y of a horizontal line, x of a vertical one.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
}

/// What is drawn on a page.
#[derive(Debug, Clone, Default)]
pub struct Canvas {
    /// 1-based page.
    pub number: u32,
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// Upright characters inside the page, in the order drawn.
    pub glyphs: Vec<Glyph>,
    /// Characters that are no part of the running text: off the page, slanted (watermarks), or cut off by a
    /// clip path.
    pub aside: Vec<Glyph>,
    /// Ruling lines: strokes and thin fills.
    pub rules: Vec<Rule>,
    /// Filled areas as left, top, right, bottom: cell shading.
    pub fills: Vec<[f32; 4]>,
    /// Pictures as left, top, right, bottom.
    pub pictures: Vec<[f32; 4]>,
}

impl Canvas {
    /// A blank page.
    pub fn new(number: u32, width: f32, height: f32) -> Self {
        Self { number, width, height, ..Self::default() }
    }
}

/// A line outside tables, or a table.
#[derive(Debug)]
enum Body {
    Line(Line),
    Table(Grid),
}

/// A part of a page.
#[derive(Debug)]
struct Element {
    body: Body,
    /// Whether it is no part of the running text.
    furniture: bool,
}

impl Element {
    fn new(body: Body) -> Self {
        Self { body, furniture: false }
    }

    fn furniture(line: Line) -> Self {
        Self { body: Body::Line(line), furniture: true }
    }

    fn line(&self) -> Option<&Line> {
        match &self.body {
            Body::Line(line) => Some(line),
            Body::Table(_) => None,
        }
    }

    fn bbox(&self) -> [f32; 4] {
        match &self.body {
            Body::Line(line) => line.bbox,
            Body::Table(grid) => grid.bbox(),
        }
    }
}

/// What stands on a page, in reading order.
#[derive(Debug)]
struct Sheet {
    number: u32,
    width: f32,
    height: f32,
    elements: Vec<Element>,
}

impl Sheet {
    fn read(page: &Canvas) -> Self {
        let rules = rule::straighten(&page.rules);
        let (mut lattices, _) = lattice::lattices(&rules);
        shading::add(&mut lattices, &page.fills);
        let (grids, around) = grid::fill(page, lattices, piece::pieces(&page.glyphs));
        let lines = columns::tables(line::lines(page.number, around, &page.glyphs));
        let bodies = lines.into_iter().chain(grids.into_iter().map(Body::Table));
        let mut elements: Vec<Element> = bodies.map(Element::new).collect();
        elements.sort_by(|a, b| a.bbox()[1].total_cmp(&b.bbox()[1]));
        let aside = page.aside.iter().filter(|glyph| {
            (0.0..page.width).contains(&glyph.x0) && (0.0..page.height).contains(&glyph.bottom)
        });
        let aside: Vec<Glyph> = aside.copied().collect();
        let beside = line::lines(page.number, piece::pieces(&aside), &aside);
        elements.extend(beside.into_iter().map(Element::furniture));
        Self { number: page.number, width: page.width, height: page.height, elements }
    }

    /// The element's line, if it is one of the running text.
    fn line(&self, index: usize) -> Option<&Line> {
        self.elements.get(index).filter(|element| !element.furniture)?.line()
    }

    /// The lines of the running text.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.elements.iter().filter(|element| !element.furniture).filter_map(Element::line)
    }

    /// Where the running text and the tables of the page end.
    fn floor(&self) -> f32 {
        let body = self.elements.iter().filter(|element| !element.furniture);
        body.map(|element| element.bbox()[3]).fold(0.0, f32::max)
    }
}

/// Hands the pages over as paragraphs, tables and page furniture.
pub fn flow(pages: Vec<Canvas>, builder: &mut Builder) {
    let mut sheets: Vec<Sheet> = pages.iter().map(Sheet::read).collect();
    drop(pages);
    furniture::mark(&mut sheets);
    let bodies = paragraph::measure(&sheets);
    paragraph::hand_over(continued::join(sheets), &bodies, builder);
}
