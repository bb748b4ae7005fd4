//! From a report and its findings to the data every output format renders.

use super::Lang;
use super::coverage::{Marks, coverage, is_figure, marks};
use super::json::{
    CheckedReport, Consequence, EvidenceEntry, FindingEntry, GapEntry, SourceFile, SuggestionEntry,
};
use super::names;
use super::place::{Place, Places};
use crate::Report;
use crate::check::{Selection, run};
use crate::finding::{Evidence, Finding, Gap, GapKind, fingerprints};
use crate::number::Kind;
use crate::waiver::{self, Waivers};

/// Checks a report: findings, what is waived, what is not covered.
pub fn check(
    report: &Report,
    selection: &Selection,
    waivers: &Waivers,
    lang: Lang,
) -> CheckedReport {
    let findings = run(report, selection);
    let places = Places::new(&report.document);
    let marks = marks(report, &findings);
    let mut checked = CheckedReport {
        source: names::source(&report.document.source),
        report: names::meta(&report.document.report),
        coverage: coverage(report, &marks),
        findings: Vec::new(),
        waived: Vec::new(),
        gaps: gaps(report, &marks, &places, lang),
    };
    let prints = fingerprints(&report.document, &findings);
    for (finding, fingerprint) in findings.iter().zip(prints) {
        let entry = entry(report, finding, fingerprint, &places, lang);
        let quote = entry.at.quote.as_deref().unwrap_or("");
        match waivers.reason(&entry.check, quote, &entry.fingerprint).map(str::to_string) {
            Some(reason) => checked.waived.push((entry, reason)),
            None => checked.findings.push(entry),
        }
    }
    checked
}

/// What is wrong with the waivers themselves, as a report on their file; `None` if each matched something.
pub fn idle_waivers(waivers: &Waivers, lang: Lang) -> Option<CheckedReport> {
    let findings: Vec<FindingEntry> = waivers
        .idle()
        .map(|waiver| {
            let quote = waivers.text.get(waiver.at.range()).unwrap_or("").trim().to_string();
            let (of, reason) = (waiver.describes(), &waiver.reason);
            let zh = format!("豁免“{of}”未对应任何问题，请删去。所写理由：{reason}");
            let en = format!("the waiver of “{of}” ({reason}) matches no finding; remove it");
            FindingEntry {
                check: waiver::CHECK.name.to_string(),
                severity: waiver::CHECK.severity.name(),
                message: lang.pick(&zh, &en).to_string(),
                arithmetic: String::new(),
                at: Place {
                    mark: 0..quote.len(),
                    quote: Some(quote),
                    span: Some([waiver.at.start, waiver.at.end]),
                    offset: Some(waiver.at.start),
                    ..Place::default()
                },
                evidence: Vec::new(),
                suggestion: None,
                follows: Vec::new(),
                fingerprint: format!("waiver-{}", waiver.at.start),
            }
        })
        .collect();
    (!findings.is_empty()).then(|| CheckedReport {
        source: SourceFile {
            path: waivers.path.display().to_string(),
            bytes: waivers.text.len() as u64,
            ..SourceFile::default()
        },
        report: super::json::Meta { kind: "other", ..Default::default() },
        coverage: super::json::Coverage::default(),
        findings,
        waived: Vec::new(),
        gaps: Vec::new(),
    })
}

fn entry(
    report: &Report,
    finding: &Finding,
    fingerprint: String,
    places: &Places<'_>,
    lang: Lang,
) -> FindingEntry {
    FindingEntry {
        check: finding.check.to_string(),
        severity: finding.severity.name(),
        message: lang.pick(&finding.message, &finding.message_en).to_string(),
        arithmetic: lang.pick(&finding.arithmetic, &finding.arithmetic_en).to_string(),
        at: places.place(finding.at),
        evidence: finding.evidence.iter().map(|e| evidence(report, e, places)).collect(),
        suggestion: finding.suggestion.as_ref().map(|suggestion| SuggestionEntry {
            quote: suggestion.quote.clone(),
            replace_with: suggestion.replace_with.clone(),
            because: lang.pick(&suggestion.because, &suggestion.because_en).to_string(),
            repairs: suggestion.repairs,
            at: places.place(suggestion.at),
        }),
        follows: finding
            .follows
            .iter()
            .map(|follow| Consequence {
                message: lang.pick(&follow.message, &follow.message_en).to_string(),
                at: places.place(follow.at),
            })
            .collect(),
        fingerprint,
    }
}

fn evidence(report: &Report, evidence: &Evidence, places: &Places<'_>) -> EvidenceEntry {
    let number = evidence.number.and_then(|number| report.numbers.get(number as usize));
    EvidenceEntry {
        role: evidence.role.name(),
        value: evidence.value.or_else(|| number?.value()).map(|value| value.to_string()),
        unit: evidence.unit.clone(),
        range: evidence
            .range
            .map(|r| [r.low.normalize().to_string(), r.high.normalize().to_string()]),
        at: places.place(evidence.at),
    }
}

fn gaps(report: &Report, marks: &Marks, places: &Places<'_>, lang: Lang) -> Vec<GapEntry> {
    let mut gaps: Vec<(u32, GapEntry)> =
        report.document.gaps.iter().chain(&report.gaps).map(|gap| gap_entry(gap, places)).collect();
    let why = lang.pick("已读，未与其他数字核对", "read, but compared with nothing");
    for (index, number) in report.numbers.iter().enumerate() {
        let money = matches!(number.kind, Kind::Amount | Kind::Percent | Kind::Points);
        if is_figure(number) && money && !marks.checked[index] {
            let at = places.place(number.span);
            let entry = GapEntry { kind: "unpaired", at, why: why.to_string() };
            gaps.push((number.span.start, entry));
        }
    }
    gaps.sort_by_key(|(at, _)| *at);
    gaps.into_iter().map(|(_, gap)| gap).collect()
}

fn gap_entry(gap: &Gap, places: &Places<'_>) -> (u32, GapEntry) {
    let at = match (gap.at, gap.page) {
        (Some(span), _) => places.place(span),
        (None, Some(page)) => Places::page(page),
        (None, None) => Place::default(),
    };
    let kind = match gap.kind {
        GapKind::Unread => "unread",
        GapKind::Unpaired => "unpaired",
        GapKind::Doubtful => "doubtful",
    };
    (gap.at.map_or(0, |span| span.start), GapEntry { kind, at, why: gap.why.clone() })
}
