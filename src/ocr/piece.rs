//! How sure a piece of a line is, and what else it might be: a space more or less, a wide comma for a narrow one, a longer
//! or shorter underline, is no other reading, and doubt about a word beside a figure is no doubt about the figure.

use serde::{Deserialize, Serialize};

/// A reading that was not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Other {
    /// What stands there instead; may be empty.
    pub text: String,
    /// How likely it is, 0 to 1.
    pub likely: f32,
}

/// Some characters of a piece, how sure they are, and what else they might be.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// How many characters.
    pub count: usize,
    /// How sure they are, 0 to 1.
    pub certainty: f32,
    /// Other readings, the likeliest first.
    pub others: Vec<Other>,
}

/// Wide forms of ASCII as the narrow ones.
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-')
}

/// The parts of a piece read as `best` (without spaces), weighed against its other readings.
pub fn parts(best: &str, certainty: f32, others: &[(String, f32)]) -> Vec<Part> {
    let chars: Vec<char> = best.chars().map(half_width).collect();
    // A letter like a nought is no other figure where the rest is one: `0` alone in a cell passes for `O`.
    let figure = chars.contains(&'0') && chars.iter().all(|c| is_figure(*c));
    let nought = |c: char| if figure && matches!(c, 'O' | 'o' | '〇') { '0' } else { c };
    let narrow = |text: &str| -> String {
        text.chars().filter(|c| !matches!(c, ' ' | '_')).map(half_width).map(nought).collect()
    };
    let others: Vec<(String, f32)> =
        others.iter().map(|(text, likely)| (narrow(text), *likely)).collect();
    let weigh = |count: usize, part: &dyn Fn(&str) -> String| {
        let own = part(&narrow(best));
        let mut sure = certainty;
        let mut rest: Vec<Other> = Vec::new();
        for (text, likely) in others.iter().map(|(text, likely)| (part(text), *likely)) {
            match rest.iter_mut().find(|other| other.text == text) {
                _ if text == own => sure += likely,
                Some(other) => other.likely += likely,
                None => rest.push(Other { text, likely }),
            }
        }
        rest.sort_by(|a, b| b.likely.total_cmp(&a.likely));
        Part { count, certainty: sure.min(1.0), others: rest }
    };
    match only_figure(&chars) {
        Some((start, end)) if (start, end) != (0, chars.len()) => {
            let words = |text: &str| text.chars().filter(|c| !is_figure(*c)).collect();
            let beside = |count| Part { others: Vec::new(), ..weigh(count, &words) };
            let parts = [beside(start), weigh(end - start, &figures), beside(chars.len() - end)];
            parts.into_iter().filter(|part| part.count > 0).collect()
        }
        _ => vec![weigh(chars.len(), &str::to_string)],
    }
}

/// Where the one figure among words stands; marks behind it belong to the words.
fn only_figure(chars: &[char]) -> Option<(usize, usize)> {
    let start = chars.iter().position(char::is_ascii_digit)?;
    let length = chars[start..].iter().take_while(|c| is_figure(**c)).count();
    let end = start + length;
    if chars[..start].iter().any(|c| is_figure(*c)) || chars[end..].iter().any(|c| is_figure(*c)) {
        return None;
    }
    let marks = |c: &&char| matches!(c, '.' | ',' | '-');
    let marks = chars[start..end].iter().rev().take_while(marks).count();
    Some((start, if end < chars.len() { end - marks } else { end }))
}

/// The figures of a text, without marks that words follow.
fn figures(text: &str) -> String {
    let mut found = String::new();
    let mut marks = String::new();
    for c in text.chars() {
        match c {
            '.' | ',' | '-' => marks.push(c),
            c if is_figure(c) => {
                found.push_str(&std::mem::take(&mut marks));
                found.push(c);
            }
            _ => marks.clear(),
        }
    }
    found + &marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(best: &str, certainty: f32, others: &[(&str, f32)]) -> Vec<(usize, f32, usize)> {
        let others: Vec<_> =
            others.iter().map(|(text, likely)| (text.to_string(), *likely)).collect();
        let parts = parts(best, certainty, &others);
        parts.iter().map(|p| (p.count, (p.certainty * 100.0).round(), p.others.len())).collect()
    }

    #[test]
    fn a_space_or_a_wide_mark_is_no_other_reading() {
        assert_eq!(read("4", 0.85, &[("4_", 0.149)]), [(1, 100.0, 0)]);
        assert_eq!(read("0", 0.85, &[("O", 0.1), ("6", 0.05)]), [(1, 95.0, 1)]);
        assert_eq!(read("8", 0.85, &[("O", 0.1)]), [(1, 85.0, 1)]);
        assert_eq!(read("_", 0.5, &[("", 0.3), ("-", 0.2)]), [(1, 80.0, 1)]);
        assert_eq!(read(",6", 0.55, &[(", 6", 0.2), ("，6", 0.2), (".6", 0.05)]), [(2, 95.0, 1)]);
    }

    #[test]
    fn doubt_about_words_is_no_doubt_about_the_figure_beside_them() {
        let others = [("颔6", 0.2), ("额8", 0.1)];
        assert_eq!(read("额6", 0.7, &others), [(1, 80.0, 0), (1, 90.0, 1)]);
        let others = [("6。", 0.3), ("6.5", 0.1)];
        assert_eq!(read("6元", 0.5, &[("6，元", 0.2), ("元", 0.3)]), [(1, 70.0, 1), (1, 100.0, 0)]);
        assert_eq!(read("6.", 0.6, &others), [(2, 60.0, 2)]);
    }

    #[test]
    fn several_figures_stay_one_piece() {
        assert_eq!(read("1年2", 0.9, &[("1年3", 0.1)]), [(3, 90.0, 1)]);
    }
}
