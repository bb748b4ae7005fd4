//! Formulas that sentences print with their result: `预算执行率=337.30/364.00×100%=92.66%`, `得分=10×95%=9.5分`.
//!
//! Only figures and signs are read: where words stand between (`实际支出/预算数`), it is a rule and claims nothing.

use super::{Claim, Ground, Product, Relation, Term};
use crate::Report;
use crate::document::{BlockKind, Span};
use crate::fact::label::noun;
use crate::number::{Home, Kind, Number, NumberId};
use rust_decimal::Decimal;

/// The results of printed formulas.
pub fn relate(report: &Report) -> Vec<Relation> {
    let mut relations = Vec::new();
    let mut from = 0;
    for own in report.numbers.chunk_by(|one, other| one.home == other.home) {
        let first = from;
        from += own.len();
        let Home::Block(block) = own[0].home else { continue };
        let block = &report.document.blocks[block as usize];
        if own.len() < 3 || !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        let mut line = Line { report, start: block.span.start, tokens: Vec::new(), cut: false };
        for (index, number) in own.iter().enumerate() {
            line.take(number, (first + index) as NumberId);
            let next = own.get(index + 1);
            let goes_on = next.is_some_and(|next| line.signs(number.span.end, next.span.start));
            if !goes_on {
                line.close(&mut relations);
                line.start = number.span.end;
            }
        }
    }
    relations
}

/// A figure or a sign of a formula.
#[derive(Clone, Copy, PartialEq)]
enum Token {
    Figure(NumberId),
    Sign(char),
}

/// A run of figures with nothing but signs between them.
struct Line<'r> {
    report: &'r Report,
    /// Where the words before the run begin.
    start: u32,
    tokens: Vec<Token>,
    /// Whether its beginning is missing.
    cut: bool,
}

/// The sign a character is written for, if it is one.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '×' | '*' | '＊' | '✕' | '✖' | '∗' | 'x' | 'X' => '×',
        '÷' | '/' | '／' => '÷',
        '+' | '＋' => '+',
        '-' | '－' | '−' | '—' | '–' => '-',
        '=' | '＝' | '≈' => '=',
        '(' | '（' | '[' | '【' => '(',
        ')' | '）' | ']' | '】' => ')',
        _ => return None,
    })
}

impl Line<'_> {
    /// Takes the next figure with the brackets before it.
    fn take(&mut self, number: &Number, id: NumberId) {
        if self.tokens.is_empty() {
            let lead =
                self.report.document.slice(Span { start: self.start, end: number.span.start });
            let brackets = lead.trim_end().chars().rev().take_while(|c| sign(*c) == Some('('));
            self.tokens.extend(brackets.map(|_| Token::Sign('(')));
            // What stands before was not read: the run is only the end of a formula.
            let before =
                lead.trim_end().trim_end_matches(|c| sign(c) == Some('(')).chars().next_back();
            self.cut = before.and_then(sign).is_some_and(|sign| sign != '=');
        }
        // 10-0.5 is read as 10 and -0.5.
        let apart = matches!(self.tokens.last(), Some(Token::Figure(_) | Token::Sign(')')));
        let negative = number.value().is_some_and(|value| value.is_sign_negative());
        if apart && negative {
            self.tokens.push(Token::Sign('+'));
        }
        self.tokens.push(Token::Figure(id));
    }

    /// Takes the signs up to the next figure; whether nothing else stands between.
    fn signs(&mut self, from: u32, to: u32) -> bool {
        let words = self.report.document.slice(Span { start: from, end: to });
        // How the result is printed is no factor.
        let words = ["×100%", "*100%", "×100％", "＊100%", "x100%"]
            .iter()
            .fold(words.replace(' ', ""), |words, printed| words.replace(printed, ""));
        let signs = words.chars().filter(|c| !c.is_whitespace()).map(sign);
        let Some(signs) = signs.collect::<Option<Vec<char>>>() else { return false };
        if signs.is_empty() && !self.report.document.slice(Span { start: to, end: to + 1 }).eq("-")
        {
            return false;
        }
        self.tokens.extend(signs.into_iter().map(Token::Sign));
        true
    }

    /// Reads the run: each side that is a formula comes to the next that is one figure.
    fn close(&mut self, relations: &mut Vec<Relation>) {
        let tokens = std::mem::take(&mut self.tokens);
        if self.cut {
            return;
        }
        let sides: Vec<&[Token]> = tokens.split(|token| *token == Token::Sign('=')).collect();
        for (index, side) in sides.iter().enumerate().take(sides.len() - 1) {
            let result = sides[index + 1..].iter().find_map(|side| self.single(side));
            let (Some(result), Some(products)) = (result, self.read(side)) else { continue };
            let figures: usize = products.iter().map(|one| one.over.len() + one.under.len()).sum();
            if figures < 2 || !self.reckons(result, &products) {
                continue;
            }
            let id = products[0].over.first().copied().unwrap_or(result);
            let from = self.report.numbers[id as usize].span.start;
            let at = Span { start: from, end: self.report.numbers[result as usize].span.end };
            let claim = Claim::Formula { result: Term::plus(result), products };
            let check = "sum/formula_differs";
            relations.push(Relation {
                claim,
                check,
                ground: Ground::Sentence,
                at,
                label: self.name(),
            });
        }
    }

    /// What the formula is of: 预算执行率 of `预算执行率=（实际支出/预算数）×100%=…`.
    fn name(&self) -> String {
        let first = self.report.document.slice(Span { start: self.start, ..self.tail() });
        let words = first.split(['=', '＝']).next().unwrap_or(first);
        let words = words.rsplit(['，', '。', '；', '：', ':', '\n']).next().unwrap_or(words);
        let name = noun(words.trim());
        if name.is_empty() { "算式".into() } else { name.to_owned() }
    }

    /// The words before the run, up to the end of its paragraph.
    fn tail(&self) -> Span {
        let document = &self.report.document;
        let end =
            document.block_at(self.start).map(|block| document.blocks[block as usize].span.end);
        Span { start: self.start, end: end.unwrap_or(self.start) }
    }

    fn single(&self, side: &[Token]) -> Option<NumberId> {
        let figures = side.iter().filter_map(|token| match token {
            Token::Figure(id) => Some(*id),
            Token::Sign(_) => None,
        });
        let figures: Vec<NumberId> = figures.collect();
        let bare = side.iter().all(|token| matches!(token, Token::Figure(_) | Token::Sign(')')));
        match figures.as_slice() {
            [id] if bare => Some(*id),
            _ => None,
        }
    }

    /// The summands of a side; brackets around sums are multiplied out.
    fn read(&self, side: &[Token]) -> Option<Vec<Product>> {
        let mut rest = side;
        let products = summands(&mut rest, 0)?;
        // A bracket of the words around the formula closes after it.
        let over = rest.iter().all(|token| *token == Token::Sign(')'));
        (over && products.iter().all(|one| !one.over.is_empty())).then_some(products)
    }

    /// Whether figures and result are quantities that can stand in one formula, amounts among amounts; ×100% alone says
    /// nothing.
    fn reckons(&self, result: NumberId, products: &[Product]) -> bool {
        let number = |id: &NumberId| &self.report.numbers[*id as usize];
        let all = products.iter().flat_map(|one| one.over.iter().chain(&one.under));
        let plain = |number: &Number| {
            let quantity = matches!(
                number.kind,
                Kind::Number | Kind::Percent | Kind::Amount | Kind::Count | Kind::Score
            );
            quantity && number.value().is_some() && number.approximate.is_none()
        };
        let ids: Vec<&NumberId> = all.chain([&result]).collect();
        let money = ids.iter().filter(|id| number(id).kind == Kind::Amount).count();
        let counted = ids.iter().filter(|id| number(id).kind == Kind::Number).count();
        let whole = |id: &&NumberId| number(id).value() != Some(Decimal::ONE_HUNDRED);
        ids.iter().all(|id| plain(number(id)))
            && ids.iter().any(whole)
            && (money == 0 || counted == 0)
    }
}

/// Brackets inside brackets are read so deep.
const DEEPEST: u8 = 4;

/// What is added up until a bracket closes.
fn summands(rest: &mut &[Token], depth: u8) -> Option<Vec<Product>> {
    let mut sum = factors(rest, depth)?;
    while let Some((Token::Sign(sign @ ('+' | '-')), after)) = rest.split_first() {
        *rest = after;
        let mut next = factors(rest, depth)?;
        next.iter_mut().for_each(|one| one.negative ^= *sign == '-');
        sum.extend(next);
    }
    Some(sum)
}

/// What is multiplied: `57/60×10`, `（1780.20-1520.50）/1520.50`. Only products divide.
fn factors(rest: &mut &[Token], depth: u8) -> Option<Vec<Product>> {
    let mut all = factor(rest, depth)?;
    while let Some((Token::Sign(sign @ ('×' | '÷')), after)) = rest.split_first() {
        *rest = after;
        let next = factor(rest, depth)?;
        all = match (*sign, next.as_slice()) {
            ('÷', [one]) => {
                let turned = Product { over: one.under.clone(), under: one.over.clone(), ..*one };
                multiplied(&all, &[turned])?
            }
            ('÷', _) => return None,
            _ => multiplied(&all, &next)?,
        };
    }
    Some(all)
}

fn factor(rest: &mut &[Token], depth: u8) -> Option<Vec<Product>> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    match first {
        Token::Figure(id) => {
            Some(vec![Product { over: vec![*id], under: Vec::new(), negative: false }])
        }
        Token::Sign('(') if depth < DEEPEST => {
            let inside = summands(rest, depth + 1)?;
            if let Some((Token::Sign(')'), after)) = rest.split_first() {
                *rest = after;
                return Some(inside);
            }
            // The bracket of the words around the formula.
            rest.is_empty().then_some(inside)
        }
        Token::Sign(_) => None,
    }
}

/// A sum times a sum, unless that is longer than any formula of a report.
fn multiplied(one: &[Product], other: &[Product]) -> Option<Vec<Product>> {
    if one.len() * other.len() > MOST_PRODUCTS {
        return None;
    }
    let both = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let product = |(a, b): (&Product, &Product)| Product {
        over: [a.over.as_slice(), &b.over].concat(),
        under: [a.under.as_slice(), &b.under].concat(),
        negative: a.negative ^ b.negative,
    };
    Some(both.map(product).collect())
}

/// So many products are multiplied out.
const MOST_PRODUCTS: usize = 64;
