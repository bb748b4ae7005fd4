//! `gouji trace tables` and `gouji trace ties`: how far tables are understood, and what of the narrative meets them.

use super::super::options::Options;
use super::super::{Failure, Outcome, input, output};
use gouji::Report;
use gouji::fact::{Fact, Measure};
use gouji::number::{Home, Kind};
use gouji::relation::Ground;
use gouji::relation::evaluate::{Figures, Verdict, evaluate};
use gouji::table::Shape;
use std::collections::{HashMap, HashSet};
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

/// Sections whose figures stand in the appendix tables, by words of their headings.
const COUNTED: [&str; 9] = [
    "收支",
    "收入",
    "支出",
    "财政拨款",
    "一般公共预算",
    "政府性基金",
    "国有资本经营",
    "三公",
    "编制说明",
];
/// Sections that speak of other things, whatever else their headings say.
const APART: [&str; 12] = [
    "采购",
    "国有资产",
    "资产占",
    "绩效",
    "名词",
    "其他重要事项",
    "项目经费情况",
    "委托业务",
    "机关运行",
    "支出具体情况",
    "年度预算安排",
    "项目概述",
];

/// Amounts of the narrative that the tables can show, and how many of them are compared with a cell.
#[derive(Debug, Default, Clone, Copy)]
struct Tied {
    amounts: usize,
    compared: usize,
}

/// One line a report: how many amounts of the narrative are compared with a table cell; with `-v` a line for each amount
/// that is not. Counted are levels of a year and stage that the tables show, in the sections on revenue, expenditure and
/// 三公; reports without tables are left out of the sum.
pub(super) fn ties(options: &Options) -> Result<Outcome, Failure> {
    let (reports, errors) = input::each(options, |report| {
        let mut text = String::new();
        let tied = narrative(report, options.verbose, &mut text);
        let tables = report.tables.iter().any(|shape| shape.form.is_some());
        (text, tables.then_some(tied))
    })?;
    let (mut text, mut all, mut counted, mut enough) = (String::new(), Tied::default(), 0, 0);
    for (lines, tied) in reports {
        text.push_str(&lines);
        let Some(tied) = tied.filter(|tied| tied.amounts > 0) else { continue };
        counted += 1;
        enough += usize::from(tied.compared * 10 >= tied.amounts * 9);
        all.amounts += tied.amounts;
        all.compared += tied.compared;
    }
    let Tied { amounts, compared } = all;
    let share = percent(all);
    let _ = writeln!(
        text,
        "reports {counted}\twith 90 % {enough}\tamounts {amounts}\tcompared {compared}\t{share}",
    );
    output::errors(&errors);
    output::write(text.as_bytes(), options.output.as_deref())?;
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn percent(tied: Tied) -> String {
    let share = tied.compared * 1000 / tied.amounts.max(1);
    format!("{}.{} %", share / 10, share % 10)
}

fn narrative(report: &Report, verbose: bool, text: &mut String) -> Tied {
    let figures = Figures::new(&report.numbers);
    let document = &report.document;
    let in_table = |number: u32| matches!(report.numbers[number as usize].home, Home::Cell(..));
    let mut tied = vec![false; report.numbers.len()];
    for relation in &report.relations {
        let terms = relation.claim.terms();
        let cell = relation.check.starts_with("tie/") || terms.iter().any(|t| in_table(t.number));
        if cell && evaluate(&relation.claim, &figures) != Verdict::Unknown {
            terms.iter().for_each(|term| tied[term.number as usize] = true);
        }
    }
    let cells = || report.facts.iter().filter(|fact| in_table(fact.number));
    let stages: HashSet<_> = cells().map(|fact| (fact.basis, fact.year)).collect();
    let facts: HashMap<u32, &Fact> = report.facts.iter().map(|fact| (fact.number, fact)).collect();
    let file = document.source.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut count = Tied::default();
    for (id, number) in (0..).zip(&report.numbers) {
        let Home::Block(block) = number.home else { continue };
        let section = document.section_path(document.blocks[block as usize].section);
        let says = |words: &[&str]| words.iter().any(|word| section.contains(word));
        if number.kind != Kind::Amount || !says(&COUNTED) || says(&APART) {
            continue;
        }
        let fact = facts.get(&id);
        // A change, another year or stage, or a figure of an explanation stands in no table.
        let shown = fact.is_none_or(|fact| {
            fact.measure == Measure::Level
                && stages.contains(&(fact.basis, fact.year))
                && fact.certainty != 60
        });
        if !shown && !tied[id as usize] {
            continue;
        }
        count.amounts += 1;
        count.compared += usize::from(tied[id as usize]);
        if verbose && !tied[id as usize] {
            let start = number.span.start as usize;
            let before: Vec<char> = document.text[..start].chars().rev().take(30).collect();
            let before: String = before.into_iter().rev().filter(|c| *c != '\n').collect();
            let indicator = fact.map_or("-", |fact| &*fact.indicator);
            let _ = writeln!(text, "\t{before}〔{}〕\t{indicator}", document.slice(number.span));
        }
    }
    let Tied { amounts, compared } = count;
    let _ = writeln!(text, "{file}\t{amounts}\t{compared}\t{}", percent(count));
    count
}
