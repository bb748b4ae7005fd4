//! Lines of words to characters: cut out with a margin, scaled to the height the network knows, read in batches.

use super::ctc::{self, Piece};
use super::detect::Rect;
use super::net::{LINE, Nets, STEP};
use super::picture::{Picture, Plane};
use rten_tensor::prelude::*;
use serde::{Deserialize, Serialize};

/// A character as read, with its box in pixels of the upright page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sign {
    /// The character.
    pub c: char,
    /// Left, top, right, bottom.
    pub rect: Rect,
    /// Which of the line's pieces it belongs to.
    pub piece: usize,
}

/// A reading that was not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Other {
    /// What stands there instead; may be empty.
    pub text: String,
    /// How likely it is, 0 to 1.
    pub likely: f32,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Words {
    /// Its characters.
    pub signs: Vec<Sign>,
    /// For each piece how certain it is, and its other readings.
    pub pieces: Vec<(f32, Vec<Other>)>,
    /// The line's box.
    pub rect: Rect,
}

impl Words {
    /// The characters as a string.
    pub fn text(&self) -> String {
        self.signs.iter().map(|sign| sign.c).collect()
    }

    /// The mean certainty of its pieces.
    pub fn certainty(&self) -> f32 {
        let sum: f32 = self.pieces.iter().map(|(certainty, _)| certainty).sum();
        sum / self.pieces.len().max(1) as f32
    }
}

/// Margin above and below the ink, as a share of the line's height.
const ABOVE: f32 = 0.16;
/// Margin left and right of the ink, as a share of the line's height.
const BESIDE: f32 = 0.3;
/// A line lower than this share of the em has digits only.
const DIGITS: f32 = 0.88;
/// Digits are drawn out: two zeros side by side must not fall into one step of the network.
const STRETCH: f32 = 1.4;
/// Columns of a batch: more need more memory, fewer leave threads idle.
const BATCH: usize = 2560;
/// A narrower gap, in ems, is none inside a figure where no space was read.
const INSIDE: f32 = 0.5;
/// The longest line that is read in one piece, in columns.
const LONGEST: usize = 6400;

/// A line cut out and scaled.
struct Strip {
    plane: Plane,
    rect: Rect,
    left: f32,
    scale: f32,
}

/// Reads the lines at `rects` of an upright page with characters `em` pixels high; in the order given.
pub fn read(nets: &Nets, picture: &Picture, rects: &[Rect], em: f32) -> Result<Vec<Words>, String> {
    let strips: Vec<Strip> = rects.iter().map(|rect| strip(picture, *rect, em)).collect();
    let mut order: Vec<usize> = (0..strips.len()).collect();
    order.sort_by_key(|index| strips[*index].plane.width);
    let mut out = vec![Words::default(); strips.len()];
    let mut rest = &order[..];
    while let Some(first) = rest.first() {
        // Lines of a batch are padded to the longest: let none grow by more than a fifth.
        let limit = strips[*first].plane.width * 6 / 5 + 2 * STEP;
        let mut count = 1;
        while let Some(next) = rest.get(count) {
            let width = strips[*next].plane.width;
            if width > limit || width * (count + 1) > BATCH {
                break;
            }
            count += 1;
        }
        let (batch, later) = rest.split_at(count);
        rest = later;
        let planes: Vec<&Plane> = batch.iter().map(|index| &strips[*index].plane).collect();
        let width = planes.last().map_or(STEP, |plane| plane.width);
        let likelihoods = nets.read(&planes, width)?;
        for (row, index) in batch.iter().enumerate() {
            let labels = likelihoods.size(2);
            let steps = strips[*index].plane.width.div_ceil(STEP).min(likelihoods.size(1));
            let view = likelihoods.slice(row);
            let view = view.data().ok_or("likelihoods in pieces")?;
            let pieces = ctc::decode(&view[..steps * labels], labels);
            out[*index] = words(nets, &strips[*index], &pieces, em);
        }
    }
    Ok(out)
}

fn strip(picture: &Picture, rect: Rect, em: f32) -> Strip {
    let [left, top, right, bottom] = rect;
    // A dash alone is not blown up to a bar.
    let height = (bottom - top).max(em * 0.7);
    let middle = (top + bottom) / 2.0;
    let (above, beside) = (height * (0.5 + ABOVE), height * BESIDE);
    let area = [left - beside, middle - above, right + beside, middle + above];
    let area = [area[0].floor(), area[1].floor(), area[2].ceil(), area[3].ceil()];
    let plane = source(picture, rect).cropped(area.map(|side| side as i32));
    let stretch = if bottom - top < em * DIGITS { STRETCH } else { 1.0 };
    let scale = LINE as f32 / plane.height as f32 * stretch;
    let width = (plane.width as f32 * scale).round() as usize;
    let width = width.next_multiple_of(STEP).clamp(2 * STEP, LONGEST);
    let scale = width as f32 / plane.width as f32;
    Strip { plane: plane.scaled(width, LINE), rect, left: area[0], scale }
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

/// Closes gaps inside figures: a narrow `1` stands on its step, not on its width, and `16.69` set wide is one figure.
/// `spaces` are the characters before which a space was read.
fn close(signs: &mut [Sign], spaces: &[usize], em: f32) {
    let figure = |sign: &Sign| sign.c.is_ascii_digit() || matches!(sign.c, '.' | ',' | '%');
    for index in 1..signs.len() {
        let (left, right) = (signs[index - 1], signs[index]);
        let gap = right.rect[0] - left.rect[2];
        let inside = gap > 0.0 && gap < em * INSIDE && !spaces.contains(&index);
        if inside && figure(&left) && figure(&right) {
            signs[index - 1].rect[2] += gap / 2.0;
            signs[index].rect[0] = signs[index - 1].rect[2];
        }
    }
}

/// A piece's certainty and other readings, where a space more or less is no other reading: in `101, 673.03` the network
/// wavers over the space alone.
fn without_spaces(
    best: &str,
    certainty: f32,
    others: impl Iterator<Item = (String, f32)>,
) -> (f32, Vec<Other>) {
    let mut sure = certainty;
    let mut rest: Vec<Other> = Vec::new();
    for (text, likely) in others {
        match rest.iter_mut().find(|other| other.text == text) {
            _ if text == best => sure += likely,
            Some(other) => other.likely += likely,
            None => rest.push(Other { text, likely }),
        }
    }
    rest.sort_by(|a, b| b.likely.total_cmp(&a.likely));
    (sure.min(1.0), rest)
}

fn words(nets: &Nets, strip: &Strip, pieces: &[Piece], em: f32) -> Words {
    let [_, top, _, bottom] = strip.rect;
    let c = |label: usize| nets.characters.get(label).copied().unwrap_or(' ');
    let x = |step: f32| strip.left + (step + 0.5) * STEP as f32 / strip.scale;
    let mut words = Words { rect: strip.rect, ..Words::default() };
    let mut spaces = Vec::new();
    for piece in pieces {
        let text = |labels: &[usize]| -> String {
            labels.iter().map(|label| c(*label)).filter(|c| *c != ' ').collect()
        };
        let labels: Vec<usize> = piece.signs.iter().map(|(label, _)| *label).collect();
        let others = piece.others.iter().map(|(labels, likely)| (text(labels), *likely));
        let weighed = without_spaces(&text(&labels), piece.certainty, others);
        for (label, step) in &piece.signs {
            let sign = c(*label);
            if sign == ' ' {
                spaces.push(words.signs.len());
            } else {
                let half = if sign.is_ascii() { em * 0.28 } else { em * 0.5 };
                let rect = [x(*step) - half, top, x(*step) + half, bottom];
                words.signs.push(Sign { c: sign, rect, piece: words.pieces.len() });
            }
        }
        words.pieces.push(weighed);
    }
    close(&mut words.signs, &spaces, em.max(bottom - top));
    // Neighbours part in the middle.
    for index in 1..words.signs.len() {
        let (left, right) = (words.signs[index - 1].rect, words.signs[index].rect);
        if left[2] > right[0] {
            let weight = |rect: Rect| rect[2] - rect[0];
            let (from, to) = ((left[0] + left[2]) / 2.0, (right[0] + right[2]) / 2.0);
            let border = from + (to - from) * weight(left) / (weight(left) + weight(right));
            words.signs[index - 1].rect[2] = border;
            words.signs[index].rect[0] = border;
        }
    }
    if let [first, .., last] = &mut words.signs[..] {
        first.rect[0] = first.rect[0].max(strip.rect[0] - em * 0.1);
        last.rect[2] = last.rect[2].min(strip.rect[2] + em * 0.1);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_set_wide_stay_whole_and_two_stay_two() {
        let sign = |c, left| Sign { c, rect: [left, 0.0, left + 11.0, 20.0], piece: 0 };
        let mut signs = [sign('1', 0.0), sign('6', 16.0), sign('9', 35.0)];
        close(&mut signs, &[2], 20.0);
        assert!((signs[0].rect[2] - signs[1].rect[0]).abs() < 1e-6);
        assert!((signs[1].rect[2] - 27.0).abs() < 1e-6);
        assert!((signs[2].rect[0] - 35.0).abs() < 1e-6);
    }

    #[test]
    fn a_space_is_no_other_reading() {
        let others = [(",6", 0.4), (".6", 0.03), (".6", 0.02)];
        let others = others.map(|(text, likely)| (text.to_string(), likely)).into_iter();
        let (certainty, others) = without_spaces(",6", 0.55, others);
        assert!((certainty - 0.95).abs() < 1e-6);
        assert_eq!(others.len(), 1);
        assert!(others[0].text == ".6" && (others[0].likely - 0.05).abs() < 1e-6);
    }
}
