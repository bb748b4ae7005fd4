//! Ruling lines are wiped out of a picture before its words are read.

use super::ink::Bitmap;
use super::picture::Plane;
use super::rules::{Drawn, Line};

/// Lines that end so many pixels from another one cross it.
const CORNER: i32 = 2;

/// Wipes the lines out of the ink and the planes; strokes that cross a line, and digits beside it, stay.
pub fn wipe(lines: &[Line], drawn: &Drawn, ink: &mut Bitmap, planes: &mut [&mut Plane]) {
    for line in lines {
        let layers = if line.horizontal { &drawn.across } else { &drawn.down };
        let at = |along: i32, across: i32| {
            if line.horizontal { (along, across) } else { (across, along) }
        };
        // Where a line is dark its ink says how thick it is: the shadow of its edges may belong to a digit beside it.
        let dark = Course::of(line, &layers.ink)
            .filter(|course| course.seen * 2 > (line.to - line.from) as usize);
        let Some(course) = dark.or_else(|| Course::of(line, &layers.lines)) else { continue };
        let crossings: Vec<(i32, i32)> = lines
            .iter()
            .filter(|other| other.horizontal != line.horizontal && other.meets(line, CORNER))
            .map(|other| (other.first - CORNER, other.last + CORNER))
            .collect();
        let mut beside = 255;
        for along in line.from..line.to {
            let middle = course.at(along);
            let on = |(first, last): &(i32, i32)| {
                (*first as f32 - 1.5..=*last as f32 + 1.5).contains(&middle)
            };
            let own = |layer| runs(line, layer, along).into_iter().find(on);
            let own = own(&layers.ink).or_else(|| own(&layers.lines));
            let Some((first, last)) = own else { continue };
            // A stroke that crosses the line stays, unless it is a line itself: else the crossings of thick borders
            // would be left for points and dashes. Of a digit that touches a line, the line is taken off.
            let half = (course.depth - 1) as f32 / 2.0;
            let band = ((middle - half).round() as i32, (middle + half).round() as i32);
            let (above, below) = (band.0 - first > 1, last - band.1 > 1);
            let crossed = crossings.iter().any(|(first, last)| (*first..=*last).contains(&along));
            if above && below && !crossed {
                continue;
            }
            // Of a crossing only what is beside the line goes: the rest of the run is the other line, or what it touches.
            let (from, to) = match (above, below) {
                (true, true) => (band.0 - CORNER, band.1 + CORNER),
                _ => {
                    (if above { band.0 } else { first - 1 }, if below { band.1 } else { last + 1 })
                }
            };
            if !(above && below) {
                let shade = |across| {
                    let (x, y) = at(along, across);
                    planes.first().map_or(255, |plane| plane.at(x, y))
                };
                beside = shade(first - 2).max(shade(last + 2));
            }
            for across in from..=to {
                let (x, y) = at(along, across);
                if x < 0 || y < 0 || x as usize >= ink.width || y as usize >= ink.height {
                    continue;
                }
                let index = y as usize * ink.width + x as usize;
                ink.bits[index] = false;
                for plane in planes.iter_mut() {
                    let shade = |across: i32| {
                        let (x, y) = at(along, across);
                        plane.at(x, y)
                    };
                    let paper = match above && below {
                        true => beside,
                        false => shade(first - 2).max(shade(last + 2)),
                    };
                    plane.pixels[index] = plane.pixels[index].max(paper);
                }
            }
        }
    }
}

/// The runs of ink across a line at one place along it, as first and last row (or column); the rows of `ink` run along
/// the line.
fn runs(line: &Line, ink: &Bitmap, along: i32) -> Vec<(i32, i32)> {
    let inked = |across: i32| ink.at(along, across);
    let (low, high) = (line.first - 6, line.last + 6);
    let mut runs = Vec::new();
    let mut across = line.first - 1;
    while across <= line.last + 1 {
        if !inked(across) {
            across += 1;
            continue;
        }
        let (mut first, mut last) = (across, across);
        while first > low && inked(first - 1) {
            first -= 1;
        }
        while last < high && inked(last + 1) {
            last += 1;
        }
        runs.push((first, last));
        across = last + 2;
    }
    runs
}

/// Where a line that leans a little runs, and how thick it is.
struct Course {
    start: f32,
    slope: f32,
    depth: i32,
    /// Places along the line where it stands alone.
    seen: usize,
}

impl Course {
    fn of(line: &Line, ink: &Bitmap) -> Option<Self> {
        let mut points = Vec::new();
        let mut depths = Vec::new();
        for along in line.from..line.to {
            if let [(first, last)] = runs(line, ink, along)[..] {
                points.push(((along - line.from) as f32, (first + last) as f32 / 2.0));
                depths.push(last - first + 1);
            }
        }
        depths.sort_unstable();
        let depth = *depths.get(depths.len() / 2)?;
        let count = points.len() as f32;
        let mean = |part: fn(&(f32, f32)) -> f32| points.iter().map(part).sum::<f32>() / count;
        let (x, y) = (mean(|point| point.0), mean(|point| point.1));
        let (mut over, mut under) = (0.0, 0.0);
        for (along, across) in &points {
            over += (along - x) * (across - y);
            under += (along - x) * (along - x);
        }
        let slope = if under > 0.0 { over / under } else { 0.0 };
        Some(Self {
            start: y - slope * x - slope * line.from as f32,
            slope,
            depth,
            seen: points.len(),
        })
    }

    fn at(&self, along: i32) -> f32 {
        self.start + self.slope * along as f32
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::tests::{found, frame};
    use super::*;

    #[test]
    fn lines_are_found_and_wiped() {
        let mut plane = frame();
        // A digit beside the left border.
        (30..44).for_each(|y| plane.pixels[y * 200 + 13] = 0);
        let (lines, drawn, mut ink) = found(&plane, 20.0);
        let count = |horizontal| lines.iter().filter(|line| line.horizontal == horizontal).count();
        assert_eq!((count(true), count(false)), (2, 2), "{lines:?}");
        wipe(&lines, &drawn, &mut ink, &mut [&mut plane]);
        let left: Vec<usize> =
            (0..plane.pixels.len()).filter(|at| plane.pixels[*at] == 0).collect();
        assert!(left.iter().all(|at| [13, 150].contains(&(at % 200))), "{left:?}");
        assert_eq!(left.len(), 22 + 14);
    }

    #[test]
    fn a_stroke_in_the_shadow_of_a_line_stays() {
        let mut plane = Plane::new(200, 100, 255);
        for y in 5..95 {
            let row = &mut plane.pixels[y * 200..(y + 1) * 200];
            row[99..103].copy_from_slice(&[207, 57, 68, 217]);
            if (40..56).contains(&y) {
                row[98..100].copy_from_slice(&[65, 143]);
            }
        }
        let (lines, drawn, mut ink) = found(&plane, 16.0);
        assert_eq!(lines.len(), 1, "{lines:?}");
        wipe(&lines, &drawn, &mut ink, &mut [&mut plane]);
        assert!((40..56).all(|y| plane.pixels[y * 200 + 98] == 65));
        assert!((40..56).all(|y| plane.pixels[y * 200 + 100] > 200));
    }
}
