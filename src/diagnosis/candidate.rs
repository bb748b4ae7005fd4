//! What a figure would have to be, and whether that is believable.

use super::graph::Graph;
use super::past::Past;
use super::slip::{neighbours, slip};
use super::{Print, Reason};
use crate::Report;
use crate::number::{Kind, NumberId, Range, Reading};
use crate::relation::evaluate::Figures;
use crate::relation::solve::solve;
use crate::relation::{Claim, Ground, Relation};
use rust_decimal::Decimal;

/// More printed values than this would satisfy the relation: it does not say which.
const FEW: i64 = 4;

/// A repair to try: every mention of a figure replaced.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The figure.
    pub figure: NumberId,
    /// The mention of it that the relation names; what to print is said in its unit.
    pub number: NumberId,
    /// What each mention would stand for.
    pub ranges: Vec<(NumberId, Range)>,
    /// What should be printed; `None` where many values would do.
    pub print: Option<Print>,
    /// Why it is believable.
    pub reason: Reason,
    /// How much that speaks for it.
    pub weight: u8,
}

/// How much a reason speaks for a repair: a slip of the hand or a figure printed elsewhere is no chance. One digit off
/// by one is: miscounting gives it as well.
fn weight(reason: Reason, print: Option<Print>, printed: Decimal) -> u8 {
    match (reason, print) {
        (Reason::Solved, _) => 0,
        (Reason::SaidElsewhere(_), _) => 1,
        (Reason::Digit, Some(Print::Value(right))) => {
            let off = right.checked_sub(printed).unwrap_or_default().normalize().mantissa();
            let by_one = off.unsigned_abs().to_string().trim_end_matches('0') == "1";
            if by_one { 0 } else { 2 }
        }
        _ => 2,
    }
}

/// The repairs of one figure that make `relation` hold.
pub(super) fn candidates(
    report: &Report,
    graph: &Graph,
    past: &Past<'_>,
    figures: &Figures<'_>,
    relation: &Relation,
    number: NumberId,
) -> Vec<Candidate> {
    // 本年度无政府性基金预算支出, and a figure: as likely the words were left standing.
    if relation.ground == Ground::Sentence
        && matches!(&relation.claim, Claim::Sum { parts, .. } if parts.is_empty())
    {
        return Vec::new();
    }
    let Some(wanted) = solve(&relation.claim, number, figures) else { return Vec::new() };
    let Some(own) = figures.of(number) else { return Vec::new() };
    // 比上年增加24.50万元: what is said to differ is no nought.
    let said_to_change = is_directed(&relation.claim, number) && !own.holds(Decimal::ZERO);
    if said_to_change && wanted.holds(Decimal::ZERO) {
        return Vec::new();
    }
    let figure = graph.figure(number);
    let mentions = graph.mentions(figure);
    let printed = &report.numbers[number as usize];
    let Reading::Quantity { value, quantum } = printed.reading else { return Vec::new() };
    let make = |print: Option<Print>, range: Range, reason: Reason| Candidate {
        figure,
        number,
        ranges: mentions.iter().map(|mention| (*mention, range)).collect(),
        print,
        reason,
        weight: weight(reason, print, value),
    };
    let factor = printed.factor;
    let mut found = Vec::new();
    if wanted.high < Decimal::ZERO && own.low >= Decimal::ZERO {
        let opposite = Range { low: -wanted.high, high: -wanted.low };
        if opposite.meets(own) && is_directed(&relation.claim, number) {
            let turned = Range { low: -own.high, high: -own.low };
            found.push(make(Some(Print::Opposite), turned, Reason::Direction));
        }
        return found;
    }
    // Nought is nought in any unit.
    if printed.kind == Kind::Amount && !own.holds(Decimal::ZERO) && !wanted.holds(Decimal::ZERO) {
        found.extend(
            unit(own, factor, wanted)
                .map(|(name, range)| make(Some(Print::Unit(name)), range, Reason::Unit)),
        );
    }
    let scaled = |value: Decimal| {
        let half = quantum.checked_mul(factor)?.checked_div(Decimal::TWO)?;
        Range::around(value.checked_mul(factor)?, half)
    };
    let meets = |value: &Decimal| scaled(*value).is_some_and(|range| range.meets(wanted));
    // What meets the wanted range lies in it, give or take what was rounded.
    let within = || {
        let low = wanted.low.checked_div(factor)?.checked_sub(quantum)?;
        Some((low, wanted.high.checked_div(factor)?.checked_add(quantum)?))
    };
    let within = || within().unwrap_or((Decimal::MIN, Decimal::MAX));
    let standing = past.is_left_standing(number, figures)
        || past.is_share_of_last_year(&relation.claim, figures);
    let said = || said_elsewhere(report, graph, figures, number, wanted);
    let decimals = printed.decimals;
    if is_few(wanted, factor, quantum) {
        let middle = wanted.low.checked_add(wanted.high).and_then(|sum| sum.checked_div(2.into()));
        let middle = middle.and_then(|middle| middle.checked_div(factor));
        let near = neighbours(value, decimals, within());
        // Of several that would do, the one that leans least on what was rounded. One off in the last place is rounding itself.
        let off = |value: &Decimal| (*value - middle.unwrap_or(*value)).abs();
        let fits = |right: &Decimal| {
            meets(right) && right.scale() <= decimals && (*right - value).abs() != quantum
        };
        let slipped = near.iter().copied().filter(fits).min_by_key(off);
        let twin = match (&relation.claim, said()) {
            // The other mention as it is printed: 6143.52, not 6144 for a printed 0.
            (Claim::Equal { .. }, Some(Reason::SaidElsewhere(other))) if decimals == 0 => {
                let other = &report.numbers[other as usize];
                other.value().filter(|_| other.factor == factor)
            }
            _ => None,
        };
        let solved = middle.map(|middle| middle.round_dp(decimals));
        let right = slipped.or(twin).or(solved);
        if let Some(right) = right.filter(|right| meets(right))
            && let Some(range) = scaled(right)
        {
            let reason = match () {
                () if standing => Reason::LastYear,
                () => slip(value, right, decimals).or_else(said).unwrap_or(Reason::Solved),
            };
            found.push(make(Some(Print::Value(right)), range, reason));
        }
        return found;
    }
    let near: Vec<Decimal> = neighbours(value, decimals, within())
        .into_iter()
        .filter(|value| value.scale() <= decimals && meets(value))
        .collect();
    if let [right] = near.as_slice()
        && let Some(range) = scaled(*right)
    {
        let reason = slip(value, *right, decimals).unwrap_or(Reason::Solved);
        found.push(make(Some(Print::Value(*right)), range, reason));
    } else {
        // Several slips would do: as good a story as one slip elsewhere, without saying what should stand there.
        let slips = near.first().and_then(|right| slip(value, *right, decimals));
        let reason = if standing { Reason::LastYear } else { slips.unwrap_or(Reason::Solved) };
        found.push(make(None, wanted, reason));
    }
    found
}

/// Whether the number is said with a word for more or less.
fn is_directed(claim: &Claim, number: NumberId) -> bool {
    match claim {
        Claim::Change { change, .. } => change.number == number,
        Claim::Rate { change, rate, .. } => {
            rate.number == number || change.is_some_and(|change| change.number == number)
        }
        _ => false,
    }
}

/// The unit in which the printed digits would be right.
fn unit(own: Range, factor: Decimal, wanted: Range) -> Option<(&'static str, Range)> {
    const UNITS: [(&str, i64); 4] =
        [("元", 1), ("千元", 1_000), ("万元", 10_000), ("亿元", 100_000_000)];
    UNITS.iter().find_map(|(name, other)| {
        let other = Decimal::from(*other);
        if other == factor {
            return None;
        }
        let by = other.checked_div(factor)?;
        let range = own.times(Range::exact(by))?;
        range.meets(wanted).then_some((*name, range))
    })
}

/// Whether few printed values would do.
fn is_few(wanted: Range, factor: Decimal, quantum: Decimal) -> bool {
    let width = wanted.high.checked_sub(wanted.low);
    let step = quantum.checked_mul(factor);
    match (width, step) {
        (Some(width), Some(step)) => step.checked_mul(FEW.into()).is_some_and(|few| width <= few),
        _ => false,
    }
}

/// Another mention of the same fact that is what is wanted.
fn said_elsewhere(
    report: &Report,
    graph: &Graph,
    figures: &Figures<'_>,
    number: NumberId,
    wanted: Range,
) -> Option<Reason> {
    let figure = graph.figure(number);
    graph.relations(figure).iter().find_map(|id| {
        let Claim::Equal { one, other } = report.relations[*id].claim else { return None };
        let other = if graph.figure(one.number) == figure { other } else { one };
        let same = graph.figure(other.number) != figure;
        let range = figures.of(other.number)?;
        (same && range.meets(wanted)).then_some(Reason::SaidElsewhere(other.number))
    })
}
