//! One finding: where, what, the arithmetic, what it was compared with, the suggestion, what follows from it.

use super::{BLUE, BOLD, FAINT, GREEN, Page, RED, YELLOW, nearest};
use crate::report::Lang;
use crate::report::json::{FindingEntry, elsewhere};
use std::fmt::Write as _;

/// More consequences of one finding are counted, not listed.
const MOST_FOLLOWS: usize = 6;

impl Page {
    pub(super) fn finding(&mut self, finding: &FindingEntry) {
        let lang = self.style.lang;
        let label = match finding.severity {
            "error" => self.paint(RED, lang.pick("错误", "error")),
            "warning" => self.paint(YELLOW, lang.pick("警告", "warning")),
            _ => self.paint(BLUE, lang.pick("提示", "note")),
        };
        let check = self.paint(BOLD, &finding.check);
        let here = self.place_words(&finding.at);
        let place = self.place(&finding.at);
        let _ = writeln!(self.text, "  {label} {check}{place}");
        if let Some(quote) = self.quote(&finding.at, 4) {
            let _ = writeln!(self.text, "    {quote}");
        }
        self.wrapped("    ", "    ", &finding.message);
        if !finding.arithmetic.is_empty() && !finding.message.contains(&finding.arithmetic) {
            self.wrapped("    ", "    ", &finding.arithmetic);
        }
        for figure in elsewhere(finding) {
            let lead = lang.pick("对照", "compare");
            let quote = self.quote(&figure.at, 10).unwrap_or_default();
            let mut at = self.place_words(&figure.at);
            if at.is_empty() || figure.at.table.is_none() && figure.at.section != finding.at.section
            {
                let section = figure.at.section.as_deref().unwrap_or("");
                let space = if at.is_empty() { "" } else { " " };
                at = format!("{at}{space}{}", nearest(section, self.style.width / 2));
            }
            let _ = writeln!(self.text, "    {lead} {quote}");
            if !at.trim().is_empty() {
                let at = self.paint(FAINT, at.trim_end());
                let _ = writeln!(self.text, "         {at}");
            }
        }
        if let Some(suggestion) = &finding.suggestion {
            let words = format!("{} → {}", suggestion.quote, suggestion.replace_with);
            let words = self.paint(GREEN, &words);
            let label = lang.pick("建议", "suggest");
            let (open, close) = if lang == Lang::Zh { ("（", "）") } else { (" (", ")") };
            let words = format!("{label} {words}{open}{}{close}", suggestion.because);
            self.wrapped("    ", "         ", &words);
        }
        self.follows(finding, &here);
    }

    fn follows(&mut self, finding: &FindingEntry, here: &str) {
        let lang = self.style.lang;
        let count = finding.follows.len();
        if count == 0 {
            return;
        }
        let lead = match lang {
            Lang::Zh => format!("另有 {count} 处随之不符："),
            Lang::En => format!("{count} more follow from it:"),
        };
        let _ = writeln!(self.text, "    {lead}");
        for follow in finding.follows.iter().take(MOST_FOLLOWS) {
            let own = follow.at.quote.as_deref().and_then(|q| q.get(follow.at.mark.clone()));
            let alike = finding.follows.iter().filter(|f| f.message == follow.message);
            let said = own.is_none_or(|own| follow.message.contains(own)) && alike.count() < 2;
            let quote = if said { None } else { self.quote(&follow.at, 8) };
            let colon = if quote.is_some() { lang.pick("：", ": ") } else { "" };
            let mut words = format!("{}{colon}{}", follow.message, quote.unwrap_or_default());
            let at = self.place_words(&follow.at);
            if !at.is_empty() && at != here {
                words.truncate(words.trim_end_matches(['。', '.']).len());
                let _ = write!(words, "{}{at}", lang.pick("，", ", "));
            }
            self.wrapped("      · ", "        ", &words);
        }
        if count > MOST_FOLLOWS {
            let rest = count - MOST_FOLLOWS;
            let words = match lang {
                Lang::Zh => format!("      · 其余 {rest} 处见 --format json"),
                Lang::En => format!("      · {rest} more in --format json"),
            };
            let _ = writeln!(self.text, "{words}");
        }
    }
}
