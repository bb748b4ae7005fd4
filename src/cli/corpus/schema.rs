//! `gouji corpus schema`: the manual page of the tables, with queries to begin from.

use crate::cli::{Failure, Outcome, output};

pub fn run() -> Result<Outcome, Failure> {
    output::write(include_bytes!("../../../docs/corpus.md"), None)?;
    Ok(Outcome::Clean)
}
