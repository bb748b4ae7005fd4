//! Ruling lines and filled areas out of paths: strokes, thin boxes, edges of boxes, dashes made of many pieces.

use crate::document::page::{Canvas, Rule};
use hayro_interpret::DrawMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

/// A box thinner than this is a line.
const THIN: f64 = 3.0;
/// How far a line may lean and still run along an axis.
const LEAN: f64 = 0.6;
/// Lines of the same direction nearer than this are one.
const TOGETHER: f32 = 0.7;
/// Pieces of a line with a smaller space between them are one line.
const SPACE: f32 = 2.5;
/// Pieces shorter than this are dashes and dots, which may stand further apart.
const DASH: f32 = 8.0;
/// A line shorter than this, when all pieces are joined, is the edge of a sign.
const SHORTEST: f32 = 4.0;
/// More lines than any page of a report has.
const MOST_LINES: usize = 200_000;

/// The lines and areas of a page as they are drawn.
#[derive(Default)]
pub(super) struct Lines {
    rules: Vec<Rule>,
    /// White lines: seen only on a coloured area.
    pale: Vec<Rule>,
    fills: Vec<Rect>,
}

impl Lines {
    /// Adds a path; curves are no ruling lines.
    pub fn path(
        &mut self,
        path: &BezPath,
        place: Affine,
        mode: &DrawMode,
        clip: Option<Rect>,
        white: bool,
    ) {
        if self.rules.len() + self.fills.len() > MOST_LINES {
            return;
        }
        let width = match mode {
            DrawMode::Stroke(stroke) => Some(f64::from(stroke.line_width) * scale(place)),
            DrawMode::Fill(_) => None,
            DrawMode::FillAndStroke(..) | DrawMode::Invisible => return,
        };
        let mut corners: Vec<Point> = Vec::with_capacity(8);
        let mut curved = false;
        let elements = path.elements();
        for (index, element) in elements.iter().enumerate() {
            match *element {
                PathEl::MoveTo(to) => {
                    self.contour(&corners, curved, width, clip, white);
                    corners.clear();
                    corners.push(place * to);
                    curved = false;
                }
                PathEl::LineTo(to) => corners.push(place * to),
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    // A break: what stands before and after are lines of their own.
                    if width.is_some() {
                        self.contour(&corners, false, width, clip, white);
                        corners.clear();
                    }
                    corners.push(place * to);
                    curved = true;
                }
                PathEl::ClosePath => {
                    if let (Some(&first), false) = (corners.first(), curved) {
                        corners.push(first);
                    }
                }
            }
            if index + 1 == elements.len() {
                self.contour(&corners, curved, width, clip, white);
            }
        }
    }

    /// Adds a box.
    pub fn rect(
        &mut self,
        rect: Rect,
        place: Affine,
        mode: &DrawMode,
        clip: Option<Rect>,
        white: bool,
    ) {
        let [_, b, c, ..] = place.as_coeffs();
        let [a, d] = [place.as_coeffs()[0], place.as_coeffs()[3]];
        let square = (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0);
        if square && matches!(mode, DrawMode::Fill(_)) {
            return self.fill(place.transform_rect_bbox(rect), clip, white);
        }
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
            Point::new(rect.x0, rect.y0),
        ];
        let corners = corners.map(|corner| place * corner);
        match mode {
            DrawMode::Stroke(stroke) => {
                let width = f64::from(stroke.line_width) * scale(place);
                self.contour(&corners, false, Some(width), clip, white);
            }
            DrawMode::Fill(_) => self.contour(&corners, false, None, clip, white),
            DrawMode::FillAndStroke(..) | DrawMode::Invisible => {}
        }
    }

    /// A line of corners, stroked with `width` or filled.
    fn contour(
        &mut self,
        corners: &[Point],
        curved: bool,
        width: Option<f64>,
        clip: Option<Rect>,
        white: bool,
    ) {
        if corners.len() < 2 || corners.iter().any(|corner| !corner.is_finite()) {
            return;
        }
        let Some(width) = width else {
            let along = |pair: &[Point]| {
                (pair[0].x - pair[1].x).abs() < LEAN || (pair[0].y - pair[1].y).abs() < LEAN
            };
            // Only boxes and bars are areas; a sign drawn as an outline is none. Browsers draw the borders of cells
            // as bars with slanting ends.
            let area = bounds(corners);
            let bar = area.width().min(area.height()) < THIN;
            if !curved && corners.len() <= 14 && (bar || corners.windows(2).all(along)) {
                self.fill(area, clip, white);
            }
            return;
        };
        for pair in corners.windows(2) {
            let line = Rect::from_points(pair[0], pair[1]);
            if line.width() < LEAN && line.height() < LEAN {
                continue;
            }
            if line.width().min(line.height()) < LEAN {
                let half = width / 2.0;
                match (width >= THIN, line.width() > line.height()) {
                    (false, _) => self.line(line, clip, white),
                    // A broad stroke is a bar.
                    (true, true) => self.fill(line.inflate(0.0, half), clip, white),
                    (true, false) => self.fill(line.inflate(half, 0.0), clip, white),
                }
            }
        }
    }

    fn fill(&mut self, area: Rect, clip: Option<Rect>, white: bool) {
        if area.is_finite() && !self.thin(area, white) && !white {
            let area = clip.map_or(area, |clip| area.intersect(clip));
            if area.width() > THIN && area.height() > THIN {
                self.fills.push(area);
            }
        }
    }

    /// Adds a thin box as a line; whether it was one.
    pub fn thin(&mut self, area: Rect, white: bool) -> bool {
        let (width, height) = (area.width(), area.height());
        if width.min(height) >= THIN {
            return false;
        }
        // Of a dot nobody knows the direction; it fills the space of its neighbours.
        if width.max(height) >= THIN || width.max(height) > 1.5 * width.min(height) {
            self.line(area, None, white);
        }
        true
    }

    fn line(&mut self, line: Rect, clip: Option<Rect>, white: bool) {
        let line = match clip {
            // A clip as thin as the line it shows may miss its middle by a hair.
            Some(clip) => {
                let seen = clip.inflate(1.0, 1.0);
                if line.x1 < seen.x0 || line.x0 > seen.x1 || line.y1 < seen.y0 || line.y0 > seen.y1
                {
                    return;
                }
                line.intersect(seen)
            }
            None => line,
        };
        let center = line.center();
        let rule = match line.width() > line.height() {
            true => Rule {
                horizontal: true,
                at: center.y as f32,
                from: line.x0 as f32,
                to: line.x1 as f32,
            },
            false => Rule {
                horizontal: false,
                at: center.x as f32,
                from: line.y0 as f32,
                to: line.y1 as f32,
            },
        };
        if white { self.pale.push(rule) } else { self.rules.push(rule) }
    }

    /// Hands lines and areas over, pieces joined.
    pub fn finish(mut self, canvas: &mut Canvas) {
        for rule in self.pale.into_iter().take(20_000) {
            let middle = f64::from((rule.from + rule.to) / 2.0);
            let at = f64::from(rule.at);
            let middle = match rule.horizontal {
                true => Point::new(middle, at),
                false => Point::new(at, middle),
            };
            if self.fills.iter().rev().take(2000).any(|fill| fill.contains(middle)) {
                self.rules.push(rule);
            }
        }
        canvas.rules = joined(self.rules);
        canvas.fills = self.fills.into_iter().map(corners).collect();
    }
}

/// Left, top, right, bottom.
pub(super) fn corners(area: Rect) -> [f32; 4] {
    [area.x0 as f32, area.y0 as f32, area.x1 as f32, area.y1 as f32]
}

fn bounds(points: &[Point]) -> Rect {
    let first = Rect::from_points(points[0], points[0]);
    points.iter().fold(first, |area, point| area.union_pt(*point))
}

/// How much longer a line gets by `place`.
fn scale(place: Affine) -> f64 {
    place.determinant().abs().sqrt()
}

/// Pieces of one line as one line: `— — —` and the sides of neighbouring cells.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.retain(|rule| rule.at.is_finite() && rule.from.is_finite() && rule.to.is_finite());
    rules.sort_by(|a, b| {
        a.horizontal.cmp(&b.horizontal).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from))
    });
    let mut out: Vec<Rule> = Vec::with_capacity(rules.len());
    let mut start = 0;
    while start < rules.len() {
        let first = rules[start];
        let near =
            |rule: &Rule| rule.horizontal == first.horizontal && rule.at - first.at < TOGETHER;
        let end = start + rules[start..].iter().take_while(|rule| near(rule)).count();
        let level = &mut rules[start..end];
        level.sort_by(|a, b| a.from.total_cmp(&b.from));
        // The line lies where its longest piece lies.
        let mut open = level[0];
        let (mut longest, mut last) = (open.to - open.from, open.to - open.from);
        for piece in &level[1..] {
            let length = piece.to - piece.from;
            let dashes = last < DASH && length < DASH;
            let space = if dashes { SPACE.max(1.5 * last.max(length)) } else { SPACE };
            if piece.from - open.to <= space {
                open.to = open.to.max(piece.to);
                if length > longest {
                    (longest, open.at) = (length, piece.at);
                }
            } else {
                out.push(open);
                open = *piece;
                longest = length;
            }
            last = length;
        }
        out.push(open);
        start = end;
    }
    out.retain(|rule| rule.to - rule.from >= SHORTEST);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(horizontal: bool, at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal, at, from, to }
    }

    #[test]
    fn dashes_and_cell_sides_are_one_line() {
        let dashes =
            (0..20).map(|i| rule(true, 100.0, 50.0 + 6.0 * i as f32, 53.0 + 6.0 * i as f32));
        assert_eq!(joined(dashes.collect()), [rule(true, 100.0, 50.0, 167.0)]);
        let sides = vec![
            rule(false, 50.0, 20.0, 40.0),
            rule(false, 50.2, 40.5, 60.0),
            rule(false, 50.0, 100.0, 120.0),
        ];
        assert_eq!(joined(sides), [rule(false, 50.0, 20.0, 60.0), rule(false, 50.0, 100.0, 120.0)]);
    }

    #[test]
    fn a_box_filled_thin_is_a_line() {
        let mut lines = Lines::default();
        let fill = DrawMode::Fill(hayro_interpret::FillRule::NonZero);
        lines.rect(Rect::new(10.0, 20.0, 200.0, 20.5), Affine::IDENTITY, &fill, None, false);
        lines.rect(Rect::new(10.0, 20.0, 200.0, 40.0), Affine::IDENTITY, &fill, None, false);
        lines.rect(Rect::new(10.0, 20.0, 200.0, 40.0), Affine::IDENTITY, &fill, None, true);
        let mut canvas = Canvas::new(1, 595.0, 842.0);
        lines.finish(&mut canvas);
        assert_eq!(canvas.rules, [rule(true, 20.25, 10.0, 200.0)]);
        assert_eq!(canvas.fills, [[10.0, 20.0, 200.0, 40.0]]);
    }
}
