//! Ruling lines of a picture: long thin runs of ink. They are handed on as rules and wiped out before words are read.

use super::ink::Bitmap;
use super::picture::Plane;
use serde::{Deserialize, Serialize};

/// A ruling line in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Whether it runs from left to right.
    pub horizontal: bool,
    /// First row of a horizontal line, first column of a vertical one.
    pub first: i32,
    /// Last row or column.
    pub last: i32,
    /// Where it begins.
    pub from: i32,
    /// Where it ends.
    pub to: i32,
}

impl Line {
    /// Its length.
    pub fn length(&self) -> i32 {
        self.to - self.from
    }

    /// The row or column of its middle.
    pub fn middle(&self) -> f32 {
        (self.first + self.last) as f32 / 2.0
    }

    fn meets(&self, other: &Line, reach: i32) -> bool {
        self.from - reach <= other.last
            && other.first <= self.to + reach
            && other.from - reach <= self.last
            && self.first <= other.to + reach
    }

    /// Whether one of its ends touches `other`, which runs across it.
    fn ends_at(&self, other: &Line, reach: i32) -> bool {
        let near = |end: i32| (other.first - reach..=other.last + reach).contains(&end);
        (near(self.from) || near(self.to)) && self.meets(other, reach)
    }
}

/// The ruling lines of a page whose characters are `em` pixels high.
pub fn find(ink: &Bitmap, em: f32) -> Vec<Line> {
    let thick = ((em * 0.3) as i32).max(4);
    let reach = ((em * 0.15) as i32).max(2);
    let across = segments(ink, (em * 1.5) as usize, thick, true);
    let down = segments(&ink.transposed(), (em * 1.1) as usize, thick, false);
    // A stroke of a character is short and free at both ends.
    let long = |line: &Line, least: f32| line.length() as f32 >= em * least;
    let grounded = |line: &Line, others: &[Line]| {
        others.iter().filter(|other| line.ends_at(other, reach)).count() >= 2
    };
    let posts: Vec<Line> = down.iter().filter(|line| long(line, 4.0)).copied().collect();
    let sure = |line: &&Line| {
        long(line, 4.0) && (grounded(line, &posts) || !is_stroke(line, ink, &posts, em))
    };
    let sure: Vec<Line> = across.iter().filter(sure).copied().collect();
    let down: Vec<Line> =
        down.into_iter().filter(|line| long(line, 4.0) || grounded(line, &sure)).collect();
    let short = across.into_iter().filter(|line| !long(line, 4.0) && grounded(line, &down));
    sure.iter().copied().chain(short).chain(down.iter().copied()).collect()
}

/// Whether a line across is a stroke of large words, as the `一` of a title: strokes about as high as it is long run
/// through it or close beside it.
fn is_stroke(line: &Line, ink: &Bitmap, posts: &[Line], em: f32) -> bool {
    let length = line.length() as f32;
    if length > em * 12.0 {
        return false;
    }
    let (beside, clear) = ((em * 1.5) as i32, (em * 0.25) as i32);
    let crosses = |along: &i32| {
        let on_post = |post: &Line| {
            (post.first - 2..=post.last + 2).contains(along)
                && post.from <= line.last
                && post.to >= line.first
        };
        let most = line.length() * 3 / 2;
        let reach = |from: i32, step: i32| {
            (1..most).take_while(|by| ink.at(*along, from + by * step)).count() as i32
        };
        let middle = (line.first + line.last) / 2;
        let inked = ink.at(*along, middle) && !posts.iter().any(on_post);
        let (above, below) = if inked { (reach(middle, -1), reach(middle, 1)) } else { (0, 0) };
        let high = above + below + 1;
        above > clear && below > clear && high as f32 >= length * 0.3 && high < most
    };
    (line.from - beside..line.to + beside).filter(crosses).nth(2).is_some()
}

/// Runs of at least `least` pixels, stacked to lines not thicker than `thick`.
fn segments(ink: &Bitmap, least: usize, thick: i32, horizontal: bool) -> Vec<Line> {
    let mut done = Vec::new();
    let mut open: Vec<Line> = Vec::new();
    let least = least.max(12);
    for y in 0..ink.height {
        let runs = ink.runs(y, 2).into_iter().filter(|(start, end)| end - start >= least);
        for (start, end) in runs {
            let (from, to, y) = (start as i32, end as i32, y as i32);
            // A line that leans a little goes on in the next rows with runs that overlap or abut.
            let mut run = Line { horizontal, first: y, last: y, from, to };
            open.retain(|line| {
                let follows = line.last >= y - 2 && line.from <= to + 3 && from <= line.to + 3;
                if follows {
                    run.first = run.first.min(line.first);
                    run.from = run.from.min(line.from);
                    run.to = run.to.max(line.to);
                }
                !follows
            });
            open.push(run);
        }
        let (ended, going): (Vec<Line>, _) =
            open.into_iter().partition(|line| line.last < y as i32 - 2);
        done.extend(ended);
        open = going;
    }
    done.extend(open);
    // An area of ink is no line; a long line may lean over a few rows.
    done.retain(|line| line.last - line.first < thick + line.length() / 150);
    done
}

/// Wipes the lines out of the ink and the planes; strokes that cross a line, and digits beside it, stay.
pub fn wipe(lines: &[Line], ink: &mut Bitmap, planes: &mut [&mut Plane]) {
    let before = ink.clone();
    for line in lines {
        let at = |along: i32, across: i32| {
            if line.horizontal { (along, across) } else { (across, along) }
        };
        let Some(course) = Course::of(line, &before) else { continue };
        for along in line.from..line.to {
            let middle = course.at(along);
            let own = runs(line, &before, along)
                .into_iter()
                .find(|(first, last)| (*first as f32 - 1.5..=*last as f32 + 1.5).contains(&middle));
            let Some((first, last)) = own else { continue };
            // A stroke that crosses the line stays; of a digit that touches it, the line is taken off.
            let half = (course.depth - 1) as f32 / 2.0;
            let band = ((middle - half).round() as i32, (middle + half).round() as i32);
            let (above, below) = (band.0 - first > 1, last - band.1 > 1);
            if above && below {
                continue;
            }
            let from = if above { band.0 } else { first - 1 };
            let to = if below { band.1 } else { last + 1 };
            for across in from..=to {
                let (x, y) = at(along, across);
                if x < 0 || y < 0 || x as usize >= before.width || y as usize >= before.height {
                    continue;
                }
                let index = y as usize * before.width + x as usize;
                ink.bits[index] = false;
                for plane in planes.iter_mut() {
                    let shade = |across: i32| {
                        let (x, y) = at(along, across);
                        plane.at(x, y)
                    };
                    let paper = shade(first - 2).max(shade(last + 2));
                    plane.pixels[index] = plane.pixels[index].max(paper);
                }
            }
        }
    }
}

/// The runs of ink across a line at one place along it, as first and last row (or column).
fn runs(line: &Line, ink: &Bitmap, along: i32) -> Vec<(i32, i32)> {
    let inked = |across: i32| {
        if line.horizontal { ink.at(along, across) } else { ink.at(across, along) }
    };
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
        Some(Self { start: y - slope * x - slope * line.from as f32, slope, depth })
    }

    fn at(&self, along: i32) -> f32 {
        self.start + self.slope * along as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Plane {
        let mut plane = Plane::new(200, 100, 255);
        for x in 10..190 {
            plane.pixels[20 * 200 + x] = 0;
            plane.pixels[60 * 200 + x] = 0;
        }
        for y in 20..61 {
            plane.pixels[y * 200 + 10] = 0;
            plane.pixels[y * 200 + 100] = 0;
        }
        // A stroke through the lower line.
        (50..72).for_each(|y| plane.pixels[y * 200 + 150] = 0);
        plane
    }

    #[test]
    fn a_stroke_of_a_title_is_no_line() {
        let mut plane = frame();
        // `一` before a letter as high as it is long, both far larger than the page's characters.
        let dark = |plane: &mut Plane, xs: std::ops::Range<usize>, ys: std::ops::Range<usize>| {
            ys.for_each(|y| plane.pixels[y * 200 + xs.start..y * 200 + xs.end].fill(0));
        };
        dark(&mut plane, 20..70, 80..83);
        dark(&mut plane, 74..78, 66..96);
        let ink = Bitmap::of(&plane, 15);
        let lines = find(&ink, 10.0);
        assert!(lines.iter().all(|line| !line.horizontal || line.first < 70), "{lines:?}");
    }

    #[test]
    fn lines_are_found_and_wiped() {
        let mut plane = frame();
        // A digit beside the left border.
        (30..44).for_each(|y| plane.pixels[y * 200 + 13] = 0);
        let mut ink = Bitmap::of(&plane, 15);
        let lines = find(&ink, 20.0);
        let count = |horizontal| lines.iter().filter(|line| line.horizontal == horizontal).count();
        assert_eq!((count(true), count(false)), (2, 2), "{lines:?}");
        wipe(&lines, &mut ink, &mut [&mut plane]);
        let left: Vec<usize> =
            (0..plane.pixels.len()).filter(|at| plane.pixels[*at] == 0).collect();
        assert!(left.iter().all(|at| [13, 150].contains(&(at % 200))), "{left:?}");
        assert_eq!(left.len(), 22 + 14);
    }
}
