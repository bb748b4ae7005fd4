//! Shares of one whole that is not printed: `因公出国（境）费支出7.00万元，占“三公”经费的14.29%；…`, and slices of a chart.
//!
//! Where the form says that the parts are all of the whole, each share is its part in the sum of them, and all shares
//! are 100 % together; where they are only some of them, at most that.

use super::identity::{identities, top_section};
use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{SectionId, Span};
use crate::fact::label::{self, Context};
use crate::fact::{Fact, Measure, Standing, indicators};
use crate::number::Range;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Figures bound with less certainty than this prove nothing.
const CERTAIN: u8 = 60;

const SHARES: &str = "share/shares_do_not_sum";

/// The claims of shares whose whole is not printed.
pub fn relate(report: &Report) -> Vec<Relation> {
    // 基本支出…，占本年支出预算66.54% and 项目支出…，占本年支出预算33.46% stand in paragraphs of their own.
    let mut said: BTreeMap<(SectionId, &str), Vec<&Fact>> = BTreeMap::new();
    for fact in &report.facts {
        let alone = fact.measure == Measure::Share && fact.against.is_none();
        if let (Standing::Narrative(block), true) = (fact.standing, alone)
            && fact.certainty >= CERTAIN
            && let Some(whole) = whole(report, fact)
        {
            let block = report.document.block_at(block.start);
            let section = block.map_or(0, |id| report.document.blocks[id as usize].section);
            said.entry((top_section(report, section), whole)).or_default().push(fact);
        }
    }
    let agency = report.document.report.agency.as_deref().map(indicators::normal);
    let year = report.document.report.year;
    let context = Context { numbers: &report.numbers, agency: agency.as_deref(), year };
    let mut relations = Vec::new();
    for ((_, words), mut shares) in said.into_iter().filter(|(_, shares)| shares.len() > 1) {
        // What one paragraph gives is of one whole; a section may give the parts of several.
        if has_twice(&shares) {
            let paragraph = shares[0].standing;
            shares.retain(|share| share.standing == paragraph);
        }
        let whole = label::read(words, |_| None, context);
        let scope = |fact: &&Fact| (fact.basis, fact.year, fact.fund, fact.entity.clone());
        let same = shares.windows(2).all(|pair| scope(&pair[0]) == scope(&pair[1]));
        if same {
            relations.extend(parts(report, &whole.indicators, &shares, words));
        }
    }
    relations
}

/// The words that name the whole of a share: “三公”经费 of `占“三公”经费的14.29%`.
fn whole<'r>(report: &'r Report, share: &Fact) -> Option<&'r str> {
    let Standing::Narrative(block) = share.standing else { return None };
    let end = report.numbers[share.number as usize].span.start;
    let before = report.document.text.get(block.start as usize..end as usize)?;
    let (_, words) = before.rsplit_once('占')?;
    let words = words.trim_end_matches(['为', '达', '约', '是']).trim_end();
    let ends = ["比例", "比重", "比"];
    let words = ends.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let words = words.trim_end_matches('的').trim();
    let plain = !words.is_empty() && !words.contains(['，', '。', '；', '：', '、', ';']);
    plain.then_some(words)
}

/// Whether two shares are of one indicator.
fn has_twice(shares: &[&Fact]) -> bool {
    let mut names: Vec<&str> = shares.iter().map(|share| &*share.indicator).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether the shares are 100 % together: then nothing else is of the whole.
fn make_up_all(report: &Report, shares: &[&Fact]) -> bool {
    let range = |share: &&Fact| report.numbers[share.number as usize].range();
    let all = shares.iter().try_fold(Range::exact(Decimal::ZERO), |all, own| all.plus(range(own)?));
    all.is_some_and(|all| all.holds(Decimal::ONE_HUNDRED))
}

/// What the shares of parts of one indicator claim.
fn parts(
    report: &Report,
    whole: &[std::sync::Arc<str>],
    shares: &[&Fact],
    name: &str,
) -> Vec<Relation> {
    if has_twice(shares) {
        return Vec::new();
    }
    let names: Vec<&str> = shares.iter().map(|share| &*share.indicator).collect();
    let of = |identity: &&super::identity::Identity| {
        identity.complete
            && whole.iter().any(|whole| **whole == *identity.whole)
            && names.iter().all(|name| identity.parts.iter().any(|part| part == name))
    };
    let fitting: Vec<_> = identities().sums.iter().filter(of).collect();
    let Some(first) = fitting.first() else { return Vec::new() };
    let exact = fitting.iter().any(|identity| identity.parts.len() == names.len())
        || make_up_all(report, shares);
    let relation = |claim: Claim, check: &'static str, at: Span, label: &str| Relation {
        claim,
        check,
        ground: Ground::Rule,
        at,
        label: label.to_owned(),
    };
    let level = |share: &&Fact| {
        let of = &report.facts[share.of? as usize];
        let own = of.indicator == share.indicator && of.measure == Measure::Level;
        (own && of.certainty >= CERTAIN).then(|| Term::plus(of.number))
    };
    let levels = shares.iter().map(level).collect::<Option<Vec<Term>>>();
    if let Some(levels) = levels.filter(|_| exact) {
        let one = |(index, share): (usize, &&Fact)| {
            let mut rest = levels.clone();
            let claim = Claim::Portion {
                part: rest.remove(index),
                rest,
                percent: Term::plus(share.number),
            };
            let at = report.numbers[share.number as usize].span;
            relation(claim, "share/share_differs", at, &super::name(share))
        };
        return shares.iter().enumerate().map(one).collect();
    }
    let span = |share: &&Fact| report.numbers[share.number as usize].span;
    let ends = shares.first().map(span).zip(shares.last().map(span));
    let Some((from, to)) = ends else { return Vec::new() };
    let at = Span { start: from.start, end: to.end };
    let label = if exact { &*first.name } else { name };
    let shares = shares.iter().map(|share| Term::plus(share.number)).collect();
    vec![relation(Claim::Hundred { shares, exact }, SHARES, at, label)]
}
