//! 模板文字未替换或未删除。
//!
//! 统一格式里的“XX”“增加（减少）”“局（部、委、办）”“（如有）”和空着的横线，填报时须换成本部门的实际内容；留在公开报告里，
//! 读者不知道该处是没有发生，还是忘了填。
//!
//! ```report
//! 2024年度收入总计比上年增加（减少）12.00万元，主要原因是项目经费变动。
//! ```
//!
//! 依据：各地部门决算、预算公开统一格式的填报说明：可选项须选定，提示语须删除。

use crate::check::{Check, Run};
use crate::document::{Document, Span};
use crate::finding::{Finding, Severity};
use crate::pattern::Pattern;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "form/template_residue",
    severity: Severity::Warning,
    summary_en: "words of the blank form were left in",
    source: include_str!("template_residue.rs"),
    run: Run::Report(run),
};

/// Placeholders, in text and in cells.
static BLANK: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?P<x>[XＸ]{2,}|[x×]{3,}|[XＸ]+(?:万元|年度?|月|日|%|个百分点))",
        r"|(?P<line>_{2,}|＿{2,}|(?:…|\.{3,})(?:万元|亿元|个百分点|%))",
        r"|(?P<gap>(?:为|支出|收入|增加|减少|共计|合计|总计)万元[，。；]|(?:增长|下降|占|完成预算的?)%[，。；])",
        r"|(?P<dots>^\s*(?:\.{3,}|…+)\s*$)",
    ))
});

/// Choices and hints of the form, in running text only: a table's heading may say `增加（减少）额`.
static CHOICE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?P<choice>(?:增加|增长|上升|大于|高于|多于|结余)\s?(?:[（(]\s?(?:或)?(?:减少|下降|小于|低于|少于|超支)\s?[）)]",
        r"|[/／](?:减少|下降|小于|低于|少于)))(?:\s?[\d_XＸ×\-，。]|预算数|了|各|$)",
        r"|(?P<both>减增加|增减少|增加减少|大小于|[（(]或(?:与|者)?[^（()）]{0,8}(?:持平|一致)[）)])",
        r"|(?P<hint>[局部委办厅][（(](?:[局部委办厅院会]、)+[局部委办厅院会][）)]|[（(](?:如有|若有|如无|若无|选填|请填写|可删除)[）)])",
        r"|(?P<filled>用于\s?0\p{Han})",
        r"|(?P<told>自行设定[^，。]{0,8}指标|用来收集相关材料|自评所抽样点位情况|围绕目标完成、完成时效[^，。]{0,8}进行绩效分析|绩效目标设置情况，项目自评工作开展情况)",
    ))
});

/// What may follow a count: `用于0个项目` is said of none, `用于0公务用车` is a blank with a figure put into it.
const UNITS: &str = "个辆台次人名万亿元套件批项家份天处种条户";

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for span in super::running(document) {
        collect(document, span, &BLANK, &mut found);
        collect(document, span, &CHOICE, &mut found);
    }
    for span in super::cells(document) {
        collect(document, span, &BLANK, &mut found);
    }
    let mut findings = Vec::new();
    for mut places in found.into_values() {
        places.sort_unstable();
        let words = document.slice(places[0]);
        let count = places.len();
        let (zh, en) = match count {
            1 => (String::new(), String::new()),
            _ => (format!("，共 {count} 处"), format!(", {count} times")),
        };
        let zh = format!("模板文字“{words}”未替换或未删除{zh}。");
        let en = format!("“{words}” of the blank form was left in{en}");
        findings.extend(super::once(&CHECK, &places, zh, en));
    }
    findings
}

/// Adds what the pattern finds in `span`, under one key for all placeholders of a kind and one for each other wording.
fn collect(doc: &Document, span: Span, pattern: &Pattern, found: &mut BTreeMap<String, Vec<Span>>) {
    let text = doc.slice(span);
    for captures in pattern.captures_iter(text) {
        for (name, hit) in captures.named() {
            let before = text[..hit.start].chars().next_back();
            let after = text[hit.end..].chars().next();
            let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let clause = text[..hit.start].rsplit(['，', '。', '；']).next().unwrap_or("");
            let unit = text[hit.clone()].chars().last().is_some_and(|c| UNITS.contains(c));
            if name == "x" && (word(before) || word(after))
                || name == "gap" && clause.contains("单位")
                || name == "filled" && unit
            {
                continue;
            }
            let key = match name {
                "choice" | "both" | "hint" | "told" => format!("{name} {}", &text[hit.clone()]),
                _ => name.to_string(),
            };
            let at = Span::new(span.start as usize + hit.start, span.start as usize + hit.end);
            found.entry(key).or_default().push(at);
        }
    }
}
