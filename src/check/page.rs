//! The manual page of a check: the `//!` lines of its own source file.

/// A manual page, e.g. of `sum/parts_differ_from_total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The first paragraph: one sentence that names the defect.
    pub title: String,
    /// The whole page as Markdown.
    pub markdown: String,
    /// The example report, which fires the check exactly once.
    pub example: String,
    /// What the check rests on (依据), without the word itself; empty if the page names nothing.
    pub authority: String,
}

impl Page {
    /// Reads the `//!` lines at the top of a source file.
    pub fn parse(source: &str) -> Self {
        let mut markdown = String::new();
        for line in source.lines() {
            let Some(text) = line.trim_start().strip_prefix("//!") else { break };
            markdown.push_str(text.strip_prefix(' ').unwrap_or(text).trim_end());
            markdown.push('\n');
        }
        let title = markdown.split("\n\n").next().unwrap_or("").replace('\n', "");
        let example = fenced(&markdown, "report").into_iter().next().unwrap_or_default();
        // A tab that ends a line, as chart caches have it, would be lost in a comment.
        let example = example.replace('⇥', "\t");
        let authority = markdown
            .lines()
            .find_map(|line| line.strip_prefix("依据："))
            .unwrap_or("")
            .trim()
            .to_string();
        Self { title: title.trim().to_string(), markdown, example, authority }
    }
}

/// The contents of all ```` ```kind ```` blocks of a Markdown page.
pub fn fenced(markdown: &str, kind: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in markdown.lines() {
        match (&mut open, line.trim_end().strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.trim() == kind, String::new())),
            (Some(_), Some("")) => {
                if let Some((true, text)) = open.take() {
                    blocks.push(text);
                }
                open = None;
            }
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_title_example_and_authority() {
        let page = Page::parse(
            "//! 标点重复。\n//!\n//! 为什么。\n//!\n//! ```report\n//! 收入。。\n//! ```\n//!\n//! 依据：GB/T 15834。\n\nuse x;\n//! not this\n",
        );
        assert_eq!(page.title, "标点重复。");
        assert_eq!(page.example, "收入。。\n");
        assert_eq!(page.authority, "GB/T 15834。");
        assert!(!page.markdown.contains("not this"));
    }
}
