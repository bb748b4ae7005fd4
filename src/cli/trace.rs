//! `gouji trace`: the output of one stage, one line an item.

mod tables;

use super::options::Options;
use super::{Failure, Outcome, input, output};
use gouji::Report;
use gouji::document::page::Canvas;
use gouji::document::{BlockKind, ReadOptions, ReportKind, pdf};
use gouji::fact::narrative::{self, Binding, Wording};
use gouji::relation::evaluate::{Figures, evaluate};
use gouji::report::drawn;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

#[derive(clap::Args)]
pub struct Arguments {
    /// The stage
    #[arg(value_enum)]
    stage: Stage,
    /// With `document`: html draws what was understood over the pages
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// With `phrases`: only the wordings no phrase matches, counted over all reports, most frequent first
    #[arg(long)]
    unmatched: bool,
    /// With `phrases`: how many amounts and percentages of running text are bound, by kind of report
    #[arg(long, conflicts_with = "unmatched")]
    bound: bool,
    #[command(flatten)]
    options: Options,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Html,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Stage {
    Document,
    Numbers,
    Phrases,
    Tables,
    Facts,
    Relations,
    Ties,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    match arguments.stage {
        Stage::Phrases => return phrases(arguments),
        Stage::Tables => return tables::tables(&arguments.options),
        Stage::Ties => return tables::ties(&arguments.options),
        _ => {}
    }
    if arguments.format == Format::Html && arguments.stage != Stage::Document {
        return Err("--format html goes with the stage document".into());
    }
    let mut text = String::new();
    for path in &arguments.options.paths {
        let report = input::report(path, &arguments.options)?;
        if arguments.format == Format::Html {
            text.push_str(&drawn::render(&report, &pages(path, &arguments.options)));
            continue;
        }
        match arguments.stage {
            Stage::Document => document(&report, &mut text),
            Stage::Numbers => numbers(&report, &mut text),
            Stage::Phrases | Stage::Tables | Stage::Ties => {}
            Stage::Facts => facts(&report, &mut text),
            Stage::Relations => relations(&report, &mut text),
        }
    }
    output::write(text.as_bytes(), arguments.options.output.as_deref())?;
    Ok(Outcome::Clean)
}

/// The pages of a PDF as drawn; none of other formats.
fn pages(path: &Path, options: &Options) -> Vec<Canvas> {
    let password = options.password.clone();
    let bytes = std::fs::read(path).unwrap_or_default();
    match pdf::sniff(&bytes) {
        true => pdf::open(path, &bytes, &ReadOptions { password, ..ReadOptions::default() })
            .map(|pdf| pdf::canvases(&pdf).0)
            .unwrap_or_default(),
        false => Vec::new(),
    }
}

/// Clauses with figures and the phrases they match; counted over all reports where asked.
fn phrases(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    let mut text = String::new();
    let errors = if arguments.bound {
        let read = |report: &Report| (report.document.report.kind, narrative::binding(report));
        let (reports, errors) = input::each(options, read)?;
        bound(&reports, &mut text);
        errors
    } else {
        let (reports, errors) = input::each(options, |report| {
            let words = |at| report.document.slice(at).replace('\n', " ");
            let wordings = narrative::wordings(report).into_iter();
            wordings.map(|wording| (words(wording.at), wording)).collect::<Vec<_>>()
        })?;
        let wordings = reports.into_iter().flatten();
        if arguments.unmatched {
            unmatched(wordings, &mut text);
        } else {
            for (words, Wording { phrases, understood, .. }) in wordings {
                let mark = if understood { "" } else { "?" };
                let _ = writeln!(text, "{mark}\t{}\t{words}", phrases.join(" "));
            }
        }
        errors
    };
    output::errors(&errors);
    output::write(text.as_bytes(), options.output.as_deref())?;
    Ok(if errors.is_empty() { Outcome::Clean } else { Outcome::Failed })
}

fn unmatched(wordings: impl Iterator<Item = (String, Wording)>, text: &mut String) {
    let mut counts: HashMap<String, (usize, String)> = HashMap::new();
    for (words, wording) in wordings.filter(|(_, wording)| !wording.understood) {
        counts.entry(wording.shape).or_insert((0, words)).0 += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| (b.1.0, &a.0).cmp(&(a.1.0, &b.0)));
    for (shape, (count, example)) in counts {
        let _ = writeln!(text, "{count}\t{shape}\t{example}");
    }
}

fn bound(reports: &[(ReportKind, Binding)], text: &mut String) {
    let mut kinds: BTreeMap<String, (usize, Binding)> = BTreeMap::new();
    for (kind, binding) in reports {
        for name in [format!("{kind:?}"), "all".into()] {
            let sum = kinds.entry(name).or_default();
            *sum = (sum.0 + 1, sum.1.and(*binding));
        }
    }
    let _ = writeln!(text, "kind\treports\tfigures\tthresholds\tknown\tnamed\tbound %");
    for (kind, (count, binding)) in kinds {
        let Binding { figures, thresholds, known, named } = binding;
        let share = (known + named) * 1000 / (figures - thresholds).max(1);
        let share = format!("{}.{}", share / 10, share % 10);
        let _ =
            writeln!(text, "{kind}\t{count}\t{figures}\t{thresholds}\t{known}\t{named}\t{share}");
    }
}

fn document(report: &Report, text: &mut String) {
    let document = &report.document;
    let meta = &document.report;
    let _ = writeln!(text, "{:?} {:?} {:?} {:?}", meta.kind, meta.agency, meta.year, meta.unit);
    for block in &document.blocks {
        let page = document.origin(block.span.start).and_then(|origin| origin.page).unwrap_or(0);
        match block.kind {
            BlockKind::Table(id) => {
                let table = &document.tables[id as usize];
                let name = table.title.map(|span| document.slice(span)).unwrap_or("");
                let unit = table.unit.as_deref().unwrap_or("");
                let (rows, cols, head) = (table.rows, table.cols, table.header_rows);
                let _ = writeln!(
                    text,
                    "p{page}\ttable {id}\t{rows}×{cols} head {head}\t{name}\t{unit}"
                );
                for row in 0..rows {
                    let cells = table.cells.iter().filter(|cell| cell.row == row);
                    let words: Vec<&str> = cells.map(|cell| document.slice(cell.span)).collect();
                    let _ = writeln!(text, "\t\t| {}", words.join(" | "));
                }
            }
            kind => {
                let section = block.section;
                let _ =
                    writeln!(text, "p{page}\t{kind:?}\t§{section}\t{}", document.slice(block.span));
            }
        }
    }
}

fn numbers(report: &Report, text: &mut String) {
    for (id, number) in report.numbers.iter().enumerate() {
        let words = report.document.slice(number.span);
        let _ = writeln!(
            text,
            "{id}\t{:?}\t{words}\t{:?}\t{}\t{:?}",
            number.kind, number.reading, number.unit, number.approximate
        );
    }
    for gap in &report.gaps {
        let words = gap.at.map(|span| report.document.slice(span)).unwrap_or("");
        let _ = writeln!(text, "-\t{:?}\t{words}\t{}", gap.kind, gap.why);
    }
}

fn facts(report: &Report, text: &mut String) {
    for (id, fact) in report.facts.iter().enumerate() {
        let _ = writeln!(
            text,
            "{id}\t{}\t{:?}\t{}\t{:?}\t{:?}\t{:?}\t{:?}\tof {:?}\tagainst {:?}\t{}",
            fact.indicator,
            fact.measure,
            printed(report, fact.number),
            fact.fund,
            fact.basis,
            fact.year,
            fact.entity,
            fact.of,
            fact.against,
            fact.label,
        );
    }
    for blank in &report.blanks {
        let _ = writeln!(
            text,
            "-\t{}\tLevel\t\t{:?}\t{:?}\t{:?}\t{:?}\t\t\t{}",
            blank.indicator, blank.fund, blank.basis, blank.year, blank.entity, blank.label,
        );
    }
}

fn relations(report: &Report, text: &mut String) {
    let figures = Figures::new(&report.numbers);
    for relation in &report.relations {
        let words = report.document.slice(relation.at);
        let words: String = words.chars().take(60).collect();
        let terms: Vec<&str> =
            relation.claim.terms().iter().map(|term| printed(report, term.number)).collect();
        let _ = writeln!(
            text,
            "{:?}\t{}\t{:?}\t{}\t{}\t{words}",
            evaluate(&relation.claim, &figures),
            relation.check,
            relation.ground,
            relation.label,
            terms.join(" "),
        );
    }
}

fn printed(report: &Report, number: u32) -> &str {
    report.numbers.get(number as usize).map_or("?", |number| report.document.slice(number.span))
}
