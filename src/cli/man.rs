//! `gouji man`: the man page.

use super::{Failure, Outcome, output};

pub fn run(command: clap::Command) -> Result<Outcome, Failure> {
    let mut bytes = Vec::new();
    clap_mangen::Man::new(command).render(&mut bytes)?;
    output::write(&bytes, None)?;
    Ok(Outcome::Clean)
}
