//! One page as drawn: characters with their boxes, and ruling lines, in points from the top left corner.

use crate::document::page::{Canvas, Glyph, Rule};
use crate::document::xml::{Node, Xml};
use std::collections::HashMap;

/// Millimetres to points.
const POINTS: f32 = 72.0 / 25.4;
/// More characters than any page of a report has.
const MOST_GLYPHS: usize = 200_000;
/// More ruling lines than any page has.
const MOST_RULES: usize = 60_000;
/// Deepest nesting of blocks and composite objects.
const MAX_DEPTH: usize = 12;

/// Composite objects by their id.
pub(super) struct Resources<'x>(HashMap<&'x str, Node<'x>>);

impl<'x> Resources<'x> {
    pub fn new(parts: &'x [Xml]) -> Self {
        let units = parts.iter().flat_map(|xml| xml.root().descendants());
        let units = units.filter(|node| node.name() == "CompositeGraphicUnit");
        Self(units.filter_map(|node| Some((node.attr("ID")?, node))).collect())
    }
}

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy)]
struct Affine([f32; 6]);

impl Affine {
    fn at(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    fn apply(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// First `inner`, then this.
    fn of(self, inner: Self) -> Self {
        let [a, b, c, d, _, _] = self.0;
        let [p, q, r, s, t, u] = inner.0;
        let (e, f) = self.apply(t, u);
        Self([a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, e, f])
    }

    fn height(self) -> f32 {
        self.0[2].hypot(self.0[3])
    }
}

/// The numbers of an attribute such as `Boundary="5 5 18 8.844"`.
pub(super) fn numbers(text: &str) -> Vec<f32> {
    text.split([' ', ',', '\t', '\n', '\r'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f32>().ok().filter(|v| v.is_finite()).unwrap_or(0.0))
        .collect()
}

/// `g 7 3.175 2` is seven times 3.175, then 2.
fn deltas(text: &str, most: usize) -> Vec<f32> {
    let mut out = Vec::new();
    let mut parts = text.split_whitespace();
    let number = |part: Option<&str>| part.and_then(|p| p.parse::<f32>().ok()).unwrap_or(0.0);
    while let Some(part) = parts.next() {
        if out.len() >= most {
            break;
        }
        if part == "g" {
            let count = number(parts.next()).clamp(0.0, most as f32) as usize;
            let value = number(parts.next());
            out.extend(std::iter::repeat_n(value, count.min(most - out.len())));
        } else {
            out.push(number(Some(part)));
        }
    }
    out
}

/// Draws the objects of an OFD page on a canvas.
pub(super) struct Painter<'l> {
    pub canvas: Canvas,
    origin: [f32; 2],
    left: &'l mut Left,
}

/// What all pages together may still draw: templates and composite objects repeat what a small file holds once.
pub(super) struct Left {
    glyphs: usize,
    rules: usize,
    objects: usize,
}

impl Left {
    pub fn new() -> Self {
        Self { glyphs: 1_000_000, rules: 1_000_000, objects: 1_000_000 }
    }

    /// Whether something had to be left out.
    pub fn is_spent(&self) -> bool {
        self.glyphs == 0 || self.rules == 0 || self.objects == 0
    }
}

impl<'l> Painter<'l> {
    /// A blank page `number`; `area` is left, top, width and height in millimetres.
    pub fn new(number: u32, area: [f32; 4], left: &'l mut Left) -> Self {
        let [x, y, width, height] = area;
        Self { canvas: Canvas::new(number, width * POINTS, height * POINTS), origin: [x, y], left }
    }

    /// Draws the layers of a page or template.
    pub fn draw(&mut self, sheet: Node, resources: &Resources) {
        let content = match sheet.name() {
            "Page" => sheet.child("Content"),
            _ => sheet.find("Content"),
        };
        if let Some(content) = content {
            self.objects(content, Affine::at(-self.origin[0], -self.origin[1]), resources, 0);
        }
    }

    fn objects(&mut self, parent: Node, outer: Affine, resources: &Resources, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for node in parent.children() {
            if self.canvas.glyphs.len() > MOST_GLYPHS || self.left.objects == 0 {
                return;
            }
            self.left.objects -= 1;
            if matches!(node.attr("Visible"), Some("false" | "0")) {
                continue;
            }
            match node.name() {
                "Layer" | "PageBlock" => self.objects(node, outer, resources, depth + 1),
                "TextObject" => self.text(node, outer),
                "PathObject" if self.canvas.rules.len() < MOST_RULES && self.left.rules > 0 => {
                    let before = self.canvas.rules.len();
                    self.path(node, outer);
                    let drawn = self.canvas.rules.len() - before;
                    self.left.rules = self.left.rules.saturating_sub(drawn);
                }
                "CompositeObject" => {
                    let unit = node.attr("ResourceID").and_then(|id| resources.0.get(id));
                    if let Some(content) = unit.and_then(|unit| unit.child("Content")) {
                        self.objects(content, outer.of(local(node)), resources, depth + 4);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, node: Node, outer: Affine) {
        let place = outer.of(local(node));
        let size = node.attr("Size").and_then(|v| v.parse().ok()).unwrap_or(3.0f32).abs();
        let stretch = node.attr("HScale").and_then(|v| v.parse().ok()).unwrap_or(1.0f32);
        let (mut x, mut y) = (0.0, 0.0);
        for code in node.children().filter(|node| node.name() == "TextCode") {
            let number = |name| code.attr(name).and_then(|v| v.parse::<f32>().ok());
            (x, y) = (number("X").unwrap_or(x), number("Y").unwrap_or(y));
            let text: Vec<char> =
                code.text().chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
            let step_x = deltas(code.attr("DeltaX").unwrap_or(""), text.len());
            let step_y = deltas(code.attr("DeltaY").unwrap_or(""), text.len());
            let (mut at_x, mut at_y) = (x, y);
            for (index, c) in text.iter().enumerate() {
                let natural = size * stretch * if (*c as u32) < 0x2000 { 0.5 } else { 1.0 };
                let step = step_x.get(index).copied();
                let moves_down = step_y.get(index).is_some_and(|v| *v != 0.0);
                let ink = match step {
                    Some(step) if step > 0.0 => step.min(size * stretch),
                    _ => natural,
                };
                self.glyph(*c, at_x, at_y, ink, size, place);
                at_x += match step {
                    Some(step) => step,
                    None if moves_down => 0.0,
                    None if step_x.is_empty() && step_y.is_empty() => natural,
                    // The last distance given goes on, as viewers do.
                    None => step_x.last().copied().unwrap_or(0.0),
                };
                at_y += step_y.get(index).copied().unwrap_or(0.0);
            }
        }
    }

    fn glyph(&mut self, c: char, x: f32, y: f32, ink: f32, size: f32, place: Affine) {
        let (x0, base) = place.apply(x, y);
        let (x1, _) = place.apply(x + ink, y);
        let size = size * place.height() * POINTS;
        let (x0, x1, base) = (x0 * POINTS, x1 * POINTS, base * POINTS);
        let (top, bottom) = (base - 0.88 * size, base + 0.12 * size);
        let glyph = Glyph { c, x0: x0.min(x1), x1: x0.max(x1), top, bottom, size, certainty: 100 };
        // What stands off the page is not printed.
        let inside = (-size..self.canvas.width + size).contains(&x0)
            && top < self.canvas.height
            && bottom > 0.0;
        if inside && self.left.glyphs > 0 && [x0, x1, base, size].iter().all(|v| v.is_finite()) {
            self.left.glyphs -= 1;
            self.canvas.glyphs.push(glyph);
        }
    }

    /// Straight lines of a path; a thin filled box is a line too.
    fn path(&mut self, node: Node, outer: Affine) {
        let place = outer.of(local(node));
        let yes =
            |name, default: bool| node.attr(name).map_or(default, |v| v == "true" || v == "1");
        let (stroke, fill) = (yes("Stroke", true), yes("Fill", false));
        let data = node.child("AbbreviatedData").map(Node::text).unwrap_or_default();
        let mut segments = Vec::new();
        let mut parts = data.split([' ', ',', '\n', '\r', '\t']).filter(|p| !p.is_empty());
        let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
        while let Some(operator) = parts.next() {
            let count = match operator {
                "M" | "S" | "L" => 2,
                "Q" => 4,
                "B" => 6,
                "A" => 7,
                "C" => 0,
                _ => continue,
            };
            let values: Vec<f32> =
                parts.by_ref().take(count).map(|p| p.parse().unwrap_or(0.0)).collect();
            let to = match values[..] {
                [.., x, y] if values.len() == count => (x, y),
                _ => start,
            };
            match operator {
                "M" | "S" => start = to,
                "L" | "C" => segments.push((at, to)),
                _ => {}
            }
            at = to;
            if segments.len() > MOST_RULES {
                return;
            }
        }
        let points: Vec<(f32, f32)> = segments
            .iter()
            .flat_map(|(a, b)| [*a, *b])
            .map(|(x, y)| place.apply(x, y))
            .map(|(x, y)| (x * POINTS, y * POINTS))
            .collect();
        let bounds = |get: fn(&(f32, f32)) -> f32| {
            let values = points.iter().map(get);
            (values.clone().fold(f32::MAX, f32::min), values.fold(f32::MIN, f32::max))
        };
        let ((left, right), (top, bottom)) = (bounds(|p| p.0), bounds(|p| p.1));
        if fill && !points.is_empty() && (right - left < 2.0 || bottom - top < 2.0) {
            let horizontal = right - left > bottom - top;
            let (middle_x, middle_y) = ((left + right) / 2.0, (top + bottom) / 2.0);
            return self.canvas.rules.push(match horizontal {
                true => Rule { horizontal, at: middle_y, from: left, to: right },
                false => Rule { horizontal, at: middle_x, from: top, to: bottom },
            });
        }
        if !stroke {
            return;
        }
        for pair in points.chunks_exact(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            if (y0 - y1).abs() < 0.5 && (x0 - x1).abs() > 1.0 {
                let (from, to) = (x0.min(x1), x0.max(x1));
                self.canvas.rules.push(Rule { horizontal: true, at: (y0 + y1) / 2.0, from, to });
            } else if (x0 - x1).abs() < 0.5 && (y0 - y1).abs() > 1.0 {
                let (from, to) = (y0.min(y1), y0.max(y1));
                self.canvas.rules.push(Rule { horizontal: false, at: (x0 + x1) / 2.0, from, to });
            }
        }
    }
}

/// From the coordinates inside an object to those around it.
fn local(node: Node) -> Affine {
    let boundary = numbers(node.attr("Boundary").unwrap_or(""));
    let outer = Affine::at(
        boundary.first().copied().unwrap_or(0.0),
        boundary.get(1).copied().unwrap_or(0.0),
    );
    match <[f32; 6]>::try_from(numbers(node.attr("CTM").unwrap_or(""))) {
        Ok(matrix) => outer.of(Affine(matrix)),
        Err(_) => outer,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn canvas(xml: &str) -> Canvas {
        let xml = Xml::parse(xml.as_bytes()).unwrap();
        let mut left = Left::new();
        let mut painter = Painter::new(1, [0.0, 0.0, 210.0, 297.0], &mut left);
        painter.draw(xml.root().child("Page").unwrap(), &Resources::new(&[]));
        painter.canvas
    }

    #[test]
    fn distances_and_repeats() {
        assert_eq!(deltas("g 3 2.5 1", 10), [2.5, 2.5, 2.5, 1.0]);
        assert_eq!(deltas("g 99999999999 1", 4), [1.0; 4]);
        let canvas = canvas(
            "<Page><Content><Layer><TextObject Boundary='10 20 50 10' Size='5' CTM='2 0 0 2 1 1'>\
             <TextCode X='0' Y='4' DeltaX='g 1 5 2.5'>合1元</TextCode></TextObject></Layer></Content></Page>",
        );
        let left: Vec<f32> = canvas.glyphs.iter().map(|g| g.x0 / POINTS).collect();
        assert!(left.iter().zip([11.0, 21.0, 26.0]).all(|(a, b)| (a - b).abs() < 0.01), "{left:?}");
        let base = canvas.glyphs[0].bottom / POINTS - 0.12 * 10.0;
        assert!((base - 29.0).abs() < 0.01, "{base}");
    }

    #[test]
    fn strokes_and_thin_boxes_are_rules() {
        let canvas = canvas(
            "<Page><Content><Layer><PathObject Boundary='10 20 50 10'><AbbreviatedData>M 0 0 L 50 0 L 50 10 C\
             </AbbreviatedData></PathObject><PathObject Boundary='10 40 50 0.3' Stroke='false' Fill='true'>\
             <AbbreviatedData>M 0 0 L 50 0 L 50 0.3 L 0 0.3 C</AbbreviatedData></PathObject></Layer></Content></Page>",
        );
        let kinds: Vec<bool> = canvas.rules.iter().map(|rule| rule.horizontal).collect();
        assert_eq!(kinds, [true, false, true]);
    }
}
