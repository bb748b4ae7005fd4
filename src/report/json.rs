//! The JSON of `gouji check`, schema `gouji.check/1`.

use super::place::Place;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `gouji check --format json` prints.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckOutput {
    /// Name and major version of this shape.
    #[schemars(extend("const" = "gouji.check/1"))]
    pub schema: &'static str,
    /// One entry a report that could be read, in the order given.
    pub reports: Vec<CheckedReport>,
    /// What could not be read.
    pub errors: Vec<Failure>,
    /// Counts over all reports.
    pub summary: Summary,
}

/// A report and what was found in it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CheckedReport {
    /// The file.
    pub source: SourceFile,
    /// What the report says it is.
    pub report: Meta,
    /// How much of it was understood and compared.
    pub coverage: Coverage,
    /// Contradictions in document order.
    pub findings: Vec<FindingEntry>,
    /// Findings that a waiver covers, with its reason; not part of the JSON.
    #[serde(skip)]
    pub waived: Vec<(FindingEntry, String)>,
    /// What was not read or not compared.
    pub gaps: Vec<GapEntry>,
}

/// A file that was read.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct SourceFile {
    /// Path as given; a member of an archive is `bundle.zip/report.pdf`.
    pub path: String,
    /// SHA-256 of its bytes in lower-case hex.
    pub sha256: String,
    /// Format by content: `pdf`, `docx`, `text` …
    pub format: &'static str,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of pages, where the format has pages.
    pub pages: Option<u32>,
}

/// What a report says it is.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Meta {
    /// `final_accounts`, `budget`, `performance` or `other`.
    #[schemars(extend("enum" = ["final_accounts", "budget", "performance", "other"]))]
    pub kind: &'static str,
    /// The agency as printed.
    pub agency: Option<String>,
    /// The report's year.
    pub year: Option<i32>,
    /// The unit most amounts of the narrative carry.
    pub unit: Option<String>,
}

/// How many figures (amounts, percentages, counts, scores and bare numbers; not years, periods, codes and document
/// numbers) were read, given a meaning, and compared with another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Figures that should be read.
    pub numbers: usize,
    /// Figures read.
    pub read: usize,
    /// Figures with a meaning: a fact, a cell of an indicator table, or a part in a relation.
    pub bound: usize,
    /// Figures compared with at least one other, with a definite answer.
    pub checked: usize,
}

/// One contradiction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindingEntry {
    /// Name of the check; `gouji explain NAME` shows its page.
    pub check: String,
    /// `error`: proven; `warning`: unusual or careless; `note`: worth a look.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    pub severity: &'static str,
    /// One sentence in the chosen language.
    pub message: String,
    /// The arithmetic on one line in the report's own unit; empty if there is none.
    pub arithmetic: String,
    /// The words it is about.
    pub at: Place,
    /// The figures it rests on.
    pub evidence: Vec<EvidenceEntry>,
    /// A likely repair, or null.
    pub suggestion: Option<SuggestionEntry>,
    /// Contradictions that follow from the same root.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub follows: Vec<Consequence>,
    /// Stable across runs and when unrelated text moves.
    pub fingerprint: String,
}

/// A figure that takes part in a contradiction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct EvidenceEntry {
    /// The part it plays: `total`, `part`, `base`, `change`, `rate`, `share`, `stated` …
    pub role: &'static str,
    /// The printed value in its unit.
    pub value: Option<String>,
    /// Its unit, empty for a bare number.
    pub unit: String,
    /// The least and greatest value it can stand for, in its unit; null where nothing is known.
    pub range: Option<[String; 2]>,
    /// Where it stands.
    pub at: Place,
}

/// The figures a finding rests on that a reader of its quote does not see: those of another table, page or section, and
/// the other one of two. Of many (a column summed over pages) none: the arithmetic names them.
pub(super) fn elsewhere(finding: &FindingEntry) -> Vec<&EvidenceEntry> {
    let own = &finding.at;
    let far = |at: &Place| {
        let turned = at.page != own.page && (at.row.is_some() || at.section != own.section);
        let parted = at.page.is_none() && at.section != own.section;
        at.file != own.file
            || at.table != own.table
            || at.row.is_some() != own.row.is_some()
            || (turned || parted) && at.table.is_none()
    };
    let unseen = |at: &Place| {
        let own = own.quote.as_deref().unwrap_or("");
        let printed = at.quote.as_deref().and_then(|quote| quote.get(at.mark.clone()));
        printed.is_some_and(|words| !words.is_empty() && !own.contains(words))
    };
    let pair = finding.evidence.len() == 2;
    let mut found: Vec<&EvidenceEntry> = finding
        .evidence
        .iter()
        .filter(|figure| far(&figure.at) || pair && unseen(&figure.at))
        .collect();
    found.dedup_by(|a, b| a.at == b.at);
    if found.len() > MOST_ELSEWHERE { Vec::new() } else { found }
}

/// As many places as a person compares by eye.
const MOST_ELSEWHERE: usize = 3;

/// What would repair a contradiction.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SuggestionEntry {
    /// The words that are likely wrong.
    pub quote: String,
    /// What should stand there.
    pub replace_with: String,
    /// Why.
    pub because: String,
    /// How many relations hold with the replacement that fail without.
    pub repairs: u32,
    /// Where the words stand.
    pub at: Place,
}

/// A contradiction that goes away with its root.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Consequence {
    /// One line.
    pub message: String,
    /// Where.
    pub at: Place,
}

/// Something not read or not compared.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GapEntry {
    /// `unread`: a figure or page that could not be read; `unpaired`: a figure compared with nothing;
    /// `doubtful`: a figure of a scanned page that may have been misread.
    #[schemars(extend("enum" = ["unread", "unpaired", "doubtful"]))]
    pub kind: &'static str,
    /// Where.
    pub at: Place,
    /// Why.
    pub why: String,
}

/// A file that could not be read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Failure {
    /// The file.
    pub path: String,
    /// Place and reason.
    pub message: String,
}

/// Counts over all reports.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// Reports read.
    pub reports: usize,
    /// Files that could not be read.
    pub errors: usize,
    /// Findings.
    pub findings: usize,
    /// Findings by check.
    pub by_check: BTreeMap<String, usize>,
    /// What a random sample says of all reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(default)]
    pub sample: Option<Sample>,
}

/// What a random sample says of the reports it was drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sample {
    /// Reports drawn, each agency and year giving its share.
    pub size: usize,
    /// Reports drawn from.
    pub of: usize,
    /// The seed: the same seed draws the same reports.
    pub seed: u64,
    /// Reports drawn with at least one error.
    pub with_errors: usize,
    /// Their share.
    pub share: f64,
    /// The 95 % confidence interval of the share in all reports, after Wilson.
    pub interval: [f64; 2],
}

impl Sample {
    /// What `with_errors` of `size` drawn from `of` say.
    pub fn new(size: usize, of: usize, seed: u64, with_errors: usize) -> Self {
        let (low, high) = crate::corpus::sample::wilson(with_errors, size);
        let share = if size == 0 { 0.0 } else { with_errors as f64 / size as f64 };
        Self { size, of, seed, with_errors, share, interval: [low, high] }
    }

    /// The sample in one sentence.
    pub fn sentence(&self, lang: super::Lang) -> String {
        let Self { size, of, seed, with_errors, share, interval: [low, high] } = self;
        let (share, low, high) = (share * 100.0, low * 100.0, high * 100.0);
        match lang {
            super::Lang::Zh => format!(
                "抽查 {size} / {of} 份（种子 {seed}，按部门和年份分层）：{with_errors} 份有错误，占 {share:.1}%，\
                 95% 置信区间 {low:.1}%～{high:.1}%（Wilson）"
            ),
            super::Lang::En => format!(
                "{size} of {of} reports drawn (seed {seed}, stratified by agency and year): {with_errors} with errors, \
                 {share:.1}%, 95% confidence interval {low:.1}% to {high:.1}% (Wilson)"
            ),
        }
    }
}

impl CheckOutput {
    /// Puts reports and failures together and counts.
    pub fn new(reports: Vec<CheckedReport>, errors: Vec<Failure>) -> Self {
        let mut summary = Summary { errors: errors.len(), ..Summary::default() };
        for report in &reports {
            summary.reports += usize::from(!report.source.format.is_empty());
            summary.findings += report.findings.len();
            for finding in &report.findings {
                *summary.by_check.entry(finding.check.clone()).or_default() += 1;
            }
        }
        Self { schema: "gouji.check/1", reports, errors, summary }
    }

    /// All findings.
    pub fn findings(&self) -> impl Iterator<Item = &FindingEntry> {
        self.reports.iter().flat_map(|report| &report.findings)
    }

    /// Whether a finding is an error.
    pub fn has_error(&self) -> bool {
        self.findings().any(|finding| finding.severity == "error")
    }
}
