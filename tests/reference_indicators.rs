//! Indicator tables of the reference report, column by column, where ../shared is there: what a person reads in seven of
//! them, the largest included. Figures, operators and units only; words of the report stand as `…`.

#![allow(clippy::unwrap_used)]

mod support;

use gouji::Report;
use gouji::document::Span;
use gouji::indicator::IndicatorRow;

/// Place of the table in the report, then a line a row: operator, target, unit, weight, actual, score; `-` is empty.
const TABLES: [(usize, &str); 7] = [
    // The department as a whole: points and score of each indicator, then five deductions without points.
    (
        0,
        "- - - 10 - 10
         - - - - - -
         - - - - - -
         - - - - - -
         - - - - - -
         - - - 8 - 8
         - - - 9 - 6
         - - - 8 - 5
         - - - 6 - 6
         - - - 3 - 3
         - - - 3 - 3
         - - - 3 - 3
         - - - 3 - 3
         - - - 3 - 3
         - - - 4 - 4
         - - - 4 - 4
         - - - 4 - 4
         - - - 5 - 5
         - - - 6 - 6
         - - - 4 - 4
         - - - 6 - 6
         - - - 6 - 6
         - - - 5 - 3
         - - - - - -
         - - - - - -
         - - - - - -
         - - - - - -
         - - - - - -",
    ),
    (
        1,
        "≥ 2 个 20 10 -
         ≥ 1 个 20 1 -
         定性 1 - 10 1 -
         ＝ 2024 年 10 2024 -
         定性 - - 10 … -
         定性 - - 10 … -
         ≥ 90 % 10 100% -
         ＝ 300.39 万元 10 300.39万元 -",
    ),
    // Weights are shares of one; the target repeats its unit.
    (
        2,
        "定量 2万吨 万吨 0.15 2万吨 -
         定量 44594.64tce tce 0.1 41610.53tce -
         定量 Li2CO3≥99.5% % 0.1 Li2CO3≥99.6% -
         定量 800万元/人 万元/人 0.05 1385.90万元/人 -
         定性 - - 0.05 - -
         定性 - - 0.05 - -
         定量 15亿元 亿元 0.1 17.14亿元 -
         定量 25亿元 亿元 0.1 30.49亿元 -
         定量 12000kg/t kg/t 0.1 10380.22kg/t -
         定性 - - 0.05 - -
         定量 5 件 0.05 0 -
         定量 300kgce/万元 kgce/万元 0.1 136.47kgce/万元 -",
    ),
    (
        8,
        "≥ 24.9 亿元 40 … -
         ≥ 24.9 亿元 20 … -
         ≥ 6000 万元 10 … -
         ≥ 3000 人 10 … -
         ≥ 90 % 10 100% -
         = 50 万元 10 50 -",
    ),
    (
        12,
        "≥ 4 个 20 4 -
         ≥ 4 个 10 2 -
         ≥ 4 个 10 4 -
         ≥ 4 个 10 2 -
         = 2024年4月 - 10 2024年9月 -
         定性 … - 20 … -
         ≥ 95% - 10 100% -
         = 14 万元 10 14 -",
    ),
    (
        13,
        "≥ 78 家 20 78家 -
         ≥ 5 个 20 8个 -
         ≥ 3000 万元 20 6222.8万元 -
         定性 2024年12月前 - 10 … -
         定性 … - 10 … -
         ≥ 95 % 10 100% -
         = 5 万元 10 5万元 -",
    ),
    (
        14,
        "= 15 个 20 4 -
         = 99.2 万 40 2 -
         = 15 个 10 4 -
         = 99.2 万 10 2 -
         = 2023年5月 - 10 2024年10月 -
         ≥ 95 % 10 100% -",
    ),
];

/// A row as the tables above write it.
fn written(report: &Report, row: &IndicatorRow) -> String {
    let printed = |span: Option<Span>| -> String {
        let words = span.map_or("", |span| report.document.slice(span));
        let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
        if words.is_empty() { "-".into() } else { words }
    };
    let value = |span: Option<Span>| {
        let words = printed(span);
        let told = words == "-" || words.chars().any(|c| c.is_ascii_digit());
        if told { words } else { "…".into() }
    };
    let figure = |id: Option<u32>| printed(id.map(|id| report.numbers[id as usize].span));
    let columns = [
        printed(row.operator),
        value(row.target),
        printed(row.unit),
        figure(row.weight),
        value(row.actual),
        figure(row.score),
    ];
    columns.join(" ")
}

#[test]
fn seven_tables_are_read_column_by_column() {
    let Some(report) = support::reference() else { return };
    assert_eq!(report.indicators.len(), 15);
    let rows: Vec<usize> = report.indicators.iter().map(|table| table.rows.len()).collect();
    assert_eq!(rows, [28, 8, 12, 12, 7, 7, 6, 9, 6, 7, 6, 8, 8, 7, 6]);
    for (at, expected) in TABLES {
        let table = &report.indicators[at];
        for (line, (row, wanted)) in table.rows.iter().zip(expected.lines()).enumerate() {
            assert_eq!(written(&report, row), wanted.trim(), "table {at}, row {}", line + 1);
        }
        assert_eq!(table.rows.len(), expected.lines().count(), "table {at}");
        // Merged level cells hold for every row they stand beside.
        assert!(table.rows.iter().all(|row| row.level1.is_some() && row.level2.is_some()));
    }
    let value = |id: Option<u32>| id.and_then(|id| report.numbers[id as usize].value());
    assert_eq!(value(report.indicators[0].score), Some(92.into()));
}
