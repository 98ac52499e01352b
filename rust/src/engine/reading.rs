//! A text as it is read under a kind, what its words reach in the list, and so among which names any can be like it.

use crate::engine::inquiry::Ground;
use crate::engine::reach::Memory;
use crate::engine::rolling::joined;
use crate::engine::segment::{KINDS, List};
use crate::engine::similarity::has_initials;
use crate::engine::unit::initial_gain;
use crate::engine::words::{LONGEST_JOIN, MOST_JOINED, Words};
use crate::lexicon::Lexicon;
use crate::tokens::Class;

/// A text, read as the names of some kinds are.
pub struct Question<'t> {
    /// The text, by number.
    pub query: usize,
    /// Its words.
    pub words: Words<'t>,
    /// Of each kind, whether it is looked for among its names.
    pub among: [bool; KINDS.len()],
}

impl Question<'_> {
    /// The kinds among whose names it is looked for.
    pub fn kinds(&self) -> impl Iterator<Item = usize> {
        self.among.iter().enumerate().filter(|(_, among)| **among).map(|(kind, _)| kind)
    }
}

/// The words of a question, with what they reach.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The words.
    pub words: &'a Words<'a>,
    /// What they reach.
    pub reached: &'a Reached,
}

/// What the words of a question reach, by the numbers under which a [`Memory`] keeps it.
#[derive(Default)]
pub struct Reached {
    /// What each word reaches.
    pub words: Vec<u32>,
    /// Neighbours that the list writes as one, `from..to`, and what they reach.
    pub runs: Vec<(usize, usize, u32)>,
}

impl Reached {
    /// Looks up what the words reach.
    pub fn learn(
        &mut self,
        words: &Words<'_>,
        lexicon: &Lexicon,
        list: &List<'_>,
        memory: &mut Memory,
        raw: u32,
    ) {
        self.words.clear();
        for token in &words.tokens {
            let reach = memory.learn(lexicon, list, token, raw);
            memory.reach_ahead(reach);
            self.words.push(reach);
        }
    }

    /// Looks up what neighbours reach where the list writes them as one.
    pub fn join(&mut self, words: &Words<'_>, list: &List<'_>, memory: &mut Memory, raw: u32) {
        self.runs.clear();
        for from in 0..self.words.len() {
            let (mut hash, mut weight, mut length) = (0, 0, 0);
            for (before, number) in self.words[from..].iter().take(MOST_JOINED).enumerate() {
                let reach = memory.reach(*number);
                let letters = usize::from(reach.joinable);
                length += letters;
                if letters == 0 || length > LONGEST_JOIN {
                    break;
                }
                hash = joined(hash, reach.hash, letters);
                weight += reach.weight();
                if before > 0 {
                    let to = from + before + 1;
                    let reach = memory.join(list, hash, weight, &words.tokens[from..to], raw);
                    self.runs.extend(reach.map(|reach| (from, to, reach)));
                }
            }
        }
    }
}

impl Reading<'_> {
    /// The zones of a kind, without initials and with, among whose names any can be like it: those in which its words,
    /// each and each run of them at its best, gain enough over the threshold. Most names are like none, and end here.
    #[must_use]
    pub fn may_find(&self, ground: Ground<'_>, kind: usize) -> [bool; 2] {
        let [plain, begun] = [2 * kind, 2 * kind + 1];
        let initials = has_initials(KINDS[kind]);
        let mut gains = [0; 2];
        for (token, reach) in self.words.tokens.iter().zip(&self.reached.words) {
            let reach = ground.memory.reach(*reach);
            let weak = if initials { initial_gain(token, ground.raw) } else { 0 };
            let spread = if token.class == Class::Initial { weak } else { 0 };
            gains[0] += reach.gain(plain).max(spread);
            gains[1] += reach.gain(begun).max(weak);
        }
        for (.., reach) in &self.reached.runs {
            let reach = ground.memory.reach(*reach);
            gains[0] += reach.gain(plain);
            gains[1] += reach.gain(begun);
        }
        let needed = ground.raw * self.words.weight;
        [(plain, gains[0]), (begun, gains[1])]
            .map(|(zone, gain)| gain >= needed && !ground.list.zone(zone).is_empty())
    }
}
