//! **gouji** (勾稽) reads Chinese public-finance reports, turns every number into JSON, and proves where a report
//! contradicts itself.
//!
//! `bytes → Document → Numbers → Facts → Relations → Findings → output`, each arrow one pure function.

/// A file of `grammars/`, which `build.rs` has turned from TOML into JSON.
macro_rules! grammar {
    ($name:literal) => {
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/grammars/", $name, ".json")))
            .expect(concat!("grammars/", $name, ".toml is well formed"))
    };
}

mod beside;
pub mod check;
pub mod corpus;
pub mod diagnosis;
pub mod document;
pub mod doubt;
pub mod error;
pub mod fact;
pub mod finding;
pub mod indicator;
pub mod number;
pub mod ocr;
pub mod pattern;
pub mod phrase;
mod quick;
pub mod relation;
pub mod report;
pub mod table;
pub mod waiver;

use diagnosis::Root;
use document::Document;
use fact::Fact;
use finding::Gap;
use indicator::IndicatorTable;
use number::Number;
use relation::Relation;

/// A report as far as it has been understood: the input of every check.
#[derive(Debug, Default)]
pub struct Report {
    /// What was read.
    pub document: Document,
    /// All numbers in document order.
    pub numbers: Vec<Number>,
    /// What the numbers mean.
    pub facts: Vec<Fact>,
    /// The tables as rows and columns with a structure.
    pub tables: Vec<table::Shape>,
    /// Wholes and the parts listed after them.
    pub lists: Vec<fact::Listing>,
    /// Comparisons said in words.
    pub statements: Vec<fact::Statement>,
    /// What is said to be as it was, without a figure.
    pub unchanged: Vec<fact::Unchanged>,
    /// What is said to be none, without a figure.
    pub nothing: Vec<fact::Nothing>,
    /// Cells of appendix tables that show nothing.
    pub blanks: Vec<fact::Blank>,
    /// 绩效 indicator tables.
    pub indicators: Vec<IndicatorTable>,
    /// The annexed reports on projects.
    pub annexes: Vec<indicator::Annex>,
    /// What the narrative says of the scores and amounts of projects.
    pub assessments: Vec<indicator::Assessment>,
    /// What ought to hold between the figures.
    pub relations: Vec<Relation>,
    /// The defects that failing relations show.
    pub roots: Vec<Root>,
    /// Figures that were not read.
    pub gaps: Vec<Gap>,
    /// How certain the reading of each number is, in percent; `None` where a text layer says it, empty without scans.
    pub certainties: Vec<Option<u8>>,
}

/// Reads the grammars, which the first report otherwise waits for.
pub fn prepare() {
    number::prepare();
    phrase::grammar();
    table::prepare();
    fact::prepare();
}

/// Understands a document: numbers, facts, indicator tables, relations, and where relations fail, why.
pub fn understand(document: Document) -> Report {
    let mut report = meaning(document);
    relate(&mut report);
    report.roots = diagnosis::diagnose(&report);
    report
}

/// What a document says: numbers, facts, indicator tables. What ought to hold between its figures is asked only where
/// pages were scanned, for then it chooses between readings of a figure.
pub fn bind(document: Document) -> Report {
    let mut report = meaning(document);
    if !report.document.scans.is_empty() {
        relate(&mut report);
    }
    report
}

fn meaning(document: Document) -> Report {
    let (numbers, gaps) = number::read(&document);
    let mut report = Report { document, numbers, gaps, ..Report::default() };
    // Neither sentences nor tables need the other.
    let (document, numbers) = (&report.document, &report.numbers);
    let (narrative, tables) = beside::beside(
        document.text.len(),
        || fact::narrate(&report),
        || table::read(document, numbers),
    );
    report.tables = tables;
    table::adopt_units(&report.tables, &mut report.numbers);
    report.indicators = indicator::read(&report.document, &report.numbers);
    let facts = fact::bind(&report, narrative);
    report.facts = facts.facts;
    report.lists = facts.lists;
    report.statements = facts.statements;
    report.unchanged = facts.unchanged;
    report.blanks = facts.blanks;
    report.nothing = facts.nothing;
    report
}

fn relate(report: &mut Report) {
    report.annexes = indicator::annexes(&report.document);
    report.assessments = indicator::assessments(&report.document, &report.numbers, &report.annexes);
    report.relations = relation::relate(report);
    doubt::weigh(report);
}
