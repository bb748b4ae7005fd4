//! Levels of indicators over a whole report: the points of a level are those of its indicators together, and a level
//! named twice has the same points.
//!
//! Which indicators make up a level is proven by their weights: those of `分值20分` are all there where their own weights
//! are 20 together, or where they won together what it won. Where neither is so, nothing is claimed.

use super::outline::{Item, outline};
use super::points::{self, Points, label};
use super::relation;
use super::sheet::Sheet;
use crate::Report;
use crate::document::{BlockId, ReportKind};
use crate::number::NumberId;
use crate::relation::{Claim, Relation, Term};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const SUM: &str = "indicator/levels_do_not_sum";
const ECHO: &str = "echo/said_twice_differently";

/// What the forms score everything by: the parts of 项目支出绩效评价 and of 绩效自评.
const FORMS: [[&str; 4]; 4] = [
    ["决策", "过程", "产出", "效益"],
    ["投入", "过程", "产出", "效益"],
    ["投入", "过程", "产出", "效果"],
    ["执行", "产出", "效益", "满意"],
];

/// Levels by their names, as one place of the report gives them, `None` where it gives one twice; the name of everything
/// is empty.
type Place<'p> = BTreeMap<String, Option<&'p Points>>;

/// What tells a level apart: `过程` of `项目过程类指标情况`.
pub(super) fn core(name: &str) -> String {
    const STARTS: [&str; 6] = ["项目", "绩效", "一级", "二级", "三级", "部门"];
    const ENDS: [&str; 11] =
        ["情况", "分析", "得分", "类", "指标", "部分", "方面", "项", "合计", "小计", "实际"];
    let mut name = name.trim().trim_matches(['“', '”', '"']);
    loop {
        let before = name.len();
        name = STARTS.iter().fold(name, |name, start| name.strip_prefix(start).unwrap_or(name));
        // 项目立项 is a name of its own.
        let ends = ENDS.iter().filter(|_| !name.ends_with("立项"));
        name = ends.fold(name, |name, end| name.strip_suffix(end).unwrap_or(name));
        if name.len() == before {
            return name.to_owned();
        }
    }
}

/// What the levels of a report claim of each other.
pub(super) fn relate(
    report: &Report,
    said: &[(BlockId, Vec<Points>)],
    sheets: &[Sheet],
    relations: &mut Vec<Relation>,
) {
    let mut wholes = said
        .iter()
        .flat_map(|(_, groups)| groups)
        .filter(|points| points.whole && points.won.is_some());
    let whole = wholes.next().filter(|first| wholes.all(|other| agree(report, first, other)));
    let lists = said.iter().filter_map(|(_, groups)| {
        let (above, parts) = list(report, groups)?;
        let above = above.or(whole);
        relations.extend(above.and_then(|above| sum(report, above, &parts)));
        above.is_none_or(|above| above.whole).then_some(parts)
    });
    let lists: Vec<Vec<&Points>> = lists.collect();
    for sheet in sheets {
        let lines: Vec<&Points> = sheet.lines.iter().collect();
        relations.extend(sheet.total.as_ref().and_then(|total| sum(report, total, &lines)));
    }
    let form = form(report);
    let items = outline(report, said);
    let joined = items.iter().filter(|item| item.joined).filter_map(|item| item.own.clone());
    points::relate(report, &joined.collect::<Vec<Points>>(), relations);
    // Several lists, or several tables, are of several projects.
    let one = lists.len() < 2 && sheets.len() < 2;
    let listed = |title: &str| {
        let named = |points: &&&Points| points.name == title;
        lists.first().filter(|_| one)?.iter().find(named).copied()
    };
    let mut inside: Vec<Vec<&Points>> = vec![Vec::new(); items.len()];
    for item in &items {
        if let (Some(parent), Some(own)) = (item.parent, &item.own) {
            inside[parent].push(own);
        }
    }
    for (item, mut parts) in items.iter().zip(inside) {
        parts.extend(&item.leaves);
        let of_all = || whole.filter(|_| weight(report, &parts) == Some(Decimal::ONE_HUNDRED));
        let above = item.own.as_ref().or_else(|| listed(&item.title)).or_else(of_all);
        relations.extend(above.and_then(|above| sum(report, above, &parts)));
    }
    if one {
        let mut places: Vec<Place<'_>> = Vec::new();
        places.extend(whole.map(|whole| place([(String::new(), whole)])));
        places.extend(form.as_ref().map(|form| place([(String::new(), form)])));
        let named = |points| (Points::clone(points).name, points);
        for list in &lists {
            places.push(place(list.iter().copied().map(named)));
        }
        for sheet in sheets {
            places.push(place(sheet.lines.iter().chain(&sheet.total).map(named)));
        }
        places.push(place(items.iter().filter_map(titled)));
        for (index, one) in places.iter().enumerate() {
            for other in &places[index + 1..] {
                echo(report, one, other, relations);
            }
        }
    }
}

/// The total of the one form of an evaluation: 自评得分 without a name is its score.
fn form(report: &Report) -> Option<Points> {
    let mut scores = report.indicators.iter().filter_map(|form| form.score);
    let won = scores.next().filter(|_| report.document.report.kind == ReportKind::Performance)?;
    scores.next().is_none().then(|| Points { won: Some(won), ..Points::default() })
}

fn place<'p>(levels: impl IntoIterator<Item = (String, &'p Points)>) -> Place<'p> {
    let mut place = Place::new();
    for (name, points) in levels {
        place.entry(name).and_modify(|own| *own = None).or_insert(Some(points));
    }
    place
}

fn titled(item: &Item) -> Option<(String, &Points)> {
    Some((item.title.clone(), item.own.as_ref()?))
}

/// The levels that one paragraph lists, and what they are levels of: `综合得分92.5分，其中：决策分值20分，得分19分；…`.
fn list<'p>(
    report: &Report,
    groups: &'p [Points],
) -> Option<(Option<&'p Points>, Vec<&'p Points>)> {
    let (first, rest) = groups.split_first()?;
    // 扣1分 on its own, in words that follow, is of none of them.
    let told = |points: &&Points| points.had.is_some() || points.won.is_some();
    let parts: Vec<&Points> = rest.iter().filter(told).collect();
    let opened = first.whole || parts.first().is_some_and(|next| next.opens);
    let had = parts.iter().all(|points| points.had.is_some());
    if opened && parts.len() > 1 && (had || by_form(&parts)) {
        return Some((Some(first), parts));
    }
    let all: Vec<&Points> = groups.iter().filter(told).collect();
    let named = all.iter().all(|points| !points.name.is_empty());
    (named && weight(report, &all) == Some(Decimal::ONE_HUNDRED)).then_some((None, all))
}

/// Whether parts are all that a form scores everything by.
fn by_form(parts: &[&Points]) -> bool {
    FORMS.iter().any(|form| {
        let named = |name: &&str| parts.iter().filter(|part| part.name.contains(name)).count() == 1;
        form.iter().all(&named)
    })
}

/// The claim that `parts` won together what their level won, where their weights are its weight, or the other way round.
fn sum(report: &Report, level: &Points, parts: &[&Points]) -> Option<Relation> {
    let full = match level.had {
        Some(had) => report.numbers[had as usize].value()?,
        None => Some(Decimal::ONE_HUNDRED).filter(|_| level.whole)?,
    };
    let bare = parts.iter().all(|part| part.had.is_none()) && level.whole && by_form(parts);
    if parts.len() < 2 {
        return None;
    }
    let all = |of: fn(&Points) -> Option<NumberId>| {
        parts.iter().map(|part| of(part).map(Term::plus)).collect::<Option<Vec<Term>>>()
    };
    let (total, parts) = if bare || weight(report, parts)? == full {
        (level.won?, all(|part| part.won)?)
    } else if parts.len() > 2
        && together(report, parts, |part| part.won)?
            == report.numbers[level.won? as usize].value()?
    {
        // All that was won is there, so all that could be had is.
        (level.had?, all(|part| part.had)?)
    } else {
        return None;
    };
    let claim = Claim::Sum { total: Term::plus(total), parts, exact: true };
    Some(relation(report, claim, SUM, &label(report, level)))
}

/// What can be had in all parts.
fn weight(report: &Report, parts: &[&Points]) -> Option<Decimal> {
    together(report, parts, |part| part.had)
}

fn together(
    report: &Report,
    parts: &[&Points],
    of: fn(&Points) -> Option<NumberId>,
) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| {
        sum.checked_add(report.numbers[of(part)? as usize].value()?)
    })
}

/// Whether two totals are the same figure.
fn agree(report: &Report, one: &Points, other: &Points) -> bool {
    let value = |points: &Points| points.won.and_then(|id| report.numbers[id as usize].value());
    value(one) == value(other)
}

/// What two places say of the same levels is the same.
fn echo(report: &Report, one: &Place<'_>, other: &Place<'_>, relations: &mut Vec<Relation>) {
    let mut equal = |one: Option<NumberId>, other: Option<NumberId>, name: &str| {
        let Some((one, other)) = one.zip(other).filter(|(one, other)| one != other) else { return };
        let claim = Claim::Equal { one: Term::plus(one), other: Term::plus(other) };
        let label = if name.is_empty() { "综合得分" } else { name };
        relations.push(relation(report, claim, ECHO, label));
    };
    for (name, own) in one {
        if let (Some(a), Some(Some(b))) = (own, other.get(name)) {
            equal(a.had, b.had, name);
            equal(a.won, b.won, name);
        }
    }
}
