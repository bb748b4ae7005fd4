//! Findings, evidence, gaps: what checks hand to the report writers.

mod fingerprint;

pub use fingerprint::fingerprints;

use crate::document::Span;
use crate::number::{NumberId, Range};
use rust_decimal::Decimal;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; nothing is proven.
    Note,
    /// Unusual or careless, without a proof that a figure is wrong.
    Warning,
    /// The report contradicts itself or its form: proven.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The part a figure plays in a contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Role {
    Total,
    Part,
    Whole,
    Base,
    Now,
    Change,
    Rate,
    Share,
    Completion,
    Budget,
    Final,
    Stated,
    Other,
    Weight,
    Score,
    Target,
    Actual,
}

impl Role {
    /// Lower-case name as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Part => "part",
            Self::Whole => "whole",
            Self::Base => "base",
            Self::Now => "now",
            Self::Change => "change",
            Self::Rate => "rate",
            Self::Share => "share",
            Self::Completion => "completion",
            Self::Budget => "budget",
            Self::Final => "final",
            Self::Stated => "stated",
            Self::Other => "other",
            Self::Weight => "weight",
            Self::Score => "score",
            Self::Target => "target",
            Self::Actual => "actual",
        }
    }
}

/// A figure that takes part in a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The part it plays.
    pub role: Role,
    /// The number, if it is one.
    pub number: Option<NumberId>,
    /// Where it stands.
    pub at: Span,
    /// The printed value in its unit.
    pub value: Option<Decimal>,
    /// Its unit.
    pub unit: String,
    /// What it can stand for, in its printed unit.
    pub range: Option<Range>,
}

/// What would repair a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Where the likely wrong words stand.
    pub at: Span,
    /// The words that are likely wrong.
    pub quote: String,
    /// What should stand there.
    pub replace_with: String,
    /// Why: `上年数据未更新`, `使 3 处成立`.
    pub because: String,
    /// The same in English.
    pub because_en: String,
    /// How many relations hold with the replacement that fail without.
    pub repairs: u32,
}

/// The report disagrees with itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the check: `sum/parts_differ_from_total`.
    pub check: &'static str,
    /// How bad.
    pub severity: Severity,
    /// One sentence in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    /// The arithmetic on one line, in the report's own unit; empty if there is none.
    pub arithmetic: String,
    /// The same in English.
    pub arithmetic_en: String,
    /// The words it is about.
    pub at: Span,
    /// The figures it rests on.
    pub evidence: Vec<Evidence>,
    /// A likely repair.
    pub suggestion: Option<Suggestion>,
    /// Contradictions that follow from the same root.
    pub follows: Vec<Follow>,
}

/// A contradiction that follows from another: its place and one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    /// Where it shows.
    pub at: Span,
    /// One line in Chinese.
    pub message: String,
    /// The same in English.
    pub message_en: String,
}

/// Why something is not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GapKind {
    /// A figure or page that could not be read.
    Unread,
    /// A figure that was read but compared with nothing.
    Unpaired,
    /// A figure of a scanned page that may have been misread.
    Doubtful,
}

/// Something not read or not compared: counted, listed, never fatal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What kind.
    pub kind: GapKind,
    /// Where, if it has words.
    pub at: Option<Span>,
    /// Page, if it has none.
    pub page: Option<u32>,
    /// Why, in Chinese.
    pub why: String,
}
