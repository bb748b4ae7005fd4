//! Search: which passages of which reports speak of something, best first, quoted with their place.

use super::Corpus;
use super::record::segment;
use crate::error::Result;
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;
use std::ops::Range;

/// So many passages are ranked, the newest reports first; common words stand in millions.
const RANKED: usize = 100_000;
/// So many of the best are looked at word by word.
const LOOKED_AT: usize = 200;
/// Characters of a quote before the first word found, and in all.
const QUOTE: (usize, usize) = (24, 120);

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Words; a passage must hold all of them.
    pub words: Vec<String>,
    /// Only reports whose agency's name holds this.
    pub agency: Option<String>,
    /// Only reports of these years.
    pub years: Vec<i32>,
    /// Only passages with a figure of this indicator; `revenue/*` takes all of a family.
    pub indicator: Option<String>,
    /// Only passages with this classification code; `201*` takes all codes that begin so.
    pub code: Option<String>,
    /// So many hits.
    pub limit: usize,
}

/// A passage found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The report's key.
    pub report: String,
    /// Its first file.
    pub path: String,
    /// Its agency.
    pub agency: Option<String>,
    /// Its year.
    pub year: Option<i32>,
    /// `final_accounts`, `budget`, `performance`, `other`.
    pub kind: String,
    /// Labels and titles of the sections around it.
    pub section: String,
    /// 1-based page.
    pub page: Option<u32>,
    /// Title of its table.
    pub table: Option<String>,
    /// 1-based row of the table.
    pub row: Option<u32>,
    /// The words with those around them.
    pub quote: String,
    /// Where in the quote the words looked for stand (bytes).
    #[serde(skip)]
    pub marks: Vec<Range<usize>>,
    /// How well it fits; only for comparison inside one search.
    pub score: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hits {
    /// Passages found; `more` says that there are others in older reports, which were not ranked.
    pub found: usize,
    /// Whether more were found than are ranked.
    pub more: bool,
    /// The best.
    pub hits: Vec<Hit>,
}

/// Searches a corpus.
///
/// # Errors
/// The corpus is damaged.
pub fn search(corpus: &Corpus, query: &Query) -> Result<Hits> {
    find(corpus, query).map_err(|error| corpus.fault(&error))
}

fn find(corpus: &Corpus, query: &Query) -> rusqlite::Result<Hits> {
    let Some(expression) = query.expression() else {
        return Ok(Hits { found: 0, more: false, hits: Vec::new() });
    };
    let connection = &corpus.connection;
    let (filter, mut with) = query.filter();
    let sql = format!(
        "SELECT rowid, bm25(words, 1.0, 0.0) FROM words WHERE words MATCH ? {filter} ORDER BY rowid DESC LIMIT ?"
    );
    with.insert(0, Value::Text(expression));
    with.push(Value::Integer(RANKED as i64 + 1));
    let mut statement = connection.prepare(&sql)?;
    let ranked =
        statement.query_map(params_from_iter(with), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut ranked: Vec<(i64, f64)> = ranked.collect::<rusqlite::Result<_>>()?;
    let more = ranked.len() > RANKED;
    ranked.truncate(RANKED);
    let found = ranked.len();
    let better = |a: &(i64, f64), b: &(i64, f64)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
    let looked_at = LOOKED_AT.max(query.limit);
    if ranked.len() > looked_at {
        ranked.select_nth_unstable_by(looked_at, better);
        ranked.truncate(looked_at);
    }
    ranked.sort_by(better);
    let mut statement = connection.prepare(
        "SELECT r.key, (SELECT min(path) FROM files WHERE report = r.id AND part = p.part), r.agency, r.year, r.kind, \
         coalesce((SELECT path FROM sections WHERE report = r.id AND id = p.section), ''), p.page, \
         (SELECT title FROM tables WHERE report = r.id AND id = p.\"table\"), p.row, p.text \
         FROM passages p JOIN reports r ON r.id = p.id >> 20 WHERE p.id = ?",
    )?;
    let mut hits = Vec::with_capacity(ranked.len());
    for (id, score) in ranked {
        hits.push(statement.query_row([id], |row| query.hit(row, -score))?);
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
    hits.truncate(query.limit);
    Ok(Hits { found, more, hits })
}

impl Query {
    /// The words and marks as the index is asked for them; `None` if nothing is asked.
    fn expression(&self) -> Option<String> {
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', ""));
        let words: Vec<String> = self
            .words
            .iter()
            .flat_map(|word| segment(word).split(' ').map(quoted).collect::<Vec<_>>())
            .filter(|word| word != "\"\"")
            .collect();
        let mut terms = Vec::new();
        if !words.is_empty() {
            terms.push(format!("text : ({})", words.join(" AND ")));
        }
        for (family, mark) in [("i", &self.indicator), ("c", &self.code)] {
            if let Some(mark) = mark {
                let (mark, star) = mark.strip_suffix('*').map_or((mark.as_str(), ""), |m| (m, "*"));
                terms.push(format!("marks : {}{star}", quoted(&format!("{family}/{mark}"))));
            }
        }
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }

    /// The condition on reports.
    fn filter(&self) -> (String, Vec<Value>) {
        let mut conditions = Vec::new();
        let mut with = Vec::new();
        if let Some(agency) = &self.agency {
            conditions.push("instr(agency, ?) > 0".to_string());
            with.push(Value::Text(agency.clone()));
        }
        if !self.years.is_empty() {
            let marks = vec!["?"; self.years.len()].join(",");
            conditions.push(format!("year IN ({marks})"));
            with.extend(self.years.iter().map(|year| Value::Integer(i64::from(*year))));
        }
        match conditions.is_empty() {
            true => (String::new(), with),
            false => {
                let all = conditions.join(" AND ");
                (format!("AND (rowid >> 20) IN (SELECT id FROM reports WHERE {all})"), with)
            }
        }
    }

    fn hit(&self, row: &Row<'_>, score: f64) -> rusqlite::Result<Hit> {
        let text: String = row.get(9)?;
        let text = text.split('\t').filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        let verbatim = self.words.iter().filter(|word| text.contains(word.as_str())).count();
        let (quote, marks) = self.quote(&text);
        Ok(Hit {
            report: row.get(0)?,
            path: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
            agency: row.get(2)?,
            year: row.get(3)?,
            kind: row.get(4)?,
            section: row.get(5)?,
            page: row.get(6)?,
            table: row.get(7)?,
            row: row.get(8)?,
            quote,
            marks,
            // The words as they were typed count for more than the same words apart.
            score: score * (1.0 + verbatim as f64),
        })
    }

    /// The words found with those around them.
    fn quote(&self, text: &str) -> (String, Vec<Range<usize>>) {
        let mut wanted: Vec<String> = Vec::new();
        for word in &self.words {
            match text.contains(word.as_str()) {
                true => wanted.push(word.clone()),
                false => wanted.extend(segment(word).split(' ').map(str::to_string)),
            }
        }
        wanted.retain(|word| !word.is_empty());
        let first = wanted.iter().filter_map(|word| text.find(word.as_str())).min().unwrap_or(0);
        let before =
            text[..first].char_indices().rev().take(QUOTE.0).last().map_or(first, |(at, _)| at);
        let tail = &text[before..];
        let end = tail.char_indices().nth(QUOTE.1).map_or(tail.len(), |(at, _)| at);
        let mut quote = String::new();
        if before > 0 {
            quote.push('…');
        }
        quote.push_str(&tail[..end]);
        if end < tail.len() {
            quote.push('…');
        }
        let mut marks: Vec<Range<usize>> = Vec::new();
        for word in &wanted {
            marks.extend(quote.match_indices(word.as_str()).map(|(at, _)| at..at + word.len()));
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut end = 0;
        marks.retain(|mark| {
            let apart = mark.start >= end;
            end = if apart { mark.end } else { end };
            apart
        });
        (quote, marks)
    }
}
