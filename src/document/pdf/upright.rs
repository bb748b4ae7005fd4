//! Characters as they stand on the page: a turned page made upright, doubles of fake bold dropped, the rest set aside.

use super::path::corners;
use crate::document::page::{Canvas, Glyph};
use hayro_interpret::kurbo::Rect;

/// How sure the text of a hidden layer is: a machine read it from the picture that is seen.
const HIDDEN: u8 = 90;
/// A base line that leans more than this (as a share of its length) is slanted.
const SLANT: f32 = 0.05;
/// Offsets under this share of the size are the second stroke of a fake bold.
const DOUBLE: f32 = 0.1;

/// A character as drawn: where its base line begins and how far it goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub c: char,
    /// Drawn with ink that is not seen.
    pub hidden: bool,
    /// Outside the clip path in force.
    pub cut: bool,
    pub x: f32,
    pub y: f32,
    pub step: [f32; 2],
    pub size: f32,
}

/// Which way a base line runs, in quarter turns clockwise on the page as seen; `None` if it is slanted.
fn turn(step: [f32; 2]) -> Option<usize> {
    let [x, y] = step;
    match () {
        () if y.abs() <= SLANT * x.abs() => Some(if x >= 0.0 { 0 } else { 2 }),
        () if x.abs() <= SLANT * y.abs() => Some(if y >= 0.0 { 1 } else { 3 }),
        () => None,
    }
}

/// Puts the characters and pictures on the canvas, turned so that most of the text is upright.
pub(super) fn stand(marks: Vec<Mark>, pictures: Vec<Rect>, canvas: &mut Canvas) {
    canvas.pictures = pictures.into_iter().map(corners).collect();
    let mut turns = [0usize; 4];
    for mark in marks.iter().filter(|mark| !mark.cut && !mark.c.is_whitespace()) {
        if let Some(turn) = turn(mark.step) {
            turns[turn] += 1;
        }
    }
    let most = (0..4).max_by_key(|&turn| (turns[turn], 4 - turn)).unwrap_or(0);
    if most != 0 {
        turn_back(canvas, most);
    }
    let (width, height) = (canvas.width, canvas.height);
    for mark in marks {
        let way = turn(mark.step).filter(|_| !mark.cut);
        let mark = turned(mark, most, width, height);
        let glyph = upright(&mark);
        let inside = glyph.x1 > 0.0 && glyph.x0 < width && glyph.bottom > 0.0 && glyph.top < height;
        match inside && way == Some(most) {
            true => canvas.glyphs.push(glyph),
            false => canvas.aside.push(glyph),
        }
    }
    drop_doubles(&mut canvas.glyphs);
}

/// A point of a page whose text runs in direction `turn`, on the page turned back; `width` and `height` are those of
/// the page turned back.
fn point(x: f32, y: f32, turn: usize, width: f32, height: f32) -> (f32, f32) {
    match turn {
        1 => (y, height - x),
        2 => (width - x, height - y),
        3 => (width - y, x),
        _ => (x, y),
    }
}

fn turned(mark: Mark, turn: usize, width: f32, height: f32) -> Mark {
    let (x, y) = point(mark.x, mark.y, turn, width, height);
    let (end_x, end_y) = point(mark.x + mark.step[0], mark.y + mark.step[1], turn, width, height);
    Mark { x, y, step: [end_x - x, end_y - y], ..mark }
}

/// Turns the page itself, its lines, areas and pictures.
fn turn_back(canvas: &mut Canvas, turn: usize) {
    if turn != 2 {
        std::mem::swap(&mut canvas.width, &mut canvas.height);
    }
    let (width, height) = (canvas.width, canvas.height);
    let turned = |area: &mut [f32; 4]| {
        let (ax, ay) = point(area[0], area[1], turn, width, height);
        let (bx, by) = point(area[2], area[3], turn, width, height);
        *area = [ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)];
    };
    canvas.fills.iter_mut().for_each(turned);
    canvas.pictures.iter_mut().for_each(turned);
    for rule in &mut canvas.rules {
        let mut area = match rule.horizontal {
            true => [rule.from, rule.at, rule.to, rule.at],
            false => [rule.at, rule.from, rule.at, rule.to],
        };
        turned(&mut area);
        rule.horizontal = area[2] - area[0] > area[3] - area[1];
        (rule.at, rule.from, rule.to) = match rule.horizontal {
            true => (area[1], area[0], area[2]),
            false => (area[0], area[1], area[3]),
        };
    }
}

fn upright(mark: &Mark) -> Glyph {
    let [x, y] = mark.step;
    let certainty = match mark.c {
        super::font::UNKNOWN => 0,
        _ if mark.hidden => HIDDEN,
        _ => 100,
    };
    // A slanted character keeps a box around its base line.
    let (x0, x1) = (mark.x.min(mark.x + x), mark.x.max(mark.x + x));
    let (high, low) = (mark.y.min(mark.y + y), mark.y.max(mark.y + y));
    let (top, bottom) = match x.abs() >= y.abs() {
        true => (mark.y - 0.88 * mark.size, mark.y + 0.12 * mark.size),
        false => (high, low),
    };
    let (x0, x1) = match x.abs() >= y.abs() {
        true => (x0, x1),
        false => (x0 - 0.5 * mark.size, x1 + 0.5 * mark.size),
    };
    Glyph { c: mark.c, x0, x1, top, bottom, size: mark.size, certainty }
}

/// Drops the second drawing of a character that was drawn twice to look bold.
fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    let mut order: Vec<u32> = (0..glyphs.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let (left, right) = (&glyphs[a as usize], &glyphs[b as usize]);
        left.c.cmp(&right.c).then(left.x0.total_cmp(&right.x0)).then(a.cmp(&b))
    });
    let mut doubled = vec![false; glyphs.len()];
    let mut any = false;
    for (place, &index) in order.iter().enumerate() {
        let glyph = &glyphs[index as usize];
        if doubled[index as usize] {
            continue;
        }
        let near = DOUBLE * glyph.size;
        for &other in &order[place + 1..] {
            let twin = &glyphs[other as usize];
            if twin.c != glyph.c || twin.x0 - glyph.x0 >= near {
                break;
            }
            if (twin.bottom - glyph.bottom).abs() < near && (twin.size - glyph.size).abs() < near {
                doubled[other.max(index) as usize] = true;
                any = true;
            }
        }
    }
    if any {
        let mut keep = doubled.iter().map(|double| !double);
        glyphs.retain(|_| keep.next().unwrap_or(true));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn mark(c: char, x: f32, y: f32, step: [f32; 2]) -> Mark {
        Mark { c, hidden: false, cut: false, x, y, step, size: 10.0 }
    }

    fn text(canvas: &Canvas) -> String {
        canvas.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    #[test]
    fn fake_bold_is_read_once() {
        let mut canvas = Canvas::new(1, 595.0, 842.0);
        let right = [5.0, 0.0];
        let marks = vec![
            mark('1', 100.0, 100.0, right),
            mark('1', 105.0, 100.0, right),
            mark('1', 100.3, 100.0, right),
            mark('1', 105.3, 100.2, right),
            mark('1', 101.5, 100.0, right),
        ];
        stand(marks, Vec::new(), &mut canvas);
        assert_eq!(text(&canvas), "111");
    }

    #[test]
    fn a_turned_page_is_made_upright() {
        let mut canvas = Canvas::new(1, 100.0, 200.0);
        canvas.rules.push(crate::document::page::Rule {
            horizontal: false,
            at: 30.0,
            from: 20.0,
            to: 180.0,
        });
        // Upwards on the left: 合 first at the bottom.
        let marks = vec![
            mark('合', 20.0, 150.0, [0.0, -10.0]),
            mark('计', 20.0, 140.0, [0.0, -10.0]),
            mark('印', 50.0, 50.0, [7.0, 7.0]),
        ];
        stand(marks, Vec::new(), &mut canvas);
        assert_eq!((canvas.width, canvas.height), (200.0, 100.0));
        assert_eq!(text(&canvas), "合计");
        assert_eq!(canvas.aside.len(), 1);
        let (first, second) = (canvas.glyphs[0], canvas.glyphs[1]);
        assert_eq!((first.x0, first.x1, second.x0), (50.0, 60.0, 60.0));
        assert!((first.bottom - (20.0 + 1.2)).abs() < 0.01, "{first:?}");
        let rule = canvas.rules[0];
        assert!(
            rule.horizontal && (rule.at, rule.from, rule.to) == (30.0, 20.0, 180.0),
            "{rule:?}"
        );
    }
}
