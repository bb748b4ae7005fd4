//! Lines of words to characters: cut out, read in batches, and looked at again where that is not certain.

use super::ctc::{self, Piece};
use super::detect::Rect;
use super::net::{Nets, STEP};
use super::picture::{Picture, Plane};
use super::piece::{self, Other};
use super::rules::Line;
use super::second;
use super::strip::{FIRST_LOOK, LOOKS, Page, Strip, roomy};
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

/// Columns of a batch: more need more memory, fewer leave threads idle.
const BATCH: usize = 2560;
/// A narrower gap, in ems, is none inside a figure where no space was read.
const INSIDE: f32 = 0.5;
/// A line of fewer ems is a sign alone.
const ALONE: f32 = 2.0;
/// A sign alone that is read with less certainty is read once more, with room around it as a line of words has: a
/// lone `≥` pressed into its box passes for a `W`.
const SURE: f32 = 0.98;
/// The first reading of a sign alone counts this much less.
const FIRST: f32 = 0.9;
/// Reads the lines at `rects` of an upright page with characters `em` pixels high; in the order given.
pub fn read(
    nets: &Nets,
    picture: &Picture,
    rules: &[Line],
    rects: &[Rect],
    em: f32,
) -> Result<Vec<Words>, String> {
    let page = Page { picture, rules, em };
    let strips: Vec<Strip> = rects.iter().map(|rect| page.cut(*rect, FIRST_LOOK)).collect();
    let mut out = all(nets, &strips, em)?;
    let doubtful = |at: &usize| {
        let alone = rects[*at][2] - rects[*at][0] < em * ALONE;
        alone && !out[*at].signs.is_empty() && out[*at].certainty() < SURE
    };
    let doubtful: Vec<usize> = (0..rects.len()).filter(doubtful).collect();
    let strips: Vec<Strip> = doubtful.iter().map(|at| roomy(picture, rects[*at], em)).collect();
    for (at, words) in doubtful.into_iter().zip(all(nets, &strips, em)?) {
        if !words.signs.is_empty() && words.certainty() > FIRST * out[at].certainty() {
            out[at] = words;
        }
    }
    look_again(nets, &page, rects, &mut out)?;
    Ok(out)
}

/// Looks once or twice more at the lines whose figures were not read with full certainty.
fn look_again(
    nets: &Nets,
    page: &Page<'_>,
    rects: &[Rect],
    out: &mut [Words],
) -> Result<(), String> {
    let mut looks: Vec<Vec<Words>> = vec![Vec::new(); rects.len()];
    for look in LOOKS {
        let wanted = |at: &usize| second::wants(&out[*at], &looks[*at]);
        let wanted: Vec<usize> = (0..rects.len()).filter(wanted).collect();
        let strips: Vec<Strip> = wanted.iter().map(|at| page.cut(rects[*at], look)).collect();
        for (at, words) in wanted.into_iter().zip(all(nets, &strips, page.em)?) {
            looks[at].push(words);
        }
    }
    for (words, looks) in out.iter_mut().zip(&looks).filter(|(_, looks)| !looks.is_empty()) {
        second::weigh(words, looks);
    }
    Ok(())
}

fn all(nets: &Nets, strips: &[Strip], em: f32) -> Result<Vec<Words>, String> {
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

/// Marks beside Chinese words are wide, as they are printed: the network wavers between `综述:` and `综述：`.
fn widen(signs: &mut [Sign]) {
    let han =
        |sign: Option<&Sign>| sign.is_some_and(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign.c));
    let digit = |sign: Option<&Sign>| sign.is_some_and(|sign| sign.c.is_ascii_digit());
    for index in 0..signs.len() {
        let (before, after) =
            (index.checked_sub(1).and_then(|at| signs.get(at)), signs.get(index + 1));
        let wide = (han(before) || han(after)) && !(digit(before) && digit(after));
        signs[index].c = match signs[index].c {
            ',' if wide => '，',
            ':' if wide => '：',
            ';' if wide => '；',
            '?' if wide => '？',
            '!' if wide => '！',
            c => c,
        };
    }
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
        let others: Vec<_> =
            piece.others.iter().map(|(labels, likely)| (text(labels), *likely)).collect();
        let parts = piece::parts(&text(&labels), piece.certainty, &others);
        let mut counts =
            parts.iter().enumerate().flat_map(|(at, part)| (0..part.count).map(move |_| at));
        let first = words.pieces.len();
        for (label, step) in &piece.signs {
            let sign = c(*label);
            if sign == ' ' {
                spaces.push(words.signs.len());
            } else {
                let half = if sign.is_ascii() { em * 0.28 } else { em * 0.5 };
                let rect = [x(*step) - half, top, x(*step) + half, bottom];
                let piece = first + counts.next().unwrap_or(0);
                words.signs.push(Sign { c: sign, rect, piece });
            }
        }
        words.pieces.extend(parts.into_iter().map(|part| (part.certainty, part.others)));
    }
    widen(&mut words.signs);
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
        // A closing mark has its ink on the left; the room on its right is its own, and the line is as long as others.
        if matches!(last.c, '，' | '。' | '；' | '：' | '、' | '）') {
            last.rect[2] += em * 0.45;
        }
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

    /// `≥` as a page of 200 dpi shows it.
    const AT_LEAST: [&str; 17] = [
        ".*-               ",
        "  +#*-            ",
        "    .+#+.         ",
        "       .+#+.      ",
        "          .*#+    ",
        "             -**- ",
        "             .-#*.",
        "          .+#*-   ",
        "       .+#*-      ",
        "    .+#*-         ",
        " .+#*-           .",
        "-*-           -**.",
        "           -**-   ",
        "        -**-      ",
        "     -*#+.        ",
        "  -*#+.           ",
        " #+.              ",
    ];

    #[test]
    fn a_sign_alone_is_what_it_is() {
        let files = super::super::models::folder()
            .and_then(|folder| super::super::models::installed(&folder));
        let Some(bytes) =
            files.map(|files| files.map(|file| std::fs::read(file).unwrap_or_default()))
        else {
            return;
        };
        let [detector, reader] = bytes;
        let Ok(nets) = Nets::load(detector, reader, 2) else { panic!("models that do not load") };
        let mut grey = Plane::new(60, 60, 255);
        for (y, row) in AT_LEAST.iter().enumerate() {
            for (x, c) in row.chars().enumerate() {
                let shade = "#*+-. ".find(c).unwrap_or(5) as u8;
                grey.pixels[(y + 20) * 60 + x + 20] = shade * 43 + 20 + shade * 3;
            }
        }
        let picture = Picture { grey, without_red: None };
        let found = read(&nets, &picture, &[], &[[20.0, 20.0, 38.0, 37.0]], 21.0);
        assert_eq!(found.map(|lines| lines[0].text()), Ok("≥".into()));
    }

    #[test]
    fn marks_beside_words_are_wide() {
        let signs = "综述:1,234.5万元,占3:2".chars().map(|c| Sign { c, rect: [0.0; 4], piece: 0 });
        let mut signs: Vec<Sign> = signs.collect();
        widen(&mut signs);
        let text: String = signs.iter().map(|sign| sign.c).collect();
        assert_eq!(text, "综述：1,234.5万元，占3:2");
    }
}
