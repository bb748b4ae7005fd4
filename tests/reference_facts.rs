//! The reference report, where ../shared is there: what a person reads in its sections 一 to 十, its itemised codes,
//! shares, charts and indicator tables. Expectations were written from the text, never from output.

#![allow(clippy::unwrap_used)]

mod support;

use gouji::Report;
use gouji::fact::{Basis, Fact, Fund, Measure, Standing};
use gouji::finding::GapKind;
use gouji::number::{Kind, Number};

/// Section label or title, then one line a fact: measure, figure as printed, indicator; `-` a decrease.
const SECTIONS: &[(&str, &str)] = &[
    (
        "收入支出决算总体情况说明",
        "level 5180.59万元 revenue/total
         level 5180.59万元 expenditure/total
         change 1607.03万元 expenditure/total
         rate 52.65% expenditure/total",
    ),
    (
        "收入决算情况说明",
        "level 5180.59万元 revenue/this_year
         level 4657.38万元 revenue/general
         share 99.18% revenue/general
         level 27.99万元 revenue/government_fund
         share 0.82% revenue/government_fund
         level 0万元 revenue/state_capital
         share 0% revenue/state_capital
         level 0万元 revenue/superior_subsidy
         share 0% revenue/superior_subsidy
         level 0万元 revenue/business
         share 0% revenue/business
         level 0万元 revenue/operating
         share 0% revenue/operating
         level 0万元 revenue/affiliated
         share 0% revenue/affiliated
         level 0万元 revenue/other
         share 0% revenue/other",
    ),
    (
        "支出决算情况说明",
        "level 5180.59万元 expenditure/this_year
         level 457.86万元 expenditure/basic
         share 13.49% expenditure/basic
         level 2935.95万元 expenditure/project
         share 86.51% expenditure/project
         level 0万元 expenditure/to_superior
         share 0% expenditure/to_superior
         level 0万元 expenditure/operating
         share 0% expenditure/operating
         level 0万元 expenditure/to_affiliated
         share 0% expenditure/to_affiliated",
    ),
    (
        "财政拨款收入支出决算总体情况说明",
        "level 5180.59万元 revenue/total
         level 5180.59万元 expenditure/total
         change 1607.03万元 expenditure/total
         rate 3.02% expenditure/total",
    ),
    (
        "一般公共预算财政拨款支出决算总体情况",
        "level 4657.38万元 expenditure/this_year
         share 89.9% expenditure/this_year
         change 1291.56万元 expenditure/this_year
         rate 38.37% expenditure/this_year",
    ),
    (
        "一般公共预算财政拨款支出决算结构情况",
        "level 4657.38万元 expenditure/this_year
         level 387.29万元 function/201
         share 8.32% function/201
         level 254.1万元 function/206
         share 5.46% function/206
         level 66.2万元 function/208
         share 1.42% function/208
         level 24.96元 function/210
         share 0.54% function/210
         level 2996.1万元 function/215
         share 64.33% function/215
         level 895.32万元 label/商业服务等支出
         share 19.22% label/商业服务等支出
         level 33.42万元 function/221
         share 0.72% function/221",
    ),
    (
        "一般公共预算财政拨款支出决算具体情况",
        "level 4657.38万元 expenditure/this_year
         completion 100% expenditure/this_year
         level 198.16万元 function/2011301
         completion 100% function/2011301
         level 152.13万元 function/2011350
         completion 100% function/2011350
         level 37万元 function/2011399
         completion 100% function/2011399
         level 6万元 function/2060199
         completion 100% function/2060199
         level 32.93万元 function/2060404
         completion 100% function/2060404
         level 29.99万元 function/2060499
         completion 100% function/2060499
         level 5万元 function/2060503
         completion 100% function/2060503
         level 35万元 function/2060599
         completion 100% function/2060599
         level 30.18万元 function/2060902
         completion 100% function/2060902
         level 115万元 function/2060999
         completion 100% function/2060999
         level 12.52万元 function/2080501
         completion 100% function/2080501
         level 46.15万元 function/2080505
         completion 100% function/2080505
         level 10万元 function/2080799
         completion 100% function/2080799
         level 4.77万元 function/2089999
         completion 100% function/2089999
         level 10.3万元 function/2101101
         completion 100% function/2101101
         level 9.03万元 function/2101102
         completion 100% function/2101102
         level 5.63万元 function/2101103
         completion 100% function/2101103
         level 2642万元 function/2150299
         completion 100% function/2150299
         level 50万元 function/2150517
         completion 100% function/2150517
         level 14万元 function/2150805
         completion 100% function/2150805
         level 290.1万元 function/2159999
         completion 100% function/2159999
         level 895.32万元 function/2160299
         completion 100% function/2160299
         level 33.42万元 function/2210201
         completion 100% function/2210201",
    ),
    (
        "一般公共预算财政拨款基本支出决算情况说明",
        "level 474.87万元 expenditure/basic
         level 424.87万元 expenditure/personnel
         level 49.99万元 expenditure/public",
    ),
    (
        "“三公”经费财政拨款支出决算总体情况说明",
        "level 4.69万元 three_public/total
         completion 100% three_public/total
         change -0.21万元 three_public/total
         rate -4.29% three_public/total",
    ),
    (
        "“三公”经费财政拨款支出决算具体情况说明",
        "level 0万元 three_public/abroad
         share 0% three_public/abroad
         level 0万元 three_public/vehicle
         share 0% three_public/vehicle
         level 4.69万元 three_public/reception
         share 100% three_public/reception
         level 0万元 three_public/abroad
         completion 100% three_public/abroad
         count 0次 three_public/abroad_groups
         count 0人 three_public/abroad_people
         level 0万元 three_public/vehicle
         completion 100% three_public/vehicle
         level 0万元 three_public/vehicle_purchase
         count 0辆 procurement/vehicles
         count 0辆 procurement/vehicles_sedan
         level 0万元 label/轿车金额
         count 0辆 procurement/vehicles_offroad
         level 0万元 label/越野车金额
         count 0辆 procurement/vehicles_passenger
         level 0万元 label/载客汽车金额
         count 0辆 assets/vehicles
         count 0辆 assets/vehicles_sedan
         count 0辆 assets/vehicles_offroad
         count 0辆 assets/vehicles_passenger
         level 0万元 three_public/vehicle_running
         level 4.69万元 three_public/reception
         completion 100% three_public/reception
         change -0.21万元 three_public/reception
         rate -4.29% three_public/reception
         level 4.69万元 three_public/reception_domestic
         count 27批次 three_public/reception_batches
         count 458人次 three_public/reception_people
         level 4.69万元 three_public/reception_domestic
         level 0万元 three_public/reception_foreign
         count 0批次 three_public/foreign_batches
         count 0人次 three_public/foreign_people
         level 0万元 three_public/reception_foreign",
    ),
    ("政府性基金预算支出决算情况说明", "level 523.21万元 expenditure/this_year"),
    ("国有资本经营预算支出决算情况说明", "level 0万元 expenditure/this_year"),
    (
        "机关运行经费支出情况",
        "level 49.99万元 operation/total
         change -5.48万元 operation/total
         rate -9.88% operation/total",
    ),
    (
        "政府采购支出情况",
        "level 0万元 procurement/total
         level 0万元 procurement/goods
         level 0万元 procurement/works
         level 0万元 procurement/services",
    ),
    (
        "国有资产占有使用情况",
        "count 0辆 assets/vehicles
         count 0辆 assets/vehicles_leader
         count 0辆 assets/vehicles_confidential
         count 0辆 assets/vehicles_emergency
         count 0辆 assets/vehicles_other
         count 0台（套） assets/equipment",
    ),
];

fn squeezed(text: &str) -> String {
    support::squeeze(text)
}

fn line(report: &Report, fact: &Fact) -> String {
    let measure = match fact.measure {
        Measure::Level => "level",
        Measure::Change => "change",
        Measure::Rate => "rate",
        Measure::Share => "share",
        Measure::Completion => "completion",
        Measure::Count => "count",
        Measure::Score => "score",
    };
    let words = squeezed(report.document.slice(report.numbers[fact.number as usize].span));
    let sign = if fact.negative { "-" } else { "" };
    format!("{measure} {sign}{words} {}", fact.indicator)
}

/// The narrative facts of the section of 第二部分 with this title, its paragraphs only.
fn facts_of<'r>(report: &'r Report, title: &str) -> Vec<&'r Fact> {
    let sections = &report.document.sections;
    let mut own: Vec<u32> = Vec::new();
    for (id, section) in sections.iter().enumerate() {
        if squeezed(&section.title) == title && section.span.start > 3000 {
            own.push(id as u32);
        }
        if section.parent.is_some_and(|parent| own.contains(&parent)) {
            own.push(id as u32);
        }
    }
    let inside = |fact: &&Fact| match fact.standing {
        Standing::Narrative(span) => report
            .document
            .block_at(span.start)
            .is_some_and(|block| own.contains(&report.document.blocks[block as usize].section)),
        _ => false,
    };
    report.facts.iter().filter(inside).collect()
}

#[test]
fn sections_one_to_ten_are_read_as_a_person_reads_them() {
    let Some(report) = support::reference() else { return };
    let mut wrong = Vec::new();
    for (title, expected) in SECTIONS {
        let expected: Vec<&str> = expected.lines().map(str::trim).collect();
        let facts = facts_of(&report, title);
        // A threshold (单价100万元以上) is no fact of the report's money.
        let got: Vec<String> = facts.iter().map(|fact| line(&report, fact)).collect();
        if got != expected {
            let missing: Vec<_> =
                expected.iter().filter(|e| !got.iter().any(|g| g == **e)).collect();
            let extra: Vec<_> = got.iter().filter(|g| !expected.contains(&g.as_str())).collect();
            wrong.push(format!(
                "{title}: missing {missing:?}, extra {extra:?}, {} facts",
                got.len()
            ));
        }
        for fact in facts.iter().filter(|fact| fact.measure == Measure::Level) {
            assert_eq!((fact.basis, fact.year), (Basis::Final, Some(2024)), "{title}: {fact:?}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn money_bases_and_wholes_are_those_of_the_text() {
    let Some(report) = support::reference() else { return };
    let value = |fact: u32| {
        let number = &report.numbers[report.facts[fact as usize].number as usize];
        number.value().unwrap().to_string()
    };
    for (title, fund) in [
        ("财政拨款收入支出决算总体情况说明", Fund::Appropriation),
        ("一般公共预算财政拨款支出决算总体情况", Fund::General),
        ("一般公共预算财政拨款支出决算结构情况", Fund::General),
        ("一般公共预算财政拨款基本支出决算情况说明", Fund::General),
        ("政府性基金预算支出决算情况说明", Fund::GovernmentFund),
        ("国有资本经营预算支出决算情况说明", Fund::StateCapital),
    ] {
        for fact in facts_of(&report, title) {
            assert_eq!(fact.fund, Some(fund), "{title}: {}", line(&report, fact));
        }
    }
    for title in
        ["收入支出决算总体情况说明", "一般公共预算财政拨款支出决算总体情况", "机关运行经费支出情况"]
    {
        for fact in facts_of(&report, title) {
            if matches!(fact.measure, Measure::Change | Measure::Rate) {
                assert_eq!(fact.base_year, Some(2023), "{title}: {}", line(&report, fact));
            }
        }
    }
    for (title, whole) in [
        ("收入决算情况说明", "5180.59"),
        ("支出决算情况说明", "5180.59"),
        ("一般公共预算财政拨款支出决算总体情况", "5180.59"),
        ("一般公共预算财政拨款支出决算结构情况", "4657.38"),
    ] {
        let shares = facts_of(&report, title).into_iter().filter(|f| f.measure == Measure::Share);
        for share in shares {
            assert_eq!(
                share.against.map(value).as_deref(),
                Some(whole),
                "{}",
                line(&report, share)
            );
        }
    }
}

#[test]
fn every_number_is_read_or_listed_unread_with_a_reason() {
    let Some(report) = support::reference() else { return };
    assert!(report.gaps.iter().all(|gap| !gap.why.is_empty()));
    let covered = |at: u32| {
        let number = |number: &Number| number.span.start <= at && at < number.span.end;
        let gap = |span: gouji::document::Span| span.start <= at && at < span.end;
        let from = report.numbers.partition_point(|number| number.span.end <= at);
        report.numbers.get(from).is_some_and(number)
            || report
                .gaps
                .iter()
                .any(|gone| gone.kind == GapKind::Unread && gone.at.is_some_and(gap))
    };
    // Labels (1.  （2） 附件3 表4 图5) are no numbers, ×100% says how a result is printed; every other digit of the text belongs to one.
    let text = &report.document.text;
    let mut left = Vec::new();
    for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let block = report.document.block_at(at as u32);
        let skipped = block.is_none_or(|block| {
            use gouji::document::BlockKind::{Contents, Furniture};
            matches!(report.document.blocks[block as usize].kind, Contents | Furniture)
        });
        if !skipped && !covered(at as u32) {
            let from = text[..at].char_indices().rev().nth(5).map_or(0, |(at, _)| at);
            left.push(text[from..].chars().take(12).collect::<String>().replace('\n', "⏎"));
        }
    }
    let label = |words: &String| {
        let mut tail = words.chars().skip(6).skip_while(char::is_ascii_digit);
        let mark = tail.next().unwrap_or(' ');
        let before: String = words.chars().take(6).collect();
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
        "．.、）)：: ⏎".contains(mark)
            || ["图", "附件", "表", "（", "(", "第", "附"].iter().any(|word| before.ends_with(word))
    };
    let printed = |words: &String| {
        let before: String = words.chars().take(6).collect();
        let before = before.trim_end_matches(|c: char| c.is_ascii_digit());
        before.ends_with(['×', '*', '＊'])
            && ["100%", "00%", "0%"].iter().any(|own| words.contains(own))
    };
    left.retain(|words| !label(words) && !printed(words));
    assert!(left.is_empty(), "{} digits are neither read nor listed: {left:#?}", left.len());
}

#[test]
fn charts_and_indicator_tables_are_all_there() {
    let Some(report) = support::reference() else { return };
    assert_eq!(report.document.charts.len(), 7);
    let values = report.document.charts.iter().flat_map(|chart| &chart.series);
    assert!(values.flat_map(|series| &series.values).flatten().count() >= 20);
    assert!(report.indicators.len() >= 14, "{} indicator tables", report.indicators.len());
    let rows: usize = report.indicators.iter().map(|table| table.rows.len()).sum();
    assert!(rows >= 14 * 4, "{rows} rows");
    for table in &report.indicators {
        for row in &table.rows {
            assert!(row.level1.is_some() || row.level2.is_some() || row.level3.is_some());
        }
    }
    let codes = report.numbers.iter().filter(|number| {
        number.kind == Kind::Code && number.code().is_some_and(|code| code.digits.len() == 7)
    });
    assert!(codes.count() >= 23);
}

#[test]
fn every_span_slices_to_the_figure_it_claims() {
    let Some(report) = support::reference() else { return };
    for number in &report.numbers {
        let words = squeezed(report.document.slice(number.span));
        assert!(!words.is_empty());
        if let Some(value) = number.value() {
            let plain = words.replace([',', '，', '-', '−', '－', '%', '％'], "");
            let digits = value.abs().normalize().to_string();
            let head = digits.split('.').next().unwrap();
            let spelled = !words.bytes().any(|b| b.is_ascii_digit());
            assert!(
                spelled
                    || plain.contains(head)
                    || number.unit.contains('元')
                    || number.kind == Kind::Percent,
                "{words} is {value}"
            );
        }
    }
}
