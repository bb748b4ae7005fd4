//! The tables of an export: one definition for parquet, CSV, JSON lines, and the page that explains them.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal: `DECIMAL(38, 12)` in parquet, a string in JSON.
    Decimal,
    /// Points of a page.
    Real,
    /// Yes or no.
    Flag,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
}

/// A table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row is.
    pub about: &'static str,
    /// The rows of report `?1`, in order, one value a column; empty for rows of no report.
    pub sql: &'static str,
    /// Its columns after `report`, `report_year` and `report_kind`.
    pub columns: &'static [Column],
}

const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Text, about }
}
const fn int(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Integer, about }
}
const fn decimal(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Decimal, about }
}
const fn real(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Real, about }
}
const fn flag(name: &'static str, about: &'static str) -> Column {
    Column { name, kind: Kind::Flag, about }
}

/// The columns that every table but `failures` begins with.
pub const REPORT: [Column; 3] = [
    text("report", "the report: 32 hex digits of the hash of its content, `reports.report`"),
    int("report_year", "the report's year; in parquet the partition"),
    text(
        "report_kind",
        "`final_accounts`, `budget`, `performance` or `other`; in parquet the partition",
    ),
];

/// All tables of a report.
pub const TABLES: &[Table] = &[
    Table {
        name: "reports",
        about: "one row a report",
        sql: "SELECT (SELECT min(path) FROM files WHERE report = r.id AND part = 0), agency, unit, format, pages, bytes, \
              parts, numbers, read, bound, checked, errors, warnings, notes, reader FROM reports r WHERE id = ?1",
        columns: &[
            text("path", "its first file"),
            text("agency", "the department or unit as printed"),
            text("unit", "the unit most amounts of the narrative carry"),
            text("format", "`pdf`, `docx`, `text` …, of its first file"),
            int("pages", "number of pages, where the format has pages"),
            int("bytes", "size of its files"),
            int("parts", "number of its files"),
            int("numbers", "figures that should be read"),
            int("read", "figures read"),
            int("bound", "figures with a meaning"),
            int("checked", "figures compared with at least one other"),
            int("errors", "findings that are proven"),
            int("warnings", "findings that are unusual or careless"),
            int("notes", "findings worth a look"),
            text("reader", "the version of gouji that read it"),
        ],
    },
    Table {
        name: "files",
        about: "one row a file; the same content at several places is one report",
        sql: "SELECT path, part, sha256, bytes, format, pages FROM files WHERE report = ?1 ORDER BY path",
        columns: &[
            text("path", "where it was; a member of an archive is `bundle.zip/report.pdf`"),
            int("part", "which file of the report, 0 is the first"),
            text("sha256", "hash of its bytes"),
            int("bytes", "size"),
            text("format", "format by content"),
            int("pages", "number of pages"),
        ],
    },
    Table {
        name: "sections",
        about: "one row a part of the outline; section 0 is the report",
        sql: "SELECT id, parent, level, label, title, path FROM sections WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            int("parent", "the section around it"),
            int("level", "0 the report, 1 第一部分, 2 一、, 3 （一） …"),
            text("label", "the printed label: `五`"),
            text("title", "the heading without its label"),
            text("path", "labels and titles from the outermost down"),
        ],
    },
    Table {
        name: "passages",
        about: "one row a paragraph, heading, row of a table, or chart",
        sql: "SELECT id & 1048575, kind, section, part, page, \"table\", row, text FROM passages \
              WHERE id BETWEEN ?1 * 1048576 AND ?1 * 1048576 + 1048575 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("kind", "`paragraph`, `heading`, `row`, `chart`, `contents`, `furniture`"),
            int("section", "`sections.id`"),
            int("part", "`files.part`"),
            int("page", "1-based page"),
            int("table", "`tables.id`, for rows"),
            int("row", "1-based row of the table"),
            text("text", "the cleaned text; cells of a row joined by tabs"),
        ],
    },
    Table {
        name: "numbers",
        about: "one row a number, in document order",
        sql: "SELECT n.id, k.name, CASE WHEN k.name IN ('year', 'period', 'code', 'docnumber') THEN NULL ELSE value END, \
              value, (SELECT name FROM name WHERE id = n.unit), coalesce(fen, finer), place, \
              (SELECT name FROM name WHERE id = n.approximate), section, passage, at, length, col, page, \
              x0 / 10.0, y0 / 10.0, x1 / 10.0, y1 / 10.0, cell \
              FROM number n CROSS JOIN name k ON k.id = n.kind WHERE report = ?1 ORDER BY n.id",
        columns: &[
            int("id", "its number in the report"),
            text(
                "kind",
                "`amount`, `percent`, `points`, `count`, `score`, `year`, `period`, `code`, `docnumber`, `number`",
            ),
            decimal(
                "value",
                "the value in the printed unit; null for years, periods, codes, document numbers, printed spans, and more than 12 decimals",
            ),
            text("value_text", "the value as text, always"),
            text("unit", "the unit, printed or inherited"),
            decimal("yuan", "the amount in yuan, for amounts"),
            int(
                "place",
                "the last printed place as a power of ten in the unit (-2 for 5180.59): the value is exact give or take half of it; null where nothing can be proven",
            ),
            text("approximate", "a word that loosens it: 余, 约, 近, 以上, 以下"),
            int("section", "`sections.id`"),
            int("passage", "`passages.id`"),
            int("at", "1-based character of the passage"),
            int("length", "characters"),
            int("column", "1-based column, in a row of a table"),
            int("page", "1-based page"),
            real("x0", "left, in points from the page's top left corner"),
            real("y0", "top"),
            real("x1", "right"),
            real("y1", "bottom"),
            text("cell", "cell of a workbook: `Sheet1!C7`"),
        ],
    },
    Table {
        name: "facts",
        about: "one row a number with its meaning",
        sql: "SELECT id, (SELECT name FROM name WHERE id = f.indicator), (SELECT name FROM name WHERE id = f.label), \
              (SELECT name FROM name WHERE id = f.fund), (SELECT name FROM name WHERE id = f.basis), year, \
              (SELECT name FROM name WHERE id = f.entity), (SELECT name FROM name WHERE id = f.measure), number, \
              negative, of, against, base_year, (SELECT name FROM name WHERE id = f.base_basis), certainty \
              FROM fact f WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text(
                "indicator",
                "canonical name: `revenue/total`, `function/2011301`; `label/…` for a name no grammar knows",
            ),
            text("label", "the name as printed"),
            text(
                "fund",
                "`all`, `appropriation`, `general`, `government_fund`, `state_capital`, `other`, or null",
            ),
            text("basis", "`budget`, `adjusted`, `final`"),
            int("year", "the year it is of"),
            text("entity", "`department`, `project/NAME`, `unit/NAME`"),
            text("measure", "`level`, `change`, `rate`, `share`, `completion`, `count`, `score`"),
            int("number", "`numbers.id`"),
            flag("negative", "for changes and rates: the text says less"),
            int("of", "the fact of the level it is about"),
            int("against", "for shares the whole, for changes and completions the base: a fact"),
            int("base_year", "for changes and rates: the year compared with"),
            text("base_basis", "for changes, rates and completions: the stage compared with"),
            int("certainty", "0 to 100: how sure the meaning is"),
        ],
    },
    Table {
        name: "figures",
        about: "one row an indicator of the reporting department or unit: all mentions taken together",
        sql: "SELECT (SELECT name FROM name WHERE id = f.indicator), (SELECT name FROM name WHERE id = f.fund), \
              (SELECT name FROM name WHERE id = f.basis), year, derived, fen, low, high, number, other, mentions, agree \
              FROM (SELECT * FROM figure WHERE report = ?1 AND indicator IN (SELECT indicator FROM fact WHERE report = ?1) \
              UNION ALL SELECT * FROM figure_new WHERE report = ?1) f ORDER BY 1, 2, 3, 4, 5",
        columns: &[
            text("indicator", "canonical name"),
            text("fund", "which money, or null"),
            text("basis", "`budget`, `adjusted`, `final`"),
            int("year", "the year it is of"),
            flag("derived", "follows from a change (now − change) instead of being printed"),
            decimal("yuan", "the amount as printed most precisely"),
            decimal("low", "the least amount in yuan that all mentions allow"),
            decimal("high", "the greatest"),
            int(
                "number",
                "`numbers.id` of the mention printed most precisely; for a derived figure that of now",
            ),
            int("other", "`numbers.id` of the change, for a derived figure"),
            int("mentions", "how often it is said"),
            flag("agree", "whether all mentions agree"),
        ],
    },
    Table {
        name: "codes",
        about: "one row a classification code",
        sql: "SELECT number, code, class_name, group_name, item_name, official_name, status FROM codes \
              WHERE report = ?1 ORDER BY number",
        columns: &[
            int("number", "`numbers.id`"),
            text("code", "its digits"),
            text("class_name", "类, as printed beside it"),
            text("group_name", "款"),
            text("item_name", "项"),
            text("official_name", "the official name in the report's year"),
            text("status", "`known`, `name_differs`, `unknown`"),
        ],
    },
    Table {
        name: "tables",
        about: "one row a table",
        sql: "SELECT id, form, title, unit, header_rows, rows, columns, page FROM tables WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("form", "the form it follows: `final/04`"),
            text("title", "its title"),
            text("unit", "the unit printed above it"),
            int("header_rows", "leading rows that are header"),
            int("rows", "rows"),
            int("columns", "columns"),
            int("page", "its first page"),
        ],
    },
    Table {
        name: "cells",
        about: "one row a cell of a table that is not empty",
        sql: "SELECT p.\"table\", p.row, c.key + 1, c.value, p.id & 1048575 FROM passages p, json_each('[\"' || \
              replace(replace(replace(p.text, '\\', '\\\\'), '\"', '\\\"'), char(9), '\",\"') || '\"]') c \
              WHERE p.id BETWEEN ?1 * 1048576 AND ?1 * 1048576 + 1048575 AND p.kind = 'row' AND c.value <> ''",
        columns: &[
            int("table", "`tables.id`"),
            int("row", "1-based row"),
            int("column", "1-based column"),
            text("text", "its text"),
            int("passage", "`passages.id` of its row"),
        ],
    },
    Table {
        name: "indicators",
        about: "one row a 绩效 table",
        sql: "SELECT id, project, attributes, total, fiscal, other, goal, score, page FROM indicators \
              WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("project", "项目名称"),
            text("attributes", "预算单位 and its kin as JSON"),
            decimal("total", "年度资金总额 as printed"),
            decimal("fiscal", "财政拨款"),
            decimal("other", "其他资金"),
            text("goal", "年度目标"),
            decimal("score", "总分, if printed"),
            int("page", "1-based page"),
        ],
    },
    Table {
        name: "indicator_rows",
        about: "one row an indicator of a 绩效 table",
        sql: "SELECT indicator, row, level1, level2, level3, operator, target, unit, weight, actual, score \
              FROM indicator_rows WHERE report = ?1 ORDER BY indicator, row",
        columns: &[
            int("indicator", "`indicators.id`"),
            int("row", "1-based"),
            text("level1", "一级指标"),
            text("level2", "二级指标"),
            text("level3", "三级指标"),
            text("operator", "`≥`, `＝`, `≤`, `定性` as printed"),
            text("target", "指标值"),
            text("unit", "度量单位"),
            decimal("weight", "分值"),
            text("actual", "完成值"),
            decimal("score", "得分"),
        ],
    },
    Table {
        name: "charts",
        about: "one row a chart",
        sql: "SELECT id, title, categories, series FROM charts WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("title", "its title"),
            text("categories", "names as a JSON list"),
            text("series", "names and values as JSON"),
        ],
    },
    Table {
        name: "findings",
        about: "one row a contradiction",
        sql: "SELECT id, \"check\", severity, message, arithmetic, section, quote, page, suggestion, because, repairs, \
              fingerprint FROM findings WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("check", "the check; `gouji explain NAME` shows its page"),
            text("severity", "`error`, `warning`, `note`"),
            text("message", "one sentence"),
            text("arithmetic", "the arithmetic on one line"),
            text("section", "where it stands"),
            text("quote", "the words it is about"),
            int("page", "1-based page"),
            text("suggestion", "a likely repair: `27.99 → 523.21`"),
            text("because", "why"),
            int("repairs", "how many relations hold with it that fail without"),
            text("fingerprint", "stable across runs and moves"),
        ],
    },
    Table {
        name: "evidence",
        about: "one row a figure that a finding rests on",
        sql: "SELECT finding, id, role, value, unit, low, high, quote, page FROM evidence WHERE report = ?1 \
              ORDER BY finding, id",
        columns: &[
            int("finding", "`findings.id`"),
            int("id", "its number in the finding"),
            text("role", "`total`, `part`, `base`, `change` …"),
            decimal("value", "the printed value in its unit"),
            text("unit", "its unit"),
            decimal("low", "the least value it can stand for, in its unit"),
            decimal("high", "the greatest"),
            text("quote", "the words around it"),
            int("page", "1-based page"),
        ],
    },
    Table {
        name: "gaps",
        about: "one row something that was not read or not compared",
        sql: "SELECT id, (SELECT name FROM name WHERE id = g.kind), (SELECT name FROM name WHERE id = g.why), passage, at, \
              length, page FROM gap g WHERE report = ?1 ORDER BY id",
        columns: &[
            int("id", "its number in the report"),
            text("kind", "`unread`, `unpaired`"),
            text("why", "why"),
            int("passage", "`passages.id`"),
            int("at", "1-based character of the passage"),
            int("length", "characters"),
            int("page", "1-based page"),
        ],
    },
];

/// Files that could not be read.
pub const FAILURES: Table = Table {
    name: "failures",
    about: "one row a file that could not be read",
    sql: "SELECT path, error, sha256, bytes FROM files WHERE error IS NOT NULL ORDER BY path",
    columns: &[
        text("path", "where it is"),
        text("error", "place and reason"),
        text("sha256", "hash of its bytes, if they could be read"),
        int("bytes", "size"),
    ],
};
