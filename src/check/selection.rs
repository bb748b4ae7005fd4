//! Which checks run: `--select sum,share/of_wrong_total --ignore form`.

use super::{Check, registry};

/// A choice of checks by name or family; without a choice all run.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// Takes the checks of `select` (all if empty) except those of `ignore`.
    ///
    /// # Errors
    /// A word names neither a check nor a family; the message names the nearest ones.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, String> {
        for word in select.iter().chain(ignore) {
            if !all().any(|check| covers(word, check.name)) {
                return Err(unknown(word));
            }
        }
        Ok(Self { select: select.to_vec(), ignore: ignore.to_vec() })
    }

    /// Whether the check of this name runs.
    pub fn takes(&self, name: &str) -> bool {
        (self.select.is_empty() || self.select.iter().any(|word| covers(word, name)))
            && !self.ignore.iter().any(|word| covers(word, name))
    }

    /// Whether every check runs.
    pub fn is_all(&self) -> bool {
        self.select.is_empty() && self.ignore.is_empty()
    }
}

/// Every check that has a manual page: the registry, the checks over many reports, and what is checked about the
/// waivers themselves.
pub fn all() -> impl Iterator<Item = &'static Check> {
    let many = crate::corpus::check::PAGES;
    registry().iter().chain(many).chain(std::iter::once(&crate::waiver::CHECK))
}

/// Says that no check or family is called `word`, and which ones come close.
pub fn unknown(word: &str) -> String {
    let mut near: Vec<&str> = all()
        .map(|check| check.name)
        .filter(|name| {
            name.split(['/', '_']).any(|part| part.len() > 2 && word.contains(part))
                || name.contains(word)
        })
        .collect();
    near.truncate(5);
    match near.is_empty() {
        true => format!("no check or family is called `{word}`; `gouji explain` lists them"),
        false => {
            format!("no check or family is called `{word}`; did you mean {}?", near.join(", "))
        }
    }
}

fn covers(word: &str, name: &str) -> bool {
    name == word || name.strip_prefix(word).is_some_and(|rest| rest.starts_with('/'))
}
