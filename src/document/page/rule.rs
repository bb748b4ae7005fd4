//! Ruling lines made straight: what was drawn in pieces, twice or a hair apart becomes one line.
//!
//! Snapping and joining follow the published algorithm of pdfplumber.

use super::Rule;

/// Parallel lines closer than this are one line (double rules, both edges of a thick one).
pub(super) const SNAP: f32 = 3.0;
/// Pieces of a line closer than this are joined.
const JOIN: f32 = 3.0;
/// More lines than any table of one page has; beyond it only the longest count (drawings).
const MOST: usize = 4000;

/// Straight lines of a page: horizontal ones from top to bottom, vertical ones from left to right.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Rules {
    /// Sorted by height, then by where they begin.
    pub horizontal: Vec<Rule>,
    /// Sorted by x, then by where they begin.
    pub vertical: Vec<Rule>,
}

/// Snaps and joins the rules of a page.
pub(super) fn straighten(rules: &[Rule]) -> Rules {
    let of = |horizontal| {
        let rules = rules.iter().filter(|rule| rule.horizontal == horizontal);
        longest(join(snap(rules.copied().collect())))
    };
    Rules { horizontal: of(true), vertical: of(false) }
}

/// Gives lines that are nearly at one place the same place.
fn snap(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut start = 0;
    while start < rules.len() {
        let mut end = start + 1;
        while end < rules.len()
            && rules[end].at - rules[end - 1].at <= SNAP
            && rules[end].at - rules[start].at <= 2.0 * SNAP
        {
            end += 1;
        }
        let length: f32 = rules[start..end].iter().map(|rule| rule.to - rule.from).sum();
        let moment: f32 =
            rules[start..end].iter().map(|rule| rule.at * (rule.to - rule.from)).sum();
        if length > 0.0 {
            let at = moment / length;
            rules[start..end].iter_mut().for_each(|rule| rule.at = at);
        }
        start = end;
    }
    rules
}

/// Joins lines at one place that touch or overlap.
fn join(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut joined: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules {
        match joined.last_mut() {
            Some(last) if last.at == rule.at && rule.from - last.to <= JOIN => {
                last.to = last.to.max(rule.to);
            }
            _ => joined.push(rule),
        }
    }
    joined.retain(|rule| rule.to - rule.from > SNAP);
    joined
}

fn longest(mut rules: Vec<Rule>) -> Vec<Rule> {
    if rules.len() > MOST {
        let mut lengths: Vec<f32> = rules.iter().map(|rule| rule.to - rule.from).collect();
        lengths.sort_by(|a, b| b.total_cmp(a));
        let least = lengths[MOST];
        rules.retain(|rule| rule.to - rule.from > least);
    }
    rules
}
