//! Columns of percentages: what a row is of the 合计 row, what it grew by, how much of its budget was spent.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::fact::{Basis, Measure};
use crate::number::{Kind, NumberId};
use crate::relation::evaluate::{Figures, Verdict, evaluate};
use crate::table::meaning::{self, ColumnMeaning};
use crate::table::{Row, RowKind, Side};
use std::cmp::Ordering;

/// The claims of the columns of percentages and of differences of a side. Those of one kind are not made if most of them
/// fail: the table counts them in another way.
pub(super) fn relate(report: &Report, side: &Side, figures: &Figures<'_>) -> Vec<Relation> {
    let columns: Vec<ColumnMeaning> =
        side.columns.iter().map(|column| meaning::column(&column.path, "expenditure")).collect();
    let kinds = [Measure::Share, Measure::Change, Measure::Rate, Measure::Completion];
    let claims = kinds.into_iter().map(|kind| {
        let of = (0..columns.len()).filter(|at| columns[*at].measure == kind);
        let mut claims = Vec::new();
        for at in of {
            let ratio = Ratio { report, side, columns: &columns, at };
            claims.extend(match kind {
                Measure::Share => ratio.shares(),
                Measure::Change => ratio.changes(),
                Measure::Rate => ratio.rates(),
                _ => ratio.completions(),
            });
        }
        claims
    });
    claims.filter(|claims| is_believable(figures, claims)).flatten().collect()
}

/// What headers of percentages and differences say.
const MEASURES: [&str; 9] = ["增减", "增长", "幅度", "变化", "差额", "比例", "比重", "占比", "率"];

/// A column that says something of others.
struct Ratio<'r> {
    report: &'r Report,
    side: &'r Side,
    columns: &'r [ColumnMeaning],
    at: usize,
}

impl Ratio<'_> {
    /// 占比 of the amounts in the column beside it, of the one 合计 row.
    fn shares(&self) -> Vec<Relation> {
        let Some(amount) = self.beside() else { return Vec::new() };
        let mut totals = self.side.rows.iter().filter(|row| row.kind == RowKind::Total);
        let (Some(total), None) = (totals.next(), totals.next()) else { return Vec::new() };
        let Some(whole) = total.values[amount] else { return Vec::new() };
        let claim = |row: &Row, percent: Term| {
            let (part, whole) = (Term::plus(row.values[amount]?), Term::plus(whole));
            (part.number != whole.number).then_some(Claim::Share { part, whole, percent })
        };
        self.percents("share/share_differs", claim)
    }

    /// 增减 between the two stages or years of the columns before it.
    fn changes(&self) -> Vec<Relation> {
        let Some((base, now)) = self.compared() else { return Vec::new() };
        let claim = |row: &Row| {
            let own = row.values[self.at]?;
            let change = Term::plus(own);
            let now = Term::plus(row.values[now]?);
            let base = Term::plus(row.values[base]?);
            let amount = self.report.numbers[own as usize].kind == Kind::Amount;
            amount.then_some(Claim::Change { now, base, change })
        };
        self.relations("change/amount_differs", claim)
    }

    /// 增减率 between the two stages or years of the columns before it.
    fn rates(&self) -> Vec<Relation> {
        let Some((base, now)) = self.compared() else { return Vec::new() };
        let claim = |row: &Row, rate: Term| {
            let (now, base) = (Some(Term::plus(row.values[now]?)), Term::plus(row.values[base]?));
            // A base of nought has no rate; what is printed there is a convention.
            let printed = self.report.numbers[base.number as usize].value()?;
            let base = Some(base).filter(|_| !printed.is_zero());
            base.map(|base| Claim::Rate { now, base: Some(base), change: None, rate })
        };
        self.percents("change/rate_differs", claim)
    }

    /// 完成率 of the one budget and the one outcome among the columns before it.
    fn completions(&self) -> Vec<Relation> {
        let only = |wanted: fn(Basis) -> bool| {
            let of = |at: &usize| {
                let column = &self.columns[*at];
                column.measure == Measure::Level && column.basis.is_some_and(wanted)
            };
            let mut found = (0..self.at).filter(of);
            found.next().filter(|_| found.next().is_none())
        };
        let budget = only(|basis| basis != Basis::Final);
        let Some((budget, spent)) = budget.zip(only(|basis| basis == Basis::Final)) else {
            return Vec::new();
        };
        let claim = |row: &Row, percent: Term| {
            let (part, whole) = (Term::plus(row.values[spent]?), Term::plus(row.values[budget]?));
            Some(Claim::Share { part, whole, percent })
        };
        self.percents("completion/percentage_differs", claim)
    }

    /// The amounts beside the column: the one to its left under the same header cells.
    fn beside(&self) -> Option<usize> {
        let left = self.at.checked_sub(1)?;
        let head = |at: usize| self.side.columns[at].path.split_last().map(|(_, head)| head);
        let same = head(left) == head(self.at);
        (same && self.columns[left].measure == Measure::Level).then_some(left)
    }

    /// The base and the figure compared with it: the two columns of amounts that say the same of two years.
    fn compared(&self) -> Option<(usize, usize)> {
        let own = self.said(self.at);
        let level =
            |at: &usize| self.columns[*at].measure == Measure::Level && self.said(*at) == own;
        let mut levels = (0..self.at).filter(level);
        let (one, other) = (levels.next()?, levels.next()?);
        if levels.next().is_some() {
            return None;
        }
        let own = self.report.document.report.year;
        let year = |at: usize| {
            let column = &self.columns[at];
            column.year.or_else(|| Some(own? + column.offset?))
        };
        match year(one)?.cmp(&year(other)?) {
            Ordering::Less => Some((one, other)),
            Ordering::Greater => Some((other, one)),
            Ordering::Equal => None,
        }
    }

    /// The header text that says the measure: 增减变化情况 over 公务接待费.
    fn named(&self) -> &str {
        let column = &self.side.columns[self.at];
        let measures = |text: &&String| MEASURES.iter().any(|word| text.contains(word));
        column.path.iter().find(measures).map_or(column.leaf(), String::as_str)
    }

    /// What the header says of a column beside year, stage and measure: 公务接待费 of 上年/公务接待费 and 增减变化情况/公务接待费.
    fn said(&self, at: usize) -> Vec<&str> {
        const MEASURES: [&str; 8] = ["增减", "增长", "幅度", "变化", "差额", "比例", "比重", "%"];
        let says = |text: &&str| {
            let measures = *text == "金额" || MEASURES.iter().any(|word| text.contains(word));
            !measures && !meaning::split_basis(text, &mut meaning::column(&[], "")).is_empty()
        };
        self.side.columns[at].path.iter().map(String::as_str).filter(says).collect()
    }

    fn percents(
        &self,
        check: &'static str,
        claim: impl Fn(&Row, Term) -> Option<Claim>,
    ) -> Vec<Relation> {
        let is_percent = |id: &NumberId| self.report.numbers[*id as usize].kind == Kind::Percent;
        self.relations(check, |row| {
            let percent = row.values[self.at].filter(is_percent)?;
            claim(row, Term::plus(percent))
        })
    }

    fn relations(
        &self,
        check: &'static str,
        claim: impl Fn(&Row) -> Option<Claim>,
    ) -> Vec<Relation> {
        let relation = |row: &Row| {
            let own = row.values[self.at]?;
            let number = &self.report.numbers[own as usize];
            Some(Relation {
                claim: claim(row)?,
                check,
                ground: Ground::Table,
                at: if row.at.is_empty() { number.span } else { row.at },
                label: format!("{} {}", row.name, self.named()).trim().to_string(),
            })
        };
        self.side.rows.iter().filter_map(relation).collect()
    }
}

/// Whether the rows that hold prove how the columns are counted.
fn is_believable(figures: &Figures<'_>, relations: &[Relation]) -> bool {
    let (mut held, mut failed) = (0, 0);
    for relation in relations {
        match evaluate(&relation.claim, figures) {
            Verdict::Agrees | Verdict::Truncated => held += 1,
            Verdict::Differs => failed += 1,
            Verdict::Unknown => {}
        }
    }
    held > 0 && failed * 2 <= held + 1
}
