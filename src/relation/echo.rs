//! The same fact said twice: in two sections, in the narrative and a table, in a chart.

mod cells;

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::TableId;
use crate::fact::indicators::is_of_one_money;
use crate::fact::{Basis, Entity, Fact, FactId, Fund, Measure, Standing};
use crate::number::{Kind, NumberId};
use crate::table::Family;
use cells::Cells;
use rust_decimal::Decimal;
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

/// What makes two mentions the same fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key<'r> {
    indicator: &'r str,
    fund: Fund,
    basis: Basis,
    year: Option<i32>,
    entity: &'r Entity,
    measure: Measure,
}

/// All levels of a report by what they mean.
pub struct Keys<'r> {
    report: &'r Report,
    by_key: HashMap<Key<'r>, Group>,
    order: Vec<Key<'r>>,
}

/// All mentions of one fact.
#[derive(Default)]
struct Group {
    ids: Vec<FactId>,
    /// Whether all can be one figure.
    agree: OnceCell<bool>,
}

/// The money of a fact, where the indicator does not already say it or it is not named.
pub(crate) fn fund(indicator: &str, fund: Option<Fund>) -> Fund {
    let own = fund.unwrap_or(Fund::All);
    if is_of_one_money(indicator) {
        return Fund::All;
    }
    match indicator {
        "revenue/total" | "revenue/this_year" => own,
        _ if indicator.starts_with("revenue/") => Fund::All,
        _ => own,
    }
}

/// Whether the same name of another money is another figure.
pub(super) fn fund_matters(indicator: &str) -> bool {
    fund(indicator, Some(Fund::General)) != Fund::All
}

/// Whether a figure only says that another money pays nothing of what has one figure a report: the column
/// 政府性基金预算 of a table of “三公”经费.
pub(super) fn is_of_no_money(indicator: &str, fund: Option<Fund>, value: Option<Decimal>) -> bool {
    let other = matches!(fund, Some(Fund::GovernmentFund | Fund::StateCapital));
    other && !fund_matters(indicator) && value.is_some_and(|value| value.is_zero())
}

impl<'r> Keys<'r> {
    /// Groups the levels of `report`.
    pub fn new(report: &'r Report) -> Self {
        let mut by_key: HashMap<Key<'r>, Group> = HashMap::new();
        let mut order = Vec::new();
        let listed = listed(report);
        for (id, fact) in report.facts.iter().enumerate() {
            let level = fact.measure == Measure::Level
                && report.numbers[fact.number as usize].kind == Kind::Amount;
            // What projects are given and what is carried over is said of many things in one report.
            let scoped = listed.contains(&(id as FactId)) || is_of_less(report, fact);
            let value = report.numbers[fact.number as usize].value();
            let scoped = scoped || is_of_no_money(&fact.indicator, fact.fund, value);
            if !level || fact.certainty < 80 || fact.indicator.starts_with("label/") || scoped {
                continue;
            }
            let key = Key {
                indicator: &fact.indicator,
                fund: fund(&fact.indicator, fact.fund),
                basis: fact.basis,
                year: fact.year,
                entity: &fact.entity,
                measure: fact.measure,
            };
            let group = &mut by_key.entry(key.clone()).or_default().ids;
            if group.is_empty() {
                order.push(key);
            }
            group.push(id as FactId);
        }
        Self { report, by_key, order }
    }

    /// The printed figure of `fact`'s indicator in another year or stage, if all mentions of it agree on one.
    pub fn at(&self, fact: &'r Fact, year: i32, basis: Basis) -> Option<NumberId> {
        self.level(fact, year, basis).map(|level| level.number)
    }

    /// The level that a change is of, where its sentence does not print it: `公务接待费支出决算减少3万元`, the spending being
    /// said a paragraph before.
    pub fn of_change(&self, change: &'r Fact) -> Option<&'r Fact> {
        let unknown = change.indicator.starts_with("label/") || is_of_less(self.report, change);
        if unknown {
            return None;
        }
        self.level(change, change.year?, change.basis)
    }

    fn level(&self, fact: &'r Fact, year: i32, basis: Basis) -> Option<&'r Fact> {
        let key = Key {
            indicator: &fact.indicator,
            fund: fund(&fact.indicator, fact.fund),
            basis,
            year: Some(year),
            entity: &fact.entity,
            measure: Measure::Level,
        };
        let group = self.by_key.get(&key)?;
        let fact = |id: &FactId| &self.report.facts[*id as usize];
        let first = fact(group.ids.first()?);
        let range = |fact: &Fact| self.report.numbers[fact.number as usize].range();
        let same = || {
            group.ids.iter().all(|id| match (range(first), range(fact(id))) {
                (Some(one), Some(other)) => one.meets(other),
                _ => false,
            })
        };
        group.agree.get_or_init(same).then_some(first)
    }

    /// The base a change or rate is counted from, if it is printed somewhere.
    pub fn base(&self, change: &Fact, of: &'r Fact) -> Option<NumberId> {
        // 与2023年相比: final accounts with final accounts; budgets are compared with either.
        let alike = (of.basis == Basis::Final).then_some(of.basis);
        let basis = change.base_basis.or(alike)?;
        let year = change.base_year.or(of.year)?;
        if year == of.year? && basis == of.basis {
            return None;
        }
        self.at(of, year, basis)
    }
}

/// The parts of narrower wholes: 其中结转结余 of a project is not that of the department, and what 项目支出 spends on a
/// class is not all that is spent on it.
fn listed(report: &Report) -> HashSet<FactId> {
    let mut found = HashSet::new();
    for list in &report.lists {
        let whole = &*report.facts[list.whole as usize].indicator;
        let unknown = whole.starts_with("label/") || whole.starts_with("function/");
        let half = matches!(whole, "expenditure/project" | "expenditure/basic");
        found.extend(list.parts.iter().copied().filter(|part| {
            let own = &*report.facts[*part as usize].indicator;
            // 初中教育支出3万元，其中：基本支出3万元; 机构运行3万元，其中：基本支出3万元
            let halves = ["expenditure/basic", "expenditure/project"];
            unknown && (halves.contains(&own) || own.starts_with("balance/"))
                || half && (own.starts_with("function/") || own.starts_with("economic/"))
        }));
    }
    found
}

/// Whether a fact is of some projects, or of a total that counts more than its name: its figure may well be another.
pub(super) fn is_of_less(report: &Report, fact: &Fact) -> bool {
    let indicator = &*fact.indicator;
    if indicator.starts_with("performance/") || indicator.starts_with("project/") {
        return true;
    }
    match fact.standing {
        Standing::Narrative(block) => {
            // 涉及一般公共预算支出1639.34万元: of the projects spoken of.
            let start = report.numbers[fact.number as usize].span.start;
            let before = report.document.text.get(block.start as usize..start as usize);
            let clause = before.and_then(|text| text.rsplit(['，', '。', '；', '：', ',']).next());
            let half = || {
                let block = report.document.block_at(block.start);
                let section = block.map(|id| report.document.blocks[id as usize].section);
                let title = section.map_or("", |id| &report.document.sections[id as usize].title);
                let one = |text: &str| text.contains("项目支出") != text.contains("基本支出");
                one(title) || before.is_some_and(one)
            };
            let ends = |words: &[&str]| {
                let text = before.unwrap_or("").trim_end_matches(['：', ':', '为', '是']);
                words.iter().any(|word| text.ends_with(word))
            };
            clause.is_some_and(|clause| clause.contains("涉及"))
                || before.is_some_and(|text| text.contains("原因包括"))
                || OF_BASIC.contains(&indicator)
                    && opener_above(report, block.start).is_some_and(is_project)
                || ends(&["上年", "上年度", "去年"]) && fact.year == report.document.report.year
                || is_of_other_procurement(report, fact)
                || (indicator.starts_with("function/") || indicator.starts_with("economic/"))
                    && half()
                || indicator.starts_with("expenditure/")
                    && before.is_some_and(|text| text.contains(['款', '项']) && coded(text))
        }
        // 公务接待费 among the economic items of 基本支出 is not all that is spent on it.
        Standing::Cell(table, ..)
            if ["three_public/", "meeting/", "training/"]
                .iter()
                .any(|f| indicator.starts_with(f)) =>
        {
            let own = report.tables.iter().find(|shape| shape.tables.contains(&table));
            let form = own.and_then(|shape| shape.form.as_ref()).map(|form| form.family);
            form != Some(Family::ThreePublic) || is_mixed(report, fact, table)
        }
        _ => false,
    }
}

/// Economic classes that are said of 基本支出 where nothing else is named.
const OF_BASIC: [&str; 4] = [
    "expenditure/wages",
    "expenditure/goods_services",
    "expenditure/family_subsidy",
    "expenditure/capital",
];

fn is_project(text: &str) -> bool {
    let project = text.find("项目支出");
    project.is_some_and(|at| text.find("基本支出").is_none_or(|basic| at < basic))
}

/// The paragraph above that leaves a list open (`其中：`) for paragraphs without labels, of which this is one.
fn opener_above(report: &Report, start: u32) -> Option<&str> {
    let document = &report.document;
    let own = document.block_at(start)?;
    let section = document.blocks[own as usize].section;
    for above in (own.saturating_sub(8)..own).rev() {
        let block = &document.blocks[above as usize];
        let text = document.slice(block.span).trim_end();
        if block.section != section {
            return None;
        }
        if text.ends_with("其中：") || text.ends_with("其中:") {
            return Some(text);
        }
        if text.starts_with(|c: char| c.is_ascii_digit() || c == '（' || c == '(') {
            return None;
        }
    }
    None
}

/// Whether goods, works or services are those of the procurement of other money named just before.
fn is_of_other_procurement(report: &Report, fact: &Fact) -> bool {
    let split = ["procurement/goods", "procurement/works", "procurement/services"];
    let mut totals = report.facts.iter().filter(|other| {
        other.standing == fact.standing
            && &*other.indicator == "procurement/total"
            && other.number < fact.number
    });
    split.contains(&&*fact.indicator)
        && totals
            .next_back()
            .is_some_and(|total| total.fund.unwrap_or(Fund::All) != fact.fund.unwrap_or(Fund::All))
}

/// Whether a 合计 counts 会议费 and 培训费 with the three: “三公”经费、会议费、培训费 in one table.
fn is_mixed(report: &Report, fact: &Fact, table: TableId) -> bool {
    let beside = || {
        report.facts.iter().any(|other| {
            matches!(other.standing, Standing::Cell(own, ..) if own == table)
                && (other.indicator.starts_with("meeting/")
                    || other.indicator.starts_with("training/"))
        })
    };
    &*fact.indicator == "three_public/total" && !fact.label.contains("三公") && beside()
}

/// Whether words name a class, group or item: 检察（款）: 2018年预算支出合计….
fn coded(text: &str) -> bool {
    ["（款）", "(款)", "（项）", "(项)", "（款)", "（项)"].iter().any(|mark| text.contains(mark))
}

/// What one fund receives or spends is at most what all do: 财政拨款总计 is a part of 收支总计.
fn funds(keys: &Keys<'_>, relations: &mut Vec<Relation>) {
    for key in &keys.order {
        let total = matches!(
            key.indicator,
            "expenditure/basic" | "expenditure/project" | "expenditure/total"
        );
        let part = matches!(key.fund, Fund::Appropriation | Fund::General);
        let whole = Key { fund: Fund::All, ..key.clone() };
        let (Some(own), Some(all), true) =
            (keys.by_key.get(key), keys.by_key.get(&whole), total && part)
        else {
            continue;
        };
        let fact = |ids: &[FactId]| &keys.report.facts[ids[0] as usize];
        let (less, more) = (fact(&own.ids), fact(&all.ids));
        let both = |fact: &Fact| matches!(fact.standing, Standing::Cell(..));
        if both(less) || both(more) {
            continue;
        }
        relations.push(Relation {
            claim: Claim::Order { less: Term::plus(less.number), more: Term::plus(more.number) },
            check: "sum/part_exceeds_total",
            ground: Ground::Rule,
            at: keys.report.numbers[less.number as usize].span,
            label: super::name(less),
        });
    }
}

/// All mentions of a fact are the same figure.
pub fn relate(report: &Report) -> Vec<Relation> {
    let keys = Keys::new(report);
    let mut relations = Vec::new();
    let cells = Cells::new(report);
    funds(&keys, &mut relations);
    for key in &keys.order {
        let group = &keys.by_key[key].ids;
        let in_table =
            |id: &FactId| matches!(report.facts[*id as usize].standing, Standing::Cell(..));
        let anchor = group.iter().copied().find(in_table).unwrap_or(group[0]);
        let anchor_fact = &report.facts[anchor as usize];
        for id in group {
            let fact = &report.facts[*id as usize];
            if fact.number == anchor_fact.number {
                continue;
            }
            let narrative = matches!(fact.standing, Standing::Narrative(_));
            if narrative && cells.may_mean_another(fact, anchor_fact) {
                continue;
            }
            let (check, ground) = match (fact.standing, anchor_fact.standing) {
                (Standing::Chart(..), _) | (_, Standing::Chart(..)) => {
                    ("echo/chart_differs", Ground::Chart)
                }
                (Standing::Cell(a, ..), Standing::Cell(b, ..)) if a == b => continue,
                (Standing::Cell(..), Standing::Cell(..)) => ("tie/tables_differ", Ground::Rule),
                // The narrative against tables is told in `tie`.
                (Standing::Cell(..), _) | (_, Standing::Cell(..)) => continue,
                _ => ("echo/said_twice_differently", Ground::Echo),
            };
            relations.push(Relation {
                claim: Claim::Equal {
                    one: Term::plus(fact.number),
                    other: Term::plus(anchor_fact.number),
                },
                check,
                ground,
                at: report.numbers[fact.number as usize].span,
                label: super::name(fact),
            });
        }
    }
    relations
}
