//! The funds of a performance table beside the rows of the tables of projects that bear the same name.

use crate::Report;
use crate::indicator::{number_in, squeeze};
use crate::number::{Kind, NumberId, Range};
use crate::table::Family;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A project's funds and the amounts of the rows of its name.
pub(super) struct Pair<'a> {
    /// The name in the performance table.
    pub project: &'a str,
    /// Its funds there.
    pub total: NumberId,
    /// The amount that agrees, or the whole of each row.
    pub rows: Vec<NumberId>,
    /// Whether the two tables agree.
    pub agrees: bool,
}

/// A row of a table of projects.
#[derive(Default)]
struct Listed {
    /// Its label cells.
    names: Vec<String>,
    /// Its amounts from the left; the first is the whole.
    amounts: Vec<NumberId>,
}

/// Every project of a performance table that a table of projects lists, and whether they print the same amount.
pub(super) fn pairs(report: &Report) -> Vec<Pair<'_>> {
    let listed = listed(report);
    let mut by_name: HashMap<&str, Vec<&Listed>> = HashMap::new();
    for row in &listed {
        row.names.iter().for_each(|name| by_name.entry(name).or_default().push(row));
    }
    let mut forms: HashMap<String, Vec<NumberId>> = HashMap::new();
    for table in &report.indicators {
        if let (Some(project), Some(total)) = (&table.project, table.total) {
            forms.entry(key(project)).or_default().push(total);
        }
    }
    let mut found = Vec::new();
    for table in &report.indicators {
        let (Some(project), Some(total)) = (&table.project, table.total) else { continue };
        let name = key(project);
        let Some(rows) = by_name.get(name.as_str()) else { continue };
        // A table of projects with a column of goals is no second witness.
        if rows.iter().any(|row| row.amounts.contains(&total)) {
            continue;
        }
        let stated = readings(report, total);
        if stated.is_empty() {
            continue;
        }
        let firsts: Vec<NumberId> =
            rows.iter().filter_map(|row| row.amounts.first().copied()).collect();
        let fits = |range: Range| stated.iter().any(|own| own.meets(range));
        let meets = |id: &NumberId| range(report, *id).is_some_and(fits);
        let same = rows.iter().flat_map(|row| &row.amounts).copied().find(meets);
        // Several rows may share the money of a form, or several forms that of a row: then nothing is sure.
        let listed = |id: &NumberId| rows.iter().any(|row| row.amounts.contains(id));
        let forms = forms.get(&name).map_or(&[][..], Vec::as_slice);
        let one = rows.len() == 1 && forms.iter().filter(|id| !listed(id)).count() == 1;
        let whole = sum(report, &firsts).is_some_and(fits);
        let agrees = same.is_some() || whole;
        if !agrees && !one {
            continue;
        }
        let alike = |other: &str| {
            let long = other.chars().count() >= 4;
            long && other != name && (other.contains(&name) || name.contains(other))
        };
        if !agrees && by_name.keys().any(|other| alike(other)) {
            continue;
        }
        let rows = same.map_or(firsts, |id| vec![id]);
        found.push(Pair { project, total, rows, agrees });
    }
    found
}

/// All figures that were compared.
pub(super) fn compared(report: &Report) -> Vec<NumberId> {
    pairs(report).into_iter().flat_map(|pair| pair.rows.into_iter().chain([pair.total])).collect()
}

/// The rows of all tables of projects.
fn listed(report: &Report) -> Vec<Listed> {
    let mut found = Vec::new();
    for shape in &report.tables {
        let projects = shape
            .form
            .as_ref()
            .is_some_and(|form| form.family == Family::Project && form.key.ends_with("project"));
        for id in shape.tables.iter().filter(|_| projects) {
            let table = &report.document.tables[*id as usize];
            let mut rows: Vec<Listed> = (0..table.rows).map(|_| Listed::default()).collect();
            for cell in &table.cells {
                let Some(row) = rows.get_mut(cell.row as usize) else { continue };
                match number_in(&report.numbers, cell.span) {
                    Some(id) if kind(report, id) == Kind::Amount => row.amounts.push(id),
                    _ => row.names.push(key(report.document.slice(cell.span))),
                }
            }
            found.extend(rows.into_iter().filter(|row| !row.amounts.is_empty()));
        }
    }
    found
}

/// A name without blanks and the code before it: `2127-购买考试服务` → `购买考试服务`.
fn key(name: &str) -> String {
    let name = squeeze(name);
    match name.split_once(['-', '—', '_']) {
        Some((code, rest)) if code.bytes().all(|b| b.is_ascii_alphanumeric()) => rest.to_owned(),
        _ => name.into_owned(),
    }
}

/// What the funds of a form can stand for; a form that prints no unit counts in 元 or in 万元.
fn readings(report: &Report, id: NumberId) -> Vec<Range> {
    let Some(own) = range(report, id) else { return Vec::new() };
    match kind(report, id) {
        Kind::Amount => vec![own],
        Kind::Number => {
            let larger = Range::exact(Decimal::from(10_000)).times(own);
            std::iter::once(own).chain(larger).collect()
        }
        _ => Vec::new(),
    }
}

fn kind(report: &Report, id: NumberId) -> Kind {
    report.numbers[id as usize].kind
}

fn range(report: &Report, id: NumberId) -> Option<Range> {
    report.numbers[id as usize].range()
}

fn sum(report: &Report, ids: &[NumberId]) -> Option<Range> {
    ids.iter().try_fold(Range::exact(Decimal::ZERO), |sum, id| sum.plus(range(report, *id)?))
}
