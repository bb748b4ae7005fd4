//! Money of a project in sentences: by the levels of government that give it, what is left of it, and answers of a
//! questionnaire out of all answers.

use super::{Figure, relation};
use crate::Report;
use crate::number::Kind;
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::relation::{Claim, Relation, Term};
use rust_decimal::Decimal;

/// Who gives money; the purses of one line are one.
const PURSES: [&[&str]; 9] = [
    &["中央"],
    &["省级", "省财政", "自治区"],
    &["市级", "州级", "市财政", "地市"],
    &["县级", "区级", "旗县", "县财政", "区财政", "区县"],
    &["自筹", "单位资金"],
    &["债券"],
    &["贷款"],
    &["社会"],
    &["上级"],
];

/// So many figures before another can belong to it.
const NEAR: usize = 24;

/// The claims of one paragraph.
pub(super) fn relate(
    report: &Report,
    figures: &[Figure<'_>],
    reckoned: &Figures<'_>,
    relations: &mut Vec<Relation>,
) {
    let amounts = figures.iter().filter(|figure| figure.number.kind == Kind::Amount);
    let amounts: Vec<&Figure<'_>> = amounts.collect();
    for (index, whole) in amounts.iter().enumerate() {
        relations.extend(sources(report, whole, &amounts[index + 1..]));
    }
    for (index, left) in amounts.iter().enumerate() {
        relations.extend(balance(
            report,
            reckoned,
            left,
            &amounts[index.saturating_sub(NEAR)..index],
        ));
    }
    answers(report, reckoned, figures, relations);
}

/// `预算资金180万元，其中中央资金60万元，省级资金70万元`: purses are not of one another, so all of them are at most the whole.
fn sources(report: &Report, whole: &Figure<'_>, rest: &[&Figure<'_>]) -> Option<Relation> {
    let first =
        rest.first().filter(|next| next.lead.contains("其中") && next.part == whole.part)?;
    let purse = |figure: &Figure<'_>| {
        let words = figure.clause();
        let mut found = PURSES
            .iter()
            .enumerate()
            .filter(|(_, own)| own.iter().any(|word| words.contains(word)));
        let only = found.next().filter(|_| found.next().is_none())?;
        Some(only.0)
    };
    let mut parts = Vec::new();
    let mut taken = Vec::new();
    for figure in rest {
        let again = figure.lead.contains("其中") && figure.id != first.id;
        let Some(own) = purse(figure) else { break };
        if again || figure.part != whole.part || !figure.is_plain() || taken.contains(&own) {
            break;
        }
        taken.push(own);
        parts.push(Term::plus(figure.id));
    }
    // What superiors give may be of the state and the province.
    let superior = taken.contains(&(PURSES.len() - 1)) && taken.iter().any(|own| *own < 3);
    if parts.len() < 2 || superior || !whole.is_plain() {
        return None;
    }
    let claim = Claim::Sum { total: Term::plus(whole.id), parts, exact: false };
    Some(relation(report, claim, "sum/part_exceeds_total", whole.clause()))
}

/// `到位资金180万元，实际支出171.36万元，结余8.64万元`, where one pair of figures before it can be meant.
fn balance(
    report: &Report,
    reckoned: &Figures<'_>,
    left: &Figure<'_>,
    before: &[&Figure<'_>],
) -> Option<Relation> {
    let words = left.clause();
    let named = ["结余", "剩余", "结余资金", "剩余资金", "资金结余", "结余金额"];
    if !named.iter().any(|name| words.ends_with(name)) || !left.is_plain() {
        return None;
    }
    let says = |figure: &&&Figure<'_>, list: &[&str]| {
        figure.is_plain() && list.iter().any(|word| figure.clause().contains(word))
    };
    let spent = |figure: &&&Figure<'_>| {
        figure.part == left.part && says(figure, &["支出", "支付", "使用", "执行"])
    };
    let spent = before.iter().rev().find(spent)?;
    let given = ["预算", "安排", "到位", "下达", "资金", "拨付"];
    let wholes: Vec<&&Figure<'_>> =
        before.iter().filter(|figure| figure.id < spent.id && says(figure, &given)).collect();
    let claim = |whole: &Figure<'_>| Claim::Sum {
        total: Term::plus(whole.id),
        parts: vec![Term::plus(spent.id), Term::plus(left.id)],
        exact: true,
    };
    let fits = |whole: &&&&Figure<'_>| evaluate(&claim(whole), reckoned) == Verdict::Agrees;
    let single = || match wholes.as_slice() {
        [whole] if whole.part == left.part => Some(whole),
        _ => None,
    };
    let whole = wholes.iter().find(fits).or_else(single)?;
    Some(relation(report, claim(whole), "sum/parts_differ_from_total", whole.clause()))
}

/// `收回问卷251份，其中非常满意的198人，占78.88%；…`: the whole is the figure before that the answers make up, or that all shares but
/// one fit.
fn answers(
    report: &Report,
    reckoned: &Figures<'_>,
    figures: &[Figure<'_>],
    relations: &mut Vec<Relation>,
) {
    let shares: Vec<(usize, &Figure<'_>, &Figure<'_>)> = figures
        .windows(2)
        .enumerate()
        .filter_map(|(at, pair)| {
            let [part, share] = pair else { return None };
            let counted = part.number.kind == Kind::Count && share.number.kind == Kind::Percent;
            let said = share.clause().trim_start_matches('比').ends_with(['占', '比'])
                && share.part == part.part;
            (counted && said && part.is_plain() && share.is_plain()).then_some((at, part, share))
        })
        .collect();
    let Some((first, ..)) = shares.first().filter(|_| shares.len() < NEAR) else { return };
    let claim = |whole: &Figure<'_>, part: &Figure<'_>, share: &Figure<'_>| Claim::Share {
        part: Term::plus(part.id),
        whole: Term::plus(whole.id),
        percent: Term::plus(share.id),
    };
    let before = figures[..*first].iter().rev().take(NEAR);
    let wholes: Vec<&Figure<'_>> =
        before.filter(|figure| figure.number.kind == Kind::Count && figure.is_plain()).collect();
    let all = shares
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, part, _)| sum.checked_add(part.number.value()?));
    let held = |whole: &&Figure<'_>| {
        let fits = |part, share| {
            matches!(
                evaluate(&claim(whole, part, share), reckoned),
                Verdict::Agrees | Verdict::Truncated
            )
        };
        shares.iter().filter(|(_, part, share)| fits(part, share)).count()
    };
    // Answers that are as many as were given back are all of them.
    let together = wholes.iter().find(|whole| whole.number.value() == all && shares.len() > 1);
    let most = || wholes.iter().rev().max_by_key(|whole| held(whole));
    let fitting = |whole: &&&Figure<'_>| {
        let held = held(whole);
        held == shares.len() || shares.len() > 2 && held + 1 == shares.len()
    };
    let Some(whole) = together.or_else(|| most().filter(fitting)) else { return };
    for (_, part, share) in &shares {
        let check = "share/share_differs";
        relations.push(relation(report, claim(whole, part, share), check, part.clause()));
    }
}
