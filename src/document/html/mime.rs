//! Web archives (`.mht`), as Word and Excel save them.

/// Most parts of one archive.
const MAX_PARTS: usize = 2000;

/// Whether the bytes are a MIME message with parts.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_lowercase();
    head.starts_with("mime-version:")
        || head.contains("multipart/related") && head.starts_with("from:")
}

/// The pages among the parts, decoded.
pub(super) fn pages(bytes: &[u8]) -> Vec<String> {
    // Byte for byte: the words of a part may be in any encoding.
    let text = encoding_rs::mem::decode_latin1(bytes);
    let boundary = text.split("boundary=").nth(1).map(|rest| {
        rest.trim_start_matches('"').split(['"', '\r', '\n', ';']).next().unwrap_or("").to_string()
    });
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else {
        return vec![super::decode(bytes)];
    };
    let mut out = Vec::new();
    for part in text.split(&format!("--{boundary}")).skip(1).take(MAX_PARTS) {
        let part = part.trim_start_matches(['\r', '\n']);
        let split = part.find("\r\n\r\n").map(|at| (at, 4)).or(part.find("\n\n").map(|at| (at, 2)));
        let Some((at, gap)) = split else { continue };
        let (head, body) = (part[..at].to_lowercase(), &part[at + gap..]);
        if !head.contains("text/html") {
            continue;
        }
        let raw = if head.contains("quoted-printable") {
            quoted_printable(body)
        } else if head.contains("base64") {
            base64(body)
        } else {
            encoding_rs::mem::encode_latin1_lossy(body).into_owned()
        };
        out.push(super::decode(&raw));
    }
    out
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let bytes = &*encoding_rs::mem::encode_latin1_lossy(body);
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at..] {
            [b'=', b'\r', b'\n', ..] => at += 3,
            [b'=', b'\n', ..] => at += 2,
            [b'=', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let value = |b: u8| char::from(b).to_digit(16).unwrap_or(0) as u8;
                out.push(value(high) << 4 | value(low));
                at += 3;
            }
            _ => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

fn base64(body: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for b in body.bytes() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_web_archive() {
        let mht = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\n\
                   Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                   <p>=E6=94=B6=\r\n=E5=85=A5</p>\r\n--B\r\nContent-Type: text/html\r\n\
                   Content-Transfer-Encoding: base64\r\n\r\nPHA+MTwvcD4=\r\n--B--";
        assert!(is_archive(mht.as_bytes()));
        let pages = pages(mht.as_bytes());
        assert!(pages[0].contains("<p>收入</p>"));
        assert!(pages[1].contains("<p>1</p>"));
    }
}
