//! `gouji extract`: structured JSON.

use super::input::{self, Done, Job};
use super::options::{Options, stdin_paths};
use super::{Failure, Outcome, output};
use gouji::report::{self, structure::ExtractOutput};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    /// One JSON document, or one line a report
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Json,
    Jsonl,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let options = &arguments.options;
    if arguments.format == Format::Jsonl {
        return lines(options);
    }
    let (reports, errors) = input::each_bound(options, report::extract)?;
    output::errors(&errors);
    let outcome = if errors.is_empty() { Outcome::Clean } else { Outcome::Failed };
    let output = ExtractOutput::new(reports, errors);
    output::json(&output, options.output.as_deref())?;
    // the process ends: taking ten thousand strings down one by one frees nothing sooner
    std::mem::forget(output);
    Ok(outcome)
}

/// One line a report, in the order given; paths from standard input are answered as soon as each is done, failures too.
fn lines(options: &Options) -> Result<Outcome, Failure> {
    let out: Box<dyn Write> = match &options.output {
        Some(file) => {
            let made = File::create(file).map_err(|e| format!("{}: {e}", file.display()))?;
            Box::new(BufWriter::new(made))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let apart = options.stdin_paths;
    let paths: Box<dyn Iterator<Item = PathBuf> + Send> = match apart {
        true => Box::new(stdin_paths()),
        false => Box::new(options.paths.iter().cloned()),
    };
    let work = |document| {
        let report = report::extract(&input::bind(document, options));
        serde_json::to_string(&report)
    };
    let job = Job { options, paths, apart, known: None, chosen: None, work: &work };
    let mut failed = false;
    let mut lines = Lines { out, next: 0, early: BTreeMap::new() };
    let result = input::stream(job, |order, done| {
        let line = match done {
            Done::Report(line) => line?,
            Done::Failed(bad) => {
                failed = true;
                let failure = bad.failure();
                output::errors(std::slice::from_ref(&failure));
                if !apart {
                    return Ok(());
                }
                serde_json::to_string(&failure)?
            }
            Done::End if !apart => return Ok(lines.end(order.0)?),
            Done::End | Done::Known(_) => return Ok(()),
        };
        match apart {
            true => lines.now(&line)?,
            false => lines.early.entry(order.0).or_default().0.push(line),
        }
        Ok(())
    });
    match result.and_then(|()| Ok(lines.out.flush()?)) {
        Err(error) if is_closed_pipe(&*error) => {}
        result => result?,
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Clean })
}

/// Lines in the order of their batches.
struct Lines {
    out: Box<dyn Write>,
    next: usize,
    /// The lines of batches that are done or under way while an earlier one is not, and whether all are there.
    early: BTreeMap<usize, (Vec<String>, bool)>,
}

impl Lines {
    fn now(&mut self, line: &str) -> std::io::Result<()> {
        writeln!(self.out, "{line}")?;
        self.out.flush()
    }

    fn end(&mut self, batch: usize) -> std::io::Result<()> {
        self.early.entry(batch).or_default().1 = true;
        while self.early.get(&self.next).is_some_and(|(_, ended)| *ended) {
            for line in self.early.remove(&self.next).unwrap_or_default().0 {
                writeln!(self.out, "{line}")?;
            }
            self.next += 1;
        }
        Ok(())
    }
}

/// A reader that stops early (`| head`) is no failure.
fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    let error = error.downcast_ref::<std::io::Error>();
    error.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
