//! One page from picture to words and rules.

use super::detect::{self, Rect};
use super::doubt;
use super::ink::{Bitmap, em};
use super::lines::lines;
use super::net::Nets;
use super::picture::Picture;
use super::read::{self, Words};
use super::rules::{self, Drawn, Line};
use super::shade;
use super::skew;
use super::wipe;
use serde::{Deserialize, Serialize};

/// What a picture of a page shows, in pixels of the page set upright.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Lines of words.
    pub words: Vec<Words>,
    /// Ruling lines.
    pub rules: Vec<Line>,
    /// Height of the characters.
    pub em: f32,
    /// Quarters by which the picture was turned clockwise to stand upright.
    pub quarters: u8,
    /// Angle in radians by which it was then turned clockwise.
    pub angle: f32,
}

/// A lean smaller than this is none, in radians.
const LEAST_LEAN: f32 = 0.0006;
/// Lines of a page the right way up are read with this certainty.
const UPRIGHT: f32 = 0.8;
/// Lines that are tried both ways up.
const TRIED: usize = 6;

/// Characters lower than this, in pixels, are too small to be told apart.
const SMALL: f32 = 12.5;
/// A page with small ones is drawn or blown up so that they are this high.
const WANTED: f32 = 22.0;
/// It grows no more than this.
const MOST: f32 = 2.0;
/// What is already wider or higher than this, in pixels, does not grow.
const LARGE: usize = 4300;

/// How many times larger a page has to be to be read well; 1 if it is large enough.
pub fn magnified(picture: &Picture) -> f32 {
    let (width, height) = (picture.grey.width, picture.grey.height);
    let em = size(&Bitmap::of(&picture.grey, reach(picture)), picture);
    if em <= 0.0 || em >= SMALL || width.max(height) > LARGE {
        return 1.0;
    }
    (WANTED / em).min(MOST)
}

/// The radius of what is around a pixel.
fn reach(picture: &Picture) -> usize {
    picture.grey.width.min(picture.grey.height).div_ceil(40).max(8)
}

/// The height of most characters; 0 if there are none.
fn size(ink: &Bitmap, picture: &Picture) -> f32 {
    let most = picture.grey.width.max(picture.grey.height) as i32 / 16;
    em(&ink.blobs(), 6, most).unwrap_or(0.0)
}

/// Reads one page; the sheet is as large as the picture it was read from, which small print makes larger than `picture`.
pub fn read(nets: &Nets, picture: &Picture) -> Result<Sheet, String> {
    let times = magnified(picture);
    if times > 1.0 {
        let side = |length: usize| (length as f32 * times) as usize;
        let larger = picture.map(|plane| plane.scaled(side(plane.width), side(plane.height)));
        return upright(nets, &larger);
    }
    upright(nets, picture)
}

fn upright(nets: &Nets, picture: &Picture) -> Result<Sheet, String> {
    let mut ready = Ready::new(picture);
    if ready.em == 0.0 {
        let (width, height) = (picture.grey.width, picture.grey.height);
        return Ok(Sheet { width, height, ..Sheet::default() });
    }
    let mut boxes = detect::boxes(nets, &ready.picture.grey, ready.em)?;
    let mut quarters = 0;
    if detect::stands_on_its_side(&boxes) {
        quarters = 1;
        ready = Ready::new(&picture.map(|plane| plane.turned(1)));
        boxes = detect::boxes(nets, &ready.picture.grey, ready.em)?;
    }
    let rects = ready.lines(nets, &boxes)?;
    if upside_down(nets, &ready, &rects)? {
        quarters += 2;
        ready = Ready::new(&picture.map(|plane| plane.turned(quarters)));
        boxes = detect::boxes(nets, &ready.picture.grey, ready.em)?;
        let rects = ready.lines(nets, &boxes)?;
        return ready.finish(nets, &rects, quarters);
    }
    ready.finish(nets, &rects, quarters)
}

/// A page set upright, its rules taken out.
struct Ready {
    picture: Picture,
    ink: Bitmap,
    rules: Vec<Line>,
    em: f32,
    angle: f32,
}

impl Ready {
    fn new(picture: &Picture) -> Self {
        let reach = reach(picture);
        let mut ink = Bitmap::of(&picture.grey, reach);
        let angle = skew::lean(&ink);
        let mut picture = picture.clone();
        if angle.abs() > LEAST_LEAN {
            picture = picture.map(|plane| plane.rotated(angle));
            ink = Bitmap::of(&picture.grey, reach);
        }
        let em = size(&ink, &picture);
        let mut rules = Vec::new();
        if em > 0.0 {
            let drawn = Drawn::new(&picture.grey, &ink, em);
            rules = rules::find(&drawn, &picture.grey);
            let Picture { grey, without_red } = &mut picture;
            let mut planes: Vec<_> = std::iter::once(grey).chain(without_red.as_mut()).collect();
            wipe::wipe(&rules, &drawn, &mut ink, &mut planes);
        }
        Self { picture, ink, rules, em, angle }
    }

    /// The lines of words in the boxes that were found, and those on dark ground, which are brought out for reading.
    fn lines(&mut self, nets: &Nets, boxes: &[Rect]) -> Result<Vec<Rect>, String> {
        let mut found = lines(boxes, &self.ink.blobs(), &self.rules, self.em);
        for shaded in shade::areas(&self.picture.grey, self.em) {
            for rect in detect::boxes(nets, &shaded.plane, self.em)? {
                let Some(line) = shaded.fitted(rect, self.em) else { continue };
                let apart = |other: &Rect| {
                    other[2] <= line[0]
                        || line[2] <= other[0]
                        || other[3] <= line[1]
                        || line[3] <= other[1]
                };
                if found.iter().all(apart) {
                    shaded.lay(line, &mut self.picture.grey);
                    found.push(line);
                }
            }
        }
        Ok(found)
    }

    fn finish(self, nets: &Nets, rects: &[Rect], quarters: u8) -> Result<Sheet, String> {
        let mut words = read::read(nets, &self.picture, &self.rules, rects, self.em)?;
        words.retain(|words| !words.signs.is_empty());
        doubt::weigh(&mut words);
        Ok(Sheet {
            width: self.picture.grey.width,
            height: self.picture.grey.height,
            words,
            rules: self.rules,
            em: self.em,
            quarters,
            angle: self.angle,
        })
    }
}

/// Whether a few lines are read with more certainty the other way up.
fn upside_down(nets: &Nets, ready: &Ready, rects: &[Rect]) -> Result<bool, String> {
    let wide = |rect: &&Rect| {
        let (width, height) = (rect[2] - rect[0], rect[3] - rect[1]);
        width > height * 4.0 && width < height * 24.0
    };
    let fit: Vec<Rect> = rects.iter().filter(wide).copied().collect();
    let tried: Vec<Rect> =
        fit.iter().step_by((fit.len() / TRIED).max(1)).take(TRIED).copied().collect();
    if tried.is_empty() {
        return Ok(false);
    }
    let certainty = |words: Vec<Words>| {
        words.iter().map(Words::certainty).sum::<f32>() / words.len().max(1) as f32
    };
    let upright = certainty(read::read(nets, &ready.picture, &ready.rules, &tried, ready.em)?);
    if upright > UPRIGHT {
        return Ok(false);
    }
    let (width, height) = (ready.picture.grey.width as f32, ready.picture.grey.height as f32);
    let turned = ready.picture.map(|plane| plane.turned(2));
    let tried: Vec<Rect> = tried
        .iter()
        .map(|[x0, y0, x1, y1]| [width - x1, height - y1, width - x0, height - y0])
        .collect();
    Ok(certainty(read::read(nets, &turned, &[], &tried, ready.em)?) > upright)
}
