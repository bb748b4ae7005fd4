//! Which pixels of a picture are ink, and the blobs they make.

use super::picture::Plane;

/// A picture of ink (`true`) and paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row from the top left.
    pub bits: Vec<bool>,
}

/// A connected piece of ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Blob {
    /// First column.
    pub left: i32,
    /// First row.
    pub top: i32,
    /// One past the last column.
    pub right: i32,
    /// One past the last row.
    pub bottom: i32,
    /// Pixels of ink.
    pub pixels: u32,
}

impl Blob {
    /// Columns.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Rows.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }
}

/// The runs of ink of a row: first column, one past the last, and the blob each belongs to.
pub type Row = Vec<(usize, usize, usize)>;

/// How much darker than its surroundings ink is, as a share of the contrast of the page.
const CONTRAST: f32 = 0.22;
/// The same for ruling lines, which may be drawn in light grey.
const FAINT: f32 = 0.06;
/// No shade that differs by less is told apart.
const LEAST: f32 = 8.0;
/// What stands out from noise is so many times its spread.
const ABOVE_NOISE: f32 = 4.0;
/// The noise of the paper is measured at every so many pixels.
const SAMPLED: usize = 7;

/// By how many shades ink must be darker than the paper around it.
fn margin(plane: &Plane) -> f32 {
    let (black, paper) = shades(plane);
    (paper.saturating_sub(black) as f32 * CONTRAST).max(LEAST)
}

/// By how many shades a ruling line must be darker than what lies on both sides of it: light grey is enough where the
/// paper has no noise.
pub fn faintest(plane: &Plane) -> u8 {
    let (black, paper) = shades(plane);
    let words = margin(plane);
    let noise = noise(plane, paper as f32 - words) * ABOVE_NOISE;
    let contrast = paper.saturating_sub(black) as f32;
    (contrast * FAINT).max(LEAST).max(noise).min(words) as u8
}

/// What counts as black on a page, and the shade of its paper.
fn shades(plane: &Plane) -> (usize, usize) {
    let mut shades = [0usize; 256];
    plane.pixels.iter().for_each(|shade| shades[usize::from(*shade)] += 1);
    (quantile(&shades, 0.005), quantile(&shades, 0.5))
}

/// The shade that a share of all pixels does not exceed.
fn quantile(shades: &[usize; 256], share: f32) -> usize {
    let wanted = (shades.iter().sum::<usize>() as f32 * share) as usize;
    let mut sum = 0;
    let above = |count: &usize| {
        sum += count;
        sum > wanted
    };
    shades.iter().position(above).unwrap_or(255)
}

/// The spread of the shades of paper, by how far pixels differ from the mean of their neighbours; what is darker than
/// `ink` is no paper.
fn noise(plane: &Plane, ink: f32) -> f32 {
    let mut shades = [0usize; 256];
    for y in (0..plane.height).step_by(SAMPLED) {
        for three in plane.row(y).windows(3).step_by(SAMPLED) {
            if three.iter().all(|shade| f32::from(*shade) > ink) {
                let [left, own, right] = [0, 1, 2].map(|at| i32::from(three[at]));
                shades[((2 * own - left - right).unsigned_abs() as usize).min(255)] += 1;
            }
        }
    }
    // Nine of ten differ by less than 1.64 spreads of the sum of one pixel twice and two others.
    quantile(&shades, 0.9) as f32 / (1.64 * 6.0f32.sqrt())
}

impl Bitmap {
    /// Ink is what is darker than the paper around it; `reach` is the radius of "around" in pixels.
    pub fn of(plane: &Plane, reach: usize) -> Self {
        let (width, height) = (plane.width, plane.height);
        let margin = margin(plane) as i64;
        let mut bits = vec![false; width * height];
        // Sums of each column over the rows in reach, moved down row by row.
        let mut columns = vec![0i64; width];
        let mut rows = 0i64;
        let add = |columns: &mut Vec<i64>, y: usize, sign: i64| {
            for (sum, shade) in columns.iter_mut().zip(plane.row(y)) {
                *sum += sign * i64::from(*shade);
            }
        };
        for y in 0..reach.min(height) {
            add(&mut columns, y, 1);
            rows += 1;
        }
        for y in 0..height {
            if y + reach < height {
                add(&mut columns, y + reach, 1);
                rows += 1;
            }
            if y > reach {
                add(&mut columns, y - reach - 1, -1);
                rows -= 1;
            }
            let mut sum: i64 = columns[..reach.min(width)].iter().sum();
            let mut count = reach.min(width) as i64;
            let shades = plane.row(y);
            for (x, bit) in bits[y * width..(y + 1) * width].iter_mut().enumerate() {
                if x + reach < width {
                    sum += columns[x + reach];
                    count += 1;
                }
                if x > reach {
                    sum -= columns[x - reach - 1];
                    count -= 1;
                }
                *bit = (i64::from(shades[x]) + margin) * count * rows < sum;
            }
        }
        Self { width, height, bits }
    }

    /// The ink, and what is darker by `margin` than what lies above and below it within `reach`, as a line across is.
    #[must_use]
    pub fn with_ridges(&self, plane: &Plane, reach: usize, margin: u8) -> Self {
        let (width, height) = (plane.width, plane.height);
        let mut out = self.clone();
        let brightest = |rows: std::ops::Range<usize>| {
            let mut shades = vec![0u8; width];
            for y in rows {
                shades.iter_mut().zip(plane.row(y)).for_each(|(most, shade)| {
                    *most = (*most).max(*shade);
                });
            }
            shades
        };
        for y in 1..height.saturating_sub(1) {
            let above = brightest(y.saturating_sub(reach)..y);
            let below = brightest(y + 1..(y + 1 + reach).min(height));
            let shades = plane.row(y).iter().zip(above.iter().zip(&below));
            let bits = &mut out.bits[y * width..(y + 1) * width];
            for (bit, (shade, (above, below))) in bits.iter_mut().zip(shades) {
                *bit |= shade.saturating_add(margin) < *above.min(below);
            }
        }
        out
    }

    /// Whether a place is ink; outside is paper.
    pub fn at(&self, x: i32, y: i32) -> bool {
        x >= 0
            && y >= 0
            && (x as usize) < self.width
            && (y as usize) < self.height
            && self.bits[y as usize * self.width + x as usize]
    }

    /// Rows become columns.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut bits = vec![false; self.bits.len()];
        for y in 0..self.height {
            for x in 0..self.width {
                bits[x * self.height + y] = self.bits[y * self.width + x];
            }
        }
        Self { width: self.height, height: self.width, bits }
    }

    /// The runs of ink in a row as first column and one past the last, over gaps of up to `gap`.
    pub fn runs(&self, y: usize, gap: usize) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let row = &self.bits[y * self.width..(y + 1) * self.width];
        let mut x = 0;
        while let Some(skip) = row[x..].iter().position(|bit| *bit) {
            let start = x + skip;
            let end = row[start..].iter().position(|bit| !*bit).map_or(row.len(), |at| start + at);
            match runs.last_mut() {
                Some(last) if start - last.1 <= gap => last.1 = end,
                _ => runs.push((start, end)),
            }
            x = end;
        }
        runs
    }

    /// The connected pieces (corners connect), top first.
    pub fn blobs(&self) -> Vec<Blob> {
        self.pieces().0
    }

    /// The connected pieces, and for every run of every row which piece it belongs to.
    pub fn pieces(&self) -> (Vec<Blob>, Vec<Row>) {
        let mut parents: Vec<usize> = Vec::new();
        let mut blobs: Vec<Blob> = Vec::new();
        let mut rows: Vec<Row> = Vec::with_capacity(self.height);
        for y in 0..self.height {
            let mut row = Vec::new();
            let above = rows.last().map_or(&[][..], Vec::as_slice);
            let mut from = 0;
            for (start, end) in self.runs(y, 0) {
                let label = parents.len();
                parents.push(label);
                blobs.push(Blob {
                    left: start as i32,
                    top: y as i32,
                    right: end as i32,
                    bottom: y as i32 + 1,
                    pixels: (end - start) as u32,
                });
                while above.get(from).is_some_and(|run| run.1 < start) {
                    from += 1;
                }
                for run in above[from..].iter().take_while(|run| run.0 <= end) {
                    join(&mut parents, run.2, label);
                }
                row.push((start, end, label));
            }
            rows.push(row);
        }
        let mut names = vec![usize::MAX; parents.len()];
        let mut merged: Vec<Blob> = Vec::new();
        for (label, part) in blobs.into_iter().enumerate() {
            let root = root(&mut parents, label);
            if names[root] == usize::MAX {
                names[root] = merged.len();
                merged.push(part);
                continue;
            }
            let into = &mut merged[names[root]];
            into.left = into.left.min(part.left);
            into.right = into.right.max(part.right);
            into.top = into.top.min(part.top);
            into.bottom = into.bottom.max(part.bottom);
            into.pixels += part.pixels;
        }
        for run in rows.iter_mut().flatten() {
            run.2 = names[root(&mut parents, run.2)];
        }
        (merged, rows)
    }
}

fn root(parents: &mut [usize], mut label: usize) -> usize {
    while parents[label] != label {
        parents[label] = parents[parents[label]];
        label = parents[label];
    }
    label
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    parents[one.max(other)] = one.min(other);
}

/// The size of the characters: what three quarters of the character-like blobs do not exceed, in pixels.
pub fn em(blobs: &[Blob], least: i32, most: i32) -> Option<f32> {
    let mut sizes: Vec<i32> = blobs
        .iter()
        .map(|blob| blob.width().max(blob.height()))
        .filter(|size| (least..=most).contains(size))
        .collect();
    sizes.sort_unstable();
    (sizes.len() >= 8).then(|| sizes[sizes.len() * 3 / 4] as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_over_corners() {
        let rows = ["#..#", ".#.#", "...#", "#..."];
        let bits = rows.concat().chars().map(|c| c == '#').collect();
        let bitmap = Bitmap { width: 4, height: 4, bits };
        let sizes: Vec<u32> = bitmap.blobs().iter().map(|blob| blob.pixels).collect();
        assert_eq!(sizes, [2, 3, 1]);
        assert_eq!(bitmap.transposed().blobs().len(), 3);
    }

    #[test]
    fn ink_is_darker_than_its_surroundings() {
        let mut plane = Plane::new(60, 60, 240);
        plane.pixels[30 * 60 + 20..30 * 60 + 40].fill(20);
        let ink = Bitmap::of(&plane, 10);
        assert_eq!(ink.runs(30, 0), [(20, 40)]);
        assert_eq!(ink.bits.iter().filter(|bit| **bit).count(), 20);
    }
}
