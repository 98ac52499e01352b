//! Words that were looked up before, in a table that can be asked ahead.

use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use compact_str::CompactString;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::prefetch::prefetch;

/// Places when the first word comes.
const FEWEST: usize = 1 << 10;

/// Words and what is known of them, each in the first free place from its hash on.
///
/// Most of a large table lies far from the processor, which waits for each place and then for the word. The words of many
/// names are therefore asked for at once ([`Self::place_ahead`], then [`Self::word_ahead`]) before any is needed.
#[derive(Default)]
pub(super) struct Noted<T> {
    /// The upper half of a word's hash above its number, counted from 1; 0 where no word is. At most half are taken.
    places: Vec<u64>,
    words: Vec<Entry<T>>,
}

/// A word and what is known of it, in one line of the processor's memory.
#[repr(align(64))]
struct Entry<T> {
    word: CompactString,
    known: T,
}

impl<T: Copy> Noted<T> {
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What is known of a word that has this hash.
    pub(super) fn get(&self, hash: u64, word: &str) -> Option<T> {
        let mut at = self.at(hash);
        loop {
            let place = *self.places.get(at)?;
            let entry = self.words.get(number(place)?)?;
            if place >> 32 == hash >> 32 && entry.word == word {
                return Some(entry.known);
            }
            at = self.next(at);
        }
    }

    /// The word that was noted after so many others.
    pub(super) fn word(&self, number: usize) -> Option<&CompactString> {
        self.words.get(number).map(|entry| &entry.word)
    }

    /// Notes what is known of a word that is not here yet.
    pub(super) fn put(&mut self, hash: u64, word: &str, known: T) {
        if 2 * self.words.len() >= self.places.len() {
            self.grow();
        }
        self.words.push(Entry { word: word.into(), known });
        self.place(hash >> 32 << 32 | self.words.len() as u64, hash);
    }

    /// Asks for the place of a word.
    pub(super) fn place_ahead(&self, hash: u64) {
        prefetch(&self.places, self.at(hash));
    }

    /// Asks for the word that its place leads to; says whether there is one.
    pub(super) fn word_ahead(&self, hash: u64) -> bool {
        let number = self.places.get(self.at(hash)).and_then(|place| number(*place));
        number.inspect(|number| prefetch(&self.words, *number)).is_some()
    }

    fn at(&self, hash: u64) -> usize {
        // Bits that the upper half does not hold.
        usize::try_from(hash & u64::from(u32::MAX)).unwrap_or(0) & self.places.len().wrapping_sub(1)
    }

    fn next(&self, at: usize) -> usize {
        (at + 1) & (self.places.len() - 1)
    }

    fn place(&mut self, place: u64, hash: u64) {
        let mut at = self.at(hash);
        while self.places[at] != 0 {
            at = self.next(at);
        }
        self.places[at] = place;
    }

    fn grow(&mut self) {
        self.places = vec![0; (2 * self.places.len()).max(FEWEST)];
        for number in 0..self.words.len() {
            let hash = hash(&self.words[number].word);
            self.place(hash >> 32 << 32 | (number as u64 + 1), hash);
        }
    }
}

/// The number of a word, from 0, that a place leads to.
fn number(place: u64) -> Option<usize> {
    usize::try_from(place & u64::from(u32::MAX)).ok()?.checked_sub(1)
}

/// The hash by which a word is noted: another one in each process, so that nobody can write many words that all have one
/// place.
pub(crate) fn hash(word: &str) -> u64 {
    static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));
    xxh3_64_with_seed(word.as_bytes(), *SEED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_again_and_no_other() {
        let mut noted = Noted::default();
        let word = |number: u32| format!("word{number}");
        for number in 0..5000 {
            noted.put(hash(&word(number)), &word(number), number);
        }
        for number in 0..10_000 {
            let (word, wanted) = (word(number), (number < 5000).then_some(number));
            noted.place_ahead(hash(&word));
            noted.word_ahead(hash(&word));
            assert_eq!(noted.get(hash(&word), &word), wanted);
        }
        assert_eq!(noted.len(), 5000);
    }

    #[test]
    fn words_of_one_hash_are_told_apart_by_their_letters() {
        let mut noted = Noted::default();
        for (number, word) in (1..).zip(["one", "two", "three"]) {
            noted.put(7, word, number);
        }
        let numbers = ["one", "two", "three", "four"].map(|word| noted.get(7, word));
        assert_eq!(numbers, [Some(1), Some(2), Some(3), None]);
    }
}
