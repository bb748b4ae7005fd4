//! 句子没有写完。
//!
//! 一段以逗号结束，下面却是新的标题；或者“二是××方面。”之后什么也没有：要说的话没有说出来，多是删改或粘贴时漏下的。
//!
//! ```report
//! 四、评价结论
//! 本项目资金使用合规，达到预期目标，
//!
//! 五、存在主要问题
//! 部分设备到货较晚。
//! ```
//!
//! 依据：GB/T 15834—2011《标点符号用法》4.1：句末用句号。

use crate::check::{Check, Run};
use crate::document::{BlockKind, Span, numbering};
use crate::finding::{Finding, Severity};
use crate::pattern::Pattern;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "form/sentence_breaks_off",
    severity: Severity::Warning,
    summary_en: "a sentence ends in the middle",
    source: include_str!("sentence_breaks_off.rs"),
    run: Run::Report(run),
};

/// Shorter lines are labels and names, not sentences.
const SHORTEST: usize = 12;

static NOTHING: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::own(r"[一二三四五六七八九]是[^，。；：]{2,30}方面。$"));

fn run(report: &crate::Report) -> Vec<Finding> {
    let document = &report.document;
    let blocks: Vec<_> =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Furniture).collect();
    let mut findings = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let text = document.slice(block.span).trim_end();
        if text.chars().count() < SHORTEST {
            continue;
        }
        let next = blocks.get(index + 1);
        let heading = next.is_some_and(|next| {
            next.kind == BlockKind::Heading && numbering(document.slice(next.span)).is_some()
        });
        let opens = ["其中", "如下", "包括", "分别为"]
            .iter()
            .any(|word| text.trim_end_matches('，').ends_with(word));
        if text.ends_with('，') && heading && !opens {
            let at = tail(block.span, text);
            let words = document.slice(at);
            let zh = format!("句子没有写完：“{words}”之后是新的标题。");
            let en = format!("the sentence breaks off after “{words}”");
            findings.push(CHECK.finding(at, (zh, en)));
        } else if let Some(hit) = NOTHING.find(text) {
            let start = block.span.start as usize;
            let at = Span::new(start + hit.start, start + hit.end);
            let words = &text[hit];
            let zh = format!("“{words}”之后没有内容。");
            let en = format!("nothing follows “{words}”");
            findings.push(CHECK.finding(at, (zh, en)));
        }
    }
    findings
}

/// The last clause of a paragraph.
fn tail(span: Span, text: &str) -> Span {
    let end = span.start as usize + text.len();
    let body = text.trim_end_matches('，');
    let from = body
        .rfind(['，', '。', '；', '：', '、'])
        .map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
    Span::new(span.start as usize + from, end)
}
