//! Formulas that the 栏次 line prints under the names of the columns: `1=2+3`, `4=1-2`, `(5)=(1)+(2)`.

use super::{Claim, Ground, Relation, Term};
use crate::Report;
use crate::table::Side;
use std::collections::HashMap;

/// A printed formula: the column it gives, and the columns it takes with their signs.
#[derive(Debug, PartialEq, Eq)]
struct Formula {
    whole: u32,
    parts: Vec<(u32, bool)>,
}

/// The claims of the formulas of a side, row by row; a formula that names a column of another side claims nothing.
pub(super) fn relate(report: &Report, side: &Side) -> Vec<Relation> {
    let printed = |column: &crate::table::Column| column.ordinal.as_deref().and_then(parse);
    let numbered: HashMap<u32, usize> = side
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| Some((ordinal(column.ordinal.as_deref()?)?, at)))
        .collect();
    let mut relations = Vec::new();
    for formula in side.columns.iter().filter_map(printed) {
        let Some(&whole) = numbered.get(&formula.whole) else { continue };
        let parts: Option<Vec<(usize, bool)>> = formula
            .parts
            .iter()
            .map(|(part, negative)| Some((*numbered.get(part)?, *negative)))
            .collect();
        let Some(parts) = parts else { continue };
        for row in &side.rows {
            let Some(total) = row.values[whole] else { continue };
            let terms: Vec<Term> = parts
                .iter()
                .filter_map(|(at, negative)| Some(Term::signed(row.values[*at]?, *negative)))
                .collect();
            if terms.is_empty() {
                continue;
            }
            let number = &report.numbers[total as usize];
            relations.push(Relation {
                claim: Claim::Sum { total: Term::plus(total), parts: terms, exact: true },
                check: "table/columns_do_not_add",
                ground: Ground::Table,
                at: if row.at.is_empty() { number.span } else { row.at },
                label: format!("{} {}", row.name, side.columns[whole].leaf()).trim().to_string(),
            });
        }
    }
    relations
}

/// The number of a column: `1=2+3` → 1, `(4)` → 4.
fn ordinal(text: &str) -> Option<u32> {
    let own = text.split(['=', '＝']).next()?;
    own.trim_start_matches("栏次").trim_matches(['(', ')', '（', '）', '栏']).parse().ok()
}

/// A formula of sums and differences of other columns; products and quotients give rates and are none.
fn parse(text: &str) -> Option<Formula> {
    let (_, right) = text.split_once(['=', '＝'])?;
    let (mut parts, mut digits, mut negative) = (Vec::new(), String::new(), false);
    for c in right.chars().chain(['+']) {
        match c {
            '0'..='9' => digits.push(c),
            '(' | ')' | '（' | '）' | '栏' => {}
            '+' | '＋' | '-' | '－' | '—' => {
                parts.push((digits.parse().ok()?, negative));
                digits.clear();
                negative = !matches!(c, '+' | '＋');
            }
            _ => return None,
        }
    }
    let whole = ordinal(text)?;
    let other = parts.iter().all(|(part, _)| *part != whole);
    (other && parts.len() > 1).then_some(Formula { whole, parts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_differences_are_formulas_and_quotients_are_not() {
        let formula = |text: &str| parse(text).map(|found| (found.whole, found.parts));
        assert_eq!(formula("1=2+3"), Some((1, vec![(2, false), (3, false)])));
        assert_eq!(formula("（4）＝（1）－（2）"), Some((4, vec![(1, false), (2, true)])));
        assert_eq!(formula("5=4/3"), None);
        assert_eq!(formula("6=2×3"), None);
        assert_eq!(formula("3"), None);
        assert_eq!(formula("2=2+3"), None);
    }
}
