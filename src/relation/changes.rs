//! Changes of the parts after the change of their whole, in one sentence:
//! `收入预算增加14.40万元，其中一般公共预算收入增加20.40万元，上级补助收入减少6.00万元`.

use super::identity::identities;
use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::fact::{Fact, Measure, Standing};
use crate::number::NumberId;
use std::collections::HashMap;

/// Figures bound with less certainty than this prove nothing.
const CERTAIN: u8 = 80;

const CHECK: &str = "sum/changes_differ_from_total";

/// The sums of changes that sentences list, beyond what is `said` already.
pub fn relate(report: &Report, said: &[Relation]) -> Vec<Relation> {
    let mut known: HashMap<NumberId, Vec<&Claim>> = HashMap::new();
    for relation in said.iter().filter(|relation| relation.check == CHECK) {
        if let Claim::Sum { total, .. } = &relation.claim {
            known.entry(total.number).or_default().push(&relation.claim);
        }
    }
    let is_new = |own: &Relation| {
        let Claim::Sum { total, .. } = &own.claim else { return true };
        known.get(&total.number).is_none_or(|claims| !claims.contains(&&own.claim))
    };
    let certain = |fact: &&Fact| fact.measure == Measure::Change && fact.certainty >= CERTAIN;
    let changes: Vec<&Fact> = report.facts.iter().filter(certain).collect();
    let mut relations = Vec::new();
    for paragraph in changes.chunk_by(|a, b| a.standing == b.standing) {
        if matches!(paragraph[0].standing, Standing::Narrative(_)) {
            let wholes = (0..paragraph.len()).filter_map(|at| listed(report, &paragraph[at..]));
            relations.extend(wholes.filter(is_new));
        }
    }
    relations
}

/// The first change as the sum of those listed after it.
fn listed(report: &Report, changes: &[&Fact]) -> Option<Relation> {
    let (whole, rest) = changes.split_first()?;
    let span = |fact: &Fact| report.numbers[fact.number as usize].span;
    let between = |one: &Fact, other: &Fact| {
        report.document.text.get(span(one).end as usize..span(other).start as usize)
    };
    if !between(whole, rest.first()?)?.contains("其中") {
        return None;
    }
    let mut parts: Vec<&Fact> = Vec::new();
    let mut last = *whole;
    for part in rest {
        let words = between(last, part)?;
        if words.contains(['。', '；', ';', '\n']) || !parts.is_empty() && words.contains("其中")
        {
            break;
        }
        parts.push(part);
        last = part;
    }
    // 等 leaves the rest open, and a list cut off has more.
    let after = report.document.text.get(span(last).end as usize..)?;
    let ends = after.trim_start().starts_with(['。', '；', ';', '.']);
    let alike = |part: &&Fact| {
        (part.basis, part.year, &part.entity) == (whole.basis, whole.year, &whole.entity)
            && (part.base_year.is_none() || part.base_year == whole.base_year)
            && (part.base_basis.is_none() || part.base_basis == whole.base_basis)
    };
    let mut names: Vec<&str> = parts.iter().map(|part| &*part.indicator).collect();
    names.sort_unstable();
    let distinct = names.windows(2).all(|pair| pair[0] != pair[1]);
    if !ends || !distinct || names.len() < 2 || !parts.iter().all(alike) {
        return None;
    }
    let identity = identities().sums.iter().find(|identity| {
        identity.fits(whole)
            && names.iter().all(|name| {
                name.starts_with("balance/") || identity.parts.iter().any(|part| part == name)
            })
    })?;
    let term = |fact: &Fact| Term::signed(fact.number, fact.negative);
    Some(Relation {
        claim: Claim::Sum {
            total: term(whole),
            parts: parts.iter().map(|part| term(part)).collect(),
            exact: true,
        },
        check: CHECK,
        ground: Ground::Sentence,
        at: span(whole),
        label: identity.name.clone(),
    })
}
