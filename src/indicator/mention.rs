//! Where the narrative speaks of an indicator by the name its table gives it.

use crate::document::Span;
use crate::number::{Number, NumberId};

/// The figures of clauses that name the indicator: `邀请专家` in `邀请20位以上湿地领域专家参会`.
pub fn mentions<'a>(
    report: &'a crate::Report,
    at: Span,
    name: &[char],
) -> Vec<(NumberId, &'a str)> {
    let text = &report.document.text;
    let first = report.numbers.partition_point(|number| number.span.start < at.start);
    let inside = report.numbers[first..].iter().take_while(|number| number.span.end <= at.end);
    let mark = ['，', '。', '；', ';', '：', '、', '\n'];
    let clause = |number: &Number| {
        let (from, to) = (number.span.start as usize, number.span.end as usize);
        let before = &text[at.start as usize..from];
        let after = &text[to..at.end as usize];
        let begin = before
            .rfind(mark)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let end = after.find(mark).unwrap_or(after.len());
        &text[at.start as usize + begin..to + end]
    };
    inside
        .enumerate()
        .map(|(index, number)| ((first + index) as NumberId, clause(number)))
        .filter(|(_, clause)| names(clause, name))
        .collect()
}

/// Whether a clause has the two halves of a name, in order.
fn names(clause: &str, name: &[char]) -> bool {
    let (verb, noun): (String, String) = (name[..2].iter().collect(), name[2..].iter().collect());
    clause.find(&verb).is_some_and(|at| clause[at + verb.len()..].contains(&noun))
}
