//! Reports annexed to a report: the self-assessment of one project, or of the department as a whole.

use super::narrative::core;
use super::squeeze;
use crate::document::{BlockKind, Document, Span};

/// An annexed report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its project as printed in its title; `None` is the department.
    pub project: Option<String>,
    /// All that follows its title, up to the next annex or part.
    pub at: Span,
}

/// The annexed reports in reading order.
pub fn annexes(document: &Document) -> Vec<Annex> {
    let mut found: Vec<Annex> = Vec::new();
    let mut open = false;
    let mut title_ends = false;
    let begin = |found: &mut Vec<Annex>, project: Option<String>, block: Span| {
        found.push(Annex { project, at: Span { start: block.end, end: block.end } });
        true
    };
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Table(_)) {
            title_ends = false;
        } else if matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            let text = document.slice(block.span);
            if text.trim().is_empty() {
                continue;
            }
            if title_ends {
                title_ends = false;
                let name = squeeze(text);
                if let Some(name) = name.strip_prefix('（').and_then(|n| n.strip_suffix('）')) {
                    open = begin(&mut found, Some(name.to_owned()), block.span);
                    continue;
                }
            }
            match title(text) {
                Some(Title::Of(project)) => {
                    open = begin(&mut found, project, block.span);
                    continue;
                }
                Some(Title::NextLine) => {
                    (open, title_ends) = (false, true);
                    continue;
                }
                None => {}
            }
            let part = || {
                let label = squeeze(text);
                label.starts_with('第') && label.contains("部分")
            };
            if block.kind == BlockKind::Heading && part() {
                open = false;
            }
        }
        if let Some(last) = found.last_mut().filter(|_| open) {
            last.at.end = last.at.end.max(block.span.end);
        }
    }
    found
}

/// Whose report a title opens.
enum Title {
    /// A project's, or the department's.
    Of(Option<String>),
    /// The project stands on the next line.
    NextLine,
}

/// Whether a line is the title of an annexed report.
fn title(text: &str) -> Option<Title> {
    if !text.contains('告') {
        return None;
    }
    let title = squeeze(text);
    let short = title.chars().count() <= 40;
    let ends = ["绩效自评报告", "绩效评价报告"].iter().find_map(|end| {
        let at = title.rfind(end)?;
        let rest = &title[at + end.len()..];
        (rest.is_empty() || rest.starts_with('（')).then_some((at, rest))
    });
    let (at, rest) = ends.filter(|_| short)?;
    if title.starts_with(|c: char| c.is_ascii_digit() && !title.starts_with("20")) {
        return None;
    }
    let name = rest.trim_start_matches('（').trim_end_matches('）');
    if name.chars().count() >= 2 && !name.contains("年度") && !name.starts_with("附") {
        return Some(Title::Of(Some(name.to_owned())));
    }
    let before = &title[..at];
    if before.contains("整体") {
        return Some(Title::Of(None));
    }
    if core(before).chars().count() >= 4 {
        return Some(Title::Of(Some(before.to_owned())));
    }
    Some(Title::NextLine)
}
