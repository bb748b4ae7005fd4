//! `gouji schema`: the JSON Schema of an output, made from its types.

use super::{Failure, Outcome, output};
use gouji::report::{json::CheckOutput, structure::ExtractOutput};

#[derive(clap::Args)]
pub struct Arguments {
    /// The command whose JSON is described
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Of {
    Check,
    Extract,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let schema = match arguments.of {
        Of::Check => schemars::schema_for!(CheckOutput),
        Of::Extract => schemars::schema_for!(ExtractOutput),
    };
    output::json(&schema, None)?;
    Ok(Outcome::Clean)
}
