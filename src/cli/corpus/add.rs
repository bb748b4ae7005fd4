//! `gouji corpus add`: read reports into a corpus.

use crate::cli::input::{self, Done, Job};
use crate::cli::options::Options;
use crate::cli::{Failure, Outcome};
use gouji::corpus::{Known, Record, Writer};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// The corpus, one SQLite file; made if there is none
    #[arg(value_name = "DB")]
    corpus: PathBuf,
    /// Files, folders and .zip archives
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Threads; 0 takes one a core
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    jobs: usize,
    /// Password of encrypted files
    #[arg(long)]
    password: Option<String>,
    /// Try again the files that could not be read
    #[arg(long)]
    retry: bool,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Say on stderr what is being read and how long it takes
    #[arg(long, short)]
    verbose: bool,
}

pub fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    let mut writer = Writer::open(&arguments.corpus)?;
    let known = Known::new(&writer, arguments.retry)?;
    // The same file is the same file, however the call names it.
    let named = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let paths: Vec<PathBuf> = arguments.paths.iter().map(named).collect();
    let options = Options {
        paths: paths.clone(),
        jobs: arguments.jobs,
        password: arguments.password,
        quiet: arguments.quiet,
        verbose: arguments.verbose,
        ..Options::default()
    };
    let (mut stored, mut same, mut failed) = (0, 0, 0);
    let holds = |files: &[(&Path, String)]| known.holds(files);
    let job = Job {
        options: &options,
        paths: Box::new(paths.into_iter()),
        apart: false,
        known: Some(&holds),
        chosen: None,
        work: &|document| Record::new(&gouji::understand(document)),
    };
    input::stream(job, |_, done| {
        match done {
            Done::Report(record) => {
                writer.put(&record)?;
                stored += 1;
            }
            Done::Failed(bad) => {
                let failure = bad.failure();
                writer.fail(&failure.path, bad.content.as_ref(), &failure.message)?;
                eprintln!("gouji: {}: {}", failure.path, failure.message);
                failed += 1;
            }
            Done::Known(files) => same += files,
            Done::End => {}
        }
        Ok(())
    })?;
    writer.finish()?;
    if !arguments.quiet {
        eprintln!("入库 {stored} 份报告，{same} 个文件已在库中，{failed} 个文件无法读取");
    }
    Ok(if failed > 0 { Outcome::Failed } else { Outcome::Clean })
}
