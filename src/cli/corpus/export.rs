//! `gouji corpus export`: the tables of a corpus as files.

use crate::cli::{Failure, Outcome};
use gouji::corpus::{Corpus, export};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// The format
    #[arg(long, value_enum)]
    to: Format,
    /// An empty folder, or one to be made
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Say nothing
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Parquet,
    Csv,
    Jsonl,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let corpus = Corpus::open(&arguments.corpus)?;
    let format = match arguments.to {
        Format::Parquet => export::Format::Parquet,
        Format::Csv => export::Format::Csv,
        Format::Jsonl => export::Format::Jsonl,
    };
    let counts = export::export(&corpus, format, &arguments.folder)?;
    if !arguments.quiet {
        let counts: Vec<String> =
            counts.iter().map(|(name, rows)| format!("{name} {rows}")).collect();
        eprintln!("{}: {}", arguments.folder.display(), counts.join(" · "));
    }
    Ok(Outcome::Clean)
}
