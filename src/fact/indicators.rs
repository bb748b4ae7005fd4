//! Names of indicators: what reports print, and the canonical name behind it.

use crate::fact::Fund;
use crate::pattern::Pattern;
use crate::quick::{Map, Set};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// A canonical indicator.
#[derive(Debug, Clone)]
pub struct Indicator {
    /// `revenue/total`
    pub name: Arc<str>,
    /// The money it is always of.
    pub fund: Option<Fund>,
    /// The side it stands for when the money is named.
    pub with_fund: Option<Side>,
}

/// Money in or money out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 收入
    Revenue,
    /// 支出
    Expenditure,
}

impl Side {
    /// What the canonical names of its indicators begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Revenue => "revenue/",
            Self::Expenditure => "expenditure/",
        }
    }

    /// The side of a canonical indicator, if its name says one.
    pub fn of(indicator: &str) -> Option<Self> {
        [Self::Revenue, Self::Expenditure]
            .into_iter()
            .find(|side| indicator.starts_with(side.prefix()))
    }
}

/// Whether an indicator is one figure a report, whatever money is named beside it.
pub fn is_of_one_money(indicator: &str) -> bool {
    let family = indicator.split('/').next().unwrap_or("");
    matches!(family, "three_public" | "operation" | "meeting" | "training")
}

/// The names of `grammars/indicators.toml`.
#[derive(Debug)]
pub struct Indicators {
    by_name: Map<String, Indicator>,
    /// What names end with.
    last: Set<char>,
    /// Bytes of the longest name.
    longest: usize,
    /// What counts of a measure word count: `国内公务接待` in 批次.
    counted: Map<String, Vec<(Vec<String>, Indicator)>>,
}

#[derive(Deserialize)]
struct File {
    indicator: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    fund: Option<String>,
    with_fund: Option<Side>,
    /// Only counts with one of these measure words.
    #[serde(default)]
    units: Vec<String>,
}

/// The indicators of this build.
pub fn indicators() -> &'static Indicators {
    static INDICATORS: LazyLock<Indicators> = LazyLock::new(|| {
        let file: File = grammar!("indicators");
        let mut by_name = Map::default();
        let mut counted: Map<String, Vec<(Vec<String>, Indicator)>> = Map::default();
        for entry in file.indicator {
            let indicator = Indicator {
                name: entry.name.as_str().into(),
                fund: entry.fund.as_deref().and_then(fund_named),
                with_fund: entry.with_fund,
            };
            for name in entry.names {
                if entry.units.is_empty() {
                    by_name.insert(normal(&name), indicator.clone());
                } else {
                    let own = (entry.units.clone(), indicator.clone());
                    counted.entry(normal(&name)).or_default().push(own);
                }
            }
        }
        let last = by_name.keys().filter_map(|name| name.chars().next_back()).collect();
        let longest = by_name.keys().map(String::len).max().unwrap_or(0);
        Indicators { by_name, last, longest, counted }
    });
    &INDICATORS
}

fn fund_named(name: &str) -> Option<Fund> {
    Some(match name {
        "all" => Fund::All,
        "appropriation" => Fund::Appropriation,
        "general" => Fund::General,
        "government_fund" => Fund::GovernmentFund,
        "state_capital" => Fund::StateCapital,
        _ => return None,
    })
}

/// Whether [`normal`] leaves a name as it is, seen at a glance: Han characters and full-width brackets only.
pub fn is_normal(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '（' | '）' | '、'))
}

/// A name without blanks, quotes and variants of brackets: what names are compared by.
pub fn normal(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    normal.extend(name.chars().filter_map(|c| match c {
        '\u{4e00}'..='\u{9fff}' => Some(c),
        '(' => Some('（'),
        ')' => Some('）'),
        '“' | '”' | '"' | '\'' | '‘' | '’' | '「' | '」' => None,
        c if c.is_whitespace() => None,
        c => Some(c),
    }));
    normal
}

impl Indicators {
    /// The indicator a (normalised) name stands for.
    pub fn get(&self, name: &str) -> Option<&Indicator> {
        self.by_name.get(name)
    }

    /// Where names stand that end a text and have other words before them, the longest first.
    pub fn ends(&self, text: &str) -> impl Iterator<Item = usize> {
        let known = text.chars().next_back().is_some_and(|last| self.last.contains(&last));
        let shortest_lead =
            if known { text.len().saturating_sub(self.longest) } else { text.len() };
        let places = text.char_indices().skip(2).map(|(place, _)| place);
        places.filter(move |at| *at >= shortest_lead && self.get(&text[*at..]).is_some())
    }

    /// The indicator of a count of `name` with the measure word `unit`.
    pub fn count(&self, name: &str, unit: &str) -> Option<&Indicator> {
        let known = self.counted.get(name)?;
        let of = known.iter().find(|(units, _)| units.iter().any(|own| own == unit));
        of.map(|(_, indicator)| indicator)
    }

    /// The longest name that `text` begins with and that counts of the measure word `unit` have: `内设机构` of
    /// `内设机构均已设立`.
    pub fn counted_first(&self, text: &str, unit: &str) -> Option<(usize, &Indicator)> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| Some((end, self.count(&text[..end], unit)?)))
    }
}

/// Names of what is counted are at most this long.
const LONGEST: usize = 14;

/// The funds as words print them.
const FUND_WORDS: &[(&str, Fund)] = &[
    ("一般公共预算财政拨款", Fund::General),
    ("一般公共预算当年拨款", Fund::General),
    ("一般公共预算当年财政拨款", Fund::General),
    ("一般公共预算财政", Fund::General),
    ("一般公共预算拨款", Fund::General),
    ("一般公共预算资金", Fund::General),
    ("一般公共预算", Fund::General),
    ("公共财政预算拨款", Fund::General),
    ("公共预算财政拨款", Fund::General),
    ("公共财政拨款", Fund::General),
    ("政府性基金预算财政拨款", Fund::GovernmentFund),
    ("政府性基金预算当年拨款", Fund::GovernmentFund),
    ("政府性基金当年拨款", Fund::GovernmentFund),
    ("国有资本经营预算当年拨款", Fund::StateCapital),
    ("国有资本经营当年拨款", Fund::StateCapital),
    ("政府性基金财政拨款", Fund::GovernmentFund),
    ("政府性基金预算拨款", Fund::GovernmentFund),
    ("政府性基金预算资金", Fund::GovernmentFund),
    ("政府性基金预算", Fund::GovernmentFund),
    ("政府性基金拨款", Fund::GovernmentFund),
    ("政府性基金", Fund::GovernmentFund),
    ("国有资本经营预算财政拨款", Fund::StateCapital),
    ("国有资本经营财政拨款", Fund::StateCapital),
    ("国有资本经营预算拨款", Fund::StateCapital),
    ("国有资本经营预算资金", Fund::StateCapital),
    ("国有资本经营预算", Fund::StateCapital),
    ("国有资本经营拨款", Fund::StateCapital),
    ("财政拨款", Fund::Appropriation),
    ("财政预算拨款", Fund::Appropriation),
];

/// The first word of a fund in `text` (the longest there): its range and the fund.
pub fn fund_in(text: &str) -> Option<(std::ops::Range<usize>, Fund)> {
    static WORDS: LazyLock<Pattern> = LazyLock::new(|| {
        let mut words: Vec<&str> = FUND_WORDS.iter().map(|(word, _)| *word).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Pattern::own(&words.join("|"))
    });
    // 非财政拨款结余 is no 财政拨款.
    let found = WORDS.find_iter(text).find(|found| !text[..found.start].ends_with('非'))?;
    let (_, fund) = FUND_WORDS.iter().find(|(word, _)| *word == &text[found.clone()])?;
    Some((found, *fund))
}

/// The canonical name of all revenue or spending of one fund.
pub fn of_fund(side: Side, fund: Fund) -> &'static str {
    match (side, fund) {
        (Side::Expenditure, Fund::All) => "expenditure/total",
        (Side::Expenditure, _) => "expenditure/this_year",
        (Side::Revenue, Fund::Appropriation) => "revenue/appropriation",
        (Side::Revenue, Fund::General) => "revenue/general",
        (Side::Revenue, Fund::GovernmentFund) => "revenue/government_fund",
        (Side::Revenue, Fund::StateCapital) => "revenue/state_capital",
        (Side::Revenue, _) => "revenue/total",
    }
}
