//! `gouji models`: the networks that read scanned pages.

use super::{Failure, Outcome};
use clap::Subcommand;
use gouji::ocr::models::{self, MODELS};
use std::fmt::Write as _;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Take the models from the wheel of rapidocr 3.10.0, or from a folder or file that holds them
    Add {
        /// The wheel, folder or file
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Show which models there are and where they lie
    List,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let folder = models::folder().ok_or("no folder for models: HOME is not set")?;
    let mut text = String::new();
    let mut outcome = Outcome::Clean;
    match &arguments.action {
        Action::Add { paths } => {
            for path in paths {
                for model in models::add(path, &folder)? {
                    writeln!(text, "{}  {}", folder.join(model.file).display(), model.task)?;
                }
            }
        }
        Action::List => {
            for model in MODELS {
                let state = match models::verify(&model, &folder)? {
                    Some(true) => "可用 (ready)",
                    Some(false) => "内容不符 (another file)",
                    None => "没有 (missing)",
                };
                if state != "可用 (ready)" {
                    outcome = Outcome::Failed;
                }
                let path = folder.join(model.file);
                writeln!(text, "{}  {}  {state}", path.display(), model.task)?;
            }
        }
    }
    if models::installed(&folder).is_none() {
        writeln!(text, "要识别扫描页，请运行 (to read scanned pages, run): {}", models::HOW)?;
    }
    super::output::write(text.as_bytes(), None)?;
    Ok(outcome)
}
