//! SARIF 2.1.0, for code review tools and archives of findings.

use super::Lang;
use super::json::{CheckOutput, CheckedReport, FindingEntry};
use super::place::Place;
use crate::check;
use serde_json::{Value, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with a rule for each check and a result for each finding; waived findings are suppressed results.
pub fn render(output: &CheckOutput, lang: Lang) -> Value {
    let names: Vec<&str> = check::all().map(|check| check.name).collect();
    let rules: Vec<Value> = check::all()
        .map(|check| {
            let page = check.page();
            let short = lang.pick(&page.title, check.summary_en);
            json!({
                "id": check.name,
                "shortDescription": { "text": short },
                "help": { "text": page.markdown, "markdown": page.markdown },
                "defaultConfiguration": { "level": check.severity.name() },
            })
        })
        .collect();
    let mut artifacts: Vec<Value> = Vec::new();
    let mut results = Vec::new();
    for report in &output.reports {
        // One file may hold several reports; the standard wants each artifact once.
        let own = artifact(report);
        let known = artifacts.iter().position(|other| *other == own);
        let index = known.unwrap_or(artifacts.len());
        if known.is_none() {
            artifacts.push(own);
        }
        for finding in &report.findings {
            results.push(result(finding, report, index, &names, lang));
        }
        for (finding, reason) in &report.waived {
            let mut result = result(finding, report, index, &names, lang);
            result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
            results.push(result);
        }
    }
    let failures: Vec<Value> = output
        .errors
        .iter()
        .map(|error| {
            json!({
                "level": "error",
                "message": { "text": error.message },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": uri(&error.path) } } }],
            })
        })
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gouji",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "invocations": [{
                "executionSuccessful": output.errors.is_empty(),
                "toolExecutionNotifications": failures,
            }],
            "artifacts": artifacts,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn artifact(report: &CheckedReport) -> Value {
    let mut artifact = json!({ "location": { "uri": uri(&report.source.path) } });
    if !report.source.sha256.is_empty() {
        artifact["length"] = report.source.bytes.into();
        artifact["hashes"] = json!({ "sha-256": report.source.sha256 });
    }
    artifact
}

fn result(
    finding: &FindingEntry,
    report: &CheckedReport,
    index: usize,
    names: &[&str],
    lang: Lang,
) -> Value {
    let mut text = finding.message.clone();
    if !finding.arithmetic.is_empty() && !text.contains(&finding.arithmetic) {
        text.push('\n');
        text.push_str(&finding.arithmetic);
    }
    if let Some(suggestion) = &finding.suggestion {
        let (quote, right, why) =
            (&suggestion.quote, &suggestion.replace_with, &suggestion.because);
        let change = match lang {
            Lang::Zh => format!("\n建议 {quote} → {right}（{why}）"),
            Lang::En => format!("\nsuggest {quote} → {right} ({why})"),
        };
        text.push_str(&change);
    }
    let related: Vec<Value> = finding
        .evidence
        .iter()
        .map(|evidence| {
            let mut location = location(&evidence.at, report, index);
            location["message"] = json!({ "text": evidence.role });
            location
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.check,
        "level": finding.severity,
        "message": { "text": text },
        "locations": [location(&finding.at, report, index)],
        "partialFingerprints": { "gouji/1": finding.fingerprint },
    });
    if let Some(rule) = names.iter().position(|name| *name == finding.check) {
        result["ruleIndex"] = rule.into();
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

/// The file, the byte where the format is text, and the section and table as logical locations; page, box and cell,
/// which SARIF has no word for, as properties.
fn location(place: &Place, report: &CheckedReport, index: usize) -> Value {
    let mut physical =
        json!({ "artifactLocation": { "uri": uri(&report.source.path), "index": index } });
    if let (Some(offset), "text" | "") = (place.offset, report.source.format) {
        let length = place.span.map_or(0, |[start, end]| end.saturating_sub(start));
        physical["region"] = json!({ "byteOffset": offset, "byteLength": length });
        if let Some(quote) = &place.quote {
            physical["region"]["snippet"] = json!({ "text": quote });
        }
    }
    let mut location = json!({ "physicalLocation": physical });
    let named = [
        (place.section.as_deref(), "section"),
        (place.table.as_deref(), "table"),
        (place.cell.as_deref(), "cell"),
    ];
    let logical: Vec<Value> = named
        .into_iter()
        .filter_map(|(name, kind)| Some(json!({ "name": name?, "kind": kind })))
        .collect();
    if !logical.is_empty() {
        location["logicalLocations"] = logical.into();
    }
    let mut properties = serde_json::Map::new();
    let known = serde_json::to_value(place).unwrap_or_default();
    for key in ["quote", "page", "bbox", "row", "column"] {
        if let Some(value) = known.get(key) {
            properties.insert(key.to_string(), value.clone());
        }
    }
    if !properties.is_empty() {
        location["properties"] = properties.into();
    }
    location
}

/// A path as a relative or absolute URI reference: blanks, Han and reserved characters in percent form.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
