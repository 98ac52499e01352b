//! A name as weighed words, with the joins of its neighbours.

use crate::engine::similarity::Word;
use crate::lexicon::{Glossary, Lexicon};
use crate::normalise::normalise;
use crate::tokens::{Class, Kind, Name, Text, Token, analyse};

/// Longest run of words that may have been written as one.
pub const MOST_JOINED: usize = 3;
/// Longest join, in letters: longer ones are not words.
pub const LONGEST_JOIN: usize = 24;

/// A name, its words in order, and their total weight.
pub struct Words<'t> {
    /// The words.
    pub tokens: Vec<Token>,
    /// Sum of their weights.
    pub weight: u32,
    /// As written, in UTF-8.
    text: &'t [u8],
}

impl<'t> Words<'t> {
    /// Analyses a text under a kind.
    #[must_use]
    pub fn of(lexicon: &Lexicon, text: &'t str, kind: Kind) -> Self {
        let Name { tokens, .. } = analyse(lexicon, text, kind);
        Self::from_tokens(tokens, text.as_bytes())
    }

    /// Reads a text under a kind, after others perhaps.
    #[must_use]
    pub fn read(glossary: &mut Glossary<'_>, text: &mut Text<'t>, kind: Kind) -> Self {
        Self::read_into(Vec::new(), glossary, text, kind)
    }

    /// The same, in the room that an empty list of tokens has.
    #[must_use]
    pub fn read_into(room: Vec<Token>, glossary: &mut Glossary<'_>, text: &mut Text<'t>, kind: Kind) -> Self {
        Self::from_tokens(text.read_into(room, glossary, kind).tokens, text.text.as_bytes())
    }

    /// The words of a name that was analysed before, and the name in UTF-8.
    #[must_use]
    pub fn from_tokens(tokens: Vec<Token>, text: &'t [u8]) -> Self {
        let weight = tokens.iter().map(|token| u32::from(token.weight)).sum();
        Self { tokens, weight, text }
    }

    /// The room that the words took, empty.
    #[must_use]
    pub fn into_room(mut self) -> Vec<Token> {
        self.tokens.clear();
        self.tokens
    }

    /// The normalised text: equal texts are equal names.
    #[must_use]
    pub fn normal(&self) -> String {
        normalise(std::str::from_utf8(self.text).unwrap_or(""))
    }

    /// The words with what comparing them needs; a search does without until it has found something.
    #[must_use]
    pub fn words(&self, lexicon: &Lexicon, kind: Kind) -> Vec<Word> {
        self.tokens.iter().map(|token| Word::new(lexicon, token.clone(), kind)).collect()
    }
}

/// Every run of two or three adjacent words, `from..to`, that could have been written as one word.
pub fn runs(tokens: &[Token]) -> impl Iterator<Item = (usize, usize)> + '_ {
    (0..tokens.len()).flat_map(move |from| {
        let ends = from + 1..=(from + MOST_JOINED).min(tokens.len());
        let mut length = 0;
        let fits = move |to: &usize| {
            let word = &tokens[to - 1];
            length += word.text.len();
            joinable(word.class, &word.text) && length <= LONGEST_JOIN
        };
        ends.take_while(fits).filter(move |to| to - from > 1).map(move |to| (from, to))
    })
}

/// Whether a word is these words written as one.
#[must_use]
pub fn is_run(word: &[u8], run: &[Token]) -> bool {
    let mut rest = word;
    for part in run {
        match rest.strip_prefix(part.text.as_bytes()) {
            Some(left) => rest = left,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Whether a word can be part of a join: letters, not a canonical form.
#[must_use]
pub fn joinable(class: Class, text: &str) -> bool {
    matches!(class, Class::Plain | Class::Generic | Class::Particle | Class::Initial | Class::Title)
        && !text.starts_with('_')
        && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a word can be what a join was written as.
#[must_use]
pub fn joined_form(class: Class, text: &str) -> bool {
    joinable(class, text) && text.len() > 2
}
