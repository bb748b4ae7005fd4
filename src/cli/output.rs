//! Where output goes: standard output or a file.

mod indented;

use super::Failure;
use indented::Indented;
use serde::Serialize;
use serde_json::Serializer;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;

/// The formats that findings are written in.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Html,
    Xlsx,
}

/// Writes everything; a reader that stops early (`| head`) is no failure.
pub fn write(bytes: &[u8], file: Option<&Path>) -> Result<(), Failure> {
    if let Some(file) = file {
        return std::fs::write(file, bytes)
            .map_err(|error| format!("{}: {error}", file.display()).into());
    }
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// JSON, indented for a reader; a reader that stops early is no failure. Written as it is made: the output of a report is
/// ten times as long as the report.
pub fn json(value: &impl Serialize, file: Option<&Path>) -> Result<(), Failure> {
    let out: Box<dyn Write> = match file {
        Some(file) => {
            Box::new(File::create(file).map_err(|error| format!("{}: {error}", file.display()))?)
        }
        None => Box::new(std::io::stdout().lock()),
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, Indented::default()));
    match written
        .map_err(std::io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Whether colours are wanted.
pub fn color(file: Option<&Path>) -> bool {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    file.is_none() && wanted && able && std::io::stdout().is_terminal()
}

/// Columns of the terminal, also of one that shows the output through a pager; 100 where there is none.
pub fn width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let columns =
        |terminal: console::Term| terminal.size_checked().map(|(_, columns)| columns.into());
    let shown = || columns(console::Term::stdout()).or_else(|| columns(console::Term::stderr()));
    asked.or_else(shown).unwrap_or(100).clamp(40, 140)
}

/// Says on stderr what could not be read.
pub fn errors(errors: &[gouji::report::json::Failure]) {
    for error in errors {
        eprintln!("gouji: {}: {}", error.path, error.message);
    }
}
