//! Figures of all reports, indicator by indicator, and how a contradiction between two of them is told.

use crate::corpus::Corpus;
use crate::number::Range;
use crate::report::Lang;
use crate::report::json::{EvidenceEntry, FindingEntry};
use crate::report::place::Place;
use rusqlite::{Connection, OptionalExtension, Result};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// What is known of the reports of a corpus.
pub struct Reports<'a> {
    /// The database.
    pub connection: &'a Connection,
    /// Language of messages.
    pub lang: Lang,
    /// Agency, year and kind of each report that has them.
    pub all: HashMap<i64, Side>,
}

/// What a report is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Side {
    /// Number of the agency's name.
    pub agency: u32,
    /// The report's year.
    pub year: i32,
    /// `final_accounts`, `budget` …
    pub kind: &'static str,
}

/// A figure of a report.
#[derive(Debug, Clone)]
pub struct Row {
    /// The report.
    pub report: i64,
    /// Number of the fund's name, 0 for none.
    pub fund: i64,
    /// Whether it is the budget's figure rather than that of the accounts.
    pub budget: bool,
    /// The year it is of.
    pub year: i32,
    /// Whether it follows from a change.
    pub derived: bool,
    /// What it can be, in yuan.
    pub range: Range,
    /// The number.
    pub number: u32,
    /// The change, for a derived figure.
    pub other: Option<u32>,
}

/// What a check found and compared.
#[derive(Debug, Default)]
pub struct Found {
    /// Findings with their reports.
    pub findings: Vec<(i64, FindingEntry)>,
    /// Pairs of reports that could be compared.
    pub pairs: u64,
    /// Figures compared with a definite answer.
    pub figures: u64,
}

/// How a check tells of a figure that no figure of the other report meets.
type Tell = fn(&Reports<'_>, &str, &Row, &Row) -> rusqlite::Result<FindingEntry>;

/// Compares the figures of two reports of one agency: those `stated` in the report they belong to, and those `quoted` in
/// another. A figure that meets any of the stated ones of its indicator, year and fund is right.
pub(super) fn compare(
    reports: &Reports<'_>,
    wanted: impl Fn(&str) -> bool,
    stated: impl Fn(&Row, &Side) -> bool,
    quoted: impl Fn(&Row, &Side) -> bool,
    tell: Tell,
) -> rusqlite::Result<Found> {
    let mut found = Found::default();
    let mut pairs = HashSet::new();
    for (id, indicator) in reports.indicators()? {
        if !wanted(&indicator) {
            continue;
        }
        let figures = reports.figures(id)?;
        let key = |row: &Row, side: &Side| (side.agency, row.year, row.fund, row.budget);
        let mut own: HashMap<_, Vec<&Row>> = HashMap::new();
        for row in figures.iter().filter(|row| !row.derived) {
            if let Some(side) = reports.all.get(&row.report)
                && stated(row, side)
            {
                own.entry(key(row, side)).or_default().push(row);
            }
        }
        for row in &figures {
            let Some(side) = reports.all.get(&row.report) else { continue };
            let Some(others) = own.get(&key(row, side)).filter(|_| quoted(row, side)) else {
                continue;
            };
            pairs.insert((row.report, side.agency));
            found.figures += 1;
            if others.iter().any(|other| other.range.meets(row.range)) {
                continue;
            }
            if let Some(other) = reports.of_like_scope(row, others)? {
                found.findings.push((row.report, tell(reports, &indicator, row, other)?));
            }
        }
    }
    found.pairs = pairs.len() as u64;
    Ok(found)
}

/// The kind of a report as the JSON spells it.
pub(super) fn kind(kind: &str) -> &'static str {
    ["final_accounts", "budget", "performance"]
        .into_iter()
        .find(|known| *known == kind)
        .unwrap_or("other")
}

impl<'a> Reports<'a> {
    /// Reads what the reports of a corpus are of.
    pub(super) fn new(corpus: &'a Corpus, lang: Lang) -> Result<Self> {
        let connection = &corpus.connection;
        let sql = "SELECT id, agency, year, kind FROM reports WHERE agency IS NOT NULL AND year IS NOT NULL";
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut agencies: HashMap<String, u32> = HashMap::new();
        let mut all = HashMap::new();
        while let Some(row) = rows.next()? {
            let next = agencies.len() as u32;
            let agency = *agencies.entry(row.get(1)?).or_insert(next);
            let kind = kind(row.get_ref(3)?.as_str().unwrap_or(""));
            all.insert(row.get(0)?, Side { agency, year: row.get(2)?, kind });
        }
        Ok(Self { connection, lang, all })
    }

    /// Numbers and names of the indicators with an identity of their own, `label/…` left out.
    pub fn indicators(&self) -> Result<Vec<(i64, String)>> {
        let sql = "SELECT id, name FROM name WHERE name LIKE '%/%' AND name NOT LIKE 'label/%' AND EXISTS \
                   (SELECT 1 FROM figure WHERE indicator = name.id) ORDER BY name";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// The figures of one indicator whose mentions agree.
    pub fn figures(&self, indicator: i64) -> Result<Vec<Row>> {
        let name = |name: &str| {
            let sql = "SELECT id FROM name WHERE name = ?";
            self.connection.query_row(sql, [name], |row| row.get::<_, i64>(0)).optional()
        };
        let (budget, done) = (name("budget")?, name("final")?);
        let sql = "SELECT report, fund, basis, year, derived, low, high, number, other FROM figure \
                   WHERE indicator = ? AND agree";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([indicator])?;
        let mut figures = Vec::new();
        while let Some(row) = rows.next()? {
            let basis: Option<i64> = row.get(2)?;
            let decimal = |at: usize| {
                row.get_ref(at)?
                    .as_str()
                    .map(|text| text.parse::<Decimal>().ok())
                    .map_err(Into::into)
            };
            let (low, high): (Result<Option<Decimal>>, _) = (decimal(5), decimal(6)?);
            let (Some(low), Some(high)) = (low?, high) else { continue };
            if basis != budget && basis != done {
                continue;
            }
            figures.push(Row {
                report: row.get(0)?,
                fund: row.get(1)?,
                budget: basis == budget,
                year: row.get(3)?,
                derived: row.get(4)?,
                range: Range { low, high },
                number: row.get(7)?,
                other: row.get(8)?,
            });
        }
        Ok(figures)
    }

    /// The first file of a report.
    pub fn path(&self, report: i64) -> Result<String> {
        let sql = "SELECT coalesce(min(path), '') FROM files WHERE report = ? AND part = 0";
        self.connection.query_row(sql, [report], |row| row.get(0))
    }

    /// The agency of a report.
    pub fn agency(&self, report: i64) -> Result<String> {
        let sql = "SELECT coalesce(agency, '') FROM reports WHERE id = ?";
        self.connection.query_row(sql, [report], |row| row.get(0))
    }

    /// The first of `others` whose report has the same known scope as that of `row`.
    pub fn of_like_scope<'r>(&self, row: &Row, others: &[&'r Row]) -> Result<Option<&'r Row>> {
        let scope = self.scope(row.report)?;
        let like = |other: &&&Row| {
            self.scope(other.report).is_ok_and(|other| other.is_some() && other == scope)
        };
        Ok(others.iter().find(like).copied())
    }

    /// What scope a report has by its title: the department (部门决算), or the unit alone (单位预算、本级).
    pub fn scope(&self, report: i64) -> Result<Option<Scope>> {
        let sql =
            "SELECT text FROM passages WHERE id BETWEEN ?1 << 20 AND (?1 << 20) + 11 ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let texts = statement.query_map([report], |row| row.get::<_, String>(0))?;
        let texts = texts.collect::<Result<Vec<_>>>()?;
        // The title ends where sentences begin; further down both words may stand.
        let title = texts.iter().take_while(|text| !text.contains(['。', '，', '：']));
        let head: String = title.map(String::as_str).collect();
        let holds = |words: &[&str]| words.iter().any(|word| head.contains(word));
        let department = holds(&["部门决算", "部门预算"]);
        let unit = holds(&["单位决算", "单位预算", "本级）", "本级)", "（单位）"]);
        Ok(match (department, unit) {
            (true, false) => Some(Scope::Department),
            (false, true) => Some(Scope::Unit),
            _ => None,
        })
    }

    /// A figure as evidence, and how it is printed: `1234.50万元`.
    pub fn evidence(
        &self,
        report: i64,
        number: u32,
        role: &'static str,
    ) -> Result<(EvidenceEntry, String)> {
        let sql = "SELECT n.value, n.unit, n.place, n.page, p.text, n.at, n.length, n.\"column\", p.row, s.path, t.title \
                   FROM numbers n LEFT JOIN passages p ON p.id = n.passage \
                   LEFT JOIN sections s ON s.report = n.report AND s.id = n.section \
                   LEFT JOIN tables t ON t.report = n.report AND t.id = p.\"table\" WHERE n.report = ? AND n.id = ?";
        let path = self.path(report)?;
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_row((report, number), |row| {
            let (value, unit): (String, String) = (row.get(0)?, row.get(1)?);
            let text: String = row.get::<_, Option<String>>(4)?.unwrap_or_default();
            let (at, length): (Option<u32>, Option<u32>) = (row.get(5)?, row.get(6)?);
            let quote = quote(&text, at.unwrap_or(1) as usize, length.unwrap_or(0) as usize);
            let place: Option<i32> = row.get(2)?;
            let range = value.parse::<Decimal>().ok().zip(place).and_then(|(value, place)| {
                let half = match u32::try_from(place) {
                    Ok(zeros) => Decimal::from(5i64.checked_mul(10i64.checked_pow(zeros)?)?)
                        .checked_div(Decimal::TEN)?,
                    Err(_) => Decimal::try_new(5, place.unsigned_abs() + 1).ok()?,
                };
                let range = Range::around(value, half)?;
                Some([range.low.normalize().to_string(), range.high.normalize().to_string()])
            });
            let section: Option<String> = row.get(9)?;
            let at = Place {
                quote: Some(quote).filter(|quote| !quote.is_empty()),
                section: section.filter(|section| !section.is_empty()).map(Arc::from),
                file: Some(path.clone()),
                page: row.get(3)?,
                table: row.get::<_, Option<String>>(10)?.map(Arc::from),
                row: row.get(8)?,
                column: row.get(7)?,
                ..Place::default()
            };
            let shown = format!("{value}{unit}");
            Ok((EvidenceEntry { role, value: Some(value), unit, range, at }, shown))
        })
    }

    /// How an indicator is named where a figure of it is printed.
    pub fn label(&self, report: i64, number: u32, indicator: &str) -> Result<String> {
        let sql = "SELECT label FROM facts WHERE report = ? AND number = ? AND label <> ''";
        let mut statement = self.connection.prepare_cached(sql)?;
        let label: Option<String> =
            statement.query_row((report, number), |row| row.get(0)).optional()?;
        Ok(label.unwrap_or_else(|| indicator.rsplit('/').next().unwrap_or(indicator).to_string()))
    }
}

/// Whether a report is of the department with all its units, or of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 部门决算、部门预算
    Department,
    /// 单位决算、单位预算
    Unit,
}

/// The words around a figure, at most 24 characters before and 16 after.
fn quote(text: &str, at: usize, length: usize) -> String {
    let start = at.saturating_sub(1).saturating_sub(24);
    let take = at.saturating_sub(1) - start + length + 16;
    text.chars()
        .skip(start)
        .take(take)
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect::<String>()
        .trim()
        .to_string()
}

/// A finding, named by what it rests on.
pub(super) fn finding(
    check: &crate::check::Check,
    message: String,
    arithmetic: String,
    evidence: Vec<EvidenceEntry>,
    key: &str,
) -> FindingEntry {
    let mut fingerprint = String::with_capacity(16);
    for byte in &Sha256::digest(format!("{}\n{key}", check.name))[..8] {
        let _ = write!(fingerprint, "{byte:02x}");
    }
    let mut at = evidence.first().map(|first| first.at.clone()).unwrap_or_default();
    at.file = None;
    FindingEntry {
        check: check.name.to_string(),
        severity: check.severity.name(),
        message,
        arithmetic,
        at,
        evidence,
        suggestion: None,
        follows: Vec::new(),
        fingerprint,
    }
}

/// A range in yuan as people read it: `1234.50 万元`, `1234.495～1234.505 万元`.
pub(super) fn wan(range: Range) -> String {
    let wan = |yuan: Decimal| yuan.checked_div(Decimal::from(10_000)).unwrap_or(yuan).normalize();
    match range.low == range.high {
        true => format!("{} 万元", wan(range.low)),
        false => format!("{}～{} 万元", wan(range.low), wan(range.high)),
    }
}
