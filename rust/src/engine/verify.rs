//! Names that may be hits, looked at one by one: first by a bound from their own words, then by their score.

use crate::engine::edges::edge_to;
use crate::engine::inquiry::{Ground, Inquiry};
use crate::engine::reading::Reading;
use crate::engine::score::{by_initial, score_by};
use crate::engine::search::Hit;
use crate::engine::segment::KINDS;
use crate::engine::similarity::{How, JOINED};
use crate::engine::unit::{begun, overlap, tiled};
use crate::engine::words::Words;

/// Runs whose overlaps are minded.
const MOST_UNITS: usize = 32;

/// Where bits are set.
fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (at < u64::BITS).then_some(at as usize)
    })
}

/// The bound from a name's own words.
#[must_use]
pub fn may_reach(ground: Ground<'_>, inquiry: &Inquiry, words: &Words<'_>, name: u32) -> bool {
    let Ground { list, memory, raw } = ground;
    let own = list.words_of(name);
    let needed = raw * (words.weight + list.lightest(name));
    let mut met = [0u32; MOST_UNITS];
    let likely = inquiry.met.among(own);
    let (mut total, mut rest) = (0, inquiry.units.iter().map(|unit| unit.most(true)).sum::<u32>());
    for (number, unit) in inquiry.units.iter().enumerate() {
        rest -= unit.most(true);
        let (edges, joins) = (memory.edges(unit.reach, inquiry.kind), memory.joins(unit.reach, inquiry.kind));
        let mut best = 0;
        for at in places(likely) {
            if let Some(edge) = edge_to(edges, own[at]) {
                best = best.max(edge.share() * (unit.weight + edge.weight()));
            }
        }
        if let Ok(at) = joins.binary_search_by_key(&name, |(other, _)| *other) {
            best = best.max(JOINED * (unit.weight + joins[at].1));
        }
        let initials = unit.spread || name >= list.zone(2 * inquiry.kind + 1).start;
        if initials && unit.initial > best && begun(list, own, &words.tokens[unit.from]) {
            best = unit.initial;
        }
        total += best;
        if total + rest < needed {
            return false;
        }
        if let Some(met) = met.get_mut(number) {
            *met = best;
        }
    }
    let all = inquiry.units.len() <= MOST_UNITS;
    !(all && overlap(&inquiry.units)) || tiled(&inquiry.units, |number| met[number]) >= needed
}

/// Scores a name by the edges that are known already.
#[must_use]
pub fn scored(ground: Ground<'_>, inquiry: &Inquiry, reading: Reading<'_>, name: u32) -> Hit {
    let Ground { list, memory, .. } = ground;
    let Reading { words, reached } = reading;
    let own = list.words_of(name);
    let tokens = own.iter().map(|word| list.token(*word)).collect();
    let other = Words::from_tokens(tokens, list.text_bytes(name));
    let (kind, likely) = (inquiry.kind, inquiry.met.among(own));
    let edge = |i: usize, j: usize| {
        let known = (likely >> j & 1 == 1).then(|| edge_to(memory.edges(reached.words[i], kind), own[j]));
        match known.flatten() {
            Some(edge) => {
                let how = if edge.is_near() { How::Near } else { How::Equal };
                Some((edge.share(), edge.share(), how))
            }
            None => by_initial(&words.tokens[i], &other.tokens[j], KINDS[kind]),
        }
    };
    Hit {
        row: name,
        score: score_by(words, &other, KINDS[kind], inquiry.is_joined(ground, reached, name, own), edge)
            .score,
    }
}
