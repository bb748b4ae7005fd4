//! 同一报告入库不止一份。
//!
//! 同一部门、同一年度、同类、同口径的报告有几份：内容完全相同的是重复；数字相同的是同一报告的不同格式；数字不同的是不同版本，其中一份应已废止。
//! 汇总统计时只应取一份。不判断哪一份有效，只列出它们和不同的数字个数。
//!
//! ```reports
//! 清河县水务局2024年度部门决算
//! 2024年度收入总计100.00万元。
//! ---
//! 清河县水务局2024年度部门决算（更正）
//! 2024年度收入总计120.00万元。
//! ```
//!
//! 依据：一个部门一年只有一份生效的决算和预算。

use super::figures::{Found, Reports, Side, finding};
use super::{CorpusCheck, NOTHING};
use crate::check::Check;
use crate::finding::Severity;
use crate::report::json::EvidenceEntry;
use crate::report::place::Place;
use std::collections::HashMap;

/// The check.
pub const CHECK: CorpusCheck = CorpusCheck {
    check: Check {
        name: "corpus/published_twice",
        severity: Severity::Note,
        summary_en: "one report is in the corpus more than once",
        source: include_str!("published_twice.rs"),
        run: NOTHING,
    },
    run,
};

fn run(reports: &Reports<'_>) -> rusqlite::Result<Found> {
    let mut found = Found::default();
    let mut groups: HashMap<Side, Vec<i64>> = HashMap::new();
    for (report, side) in &reports.all {
        if side.kind != "other" {
            groups.entry(*side).or_default().push(*report);
        }
    }
    let mut groups: Vec<Vec<i64>> = groups.into_values().filter(|group| group.len() > 1).collect();
    groups.sort();
    for mut group in groups {
        group.sort_unstable();
        let mut by_scope: HashMap<u8, Vec<i64>> = HashMap::new();
        for report in group {
            if let Some(scope) = reports.scope(report)? {
                by_scope.entry(scope as u8).or_default().push(report);
            }
        }
        for versions in by_scope.into_values() {
            let [first, others @ ..] = versions.as_slice() else { continue };
            for other in others {
                found.pairs += 1;
                let (same, differ) = compare(reports, *first, *other)?;
                found.figures += same + differ;
                found.findings.push((*other, tell(reports, *first, *other, (same, differ))?));
            }
        }
    }
    copies(reports, &mut found)?;
    Ok(found)
}

/// How many figures of two reports agree and differ.
fn compare(reports: &Reports<'_>, a: i64, b: i64) -> rusqlite::Result<(u64, u64)> {
    let sql = "SELECT count(*) FILTER (WHERE a.fen = b.fen), count(*) FILTER (WHERE a.fen <> b.fen) \
               FROM (SELECT DISTINCT indicator FROM fact WHERE report = ?1) f \
               JOIN figure a ON a.indicator = f.indicator AND a.report = ?1 \
               JOIN figure b ON b.indicator = f.indicator AND b.report = ?2 AND b.fund = a.fund AND b.basis = a.basis \
               AND b.year = a.year AND b.derived = a.derived WHERE a.agree AND b.agree";
    let counts =
        |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64));
    reports.connection.prepare_cached(sql)?.query_row((a, b), counts)
}

fn tell(
    reports: &Reports<'_>,
    first: i64,
    other: i64,
    (same, differ): (u64, u64),
) -> rusqlite::Result<crate::report::json::FindingEntry> {
    let (path, own) = (reports.path(first)?, reports.path(other)?);
    let (zh, en) = match (same, differ) {
        (0, 0) => ("无可比数字".to_string(), "no figure can be compared".to_string()),
        (same, 0) => (format!("{same} 个数字全部相同"), format!("all {same} figures agree")),
        (same, differ) => (
            format!("{} 个可比数字中 {differ} 个不同，为不同版本", same + differ),
            format!("{differ} of {} figures differ: two versions", same + differ),
        ),
    };
    let message = reports
        .lang
        .pick(
            &format!("库中另有同一部门同一年度的报告（{path}）：{zh}。"),
            &format!("there is another report of this agency and year ({path}): {en}"),
        )
        .to_string();
    let at = |path: &str| EvidenceEntry {
        role: "other",
        value: None,
        unit: String::new(),
        range: None,
        at: Place { file: Some(path.to_string()), ..Place::default() },
    };
    Ok(finding(
        &CHECK.check,
        message,
        String::new(),
        vec![at(&own), at(&path)],
        &format!("{path}|{own}"),
    ))
}

/// The same content at several places.
fn copies(reports: &Reports<'_>, found: &mut Found) -> rusqlite::Result<()> {
    let sql = "SELECT report, group_concat(path, '、') FROM (SELECT report, path FROM files WHERE part = 0 ORDER BY path) \
               GROUP BY report HAVING count(*) > 1 ORDER BY report";
    let mut statement = reports.connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (report, paths): (i64, String) = (row.get(0)?, row.get(1)?);
        found.pairs += 1;
        let message = reports
            .lang
            .pick(
                &format!("同一文件存于几处：{paths}。"),
                &format!("the same file stands at several places: {paths}"),
            )
            .to_string();
        found
            .findings
            .push((report, finding(&CHECK.check, message, String::new(), Vec::new(), &paths)));
    }
    Ok(())
}
