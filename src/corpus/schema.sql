-- One corpus of reports. `gouji corpus schema` shows the manual page; its text is docs/corpus.md.
-- Tables in the singular hold names as numbers of `name`; the views in the plural show them as words.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE name (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE reports (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, reader TEXT NOT NULL, parts INTEGER NOT NULL,
  kind TEXT NOT NULL, agency TEXT, year INTEGER, unit TEXT,
  format TEXT NOT NULL, pages INTEGER, bytes INTEGER NOT NULL,
  numbers INTEGER NOT NULL, read INTEGER NOT NULL, bound INTEGER NOT NULL, checked INTEGER NOT NULL,
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, notes INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_agency ON reports (agency, year);
CREATE INDEX reports_year ON reports (year);

CREATE TABLE files (
  path TEXT PRIMARY KEY, sha256 TEXT, bytes INTEGER, format TEXT, pages INTEGER, reader TEXT NOT NULL,
  report INTEGER, part INTEGER, error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX files_report ON files (report);
CREATE INDEX files_error ON files (path) WHERE error IS NOT NULL;

CREATE TABLE sections (
  report INTEGER NOT NULL, id INTEGER NOT NULL, parent INTEGER, level INTEGER NOT NULL,
  label TEXT NOT NULL, title TEXT NOT NULL, path TEXT NOT NULL, PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- id = report * 1048576 + place in the report
CREATE TABLE passages (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, section INTEGER NOT NULL, part INTEGER NOT NULL, page INTEGER,
  "table" INTEGER, row INTEGER, spans TEXT, text TEXT NOT NULL
) STRICT;

CREATE TABLE tables (
  report INTEGER NOT NULL, id INTEGER NOT NULL, form TEXT, title TEXT, unit TEXT,
  header_rows INTEGER NOT NULL, rows INTEGER NOT NULL, columns INTEGER NOT NULL, page INTEGER,
  PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE number (
  report INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL, value TEXT NOT NULL, unit INTEGER NOT NULL,
  fen INTEGER, finer TEXT, place INTEGER, approximate INTEGER, section INTEGER NOT NULL,
  passage INTEGER, at INTEGER, length INTEGER, col INTEGER, page INTEGER,
  x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER, cell TEXT,
  PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  report INTEGER NOT NULL, id INTEGER NOT NULL, indicator INTEGER NOT NULL, label INTEGER NOT NULL,
  fund INTEGER, basis INTEGER NOT NULL, year INTEGER, entity INTEGER NOT NULL, measure INTEGER NOT NULL,
  number INTEGER NOT NULL, negative INTEGER NOT NULL, of INTEGER, against INTEGER,
  base_year INTEGER, base_basis INTEGER, certainty INTEGER NOT NULL,
  PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- What a report says of one indicator, all mentions taken together; first collected by report, then by indicator.
CREATE TABLE figure_new (
  report INTEGER NOT NULL, indicator INTEGER NOT NULL, fund INTEGER NOT NULL, basis INTEGER NOT NULL,
  year INTEGER NOT NULL, derived INTEGER NOT NULL, fen INTEGER, low TEXT NOT NULL, high TEXT NOT NULL,
  number INTEGER NOT NULL, other INTEGER, mentions INTEGER NOT NULL, agree INTEGER NOT NULL,
  PRIMARY KEY (report, indicator, fund, basis, year, derived)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure (
  report INTEGER NOT NULL, indicator INTEGER NOT NULL, fund INTEGER NOT NULL, basis INTEGER NOT NULL,
  year INTEGER NOT NULL, derived INTEGER NOT NULL, fen INTEGER, low TEXT NOT NULL, high TEXT NOT NULL,
  number INTEGER NOT NULL, other INTEGER, mentions INTEGER NOT NULL, agree INTEGER NOT NULL,
  PRIMARY KEY (indicator, report, fund, basis, year, derived)
) STRICT, WITHOUT ROWID;

CREATE TABLE codes (
  report INTEGER NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL, class_name TEXT, group_name TEXT,
  item_name TEXT, official_name TEXT, status TEXT NOT NULL, PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicators (
  report INTEGER NOT NULL, id INTEGER NOT NULL, project TEXT, attributes TEXT NOT NULL,
  total TEXT, fiscal TEXT, other TEXT, goal TEXT, score TEXT, quote TEXT, page INTEGER, PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_rows (
  report INTEGER NOT NULL, indicator INTEGER NOT NULL, row INTEGER NOT NULL,
  level1 TEXT, level2 TEXT, level3 TEXT, operator TEXT, target TEXT, unit TEXT, weight TEXT, actual TEXT, score TEXT,
  PRIMARY KEY (report, indicator, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE charts (
  report INTEGER NOT NULL, id INTEGER NOT NULL, title TEXT NOT NULL, categories TEXT NOT NULL, series TEXT NOT NULL,
  PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE findings (
  report INTEGER NOT NULL, id INTEGER NOT NULL, "check" TEXT NOT NULL, severity TEXT NOT NULL, message TEXT NOT NULL,
  arithmetic TEXT NOT NULL, section TEXT, quote TEXT, page INTEGER, place TEXT NOT NULL,
  suggestion TEXT, because TEXT, repairs INTEGER, follows TEXT, fingerprint TEXT NOT NULL, PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  report INTEGER NOT NULL, finding INTEGER NOT NULL, id INTEGER NOT NULL, role TEXT NOT NULL, value TEXT, unit TEXT NOT NULL,
  low TEXT, high TEXT, quote TEXT, page INTEGER, place TEXT NOT NULL, PRIMARY KEY (report, finding, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
  report INTEGER NOT NULL, id INTEGER NOT NULL, kind INTEGER NOT NULL, why INTEGER NOT NULL,
  passage INTEGER, at INTEGER, length INTEGER, page INTEGER, PRIMARY KEY (report, id)
) STRICT, WITHOUT ROWID;

-- Words of the passages; rowid = passages.id. `marks` holds the indicators and codes of the passage's figures.
CREATE VIRTUAL TABLE words USING fts5 (
  text, marks, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 0 tokenchars '._%/-'"
);

CREATE VIEW numbers AS
SELECT n.report, n.id, k.name AS kind, n.value, u.name AS unit, n.fen, n.finer, n.place, a.name AS approximate, n.section,
  n.report * 1048576 + n.passage AS passage, n.at, n.length, n.col AS "column", n.page,
  n.x0 / 10.0 AS x0, n.y0 / 10.0 AS y0, n.x1 / 10.0 AS x1, n.y1 / 10.0 AS y1, n.cell
FROM number n JOIN name k ON k.id = n.kind JOIN name u ON u.id = n.unit LEFT JOIN name a ON a.id = n.approximate;

CREATE VIEW facts AS
SELECT f.report, f.id, i.name AS indicator, l.name AS label, d.name AS fund, b.name AS basis, f.year,
  e.name AS entity, m.name AS measure, f.number, f.negative, f.of, f.against, f.base_year, bb.name AS base_basis,
  f.certainty
FROM fact f JOIN name i ON i.id = f.indicator JOIN name l ON l.id = f.label LEFT JOIN name d ON d.id = f.fund
  JOIN name b ON b.id = f.basis JOIN name e ON e.id = f.entity JOIN name m ON m.id = f.measure
  LEFT JOIN name bb ON bb.id = f.base_basis;

CREATE VIEW figures AS
SELECT f.report, i.name AS indicator, d.name AS fund, b.name AS basis, f.year, f.derived, f.fen, f.low, f.high,
  f.number, f.other, f.mentions, f.agree
FROM (SELECT * FROM figure UNION ALL SELECT report, indicator, fund, basis, year, derived, fen, low, high, number, other,
  mentions, agree FROM figure_new) f
  JOIN name i ON i.id = f.indicator LEFT JOIN name d ON d.id = f.fund JOIN name b ON b.id = f.basis;

CREATE VIEW gaps AS
SELECT g.report, g.id, k.name AS kind, w.name AS why, g.report * 1048576 + g.passage AS passage, g.at, g.length, g.page
FROM gap g JOIN name k ON k.id = g.kind JOIN name w ON w.id = g.why;

CREATE VIEW cells AS
SELECT p.id / 1048576 AS report, p."table", p.row, c.key + 1 AS "column", c.value AS text, p.id AS passage
FROM passages p, json_each('["' || replace(replace(replace(p.text, '\', '\\'), '"', '\"'), char(9), '","') || '"]') c
WHERE p.kind = 'row';

CREATE VIEW failures AS
SELECT path, error, sha256, bytes, reader FROM files WHERE error IS NOT NULL;
