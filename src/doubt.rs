//! Doubtful readings: figures of scanned pages that may have been misread are told as such, and prove nothing.
//!
//! A figure is doubtful if the network was not certain of it, or if a relation fails that another of its readings
//! would satisfy. Where just one other reading satisfies every relation of the figure, it is taken, and said so. A figure
//! of which the network was not certain is confirmed by a relation to certain figures that no other reading satisfies.

mod candidate;

use crate::Report;
use crate::document::{Document, Span};
use crate::finding::{Finding, Gap, GapKind};
use crate::number::{Number, NumberId, Reading};
use crate::relation::Claim;
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use candidate::Candidate;
use std::collections::{BTreeMap, HashMap};

/// A reading less certain than this, in percent, is doubtful.
pub const CERTAIN: u8 = 98;

/// What is doubted of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doubt {
    /// The network was not certain.
    Uncertain,
    /// A relation fails, and would hold were this printed.
    Misread(String),
    /// This was read at first; relations chose another reading.
    Chosen(String, u32),
}

/// A figure that its relations confirm is this certain, in percent.
const CONFIRMED: u8 = 99;

/// How certain the reading of a span is, in percent; `None` where a text layer says it.
pub fn certainty(document: &Document, span: Span) -> Option<u8> {
    let signs = candidate::signs(document, span);
    signs.first()?;
    // Between words a colon for a comma changes nothing; inside figures every mark counts.
    let counts = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '%' | '-' | '％' | '－');
    let read = signs.iter().filter(|read| counts(read.sign.c));
    Some(crate::ocr::scan::percent(read.map(candidate::Read::certainty).fold(1.0, f32::min)))
}

/// Finds the doubtful figures of a report, takes other readings where relations choose them, drops the failing
/// relations that rest on doubtful figures, and lists all of them as gaps.
pub fn weigh(report: &mut Report) {
    if report.document.scans.is_empty() {
        return;
    }
    let document = &report.document;
    report.certainties =
        report.numbers.iter().map(|number| certainty(document, number.span)).collect();
    let mut by_number: HashMap<NumberId, Vec<usize>> = HashMap::new();
    for (index, relation) in report.relations.iter().enumerate() {
        for term in relation.claim.terms() {
            by_number.entry(term.number).or_default().push(index);
        }
    }
    let mut doubts: BTreeMap<NumberId, Doubt> = BTreeMap::new();
    for (id, certainty) in (0u32..).zip(&report.certainties) {
        if certainty.is_some_and(|certainty| certainty < CERTAIN) {
            doubts.insert(id, Doubt::Uncertain);
        }
    }
    for (id, relations) in &by_number {
        if report.certainties.get(*id as usize).copied().flatten().is_some() {
            reconsider(report, *id, relations, &mut doubts);
        }
    }
    confirm(report, &by_number, &mut doubts);
    let figures = Figures::new(&report.numbers);
    report.relations.retain(|relation| {
        let doubtful = relation.claim.terms().iter().any(|term| is_open(doubts.get(&term.number)));
        !doubtful || evaluate(&relation.claim, &figures) == Verdict::Agrees
    });
    for (id, doubt) in doubts {
        let Some(number) = report.numbers.get(id as usize) else { continue };
        let sure = report.certainties.get(id as usize).copied().flatten().unwrap_or(0);
        let why = match doubt {
            Doubt::Uncertain => format!("识别存疑（把握 {sure}%），未据以报错 (doubtful reading)"),
            Doubt::Misread(other) => {
                format!("识别存疑：若原文为“{other}”则各处相符，未据以报错 (doubtful reading)")
            }
            Doubt::Chosen(first, holds) => {
                format!(
                    "识别为“{first}”，按勾稽关系改读，使 {holds} 处成立 (read by its relations)"
                )
            }
        };
        let page = report.document.origin(number.span.start).and_then(|origin| origin.page);
        report.gaps.push(Gap { kind: GapKind::Doubtful, at: Some(number.span), page, why });
    }
}

fn is_open(doubt: Option<&Doubt>) -> bool {
    matches!(doubt, Some(Doubt::Uncertain | Doubt::Misread(_)))
}

/// Takes the doubt from figures that a relation to certain ones confirms: `1,895` in `2,029 - 134 = 1,895`.
fn confirm(
    report: &mut Report,
    by_number: &HashMap<NumberId, Vec<usize>>,
    doubts: &mut BTreeMap<NumberId, Doubt>,
) {
    let mut figures = Figures::new(&report.numbers);
    loop {
        let mut firm = |id: &NumberId| {
            by_number
                .get(id)
                .is_some_and(|relations| is_confirmed(report, &mut figures, *id, relations, doubts))
        };
        let uncertain = doubts.iter().filter(|(_, doubt)| **doubt == Doubt::Uncertain);
        let found: Vec<NumberId> = uncertain.map(|(id, _)| *id).filter(|id| firm(id)).collect();
        if found.is_empty() {
            return;
        }
        for id in found {
            doubts.remove(&id);
            if let Some(certainty) = report.certainties.get_mut(id as usize) {
                *certainty = Some(CONFIRMED);
            }
        }
    }
}

/// Whether one of the relations of a figure holds, rests on no other doubtful figure, and would fail for every other
/// reading of this one.
fn is_confirmed(
    report: &Report,
    figures: &mut Figures<'_>,
    id: NumberId,
    relations: &[usize],
    doubts: &BTreeMap<NumberId, Doubt>,
) -> bool {
    let Some(number) = report.numbers.get(id as usize) else { return false };
    let vouches = |claim: &&Claim| {
        let others = claim.terms().into_iter().filter(|term| term.number != id);
        let firm = |other: NumberId| {
            // `92.0` that has lost its end agrees with `92.01` as well as a printed one.
            let finer = report.numbers.get(other as usize).is_none_or(|other| {
                other.factor == number.factor && other.decimals > number.decimals
            });
            !finer && !is_open(doubts.get(&other))
        };
        others.into_iter().all(|term| firm(term.number))
            && evaluate(claim, figures) == Verdict::Agrees
    };
    let claims = relations.iter().map(|index| &report.relations[*index].claim);
    let holding: Vec<&Claim> = claims.filter(vouches).collect();
    let Some(printed) = number.range().filter(|_| !holding.is_empty()) else { return false };
    let others: Vec<Candidate> = candidate::candidates(&report.document, number)
        .into_iter()
        // What differs in the decimals it adds is the same figure to the last place that was read.
        .filter(|other| other.range.is_some_and(|range| !range.meets(printed)))
        .filter(|other| number.decimals == 0 || other.decimals <= number.decimals)
        .collect();
    let fails = |claim: &Claim| {
        others.iter().all(|other| {
            figures.replace(id, other.range);
            evaluate(claim, figures) == Verdict::Differs
        })
    };
    let confirmed = !others.is_empty() && holding.into_iter().any(fails);
    figures.replace(id, Some(printed));
    confirmed
}

/// Looks for another reading of a figure some of whose relations fail.
fn reconsider(
    report: &mut Report,
    id: NumberId,
    relations: &[usize],
    doubts: &mut BTreeMap<NumberId, Doubt>,
) {
    let Some(number) = report.numbers.get(id as usize) else { return };
    let mut figures = Figures::new(&report.numbers);
    let verdicts = |figures: &Figures<'_>| -> Vec<Verdict> {
        relations.iter().map(|index| evaluate(&report.relations[*index].claim, figures)).collect()
    };
    let before = verdicts(&figures);
    if !before.contains(&Verdict::Differs) {
        return;
    }
    let mut fit: Vec<(Candidate, u32)> = Vec::new();
    for candidate in candidate::candidates(&report.document, number) {
        figures.replace(id, candidate.range);
        let after = verdicts(&figures);
        let mended = before.iter().zip(&after);
        let mended = mended.filter(|(b, a)| **b == Verdict::Differs && **a == Verdict::Agrees);
        let mended = mended.count() as u32;
        if mended > 0 && !after.contains(&Verdict::Differs) {
            fit.push((candidate, mended));
        }
    }
    let seen: Vec<&(Candidate, u32)> = fit.iter().filter(|(c, _)| c.recognised).collect();
    match seen[..] {
        [(candidate, holds)] => {
            let first = report.document.slice(number.span).to_string();
            let (decimals, reading) = (candidate.decimals, candidate.reading());
            let doubt = Doubt::Chosen(first, *holds);
            if let Some(number) = report.numbers.get_mut(id as usize) {
                (number.decimals, number.reading) = (decimals, reading);
            }
            doubts.insert(id, doubt);
        }
        _ => {
            if let Some((candidate, _)) = fit.first() {
                doubts.insert(id, Doubt::Misread(candidate.text.clone()));
            }
        }
    }
}

/// Whether a finding rests on words of a scanned page that may have been misread.
pub fn shakes(report: &Report, finding: &Finding) -> bool {
    if report.document.scans.is_empty() {
        return false;
    }
    let doubtful = |span: Span| {
        let at = report.numbers.partition_point(|number| number.span.start < span.start);
        let number = report.numbers.get(at).filter(|number| number.span == span);
        let certainty = match number.and_then(|_| report.certainties.get(at)) {
            Some(certainty) => *certainty,
            None => certainty(&report.document, span),
        };
        certainty.is_some_and(|certainty| certainty < CERTAIN)
            || report.gaps.iter().any(|gap| {
                gap.kind == GapKind::Doubtful && gap.at.is_some_and(|at| span.contains(at))
            })
    };
    doubtful(finding.at) || finding.evidence.iter().any(|evidence| doubtful(evidence.at))
}

/// The printed digits of a figure and what they are worth, without its sign.
fn magnitude(number: &Number) -> Option<rust_decimal::Decimal> {
    match number.reading {
        Reading::Quantity { value, .. } => Some(value.abs()),
        _ => None,
    }
}
