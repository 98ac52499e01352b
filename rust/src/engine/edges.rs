//! Which words of a list a query word can match: equal ones, those that it may misspell, those that sound alike, variants
//! of names, and names whose neighbours are written as one.

use crate::engine::memory::prefetch;
use crate::engine::rolling::{filed, without_letters};
use crate::engine::segment::{KINDS, List};
use crate::engine::similarity::{
    AKIN, How, VARIANT, WHOLE, edits_allowed, has_variants, is_fuzzy, is_joining, may_vary, misspelt, rhyme,
    sound_of, sound_share, spelling,
};
use crate::engine::words::joined_form;
use crate::lexicon::{Lexicon, skeleton};
use crate::tokens::{Class, Token};

/// A word of the list that a query word can match, with the share where variants of names count, and where not.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The word.
    pub word: u32,
    share: u16,
    strict: u16,
    weight: u16,
    zones: u8,
    near: bool,
}

impl Edge {
    /// One of these shares.
    #[must_use]
    pub fn new(word: u32, share: u32, strict: u32) -> Self {
        let small = |share| u16::try_from(share).unwrap_or(u16::MAX);
        Self { word, share: small(share), strict: small(strict), weight: 0, zones: 0, near: false }
    }

    /// Notes what the list knows of the word.
    pub fn learn(&mut self, list: &List<'_>) {
        let word = &list.words[self.word as usize];
        (self.weight, self.zones) = (word.weight, word.zones);
    }

    /// Takes the greater shares of two edges to one word.
    fn widen(&mut self, other: &Self) {
        self.share = self.share.max(other.share);
        if other.strict > self.strict {
            (self.strict, self.near) = (other.strict, other.near);
        }
    }

    /// Whether what makes them alike, among names of a kind, is that both are short known words, one slip apart.
    #[must_use]
    pub fn is_near(self, kind: usize) -> bool {
        self.near && self.share(kind) == u32::from(self.strict)
    }

    /// What the word weighs.
    #[must_use]
    pub fn weight(self) -> u32 {
        u32::from(self.weight)
    }

    /// Whether the word stands in a zone.
    #[must_use]
    pub fn is_in(self, zone: usize) -> bool {
        self.zones >> zone & 1 == 1
    }

    /// Whether the word stands in names of a kind.
    #[must_use]
    pub fn is_among(self, kind: usize) -> bool {
        self.zones >> (2 * kind) & 3 != 0
    }

    /// The share among names of a kind; 0 where the words do not match.
    #[must_use]
    pub fn share(self, kind: usize) -> u32 {
        u32::from(if has_variants(KINDS[kind]) { self.share } else { self.strict })
    }
}

/// Room to look for words in.
#[derive(Default)]
pub struct Room {
    /// Hashes of what is left of a word.
    keys: Vec<u32>,
    /// Words that it may misspell.
    words: Vec<u32>,
}

/// All words that a word can match, each once with its greatest shares.
pub fn add_edges(
    lexicon: &Lexicon,
    list: &List<'_>,
    token: &Token,
    hash: u64,
    edges: &mut Vec<Edge>,
    room: &mut Room,
) {
    let from = edges.len();
    let text = token.text.as_str();
    if is_fuzzy(token) {
        let (common, groups) = lexicon.kin(text);
        add_alike(list, text, common, edges, room);
        if !groups.is_empty() {
            add_variants(list, text, groups, edges, from);
        }
        let mut kept = from;
        for at in from..edges.len() {
            if is_joining(list.class(edges[at].word)) == is_joining(token.class) {
                edges[kept] = edges[at];
                kept += 1;
            }
        }
        edges.truncate(kept);
    }
    if token.class == Class::Legal {
        for akin in lexicon.akin(text) {
            let legal = list.words_spelled(akin).filter(|word| list.class(*word) == Class::Legal);
            legal.for_each(|word| put(edges, from, Edge::new(word, AKIN, AKIN)));
        }
    }
    let equal = list.spelled(hash, |word| word == text.as_bytes());
    equal.for_each(|word| put(edges, from, Edge::new(word, WHOLE, WHOLE)));
}

/// Puts an edge among those from a place on, which are in order.
fn put(edges: &mut Vec<Edge>, from: usize, edge: Edge) {
    match edges[from..].binary_search_by_key(&edge.word, |other| other.word) {
        Ok(at) => edges[from + at].widen(&edge),
        Err(at) => edges.insert(from + at, edge),
    }
}

/// Adds the words of some groups of variants to those from a place on.
fn add_variants(list: &List<'_>, text: &str, groups: &[u32], edges: &mut Vec<Edge>, from: usize) {
    let rhyme = rhyme(text);
    let may = |word: &u32| rhyme.is_none() || may_vary(rhyme.as_ref(), text_of(list, *word));
    for group in groups {
        let words = list.variants(*group).iter().copied().filter(may);
        edges.extend(words.map(|word| Edge::new(word, VARIANT, 0)));
    }
    // Each once; an order that holds, so that of equal words the spelling comes first.
    edges[from..].sort_by_key(|edge| edge.word);
    let mut kept = from;
    for at in from + 1..edges.len() {
        let edge = edges[at];
        if edge.word == edges[kept].word {
            edges[kept].widen(&edge);
        } else {
            kept += 1;
            edges[kept] = edge;
        }
    }
    edges.truncate(kept + 1);
}

/// Words within the edits that their length allows, and words with the same skeleton, in order.
fn add_alike(list: &List<'_>, text: &str, known: bool, edges: &mut Vec<Edge>, room: &mut Room) {
    let Room { keys, words } = room;
    keys.clear();
    words.clear();
    without_letters(text.as_bytes(), edits_allowed(text.len()), |key| keys.push(key));
    list.deletions.each(keys, |word| words.push(word));
    words.sort_unstable();
    words.dedup();
    for word in &*words {
        prefetch(list.words, *word as usize);
    }
    for word in &*words {
        prefetch(list.letters, list.words[*word as usize].start as usize);
    }
    let key = skeleton(text);
    let (sound, share) = (sound_of(&key), sound_share(u8::try_from(key.len()).unwrap_or(u8::MAX)));
    let sound = if share > 0 { sound } else { 0 };
    let mut heard = list.sounding(sound).map(|word| Edge::new(word, share, share)).peekable();
    for mut edge in words.iter().filter_map(|word| spelled_alike(list, text, known, *word)) {
        while let Some(before) = heard.next_if(|heard| heard.word < edge.word) {
            edges.push(before);
        }
        if let Some(same) = heard.next_if(|heard| heard.word == edge.word) {
            edge.widen(&same);
        }
        edges.push(edge);
    }
    edges.extend(heard);
}

/// The edge to a word within the edits that its length allows.
fn spelled_alike(list: &List<'_>, text: &str, known: bool, word: u32) -> Option<Edge> {
    let letters = list.word(word);
    let share = spelling(text.as_bytes(), letters)?;
    let (share, how) = if letters == text.as_bytes() {
        (share, How::Equal)
    } else {
        misspelt(share, text.len().max(letters.len()), known && list.is_known(word))
    };
    Some(Edge { near: how == How::Near, ..Edge::new(word, share, share) })
}

/// Names in which adjacent words join to this one, with the weight of those words.
pub fn add_joins(list: &List<'_>, token: &Token, hash: u64, joins: &mut Vec<(u32, u32)>) {
    if !joined_form(token.class, &token.text) {
        return;
    }
    let from = joins.len();
    let names = list.joins.of(filed(hash));
    joins.extend(names.filter_map(|name| join_weight(list, name, &token.text).map(|weight| (name, weight))));
    joins[from..].sort_unstable();
}

fn join_weight(list: &List<'_>, name: u32, text: &str) -> Option<u32> {
    let words = list.words_of(name);
    let joined = |from: usize| {
        let (mut rest, mut weight) = (text.as_bytes(), 0);
        for word in &words[from..] {
            rest = rest.strip_prefix(list.word(*word))?;
            weight += list.weight(*word);
            if rest.is_empty() {
                return Some(weight);
            }
        }
        None
    };
    (0..words.len()).filter_map(joined).max()
}

/// The letters of a word as text; a damaged index that was not verified may hold others, which match nothing.
#[must_use]
pub fn text_of<'a>(list: &List<'a>, word: u32) -> &'a str {
    std::str::from_utf8(list.word(word)).unwrap_or("")
}
