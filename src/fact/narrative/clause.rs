//! One clause: which figures it holds and what it says of them.

use super::Narrator;
use super::scope::{Base, Scope};
use crate::fact::indicators::Side;
use crate::fact::label::{self, Label};
use crate::fact::{Basis, Completeness, FactId};
use crate::number::Kind;
use crate::phrase::{self, Clause, Delimiter, Lifted, Match, Says, grammar, is_quantity};

impl Narrator<'_> {
    pub(super) fn clause(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        matches: &[Match],
        scope: &mut Scope,
    ) {
        let text = &lifted.text[clause.start..clause.end];
        let said = |found: &Match| grammar().phrases[found.phrase].says;
        // 决算数小于预算数的主要原因: what stands before the word is stated, what follows is a reason.
        let reasons = matches.iter().filter(|found| said(found) == Says::Reason);
        let from = reasons.map(|found| found.range.start).min();
        // 主要原因是厉行节约，与上年相比减少3万元: what is compared is the figure again, where the reason moved nothing.
        let compares = |found: &Match| {
            found.group("base").is_some() && text[..found.range.start].trim().is_empty()
        };
        if scope.reason && scope.still && matches.first().is_some_and(compares) {
            scope.reason = false;
        }
        let stated = match scope.reason {
            true => 0,
            false => from.unwrap_or(text.len()),
        };
        let moves =
            |c| matches!(c, '增' | '减' | '降' | '升' | '涨' | '多' | '少') || is_quantity(c);
        let reason = if scope.reason { text } else { &text[from.unwrap_or(text.len())..] };
        let still = !reason.contains(moves);
        scope.still = still && (!scope.reason || scope.still);
        scope.reason |= from.is_some();
        if let Some(found) = matches.iter().find(|found| said(found) == Says::Nothing)
            && (self.nothing(lifted, clause, found, scope) || !text.contains(is_quantity))
        {
            return;
        }
        let quantities = text.contains(is_quantity);
        // said with 除 or 口
        scope.adjusted |= text.contains(['除', '口'])
            && ["剔除", "扣除", "可比口径"].iter().any(|word| text.contains(word));
        scope.purpose |= !quantities && text.contains("用于");
        let opener = |found: &Match| match said(found) {
            Says::All => Some((found.range.clone(), Completeness::Exact)),
            Says::Some => Some((found.range.clone(), Completeness::AtMost)),
            _ => None,
        };
        let mut openers = matches.iter().filter_map(opener);
        // 本年收入的具体构成为：
        let colon = if clause.then == Delimiter::Colon { text.len() } else { 0 };
        let figure = text.find(is_quantity).unwrap_or(colon);
        let first = openers.next();
        let lead = if quantities { &text[..figure] } else { text };
        if takes_apart(lead)
            && let Some(whole) = self.lead(scope).or_else(|| self.lead_beside(scope))
        {
            scope.subject = Some(whole);
            scope.lists.clear();
            // 按资金类型划分，一般公共预算拨款3万元，…
            let goes_on = quantities || clause.then == Delimiter::Comma;
            if goes_on && first.as_ref().is_none_or(|(range, _)| range.start > figure) {
                let exact = lead.contains("分为");
                let completeness = if exact { Completeness::Exact } else { Completeness::AtMost };
                self.open_list(scope, completeness, lifted, clause);
            }
        }
        if let Some((range, completeness)) = &first
            && range.start <= figure
        {
            scope.year = scope.year.or(scope.year_before);
            scope.base = scope.base.or(scope.base_before);
            scope.buys |= scope.buys_before && scope.counted.is_none();
            // The character before 包括 is looked at, not taken.
            let said = &text[range.clone()];
            let at = ["包", "分别", "构成", "组成", "其中", "主要"].iter();
            let at = at.filter_map(|word| said.find(word)).min().unwrap_or(0);
            self.whole_of_opener(lifted, clause, range.start + at, scope);
            self.open_list(scope, *completeness, lifted, clause);
        }
        if !quantities {
            self.wordy(lifted, clause, text, matches, stated, scope);
            return;
        }
        let mut cursor = 0;
        let mut handled = usize::MAX;
        for &(at, id) in lifted.numbers_in(clause.start..clause.end) {
            let at = at as usize - clause.start;
            let kind = self.report.numbers[id as usize].kind;
            if !matches!(
                kind,
                Kind::Amount | Kind::Percent | Kind::Points | Kind::Count | Kind::Score
            ) {
                continue;
            }
            let found = matches.iter().position(|m| m.range.contains(&at));
            // 占采购支出600万元的16%、33%和51%: the row begins after a figure of the same phrase.
            let percent = found.and_then(|index| matches[index].group("percent"));
            let first = percent.map_or(at, |percent| percent.start);
            let run = self.in_run(clause.start + at, scope);
            let run = run.or_else(|| self.in_run(clause.start + first, scope));
            match (run, found) {
                (_, Some(index)) if index == handled => continue,
                (Some((_, place)), _) if place > 0 => {
                    cursor = at + phrase::placeholder(kind).len_utf8();
                    continue;
                }
                (Some((run, _)), Some(index)) if is_of_level(said(&matches[index])) => {
                    handled = index;
                    self.said_in_run(lifted, clause, &matches[index], run, scope);
                    cursor = matches[index].range.end;
                    continue;
                }
                (Some((run, _)), None) if kind == Kind::Amount => {
                    self.levels_in_run(lifted, clause, cursor..at, run, scope);
                    cursor = at + phrase::placeholder(kind).len_utf8();
                    continue;
                }
                _ => {}
            }
            match found {
                Some(index) => {
                    handled = index;
                    let found = &matches[index];
                    let words = cursor..found.range.start.max(cursor);
                    self.said(lifted, clause, words, found, scope);
                    cursor = found.range.end;
                }
                None => {
                    let end = at + phrase::placeholder(kind).len_utf8();
                    self.plain(lifted, clause, cursor..at, id, scope);
                    cursor = end;
                }
            }
        }
        // 持平, 决算数等于预算数 in a clause that also holds a figure.
        for found in matches.iter().filter(|found| found.range.start < stated) {
            if matches!(said(found), Says::Same | Says::Compared) {
                self.statement(lifted, clause, found, scope);
            }
        }
        if let Some((range, completeness)) = openers.next_back().or(first)
            && range.start > figure
            && clause.then != Delimiter::Stop
        {
            self.open_list(scope, completeness, lifted, clause);
        }
    }

    /// A clause without figures: a base, a statement, or a name for the figures that follow. What stands from `stated` on
    /// is a reason.
    fn wordy(
        &mut self,
        lifted: &Lifted,
        clause: Clause,
        text: &str,
        matches: &[Match],
        stated: usize,
        scope: &mut Scope,
    ) {
        for found in matches {
            match grammar().phrases[found.phrase].says {
                Says::Versus => {
                    let words = found.group("base").unwrap_or_default();
                    scope.base = Some(self.base(lifted, clause, words));
                    // 收入支出总体与上年相比，增加…
                    let label = self.label(lifted, clause, 0..found.range.start);
                    if !label.indicators.is_empty() && !label.generic {
                        scope.subject = self.find_level(&label, scope);
                        scope.pending = Some(label);
                    }
                    return;
                }
                Says::Same | Says::Compared => {
                    if found.range.start < stated {
                        self.statement(lifted, clause, found, scope);
                    }
                    return;
                }
                _ => {}
            }
        }
        let label = self.label(lifted, clause, 0..text.len());
        let said = lifted.numbers_in(clause.start..clause.end).iter().any(|(_, id)| {
            matches!(self.report.numbers[*id as usize].kind, Kind::Year | Kind::Period)
        });
        // `上年：25.77万元` is the figure named before, a year earlier.
        let earlier = clause.then == Delimiter::Colon
            && ["上年", "上年度", "去年", "上一年", "上一年度"].contains(&text.trim());
        // 相比2018年公务接待费有所减少 says no year of what follows.
        let compared = || {
            ["相比", "比", "较", "与", "同", "和"].iter().any(|w| text.trim_start().starts_with(w))
        };
        if label.year.is_some() && (said || earlier) && !scope.reason && !compared() {
            scope.year = label.year;
        }
        if let Some(inside) = text.trim_end().strip_suffix('中') {
            let whole = self.label(lifted, clause, 0..inside.len());
            scope.whole = Some(whole).filter(|whole| !whole.indicators.is_empty());
        }
        if scope.purpose || (earlier && label.year.is_some() && label.code.is_none()) {
            return;
        }
        let names = !label.indicators.is_empty() || label.code.is_some();
        // 收入预算：2026年年初预算数3万元
        let sided = label.side.is_some() && clause.then == Delimiter::Colon && !scope.reason;
        if (names && (!label.generic || sided))
            || (clause.then == Delimiter::Colon && !label.generic && !scope.reason)
        {
            scope.pending = Some(label);
            if names {
                scope.subject = None;
            }
        }
    }

    /// Finds the whole of a list that words open: 支出包括 is of the spending said before, and a paragraph that begins
    /// with 其中 goes on with the figure of the paragraph before.
    fn whole_of_opener(&self, lifted: &Lifted, clause: Clause, opener: usize, scope: &mut Scope) {
        let label = self.label(lifted, clause, 0..opener);
        if label.side.is_some() && label.generic {
            let of_other = |id: FactId| {
                let name = &*self.facts.facts[id as usize].indicator;
                Side::of(name).is_some_and(|side| Some(side) != label.side)
                    || name.starts_with("balance/")
            };
            if let Some(whole) = self.find_level(&label, scope) {
                scope.subject = Some(whole);
                scope.lists.clear();
            } else if scope.subject.is_some_and(of_other) {
                // 收入包括：…、上年结转结余0万元；支出包括：…: the spending is not printed here.
                scope.subject = self.lead(scope).filter(|lead| !of_other(*lead));
                scope.lists.clear();
            }
        } else if scope.subject.is_none() && !label.indicators.is_empty() {
            scope.subject = self.find_whole(&label, None, scope);
        } else if scope.subject.is_none() && scope.pending.is_none() && label.name.is_empty() {
            scope.subject = self.lead(scope);
        }
    }

    pub(super) fn label(
        &self,
        lifted: &Lifted,
        clause: Clause,
        words: std::ops::Range<usize>,
    ) -> Label {
        let start = clause.start + words.start;
        let text = &lifted.text[start..clause.start + words.end];
        label::read(text, |at| lifted.number_at(start + at), self.context)
    }

    /// The base a comparison names: `2023年决算数`, `上年`, `年初预算`.
    pub(super) fn base(
        &self,
        lifted: &Lifted,
        clause: Clause,
        words: std::ops::Range<usize>,
    ) -> Base {
        let start = clause.start + words.start;
        let text = &lifted.text[start..clause.start + words.end];
        let mut base = Base::default();
        for &(_, id) in lifted.numbers_in(start..start + text.len()) {
            let period = self.report.numbers[id as usize].period();
            if let Some(period) = period.filter(|period| period.from.0 == period.to.0) {
                base.year = Some(period.to.0).filter(|year| *year > 0);
            }
        }
        if base.year.is_none()
            && ["上年", "去年", "上一年", "前一年", "同期"].iter().any(|word| text.contains(word))
        {
            base.year = self.context.year.map(|year| year - 1);
        }
        base.basis = if text.contains("执行") || text.contains("决算") {
            Some(Basis::Final)
        } else if text.contains("全年预算") || text.contains("调整") {
            Some(Basis::Adjusted)
        } else if text.contains("预算") {
            Some(Basis::Budget)
        } else {
            None
        };
        base
    }
}

/// Whether words before a list say by what it takes its whole apart: `按支出功能分类，包括`.
fn takes_apart(words: &str) -> bool {
    let words = label::strip_list_label(words.trim_start());
    let by = words.strip_prefix("其中").unwrap_or(words).trim_start_matches(['：', ':', '，']);
    by.starts_with('按') && ["分类", "划分", "用途", "科目"].iter().any(|word| by.contains(word))
}

/// Whether a phrase says something of a level that stands before it.
fn is_of_level(says: Says) -> bool {
    matches!(says, Says::Share | Says::Change | Says::Rate | Says::Completion)
}
