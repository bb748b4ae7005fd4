//! From the detector's boxes to lines of words: cut at ruling lines, fitted to the ink, joined inside a cell.
//!
//! The detector splits `1,333,000` at its commas, runs over the borders of narrow cells, misses a lone `0` and cuts
//! last digits; the ink itself says where words begin and end.

use super::detect::Rect;
use super::ink::Blob;
use super::rules::Line;

/// The lines of words of a page whose characters are `em` pixels high, tightly around their ink.
pub fn lines(boxes: &[Rect], blobs: &[Blob], rules: &[Line], em: f32) -> Vec<Rect> {
    let page = Page { rules, em };
    let cut: Vec<Rect> = boxes.iter().flat_map(|rect| page.cut(*rect)).collect();
    let (mut lines, orphans) = page.fit(&cut, blobs);
    lines.extend(page.gather(orphans));
    let lines: Vec<Rect> =
        lines.into_iter().flat_map(|(rect, own)| page.rows(rect, &own)).collect();
    page.join(lines)
}

/// Less than this beyond a line, in ems, is no row of words.
const FOOT: f32 = 0.5;

struct Page<'a> {
    rules: &'a [Line],
    em: f32,
}

impl Page<'_> {
    /// The pieces of a box between the ruling lines that cross it.
    fn cut(&self, rect: Rect) -> Vec<Rect> {
        let mut pieces = vec![rect];
        for rule in self.rules {
            let at = rule.middle();
            let mut next = Vec::new();
            for piece in pieces {
                let [x0, y0, x1, y1] = piece;
                let (low, high, from, to) =
                    if rule.horizontal { (y0, y1, x0, x1) } else { (x0, x1, y0, y1) };
                let covers = rule.from as f32 <= from + (to - from) * 0.35
                    && rule.to as f32 >= to - (to - from) * 0.35;
                // A line under words runs through their feet: what is under it is no row of its own.
                let foot = rule.horizontal && (at - low).min(high - at) < self.em * FOOT;
                if !covers || foot || at <= low || at >= high {
                    next.push(piece);
                } else if rule.horizontal {
                    next.extend([[x0, y0, x1, at], [x0, at, x1, y1]]);
                } else {
                    next.extend([[x0, y0, at, y1], [at, y0, x1, y1]]);
                }
            }
            pieces = next;
        }
        pieces.retain(|[x0, y0, x1, y1]| x1 - x0 > self.em * 0.2 && y1 - y0 > self.em * 0.3);
        pieces
    }

    /// Whether a ruling line stands between two neighbours on one line, in the rows that both have.
    fn parted(&self, left: Rect, right: Rect) -> bool {
        let (from, to) = (left[2].min(right[0]) - 1.0, right[0].max(left[2]) + 1.0);
        let (top, bottom) = (left[1].max(right[1]), left[3].min(right[3]));
        let middle = (top + bottom) / 2.0;
        self.rules.iter().any(|rule| {
            !rule.horizontal
                && (from..=to).contains(&rule.middle())
                && (rule.from as f32..=rule.to as f32).contains(&middle)
        })
    }

    /// Fits each box to the ink that belongs to it, and returns the ink that belongs to none.
    fn fit(&self, boxes: &[Rect], blobs: &[Blob]) -> (Vec<(Rect, Vec<Rect>)>, Vec<Rect>) {
        let mut owners: Vec<Vec<Rect>> = vec![Vec::new(); boxes.len()];
        let mut free: Vec<Rect> = Vec::new();
        for blob in blobs {
            let ink = [blob.left as f32, blob.top as f32, blob.right as f32, blob.bottom as f32];
            // Seals, pictures and shaded areas are no characters.
            if ink[3] - ink[1] > self.em * 4.0 || ink[2] - ink[0] > self.em * 12.0 {
                continue;
            }
            let (x, y) = ((ink[0] + ink[2]) / 2.0, (ink[1] + ink[3]) / 2.0);
            let inside = |rect: &Rect| rect[0] <= x && x <= rect[2] && rect[1] <= y && y <= rect[3];
            let middle = |rect: &Rect| ((rect[1] + rect[3]) / 2.0 - y).abs();
            // The rest of a border that noise broke off: as high as its row, and thin.
            let border = |rect: &Rect| {
                ink[2] - ink[0] < self.em * 0.35 && ink[3] - ink[1] > 1.25 * (rect[3] - rect[1])
            };
            let owner = (0..boxes.len())
                .filter(|index| inside(&boxes[*index]))
                .min_by(|a, b| middle(&boxes[*a]).total_cmp(&middle(&boxes[*b])));
            match owner {
                Some(owner) if border(&boxes[owner]) => {}
                Some(owner) => owners[owner].push(ink),
                None => free.push(ink),
            }
        }
        let mut lines: Vec<(Rect, Vec<Rect>)> = Vec::new();
        for (rect, own) in boxes.iter().zip(owners) {
            let speck = |ink: &&Rect| (ink[2] - ink[0]).max(ink[3] - ink[1]) >= self.em * 0.12;
            let bounds = own.iter().filter(speck).copied().reduce(union);
            // White on a dark ground has no ink of its own: the box stays as it is. Nor has a digit that a stain or
            // the rest of a border ties to something large: the core of the box is never given up.
            let core = 0.3 * (rect[3] - rect[1]).min(rect[2] - rect[0]);
            let fitted = bounds.map(|[left, top, right, bottom]| {
                [left.min(rect[0] + core), top, right.max(rect[2] - core), bottom]
            });
            lines.push((fitted.unwrap_or(*rect), own));
        }
        lines.retain(|(rect, own)| !own.is_empty() || rect[2] - rect[0] > self.em * 2.0);
        // Ink beside a line that was cut off too early.
        loop {
            let before = free.len();
            free.retain(|ink| {
                let near = lines.iter_mut().find(|(rect, _)| {
                    let gap = (ink[0] - rect[2]).max(rect[0] - ink[2]);
                    let level = overlap(ink, rect) > 0.6 * (ink[3] - ink[1]);
                    let (left, right) =
                        if ink[0] < rect[0] { (*ink, *rect) } else { (*rect, *ink) };
                    gap < self.em * 0.5
                        && level
                        && ink[3] - ink[1] < self.em * 1.4
                        && (ink[2] - ink[0]).max(ink[3] - ink[1]) >= self.em * 0.15
                        && !self.parted(left, right)
                });
                if let Some((rect, own)) = near {
                    *rect = union(*rect, *ink);
                    own.push(*ink);
                    return false;
                }
                true
            });
            if free.len() == before {
                break;
            }
        }
        (lines, free)
    }

    /// Lines of the ink that the detector did not see: a lone digit in a cell.
    fn gather(&self, mut free: Vec<Rect>) -> Vec<(Rect, Vec<Rect>)> {
        let size = |ink: &Rect| (ink[2] - ink[0], ink[3] - ink[1]);
        free.retain(|ink| {
            let (width, height) = size(ink);
            height < self.em * 1.5 && width < self.em * 1.5 && width.max(height) > self.em * 0.1
        });
        free.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let mut groups: Vec<(Rect, Vec<Rect>)> = Vec::new();
        for ink in free {
            let beside = groups.iter_mut().find(|(rect, _)| {
                ink[0] - rect[2] < self.em * 0.6
                    && overlap(&ink, rect) > 0.5 * size(&ink).1.min(size(rect).1)
                    && !self.parted(*rect, ink)
            });
            match beside {
                Some((rect, own)) => {
                    *rect = union(*rect, ink);
                    own.push(ink);
                }
                None => groups.push((ink, vec![ink])),
            }
        }
        groups.retain(|(rect, _)| size(rect).1 > self.em * 0.5);
        groups
    }

    /// The rows of a box that holds several: words set from top to bottom, or lines that the detector took for one.
    fn rows(&self, rect: Rect, own: &[Rect]) -> Vec<Rect> {
        if rect[3] - rect[1] < self.em * 1.8 || own.len() < 2 {
            return vec![rect];
        }
        let mut sorted = own.to_vec();
        sorted.sort_by(|a, b| a[1].total_cmp(&b[1]));
        let mut rows: Vec<Rect> = Vec::new();
        for ink in sorted {
            match rows.last_mut() {
                // Strokes of one character may lie apart, so a row is not closed before it is as high as one.
                Some(row) if ink[1] < row[3] + 1.0 || ink[3] - row[1] < self.em => {
                    *row = union(*row, ink);
                }
                _ => rows.push(ink),
            }
        }
        let high = |row: &Rect| row[3] - row[1];
        if rows.iter().any(|row| high(row) > self.em * 1.8) {
            return vec![rect];
        }
        rows.retain(|row| high(row) > self.em * 0.3);
        rows
    }

    /// Whether one of two boxes is the feet of the other: the detector found the commas of `2,191,300` once more, and the
    /// strip around them would show its digits again.
    fn is_sliver(&self, one: &Rect, other: &Rect) -> bool {
        let low = |rect: &Rect| rect[3] - rect[1] < self.em * 0.5;
        let shared = one[2].min(other[2]) - one[0].max(other[0]);
        let narrow = (one[2] - one[0]).min(other[2] - other[0]);
        low(one) != low(other) && overlap(one, other) > 0.0 && shared > 0.8 * narrow
    }

    /// Joins neighbours on one line that no ruling line parts.
    fn join(&self, mut lines: Vec<Rect>) -> Vec<Rect> {
        lines.sort_by(|a, b| a[0].total_cmp(&b[0]));
        let mut joined: Vec<Rect> = Vec::new();
        for line in lines {
            let left = joined.iter_mut().filter(|left| {
                let least = (left[3] - left[1]).min(line[3] - line[1]);
                let most = (left[3] - left[1]).max(line[3] - line[1]);
                let gap = line[0] - left[2];
                let level = overlap(left, &line) > 0.6 * least
                    && (most < 1.8 * least || least > self.em * 0.5);
                gap < self.em * 1.5
                    && (level || self.is_sliver(left, &line))
                    && most < self.em * 3.0
                    && !self.parted(**left, line)
            });
            match left.min_by(|a, b| (line[0] - a[2]).total_cmp(&(line[0] - b[2]))) {
                Some(left) => *left = union(*left, line),
                None => joined.push(line),
            }
        }
        joined.sort_by(|a, b| a[1].total_cmp(&b[1]));
        joined
    }
}

fn union(a: Rect, b: Rect) -> Rect {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// How many rows two rectangles share.
fn overlap(a: &Rect, b: &Rect) -> f32 {
    a[3].min(b[3]) - a[1].max(b[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(left: i32, right: i32) -> Blob {
        Blob { left, top: 10, right, bottom: 30, pixels: 100 }
    }

    #[test]
    fn pieces_of_one_cell_are_joined_and_cells_stay_apart() {
        let border = Line { horizontal: false, first: 70, last: 71, from: 0, to: 50 };
        let blobs = [ink(5, 15), ink(20, 30), ink(34, 44), ink(48, 60), ink(75, 85)];
        // The first number is split at a comma and its last digit is missed; the second runs over the border.
        let boxes = [[3.0, 8.0, 17.0, 32.0], [18.0, 8.0, 47.0, 32.0]];
        let lines = lines(&boxes, &blobs, &[border], 20.0);
        assert_eq!(lines, [[5.0, 10.0, 60.0, 30.0], [75.0, 10.0, 85.0, 30.0]]);
    }

    #[test]
    fn words_keep_their_feet_under_a_line() {
        let under = Line { horizontal: true, first: 27, last: 28, from: 0, to: 100 };
        let blob = |top, bottom| Blob { left: 10, top, right: 60, bottom, pixels: 100 };
        let blobs = [blob(10, 26), blob(29, 35)];
        let lines = lines(&[[8.0, 8.0, 62.0, 36.0]], &blobs, &[under], 20.0);
        assert_eq!(lines, [[10.0, 10.0, 60.0, 35.0]]);
    }

    #[test]
    fn the_feet_of_a_line_are_no_line_of_their_own() {
        let digits = [10, 22, 34].map(|left| Blob {
            left,
            top: 10,
            right: left + 9,
            bottom: 28,
            pixels: 90,
        });
        let commas =
            [19, 43].map(|left| Blob { left, top: 25, right: left + 3, bottom: 32, pixels: 9 });
        let blobs: Vec<Blob> = digits.into_iter().chain(commas).collect();
        let boxes = [[8.0, 8.0, 48.0, 27.0], [8.0, 26.0, 48.0, 34.0]];
        let lines = lines(&boxes, &blobs, &[], 20.0);
        assert_eq!(lines, [[10.0, 10.0, 46.0, 32.0]]);
    }

    #[test]
    fn a_box_over_a_border_is_cut() {
        let border = Line { horizontal: false, first: 50, last: 51, from: 0, to: 40 };
        let blobs = [ink(10, 45), ink(55, 90)];
        let lines = lines(&[[8.0, 8.0, 92.0, 32.0]], &blobs, &[border], 20.0);
        assert_eq!(lines.len(), 2);
    }
}
