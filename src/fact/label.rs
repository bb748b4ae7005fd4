//! The words before a figure: `2024年一般公共预算财政拨款支出决算为` is spending, of that money, 决算, 2024.

pub(crate) mod dictionary;
mod noun;
mod words;

pub use noun::noun;

use super::codes::{Classification, codes};
use super::indicators::{Side, fund_in, indicators, is_normal, normal, of_fund};
use super::{Basis, Entity, Fund};
use crate::number::{Kind, Number, NumberId};
use crate::phrase::placeholder;
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
    let whole = ["部门", "整体", "单位"].iter().any(|word| name.contains(word));
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

/// Reads the words before a figure: `words` is lifted text, `number` gives the number of a placeholder by its byte in it.
pub fn read(
    words: &str,
    number: impl Fn(usize) -> Option<NumberId>,
    context: Context<'_>,
) -> Label {
    let mut label = Label::default();
    let mut text = String::with_capacity(words.len());
    for (index, c) in words.char_indices() {
        if c == placeholder(Kind::Year) || c == placeholder(Kind::Period) {
            let period = number(index).and_then(|id| context.numbers[id as usize].period());
            // “十五五” is no year.
            if let Some(period) = period.filter(|period| period.from.0 == period.to.0) {
                label.year = Some(period.to.0).filter(|year| *year > 0).or(label.year);
            }
        } else if c == placeholder(Kind::Code) {
            label.code = number(index);
            text.clear();
        } else if !('\u{E000}'..='\u{E0FF}').contains(&c) {
            text.push(c);
        }
    }
    if label.year.is_none()
        && text.contains('年')
        && ["上年", "去年", "上一年"].iter().any(|word| text.contains(word))
        && !text.contains('结')
    {
        label.year = context.year.map(|year| year - 1);
    }
    let text = if is_normal(&text) { text } else { normal(&text) };
    const REASONS: [&str; 7] =
        ["主要原因是", "主要原因", "原因是", "主要是", "主要由于", "主要系", "主要用于"];
    let may = text.contains(['主', '因']);
    let reasons = REASONS.iter().filter(|_| may);
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
    let mut core = rest.to_string();
    label.words.clone_from(&core);
    if let Some((range, fund)) = fund_in(&core) {
        label.fund = Some(fund);
        // What stands before the money is whose it is: agency, 本部门.
        let after = core[range.end..].to_string();
        let before = strip_affixes(&core[..range.start], &mut label.basis);
        core = if before.chars().count() <= 2 || is_office(&before) {
            after
        } else {
            format!("{before}{after}")
        };
        if let Some((range, Fund::Appropriation)) = fund_in(&core) {
            core.replace_range(range, "");
        }
    }
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
    let trimmed = text.trim_start_matches(['（', '(']);
    let digits = trimmed.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩".contains(c)
    });
    if digits.len() == trimmed.len() {
        return text;
    }
    let after = digits.trim_start_matches(['）', ')', '.', '．', '、', '是', '：']);
    let circled = trimmed.starts_with(|c: char| "①②③④⑤⑥⑦⑧⑨⑩".contains(c));
    if after.len() == digits.len() && !circled { text } else { after }
}

/// Takes off the words around a name, noting the stage they say.
fn strip_affixes(text: &str, basis: &mut Option<Basis>) -> String {
    let mut text = text;
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
            return text.to_string();
        }
    }
}

/// Finds the canonical indicator of `core`, taking affixes off one at a time.
fn resolve(core: &str, label: &mut Label) {
    let mut text = core;
    loop {
        // 预算支出 alone is the whole of it; 财政拨款预算支出 says the stage inside a name.
        let staged = text.starts_with("预算");
        if !(staged && label.fund.is_some()) && accept(text, label) {
            label.basis = label.basis.or(staged.then_some(Basis::Budget));
            return;
        }
        // 本部门收入总计: what stands before is taken off before 总计 is, which is part of the name.
        let mut inner = text;
        while let Some(rest) = words().strip_before(inner) {
            inner = rest;
            let staged = inner.starts_with("预算");
            let mut named = label.clone();
            if !staged && accept(inner, &mut named) && !named.generic {
                *label = named;
                return;
            }
        }
        // Every stage is said with 算.
        let stages = if text.contains('算') { words().inside() } else { &[] };
        for (word, basis) in stages {
            let Some(at) = text.find(word.as_str()) else { continue };
            let without = format!("{}{}", &text[..at], &text[at + word.len()..]);
            let mut inner = label.clone();
            inner.basis = label
                .basis
                .or(words().strip_after(text).and_then(|(_, basis)| basis))
                .or(Some(*basis));
            if accept(&without, &mut inner)
                || accept(without.trim_end_matches(['数', '为', '是']), &mut inner)
            {
                // 收支总预算 is a name; 收支总 is none.
                if inner.name.ends_with('总') {
                    inner.name = text.to_string();
                }
                *label = inner;
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
    if let Some(index) = office
        && accept(&text[index..], label)
    {
        return;
    }
    if let Some(rest) = without_whose(text).or_else(|| without_remark(text)) {
        return resolve(rest, label);
    }
    label.name = text.to_string();
    label.generic = words().generic(text);
    label.summary();
}

/// `三公经费支出` of `县本级安排的三公经费支出`: whose it is stands before.
fn without_whose(text: &str) -> Option<&str> {
    const WHOSE: [&str; 4] = ["安排的", "本级", "开支的", "使用的"];
    let (before, _) = text.contains('三').then(|| text.split_once("三公经费")).flatten()?;
    WHOSE.iter().any(|word| before.ends_with(word)).then(|| &text[before.len()..])
}

/// `政府采购金额` of `政府采购金额（以合同签订为准）`.
fn without_remark(text: &str) -> Option<&str> {
    let (name, remark) = text.strip_suffix('）')?.rsplit_once('（')?;
    (remark.starts_with('以') && remark.ends_with("为准")).then_some(name)
}

/// The code of names from 类 down with dashes between them.
fn path_of_names(text: &str) -> Option<String> {
    if !text.contains(['-', '—', '－']) {
        return None;
    }
    let mut names = [None, None, None];
    for (level, name) in text.split(['-', '—', '－']).filter(|name| !name.is_empty()).enumerate()
    {
        *names.get_mut(level)? = Some(name.to_owned());
    }
    let code = crate::number::Code { digits: String::new(), names };
    // 公共安全支出 alone is a class only after its code: 204-公共安全支出.
    let least = if text.starts_with(['-', '—', '－']) { 3 } else { 5 };
    Some(codes(Classification::Function).digits(&code)).filter(|code| code.len() >= least)
}

fn accept(text: &str, label: &mut Label) -> bool {
    let side = match text {
        "收入" | "收" => Some(Side::Revenue),
        "支出" | "支" => Some(Side::Expenditure),
        _ => None,
    };
    if label.code.is_some() {
        // 类款项 before the figure: what follows (支出决算, 年初预算) only says the stage.
        if side.is_none() && !words().generic(text) {
            return false;
        }
        label.name = text.to_string();
        return true;
    }
    let Some(indicator) = indicators().get(text) else {
        // 社会保障和就业支出-就业补助-其他就业补助支出
        if let Some(code) = path_of_names(text) {
            label.indicators = vec![format!("function/{code}").into()];
            label.name = text.to_string();
            return true;
        }
        // 教育支出 is a class of spending; 其他支出 may be anything.
        if !text.ends_with("支出") || text == "其他支出" {
            return false;
        }
        let Some(class) = codes(Classification::Function).class(text) else { return false };
        label.indicators = vec![format!("function/{class}").into()];
        label.name = text.to_string();
        return true;
    };
    label.name = text.to_string();
    let name: &str = &indicator.name;
    label.indicators = match (name, indicator.with_fund, label.fund) {
        ("both/total", ..) => vec!["revenue/total".into(), "expenditure/total".into()],
        // 财政拨款收入总计 takes in what was carried over, as the 总计 of the table does.
        (name, Some(_), Some(_)) if name.ends_with("/total") && text.ends_with("总计") => {
            vec![indicator.name.clone()]
        }
        (_, Some(side), Some(fund)) if fund != Fund::All => vec![of_fund(side, fund).into()],
        _ => vec![indicator.name.clone()],
    };
    label.fund = label.fund.or(indicator.fund);
    label.side = side;
    // `支出决算为…` alone says nothing of what is spent; with its money it does.
    label.generic = label.fund.is_none() && side.is_some();
    true
}
