//! A name as weighed words, with the joins of its neighbours.

use crate::engine::similarity::Word;
use crate::lexicon::Lexicon;
use crate::tokens::{Class, Kind, Name, Token, analyse};

/// Longest run of words that may have been written as one.
pub const MOST_JOINED: usize = 3;
/// Longest join, in letters: longer ones are not words.
const LONGEST_JOIN: usize = 24;

/// A name, its words in order, and their total weight.
pub struct Words {
    /// The words.
    pub tokens: Vec<Token>,
    /// Sum of their weights.
    pub weight: u32,
    /// The normalised text: equal texts are equal names.
    pub normal: String,
}

/// A run of adjacent words, `from..to`, written as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// First word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
    /// The letters together.
    pub text: String,
    /// Sum of the words' weights.
    pub weight: u32,
}

impl Words {
    /// Analyses a text under a kind.
    #[must_use]
    pub fn of(lexicon: &Lexicon, text: &str, kind: Kind) -> Self {
        let Name { tokens, normal, .. } = analyse(lexicon, text, kind);
        Self::from_tokens(tokens, normal)
    }

    /// The words of a name that was analysed before.
    #[must_use]
    pub fn from_tokens(tokens: Vec<Token>, normal: String) -> Self {
        let weight = tokens.iter().map(|token| u32::from(token.weight)).sum();
        Self { tokens, weight, normal }
    }

    /// The words with what comparing them needs; a search does without until it has found something.
    #[must_use]
    pub fn words(&self, lexicon: &Lexicon, kind: Kind) -> Vec<Word> {
        self.tokens.iter().map(|token| Word::new(lexicon, token.clone(), kind)).collect()
    }

    /// Every run of two or three adjacent words that could have been written as one word.
    #[must_use]
    pub fn joins(&self) -> Vec<Join> {
        let mut found = Vec::new();
        for from in 0..self.tokens.len() {
            let mut text = String::new();
            let mut weight = 0;
            for to in from + 1..=(from + MOST_JOINED).min(self.tokens.len()) {
                let word = &self.tokens[to - 1];
                if !joinable(word.class, &word.text) || text.len() + word.text.len() > LONGEST_JOIN {
                    break;
                }
                text.push_str(&word.text);
                weight += u32::from(word.weight);
                if to - from > 1 {
                    found.push(Join { from, to, text: text.clone(), weight });
                }
            }
        }
        found
    }
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
