//! Which query words are looked up in postings.

use crate::engine::bounds::{Costs, LEVELS, PARTS};

/// What must be looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Choice {
    /// No name: all that words can gain does not come to what is needed.
    None,
    /// Names that meet a match over the cuts.
    Some,
    /// All names: no cuts are low enough, because what words gain in any case comes to what is needed.
    All,
}

/// A query word, in what it gains and costs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probe {
    /// What it can gain in any case, by an initial.
    pub weak: u32,
    /// What it can gain at most.
    pub gain: u32,
    /// Its cut: matches that gain no more are left alone.
    pub cut: u32,
    /// The cuts from which one is chosen, by level of gain, the last of them all that it gains.
    cuts: [u32; LEVELS + 1],
    /// Postings behind each cut.
    costs: [u32; LEVELS + 1],
    level: usize,
}

impl Probe {
    /// Counts postings behind it.
    pub fn add_costs(&mut self, costs: &Costs) {
        for (cost, more) in self.costs.iter_mut().zip(costs) {
            *cost = cost.saturating_add(*more);
        }
    }

    fn begin(&mut self) {
        for (level, cut) in (0..).zip(&mut self.cuts) {
            *cut = (self.gain * level).div_ceil(PARTS).max(self.weak);
        }
        self.level = LEVELS;
    }

    /// What lowering or raising its cut to a level changes.
    fn at(&self, level: usize) -> (u32, u32) {
        (self.cuts[level], self.costs[level])
    }
}

/// How far down the matches of each query word must be looked up, given the most that each can gain over the threshold.
///
/// Matches of a word that gain no more than its *cut* are left alone. Names that meet none but such matches gain less
/// than the cuts together; so all others are found if the cuts come to less than what is needed.
#[derive(Default)]
pub struct Plan {
    /// The words, in order.
    pub words: Vec<Probe>,
}

impl Plan {
    /// Makes room for the words of a query.
    pub fn reset(&mut self, count: usize) {
        self.words.clear();
        self.words.resize(count, Probe::default());
    }

    /// The most that all words gain together.
    #[must_use]
    pub fn gain(&self) -> u32 {
        self.words.iter().map(|word| word.gain).sum()
    }

    /// Lowers the cuts where that costs the fewest postings.
    pub fn choose(&mut self, needed: u32) -> Choice {
        if self.words.iter().map(|word| word.weak).sum::<u32>() >= needed {
            return Choice::All;
        }
        let mut total = self.gain();
        if total < needed {
            return Choice::None;
        }
        self.words.iter_mut().for_each(Probe::begin);
        while total >= needed {
            let Some((word, level)) = self.cheapest() else { return Choice::All };
            total -= word.at(word.level).0 - word.at(level).0;
            word.level = level;
        }
        self.raise(total, needed);
        self.words.iter_mut().for_each(|word| word.cut = word.at(word.level).0);
        Choice::Some
    }

    /// The word and the level at which a cut is lowered for the fewest postings.
    fn cheapest(&mut self) -> Option<(&mut Probe, usize)> {
        let (mut most, mut least, mut best) = (0, 1, None);
        for (number, word) in self.words.iter().enumerate() {
            let (cut, cost) = word.at(word.level);
            for level in 0..word.level {
                let (lower, costs) = word.at(level);
                let (won, paid) = (u64::from(cut - lower), u64::from(costs - cost) + 1);
                if won * least > most * paid {
                    (most, least, best) = (won, paid, Some((number, level)));
                }
            }
        }
        best.map(|(number, level)| (&mut self.words[number], level))
    }

    /// Raises again what was lowered further than needed, the costliest first.
    fn raise(&mut self, mut total: u32, needed: u32) {
        for _ in 0..self.words.len() {
            let (mut most, mut best) = (0, None);
            for (number, word) in self.words.iter().enumerate() {
                let (cut, cost) = word.at(word.level);
                let fits = |level: &usize| total + word.cuts[*level] - cut < needed;
                if let Some(level) = (word.level + 1..=LEVELS).rev().find(fits)
                    && cost - word.costs[level] > most
                {
                    (most, best) = (cost - word.costs[level], Some((number, level)));
                }
            }
            let Some((number, level)) = best else { return };
            let word = &mut self.words[number];
            total += word.cuts[level] - word.cuts[word.level];
            word.level = level;
        }
    }
}
