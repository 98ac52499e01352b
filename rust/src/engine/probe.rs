//! Which query words are looked up in postings, and how postings are read.

use std::cmp::Reverse;
use std::ops::Range;

use crate::engine::segment::{BLOCK, Posting};
use crate::engine::words::Words;
use crate::tokens::Class;

/// Which words of a query must be probed, given the most that each can gain over the threshold.
#[derive(Default)]
pub struct Plan {
    /// What each word can gain in any case, by an initial.
    pub weak: Vec<u32>,
    /// What each word can gain at most.
    pub gains: Vec<u32>,
    /// Postings behind each word.
    pub costs: Vec<u32>,
    /// Whether each word is probed.
    pub probed: Vec<bool>,
    order: Vec<usize>,
}

impl Plan {
    /// Makes room for the words of a query.
    pub fn reset(&mut self, count: usize) {
        for values in [&mut self.weak, &mut self.gains, &mut self.costs] {
            values.clear();
            values.resize(count, 0);
        }
        self.probed.clear();
        self.probed.resize(count, false);
        self.order.clear();
        self.order.extend(0..count);
    }

    /// Leaves unprobed what costs most, as far as the gains allow. Says whether nothing needs to be probed for a name
    /// to come to what is needed, so that any name may.
    pub fn choose(&mut self, words: &Words<'_>, needed: u32) -> bool {
        for (at, token) in words.tokens.iter().enumerate() {
            // An initial is not probed: it is equal to too many.
            if token.class == Class::Initial {
                self.weak[at] = self.weak[at].max(self.gains[at]);
            }
            self.gains[at] = self.gains[at].max(self.weak[at]);
        }
        let mut total: u32 = self.weak.iter().sum();
        if total >= needed {
            return true;
        }
        let Self { weak, gains, costs, probed, order } = self;
        order.sort_unstable_by_key(|at| Reverse((costs[*at], gains[*at])));
        for at in order.iter().copied() {
            let without = total - weak[at] + gains[at];
            probed[at] = without >= needed;
            if without < needed {
                total = without;
            }
        }
        false
    }
}

/// The most that each word of a name can add to its score, by the word's 16 bits, in units of [`STEP`] rounded up.
pub type Told = [u16; 1 << u16::BITS];

/// The unit of [`Told`]: what a weight of one explains at a share of 32 thousandths.
pub const STEP: u32 = 32;

/// What [`MORE`](crate::engine::segment::MORE) words may add: anything. Six words that are told of come to less.
pub const UNTOLD: u16 = u16::MAX;

/// A bound on the names that a list of postings holds.
pub struct Scan<'a> {
    /// The raw threshold.
    pub threshold: u32,
    /// Weight of the query.
    pub weight: u32,
    /// What runs that are held to match any name add.
    pub always: u32,
    /// What the words beside the probed one add.
    pub told: &'a Told,
    /// The least weight of the names of each block.
    pub lightest: &'a [u16],
}

impl Scan<'_> {
    /// Appends the names of a range whose postings may reach the threshold, given what the probed run adds.
    pub fn run(&self, postings: &[Posting], range: Range<u32>, adds: u32, names: &mut Vec<u32>) {
        let start = postings.partition_point(|posting| posting.name < range.start);
        let length = postings[start..].partition_point(|posting| posting.name < range.end);
        let adds = adds + self.always;
        let own = self.threshold * self.weight;
        for posting in &postings[start..start + length] {
            let told: u32 = posting.others.iter().map(|word| u32::from(self.told[usize::from(*word)])).sum();
            let least = u32::from(self.lightest[(posting.name / BLOCK) as usize]);
            if told >= u32::from(UNTOLD) || adds + told * STEP >= own + self.threshold * least {
                names.push(posting.name);
            }
        }
    }
}
