//! Facts: what each number means. Facts never judge.

pub mod chart;
pub mod codes;
pub mod indicators;
pub mod label;
pub mod narrative;
pub mod table;
mod whole;

use crate::document::{ChartId, Span, TableId};
use crate::number::NumberId;
use std::sync::Arc;

/// Index of a fact.
pub type FactId = u32;

/// Which money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fund {
    /// All money.
    All,
    /// 财政拨款
    Appropriation,
    /// 一般公共预算财政拨款
    General,
    /// 政府性基金预算财政拨款
    GovernmentFund,
    /// 国有资本经营预算财政拨款
    StateCapital,
    /// Anything else (非财政拨款 …).
    Other,
}

/// Which stage of the money: 年初预算, 调整预算, 决算.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// 年初预算、预算
    Budget,
    /// 调整预算、全年预算
    Adjusted,
    /// 决算、执行数
    Final,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// 数额
    Level,
    /// 增减额
    Change,
    /// 增减率
    Rate,
    /// 占比
    Share,
    /// 完成预算
    Completion,
    /// 数量
    Count,
    /// 得分
    Score,
}

/// Of whom or of what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entity {
    /// The department as a whole (or the unit that reports).
    Department,
    /// A project, by name.
    Project(Arc<str>),
    /// A subordinate unit, by name.
    Unit(Arc<str>),
}

/// Where a fact was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In a sentence of the narrative (its span).
    Narrative(Span),
    /// In a table cell: table, row, column.
    Cell(TableId, u32, u32),
    /// In a chart: chart, series, category.
    Chart(ChartId, u32, u32),
}

/// A number with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Canonical name: `revenue/total`, `function/2011301`, `economic/30101`, or `label/…` for a name no grammar knows.
    pub indicator: Arc<str>,
    /// The name as printed.
    pub label: String,
    /// Which money, if said.
    pub fund: Option<Fund>,
    /// Which stage.
    pub basis: Basis,
    /// Which year (the year the figure is of), if known.
    pub year: Option<i32>,
    /// Of whom.
    pub entity: Entity,
    /// What is measured.
    pub measure: Measure,
    /// The figure.
    pub number: NumberId,
    /// For changes and rates: whether the text says less (下降、减少).
    pub negative: bool,
    /// For changes, rates, shares and completions: the level it is about.
    pub of: Option<FactId>,
    /// For shares: the whole; for changes and completions: the base, where it is printed.
    pub against: Option<FactId>,
    /// For changes and rates: the year compared with; for completions the basis compared with.
    pub base_year: Option<i32>,
    /// For changes, rates and completions: the stage compared with.
    pub base_basis: Option<Basis>,
    /// Where it was read.
    pub standing: Standing,
    /// 0 to 100: how sure the meaning is (100: said in so many words).
    pub certainty: u8,
}

/// How the parts of a list make up the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Completeness {
    /// 包括、由…组成、分别为: the parts are all of it.
    Exact,
    /// 其中: at most.
    AtMost,
}

/// A whole with the parts that are listed after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The whole.
    pub whole: FactId,
    /// Its parts in printed order.
    pub parts: Vec<FactId>,
    /// Whether the words say that these are all.
    pub completeness: Completeness,
    /// Whether the parts are numbered paragraphs of their own (the form's itemised list), and their names codes.
    pub itemised: bool,
    /// Whether it was opened inside another list of the same sentence (where it ends is then not certain).
    pub nested: bool,
    /// The words that open the list.
    pub at: Span,
}

/// Something said of a figure without a figure: 持平, 决算数小于预算数.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The figure it is about.
    pub of: FactId,
    /// The figure compared with, where it is printed.
    pub against: Option<FactId>,
    /// What is said: the figure is less than, equal to or greater than the other.
    pub says: std::cmp::Ordering,
    /// Whether the other is the budget (otherwise an earlier year).
    pub budget: bool,
    /// The year compared with.
    pub base_year: Option<i32>,
    /// The stage compared with.
    pub base_basis: Option<Basis>,
    /// The words.
    pub at: Span,
}

/// An indicator that is said to be as it was, without its figure: `因公出国（境）费与上年持平`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    /// As of a fact.
    pub indicator: Arc<str>,
    /// Which stage.
    pub basis: Basis,
    /// Which year, if known.
    pub year: Option<i32>,
    /// The year compared with.
    pub base_year: Option<i32>,
    /// The stage compared with.
    pub base_basis: Option<Basis>,
    /// The words.
    pub at: Span,
}

/// A cell of an appendix table that shows nothing, and what a figure in it would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// As of a fact.
    pub indicator: Arc<str>,
    /// The name as printed.
    pub label: String,
    /// Which money, if said.
    pub fund: Option<Fund>,
    /// Which stage.
    pub basis: Basis,
    /// Which year, if known.
    pub year: Option<i32>,
    /// Of whom.
    pub entity: Entity,
    /// 0 to 100: how sure the meaning is.
    pub certainty: u8,
    /// The table.
    pub table: TableId,
    /// The row's name, or the title of a table that is empty altogether.
    pub at: Span,
}

/// What words say is none, without a figure: `本年度无国有资本经营预算支出` is a level of 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nothing {
    /// As of a fact.
    pub indicator: Arc<str>,
    /// The name as printed.
    pub label: String,
    /// Which money, if said.
    pub fund: Option<Fund>,
    /// Which stage.
    pub basis: Basis,
    /// Which year, if known.
    pub year: Option<i32>,
    /// A level or a count.
    pub measure: Measure,
    /// 0 to 100: how sure the meaning is.
    pub certainty: u8,
    /// The words.
    pub at: Span,
}

/// All that the numbers of a report mean.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Facts in document order.
    pub facts: Vec<Fact>,
    /// Wholes and their parts.
    pub lists: Vec<Listing>,
    /// Comparisons in words.
    pub statements: Vec<Statement>,
    /// What is said to be as it was.
    pub unchanged: Vec<Unchanged>,
    /// Cells that show nothing.
    pub blanks: Vec<Blank>,
    /// What is said to be none.
    pub nothing: Vec<Nothing>,
}

pub(crate) fn prepare() {
    indicators::indicators();
    label::prepare();
    codes::codes(codes::Classification::Function);
}

/// What the sentences of a report say by themselves.
pub(crate) struct Narrative(Facts, Vec<whole::Sought>);

pub(crate) fn narrate(report: &crate::Report) -> Narrative {
    let (facts, sought) = narrative::bind(report);
    Narrative(facts, sought)
}

/// Gives the numbers of a report their meaning; those of its sentences have theirs already.
pub(crate) fn bind(report: &crate::Report, narrative: Narrative) -> Facts {
    let Narrative(mut facts, sought) = narrative;
    let (cells, blanks) = table::bind(report);
    settle_budget(report, &mut facts.facts, &cells);
    let narrated = facts.facts.len();
    facts.facts.extend(cells);
    whole::settle(report, &mut facts.facts, narrated, &sought);
    facts.blanks = blanks;
    facts.facts.extend(chart::bind(report));
    facts
}

/// The 三公 tables of final accounts print 全年预算数; then the narrative's plain 预算 of 三公经费 is that one too.
fn settle_budget(report: &crate::Report, narrative: &mut [Fact], cells: &[Fact]) {
    let three_public = |fact: &&Fact| fact.indicator.starts_with("three_public/");
    let has = |basis| cells.iter().filter(three_public).any(|fact| fact.basis == basis);
    if !has(Basis::Adjusted) || has(Basis::Budget) {
        return;
    }
    for fact in narrative.iter_mut().filter(|fact| fact.indicator.starts_with("three_public/")) {
        let span = report.numbers[fact.number as usize].span;
        let before = &report.document.text[..span.start as usize];
        let near = before.char_indices().rev().nth(11).map_or("", |(at, _)| &before[at..]);
        if near.contains("年初") {
            continue;
        }
        if fact.basis == Basis::Budget {
            fact.basis = Basis::Adjusted;
        }
        if fact.base_basis == Some(Basis::Budget) && fact.measure == Measure::Completion {
            fact.base_basis = Some(Basis::Adjusted);
        }
    }
}

/// The canonical indicator of a code: `function/2011301`, by its names where no digits are printed and none are found.
pub fn code_key(code: &crate::number::Code) -> std::sync::Arc<str> {
    let digits = codes::codes(codes::Classification::Function).digits(code);
    let plain = matches!(digits.len(), 3 | 5 | 7) && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.bytes().next() {
        Some(_) if !plain => return format!("code/{digits}").into(),
        Some(b'3') => return format!("economic/{digits}/all").into(),
        Some(b'5') => return format!("government_economic/{digits}/all").into(),
        Some(_) => return format!("function/{digits}").into(),
        None => {}
    }
    let names: Vec<String> =
        code.names.iter().flatten().map(|name| indicators::normal(name)).collect();
    format!("function/{}", names.join("/")).into()
}

/// The indicator of a name no grammar knows.
pub fn named_key(name: &str) -> std::sync::Arc<str> {
    format!("label/{}", indicators::normal(name)).into()
}
