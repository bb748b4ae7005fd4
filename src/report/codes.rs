//! The classification codes of a report with their official names: in sentences and in the rows of tables.

use super::place::Places;
use super::structure::CodeEntry;
use crate::Report;
use crate::document::Span;
use crate::fact::codes::{Classification, Status, codes as table};
use crate::number::{Code, Home, NumberId};
use crate::table::{CodeKind, Row};

/// Every printed code, in order of place.
pub(super) fn codes(report: &Report, places: &Places<'_>) -> Vec<CodeEntry> {
    let mut found: Vec<(Span, NumberId, Code, Classification)> = Vec::new();
    for shape in &report.tables {
        for side in &shape.sides {
            let classification = match side.codes {
                Some(CodeKind::Function) => Classification::Function,
                Some(CodeKind::Economic) => Classification::Economic,
                Some(CodeKind::GovernmentEconomic) => Classification::GovernmentEconomic,
                _ => continue,
            };
            for row in &side.rows {
                if let Some((span, number)) = row.code_at.and_then(|at| number_in(report, at)) {
                    found.extend(printed(row).map(|code| (span, number, code, classification)));
                }
            }
        }
    }
    let in_rows = found.len();
    for (id, number) in (0u32..).zip(&report.numbers) {
        let Some(code) = number.code() else { continue };
        let row = |(_, own, ..): &(_, NumberId, _, _)| *own == id;
        if matches!(number.home, Home::Cell(..)) && found[..in_rows].iter().any(row) {
            continue;
        }
        let classification = match code.digits.bytes().next() {
            Some(b'3') => Classification::Economic,
            Some(b'5') => Classification::GovernmentEconomic,
            _ => Classification::Function,
        };
        found.push((number.span, id, code.clone(), classification));
    }
    found.sort_by_key(|(span, ..)| span.start);
    let year = report.document.report.year;
    let entry = |(span, number, code, classification): (Span, NumberId, Code, _)| {
        let judged = table(classification).judge(&code, year);
        let official: Vec<&str> = (0..3)
            .filter(|level| code.names[*level].is_some())
            .filter_map(|level| judged.official[level])
            .collect();
        let deepest = judged.official.iter().flatten().next_back();
        let official_name = match (official.as_slice(), deepest) {
            ([], deepest) => deepest.map(|name| (*name).to_owned()),
            (names, _) => Some(names.join("/")),
        };
        let [class, group, item] = code.names;
        CodeEntry {
            code: judged.digits,
            class,
            group,
            item,
            official_name,
            status: match judged.status {
                Status::Known => "known",
                Status::NameDiffers => "name_differs",
                Status::Unknown => "unknown",
            },
            number,
            at: places.place(span),
        }
    };
    found.into_iter().map(entry).collect()
}

/// The code of a row with its name at the level of the code.
fn printed(row: &Row) -> Option<Code> {
    let digits = row.code.clone()?;
    let mut names = [None, None, None];
    let level = digits.len().checked_sub(3)? / 2;
    *names.get_mut(level)? = (!row.name.is_empty()).then(|| row.name.clone());
    Some(Code { digits, names })
}

/// The first number of a span.
fn number_in(report: &Report, at: Span) -> Option<(Span, NumberId)> {
    let id = report.numbers.partition_point(|number| number.span.start < at.start);
    (report.numbers.get(id)?.span.start < at.end).then_some((at, id as NumberId))
}
