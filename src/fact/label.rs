//! The words before a figure: `2024年一般公共预算财政拨款支出决算为` is spending, of that money, 决算, 2024.

use super::indicators::{Side, fund_in, indicators, normal, of_fund};
use super::{Basis, Fund};
use crate::number::{Kind, Number, NumberId};
use crate::phrase::placeholder;
use std::sync::Arc;

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

const PREFIXES: &[&str] = &[
    "其中",
    "包括",
    "主要包括",
    "包含",
    "分别为",
    "分别是",
    "主要用于",
    "主要是",
    "用于",
    "以及",
    "年度",
    "上年度",
    "本年度",
    "全年",
    "年",
    "度",
    "本部门",
    "我部门",
    "我单位",
    "本单位",
    "本级",
    "我局",
    "我委",
    "我办",
    "我院",
    "我厅",
    "我会",
    "我中心",
    "该单位",
    "当年",
    "部门",
    "单位",
    "使用",
    "安排",
    "编制",
    "预算安排",
    "申请",
    "实际",
    "决算",
    "年初",
    "全市",
    "全区",
    "全县",
    "全局",
    "共",
    "共计",
    "，",
    "在",
    "中",
    "的",
    "其",
    "预计",
    "截至",
    "末",
    "底",
    "从",
    "机关",
    "及所属单位",
    "汇总",
    "（本级）",
    "本次",
    "用",
    "：",
    "、",
    "涉及",
    "项目类型",
    "计划",
];

const SUFFIXES: &[(&str, Option<Basis>)] = &[
    ("年初预算数", Some(Basis::Budget)),
    ("年初预算", Some(Basis::Budget)),
    ("全年预算数", Some(Basis::Adjusted)),
    ("全年预算", Some(Basis::Adjusted)),
    ("调整预算数", Some(Basis::Adjusted)),
    ("调整预算", Some(Basis::Adjusted)),
    ("调整后预算数", Some(Basis::Adjusted)),
    ("预算执行数", Some(Basis::Final)),
    ("全年执行数", Some(Basis::Final)),
    ("执行数", Some(Basis::Final)),
    ("决算数", Some(Basis::Final)),
    ("决算", Some(Basis::Final)),
    ("预算数", Some(Basis::Budget)),
    ("预算", Some(Basis::Budget)),
    ("总预算", Some(Basis::Budget)),
    ("总决算", Some(Basis::Final)),
    ("数", None),
    ("为", None),
    ("是", None),
    ("均", None),
    ("各", None),
    ("共", None),
    ("共计", None),
    ("合计", None),
    ("总计", None),
    ("总额", None),
    ("金额", None),
    ("额", None),
    ("达到", None),
    ("达", None),
    ("约", None),
    ("安排", None),
    ("资金", None),
    ("分别", None),
    ("计", None),
    ("有", None),
    ("：", None),
    ("，", None),
    ("、", None),
    ("的", None),
    ("数额", None),
    ("情况", None),
    ("说明", None),
    ("了", None),
];

const GENERIC: &[&str] = &[
    "",
    "支出",
    "收入",
    "金额",
    "资金",
    "总额",
    "支出总额",
    "数",
    "费用",
    "经费",
    "总",
    "小计",
    "支出合计",
    "合计",
    "总计",
    "全部",
    "余额",
    "当年",
    "本年",
    "拨款",
    "年初",
    "全年",
    "调整后",
    "其中",
];

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
            if let Some(period) = period {
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
        && ["上年", "去年", "上一年"].iter().any(|word| text.contains(word))
        && !text.contains('结')
    {
        label.year = context.year.map(|year| year - 1);
    }
    let text = normal(&text);
    let mut rest = strip_list_label(&text);
    if let Some(agency) = context.agency
        && let Some(found) = rest.find(agency)
    {
        rest = &rest[found + agency.len()..];
    }
    let mut core = rest.to_string();
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
    label
}

/// Whether words look like the name of an office.
pub fn is_office(words: &str) -> bool {
    const ENDS: &[&str] = &[
        "局", "委", "办", "厅", "院", "会", "中心", "部", "署", "处", "所", "站", "室", "府", "校",
        "大学", "馆", "团", "社", "联", "队", "区", "市", "县", "级）", "单位", "部门", "系统",
        "街道", "镇", "乡", "公司",
    ];
    ENDS.iter().any(|end| words.ends_with(end))
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

fn strip_affixes(text: &str, basis: &mut Option<Basis>) -> String {
    let mut text = text;
    loop {
        let before = text.len();
        if let Some(rest) = strip_prefix(text) {
            text = rest;
        }
        if let Some((rest, found)) = strip_suffix(text) {
            text = rest;
            *basis = basis.or(found);
        }
        if text.len() == before {
            return text.to_string();
        }
    }
}

fn strip_prefix(text: &str) -> Option<&str> {
    PREFIXES.iter().filter_map(|prefix| text.strip_prefix(prefix)).min_by_key(|rest| rest.len())
}

fn strip_suffix(text: &str) -> Option<(&str, Option<Basis>)> {
    SUFFIXES
        .iter()
        .filter_map(|(suffix, basis)| text.strip_suffix(suffix).map(|rest| (rest, *basis)))
        .min_by_key(|(rest, _)| rest.len())
}

/// Basis words inside a name: 支出决算总额, 预算支出, 收入预算总计.
const INNER: &[(&str, Basis)] = &[
    ("决算", Basis::Final),
    ("全年预算", Basis::Adjusted),
    ("调整预算", Basis::Adjusted),
    ("年初预算", Basis::Budget),
    ("预算", Basis::Budget),
];

/// Finds the canonical indicator of `core`, taking affixes off one at a time.
fn resolve(core: &str, label: &mut Label) {
    let mut text = core;
    loop {
        if accept(text, label) {
            return;
        }
        for (word, basis) in INNER {
            let Some(at) = text.find(word) else { continue };
            let without = format!("{}{}", &text[..at], &text[at + word.len()..]);
            let mut inner = label.clone();
            inner.basis =
                label.basis.or(strip_suffix(text).and_then(|(_, basis)| basis)).or(Some(*basis));
            if accept(&without, &mut inner)
                || accept(without.trim_end_matches(['数', '为', '是']), &mut inner)
            {
                *label = inner;
                return;
            }
        }
        if let Some((rest, basis)) = strip_suffix(text) {
            label.basis = label.basis.or(basis);
            text = rest;
        } else if let Some(rest) = strip_prefix(text) {
            text = rest;
        } else {
            break;
        }
    }
    // An office before a known name: 县水务局机关运行经费.
    let office =
        text.char_indices().skip(2).map(|(index, _)| index).find(|index| {
            indicators().get(&text[*index..]).is_some() && is_office(&text[..*index])
        });
    if let Some(index) = office
        && accept(&text[index..], label)
    {
        return;
    }
    label.name = text.to_string();
    label.generic = GENERIC.contains(&text);
}

fn accept(text: &str, label: &mut Label) -> bool {
    let side = match text {
        "收入" | "收" => Some(Side::Revenue),
        "支出" | "支" => Some(Side::Expenditure),
        _ => None,
    };
    if label.code.is_some() {
        // 类款项 before the figure: what follows (支出决算, 年初预算) only says the stage.
        if side.is_none() && !GENERIC.contains(&text) {
            return false;
        }
        label.name = text.to_string();
        return true;
    }
    let Some(indicator) = indicators().get(text) else { return false };
    label.name = text.to_string();
    let name: &str = &indicator.name;
    label.indicators = match (name, indicator.with_fund, label.fund) {
        ("both/total", ..) => vec!["revenue/total".into(), "expenditure/total".into()],
        (_, Some(side), Some(fund)) if fund != Fund::All => vec![of_fund(side, fund).into()],
        _ => vec![indicator.name.clone()],
    };
    label.fund = label.fund.or(indicator.fund);
    label.side = side;
    // `支出决算为…` alone says nothing of what is spent; with its money it does.
    label.generic = label.fund.is_none() && side.is_some();
    true
}
