//! The reports read by hand figure by figure (../shared/audits), where they are there: the share of figures of the
//! narrative that carry the meaning the reader gave them.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use gouji::Report;
use gouji::fact::indicators::normal;
use gouji::fact::label::{self, Context};
use gouji::fact::{Basis, Fact, Measure, Standing};
use gouji::number::NumberId;
use std::path::Path;

const REPORTS: [(&str, &str); 3] = [
    ("foshan_2019_01", "final_accounts"),
    ("petition_office_2024_01", "final_accounts"),
    ("putuo_2025_commerce", "budget"),
];

/// One line of a reader's notes.
struct Note {
    context: String,
    value: String,
    indicator: String,
    measure: Measure,
    basis: Option<Basis>,
    year: Option<i32>,
    negative: bool,
}

fn note(line: &str) -> Option<Note> {
    let field: Vec<&str> = line.split('\t').collect();
    let measure = match *field.get(5)? {
        "level" => Measure::Level,
        "change" => Measure::Change,
        "rate" => Measure::Rate,
        "share" => Measure::Share,
        "completion" => Measure::Completion,
        _ => Measure::Count,
    };
    let basis = match *field.get(6)? {
        "final" => Some(Basis::Final),
        "budget" => Some(Basis::Budget),
        "adjusted" => Some(Basis::Adjusted),
        _ => None,
    };
    Some(Note {
        context: support::squeeze(field[1]),
        value: field[2].into(),
        indicator: field[4].into(),
        measure,
        basis,
        year: field.get(7).and_then(|year| year.parse().ok()),
        negative: field.get(8) == Some(&"-"),
    })
}

/// The numbers whose printed figure the context ends in.
fn numbers(report: &Report, note: &Note) -> Vec<NumberId> {
    let fits = |id: &NumberId| {
        let number = &report.numbers[*id as usize];
        let same = number.value().is_some_and(|value| {
            value.abs().normalize().to_string()
                == note
                    .value
                    .parse::<rust_decimal::Decimal>()
                    .map_or(String::new(), |value| value.normalize().to_string())
        });
        if !same {
            return false;
        }
        let from = (number.span.start as usize).saturating_sub(240);
        let from = (from..).find(|at| report.document.text.is_char_boundary(*at)).unwrap();
        let before = support::squeeze(&report.document.text[from..number.span.end as usize]);
        before.ends_with(&note.context)
            || before.trim_end_matches("万元").ends_with(note.context.trim_end_matches("万元"))
    };
    (0..report.numbers.len() as NumberId).filter(fits).collect()
}

/// Canonical indicators of the reader's name: `行政运行(2011301)`, `一般公共预算财政拨款支出（较年初预算）`.
fn wanted(report: &Report, name: &str) -> Vec<String> {
    if let Some(code) =
        name.split(['(', '（']).nth(1).map(|rest| rest.trim_end_matches([')', '）']))
        && code.len() >= 3
        && code.bytes().all(|b| b.is_ascii_digit())
    {
        return vec![format!("function/{code}")];
    }
    let name = name.split(['（', '(']).next().filter(|_| name.contains('较')).unwrap_or(name);
    let context = Context { numbers: &report.numbers, agency: None, year: None };
    let of = |part: &str| {
        let label = label::read(part, |_| None, context);
        match label.indicators.is_empty() {
            true => vec![format!("label/{}", normal(&label.name))],
            false => label.indicators.iter().map(|name| name.to_string()).collect(),
        }
    };
    name.split('/').flat_map(of).collect()
}

fn right(note: &Note, fact: &Fact, wanted: &[String]) -> bool {
    // A completion is compared with its budget; the reader noted the budget's stage.
    let basis = match fact.measure {
        Measure::Completion => fact.base_basis,
        _ => Some(fact.basis),
    };
    // Names of counts are the reader's own words.
    let named = fact.measure == Measure::Count
        || wanted.iter().any(|name| **name == *fact.indicator)
        || wanted.iter().all(|name| name.starts_with("label/"));
    fact.measure == note.measure
        && named
        && note.basis.is_none_or(|own| basis == Some(own) || fact.measure == Measure::Count)
        && note.year.is_none_or(|year| fact.year == Some(year))
        && (!matches!(fact.measure, Measure::Change | Measure::Rate)
            || fact.negative == note.negative)
}

#[test]
fn figures_of_sentences_mean_what_a_reader_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (mut good, mut all) = (0, 0);
    let mut wrong = Vec::new();
    for (name, folder) in REPORTS {
        let path = root.join("reports").join(folder).join(name).with_extension("pdf");
        let Ok(bytes) = std::fs::read(&path) else { return };
        let options = gouji::document::ReadOptions::default();
        let report = gouji::understand(gouji::document::read(&path, &bytes, &options).unwrap());
        let notes = root.join("audits").join(format!("{name}.facts.tsv"));
        for line in std::fs::read_to_string(notes).unwrap().lines() {
            let Some(note) = note(line) else { continue };
            let ids = numbers(&report, &note);
            let narrative = |fact: &&Fact| {
                ids.contains(&fact.number) && matches!(fact.standing, Standing::Narrative(_))
            };
            let facts: Vec<&Fact> = report.facts.iter().filter(narrative).collect();
            let in_table = |id: &NumberId| {
                matches!(report.numbers[*id as usize].home, gouji::number::Home::Cell(..))
            };
            let cell = facts.is_empty() && ids.iter().all(in_table);
            if cell && (!ids.is_empty() || !line.contains("万元") && !line.contains('%')) {
                continue; // a cell of an appendix table
            }
            all += 1;
            let wanted = wanted(&report, &note.indicator);
            if facts.iter().any(|fact| right(&note, fact, &wanted)) {
                good += 1;
            } else {
                let got: Vec<_> = facts
                    .iter()
                    .map(|f| format!("{} {:?} {:?} {:?}", f.indicator, f.measure, f.basis, f.year))
                    .collect();
                wrong.push(format!("{name} {} {}: {got:?}", note.context, note.indicator));
            }
        }
    }
    println!("{good} of {all} figures of sentences right");
    for line in &wrong {
        println!("  {line}");
    }
    assert!(good * 100 >= all * 95, "{good} of {all}: {wrong:#?}");
}
