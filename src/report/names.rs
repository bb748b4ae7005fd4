//! Names of kinds, funds and measures as the JSON spells them.

use super::json::{Meta, SourceFile};
use crate::document::{ReportKind, ReportMeta, Source};
use crate::fact::{Basis, Entity, Fund, Measure};
use crate::number::{Approximate, Kind};

pub(super) fn source(source: &Source) -> SourceFile {
    SourceFile {
        path: source.path.display().to_string(),
        sha256: source.sha256.clone(),
        format: source.format.name(),
        bytes: source.bytes,
        pages: source.pages,
    }
}

pub(super) fn meta(meta: &ReportMeta) -> Meta {
    Meta {
        kind: report_kind(meta.kind),
        agency: meta.agency.clone(),
        year: meta.year,
        unit: meta.unit.clone(),
    }
}

fn report_kind(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::FinalAccounts => "final_accounts",
        ReportKind::Budget => "budget",
        ReportKind::Performance => "performance",
        ReportKind::Other => "other",
    }
}

pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Amount => "amount",
        Kind::Percent => "percent",
        Kind::Points => "points",
        Kind::Count => "count",
        Kind::Score => "score",
        Kind::Year => "year",
        Kind::Period => "period",
        Kind::Code => "code",
        Kind::DocNumber => "docnumber",
        Kind::Number => "number",
    }
}

pub(super) fn approximate(approximate: Approximate) -> &'static str {
    match approximate {
        Approximate::Over => "余",
        Approximate::About => "约",
        Approximate::Nearly => "近",
        Approximate::AtLeast => "以上",
        Approximate::AtMost => "以下",
    }
}

pub(crate) fn fund(fund: Fund) -> &'static str {
    match fund {
        Fund::All => "all",
        Fund::Appropriation => "appropriation",
        Fund::General => "general",
        Fund::GovernmentFund => "government_fund",
        Fund::StateCapital => "state_capital",
        Fund::Other => "other",
    }
}

pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Budget => "budget",
        Basis::Adjusted => "adjusted",
        Basis::Final => "final",
    }
}

pub(super) fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Level => "level",
        Measure::Change => "change",
        Measure::Rate => "rate",
        Measure::Share => "share",
        Measure::Completion => "completion",
        Measure::Count => "count",
        Measure::Score => "score",
    }
}

pub(super) fn entity(entity: &Entity) -> String {
    match entity {
        Entity::Department => "department".to_string(),
        Entity::Project(name) => format!("project/{name}"),
        Entity::Unit(name) => format!("unit/{name}"),
    }
}
