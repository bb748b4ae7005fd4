//! Sides: a grid taken apart into the tables that stand beside each other, each with its rows.

use super::cells::{self, Figures, squeeze};
use super::header::{self, Head, Role};
use super::{CodeKind, Column, Row, RowKind, Side};
use crate::document::{Document, Span, Table, TableId};
use std::borrow::Cow;
use std::ops::Range;

/// One grid taken apart, before grids are joined.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) table: TableId,
    /// Its first row in the grid.
    pub(super) first: u32,
    pub(super) head: Head,
    pub(super) sides: Vec<Side>,
    pub(super) notes: String,
    pub(super) glued: bool,
}

/// The columns of a side.
#[derive(Debug, Default)]
struct Plan {
    codes: Vec<Vec<u32>>,
    names: Vec<u32>,
    /// 年度
    stage: Option<u32>,
    line: Option<u32>,
    values: Vec<u32>,
}

/// Takes a band of a grid apart; a grid without a header of its own and as wide as the grid `before` it is read under its header.
pub(super) fn parts(
    document: &Document,
    id: TableId,
    table: &Table,
    band: Range<u32>,
    figures: &Figures,
    before: Option<&Parts>,
) -> Parts {
    let mut head = header::head(document, id, table, &band, figures);
    let bare = head.rows == 0 && table.title.is_none() && table.number.is_none();
    if let Some(before) =
        before.filter(|before| bare && before.head.roles.len() == head.roles.len())
    {
        head = Head { rows: 0, texts: Vec::new(), ..before.head.clone() };
    }
    let plans = plan(&head);
    let grid = table.grid();
    let mut parts = Parts { table: id, first: band.start, ..Parts::default() };
    for plan in &plans {
        parts.sides.push(open(&head, plan));
    }
    let mut last: Vec<Vec<String>> = vec![Vec::new(); plans.len()];
    let mut bounds: Vec<u32> = plans.iter().map(first_col).collect();
    bounds.push(u32::MAX);
    for row in head.rows..band.end {
        let texts = header::row_texts(document, table, row);
        let plain = || texts.iter().map(|(_, _, text)| &**text);
        if let [(_, _, text)] = texts.as_slice()
            && cells::is_note(text)
        {
            parts.notes.push_str(text);
            continue;
        }
        let repeated = !texts.is_empty()
            && plain().all(|text| head.texts.iter().any(|own| own == text))
            && plain().any(|text| !header::is_total(text))
            && plain().all(|text| !cells::is_figure(text));
        parts.glued |= plain().any(|text| text.chars().count() < 40 && cells::is_glued(text));
        if texts.is_empty() || repeated || header::is_ordinal_row(plain()) {
            continue;
        }
        for (at, plan) in plans.iter().enumerate() {
            let reader = Reader { document, id, table, grid: &grid, figures, row };
            if let Some(mut row) = reader.read(plan, &mut last[at]) {
                let rows = &mut parts.sides[at].rows;
                // 2025年, 2026年 and 增减 of one unit, whose name is printed once.
                if let Some(before) =
                    rows.last().filter(|_| row.name.is_empty() && row.stage.is_some())
                {
                    (row.printed, row.name) = (before.printed.clone(), before.name.clone());
                    (row.kind, row.at) = (before.kind, before.at);
                }
                rows.push(row);
            }
        }
    }
    for side in &mut parts.sides {
        side.codes = side.codes.or_else(|| kind_of_rows(side));
    }
    table.notes.iter().for_each(|note| parts.notes.push_str(&squeeze(document.slice(*note))));
    parts.head = head;
    parts
}

/// Gives a total whose name stands over the columns of the next list too (`公用经费合计` at the foot of 公开06表) its figure.
pub(super) fn gather(sides: &mut [Side]) {
    for at in 0..sides.len().saturating_sub(1) {
        let [left, right] = &mut sides[at..at + 2] else { return };
        for row in left.rows.iter_mut().filter(|row| row.kind == RowKind::Total) {
            let beside = |other: &Row| {
                (other.table, other.row) == (row.table, row.row)
                    && other.name.is_empty()
                    && other.code.is_none()
            };
            if row.values.iter().any(Option::is_some) {
                continue;
            }
            if let Some(index) = right.rows.iter().position(beside) {
                let other = right.rows.remove(index);
                let first = other.values.into_iter().flatten().next();
                if let Some(value) = row.values.first_mut() {
                    *value = first;
                }
            }
        }
    }
}

fn first_col(plan: &Plan) -> u32 {
    let labels = plan.codes.iter().flatten().chain(&plan.names).chain(&plan.line);
    labels.chain(&plan.values).copied().min().unwrap_or(0)
}

fn plan(head: &Head) -> Vec<Plan> {
    let mut plans = vec![Plan::default()];
    let last_value = head.roles.iter().rposition(|role| *role == Role::Value);
    for (col, role) in head.roles.iter().enumerate() {
        let label = !matches!(role, Role::Value | Role::Skip);
        if label && plans.last().is_some_and(|plan| !plan.values.is_empty()) {
            if last_value.is_none_or(|last| last < col) {
                break;
            }
            plans.push(Plan::default());
        }
        let Some(plan) = plans.last_mut() else { break };
        let col_id = col as u32;
        match role {
            Role::Line => plan.line = Some(col_id),
            Role::Stage => plan.stage = Some(col_id),
            Role::Name => plan.names.push(col_id),
            Role::Value => plan.values.push(col_id),
            Role::Skip => {}
            Role::Code => {
                let leaf = head.paths[col].last().map_or("", |(text, _)| text.as_str());
                let part = matches!(leaf, "款" | "项");
                let left = plan.codes.last().and_then(|group| group.last());
                let next = left.is_some_and(|left| left + 1 == col_id);
                let unnamed =
                    leaf.is_empty() || head.paths[col.saturating_sub(1)] == head.paths[col];
                match plan.codes.last_mut() {
                    Some(group) if next && (part || unnamed) => group.push(col_id),
                    _ => plan.codes.push(vec![col_id]),
                }
            }
        }
    }
    plans.retain(|plan| !plan.values.is_empty() || plan.line.is_some());
    plans
}

fn open(head: &Head, plan: &Plan) -> Side {
    let text = |col: u32| {
        let path = &head.paths[col as usize];
        path.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join("/")
    };
    let labels = plan.codes.iter().flatten().chain(&plan.names).chain(&plan.line);
    let heading = labels.map(|col| text(*col)).collect::<Vec<_>>().join("|");
    let columns = plan.values.iter().map(|col| {
        let path = &head.paths[*col as usize];
        Column {
            col: *col,
            path: path.iter().map(|(text, _)| text.clone()).collect(),
            cells: path.iter().map(|(_, cell)| *cell).collect(),
            ordinal: head.ordinals[*col as usize].clone(),
        }
    });
    let codes = plan.codes.first().and_then(|group| kind_of_header(&text(group[0])));
    Side {
        codes,
        code_groups: plan.codes.len() as u32,
        heading,
        columns: columns.collect(),
        rows: Vec::new(),
    }
}

fn kind_of_header(path: &str) -> Option<CodeKind> {
    let any = |words: &[&str]| words.iter().any(|word| path.contains(word));
    if any(&["单位编码", "单位代", "部门代", "单位编号"]) {
        Some(CodeKind::Unit)
    } else if any(&["政府"]) && any(&["经济"]) {
        Some(CodeKind::GovernmentEconomic)
    } else if any(&["经济"]) {
        Some(CodeKind::Economic)
    } else if any(&["功能"]) {
        Some(CodeKind::Function)
    } else {
        None
    }
}

fn kind_of_rows(side: &Side) -> Option<CodeKind> {
    let mut counts = [0usize; 4];
    for code in side.rows.iter().filter_map(|row| row.code.as_deref()) {
        match cells::code_kind(code) {
            CodeKind::Function => counts[0] += 1,
            CodeKind::Economic => counts[1] += 1,
            CodeKind::GovernmentEconomic => counts[2] += 1,
            _ => counts[3] += 1,
        }
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let kinds =
        [CodeKind::Function, CodeKind::Economic, CodeKind::GovernmentEconomic, CodeKind::Other];
    (*count > 0).then(|| kinds[best])
}

struct Reader<'a> {
    document: &'a Document,
    id: TableId,
    table: &'a Table,
    grid: &'a [Option<u32>],
    figures: &'a Figures,
    row: u32,
}

impl<'a> Reader<'a> {
    /// The cell that begins at this row and column.
    fn index(&self, col: u32) -> Option<u32> {
        let index = self.grid[self.row as usize * self.table.cols as usize + col as usize]?;
        let cell = &self.table.cells[index as usize];
        let begins = cell.row == self.row && cell.col == col && !cell.span.is_empty();
        begins.then_some(index)
    }

    /// Its text without blanks, and where that stands.
    fn cell(&self, col: u32) -> Option<(Cow<'a, str>, Span)> {
        let span = self.table.cells[self.index(col)? as usize].span;
        Some((squeeze(self.document.slice(span)), span))
    }

    fn code(
        &self,
        group: &[u32],
        last: &mut Vec<String>,
    ) -> (Option<String>, Option<Span>, String) {
        let found: Vec<Option<(Cow<'_, str>, Span)>> =
            group.iter().map(|col| self.cell(*col)).collect();
        let at = found
            .iter()
            .flatten()
            .map(|(_, span)| *span)
            .reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
        if at.is_none() {
            return (None, None, String::new());
        }
        let mut parts: Vec<String> = Vec::new();
        let mut name = String::new();
        for cell in &found {
            let text = cell.as_ref().map_or("", |(text, _)| text);
            if text.chars().all(|c| c.is_ascii_digit()) {
                // 款 and 项 have two digits; a workbook drops the leading zero.
                let short = text.len() == 1 && !parts.is_empty();
                parts.push(if short { format!("0{text}") } else { text.to_string() });
            } else if let Some((code, rest)) = cells::code_and_name(text) {
                parts.push(code);
                name = rest;
            } else {
                return (None, at, text.to_string());
            }
        }
        while parts.last().is_some_and(String::is_empty) {
            parts.pop();
        }
        for (at, part) in parts.iter_mut().enumerate() {
            if part.is_empty()
                && let Some(above) = last.get(at)
            {
                part.clone_from(above);
            }
        }
        last.clone_from(&parts);
        let code: String = parts.concat();
        ((!code.is_empty()).then_some(code), at, name)
    }

    fn read(&self, plan: &Plan, last: &mut Vec<String>) -> Option<Row> {
        let (mut code, code_at, mut name) = match plan.codes.first() {
            Some(group) => self.code(group, last),
            None => (None, None, String::new()),
        };
        let mut at = code_at;
        let after = plan.codes.first().and_then(|group| group.last()).copied().unwrap_or(0);
        if name.is_empty() {
            let named: Vec<(u32, Cow<'_, str>, Span)> = plan
                .names
                .iter()
                .filter_map(|col| self.cell(*col).map(|(text, span)| (*col, text, span)))
                .collect();
            let right = named.iter().find(|(col, _, _)| *col > after);
            let chosen = if code.is_some() { right.or(named.first()) } else { named.first() };
            if let Some((_, text, span)) = chosen {
                name = text.clone().into_owned();
                at = Some(*span);
            }
        }
        let mut code_at = code_at;
        if code.is_none()
            && let Some((digits, rest)) = cells::code_and_name(&name)
            && (cells::code_kind(&digits) != CodeKind::Other
                || !rest.is_empty() && digits.len() > 2)
        {
            code = Some(digits);
            code_at = at;
            name = rest;
        }
        let line = plan
            .line
            .and_then(|col| self.cell(col))
            .and_then(|(text, span)| text.parse::<u32>().ok().map(|line| (line, span)));
        let values: Vec<_> =
            plan.values.iter().map(|col| self.figures.of(self.id, self.index(*col)?)).collect();
        if code.is_none() && name.is_empty() && line.is_none() && values.iter().all(Option::is_none)
        {
            return None;
        }
        let (of_which, bare) = match ["其中：", "其中", "其：", "#"]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix))
        {
            Some(rest) if !rest.is_empty() => (true, rest.to_string()),
            _ => (false, name.clone()),
        };
        let (style, rest) = header::numbering(&bare);
        let number = &bare[..bare.len() - rest.len()];
        let ordinal: String = number.chars().filter(|c| c.is_alphanumeric()).collect();
        let leads = matches!(ordinal.as_str(), "一" | "1" | "①");
        let rest = rest.strip_prefix("其中：").unwrap_or(rest).to_string();
        let total = code.is_none() && header::is_total(&rest);
        Some(Row {
            table: self.id,
            row: self.row,
            kind: if total { RowKind::Total } else { RowKind::Item },
            printed: name,
            name: rest,
            at: at.unwrap_or_default(),
            code,
            code_at,
            other_code: plan.codes.get(1).and_then(|group| self.code(group, &mut Vec::new()).0),
            stage: plan.stage.and_then(|col| self.cell(col)).map(|(text, _)| text.into_owned()),
            line,
            style,
            leads,
            of_which,
            parent: None,
            sure: true,
            whole: true,
            values,
        })
    }
}
