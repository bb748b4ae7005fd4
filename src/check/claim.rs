//! Findings from relations: one way from a failing relation to its finding, for all checks of figures.

mod arithmetic;
mod suggestion;

pub(super) use arithmetic::{in_english, line};

use super::{Check, Run};
use crate::Report;
use crate::diagnosis::Root;
use crate::document::Span;
use crate::finding::{Evidence, Finding, Follow, Role, Severity};
use crate::number::NumberId;
use crate::relation::evaluate::{Figures, Verdict, sum};
use crate::relation::{Claim, Ground, Relation};
use crate::table::{Row, row_of};

/// What a check says of a failing relation, in Chinese and English.
pub struct Words {
    /// One sentence in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Whether the failure has an innocent reading, so that only a figure to blame makes it an error.
    pub doubtful: bool,
}

impl Words {
    /// Both sentences.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), doubtful: false }
    }

    /// The same words, a warning where no figure is to blame.
    pub fn doubtful(self, doubtful: bool) -> Self {
        Self { doubtful, ..self }
    }
}

/// The finding of a defect, reported by `check` for `relation`, the first of its relations whose check runs.
pub(super) fn finding(report: &Report, check: &Check, root: &Root, relation: &Relation) -> Finding {
    let words = match check.run {
        Run::Relation(words) => words(report, relation),
        Run::Report(_) => Words::new(check.page().title, check.summary_en),
    };
    let truncated = root.verdict == Verdict::Truncated;
    let (arithmetic, arithmetic_en) = line(report, relation);
    let mut finding = Finding {
        check: check.name,
        severity: match truncated || words.doubtful && !is_sure(root) {
            true => Severity::Warning.min(check.severity),
            false => check.severity,
        },
        message: words.zh,
        message_en: words.en,
        arithmetic,
        arithmetic_en,
        at: focus(report, relation),
        evidence: evidence(report, relation),
        suggestion: suggestion::suggestion(report, root),
        follows: Vec::new(),
    };
    if truncated {
        finding.message = "末位是截去而非四舍五入得到的，应四舍五入".into();
        finding.message_en = "the last place was cut off, not rounded".into();
    }
    if let Some(blame) = &root.blame
        && relation.claim.terms().iter().any(|term| term.number == blame.number)
    {
        finding.at = report.numbers[blame.number as usize].span;
    }
    if let Some(from) = root.stale {
        let quote = report.document.slice(report.numbers[from as usize].span);
        finding.message.truncate(finding.message.trim_end_matches('。').len());
        finding
            .message
            .push_str(&format!("；各项之和正是上年的合计（见“{quote}”），疑为上年数据未更新。"));
        finding.message_en.push_str("; the parts add up to last year's total: not updated");
    }
    if let Some(row) = root.misplaced {
        let name = row_name(report, row);
        finding.message.push_str(&format!("差额正是“{name}”一行，请核对该行的编码和是否计入。"));
        finding.message_en.push_str(&format!(
            "; the difference is the row “{name}”: is its code right, is it counted?"
        ));
    }
    finding
}

/// Whether it is known what is wrong: a figure, or the row a sum is short of, which is then not kept back.
fn is_sure(root: &Root) -> bool {
    root.blame.is_some() || root.misplaced.is_some()
}

/// Code and name of the row of a figure.
fn row_name(report: &Report, number: NumberId) -> String {
    let name = |row: &Row| {
        format!("{} {}", row.code.as_deref().unwrap_or(""), row.name).trim().to_string()
    };
    row_of(report, number).map(|(_, row)| name(row)).unwrap_or_default()
}

/// The line that a consequence shows under its root.
pub(super) fn follow(report: &Report, relation: &Relation) -> Follow {
    let (message, message_en) = line(report, relation);
    Follow { at: focus(report, relation), message, message_en }
}

/// The figure a relation is about: the total, the percentage, the change.
fn focus(report: &Report, relation: &Relation) -> Span {
    let own = match &relation.claim {
        Claim::Sum { total, .. } => *total,
        Claim::Share { percent, .. } | Claim::Portion { percent, .. } => *percent,
        Claim::Hundred { .. } => return relation.at,
        Claim::Change { change, .. } => *change,
        Claim::Rate { rate, .. } => *rate,
        Claim::Equal { one, .. } => *one,
        Claim::Product { product, .. } => *product,
        Claim::Formula { result, .. } => *result,
        Claim::Order { .. } => return relation.at,
    };
    // 本年度无政府性基金预算支出: the words are the claim.
    if matches!(&relation.claim, Claim::Sum { parts, .. } if parts.is_empty())
        && relation.ground == Ground::Sentence
    {
        return relation.at;
    }
    match relation.claim {
        // 持平, 决算数等于预算数: the words are the claim.
        Claim::Equal { .. }
            if relation.ground == Ground::Sentence
                && !spans(report, relation).contains(&relation.at) =>
        {
            relation.at
        }
        _ => report.numbers[own.number as usize].span,
    }
}

fn spans(report: &Report, relation: &Relation) -> Vec<Span> {
    let span = |id: NumberId| report.numbers[id as usize].span;
    relation.claim.terms().iter().map(|term| span(term.number)).collect()
}

fn evidence(report: &Report, relation: &Relation) -> Vec<Evidence> {
    let roles: Vec<(NumberId, Role)> = match &relation.claim {
        Claim::Sum { total, parts, .. } => std::iter::once((total.number, Role::Total))
            .chain(parts.iter().map(|part| (part.number, Role::Part)))
            .collect(),
        Claim::Share { part, whole, percent } => {
            let completion = relation.check.starts_with("completion/");
            let [now, base, role] = match completion {
                true => [Role::Final, Role::Budget, Role::Completion],
                false => [Role::Part, Role::Whole, Role::Share],
            };
            vec![(percent.number, role), (part.number, now), (whole.number, base)]
        }
        Claim::Portion { part, rest, percent } => {
            let own = [(percent.number, Role::Share), (part.number, Role::Part)];
            let rest = rest.iter().map(|other| (other.number, Role::Other));
            own.into_iter().chain(rest).collect()
        }
        Claim::Hundred { shares, .. } => {
            shares.iter().map(|share| (share.number, Role::Share)).collect()
        }
        Claim::Change { now, base, change } => {
            vec![(change.number, Role::Change), (now.number, Role::Now), (base.number, Role::Base)]
        }
        Claim::Rate { now, base, change, rate } => {
            let rest = [(now, Role::Now), (base, Role::Base), (change, Role::Change)];
            let rest = rest.into_iter().filter_map(|(term, role)| Some(((*term)?.number, role)));
            std::iter::once((rate.number, Role::Rate)).chain(rest).collect()
        }
        Claim::Equal { one, other } => {
            vec![(one.number, Role::Stated), (other.number, Role::Other)]
        }
        Claim::Product { product, factors } => std::iter::once((product.number, Role::Total))
            .chain(factors.iter().map(|factor| (factor.number, Role::Other)))
            .collect(),
        Claim::Formula { result, .. } => {
            let rest = relation.claim.terms().into_iter().skip(1);
            let rest = rest.map(|term| (term.number, Role::Other));
            std::iter::once((result.number, Role::Total)).chain(rest).collect()
        }
        Claim::Order { less, more } => {
            vec![(less.number, Role::Part), (more.number, Role::Whole)]
        }
    };
    roles.into_iter().map(|(id, role)| figure(report, role, id)).collect()
}

/// A figure as evidence.
pub(super) fn figure(report: &Report, role: Role, id: NumberId) -> Evidence {
    let number = &report.numbers[id as usize];
    let range = number.range().and_then(|range| {
        let scaled = |value: rust_decimal::Decimal| value.checked_div(number.factor);
        Some(crate::number::Range { low: scaled(range.low)?, high: scaled(range.high)? })
    });
    Evidence {
        role,
        number: Some(id),
        at: number.span,
        value: number.value(),
        unit: number.unit.to_string(),
        range,
    }
}

/// Whether the parts of a sum are less than the whole.
pub(super) fn falls_short(report: &Report, relation: &Relation) -> bool {
    let Claim::Sum { total, parts, .. } = &relation.claim else { return false };
    let figures = Figures::new(&report.numbers);
    let all = sum(parts, &figures);
    matches!((all, figures.range(*total)), (Some(all), Some(total)) if all.high < total.low)
}

/// The name of what a relation is about, short enough for a message.
pub(super) fn label(relation: &Relation) -> String {
    let label = relation.label.trim();
    match label.char_indices().nth(36) {
        Some((end, _)) => format!("{}…", &label[..end]),
        None => label.to_string(),
    }
}
