//! Cells of appendix tables as facts: what the row names, what the column measures, whose money, which stage and year.

mod subject;

use super::{Basis, Blank, Entity, Fact, Fund, Measure, Standing};
use crate::Report;
use crate::document::{ReportKind, Span, Table};
use crate::number::Kind;
use crate::table::meaning::{self, ColumnMeaning};
use crate::table::{Family, Form, Row, Shape, Side};
use std::collections::HashMap;

/// The facts of all tables whose form is known, and of the rows a name explains in others; and the cells that show
/// nothing where their meaning is known.
pub fn bind(report: &Report) -> (Vec<Fact>, Vec<Blank>) {
    let mut found = Found::default();
    for shape in &report.tables {
        let family = shape.form.as_ref().map(|form| form.family);
        if matches!(family, Some(Family::Performance | Family::Detail | Family::List)) {
            continue;
        }
        let frame = Frame::new(report, shape);
        for (index, side) in shape.sides.iter().enumerate() {
            frame.side(index, side, &mut found);
        }
        if shape.form.is_some() && !shape.glued && shape.values().next().is_none() {
            frame.empty(shape, &mut found);
        }
    }
    (found.facts, found.blanks)
}

/// What cells mean, with and without a figure in them.
#[derive(Default)]
struct Found {
    facts: Vec<Fact>,
    blanks: Vec<Blank>,
}

/// Stands for the number of a cell without one.
const NOTHING: u32 = u32::MAX;

/// What holds for a whole table.
struct Frame<'a> {
    report: &'a Report,
    /// Whether the columns count money carried in (上年结转) with the rest.
    carries: bool,
    /// Whether names and figures have run together.
    glued: bool,
    /// Whether the header says 本年.
    this_year: bool,
    form: Option<&'a Form>,
    basis: Basis,
    /// Which budget the table compares with (全年预算数 is the adjusted one).
    budget: Basis,
    year: Option<i32>,
}

/// What a row names.
enum Subject {
    /// A classification code with the prefix of its indicator.
    Code(String),
    /// A known name.
    Named(String, Option<Fund>),
    /// All rows together.
    All,
    /// All of one unit or project.
    Of(Entity),
    /// A name no grammar knows.
    Other,
}

impl<'a> Frame<'a> {
    fn new(report: &'a Report, shape: &'a Shape) -> Self {
        let final_accounts = report.document.report.kind == ReportKind::FinalAccounts;
        let budget_title = ["预算表", "预算总表", "预算情况", "部门预算", "单位预算"]
            .iter()
            .any(|word| shape.title.contains(word));
        let settled = shape.title.contains("决算")
            || shape.form.as_ref().is_some_and(|form| form.key.starts_with("final/"));
        let basis =
            if settled || final_accounts && !budget_title { Basis::Final } else { Basis::Budget };
        let whole_year = ["全年预算", "调整后", "调整预算"];
        let adjusted = whole_year.iter().any(|word| shape.notes.contains(word));
        let mut title = unsaid();
        meaning::split_basis(&shape.title, &mut title);
        let carries = shape.sides.iter().flat_map(|side| &side.columns).any(|column| {
            let found = meaning::column(&column.path, "revenue").indicator;
            found.as_deref() == Some("balance/carried_in")
        });
        Self {
            report,
            carries,
            glued: shape.glued,
            this_year: shape.header.iter().any(|text| text.contains("本年")),
            form: shape.form.as_ref(),
            basis,
            budget: if adjusted { Basis::Adjusted } else { Basis::Budget },
            year: title.year.or(report.document.report.year),
        }
    }

    fn family(&self) -> Option<Family> {
        self.form.map(|form| form.family)
    }

    fn side_name(&self, index: usize, side: &Side) -> &'static str {
        match self.family() {
            Some(Family::Revenue) => "revenue",
            Some(Family::Balance) => {
                let said = |word: &str| side.heading.contains(word);
                match (said("收入"), said("支出")) {
                    (true, false) => "revenue",
                    (false, true) => "expenditure",
                    _ if index == 0 => "revenue",
                    _ => "expenditure",
                }
            }
            _ => "expenditure",
        }
    }

    fn side(&self, index: usize, side: &Side, found: &mut Found) {
        let name = self.side_name(index, side);
        let columns: Vec<ColumnMeaning> =
            side.columns.iter().map(|column| meaning::column(&column.path, name)).collect();
        let key = |row: &'_ Row| {
            let own = row.code.as_deref().unwrap_or(&row.name).to_string();
            (own, row.stage.clone())
        };
        let mut seen: HashMap<(String, Option<String>), usize> = HashMap::new();
        for row in &side.rows {
            *seen.entry(key(row)).or_default() += 1;
        }
        // Only the first of several sides that list the spending another way (按经济分类) names classes by function.
        let by_function = side.heading.contains("功能") || !side.heading.contains("经济");
        let only = subject::says_one_name(side);
        let mixes_years = self.mixes_years(side, name);
        let mut carried: Option<&Row> = None;
        for row in &side.rows {
            let once = seen[&key(row)] == 1;
            let under_carried = row
                .parent
                .is_some_and(|parent| carried.is_some_and(|above| side.rows[parent] == *above));
            let subject = if under_carried {
                let fund = meaning::split_fund(&row.name).0;
                match fund {
                    Some(fund) => Subject::Named(carried_name(name).into(), Some(fund)),
                    None => Subject::Other,
                }
            } else {
                self.subject(side, row, name, (once, only, by_function))
            };
            if let Subject::Named(indicator, _) = &subject
                && indicator.starts_with("balance/carried")
                && !under_carried
            {
                carried = Some(row);
            }
            for (at, (column, value)) in columns.iter().zip(&row.values).enumerate() {
                let cell = (at, row, &subject, column);
                match value {
                    Some(number) => {
                        found.facts.push(self.fact(side, cell, (name, mixes_years), *number))
                    }
                    None if self.shows_nothing(side, at, row) => {
                        let fact = self.fact(side, cell, (name, mixes_years), NOTHING);
                        let known = fact.measure == Measure::Level && fact.certainty >= 60;
                        found.blanks.extend(known.then(|| blank(fact, row.at)));
                    }
                    None => {}
                }
            }
        }
    }

    /// Whether the cell is there and empty, or holds a dash; what a span of its neighbour covers is not empty.
    fn shows_nothing(&self, side: &Side, at: usize, row: &Row) -> bool {
        let table: &Table = &self.report.document.tables[row.table as usize];
        let col = side.columns[at].col;
        let cells = &table.cells;
        let index = cells.partition_point(|cell| (cell.row, cell.col) < (row.row, col));
        cells.get(index).is_some_and(|cell| {
            let text = self.report.document.slice(cell.span).trim();
            (cell.row, cell.col) == (row.row, col) && matches!(text, "" | "-" | "—" | "--" | "/")
        })
    }

    /// A table without any figure shows nothing of what its form is about.
    fn empty(&self, shape: &Shape, found: &mut Found) {
        let Some(side) = shape.sides.first() else { return };
        let name = self.side_name(0, side);
        let columns: Vec<ColumnMeaning> = match self.family() {
            Some(Family::Balance) | None => Vec::new(),
            Some(Family::ThreePublic | Family::Revenue) => {
                side.columns.iter().map(|column| meaning::column(&column.path, name)).collect()
            }
            Some(_) => vec![unsaid()],
        };
        for column in &columns {
            let known = self.meaning(&Subject::All, column, name, true);
            let Some((indicator, fund, entity)) = known else { continue };
            found.blanks.push(Blank {
                indicator: indicator.into(),
                label: shape.title.clone(),
                fund,
                basis: self.basis,
                year: column.year.or(self.year),
                entity,
                certainty: 70,
                table: shape.tables[0],
                at: shape.at(&self.report.document),
            });
        }
    }

    /// Indicator, fund and entity of a cell.
    fn meaning(
        &self,
        subject: &Subject,
        column: &ColumnMeaning,
        side: &str,
        single: bool,
    ) -> Option<(String, Option<Fund>, Entity)> {
        let form_fund = self.form.and_then(|form| form.fund);
        let fund = column.fund.or(form_fund);
        let department = Entity::Department;
        let named = column.indicator.as_deref();
        let short = |indicator: &str| indicator.rsplit('/').next().unwrap_or("").to_string();
        // A column that only names the money, or this year's whole, shows the whole of its row.
        // 人员经费 over the codes of one kind only says which codes follow.
        let economic = matches!(subject, Subject::Code(base) if base.contains("economic/"))
            && named.is_some_and(|indicator| {
                matches!(indicator, "expenditure/personnel" | "expenditure/public")
            })
            && single;
        let whole = column.plain
            || economic
            || named.is_some_and(|indicator| {
                indicator == meaning::whole(side, column.fund)
                    || matches!(indicator, "expenditure/this_year" | "expenditure/total")
            });
        match subject {
            Subject::Code(base) => match (named, side) {
                (_, "revenue") if column.plain => {
                    Some((format!("{base}/revenue"), fund, department))
                }
                (Some("revenue/this_year" | "revenue/total"), _) => {
                    Some((format!("{base}/revenue"), fund, department))
                }
                (Some(indicator), _) if indicator.starts_with("revenue/") => {
                    Some((format!("{base}/revenue/{}", short(indicator)), fund, department))
                }
                _ if whole => Some((base.clone(), fund, department)),
                (Some(indicator), _) => {
                    Some((format!("{base}/{}", short(indicator)), fund, department))
                }
                (None, _) => None,
            },
            Subject::Named(indicator, own) => {
                if !whole && named.is_some() {
                    return None;
                }
                if !column.plain && named.is_none() {
                    return None;
                }
                Some((indicator.clone(), column.fund.or(*own).or(form_fund), department))
            }
            Subject::All | Subject::Of(_) => {
                let entity = match subject {
                    Subject::Of(entity) => entity.clone(),
                    _ => department,
                };
                let indicator = self.whole(named, column, side, fund)?;
                Some((indicator, fund, entity))
            }
            Subject::Other => None,
        }
    }

    fn fact(
        &self,
        side: &Side,
        (at, row, subject, column): (usize, &Row, &Subject, &ColumnMeaning),
        (name, mixes_years): (&str, bool),
        number: u32,
    ) -> Fact {
        let col = side.columns[at].col;
        let leaf = side.columns[at].leaf();
        let label = match (row.name.is_empty(), column.plain) {
            (true, _) => leaf.to_string(),
            (false, true) => row.name.clone(),
            (false, false) => format!("{} {leaf}", row.name),
        };
        let known = self.meaning(subject, column, name, side.columns.len() == 1);
        let unsure = self.family() == Some(Family::Project) || self.glued;
        let certainty = match (&known, self.form) {
            (Some(_), Some(_)) if unsure || mixes_years => 70,
            (Some(_), Some(_)) => 95,
            (Some(_), None) => 60,
            _ => 40,
        };
        let (indicator, fund, entity) =
            known.unwrap_or_else(|| (format!("label/{label}"), column.fund, Entity::Department));
        let figure = self.report.numbers.get(number as usize);
        let percent = figure.is_some_and(|figure| figure.kind == Kind::Percent);
        let measure = match column.measure {
            Measure::Level if percent => Measure::Rate,
            measure => measure,
        };
        let (stage_year, changes) = stage(row);
        let measure = if changes && measure == Measure::Level { Measure::Change } else { measure };
        let basis = match column.basis {
            Some(Basis::Budget) if self.basis == Basis::Final => self.budget,
            Some(basis) => basis,
            None => self.basis,
        };
        let year =
            stage_year.or(column.year).or(self.year.map(|year| year + column.offset.unwrap_or(0)));
        Fact {
            indicator: indicator.into(),
            label,
            fund,
            basis,
            year,
            entity,
            measure,
            number,
            negative: false,
            of: None,
            against: None,
            base_year: None,
            base_basis: None,
            standing: Standing::Cell(row.table, row.row, col),
            certainty,
        }
    }
}

/// The year that a column 年度 gives a row, or that the row shows differences (`增减变化金额`).
fn stage(row: &Row) -> (Option<i32>, bool) {
    let Some(text) = row.stage.as_deref() else { return (None, false) };
    let mut said = unsaid();
    meaning::split_basis(text, &mut said);
    (said.year, ["增减", "变化", "差额"].iter().any(|word| text.contains(word)))
}

fn carried_name(side: &str) -> &'static str {
    if side == "revenue" { "balance/carried_in" } else { "balance/carried_out" }
}

fn blank(fact: Fact, at: Span) -> Blank {
    let table = match fact.standing {
        Standing::Cell(table, ..) => table,
        _ => 0,
    };
    let Fact { indicator, label, fund, basis, year, entity, certainty, .. } = fact;
    Blank { indicator, label, fund, basis, year, entity, certainty, table, at }
}

/// A column whose header says nothing.
fn unsaid() -> ColumnMeaning {
    meaning::column(&[], "expenditure")
}
