//! What the structure of a table claims: rows add up, columns add up, both sides of a 总表 are equal.
//!
//! Only what the structure proves is claimed. Where most claims of one kind fail in a table, its structure was not
//! understood (a level left out by design, a list of selected items), and none of that kind is made.

mod columns;
mod economic;
mod flat;
mod formula;
mod ratios;
mod rows;
mod two_sided;
mod units;

use super::evaluate::Figures;
use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::document::{Span, TableId};
use crate::fact::Measure;
use crate::number::{NumberId, Range};
use crate::table::{Family, Shape, Side, meaning};

/// The claims of all tables.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    claims(report, |kind, believable| {
        if believable {
            relations.extend(kind);
        }
    });
    relations
}

/// The claims not made because most of their kind fail: the table was not understood, or its sums are all wrong.
pub fn doubted(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    claims(report, |kind, believable| {
        if !believable {
            relations.extend(kind);
        }
    });
    relations
}

/// Hands over the claims of all tables, one kind of one table at a time, and whether they are to be believed.
fn claims(report: &Report, mut take: impl FnMut(Vec<Relation>, bool)) {
    let figures = Figures::new(&report.numbers);
    let units = units::names(report);
    for shape in &report.tables {
        let family = shape.form.as_ref().map(|form| form.family);
        let apart = matches!(family, Some(Family::Performance | Family::List));
        // Hidden rows and columns may be parts of what is shown.
        let cut = shape.tables.iter().any(|id| report.document.tables[*id as usize].cut);
        if apart || shape.glued || cut {
            continue;
        }
        let known = shape.form.is_some();
        let mut give = |likely: bool, marked: bool, relations: Vec<Relation>| {
            let apart = marked || !is_nested(report, &relations);
            let believable = apart && believable(report, likely, &relations);
            take(relations, believable);
        };
        let mut sets = Vec::new();
        for side in &shape.sides {
            let (listed, marked) = (rows::is_listed(side, shape), rows::is_marked(side));
            give(!known, marked, rows::parents(report, side));
            let totals = rows::totals(report, side);
            // Looked at only where it matters: one total that fails.
            let flat = !listed
                && totals.iter().any(|found| holds(report, found) == Some(false))
                && flat::is_flat(report, side);
            give(!flat && (!known || !listed), marked || flat, totals);
            // A printed formula needs no belief, and what it says is claimed once.
            let printed = formula::relate(report, side);
            let stated = |found: &Relation| printed.iter().any(|other| other.claim == found.claim);
            for mut claims in columns::relate(report, shape, side) {
                claims.relations.retain(|found| !stated(found));
                let single = claims.relations.len() == 1;
                give(!known || !single, claims.apart, claims.relations);
            }
            sets.push(printed);
            sets.push(ratios::relate(report, side, &figures));
        }
        sets.into_iter().for_each(|printed| take(printed, true));
        for side in shape.sides.iter().filter(|_| family == Some(Family::Project)) {
            let claims = units::relate(side, &units);
            let known = units::is_known(report, &claims);
            take(claims, known);
        }
        take(economic::relate(report, shape), true);
        take(two_sided::relate(report, shape), true);
    }
}

/// Indices of the columns that can be added up: amounts, not rates, shares or counts.
fn levels(side: &Side) -> Vec<usize> {
    let level = |at: &usize| {
        let found = meaning::column(&side.columns[*at].path, "expenditure");
        matches!(found.measure, Measure::Level | Measure::Change)
    };
    (0..side.columns.len()).filter(level).collect()
}

/// A claim of a table.
fn sum(
    total: NumberId,
    parts: Vec<NumberId>,
    exact: bool,
    check: &'static str,
    at: Span,
    label: &str,
) -> Relation {
    Relation {
        claim: Claim::Sum {
            total: Term::plus(total),
            parts: parts.into_iter().map(Term::plus).collect(),
            exact,
        },
        check,
        ground: Ground::Table,
        at,
        label: label.to_string(),
    }
}

/// Whether a sum holds, `None` if it cannot be told.
fn holds(report: &Report, relation: &Relation) -> Option<bool> {
    let Claim::Sum { total, parts, exact } = &relation.claim else { return None };
    let range = |term: &Term| report.numbers[term.number as usize].range();
    let mut all = Range::exact(rust_decimal::Decimal::ZERO);
    for part in parts {
        all = all.plus(range(part)?)?;
    }
    let total = range(total)?;
    Some(if *exact { total.meets(all) } else { all.low <= total.high })
}

/// Whether the claims of one kind do not show that the structure was misread: where the structure is only `likely`, one
/// failure among one or two claims is enough.
fn believable(report: &Report, likely: bool, relations: &[Relation]) -> bool {
    let matters = |found: &&Relation| match &found.claim {
        Claim::Sum { total, .. } => {
            report.numbers[total.number as usize].value().is_some_and(|value| !value.is_zero())
        }
        _ => true,
    };
    let told: Vec<bool> =
        relations.iter().filter(matters).filter_map(|found| holds(report, found)).collect();
    let failed = told.iter().filter(|held| !**held).count();
    match told.len() {
        0 => true,
        1 | 2 => failed == 0 || !likely,
        all => failed * 2 <= all,
    }
}

/// Whether a part of a failing claim is the whole already: the parts beside it are of it (其中), not beside it. Codes and
/// numbers before the rows say themselves what stands beside what.
fn is_nested(report: &Report, relations: &[Relation]) -> bool {
    let nested = |relation: &&Relation| match &relation.claim {
        Claim::Sum { total, parts, .. } => {
            let range = |term: &Term| report.numbers[term.number as usize].range();
            let whole = |part: &Term| matches!((range(part), range(total)), (Some(a), Some(b)) if a.meets(b));
            // Every part that is nought is the whole of a sum that is nought.
            !is_zero(report, relation) && parts.len() > 1 && parts.iter().any(whole)
        }
        _ => false,
    };
    let (mut inside, mut held) = (0, 0);
    for relation in relations {
        match holds(report, relation) {
            Some(false) => inside += usize::from(nested(&relation)),
            Some(true) => held += usize::from(!is_zero(report, relation)),
            None => {}
        }
    }
    // A slip in one row of a long table is no structure.
    inside * RARE > held
}

/// What of every so many claims may fail as a structure would that was misread.
const RARE: usize = 8;

/// Whether the whole of a sum is 0, which proves nothing of its structure.
fn is_zero(report: &Report, relation: &Relation) -> bool {
    let Claim::Sum { total, .. } = &relation.claim else { return false };
    report.numbers[total.number as usize].value().is_none_or(|value| value.is_zero())
}

/// The tables of forms of 绩效.
pub(super) fn of_performance(report: &Report) -> impl Iterator<Item = TableId> {
    let form =
        |shape: &&Shape| shape.form.as_ref().is_some_and(|form| form.family == Family::Performance);
    report.tables.iter().filter(form).flat_map(|shape| shape.tables.iter().copied())
}
