//! Many queries at once: each distinct word is looked up once, queries run on all cores.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::engine::search::{Hit, Known, permille, reach_of, scan_part, search_part};
use crate::engine::segment::{KINDS, Part, Segment};
use crate::engine::words::Words;
use crate::lexicon::Lexicon;
use crate::tokens::{Kind, Token};

/// Queries handled at a time: enough to share look-ups, few enough to hold in memory.
const STRETCH: usize = 1 << 15;
/// Words remembered over a batch before they are forgotten.
const MOST_KNOWN: usize = 1 << 20;

/// What a question may be limited to.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Lowest score, in millionths.
    pub threshold: u32,
    /// Names of this kind and of unknown kind only; all when not given.
    pub kind: Option<Kind>,
    /// Records that hold at this instant only, in microseconds since 1970; all when not given.
    pub at: Option<i64>,
    /// Score every name instead of searching: the oracle.
    pub exhaustive: bool,
}

impl Terms {
    fn takes(&self, part: &Part<'_>) -> bool {
        !part.is_empty() && self.kind.is_none_or(|kind| kind == part.kind || part.kind == Kind::Other)
    }
}

/// The hits of one text, best first; equal scores in order of row.
#[must_use]
pub fn search(lexicon: &Lexicon, segment: &Segment, text: &str, terms: Terms) -> Vec<Hit> {
    let mut hits = Vec::new();
    for part in parts(segment, terms) {
        hits.extend(search_one(lexicon, segment, &part, text, &Known::default(), terms));
    }
    ordered(hits, segment, terms)
}

fn search_one(
    lexicon: &Lexicon,
    segment: &Segment,
    part: &Part<'_>,
    text: &str,
    known: &Known,
    terms: Terms,
) -> Vec<Hit> {
    let words = Words::of(lexicon, text, part.kind);
    if terms.exhaustive {
        scan_part(lexicon, segment, part, &words, terms.threshold)
    } else {
        search_part(lexicon, segment, part, &words, known, terms.threshold)
    }
}

fn parts(segment: &Segment, terms: Terms) -> Vec<Part<'_>> {
    (0..KINDS.len()).map(|number| segment.part(number)).filter(|part| terms.takes(part)).collect()
}

fn ordered(mut hits: Vec<Hit>, segment: &Segment, terms: Terms) -> Vec<Hit> {
    if let Some(at) = terms.at {
        let names = segment.names();
        hits.retain(|hit| names.valid_from[hit.row as usize] <= at && at < names.valid_to[hit.row as usize]);
    }
    hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.row));
    hits
}

/// The hits of many texts, in the order of the texts.
#[must_use]
pub fn search_many<T: AsRef<str> + Sync>(
    lexicon: &Lexicon,
    segment: &Segment,
    texts: &[T],
    terms: Terms,
) -> Vec<Vec<Hit>> {
    let mut found: Vec<Vec<Hit>> = texts.iter().map(|_| Vec::new()).collect();
    for part in parts(segment, terms) {
        let mut known = Known::default();
        for (texts, found) in texts.chunks(STRETCH).zip(found.chunks_mut(STRETCH)) {
            if known.len() > MOST_KNOWN {
                known.clear();
            }
            let words: Vec<Words> =
                texts.par_iter().map(|text| Words::of(lexicon, text.as_ref(), part.kind)).collect();
            learn(lexicon, &part, &words, permille(terms.threshold), &mut known);
            let known = &known;
            words.par_iter().zip(found.par_iter_mut()).for_each(|(words, found)| {
                found.extend(if terms.exhaustive {
                    scan_part(lexicon, segment, &part, words, terms.threshold)
                } else {
                    search_part(lexicon, segment, &part, words, known, terms.threshold)
                });
            });
        }
    }
    found.into_par_iter().map(|hits| ordered(hits, segment, terms)).collect()
}

/// Looks up the words of a stretch that are not known yet.
fn learn(lexicon: &Lexicon, part: &Part<'_>, words: &[Words], threshold: u64, known: &mut Known) {
    let fresh: FxHashSet<&Token> =
        words.iter().flat_map(|words| &words.tokens).filter(|token| !known.contains_key(*token)).collect();
    let fresh: Vec<&Token> = fresh.into_iter().collect();
    let reaches: Vec<_> =
        fresh.par_iter().map(|token| ((*token).clone(), reach_of(lexicon, part, token, threshold))).collect();
    known.extend(reaches);
}
