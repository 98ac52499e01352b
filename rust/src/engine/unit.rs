//! Runs of query words, and what initials among them can do.

use crate::engine::segment::{KINDS, List};
use crate::engine::similarity::{BY_INITIAL, INITIAL, has_initials};
use crate::tokens::{Class, MAX_TOKENS, Token};

/// Weight of an initial, as the lexicon gives it.
pub const INITIAL_WEIGHT: u32 = 25;
/// Greatest weight of a word.
pub const HEAVIEST: u32 = 100;

/// A run of query words, `from..to`, with what it reaches.
#[derive(Clone, Copy)]
pub struct Unit {
    /// First word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
    /// What it reaches, by number.
    pub reach: u32,
    /// Weight of its words.
    pub weight: u32,
    /// Most that it can add to the explained weight.
    pub adds: u32,
    /// Most that it can gain over the threshold.
    pub gain: u32,
    /// Most that it can explain per weight of a name's words.
    pub rate: u32,
    /// Most that an initial's edge can add.
    pub initial: u32,
    /// Whether it is an initial, which matches any word that begins with it.
    pub spread: bool,
}

impl Unit {
    /// Most that it can add to a name, in a zone with initials or without.
    #[must_use]
    pub fn most(&self, initials: bool) -> u32 {
        if initials || self.spread { self.adds.max(self.initial) } else { self.adds }
    }
}

/// The most that runs add which do not overlap, given what each adds; they stand in the order of their first words.
#[must_use]
pub fn tiled(units: &[Unit], adds: impl Fn(usize) -> u32) -> u32 {
    let mut best = [0u32; MAX_TOKENS + 1];
    tile(units, &mut best, adds);
    best.iter().copied().max().unwrap_or(0)
}

/// Fills in, for each place where a run begins or ends, the most that runs before it add.
pub fn tile(units: &[Unit], best: &mut [u32], adds: impl Fn(usize) -> u32) {
    let mut done = 0;
    for (number, unit) in units.iter().enumerate() {
        while done < unit.from {
            best[done + 1] = best[done + 1].max(best[done]);
            done += 1;
        }
        best[unit.to] = best[unit.to].max(best[unit.from] + adds(number));
    }
}

/// Whether some runs overlap.
#[must_use]
pub fn overlap(units: &[Unit]) -> bool {
    units.iter().any(|unit| unit.to - unit.from > 1)
}

/// Whether an initial's edge joins a query word to one of a name's.
#[must_use]
pub fn begun(list: &List<'_>, own: &[u32], token: &Token) -> bool {
    let same = |word: u32| list.word(word).first() == token.text.as_bytes().first();
    let wanted = if token.class == Class::Initial { Class::Plain } else { Class::Initial };
    own.iter().any(|word| list.class(*word) == wanted && same(*word))
}

/// The most that an initial's edge of a word can add, and whether it leads to any name rather than to one initial.
#[must_use]
pub fn initial_adds(kind: usize, token: &Token) -> (u32, bool) {
    let weight = u32::from(token.weight);
    match token.class {
        _ if !has_initials(KINDS[kind]) => (0, false),
        Class::Plain => (BY_INITIAL * weight + INITIAL * INITIAL_WEIGHT, false),
        Class::Initial => (INITIAL * weight + BY_INITIAL * HEAVIEST, true),
        _ => (0, false),
    }
}

/// What an initial's edge of a word can gain over the threshold, in thousandths of a weight.
#[must_use]
pub fn initial_gain(token: &Token, raw: u32) -> u32 {
    let (own, other, weight) = match token.class {
        Class::Initial => (INITIAL, BY_INITIAL, HEAVIEST),
        Class::Plain => (BY_INITIAL, INITIAL, INITIAL_WEIGHT),
        _ => return 0,
    };
    own * u32::from(token.weight) + other.saturating_sub(raw) * weight
}

/// The most that an initial's edge of a word can explain per weight of the name's word.
#[must_use]
pub fn initial_rate(unit: &Unit, initials: bool) -> u32 {
    match unit.initial {
        0 => 0,
        _ if unit.spread => INITIAL * unit.weight + BY_INITIAL,
        adds if initials => adds.div_ceil(INITIAL_WEIGHT),
        _ => 0,
    }
}
