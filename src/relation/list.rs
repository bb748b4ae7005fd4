//! Wholes and the parts listed after them.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::BlockKind;
use crate::fact::{Completeness, Fact, FactId, Listing, Measure};
use crate::number::Range;
use crate::relation::identity::identities;
use rust_decimal::Decimal;

/// The sums that lists claim.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    for list in &report.lists {
        relations.extend(sum(report, list));
    }
    relations
}

fn sum(report: &Report, list: &Listing) -> Option<Relation> {
    let fact = |id: FactId| &report.facts[id as usize];
    let whole = fact(list.whole);
    if whole.measure != Measure::Level || whole.certainty < 60 || list.parts.is_empty() {
        return None;
    }
    let parts: Vec<&Fact> = list.parts.iter().map(|id| fact(*id)).collect();
    let alike = |part: &&Fact| {
        part.basis == whole.basis && part.year == whole.year && part.entity == whole.entity
    };
    if !parts.iter().all(alike) || parts.iter().any(|part| part.number == whole.number) {
        return None;
    }
    if parts.iter().any(|part| is_foreign(whole, part)) {
        return None;
    }
    let inner = report.lists.iter().any(|inner| inner.nested && list.parts.contains(&inner.whole));
    let mut names: Vec<&str> = parts.iter().map(|part| &*part.indicator).collect();
    names.sort_unstable();
    let distinct = names.windows(2).all(|pair| pair[0] != pair[1]);
    let apart = distinct && !inner && !list.nested && are_classes(whole, &names);
    let mut exact = distinct && complete(report, list, whole, &names, &parts) && !inner;
    let mut terms: Vec<Term> = parts.iter().map(|part| Term::plus(part.number)).collect();
    if list.nested && !exact {
        // Where an inner list ends is not certain: its first item belongs to it.
        terms.truncate(1);
    }
    if terms.len() < 2 {
        exact = false;
    }
    if list.itemised {
        // The paragraph that opens the list may name several figures; its first is what the items make up.
        let first = report
            .facts
            .iter()
            .find(|fact| fact.standing == whole.standing && fact.measure == Measure::Level);
        let value = |fact: &Fact| report.numbers[fact.number as usize].base();
        if first.is_some_and(|first| value(first) != value(whole) && first.basis == whole.basis) {
            return None;
        }
    }
    if !exact && !apart {
        // 其中 may name a part and its own parts one after the other: only a single part proves anything.
        let value = |term: &Term| report.numbers[term.number as usize].base();
        let most = terms.iter().copied().max_by_key(value)?;
        terms = vec![most];
    }
    Some(Relation {
        claim: Claim::Sum { total: Term::plus(whole.number), parts: terms, exact },
        check: if exact { "sum/parts_differ_from_total" } else { "sum/part_exceeds_total" },
        ground: Ground::Sentence,
        at: report.numbers[whole.number as usize].span,
        label: super::name(whole),
    })
}

/// Whether `part` cannot be a part of `whole`: both are parts of one indicator by the form, or of another kind of money
/// altogether (会议费 after 公务接待费). The list then was not understood.
fn is_foreign(whole: &Fact, part: &Fact) -> bool {
    let (one, other) = (&*whole.indicator, &*part.indicator);
    let listed = |parts: &[String], name: &str| parts.iter().any(|part| part == name);
    let sisters = identities()
        .sums
        .iter()
        .any(|identity| listed(&identity.parts, one) && listed(&identity.parts, other));
    let family = |name: &str| name.split('/').next().unwrap_or("").to_string();
    let closed = ["three_public", "meeting", "training", "operation", "procurement"];
    let (own, its) = (family(one), family(other));
    sisters
        || own != its && its != "label" && closed.iter().any(|name| *name == own || *name == its)
}

/// Whether the parts are all there can be: the words say so, or the form does.
fn complete(
    report: &Report,
    list: &Listing,
    whole: &Fact,
    names: &[&str],
    parts: &[&Fact],
) -> bool {
    let by_form = identities().sums.iter().any(|identity| {
        identity.fits(whole)
            && names.iter().all(|name| identity.parts.iter().any(|part| part == name))
    });
    if names.len() >= 2 && (by_form || with_balances(whole, names)) {
        return true;
    }
    // Spending by function: classes, groups or items of one level make up the spending, unless 其中 says that they are some.
    if are_classes(whole, names) {
        let some = list.completeness == Completeness::AtMost
            && report.document.slice(list.at).contains("其中")
            && !shares_make_up_all(report, list);
        return if list.itemised { is_whole(report, list) } else { !some };
    }
    if list.itemised {
        // 具体包括：1.…；2.…: all of it, if no number is left out; 其中：基本支出…，占60%；项目支出…，占40%。 in paragraphs of their own.
        let whole = list.completeness == Completeness::Exact && is_numbered(report, list);
        return whole
            || is_parted(report, list)
                && (list.completeness == Completeness::Exact || shares_make_up_all(report, list));
    }
    if trails_off(report, parts) || is_cut_off(report, list) {
        return false;
    }
    list.completeness == Completeness::Exact || shares_make_up_all(report, list)
}

/// Whether all parts are classes, groups or items of one level of the spending by function: no figure is in two of them.
fn are_classes(whole: &Fact, names: &[&str]) -> bool {
    let levels: Vec<usize> = names
        .iter()
        .filter_map(|name| name.strip_prefix("function/"))
        .map(|code| if code.bytes().all(|b| b.is_ascii_digit()) { code.len() } else { 7 })
        .collect();
    levels.len() == names.len()
        && levels.windows(2).all(|pair| pair[0] == pair[1])
        && whole.indicator.starts_with("expenditure/")
        && names.len() >= 2
}

/// 支出总计 = 基本支出 + 项目支出 + 年终结转结余: the parts of this year's total beside what is carried over.
fn with_balances(whole: &Fact, names: &[&str]) -> bool {
    let sums = || identities().sums.iter();
    let listed = |parts: &[String], name: &str| parts.iter().any(|part| part == name);
    sums().filter(|total| *total.whole == *whole.indicator).any(|total| {
        sums().filter(|year| year.complete && listed(&total.parts, &year.whole)).any(|year| {
            let (own, beside): (Vec<&str>, Vec<&str>) =
                names.iter().partition(|name| listed(&year.parts, name));
            own.len() > 1
                && !beside.is_empty()
                && beside.iter().all(|name| *name != year.whole && listed(&total.parts, name))
        })
    })
}

/// Whether the items of a list are paragraphs one after the other, parted by `；` and closed by `。`.
fn is_parted(report: &Report, list: &Listing) -> bool {
    let document = &report.document;
    let block = |part: &FactId| {
        document.block_at(report.numbers[report.facts[*part as usize].number as usize].span.start)
    };
    let Some(blocks) = list.parts.iter().map(block).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let told =
        |id: u32| document.blocks.get(id as usize).filter(|b| b.kind != BlockKind::Furniture);
    let opener = document.block_at(list.at.start);
    let close = |one: u32, other: u32| one < other && (one + 1..other).all(|id| told(id).is_none());
    let text = |id: &u32| told(*id).map_or("", |block| document.slice(block.span).trim_end());
    let follows = opener.zip(blocks.first().copied()).is_some_and(|(a, b)| close(a, b))
        && blocks.windows(2).all(|pair| close(pair[0], pair[1]));
    follows
        && blocks.split_last().is_some_and(|(last, rest)| {
            text(last).ends_with('。') && rest.iter().all(|id| text(id).ends_with(['；', ';']))
        })
}

/// Whether every item of a list is a numbered paragraph, and none of the numbers is left out.
fn is_numbered(report: &Report, list: &Listing) -> bool {
    let document = &report.document;
    let numbered = |part: &FactId| {
        let number = &report.numbers[report.facts[*part as usize].number as usize];
        let block = document.block_at(number.span.start)?;
        ordinal(document.slice(document.blocks.get(block as usize)?.span))
    };
    list.parts.iter().all(|part| numbered(part).is_some()) && is_whole(report, list)
}

/// Whether the numbered items of a list run from 1 without a gap, and no next one stands after the last.
pub(super) fn is_whole(report: &Report, list: &Listing) -> bool {
    let document = &report.document;
    let block = |part: &FactId| {
        let number = &report.numbers[report.facts[*part as usize].number as usize];
        document.block_at(number.span.start)
    };
    let label = |block: u32| ordinal(document.slice(document.blocks.get(block as usize)?.span));
    let Some(blocks) = list.parts.iter().map(block).collect::<Option<Vec<u32>>>() else {
        return false;
    };
    let labels: Vec<Option<u32>> = blocks.iter().map(|block| label(*block)).collect();
    if labels.iter().all(Option::is_none) {
        return true;
    }
    // Items without a number stand right under the numbered one they belong to.
    let under = |pair: (&[u32], &[Option<u32>])| match pair {
        ([a, b], [_, None]) => b.abs_diff(*a) <= 1,
        _ => true,
    };
    let close = labels[0].is_some() && blocks.windows(2).zip(labels.windows(2)).all(under);
    let numbered: Vec<u32> = labels.into_iter().flatten().collect();
    let count = numbered.len() as u32;
    let last = blocks.last().copied().unwrap_or_default();
    close
        && numbered.into_iter().eq(1..=count)
        && (last + 1..last + 8).all(|next| label(next) != Some(count + 1))
}

/// The number a paragraph begins with: 12 of `12.卫生健康支出`, `（12）…`.
fn ordinal(text: &str) -> Option<u32> {
    let text = text.trim_start().trim_start_matches(['（', '(']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = text[digits..].chars().next()?;
    (digits > 0 && digits < 4 && !after.is_alphanumeric() && after != '%')
        .then(|| text[..digits].parse().ok())
        .flatten()
}

/// Whether the paragraph of the list goes on elsewhere: `；` or no mark at its end.
fn is_cut_off(report: &Report, list: &Listing) -> bool {
    let Some(block) = report.document.block_at(list.at.start) else { return true };
    let text = report.document.slice(report.document.blocks[block as usize].span).trim_end();
    !text.ends_with(['。', '.', '）', ')', '!', '！'])
        && text.ends_with(['；', ';', '，', ',', '、', '：', ':'])
}

/// Whether the shares printed beside the parts make up 100 %: then the parts are all of the whole.
fn shares_make_up_all(report: &Report, list: &Listing) -> bool {
    let figures = |measure: Measure, part: FactId| {
        report.facts.iter().filter(move |fact| fact.measure == measure && fact.of == Some(part))
    };
    let mut all = Range::exact(Decimal::ZERO);
    for part in &list.parts {
        let mut own =
            figures(Measure::Share, *part).filter(|fact| fact.against == Some(list.whole));
        let range = own.next().and_then(|share| report.numbers[share.number as usize].range());
        let Some(sum) = range.and_then(|range| all.plus(range)) else { return false };
        all = sum;
    }
    list.parts.len() > 1 && all.holds(Decimal::ONE_HUNDRED)
}

/// Whether `等` follows the last part.
fn trails_off(report: &Report, parts: &[&Fact]) -> bool {
    let Some(last) = parts.last() else { return true };
    let after = report.numbers[last.number as usize].span.end as usize;
    let tail: String = report.document.text[after..].chars().take(12).collect();
    tail.split(['。', '；', ';', '\n']).next().unwrap_or("").contains('等')
}
