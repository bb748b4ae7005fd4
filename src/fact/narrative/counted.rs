//! Counts and scores, and what is counted: the words before a figure or after it (`5个|内设机构`).

use super::Narrator;
use super::scope::{Counted, Scope};
use crate::document::Span;
use crate::fact::Measure;
use crate::fact::indicators::{self, indicators};
use crate::fact::label::Label;
use crate::number::NumberId;
use std::sync::Arc;

/// The money of what was counted: 外事接待 → 外事接待支出, if that is an indicator.
pub(super) fn spent_on(counted: &Counted) -> Option<(&str, Arc<str>)> {
    let name = counted.name.as_str();
    let known = indicators().get(&format!("{name}支出"))?;
    Some((name, known.name.clone()))
}

impl Narrator<'_> {
    /// A score (`92分`) of what stands before it.
    pub(super) fn scored(&mut self, mut label: Label, id: NumberId, scope: &mut Scope) {
        scope.year = label.year.or(scope.year);
        // 过程指标25分，得分24分: the score of a part.
        const PARTS: [&str; 7] = ["指标", "决策", "过程", "产出", "效益", "满意度", "执行率"];
        let bare = label.name == "得分" || label.name.is_empty();
        if let (true, Some(part)) = (bare, scope.part.as_ref()) {
            label.name = format!("{part}得分");
            label.indicators.clear();
            self.push(&label, Measure::Score, id, scope, None, None, 80);
            return;
        }
        if PARTS.iter().any(|word| label.name.contains(word)) {
            label.indicators.clear();
            scope.part = Some(label.name.clone());
            self.push(&label, Measure::Score, id, scope, None, None, 80);
            return;
        }
        self.name_by_scope(&mut label, scope);
        label.score();
        self.push(&label, Measure::Score, id, scope, None, None, 80);
    }

    /// A count (`27批次`, `3辆`) of what stands before it, or after it: `5个|内设机构`.
    pub(super) fn counted(
        &mut self,
        mut label: Label,
        after: &str,
        id: NumberId,
        scope: &mut Scope,
    ) {
        scope.year = label.year.or(scope.year);
        let unit = self.report.numbers[id as usize].unit.clone();
        label.indicators.clear();
        let buys = label.words.contains("购置") || label.words.contains("更新");
        if label.words.is_empty() {
            self.name_by_scope(&mut label, scope);
            label.words.clone_from(&label.name);
        }
        // 累计240人次, after 国内公务接待30批, is of that.
        let people =
            ["累计", "人数", "累计接待", "来访人员", "共计", ""].contains(&label.words.as_str());
        if people {
            label.name.clone_from(&label.words);
        }
        let counted = scope.counted.as_ref().filter(|_| people).map(|counted| &counted.name);
        if let Some(of) = counted.and_then(|of| indicators().count(of, &unit)) {
            label.indicators = vec![of.name.clone()];
        }
        let mut known =
            !label.indicators.is_empty() || label.count(&unit) || label.counted_after(after, &unit);
        if !known && (label.name.is_empty() || label.generic) {
            // 共5个项目
            let of_unit = unit.strip_prefix('个').filter(|rest| !rest.is_empty());
            match of_unit {
                Some(name) => label.name = name.to_owned(),
                None => self.name_by_scope(&mut label, scope),
            }
            label.words.clone_from(&label.name);
            known = label.count(&unit);
        } else if !known && unit == "个项目" {
            // “城乡低保”“特困供养”2个项目
            label.name = "项目".to_owned();
        }
        self.owned(&mut label, buys, id, scope);
        // 轿车3辆、金额60万元 is what they cost; 购置公务用车3辆，金额60万元 is an indicator of its own.
        let kind_of = label.indicators.first().is_some_and(|name| name.contains("vehicles_"));
        scope.counted = Some(Counted { name: label.name.clone(), known: known && !kind_of });
        self.push(&label, Measure::Count, id, scope, None, None, 80);
    }

    /// Gives a figure without a name the name of what was counted or named last.
    fn name_by_scope(&self, label: &mut Label, scope: &Scope) {
        if label.name.is_empty() {
            let pending = scope.pending.as_ref().map(|pending| pending.name.clone());
            let counted = scope.counted.as_ref().map(|counted| counted.name.clone());
            label.name = counted.or(pending).unwrap_or_default();
        }
        label.indicators.clear();
    }

    /// What is owned and what is to be bought have the same names: 购置车辆10辆，其中执法执勤用车5辆. Things of a price are
    /// named with it (`单价100万元以上设备`), and are there at the date said of the vehicles before them.
    fn owned(&self, label: &mut Label, buys: bool, id: NumberId, scope: &mut Scope) {
        let priced = scope.priced.take();
        let bought = buys || priced.as_ref().is_some_and(|priced| priced.buys);
        let Some(indicator) = label.indicators.first().cloned() else { return };
        if &*indicator == "procurement/vehicles" {
            scope.buys = true;
        }
        let Some(thing) = indicator.strip_prefix("assets/") else { return };
        let start = self.report.numbers[id as usize].span.start;
        if let Some(priced) = priced.filter(|priced| priced.at < start) {
            let name = Span { start: priced.at, end: start };
            label.name = indicators::normal(self.report.document.slice(name));
        }
        scope.buys |= bought;
        if scope.buys && thing != "vehicles" {
            label.indicators = vec![format!("procurement/{thing}").into()];
        } else {
            label.year = label.year.or(scope.year).or(scope.year_before);
        }
    }
}
