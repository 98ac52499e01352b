//! Which words of names are worth a search among the matches of a query.

use crate::engine::segment::short;
use crate::tokens::MAX_TOKENS;

/// A bit for each word that an inquiry can match: a word without one matches nothing.
#[derive(Default)]
pub struct Met([u64; Met::SIZE]);

impl Met {
    const SIZE: usize = 32;

    /// Forgets all words.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Notes a word that can be matched.
    pub fn put(&mut self, word: u32) {
        let (at, bit) = Self::place(word);
        self.0[at] |= bit;
    }

    /// Which of a name's words may match, a bit each.
    #[must_use]
    pub fn among(&self, words: &[u32]) -> u64 {
        words.iter().enumerate().take(MAX_TOKENS).fold(0, |among, (at, word)| {
            let (place, bit) = Self::place(*word);
            among | u64::from(self.0[place] & bit != 0) << at
        })
    }

    fn place(word: u32) -> (usize, u64) {
        let short = short(word);
        (usize::from(short >> 6) % Self::SIZE, 1 << (short & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_was_noted_is_told_and_hardly_any_other() {
        let mut met = Met::default();
        let noted: Vec<u32> = (0..60).map(|word| word * 977).collect();
        for word in &noted {
            met.put(*word);
        }
        assert_eq!(met.among(&noted), (1 << noted.len()) - 1);
        let others: Vec<u32> = (0..60).map(|word| word * 977 + 5).collect();
        assert!(met.among(&others).count_ones() < 10);
        met.clear();
        assert_eq!(met.among(&noted), 0);
    }

    #[test]
    fn more_words_than_a_name_has_are_not_told() {
        let mut met = Met::default();
        met.put(1);
        assert_eq!(met.among(&[1; MAX_TOKENS + 7]), u64::MAX);
    }
}
