//! What is known of words: how common each is, which legal form or general word it writes, which names vary it.
//!
//! The words are compiled into one flat file beforehand ([`compile`]) and frozen with it, so that a score depends
//! on the version of the lexicon and never on the list that is searched.

mod compile;
mod near;
mod role;
mod store;

pub use crate::skeleton::skeleton;
pub use compile::{Row, compile};
pub(crate) use near::slip;
pub(crate) use role::{Role, Scope};

use crate::tokens::{Class, Kind};
use near::Near;
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
    /// General words and common ones, by what they are misspelt as.
    near: Near,
}

/// The number of a known word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry(pub(crate) u32);

/// A name, the general word written together with it, and whether that comes first.
pub(crate) type Parted<'a> = (&'a str, Role, bool);

/// Class of commonness (`rarity`) from which a word is misspelt more often than others come to look like it.
const COMMON: u8 = 3;
/// Class from which a general word is met everywhere.
const USUAL: u8 = 5;

/// … and from which one is met so often that even its first letter may be the slip.
const EVERYWHERE: u8 = 7;

/// Whether words of one length differ by the order of their letters only, as far as a slip goes.
fn same_letters(a: &str, b: &str) -> bool {
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    sum(a) == sum(b)
}

/// From so many letters on, a word lies near few others by chance.
const FAR: usize = 5;

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
        Self { version: "empty".to_owned(), ..Self::default() }
    }

    /// Reads a compiled lexicon; the bytes are not trusted, so every number in them is checked here and once.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes, if they are no lexicon that this engine can read.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let (version, parts) = Parts::read(bytes)?;
        let near = Near::of(parts.entries().filter(|(entry, word)| parts.is_common(*entry, word)));
        Ok(Self { version, parts, near })
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

    /// Whether the lexicon knows the word itself: as common, as a form of a name, or for what it does.
    pub(crate) fn is_known(&self, entry: Option<Entry>) -> bool {
        entry.is_some_and(|entry| self.parts.is_known(entry))
    }

    /// Whether a word is common, so that people know how to write it.
    #[must_use]
    pub fn is_common(&self, word: &str) -> bool {
        self.find(word).is_some_and(|entry| self.parts.rarity(entry) > 0)
    }

    /// The general word or legal form that an unknown word misspells by one letter; of short words, and of those
    /// that few names have, the first letter is taken to be right, for too many names lie near them.
    pub(crate) fn misspelt(&self, word: &str, kind: Kind) -> Option<Role> {
        let able = self.slips(word).filter_map(|entry| self.general(entry, kind).map(|role| (entry, role)));
        let sure = able.filter(|(entry, role)| {
            let general = self.text(*entry);
            let common = self.parts.rarity(role.canonical);
            let first = general.as_bytes()[0] == word.as_bytes()[0];
            match general.len() {
                ..FAR => {
                    common >= USUAL && first && general.len() == word.len() && same_letters(general, word)
                }
                FAR => common >= USUAL && (first || common >= EVERYWHERE),
                _ => common >= USUAL || common > 0 && first,
            }
        });
        sure.map(|(_, role)| role).min_by_key(|role| role.canonical.0)
    }

    fn slips(&self, word: &str) -> impl Iterator<Item = Entry> {
        self.near.candidates(word).into_iter().filter(move |entry| slip(word, self.text(*entry)))
    }

    /// The weight of a word that nobody knows: if it misspells common words, little more than the rarest of these.
    pub(crate) fn weigh_unknown(&self, word: &str) -> u16 {
        let own = self.weigh(None, word.len(), Class::Plain);
        if word.len() < FAR {
            return own;
        }
        let able = self.slips(word).filter(|entry| self.parts.rarity(*entry) >= COMMON);
        let weights = able.map(|entry| self.weigh(Some(entry), self.text(entry).len(), Class::Plain));
        weights.max().map_or(own, |weight| own.min(weight + (own - weight.min(own)) / 4))
    }

    /// What an unknown word is put together from, a name and a general word: `kumgangbank`, `grupocima`.
    pub(crate) fn parted<'a>(&self, word: &'a str, kind: Kind) -> Option<Parted<'a>> {
        const SHORTEST: usize = 4;
        let general = |part: &str, least: u8| {
            let role = self.general(self.find(part)?, kind)?;
            (self.parts.rarity(role.canonical) >= least).then_some(role)
        };
        // The shorter the general word, the commoner must it be and the more must be left of the name.
        let behind = (2..word.len().saturating_sub(SHORTEST - 1)).find_map(|at| {
            let common = match (at, word.len() - at) {
                (_, 7..) => 1,
                (2.., 6) | (3.., 5) | (4.., 4) => USUAL,
                (3, 4) => EVERYWHERE,
                _ => return None,
            };
            general(&word[at..], common).map(|role| (&word[..at], role, false))
        });
        behind.or_else(|| {
            (SHORTEST..word.len().saturating_sub(3)).rev().find_map(|end| {
                let least = if end == SHORTEST { EVERYWHERE } else { USUAL };
                general(&word[..end], least).map(|role| (&word[end..], role, true))
            })
        })
    }

    /// What a general word or a legal form does wherever it stands.
    pub(crate) fn general(&self, entry: Entry, kind: Kind) -> Option<Role> {
        let role = self.parts.role(entry, kind)?;
        let general = matches!(role.class, Class::Generic | Class::Legal) && role.scope == Scope::Anywhere;
        general.then_some(role)
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
            // Of numbers of one and two digits there are few: nearly every series has a second.
            Class::Number => match length {
                0 | 1 => 35,
                2 => 55,
                _ => 80,
            },
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
