//! `gouji completions`: completions for a shell.

use super::{Failure, Outcome, output};

#[derive(clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub fn run(arguments: &Arguments, command: &mut clap::Command) -> Result<Outcome, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(arguments.shell, command, "gouji", &mut bytes);
    output::write(&bytes, None)?;
    Ok(Outcome::Clean)
}
