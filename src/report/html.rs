//! One self-contained page for a browser or a printer.

use super::Lang;
use super::json::{CheckOutput, CheckedReport, FindingEntry, elsewhere};
use super::place::Place;
use std::fmt::Write as _;

const STYLE: &str = include_str!("report.css");

/// The page: counts on top, then each report with its findings by section, then its gaps folded.
pub fn render(output: &CheckOutput, lang: Lang) -> String {
    let mut html = String::new();
    let title = lang.pick("勾稽核对结果", "gouji: findings");
    let tag = lang.pick("zh-CN", "en");
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title>\
         <style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n"
    );
    overview(&mut html, output, lang);
    for (index, report) in output.reports.iter().enumerate() {
        section(&mut html, report, index, lang);
    }
    if !output.errors.is_empty() {
        let heading = lang.pick("无法读取的文件", "Files that could not be read");
        let _ = write!(html, "<section><h2>{heading}</h2><ul>");
        for error in &output.errors {
            let _ =
                write!(html, "<li><b>{}</b> {}</li>", escape(&error.path), escape(&error.message));
        }
        html.push_str("</ul></section>\n");
    }
    html.push_str("</body></html>\n");
    html
}

fn overview(html: &mut String, output: &CheckOutput, lang: Lang) {
    let heads = match lang {
        Lang::Zh => ["报告", "数字", "已核对", "错误", "警告", "提示"],
        Lang::En => ["Report", "Figures", "Compared", "Errors", "Warnings", "Notes"],
    };
    html.push_str("<table class=overview><tr>");
    for head in heads {
        let _ = write!(html, "<th>{head}</th>");
    }
    html.push_str("</tr>\n");
    for (index, report) in output.reports.iter().enumerate() {
        let count = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
        let _ = writeln!(
            html,
            "<tr><td><a href=\"#r{index}\">{}</a></td><td>{}</td><td>{}</td><td class=error>{}</td>\
             <td class=warning>{}</td><td class=note>{}</td></tr>",
            escape(&name(report)),
            report.coverage.numbers,
            report.coverage.checked,
            count("error"),
            count("warning"),
            count("note"),
        );
    }
    html.push_str("</table>\n");
}

fn name(report: &CheckedReport) -> String {
    match (&report.report.agency, report.report.year) {
        (Some(agency), Some(year)) => format!("{agency} {year}"),
        (Some(agency), None) => agency.clone(),
        _ => report.source.path.clone(),
    }
}

fn section(html: &mut String, report: &CheckedReport, index: usize, lang: Lang) {
    let _ = writeln!(html, "<section id=\"r{index}\"><h2>{}</h2>", escape(&name(report)));
    let _ = writeln!(html, "<p class=path>{}</p>", escape(&report.source.path));
    if report.findings.is_empty() {
        let none = match report.coverage.checked {
            0 => lang.pick("未作任何核对。", "Nothing compared."),
            _ => lang.pick("未发现矛盾。", "No contradiction found."),
        };
        let _ = writeln!(html, "<p class=none>{none}</p>");
    }
    let mut here: Option<&str> = None;
    for finding in &report.findings {
        let at = finding.at.section.as_deref().unwrap_or("");
        if here != Some(at) {
            here = Some(at);
            let _ = writeln!(html, "<h3>{}</h3>", escape(at));
        }
        article(html, finding, lang);
    }
    if !report.waived.is_empty() {
        let label = lang.pick("已豁免", "Waived");
        let _ = write!(html, "<details><summary>{label} {}</summary><ul>", report.waived.len());
        for (finding, reason) in &report.waived {
            let _ = write!(html, "<li>{} — {}</li>", quote(&finding.at), escape(reason));
        }
        html.push_str("</ul></details>\n");
    }
    if !report.gaps.is_empty() {
        let label = lang.pick("未读或未核对", "Not read or not compared");
        let _ = write!(html, "<details><summary>{label} {}</summary><table>", report.gaps.len());
        for gap in &report.gaps {
            let (quote, place) = (quote(&gap.at), place(&gap.at, lang));
            let _ = write!(
                html,
                "<tr><td>{quote}</td><td>{place}</td><td>{}</td></tr>",
                escape(&gap.why)
            );
        }
        html.push_str("</table></details>\n");
    }
    html.push_str("</section>\n");
}

fn article(html: &mut String, finding: &FindingEntry, lang: Lang) {
    let label = match finding.severity {
        "error" => lang.pick("错误", "error"),
        "warning" => lang.pick("警告", "warning"),
        _ => lang.pick("提示", "note"),
    };
    let _ = write!(
        html,
        "<article class={severity}><header><b class={severity}>{label}</b> <code>{}</code> \
         <span class=place>{}</span></header><blockquote>{}</blockquote><p>{}</p>",
        escape(&finding.check),
        place(&finding.at, lang),
        quote(&finding.at),
        escape(&finding.message),
        severity = finding.severity,
    );
    if !finding.arithmetic.is_empty() && !finding.message.contains(&finding.arithmetic) {
        let _ = write!(html, "<p class=arithmetic>{}</p>", escape(&finding.arithmetic));
    }
    for figure in elsewhere(finding) {
        let lead = lang.pick("对照", "compare");
        let (quote, place) = (quote(&figure.at), place(&figure.at, lang));
        let section = escape(figure.at.section.as_deref().unwrap_or(""));
        let _ = write!(
            html,
            "<blockquote class=elsewhere>{lead} {quote} <span class=place>{place} {section}</span></blockquote>"
        );
    }
    if let Some(suggestion) = &finding.suggestion {
        let _ = write!(
            html,
            "<p class=suggestion>{} <del>{}</del> → <ins>{}</ins> {}</p>",
            lang.pick("建议", "suggest"),
            escape(&suggestion.quote),
            escape(&suggestion.replace_with),
            escape(&suggestion.because),
        );
    }
    if !finding.follows.is_empty() {
        let lead = lang.pick("随之不符", "What follows from it");
        let _ = write!(html, "<details><summary>{lead} {}</summary><ul>", finding.follows.len());
        for follow in &finding.follows {
            let (words, quote) = (escape(&follow.message), quote(&follow.at));
            let _ = write!(html, "<li>{words} {quote} {}</li>", place(&follow.at, lang));
        }
        html.push_str("</ul></details>");
    }
    html.push_str("</article>\n");
}

fn place(place: &Place, lang: Lang) -> String {
    let mut words = Vec::new();
    if let Some(page) = place.page {
        words.push(match lang {
            Lang::Zh => format!("第{page}页"),
            Lang::En => format!("page {page}"),
        });
    }
    words.extend(place.table.iter().map(|table| escape(table)));
    match (&place.cell, place.row, place.column) {
        (Some(cell), ..) => words.push(escape(cell)),
        (None, Some(row), Some(column)) => words.push(match lang {
            Lang::Zh => format!("{row}行{column}列"),
            Lang::En => format!("row {row} column {column}"),
        }),
        _ => {}
    }
    words.join(" ")
}

fn quote(place: &Place) -> String {
    let quote = place.quote.as_deref().unwrap_or("");
    let parts = quote.split_at_checked(place.mark.end).and_then(|(head, after)| {
        head.split_at_checked(place.mark.start).map(|(before, own)| (before, own, after))
    });
    match parts {
        Some((before, own, after)) => {
            format!("{}<mark>{}</mark>{}", escape(before), escape(own), escape(after))
        }
        None => escape(quote),
    }
}

pub(super) fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
