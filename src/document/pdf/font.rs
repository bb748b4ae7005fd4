//! The Unicode of a glyph where the font does not say it: GBK fonts that are not embedded, CID fonts without ToUnicode.
//!
//! What cannot be known is U+FFFD, so that a number that holds such a glyph is unread, never shorter.

use crate::document::symbol;
use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro_syntax::object::dict::keys::{
    BASE_FONT, CIDSYSTEMINFO, DESCENDANT_FONTS, ENCODING, FONT, ORDERING, REGISTRY, RESOURCES,
    SUBTYPE, XOBJECT,
};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as Text};
use std::collections::HashMap;
use std::rc::Rc;

/// A glyph without a known character.
pub(super) const UNKNOWN: char = '\u{FFFD}';
/// Deepest nesting of forms whose fonts are looked at.
const MAX_DEPTH: usize = 6;
/// Most forms of a page whose fonts are looked at.
const MOST_FORMS: usize = 200;

/// What the fonts of a document can tell beyond ToUnicode; filled as glyphs ask.
#[derive(Default)]
pub(super) struct Fonts {
    collections: HashMap<String, Option<Rc<Collection>>>,
    programs: HashMap<u128, Rc<HashMap<u16, char>>>,
}

/// The characters of a CID font by its character collection.
struct Collection {
    encoding: CMap,
    unicode: CMap,
}

impl Fonts {
    /// Hands the characters that `glyph` shows to `each`; `resources` are those of its page.
    pub fn characters(
        &mut self,
        glyph: &Glyph<'_>,
        resources: &Dict<'_>,
        mut each: impl FnMut(char),
    ) {
        match glyph.as_unicode() {
            Some(BfString::Char(c)) if plain(c) => each(c),
            Some(BfString::Char(c)) => each(self.settled(c, glyph, resources)),
            Some(BfString::String(text)) => {
                text.chars().for_each(|c| each(self.settled(c, glyph, resources)));
            }
            None => each(self.searched(glyph, resources)),
        }
    }

    /// A character of ToUnicode that needs a second look.
    fn settled(&mut self, c: char, glyph: &Glyph<'_>, resources: &Dict<'_>) -> char {
        match c {
            '\t' | '\n' | '\r' => ' ',
            // A soft hyphen that is drawn is a hyphen.
            '\u{AD}' => '-',
            c if c.is_control() || c == UNKNOWN => self.searched(glyph, resources),
            c if private(c) => match glyph {
                Glyph::Outline(outline) => symbol_of(outline, c)
                    .or_else(|| blank(outline).then_some(' '))
                    .unwrap_or(UNKNOWN),
                Glyph::Type3(_) => UNKNOWN,
            },
            c => match glyph {
                Glyph::Outline(outline) => symbol_of(outline, c).unwrap_or(c),
                Glyph::Type3(_) => c,
            },
        }
    }

    /// The character of a glyph without ToUnicode.
    fn searched(&mut self, glyph: &Glyph<'_>, resources: &Dict<'_>) -> char {
        let Glyph::Outline(outline) = glyph else { return UNKNOWN };
        let found = self.by_collection(outline, resources).or_else(|| self.by_program(outline));
        match found {
            Some(c) if plain(c) => c,
            Some(c) if !private(c) && !c.is_control() => symbol_of(outline, c).unwrap_or(c),
            _ if blank(outline) => ' ',
            Some(c) => symbol_of(outline, c).unwrap_or(UNKNOWN),
            None => UNKNOWN,
        }
    }

    /// Character code → CID → Unicode, for the fonts of Adobe-GB1 and its like.
    fn by_collection(&mut self, glyph: &OutlineGlyph, resources: &Dict<'_>) -> Option<char> {
        let name = glyph.font_data()?.postscript_name?;
        let collection = self.collections.entry(name).or_insert_with_key(|name| {
            let mut forms = MOST_FORMS;
            let dict = font_named(name, resources, 0, &mut forms)?;
            Collection::new(&dict).map(Rc::new)
        });
        let collection = collection.as_ref()?;
        let code = glyph.char_code();
        let cid = (1..=4).find_map(|length| collection.encoding.lookup_cid_code(code, length))?;
        match collection.unicode.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c),
            BfString::String(text) => text.chars().next(),
        }
    }

    /// The character whose glyph the font program says this is.
    fn by_program(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let data = glyph.font_data()?;
        let inverse = self
            .programs
            .entry(data.cache_key)
            .or_insert_with(|| Rc::new(inverted((*data.data).as_ref()).unwrap_or_default()));
        inverse.get(&u16::try_from(glyph.glyph_id().to_u32()).ok()?).copied()
    }
}

impl Collection {
    fn new(font: &Dict<'_>) -> Option<Self> {
        let encoding = match font.get::<Object<'_>>(ENCODING)? {
            Object::Name(name) => match CMapName::from_bytes(&name) {
                CMapName::IdentityH => CMap::identity_h(),
                CMapName::IdentityV => CMap::identity_v(),
                name => CMap::parse(load_embedded(name)?, load_embedded)?,
            },
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        let family = encoding.metadata().character_collection.as_ref().map(|c| c.family.clone());
        let family = match family {
            Some(family) if family.ucs2_cmap().is_some() => family,
            _ => {
                let below = font.get::<Array<'_>>(DESCENDANT_FONTS)?.iter::<Dict<'_>>().next()?;
                let info = below.get::<Dict<'_>>(CIDSYSTEMINFO)?;
                let (registry, ordering) =
                    (info.get::<Text<'_>>(REGISTRY)?, info.get::<Text<'_>>(ORDERING)?);
                CidFamily::from_registry_ordering(&registry, &ordering)
            }
        };
        let unicode = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
        Some(Self { encoding, unicode })
    }
}

/// The composite font of the page, or of the forms it draws, that bears `name`.
fn font_named<'a>(
    name: &str,
    resources: &Dict<'a>,
    depth: usize,
    forms: &mut usize,
) -> Option<Dict<'a>> {
    let fonts = resources.get::<Dict<'_>>(FONT).unwrap_or_default();
    for key in fonts.keys() {
        let Some(font) = fonts.get::<Dict<'_>>(&key) else { continue };
        let composite = font.get::<Name<'_>>(SUBTYPE).is_some_and(|kind| &*kind == b"Type0");
        if composite && font.get::<Name<'_>>(BASE_FONT).is_some_and(|n| bare(n.as_str()) == name) {
            return Some(font);
        }
    }
    let objects = resources.get::<Dict<'_>>(XOBJECT).unwrap_or_default();
    for key in objects.keys() {
        if depth >= MAX_DEPTH || *forms == 0 {
            return None;
        }
        *forms -= 1;
        let Some(form) = objects.get::<Stream<'_>>(&key) else { continue };
        if let Some(inner) = form.dict().get::<Dict<'_>>(RESOURCES)
            && let Some(font) = font_named(name, &inner, depth + 1, forms)
        {
            return Some(font);
        }
    }
    None
}

/// `ABCDEF+SimSun` is `SimSun`.
fn bare(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}

/// Glyph → character by the Unicode tables of a TrueType or OpenType font.
fn inverted(data: &[u8]) -> Option<HashMap<u16, char>> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let mut out = HashMap::new();
    for table in face.tables().cmap?.subtables.into_iter().filter(|table| table.is_unicode()) {
        table.codepoints(|code| {
            if let (Some(c), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) {
                // Of several characters the plain one: `一` before the radical `⼀`.
                let known = out.entry(glyph.0).or_insert(c);
                if !plain(*known) && plain(c) {
                    *known = c;
                }
            }
        });
    }
    Some(out)
}

/// Whether the character is what it says in any font.
fn plain(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | ' ' | ','..='.' | '\u{3000}'..='\u{303f}'
        | '\u{ff01}'..='\u{ff5e}')
}

fn private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

fn blank(glyph: &OutlineGlyph) -> bool {
    glyph.outline().elements().is_empty()
}

/// The tick or sign that Wingdings or Symbol show for `c`.
fn symbol_of(glyph: &OutlineGlyph, c: char) -> Option<char> {
    let name = glyph.font_data()?.postscript_name?.to_ascii_lowercase();
    let font = match () {
        () if name.contains("wingdings2") || name.contains("wingdings 2") => "Wingdings 2",
        () if name.contains("wingdings3") => return None,
        () if name.contains("wingdings") => "Wingdings",
        () if name == "symbol" || name == "symbolmt" => "Symbol",
        () => return None,
    };
    symbol::shown(font, c)
}
