//! 评价结论说做到了，同一份报告别处又说没有做到。
//!
//! 结论写“资金到位及时”，问题一节却写“资金不能及时到位”：同一件事两种说法，评价结论不可信。说法带条件的（确保、如果、部分、往年）不比较。
//!
//! ```report
//! 专项资金绩效自评报告
//! （湿地养护资金）
//! 四、评价结论
//! 项目目标明确，资金到位及时，专款专用。
//! 五、存在主要问题
//! 一是财政资金拨付周期长，不能及时到位；二是宣传不够。
//! ```
//!
//! 依据：评价结论应与分析、问题相符。

use super::paragraphs;
use crate::Report;
use crate::check::{Check, Run};
use crate::document::Span;
use crate::finding::{Finding, Follow, Severity};
use crate::indicator::Annex;
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "indicator/praise_denied",
    severity: Severity::Warning,
    summary_en: "A self-assessment praises in one place what it says was not so in another.",
    source: include_str!("praise_denied.rs"),
    run: Run::Report(run),
};

/// What was done in time, or not: 资金 and what happens to it.
static IN_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?:资金|经费)(?:均|都|已|能|能够|全部)?(?:",
        r"(?P<one>到位|拨付|下达|支付|发放)(?:均|都|较为|非常|比较)?及时",
        r"|及时(?:足额|、足额)?(?P<other>到位|拨付|下达|支付|发放))",
    ))
});
static LATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?:资金|经费)(?:(?P<one>到位|拨付|下达|支付|发放)(?:还|仍|尚)?(?:不够|不太|不)及时",
        r"|[^。；]{0,24}?(?:不能|未能|没能|没有|无法|未)(?:够)?及时(?:足额)?(?P<other>到位|拨付|下达|支付|发放))",
    ))
});
/// How something is: 预算编制科学合理, 预算编制不够合理.
static GOOD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?P<of>预算编制|管理制度|内控制度|财务制度|档案资料|项目资料|会计核算|资金使用|项目管理|财务管理|资金管理)",
        r"(?:均|都|较为|比较|十分)?(?P<what>(?:(?:科学|合理|准确|精准|健全|完善|完整|齐全|规范)、?)+)",
    ))
});
static BAD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(concat!(
        r"(?P<of>预算编制|管理制度|内控制度|财务制度|档案资料|项目资料|会计核算|资金使用|项目管理|财务管理|资金管理)",
        r"(?:还|仍|尚|也|依然)*(?:不够|不太|欠|不)(?P<what>科学|合理|准确|精准|健全|完善|完整|齐全|规范)",
    ))
});

/// Words in the clause of a praise that make it a wish, a condition or a task.
static WISHED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"确保|保证|保障|要求|应|需|力求|力争|进一步|是否|目标|促进|推动|加快|提高|提升|为了|争取|希望|建议|督促|如|若",
    )
});
/// Words in the sentence of a denial that make it one of a part, of another time, or of what might be.
static NOT_ALL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::own(
        r"如果|如若|如资|若|避免|防止|防范|以免|可能|以往|以前|过去|上年|往年|部分|个别|有的|一些|少数|有时|杜绝|不存在|未发现|没有出现",
    )
});

/// A flat claim: what it is about, the topic of its passage, and where it stands.
struct Claim<'t> {
    about: (String, &'t str),
    topic: Option<&'t str>,
    at: Span,
}

fn run(report: &Report) -> Vec<Finding> {
    report.annexes.iter().flat_map(|annex| check(report, annex)).collect()
}

fn check(report: &Report, annex: &Annex) -> Vec<Finding> {
    let collect = |patterns: [&Pattern; 2], ends: &[char], hedges: &Pattern| {
        let mut claims = Vec::new();
        for span in paragraphs(report, annex.at) {
            let text = report.document.slice(span);
            for pattern in patterns {
                flat(text, span, pattern, (ends, hedges), &mut claims);
            }
        }
        claims
    };
    let denied = collect([&LATE, &BAD], &['。', '；', ';', '：'], &NOT_ALL);
    if denied.is_empty() {
        return Vec::new();
    }
    let said = collect([&IN_TIME, &GOOD], &['，', '。', '；', ';', '：'], &WISHED);
    let mut findings: Vec<Finding> = Vec::new();
    for no in &denied {
        let same = |yes: &&Claim| {
            yes.about.0 == no.about.0 && yes.about.1.contains(no.about.1) && yes.topic == no.topic
        };
        let Some(yes) = said.iter().find(same) else { continue };
        if findings.iter().any(|found| found.at == yes.at) {
            continue;
        }
        let words = |span: Span| report.document.slice(span);
        let name = annex.project.as_deref().unwrap_or("部门整体");
        let zh = format!("“{name}”的报告此处说“{}”，别处说“{}”", words(yes.at), words(no.at));
        let en = "the report praises here what it denies elsewhere".to_owned();
        let mut found = CHECK.finding(yes.at, (zh, en));
        found.follows.push(Follow {
            at: no.at,
            message: "此处说没有做到".into(),
            message_en: "here it says that it was not so".into(),
        });
        findings.push(found);
    }
    findings
}

/// The claims of a paragraph without any of `hedges` between the last of `ends` and their own end.
fn flat<'t>(
    text: &'t str,
    span: Span,
    pattern: &Pattern,
    (ends, hedges): (&[char], &Pattern),
    claims: &mut Vec<Claim<'t>>,
) {
    for found in pattern.captures_iter(text) {
        let range = found.range();
        let before = &text[..range.start];
        let lead = before.rsplit(ends).next().unwrap_or("");
        let whole = &text[range.start - lead.len()..range.end];
        if hedges.is_match(whole) {
            continue;
        }
        let named = |name: &str| found.name(name).map(|range| &text[range]);
        let about = match named("of") {
            Some(of) => (of.to_owned(), named("what").unwrap_or("")),
            None => ("资金".to_owned(), named("one").or(named("other")).unwrap_or("")),
        };
        let at = Span::new(range.start, range.end).shifted(span.start);
        claims.push(Claim { about, topic: super::topic(before), at });
    }
}
