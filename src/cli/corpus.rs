//! `gouji corpus`: the store of many reports.

mod add;
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
    /// Show what is in a corpus
    Stats(stats::Arguments),
}

pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::Add(arguments) => add::run(arguments),
        Command::Stats(arguments) => stats::run(&arguments),
    }
}
