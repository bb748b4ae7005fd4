//! What words say is none: `本年度无国有资本经营预算支出`, `未发生公务接待费`, `没有购置车辆`.
//!
//! Only what the whole report has none of counts. `本单位无…` is of the report, `下属单位无…` is not; `无新增支出`,
//! `无上年结转的支出` say nothing of the whole; what a sentence on one item says of a fund is of that item.

use super::Narrator;
use super::run::members;
use super::scope::Scope;
use crate::document::Span;
use crate::fact::indicators::{self, Side, fund_in, indicators, is_of_one_money, of_fund};
use crate::fact::label::Label;
use crate::fact::{Entity, Fund, Measure, Nothing};
use crate::phrase::{Clause, Lifted, Match};
use std::sync::Arc;

/// Words before 无 that make it a condition, a part, or an exception.
const LIMITS: [&str; 13] = [
    "如",
    "若",
    "凡",
    "除",
    "外",
    "部分",
    "所属",
    "下属",
    "个别",
    "原则上",
    "上年",
    "以前",
    "项目",
];

/// Words that narrow what there is none of.
const NARROW: [&str; 14] = [
    "结转",
    "结余",
    "新增",
    "追加",
    "超",
    "变化",
    "变动",
    "增",
    "减",
    "计划",
    "的部门",
    "的单位",
    "相应",
    "对应",
];

/// Subjects of sections and sentences on less than all the money of a fund.
const LESS: [&str; 8] = ["三公", "会议费", "培训费", "运行", "采购", "绩效", "资产", "结转"];

/// Measure words of things that reports say they have none of.
const UNITS: [&str; 4] = ["辆", "台（套）", "个", "批次"];

impl Narrator<'_> {
    /// Notes what a clause says there is none of; whether it does.
    pub(super) fn nothing(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        found: &Match,
        scope: &Scope,
    ) -> bool {
        let Some(what) = found.group("what") else { return false };
        let words = |range: std::ops::Range<usize>| {
            &lifted.text[clause.start + range.start..clause.start + range.end]
        };
        let before = words(0..found.range.start);
        let limited = LIMITS.iter().any(|word| before.contains(word));
        let what_words = words(what.clone());
        let narrow = NARROW.iter().any(|word| what_words.contains(word))
            || what_words
                .ends_with(['的', '\u{E005}', '\u{E006}', '\u{E007}', '\u{E008}', '\u{E009}']);
        if limited || narrow || scope.reason || self.entity(scope) != Entity::Department {
            return false;
        }
        let whose = self.label(lifted, clause, 0..found.range.start);
        let rest =
            whose.name.trim_matches(|c| "也均都暂目前尚仍今年同时故因此并我本局".contains(c));
        if !rest.is_empty() || whose.fund.is_some() || whose.code.is_some() {
            return false;
        }
        let mut names: Vec<_> = self.named(lifted, clause, what.clone()).into_iter().collect();
        if names.is_empty()
            || fund_in(what_words).is_some_and(|(at, _)| fund_in(&what_words[at.end..]).is_some())
        {
            // 无政府性基金预算支出、国有资本经营预算支出
            let text = &lifted.text[clause.start..clause.end];
            names = members(text, what.clone())
                .into_iter()
                .flat_map(|part| self.named(lifted, clause, part))
                .collect();
        }
        let at = Span {
            start: lifted.source(clause.start + found.range.start),
            end: lifted.source(clause.start + found.range.end - 1) + 1,
        };
        let money = |fund: Option<Fund>| {
            !matches!(fund, Some(Fund::GovernmentFund | Fund::StateCapital))
                || self.is_of_all(before, at.start, scope)
        };
        let said: Vec<Nothing> = names
            .into_iter()
            .filter(|(label, ..)| money(label.fund))
            .flat_map(|(label, measure, sure)| {
                let year = label.year.or(whose.year).or(scope.year).or(self.context.year);
                let basis = label.basis.unwrap_or(self.basis);
                let named = label.name.clone();
                label.indicators.into_iter().map(move |indicator| Nothing {
                    indicator,
                    label: named.clone(),
                    fund: label.fund,
                    basis,
                    year,
                    measure,
                    certainty: if sure { 90 } else { 70 },
                    at,
                })
            })
            .collect();
        let any = !said.is_empty();
        self.facts.nothing.extend(said);
        any
    }

    /// What some words name, if a grammar knows it: its name, whether it is counted, and whether it is all of it.
    fn named(
        &self,
        lifted: &Lifted,
        clause: Clause,
        what: std::ops::Range<usize>,
    ) -> Option<(Label, Measure, bool)> {
        let words = &lifted.text[clause.start + what.start..clause.start + what.end];
        // 当年 leaves out what was carried over.
        let sure = !words.starts_with("当年");
        let mut label = self.label(lifted, clause, what);
        let fund = label.fund.filter(|fund| !matches!(fund, Fund::All | Fund::Other));
        let both = label.indicators.len() == 2 || words.contains("收入") && words.contains("支出");
        if let Some(fund) = fund
            && (label.name.is_empty() || both || label.side.is_some())
        {
            let sides = match (both || label.side.is_none(), label.side) {
                (false, Some(side)) => vec![side],
                _ => vec![Side::Revenue, Side::Expenditure],
            };
            label.indicators = sides.into_iter().map(|side| of_fund(side, fund).into()).collect();
            label.name = indicators::normal(words);
            return Some((label, Measure::Level, sure));
        }
        let known = |name: &Arc<str>| {
            is_of_one_money(name)
                || name.starts_with("revenue/")
                    && !name.ends_with("/total")
                    && !name.ends_with("year")
                || matches!(
                    &**name,
                    "procurement/total"
                        | "expenditure/operating"
                        | "expenditure/to_superior"
                        | "expenditure/to_affiliated"
                )
        };
        if !label.generic && label.indicators.iter().any(known) {
            return Some((label, Measure::Level, sure));
        }
        let counted = UNITS.iter().find_map(|unit| indicators().count(&label.name, unit))?;
        label.indicators = vec![counted.name.clone()];
        Some((label, Measure::Count, sure))
    }

    /// Whether what is said of a fund here is said of all of it.
    fn is_of_all(&self, before: &str, at: u32, scope: &Scope) -> bool {
        let sections = &self.report.document.sections;
        let title = sections.get(scope.section as usize).map_or("", |section| &section.title);
        let text = self.report.document.slice(Span { end: at, ..scope.span });
        let less = |text: &str| LESS.iter().any(|word| text.contains(word));
        !less(title) && !less(before) && !less(text)
    }
}
