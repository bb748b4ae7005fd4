//! The words before a figure: `2024年一般公共预算财政拨款支出决算为` is spending, of that money, 决算, 2024.

pub(crate) mod dictionary;
mod government;
mod known;
mod noun;
mod words;

pub use government::{Government, government};
pub use noun::noun;

use super::indicators::{Side, fund_in, indicators, normal};
use super::{Basis, Entity, Fund};
use crate::number::{Kind, Number, NumberId};
use crate::phrase::placeholder;
use known::known;
use std::borrow::Cow;
use std::sync::Arc;
use words::words;

/// What the words before a figure say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// The name as printed, without year, agency and verbs.
    pub name: String,
    /// Canonical indicators: two for `收、支总计`, none for a name no grammar knows.
    pub indicators: Vec<Arc<str>>,
    /// The money, if named.
    pub fund: Option<Fund>,
    /// The stage, if named.
    pub basis: Option<Basis>,
    /// The year, if named.
    pub year: Option<i32>,
    /// Whether the words name nothing by themselves (`支出决算为`, `预算数`): the subject stands before.
    pub generic: bool,
    /// Revenue or spending, where the words say only that.
    pub side: Option<Side>,
    /// The classification code in the label.
    pub code: Option<NumberId>,
    /// The government whose budget it is, if named.
    pub government: Option<Government>,
    /// The words as they stood, without label, year and agency.
    pub words: String,
    /// The project it names, where it is an assessment: `培训费项目绩效自评得分`.
    pub entity: Option<Entity>,
}

impl Label {
    /// Reads the name of a score: `培训费专项预算项目绩效自评得分` is the score of the project 培训费.
    pub fn score(&mut self) {
        self.indicators = vec!["performance/score".into()];
        let tails = words().score();
        if let Some(name) = tails.iter().find_map(|tail| self.name.strip_suffix(tail.as_str())) {
            let name =
                tails.iter().find_map(|tail| name.strip_suffix(tail.as_str())).unwrap_or(name);
            self.entity = project(name);
        }
    }

    /// Keeps of both sides the one that is said: 收入预算为3万元 under the heading 收支总体情况.
    pub fn only(&mut self, side: Side) {
        if self.indicators.len() == 2 {
            self.indicators.retain(|name| name.starts_with(side.prefix()));
            self.name = if side == Side::Revenue { "收入" } else { "支出" }.into();
        }
    }

    /// What a count in `unit` counts, by the words before it: `本部门共有车辆` in 辆.
    pub fn count(&mut self, unit: &str) -> bool {
        let find = |text: &str| indicators().count(text, unit).map(|known| known.name.clone());
        let priced = |text: &'_ str| text.starts_with("（含）") || text.starts_with("以上");
        let mut text = self.words.as_str();
        if priced(text) {
            text = text.trim_start_matches("（含）").trim_start_matches("以上");
            text = text.trim_start_matches(['的', '及']);
        }
        let mut found = None;
        while found.is_none() && !text.is_empty() {
            found = find(text).map(|known| (text, known));
            let after = words().strip_after(text).map(|(rest, _)| rest);
            let Some(rest) = after.or_else(|| words().strip_before(text)) else { break };
            text = rest;
        }
        // 县水务局共有车辆, 所属各预算单位共有车辆
        let words = self.words.trim_end_matches(['有', '共', '计', '为', '是']);
        let offices = words.char_indices().map(|(at, _)| words.split_at(at));
        let of_office = |(office, name): (&str, &'_ str)| find(name).is_some() && is_office(office);
        if found.is_none()
            && let Some((_, name)) = offices.clone().find(|split| of_office(*split))
        {
            found = find(name).map(|known| (name, known));
        }
        // 纳入本部门汇总预算编制范围的预算单位共计
        let of_people = |(_, name): (&str, &'_ str)| {
            find(name).is_some_and(|known| {
                known.starts_with("organization/")
                    || known.starts_with("staff/")
                    || name.ends_with("保有量")
            })
        };
        if found.is_none()
            && let Some((_, name)) = offices.clone().find(|split| of_people(*split))
        {
            found = find(name).map(|known| (name, known));
        }
        let Some((name, known)) = found else { return false };
        self.name = name.to_owned();
        self.indicators = vec![known];
        true
    }

    /// What a count in `unit` counts, by the words after it: `7个|内设机构`, `12个项目|纳入绩效目标管理`.
    pub fn counted_after(&mut self, after: &str, unit: &str) -> bool {
        let after = normal(after);
        let Some((end, known)) = indicators().counted_first(&after, unit) else { return false };
        self.name = after[..end].to_owned();
        self.indicators = vec![known.name.clone()];
        true
    }

    /// Reads the name of a summary: `培训费项目绩效自评综述` speaks of the money of the project 培训费.
    fn summary(&mut self) {
        let tails = words().summary();
        if let Some(name) = tails.iter().find_map(|tail| self.name.strip_suffix(tail.as_str())) {
            self.entity = project(name);
            self.indicators.extend(self.entity.as_ref().map(|_| "project/funds".into()));
        }
    }
}

/// The project of a name, unless it is the whole department.
fn project(name: &str) -> Option<Entity> {
    // 平均得分100.00分 is of several projects.
    let whole = ["部门", "整体", "单位", "平均"].iter().any(|word| name.contains(word));
    (!name.is_empty() && !whole && !is_office(name)).then(|| Entity::Project(name.into()))
}

pub(super) fn prepare() {
    words();
}

/// What a label is read in.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// All numbers.
    pub numbers: &'a [Number],
    /// The agency as printed, normalised.
    pub agency: Option<&'a str>,
    /// The report's year.
    pub year: Option<i32>,
}

/// What the words of a label hold after the last code, seen in one pass.
#[derive(Default)]
struct Seen {
    /// Where they begin.
    from: usize,
    lifted: bool,
    year: bool,
    /// What the words for a reason are written with.
    reason: bool,
    /// What names are compared without.
    odd: bool,
}

fn is_placeholder(c: char) -> bool {
    ('\u{E000}'..='\u{E0FF}').contains(&c)
}

/// Reads the words before a figure: `words` is lifted text, `number` gives the number of a placeholder by its byte in it.
pub fn read(
    words: &str,
    number: impl Fn(usize) -> Option<NumberId>,
    context: Context<'_>,
) -> Label {
    let mut label = Label::default();
    let mut seen = Seen::default();
    for (index, c) in words.char_indices() {
        match c {
            '\u{4e00}'..='\u{9fff}' => {
                seen.year |= c == '年';
                seen.reason |= matches!(c, '主' | '因');
            }
            '（' | '）' | '、' => {}
            c if c == placeholder(Kind::Year) || c == placeholder(Kind::Period) => {
                seen.lifted = true;
                let period = number(index).and_then(|id| context.numbers[id as usize].period());
                // “十五五” is no year.
                if let Some(period) = period.filter(|period| period.from.0 == period.to.0) {
                    label.year = Some(period.to.0).filter(|year| *year > 0).or(label.year);
                }
            }
            c if c == placeholder(Kind::Code) => {
                label.code = number(index);
                seen = Seen { from: index + c.len_utf8(), ..Seen::default() };
            }
            c if is_placeholder(c) => seen.lifted = true,
            _ => seen.odd = true,
        }
    }
    let after = &words[seen.from..];
    // 20109-海关事务
    let dashed = label.code.is_some();
    let after = if dashed { after.trim_start_matches(['-', '—', '－']) } else { after };
    let mut text = Cow::Borrowed(after);
    if seen.lifted {
        text = text.chars().filter(|c| !is_placeholder(*c)).collect();
    }
    if label.year.is_none()
        && seen.year
        && ["上年", "去年", "上一年"].iter().any(|word| text.contains(word))
        && !text.contains('结')
    {
        label.year = context.year.map(|year| year - 1);
    }
    if seen.odd {
        text = Cow::Owned(normal(&text));
    }
    const REASONS: [&str; 7] =
        ["主要原因是", "主要原因", "原因是", "主要是", "主要由于", "主要系", "主要用于"];
    let reasons = REASONS.iter().filter(|_| seen.reason);
    let reason = reasons.filter_map(|word| Some(text.rfind(word)? + word.len())).max();
    let mut rest = strip_list_label(&text[reason.unwrap_or(0)..]);
    if let Some(agency) = context.agency
        && agency.chars().next().is_some_and(|first| rest.contains(first))
        && let Some(found) = rest.find(agency)
    {
        rest = &rest[found + agency.len()..];
    }
    // 按支出性质划分为基本支出
    if rest.starts_with('按')
        && let Some((_, parts)) = rest.split_once("分为")
    {
        rest = parts;
    }
    label.words = rest.to_owned();
    let mut core = Cow::Borrowed(rest);
    if let Some((range, fund)) = fund_in(rest) {
        label.fund = Some(fund);
        // What stands before the money is whose it is: agency, 本部门.
        let after = &rest[range.end..];
        label.government = government(&rest[..range.start], &rest[range.clone()], after);
        let before = strip_affixes(&rest[..range.start], &mut label.basis);
        let whose = label.government.is_some() || is_office(before);
        core = if whose || before.chars().count() <= 2 {
            Cow::Borrowed(after)
        } else {
            Cow::Owned(format!("{before}{after}"))
        };
        if let Some((range, Fund::Appropriation)) = fund_in(&core) {
            core.to_mut().replace_range(range, "");
        }
    }
    // 预算安排公用经费130万元 is what was to be spent.
    let planned =
        ["预算安排", "年初预算安排", "年初安排"].iter().any(|word| rest.starts_with(word));
    label.basis = label.basis.or(planned.then_some(Basis::Budget));
    resolve(&core, &mut label);
    // 涉及一般公共预算支出1639.34万元: the money under assessment, not all of it.
    let assessed = ["涉及", "共涉及"].iter().any(|word| label.words.starts_with(word));
    if assessed && (label.side.is_some() || label.name.is_empty()) && label.fund.is_some() {
        label.indicators = vec!["performance/funds".into()];
        label.generic = false;
    }
    label
}

/// Whether words look like the name of an office.
pub fn is_office(name: &str) -> bool {
    words().office(name)
}

/// `1.`, `（一）`, `①`, `一是` taken off.
pub fn strip_list_label(text: &str) -> &str {
    let circled = |c: char| matches!(c, '①'..='⑩');
    let han = |c| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
    let digit = |c: char| c.is_ascii_digit() || han(c) || circled(c);
    let trimmed = text.trim_start_matches(['（', '(']);
    let digits = trimmed.trim_start_matches(digit);
    if digits.len() == trimmed.len() {
        return text;
    }
    let after = digits.trim_start_matches(['）', ')', '.', '．', '、', '是', '：']);
    if after.len() == digits.len() && !trimmed.starts_with(circled) { text } else { after }
}

/// Takes off the words around a name, noting the stage they say.
fn strip_affixes<'t>(mut text: &'t str, basis: &mut Option<Basis>) -> &'t str {
    loop {
        let before = text.len();
        if let Some(rest) = words().strip_before(text) {
            text = rest;
        }
        if let Some((rest, found)) = words().strip_after(text) {
            text = rest;
            *basis = basis.or(found);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Finds the canonical indicator of `core`, taking affixes off one at a time.
fn resolve(core: &str, label: &mut Label) {
    let mut text = core;
    loop {
        // 预算支出 alone is the whole of it; 财政拨款预算支出 says the stage inside a name.
        let staged = text.starts_with("预算");
        if !(staged && label.fund.is_some())
            && let Some(known) = known(text, label)
        {
            label.basis = label.basis.or(staged.then_some(Basis::Budget));
            label.adopt(known);
            return;
        }
        // 本部门收入总计: what stands before is taken off before 总计 is, which is part of the name.
        let mut inner = text;
        while let Some(rest) = words().strip_before(inner) {
            inner = rest;
            if !inner.starts_with("预算")
                && let Some(known) = known(inner, label).filter(|known| !known.generic)
            {
                label.adopt(known);
                return;
            }
        }
        // Every stage is said with 算.
        let stages = if text.contains('算') { words().inside() } else { &[] };
        for (word, basis) in stages {
            // whether a short word is there is told sooner than where
            let Some(at) = text.contains(&**word).then(|| text.find(&**word)).flatten() else {
                continue;
            };
            let without = format!("{}{}", &text[..at], &text[at + word.len()..]);
            let found = known(&without, label)
                .or_else(|| known(without.trim_end_matches(['数', '为', '是']), label));
            if let Some(mut known) = found {
                // 收支总预算 is a name; 收支总 is none.
                if known.name.ends_with('总') {
                    known.name = text;
                }
                let said = words().strip_after(text).and_then(|(_, basis)| basis);
                label.basis = label.basis.or(said).or(Some(*basis));
                label.adopt(known);
                return;
            }
        }
        if let Some((rest, basis)) = words().strip_after(text) {
            label.basis = label.basis.or(basis);
            text = rest;
        } else if let Some(rest) = words().strip_before(text) {
            text = rest;
        } else {
            break;
        }
    }
    // An office before a known name: 县水务局机关运行经费.
    let office =
        indicators().ends(text).find(|index| is_office(text[..*index].trim_end_matches('的')));
    if let Some(known) = office.and_then(|index| known(&text[index..], label)) {
        label.adopt(known);
        return;
    }
    if let Some(rest) = without_whose(text).or_else(|| without_remark(text)) {
        return resolve(rest, label);
    }
    if let Some(short) = by_short_name(text) {
        return resolve(&short, label);
    }
    label.name = text.to_string();
    label.generic = words().generic(text);
    label.summary();
}

/// `三公经费支出` of `县本级安排的三公经费支出`: whose it is stands before.
fn without_whose(text: &str) -> Option<&str> {
    const WHOSE: [&str; 6] = ["安排的", "本级", "本级中", "开支的", "使用的", "使用安排"];
    let (before, _) = text.contains('三').then(|| text.split_once("三公经费")).flatten()?;
    WHOSE.iter().any(|word| before.ends_with(word)).then(|| &text[before.len()..])
}

/// `政府采购金额` of `政府采购金额（以合同签订为准）`.
fn without_remark(text: &str) -> Option<&str> {
    let (name, remark) = text.strip_suffix('）')?.rsplit_once('（')?;
    (remark.starts_with('以') && remark.ends_with("为准")).then_some(name)
}

/// `三公经费支出` of `因公出国（境）经费、公务接待费（简称三公经费）支出`.
fn by_short_name(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("简称")?;
    let (name, after) = rest.split_once('）')?;
    (!name.is_empty()).then(|| format!("{name}{after}"))
}
