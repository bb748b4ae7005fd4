//! Invented reports with consistent figures: each must be silent and mostly compared, and one changed figure told.

use gouji::check::{Selection, run};
use gouji::document::{ReadOptions, read};
use gouji::report::{Lang, check};
use gouji::waiver::Waivers;
use gouji::{Report, understand};
use std::path::Path;

const REPORTS: u64 = 80;

/// SplitMix64: the same report for the same seed everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len() as u64) as usize].clone()
    }
}

/// `12.34%`, rounded half up.
pub fn percent(part: i64, whole: i64) -> String {
    let hundredths = (part * 20_000 + whole) / (2 * whole);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn understood(text: &str) -> Report {
    understand(read(Path::new("invented.txt"), text.as_bytes(), &ReadOptions::default()).unwrap())
}

/// What is told of a report, one line each.
fn told(report: &Report) -> Vec<String> {
    let findings = run(report, &Selection::default());
    findings.iter().map(|one| format!("{} {}", one.check, one.arithmetic)).collect()
}

/// Fails where something is told of a report, or less than nine tenths of all figures are compared.
pub fn are_silent_and_compared(write: fn(u64) -> String) {
    let (mut numbers, mut checked) = (0, 0);
    for seed in 0..REPORTS {
        let text = write(seed);
        let report = understood(&text);
        let told = told(&report);
        assert!(told.is_empty(), "report {seed}: {told:#?}\n{text}");
        let coverage =
            check(&report, &Selection::default(), &Waivers::default(), Lang::Zh).coverage;
        numbers += coverage.numbers;
        checked += coverage.checked;
    }
    assert!(checked * 10 >= numbers * 9, "{checked} of {numbers} compared");
}

/// The first figure after `words`, with another digit right before what `end` finds.
fn changed(text: &str, words: &str, end: fn(char) -> bool) -> Option<String> {
    let after = text.find(words)? + words.len();
    let start = after + text[after..].find(|c: char| c.is_ascii_digit())?;
    let end = start + text[start..].find(end)?;
    let digit = text[..end].chars().next_back()?.to_digit(10)?;
    Some(format!("{}{}{}", &text[..end - 1], (digit + 3) % 10, &text[end..]))
}

/// Fails where nothing is told of a report whose figure after one of these words is another.
pub fn are_told(write: fn(u64) -> String, end: fn(char) -> bool, after: &[&str]) {
    for words in after {
        let mut tried = 0;
        for seed in 0..REPORTS {
            let Some(text) = changed(&write(seed), words, end) else { continue };
            tried += 1;
            assert!(!told(&understood(&text)).is_empty(), "{words} in report {seed}\n{text}");
        }
        assert!(tried > 10, "{words} in {tried} reports only");
    }
}
