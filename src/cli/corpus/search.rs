//! `gouji corpus search`: passages, best first, with their place.

use crate::cli::{Failure, Outcome, output};
use gouji::corpus::{Corpus, Hit, Hits, Query, search};
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// Words; a passage must hold all of them
    #[arg(value_name = "WORDS", required_unless_present_any = ["indicator", "code"])]
    words: Vec<String>,
    /// Only reports whose agency's name holds this
    #[arg(long)]
    agency: Option<String>,
    /// Only reports of these years
    #[arg(long, value_name = "YEAR", value_delimiter = ',')]
    year: Vec<i32>,
    /// Only passages with a figure of this indicator; `revenue/*` takes a family
    #[arg(long)]
    indicator: Option<String>,
    /// Only passages with this classification code; `201*` takes all that begin so
    #[arg(long)]
    code: Option<String>,
    /// Show so many
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to show them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let corpus = Corpus::open(&arguments.corpus)?;
    let query = Query {
        words: arguments.words,
        agency: arguments.agency,
        years: arguments.year,
        indicator: arguments.indicator,
        code: arguments.code,
        limit: arguments.limit,
    };
    let hits = search(&corpus, &query)?;
    match arguments.format {
        Format::Json => output::json(&hits, None)?,
        Format::Text => output::write(text(&hits, output::color(None)).as_bytes(), None)?,
    }
    Ok(Outcome::Clean)
}

fn text(hits: &Hits, color: bool) -> String {
    let mut out = String::new();
    for hit in &hits.hits {
        let year = hit.year.map(|year| format!(" {year}年")).unwrap_or_default();
        let agency = hit.agency.as_deref().unwrap_or("—");
        let _ = writeln!(out, "{agency}{year}  {}{}", hit.path, place(hit));
        let mut at = 0;
        let mut line = String::from("  ");
        for mark in hit.marks.iter().filter(|_| color) {
            line.push_str(&hit.quote[at..mark.start]);
            let _ = write!(line, "\u{1b}[1;31m{}\u{1b}[0m", &hit.quote[mark.clone()]);
            at = mark.end;
        }
        line.push_str(&hit.quote[at..]);
        let _ = writeln!(out, "{line}\n");
    }
    let found = match hits.more {
        true => format!("找到 {} 处以上，以较新入库的 {} 处排序", hits.found, hits.found),
        false => format!("找到 {} 处", hits.found),
    };
    let _ = writeln!(out, "{found}，列出 {} 处", hits.hits.len());
    out
}

/// ` 第3页 收入决算表 第7行 二、收入决算情况说明`
fn place(hit: &Hit) -> String {
    let mut place = String::new();
    if let Some(page) = hit.page {
        let _ = write!(place, " 第{page}页");
    }
    if let Some(table) = &hit.table {
        let _ = write!(place, " {table}");
    }
    if let Some(row) = hit.row {
        let _ = write!(place, " 第{row}行");
    } else if !hit.section.is_empty() {
        let _ = write!(place, " {}", hit.section);
    }
    place
}
