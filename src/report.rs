//! Output: findings and structure as text, JSON, SARIF, HTML and workbook.
