//! Options that check and extract share.

use gouji::check::Selection;
use gouji::report::Lang;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// What to read and how.
#[derive(clap::Args, Default)]
pub struct Options {
    /// Files, folders, .zip archives, or `-` for standard input
    #[arg(required_unless_present = "stdin_paths", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read one path a line from standard input; `extract --format jsonl` answers each as soon as it is read
    #[arg(long)]
    pub stdin_paths: bool,
    /// Files that belong to the report as well, e.g. its appendix workbook
    #[arg(long, value_name = "FILE")]
    pub with: Vec<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Threads; 0 takes one a core
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub jobs: usize,
    /// Run only these checks or families
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave out these checks or families
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// Language of messages
    #[arg(long, value_enum, default_value_t = Language::Zh)]
    pub lang: Language,
    /// The reports' year, where they do not say it
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// The unit of amounts printed without one, e.g. 万元
    #[arg(long)]
    pub unit: Option<String>,
    /// Password of encrypted files
    #[arg(long)]
    pub password: Option<String>,
    /// Findings to leave out, each with its reason (TOML)
    #[arg(long, value_name = "FILE")]
    pub waivers: Option<PathBuf>,
    /// List what was not read or not compared
    #[arg(long)]
    pub unread: bool,
    /// Print findings only
    #[arg(long, short)]
    pub quiet: bool,
    /// Say on stderr what is being read and how long it takes
    #[arg(long, short)]
    pub verbose: bool,
}

/// The language of messages.
#[derive(Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Options {
    /// The language of messages.
    pub fn lang(&self) -> Lang {
        match self.lang {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        }
    }

    /// The paths of the call, or those that stand on standard input.
    pub fn all_paths(&self) -> Vec<PathBuf> {
        match self.stdin_paths {
            true => stdin_paths().collect(),
            false => self.paths.clone(),
        }
    }

    /// The checks to run.
    pub fn selection(&self) -> Result<Selection, String> {
        Selection::new(&self.select, &self.ignore)
    }
}

/// The paths on standard input, one a line, as they come.
pub fn stdin_paths() -> impl Iterator<Item = PathBuf> + Send {
    let lines = BufReader::new(std::io::stdin()).lines().map_while(Result::ok);
    let paths = lines.map(|line| PathBuf::from(line.trim_end_matches('\r')));
    paths.filter(|path| !path.as_os_str().is_empty())
}
