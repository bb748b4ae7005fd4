//! The rows of one report, table by table.

use super::Names;
use crate::corpus::record::{Record, Spot, reader};
use crate::report::json::FindingEntry;
use crate::report::place::Place;
use rusqlite::{Result, Transaction, params};
use serde_json::json;
use std::cell::RefCell;

/// Inserts the rows of one report.
pub(super) struct Rows<'a> {
    transaction: &'a Transaction<'a>,
    names: RefCell<&'a mut Names>,
    record: &'a Record,
    report: i64,
}

impl<'a> Rows<'a> {
    /// Inserts the row of the report itself, under a new number.
    pub fn new(
        transaction: &'a Transaction<'a>,
        names: &'a mut Names,
        record: &'a Record,
    ) -> Result<Self> {
        let checked = &record.checked;
        let (source, meta, coverage) = (&checked.source, &checked.report, &checked.coverage);
        let count = |severity: &str| {
            checked.findings.iter().filter(|finding| finding.severity == severity).count() as i64
        };
        let insert = "INSERT INTO reports VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        transaction.prepare_cached(insert)?.execute(params![
            record.key,
            reader(),
            record.files.len() as i64,
            meta.kind,
            meta.agency,
            meta.year,
            meta.unit,
            source.format,
            source.pages,
            record.files.iter().map(|file| file.bytes as i64).sum::<i64>(),
            coverage.numbers as i64,
            coverage.read as i64,
            coverage.bound as i64,
            coverage.checked as i64,
            count("error"),
            count("warning"),
            count("note"),
        ])?;
        let report = transaction.last_insert_rowid();
        Ok(Self { transaction, names: RefCell::new(names), record, report })
    }

    /// Inserts all other rows; gives the number of the report.
    pub fn insert(self) -> Result<i64> {
        self.sections()?;
        self.passages()?;
        self.numbers()?;
        self.facts()?;
        self.figures()?;
        self.tables()?;
        self.indicators()?;
        self.findings()?;
        self.gaps()?;
        Ok(self.report)
    }

    fn name(&self, name: &str) -> Result<i64> {
        self.names.borrow_mut().number(self.transaction, name)
    }

    fn maybe(&self, name: Option<&str>) -> Result<Option<i64>> {
        name.map(|name| self.name(name)).transpose()
    }

    fn sections(&self) -> Result<()> {
        let insert = "INSERT INTO sections VALUES (?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for (section, path) in self.record.extracted.sections.iter().zip(&self.record.sections) {
            insert.execute(params![
                self.report,
                section.id,
                section.parent,
                section.level,
                section.label,
                section.title,
                path
            ])?;
        }
        Ok(())
    }

    fn passages(&self) -> Result<()> {
        let insert = "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        let index = "INSERT INTO words (rowid, text, marks) VALUES (?,?,?)";
        let mut index = self.transaction.prepare_cached(index)?;
        for (id, passage) in (self.report << 20..).zip(&self.record.passages) {
            insert.execute(params![
                id,
                passage.kind,
                passage.section,
                passage.part,
                passage.page,
                passage.row.map(|(table, _)| table),
                passage.row.map(|(_, row)| row + 1),
                passage.spans,
                passage.text
            ])?;
            if !passage.words.is_empty() {
                index.execute(params![id, passage.words, passage.marks])?;
            }
        }
        Ok(())
    }

    fn numbers(&self) -> Result<()> {
        let insert = "INSERT INTO number VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for (entry, row) in self.record.extracted.numbers.iter().zip(&self.record.numbers) {
            let spot = Where::new(row.spot);
            let corner = |at: usize| entry.at.bbox.map(|bbox| (bbox[at] * 10.0).round() as i64);
            insert.execute(params![
                self.report,
                entry.id,
                self.name(entry.kind)?,
                entry.value,
                self.name(&entry.unit)?,
                row.fen,
                row.finer,
                row.place,
                self.maybe(entry.approximate)?,
                entry.section,
                spot.passage,
                spot.at,
                spot.length,
                row.spot.and_then(|spot| spot.column),
                entry.at.page,
                corner(0),
                corner(1),
                corner(2),
                corner(3),
                entry.at.cell,
            ])?;
        }
        let insert = "INSERT INTO codes VALUES (?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for code in &self.record.extracted.codes {
            insert.execute(params![
                self.report,
                code.number,
                code.code,
                code.class,
                code.group,
                code.item,
                code.official_name,
                code.status
            ])?;
        }
        Ok(())
    }

    fn facts(&self) -> Result<()> {
        let insert = "INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        let year = |year: &Option<String>| year.as_ref().and_then(|year| year.parse::<i64>().ok());
        for fact in &self.record.extracted.facts {
            insert.execute(params![
                self.report,
                fact.id,
                self.name(&fact.indicator)?,
                self.name(&fact.label)?,
                self.maybe(fact.fund)?,
                self.name(fact.basis)?,
                year(&fact.period),
                self.name(&fact.entity)?,
                self.name(fact.measure)?,
                fact.number,
                fact.negative,
                fact.of,
                fact.against,
                year(&fact.base_period),
                self.maybe(fact.base_basis)?,
                fact.certainty
            ])?;
        }
        Ok(())
    }

    fn figures(&self) -> Result<()> {
        let insert = "INSERT INTO figure_new VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for figure in &self.record.figures {
            let fund = self.maybe(figure.fund_name())?;
            let row = self.record.numbers.get(figure.number as usize);
            insert.execute(params![
                self.report,
                self.name(&figure.indicator)?,
                fund.unwrap_or(0),
                self.name(figure.basis_name())?,
                figure.year,
                figure.derived,
                row.and_then(|row| row.fen).filter(|_| !figure.derived),
                figure.range.low.normalize().to_string(),
                figure.range.high.normalize().to_string(),
                figure.number,
                figure.other,
                figure.mentions,
                figure.agree
            ])?;
        }
        Ok(())
    }

    fn tables(&self) -> Result<()> {
        let insert = "INSERT INTO tables VALUES (?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for table in &self.record.extracted.tables {
            insert.execute(params![
                self.report,
                table.id,
                table.form,
                table.title,
                table.unit,
                table.header_rows,
                table.grid.len() as i64,
                table.grid.first().map_or(0, Vec::len) as i64,
                table.pages.first()
            ])?;
        }
        let insert = "INSERT INTO charts VALUES (?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for (id, chart) in (0i64..).zip(&self.record.extracted.charts) {
            let (categories, series) = (json!(chart.categories), json!(chart.series));
            let row =
                params![self.report, id, chart.title, categories.to_string(), series.to_string()];
            insert.execute(row)?;
        }
        Ok(())
    }

    fn indicators(&self) -> Result<()> {
        let insert = "INSERT INTO indicators VALUES (?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        let one = "INSERT INTO indicator_rows VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
        let mut one = self.transaction.prepare_cached(one)?;
        for (id, table) in (0i64..).zip(&self.record.extracted.indicators) {
            insert.execute(params![
                self.report,
                id,
                table.project,
                serde_json::Value::Object(table.attributes.clone()).to_string(),
                table.funds.total,
                table.funds.fiscal,
                table.funds.other,
                table.goal,
                table.score,
                table.at.quote,
                table.at.page
            ])?;
            for (row, entry) in (1i64..).zip(&table.rows) {
                one.execute(params![
                    self.report,
                    id,
                    row,
                    entry.level1,
                    entry.level2,
                    entry.level3,
                    entry.operator,
                    entry.target,
                    entry.unit,
                    entry.weight,
                    entry.actual,
                    entry.score
                ])?;
            }
        }
        Ok(())
    }

    fn findings(&self) -> Result<()> {
        let insert = "INSERT INTO findings VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for (id, finding) in (0i64..).zip(&self.record.checked.findings) {
            let suggestion = finding.suggestion.as_ref();
            let follows = (!finding.follows.is_empty()).then(|| json!(finding.follows).to_string());
            insert.execute(params![
                self.report,
                id,
                finding.check,
                finding.severity,
                finding.message,
                finding.arithmetic,
                finding.at.section,
                finding.at.quote,
                finding.at.page,
                place(&finding.at),
                suggestion.map(|s| format!("{} → {}", s.quote, s.replace_with)),
                suggestion.map(|s| &s.because),
                suggestion.map(|s| s.repairs),
                follows,
                finding.fingerprint
            ])?;
            self.evidence(id, finding)?;
        }
        Ok(())
    }

    fn evidence(&self, finding: i64, entry: &FindingEntry) -> Result<()> {
        let insert = "INSERT INTO evidence VALUES (?,?,?,?,?,?,?,?,?,?,?)";
        let mut insert = self.transaction.prepare_cached(insert)?;
        for (id, evidence) in (0i64..).zip(&entry.evidence) {
            insert.execute(params![
                self.report,
                finding,
                id,
                evidence.role,
                evidence.value,
                evidence.unit,
                evidence.range.as_ref().map(|range| &range[0]),
                evidence.range.as_ref().map(|range| &range[1]),
                evidence.at.quote,
                evidence.at.page,
                place(&evidence.at)
            ])?;
        }
        Ok(())
    }

    fn gaps(&self) -> Result<()> {
        let mut insert =
            self.transaction.prepare_cached("INSERT INTO gap VALUES (?,?,?,?,?,?,?,?)")?;
        for ((id, gap), spot) in (0i64..).zip(&self.record.checked.gaps).zip(&self.record.gaps) {
            let spot = Where::new(*spot);
            insert.execute(params![
                self.report,
                id,
                self.name(gap.kind)?,
                self.name(&gap.why)?,
                spot.passage,
                spot.at,
                spot.length,
                gap.at.page
            ])?;
        }
        Ok(())
    }
}

/// A spot as three columns.
struct Where {
    passage: Option<u32>,
    at: Option<u32>,
    length: Option<u32>,
}

impl Where {
    fn new(spot: Option<Spot>) -> Self {
        Self {
            passage: spot.map(|spot| spot.passage),
            at: spot.map(|spot| spot.at),
            length: spot.map(|spot| spot.length),
        }
    }
}

fn place(place: &Place) -> String {
    json!(place).to_string()
}
