//! How postings are read: those of all words by which a zone is searched at once.
//!
//! Postings lie far apart, and the processor waits for the first of each list. So each pass over the lists (where they
//! begin, where the names looked for begin in them, their first postings) asks for all of them before it needs any:
//! reads that do not depend on each other are waited for together.

use std::ops::Range;

use crate::engine::segment::{List, MORE, OTHERS, Posting, REST};
use crate::engine::unit::{Unit, tiled};
use crate::prefetch::prefetch;

/// The unit in which it is told what words add: a weight of one at a share of 32 thousandths.
const STEP: u32 = 32;

const TOLD: usize = 1 << u16::BITS;
/// What words add of which that is not known, or is more than can be told.
const UNKNOWN: u16 = u16::MAX;

/// Of which run it is told when it is told of several, or of one that comes late.
const SEVERAL: u8 = 15;

/// The most that each word of a name can add to its score, by the word's 16 bits, in units of [`STEP`] rounded up.
pub struct Told {
    adds: Box<[u16; TOLD]>,
    /// The run that the word adds to, or [`SEVERAL`].
    runs: Box<[u8; TOLD]>,
    touched: Vec<u16>,
}

impl Default for Told {
    fn default() -> Self {
        let mut told =
            Self { adds: bytemuck::zeroed_box(), runs: bytemuck::zeroed_box(), touched: Vec::new() };
        let rest = 1..=usize::from(MORE);
        told.runs[rest].fill(SEVERAL);
        // Of words whose weight is not known.
        told.adds[usize::from(MORE)] = UNKNOWN;
        told
    }
}

impl Told {
    /// Notes what a word can add, matched by a run.
    pub fn tell(&mut self, word: u16, adds: u32, run: usize) {
        if adds > 0 {
            let adds = u16::try_from(adds.div_ceil(STEP)).unwrap_or(u16::MAX);
            let run = run_of(run);
            let (known, of) = (&mut self.adds[usize::from(word)], &mut self.runs[usize::from(word)]);
            if *known == 0 {
                self.touched.push(word);
                *of = run;
            } else if *of != run {
                *of = SEVERAL;
            }
            *known = adds.max(*known);
        }
    }

    /// Notes what words that postings do not tell of can add, if each adds so much per weight.
    pub fn tell_rest(&mut self, rate: u32) {
        let each = u16::try_from((rate * u32::from(REST)).div_ceil(STEP)).unwrap_or(u16::MAX).max(1);
        // As far as products fit in 16 bits.
        let fit = usize::from(u16::MAX / each).min(usize::from(MORE) - 1);
        let (fitting, over) = self.adds[1..usize::from(MORE)].split_at_mut(fit);
        (1..).zip(fitting).for_each(|(weight, adds): (u16, _)| *adds = weight * each);
        over.fill(UNKNOWN);
    }

    /// Whether it is known what all words of a posting can add at most.
    fn knows(&self, posting: &Posting) -> bool {
        self.adds[usize::from(posting.others[OTHERS - 1])] != UNKNOWN
    }

    /// What the words of a posting add together.
    fn of(&self, posting: &Posting) -> u32 {
        posting.others.iter().map(|word| u32::from(self.adds[usize::from(*word)])).sum()
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
    /// The run.
    run: u8,
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
    pub fn new(word: u32, kind: usize, run: usize, adds: u32, names: Range<u32>) -> Self {
        Self { word, kind, adds, run: run_of(run), names, first: 0..0, last: 0..0 }
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

fn run_of(run: usize) -> u8 {
    u8::try_from(run).unwrap_or(SEVERAL).min(SEVERAL)
}

/// Postings that are read though their names lie before or behind those looked for: cheaper than parting them further.
const FEW: usize = 16;
/// Postings to a line of the processor's memory.
const LINE: usize = 4;
/// Postings that are asked for while others are read.
const FURTHER: usize = 48;
/// Postings that are held against the same weight: of the lightest among their names.
const PART: usize = 32;
/// Lines that are asked for ahead; those behind them the processor guesses.
const AHEAD: usize = 8;

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
    /// The runs of the query.
    pub units: &'a [Unit],
    /// Whether some of them overlap.
    pub overlap: bool,
    /// What initials of the query add together, which are held to match any name, and one of them at most.
    pub always: (u32, u32),
}

impl Scan<'_> {
    /// Appends the names whose postings may reach the threshold, given what the words beside the probed one add.
    pub fn run(&self, told: &Told, find: &Find, names: &mut Vec<u32>) {
        let adds = find.adds + self.always.0;
        let postings = self.list.postings.get(find.first.start..find.last.end).unwrap_or_default();
        for (part, these) in postings.chunks(PART).enumerate() {
            let further = part * PART + FURTHER..postings.len().min((part + 1) * PART + FURTHER);
            further.step_by(LINE).for_each(|at| prefetch(postings, at));
            // Names stand in order of weight, and the heavier one is the more it needs.
            let lightest = self.list.lightest(these[0].name.max(find.names.start));
            // No more than what is unknown comes to: names of which all is not known never end at the first look.
            let least = (self.threshold * (self.weight + lightest)).min(u32::from(UNKNOWN) * STEP);
            let least = least.saturating_sub(adds).div_ceil(STEP);
            for posting in these {
                let others = told.of(posting);
                // Nearly all end here.
                if others >= least && self.may_reach(told, find, posting, others) {
                    names.push(posting.name);
                }
            }
        }
    }

    #[inline(never)]
    fn may_reach(&self, told: &Told, find: &Find, posting: &Posting, others: u32) -> bool {
        let needed = self.threshold * (self.weight + self.list.lightest(posting.name));
        let may = !told.knows(posting)
            || find.adds + self.always.0 + others * STEP >= needed
                && self.most(told, find, posting, needed) >= needed;
        may && find.names.contains(&posting.name)
    }

    /// The most that the words of a posting add: each run meets one of them at most, and each of them one initial. It
    /// may be less precise where that is less than needed.
    fn most(&self, told: &Told, find: &Find, posting: &Posting, needed: u32) -> u32 {
        let mut best = [0; SEVERAL as usize + 1];
        best[usize::from(find.run)] = find.adds.div_ceil(STEP);
        let mut count = 0;
        for word in posting.others {
            let (adds, run) = (u32::from(told.adds[usize::from(word)]), told.runs[usize::from(word)]);
            let known = &mut best[usize::from(run)];
            *known = if run == SEVERAL { *known + adds } else { adds.max(*known) };
            count += u32::from(word > 0);
        }
        let (all, one) = self.always;
        let initials = if posting.others[OTHERS - 1] == 0 { all.min(count * one) } else { all };
        let most = best.iter().sum::<u32>() * STEP + initials;
        if !self.overlap || most < needed {
            return most;
        }
        let several = std::mem::take(&mut best[usize::from(SEVERAL)]);
        let single = tiled(self.units, |run| best.get(run).copied().unwrap_or(0));
        (single + several) * STEP + initials
    }
}
