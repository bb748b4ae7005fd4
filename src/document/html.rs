//! Web pages, and pages that Excel and Word saved (`.htm`, `.mht`, HTML under the name `.xls`).

mod bounds;
mod mime;
mod walk;

use super::{Builder, Document, Format, ReadOptions, Source};
use crate::error::{Error, Result};
use std::path::Path;

/// Largest page.
const MAX_BYTES: usize = 64 << 20;

/// Reads a page.
///
/// # Errors
/// The page is too large or nested too deeply.
pub fn read(path: &Path, bytes: &[u8], _options: &ReadOptions) -> Result<Document> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::new(path, "网页过大 (page too large)"));
    }
    let mut builder = Builder::new(Source::new(path, Format::Html, bytes));
    let pages = if mime::is_archive(bytes) { mime::pages(bytes) } else { vec![decode(bytes)] };
    for page in pages {
        bounds::check(&page).map_err(|why| Error::new(path, why))?;
        if !walk::page(&page, &mut builder) {
            return Err(Error::new(path, "网页损坏 (damaged page)"));
        }
    }
    Ok(builder.finish())
}

/// Whether the bytes look like a page or a web archive.
pub fn sniff(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let text = decode(head).trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']).to_lowercase();
    let xhtml = text.starts_with("<?xml") && text.contains("<html");
    mime::is_archive(bytes)
        || xhtml
        || ["<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div", "<script"]
            .iter()
            .any(|start| text.starts_with(start))
        || text.starts_with("<!--") && text.contains("<html")
}

/// The text of a page: a page may declare gb2312 and be UTF-8, so valid UTF-8 comes first.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return text.to_string(),
        // A head cut inside a character.
        Err(error) if error.error_len().is_none() && error.valid_up_to() + 4 > bytes.len() => {
            return String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
        }
        Err(_) => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        rest.trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
            .collect::<String>()
    });
    let declared = label
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .filter(|encoding| *encoding != encoding_rs::UTF_8);
    declared.unwrap_or(encoding_rs::GB18030).decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::BlockKind;

    fn page(html: &str) -> Document {
        read(Path::new("a.html"), html.as_bytes(), &ReadOptions::default()).unwrap()
    }

    #[test]
    fn gbk_pages_and_wrong_declarations() {
        let html = "<html><meta charset=gb2312><p>收入合计100万元</p></html>";
        let (gbk, _, _) = encoding_rs::GBK.encode(html);
        for bytes in [html.as_bytes(), &gbk] {
            let document = read(Path::new("a"), bytes, &ReadOptions::default()).unwrap();
            assert!(document.text.contains("收入合计100万元"), "{}", document.text);
            assert!(sniff(bytes));
        }
    }

    #[test]
    fn tables_with_spans_and_hidden_rows() {
        let document = page(
            "<table><tr><td rowspan=2>项目<td colspan=2>本年支出<tr><td>基本<td>项目\
             <tr><td>合计<td>1,234<br>.50<td>2&nbsp;</tr><tr style='display:none'><td>x</tr></table>",
        );
        let table = &document.tables[0];
        assert_eq!((table.rows, table.cols), (3, 3));
        let spans: Vec<_> =
            table.cells.iter().take(4).map(|c| (c.row, c.col, c.rowspan, c.colspan)).collect();
        assert_eq!(spans, [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]);
    }

    #[test]
    fn page_furniture_is_kept_apart() {
        let body = "2024年度收入总计100.00万元。".repeat(20);
        let document = page(&format!(
            "<body><div class=nav><a>首页</a><a>政务公开</a></div><div id=main><p>一、收入</p><p>{body}</p></div></body>"
        ));
        let furniture: Vec<_> = document
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Furniture)
            .map(|b| document.slice(b.span))
            .collect();
        assert_eq!(furniture.concat(), "首页政务公开");
    }

    #[test]
    fn deep_pages_are_an_error() {
        let deep = "<div>".repeat(100_000);
        let error = read(Path::new("a"), deep.as_bytes(), &ReadOptions::default());
        assert!(error.unwrap_err().to_string().contains("嵌套过深"));
    }
}
