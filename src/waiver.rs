//! 豁免未对应任何问题。
//!
//! 豁免说明“此处已看过，不改”。报告改正后，豁免应删去，否则日后同样的错误会被它掩盖。
//!
//! ```waivers
//! [[waiver]]
//! check  = "sum/parts_differ_from_total"
//! quote  = "收入合计100.00万元"
//! reason = "上级下达的口径如此，见某号文"
//! ```
//!
//! 依据：豁免文件的约定：每条豁免对应至少一处问题。

use crate::check::{Check, Run};
use crate::document::Span;
use crate::error::{Error, Result};
use crate::finding::Severity;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// A waiver that matches nothing is itself reported; this is its manual page.
pub const CHECK: Check = Check {
    name: "waiver/matches_nothing",
    severity: Severity::Warning,
    summary_en: "a waiver matches no finding",
    source: include_str!("waiver.rs"),
    run: Run::Report(|_| Vec::new()),
};

/// A decision to leave a finding as it is, with its reason.
#[derive(Debug)]
pub struct Waiver {
    /// The finding's fingerprint, or empty.
    pub fingerprint: String,
    /// The check's name or family, or empty.
    pub check: String,
    /// Words of the finding's quote, compared without blanks; or empty.
    pub quote: String,
    /// Why.
    pub reason: String,
    /// Where it stands in its file.
    pub at: Span,
    used: AtomicBool,
}

impl Waiver {
    /// What it is for, in one line: `completion 公务接待`, or a fingerprint.
    pub fn describes(&self) -> String {
        let words = [&self.fingerprint, &self.check, &self.quote].map(String::as_str);
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// The waivers of one file.
#[derive(Debug, Default)]
pub struct Waivers {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Its waivers in order.
    pub waivers: Vec<Waiver>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    waiver: Vec<toml::Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    check: String,
    #[serde(default)]
    quote: String,
    reason: String,
}

impl Waivers {
    /// Reads a file of `[[waiver]]` entries.
    ///
    /// # Errors
    /// The file is no valid TOML, or an entry lacks its reason or says neither `fingerprint` nor `check` and `quote`.
    pub fn parse(path: &Path, text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| {
            let place = error.span().map_or(0, |span| span.start);
            Error::new(path, error.message()).at(line(text, place))
        })?;
        let mut waivers = Vec::with_capacity(file.waiver.len());
        for entry in file.waiver {
            let range = entry.span();
            let entry = entry.into_inner();
            let named = !entry.check.is_empty() && !entry.quote.trim().is_empty();
            let why = match () {
                () if entry.reason.trim().is_empty() => "a waiver needs a reason",
                () if entry.fingerprint.is_empty() && !named => {
                    "a waiver needs a fingerprint, or a check and a quote"
                }
                () => "",
            };
            if !why.is_empty() {
                return Err(Error::new(path, why).at(line(text, range.start)));
            }
            waivers.push(Waiver {
                fingerprint: entry.fingerprint,
                check: entry.check,
                quote: squeeze(&entry.quote),
                reason: entry.reason,
                at: Span::new(range.start, range.end.min(text.len())),
                used: AtomicBool::new(false),
            });
        }
        Ok(Self { path: path.to_path_buf(), text: text.to_string(), waivers })
    }

    /// The reason why the finding of this check, quote and fingerprint is waived, if it is.
    pub fn reason(&self, check: &str, quote: &str, fingerprint: &str) -> Option<&str> {
        let quote = squeeze(quote);
        let mut reason = None;
        for waiver in &self.waivers {
            if waiver.matches(check, &quote, fingerprint) {
                waiver.used.store(true, Ordering::Relaxed);
                reason = reason.or(Some(waiver.reason.as_str()));
            }
        }
        reason
    }

    /// The waivers that matched nothing so far.
    pub fn idle(&self) -> impl Iterator<Item = &Waiver> {
        self.waivers.iter().filter(|waiver| !waiver.used.load(Ordering::Relaxed))
    }
}

impl Waiver {
    fn matches(&self, check: &str, quote: &str, fingerprint: &str) -> bool {
        if !self.fingerprint.is_empty() {
            return self.fingerprint == fingerprint;
        }
        let rest = check.strip_prefix(self.check.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            && quote.contains(&self.quote)
    }
}

fn squeeze(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

fn line(text: &str, at: usize) -> String {
    let before = text.as_bytes().iter().take(at);
    format!("line {}", before.filter(|byte| **byte == b'\n').count() + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const FILE: &str = "[[waiver]]\nfingerprint = \"ab\"\nreason = \"seen\"\n\n\
                        [[waiver]]\ncheck = \"sum\"\nquote = \"收入 合计\"\nreason = \"口径\"\n";

    #[test]
    fn waives_by_fingerprint_or_by_words() {
        let waivers = Waivers::parse(Path::new("w.toml"), FILE).unwrap();
        assert_eq!(waivers.reason("share/x", "", "ab"), Some("seen"));
        assert_eq!(waivers.reason("sum/x", "收入合计 9", "cd"), Some("口径"));
        assert_eq!(waivers.reason("summary/x", "收入合计 9", "cd"), None);
        assert_eq!(waivers.idle().count(), 0);
    }

    #[test]
    fn a_waiver_without_reason_or_without_aim_is_an_error_with_its_line() {
        let error =
            Waivers::parse(Path::new("w.toml"), "\n[[waiver]]\ncheck = \"sum\"\nquote = \"a\"\n");
        assert!(error.unwrap_err().to_string().contains("line 2"));
        let error =
            Waivers::parse(Path::new("w.toml"), "[[waiver]]\ncheck = \"sum\"\nreason = \"x\"\n");
        assert!(error.unwrap_err().to_string().contains("needs a fingerprint"));
    }
}
