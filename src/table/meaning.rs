//! Names of rows and columns: which indicator and which money `一般公共预算财政拨款收入` or `公务用车购置费` stands for.

use super::cells::squeeze;
use super::form;
use crate::fact::{Basis, Fund, Measure};
use crate::quick::Map;
use serde::Deserialize;
use std::sync::OnceLock;

#[derive(Debug, Deserialize)]
struct Indicators {
    indicator: Vec<Indicator>,
}

#[derive(Debug, Deserialize)]
struct Indicator {
    name: String,
    names: Vec<String>,
    fund: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Classes {
    function: Map<String, Vec<String>>,
    economic: Map<String, Vec<String>>,
}

pub(super) struct Vocabulary {
    indicators: Map<String, (String, Option<Fund>)>,
    function: Map<String, String>,
    economic: Map<String, String>,
}

pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(|| {
        let indicators: Indicators = grammar!("indicators");
        let classes: Classes = grammar!("tables/classes");
        let mut names = Map::default();
        for indicator in indicators.indicator {
            let fund = indicator.fund.as_deref().and_then(form::fund);
            for name in indicator.names {
                names
                    .entry(squeeze(&name).into_owned())
                    .or_insert_with(|| (indicator.name.clone(), fund));
            }
        }
        let turn = |classes: Map<String, Vec<String>>| {
            let pairs = classes.into_iter();
            pairs
                .flat_map(|(code, names)| names.into_iter().map(move |n| (n, code.clone())))
                .collect()
        };
        Vocabulary {
            indicators: names,
            function: turn(classes.function),
            economic: turn(classes.economic),
        }
    })
}

/// Code of a functional class by its name: `教育支出` → `205`.
pub fn function_class(name: &str) -> Option<&'static str> {
    vocabulary().function.get(name).map(String::as_str)
}

/// Code of an economic class by its name: `工资福利支出` → `301`.
pub fn economic_class(name: &str) -> Option<&'static str> {
    vocabulary().economic.get(name).map(String::as_str)
}

/// Takes the money off a name: `一般公共预算财政拨款收入` → general, `收入`.
pub fn split_fund(name: &str) -> (Option<Fund>, String) {
    const HEADS: [(&str, Fund); 7] = [
        ("一般公共预算", Fund::General),
        ("一般公共", Fund::General),
        ("公共财政预算", Fund::General),
        ("公共预算", Fund::General),
        ("政府性基金", Fund::GovernmentFund),
        ("国有资本经营", Fund::StateCapital),
        ("国有资本金", Fund::StateCapital),
    ];
    const TAILS: [&str; 6] = ["财政拨款", "当年拨款", "拨款", "资金", "预算", "补助"];
    let mut fund = None;
    let mut rest = name.to_string();
    for (head, of) in HEADS {
        if let Some(at) = rest.find(head) {
            let mut tail = &rest[at + head.len()..];
            for word in ["预算", "财政拨款", "当年拨款", "拨款", "资金", "预算"] {
                tail = tail.strip_prefix(word).unwrap_or(tail);
            }
            rest = format!("{}{tail}", &rest[..at]);
            fund = Some(of);
            break;
        }
    }
    if fund.is_none()
        && let Some(at) = rest.find("财政拨款")
        && !rest[..at].ends_with('非')
        && !rest[..at].ends_with("同级")
    {
        rest.replace_range(at..at + "财政拨款".len(), "");
        fund = Some(Fund::Appropriation);
    }
    if fund.is_some() && TAILS.contains(&rest.as_str()) {
        rest.clear();
    }
    (fund, rest)
}

/// All of one money on one side, as the narrative names it: `revenue/general`, `expenditure/this_year` with its fund.
pub fn whole(side: &str, fund: Option<Fund>) -> &'static str {
    match (side, fund) {
        ("revenue", Some(Fund::Appropriation)) => "revenue/appropriation",
        ("revenue", Some(Fund::General)) => "revenue/general",
        ("revenue", Some(Fund::GovernmentFund)) => "revenue/government_fund",
        ("revenue", Some(Fund::StateCapital)) => "revenue/state_capital",
        ("revenue", _) => "revenue/total",
        (_, None | Some(Fund::All)) => "expenditure/total",
        (_, Some(_)) => "expenditure/this_year",
    }
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meaning {
    /// Canonical name, if known.
    pub indicator: Option<String>,
    /// Which money the name says.
    pub fund: Option<Fund>,
}

/// The meaning of a row name on a side (`revenue` or `expenditure`).
pub fn name(printed: &str, side: &str) -> Meaning {
    let text = printed.trim_end_matches(['：', '*']);
    let text = text.split_once("（不含").map_or(text, |(head, _)| head);
    let text = text.split_once("（按").map_or(text, |(head, _)| head);
    if text.contains("三公经费") {
        let indicator = Some("three_public/total".to_string());
        return Meaning { indicator, fund: split_fund(text).0 };
    }
    if side == "expenditure"
        && let Some(code) = function_class(text)
    {
        return Meaning { indicator: Some(format!("function/{code}")), fund: None };
    }
    let known = |text: &str| vocabulary().indicators.get(text);
    let (fund, rest) = split_fund(text);
    if matches!(rest.as_str(), "" | "收入" | "本年收入" | "支出" | "本年支出") && fund.is_some()
    {
        let side = match rest.chars().last() {
            Some('入') => "revenue",
            Some('出') => "expenditure",
            _ => side,
        };
        return Meaning { indicator: Some(whole(side, fund).to_string()), fund };
    }
    if let Some((indicator, of)) = known(text).or_else(|| known(&rest)) {
        return Meaning { indicator: Some(indicator.clone()), fund: fund.or(*of) };
    }
    let trimmed = rest.trim_end_matches("合计").trim_end_matches("总计").trim_end_matches("总额");
    let trimmed = trimmed.trim_end_matches("预算").trim_start_matches("本年");
    if let Some((indicator, of)) = known(trimmed).filter(|_| trimmed != rest) {
        return Meaning { indicator: Some(indicator.clone()), fund: fund.or(*of) };
    }
    Meaning { indicator: None, fund }
}

/// The meaning of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnMeaning {
    /// What it measures, where the header says more than 合计 or 预算数.
    pub indicator: Option<String>,
    /// Whether it shows the whole of what its row names (合计, 金额, 决算数).
    pub plain: bool,
    /// Which money.
    pub fund: Option<Fund>,
    /// Which stage, if the header says so.
    pub basis: Option<Basis>,
    /// Which year, if the header says so.
    pub year: Option<i32>,
    /// Years before the report's year (上年: -1), if the header says so in words.
    pub offset: Option<i32>,
    /// Level, change, rate or share.
    pub measure: Measure,
}

/// Whether a header text says only that everything is counted.
pub fn is_whole(text: &str) -> bool {
    let text = text.trim_end_matches('数');
    ["合计", "总计", "小计", "总额", "总数"].iter().any(|word| text.ends_with(word))
        || matches!(text, "金额" | "预算" | "决算" | "项目支出总")
}

/// Whether a header text is a part listed for information: `其中：教育收费`.
pub fn is_of_which(text: &str) -> bool {
    text.starts_with("其中：") && text.len() > "其中：".len()
        || ["其中", "扣除", "#"].iter().any(|word| text.starts_with(word))
            && text != "其中"
            && text != "其中："
}

/// Takes year and stage off a header text: `2026年预算数` → ``.
pub fn split_basis(text: &str, into: &mut ColumnMeaning) -> String {
    let mut rest = text.to_string();
    if let Some(at) = rest.find('年') {
        let digits: String = rest[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        if digits.len() == 4 {
            into.year = digits.chars().rev().collect::<String>().parse().ok();
            let start = at - 4;
            let mut end = at + '年'.len_utf8();
            if rest[end..].starts_with('度') {
                end += '度'.len_utf8();
            }
            rest.replace_range(start..end, "");
        }
    }
    for (word, offset) in [("上年度", -1), ("上年", -1), ("去年", -1), ("当年", 0)] {
        let carried = ["结转", "结余"].iter().any(|word| rest.contains(word));
        if rest.starts_with(word) && !carried {
            into.offset = Some(offset);
            rest = rest[word.len()..].to_string();
        }
    }
    if let Some(at) = ["决算", "预算", "执行"].iter().find_map(|stage| rest.find(stage))
        && matches!(&rest[..at], "本年" | "本年度")
    {
        (into.offset, rest) = (Some(0), rest[at..].to_string());
    }
    const WORDS: [(&str, Basis); 14] = [
        ("年初预算数", Basis::Budget),
        ("年初预算", Basis::Budget),
        ("调整预算数", Basis::Adjusted),
        ("调整后预算数", Basis::Adjusted),
        ("调整后预算", Basis::Adjusted),
        ("全年预算数", Basis::Adjusted),
        ("预算执行数", Basis::Final),
        ("执行数", Basis::Final),
        ("决算数", Basis::Final),
        ("预算数", Basis::Budget),
        ("预算金额", Basis::Budget),
        ("支出决算", Basis::Final),
        ("决算", Basis::Final),
        ("预算", Basis::Budget),
    ];
    for (word, basis) in WORDS {
        if rest == word || rest.ends_with(word) && word.ends_with('数') {
            into.basis = into.basis.or(Some(basis));
            rest = rest[..rest.len() - word.len()].to_string();
            break;
        }
    }
    rest
}

/// 购置费 and 运行费 under 公务用车购置及运行费.
fn vehicle_part(text: &str) -> Option<&'static str> {
    match text {
        "购置费" | "购置" => Some("公务用车购置费"),
        "运行费" | "运行维护费" | "运行维护" => Some("公务用车运行维护费"),
        _ => None,
    }
}

/// The meaning of a column by its header texts from the outermost down.
pub fn column(path: &[String], side: &str) -> ColumnMeaning {
    let mut meaning = ColumnMeaning {
        indicator: None,
        plain: false,
        fund: None,
        basis: None,
        year: None,
        offset: None,
        measure: Measure::Level,
    };
    let mut named: Vec<(String, Meaning)> = Vec::new();
    let (mut unknown, mut vehicle) = (false, false);
    for text in path {
        let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if any(&["增减率", "增长率", "%", "％", "幅度"]) {
            meaning.measure = Measure::Rate;
        } else if any(&["增减", "变化情况", "差额", "增加（"]) {
            meaning.measure = Measure::Change;
        } else if any(&["占比", "比重", "比例"]) {
            meaning.measure = Measure::Share;
        } else if any(&["完成率", "执行率", "完成预算"]) {
            meaning.measure = Measure::Completion;
        } else if text.ends_with('率') {
            meaning.measure = Measure::Rate;
        } else if matches!(text.as_str(), "数量" | "人数" | "辆数" | "批次" | "台数") {
            meaning.measure = Measure::Count;
        }
        let bare = text.strip_prefix("其中：").unwrap_or(text);
        let bare = bare.trim_end_matches("（万元）").trim_end_matches("（元）");
        let rest = split_basis(bare, &mut meaning);
        let groups = [
            "",
            "收入",
            "支出",
            "项目",
            "部门预算",
            "其中",
            "其中：",
            "资金来源",
            "收入预算",
            "支出预算",
            "功能分类",
            "支出用途",
        ];
        let this_year = rest.contains("本年收入") || rest.contains("本年支出");
        if is_whole(&rest) && !rest.contains("三公") && !this_year
            || groups.contains(&rest.as_str())
        {
            if let (Some(fund), _) = split_fund(&rest) {
                meaning.fund = Some(fund);
            }
            continue;
        }
        let rest = if vehicle { vehicle_part(&rest).unwrap_or(&rest).to_string() } else { rest };
        vehicle |= rest.contains("公务用车");
        // The money of one item of 三公, not all of that money.
        let item = named.last().is_some_and(|(_, found): &(String, Meaning)| {
            found.indicator.as_deref().is_some_and(|name| name.starts_with("three_public/"))
        });
        if item && let (Some(fund), "") = (split_fund(&rest).0, split_fund(&rest).1.as_str()) {
            meaning.fund = Some(fund);
            continue;
        }
        let found = name(&rest, side);
        meaning.fund = found.fund.or(meaning.fund);
        unknown = found.indicator.is_none();
        if !unknown {
            named.push((rest, found));
        }
    }
    let carried = named.iter().position(|(_, found)| {
        found.indicator.as_deref().is_some_and(|indicator| indicator.starts_with("balance/"))
    });
    let chosen = carried.map(|at| &named[at]).or(named.last());
    meaning.indicator = chosen.and_then(|(_, found)| found.indicator.clone());
    if unknown && carried.is_none() {
        meaning.indicator = None;
    }
    meaning.plain = meaning.indicator.is_none() && !unknown;
    meaning
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(path: &[&str], side: &str) -> ColumnMeaning {
        column(&path.iter().map(|text| squeeze(text).into_owned()).collect::<Vec<_>>(), side)
    }

    #[test]
    fn names_give_indicator_and_money() {
        let read = |text: &str, side| {
            let found = name(text, side);
            (found.indicator.unwrap_or_default(), found.fund)
        };
        assert_eq!(
            read("一般公共预算财政拨款收入", "revenue"),
            ("revenue/general".into(), Some(Fund::General))
        );
        assert_eq!(
            read("政府性基金预算财政拨款", "revenue"),
            ("revenue/government_fund".into(), Some(Fund::GovernmentFund))
        );
        assert_eq!(
            read("年初财政拨款结转和结余", "revenue"),
            ("balance/carried_in".into(), Some(Fund::Appropriation))
        );
        assert_eq!(read("教育支出", "expenditure"), ("function/205".into(), None));
        assert_eq!(read("事业收入", "revenue").0, "revenue/business");
        assert_eq!(read("本年收入合计", "revenue").0, "revenue/this_year");
    }

    #[test]
    fn columns_by_their_path() {
        let basic = of(&["基本支出", "小计"], "expenditure");
        assert_eq!(basic.indicator.as_deref(), Some("expenditure/basic"));
        let vehicle = of(&["2026年预算数", "公务用车购置及运行费", "小计"], "expenditure");
        assert_eq!(vehicle.indicator.as_deref(), Some("three_public/vehicle"));
        assert_eq!((vehicle.year, vehicle.basis), (Some(2026), Some(Basis::Budget)));
        assert!(of(&["预算数"], "expenditure").plain);
        let this_year = of(&["本年收入合计"], "revenue");
        assert_eq!(this_year.indicator.as_deref(), Some("revenue/this_year"));
        assert!(of(&["本年支出", "合计"], "expenditure").indicator.is_some());
        let carried = of(&["上年结转结余", "一般公共预算"], "revenue");
        assert_eq!(carried.indicator.as_deref(), Some("balance/carried_in"));
        assert_eq!(carried.fund, Some(Fund::General));
        let purchase = of(&["公务用车购置及运行维护费", "购置费", "政府性基金预算"], "expenditure");
        assert_eq!(purchase.indicator.as_deref(), Some("three_public/vehicle_purchase"));
        assert_eq!(purchase.fund, Some(Fund::GovernmentFund));
        let general = of(&["本年支出", "一般公共预算财政拨款"], "expenditure");
        assert_eq!(general.fund, Some(Fund::General));
    }
}
