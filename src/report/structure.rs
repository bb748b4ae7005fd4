//! The JSON of `gouji extract`, schema `gouji.extract/1`.

use super::json::{Failure, Meta, SourceFile};
use super::place::Place;
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// What `gouji extract` prints; as `jsonl`, one [`ExtractedReport`] a line.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExtractOutput {
    /// Name and major version of this shape.
    #[schemars(extend("const" = "gouji.extract/1"))]
    pub schema: &'static str,
    /// One entry a report that could be read, in the order given.
    pub reports: Vec<ExtractedReport>,
    /// What could not be read.
    pub errors: Vec<Failure>,
}

/// Everything gouji understood of a report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExtractedReport {
    /// The file.
    pub source: SourceFile,
    /// What the report says it is.
    pub report: Meta,
    /// The outline; the first entry is the report itself.
    pub sections: Vec<SectionEntry>,
    /// Every number in document order.
    pub numbers: Vec<NumberEntry>,
    /// What the numbers mean.
    pub facts: Vec<FactEntry>,
    /// What is said in words to be none: levels and counts of 0 that no figure prints.
    #[schemars(default)]
    pub nothing: Vec<NothingEntry>,
    /// Classification codes.
    pub codes: Vec<CodeEntry>,
    /// Tables as grids.
    pub tables: Vec<TableEntry>,
    /// 绩效 tables as records.
    pub indicators: Vec<IndicatorEntry>,
    /// Charts.
    pub charts: Vec<ChartEntry>,
}

/// A part of the outline.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SectionEntry {
    /// Its number in this list.
    pub id: u32,
    /// The section around it; null for the report itself.
    pub parent: Option<u32>,
    /// 0 for the report, 1 for 第一部分, 2 for 一、 and so on.
    pub level: u8,
    /// The printed label: `五`.
    pub label: String,
    /// The heading without its label.
    pub title: String,
    /// The heading's place.
    pub at: Place,
}

/// A number.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NumberEntry {
    /// Its number in this list.
    pub id: u32,
    /// What it is a number of.
    #[schemars(extend("enum" = ["amount", "percent", "points", "count", "score", "year", "period", "code",
        "docnumber", "number"]))]
    pub kind: &'static str,
    /// The value in its unit as a decimal string; a printed span as `3..5`; a year or period as `2024`,
    /// `2024-12-31`, `2024-01-01/2024-12-31`; a code as its digits; a document number as `川财建〔2024〕323号`.
    pub value: String,
    /// The unit, printed or inherited; empty for a bare number.
    pub unit: Cow<'static, str>,
    /// The amount in yuan, for amounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yuan: Option<String>,
    /// Digits printed after the point.
    pub decimals: u32,
    /// A word that loosens it: 余, 约, 近, 以上, 以下; or null.
    pub approximate: Option<&'static str>,
    /// On scanned pages: how sure the reading is, 0 to 99; absent where a text layer says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<u8>,
    /// The section it stands in.
    pub section: u32,
    /// Where it stands.
    pub at: Place,
}

/// A number with its meaning.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FactEntry {
    /// Its number in this list.
    pub id: u32,
    /// Canonical name: `revenue/total`, `function/2011301`; `label/…` for a name no grammar knows.
    pub indicator: String,
    /// The name as printed.
    pub label: String,
    /// Which money, or null: `all`, `appropriation`, `general`, `government_fund`, `state_capital`, `other`.
    pub fund: Option<&'static str>,
    /// Which stage: `budget`, `adjusted`, `final`.
    pub basis: &'static str,
    /// Which year, or null.
    pub period: Option<String>,
    /// `department`, `project/NAME` or `unit/NAME`.
    pub entity: String,
    /// What is measured.
    #[schemars(extend("enum" = ["level", "change", "rate", "share", "completion", "count", "score"]))]
    pub measure: &'static str,
    /// The figure, an id of `numbers`.
    pub number: u32,
    /// For changes and rates: whether the text says less (下降、减少).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(default)]
    pub negative: bool,
    /// For changes, rates, shares and completions: the fact of the level it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// For shares the whole, for changes and completions the base: a fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<u32>,
    /// For changes and rates: the year compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_period: Option<String>,
    /// For changes, rates and completions: the stage compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_basis: Option<&'static str>,
    /// 0 to 100: how sure the meaning is.
    pub certainty: u8,
}

/// A level or count of 0 that is said in words: `本年度无国有资本经营预算支出`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NothingEntry {
    /// As of a fact.
    pub indicator: String,
    /// The name as printed.
    pub label: String,
    /// As of a fact.
    pub fund: Option<&'static str>,
    /// As of a fact.
    pub basis: &'static str,
    /// Which year, or null.
    pub period: Option<String>,
    /// Always `department`: of projects and units nothing is taken for said.
    pub entity: &'static str,
    /// What is measured.
    #[schemars(extend("enum" = ["level", "count"]))]
    pub measure: &'static str,
    /// Always `0`.
    #[schemars(extend("const" = "0"))]
    pub value: &'static str,
    /// 0 to 100: how sure the meaning is.
    pub certainty: u8,
    /// The words.
    pub at: Place,
}

/// A classification code.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CodeEntry {
    /// Its digits; empty if only names are printed.
    pub code: String,
    /// 类, as printed beside the code.
    pub class: Option<String>,
    /// 款
    pub group: Option<String>,
    /// 项
    pub item: Option<String>,
    /// The official name in the report's year, if known.
    pub official_name: Option<String>,
    /// Whether code and name are known and agree.
    #[schemars(extend("enum" = ["known", "name_differs", "unknown"]))]
    pub status: &'static str,
    /// The number, an id of `numbers`.
    pub number: u32,
    /// Where it stands.
    pub at: Place,
}

/// A table.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TableEntry {
    /// Its number in this list.
    pub id: u32,
    /// The form it follows, `final/04`, or null.
    pub form: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The unit printed above it.
    pub unit: Option<String>,
    /// Leading rows that are header.
    pub header_rows: u32,
    /// All rows with all columns; a position that another cell covers has `rowspan` and `colspan` 0.
    pub grid: Vec<Vec<CellEntry>>,
    /// 1-based pages.
    pub pages: Vec<u32>,
    /// Where it stands.
    pub at: Place,
}

/// A position of a grid.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct CellEntry {
    /// Its text.
    pub text: String,
    /// Rows covered; 0 for a covered position.
    pub rowspan: u32,
    /// Columns covered; 0 for a covered position.
    pub colspan: u32,
    /// The number in it, an id of `numbers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// A 绩效 table as a record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorEntry {
    /// 项目名称
    pub project: Option<String>,
    /// `预算单位` and its kin, as printed.
    pub attributes: serde_json::Map<String, serde_json::Value>,
    /// 资金
    pub funds: Funds,
    /// 年度目标
    pub goal: Option<String>,
    /// One row an indicator.
    pub rows: Vec<IndicatorRowEntry>,
    /// 总分, if printed.
    pub score: Option<String>,
    /// Where it stands.
    pub at: Place,
}

/// The money of a 绩效 table, as printed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Funds {
    /// 年度资金总额
    pub total: Option<String>,
    /// 财政拨款
    pub fiscal: Option<String>,
    /// 其他资金
    pub other: Option<String>,
}

/// One indicator.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct IndicatorRowEntry {
    /// 一级指标, filled down.
    pub level1: Option<String>,
    /// 二级指标, filled down.
    pub level2: Option<String>,
    /// 三级指标
    pub level3: Option<String>,
    /// `≥`, `＝`, `≤`, `定性` as printed.
    pub operator: Option<String>,
    /// 指标值
    pub target: Option<String>,
    /// 度量单位
    pub unit: Option<String>,
    /// 分值
    pub weight: Option<String>,
    /// 完成值
    pub actual: Option<String>,
    /// 得分
    pub score: Option<String>,
}

/// A chart.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChartEntry {
    /// Title, empty if none.
    pub title: String,
    /// Category names.
    pub categories: Vec<String>,
    /// One series a row.
    pub series: Vec<SeriesEntry>,
    /// Where it stands.
    pub at: Place,
}

/// A series of a chart.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SeriesEntry {
    /// Its name.
    pub name: String,
    /// Its values as printed, one a category; null where one is missing.
    pub values: Vec<Option<String>>,
}

impl ExtractOutput {
    /// Puts reports and failures together.
    pub fn new(reports: Vec<ExtractedReport>, errors: Vec<Failure>) -> Self {
        Self { schema: "gouji.extract/1", reports, errors }
    }
}
