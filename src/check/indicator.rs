//! Checks of indicator tables (绩效目标完成情况自评表 and its kin).

pub mod amount_differs_from_narrative;
pub mod amount_differs_from_table;
pub mod caption_differs_from_parts;
mod compared;
pub mod deadline_missed;
pub mod execution_rate_wrong;
pub mod formula_below_weight;
pub mod funds_do_not_sum;
pub mod grade_differs_from_score;
pub mod increase_is_level;
pub mod levels_do_not_sum;
pub mod missed_target_called_complete;
pub mod period_excludes_deadline;
pub mod points_differ_from_weight;
pub mod praise_denied;
pub mod problem_denied;
mod projects;
pub mod row_differs_from_narrative;
pub mod score_differs_from_narrative;
pub mod score_exceeds_weight;
pub mod scores_do_not_sum;
pub mod shortfall_denied;
pub mod source_exceeds_total;
pub mod type_differs_from_narrative;
pub mod unit_differs;
pub mod weights_do_not_sum;

pub use compared::compared;

use crate::Report;
use crate::document::{Block, BlockKind, Document, Span};
use crate::finding::{Evidence, Finding, Role, Severity};
use crate::indicator::{Annex, Assessment, Core, IndicatorRow, IndicatorTable};
use crate::number::{Kind, NumberId, Range};
use rust_decimal::Decimal;

/// A figure as evidence.
fn evidence(report: &Report, role: Role, id: NumberId) -> Evidence {
    let number = &report.numbers[id as usize];
    Evidence {
        role,
        number: Some(id),
        at: number.span,
        value: number.value(),
        unit: number.unit.to_string(),
        range: printed_range(report, id),
    }
}

/// A figure as evidence that is not a number of its own: the points in a caption.
fn printed(role: Role, at: Span, value: Decimal, unit: &str) -> Evidence {
    Evidence { role, number: None, at, value: Some(value), unit: unit.into(), range: None }
}

/// What a figure can stand for, in its printed unit.
fn printed_range(report: &Report, id: NumberId) -> Option<Range> {
    let number = &report.numbers[id as usize];
    let range = number.range()?;
    Some(Range {
        low: range.low.checked_div(number.factor)?,
        high: range.high.checked_div(number.factor)?,
    })
}

/// A percentage, or a figure without a unit of its own (`金额单位：万元` above the form is none of a rate's).
fn is_rate(report: &Report, id: NumberId) -> bool {
    let number = &report.numbers[id as usize];
    let bare = || report.document.slice(number.span).ends_with(|c: char| c.is_ascii_digit());
    number.kind == Kind::Percent || bare()
}

/// A finding without suggestion.
fn finding(
    check: &'static str,
    severity: Severity,
    at: Span,
    messages: (String, String),
    arithmetic: String,
    evidence: Vec<Evidence>,
) -> Finding {
    let (message, message_en) = messages;
    Finding {
        check,
        severity,
        message,
        message_en,
        arithmetic_en: super::claim::in_english(&arithmetic),
        arithmetic,
        at,
        evidence,
        suggestion: None,
        follows: Vec::new(),
    }
}

/// `20 + 20 + 10 = 50`
fn addition(report: &Report, parts: &[NumberId], sum: Decimal) -> String {
    let printed: Vec<String> = parts
        .iter()
        .filter_map(|id| report.numbers[*id as usize].value())
        .map(|value| value.to_string())
        .collect();
    if printed.len() < 2 {
        return printed.concat();
    }
    format!("{} = {}", printed.join(" + "), sum.normalize())
}

/// `，多 20` or `，少 2`
fn difference(sum: Decimal, stated: Decimal) -> String {
    let by = sum.checked_sub(stated).unwrap_or_default();
    let word = if by > Decimal::ZERO { "多" } else { "少" };
    format!("{word} {}", by.abs().normalize())
}

/// How far the true sum of awarded points may lie from the printed sum: whole points are exact, 6.3 is rounded.
fn slack(report: &Report, ids: &[NumberId]) -> Decimal {
    ids.iter()
        .filter_map(|id| report.numbers.get(*id as usize))
        .filter(|number| number.decimals > 0)
        .map(|number| Decimal::new(5, number.decimals + 1))
        .sum()
}

/// The name of a table for messages: its project, or 部门整体.
fn title(table: &IndicatorTable) -> String {
    table.project.clone().unwrap_or_else(|| "部门整体".into())
}

/// Weight and score of a row in one measure: points of points, or percent of percent; `None` where the weights are shares
/// (0.3) and the scores points, or where the score is a percentage of points.
fn points(report: &Report, weight: NumberId, score: NumberId) -> Option<(Decimal, Decimal)> {
    let number = |id: NumberId| &report.numbers[id as usize];
    let percent = |id: NumberId| number(id).kind == Kind::Percent;
    let (had, won) = (number(weight).value()?, number(score).value()?);
    let shares = had < Decimal::ONE && had > Decimal::ZERO && won > Decimal::ONE;
    (!shares && (percent(weight) || !percent(score))).then_some((had, won))
}

/// Whether an indicator got all its points.
fn full_score(report: &Report, row: &IndicatorRow) -> bool {
    let both = row.weight.zip(row.score).and_then(|(weight, score)| points(report, weight, score));
    both.is_some_and(|(weight, score)| score >= weight && weight > Decimal::ZERO)
}

/// Whose results a table shows: its project, or, where the forms of several units stand in one report, the unit if it is not
/// the agency of the report. `None` is the department as a whole.
fn subject<'a>(report: &'a Report, table: &'a IndicatorTable) -> Option<&'a str> {
    if table.project.is_some() {
        return table.project.as_deref();
    }
    let unit = |table: &'a IndicatorTable| {
        let named = |label: &str| {
            let label = label.split('（').next().unwrap_or(label);
            matches!(label, "单位名称" | "部门名称" | "部门" | "预算单位" | "填报单位" | "实施单位")
        };
        let found = table.attributes.iter().find(|(label, ..)| named(label));
        found.map(|(_, value, _)| value.trim()).filter(|value| !value.is_empty())
    };
    let own = unit(table)?;
    let wholes = report.indicators.iter().filter(|other| other.project.is_none());
    let several = wholes.filter_map(unit).any(|other| other != own);
    let agency = report.document.report.agency.as_deref();
    (several && agency != Some(own)).then_some(own)
}

/// What the narrative says of the project of a table, surest match first.
fn said_of<'a>(report: &'a Report, table: &IndicatorTable) -> Vec<(&'a Assessment, u8)> {
    let own = subject(report, table).map(Core::of);
    let mut said: Vec<(&Assessment, u8)> = report
        .assessments
        .iter()
        .filter_map(|assessment| {
            let sure = match (&assessment.core, &own) {
                (Some(one), Some(other)) => one.same(other),
                (None, None) => 2,
                _ => 0,
            };
            (sure > 0).then_some((assessment, sure))
        })
        .collect();
    if said.iter().any(|(_, sure)| *sure == 2) {
        said.retain(|(_, sure)| *sure == 2);
    }
    said
}

/// The one score the narrative gives the project of a table; `None` if it gives none or several.
fn narrated_score(report: &Report, table: &IndicatorTable) -> Option<(NumberId, Decimal)> {
    let mut found: Option<(NumberId, Decimal)> = None;
    for (assessment, _) in said_of(report, table) {
        let Some(id) = assessment.score else { continue };
        let value = report.numbers[id as usize].value()?;
        match found {
            Some((_, known)) if known < value => {}
            _ => found = Some((id, value)),
        }
    }
    found
}

/// The points a whole table can bring: 100, or 1 where the weights are shares of one.
fn scale(report: &Report, table: &IndicatorTable) -> Decimal {
    match table.weights(&report.numbers) {
        Some((_, sum)) if sum <= Decimal::ONE => Decimal::ONE,
        _ => Decimal::ONE_HUNDRED,
    }
}

/// The annexed report that a table alone belongs to: of two tables, what is said may be of either.
fn annex_of<'a>(report: &'a Report, table: &IndicatorTable) -> Option<&'a Annex> {
    let annex = report.annexes.iter().find(|annex| annex.at.contains(table.at))?;
    let tables = report.indicators.iter().filter(|other| annex.at.contains(other.at)).count();
    (tables == 1).then_some(annex)
}

/// The blocks of a span.
fn blocks(document: &Document, inside: Span) -> impl Iterator<Item = &Block> {
    let first = document.blocks.partition_point(|block| block.span.start < inside.start);
    document.blocks[first..].iter().take_while(move |block| inside.contains(block.span))
}

/// The paragraphs of a span.
fn paragraphs(report: &Report, inside: Span) -> impl Iterator<Item = Span> {
    let told = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
    blocks(&report.document, inside).filter(told).map(|block| block.span)
}

/// What a table's annexed report says under `（四）项目绩效目标设置`.
fn goals(report: &Report, table: &IndicatorTable) -> Option<Span> {
    let annex = annex_of(report, table)?;
    let document = &report.document;
    let block = blocks(document, annex.at).find(|block| {
        let words = document.slice(block.span);
        words.find("绩效目标设置").is_some_and(|at| words[..at].chars().count() <= 10)
    })?;
    let section = &document.sections[block.section as usize];
    let heads = block.kind == BlockKind::Heading && section.span.start == block.span.start;
    Some(if heads { section.extent } else { block.span })
}

/// The project that a passage is about, of several in one report: `二是“竣工投产激励项目”方面。`
fn topic(before: &str) -> Option<&str> {
    before.rmatch_indices("方面").find_map(|(at, _)| {
        let (name, rest) = before[..at].rsplit_once('“')?.1.split_once('”')?;
        matches!(rest, "" | "项目").then_some(name)
    })
}
