//! Which query words are looked up in postings.

use crate::engine::reach::{Costs, LEVELS};

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

/// How far down the matches of each query word must be looked up, given the most that each can gain over the threshold.
///
/// Matches of a word that gain no more than its *cut* are left alone. Names that meet none but such matches gain less
/// than the cuts together; so all others are found if the cuts come to less than what is needed.
#[derive(Default)]
pub struct Plan {
    /// What each word can gain in any case, by an initial.
    pub weak: Vec<u32>,
    /// What each word can gain at most.
    pub gains: Vec<u32>,
    /// Postings behind each word, by level of gain.
    pub costs: Vec<Costs>,
    /// The cut of each word.
    pub cuts: Vec<u32>,
    levels: Vec<usize>,
}

impl Plan {
    /// Makes room for the words of a query.
    pub fn reset(&mut self, count: usize) {
        for values in [&mut self.weak, &mut self.gains, &mut self.cuts] {
            values.clear();
            values.resize(count, 0);
        }
        self.costs.clear();
        self.costs.resize(count, [0; LEVELS]);
        self.levels.clear();
        self.levels.resize(count, LEVELS);
    }

    /// Whether what the words gain may come to what is needed.
    #[must_use]
    pub fn reaches(&self, needed: u32) -> bool {
        self.gains.iter().zip(&self.weak).map(|(gain, weak)| gain.max(weak)).sum::<u32>() >= needed
    }

    /// Counts the postings behind a word.
    pub fn add_costs(&mut self, at: usize, costs: &Costs) {
        for (cost, more) in self.costs[at].iter_mut().zip(costs) {
            *cost = cost.saturating_add(*more);
        }
    }

    /// Lowers the cuts where that costs the fewest postings.
    pub fn choose(&mut self, needed: u32) -> Choice {
        for (gain, weak) in self.gains.iter_mut().zip(&self.weak) {
            *gain = (*gain).max(*weak);
        }
        if self.weak.iter().sum::<u32>() >= needed {
            return Choice::All;
        }
        let mut total: u32 = self.gains.iter().sum();
        if total < needed {
            return Choice::None;
        }
        while total >= needed {
            let Some((at, level)) = self.cheapest() else { return Choice::All };
            total -= self.cut(at, self.levels[at]) - self.cut(at, level);
            self.levels[at] = level;
        }
        self.raise(total, needed);
        for at in 0..self.cuts.len() {
            self.cuts[at] = self.cut(at, self.levels[at]);
        }
        Choice::Some
    }

    fn cut(&self, at: usize, level: usize) -> u32 {
        (self.gains[at] * parts(level)).div_ceil(parts(LEVELS)).max(self.weak[at])
    }

    fn cost(&self, at: usize, level: usize) -> u32 {
        self.costs[at].get(level).copied().unwrap_or(0)
    }

    /// The word and the level at which a cut is lowered for the fewest postings.
    fn cheapest(&self) -> Option<(usize, usize)> {
        let mut best: Option<(u64, u64, usize, usize)> = None;
        for (at, now) in self.levels.iter().enumerate() {
            let (cut, cost) = (self.cut(at, *now), self.cost(at, *now));
            for level in 0..*now {
                let won = u64::from(cut - self.cut(at, level));
                let paid = u64::from(self.cost(at, level) - cost) + 1;
                let better = best.is_none_or(|(most, least, ..)| won * least > most * paid);
                if won > 0 && better {
                    best = Some((won, paid, at, level));
                }
            }
        }
        best.map(|(.., at, level)| (at, level))
    }

    /// Raises again what was lowered further than needed, the costliest first.
    fn raise(&mut self, mut total: u32, needed: u32) {
        for _ in 0..self.levels.len() {
            let mut best: Option<(u32, usize, usize)> = None;
            for (at, now) in self.levels.iter().enumerate() {
                let fits = |level: &usize| total + self.cut(at, *level) - self.cut(at, *now) < needed;
                if let Some(level) = (*now + 1..=LEVELS).rev().find(fits) {
                    let saved = self.cost(at, *now) - self.cost(at, level);
                    if saved > best.map_or(0, |(most, ..)| most) {
                        best = Some((saved, at, level));
                    }
                }
            }
            let Some((_, at, level)) = best else { return };
            total += self.cut(at, level) - self.cut(at, self.levels[at]);
            self.levels[at] = level;
        }
    }
}

/// Levels are few.
fn parts(level: usize) -> u32 {
    u32::try_from(level).unwrap_or(u32::MAX)
}
