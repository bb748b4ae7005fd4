//! 授予中小企业合同金额与货物、工程、服务三项占比不能同时成立。
//!
//! 货物采购授予中小企业的占比以货物支出为分母，工程、服务同理。各项支出乘以占比相加，就是授予中小企业的合同金额；没有写占比的一项
//! 最少是零，最多是全部。金额落在范围之外，多半是占比用错了分母（以中小企业合同总额为分母时，各项占比之和正好是100%）。
//!
//! ```report
//! 2024年度政府采购支出总额300.00万元，其中：政府采购货物支出100.00万元、政府采购服务支出200.00万元。授予中小企业合同金额250.00万元，占政府采购支出总额的83.33%；货物采购授予中小企业合同金额占货物支出金额的20%，服务采购授予中小企业合同金额占服务支出金额的80%。
//! ```
//!
//! 依据：部门决算公开“政府采购支出情况”的填列口径：各类采购的占比以该类支出为分母；乘法与加法。

use crate::Report;
use crate::check::claim::in_english;
use crate::check::{Check, Run};
use crate::fact::{Fact, Measure, Standing};
use crate::finding::{Evidence, Finding, Role, Severity};
use crate::number::{NumberId, Range};
use rust_decimal::Decimal;

/// The check.
pub const CHECK: Check = Check {
    name: "share/small_business_shares_differ",
    severity: Severity::Error,
    summary_en: "Contracts of small businesses differ from the shares of goods, works and services.",
    source: include_str!("small_business_shares_differ.rs"),
    run: Run::Report(run),
};

/// Goods, works and services, and what they are called.
const KINDS: [(&str, &str); 3] = [
    ("procurement/goods", "货物"),
    ("procurement/works", "工程"),
    ("procurement/services", "服务"),
];

fn run(report: &Report) -> Vec<Finding> {
    let total = |fact: &&Fact| {
        &*fact.indicator == "procurement/small_medium" && fact.measure == Measure::Level
    };
    report.facts.iter().filter(total).filter_map(|total| check(report, total)).collect()
}

fn check(report: &Report, total: &Fact) -> Option<Finding> {
    let Standing::Narrative(_) = total.standing else { return None };
    let beside: Vec<&Fact> =
        report.facts.iter().filter(|fact| fact.standing == total.standing).collect();
    let printed = |id: NumberId| report.numbers.get(id as usize);
    let range = |id: NumberId| printed(id)?.range();
    let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
    let (mut shares, mut said) = (Range::exact(Decimal::ZERO), 0);
    let mut terms: Vec<String> = Vec::new();
    let mut shown = vec![evidence(report, Role::Total, total.number)?];
    for (indicator, name) in KINDS {
        let level = |fact: &&&Fact| &*fact.indicator == indicator && fact.measure == Measure::Level;
        // Nothing is said of what was not bought.
        let Some(whole) = beside.iter().find(level) else { continue };
        let of = |fact: &&&Fact| {
            fact.measure == Measure::Share
                && fact.label.contains("中小企业")
                && fact.against.is_some_and(|id| report.facts[id as usize].number == whole.number)
        };
        let own = range(whole.number)?;
        let value = printed(whole.number)?.value()?;
        let Some(share) = beside.iter().find(of) else {
            high = high.checked_add(own.high)?;
            terms.push(format!("{name} {value}（未写占比）"));
            continue;
        };
        let percent = range(share.number)?;
        let part = own.times(percent)?;
        low = low.checked_add(part.low.checked_div(Decimal::ONE_HUNDRED)?)?;
        high = high.checked_add(part.high.checked_div(Decimal::ONE_HUNDRED)?)?;
        shares = shares.plus(percent)?;
        said += 1;
        let percent = printed(share.number)?.value()?;
        terms.push(format!("{name} {value} × {percent}%"));
        shown.push(evidence(report, Role::Whole, whole.number)?);
        shown.push(evidence(report, Role::Share, share.number)?);
    }
    let stated = range(total.number)?;
    if said == 0 || low <= stated.high && stated.low <= high {
        return None;
    }
    let number = printed(total.number)?;
    let show = |value: Decimal| Some(value.checked_div(number.factor)?.round_dp(2).normalize());
    let (word, bound) = match low > stated.high {
        true => ("至少", show(low)?),
        false => ("至多", show(high)?),
    };
    let hint = match said > 1 && shares.holds(Decimal::ONE_HUNDRED) {
        true => "；各项占比之和是100%，疑以中小企业合同总额为分母",
        false => "",
    };
    let stated = number.value()?;
    let arithmetic =
        format!("{} {word} {bound}，授予中小企业合同金额为 {stated}{hint}", terms.join(" + "));
    let messages = (
        "授予中小企业合同金额与各类采购的占比不能同时成立，请核对占比的分母。".to_string(),
        "contracts of small businesses cannot have these shares of goods, works and services"
            .to_string(),
    );
    Some(Finding {
        arithmetic_en: in_english(&arithmetic),
        arithmetic,
        evidence: shown,
        ..CHECK.finding(number.span, messages)
    })
}

fn evidence(report: &Report, role: Role, id: NumberId) -> Option<Evidence> {
    let number = report.numbers.get(id as usize)?;
    let range = number.range()?;
    let range = Range {
        low: range.low.checked_div(number.factor)?,
        high: range.high.checked_div(number.factor)?,
    };
    Some(Evidence {
        role,
        number: Some(id),
        at: number.span,
        value: number.value(),
        unit: number.unit.to_string(),
        range: Some(range),
    })
}
