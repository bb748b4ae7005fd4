//! One report as the rows of a corpus: made by the threads that read, written by the one that stores.

mod figures;
mod passages;
mod words;

pub use figures::Figure;
pub use passages::{Passage, Spot};
pub use words::segment;

use crate::Report;
use crate::check::Selection;
use crate::document::Source;
use crate::number::Reading;
use crate::report::json::CheckedReport;
use crate::report::structure::ExtractedReport;
use crate::report::{self, Lang};
use crate::waiver::Waivers;
use passages::Passages;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The reader that made a row: version of gouji and a hash of all that decides how a report is read and judged.
pub fn reader() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), "+", env!("GOUJI_READER"))
}

/// A report as rows.
#[derive(Debug)]
pub struct Record {
    /// Identity of its content: 32 hex digits of the hash of its file, or of the hashes of its files.
    pub key: String,
    /// Its files, narrative first.
    pub files: Vec<Source>,
    /// Numbers, facts, codes, tables, indicators, charts.
    pub extracted: ExtractedReport,
    /// Findings, coverage, gaps.
    pub checked: CheckedReport,
    /// Paths of the sections, by section.
    pub sections: Vec<String>,
    /// Paragraphs and rows of tables.
    pub passages: Vec<Passage>,
    /// For each number where it stands in the passages, and what the store keeps of it.
    pub numbers: Vec<NumberRow>,
    /// Where the gaps stand.
    pub gaps: Vec<Option<Spot>>,
    /// What the report says of each indicator.
    pub figures: Vec<Figure>,
}

/// What the store keeps of a number besides its entry.
#[derive(Debug, Clone, Default)]
pub struct NumberRow {
    /// Where it stands.
    pub spot: Option<Spot>,
    /// The last printed place as a power of ten, in the printed unit: -2 for `5180.59万元`; `None` where it is not
    /// one quantity or is loosened (`约3亿元`).
    pub place: Option<i32>,
    /// The amount in fen (1/100 yuan), if it is a whole number of them.
    pub fen: Option<i64>,
    /// The amount in yuan, if it is not.
    pub finer: Option<String>,
}

impl Record {
    /// The rows of a report.
    pub fn new(report: &Report) -> Self {
        let extracted = report::extract(report);
        let checked = report::check(report, &Selection::default(), &Waivers::default(), Lang::Zh);
        let document = &report.document;
        let files = match document.files.is_empty() {
            true => vec![document.source.clone()],
            false => document.files.clone(),
        };
        let mut passages = Passages::new(report);
        let numbers: Vec<NumberRow> = report
            .numbers
            .iter()
            .map(|number| {
                let amount = number.kind == crate::number::Kind::Amount;
                let yuan = number.base().filter(|_| amount);
                let fen = yuan.and_then(fen);
                NumberRow {
                    spot: passages.spot(number.span),
                    place: match number.reading {
                        Reading::Quantity { quantum, .. } if number.approximate.is_none() => {
                            power(quantum)
                        }
                        _ => None,
                    },
                    fen,
                    finer: yuan.filter(|_| fen.is_none()).map(|yuan| yuan.normalize().to_string()),
                }
            })
            .collect();
        let gaps = checked.gaps.iter().map(|gap| {
            let [start, end] = gap.at.span?;
            passages.spot(crate::document::Span { start, end })
        });
        let gaps = gaps.collect();
        marks(&extracted, &numbers, &mut passages.passages);
        let ids = (0u32..).take(document.sections.len());
        Self {
            key: key(&files),
            sections: ids.map(|id| document.section_path(id)).collect(),
            figures: figures::read(report),
            passages: passages.passages,
            files,
            extracted,
            checked,
            numbers,
            gaps,
        }
    }
}

/// The identity of a report of these files.
fn key(files: &[Source]) -> String {
    let mut key = match files {
        [one] => one.sha256.clone(),
        many => {
            let hashes: Vec<&str> = many.iter().map(|file| file.sha256.as_str()).collect();
            Source::new("".as_ref(), Default::default(), hashes.join("\n").as_bytes()).sha256
        }
    };
    key.truncate(32);
    key
}

/// `12.34` yuan are 1234 fen; `None` if it is no whole number of fen or too large.
fn fen(yuan: Decimal) -> Option<i64> {
    let fen = yuan.checked_mul(Decimal::ONE_HUNDRED)?;
    (fen.fract().is_zero()).then(|| i64::try_from(fen.trunc()).ok()).flatten()
}

/// `0.01` is the power -2, `1000` the power 3.
fn power(quantum: Decimal) -> Option<i32> {
    let quantum = quantum.normalize();
    let mut mantissa = quantum.mantissa();
    let mut power = -(quantum.scale() as i32);
    while mantissa >= 10 && mantissa % 10 == 0 {
        mantissa /= 10;
        power += 1;
    }
    (mantissa == 1).then_some(power)
}

/// Tells each passage the indicators and codes of its figures, so that a search can ask for them.
fn marks(extracted: &ExtractedReport, numbers: &[NumberRow], passages: &mut [Passage]) {
    let mut marks: Vec<BTreeSet<String>> = vec![BTreeSet::new(); passages.len()];
    let spot = |number: u32| numbers.get(number as usize)?.spot.map(|spot| spot.passage as usize);
    for fact in &extracted.facts {
        if let Some(passage) = spot(fact.number).filter(|_| !fact.indicator.starts_with("label/")) {
            marks[passage].insert(format!("i/{}", fact.indicator));
        }
    }
    for code in extracted.codes.iter().filter(|code| !code.code.is_empty()) {
        if let Some(passage) = spot(code.number) {
            marks[passage].insert(format!("c/{}", code.code));
        }
    }
    for (passage, marks) in passages.iter_mut().zip(marks) {
        passage.marks = marks.into_iter().collect::<Vec<_>>().join(" ");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn amounts_are_fen_where_they_are_whole() {
        let decimal = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(fen(decimal("51805900.00")), Some(5_180_590_000));
        assert_eq!(fen(decimal("0.005")), None);
        assert_eq!(fen(decimal("79228162514264337593543950335")), None);
        assert_eq!(power(decimal("0.01")), Some(-2));
        assert_eq!(power(decimal("1000")), Some(3));
        assert_eq!(power(decimal("0.5")), None);
    }
}
