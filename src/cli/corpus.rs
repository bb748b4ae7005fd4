//! `gouji corpus`: the store of many reports.

mod add;
mod check;
mod export;
mod panel;
mod schema;
mod search;
mod stats;

use super::{Failure, Outcome};

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Read reports into a corpus; what is there already is left alone
    Add(add::Arguments),
    /// Check the reports of a corpus against each other, or draw a sample of it
    Check(check::Arguments),
    /// Find passages by words, agency, year, indicator or code
    Search(search::Arguments),
    /// Write all tables as parquet, CSV or JSON lines
    Export(export::Arguments),
    /// Show the manual page of the tables, with queries to begin from
    Schema,
    /// Show what is in a corpus
    Stats(stats::Arguments),
    /// Show agencies and years against indicators
    Panel(panel::Arguments),
}

pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::Add(arguments) => add::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Search(arguments) => search::run(arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Panel(arguments) => panel::run(arguments),
        Command::Schema => schema::run(),
        Command::Stats(arguments) => stats::run(&arguments),
    }
}
