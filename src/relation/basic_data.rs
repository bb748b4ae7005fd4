//! The 基础数据表 of a department's evaluation: staff against posts, and what “三公”经费, 项目支出 and 公用经费 are made of.
//!
//! The form numbers its lines: `三公经费`, under it `1.公务用车购置和维护经费`, `2.出国经费`, `3.公务接待`, and says `其中` where
//! it lists some parts only.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{Cell, TableId};
use crate::indicator::squeeze;
use crate::number::{Home, Kind, NumberId};
use std::collections::BTreeMap;

/// What the tables of basic data claim.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for id in super::table::of_performance(report) {
        let table = &report.document.tables[id as usize];
        let said = |cell: &Cell| report.document.slice(cell.span);
        let is_basic = |cell: &Cell| said(cell).contains("公经费") || said(cell).contains("控制率");
        if table.cells.iter().take(60).any(is_basic) {
            let rows = rows(report, id);
            staff(report, &rows, &mut relations);
            money(report, &rows, &mut relations);
        }
    }
    relations
}

/// A line: its name and its figures by column.
struct Row {
    name: String,
    figures: BTreeMap<u32, NumberId>,
    /// The words of its cells by column.
    words: Vec<(u32, String)>,
}

fn rows(report: &Report, id: TableId) -> Vec<Row> {
    let table = &report.document.tables[id as usize];
    let mut rows: Vec<Row> = (0..table.rows)
        .map(|_| Row { name: String::new(), figures: BTreeMap::new(), words: Vec::new() })
        .collect();
    for cell in &table.cells {
        let words = squeeze(report.document.slice(cell.span)).replace(['“', '”', '"'], "");
        let row = &mut rows[cell.row as usize];
        if row.name.is_empty() && !words.starts_with(['-', '—']) {
            row.name.clone_from(&words);
        }
        row.words.push((cell.col, words));
    }
    let start = table.cells.first().map_or(0, |cell| cell.span.start);
    let first = report.numbers.partition_point(|number| number.span.start < start);
    for (number, at) in report.numbers[first..].iter().zip(first..) {
        let Home::Cell(own, cell) = number.home else { break };
        if own != id {
            break;
        }
        let cell = &table.cells[cell as usize];
        rows[cell.row as usize].figures.insert(cell.col, at as NumberId);
    }
    rows
}

/// 控制率 under its name, beside 编制数 and 实际在职人数.
fn staff(report: &Report, rows: &[Row], relations: &mut Vec<Relation>) {
    for pair in rows.windows(2) {
        let column = |words: &[&str]| {
            let mut found =
                pair[0].words.iter().filter(|(_, own)| words.iter().any(|w| own.contains(w)));
            found.next().filter(|_| found.next().is_none()).map(|(col, _)| *col)
        };
        let (posts, staff, rate) = (column(&["编制"]), column(&["在职"]), column(&["控制率"]));
        let figure = |col: Option<u32>| pair[1].figures.get(&col?).copied();
        if let (Some(posts), Some(staff), Some(rate)) = (figure(posts), figure(staff), figure(rate))
        {
            let claim = Claim::Share {
                part: Term::plus(staff),
                whole: Term::plus(posts),
                percent: Term::plus(rate),
            };
            let check = "completion/rate_differs_from_counts";
            let at = report.numbers[rate as usize].span;
            let percent = report.numbers[rate as usize].kind == Kind::Percent;
            relations.extend(percent.then(|| Relation {
                claim,
                check,
                ground: Ground::Table,
                at,
                label: "控制率".to_owned(),
            }));
        }
    }
}

/// The ordinal of a numbered line: 2 of `2.出国经费`.
fn ordinal(name: &str) -> Option<usize> {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let marked = digits.starts_with(['.', '、', '．']);
    name[..name.len() - digits.len()].parse().ok().filter(|_| marked)
}

/// What the lines of money are made of.
fn money(report: &Report, rows: &[Row], relations: &mut Vec<Relation>) {
    for (at, row) in rows.iter().enumerate() {
        let name = row.name.as_str();
        let below = &rows[at + 1..];
        if matches!(name, "三公经费" | "项目支出") {
            // Lines without a number stand under the numbered one before them.
            let mut parts: Vec<&Row> = Vec::new();
            let under = |row: &Row| {
                let part = ["其中", "公车", "公务用车", "车辆"];
                part.iter().any(|word| row.name.starts_with(word))
            };
            for other in below {
                match ordinal(&other.name) {
                    Some(own) if own == parts.len() + 1 => parts.push(other),
                    None if under(other) => {}
                    _ => break,
                }
            }
            let kinds = ["用车", "国", "接待"];
            let known = name == "项目支出"
                || parts.len() == 3
                    && kinds.iter().all(|kind| parts.iter().any(|part| part.name.contains(kind)));
            if parts.len() > 1 && known {
                relations.extend(sums(report, row, &parts, true));
            }
        } else if ordinal(name).is_some() && name.contains("用车") {
            let purchase = |row: &&Row| row.name.contains("购置") && ordinal(&row.name).is_none();
            let running = |row: &&Row| {
                (row.name.contains("运行") || row.name.contains("维护"))
                    && ordinal(&row.name).is_none()
            };
            if let [one, other, ..] = below
                && purchase(&one)
                && running(&other)
            {
                relations.extend(sums(report, row, &[one, other], true));
            }
        } else if name == "公用经费"
            && below.first().is_some_and(|row| row.name.starts_with("其中"))
        {
            let part = |row: &&Row| row.name.ends_with('费') && ordinal(&row.name).is_none();
            let parts: Vec<&Row> = below
                .iter()
                .enumerate()
                .take_while(|(at, row)| *at == 0 || part(row))
                .map(|(_, row)| row)
                .collect();
            relations.extend(sums(report, row, &parts, false));
        }
    }
}

/// The claim in each column that prints all figures.
fn sums<'r>(
    report: &'r Report,
    whole: &'r Row,
    parts: &'r [&'r Row],
    exact: bool,
) -> impl Iterator<Item = Relation> + 'r {
    whole.figures.iter().filter_map(move |(col, total)| {
        let figures = parts.iter().map(|part| part.figures.get(col).copied().map(Term::plus));
        let parts = figures.collect::<Option<Vec<Term>>>()?;
        Some(Relation {
            claim: Claim::Sum { total: Term::plus(*total), parts, exact },
            check: if exact { "table/rows_do_not_add" } else { "sum/part_exceeds_total" },
            ground: Ground::Table,
            at: report.numbers[*total as usize].span,
            label: whole.name.clone(),
        })
    })
}
