//! What a row of an appendix table names: a code, a known name, a unit, or everything together.

use super::{Frame, Subject};
use crate::fact::{Basis, Entity, Fund};
use crate::table::meaning::{self, ColumnMeaning};
use crate::table::{CodeKind, Family, Row, RowKind, Scope, Side};
use std::collections::HashSet;

/// Whether all rows with a name say the same one, each for another stage: then they stand for everything together.
pub(super) fn says_one_name(side: &Side) -> bool {
    let named = || side.rows.iter().filter(|row| row.code.is_none() && !row.name.is_empty());
    let mut names = named().map(|row| row.name.as_str());
    let first = names.next();
    first.is_some_and(|first| names.all(|name| name == first))
        && named().map(|row| &row.stage).collect::<HashSet<_>>().len() == named().count()
        && side.rows.iter().all(|row| row.kind == RowKind::Item)
}

impl Frame<'_> {
    pub(super) fn subject(
        &self,
        side: &Side,
        row: &Row,
        name: &str,
        (once, only, by_function): (bool, bool, bool),
    ) -> Subject {
        let scope = self.form.map_or(Scope::All, |form| form.scope);
        if let Some(code) = &row.code {
            if !once || self.family() == Some(Family::Procurement) {
                return Subject::Other;
            }
            let suffix = match scope {
                Scope::All => "",
                Scope::Basic => "/basic",
                Scope::Project => "/project",
                Scope::Operation => "/operation",
            };
            return match side.codes {
                Some(CodeKind::Function) => Subject::Code(format!("function/{code}{suffix}")),
                Some(CodeKind::Economic) => {
                    let suffix = match scope {
                        Scope::All => "/all",
                        Scope::Basic => "",
                        _ => suffix,
                    };
                    Subject::Code(format!("economic/{code}{suffix}"))
                }
                Some(CodeKind::GovernmentEconomic) => {
                    Subject::Code(format!("government_economic/{code}{suffix}"))
                }
                Some(CodeKind::Unit) => Subject::Of(Entity::Unit(row.name.as_str().into())),
                _ => Subject::Other,
            };
        }
        if row.kind == RowKind::Total {
            return self.total(row, name);
        }
        match self.family() {
            Some(Family::Procurement) => {
                let name =
                    row.name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
                let indicator = match name {
                    "货物" => "procurement/goods",
                    "工程" => "procurement/works",
                    "服务" => "procurement/services",
                    _ => return Subject::Other,
                };
                return Subject::Named(indicator.into(), None);
            }
            Some(Family::ThreePublic) if row.name.is_empty() => return Subject::All,
            Some(Family::Project) if once && !row.name.is_empty() => {
                return Subject::Of(Entity::Project(row.name.as_str().into()));
            }
            _ => {}
        }
        let function = name == "expenditure" && by_function;
        let known = if function || name == "revenue" { name } else { "other" };
        let found = meaning::name(&row.name, known);
        // 公务用车运行维护费 among the items of 基本支出 is only what 基本支出 spends on it.
        let item = ["three_public/", "meeting/", "training/"];
        let part = found.indicator.as_deref().is_some_and(|indicator| {
            item.iter().any(|head| indicator.starts_with(head))
                && self.family() != Some(Family::ThreePublic)
        });
        match found.indicator {
            Some(_) if part => Subject::Other,
            Some(indicator) if once => Subject::Named(indicator, found.fund),
            Some(_) => Subject::Other,
            None if only && !matches!(self.family(), Some(Family::Balance)) => Subject::All,
            None if matches!(
                self.family(),
                Some(Family::Revenue | Family::Expenditure | Family::ThreePublic)
            ) && once
                && row.parent.is_none() =>
            {
                Subject::Of(Entity::Unit(row.name.as_str().into()))
            }
            None => Subject::Other,
        }
    }

    /// Whether the sources of a table may count money of earlier years too: it has neither 本年收入合计 nor 上年结转.
    pub(super) fn mixes_years(&self, side: &Side, name: &str) -> bool {
        let all = self.form.is_some_and(|form| form.fund == Some(Fund::All));
        if all && self.family() == Some(Family::Revenue) {
            return !self.carries && !self.this_year && self.basis == Basis::Budget;
        }
        let said = |row: &Row| ["本年", "上年", "年初"].iter().any(|word| row.name.contains(word));
        all && name == "revenue"
            && self.family() == Some(Family::Balance)
            && !side.rows.iter().any(said)
    }

    /// What a 合计 row sums up.
    pub(super) fn total(&self, row: &Row, side: &str) -> Subject {
        let name = row.name.as_str();
        if name.contains("人员经费") {
            return Subject::Named("expenditure/personnel".into(), None);
        }
        if name.contains("公用经费") {
            return Subject::Named("expenditure/public".into(), None);
        }
        match self.family() {
            Some(Family::Balance) => {
                let this_year = name.contains("本年");
                let fund = self.form.and_then(|form| form.fund).filter(|fund| *fund != Fund::All);
                let indicator = match (side, this_year, fund) {
                    ("revenue", true, None) => "revenue/this_year",
                    ("revenue", true, fund) => meaning::whole("revenue", fund),
                    ("revenue", false, _) => "revenue/total",
                    (_, true, _) => "expenditure/this_year",
                    (_, false, _) => "expenditure/total",
                };
                Subject::Named(indicator.into(), None)
            }
            Some(Family::Procurement) => Subject::Named("procurement/total".into(), None),
            _ => Subject::All,
        }
    }

    /// What the total row of a table shows in a column.
    pub(super) fn whole(
        &self,
        named: Option<&str>,
        column: &ColumnMeaning,
        side: &str,
        fund: Option<Fund>,
    ) -> Option<String> {
        let scope = self.form.map_or(Scope::All, |form| form.scope);
        let of_all = self.form.is_some_and(|form| form.fund == Some(Fund::All));
        if of_all && scope != Scope::All && column.fund.is_some() {
            // 部门预算基本支出预算表 by source of money counts what 一般公共预算支出表 does not.
            return None;
        }
        let money = fund.filter(|fund| *fund != Fund::All);
        match named {
            Some("revenue/this_year") if money.is_some() => {
                return Some(meaning::whole("revenue", money).into());
            }
            Some("expenditure/total" | "expenditure/this_year") => {}
            // 支出 by source of money: 其他资金 here is spending.
            Some(indicator) if indicator.starts_with("revenue/") && side == "expenditure" => {
                return None;
            }
            Some(indicator) => return Some(indicator.to_string()),
            None if !column.plain => return None,
            None => {}
        }
        Some(
            match (self.family()?, scope) {
                (Family::ThreePublic, _) => "three_public/total",
                (Family::Procurement, _) => "procurement/total",
                (Family::Revenue, _) => meaning::whole("revenue", money),
                (_, Scope::Basic) => "expenditure/basic",
                (_, Scope::Project) => "expenditure/project",
                (_, Scope::Operation) => "operation/total",
                (Family::Expenditure, Scope::All) if self.carries && money.is_none() => {
                    "expenditure/total"
                }
                (Family::Expenditure, Scope::All) => "expenditure/this_year",
                _ => return None,
            }
            .into(),
        )
    }
}
