//! A filter of hashes: nearly all that is looked up was never filed, and should miss cheaply.

/// Where in a hash the second bit is told.
const SECOND: u32 = 20;

/// Two bits for each beginning of a hash that was put in, side by side; the empty filter holds nothing.
#[derive(Debug, Default)]
pub(super) struct Filter {
    words: Vec<u64>,
    /// Bits of a hash that it looks at.
    bits: u32,
}

impl Filter {
    /// Room for `2 ** bits` beginnings; `bits` is 6 at least.
    pub(super) fn new(bits: u32) -> Self {
        Self { words: vec![0; 1 << (bits - u64::BITS.ilog2())], bits }
    }

    /// Puts a hash in, whose upper bits are well mixed.
    pub(super) fn put(&mut self, hash: u64) {
        let (at, bits) = self.place(hash);
        self.words[at] |= bits;
    }

    /// Whether a hash may have been put in: always if it was, and seldom otherwise.
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        let (at, bits) = self.place(hash);
        self.words.get(at).is_some_and(|word| word & bits == bits)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let begin = hash >> (u64::BITS - self.bits.max(1));
        let bits = 1 << (begin & 63) | 1 << (hash >> SECOND & 63);
        (usize::try_from(begin >> 6).unwrap_or(usize::MAX), bits)
    }
}

#[cfg(test)]
mod tests {
    use super::super::store::{hash, spread};
    use super::*;

    #[test]
    fn what_was_put_in_is_held_and_little_else() {
        let hash = |number: u32| spread(hash(&number.to_le_bytes()));
        let mut filter = Filter::new(12);
        assert!(!(0..100).any(|number| Filter::default().may_hold(hash(number))));
        (0..400).for_each(|number| filter.put(hash(number)));
        assert!((0..400).all(|number| filter.may_hold(hash(number))));
        assert!((400..10_400).filter(|number| filter.may_hold(hash(*number))).count() < 500);
    }
}
