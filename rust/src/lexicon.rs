//! What is known of words: how common each is, which legal form or general word it writes, which names vary it.
//!
//! The words are compiled into one flat file beforehand ([`compile`]) and frozen with it, so that a score depends
//! on the version of the lexicon and never on the list that is searched.

mod compile;
mod filter;
mod forms;
mod glossary;
mod near;
mod noted;
mod role;
mod store;

pub use crate::skeleton::skeleton;
pub use compile::{Row, compile};
pub(crate) use glossary::{CANONICAL, Known};
pub use glossary::{Glossary, Notes};
pub(crate) use near::{is_slip, slip, without_same};
pub(crate) use noted::hash as noted_hash;
pub(crate) use role::{Role, Scope};
pub(crate) use store::column;

use crate::tokens::{Class, Kind, Token};
use filter::Filter;
use forms::Forms;
use near::Near;
use rustc_hash::FxHashMap;
use store::{Parts, hash, hash_on, spread};

/// The words that the engine knows; immutable, and shared by threads.
///
/// A word is found by one hash and one comparison in flat arrays. Opening copies the arrays and checks them all,
/// entry by entry nothing is allocated.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// What the lexicon was made of; scores of different versions are not comparable.
    pub version: String,
    parts: Parts,
    forms: Forms,
    /// General words and common ones, by what they are misspelt as.
    near: Near,
    /// Canonical legal forms by their general form.
    akin: FxHashMap<u32, Vec<Entry>>,
    /// Words that do anything but name.
    doing: Filter,
    /// What words that do anything begin with.
    parting: Filter,
}

/// The number of a known word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Entry(pub(crate) u32);

/// A name and a general word written as one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parted {
    /// Where the second begins.
    at: u8,
    /// What the general word does.
    pub(crate) role: Role,
    /// Whether it comes first.
    pub(crate) first: bool,
}

impl Parted {
    /// The name in the word.
    pub(crate) fn name(self, word: &str) -> &str {
        let (head, tail) = word.split_at(usize::from(self.at));
        if self.first { tail } else { head }
    }
}

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

/// The kinds under which words mean different things, in the order of their columns.
pub(crate) const COLUMNS: [Kind; 3] = [Kind::Organisation, Kind::Person, Kind::Vessel];

/// Bits of a hash by which words that do something are filtered …
const DOING: u32 = 17;
/// … and beginnings of such words.
const PARTING: u32 = 19;

/// From so many letters on, a word lies near few others by chance.
const FAR: usize = 5;

/// A hash that grows word by word, so that ever longer phrases cost one pass.
#[derive(Clone, Copy)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn of(text: &str) -> Self {
        Self(hash(text.as_bytes()))
    }

    /// The hash as a filter takes it.
    fn mixed(self) -> u64 {
        spread(self.0)
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
        let mut akin: FxHashMap<u32, Vec<Entry>> = FxHashMap::default();
        for (entry, _) in parts.entries() {
            if let Some(Entry(generic)) = parts.generic(entry) {
                akin.entry(generic).or_default().push(entry);
            }
        }
        let forms = Forms::of(&parts);
        let empty = Self { version, parts, forms, near, akin, ..Self::default() };
        let (doing, parting) = empty.filters();
        Ok(Self { doing, parting, ..empty })
    }

    /// The groups of person-name variants that a word belongs to, ascending: words that share one are variants.
    #[must_use]
    pub fn groups(&self, token: &str) -> &[u32] {
        self.find(token).map_or(&[], |entry| self.parts.groups(entry))
    }

    /// Whether a word is common, and the groups of variants that it belongs to.
    pub(crate) fn kin(&self, word: &str) -> (bool, &[u32]) {
        self.find(word).map_or((false, &[]), |entry| (self.parts.rarity(entry) > 0, self.parts.groups(entry)))
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

    /// The canonical legal forms of the same general form as this one.
    pub(crate) fn akin(&self, token: &str) -> impl Iterator<Item = &str> {
        let generic = self.find(token).and_then(|entry| self.parts.generic(entry));
        let akin = generic.and_then(|Entry(generic)| self.akin.get(&generic));
        akin.into_iter().flatten().map(|entry| self.text(*entry))
    }

    pub(crate) fn find(&self, word: &str) -> Option<Entry> {
        self.parts.find(Key::of(word).0, word.as_bytes())
    }

    /// Asks for where a word is looked for.
    fn ahead(&self, word: &str) {
        self.parts.ahead(Key::of(word).0);
    }

    pub(crate) fn text(&self, entry: Entry) -> &str {
        self.parts.text(entry)
    }

    /// What a word does in names of a kind, if it does anything but name.
    pub(crate) fn role(&self, entry: Entry, kind: Kind) -> Option<Role> {
        self.meant(self.parts.row(entry), kind)
    }

    /// What words with a row of meanings do in names of a kind.
    fn meant(&self, row: u16, kind: Kind) -> Option<Role> {
        self.forms.role(row, kind)
    }

    /// What stands in a name for a word that does something.
    pub(crate) fn token(&self, role: Role) -> Token {
        self.forms.token(role)
    }

    /// Whether the word is known as part of persons' names, or as common.
    pub(crate) fn is_name(&self, word: &str) -> bool {
        self.find(word).is_some_and(|entry| self.parts.has_groups(entry) || self.parts.rarity(entry) > 0)
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

    /// The general word or legal form that an unknown word misspells by one letter, of those that lie a slip from it;
    /// of short words, and of those that few names have, the first letter is taken to be right, for too many names lie
    /// near them.
    fn misspelt(&self, word: &str, slips: &[Entry], kind: Kind) -> Option<Role> {
        let able = slips.iter().filter_map(|entry| self.general(*entry, kind).map(|role| (*entry, role)));
        let sure = able.filter(|(entry, role)| {
            let general = self.text(*entry);
            let common = self.parts.rarity(role.canonical);
            let first = general.as_bytes()[0] == word.as_bytes()[0];
            match general.len() {
                ..FAR => {
                    common >= USUAL && first && general.len() == word.len() && same_letters(general, word)
                }
                FAR => common >= USUAL && (first || common >= EVERYWHERE),
                6 => common >= USUAL || common > 0 && first,
                _ => common > 0 || first,
            }
        });
        sure.map(|(_, role)| role).min_by_key(|role| role.canonical.0)
    }

    fn slips(&self, word: &str) -> Vec<Entry> {
        let mut found = self.near.candidates(word);
        found.retain(|entry| slip(word, self.text(*entry)));
        found
    }

    /// The weight of a word that nobody knows: if it misspells common words, little more than the rarest of these.
    fn weigh_misspelt(&self, own: u16, slips: &[Entry]) -> u16 {
        let able = slips.iter().filter(|entry| self.parts.rarity(**entry) >= COMMON);
        let weights = able.map(|entry| self.weigh(Some(*entry), self.text(*entry).len(), Class::Plain));
        weights.max().map_or(own, |weight| own.min(weight + (own - weight.min(own)) / 4))
    }

    /// What an unknown word is put together from, a name and a general word, as names of each kind are read.
    fn parted(&self, word: &str) -> [Option<Parted>; 3] {
        const SHORTEST: usize = 4;
        let mut found = [None; 3];
        let doing = |part: &str| self.find_doing(Key::of(part), part);
        let mut general = |entry: Entry, least: u8, at: usize, first: bool| {
            for (kind, found) in COLUMNS.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
                let role =
                    self.general(entry, *kind).filter(|role| self.parts.rarity(role.canonical) >= least);
                let at = u8::try_from(at).unwrap_or(u8::MAX);
                *found = role.map(|role| Parted { at, role, first });
            }
        };
        // The shorter the general word, the commoner must it be and the more must be left of the name; beside the
        // shortest, the name must be common too, which is looked up last.
        for at in 2..word.len().saturating_sub(2) {
            let length = word.len() - at;
            let least = match (at, length) {
                (_, 7..) | (5.., 5) | (6.., 4) => 1,
                (2.., 6) | (3.., 5) | (4.., 4) => USUAL,
                (3, 4) | (4.., 3) => EVERYWHERE,
                _ => continue,
            };
            if let Some(entry) = doing(&word[at..]).filter(|_| length > 3 || self.is_common(&word[..at])) {
                general(entry, least, at, false);
            }
        }
        for end in (SHORTEST..word.len().saturating_sub(1)).rev() {
            let least = match (end, word.len() - end) {
                (SHORTEST, 4..) => EVERYWHERE,
                (_, 4..) | (7.., 2..) => USUAL,
                _ => continue,
            };
            if let Some(entry) = doing(&word[..end]) {
                general(entry, least, end, true);
            }
        }
        found
    }

    /// What a word does in names of a kind, looked for by its hash.
    pub(crate) fn find_role(&self, key: Key, word: &str, kind: Kind) -> Option<Role> {
        self.find_doing(key, word).and_then(|entry| self.role(entry, kind))
    }

    /// What an abbreviation of another script does that Latin letters do not tell: it is filed behind a tilde.
    pub(crate) fn find_marked(&self, word: &str, kind: Kind) -> Option<Role> {
        let key = Key::of("~").and(word);
        let marked = || self.find_role(key, &format!("~{word}"), kind);
        self.doing.may_hold(key.mixed()).then(marked).flatten()
    }

    /// A word that does anything but name, and few others.
    fn find_doing(&self, key: Key, word: &str) -> Option<Entry> {
        self.doing.may_hold(key.mixed()).then(|| self.parts.find(key.0, word.as_bytes())).flatten()
    }

    /// What a word does in names of a kind if it is a general word or a legal form wherever it stands.
    pub(crate) fn find_general(&self, word: &str, kind: Kind) -> Option<Role> {
        self.find_role(Key::of(word), word, kind).filter(|role| role.is_general())
    }

    /// The filters of words that do anything, and of what they begin with.
    fn filters(&self) -> (Filter, Filter) {
        let (mut doing, mut parting) = (Filter::new(DOING), Filter::new(PARTING));
        for (entry, word) in self.parts.entries() {
            if COLUMNS.iter().all(|kind| self.role(entry, *kind).is_none()) {
                continue;
            }
            doing.put(Key::of(word).mixed());
            let mut key = Key::of("");
            for letter in &word.as_bytes()[..word.len().saturating_sub(1)] {
                key = Key(hash_on(key.0, &[*letter]));
                parting.put(key.mixed());
            }
        }
        (doing, parting)
    }

    /// Whether a word that does anything may begin with these letters and go on.
    pub(crate) fn may_begin(&self, key: Key) -> bool {
        self.parting.may_hold(key.mixed())
    }

    /// What a general word or a legal form does wherever it stands.
    fn general(&self, entry: Entry, kind: Kind) -> Option<Role> {
        self.role(entry, kind).filter(|role| role.is_general())
    }

    /// The weight of a word that was looked up before.
    pub(crate) fn weigh(&self, entry: Option<Entry>, length: usize, class: Class) -> u16 {
        weigh(entry.map_or(0, |entry| self.parts.rarity(entry)), length, class)
    }
}

/// The weight of a word, by how common it is, how long and what it does.
fn weigh(commonness: u8, length: usize, class: Class) -> u16 {
    let commonness = u16::from(commonness);
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
        Class::Generic => 22 - commonness * 6 / u16::from(store::COMMONEST),
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

#[cfg(test)]
pub(crate) mod tests;
