//! What was planned and what was done: `计划培训500人次，实际培训520人次，完成率104%`; questionnaires sent out and back; money
//! provided and spent.
//!
//! Where several figures of a sentence could be the plan or what was done, the rate is claimed only of a pair that fits, or
//! of the nearest where none does: then it is wrong however it is read.

use super::{Figure, relation};
use crate::Report;
use crate::number::{Kind, NumberId};
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::relation::{Claim, Relation, Term};
use rust_decimal::Decimal;
use std::collections::HashSet;

const COUNTS: &str = "completion/rate_differs_from_counts";
const MONEY: &str = "completion/percentage_differs";

/// A rate with the words of what it is counted from and of what is counted.
struct Kin {
    rates: &'static [&'static str],
    plan: &'static [&'static str],
    done: &'static [&'static str],
}

const KINS: [Kin; 6] = [
    Kin {
        rates: &["完成率", "完成比例", "完成程度", "完成度", "实现率", "完成"],
        plan: &["计划", "目标", "任务", "应", "拟", "预期", "指标值", "预算", "安排", "设定"],
        done: &["实际", "完成", "已", "实现", "支出", "执行"],
    },
    Kin {
        rates: &[
            "执行率",
            "支出率",
            "支付率",
            "使用率",
            "支出进度",
            "执行进度",
            "支付进度",
            "预算完成率",
        ],
        plan: &["预算", "安排", "下达", "到位", "批复", "拨付", "资金", "指标", "收到", "投入"],
        done: &["支出", "执行", "使用", "支付", "已用"],
    },
    Kin {
        rates: &["人员控制率", "公用经费控制率", "公经费控制率", "公”经费控制率"],
        plan: &["编制", "预算", "安排"],
        done: &["在职", "实有", "实际", "支出"],
    },
    Kin {
        rates: &["到位率"],
        plan: &["预算", "计划", "应到", "安排", "下达", "批复", "总投资"],
        done: &["到位", "拨付"],
    },
    Kin {
        rates: &["回收率", "收回率", "有效回收率", "问卷回收率", "回收有效率"],
        plan: &["发放", "发出", "下发", "共发", "投放"],
        done: &["回收", "收回", "有效"],
    },
    Kin {
        rates: &["有效率", "有效问卷率"],
        plan: &["回收", "收回", "发放", "发出"],
        done: &["有效"],
    },
];

/// What is counted out of all that a clause before names: 合格率 of `验收20个，合格19个`.
const STEMS: [&str; 8] = ["合格", "达标", "优良", "通过", "参与", "办结", "整改", "验收"];

/// So many figures before a rate can be what it is counted from.
const NEAR: usize = 24;

/// The rates of a paragraph.
pub(super) fn relate(
    report: &Report,
    figures: &[Figure<'_>],
    reckoned: &Figures<'_>,
    said: &HashSet<NumberId>,
    relations: &mut Vec<Relation>,
) {
    let quantity = |figure: &&Figure<'_>| matches!(figure.number.kind, Kind::Count | Kind::Amount);
    if figures.iter().filter(quantity).count() < 2 {
        return;
    }
    for (index, figure) in figures.iter().enumerate() {
        if figure.number.kind != Kind::Percent || !figure.is_plain() || said.contains(&figure.id) {
            continue;
        }
        let near = &figures[index.saturating_sub(NEAR)..index];
        let pairs = pairs(near, figure);
        let share = |(plan, done): &(&Figure<'_>, &Figure<'_>)| Claim::Share {
            part: Term::plus(done.id),
            whole: Term::plus(plan.id),
            percent: Term::plus(figure.id),
        };
        let fits = |pair: &&(&Figure<'_>, &Figure<'_>)| {
            matches!(evaluate(&share(pair), reckoned), Verdict::Agrees | Verdict::Truncated)
        };
        let found = pairs.iter().find(fits).or_else(|| {
            let whole = |pair: &&(&Figure<'_>, &Figure<'_>)| !listed(near, pair.0);
            let mut own = pairs.iter().filter(whole);
            let first = own.next()?;
            let plain = first.0.part == figure.part || own.all(|other| other.0.id == first.0.id);
            (plain && !is_capped(first, figure)).then_some(first)
        });
        let Some(pair) = found else { continue };
        let check = if pair.1.number.kind == Kind::Amount { MONEY } else { COUNTS };
        relations.push(relation(report, share(pair), check, figure.clause()));
    }
}

/// What may be the plan and what was done of a rate, the nearest first.
fn pairs<'f, 'r>(
    before: &'f [Figure<'r>],
    rate: &Figure<'_>,
) -> Vec<(&'f Figure<'r>, &'f Figure<'r>)> {
    let name = rate.clause();
    let kin = KINS.iter().find(|kin| kin.rates.iter().any(|end| name.ends_with(end)));
    let stem =
        STEMS.iter().find(|stem| name.strip_suffix('率').is_some_and(|n| n.ends_with(*stem)));
    let mut found = Vec::new();
    for (at, done) in before.iter().enumerate().rev() {
        let near = done.part == rate.part && done.is_plain();
        let done_words = done.clause();
        let is_done = match (kin, stem) {
            (Some(kin), _) => kin.done.iter().any(|word| done_words.contains(word)),
            (None, Some(stem)) => done_words.contains(stem),
            _ => return found,
        };
        if !near || !is_done {
            continue;
        }
        let later = before[at + 1..].iter().filter(|plan| reversed(plan, done));
        for plan in before[..at].iter().rev().chain(later) {
            let words = plan.clause();
            let money = plan.number.kind == Kind::Amount;
            let is_plan = match kin {
                Some(kin) => kin.plan.iter().any(|word| words.contains(word)),
                None => true,
            };
            // The budget may be said a sentence before, what was to be counted is said beside it.
            let close = plan.part == rate.part || money;
            let alike = (plan.number.kind, &plan.number.unit)
                == (done.number.kind, &done.number.unit)
                || money && done.number.kind == Kind::Amount;
            if close && alike && is_plan && plan.is_plain() {
                found.push((plan, done));
            }
        }
    }
    found
}

/// Whether a figure is one of the parts that its sentence lists after 其中.
fn listed(figures: &[Figure<'_>], own: &Figure<'_>) -> bool {
    let before = figures.iter().take_while(|figure| figure.id <= own.id);
    before.filter(|figure| figure.part == own.part).any(|figure| figure.lead.contains("其中"))
}

/// Whether what was planned stands after what was done: 实际支出公用经费120.40万元，预算安排公用经费130.00万元.
fn reversed(plan: &Figure<'_>, done: &Figure<'_>) -> bool {
    let says =
        |figure: &Figure<'_>, words: &[&str]| words.iter().any(|w| figure.clause().contains(w));
    let (hoped, made) = (["预算", "计划", "目标", "应"], ["实际", "完成", "执行"]);
    says(plan, &hoped) && !says(plan, &made) && says(done, &made) && !says(done, &hoped)
}

/// 完成率100% where more was done than planned: the rate goes no higher in many forms.
fn is_capped(pair: &(&Figure<'_>, &Figure<'_>), rate: &Figure<'_>) -> bool {
    let (plan, done) = (pair.0.number.base(), pair.1.number.base());
    rate.number.value() == Some(Decimal::ONE_HUNDRED) && done >= plan
}
