//! `gouji extract`: structured JSON.

use super::options::Options;
use super::{Failure, Outcome, input, output};
use gouji::report::{self, structure::ExtractOutput};

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
    let file = options.output.as_deref();
    let (reports, errors) = input::each(options, report::extract)?;
    output::errors(&errors);
    let outcome = if errors.is_empty() { Outcome::Clean } else { Outcome::Failed };
    match arguments.format {
        Format::Json => output::json(&ExtractOutput::new(reports, errors), file)?,
        Format::Jsonl => {
            let mut lines = Vec::new();
            for report in &reports {
                serde_json::to_writer(&mut lines, report)?;
                lines.push(b'\n');
            }
            output::write(&lines, file)?;
        }
    }
    Ok(outcome)
}
