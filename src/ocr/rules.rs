//! Ruling lines of a picture: long thin runs of ink. They are handed on as rules.

use super::ink::{Bitmap, faintest};
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

    /// The line that two pieces of it make.
    fn with(&self, other: &Line) -> Line {
        let (first, last) = (self.first.min(other.first), self.last.max(other.last));
        let (from, to) = (self.from.min(other.from), self.to.max(other.to));
        Line { first, last, from, to, ..*self }
    }

    fn shade(&self, plane: &Plane, along: i32, across: i32) -> u8 {
        if self.horizontal { plane.at(along, across) } else { plane.at(across, along) }
    }

    pub(super) fn meets(&self, other: &Line, reach: i32) -> bool {
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

/// The ink of a page, and the same with lines along its rows that are drawn too faintly for ink.
pub(super) struct Layers {
    pub(super) ink: Bitmap,
    pub(super) lines: Bitmap,
}

/// The ink of a page with its ruling lines, however faint they are drawn.
pub struct Drawn {
    pub(super) across: Layers,
    /// Its rows are the columns of the page.
    pub(super) down: Layers,
    thick: i32,
    em: f32,
    faintest: u8,
}

impl Drawn {
    /// What `plane`, with `ink` and characters `em` pixels high, shows.
    pub fn new(plane: &Plane, ink: &Bitmap, em: f32) -> Self {
        let thick = ((em * 0.3) as i32).max(4);
        let (reach, margin) = (thick as usize + 1, faintest(plane));
        let layers = |ink: Bitmap, plane: &Plane| {
            let lines = ink.with_ridges(plane, reach, margin);
            Layers { ink, lines }
        };
        let across = layers(ink.clone(), plane);
        let down = layers(ink.transposed(), &plane.transposed());
        Self { across, down, thick, em, faintest: margin }
    }

    /// The dark lines, and instead of their pieces the pale ones of which they are the darkest parts.
    fn joined(&self, dark: Vec<Line>, pale: Vec<Line>, plane: &Plane) -> Vec<Line> {
        let rest = |line: &Line| self.em.min(line.length() as f32 / 3.0) as i32;
        let mut pale = self.whole(pale, plane);
        pale.retain(|line| {
            line.length() as f32 >= self.em * PALE
                && !is_within(line, &dark, self.em as i32)
                && evenness(line, plane) >= EVEN
        });
        let dark = dark.into_iter().filter(|line| !is_within(line, &pale, rest(line)));
        let mut lines: Vec<Line> = dark.collect();
        lines.append(&mut pale);
        self.whole(lines, plane)
    }

    /// Puts the pieces together of lines that words close beside them hide in part.
    fn whole(&self, mut pieces: Vec<Line>, plane: &Plane) -> Vec<Line> {
        pieces.sort_by_key(|line| (line.from, line.first));
        let mut whole: Vec<Line> = Vec::new();
        for piece in pieces {
            match whole.iter_mut().rfind(|before| self.goes_on(before, &piece, plane)) {
                Some(before) => *before = before.with(&piece),
                None => whole.push(piece),
            }
        }
        whole
    }

    /// Whether `next` is the same line as `before`, hidden in between by words close beside it.
    fn goes_on(&self, before: &Line, next: &Line, plane: &Plane) -> bool {
        let gap = next.from - before.to;
        if (before.middle() - next.middle()).abs() > 1.5
            || gap <= 0
            || gap as f32 > self.em * HIDDEN
            || before.length().min(next.length()) < gap / 2
            || (before.length().max(next.length()) as f32) < self.em * LONG
        {
            return false;
        }
        let line = before.with(next);
        let drawn = |along: &i32| {
            let shade = |at| line.shade(plane, *along, at);
            let own = (line.first..=line.last).map(shade).min().unwrap_or(255);
            let beside = 1..=self.thick;
            let paper = beside.map(|by| shade(line.first - by).max(shade(line.last + by))).max();
            own.saturating_add(self.faintest) < paper.unwrap_or(0)
        };
        (before.to..next.from).filter(drawn).count() as i32 * 10 > gap * 8
    }
}

/// A pale line is at least so many ems long.
const PALE: f32 = 6.0;
/// What looks like a line and is a part of words is no longer than so many ems.
const WORDS: f32 = 12.0;
/// A stroke of a character is shorter than so many ems.
const LONG: f32 = 4.0;
/// Words hide no more than so many ems of it.
const HIDDEN: f32 = 6.0;

/// The ruling lines of a page.
pub fn find(drawn: &Drawn, plane: &Plane) -> Vec<Line> {
    let (em, thick) = (drawn.em, drawn.thick);
    let (ink, turned) = (&drawn.across.ink, &drawn.down.ink);
    let reach = ((em * 0.15) as i32).max(2);
    let pale = segments(&drawn.across.lines, (em * 1.5) as usize, thick, true);
    let across = drawn.joined(segments(ink, (em * 1.5) as usize, thick, true), pale, plane);
    let pale = segments(&drawn.down.lines, (em * 1.1) as usize, thick, false);
    let dark = segments(turned, (em * 1.1) as usize, thick, false);
    let down = drawn.joined(dark, pale, plane);
    // A stroke of a character is short and free at both ends.
    let long = |line: &Line| line.length() as f32 >= em * LONG;
    let grounded = |line: &Line, others: &[Line]| {
        others.iter().filter(|other| line.ends_at(other, reach)).count() >= 2
    };
    let posts: Vec<Line> = down.iter().filter(|line| long(line)).copied().collect();
    let sure = |line: &&Line| {
        let words = || is_stroke(line, ink, &posts, em) || is_edge(line, ink, plane, em);
        long(line) && (grounded(line, &posts) || !words())
    };
    let sure: Vec<Line> = across.iter().filter(sure).copied().collect();
    let down: Vec<Line> =
        down.into_iter().filter(|line| long(line) || grounded(line, &sure)).collect();
    let short = across.into_iter().filter(|line| !long(line) && grounded(line, &down));
    sure.iter().copied().chain(short).chain(down.iter().copied()).collect()
}

/// Whether a line but for `rest` pixels lies on one of the others.
fn is_within(line: &Line, others: &[Line], rest: i32) -> bool {
    others.iter().any(|other| {
        other.first <= line.last + 1
            && line.first <= other.last + 1
            && line.to.min(other.to) - line.from.max(other.from) >= line.length() - rest
    })
}

/// A line is about as dark in one place as in the next: that of the palest places is this share of the darkest.
const EVEN: f32 = 0.5;
/// Strokes beside a line take up this share of it if it is the edge of a row of words.
const BESIDE: f32 = 0.25;

/// How dark the palest fifth of a line is, as a share of its darkest fifth: strokes of blurred words are uneven.
fn evenness(line: &Line, plane: &Plane) -> f32 {
    let shade = |along, across| i32::from(line.shade(plane, along, across));
    let ink = |along: i32| {
        let paper = shade(along, line.first - 3).max(shade(along, line.last + 3));
        (line.first - 1..=line.last + 1).map(|at| paper - shade(along, at)).sum::<i32>()
    };
    let mut inks: Vec<i32> = (line.from..line.to).map(ink).collect();
    inks.sort_unstable();
    let at = |fifths: usize| inks.get(inks.len() * fifths / 5).map_or(0.0, |ink| *ink as f32);
    at(1).max(0.0) / at(4).max(1.0)
}

/// Whether a line across is the top or the foot of a row of words: noise makes one run of the heads of `000000444`.
fn is_edge(line: &Line, ink: &Bitmap, plane: &Plane, em: f32) -> bool {
    if line.length() as f32 > em * WORDS {
        return false;
    }
    let inked = |row: i32| (line.from..line.to).filter(|along| ink.at(*along, row)).count();
    let beside = inked(line.first - 2).max(inked(line.last + 2)) as f32;
    let beside = beside > BESIDE * line.length() as f32;
    let evenness = evenness(line, plane);
    evenness < EVEN * 0.8 || (beside && evenness < EVEN * 1.4)
}

/// Whether a line across is a stroke of large words, as the `一` of a title: strokes about as high as it is long run
/// through it or close beside it.
fn is_stroke(line: &Line, ink: &Bitmap, posts: &[Line], em: f32) -> bool {
    let length = line.length() as f32;
    if length > em * WORDS {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn frame() -> Plane {
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

    pub(crate) fn found(plane: &Plane, em: f32) -> (Vec<Line>, Drawn, Bitmap) {
        let ink = Bitmap::of(plane, 15);
        let drawn = Drawn::new(plane, &ink, em);
        (find(&drawn, plane), drawn, ink)
    }

    /// Characters of 12 by 12 pixels whose heads and feet are at `top` and `top + 12`.
    fn words(plane: &mut Plane, columns: std::ops::Range<usize>, top: usize) {
        let width = plane.width;
        for left in columns.step_by(17) {
            for y in top..top + 12 {
                let row = &mut plane.pixels[y * width + left..y * width + left + 12];
                match (y - top) % 11 {
                    0 => row.fill(30),
                    _ => [0, 1, 5, 6, 10, 11].into_iter().for_each(|x| row[x] = 0),
                }
            }
        }
    }

    #[test]
    fn a_light_grey_line_between_rows_of_words_is_whole() {
        let mut plane = Plane::new(400, 120, 255);
        for top in [8, 26, 44, 62, 80, 98] {
            words(&mut plane, 36..380, top);
            plane.pixels[(top + 14) * 400 + 20..(top + 14) * 400 + 395].fill(215);
        }
        // Down beside the words, hidden where digits touch it.
        for y in 0..116 {
            plane.pixels[y * 400 + 32] = 215;
            if (44..56).contains(&y) {
                plane.pixels[y * 400 + 30..y * 400 + 32].fill(120);
                plane.pixels[y * 400 + 33..y * 400 + 38].fill(0);
            }
        }
        let (lines, _, _) = found(&plane, 12.0);
        let (across, down): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|l| l.horizontal);
        assert_eq!(across.len(), 6, "{lines:?}");
        assert!(across.iter().all(|line| line.length() > 370), "{lines:?}");
        assert_eq!(down.len(), 1, "{lines:?}");
        assert!(down[0].length() > 110, "{lines:?}");
    }

    #[test]
    fn the_heads_of_blurred_digits_are_no_line() {
        let mut plane = Plane::new(300, 60, 255);
        words(&mut plane, 40..180, 20);
        // Noise closes the gaps between the characters.
        (40..180).for_each(|x| {
            plane.pixels[20 * 300 + x] = plane.pixels[20 * 300 + x].min(170);
        });
        let (lines, _, _) = found(&plane, 12.0);
        assert!(lines.is_empty(), "{lines:?}");
        // A line under words is one, though they touch it here and there.
        plane.pixels[35 * 300 + 40..35 * 300 + 180].fill(20);
        let (lines, _, _) = found(&plane, 12.0);
        assert_eq!(lines.len(), 1, "{lines:?}");
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
        let (lines, _, _) = found(&plane, 10.0);
        assert!(lines.iter().all(|line| !line.horizontal || line.first < 70), "{lines:?}");
    }
}
