//! `gouji corpus stats`: what is in a corpus.

use crate::cli::{Failure, Outcome, output};
use gouji::corpus::{Corpus, Count, Stats, stats};
use std::fmt::Write as _;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// How to show it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show so many agencies
    #[arg(long, value_name = "N", default_value_t = 20)]
    agencies: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let corpus = Corpus::open(&arguments.corpus)?;
    let found = stats(&corpus, arguments.agencies)?;
    match arguments.format {
        Format::Json => output::json(&found, None)?,
        Format::Text => output::write(text(&found).as_bytes(), None)?,
    }
    Ok(Outcome::Clean)
}

fn text(stats: &Stats) -> String {
    let mut out = String::new();
    let Stats { reports, files, failures, stale, bytes, agencies, coverage, .. } = stats;
    let _ = writeln!(
        out,
        "{reports} 份报告，{agencies} 个部门和单位，{files} 个文件，{:.1} MB",
        *bytes as f64 / 1e6
    );
    if *failures > 0 {
        let _ = writeln!(out, "{failures} 个文件无法读取（gouji corpus add --retry 重试）");
    }
    if *stale > 0 {
        let _ = writeln!(out, "{stale} 份由另一版本的 gouji 读取（再次 gouji corpus add 即重读）");
    }
    let [numbers, read, bound, checked] = coverage;
    let _ = writeln!(
        out,
        "数字 {numbers} 个，已读 {read}，已知含义 {bound}，已核对 {checked}{}",
        share(*checked, *numbers)
    );
    let rows: Vec<String> =
        stats.rows.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let _ = writeln!(out, "{}", rows.join(" · "));
    section(&mut out, "类型", &stats.by_kind);
    section(&mut out, "年份", &stats.by_year);
    section(&mut out, "检查", &stats.by_check);
    section(&mut out, "部门和单位", &stats.by_agency);
    out
}

fn section(out: &mut String, title: &str, counts: &[Count]) {
    if counts.is_empty() {
        return;
    }
    let width = counts.iter().map(|count| count.name.width()).max().unwrap_or(0).clamp(8, 48);
    let pad = |text: &str| " ".repeat(width.saturating_sub(text.width()));
    let _ = writeln!(out, "\n{title}{}  报告    有错误的  错误    警告", pad(title));
    for count in counts {
        let name = if count.name.is_empty() { "—" } else { &count.name };
        let _ = writeln!(
            out,
            "{name}{}  {:<6}  {:<8}  {:<6}  {}",
            pad(name),
            count.reports,
            count.with_errors,
            count.errors,
            count.warnings
        );
    }
}

fn share(part: i64, whole: i64) -> String {
    match whole {
        0 => String::new(),
        whole => format!("（{:.1}%）", 100.0 * part as f64 / whole as f64),
    }
}
