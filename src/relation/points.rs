//! Rates of two years and the points between them: `到位率95.00%，比上年的93.00%提高2.00个百分点`.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{BlockKind, Span};
use crate::fact::label::noun;
use crate::number::{Kind, Number, NumberId};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// From the second rate to the points.
static MOVED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"^[）)]?(?:相比)?[，,]?(?:同比|比上年|较上年|比去年|较去年)?(?:(?P<up>提高|上升|增加|增长|提升|上涨|高)|(?P<down>下降|降低|减少|回落|下滑|低))了?$",
    )
});
/// From the rate of this year to that of the year before.
static THEN_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"^[，,（(]?(?:比|较|与|同)?(?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?:的|为|是|：)?$",
    )
});
/// From the rate of the year before to that of this year, and what stands before both.
static THEN_NOW: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"^(?:(?:提高|上升|增加|增长|提升|上涨|下降|降低|减少|回落|下滑)(?:到|至|为)|[，,](?:本年|今年|当年|20\d\d年)(?:度)?(?:的|为|是|：)?)$",
    )
});
static FROM_BEFORE: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::own(r"(?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?:的|为|是|：)?$"));
static YEAR: LazyLock<Pattern> = LazyLock::new(|| Pattern::own(r"20\d\d年"));

/// The differences of rates that sentences state.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (id, number) in report.numbers.iter().enumerate() {
        if number.kind == Kind::Points {
            relations.extend(difference(report, id as NumberId));
        }
    }
    relations
}

fn difference(report: &Report, id: NumberId) -> Option<Relation> {
    let document = &report.document;
    let points = &report.numbers[id as usize];
    let block = &document.blocks[document.block_at(points.span.start)? as usize];
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
        return None;
    }
    let dated = |number: &Number| matches!(number.kind, Kind::Year | Kind::Period);
    let mut before = (0..id).rev().filter(|id| !dated(&report.numbers[*id as usize]));
    let (second, first) = (before.next()?, before.next()?);
    let number = |id: NumberId| &report.numbers[id as usize];
    let rate = |id: NumberId| {
        number(id).kind == Kind::Percent && number(id).span.start >= block.span.start
    };
    if !rate(second) || !rate(first) {
        return None;
    }
    let between = |from: u32, to: u32| {
        let words = document.text.get(from as usize..to as usize)?;
        Some(words.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    let lead = between(block.span.start, number(first).span.start)?;
    let lead = lead.rsplit(['，', '。', '；', ';', ',']).next()?.to_owned();
    let middle = between(number(first).span.end, number(second).span.start)?;
    let moved = between(number(second).span.end, points.span.start)?;
    let moved = MOVED.captures(&moved)?;
    let (now, base) = years(&lead, &middle)?;
    let pick = |first_is_it: bool| Term::plus(if first_is_it { first } else { second });
    let span = Span { start: number(first).span.start, end: points.span.end };
    let label = noun(FROM_BEFORE.find(&lead).map_or(&*lead, |range| &lead[..range.start]));
    let label = label.trim_end_matches(['为', '达', '是', '由', '从']);
    Some(Relation {
        claim: Claim::Change {
            now: pick(now),
            base: pick(base),
            change: Term::signed(id, moved.name("down").is_some()),
        },
        check: "change/amount_differs",
        ground: Ground::Sentence,
        at: span,
        label: if label.is_empty() { "比率".to_owned() } else { label.to_owned() },
    })
}

/// Whether the first of two rates is this year's, and whether it is the base, by the words before and between them.
fn years(lead: &str, middle: &str) -> Option<(bool, bool)> {
    let year = |words: &str| YEAR.find_iter(words).last().map(|range| words[range].to_owned());
    match (year(lead), year(middle)) {
        (Some(one), Some(other)) if one == other => None,
        (Some(one), Some(other)) => {
            let plain = THEN_BEFORE.is_match(middle) || THEN_NOW.is_match(middle);
            plain.then_some((one > other, one < other))
        }
        _ if THEN_BEFORE.is_match(middle) && !FROM_BEFORE.is_match(lead) => Some((true, false)),
        _ if THEN_NOW.is_match(middle) && FROM_BEFORE.is_match(lead) => Some((false, true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::years;

    #[test]
    fn words_say_which_rate_is_of_which_year() {
        assert_eq!(years("到位率", "，比上年的"), Some((true, false)));
        assert_eq!(years("到位率由上年的", "提高到"), Some((false, true)));
        assert_eq!(years("2023年为", "，2024年为"), Some((false, true)));
        assert_eq!(years("2024年为", "，2023年为"), Some((true, false)));
        assert_eq!(years("到位率", "，完成率"), None);
    }
}
