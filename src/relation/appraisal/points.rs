//! Points in sentences: `过程类指标分值20分，扣2分，得分18分，得分率90%`.

use super::{Figure, outline, relation};
use crate::Report;
use crate::fact::label::strip_list_label;
use crate::number::{Kind, NumberId};
use crate::relation::{Claim, Relation, Term};

const CHECK: &str = "indicator/points_differ_from_weight";

/// What is said of the points of one indicator, level or report.
#[derive(Debug, Clone, Default)]
pub(super) struct Points {
    /// `过程` of `过程类指标分值20分`; empty where the heading above names it.
    pub name: String,
    /// What can be had: 分值.
    pub had: Option<NumberId>,
    /// What was won: 得分.
    pub won: Option<NumberId>,
    /// What was taken off: 扣分.
    pub lost: Vec<NumberId>,
    /// 得分率
    pub rate: Option<NumberId>,
    /// Whether it is of everything: 综合得分.
    pub whole: bool,
    /// Whether `其中` or the like stands before it.
    pub opens: bool,
}

/// What a score is, by the words before it.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Had,
    Won,
    Lost,
    /// 总分 is what can be had or what was won.
    Either,
    /// A rule of scoring, an average.
    Rule,
}

const WON: [&str; 10] =
    ["得分", "自评分", "评分", "实得分", "实得", "自评", "计得", "记得", "得", "评定"];
const HAD: [&str; 8] =
    ["分值权重", "权重分值", "分值", "满分", "权重分", "权重", "标准分", "满分值"];
const LOST: [&str; 7] = ["扣", "扣分", "扣除", "扣减", "扣去", "扣掉", "失分"];
/// Words of rules, and of figures that are of several things.
const RULES: [&str; 22] = [
    "每",
    "平均",
    "否则",
    "如",
    "若",
    "不得",
    "以上",
    "以下",
    "不足",
    "低于",
    "高于",
    "超过",
    "最高",
    "最多",
    "不超过",
    "可得",
    "应得",
    "获得",
    "取得",
    "所得",
    "酌情",
    "加权",
];
/// What names everything that is scored.
const WHOLE: [&str; 8] = ["综合", "总", "自评", "评价", "最终", "评定", "整体", "合计"];

/// The points that a paragraph speaks of, in order.
pub(super) fn read(report: &Report, figures: &[Figure<'_>]) -> Vec<Points> {
    let mut groups: Vec<Points> = Vec::new();
    let mut open: Option<(Points, usize)> = None;
    let close = |open: &mut Option<(Points, usize)>, groups: &mut Vec<Points>| {
        groups.extend(open.take().map(|(points, _)| points));
    };
    for (index, figure) in figures.iter().enumerate() {
        if open.as_ref().is_some_and(|(_, part)| *part != figure.part) {
            close(&mut open, &mut groups);
        }
        if figure.number.kind == Kind::Percent {
            let rate = figure.clause().ends_with("得分率") && figure.is_plain();
            if let (true, Some((points, _))) = (rate, &mut open) {
                points.rate.get_or_insert(figure.id);
            }
            continue;
        }
        if figure.number.kind != Kind::Score {
            continue;
        }
        let (mut role, words) = role(figure);
        let followed = figures[index + 1..].iter().find(|next| next.number.kind == Kind::Score);
        let followed = followed.is_some_and(|next| {
            let (role, words) = self::role(next);
            next.part == figure.part && role == Role::Won && name(words).is_empty()
        });
        let alone = role == Role::Either;
        if alone {
            let total = words.ends_with("总分");
            role = match (followed, total) {
                (true, _) => Role::Had,
                (false, true) => Role::Won,
                (false, false) if figure.opens_item() => Role::Had,
                (false, false) => Role::Rule,
            };
        }
        if role == Role::Rule || !figure.is_plain() {
            close(&mut open, &mut groups);
            continue;
        }
        let own = Some(name(words)).filter(|name| !name.is_empty());
        let own = own.unwrap_or_else(|| name(figure.head()));
        let another = open.as_ref().is_some_and(|(points, _)| {
            let named = !own.is_empty() && own != points.name;
            let taken = match role {
                Role::Had => points.had.is_some(),
                Role::Won => points.won.is_some(),
                _ => false,
            };
            // 扣1分 after 得5分 names what it is taken off for.
            (named && role != Role::Lost) || taken
        });
        if another {
            close(&mut open, &mut groups);
        }
        let (points, _) = open.get_or_insert_with(|| {
            let opens =
                ["其中", "包括", "具体", "分别"].iter().any(|word| figure.lead.contains(word));
            let name = if role == Role::Lost { String::new() } else { own.clone() };
            (Points { name, opens, ..Points::default() }, figure.part)
        });
        match role {
            Role::Had => points.had = Some(figure.id),
            Role::Won => {
                points.won = Some(figure.id);
                points.whole = alone || is_whole(words, &points.name);
            }
            _ => points.lost.push(figure.id),
        }
    }
    close(&mut open, &mut groups);
    for points in &mut groups {
        points.whole &= points.had.is_none_or(|had| is_hundred(report, had));
    }
    groups
}

fn is_hundred(report: &Report, id: NumberId) -> bool {
    report.numbers[id as usize].value() == Some(rust_decimal::Decimal::ONE_HUNDRED)
}

/// What a score is, and the words that say of what.
fn role<'r>(figure: &Figure<'r>) -> (Role, &'r str) {
    let clause = figure.clause();
    if RULES.iter().any(|word| clause.contains(word)) {
        return (Role::Rule, clause);
    }
    let ends = |list: &[&str]| list.iter().find_map(|end| clause.strip_suffix(end));
    if let Some(words) = ends(&LOST) {
        return (Role::Lost, words);
    }
    if let Some(words) = ends(&HAD) {
        return (Role::Had, words);
    }
    if let Some(words) = ends(&WON) {
        return (Role::Won, words);
    }
    (Role::Either, clause)
}

/// `过程` of `其中：过程类指标`: what the points are of, without the words that are said of every indicator.
fn name(words: &str) -> String {
    let mut name = strip_list_label(words.trim());
    loop {
        let before = name.len();
        for start in [
            "其中", "该", "本", "此", "项目", "自评", "综合", "评价", "实际", "最终", "绩效",
            "整体", "总",
        ] {
            name = name.strip_prefix(start).unwrap_or(name);
        }
        if name.len() == before {
            return super::levels::core(name);
        }
    }
}

/// Whether the words before 得分 speak of everything: `农村供水项目综合`, not `产出指标自评`.
fn is_whole(words: &str, name: &str) -> bool {
    let ends = |list: &[&str]| list.iter().any(|end| words.ends_with(end));
    let levels =
        ["指标", "决策", "过程", "产出", "效益", "效果", "满意", "管理", "投入", "部分", "执行率"];
    let level = levels.iter().any(|level| name.contains(level));
    !level && ends(&WHOLE) || name.is_empty() && WHOLE.iter().any(|word| words.contains(word))
}

/// What the points of one indicator claim.
pub(super) fn relate(report: &Report, groups: &[Points], relations: &mut Vec<Relation>) {
    for points in groups {
        let (Some(had), Some(won)) = (points.had, points.won) else { continue };
        let (had, won) = (Term::plus(had), Term::plus(won));
        let label = label(report, points);
        let claim = match points.lost.as_slice() {
            [lost] => Claim::Sum { total: had, parts: vec![won, Term::plus(*lost)], exact: true },
            _ => Claim::Order { less: won, more: had },
        };
        relations.push(relation(report, claim, CHECK, &label));
        if let Some(rate) = points.rate {
            let claim = Claim::Share { part: won, whole: had, percent: Term::plus(rate) };
            relations.push(relation(report, claim, CHECK, &label));
        }
    }
}

/// What points are of, for a message.
pub(super) fn label(report: &Report, points: &Points) -> String {
    if points.whole {
        return "综合得分".into();
    }
    if !points.name.is_empty() {
        return points.name.clone();
    }
    let at = points.had.or(points.won);
    let block = at.and_then(|id| report.document.block_at(report.numbers[id as usize].span.start));
    let title = block.map(|block| outline::above(&report.document, block)).unwrap_or_default();
    if title.is_empty() { "综合得分".into() } else { title }
}
