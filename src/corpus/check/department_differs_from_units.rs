//! 部门数与所属各单位数之和不一致。
//!
//! 部门决算、预算由本级和所属单位汇总而成。一般公共预算财政拨款不在部门内部往来，部门数须等于各单位数之和；各数四舍五入造成的尾差不报。
//! 只在能证明单位齐全时比较：部门报告写明单位个数并逐一列名，列名个数与写明个数相符，其中有本级，且每个单位的报告都在库中、同年同类、唯一。
//! 否则不比较，不作为相符。
//!
//! ```reports
//! 清河县水务局2024年度部门决算
//! 纳入清河县水务局2024年度部门决算编制范围的单位共2个，包括：
//! 1.清河县水务局（本级）
//! 2.清河县水文站
//! 2024年度一般公共预算财政拨款支出100.00万元。
//! ---
//! 清河县水务局（本级）2024年度单位决算
//! 2024年度一般公共预算财政拨款支出60.00万元。
//! ---
//! 清河县水文站2024年度单位决算
//! 2024年度一般公共预算财政拨款支出30.00万元。
//! ```
//!
//! 依据：部门决算、部门预算是本部门及所属单位的汇总；加法。

use super::figures::{Found, Reports, Row, Scope, finding, wan};
use super::{CorpusCheck, NOTHING};
use crate::check::Check;
use crate::finding::Severity;
use crate::number::Range;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The check.
pub const CHECK: CorpusCheck = CorpusCheck {
    check: Check {
        name: "corpus/department_differs_from_units",
        severity: Severity::Error,
        summary_en: "a department's figure differs from the sum of its units",
        source: include_str!("department_differs_from_units.rs"),
        run: NOTHING,
    },
    run,
};

/// A department and the reports of all its units.
struct Family {
    department: i64,
    units: Vec<i64>,
}

fn run(reports: &Reports<'_>) -> rusqlite::Result<Found> {
    let mut found = Found::default();
    let families = families(reports)?;
    found.pairs = families.len() as u64;
    if families.is_empty() {
        return Ok(found);
    }
    let general = "SELECT coalesce(max(id), -1) FROM name WHERE name = 'general'";
    let general: i64 = reports.connection.query_row(general, [], |row| row.get(0))?;
    for (id, indicator) in reports.indicators()? {
        let figures = reports.figures(id)?;
        let mut by_report: HashMap<(i64, bool), &Row> = HashMap::new();
        for row in figures.iter().filter(|row| row.fund == general && !row.derived) {
            if reports.all.get(&row.report).is_some_and(|side| side.year == row.year) {
                by_report.insert((row.report, row.budget), row);
            }
        }
        for family in &families {
            let budget = reports.all.get(&family.department).is_some_and(|s| s.kind == "budget");
            let Some(whole) = by_report.get(&(family.department, budget)) else { continue };
            let parts: Option<Vec<&Row>> =
                family.units.iter().map(|unit| by_report.get(&(*unit, budget)).copied()).collect();
            let Some(parts) = parts else { continue };
            let zero = Range::exact(rust_decimal::Decimal::ZERO);
            let sum = parts.iter().try_fold(zero, |sum, part| sum.plus(part.range));
            let Some(sum) = sum else { continue };
            found.figures += 1;
            if !sum.meets(whole.range) {
                let told = tell(reports, &indicator, whole, &parts, sum)?;
                found.findings.push((family.department, told));
            }
        }
    }
    Ok(found)
}

/// The departments whose units are all there.
fn families(reports: &Reports<'_>) -> rusqlite::Result<Vec<Family>> {
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:纳入|编制范围|编报范围)[^。]{0,60}单位(?:共|共计|有|共有)?(\d{1,3})[个家]")
            .expect("own pattern")
    });
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[（(]?\d{1,3}[）).、．]\s*(\S{3,40}?)[。；;]?$").expect("own pattern")
    });
    let mut by_agency: HashMap<(String, i32, &str), Vec<i64>> = HashMap::new();
    let mut statement = reports.connection.prepare("SELECT agency FROM reports WHERE id = ?")?;
    for (report, side) in &reports.all {
        let agency: String = statement.query_row([report], |row| row.get(0))?;
        by_agency.entry((plain(&agency), side.year, side.kind)).or_default().push(*report);
    }
    let said = "SELECT p.id, p.text FROM words w JOIN passages p ON p.id = w.rowid WHERE words MATCH 'text : (\"纳入\" AND \"单位\")'";
    let mut said = reports.connection.prepare(said)?;
    let mut rows = said.query([])?;
    let after = "SELECT text FROM passages WHERE id > ? AND id >> 20 = ? ORDER BY id LIMIT 400";
    let mut after = reports.connection.prepare(after)?;
    let mut families = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, text): (i64, String) = (row.get(0)?, row.get(1)?);
        let department = id >> 20;
        let Some(count) = COUNT.captures(&text).and_then(|found| found[1].parse::<usize>().ok())
        else {
            continue;
        };
        let Some(side) = reports.all.get(&department) else { continue };
        if count < 2 || reports.scope(department)? != Some(Scope::Department) {
            continue;
        }
        let texts = after.query_map((id, department), |row| row.get::<_, String>(0))?;
        let texts: Vec<String> = texts.collect::<rusqlite::Result<_>>()?;
        let names =
            texts.iter().map_while(|text| ITEM.captures(text.trim()).map(|found| plain(&found[1])));
        let names: Vec<String> = names.collect();
        let own = |name: &String| name.ends_with("（本级）") || name.ends_with("机关");
        if names.len() != count || !names.iter().any(own) {
            continue;
        }
        let unit = |name: &String| match by_agency
            .get(&(name.clone(), side.year, side.kind))?
            .as_slice()
        {
            [one] if *one != department => Some(*one),
            _ => None,
        };
        let units: Option<Vec<i64>> = names.iter().map(unit).collect();
        if let Some(units) = units {
            families.push(Family { department, units });
        }
    }
    families.sort_by_key(|family| family.department);
    families.dedup_by_key(|family| family.department);
    Ok(families)
}

/// A name with full-width brackets, as both reports can be compared by it.
fn plain(name: &str) -> String {
    name.trim().replace('(', "（").replace(')', "）")
}

fn tell(
    reports: &Reports<'_>,
    indicator: &str,
    whole: &Row,
    parts: &[&Row],
    sum: Range,
) -> rusqlite::Result<crate::report::json::FindingEntry> {
    let (mine, shown) = reports.evidence(whole.report, whole.number, "whole")?;
    let label = reports.label(whole.report, whole.number, indicator)?;
    let mut evidence = vec![mine];
    let mut terms = Vec::new();
    for part in parts {
        let (entry, shown) = reports.evidence(part.report, part.number, "part")?;
        evidence.push(entry);
        terms.push(format!("{} {shown}", reports.agency(part.report)?));
    }
    let arithmetic = format!("{} = {}，部门为 {shown}", terms.join(" + "), wan(sum));
    let count = parts.len();
    let message = reports
        .lang
        .pick(
            &format!("部门的“{label}”与所属{count}个单位之和不一致。"),
            &format!("the department's “{label}” differs from the sum of its {count} units"),
        )
        .to_string();
    let key = format!("{indicator}|{}|{}", whole.range.low, sum.low);
    Ok(finding(&CHECK.check, message, arithmetic, evidence, &key))
}
