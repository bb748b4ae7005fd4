//! Points of levels beside those of their indicators: `一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值`. A cell of a level
//! stands for the indicators of the lines it reaches over, and its points are theirs together.

use super::sheet::{HAD, TOTAL, WON};
use crate::Report;
use crate::document::{Cell, TableId};
use crate::indicator::squeeze;
use crate::number::{Home, Kind, NumberId};
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::relation::{Claim, Ground, Relation, Term};
use std::collections::BTreeMap;

/// The sums of one table, whose numbers are `first` and the `count - 1` after it.
pub(super) fn relate(
    report: &Report,
    reckoned: &Figures<'_>,
    id: TableId,
    first: NumberId,
    count: usize,
    relations: &mut Vec<Relation>,
) {
    let table = &report.document.tables[id as usize];
    let words = |cell: &Cell| squeeze(report.document.slice(cell.span)).into_owned();
    for names in [&HAD[..], &WON[..]] {
        let heads = table.cells.iter().take(60).filter(|cell| {
            let words = words(cell);
            names.contains(&words.split('（').next().unwrap_or(""))
        });
        let heads: Vec<&Cell> = heads.collect();
        let Some(top) = heads.first().map(|cell| cell.row) else { continue };
        let mut columns: Vec<u32> =
            heads.iter().filter(|cell| cell.row == top).map(|cell| cell.col).collect();
        columns.dedup();
        if columns.len() < 2 {
            continue;
        }
        let total = |cell: &&Cell| cell.row > top && TOTAL.contains(&words(cell).as_str());
        let end = table.cells.iter().find(total).map_or(table.rows, |cell| cell.row);
        let mut points: BTreeMap<(u32, u32), (u32, NumberId)> = BTreeMap::new();
        for number in first..first + count as NumberId {
            let own = &report.numbers[number as usize];
            if let (Home::Cell(_, cell), Kind::Score) = (own.home, own.kind) {
                let cell = &table.cells[cell as usize];
                if cell.row > top && cell.row < end && columns.contains(&cell.col) {
                    points.insert((cell.col, cell.row), (cell.rowspan, number));
                }
            }
        }
        let mut found = Vec::new();
        for pair in columns.windows(2) {
            found.extend(sums(report, &points, (pair[0], pair[1]), end));
        }
        // Where most fail, the lines were not understood.
        let fails = |one: &&Relation| evaluate(&one.claim, reckoned) == Verdict::Differs;
        if found.iter().filter(fails).count() * 2 <= found.len() {
            relations.extend(found);
        }
    }
}

/// Each figure of the column `upper` as the sum of those beside it in `lower`.
fn sums(
    report: &Report,
    points: &BTreeMap<(u32, u32), (u32, NumberId)>,
    (upper, lower): (u32, u32),
    end: u32,
) -> Vec<Relation> {
    let column = |col: u32| {
        points.range((col, 0)..(col + 1, 0)).map(|((_, row), (span, id))| (*row, *span, *id))
    };
    let levels: Vec<(u32, u32, NumberId)> = column(upper).collect();
    let mut found = Vec::new();
    for (index, (row, span, total)) in levels.iter().enumerate() {
        // Where the lines of a cell are not known, it reaches to the next.
        let next = levels.get(index + 1).map_or(end, |next| next.0);
        let until = if *span > 1 { row + span } else { next };
        let inside = column(lower).filter(|(at, ..)| (*row..until).contains(at));
        let parts: Vec<Term> = inside.map(|(.., id)| Term::plus(id)).collect();
        if parts.is_empty() {
            continue;
        }
        let claim = match parts.as_slice() {
            [one] => Claim::Equal { one: *one, other: Term::plus(*total) },
            _ => Claim::Sum { total: Term::plus(*total), parts, exact: true },
        };
        found.push(Relation {
            claim,
            check: "indicator/levels_do_not_sum",
            ground: Ground::Table,
            at: report.numbers[*total as usize].span,
            label: "指标".to_owned(),
        });
    }
    found
}
