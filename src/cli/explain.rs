//! `gouji explain`: the manual page of a check, or the table of checks.

use super::{Failure, Outcome, output};
use gouji::check;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

#[derive(clap::Args)]
pub struct Arguments {
    /// A check (`sum/parts_differ_from_total`) or a family (`sum`)
    name: Option<String>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut text = String::new();
    match &arguments.name {
        None => table(&mut text, |_| true),
        Some(name) => match check::all().find(|check| check.name == name) {
            Some(check) => {
                let level = check.severity.name();
                let _ = writeln!(
                    text,
                    "{} ({level})\n\n{}",
                    check.name,
                    check.page().markdown.trim_end()
                );
            }
            None => {
                table(&mut text, |family| family == name.trim_end_matches('/'));
                if text.is_empty() {
                    return Err(check::unknown(name).into());
                }
            }
        },
    }
    output::write(text.as_bytes(), None)?;
    Ok(Outcome::Clean)
}

fn table(text: &mut String, takes: impl Fn(&str) -> bool) {
    let checks: Vec<_> = check::all().filter(|check| takes(check.family())).collect();
    let width = checks.iter().map(|check| check.name.width()).max().unwrap_or(0);
    for check in checks {
        let title = check.page().title;
        let _ = writeln!(text, "{:width$}  {:7}  {title}", check.name, check.severity.name());
    }
}
