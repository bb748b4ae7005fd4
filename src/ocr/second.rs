//! Another look at figures that were read with less than full certainty, e.g. `134` at 99.2 %.
//!
//! A line is cut out and scaled in another way and read once more, and a third time where that settles nothing. What all
//! readings agree on, each with certainty, is no longer taken for a slip of the network; what they disagree on is in doubt.

use super::doubt;
use super::read::Words;

/// Less certain figures are doubtful whatever another look says.
const LEAST: f32 = 0.7;
/// Two readings as certain as this make a firm one.
const SURE: f32 = 0.98;
/// More certain ones need no other look.
const FIRM: f32 = 0.999;
/// The second and the third look confirm a figure if each is as certain as this.
const AGREED: f32 = 0.95;
/// As certain is a figure that three looks agree on: enough to count, and still the first to be doubted where it fits
/// nothing.
const CONFIRMED: f32 = 0.985;
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

/// What the looks at a figure say together.
#[derive(PartialEq)]
enum Verdict {
    /// The first look stands.
    Stands,
    /// Another look is needed.
    Open,
    /// It is as certain as this.
    Settled(f32),
}

/// Whether a figure of the line is worth another look after these.
pub(super) fn wants(words: &Words, looks: &[Words]) -> bool {
    figures(words).iter().any(|figure| judge(figure, looks) == Verdict::Open)
}

/// Weighs the figures of a line by other looks at it.
pub(super) fn weigh(words: &mut Words, looks: &[Words]) {
    for figure in figures(words) {
        let certainty = match judge(&figure, looks) {
            Verdict::Stands => continue,
            Verdict::Settled(certainty) => certainty,
            Verdict::Open => figure.certainty,
        };
        for piece in figure.pieces {
            let own = &mut words.pieces[piece].0;
            *own =
                if certainty > figure.certainty { own.max(certainty) } else { own.min(certainty) };
        }
    }
}

fn judge(figure: &Figure, looks: &[Words]) -> Verdict {
    if !(LEAST..FIRM).contains(&figure.certainty) {
        return Verdict::Stands;
    }
    let mut least: f32 = 1.0;
    for look in looks {
        let others = figures(look);
        let shared = |other: &&Figure| other.right.min(figure.right) - other.left.max(figure.left);
        let same = others.iter().max_by(|a, b| shared(a).total_cmp(&shared(b)));
        match same.filter(|other| shared(other) > 0.0 && other.text == figure.text) {
            Some(other) => least = least.min(other.certainty),
            None => return Verdict::Settled(figure.certainty.min(DOUBTFUL)),
        }
    }
    // Cuts of one picture are no independent witnesses, so only sure ones make a surer one.
    match looks.len() {
        0 => Verdict::Open,
        1 if figure.certainty >= SURE && least >= SURE => {
            Verdict::Settled(1.0 - (1.0 - figure.certainty) * (1.0 - least))
        }
        1 if least >= AGREED => Verdict::Open,
        2 if least >= AGREED => Verdict::Settled(figure.certainty.max(CONFIRMED)),
        _ => Verdict::Settled(figure.certainty.min(least)),
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
    fn looks_that_agree_make_a_figure_firm() {
        let weighed = |first, looks: &[(&str, f32)]| {
            let mut words = line("减少134万元", first);
            let looks: Vec<Words> = looks.iter().map(|(text, sure)| line(text, *sure)).collect();
            weigh(&mut words, &looks);
            words.pieces[3].0
        };
        assert!(weighed(0.99, &[("减少134万元", 0.99)]) > 0.9998);
        assert!(weighed(0.99, &[("减少134万元", 0.9)]) < 0.91);
        assert!(weighed(0.99, &[("减少13万元", 0.99)]) < 0.51);
        assert!(weighed(0.99, &[("减少万元", 0.99)]) < 0.51);
        assert!(weighed(0.8, &[("减少134万元", 0.97), ("减少134万元", 0.96)]) > 0.98);
        assert!(weighed(0.8, &[("减少134万元", 0.97), ("减少134万元", 0.9)]) < 0.81);
        assert!(weighed(0.8, &[("减少134万元", 0.97), ("减少184万元", 0.99)]) < 0.51);
        assert!(weighed(0.6, &[("减少134万元", 0.99), ("减少134万元", 0.99)]) < 0.61);
    }

    #[test]
    fn another_look_is_taken_where_it_helps() {
        let wants = |text, first, looks: &[f32]| {
            let looks: Vec<Words> = looks.iter().map(|sure| line(text, *sure)).collect();
            super::wants(&line(text, first), &looks)
        };
        assert!(wants("134", 0.99, &[]) && wants("134", 0.8, &[]) && wants("134", 0.8, &[0.96]));
        assert!(!wants("134", 0.6, &[]) && !wants("万", 0.99, &[]) && !wants("134", 0.8, &[0.9]));
        assert!(!wants("134", 0.99, &[0.99]) && !wants("134", 0.8, &[0.96, 0.96]));
    }
}
