//! Counts and the counts they are made of: `下属单位3个，其中：行政单位1个，其他事业单位2个`.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::fact::{Fact, Measure, Standing};
use crate::number::Number;

/// The sums that lists of counts claim.
pub fn relate(report: &Report) -> Vec<Relation> {
    let counts = |fact: &&Fact| {
        fact.measure == Measure::Count && matches!(fact.standing, Standing::Narrative(_))
    };
    let facts: Vec<&Fact> = report.facts.iter().filter(counts).collect();
    let mut relations = Vec::new();
    for paragraph in facts.chunk_by(|a, b| a.standing == b.standing) {
        for index in 0..paragraph.len() {
            relations.extend(list(report, &paragraph[index..]));
        }
    }
    relations
}

/// The list that the first of these counts opens.
fn list(report: &Report, counts: &[&Fact]) -> Option<Relation> {
    let number = |fact: &Fact| &report.numbers[fact.number as usize];
    let (whole, rest) = counts.split_first()?;
    let unit = &number(whole).unit;
    let opener = between(report, number(whole), number(rest.first()?));
    if !opens(opener) || opener.contains(['。', '；', ';']) || opener.chars().count() > 24 {
        return None;
    }
    let mut parts: Vec<&Fact> = Vec::new();
    let mut depth = 0;
    let mut last = number(whole);
    for fact in rest {
        let own = number(fact);
        let words = between(report, last, own);
        // `。其他事业单位3个` still belongs to the list that has no others yet; any other sentence does not.
        let goes_on = rest_of_all(fact) && !parts.iter().copied().any(rest_of_all);
        let ends = words.contains(['。', '；', ';', '\n']) && !goes_on;
        if ends || (!parts.is_empty() && opens(words)) || own.unit != *unit {
            break;
        }
        last = own;
        for c in words.chars() {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth -= 1,
                _ => {}
            }
        }
        // The bracket of a part lists its own parts; one around the whole list stays open.
        if parts.is_empty() {
            depth = 0;
        }
        match depth {
            0 => parts.push(fact),
            1.. => {}
            _ => break,
        }
    }
    let exact = parts.len() > 1 && parts.last().copied().is_some_and(rest_of_all);
    let mut terms: Vec<Term> = parts.iter().map(|part| Term::plus(part.number)).collect();
    if !exact {
        let value = |term: &Term| report.numbers[term.number as usize].value();
        terms = vec![terms.into_iter().max_by_key(value)?];
    }
    Some(Relation {
        claim: Claim::Sum { total: Term::plus(whole.number), parts: terms, exact },
        check: if exact { "sum/parts_differ_from_total" } else { "sum/part_exceeds_total" },
        ground: Ground::Sentence,
        at: number(whole).span,
        label: super::name(whole),
    })
}

/// Whether a part is all that the others are not.
fn rest_of_all(fact: &Fact) -> bool {
    fact.label.starts_with("其他") || fact.label.starts_with("其余")
}

/// Whether words lead from a count to those it is made of.
fn opens(words: &str) -> bool {
    words.contains("其中") || words.contains("包括")
}

fn between<'r>(report: &'r Report, one: &Number, other: &Number) -> &'r str {
    let span = one.span.end as usize..other.span.start as usize;
    report.document.text.get(span).unwrap_or("")
}
