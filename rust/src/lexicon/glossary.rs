//! Words looked up in a lexicon, each once: names repeat their words, and what a word means hangs on its letters alone.

use compact_str::CompactString;

use super::noted::{Noted, hash};
use super::store::column;
use super::{COLUMNS, FAR, Key, Lexicon, Parted, Role};
use crate::tokens::{Class, Kind, MAX_TOKEN};
use crate::{persons, phrases};

/// Words remembered before they are forgotten.
const MOST: usize = 1 << 19;

/// Numbers from here on are those of canonical forms.
pub(crate) const CANONICAL: u32 = 1 << 31;

/// What a reader remembers of words; of one lexicon only.
#[derive(Default)]
pub struct Notes {
    known: Noted<Known>,
    unusual: Vec<Unusual>,
    /// How many words were ever looked up.
    count: u32,
}

/// What the lexicon says of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    /// Row of what it means; 0 means nothing.
    meaning: u16,
    /// What it weighs as a name.
    pub(crate) weight: u16,
    /// Whether the lexicon knows more of it than its letters.
    pub(crate) in_lexicon: bool,
    /// Whether it is written in letters only.
    pub(crate) is_letters: bool,
    /// A bit for each column of kinds in whose names it only names, but for what is said of the place where it stands.
    only_names: u8,
    /// Whether a person's name that stands before it may be read together with it.
    pub(crate) follows: bool,
    /// The number, plus one, of what else there is to say of it.
    unusual: u32,
    /// Its own number, never given to another word; 0 once numbers have run out.
    pub(crate) number: u32,
}

/// A word that nobody knows and that resembles general words.
#[derive(Clone, Copy, Default)]
struct Unusual {
    /// What it does in names of each kind if it is a slip of the finger.
    misspelt: [Option<Role>; 3],
    /// What it is put together from.
    parted: [Option<Parted>; 3],
}

impl Known {
    /// Whether nothing makes it anything but a name, by itself or with the words beside it, as far as its letters tell.
    pub(crate) fn only_names(self, kind: Kind) -> bool {
        self.only_names >> column(kind) & 1 == 1
    }

    /// The same, but that it is not told to be nothing but a name: then all is asked of the word and its neighbours.
    #[cfg(test)]
    pub(crate) fn untold(self) -> Self {
        Self { only_names: 0, ..self }
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

    /// Forgets everything if it has grown large, and says so; what was found before is void then, and words that were
    /// numbered get other numbers.
    pub fn trim(&mut self) -> bool {
        let large = self.notes.known.len() > MOST;
        if large {
            self.notes = Notes { count: self.notes.count, ..Notes::default() };
        }
        large
    }

    /// The last number that was given to a word.
    #[must_use]
    pub fn numbered(&self) -> u32 {
        self.notes.count.min(CANONICAL - 1)
    }

    /// Asks for where words are noted that will be looked up by their [`hash`]es …
    pub(crate) fn places_ahead(&self, hashes: impl Iterator<Item = u64>) {
        hashes.for_each(|hash| self.notes.known.place_ahead(hash));
    }

    /// … and then for what is noted there, or else for where the lexicon has the word.
    pub(crate) fn words_ahead<'w>(&self, words: impl Iterator<Item = (u64, &'w str)>) {
        for (hash, word) in words {
            if !self.notes.known.word_ahead(hash) {
                self.lexicon.ahead(word);
            }
        }
    }

    /// What is known of a word.
    pub(crate) fn of(&mut self, word: &str) -> Known {
        self.of_hashed(hash(word), word)
    }

    /// What is known of a word with this [`hash`].
    pub(crate) fn of_hashed(&mut self, hash: u64, word: &str) -> Known {
        if let Some(known) = self.notes.known.get(hash, word) {
            return known;
        }
        self.notes.count = self.notes.count.saturating_add(1);
        let number = if self.notes.count < CANONICAL { self.notes.count } else { 0 };
        let known = Known { number, ..self.look_up(word) };
        self.notes.known.put(hash, word, known);
        known
    }

    /// The letters of a word of which this is known. They are copied as they are noted, whole and next to what was just
    /// read, which costs less than to gather them from a text; a word whose note is gone is written anew.
    pub(crate) fn letters(&self, known: Known, word: &str) -> CompactString {
        let Notes { known: noted, count, .. } = &self.notes;
        let forgotten = (*count as usize).wrapping_sub(noted.len());
        let noted = noted.word((known.number as usize).wrapping_sub(forgotten).wrapping_sub(1));
        noted.filter(|noted| noted.len() == word.len()).map_or_else(|| word.into(), CompactString::clone)
    }

    /// What the word does in names of a kind, if it does anything but name.
    pub(crate) fn role(&self, known: Known, kind: Kind) -> Option<Role> {
        self.lexicon.meant(known.meaning, kind)
    }

    /// Whether a phrase of several words may begin with it.
    pub(crate) fn begins(&self, known: Known, kind: Kind) -> bool {
        self.lexicon.parts.begins(known.meaning, kind)
    }

    /// The general word or legal form that it misspells.
    pub(crate) fn misspelt(&self, known: Known, kind: Kind) -> Option<Role> {
        self.unusual(known)?.misspelt[column(kind)]
    }

    /// What an unknown word is put together from, a name and a general word: `kumgangbank`, `grupocima`.
    pub(crate) fn parted(&self, known: Known, kind: Kind) -> Option<Parted> {
        self.unusual(known)?.parted[column(kind)]
    }

    /// Whether, as far as its letters tell, it does nothing but name in names of a kind.
    fn does_nothing(&self, word: &str, known: Known, kind: Kind) -> bool {
        let alone = match kind {
            Kind::Person => persons::is_alone(self.lexicon, word, known),
            _ => {
                self.misspelt(known, kind).is_none()
                    && self.parted(known, kind).is_none()
                    && !self.lexicon.may_begin(Key::of(word))
            }
        };
        alone && !self.begins(known, kind) && self.role(known, kind).is_none()
    }

    fn unusual(&self, known: Known) -> Option<&Unusual> {
        known.unusual.checked_sub(1).and_then(|number| self.notes.unusual.get(number as usize))
    }

    /// The number, plus one, of what there is to say; 0 if that is nothing.
    fn note(&mut self, unusual: Unusual) -> u32 {
        if unusual.misspelt.iter().all(Option::is_none) && unusual.parted.iter().all(Option::is_none) {
            return 0;
        }
        self.notes.unusual.push(unusual);
        u32::try_from(self.notes.unusual.len()).unwrap_or(0)
    }

    fn look_up(&mut self, word: &str) -> Known {
        let lexicon = self.lexicon;
        let entry = lexicon.find(word);
        let mut known = Known {
            meaning: entry.map_or(0, |entry| lexicon.parts.row(entry)),
            weight: lexicon.weigh(entry, word.len().min(MAX_TOKEN), Class::Plain),
            in_lexicon: lexicon.is_known(entry),
            is_letters: word.bytes().all(|byte| byte.is_ascii_lowercase()),
            ..Known::default()
        };
        if !known.in_lexicon && known.is_letters {
            let slips = lexicon.slips(word);
            let misspelt = COLUMNS.map(|kind| lexicon.misspelt(word, &slips, kind));
            known.unusual = self.note(Unusual { misspelt, parted: lexicon.parted(word) });
            if word.len() >= FAR {
                known.weight = lexicon.weigh_misspelt(known.weight, &slips);
            }
        }
        known.follows = persons::follows(word);
        if known.is_letters && phrases::is_word(word) {
            let kinds = COLUMNS.iter().filter(|kind| self.does_nothing(word, known, **kind));
            known.only_names = kinds.map(|kind| 1 << column(*kind)).sum();
        }
        known
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_a_word_are_its_own_whatever_was_noted_and_forgotten_before() {
        let lexicon = Lexicon::empty();
        let mut glossary = Glossary::new(&lexicon, Notes { count: 7, ..Notes::default() });
        let long = "l".repeat(MAX_TOKEN + 9);
        let words = ["salman", "bin", &*long, "muhammad"];
        let known = words.map(|word| glossary.of(word));
        assert_eq!(known.map(|known| known.number), [8, 9, 10, 11]);
        for (known, word) in known.into_iter().zip(words) {
            let word = &word[..word.len().min(MAX_TOKEN)];
            assert_eq!(glossary.letters(known, word), word);
        }
        assert_eq!(glossary.letters(Known::default(), "unheard"), "unheard");
    }
}
