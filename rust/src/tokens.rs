//! A name taken apart: its words in Latin letters, what each is, and how much it tells.

use std::hash::{Hash, Hasher};

use compact_str::CompactString;

use crate::lexicon::{Glossary, Lexicon, Notes};
use crate::words::Words;
use crate::{persons, phrases};

/// At most so many words of a name are taken into account.
pub const MAX_TOKENS: usize = 64;
/// At most so many bytes of a word are taken into account.
pub const MAX_TOKEN: usize = 64;

/// What a name is the name of: persons' names are read differently from ships'.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A natural person.
    Person = 0,
    /// A company, authority or group.
    Organisation = 1,
    /// A ship.
    Vessel = 2,
    /// Anything else, or not known; read as an organisation's.
    Other = 3,
}

/// What a word does in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Class {
    /// A word that names.
    Plain = 0,
    /// A word that many organisations share: group, trading, technology.
    Generic = 1,
    /// A legal form.
    Legal = 2,
    /// A title of a person or a ship.
    Title = 3,
    /// A joining word: al, von, and.
    Particle = 4,
    /// One letter that stands for a name.
    Initial = 5,
    /// A number.
    Number = 6,
}

/// One word of a name. Words are the same by text, class and weight.
#[derive(Clone, Debug)]
pub struct Token {
    /// `a-z0-9` only, or a canonical form of a class beginning with `_`, such as `_llc`.
    pub text: CompactString,
    /// What the word does in the name.
    pub class: Class,
    /// How much the word tells, from 5 to 100.
    pub weight: u16,
    /// A number that the glossary by which it was read gives to this word and to no other; 0 if it gives none.
    pub number: u32,
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        // Readings under two kinds mostly differ in weight, which is cheaper to compare than letters.
        self.weight == other.weight && self.class == other.class && self.text == other.text
    }
}

impl Eq for Token {}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.text, self.class, self.weight).hash(state);
    }
}

/// A name taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Name {
    /// Its words, in order; of a person's name written `LAST, First` the given names come first.
    pub tokens: Vec<Token>,
    /// Whether anything was transliterated.
    pub script_original: bool,
    /// Whether words or letters beyond [`MAX_TOKENS`] and [`MAX_TOKEN`] were left out.
    pub truncated: bool,
}

/// Takes a name apart, bounded in time and size whatever the text is.
///
/// Words are written in Latin letters without diacritics. Legal forms and general words of many languages become
/// one canonical token each; nothing is deleted, its weight says how little it tells.
///
/// ```
/// # use vacatur_core::{lexicon::Lexicon, tokens::{Kind, analyse}};
/// let name = analyse(&Lexicon::empty(), "AL-RAWI, Salman bin Muhammad", Kind::Person);
/// let words: Vec<&str> = name.tokens.iter().map(|token| token.text.as_str()).collect();
/// assert_eq!(words, ["salman", "bin", "muhammad", "al", "rawi"]);
/// ```
#[must_use]
pub fn analyse(lexicon: &Lexicon, text: &str, kind: Kind) -> Name {
    Text::new(text).read(&mut Glossary::new(lexicon, Notes::default()), kind)
}

/// A text to be read under one kind after another: nearly every text is parted into the same words under all of them,
/// which is done once.
pub struct Text<'t> {
    /// The text.
    pub text: &'t str,
    words: Words,
    /// The kind under which it was parted into words.
    parted: Option<Kind>,
    /// Whether the words were looked up.
    known: bool,
}

impl<'t> Text<'t> {
    /// A text that was not read yet.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, words: Words::default(), parted: None, known: false }
    }

    /// Takes another text in its place.
    pub fn begin(&mut self, text: &'t str) {
        (self.text, self.parted) = (text, None);
    }

    /// Parts it into words as they will be read under a kind, and asks the glossary for where it has noted them. Of many
    /// texts all are parted before any is read.
    pub fn part(&mut self, glossary: &Glossary<'_>, kind: Kind) {
        if self.parted.is_none_or(|parted| parted != kind && self.words.is_otherwise(kind)) {
            self.words = std::mem::take(&mut self.words).instead(glossary.lexicon, self.text, kind);
            (self.parted, self.known) = (Some(kind), false);
            glossary.places_ahead(self.words.hashed().map(|(hash, _)| hash));
        }
    }

    /// Asks for what the glossary has noted of its words.
    pub fn ahead(&self, glossary: &Glossary<'_>) {
        glossary.words_ahead(self.words.hashed());
    }

    /// Takes it apart under a kind, as [`analyse`] does; always with the same glossary, which is not trimmed meanwhile.
    pub fn read(&mut self, glossary: &mut Glossary<'_>, kind: Kind) -> Name {
        self.read_into(Vec::new(), glossary, kind)
    }

    /// The same, in the room that an empty list of tokens has.
    pub fn read_into(&mut self, mut tokens: Vec<Token>, glossary: &mut Glossary<'_>, kind: Kind) -> Name {
        self.part(glossary, kind);
        let words = &mut self.words;
        if !self.known {
            words.look_up(glossary);
            self.known = true;
        }
        match kind {
            Kind::Person => persons::tokens(glossary, words, &mut tokens),
            Kind::Organisation | Kind::Vessel | Kind::Other => {
                phrases::tokens(glossary, words, kind, &mut tokens);
            }
        }
        // One word may be read as two: Abdurrahman.
        let truncated = words.truncated || tokens.len() > MAX_TOKENS;
        tokens.truncate(MAX_TOKENS);
        Name { tokens, script_original: words.foreign, truncated }
    }
}

#[cfg(test)]
mod tests;
