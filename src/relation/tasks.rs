//! The tasks of a whole department's form: `年度主要任务 | 任务名称 | 预算金额：总额 财政拨款 其他资金 … 金额合计`.
//!
//! 金额合计 is of all tasks the form lists, and each 总额 is its 财政拨款 and its 其他资金.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{Cell, Table, TableId};
use crate::indicator::squeeze;
use crate::number::{Home, NumberId};
use std::collections::HashMap;

/// The columns of amounts.
const COLUMNS: [&str; 3] = ["总额", "财政拨款", "其他资金"];

/// The sums that the lists of tasks claim.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for id in super::table::of_performance(report) {
        relations.extend(tasks(report, id).unwrap_or_default());
    }
    relations
}

/// What a row prints in one column.
#[derive(Clone, Copy, PartialEq)]
enum Amount {
    Figure(NumberId),
    Nothing,
    Words,
}

struct Grid<'r> {
    report: &'r Report,
    table: &'r Table,
    cells: Vec<Option<u32>>,
    numbers: HashMap<u32, Vec<NumberId>>,
}

impl<'r> Grid<'r> {
    fn cell(&self, row: u32, col: u32) -> Option<&'r Cell> {
        let index = (*self.cells.get((row * self.table.cols + col) as usize)?)?;
        self.table.cells.get(index as usize)
    }

    fn words(&self, row: u32, col: u32) -> String {
        self.cell(row, col)
            .map_or(String::new(), |c| squeeze(self.report.document.slice(c.span)).into_owned())
    }

    fn amount(&self, row: u32, col: u32) -> Amount {
        let index = self.cells.get((row * self.table.cols + col) as usize).copied().flatten();
        match index.and_then(|index| self.numbers.get(&index)).map(Vec::as_slice) {
            Some([id]) => Amount::Figure(*id),
            None if self.words(row, col).is_empty() => Amount::Nothing,
            _ => Amount::Words,
        }
    }

    /// The column of a header in the rows from `top` on.
    fn column(&self, name: &str, top: u32) -> Option<u32> {
        let rows = top..(top + 3).min(self.table.rows);
        rows.flat_map(|row| (0..self.table.cols).map(move |col| (row, col)))
            .find(|(row, col)| self.words(*row, *col) == name)
            .map(|(_, col)| col)
    }
}

fn tasks(report: &Report, id: TableId) -> Option<Vec<Relation>> {
    let document = &report.document;
    let table = &document.tables[id as usize];
    let is_head = |cell: &&Cell| squeeze(document.slice(cell.span)) == "任务名称";
    let head = table.cells.iter().take(40).find(is_head)?;
    let mut numbers: HashMap<u32, Vec<NumberId>> = HashMap::new();
    for (number, own) in report.numbers.iter().enumerate() {
        if let Home::Cell(home, index) = own.home
            && home == id
        {
            numbers.entry(index).or_default().push(number as NumberId);
        }
    }
    let grid = Grid { report, table, cells: table.grid(), numbers };
    let columns = COLUMNS.map(|name| grid.column(name, head.row));
    // The names of the columns end the header.
    let body = (head.row..(head.row + 3).min(table.rows))
        .rev()
        .find(|row| (0..table.cols).any(|col| COLUMNS.contains(&grid.words(*row, col).as_str())))?
        + 1;
    let names = |row: u32| {
        let end = columns.iter().flatten().min().copied().unwrap_or(table.cols);
        (0..end).map(|col| grid.words(row, col)).collect::<Vec<String>>()
    };
    let total = (body..table.rows)
        .find(|row| names(*row).iter().any(|name| name == "金额合计" || name == "合计"))?;
    let rows = body..total;
    let nested = |row: u32| names(row).iter().any(|name| name.contains("其中") || name == "小计");
    if rows.is_empty() || rows.clone().any(nested) {
        return None;
    }
    let relation = |total: NumberId, parts: Vec<NumberId>, check: &'static str, label: &str| {
        let parts = parts.into_iter().map(Term::plus).collect();
        Relation {
            claim: Claim::Sum { total: Term::plus(total), parts, exact: true },
            check,
            ground: Ground::Table,
            at: report.numbers[total as usize].span,
            label: label.to_owned(),
        }
    };
    let mut relations = Vec::new();
    for col in columns.into_iter().flatten() {
        let amounts: Vec<Amount> = rows.clone().map(|row| grid.amount(row, col)).collect();
        // A cell over two rows is printed once.
        let mut figures: Vec<NumberId> = amounts
            .iter()
            .filter_map(|amount| match amount {
                Amount::Figure(id) => Some(*id),
                _ => None,
            })
            .collect();
        figures.dedup();
        if let Amount::Figure(all) = grid.amount(total, col)
            && !amounts.contains(&Amount::Words)
            && !figures.is_empty()
        {
            relations.push(relation(all, figures, "table/rows_do_not_add", "金额合计"));
        }
    }
    if let [Some(all), Some(fiscal), Some(other)] = columns {
        for row in body..=total {
            if let (Amount::Figure(all), Amount::Figure(fiscal), Amount::Figure(other)) =
                (grid.amount(row, all), grid.amount(row, fiscal), grid.amount(row, other))
            {
                let parts = vec![fiscal, other];
                relations.push(relation(all, parts, "table/columns_do_not_add", "总额"));
            }
        }
    }
    Some(relations)
}
