//! Charts: what each bar and each slice stands for.

use super::label::{self, Context};
use super::{Basis, Entity, Fact, Measure, Standing, indicators};
use crate::Report;
use crate::document::{Chart, ChartId, ReportKind};
use crate::number::{Kind, NumberId};
use std::sync::Arc;

/// Reads all charts.
pub fn bind(report: &Report) -> Vec<Fact> {
    let document = &report.document;
    let agency = document.report.agency.as_deref().map(indicators::normal);
    let context =
        Context { numbers: &report.numbers, agency: agency.as_deref(), year: document.report.year };
    let basis = match document.report.kind {
        ReportKind::Budget => Basis::Budget,
        _ => Basis::Final,
    };
    let mut facts = Vec::new();
    for (id, chart) in document.charts.iter().enumerate() {
        for (row, series) in chart.series.iter().enumerate() {
            for (column, span) in series.values.iter().enumerate() {
                let Some(span) = span else { continue };
                let found = report.numbers.binary_search_by_key(&span.start, |n| n.span.start);
                let Ok(number) = found else { continue };
                let category = chart.categories.get(column).map_or("", String::as_str);
                let said = Said::new(chart, &series.name, category);
                let standing = Standing::Chart(id as ChartId, row as u32, column as u32);
                let measure = match report.numbers[number].kind {
                    Kind::Amount => Measure::Level,
                    Kind::Percent => Measure::Share,
                    _ => continue,
                };
                facts.extend(said.fact(context, basis, measure, number as NumberId, standing));
            }
        }
    }
    facts
}

/// The words that name a value: its year, and what it is of.
struct Said {
    year: Option<i32>,
    name: String,
    /// `收` or `支` where the chart shows both sides side by side.
    side: Option<usize>,
}

impl Said {
    fn new(chart: &Chart, series: &str, category: &str) -> Self {
        let title = indicators::normal(&chart.title);
        let year = year(series).or_else(|| year(category));
        let named = [category, series].into_iter().find(|words| self::year(words).is_none());
        let name = without_unit(&indicators::normal(named.unwrap_or("")));
        for both in ["收、支", "收支", "收入支出", "收入、支出"] {
            let side = ["收入", "支出"].iter().position(|side| name.starts_with(side));
            if let (Some(at), Some(side)) = (title.find(both), side) {
                let name = format!("{}收、支总计", &title[..at]);
                return Self { year, name, side: Some(side) };
            }
        }
        let plain = ["", "收入", "支出", "金额", "合计", "总计", "决算数", "预算数"];
        let name = if plain.contains(&name.as_str()) { topic(&title) } else { name };
        Self { year, name, side: None }
    }

    fn fact(
        &self,
        context: Context<'_>,
        basis: Basis,
        measure: Measure,
        number: NumberId,
        standing: Standing,
    ) -> Option<Fact> {
        let label = label::read(&self.name, |_| None, context);
        let known = label.indicators.get(self.side.unwrap_or(0)).cloned();
        let indicator: Arc<str> = match (known, measure) {
            (Some(known), _) => known,
            (None, Measure::Share) if !self.name.is_empty() => super::named_key(&self.name),
            _ => return None,
        };
        Some(Fact {
            indicator,
            label: self.name.clone(),
            fund: label.fund,
            basis: label.basis.unwrap_or(basis),
            year: self.year.or(context.year),
            entity: Entity::Department,
            measure,
            number,
            negative: false,
            of: None,
            against: None,
            base_year: None,
            base_basis: None,
            standing,
            certainty: 85,
        })
    }
}

/// The year in words like `2023年`.
fn year(words: &str) -> Option<i32> {
    let at = words.find('年')?;
    let digits =
        words[..at].len() - words[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    if digits != 4 {
        return None;
    }
    words[at - 4..at].parse().ok()
}

/// `收入（万元）` → `收入`.
fn without_unit(words: &str) -> String {
    words.split('（').next().unwrap_or(words).to_string()
}

/// What a title is about: `一般公共预算财政拨款支出决算变动情况图` → `一般公共预算财政拨款支出`.
fn topic(title: &str) -> String {
    let ends = ["决算", "预算", "变动", "结构", "情况", "对比", "图"];
    let cut = ends.iter().filter_map(|word| {
        let at = title.find(word)?;
        // 一般公共预算 is a name, not the end of one.
        let fund = title[..at].ends_with("公共") || title[at..].starts_with("预算财政");
        (at > 0 && !fund).then_some(at)
    });
    title[..cut.min().unwrap_or(title.len())].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_about_what_stands_before_its_kind() {
        assert_eq!(topic("一般公共预算财政拨款支出决算变动情况图"), "一般公共预算财政拨款支出");
        assert_eq!(topic("收入决算结构图"), "收入");
    }

    #[test]
    fn years_are_four_digits() {
        assert_eq!(year("2023年"), Some(2023));
        assert_eq!(year("近3年"), None);
    }
}
