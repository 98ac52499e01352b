//! Words looked up in a lexicon, each once: names repeat their words, and what a word means hangs on its letters alone.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::store::column;
use super::{COLUMNS, FAR, Lexicon, Parted, Role};
use crate::tokens::{Class, Kind, MAX_TOKEN};

/// Words remembered before they are forgotten.
const MOST: usize = 1 << 17;

/// What a reader remembers of words; of one lexicon only.
#[derive(Default)]
pub struct Notes {
    numbers: FxHashMap<CompactString, u32>,
    known: Vec<Known>,
}

/// What the lexicon says of a word.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    roles: [Option<Role>; 3],
    starts: [bool; 3],
    /// Whether the lexicon knows more of it than its letters.
    pub(crate) in_lexicon: bool,
    /// Whether it is written in letters only.
    pub(crate) is_letters: bool,
    /// What it weighs as a name.
    pub(crate) weight: u16,
    /// What it does in names of each kind if it is a slip of the finger.
    misspelt: [Option<Role>; 3],
    /// What it is put together from, once that was asked.
    parted: Option<[Option<Parted>; 3]>,
}

impl Known {
    /// What the word does in names of a kind, if it does anything but name.
    pub(crate) fn role(&self, kind: Kind) -> Option<Role> {
        self.roles[column(kind)]
    }

    /// Whether a phrase of several words may begin with this one.
    pub(crate) fn starts(&self, kind: Kind) -> bool {
        self.starts[column(kind)]
    }

    /// The general word or legal form that it misspells.
    pub(crate) fn misspelt(&self, kind: Kind) -> Option<Role> {
        self.misspelt[column(kind)]
    }
}

/// A lexicon with what was looked up in it.
pub struct Glossary<'a> {
    /// The lexicon.
    pub lexicon: &'a Lexicon,
    notes: Notes,
}

impl<'a> Glossary<'a> {
    /// A glossary with the notes that another one of the same lexicon left.
    #[must_use]
    pub fn new(lexicon: &'a Lexicon, notes: Notes) -> Self {
        Self { lexicon, notes }
    }

    /// Ends it, and leaves what was looked up to the next.
    #[must_use]
    pub fn end(self) -> Notes {
        self.notes
    }

    /// Forgets everything if it has grown large; numbers given before are void then.
    pub fn trim(&mut self) {
        if self.notes.known.len() > MOST {
            self.notes = Notes::default();
        }
    }

    /// The number of a word.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.notes.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.notes.known.len()).unwrap_or(u32::MAX);
        self.notes.known.push(self.lexicon.look_up(word));
        self.notes.numbers.insert(word.into(), number);
        number
    }

    /// What was found of a word.
    pub(crate) fn of(&self, number: u32) -> &Known {
        &self.notes.known[number as usize]
    }

    /// What an unknown word is put together from, a name and a general word: `kumgangbank`, `grupocima`.
    pub(crate) fn parted(&mut self, number: u32, word: &str, kind: Kind) -> Option<Parted> {
        let known = &mut self.notes.known[number as usize];
        let parted = known.parted.get_or_insert_with(|| self.lexicon.parted(word));
        parted[column(kind)]
    }
}

impl Lexicon {
    fn look_up(&self, word: &str) -> Known {
        let entry = self.find(word);
        let (in_lexicon, is_letters) =
            (self.is_known(entry), word.bytes().all(|byte| byte.is_ascii_lowercase()));
        let mut known = Known {
            roles: COLUMNS.map(|kind| entry.and_then(|entry| self.role(entry, kind))),
            starts: COLUMNS.map(|kind| entry.is_some_and(|entry| self.starts(entry, kind))),
            in_lexicon,
            is_letters,
            weight: self.weigh(entry, word.len().min(MAX_TOKEN), Class::Plain),
            misspelt: [None; 3],
            parted: None,
        };
        if !in_lexicon && is_letters {
            let slips = self.slips(word);
            known.misspelt = COLUMNS.map(|kind| self.misspelt(word, &slips, kind));
            if word.len() >= FAR {
                known.weight = self.weigh_misspelt(self.weigh(None, word.len(), Class::Plain), &slips);
            }
        }
        known
    }
}
