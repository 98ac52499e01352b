//! How postings are read: those of all words by which a zone is searched at once.
//!
//! Postings lie far apart, and the processor waits for the first of each list. So each pass over the lists (where they
//! begin, where the names looked for begin in them, their first postings) asks for all of them before it needs any:
//! reads that do not depend on each other are waited for together.

use std::ops::Range;

use crate::engine::memory::prefetch;
use crate::engine::segment::{BLOCK, List, MORE, OTHERS, Posting};

/// The most that each word of a name can add to its score, by the word's 16 bits, in units of [`STEP`] rounded up.
pub type Told = [u16; 1 << u16::BITS];

/// The unit of [`Told`]: what a weight of one explains at a share of 32 thousandths.
pub const STEP: u32 = 32;

/// What words that weigh [`MORE`] may add: anything. Six words that are told of come to less.
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
    /// The most that a run can explain per weight of a name's words.
    pub rate: u32,
    /// The least weight of the names of each block.
    pub lightest: &'a [u16],
}

/// A word of the list by which names are found.
pub struct Find {
    /// The word.
    pub word: u32,
    /// What it adds, matched by the run that is looked up.
    pub adds: u32,
    /// The names that are looked for.
    pub names: Range<u32>,
    /// Where their first posting may stand.
    first: Range<usize>,
    /// Where the posting after their last may stand.
    last: Range<usize>,
}

impl Find {
    /// A word whose postings are to be looked up.
    #[must_use]
    pub fn new(word: u32, adds: u32, names: Range<u32>) -> Self {
        Self { word, adds, names, first: 0..0, last: 0..0 }
    }

    /// Parts both places once; whether they are to be parted further.
    fn narrow(&mut self, postings: &[Posting]) -> bool {
        for (place, bound) in [(&mut self.first, self.names.start), (&mut self.last, self.names.end)] {
            if place.len() > FEW {
                let middle = usize::midpoint(place.start, place.end);
                if postings[middle].name < bound { place.start = middle + 1 } else { place.end = middle }
            }
        }
        self.first.len() > FEW || self.last.len() > FEW
    }
}

/// Postings that are read though their names lie before or behind those looked for: cheaper than parting them further.
const FEW: usize = 16;
/// Postings to a line of the processor's memory.
const LINE: usize = 3;
/// Lines that are asked for ahead; those behind them the processor guesses.
const AHEAD: usize = 32;

/// Looks up where the postings of some words among names of a kind begin and end.
pub fn open(list: &List<'_>, kind: usize, finds: &mut [Find]) {
    for find in &mut *finds {
        find.first = list.posting_span(find.word, kind);
        find.last = find.first.clone();
    }
    // A step of every search, then the next step of every search.
    while finds.iter_mut().fold(false, |more, find| find.narrow(list.postings) | more) {}
    for find in finds {
        let end = find.last.end.min(find.first.start + AHEAD * LINE);
        (find.first.start..end).step_by(LINE).for_each(|at| prefetch(list.postings, at));
    }
}

impl Scan<'_> {
    /// Appends the names whose postings may reach the threshold.
    pub fn run(&self, postings: &[Posting], find: &Find, names: &mut Vec<u32>) {
        let adds = find.adds + self.always;
        let own = self.threshold * self.weight;
        for posting in postings.get(find.first.start..find.last.end).unwrap_or_default() {
            let told: u32 = posting.others.iter().map(|word| u32::from(self.told[usize::from(*word)])).sum();
            let more = posting.others[OTHERS - 1];
            let more = if more < MORE { self.rate * u32::from(more) } else { 0 };
            let least = u32::from(self.lightest[(posting.name / BLOCK) as usize]);
            let may = told >= u32::from(UNTOLD) || adds + told * STEP + more >= own + self.threshold * least;
            if may && find.names.contains(&posting.name) {
                names.push(posting.name);
            }
        }
    }
}
