//! What is known of words: how common each is, which legal form or general word it writes, which names vary it.
//!
//! The words are compiled into one flat file beforehand ([`compile`]) and frozen with it, so that a score depends
//! on the version of the lexicon and never on the list that is searched.

mod compile;
mod role;
mod store;

pub use crate::skeleton::skeleton;
pub use compile::{Row, compile};
pub(crate) use role::{Role, Scope};

use crate::tokens::{Class, Kind};
use store::{Parts, hash, hash_on};

/// The words that the engine knows; immutable, and shared by threads.
///
/// A word is found by one hash and one comparison in flat arrays. Opening copies the arrays and checks them all,
/// entry by entry nothing is allocated.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// What the lexicon was made of; scores of different versions are not comparable.
    pub version: String,
    parts: Parts,
}

/// The number of a known word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry(pub(crate) u32);

/// A hash that grows word by word, so that ever longer phrases cost one pass.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn of(text: &str) -> Self {
        Self(hash(text.as_bytes()))
    }

    pub(crate) fn and(self, text: &str) -> Self {
        Self(hash_on(self.0, text.as_bytes()))
    }
}

impl Lexicon {
    /// A lexicon that knows no word.
    #[must_use]
    pub fn empty() -> Self {
        Self { version: "empty".to_owned(), parts: Parts::default() }
    }

    /// Reads a compiled lexicon; the bytes are not trusted, so every number in them is checked here and once.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes, if they are no lexicon that this engine can read.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let (version, parts) = Parts::read(bytes)?;
        Ok(Self { version, parts })
    }

    /// The groups of person-name variants that a word belongs to, ascending: words that share one are variants.
    #[must_use]
    pub fn groups(&self, token: &str) -> &[u32] {
        self.find(token).map_or(&[], |entry| self.parts.groups(entry))
    }

    /// How much a word tells, from 5 (a title) to 100 (a rare word); from a frozen table, never from the list.
    #[must_use]
    pub fn weight(&self, token: &str, class: Class) -> u16 {
        self.weigh(self.find(token), token.len(), class)
    }

    /// The general form of a canonical legal form: `_gmbh` is a `_llc`.
    #[must_use]
    pub fn generic(&self, token: &str) -> Option<&str> {
        let entry = self.find(token)?;
        self.parts.generic(entry).map(|canonical| self.text(canonical))
    }

    pub(crate) fn find(&self, word: &str) -> Option<Entry> {
        self.find_by(Key::of(word), word)
    }

    pub(crate) fn find_by(&self, key: Key, word: &str) -> Option<Entry> {
        self.parts.find(key.0, word.as_bytes())
    }

    pub(crate) fn text(&self, entry: Entry) -> &str {
        self.parts.text(entry)
    }

    /// What the word does in names of a kind, if it does anything but name.
    pub(crate) fn role(&self, entry: Entry, kind: Kind) -> Option<Role> {
        self.parts.role(entry, kind)
    }

    /// Whether a phrase of several words may begin with this one.
    pub(crate) fn starts(&self, entry: Entry, kind: Kind) -> bool {
        self.parts.starts(entry, kind)
    }

    /// Whether the word is known as part of persons' names, or as common.
    pub(crate) fn is_name(&self, word: &str) -> bool {
        self.find(word)
            .is_some_and(|entry| !self.parts.groups(entry).is_empty() || self.parts.rarity(entry) > 0)
    }

    /// The weight of a word that was looked up before.
    pub(crate) fn weigh(&self, entry: Option<Entry>, length: usize, class: Class) -> u16 {
        let commonness = u16::from(entry.map_or(0, |entry| self.parts.rarity(entry)));
        match class {
            Class::Plain => {
                let longest = match length {
                    0 | 1 => 40,
                    2 => 60,
                    3 => 85,
                    _ => 100,
                };
                (100 - 5 * commonness).min(longest)
            }
            Class::Generic => 20 - commonness * 6 / u16::from(store::COMMONEST),
            Class::Legal => 12,
            Class::Title => 5,
            Class::Particle => 6,
            Class::Initial => 25,
            Class::Number => 80,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
