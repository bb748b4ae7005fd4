//! Names that the grammars know: `一般公共预算财政拨款支出`, `教育支出`.

use super::Label;
use super::words::words;
use crate::fact::Fund;
use crate::fact::codes::{Classification, codes};
use crate::fact::indicators::{Side, indicators, of_fund};
use std::sync::Arc;

/// What a name says that is known.
pub(super) struct Known<'t> {
    pub(super) name: &'t str,
    indicators: Vec<Arc<str>>,
    fund: Option<Fund>,
    side: Option<Side>,
    pub(super) generic: bool,
}

impl Label {
    pub(super) fn adopt(&mut self, known: Known<'_>) {
        self.name = known.name.to_owned();
        self.indicators = known.indicators;
        self.fund = self.fund.or(known.fund);
        self.side = known.side;
        self.generic = known.generic;
    }
}

/// What `text` says as a name, beside the code and the money of its label.
pub(super) fn known<'t>(text: &'t str, label: &Label) -> Option<Known<'t>> {
    let side = match text {
        "收入" | "收" => Some(Side::Revenue),
        "支出" | "支" => Some(Side::Expenditure),
        _ => None,
    };
    let of =
        |indicators| Some(Known { name: text, indicators, fund: None, side: None, generic: false });
    if label.code.is_some() {
        // 类款项 before the figure: what follows (支出决算, 年初预算) only says the stage.
        return if side.is_some() || words().generic(text) { of(Vec::new()) } else { None };
    }
    let short = || text.contains("费用").then(|| text.replace("费用", "费"));
    let Some(indicator) = indicators().get(text).or_else(|| indicators().get(&short()?)) else {
        // 社会保障和就业支出-就业补助-其他就业补助支出
        if let Some(code) = path_of_names(text) {
            return of(vec![format!("function/{code}").into()]);
        }
        // 教育支出 is a class of spending; 其他支出 may be anything.
        if !text.ends_with("支出") || text == "其他支出" {
            return None;
        }
        let class = codes(Classification::Function).class(text)?;
        return of(vec![format!("function/{class}").into()]);
    };
    let name: &str = &indicator.name;
    let indicators = match (name, indicator.with_fund, label.fund) {
        ("both/total", ..) => vec!["revenue/total".into(), "expenditure/total".into()],
        // 财政拨款收入总计 takes in what was carried over, as the 总计 of the table does; 一般公共预算总收入 may.
        (name, Some(_), Some(_))
            if name.ends_with("/total") && (text.ends_with("总计") || text.starts_with('总')) =>
        {
            vec![indicator.name.clone()]
        }
        (_, Some(side), Some(fund)) if fund != Fund::All => vec![of_fund(side, fund).into()],
        _ => vec![indicator.name.clone()],
    };
    let fund = label.fund.or(indicator.fund);
    // `支出决算为…` alone says nothing of what is spent; with its money it does.
    Some(Known { name: text, indicators, fund, side, generic: fund.is_none() && side.is_some() })
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
