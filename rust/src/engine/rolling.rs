//! Hashes of words that can be taken apart: of a word without some letters, and of two words written as one.
//!
//! A polynomial over the letters, modulo 2⁶⁴. The hash of any piece follows from the hashes of two beginnings, so the
//! fifty ways to leave letters out of a word cost a few multiplications each, and none is ever written down. Equal
//! hashes prove nothing: whatever is found by one is compared letter by letter.

use crate::tokens::MAX_TOKEN;

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const SPREAD: u64 = 0xD6E8_FEB8_6659_FD93;
const POWERS: [u64; 2 * MAX_TOKEN + 1] = powers();

const fn powers() -> [u64; 2 * MAX_TOKEN + 1] {
    let mut powers = [1u64; 2 * MAX_TOKEN + 1];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
        at += 1;
    }
    powers
}

/// The hash of some letters.
#[must_use]
pub fn roll(letters: &[u8]) -> u64 {
    letters.iter().fold(0, |hash, letter| step(hash, *letter))
}

fn step(hash: u64, letter: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1)
}

/// The hash of two words written as one, from the hash of the first and of the second with its length.
#[must_use]
pub fn joined(first: u64, second: u64, length: usize) -> u64 {
    first.wrapping_mul(POWERS[length.min(2 * MAX_TOKEN)]).wrapping_add(second)
}

/// The 32 bits under which a hash is filed.
#[must_use]
pub fn filed(hash: u64) -> u32 {
    u32::try_from((hash ^ (hash >> 29)).wrapping_mul(SPREAD) >> 32).unwrap_or(0)
}

/// Eight bits of a hash, never 0: words filed in one place mostly differ in them.
#[must_use]
pub fn mark(hash: u64) -> u8 {
    filed(hash).to_be_bytes()[0].max(1)
}

/// Calls `found` with the filed hash of the word as it is, and without any one or two letters, as many as `allowed`.
/// Of two equal neighbours only the second is left out: the rest is the same word.
pub fn without_letters(word: &[u8], allowed: usize, mut found: impl FnMut(u32)) {
    let length = word.len().min(MAX_TOKEN);
    let mut heads = [0u64; MAX_TOKEN + 1];
    for at in 0..length {
        heads[at + 1] = step(heads[at], word[at]);
    }
    // The hash of the letters from..to.
    let piece = |from: usize, to: usize| heads[to].wrapping_sub(heads[from].wrapping_mul(POWERS[to - from]));
    let twice = |at: usize| at + 1 < length && word[at] == word[at + 1];
    found(filed(heads[length]));
    if allowed == 0 {
        return;
    }
    for first in (0..length).filter(|at| !twice(*at)) {
        found(filed(joined(heads[first], piece(first + 1, length), length - first - 1)));
        if allowed < 2 {
            continue;
        }
        for second in (first + 1..length).filter(|at| !twice(*at)) {
            let head = joined(heads[first], piece(first + 1, second), second - first - 1);
            found(filed(joined(head, piece(second + 1, length), length - second - 1)));
        }
        // Both of two equal neighbours.
        if first > 0 && word[first - 1] == word[first] {
            found(filed(joined(heads[first - 1], piece(first + 1, length), length - first - 1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(word: &[u8], allowed: usize) -> Vec<u32> {
        let mut all = vec![word.to_vec()];
        let mut last = all.clone();
        for _ in 0..allowed {
            let mut next = Vec::new();
            for one in &last {
                for at in 0..one.len() {
                    let mut rest = one.clone();
                    rest.remove(at);
                    next.push(rest);
                }
            }
            all.extend(next.clone());
            last = next;
        }
        let mut keys: Vec<u32> = all.iter().map(|rest| filed(roll(rest))).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    proptest::proptest! {
        #[test]
        fn a_word_without_letters_hashes_as_if_it_were_written_down(word in "[a-c]{0,12}", allowed in 0usize..3) {
            let mut keys = Vec::new();
            without_letters(word.as_bytes(), allowed, |key| keys.push(key));
            keys.sort_unstable();
            keys.dedup();
            proptest::prop_assert_eq!(keys, spelled(word.as_bytes(), allowed));
        }

        #[test]
        fn two_words_hash_as_one(a in "[a-z]{0,20}", b in "[a-z]{0,20}") {
            let whole = roll(format!("{a}{b}").as_bytes());
            proptest::prop_assert_eq!(joined(roll(a.as_bytes()), roll(b.as_bytes()), b.len()), whole);
        }
    }
}
