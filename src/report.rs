//! Output: findings and structure as text, JSON, SARIF, HTML and workbook.
//!
//! [`check`] and [`extract`] turn a [`crate::Report`] into plain data ([`json`], [`structure`]); every other format is a
//! rendering of the same data, so no format knows more than another.

mod codes;
pub mod coverage;
pub mod drawn;
pub mod html;
pub mod json;
pub(crate) mod names;
pub mod place;
pub mod sarif;

pub mod structure;
pub mod text;
pub mod xlsx;

mod checked;
mod extracted;

pub use checked::{check, idle_waivers};
pub use extracted::extract;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The words in this language.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
