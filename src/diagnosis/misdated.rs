//! Years that were not updated: `2023年度本年收入合计3262.03万元` where the tables of 2024 show 3262.03. All figures under one
//! printed year are those of the report's year, none is that of the year printed.

use crate::Report;
use crate::document::{BlockId, BlockKind, Span, TableId};
use crate::fact::{Basis, Entity, Fact, Fund, Measure, Standing};
use crate::number::{Home, Kind, Number, NumberId, Range};
use crate::relation::echo::fund;
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::relation::{Claim, Relation};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// A printed year that should be the report's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misdated {
    /// The printed year.
    pub word: NumberId,
    /// The figures it dates.
    pub figures: Vec<NumberId>,
    /// The figure that tells most: the one with most digits.
    pub told: NumberId,
    /// Whether the year printed has another figure elsewhere, or a change from it that is none.
    pub denied: bool,
}

/// What makes figures comparable.
type Key<'r> = (&'r str, Fund, Basis, &'r Entity);

/// Figures of fewer digits are the same in two years by chance.
const MANY_DIGITS: u128 = 10_000;
/// Two figures of so many digits are no chance.
const SOME_DIGITS: u128 = 1_000;

/// The years that were not updated.
pub(crate) fn misdated(report: &Report) -> Vec<Misdated> {
    let Some(year) = report.document.report.year else { return Vec::new() };
    let dated = |number: &Number| {
        let own = number.kind == Kind::Year
            && number.period().is_some_and(|period| !period.relative && period.to.0 == year - 1);
        own && report.document.slice(number.span).starts_with(|c: char| c.is_ascii_digit())
    };
    let words = report.numbers.iter().enumerate().filter(|(_, number)| dated(number));
    let mut words = words.map(|(id, _)| id as NumberId).peekable();
    if words.peek().is_none() {
        return Vec::new();
    }
    let mut levels: HashMap<Key<'_>, Vec<&Fact>> = HashMap::new();
    for fact in report.facts.iter().filter(|fact| is_told(report, fact)) {
        levels.entry(key(fact)).or_default().push(fact);
    }
    let place = Place::new(report, year - 1);
    let wrong = wrong_bases(report);
    words
        .filter_map(|word| judge(report, (&levels, &wrong), word, &place.under(word), year))
        .collect()
}

/// The figures that a change or rate is counted from and cannot be.
fn wrong_bases(report: &Report) -> HashSet<NumberId> {
    let figures = Figures::new(&report.numbers);
    let base = |relation: &Relation| match &relation.claim {
        Claim::Change { base, .. } | Claim::Rate { base: Some(base), .. } => Some(base.number),
        _ => None,
    };
    let fails = |relation: &&Relation| evaluate(&relation.claim, &figures) == Verdict::Differs;
    let based = report.relations.iter().filter(|relation| base(relation).is_some());
    based.filter(fails).filter_map(base).collect()
}

fn key(fact: &Fact) -> Key<'_> {
    (&fact.indicator, fund(&fact.indicator, fact.fund), fact.basis, &fact.entity)
}

/// Whether a fact is an amount with a known name that is not nothing.
fn is_told(report: &Report, fact: &Fact) -> bool {
    let number = &report.numbers[fact.number as usize];
    fact.measure == Measure::Level
        && number.kind == Kind::Amount
        && fact.certainty >= 80
        && fact.year.is_some()
        && !fact.indicator.starts_with("label/")
        && number.range().is_some_and(|range| !range.holds(Decimal::ZERO))
}

fn judge<'r>(
    report: &'r Report,
    (levels, wrong): (&HashMap<Key<'r>, Vec<&'r Fact>>, &HashSet<NumberId>),
    word: NumberId,
    under: &[&'r Fact],
    year: i32,
) -> Option<Misdated> {
    let figures: Vec<NumberId> = under.iter().map(|fact| fact.number).collect();
    let own: HashSet<NumberId> = figures.iter().copied().collect();
    let range = |fact: &Fact| report.numbers[fact.number as usize].range();
    let meets = |a: Range, b: Range| a.meets(b);
    let (mut agreed, mut told, mut denied) = (0, None, false);
    let mut most = 0;
    for fact in under.iter().filter(|fact| is_told(report, fact)) {
        let Some(printed) = range(fact) else { continue };
        let others = levels.get(&key(fact)).into_iter().flatten();
        let (mut same, mut apart) = (false, false);
        for other in others.filter(|other| !own.contains(&other.number)) {
            let alike = range(other).is_some_and(|other| meets(printed, other));
            match (other.year == Some(year), alike) {
                (true, true) => same = true,
                // This year's is another: the figure is of the year printed.
                (true, false) => return None,
                (false, true) if other.year == Some(year - 1) => return None,
                (false, false) if other.year == Some(year - 1) => apart = true,
                _ => {}
            }
        }
        let digits = digits(&report.numbers[fact.number as usize]);
        if same {
            agreed += usize::from(digits >= SOME_DIGITS);
            denied |= apart;
            if digits > most {
                (most, told) = (digits, Some(fact.number));
            }
        }
    }
    let told = told?;
    denied |= figures.iter().any(|figure| wrong.contains(figure));
    let sure = most >= MANY_DIGITS || agreed > 1 || denied;
    sure.then_some(Misdated { word, figures, told, denied })
}

fn digits(number: &Number) -> u128 {
    number.value().map_or(0, |value| value.normalize().mantissa().unsigned_abs())
}

/// The facts of a year, to find those that a printed year dates.
struct Place<'r> {
    report: &'r Report,
    year: i32,
    narrative: HashMap<Span, Vec<&'r Fact>>,
    cells: HashMap<TableId, Vec<(u32, &'r Fact)>>,
    /// The lines over tables, by their paragraph.
    titles: HashMap<BlockId, Vec<(Span, TableId)>>,
}

impl<'r> Place<'r> {
    fn new(report: &'r Report, year: i32) -> Self {
        let (mut narrative, mut cells) = (HashMap::new(), HashMap::new());
        for fact in report.facts.iter().filter(|fact| fact.year == Some(year)) {
            match fact.standing {
                Standing::Narrative(block) if fact.measure == Measure::Level => {
                    narrative.entry(block).or_insert_with(Vec::new).push(fact);
                }
                Standing::Cell(table, _, col) => {
                    cells.entry(table).or_insert_with(Vec::new).push((col, fact));
                }
                _ => {}
            }
        }
        let document = &report.document;
        let mut titles: HashMap<_, Vec<_>> = HashMap::new();
        for (id, table) in document.tables.iter().enumerate() {
            for line in table.title.iter().chain(&table.above) {
                let block = document.block_at(line.start);
                titles.entry(block.unwrap_or_default()).or_default().push((*line, id as TableId));
            }
        }
        Self { report, year, narrative, cells, titles }
    }

    /// The figures a printed year dates: those after it in its paragraph, those of its table, those under it in a header.
    fn under(&self, word: NumberId) -> Vec<&'r Fact> {
        let own = &self.report.numbers[word as usize];
        let document = &self.report.document;
        match own.home {
            Home::Cell(table, cell) => {
                let grid = &document.tables[table as usize];
                let cell = &grid.cells[cell as usize];
                if cell.row >= grid.header_rows {
                    return Vec::new();
                }
                let columns = cell.col..cell.col + cell.colspan;
                self.column(table, |col| columns.contains(&col))
            }
            Home::Block(block) => {
                let mut lines = self.titles.get(&block).into_iter().flatten();
                if let Some((_, table)) = lines.find(|(line, _)| line.contains(own.span)) {
                    let table = *table;
                    return self.column(table, |col| !self.is_dated(table, col));
                }
                let block = &document.blocks[block as usize];
                match block.kind {
                    BlockKind::Paragraph => self.paragraph(block.span, word),
                    _ => Vec::new(),
                }
            }
        }
    }

    fn column(&self, table: TableId, takes: impl Fn(u32) -> bool) -> Vec<&'r Fact> {
        let own = self.cells.get(&table).into_iter().flatten();
        own.filter(|(col, _)| takes(*col)).map(|(_, fact)| *fact).collect()
    }

    /// Whether a column names a year of its own.
    fn is_dated(&self, table: TableId, col: u32) -> bool {
        let grid = &self.report.document.tables[table as usize];
        let over = |cell: &crate::document::Cell| {
            cell.row < grid.header_rows && (cell.col..cell.col + cell.colspan).contains(&col)
        };
        grid.cells.iter().filter(|cell| over(cell)).any(|cell| {
            let text = self.report.document.slice(cell.span);
            text.contains("年") && text.contains(|c: char| c.is_ascii_digit())
                || text.contains("上年")
        })
    }

    /// Figures of a paragraph after a year, up to the next.
    fn paragraph(&self, block: Span, word: NumberId) -> Vec<&'r Fact> {
        let numbers = &self.report.numbers;
        let rest = numbers.iter().enumerate().skip(word as usize + 1);
        let inside = rest.take_while(|(_, number)| number.span.end <= block.end);
        let mut dated = inside.filter(|(_, number)| {
            let period = number.period();
            number.kind == Kind::Year && period.is_some_and(|own| own.to.0 != self.year)
        });
        let end = dated.next().map_or(numbers.len(), |(id, _)| id) as NumberId;
        let own = self.narrative.get(&block).into_iter().flatten();
        own.filter(|fact| (word..end).contains(&fact.number)).copied().collect()
    }
}
