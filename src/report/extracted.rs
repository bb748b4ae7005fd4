//! From a report to the data of `gouji extract`.

use super::names;
use super::place::Places;
use super::structure::{
    CellEntry, ChartEntry, ExtractedReport, FactEntry, Funds, IndicatorEntry, IndicatorRowEntry,
    NothingEntry, NumberEntry, SectionEntry, SeriesEntry, TableEntry,
};
use crate::Report;
use crate::beside::beside;
use crate::document::{Span, Table};
use crate::indicator::IndicatorTable;
use crate::number::{Home, Kind, Number, NumberId, Period, Reading};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The first number of a cell, by its table and its place among the cells.
type InCells = HashMap<(u32, u32), NumberId>;

/// The keys of the forms that tables have.
type Forms<'r> = HashMap<u32, Option<&'r str>>;

/// Everything gouji understood of a report, as data.
pub fn extract(report: &Report) -> ExtractedReport {
    let document = &report.document;
    let places = Places::new(document);
    let numbers = (0u32..).zip(&report.numbers);
    let mut in_cells = InCells::new();
    for (id, number) in numbers.clone() {
        if let Home::Cell(table, cell) = number.home {
            in_cells.entry((table, cell)).or_insert(id);
        }
    }
    let mut forms = Forms::new();
    for shape in &report.tables {
        for id in &shape.tables {
            forms.entry(*id).or_insert(shape.form.as_ref().map(|form| form.key.as_str()));
        }
    }
    let without_facts = || ExtractedReport {
        source: names::source(&document.source),
        report: names::meta(&document.report),
        sections: (0u32..)
            .zip(&document.sections)
            .map(|(id, section)| SectionEntry {
                id,
                parent: section.parent,
                level: section.level,
                label: section.label.clone(),
                title: section.title.clone(),
                at: places.place(section.span),
            })
            .collect(),
        numbers: numbers.map(|(id, number)| number_entry(report, id, number, &places)).collect(),
        facts: Vec::new(),
        nothing: report.nothing.iter().map(|own| nothing_entry(own, &places)).collect(),
        codes: super::codes::codes(report, &places),
        tables: (0u32..)
            .zip(&document.tables)
            .map(|(id, table)| table_entry(report, id, table, (&in_cells, &forms), &places))
            .collect(),
        indicators: report.indicators.iter().map(|i| indicator_entry(report, i, &places)).collect(),
        charts: document
            .charts
            .iter()
            .map(|chart| ChartEntry {
                title: chart.title.clone(),
                categories: chart.categories.clone(),
                series: chart
                    .series
                    .iter()
                    .map(|series| SeriesEntry {
                        name: series.name.clone(),
                        values: series.values.iter().map(|v| v.map(|v| text(report, v))).collect(),
                    })
                    .collect(),
                at: places.bare(block_span(report, chart.block)),
            })
            .collect(),
    };
    let facts =
        || (0u32..).zip(&report.facts).map(|(id, fact)| fact_entry(report, id, fact)).collect();
    let (facts, rest) = beside(document.text.len(), facts, without_facts);
    ExtractedReport { facts, ..rest }
}

fn number_entry(
    report: &Report,
    id: NumberId,
    number: &Number,
    places: &Places<'_>,
) -> NumberEntry {
    let section = match report.document.block_at(number.span.start) {
        Some(block) => report.document.blocks[block as usize].section,
        None => 0,
    };
    NumberEntry {
        id,
        kind: names::kind(number.kind),
        value: value(number, report.document.report.year),
        unit: number.unit.clone(),
        yuan: (number.kind == Kind::Amount).then(|| number.base().map(yuan)).flatten(),
        decimals: number.decimals,
        approximate: number.approximate.map(names::approximate),
        certainty: report.certainties.get(id as usize).copied().flatten(),
        section,
        at: places.place(number.span),
    }
}

fn value(number: &Number, report_year: Option<i32>) -> String {
    match &number.reading {
        Reading::Quantity { value, .. } => value.to_string(),
        Reading::Between { low, high } => format!("{low}..{high}"),
        Reading::Period(period) => period_value(*period, report_year),
        Reading::Code(code) => code.digits.clone(),
        Reading::DocNumber { issuer, year: Some(year), serial } => {
            format!("{issuer}〔{year}〕{serial}号")
        }
        Reading::DocNumber { issuer, year: None, serial } => format!("{issuer}{serial}号"),
    }
}

fn period_value(period: Period, report_year: Option<i32>) -> String {
    let day = |(year, month, day): (i32, u8, u8)| {
        let year = match (period.relative, report_year) {
            (false, _) => year.to_string(),
            (true, Some(base)) => base.saturating_add(year).to_string(),
            (true, None) => format!("{year:+}"),
        };
        match (month, day) {
            (0, _) => year,
            (month, 0) => format!("{year}-{month:02}"),
            (month, day) => format!("{year}-{month:02}-{day:02}"),
        }
    };
    let (from, to) = (day(period.from), day(period.to));
    if from == to { from } else { format!("{from}/{to}") }
}

/// Yuan with at least two decimals: `51805900.00`.
fn yuan(base: Decimal) -> String {
    let mut base = base.normalize();
    if base.scale() < 2 {
        base.rescale(2);
    }
    base.to_string()
}

/// What stands between the label of a listed item and its figure is its name, whole: `4.发展规划、计划与实施业务|201.50万元`.
fn item_name(report: &Report, fact: &crate::fact::Fact) -> Option<String> {
    let crate::fact::Standing::Narrative(block) = fact.standing else { return None };
    if fact.measure != crate::fact::Measure::Level {
        return None;
    }
    let start = report.numbers[fact.number as usize].span.start;
    let lead = report.document.text.get(block.start as usize..start as usize)?.trim_start();
    let labelled = crate::fact::label::strip_list_label(lead);
    let plain = |c: char| !matches!(c, '，' | '。' | '：' | '；' | ':' | ',' | '“');
    let mut name = crate::fact::indicators::normal(labelled);
    for end in ["数", "预算", "决算", "科目"] {
        name.truncate(name.trim_end_matches(end).len());
    }
    let whole = labelled.len() < lead.len() && name.chars().all(plain);
    (whole && name.starts_with(|c| fact.label.starts_with(c)) && name.chars().count() <= 40)
        .then_some(name)
}

fn fact_entry(report: &Report, id: u32, fact: &crate::fact::Fact) -> FactEntry {
    // A name no grammar knows is cut out of its sentence; only here, where a person reads it.
    let named = fact.indicator.starts_with("label/")
        && matches!(fact.standing, crate::fact::Standing::Narrative(_));
    let label = match named {
        true => item_name(report, fact).unwrap_or_else(|| crate::fact::label::noun(&fact.label)),
        false => fact.label.clone(),
    };
    FactEntry {
        id,
        indicator: match named {
            true => crate::fact::named_key(&label).to_string(),
            false => fact.indicator.to_string(),
        },
        label,
        fund: fact.fund.map(names::fund),
        basis: names::basis(fact.basis),
        period: fact.year.map(|year| year.to_string()),
        entity: names::entity(&fact.entity),
        measure: names::measure(fact.measure),
        number: fact.number,
        negative: fact.negative,
        of: fact.of,
        against: fact.against,
        base_period: fact.base_year.map(|year| year.to_string()),
        base_basis: fact.base_basis.map(names::basis),
        certainty: fact.certainty,
    }
}

fn nothing_entry(own: &crate::fact::Nothing, places: &Places<'_>) -> NothingEntry {
    NothingEntry {
        indicator: own.indicator.to_string(),
        label: own.label.clone(),
        fund: own.fund.map(names::fund),
        basis: names::basis(own.basis),
        period: own.year.map(|year| year.to_string()),
        entity: "department",
        measure: names::measure(own.measure),
        value: "0",
        certainty: own.certainty,
        at: places.place(own.at),
    }
}

fn table_entry(
    report: &Report,
    id: u32,
    table: &Table,
    (in_cells, forms): (&InCells, &Forms<'_>),
    places: &Places<'_>,
) -> TableEntry {
    let (rows, cols) = (table.rows as usize, table.cols as usize);
    let mut grid = Vec::with_capacity(rows);
    for row in table.grid().chunks(cols.max(1)).zip(0u32..).map(|(row, at)| (at, row)) {
        grid.push(
            (0u32..)
                .zip(row.1)
                .map(|(col, slot)| {
                    let Some(index) = *slot else {
                        return CellEntry { rowspan: 1, colspan: 1, ..CellEntry::default() };
                    };
                    let cell = &table.cells[index as usize];
                    if (cell.row, cell.col) != (row.0, col) {
                        return CellEntry::default();
                    }
                    CellEntry {
                        text: text(report, cell.span),
                        rowspan: cell.rowspan,
                        colspan: cell.colspan,
                        number: in_cells.get(&(id, index)).copied(),
                    }
                })
                .collect(),
        );
    }
    TableEntry {
        id,
        form: forms.get(&id).copied().flatten().map(str::to_owned),
        title: table.title.or(table.number).map(|span| text(report, span)),
        unit: table.unit.clone(),
        header_rows: table.header_rows,
        grid,
        pages: table.pages.clone(),
        at: places.bare(block_span(report, table.block)),
    }
}

fn indicator_entry(report: &Report, table: &IndicatorTable, places: &Places<'_>) -> IndicatorEntry {
    let words = |span: Option<Span>| span.map(|span| text(report, span));
    let figure = |number: Option<NumberId>| {
        let number = report.numbers.get(number? as usize)?;
        number.value().map(|value| value.to_string())
    };
    IndicatorEntry {
        project: table.project.clone(),
        attributes: table
            .attributes
            .iter()
            .map(|(name, value, _)| (name.clone(), value.clone().into()))
            .collect(),
        funds: Funds {
            total: figure(table.total),
            fiscal: figure(table.fiscal),
            other: figure(table.other),
        },
        goal: words(table.goal),
        rows: table
            .rows
            .iter()
            .map(|row| IndicatorRowEntry {
                level1: words(row.level1),
                level2: words(row.level2),
                level3: words(row.level3),
                operator: words(row.operator),
                target: words(row.target),
                unit: words(row.unit),
                weight: figure(row.weight),
                actual: words(row.actual),
                score: figure(row.score),
            })
            .collect(),
        score: figure(table.score),
        at: places.bare(table.at),
    }
}

fn block_span(report: &Report, block: u32) -> Span {
    report.document.blocks.get(block as usize).map(|block| block.span).unwrap_or_default()
}

fn text(report: &Report, span: Span) -> String {
    report.document.slice(span).to_string()
}
