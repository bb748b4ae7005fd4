//! The narrative against the tables: every figure of the narrative meets the cell that shows the same.
//!
//! `一般公共预算支出4657.38万元` has an exact cell (same name, money, stage, year, entity): both must agree. Where the words
//! leave something open (`收入预算40,870万元`: with money carried in or without?), any cell that the words can mean and that
//! agrees is the one meant; if none agrees nothing is claimed. `0万元` agrees with a cell that shows nothing.

mod held;
mod misprint;
mod sisters;

use super::{Claim, Ground, Relation, Term, echo};
use crate::Report;
use crate::fact::indicators::normal;
use crate::fact::{Entity, Fact, Fund, Measure, Standing};
use crate::number::{Kind, Range};
use held::{Cells, Held};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::collections::HashSet;

/// Facts and cells of less certainty than this prove no difference.
const CERTAIN: u8 = 80;
/// Facts of less certainty than this are not compared.
const LIKELY: u8 = 50;

const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
const TEN_THOUSANDTH: Decimal = Decimal::from_parts(1, 0, 0, false, 4);
/// Fewer digits than those of this number prove no slip of the unit.
const FEW_DIGITS: u128 = 1000;

/// The narrative figures and the cells that show the same.
pub fn relate(report: &Report) -> Vec<Relation> {
    let tie = Tie { report, cells: Cells::new(report), apart: apart(report) };
    let mut relations = Vec::new();
    let mut tied: HashSet<usize> = HashSet::new();
    for (id, fact) in report.facts.iter().enumerate() {
        let narrative = matches!(fact.standing, Standing::Narrative(_));
        let number = &report.numbers[fact.number as usize];
        if !narrative || number.kind != Kind::Amount || fact.certainty < LIKELY {
            continue;
        }
        let Some(range) = number.range() else { continue };
        match fact.measure {
            Measure::Level => {
                let found = tie.level(id, fact, range);
                tied.extend(found.iter().map(|_| id));
                relations.extend(found);
            }
            Measure::Change => relations.extend(change(report, &tie.cells, fact, range)),
            _ => {}
        }
    }
    relations.extend(sisters::relate(&tie, &tied));
    relations
}

struct Tie<'r> {
    report: &'r Report,
    cells: Cells<'r>,
    /// Facts about less than the whole department's money, whatever their words say.
    apart: HashSet<usize>,
}

impl Tie<'_> {
    fn level(&self, id: usize, fact: &Fact, range: Range) -> Option<Relation> {
        let Self { report, cells, apart } = self;
        let open = fact.fund.is_none() && echo::fund_matters(&fact.indicator);
        let held = cells.of(&fact.indicator, Measure::Level);
        let mut exact: Vec<&Held> = held.iter().filter(|held| same(fact, held, open)).collect();
        if !echo::fund_matters(&fact.indicator) {
            let value = |held: &Held| report.numbers[held.number? as usize].value();
            exact.retain(|held| !echo::is_of_no_money(&fact.indicator, held.fund, value(held)));
        }
        // What one item spends of 财政拨款 is of one money: that of the only table that has the item.
        if exact.is_empty()
            && fact.fund == Some(Fund::Appropriation)
            && fact.indicator.starts_with("function/")
        {
            let other =
                |held: &Held| matches!(held.fund, Some(Fund::GovernmentFund | Fund::StateCapital));
            let general = Fact { fund: Some(Fund::General), ..fact.clone() };
            if !held.iter().any(other) {
                exact = held.iter().filter(|held| same(&general, held, false)).collect();
            }
        }
        // Where one cell shows a figure, an empty one of the same meaning says nothing.
        let shows = exact.iter().any(|held| held.number.is_some());
        let mut comparable = exact.iter().filter(|held| held.number.is_some() || !shows);
        if let Some(held) = comparable.find(|held| held.agrees(range)) {
            return Some(relation(report, fact, held));
        }
        let zero = range == Range::exact(Decimal::ZERO);
        let meant_at = |range: Range| {
            let readings = readings(report, cells, fact);
            let mut meant = readings.iter().flat_map(|reading| cells.of(reading, Measure::Level));
            let mut named = cells.named(&normal(&fact.label)).iter();
            // A figure that agrees with last year's cell was left standing.
            let fits = |held: &&Held| held.agrees(range) && may_be_of(held.year, fact.year);
            meant.find(fits).or_else(|| named.find(fits))
        };
        let meant = || meant_at(range);
        // A nought agrees with many cells: it only differs from its own.
        if !zero && let Some(held) = meant() {
            return Some(relation(report, fact, held));
        }
        let sound = !apart.contains(&id) && !echo::is_of_less(report, fact) && !self.carries(fact);
        let certain = sound
            && fact.certainty >= CERTAIN
            && (!fact.label.is_empty() || fact.indicator.starts_with("function/"))
            && !fact.indicator.starts_with("label/");
        // One figure a report, in a table that shows each money: 合计 | 一般公共预算 | 政府性基金.
        let whole = |held: &&Held| {
            matches!(held.fund, None | Some(Fund::All | Fund::Appropriation))
                && held.number.is_some()
        };
        let single = !echo::fund_matters(&fact.indicator) && fact.fund != Some(Fund::General);
        if single && exact.iter().any(whole) {
            exact.retain(whole);
        }
        if certain && let Some(held) = one_value(&exact, open) {
            return Some(relation(report, fact, held));
        }
        if let Some(held) = meant() {
            return Some(relation(report, fact, held));
        }
        if let Some(held) = other_units(report, fact, range).find_map(meant_at) {
            return Some(relation(report, fact, held));
        }
        if let Some(parts) = cells.sums(&fact.indicator, range) {
            return Some(Relation {
                claim: Claim::Sum { total: Term::plus(fact.number), parts, exact: true },
                check: "tie/narrative_differs_from_table",
                ground: Ground::Echo,
                at: report.numbers[fact.number as usize].span,
                label: super::name(fact),
            });
        }
        let held = sound.then(|| self.misprint(fact)).flatten()?;
        Some(relation(report, fact, held))
    }

    /// Whether the tables show this money's revenue without what was carried in, which the words may count.
    fn carries(&self, fact: &Fact) -> bool {
        let zero = Range::exact(Decimal::ZERO);
        fact.indicator.starts_with("revenue/")
            && self
                .cells
                .of("balance/carried_in", Measure::Level)
                .iter()
                .any(|held| held.year == fact.year && held.number.is_some() && !held.agrees(zero))
    }
}

/// The cell to differ from, if all sure ones show one value.
///
/// Where the money is left open, an empty cell proves nothing.
fn one_value<'c, 'r>(exact: &[&'c Held<'r>], open: bool) -> Option<&'c Held<'r>> {
    let sure = |held: &&&Held| held.certainty >= CERTAIN;
    let mut shown = exact.iter().filter(|held| held.number.is_some()).filter(sure).copied();
    match shown.next() {
        Some(first) => {
            let all = |held: &&&Held| matches!(held.fund, None | Some(Fund::All));
            let told = !open || exact.iter().filter(sure).any(|held| all(&held));
            (told && shown.all(|held| held.meets(first))).then_some(first)
        }
        None => exact.iter().find(sure).copied().filter(|_| !open),
    }
}

/// What a figure would be in 万元 instead of 元, or the other way round; not of so few digits that another figure has them.
fn other_units(report: &Report, fact: &Fact, range: Range) -> impl Iterator<Item = Range> {
    let number = &report.numbers[fact.number as usize];
    let digits = number.value().map_or(0, |value| value.normalize().mantissa().unsigned_abs());
    let factors: &[Decimal] = match number.unit.as_ref() {
        "元" if digits >= FEW_DIGITS => &[TEN_THOUSAND],
        "万元" if digits >= FEW_DIGITS => &[TEN_THOUSANDTH],
        _ => &[],
    };
    factors.iter().filter_map(move |factor| range.times(Range::exact(*factor)))
}

/// Facts listed under 项目支出 or 基本支出, said of a unit, or of what was assessed (绩效).
fn apart(report: &Report) -> HashSet<usize> {
    let document = &report.document;
    let units: HashSet<&str> = report
        .facts
        .iter()
        .filter_map(|fact| match &fact.entity {
            Entity::Unit(name) => Some(&**name).filter(|name| !name.is_empty()),
            _ => None,
        })
        .collect();
    let mut own: Vec<bool> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let title = normal(&section.title);
        let above = section.parent.and_then(|parent| own.get(parent as usize)).copied();
        let unit = units.contains(title.as_str())
            || ["（本级）", "本级", "（机关）"].iter().any(|end| title.ends_with(end));
        own.push(above.unwrap_or(false) || unit || title.contains("绩效"));
    }
    let mut found = HashSet::new();
    for (id, fact) in report.facts.iter().enumerate() {
        let Standing::Narrative(span) = fact.standing else { continue };
        let section = document.block_at(span.start).map(|at| document.blocks[at as usize].section);
        if section.is_some_and(|section| own[section as usize]) {
            found.insert(id);
        }
    }
    for list in &report.lists {
        let whole = &report.facts[list.whole as usize].indicator;
        if matches!(&**whole, "expenditure/project" | "expenditure/basic") {
            let coded = |id: &&u32| {
                let part = &report.facts[**id as usize].indicator;
                ["function/", "economic/", "government_"].iter().any(|head| part.starts_with(head))
            };
            found.extend(list.parts.iter().filter(coded).map(|id| *id as usize));
        }
    }
    found
}

/// A printed difference against the column of differences, if there is one.
fn change(report: &Report, cells: &Cells<'_>, fact: &Fact, range: Range) -> Option<Relation> {
    let of = &report.facts[fact.of? as usize];
    let range = if fact.negative { Range { low: -range.high, high: -range.low } } else { range };
    let held = readings(report, cells, of)
        .iter()
        .chain(std::iter::once(&Cow::Borrowed(&*of.indicator)))
        .flat_map(|reading| cells.of(reading, Measure::Change))
        .find(|held| held.number.is_some() && held.agrees(range))?;
    Some(relation(report, fact, held))
}

/// Whether a cell of one year can be what is said of another: only where one of them is not known.
fn may_be_of(year: Option<i32>, said: Option<i32>) -> bool {
    year.is_none() || said.is_none() || year == said
}

/// Whether the cell is the very fact.
fn same(fact: &Fact, held: &Held, open: bool) -> bool {
    fact.basis == held.basis
        && fact.year == held.year
        && fact.entity == *held.entity
        && (open
            || echo::fund(&fact.indicator, fact.fund) == echo::fund(&fact.indicator, held.fund))
}

fn relation(report: &Report, fact: &Fact, held: &Held) -> Relation {
    let one = Term::signed(fact.number, fact.negative && fact.measure == Measure::Change);
    let (claim, check) = match held.number {
        Some(number) => {
            (Claim::Equal { one, other: Term::plus(number) }, "tie/narrative_differs_from_table")
        }
        None => {
            (Claim::Sum { total: one, parts: Vec::new(), exact: true }, "tie/table_shows_nothing")
        }
    };
    let at = match held.number {
        Some(_) => report.numbers[fact.number as usize].span,
        None => held.at,
    };
    Relation { claim, check, ground: Ground::Echo, at, label: super::name(fact) }
}

/// All that the words of a fact can mean besides its own indicator.
fn readings<'f>(report: &Report, cells: &Cells<'_>, fact: &'f Fact) -> Vec<Cow<'f, str>> {
    let indicator = &*fact.indicator;
    let label = fact.label.as_str();
    let mut found: Vec<Cow<'f, str>> = vec![Cow::Borrowed(indicator)];
    let mut add =
        |names: &[&'static str]| found.extend(names.iter().map(|name| Cow::Borrowed(*name)));
    let of_fund = match fact.fund {
        Some(Fund::Appropriation) => "revenue/appropriation",
        Some(Fund::General) => "revenue/general",
        Some(Fund::GovernmentFund) => "revenue/government_fund",
        Some(Fund::StateCapital) => "revenue/state_capital",
        _ => "revenue/total",
    };
    match indicator {
        "revenue/total"
        | "revenue/this_year"
        | "revenue/appropriation"
        | "revenue/general"
        | "revenue/government_fund"
        | "revenue/state_capital" => {
            add(&["revenue/total", "revenue/this_year", of_fund]);
            // With what is carried in, it is all that is spent of that money.
            add(&["expenditure/this_year"]);
        }
        "both/total" => add(&["revenue/total", "expenditure/total"]),
        "expenditure/total" | "expenditure/this_year" => {
            add(&["expenditure/total", "expenditure/this_year"]);
            if fact.fund.is_some() && fact.certainty < CERTAIN {
                add(&[of_fund, "revenue/total"]);
            }
        }
        _ if label.contains("结转") || label.contains("结余") => {
            add(&["balance/carried_in", "balance/carried_out"]);
        }
        "label/" => match side_of(report, fact) {
            Some('收') => add(&["revenue/total", "revenue/this_year", of_fund]),
            Some('支') => add(&["expenditure/total", "expenditure/this_year"]),
            _ => {}
        },
        _ => {}
    }
    if let Some(code) = indicator.strip_suffix("/all") {
        found.push(Cow::Borrowed(code));
    } else if indicator.starts_with("economic/") || indicator.starts_with("government_economic/") {
        found.push(Cow::Owned(format!("{indicator}/all")));
    }
    let names = match indicator.strip_prefix("function/") {
        Some(names) => names.to_string(),
        // 住房保障支出-住房改革支出-住房公积金
        None => label.replace(['-', '－', '—'], "/"),
    };
    found.extend(cells.codes(&names).iter().map(|code| Cow::Owned(format!("function/{code}"))));
    found
}

/// Which side the heading over a figure speaks of, if only one.
fn side_of(report: &Report, fact: &Fact) -> Option<char> {
    let Standing::Narrative(span) = fact.standing else { return None };
    let document = &report.document;
    let block = &document.blocks[document.block_at(span.start)? as usize];
    let section = &document.sections[block.section as usize];
    let before = report.numbers[fact.number as usize].span.start.max(block.span.start);
    let words = &document.text[block.span.start as usize..before as usize];
    let words = words.rsplit(['。', '；', ';']).next().unwrap_or("");
    [words, &section.title].into_iter().find_map(|said| {
        match (said.contains("收入"), said.contains("支出")) {
            (true, false) => Some('收'),
            (false, true) => Some('支'),
            _ => None,
        }
    })
}
