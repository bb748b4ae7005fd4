//! Coverage: how many figures were read, given a meaning, and compared.

use super::json::Coverage;
use crate::Report;
use crate::finding::{Evidence, Finding, GapKind};
use crate::number::{Kind, Number};
use crate::relation::evaluate::{Figures, Verdict, evaluate};

/// For each number of a report, whether it was given a meaning and whether it was compared.
#[derive(Debug, Clone)]
pub struct Marks {
    /// Has a fact, stands in an indicator table, or takes part in a relation.
    pub bound: Vec<bool>,
    /// Takes part in a comparison with a definite answer.
    pub checked: Vec<bool>,
}

/// Whether a number counts as a figure: a quantity, not a year, period, code or document number.
pub fn is_figure(number: &Number) -> bool {
    !matches!(number.kind, Kind::Year | Kind::Period | Kind::Code | Kind::DocNumber)
}

/// Marks the numbers of a report.
pub fn marks(report: &Report, findings: &[Finding]) -> Marks {
    let mut bound = vec![false; report.numbers.len()];
    let mut checked = bound.clone();
    for fact in &report.facts {
        set(&mut bound, fact.number);
    }
    for table in &report.indicators {
        let own = [table.total, table.fiscal, table.other, table.score];
        let rows = table.rows.iter().flat_map(|row| [row.weight, row.score]);
        own.into_iter().chain(rows).flatten().for_each(|number| set(&mut bound, number));
    }
    let figures = Figures::new(&report.numbers);
    for relation in &report.relations {
        let answered = evaluate(&relation.claim, &figures) != Verdict::Unknown;
        for term in relation.claim.terms() {
            set(&mut bound, term.number);
            if answered {
                set(&mut checked, term.number);
            }
        }
    }
    for number in crate::check::compared_indicators(report) {
        set(&mut bound, number);
        set(&mut checked, number);
    }
    for Evidence { number, .. } in findings.iter().flat_map(|finding| &finding.evidence) {
        number.iter().for_each(|number| {
            set(&mut bound, *number);
            set(&mut checked, *number);
        });
    }
    Marks { bound, checked }
}

/// Counts the figures of a report.
pub fn coverage(report: &Report, marks: &Marks) -> Coverage {
    let mut coverage = Coverage::default();
    for (index, number) in report.numbers.iter().enumerate() {
        if is_figure(number) {
            coverage.read += 1;
            coverage.bound += usize::from(marks.bound[index]);
            coverage.checked += usize::from(marks.checked[index]);
        }
    }
    let unread = report.gaps.iter().filter(|gap| gap.kind == GapKind::Unread && gap.at.is_some());
    coverage.numbers = coverage.read + unread.count();
    coverage
}

fn set(marks: &mut [bool], number: u32) {
    if let Some(mark) = marks.get_mut(number as usize) {
        *mark = true;
    }
}
