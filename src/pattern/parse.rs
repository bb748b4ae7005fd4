//! The syntax of patterns: text to a tree.

use std::iter::Peekable;
use std::str::Chars;

/// A parsed pattern.
pub(super) struct Parsed {
    pub(super) tree: Node,
    /// Whether `^` and `$` stand at lines.
    pub(super) lines: bool,
    /// Number of groups, with the whole.
    pub(super) groups: usize,
    /// Named groups and their numbers.
    pub(super) names: Vec<(String, usize)>,
}

/// A part of a pattern.
pub(super) enum Node {
    Char(char),
    Class(Class),
    Assert(Assert),
    Group(Box<Node>, usize),
    Concat(Vec<Node>),
    Alternatives(Vec<Node>),
    Repeat { node: Box<Node>, least: usize, most: Option<usize>, lazy: bool },
}

/// What must hold at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Assert {
    Start,
    End,
    Boundary,
}

/// `\p{Han}`
const HAN: [(char, char); 13] = [
    ('\u{2e80}', '\u{2e99}'),
    ('\u{2e9b}', '\u{2ef3}'),
    ('\u{2f00}', '\u{2fd5}'),
    ('々', '々'),
    ('〇', '〇'),
    ('\u{3021}', '\u{3029}'),
    ('\u{3038}', '\u{303b}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{f900}', '\u{fa6d}'),
    ('\u{fa70}', '\u{fad9}'),
    ('\u{16ff0}', '\u{16ff1}'),
    ('\u{20000}', '\u{323af}'),
];

/// A set of characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Class {
    ranges: Vec<(char, char)>,
    blanks: bool,
    words: bool,
    not: bool,
}

impl Class {
    pub(super) fn contains(&self, c: char) -> bool {
        let inside = self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
            || self.blanks && c.is_whitespace()
            || self.words && is_word(c);
        inside != self.not
    }

    /// Its ranges, unless it is open: negated or with `\w`.
    pub(super) fn ranges(&self) -> Option<Vec<(char, char)>> {
        const BLANKS: [(char, char); 10] = [
            ('\u{9}', '\u{d}'),
            (' ', ' '),
            ('\u{85}', '\u{85}'),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
        ];
        let blanks = if self.blanks { BLANKS.as_slice() } else { &[] };
        (!self.not && !self.words).then(|| [&self.ranges, blanks].concat())
    }

    /// Its characters, if it is a short list of them.
    pub(super) fn few(&self) -> Option<Vec<char>> {
        let short = !self.not && !self.words && !self.blanks && self.ranges.len() <= 12;
        let single = |(from, to): &(char, char)| (from == to).then_some(*from);
        short.then(|| self.ranges.iter().map(single).collect()).flatten()
    }

    fn escape(&mut self, c: char) -> Result<(), String> {
        match c {
            'd' => self.ranges.push(('0', '9')),
            's' => self.blanks = true,
            'w' => self.words = true,
            c => {
                let c = literal(c)?;
                self.ranges.push((c, c));
            }
        }
        Ok(())
    }
}

/// Letters, digits and `_`.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn literal(c: char) -> Result<char, String> {
    match c {
        'n' => Ok('\n'),
        't' => Ok('\t'),
        'r' => Ok('\r'),
        c if c.is_alphanumeric() => Err(format!("unknown escape \\{c}")),
        c => Ok(c),
    }
}

/// Parses a pattern.
pub(super) fn parse(pattern: &str) -> Result<Parsed, String> {
    let lines = pattern.starts_with("(?m)");
    let body = pattern.strip_prefix("(?m)").unwrap_or(pattern);
    let mut parser = Parser { rest: body.chars().peekable(), groups: 1, names: Vec::new() };
    let tree = parser.alternatives()?;
    match parser.rest.next() {
        None => Ok(Parsed { tree, lines, groups: parser.groups, names: parser.names }),
        Some(c) => Err(format!("unexpected {c}")),
    }
}

struct Parser<'a> {
    rest: Peekable<Chars<'a>>,
    groups: usize,
    names: Vec<(String, usize)>,
}

impl Parser<'_> {
    fn eat(&mut self, c: char) -> bool {
        self.rest.next_if_eq(&c).is_some()
    }

    fn expect(&mut self, c: char) -> Result<(), String> {
        if self.eat(c) { Ok(()) } else { Err(format!("{c} is missing")) }
    }

    fn next(&mut self) -> Result<char, String> {
        self.rest.next().ok_or_else(|| "it ends early".to_owned())
    }

    fn alternatives(&mut self) -> Result<Node, String> {
        let mut all = vec![self.concat()?];
        while self.eat('|') {
            all.push(self.concat()?);
        }
        Ok(if all.len() == 1 { all.swap_remove(0) } else { Node::Alternatives(all) })
    }

    fn concat(&mut self) -> Result<Node, String> {
        let mut parts = Vec::new();
        while self.rest.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let node = self.atom()?;
            parts.push(self.repeated(node)?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Node::Concat(parts) })
    }

    fn atom(&mut self) -> Result<Node, String> {
        Ok(match self.next()? {
            '(' => self.group()?,
            '[' => Node::Class(self.class()?),
            '.' => Node::Class(Class { ranges: vec![('\n', '\n')], not: true, ..Class::default() }),
            '^' => Node::Assert(Assert::Start),
            '$' => Node::Assert(Assert::End),
            '\\' => match self.next()? {
                'b' => Node::Assert(Assert::Boundary),
                'p' => {
                    let han = "{Han}".chars().all(|c| self.eat(c));
                    han.then_some(()).ok_or(r"only Han may follow \p")?;
                    Node::Class(Class { ranges: HAN.to_vec(), ..Class::default() })
                }
                c @ ('d' | 's' | 'w') => {
                    let mut class = Class::default();
                    class.escape(c)?;
                    Node::Class(class)
                }
                c => Node::Char(literal(c)?),
            },
            c @ ('?' | '*' | '+') => return Err(format!("nothing before {c}")),
            c => Node::Char(c),
        })
    }

    fn group(&mut self) -> Result<Node, String> {
        let mut group = Some(self.groups);
        if self.eat('?') {
            match self.next()? {
                ':' => group = None,
                'P' => {
                    self.expect('<')?;
                    let mut name = String::new();
                    loop {
                        match self.next()? {
                            '>' => break,
                            c => name.push(c),
                        }
                    }
                    if self.names.iter().any(|(own, _)| *own == name) {
                        return Err(format!("two groups are named {name}"));
                    }
                    self.names.push((name, self.groups));
                }
                c => return Err(format!("unknown group (?{c}")),
            }
        }
        self.groups += usize::from(group.is_some());
        let inner = self.alternatives()?;
        self.expect(')')?;
        Ok(match group {
            Some(group) => Node::Group(Box::new(inner), group),
            None => inner,
        })
    }

    fn class(&mut self) -> Result<Class, String> {
        let mut class = Class { not: self.eat('^'), ..Class::default() };
        let mut first = true;
        loop {
            let from = match self.next()? {
                ']' if !first => return Ok(class),
                '\\' => {
                    let c = self.next()?;
                    class.escape(c)?;
                    first = false;
                    continue;
                }
                c => c,
            };
            first = false;
            let mut to = from;
            if self.eat('-') {
                to = match self.next()? {
                    ']' => {
                        class.ranges.extend([(from, from), ('-', '-')]);
                        return Ok(class);
                    }
                    c => c,
                };
            }
            if from > to {
                return Err(format!("{from}-{to} is no range"));
            }
            class.ranges.push((from, to));
        }
    }

    fn repeated(&mut self, node: Node) -> Result<Node, String> {
        let (least, most) = match self.rest.peek() {
            Some('?') => (0, Some(1)),
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('{') => {
                self.next()?;
                let least = self.number()?;
                let most = if self.eat(',') {
                    let open = self.rest.peek() == Some(&'}');
                    if open { None } else { Some(self.number()?) }
                } else {
                    Some(least)
                };
                if self.rest.peek() != Some(&'}') || most.is_some_and(|most| most < least) {
                    return Err("no count in {}".to_owned());
                }
                (least, most)
            }
            _ => return Ok(node),
        };
        self.next()?;
        let lazy = self.eat('?');
        Ok(Node::Repeat { node: Box::new(node), least, most, lazy })
    }

    fn number(&mut self) -> Result<usize, String> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().map_err(|_| "a count is no number".to_owned())
    }
}
