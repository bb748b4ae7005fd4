//! The commands: one file each, nothing printed elsewhere.

mod check;
mod completions;
mod corpus;
mod explain;
mod extract;
mod input;
mod man;
mod models;
mod options;
mod output;
mod schema;
mod trace;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// Reads Chinese public-finance reports, turns every number into JSON, and proves where a report contradicts itself.
#[derive(Parser)]
#[command(name = "gouji", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Find contradictions
    Check(check::Arguments),
    /// Turn reports into structured JSON
    Extract(extract::Arguments),
    /// Keep many reports in one file: add, search, export, count
    Corpus(corpus::Arguments),
    /// Show the manual page of a check; without a name the table of checks
    Explain(explain::Arguments),
    /// Show the output of one stage
    Trace(trace::Arguments),
    /// Add or list the models that read scanned pages
    Models(models::Arguments),
    /// Print the JSON Schema of an output
    Schema(schema::Arguments),
    /// Print shell completions
    Completions(completions::Arguments),
    /// Print the man page
    Man,
}

/// How a run ended.
enum Outcome {
    /// Nothing found: exit 0.
    Clean,
    /// At least one Error finding: exit 1.
    Found,
    /// Some input could not be read, or the call is wrong: exit 2.
    Failed,
}

/// Why a command could not do its work; shown on stderr.
type Failure = Box<dyn std::error::Error>;

/// Runs the command of the process's arguments.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Corpus(arguments) => corpus::run(arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Trace(arguments) => trace::run(&arguments),
        Command::Models(arguments) => models::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, &mut Cli::command()),
        Command::Man => man::run(Cli::command()),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) => {
            eprintln!("gouji: {error}");
            ExitCode::from(2)
        }
    }
}
