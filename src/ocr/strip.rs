//! Lines of words cut out of the page with a margin and scaled to the height the network knows.

use super::detect::Rect;
use super::net::{LINE, STEP};
use super::picture::{Picture, Plane};
use super::rules::Line;

/// Margin above and below the ink, as a share of the line's height.
const ABOVE: f32 = 0.16;
/// Margin left and right of the ink, as a share of the line's height.
const BESIDE: f32 = 0.3;
/// A line lower than this share of the em has digits only.
const DIGITS: f32 = 0.88;
/// Digits are drawn out: two zeros side by side must not fall into one step of the network.
const STRETCH: f32 = 1.4;
/// The longest line that is read in one piece, in columns.
const LONGEST: usize = 6400;
/// That room above and below, and on either side, as shares of the height.
const ROOM: (f32, f32) = (0.4, 2.0);
/// What of the surroundings is kept with the sign, in pixels.
const EDGE: i32 = 2;

/// How a line is cut out: margins above, below and beside its ink as shares of its height, and how far it is drawn out.
#[derive(Clone, Copy)]
pub struct Cut {
    above: f32,
    beside: f32,
    stretch: f32,
}

/// The first look at a line.
pub const FIRST_LOOK: Cut = Cut { above: ABOVE, beside: BESIDE, stretch: 1.0 };
/// Further looks at a figure, with more room, drawn out a little more or less, so that the steps fall on other places.
pub const LOOKS: [Cut; 2] = [
    Cut { above: 0.3, beside: 0.45, stretch: 1.12 },
    Cut { above: 0.22, beside: 0.35, stretch: 0.9 },
];

/// A line cut out and scaled.
pub struct Strip {
    /// As high as the network takes it.
    pub plane: Plane,
    /// The line's box.
    pub rect: Rect,
    /// The column of the page where it begins.
    pub left: f32,
    /// How much larger it is than the page.
    pub scale: f32,
}

/// The page that lines are cut out of.
pub struct Page<'a> {
    /// Set upright, without its ruling lines.
    pub picture: &'a Picture,
    /// The ruling lines.
    pub rules: &'a [Line],
    /// The height of its characters in pixels.
    pub em: f32,
}

impl Page<'_> {
    /// The line at `rect`.
    pub fn cut(&self, rect: Rect, cut: Cut) -> Strip {
        let [left, top, right, bottom] = rect;
        // A dash alone is not blown up to a bar.
        let height = (bottom - top).max(self.em * 0.7);
        let middle = (top + bottom) / 2.0;
        let (above, beside) = (height * (0.5 + cut.above), height * cut.beside);
        let area = [left - beside, middle - above, right + beside, middle + above];
        let area = [area[0].floor(), area[1].floor(), area[2].ceil(), area[3].ceil()];
        let mut plane = source(self.picture, rect).cropped(area.map(|side| side as i32));
        self.wall(rect, area[0], &mut plane);
        let stretch = if bottom - top < self.em * DIGITS { STRETCH } else { 1.0 };
        scaled(plane, rect, area[0], stretch * cut.stretch)
    }

    /// Takes out of the margins what stands beyond a ruling line: the last digit of the cell on the left would be read
    /// as the first of this one.
    fn wall(&self, rect: Rect, start: f32, plane: &mut Plane) {
        let middle = (rect[1] + rect[3]) / 2.0;
        let end = start + plane.width as f32;
        let walls = self.rules.iter().filter(|rule| {
            !rule.horizontal && (rule.from as f32..=rule.to as f32).contains(&middle)
        });
        for wall in walls.map(Line::middle) {
            let beyond = match () {
                () if wall > start && wall <= rect[0] => 0..(wall - start) as usize,
                () if wall < end && wall >= rect[2] => (wall - start) as usize..plane.width,
                () => continue,
            };
            for y in 0..plane.height {
                let row = &mut plane.pixels[y * plane.width..(y + 1) * plane.width];
                let paper = row.iter().copied().max().unwrap_or(255);
                row[beyond.clone()].fill(paper);
            }
        }
    }
}

/// A sign alone on an empty line.
pub fn roomy(picture: &Picture, rect: Rect, em: f32) -> Strip {
    let [left, top, right, bottom] = rect;
    let own = [left as i32 - EDGE, top as i32 - EDGE, right as i32 + EDGE, bottom as i32 + EDGE];
    let sign = source(picture, rect).cropped(own);
    let height = (bottom - top).max(em);
    let above = (height * (0.5 + ROOM.0) - (bottom - top) / 2.0) as usize;
    let beside = (height * ROOM.1) as usize;
    let mut shades = sign.pixels.clone();
    shades.sort_unstable();
    let paper = shades.get(shades.len() * 3 / 4).copied().unwrap_or(255);
    let mut plane = Plane::new(sign.width + 2 * beside, sign.height + 2 * above, paper);
    for y in 0..sign.height {
        let start = (y + above) * plane.width + beside;
        plane.pixels[start..start + sign.width].copy_from_slice(sign.row(y));
    }
    scaled(plane, rect, own[0] as f32 - beside as f32, 1.0)
}

/// A part of the page, whose first column is `left`, as high as the network takes it.
fn scaled(plane: Plane, rect: Rect, left: f32, stretch: f32) -> Strip {
    let scale = LINE as f32 / plane.height as f32 * stretch;
    let width = (plane.width as f32 * scale).round() as usize;
    let width = width.next_multiple_of(STEP).clamp(2 * STEP, LONGEST);
    let scale = width as f32 / plane.width as f32;
    Strip { plane: plane.scaled(width, LINE), rect, left, scale }
}

/// The plane without red ink where a seal lies over black words; red words themselves are kept.
fn source(picture: &Picture, rect: Rect) -> &Plane {
    let Some(plain) = &picture.without_red else { return &picture.grey };
    let area = rect.map(|side| side as i32);
    let (grey, black) = (picture.grey.cropped(area), plain.cropped(area));
    let (mut dark, mut red) = (0, 0);
    for (with, without) in grey.pixels.iter().zip(&black.pixels) {
        if *without < 110 {
            dark += 1;
        } else if *without > with.saturating_add(30) {
            red += 1;
        }
    }
    if red > 0 && dark * 3 > red { plain } else { &picture.grey }
}
