//! `gouji check`: find contradictions.

use super::options::Options;
use super::output::Format;
use super::{Failure, Outcome, input, output};
use gouji::document::Document;
use gouji::error::Error;
use gouji::report::json::{CheckOutput, CheckedReport, Sample};
use gouji::report::{self, html, sarif, text, xlsx};
use gouji::waiver::Waivers;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit 0 even if there are errors in a report
    #[arg(long)]
    exit_zero: bool,
    /// Check a random sample of so many reports, and say what it says of all
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed of the sample: the same seed draws the same reports
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    let lang = options.lang();
    let selection = options.selection()?;
    let waivers = match &options.waivers {
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|e| Error::new(path, e.to_string()))?;
            Waivers::parse(path, &text)?
        }
        None => Waivers::default(),
    };
    let work = |report: &gouji::Report| report::check(report, &selection, &waivers, lang);
    let (mut reports, errors, sample) = match arguments.sample {
        None => {
            let (reports, errors) = input::each(options, work)?;
            (reports, errors, None)
        }
        Some(size) => {
            let stratum = |document: &Document| {
                let report = &document.report;
                (report.agency.clone(), options.year.or(report.year))
            };
            let (reports, errors, of) =
                input::sample(options, (size, arguments.seed), stratum, work)?;
            let wrong =
                |report: &&CheckedReport| report.findings.iter().any(|f| f.severity == "error");
            let wrong = reports.iter().filter(wrong).count();
            let sample = Sample::new(reports.len(), of, arguments.seed, wrong);
            (reports, errors, Some(sample))
        }
    };
    // A waiver may be for a report that was not drawn.
    if selection.is_all() && errors.is_empty() && sample.is_none() {
        reports.extend(report::idle_waivers(&waivers, lang));
    }
    let mut found = CheckOutput::new(reports, errors);
    found.summary.sample = sample;
    let file = options.output.as_deref();
    match arguments.format {
        Format::Json => output::json(&found, file)?,
        Format::Sarif => output::json(&sarif::render(&found, lang), file)?,
        Format::Html => output::write(html::render(&found, lang).as_bytes(), file)?,
        Format::Xlsx => output::write(&xlsx::render(&found, lang)?, file)?,
        Format::Text => {
            let style = text::Style {
                color: output::color(file),
                width: output::width(),
                lang,
                unread: options.unread,
                quiet: options.quiet,
            };
            output::write(text::render(&found, style).as_bytes(), file)?;
        }
    }
    if arguments.format != Format::Text {
        output::errors(&found.errors);
    }
    Ok(match () {
        () if !found.errors.is_empty() => Outcome::Failed,
        () if found.has_error() && !arguments.exit_zero => Outcome::Found,
        () => Outcome::Clean,
    })
}
