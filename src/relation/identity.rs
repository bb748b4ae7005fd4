//! What the forms require of the indicators: `grammars/identities.toml`.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{SectionId, Span};
use crate::fact::{Fact, FactId, Fund, Measure, Standing};
use crate::number::NumberId;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The identities of this build.
#[derive(Debug, Deserialize)]
pub struct Identities {
    /// Wholes and parts.
    #[serde(rename = "sum")]
    pub sums: Vec<Identity>,
    /// What cannot exceed what.
    pub at_most: Vec<AtMost>,
}

/// A whole and its parts.
#[derive(Debug, Deserialize)]
pub struct Identity {
    /// `三公经费 = 因公出国（境）费 + …`
    pub name: String,
    /// The whole's indicator.
    pub whole: String,
    /// The parts' indicators.
    pub parts: Vec<String>,
    /// Whether a part that a list leaves out is nothing.
    #[serde(default)]
    pub complete: bool,
}

/// One indicator cannot exceed another.
#[derive(Debug, Deserialize)]
pub struct AtMost {
    /// Why.
    pub name: String,
    /// The smaller.
    pub less: String,
    /// The larger.
    pub more: String,
}

/// `grammars/identities.toml`.
pub fn identities() -> &'static Identities {
    static IDENTITIES: LazyLock<Identities> = LazyLock::new(|| grammar!("identities"));
    &IDENTITIES
}

impl Identity {
    /// Whether `whole` is the whole of this identity; this year's total and the total are both of it.
    pub fn fits(&self, whole: &Fact) -> bool {
        self.complete
            && (*self.whole == *whole.indicator
                || (self.whole == "expenditure/this_year"
                    && &*whole.indicator == "expenditure/total")
                || (self.whole == "revenue/this_year" && &*whole.indicator == "revenue/total"))
    }
}

/// Applies the identities to the figures said in one section.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut sections: HashMap<SectionId, Vec<FactId>> = HashMap::new();
    let mut order = Vec::new();
    for (id, fact) in report.facts.iter().enumerate() {
        let Standing::Narrative(span) = fact.standing else { continue };
        if !matches!(fact.measure, Measure::Level | Measure::Change) || fact.certainty < 80 {
            continue;
        }
        let section = report
            .document
            .block_at(span.start)
            .map_or(0, |block| report.document.blocks[block as usize].section);
        let top = top_section(report, section);
        let group = sections.entry(top).or_default();
        if group.is_empty() {
            order.push(top);
        }
        group.push(id as FactId);
    }
    let mut relations = Vec::new();
    for section in order {
        let of = |measure: Measure| {
            let own = |id: &&FactId| report.facts[**id as usize].measure == measure;
            sections[&section].iter().filter(own).copied().collect::<Vec<FactId>>()
        };
        let (facts, changes) = (&of(Measure::Level), &of(Measure::Change));
        relations.extend(moneys(report, facts));
        relations.extend(balances(report, facts));
        for identity in &identities().sums {
            let first = sums(report, identity, facts);
            relations.extend(again(report, identity, facts, &first));
            relations.extend(first);
            relations.extend(change(report, identity, changes));
        }
        for rule in &identities().at_most {
            relations.extend(order_rule(report, rule, facts));
        }
    }
    relations
}

/// The section `一、…` a section belongs to: figures are put together only inside one.
pub(super) fn top_section(report: &Report, section: SectionId) -> SectionId {
    let sections = &report.document.sections;
    let mut at = section;
    while let Some(parent) = sections[at as usize].parent {
        if parent == 0 || sections[parent as usize].level <= 1 {
            break;
        }
        at = parent;
    }
    at
}

fn same_scope(a: &Fact, b: &Fact) -> bool {
    let fund = |fact: &Fact| fact.fund.unwrap_or(Fund::All);
    let family = |fact: &Fact| fact.indicator.split('/').next().unwrap_or("").to_string();
    let fund_alike = match family(a).as_str() {
        "three_public" | "procurement" | "revenue" => true,
        _ => fund(a) == fund(b),
    };
    a.basis == b.basis && a.year == b.year && a.entity == b.entity && fund_alike
}

/// The first whole of each stage and year with its parts: 年初预算数为33万元，决算数为24万元, then the parts of the 决算.
fn sums(report: &Report, identity: &Identity, facts: &[FactId]) -> Vec<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let mut wholes: Vec<&Fact> = Vec::new();
    for whole in facts.iter().map(fact).filter(|f| *identity.whole == *f.indicator) {
        if !wholes.iter().any(|known| same_scope(known, whole)) {
            wholes.push(whole);
        }
    }
    let mut relations = Vec::new();
    for whole in wholes {
        let part = |name: &String| {
            let mut mentions =
                facts.iter().map(fact).filter(|f| **name == *f.indicator && same_scope(f, whole));
            mentions.next().map(|first| Term::plus(first.number))
        };
        // A part that is not said may be nothing or elsewhere: no proof.
        let parts = identity.parts.iter().map(part).collect::<Option<Vec<Term>>>();
        relations.extend(parts.map(|parts| made_up(report, whole.number, parts, &identity.name)));
    }
    relations
}

/// The same of a whole that is said again with all its parts after it: `其中一般公共预算拨款政府采购2,521.44万元：货物…、工程…、服务…`
/// after the procurement of all money and its parts.
fn again(
    report: &Report,
    identity: &Identity,
    facts: &[FactId],
    first: &[Relation],
) -> Vec<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let is_whole = |id: &FactId| *identity.whole == *fact(id).indicator;
    let mut relations = Vec::new();
    let mut rest = facts;
    while let Some(at) = rest.iter().position(is_whole) {
        let whole = fact(&rest[at]);
        rest = &rest[at + 1..];
        let own = &rest[..rest.iter().position(is_whole).unwrap_or(rest.len())];
        let part = |name: &String| {
            let same = |f: &&Fact| {
                **name == *f.indicator && f.standing == whole.standing && same_scope(f, whole)
            };
            own.iter().map(fact).find(same).map(|f| Term::plus(f.number))
        };
        let Some(parts) = identity.parts.iter().map(part).collect::<Option<Vec<Term>>>() else {
            continue;
        };
        let relation = made_up(report, whole.number, parts, &identity.name);
        if first.iter().all(|first| first.claim != relation.claim) {
            relations.push(relation);
        }
    }
    relations
}

/// What a form requires of `whole`, under the name of the rule.
fn required(report: &Report, whole: NumberId, claim: Claim, name: &str) -> Relation {
    Relation {
        claim,
        check: "sum/identity_broken",
        ground: Ground::Rule,
        at: report.numbers[whole as usize].span,
        label: name.to_owned(),
    }
}

fn made_up(report: &Report, whole: NumberId, parts: Vec<Term>, name: &str) -> Relation {
    let claim = Claim::Sum { total: Term::plus(whole), parts, exact: true };
    required(report, whole, claim, name)
}

/// `财政拨款支出…，财政拨款支出中，一般公共预算拨款支出…；政府性基金拨款支出…；国有资本经营预算拨款支出…`: where one
/// paragraph gives all three moneys, they are all of the 财政拨款.
fn moneys(report: &Report, facts: &[FactId]) -> Vec<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let mut relations = Vec::new();
    for paragraph in facts.chunk_by(|a, b| fact(a).standing == fact(b).standing) {
        let spent = |fund: Fund| {
            let own = move |f: &&Fact| {
                f.fund == Some(fund)
                    && matches!(&*f.indicator, "expenditure/this_year" | "expenditure/total")
            };
            paragraph.iter().map(fact).filter(own)
        };
        let Some(whole) = spent(Fund::Appropriation).next() else { continue };
        let part = |fund: Fund| {
            let alike = |f: &&Fact| {
                (f.basis, f.year, &f.entity) == (whole.basis, whole.year, &whole.entity)
            };
            let mut found = spent(fund).filter(alike);
            // Said twice, it may be of something narrower.
            found.next().filter(|_| found.next().is_none()).map(|f| Term::plus(f.number))
        };
        let all = [Fund::General, Fund::GovernmentFund, Fund::StateCapital].map(part);
        let Some(parts) = all.into_iter().collect::<Option<Vec<Term>>>() else { continue };
        let name = "财政拨款支出 = 一般公共预算 + 政府性基金 + 国有资本经营";
        relations.push(made_up(report, whole.number, parts, name));
    }
    relations
}

/// 收入总计 and 支出总计 of one paragraph are the two sides of one form.
fn balances(report: &Report, facts: &[FactId]) -> Vec<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let mut relations = Vec::new();
    for paragraph in facts.chunk_by(|a, b| fact(a).standing == fact(b).standing) {
        let total = |name: &'static str| {
            let own = move |f: &&Fact| &*f.indicator == name && f.label.ends_with("总计");
            paragraph.iter().map(fact).filter(own)
        };
        for one in total("revenue/total") {
            let mut others = total("expenditure/total");
            let same = |f: &&Fact| same_scope(f, one) && f.fund == one.fund;
            let Some(other) = others.find(same).filter(|other| other.number != one.number) else {
                continue;
            };
            let (this, that) = (Term::plus(one.number), Term::plus(other.number));
            let claim = Claim::Equal { one: this, other: that };
            relations.push(required(report, one.number, claim, "收入总计 = 支出总计"));
        }
    }
    relations
}

/// How far from a change (in bytes) another part may be said to be as it was: a paragraph or two.
const NEAR: u32 = 3000;

/// Whether a change names what it is of, or follows its figure in one sentence: `…公务接待费3万元。比上年减少5万元` may be of
/// the whole of the list.
fn is_of_its_sentence(report: &Report, change: &Fact) -> bool {
    let Some(of) = change.of else { return true };
    let start = |number: NumberId| report.numbers[number as usize].span.start as usize;
    let of = &report.facts[of as usize];
    let between = report.document.text.get(start(of.number)..start(change.number)).unwrap_or("");
    between.rsplit_once('。').is_none_or(|(_, own)| own.contains(&*change.label))
}

/// What a whole grew by is what its parts grew by: 三公经费减少3万元，其中…减少4万元，…增加1万元.
fn change(report: &Report, identity: &Identity, changes: &[FactId]) -> Option<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let mut own = changes.iter().map(fact).filter(|f| *identity.whole == *f.indicator);
    let whole = own.find(|f| is_of_its_sentence(report, f))?;
    let same_base = |f: &Fact| (f.base_year, f.base_basis) == (whole.base_year, whole.base_basis);
    let term = |f: &Fact| Term::signed(f.number, f.negative);
    // 与上年持平: the part did not change.
    let whole_at = report.numbers[whole.number as usize].span.start;
    let unchanged = |part: &str| {
        report.unchanged.iter().any(|own| {
            *part == *own.indicator
                && (own.basis, own.year) == (whole.basis, whole.year)
                && (own.base_year, own.base_basis) == (whole.base_year, whole.base_basis)
                && own.at.start.abs_diff(whole_at) < NEAR
        })
    };
    let mut parts = Vec::with_capacity(identity.parts.len());
    for part in &identity.parts {
        let mut own = changes.iter().map(fact).filter(|f| **part == *f.indicator);
        let same = |f: &&Fact| same_scope(f, whole) && same_base(f);
        match own.find(|f| same(f) && is_of_its_sentence(report, f)) {
            Some(own) => parts.push(term(own)),
            None if unchanged(part) => {}
            None => return None,
        }
    }
    let span = report.numbers[whole.number as usize].span;
    (identity.complete && parts.len() > 1).then(|| Relation {
        claim: Claim::Sum { total: term(whole), parts, exact: true },
        check: "sum/changes_differ_from_total",
        ground: Ground::Rule,
        at: Span { start: span.start, end: span.end },
        label: identity.name.clone(),
    })
}

fn order_rule(report: &Report, rule: &AtMost, facts: &[FactId]) -> Option<Relation> {
    let fact = |id: &FactId| &report.facts[*id as usize];
    let less = facts.iter().map(fact).find(|f| *rule.less == *f.indicator)?;
    let more =
        facts.iter().map(fact).find(|f| *rule.more == *f.indicator && same_scope(f, less))?;
    Some(Relation {
        claim: Claim::Order { less: Term::plus(less.number), more: Term::plus(more.number) },
        check: "sum/part_exceeds_total",
        ground: Ground::Rule,
        at: report.numbers[less.number as usize].span,
        label: rule.name.clone(),
    })
}
