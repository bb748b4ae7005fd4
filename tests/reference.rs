//! The reference report, when it is there: what an auditor found in it by hand, as check and quoted figure; nothing else
//! may be found.

#![allow(clippy::unwrap_used)]

use gouji::check::{Selection, run};
use gouji::document::ReadOptions;
use gouji::finding::Severity;
use std::path::Path;

/// Check and the figure or words the finding is about, or that follows from it.
const ERRORS: &[(&str, &str)] = &[
    ("change/amount_differs", "1607.03万元"),
    ("change/amount_differs", "52.65%"),
    ("change/rate_differs", "3.02%"),
    ("share/share_differs", "99.18%"),
    ("share/share_differs", "0.82%"),
    ("sum/parts_differ_from_total", "27.99万元"),
    ("sum/parts_differ_from_total", "5180.59万元"),
    ("sum/parts_differ_from_total", "13.49%"),
    ("sum/parts_differ_from_total", "86.51%"),
    ("sum/parts_differ_from_total", "474.87万元"),
    ("sum/part_exceeds_total", "3573.56"),
    ("unit/wrong_unit", "24.96元"),
    ("sum/class_differs_from_items", "66.2万元"),
    ("code/name_differs", "其重点研发计划"),
    ("code/name_differs", "其他科学技术支出"),
    ("code/name_differs", "其其他就业补助支出"),
    ("indicator/caption_differs_from_parts", "总体绩效（65分）"),
    ("indicator/caption_differs_from_parts", "履职效能（19分）"),
    ("indicator/caption_differs_from_parts", "预算管理（21分）"),
    ("indicator/caption_differs_from_parts", "项目执行（12分）"),
    ("indicator/caption_differs_from_parts", "目标实现（11分）"),
    ("indicator/score_exceeds_weight", "118"),
    ("indicator/funds_do_not_sum", "143,392.88万元"),
    ("indicator/funds_do_not_sum", "54225.98万元"),
    ("indicator/weights_do_not_sum", "20"),
    ("indicator/missed_target_called_complete", "2"),
    ("indicator/missed_target_called_complete", "4"),
    ("indicator/score_differs_from_narrative", "95分"),
    ("sum/parts_differ_from_total", "0个"),
    ("indicator/formula_below_weight", "得分=4-"),
    ("indicator/type_differs_from_narrative", "行政运转类"),
];

/// The same for what is careless: check, figure or words, and how many findings of the check there are in all.
const WARNINGS: &[(&str, &str, usize)] = &[
    ("code/name_misspelt", "商业服务等支出", 2),
    ("code/name_misspelt", "缴费支", 2),
    ("form/document_number_brackets", "〔2024]4号", 3),
    ("form/doubled_punctuation", "（（", 1),
    ("form/duplicated_paragraph", "图3", 2),
    ("form/duplicated_paragraph", "图6", 2),
    ("form/glossary_differs_from_items", "政府办公厅（室）及相关机构事务", 1),
    ("form/heading_out_of_order", "（二）", 1),
    ("form/sentence_breaks_off", "二是“竣工投产激励项目”方面。", 4),
    ("form/sentence_breaks_off", "552.79万元，", 4),
    ("form/sentence_breaks_off", "资金使用合规，", 4),
    ("form/sentence_breaks_off", "99.2万元，", 4),
    ("form/template_residue", "用于0公", 7),
    ("form/template_residue", "自行设定部分指标", 7),
    ("form/template_residue", "......", 7),
    ("form/template_residue", "围绕目标完成、完成时效", 7),
    ("form/unmatched_brackets", "“", 3),
    ("form/unmatched_brackets", "》", 3),
    ("indicator/deadline_missed", "2024年9月", 2),
    ("indicator/deadline_missed", "2024年10月", 2),
    ("indicator/missed_target_called_complete", "8.78", 1),
    ("indicator/period_excludes_deadline", "2023.1-2023.12", 4),
    ("indicator/period_excludes_deadline", "2023", 4),
    ("indicator/increase_is_level", "24.9", 1),
    ("indicator/praise_denied", "不能及时到位", 1),
    ("indicator/problem_denied", "未达预期", 1),
    ("indicator/row_differs_from_narrative", "20位", 2),
    ("indicator/row_differs_from_narrative", "50余人次", 2),
    ("indicator/score_differs_from_narrative", "94分", 1),
    ("indicator/shortfall_denied", "80%", 1),
    ("indicator/unit_differs", "8.2", 1),
];

#[test]
fn the_reference_report_shows_what_an_auditor_found_and_nothing_else() {
    let name = "../shared/reports/final_accounts/anju_2024_economy_technology.txt";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let Ok(bytes) = std::fs::read(&path) else { return };
    let document = gouji::document::read(&path, &bytes, &ReadOptions::default()).unwrap();
    let report = gouji::understand(document);
    let words = |at| -> String { report.document.slice(at).split_whitespace().collect() };
    let found = run(&report, &Selection::default());
    let (errors, warnings): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|finding| finding.severity == Severity::Error);
    let shows = |finding: &gouji::finding::Finding, quote: &str| {
        words(finding.at).contains(quote)
            || finding.follows.iter().any(|follow| words(follow.at).contains(quote))
            || finding.evidence.iter().any(|evidence| words(evidence.at).contains(quote))
    };
    let mut wrong = Vec::new();
    for (check, quote) in ERRORS {
        if !errors.iter().any(|finding| finding.check == *check && shows(finding, quote)) {
            wrong.push(format!("missed {check} {quote}"));
        }
    }
    for finding in &errors {
        let known =
            |(check, quote): &(&str, &str)| *check == finding.check && shows(finding, quote);
        if !ERRORS.iter().any(known) {
            wrong.push(format!("unexpected {} {}", finding.check, words(finding.at)));
        }
    }
    for (check, quote, count) in WARNINGS {
        let own: Vec<_> = warnings.iter().filter(|finding| finding.check == *check).collect();
        if own.len() != *count || !own.iter().any(|finding| shows(finding, quote)) {
            wrong.push(format!("warnings {check} {quote}: {}", own.len()));
        }
    }
    for finding in &warnings {
        if !WARNINGS.iter().any(|(check, ..)| *check == finding.check) {
            wrong.push(format!("unexpected {} {}", finding.check, words(finding.at)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
