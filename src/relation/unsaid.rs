//! The whole of a share that its paragraph only names: `基本支出预算12408.16万元，占本年支出预算83.31%`, the spending itself
//! being said a paragraph before or shown in a table.

use super::echo;
use crate::Report;
use crate::fact::{Fact, Fund, Measure};
use crate::number::NumberId;
use crate::relation::evaluate::{Percentage, percentage};

/// Figures bound with less certainty than this prove nothing.
const CERTAIN: u8 = 60;

/// What all spending of a year is called after 占.
const ALL: [&str; 9] = [
    "本年支出",
    "当年支出",
    "全年支出",
    "年度支出",
    "总支出",
    "支出总",
    "支出合计",
    "支出预算",
    "部门支出",
];

/// The printed figure that a share of all spending is of: with or without what is carried over, whichever fits; where
/// neither does, the one that is basic and project spending together.
pub(super) fn whole(report: &Report, part: &Fact, share: &Fact) -> Option<NumberId> {
    if !matches!(&*part.indicator, "expenditure/basic" | "expenditure/project") {
        return None;
    }
    let span = |id: NumberId| report.numbers[id as usize].span;
    let between = span(part.number).end as usize..span(share.number).start as usize;
    let words = report.document.text.get(between)?;
    let (_, name) = words.rsplit_once('占')?;
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    if words.contains(['。', '；', ';']) || !ALL.iter().any(|all| name.starts_with(all)) {
        return None;
    }
    let money = |fact: &Fact| fact.fund.unwrap_or(Fund::All);
    let alike = |fact: &Fact| {
        fact.measure == Measure::Level
            && fact.certainty >= CERTAIN
            && (fact.basis, fact.year, &fact.entity) == (part.basis, part.year, &part.entity)
            && money(fact) == money(part)
            && !echo::is_of_less(report, fact)
    };
    let all = |fact: &&Fact| {
        matches!(&*fact.indicator, "expenditure/this_year" | "expenditure/total") && alike(fact)
    };
    let range = |id: NumberId| report.numbers[id as usize].range();
    let fits = |whole: &NumberId| {
        let ratio = percentage(range(part.number)?, range(*whole)?)?;
        let printed = range(share.number)?;
        Some(matches!(ratio, Percentage::Within(ratio) if ratio.meets(printed)))
    };
    let found = || report.facts.iter().filter(all).map(|fact| fact.number);
    if let Some(whole) = found().find(|whole| fits(whole) == Some(true)) {
        return Some(whole);
    }
    let other = match &*part.indicator {
        "expenditure/basic" => "expenditure/project",
        _ => "expenditure/basic",
    };
    let half = |fact: &&Fact| &*fact.indicator == other && alike(fact);
    // With what is carried over to the next year the total is more than is spent.
    let both = |whole: &NumberId| {
        report.facts.iter().filter(half).any(|half| {
            let sum = range(half.number).and_then(|half| range(part.number)?.plus(half));
            matches!((sum, range(*whole)), (Some(sum), Some(whole)) if sum.meets(whole))
        })
    };
    found().find(both)
}
