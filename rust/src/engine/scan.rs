//! How postings are read: those of all words by which a zone is searched at once.
//!
//! Postings lie far apart, and the processor waits for the first of each list. So each pass over the lists (where they
//! begin, where the names looked for begin in them, their first postings) asks for all of them before it needs any:
//! reads that do not depend on each other are waited for together.

use std::ops::Range;

use crate::engine::memory::prefetch;
use crate::engine::segment::{BLOCK, List, MORE, OTHERS, Posting};

/// What words that weigh [`MORE`] may add: anything. Six words that are told of come to less.
const UNTOLD: u16 = u16::MAX;

/// The unit in which it is told what words add: a weight of one at a share of 32 thousandths.
const STEP: u32 = 32;

/// The most that each word of a name can add to its score, by the word's 16 bits, in units of [`STEP`] rounded up.
pub struct Told {
    adds: Box<[u16; 1 << u16::BITS]>,
    touched: Vec<u16>,
}

impl Default for Told {
    fn default() -> Self {
        let mut adds: Box<[u16; 1 << u16::BITS]> = bytemuck::zeroed_box();
        adds[usize::from(MORE)] = UNTOLD;
        Self { adds, touched: Vec::new() }
    }
}

impl Told {
    /// Notes what a word can add.
    pub fn tell(&mut self, word: u16, adds: u32) {
        if adds > 0 {
            let adds = u16::try_from(adds.div_ceil(STEP)).unwrap_or(u16::MAX);
            let known = &mut self.adds[usize::from(word)];
            if *known == 0 {
                self.touched.push(word);
            }
            *known = adds.max(*known);
        }
    }

    /// Forgets all that was told.
    pub fn clear(&mut self) {
        for word in self.touched.drain(..) {
            self.adds[usize::from(word)] = 0;
        }
    }
}

/// A word of the list by which names are found.
pub struct Find {
    /// The word.
    word: u32,
    /// The kind of the names.
    kind: usize,
    /// What it adds, matched by the run that is looked up.
    adds: u32,
    /// The names that are looked for.
    names: Range<u32>,
    /// Where their first posting may stand.
    first: Range<usize>,
    /// Where the posting after their last may stand.
    last: Range<usize>,
}

impl Find {
    /// A word whose postings among some names of a kind are to be looked up.
    #[must_use]
    pub fn new(word: u32, kind: usize, adds: u32, names: Range<u32>) -> Self {
        Self { word, kind, adds, names, first: 0..0, last: 0..0 }
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

/// Looks up where the postings of some words begin and end; `long` is room to work in.
pub fn open(list: &List<'_>, finds: &mut [Find], long: &mut Vec<usize>) {
    long.clear();
    for (at, find) in finds.iter_mut().enumerate() {
        find.first = list.posting_span(find.word, find.kind);
        find.last = find.first.clone();
        if find.first.len() > FEW {
            long.push(at);
        }
    }
    // A step of every search, then the next step of every search.
    while !long.is_empty() {
        long.retain(|at| finds[*at].narrow(list.postings));
    }
    for find in finds {
        let end = find.last.end.min(find.first.start + AHEAD * LINE);
        (find.first.start..end).step_by(LINE).for_each(|at| prefetch(list.postings, at));
    }
}

/// A bound on the names that a list of postings holds.
pub struct Scan<'a> {
    /// The list.
    pub list: &'a List<'a>,
    /// The raw threshold.
    pub threshold: u32,
    /// Weight of the query.
    pub weight: u32,
    /// What runs that are held to match any name add.
    pub always: u32,
    /// The most that a run can explain per weight of a name's words.
    pub rate: u32,
}

impl Scan<'_> {
    /// Appends the names whose postings may reach the threshold, given what the words beside the probed one add.
    pub fn run(&self, told: &Told, find: &Find, names: &mut Vec<u32>) {
        let adds = find.adds + self.always;
        let own = self.threshold * self.weight;
        let postings = self.list.postings.get(find.first.start..find.last.end).unwrap_or_default();
        for posting in postings {
            let told: u32 = posting.others.iter().map(|word| u32::from(told.adds[usize::from(*word)])).sum();
            let more = posting.others[OTHERS - 1];
            let more = if more < MORE { self.rate * u32::from(more) } else { 0 };
            let least = u32::from(self.list.lightest[(posting.name / BLOCK) as usize]);
            let may = told >= u32::from(UNTOLD) || adds + told * STEP + more >= own + self.threshold * least;
            if may && find.names.contains(&posting.name) {
                names.push(posting.name);
            }
        }
    }
}
