//! Figures that cannot have been printed as they were read, whatever the network says of its certainty.
//!
//! A border over the last digit turns `0.00` into `0.0C` or `0.0`; noise turns `11,780.00` into `11.780.00`. A figure
//! that is glued to a letter like a digit, whose groups of three do not come out, or that has other decimals than the
//! figures of all other cells of the page is no longer certain. A page that never prints a zero at the end of decimals
//! (`55279.2` under `44699.18`, and `0`) has figures of any length.

use super::read::Words;

/// No figure that looks wrong is more certain than this.
const DOUBTFUL: f32 = 0.5;
/// A letter glued to a figure that may be one of its digits.
const LETTERS: &str = "OoQCDGclIiJSsBbZzgqUuaern|!'`°";
/// What is further off than this share of the line's height is not glued.
const APART: f32 = 0.5;
/// So many cells with decimals show what the page's figures look like.
const CELLS: usize = 8;
/// This share of them has the same number of decimals.
const ALIKE: f32 = 0.65;
/// So many short figures, surely read, show that zeros at the end are left out.
const SHORT: usize = 3;
/// What is read with more certainty than this is no reason to doubt what stands beside it.
const FIRM: f32 = 0.98;

/// Takes certainty from figures that look wrong.
pub fn weigh(lines: &mut [Words]) {
    let usual = decimals(lines);
    let trimmed = trimmed(lines);
    let columns: Vec<Option<usize>> = (0..lines.len()).map(|at| column(lines, at)).collect();
    for (words, column) in lines.iter_mut().zip(columns) {
        let usual = column.or(usual);
        let chars: Vec<char> = words.signs.iter().map(|sign| sign.c).collect();
        let alone = cell(&chars).is_some();
        for (start, end) in figures(&chars) {
            let text: String = chars[start..end].iter().collect();
            let beside = neighbours(words, start, end);
            let glued = beside.iter().any(|(c, _)| LETTERS.contains(*c));
            // What was not surely read beside a figure may be a part of it: `3.-16` for `3.16`.
            let beside = beside.iter().filter(|(c, _)| !is_han(*c));
            let shaky =
                beside.map(|(_, certainty)| *certainty).filter(|certainty| *certainty < FIRM);
            let shaky = shaky.fold(1.0, f32::min);
            // `0` among `0.00` has lost its end, as `0.0` has; codes and column numbers have no point.
            let shown = if text == "0" { Some(0) } else { places(&text) };
            let differs = if trimmed { shown > usual } else { shown != usual };
            let unusual = alone && usual.is_some() && shown.is_some() && differs;
            let wrong = glued || unusual || !grouped(&text);
            let most = if wrong { DOUBTFUL.min(shaky) } else { shaky };
            for sign in &words.signs[start..end] {
                let certainty = &mut words.pieces[sign.piece].0;
                *certainty = certainty.min(most);
            }
        }
    }
}

/// The characters up to the next that is no mark on either side of a figure, with their certainty; those that stand
/// apart do not count.
fn neighbours(words: &Words, start: usize, end: usize) -> Vec<(char, f32)> {
    let mut found = Vec::new();
    let sides: [Vec<usize>; 2] = [(0..start).rev().collect(), (end..words.signs.len()).collect()];
    for (mut last, side) in [start, end - 1].into_iter().zip(sides) {
        for at in side {
            let (sign, rect, other) =
                (words.signs[at], words.signs[at].rect, words.signs[last].rect);
            let gap = rect[0].max(other[0]) - rect[2].min(other[2]);
            if gap > APART * (rect[3] - rect[1]) {
                break;
            }
            found.push((sign.c, words.pieces.get(sign.piece).map_or(0.0, |piece| piece.0)));
            if !mark(&sign.c) {
                break;
            }
            last = at;
        }
    }
    found
}

fn is_han(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c)
}

fn mark(c: &char) -> bool {
    matches!(c, '.' | ',' | '，' | '．')
}

/// Where runs of digits, points and commas begin and end.
pub(super) fn figures(chars: &[char]) -> Vec<(usize, usize)> {
    let part = |c: &char| c.is_ascii_digit() || mark(c);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(skip) = chars[at..].iter().position(char::is_ascii_digit) {
        let start = at + skip;
        let length = chars[start..].iter().take_while(|c| part(c)).count();
        let whole = &chars[start..start + length];
        let digits = whole.iter().rposition(char::is_ascii_digit).map_or(1, |last| last + 1);
        found.push((start, start + digits));
        at = start + length;
    }
    found
}

/// The figure of a cell that holds nothing else but a sign.
fn cell(chars: &[char]) -> Option<String> {
    let bare: String = chars.iter().filter(|c| !matches!(c, '-' | '－' | '%' | '％')).collect();
    let figure = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (figure && bare.contains(|c: char| c.is_ascii_digit())).then_some(bare)
}

/// Digits after the only point.
fn places(text: &str) -> Option<usize> {
    let (whole, decimals) = text.split_once('.')?;
    (!whole.is_empty() && !decimals.contains('.')).then_some(decimals.len())
}

/// The decimals that nearly all cells of the page have.
fn decimals(lines: &[Words]) -> Option<usize> {
    let mut counts = [0usize; 10];
    for words in lines {
        let chars: Vec<char> = words.signs.iter().map(|sign| sign.c).collect();
        if let Some(places) = cell(&chars).as_deref().and_then(places) {
            counts[places.min(9)] += 1;
        }
    }
    let sum: usize = counts.iter().sum();
    let (usual, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    (sum >= CELLS && *most as f32 >= ALIKE * sum as f32).then_some(usual)
}

/// Whether zeros at the end of decimals are left out, as a spreadsheet does that was given no format: no figure of a cell
/// ends with one, and some are short.
fn trimmed(lines: &[Words]) -> bool {
    let mut lengths: Vec<usize> = Vec::new();
    for words in lines {
        let chars: Vec<char> = words.signs.iter().map(|sign| sign.c).collect();
        let Some(text) = cell(&chars) else { continue };
        let sure = words.pieces.iter().all(|piece| piece.0 >= FIRM);
        match places(&text) {
            Some(_) if text.ends_with('0') => return false,
            Some(places) if sure => lengths.push(places),
            // A whole figure of the kind that is no code and no number of a column.
            None if sure && text == "0" => lengths.push(0),
            _ => {}
        }
    }
    let longest = lengths.iter().max().copied().unwrap_or(0);
    let short = lengths.iter().filter(|length| **length < longest).count();
    lengths.len() >= CELLS && short >= SHORT
}

/// The most decimals that a good part of the cells have which end where this one ends: noise takes digits away.
fn column(lines: &[Words], at: usize) -> Option<usize> {
    let own = lines.get(at)?.rect;
    let mut counts = [0usize; 10];
    for words in lines.iter().filter(|words| (words.rect[2] - own[2]).abs() < own[3] - own[1]) {
        let chars: Vec<char> = words.signs.iter().map(|sign| sign.c).collect();
        if let Some(places) = cell(&chars).as_deref().and_then(places) {
            counts[places.min(9)] += 1;
        }
    }
    let sum: usize = counts.iter().sum();
    counts.iter().rposition(|count| *count >= 3 && *count * 10 >= sum * 3)
}

/// Whether commas part groups of three and there is one point at most, as in `11,780.00`; `2024.12.31` is a date.
fn grouped(text: &str) -> bool {
    let text = text.replace('，', ",").replace('．', ".");
    let points = text.matches('.').count();
    if !text.contains(',') {
        let date = text.len() >= 6 && text.starts_with("20") || text.starts_with("19");
        return points <= 1 || date || text.split('.').all(|part| part.len() <= 2);
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    points <= 1
        && first
        && groups.all(|group| group.len() == 3)
        && !decimals.contains(',')
        && !text.ends_with(',')
}

#[cfg(test)]
mod tests {
    use super::super::read::Sign;
    use super::*;

    fn line(text: &str) -> Words {
        let sign = |(piece, c)| Sign { c, rect: [0.0; 4], piece };
        let signs: Vec<Sign> = text.chars().enumerate().map(sign).collect();
        Words { pieces: vec![(1.0, Vec::new()); signs.len()], signs, ..Words::default() }
    }

    #[test]
    fn figures_that_cannot_be_printed_so() {
        for text in ["11,780.00", "1,333,000", "0.00", "2024.12.31", "1.2.1", "增长8.8%"] {
            let mut lines = [line(text)];
            weigh(&mut lines);
            assert!((lines[0].certainty() - 1.0).abs() < 1e-6, "{text}");
        }
        for text in ["11.780.00", "1,000,00", "0.0C", "0.0G", "O.00", "1,33,000"] {
            let mut lines = [line(text)];
            weigh(&mut lines);
            assert!(lines[0].certainty() < 1.0, "{text}");
        }
    }

    #[test]
    fn a_cell_with_other_decimals_is_doubtful() {
        let mut lines: Vec<Words> = (0..9).map(|_| line("985.00")).collect();
        lines.push(line("32.0"));
        lines.push(line("第1.5条"));
        lines.push(line("0"));
        lines.push(line("2060301"));
        weigh(&mut lines);
        let sure: Vec<bool> = lines.iter().map(|line| line.certainty() > 0.9).collect();
        assert_eq!(sure[8..], [true, false, true, false, true]);
    }

    #[test]
    fn zeros_left_out_at_the_end_are_not_lost() {
        let sure = |texts: &[&str]| -> Vec<bool> {
            let mut lines: Vec<Words> = texts.iter().map(|text| line(text)).collect();
            weigh(&mut lines);
            lines.iter().map(|line| line.certainty() > 0.9).collect()
        };
        let mut texts = vec!["44699.18"; 9];
        texts.extend(["55279.2", "0", "0", "1.234"]);
        assert_eq!(sure(&texts)[8..], [true, true, true, true, false]);
        texts.push("95709.90");
        assert_eq!(sure(&texts)[8..], [true, false, false, false, false, true]);
    }

    #[test]
    fn a_sure_neighbour_is_no_reason_for_doubt() {
        let mut lines = [line("99.94%"), line("99.94%")];
        lines[0].pieces[5].0 = 0.985;
        lines[1].pieces[5].0 = 0.9;
        weigh(&mut lines);
        assert!(lines[0].pieces[0].0 > 0.99 && lines[1].pieces[0].0 < 0.91);
    }
}
