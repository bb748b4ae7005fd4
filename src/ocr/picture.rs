//! A page as a picture: one byte of lightness a pixel, and the same without red ink where a seal may cover words.

/// A grey picture, row by row from the top left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plane {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// 0 is black, 255 white.
    pub pixels: Vec<u8>,
}

impl Plane {
    /// A plane of one shade.
    pub fn new(width: usize, height: usize, shade: u8) -> Self {
        Self { width, height, pixels: vec![shade; width * height] }
    }

    /// The row at `y`.
    pub fn row(&self, y: usize) -> &[u8] {
        &self.pixels[y * self.width..(y + 1) * self.width]
    }

    /// The shade at a place; white outside.
    pub fn at(&self, x: i32, y: i32) -> u8 {
        if x < 0 || y < 0 || x as usize >= self.width || y as usize >= self.height {
            return 255;
        }
        self.pixels[y as usize * self.width + x as usize]
    }

    /// The shade between pixels, by the four around `x`, `y` (pixel centres are whole numbers).
    fn between(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let shade = |x, y| f32::from(self.at(x, y));
        let above = shade(left, top) * (1.0 - right) + shade(left + 1, top) * right;
        let below = shade(left, top + 1) * (1.0 - right) + shade(left + 1, top + 1) * right;
        above * (1.0 - down) + below * down
    }

    /// Turned clockwise by a number of quarters.
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let (width, height) = (self.width, self.height);
        let mut out = match quarters % 4 {
            0 => return self.clone(),
            2 => Self::new(width, height, 255),
            _ => Self::new(height, width, 255),
        };
        for y in 0..height {
            for (x, shade) in self.row(y).iter().enumerate() {
                let (to_x, to_y) = match quarters % 4 {
                    1 => (height - 1 - y, x),
                    2 => (width - 1 - x, height - 1 - y),
                    _ => (y, width - 1 - x),
                };
                out.pixels[to_y * out.width + to_x] = *shade;
            }
        }
        out
    }

    /// Rows become columns.
    #[must_use]
    pub fn transposed(&self) -> Self {
        let mut out = Self::new(self.height, self.width, 255);
        for y in 0..self.height {
            for (x, shade) in self.row(y).iter().enumerate() {
                out.pixels[x * self.height + y] = *shade;
            }
        }
        out
    }

    /// Turned clockwise about its middle by a small angle, in radians; the size stays.
    #[must_use]
    pub fn rotated(&self, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        let (middle_x, middle_y) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut out = Self::new(self.width, self.height, 255);
        for (y, row) in out.pixels.chunks_exact_mut(self.width.max(1)).enumerate() {
            let dy = y as f32 - middle_y;
            for (x, pixel) in row.iter_mut().enumerate() {
                let dx = x as f32 - middle_x;
                let (from_x, from_y) = (cos * dx + sin * dy, cos * dy - sin * dx);
                *pixel = self.between(from_x + middle_x, from_y + middle_y).round() as u8;
            }
        }
        out
    }

    /// The part `[left, top, right, bottom]`, white where it reaches over the edge.
    #[must_use]
    pub fn cropped(&self, [left, top, right, bottom]: [i32; 4]) -> Self {
        let (width, height) = ((right - left).max(1), (bottom - top).max(1));
        let mut out = Self::new(width as usize, height as usize, 255);
        let (from, to) = (left.max(0), right.min(self.width as i32));
        if from >= to {
            return out;
        }
        for y in top.max(0)..bottom.min(self.height as i32) {
            let source = &self.row(y as usize)[from as usize..to as usize];
            let start = (y - top) as usize * out.width + (from - left) as usize;
            out.pixels[start..start + source.len()].copy_from_slice(source);
        }
        out
    }

    /// Scaled to another size: the mean of the pixels covered, or the shades between where it grows.
    #[must_use]
    pub fn scaled(&self, width: usize, height: usize) -> Self {
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let across = Weights::new(self.width, width);
        let down = Weights::new(self.height, height);
        let mut lines = vec![0.0f32; width * self.height];
        for (y, line) in lines.chunks_exact_mut(width.max(1)).enumerate() {
            let row = self.row(y);
            for (x, value) in line.iter_mut().enumerate() {
                *value = across.of(x).map(|(index, weight)| f32::from(row[index]) * weight).sum();
            }
        }
        let mut out = Self::new(width, height, 255);
        let mut sums = vec![0.0f32; width];
        for (y, row) in out.pixels.chunks_exact_mut(width.max(1)).enumerate() {
            sums.fill(0.0);
            for (index, weight) in down.of(y) {
                let line = &lines[index * width..(index + 1) * width];
                for (sum, value) in sums.iter_mut().zip(line) {
                    *sum += value * weight;
                }
            }
            for (pixel, sum) in row.iter_mut().zip(&sums) {
                *pixel = sum.round() as u8;
            }
        }
        out
    }
}

/// Which source pixels make up each pixel of a scaled row or column.
struct Weights {
    first: Vec<usize>,
    start: Vec<usize>,
    weights: Vec<f32>,
}

impl Weights {
    fn new(from: usize, to: usize) -> Self {
        let ratio = from as f32 / to.max(1) as f32;
        let reach = ratio.max(1.0);
        let (mut first, mut start, mut weights) = (Vec::new(), vec![0], Vec::new());
        for index in 0..to {
            let middle = (index as f32 + 0.5) * ratio - 0.5;
            let low = (middle - reach).ceil().max(0.0) as usize;
            let high = ((middle + reach).floor() as usize).min(from.saturating_sub(1));
            let before = weights.len();
            for at in low..=high.max(low) {
                weights.push((1.0 - (at as f32 - middle).abs() / reach).max(1e-6));
            }
            let sum: f32 = weights[before..].iter().sum();
            weights[before..].iter_mut().for_each(|weight| *weight /= sum);
            first.push(low.min(from.saturating_sub(1)));
            start.push(weights.len());
        }
        Self { first, start, weights }
    }

    fn of(&self, index: usize) -> impl Iterator<Item = (usize, f32)> + '_ {
        let weights = &self.weights[self.start[index]..self.start[index + 1]];
        weights.iter().enumerate().map(move |(at, weight)| (self.first[index] + at, *weight))
    }
}

/// A page as scanned or drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Lightness.
    pub grey: Plane,
    /// Lightness with red ink taken for paper; `None` where nothing on the page is red.
    pub without_red: Option<Plane>,
}

/// A pixel is red if its red exceeds the others by this much.
const RED: u8 = 40;

impl Picture {
    /// From red, green and blue bytes, or four bytes a pixel on white.
    ///
    /// `channels` is 3 or 4; `bytes` has `width * height * channels` of them.
    pub fn from_bytes(width: usize, height: usize, channels: usize, bytes: &[u8]) -> Self {
        let mut grey = Vec::with_capacity(width * height);
        let mut plain = Vec::new();
        for pixel in bytes.chunks_exact(channels).take(width * height) {
            let [red, green, blue] = [pixel[0], pixel[1], pixel[2]];
            let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
            let shade = ((sum + 500) / 1000) as u8;
            if red > green.max(blue).saturating_add(RED) {
                // Copied only once the first red pixel is met.
                if plain.is_empty() {
                    plain.reserve(width * height);
                    plain.extend_from_slice(&grey);
                }
                plain.push(red);
            } else if !plain.is_empty() {
                plain.push(shade);
            }
            grey.push(shade);
        }
        grey.resize(width * height, 255);
        let plane = |pixels| Plane { width, height, pixels };
        let without_red = (!plain.is_empty()).then(|| {
            plain.resize(width * height, 255);
            plane(plain)
        });
        Self { grey: plane(grey), without_red }
    }

    /// Every plane changed in the same way.
    #[must_use]
    pub fn map(&self, change: impl Fn(&Plane) -> Plane) -> Self {
        Self { grey: change(&self.grey), without_red: self.without_red.as_ref().map(change) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(rows: &[&[u8]]) -> Plane {
        Plane { width: rows[0].len(), height: rows.len(), pixels: rows.concat() }
    }

    #[test]
    fn quarters_turn_clockwise() {
        let before = plane(&[&[1, 2, 3], &[4, 5, 6]]);
        assert_eq!(before.turned(1), plane(&[&[4, 1], &[5, 2], &[6, 3]]));
        assert_eq!(before.turned(2), plane(&[&[6, 5, 4], &[3, 2, 1]]));
        assert_eq!(before.turned(1).turned(3), before);
    }

    #[test]
    fn crops_reach_over_the_edge() {
        let before = plane(&[&[1, 2], &[3, 4]]);
        assert_eq!(before.cropped([1, -1, 3, 1]), plane(&[&[255, 255], &[2, 255]]));
    }

    #[test]
    fn scaling_keeps_shades() {
        let grey = Plane::new(64, 40, 77);
        assert_eq!(grey.scaled(20, 30), Plane::new(20, 30, 77));
        assert_eq!(grey.scaled(100, 48), Plane::new(100, 48, 77));
        let half = plane(&[&[0, 0, 255, 255]]).scaled(2, 1);
        assert!(half.pixels[0] < 64 && half.pixels[1] > 191, "{half:?}");
    }

    #[test]
    fn red_is_paper_where_a_seal_lies() {
        let picture = Picture::from_bytes(2, 1, 3, &[10, 10, 10, 230, 30, 40]);
        assert!(picture.without_red.is_some_and(|plane| plane.pixels == [10, 230]));
        assert!(picture.grey.pixels[1] < 120);
    }
}
