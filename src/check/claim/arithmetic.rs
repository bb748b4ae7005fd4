//! The arithmetic of a relation on one line, in the report's own unit: `收入合计〔100.00万元〕：90.00 + 9.00 = 99.00，少 1.00 万元`.

use super::label;
use crate::Report;
use crate::number::{Kind, NumberId};
use crate::relation::{Claim, Ground, Product, Relation, Term};
use rust_decimal::Decimal;

/// Parts of nought are shown up to so many, the three moneys for one.
const FEW_ZEROS: usize = 3;

/// Sums of more parts are shown shortened.
const MOST_PARTS: usize = 12;

/// The line in Chinese and English.
pub fn line(report: &Report, relation: &Relation) -> (String, String) {
    let line = Line { report, relation };
    let zh = line.render().unwrap_or_else(|| line.printed());
    let en = in_english(&zh);
    (zh, en)
}

/// The words of an arithmetic line in English.
pub fn in_english(line: &str) -> String {
    const WORDS: [(&str, &str); 15] = [
        ("其中 ", "of which "),
        ("文字说没有", "said to be none"),
        ("附表为空", "the table shows nothing"),
        ("没有比率（基数为 0）", "has no rate (the base is 0)"),
        ("，相差 ", ", off by "),
        ("，比 ", ", against "),
        ("，多 ", ", too much by "),
        ("，少 ", ", too little by "),
        (" 多 ", " too much by "),
        (" 少 ", " too little by "),
        ("（另有 ", " (and "),
        (" 项）", " more)"),
        ("，印作 ", ", printed "),
        ("，", ", "),
        ("：", ": "),
    ];
    WORDS.iter().fold(line.to_string(), |line, (zh, en)| line.replace(zh, en))
}

struct Line<'r> {
    report: &'r Report,
    relation: &'r Relation,
}

impl Line<'_> {
    /// `收入合计〔100.00万元〕：`
    fn lead(&self, number: NumberId) -> String {
        format!("{}〔{}〕：", label(self.relation), self.quote(number))
    }

    fn quote(&self, number: NumberId) -> String {
        let span = self.report.numbers[number as usize].span;
        self.report.document.slice(span).split_whitespace().collect()
    }

    fn printed(&self) -> String {
        let quotes: Vec<String> =
            self.relation.claim.terms().iter().map(|term| self.quote(term.number)).collect();
        format!("{}：{}", label(self.relation), quotes.join(" / "))
    }

    /// The value of a figure in the unit of another.
    fn value(&self, term: Term, factor: Decimal) -> Option<Decimal> {
        let number = &self.report.numbers[term.number as usize];
        let value = match number.factor == factor {
            true => number.value()?,
            false => {
                let exact = number.base()?.checked_div(factor)?;
                if exact.scale() > 6 { exact.round_dp(6).normalize() } else { exact.normalize() }
            }
        };
        Some(if term.negative { -value } else { value })
    }

    fn factor(&self, number: NumberId) -> Decimal {
        self.report.numbers[number as usize].factor
    }

    fn render(&self) -> Option<String> {
        match &self.relation.claim {
            Claim::Sum { total, parts, exact } => self.sum(*total, parts, *exact),
            Claim::Share { part, whole, percent } => {
                let factor = self.factor(whole.number);
                let (part, whole) = (self.value(*part, factor)?, self.value(*whole, factor)?);
                let shown = format!("{} ÷ {}", part, whole);
                self.quotient(percent.number, shown, part, whole)
            }
            Claim::Portion { part, rest, percent } => {
                let factor = self.factor(part.number);
                let part = self.value(*part, factor)?;
                let (mut whole, mut shown) = (part, part.to_string());
                for other in rest {
                    let other = self.value(*other, factor)?;
                    whole = whole.checked_add(other)?;
                    let sign = if other.is_sign_negative() { '−' } else { '+' };
                    shown.push_str(&format!(" {sign} {}", other.abs()));
                }
                self.quotient(percent.number, format!("{part} ÷ ({shown})"), part, whole)
            }
            Claim::Hundred { shares, exact } => {
                let mut all = Decimal::ZERO;
                let mut shown = Vec::new();
                for share in shares {
                    let value = self.value(*share, Decimal::ONE)?;
                    all = all.checked_add(value)?;
                    shown.push(value.to_string());
                }
                let sign = if *exact { "≠" } else { ">" };
                let shown = shown.join(" + ");
                Some(format!("{}：{shown} = {all}% {sign} 100%", label(self.relation)))
            }
            Claim::Change { now, base, change } => {
                let factor = self.factor(change.number);
                let (now, base) = (self.value(*now, factor)?, self.value(*base, factor)?);
                let (own, by) = (self.value(*change, factor)?, now.checked_sub(base)?);
                let printed = match own.is_sign_negative() || by.is_sign_negative() {
                    true => format!("，印作 {own}"),
                    false => String::new(),
                };
                let off = own.checked_sub(by)?.abs();
                let unit = self.unit(change.number);
                Some(format!(
                    "{}{now} − {base} = {by}{printed}，相差 {off}{unit}",
                    self.lead(change.number)
                ))
            }
            Claim::Rate { now, base, change, rate } => self.rate(*now, *base, *change, *rate),
            Claim::Equal { one, other } => {
                let factor = self.factor(one.number);
                let (a, b) = (self.value(*one, factor)?, self.value(*other, factor)?);
                let off = a.checked_sub(b)?.abs();
                let unit = self.unit(one.number);
                Some(format!("{}{a} ≠ {b}，相差 {off}{unit}", self.lead(one.number)))
            }
            Claim::Product { product, factors } => {
                let mut all = Decimal::ONE;
                let mut shown = Vec::new();
                for factor in factors {
                    let value = self.report.numbers[factor.number as usize].base()?;
                    shown.push(self.quote(factor.number));
                    all = all.checked_mul(value)?;
                }
                let all = all.checked_div(self.factor(product.number))?.normalize();
                let unit = self.unit(product.number);
                let off = all.checked_sub(self.value(*product, self.factor(product.number))?)?;
                let word = more_or_less(-off);
                let lead = self.lead(product.number);
                Some(format!("{lead}{} = {all}，{word} {}{unit}", shown.join(" × "), off.abs()))
            }
            Claim::Formula { result, products } => self.formula(result.number, products),
            Claim::Order { less, more } => {
                let factor = self.factor(more.number);
                let (a, b) = (self.value(*less, factor)?, self.value(*more, factor)?);
                let unit = self.unit(more.number);
                let by = a.checked_sub(b)?;
                let lead = self.lead(less.number);
                Some(match by.is_zero() {
                    true => format!("{lead}{a} = {b}"),
                    false => format!("{lead}{a} > {b}，多 {by}{unit}"),
                })
            }
        }
    }

    /// `执行率〔92.66%〕：337.30 ÷ 364.00 = 92.67%`
    fn formula(&self, result: NumberId, products: &[Product]) -> Option<String> {
        let percent = |id: NumberId| self.report.numbers[id as usize].kind == Kind::Percent;
        let scale = |id: NumberId| if percent(id) { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let value = |id: NumberId| self.report.numbers[id as usize].base()?.checked_div(scale(id));
        let (mut all, mut shown) = (Decimal::ZERO, String::new());
        for product in products {
            let mut own = Decimal::ONE;
            for (index, id) in product.over.iter().enumerate() {
                own = own.checked_mul(value(*id)?)?;
                shown.push_str(match (index, shown.is_empty(), product.negative) {
                    (0, true, _) => "",
                    (0, false, true) => " − ",
                    (0, false, false) => " + ",
                    _ => " × ",
                });
                shown.push_str(&self.quote(*id));
            }
            for id in &product.under {
                own = own.checked_div(value(*id)?)?;
                shown.push_str(&format!(" ÷ {}", self.quote(*id)));
            }
            all = all.checked_add(if product.negative { -own } else { own })?;
        }
        let places = self.report.numbers[result as usize].decimals.max(2);
        let all = all.checked_mul(scale(result))?.round_dp(places).normalize();
        let sign = if percent(result) { "%" } else { "" };
        let shown = shown.replace("+ -", "− ");
        Some(format!("{}{shown} = {all}{sign}", self.lead(result)))
    }

    fn sum(&self, total: Term, parts: &[Term], exact: bool) -> Option<String> {
        let factor = self.factor(total.number);
        if parts.is_empty() {
            let nothing = match self.relation.ground {
                Ground::Sentence => "文字说没有",
                _ => "附表为空",
            };
            return Some(format!("{}{nothing}", self.lead(total.number)));
        }
        let mut all = Decimal::ZERO;
        let mut shown = Vec::new();
        let mut zeros = Vec::new();
        for part in parts {
            let value = self.value(*part, factor)?;
            all = all.checked_add(value)?;
            match value.is_zero() {
                true => zeros.push(value.to_string()),
                false => shown.push(value.to_string()),
            }
        }
        if shown.len() < 2 {
            shown.extend(zeros.into_iter().take(FEW_ZEROS - shown.len()));
        }
        let more = shown.len().saturating_sub(MOST_PARTS);
        shown.truncate(MOST_PARTS);
        let mut terms = shown.join(" + ").replace("+ -", "- ");
        if more > 0 {
            terms.push_str(&format!(" + …（另有 {more} 项）"));
        }
        let by = all.checked_sub(self.value(total, factor)?)?;
        let equals = if shown.len() > 1 { format!(" = {all}") } else { String::new() };
        let (word, off) = (more_or_less(by), by.abs());
        let unit = self.unit(total.number);
        let lead = self.lead(total.number);
        if !exact {
            let whole = self.value(total, factor)?;
            return Some(format!("{lead}其中 {terms}{equals} > {whole}，{word} {off}{unit}"));
        }
        Some(format!("{lead}{terms}{equals}，{word} {off}{unit}"))
    }

    fn rate(
        &self,
        now: Option<Term>,
        base: Option<Term>,
        change: Option<Term>,
        rate: Term,
    ) -> Option<String> {
        let any = base.or(change).or(now)?;
        let factor = self.factor(any.number);
        let value = |term: Term| self.value(term, factor);
        let (shown, top, bottom) = match (now, base, change) {
            (Some(now), None, Some(change)) => {
                let (now, by) = (value(now)?, value(change)?);
                let bottom = now.checked_sub(by)?;
                let sign = if by.is_sign_negative() { "+" } else { "−" };
                (format!("{by} ÷ ({now} {sign} {})", by.abs()), by, bottom)
            }
            (Some(now), Some(base), _) => {
                let (now, base) = (value(now)?, value(base)?);
                (format!("({now} − {base}) ÷ {base}"), now.checked_sub(base)?, base)
            }
            (None, Some(base), Some(change)) => {
                let (base, by) = (value(base)?, value(change)?);
                (format!("{by} ÷ {base}"), by, base)
            }
            _ => return None,
        };
        self.quotient(rate.number, shown, top, bottom)
    }

    /// `占比〔99.18%〕：4657.38 ÷ 5180.59 = 89.90%`
    fn quotient(
        &self,
        percent: NumberId,
        shown: String,
        top: Decimal,
        bottom: Decimal,
    ) -> Option<String> {
        let lead = self.lead(percent);
        if bottom.is_zero() {
            return Some(format!("{lead}{shown} 没有比率（基数为 0）"));
        }
        let places = self.report.numbers[percent as usize].decimals.max(2);
        let ratio = top.checked_div(bottom)?.checked_mul(Decimal::ONE_HUNDRED)?;
        let mut ratio = ratio.round_dp(places);
        ratio.rescale(places);
        Some(format!("{lead}{shown} = {ratio}%"))
    }

    fn unit(&self, number: NumberId) -> String {
        let number = &self.report.numbers[number as usize];
        match (number.kind, &*number.unit) {
            (_, "") => String::new(),
            (Kind::Percent, unit) => unit.to_string(),
            (_, unit) => format!(" {unit}"),
        }
    }
}

fn more_or_less(by: Decimal) -> &'static str {
    if by.is_sign_negative() { "少" } else { "多" }
}
