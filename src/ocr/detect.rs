//! Where text stands: the detecting network's map of likelihoods, cut into boxes.

use super::ink::Bitmap;
use super::net::{GRAIN, Nets};
use super::picture::Plane;

/// An upright rectangle in pixels: left, top, right, bottom.
pub type Rect = [f32; 4];

/// How high characters are when the network sees them, in pixels: small enough to be quick, large enough to be found.
const EM: f32 = 16.0;
/// Longest side that the network is given.
const LONGEST: f32 = 1984.0;
/// The same where that would leave the characters lower than [`LEAST`].
const LONGEST_OF_SMALL: f32 = 3008.0;
/// Characters lower than this, in pixels, are not found.
const LEAST: f32 = 11.0;
/// A pixel of the map is text from here.
const LIKELY: f32 = 0.3;
/// A box is text if its pixels are this likely on average.
const SURE: f32 = 0.5;
/// The network draws the cores of lines; their area times this over their outline is what to add around.
const GROWTH: f32 = 1.6;

/// The boxes of lines of text on an upright page with characters `em` pixels high.
pub fn boxes(nets: &Nets, plane: &Plane, em: f32) -> Result<Vec<Rect>, String> {
    let (width, height) = (plane.width as f32, plane.height as f32);
    let side = width.max(height);
    let longest = if em * LONGEST / side < LEAST { LONGEST_OF_SMALL } else { LONGEST };
    let scale = (EM / em).clamp(0.3, 1.5).min(longest / side);
    let grain = GRAIN as f32;
    let side = |length: f32| ((length * scale / grain).round() as usize).max(1) * GRAIN;
    let small = plane.scaled(side(width), side(height));
    let map = nets.detect(&small)?;
    let bits = map.iter().map(|likely| *likely > LIKELY).collect();
    let (blobs, rows) = Bitmap { width: small.width, height: small.height, bits }.pieces();
    let mut sums = vec![0.0f32; blobs.len()];
    for (y, row) in rows.iter().enumerate() {
        for (start, end, blob) in row {
            let start = y * small.width + start;
            sums[*blob] += map[start..y * small.width + end].iter().sum::<f32>();
        }
    }
    let (across, down) = (width / small.width as f32, height / small.height as f32);
    let mut boxes = Vec::new();
    for (blob, sum) in blobs.iter().zip(sums) {
        let (w, h) = (blob.width() as f32, blob.height() as f32);
        if w.min(h) < 2.0 || sum < SURE * blob.pixels as f32 {
            continue;
        }
        let grown = w * h * GROWTH / (2.0 * (w + h));
        boxes.push([
            ((blob.left as f32 - grown) * across).max(0.0),
            ((blob.top as f32 - grown) * down).max(0.0),
            ((blob.right as f32 + grown) * across).min(width),
            ((blob.bottom as f32 + grown) * down).min(height),
        ]);
    }
    Ok(boxes)
}

/// Whether the lines of the boxes run from top to bottom: the page was turned by a quarter.
pub fn stands_on_its_side(boxes: &[Rect]) -> bool {
    let area = |tall: bool| -> f32 {
        let sides = boxes.iter().map(|[x0, y0, x1, y1]| (x1 - x0, y1 - y0));
        let wanted = sides.filter(|(w, h)| if tall { *h > w * 2.0 } else { *w > h * 2.0 });
        wanted.map(|(w, h)| w * h).sum()
    };
    area(true) > area(false) * 1.5
}
