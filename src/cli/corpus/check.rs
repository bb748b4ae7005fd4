//! `gouji corpus check`: what the reports of a corpus say of each other; with `--sample`, how clean the corpus is.

use crate::cli::options::Language;
use crate::cli::output::Format;
use crate::cli::{Failure, Outcome, output};
use gouji::check::Selection;
use gouji::corpus::check::{Compared, check};
use gouji::corpus::{Corpus, sampled};
use gouji::report::json::CheckOutput;
use gouji::report::{Lang, html, sarif, text, xlsx};
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// Run only these checks or families
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    select: Vec<String>,
    /// Leave out these checks or families
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Instead draw so many reports and say what share of all has errors, by the findings stored with them
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed of the sample: the same seed draws the same reports
    #[arg(long, value_name = "S", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of messages
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    lang: Language,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Exit 0 even if there are errors
    #[arg(long)]
    exit_zero: bool,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let corpus = Corpus::open(&arguments.corpus)?;
    let selection = Selection::new(&arguments.select, &arguments.ignore)?;
    let lang = match arguments.lang {
        Language::Zh => Lang::Zh,
        Language::En => Lang::En,
    };
    let (found, compared) = match arguments.sample {
        Some(size) => (sampled(&corpus, size, arguments.seed, &selection)?, Vec::new()),
        None => check(&corpus, &selection, lang)?,
    };
    let file = arguments.output.as_deref();
    match arguments.format {
        Format::Json => output::json(&found, file)?,
        Format::Sarif => output::json(&sarif::render(&found, lang), file)?,
        Format::Html => output::write(html::render(&found, lang).as_bytes(), file)?,
        Format::Xlsx => output::write(&xlsx::render(&found, lang)?, file)?,
        Format::Text => {
            let (color, width) = (output::color(file), output::width());
            let style = text::Style { color, width, lang, unread: false, quiet: true };
            let mut page = text::render(&found, style);
            page.push_str(&closing(&found, &compared, lang));
            output::write(page.as_bytes(), file)?;
        }
    }
    Ok(match found.has_error() && !arguments.exit_zero {
        true => Outcome::Found,
        false => Outcome::Clean,
    })
}

/// What was compared: silence means compared and agreed only where it was.
fn closing(found: &CheckOutput, compared: &[Compared], lang: Lang) -> String {
    let mut text = String::new();
    for Compared { check, pairs, figures } in compared {
        let count = found.summary.by_check.get(*check).copied().unwrap_or(0);
        text.push_str(&match lang {
            Lang::Zh => format!("{check}：比较 {pairs} 组报告、{figures} 个数字，{count} 处\n"),
            Lang::En => {
                format!("{check}: {pairs} pairs and {figures} figures compared, {count} findings\n")
            }
        });
    }
    text
}
