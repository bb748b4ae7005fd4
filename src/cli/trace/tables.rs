//! `gouji trace tables` and `gouji trace ties`: how far tables are understood, and what of the narrative meets them.

use super::super::options::Options;
use super::super::{Failure, Outcome, input, output};
use gouji::Report;
use gouji::number::Home;
use gouji::relation::Ground;
use gouji::relation::evaluate::{Figures, Verdict, evaluate};
use gouji::table::Shape;
use std::collections::HashMap;
use std::fmt::Write as _;

/// One table with what its own sums say.
#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    agree: usize,
    differ: usize,
    /// Failed, and not claimed for that.
    doubted: usize,
}

/// Counts over many tables.
#[derive(Debug, Default)]
struct Count {
    tables: usize,
    formed: usize,
    summed: usize,
    sound: usize,
}

/// One line a table: form, title, size, and how many of its sums hold; a failed sum has a line of its own under it.
pub(super) fn tables(options: &Options) -> Result<Outcome, Failure> {
    let (reports, errors) = input::each(options, |report| {
        let mut text = String::new();
        let count = one(report, &mut text);
        (text, count)
    })?;
    let mut text = String::new();
    let mut all = Count::default();
    for (lines, count) in reports {
        text.push_str(&lines);
        all.tables += count.tables;
        all.formed += count.formed;
        all.summed += count.summed;
        all.sound += count.sound;
    }
    let Count { tables, formed, summed, sound } = all;
    let _ = writeln!(
        text,
        "tables {tables}\twith a form {formed}\twith sums {summed}\tall agree {sound}"
    );
    output::errors(&errors);
    output::write(text.as_bytes(), options.output.as_deref())?;
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn one(report: &Report, text: &mut String) -> Count {
    let figures = Figures::new(&report.numbers);
    let mut owner: HashMap<u32, usize> = HashMap::new();
    for (at, shape) in report.tables.iter().enumerate() {
        owner.extend(shape.tables.iter().map(|table| (*table, at)));
    }
    let mut sums = vec![Sums::default(); report.tables.len()];
    let mut failed: Vec<Vec<String>> = vec![Vec::new(); report.tables.len()];
    let doubted = gouji::relation::table::doubted(report);
    let made = report.relations.iter().filter(|relation| relation.ground == Ground::Table);
    for (relation, made) in made.map(|r| (r, true)).chain(doubted.iter().map(|r| (r, false))) {
        let terms = relation.claim.terms();
        let table =
            terms.first().and_then(|term| match report.numbers[term.number as usize].home {
                Home::Cell(table, _) => owner.get(&table),
                _ => None,
            });
        let Some(&at) = table else { continue };
        match evaluate(&relation.claim, &figures) {
            Verdict::Agrees if made => sums[at].agree += 1,
            Verdict::Differs => {
                sums[at].differ += usize::from(made);
                sums[at].doubted += usize::from(!made);
                let mark = if made { '✗' } else { '?' };
                let printed: Vec<&str> = terms
                    .iter()
                    .map(|term| report.document.slice(report.numbers[term.number as usize].span))
                    .collect();
                failed[at].push(format!(
                    "{mark} {}\t{}\t{}",
                    relation.check,
                    relation.label,
                    printed.join(" ")
                ));
            }
            _ => {}
        }
    }
    let file =
        report.document.source.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut count = Count::default();
    for ((shape, sums), failed) in report.tables.iter().zip(sums).zip(failed) {
        count.tables += 1;
        count.formed += usize::from(shape.form.is_some());
        count.summed += usize::from(sums.agree + sums.differ > 0);
        count.sound += usize::from(sums.agree > 0 && sums.differ == 0);
        line(report, &file, shape, sums, text);
        for sum in failed {
            let _ = writeln!(text, "\t{sum}");
        }
    }
    count
}

fn line(report: &Report, file: &str, shape: &Shape, sums: Sums, text: &mut String) {
    let form = shape.form.as_ref().map_or("-", |form| form.key.as_str());
    let tables = || shape.tables.iter().map(|id| &report.document.tables[*id as usize]);
    let pages: Vec<String> =
        tables().flat_map(|table| &table.pages).map(ToString::to_string).collect();
    let rows: u32 = tables().map(|table| table.rows).sum();
    let cols = tables().map(|table| table.cols).max().unwrap_or(0);
    let sides: Vec<String> = shape
        .sides
        .iter()
        .map(|side| format!("{}×{}", side.rows.len(), side.columns.len()))
        .collect();
    let unit = tables().next().and_then(|table| table.unit.as_deref()).unwrap_or("?");
    let glued = if shape.glued { " glued" } else { "" };
    let _ = writeln!(
        text,
        "{file}\tp{}\t{form}\t{}\t{rows}×{cols} [{}]{glued}\t{unit}\t{} agree {} differ {} doubted\t{}",
        pages.join(","),
        shape.title,
        sides.join(" "),
        sums.agree,
        sums.differ,
        sums.doubted,
        if shape.form.is_none() {
            shape.header.join("|").chars().take(120).collect()
        } else {
            String::new()
        },
    );
}

/// One line a report: how many amounts of the narrative are compared with a table cell.
pub(super) fn ties(options: &Options) -> Result<Outcome, Failure> {
    let (reports, errors) = input::each(options, |report| {
        let mut text = String::new();
        narrative(report, &mut text);
        text
    })?;
    output::errors(&errors);
    output::write(reports.concat().as_bytes(), options.output.as_deref())?;
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn narrative(report: &Report, text: &mut String) {
    let figures = Figures::new(&report.numbers);
    let document = &report.document;
    let in_table = |number: u32| matches!(report.numbers[number as usize].home, Home::Cell(..));
    let mut tied = vec![' '; report.numbers.len()];
    for relation in &report.relations {
        let terms = relation.claim.terms();
        if evaluate(&relation.claim, &figures) == Verdict::Unknown
            || !(relation.check.starts_with("tie/")
                || terms.iter().any(|term| in_table(term.number)))
        {
            continue;
        }
        for term in terms {
            tied[term.number as usize] = if relation.check.starts_with("tie/") { '=' } else { '~' };
        }
    }
    let mut facts: HashMap<u32, String> = HashMap::new();
    for fact in &report.facts {
        facts.insert(
            fact.number,
            format!(
                "{}\t{:?}\t{:?} {:?} {:?} {:?} {}",
                fact.indicator,
                fact.measure,
                fact.fund,
                fact.basis,
                fact.year,
                fact.entity,
                fact.certainty
            ),
        );
    }
    let file =
        report.document.source.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for (id, number) in report.numbers.iter().enumerate() {
        let Home::Block(block) = number.home else { continue };
        if number.kind != gouji::number::Kind::Amount {
            continue;
        }
        let section = document.section_path(document.blocks[block as usize].section);
        let start = number.span.start as usize;
        let before: String = document.text[..start]
            .chars()
            .rev()
            .take(30)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect::<String>()
            .replace('\n', "/");
        let _ = writeln!(
            text,
            "{file}\t{}\t{}\t{before}<{}>\t{}",
            tied[id],
            section,
            document.slice(number.span),
            facts.get(&(id as u32)).map_or("-", String::as_str)
        );
    }
}
