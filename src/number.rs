//! Numbers: every figure of the text, read once, as a range.
//!
//! `1,234.5万元` is 12,345,000 yuan give or take 500: [`Number::range`] is what the printed figure can stand for.
//! A string that is not wholly a number is unread (a gap), never a shorter number.

mod approximate;
mod cell;
mod chart;
mod chinese;
mod code;
mod context;
mod docnumber;
mod figure;
mod period;
mod quantity;
mod range;
mod scan;
mod units;

pub use range::Range;

use crate::beside::beside;
use crate::document::{BlockId, BlockKind, ChartId, Document, Span, TableId};
use crate::finding::{Gap, GapKind};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// Index of a number in document order.
pub type NumberId = u32;

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Money: `5180.59万元`.
    Amount,
    /// `44.97%`, `百分之三`, `三成`, `5‰` (value in percent).
    Percent,
    /// 个百分点.
    Points,
    /// A count with its measure word: `27批次`, `3辆`.
    Count,
    /// `92分`.
    Score,
    /// A year: `2024年`, `2024年度`.
    Year,
    /// A date or period: `截至2024年12月31日`, `1—12月`, `上年`.
    Period,
    /// A classification or project code: `2011301`.
    Code,
    /// 文号: `川财建〔2024〕323号`.
    DocNumber,
    /// A bare number.
    Number,
}

/// A word that loosens a number: `4000余万元`, `约3亿元`, `50人以上`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approximate {
    /// 余、多: somewhat more.
    Over,
    /// 约、左右、大约: about.
    About,
    /// 近: somewhat less.
    Nearly,
    /// 以上、不少于、不低于、至少: at least.
    AtLeast,
    /// 以下、不超过、以内: at most.
    AtMost,
}

/// A day, month, year or span of them; bounds inclusive, `0` for a part that is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    /// First day as year, month, day.
    pub from: (i32, u8, u8),
    /// Last day as year, month, day.
    pub to: (i32, u8, u8),
    /// Whether the year is said relative to the report's (`上年`, `本年`); then `from.0` and `to.0` are offsets (-1, 0).
    pub relative: bool,
}

/// A classification code as printed, possibly in parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code {
    /// The digits joined: `2011301`; empty if only names are printed.
    pub digits: String,
    /// Names as printed beside the parts: 类, 款, 项.
    pub names: [Option<String>; 3],
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One quantity.
    Quantity {
        /// The value in the printed unit (`5180.59` for `5180.59万元`).
        value: Decimal,
        /// The value of one unit of the last printed place, in the printed unit (`0.01` here; `1000` for `3千万元` read in 万元).
        quantum: Decimal,
    },
    /// A printed span of quantities: `3—5个`.
    Between {
        /// The smaller.
        low: Decimal,
        /// The larger.
        high: Decimal,
    },
    /// A year, date or period.
    Period(Period),
    /// A code.
    Code(Code),
    /// A document number: issuer, year, serial.
    DocNumber {
        /// `川财建`
        issuer: String,
        /// `2024`
        year: Option<i32>,
        /// `323`
        serial: String,
    },
}

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Home {
    /// In running text.
    Block(BlockId),
    /// In a cell: table and index of the cell in [`crate::document::Table::cells`].
    Cell(TableId, u32),
}

/// One figure of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it is a number of.
    pub kind: Kind,
    /// What was read.
    pub reading: Reading,
    /// The unit as printed or inherited from header or table: `万元`, `%`, `批次`; empty for a bare number.
    pub unit: Cow<'static, str>,
    /// Multiplier to the base unit (10000 for 万元; 1 where there is no base).
    pub factor: Decimal,
    /// Digits printed after the point.
    pub decimals: u32,
    /// A loosening word, if any.
    pub approximate: Option<Approximate>,
    /// The figure with its unit and sign, e.g. `5180.59万元`; in a cell without unit, the digits alone.
    pub span: Span,
    /// Where it stands.
    pub home: Home,
}

impl Number {
    /// The printed value in the printed unit, for single quantities.
    pub fn value(&self) -> Option<Decimal> {
        match self.reading {
            Reading::Quantity { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The value in the base unit (yuan for amounts), if it is a single quantity and does not overflow.
    pub fn base(&self) -> Option<Decimal> {
        self.value()?.checked_mul(self.factor)
    }

    /// What the printed figure can stand for, in the base unit. `None` where nothing can be proven from it
    /// (approximate figures, periods, codes).
    pub fn range(&self) -> Option<Range> {
        if self.approximate.is_some() {
            return None;
        }
        match self.reading {
            Reading::Quantity { value, .. } if self.is_exact() => Some(Range::exact(value)),
            Reading::Quantity { value, quantum } => {
                let half = quantum.checked_mul(self.factor)?.checked_div(Decimal::TWO)?;
                Range::around(value.checked_mul(self.factor)?, half)
            }
            _ => None,
        }
    }

    /// Whether the figure stands for itself only: things counted one by one (`3辆`, not `36公里` and not `3万人次`) and whole
    /// points (`19分`) are not rounded.
    fn is_exact(&self) -> bool {
        let whole = self.decimals == 0 && self.factor == Decimal::ONE;
        match self.kind {
            Kind::Score => whole,
            Kind::Count => whole && !units::units().measures(&self.unit),
            _ => false,
        }
    }

    /// The period, for years and periods.
    pub fn period(&self) -> Option<Period> {
        match self.reading {
            Reading::Period(period) => Some(period),
            _ => None,
        }
    }

    /// The code, for codes.
    pub fn code(&self) -> Option<&Code> {
        match &self.reading {
            Reading::Code(code) => Some(code),
            _ => None,
        }
    }
}

pub(crate) fn prepare() {
    units::units();
}

/// Whether two printed figures or codes of the same length differ in one digit.
pub(crate) fn one_digit_apart(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count() == 1
}

/// Reads every number of a document, in document order, and lists what looks like one but was not read.
///
/// Contents lines and page furniture are skipped; heading and list labels are no numbers.
pub fn read(document: &Document) -> (Vec<Number>, Vec<Gap>) {
    let blocks = document.blocks.len() as BlockId;
    let half = document.text.len() as u32 / 2;
    let middle = document.blocks.partition_point(|block| block.span.start < half) as BlockId;
    // No block needs another.
    let (mut first, second) = beside(
        document.text.len(),
        || Reader::read(document, 0..middle),
        || Reader::read(document, middle..blocks),
    );
    first.numbers.extend(second.numbers);
    first.gaps.extend(second.gaps);
    first.numbers.sort_by_key(|number| number.span.start);
    (first.numbers, first.gaps)
}

/// Gives what the parsers find its home in the document.
struct Reader<'a> {
    document: &'a Document,
    numbers: Vec<Number>,
    gaps: Vec<Gap>,
}

impl<'a> Reader<'a> {
    fn read(document: &'a Document, blocks: std::ops::Range<BlockId>) -> Self {
        let mut reader = Self { document, numbers: Vec::new(), gaps: Vec::new() };
        for id in blocks {
            let block = &document.blocks[id as usize];
            let home = Home::Block(id);
            match block.kind {
                BlockKind::Contents | BlockKind::Furniture => {}
                BlockKind::Paragraph | BlockKind::Heading => {
                    let scan = scan::Scan::run(document.slice(block.span), true);
                    reader.take(home, block.span.start, scan.found, scan.unread);
                }
                BlockKind::Table(id) => reader.table(id),
                BlockKind::Chart(id) => reader.chart(id, home),
            }
        }
        reader
    }

    fn take(&mut self, home: Home, base: u32, found: Vec<scan::Found>, unread: Vec<scan::Unread>) {
        for (start, end, why) in unread {
            let at = Span::new(start, end).shifted(base);
            let page = self.document.origin(at.start).and_then(|origin| origin.page);
            self.gaps.push(Gap { kind: GapKind::Unread, at: Some(at), page, why: why.into() });
        }
        for found in found {
            let scan::Found { kind, reading, unit, factor, decimals, approximate, start, end } =
                found;
            let span = Span::new(start, end).shifted(base);
            self.numbers.push(Number {
                kind,
                reading,
                unit,
                factor,
                decimals,
                approximate,
                span,
                home,
            });
        }
    }

    fn table(&mut self, id: TableId) {
        let document = self.document;
        let Some(table) = document.tables.get(id as usize) else { return };
        cell::table(document, table, |index, content| {
            let start = table.cells[index].span.start;
            self.take(Home::Cell(id, index as u32), start, content.found, content.unread);
        });
    }

    fn chart(&mut self, id: ChartId, home: Home) {
        let document = self.document;
        let Some(chart) = document.charts.get(id as usize) else { return };
        for series in &chart.series {
            let words = |span: &Span| document.slice(*span);
            let texts: Vec<&str> = series.values.iter().flatten().map(words).collect();
            let shares = chart::shares(&texts);
            for (column, span) in series.values.iter().enumerate() {
                let Some(span) = span else { continue };
                let category = chart.categories.get(column).map_or("", String::as_str);
                let names = [series.name.as_str(), category, chart.title.as_str()];
                let content = chart::value(document.slice(*span), names, shares);
                self.take(home, span.start, content.found, content.unread);
            }
        }
    }
}
