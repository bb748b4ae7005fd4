//! What the cells of all tables hold, found by what they mean, by the name of their row, and by the names of a code.

use crate::Report;
use crate::document::{Span, TableId};
use crate::fact::indicators::normal;
use crate::fact::{Basis, Entity, Fund, Measure, Standing};
use crate::number::{Kind, Number, NumberId, Range};
use crate::relation::Term;
use crate::table::{CodeKind, RowKind, Scope, Side, cells};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A cell with its meaning; without a number it shows nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'r> {
    pub(super) number: Option<NumberId>,
    pub(super) fund: Option<Fund>,
    pub(super) basis: Basis,
    pub(super) year: Option<i32>,
    pub(super) entity: &'r Entity,
    pub(super) certainty: u8,
    /// Table and column, where it shows a figure.
    pub(super) column: Option<(TableId, u32)>,
    /// The cell, or the name of its row where it is empty.
    pub(super) at: Span,
    range: Option<Range>,
}

impl Held<'_> {
    /// Whether a figure within `range` can be the one in the cell.
    pub(super) fn agrees(&self, range: Range) -> bool {
        self.range.is_some_and(|own| own.meets(range))
    }

    /// Whether two cells can show the same value.
    pub(super) fn meets(&self, other: &Self) -> bool {
        other.range.is_some_and(|range| self.agrees(range))
    }
}

/// All cells.
pub(super) struct Cells<'r> {
    levels: HashMap<&'r str, Vec<Held<'r>>>,
    changes: HashMap<&'r str, Vec<Held<'r>>>,
    by_name: HashMap<String, Vec<Held<'r>>>,
    /// Functional codes by the names of a row and of the row above it, and by the name of the row alone.
    codes: HashMap<String, Vec<&'r str>>,
    /// What adds up to 人员经费, to 公用经费, to a class of the other classification: by indicator, one list a table.
    sums: HashMap<String, Vec<Vec<NumberId>>>,
    /// The year of each figure of a table that is known to be of one.
    years: HashMap<NumberId, i32>,
    numbers: &'r [Number],
}

impl<'r> Cells<'r> {
    /// Files all cells in one pass.
    pub(super) fn new(report: &'r Report) -> Self {
        let mut cells = Self {
            levels: HashMap::new(),
            changes: HashMap::new(),
            by_name: HashMap::new(),
            codes: HashMap::new(),
            sums: HashMap::new(),
            years: HashMap::new(),
            numbers: &report.numbers,
        };
        for fact in &report.facts {
            let number = &report.numbers[fact.number as usize];
            let Standing::Cell(table, _, column) = fact.standing else { continue };
            if number.kind != Kind::Amount {
                continue;
            }
            cells.years.extend(fact.year.map(|year| (fact.number, year)));
            let held = Held {
                number: Some(fact.number),
                fund: fact.fund,
                basis: fact.basis,
                year: fact.year,
                entity: &fact.entity,
                certainty: fact.certainty,
                column: Some((table, column)),
                at: number.span,
                range: number.range(),
            };
            let into = match fact.measure {
                Measure::Level => &mut cells.levels,
                Measure::Change => &mut cells.changes,
                _ => continue,
            };
            into.entry(&fact.indicator).or_default().push(held);
        }
        for blank in &report.blanks {
            let held = Held {
                number: None,
                fund: blank.fund,
                basis: blank.basis,
                year: blank.year,
                entity: &blank.entity,
                certainty: blank.certainty,
                column: None,
                at: blank.at,
                range: Some(Range::exact(Decimal::ZERO)),
            };
            cells.levels.entry(&blank.indicator).or_default().push(held);
        }
        for shape in &report.tables {
            let basic = shape.form.as_ref().is_some_and(|form| form.scope == Scope::Basic);
            for side in &shape.sides {
                cells.names(report, side);
                cells.classes(side, basic);
            }
        }
        cells
    }

    fn names(&mut self, report: &'r Report, side: &'r Side) {
        for row in &side.rows {
            for (column, value) in side.columns.iter().zip(&row.values) {
                let Some(id) = *value else { continue };
                let number = &report.numbers[id as usize];
                if number.kind != Kind::Amount {
                    continue;
                }
                let held = Held {
                    number: Some(id),
                    fund: None,
                    basis: Basis::Final,
                    year: self.years.get(&id).copied(),
                    entity: &Entity::Department,
                    certainty: 0,
                    column: None,
                    at: number.span,
                    range: number.range(),
                };
                let name = if row.kind == RowKind::Total || row.name.is_empty() {
                    column.leaf()
                } else {
                    &row.name
                };
                self.by_name.entry(normal(name)).or_default().push(held);
            }
            if side.codes == Some(CodeKind::Function)
                && let Some(code) = &row.code
            {
                let own = short(&row.name);
                let above = row.parent.map(|parent| short(&side.rows[parent].name));
                for key in above.map(|above| format!("{above}/{own}")).into_iter().chain([own]) {
                    let codes = self.codes.entry(key).or_default();
                    if !codes.contains(&code.as_str()) {
                        codes.push(code);
                    }
                }
            }
        }
    }

    /// Files the figures that add up to what the table does not show as one.
    fn classes(&mut self, side: &Side, basic: bool) {
        let mut table: HashMap<String, Vec<NumberId>> = HashMap::new();
        for row in &side.rows {
            let (Some(code), Some(Some(value))) = (&row.code, row.values.first()) else { continue };
            if basic && side.codes == Some(CodeKind::Economic) && code.len() == 3 {
                let personnel = matches!(code.as_str(), "301" | "303");
                let whole = if personnel { "personnel" } else { "public" };
                table.entry(format!("expenditure/{whole}")).or_default().push(*value);
            }
            if let Some(other) = &row.other_code
                && cells::code_kind(other) == CodeKind::GovernmentEconomic
                && other.len() > 3
            {
                let class = format!("government_economic/{}", &other[..3]);
                table.entry(class.clone()).or_default().push(*value);
                table.entry(format!("{class}/all")).or_default().push(*value);
            }
        }
        for (whole, parts) in table {
            self.sums.entry(whole).or_default().push(parts);
        }
    }

    /// Figures of one table that add up to a figure within `range` where the table does not show it as one.
    pub(super) fn sums(&self, indicator: &str, range: Range) -> Option<Vec<Term>> {
        self.sums.get(indicator)?.iter().find_map(|parts| {
            let zero = Range::exact(Decimal::ZERO);
            let sum = parts
                .iter()
                .try_fold(zero, |sum, part| sum.plus(self.numbers[*part as usize].range()?))?;
            sum.meets(range).then(|| parts.iter().map(|part| Term::plus(*part)).collect())
        })
    }

    /// The cells of an indicator.
    pub(super) fn of(&self, indicator: &str, measure: Measure) -> &[Held<'r>] {
        let of = if measure == Measure::Change { &self.changes } else { &self.levels };
        of.get(indicator).map_or(&[], Vec::as_slice)
    }

    /// The cells of rows (in total rows: of columns) with this name.
    pub(super) fn named(&self, name: &str) -> &[Held<'r>] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The functional codes whose rows have these names: `行政事业单位养老支出/行政单位离退休`.
    pub(super) fn codes(&self, names: &str) -> &[&'r str] {
        let parts: Vec<String> = names.split('/').map(short).collect();
        let found = match parts.as_slice() {
            [.., above, own] => self.codes.get(&format!("{above}/{own}")).or(self.codes.get(own)),
            [own] => self.codes.get(own),
            [] => None,
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// A name without the 支出 it may end with.
fn short(name: &str) -> String {
    let name = normal(name);
    name.strip_suffix("支出").unwrap_or(&name).to_string()
}
