//! What a report says it is.

/// What kind of report it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ReportKind {
    /// 部门决算
    FinalAccounts,
    /// 部门预算
    Budget,
    /// 绩效自评
    Performance,
    /// None of the three.
    #[default]
    Other,
}

/// What the report says it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportMeta {
    /// Kind of report.
    pub kind: ReportKind,
    /// The agency (部门、单位) as printed.
    pub agency: Option<String>,
    /// The report's year: 2024 for 2024年度部门决算, 2025 for 2025年部门预算.
    pub year: Option<i32>,
    /// The unit most amounts of the narrative carry, e.g. `万元`.
    pub unit: Option<String>,
}
