//! Words on dark ground: the label of a slice of a chart, dark grey on grey, is brought out before it is looked for.
//!
//! On a page of white paper such words are fainter than all others, and the ink around them is one large blob. Inside a
//! filled area the ground is taken for paper, and what is darker than the ground becomes as dark as ink.

use super::detect::Rect;
use super::ink::{Bitmap, Blob};
use super::picture::Plane;

/// A filled area is at least so many ems wide and high.
const LARGE: f32 = 2.5;
/// No larger part of it is left free: the slices of a pie leave a fifth of their box.
const FREE: f32 = 0.5;
/// Its ground is darker than this share of white.
const DARK: f32 = 0.75;
/// Words are darker than the ground by this share of it.
const WORDS: f32 = 0.12;
/// More of the area than this is no words but a picture.
const MOST: f32 = 0.12;
/// A page with more filled areas is a picture or dirty.
const COUNT: usize = 12;

/// A part of the page with dark ground.
pub struct Shaded {
    /// Left, top, right, bottom in pixels.
    pub area: [i32; 4],
    /// The part with its ground made white.
    pub plane: Plane,
}

/// The filled areas of a page with words on them.
pub fn areas(plane: &Plane, em: f32) -> Vec<Shaded> {
    // What counts as ink is darker than its surroundings: the inside of a filled area is not.
    let bits = plane.pixels.iter().map(|shade| f32::from(*shade) < 255.0 * DARK).collect();
    let blobs = Bitmap { width: plane.width, height: plane.height, bits }.blobs();
    let large = |blob: &&Blob| {
        let (width, height) = (blob.width() as f32, blob.height() as f32);
        let filled = blob.pixels as f32 > width * height * (1.0 - FREE);
        width.min(height) > em * LARGE && filled
    };
    let large: Vec<&Blob> = blobs.iter().filter(large).collect();
    if large.len() > COUNT {
        return Vec::new();
    }
    large.into_iter().filter_map(|blob| lightened(plane, blob)).collect()
}

/// The area of a blob with its ground made white; `None` where nothing is written on it.
fn lightened(plane: &Plane, blob: &Blob) -> Option<Shaded> {
    let area = [blob.left, blob.top, blob.right, blob.bottom];
    let mut part = plane.cropped(area);
    let mut shades = part.pixels.clone();
    shades.sort_unstable();
    let ground = f32::from(*shades.get(shades.len() / 2)?);
    if ground >= 255.0 * DARK {
        return None;
    }
    let words = ground * (1.0 - WORDS);
    let count = shades.partition_point(|shade| f32::from(*shade) < words);
    let ink = f32::from(*shades.get(count / 2)?);
    if count == 0 || count as f32 > MOST * shades.len() as f32 {
        return None;
    }
    let stretch = 255.0 / (ground * (1.0 - WORDS / 2.0) - ink).max(1.0);
    for shade in &mut part.pixels {
        *shade = ((f32::from(*shade) - ink) * stretch).clamp(0.0, 255.0) as u8;
    }
    Some(Shaded { area, plane: part })
}

impl Shaded {
    /// Tightly around the ink of a box that was found in the area, in pixels of the page; `None` if there is too little.
    pub fn fitted(&self, found: Rect, em: f32) -> Option<Rect> {
        let ink = Bitmap::of(&self.plane, (em as usize).max(8));
        let inside = |blob: &&Blob| {
            let (x, y) =
                ((blob.left + blob.right) as f32 / 2.0, (blob.top + blob.bottom) as f32 / 2.0);
            found[0] <= x && x <= found[2] && found[1] <= y && y <= found[3]
        };
        let blobs = ink.blobs();
        let own = blobs.iter().filter(inside).filter(|blob| (blob.height() as f32) < em * 1.5);
        let bounds = own
            .map(|b| [b.left, b.top, b.right, b.bottom])
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])?;
        let [left, top, right, bottom] = bounds;
        let (x, y) = (self.area[0], self.area[1]);
        let size = (right - left).min(bottom - top) as f32;
        (size > em * 0.25)
            .then(|| [left + x, top + y, right + x, bottom + y].map(|side| side as f32))
    }

    /// Copies the surroundings of a line into the page.
    pub fn lay(&self, line: Rect, into: &mut Plane) {
        let margin = (line[3] - line[1]) * 0.6;
        let [x, y, ..] = self.area;
        let rows = (line[1] - margin) as i32..(line[3] + margin) as i32;
        for row in rows {
            for column in (line[0] - margin) as i32..(line[2] + margin) as i32 {
                let inside = column >= 0
                    && row >= 0
                    && (column as usize) < into.width
                    && (row as usize) < into.height;
                if inside {
                    into.pixels[row as usize * into.width + column as usize] =
                        self.plane.at(column - x, row - y);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_on_dark_ground_is_brought_out() {
        let mut plane = Plane::new(300, 300, 255);
        for y in 50..250 {
            plane.pixels[y * 300 + 50..y * 300 + 250].fill(120);
        }
        for y in 140..160 {
            plane.pixels[y * 300 + 100..y * 300 + 108].fill(70);
        }
        let found = areas(&plane, 20.0);
        assert_eq!(found.len(), 1);
        let at = |x: i32, y: i32| found[0].plane.at(x - 50, y - 50);
        assert_eq!((at(60, 60), at(104, 150)), (255, 0));
        let line = found[0].fitted([40.0, 80.0, 70.0, 120.0], 20.0);
        assert_eq!(line, Some([100.0, 140.0, 108.0, 160.0]));
        found[0].lay([100.0, 140.0, 108.0, 160.0], &mut plane);
        assert_eq!((plane.at(98, 150), plane.at(104, 150), plane.at(60, 60)), (255, 0, 120));
        assert!(areas(&Plane::new(300, 300, 120), 20.0).is_empty());
    }
}
