//! Relations: what ought to hold between figures, and where that claim comes from. Relations never judge.

mod appraisal;
mod basic_data;
mod changes;
mod chart;
mod counts;
pub(crate) mod echo;
pub mod evaluate;
mod formula;
mod functional;
mod identity;
mod list;
mod nothing;
mod points;
mod portions;
mod sentence;
pub mod solve;
pub mod table;
mod tasks;
mod tie;
mod unsaid;

use crate::document::Span;
use crate::fact::codes::{Classification, codes};
use crate::fact::{Fact, Fund};
use crate::number::NumberId;

/// A figure of a relation, counted with its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// The printed figure.
    pub number: NumberId,
    /// Whether it counts negatively (a change said to be a decrease).
    pub negative: bool,
}

impl Term {
    /// The figure as printed.
    pub fn plus(number: NumberId) -> Self {
        Self { number, negative: false }
    }

    /// The figure, negative where `negative`.
    pub fn signed(number: NumberId, negative: bool) -> Self {
        Self { number, negative }
    }
}

/// What ought to hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Claim {
    /// `total` is the sum of `parts`, or at least that (`其中`) where not `exact`.
    Sum {
        /// The whole.
        total: Term,
        /// What it is made of.
        parts: Vec<Term>,
        /// Whether the parts are all of it.
        exact: bool,
    },
    /// `percent` is `part / whole`.
    Share {
        /// The part.
        part: Term,
        /// The whole.
        whole: Term,
        /// The printed percentage.
        percent: Term,
    },
    /// `percent` is `part / (part + rest)`, where the whole is not printed.
    Portion {
        /// The part.
        part: Term,
        /// All other parts.
        rest: Vec<Term>,
        /// The printed percentage.
        percent: Term,
    },
    /// Shares of one whole are 100 % together, or at most that where not `exact`.
    Hundred {
        /// The printed percentages.
        shares: Vec<Term>,
        /// Whether they are of all parts.
        exact: bool,
    },
    /// `now - base` is `change`.
    Change {
        /// This figure.
        now: Term,
        /// The figure compared with.
        base: Term,
        /// The printed difference.
        change: Term,
    },
    /// `rate` is `change / base`, the base being `now - change` where it is not printed.
    Rate {
        /// This figure.
        now: Option<Term>,
        /// The figure compared with.
        base: Option<Term>,
        /// The printed difference.
        change: Option<Term>,
        /// The printed percentage.
        rate: Term,
    },
    /// Both are the same fact.
    Equal {
        /// One mention.
        one: Term,
        /// Another mention.
        other: Term,
    },
    /// `product` is the product of `factors`.
    Product {
        /// The printed result.
        product: Term,
        /// What is multiplied.
        factors: Vec<Term>,
    },
    /// `result` is what a printed formula comes to: `337.30/364.00×100%=92.66%`.
    Formula {
        /// The printed result.
        result: Term,
        /// What is added up.
        products: Vec<Product>,
    },
    /// `less` is not more than `more`.
    Order {
        /// The smaller.
        less: Term,
        /// The larger.
        more: Term,
    },
}

/// One summand of a printed formula: `57/60×10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Product {
    /// What is multiplied.
    pub over: Vec<NumberId>,
    /// What it is divided by.
    pub under: Vec<NumberId>,
    /// Whether it is taken off.
    pub negative: bool,
}

/// Where a claim comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// This sentence says so.
    Sentence,
    /// The structure of this table says so.
    Table,
    /// A rule of the form says so (`grammars/identities.toml`, table tie-outs).
    Rule,
    /// The same fact is said twice.
    Echo,
    /// A chart shows it.
    Chart,
}

/// A claim with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// What ought to hold.
    pub claim: Claim,
    /// The check that reports it when it does not: `sum/parts_differ_from_total`.
    pub check: &'static str,
    /// Where it comes from.
    pub ground: Ground,
    /// The words that make the claim.
    pub at: Span,
    /// What it is about, for the message: `收入合计`.
    pub label: String,
}

/// The name of what a fact measures, with its money where the printed name leaves that to the words around it.
pub(crate) fn name(fact: &Fact) -> String {
    let label = fact.label.as_str();
    if label.is_empty() {
        return of_code(&fact.indicator).unwrap_or_else(|| "该项".to_string());
    }
    let money = match fact.fund {
        Some(Fund::Appropriation) => "财政拨款",
        Some(Fund::General) => "一般公共预算财政拨款",
        Some(Fund::GovernmentFund) => "政府性基金预算财政拨款",
        Some(Fund::StateCapital) => "国有资本经营预算财政拨款",
        _ => "",
    };
    let plain = ["收", "支", "本年收", "本年支", "基本支", "项目支", "合计", "总计"];
    match plain.iter().any(|word| label.starts_with(word)) {
        true => format!("{money}{label}"),
        false => label.to_string(),
    }
}

/// The official name of a figure that is known by its code only: 社会福利事业单位 of `function/2081005`.
fn of_code(indicator: &str) -> Option<String> {
    let mut parts = indicator.split('/');
    let classification = match parts.next()? {
        "function" => Classification::Function,
        "economic" => Classification::Economic,
        _ => return None,
    };
    let code = parts.next()?;
    let name = codes(classification).official(code, None).map(|name| name.name);
    Some(name.map_or_else(|| code.to_string(), |name| format!("{name}（{code}）")))
}

/// What ought to hold between the figures of a report.
pub fn relate(report: &crate::Report) -> Vec<Relation> {
    let mut relations = sentence::relate(report);
    relations.extend(portions::relate(report));
    relations.extend(points::relate(report));
    relations.extend(list::relate(report));
    relations.extend(counts::relate(report));
    relations.extend(functional::relate(report));
    relations.extend(identity::relate(report));
    relations.extend(changes::relate(report, &relations));
    relations.extend(echo::relate(report));
    relations.extend(tie::relate(report));
    relations.extend(nothing::relate(report));
    relations.extend(chart::relate(report));
    relations.extend(table::relate(report));
    relations.extend(tasks::relate(report));
    relations.extend(basic_data::relate(report));
    let appraised = appraisal::relate(report, &relations);
    relations.extend(appraised);
    relations.extend(formula::relate(report));
    relations
}
