//! Forms: which appendix table a shape is, by title and header shape (`grammars/tables/forms.toml`).

use super::Shape;
use crate::fact::Fund;
use serde::Deserialize;
use std::sync::OnceLock;

/// What kind of table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// 收支总表: revenue and expenditure side by side.
    Balance,
    /// 收入表: one column a source.
    Revenue,
    /// 支出表 by function, economic class or unit.
    Expenditure,
    /// “三公”经费
    ThreePublic,
    /// 政府采购
    Procurement,
    /// One row a project.
    Project,
    /// Rows by function, columns by economic class.
    Detail,
    /// 绩效 tables, read elsewhere.
    Performance,
    /// A list of tables or of units.
    List,
}

/// The part of the expenditure a table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of it.
    #[default]
    All,
    /// 基本支出
    Basic,
    /// 项目支出
    Project,
    /// 机关运行经费
    Operation,
}

/// A form and what it says about the whole table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// `final/04`, `budget/07`, `procurement`.
    pub key: String,
    /// What kind of table it is.
    pub family: Family,
    /// The money of the whole table, if the form or its title says so.
    pub fund: Option<Fund>,
    /// The part of the expenditure it shows.
    pub scope: Scope,
}

#[derive(Debug, Deserialize)]
struct Entry {
    r#final: String,
    budget: String,
    family: Family,
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    header: Vec<String>,
    #[serde(default)]
    rows: Vec<String>,
    fund: Option<String>,
    #[serde(default)]
    scope: Scope,
}

#[derive(Debug, Deserialize)]
pub(super) struct Grammar {
    form: Vec<Entry>,
}

pub(super) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| grammar!("tables/forms"))
}

/// The fund of its name in the grammars.
pub(super) fn fund(name: &str) -> Option<Fund> {
    Some(match name {
        "all" => Fund::All,
        "appropriation" => Fund::Appropriation,
        "general" => Fund::General,
        "government_fund" => Fund::GovernmentFund,
        "state_capital" => Fund::StateCapital,
        _ => return None,
    })
}

fn title_fits(title: &str, wanted: &str) -> bool {
    wanted.split(' ').all(|word| match word.strip_prefix('-') {
        Some(unwanted) => !title.contains(unwanted),
        None => title.contains(word),
    })
}

fn fits(entry: &Entry, shape: &Shape, title: &str) -> bool {
    if !entry.title.is_empty() && !entry.title.iter().any(|wanted| title_fits(title, wanted)) {
        return false;
    }
    let header = |word: &String| shape.header.iter().any(|text| text.contains(word.as_str()));
    if !entry.header.iter().all(header) {
        return false;
    }
    let mut rows = shape.sides.iter().flat_map(|side| &side.rows);
    entry.rows.is_empty() || rows.any(|row| entry.rows.contains(&row.name))
}

/// The form of a shape; `None` where no entry fits.
pub(super) fn recognise(shape: &Shape) -> Option<Form> {
    let title = shape.title.as_str();
    let entry = grammar().form.iter().find(|entry| fits(entry, shape, title))?;
    let mut fund = entry.fund.as_deref().and_then(fund);
    if entry.family == Family::ThreePublic && title.contains("一般公共") {
        fund = Some(Fund::General);
    }
    let is_final = title.contains("决算")
        || shape.header.iter().any(|text| text.contains("决算"))
        || shape.header.iter().any(|text| text == "行次");
    let key = if is_final { &entry.r#final } else { &entry.budget };
    Some(Form { key: key.clone(), family: entry.family, fund, scope: entry.scope })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn key(title: &str) -> String {
        let shape = Shape { title: title.into(), ..Shape::default() };
        recognise(&shape).map(|form| form.key).unwrap_or_default()
    }

    #[test]
    fn titles_of_many_places() {
        for (title, expected) in [
            ("收入支出决算总表", "final/01"),
            ("收支总体情况表", "budget/01"),
            ("2026年预算单位财务收支预算总表", "budget/01"),
            ("2026年预算单位收入预算总表", "budget/02"),
            ("收入决算表", "final/02"),
            ("支出决算表", "final/03"),
            ("本年支出总体情况表", "budget/03"),
            ("支出总表", "budget/03"),
            ("财政拨款收入支出决算总表", "final/04"),
            ("部门综合预算财政拨款收支总表", "budget/04"),
            ("一般公共预算财政拨款支出决算表", "final/05"),
            ("一般公共预算支出情况表（按功能分类科目）", "budget/05"),
            ("财政拨款支出表（功能科目）", "budget/appropriation"),
            ("一般公共预算财政拨款基本支出决算表", "final/06"),
            ("财政拨款基本支出表（经济科目）", "budget/06"),
            ("基本支出总表", "budget/basic"),
            ("一般公共预算“三公”经费、会议费、培训费支出表", "budget/07"),
            ("政府性基金预算财政拨款收入支出决算表", "final/07"),
            ("国有资本经营预算财政拨款支出决算表", "final/08"),
            ("一般公共预算机关运行经费支出预算表", "operation"),
            ("政府采购支出表", "procurement"),
            ("项目支出预算表", "budget/project"),
            ("2026年市级部门一般公共预算项目支出表", "budget/project"),
            ("部门整体支出绩效目标表", "performance"),
        ] {
            assert_eq!(key(title), expected, "{title}");
        }
    }
}
