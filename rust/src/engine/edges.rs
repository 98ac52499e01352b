//! Which words of a list a query word can match: equal ones, those that it may misspell, those that sound alike, variants
//! of names, and names whose neighbours are written as one.

use crate::engine::rolling::{filed, without_letters};
use crate::engine::segment::{KINDS, List, Word};
use crate::engine::similarity::{
    AKIN, How, VARIANT, WHOLE, edits_allowed, has_variants, is_fuzzy, is_joining, may_vary, misspelt, rhyme,
    sound_of, sound_share, spelling,
};
use crate::engine::words::joined_form;
use crate::lexicon::{Lexicon, skeleton};
use crate::prefetch::prefetch;
use crate::tokens::{Class, Token};

/// A word that a query word can match among names of one kind; eight to a line of the processor's memory.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The word.
    pub word: u32,
    share: u16,
    weight: u8,
    /// Whether it stands in names without initials, in names with some, and whether it is [`Self::NEAR`].
    marks: u8,
}

impl Edge {
    const NEAR: u8 = 4;

    /// The share, never 0.
    #[must_use]
    pub fn share(self) -> u32 {
        u32::from(self.share)
    }

    /// What the word weighs.
    #[must_use]
    pub fn weight(self) -> u32 {
        u32::from(self.weight)
    }

    /// Whether the word stands in names without initials, or in names with some.
    #[must_use]
    pub fn is_among(self, initials: bool) -> bool {
        self.marks >> u8::from(initials) & 1 == 1
    }

    /// Whether what makes them alike is that both are short known words, one slip apart.
    #[must_use]
    pub fn is_near(self) -> bool {
        self.marks & Self::NEAR != 0
    }
}

/// The edge to a word among some that are in order, if there is one.
#[must_use]
pub fn edge_to(edges: &[Edge], word: u32) -> Option<Edge> {
    edges.binary_search_by_key(&word, |edge| edge.word).ok().map(|at| edges[at])
}

/// A word of the list that is like a query word, with the share where variants of names count, and where not.
#[derive(Clone, Copy, Debug)]
pub struct Alike {
    word: u32,
    share: u16,
    strict: u16,
    weight: u8,
    zones: u8,
    near: bool,
}

impl Alike {
    /// One of these shares.
    #[must_use]
    pub fn new(list: &List<'_>, word: u32, share: u32, strict: u32) -> Self {
        let small = |share| u16::try_from(share).unwrap_or(u16::MAX);
        let Word { weight, zones, .. } = list.words[word as usize];
        // No word weighs more than 100.
        let weight = u8::try_from(weight).unwrap_or(u8::MAX);
        Self { word, share: small(share), strict: small(strict), weight, zones, near: false }
    }

    /// Takes the greater shares of two that are the same word.
    fn widen(&mut self, other: &Self) {
        self.share = self.share.max(other.share);
        if other.strict > self.strict {
            (self.strict, self.near) = (other.strict, other.near);
        }
    }

    /// The zones that the word stands in, a bit each.
    #[must_use]
    pub fn zones(&self) -> u8 {
        self.zones
    }

    /// What it is among names of a kind, if they hold it and the words match there.
    #[must_use]
    pub fn among(self, kind: usize) -> Option<Edge> {
        let share = if has_variants(KINDS[kind]) { self.share } else { self.strict };
        let near = if self.near && share == self.strict { Edge::NEAR } else { 0 };
        let marks = self.zones >> (2 * kind) & 3 | near;
        (is_among(self.zones, kind) && share > 0).then_some(Edge {
            word: self.word,
            share,
            weight: self.weight,
            marks,
        })
    }
}

/// Whether zones, a bit each, hold one of a kind.
#[must_use]
pub fn is_among(zones: u8, kind: usize) -> bool {
    zones >> (2 * kind) & 3 > 0
}

/// Words that are like a query word, and room to look for them in.
#[derive(Default)]
pub struct Room {
    /// The words, in order and each once, with its greatest shares.
    pub found: Vec<Alike>,
    /// Hashes of what is left of a word.
    keys: Vec<u32>,
    /// Words that it may misspell.
    words: Vec<u32>,
}

impl Room {
    /// Finds all words that a word can match.
    pub fn find(&mut self, lexicon: &Lexicon, list: &List<'_>, token: &Token, hash: u64) {
        self.found.clear();
        let text = token.text.as_str();
        if is_fuzzy(token) {
            let (common, groups) = lexicon.kin(text);
            self.add_alike(list, text, common);
            if !groups.is_empty() {
                self.add_variants(list, text, groups);
            }
            self.found.retain(|found| is_joining(list.class(found.word)) == is_joining(token.class));
        }
        if token.class == Class::Legal {
            for akin in lexicon.akin(text) {
                let legal = list.words_spelled(akin).filter(|word| list.class(*word) == Class::Legal);
                legal.for_each(|word| self.put(Alike::new(list, word, AKIN, AKIN)));
            }
        }
        let equal = list.spelled(hash, |word| word == text.as_bytes());
        equal.for_each(|word| self.put(Alike::new(list, word, WHOLE, WHOLE)));
    }

    fn put(&mut self, alike: Alike) {
        match self.found.binary_search_by_key(&alike.word, |other| other.word) {
            Ok(at) => self.found[at].widen(&alike),
            Err(at) => self.found.insert(at, alike),
        }
    }

    /// Adds the words of some groups of variants.
    fn add_variants(&mut self, list: &List<'_>, text: &str, groups: &[u32]) {
        let rhyme = rhyme(text);
        let may = |word: &u32| rhyme.is_none() || may_vary(rhyme.as_ref(), text_of(list, *word));
        for group in groups {
            let words = list.variants(*group).iter().copied().filter(may);
            self.found.extend(words.map(|word| Alike::new(list, word, VARIANT, 0)));
        }
        // An order that holds, so that of equal words the spelling comes first.
        self.found.sort_by_key(|alike| alike.word);
        self.found.dedup_by(|next, kept| {
            let same = next.word == kept.word;
            if same {
                kept.widen(next);
            }
            same
        });
    }

    /// Adds words within the edits that their length allows, and words with the same skeleton.
    fn add_alike(&mut self, list: &List<'_>, text: &str, known: bool) {
        let Self { found, keys, words } = self;
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
        let mut heard = list.sounding(sound).map(|word| Alike::new(list, word, share, share)).peekable();
        for mut spelled in words.iter().filter_map(|word| spelled_alike(list, text, known, *word)) {
            while let Some(before) = heard.next_if(|heard| heard.word < spelled.word) {
                found.push(before);
            }
            if let Some(same) = heard.next_if(|heard| heard.word == spelled.word) {
                spelled.widen(&same);
            }
            found.push(spelled);
        }
        found.extend(heard);
    }
}

/// A word, if it is within the edits that its length allows.
fn spelled_alike(list: &List<'_>, text: &str, known: bool, word: u32) -> Option<Alike> {
    let letters = list.word(word);
    let share = spelling(text.as_bytes(), letters)?;
    let (share, how) = if letters == text.as_bytes() {
        (share, How::Equal)
    } else {
        misspelt(share, text.len().max(letters.len()), known && list.is_known(word))
    };
    Some(Alike { near: how == How::Near, ..Alike::new(list, word, share, share) })
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
