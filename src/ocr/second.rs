//! A second look at figures that were read with nearly, not quite full certainty, e.g. `134` at 99.2 %.
//!
//! A line is cut out and scaled in another way and read once more. What both readings agree on, each with certainty, is
//! no longer taken for a slip of the network; what they disagree on is in doubt.

use super::doubt;
use super::read::Words;

/// Less certain figures are doubtful anyway.
const LEAST: f32 = 0.98;
/// More certain ones need no second look.
const FIRM: f32 = 0.999;
/// No figure that two readings disagree on is more certain than this.
const DOUBTFUL: f32 = 0.5;

/// A figure of a line.
struct Figure {
    text: String,
    left: f32,
    right: f32,
    certainty: f32,
    pieces: Vec<usize>,
}

/// Whether a figure of the line is worth a second look.
pub(super) fn wants(words: &Words) -> bool {
    figures(words).iter().any(|figure| (LEAST..FIRM).contains(&figure.certainty))
}

/// Weighs the figures of a line by a second reading of it.
pub(super) fn compare(words: &mut Words, second: &Words) {
    let others = figures(second);
    for figure in figures(words) {
        if !(LEAST..FIRM).contains(&figure.certainty) {
            continue;
        }
        let shared = |other: &&Figure| other.right.min(figure.right) - other.left.max(figure.left);
        let same = others.iter().max_by(|a, b| shared(a).total_cmp(&shared(b)));
        let same = same.filter(|other| shared(other) > 0.0 && other.text == figure.text);
        for piece in figure.pieces {
            let certainty = &mut words.pieces[piece].0;
            *certainty = match same {
                // Two cuts of one picture are no independent witnesses, so only two sure ones make a surer one.
                Some(other) if other.certainty >= LEAST => {
                    certainty.max(1.0 - (1.0 - *certainty) * (1.0 - other.certainty))
                }
                Some(other) => certainty.min(other.certainty),
                None => certainty.min(DOUBTFUL),
            };
        }
    }
}

fn figures(words: &Words) -> Vec<Figure> {
    let chars: Vec<char> = words.signs.iter().map(|sign| sign.c).collect();
    let figure = |(start, end): (usize, usize)| {
        let signs = &words.signs[start..end];
        let mut pieces: Vec<usize> = signs.iter().map(|sign| sign.piece).collect();
        pieces.dedup();
        let certainty = |piece: &usize| words.pieces.get(*piece).map_or(0.0, |piece| piece.0);
        Figure {
            text: signs.iter().map(|sign| super::piece::half_width(sign.c)).collect(),
            left: signs[0].rect[0],
            right: signs[signs.len() - 1].rect[2],
            certainty: pieces.iter().map(certainty).fold(1.0, f32::min),
            pieces,
        }
    };
    doubt::figures(&chars).into_iter().map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::super::read::Sign;
    use super::*;

    fn line(text: &str, certainty: f32) -> Words {
        let sign = |(at, c)| Sign { c, rect: [at as f32, 0.0, at as f32 + 1.0, 1.0], piece: at };
        let signs: Vec<Sign> = text.chars().enumerate().map(sign).collect();
        Words { pieces: vec![(certainty, Vec::new()); signs.len()], signs, ..Words::default() }
    }

    #[test]
    fn two_readings_make_a_figure_firm_or_doubtful() {
        let weighed = |first, text, second| {
            let mut words = line("减少134万元", first);
            compare(&mut words, &line(text, second));
            words.pieces[3].0
        };
        assert!(weighed(0.99, "减少134万元", 0.99) > 0.9998);
        assert!(weighed(0.99, "减少134万元", 0.9) < 0.91);
        assert!(weighed(0.99, "减少13万元", 0.99) < 0.51);
        assert!(weighed(0.99, "减少万元", 0.99) < 0.51);
        assert!(weighed(0.9, "减少134万元", 0.99) < 0.91);
        assert!(
            wants(&line("134", 0.99)) && !wants(&line("134", 0.9)) && !wants(&line("万", 0.99))
        );
    }
}
