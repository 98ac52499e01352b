//! What is known of words: how common each is, which legal form or general word it writes, which names vary it.

use crate::tokens::Class;

/// The words that the engine knows, frozen and versioned; compiled by `lexicon.py`, read without copying entry by entry.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// What the lexicon was made of; scores of different versions are not comparable.
    pub version: String,
}

impl Lexicon {
    /// A lexicon that knows no word.
    #[must_use]
    pub fn empty() -> Self {
        Self { version: "empty".to_owned() }
    }

    /// Reads a compiled lexicon; the bytes are not trusted.
    ///
    /// # Errors
    ///
    /// What is wrong with the bytes, if they are no lexicon of this version of the engine.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        if bytes.is_empty() { Err("the lexicon is empty".to_owned()) } else { Ok(Self::empty()) }
    }

    /// The groups of person-name variants that a word belongs to, ascending: words that share one are variants.
    #[must_use]
    pub fn groups(&self, _token: &str) -> &[u32] {
        &[]
    }

    /// How much a word tells, from 5 (a title) to 100 (a rare word); from a frozen table, never from the list.
    #[must_use]
    pub fn weight(&self, token: &str, class: Class) -> u16 {
        match class {
            Class::Plain => match token.len() {
                0..=2 => 60,
                3 => 85,
                _ => 100,
            },
            Class::Generic => 35,
            Class::Legal => 12,
            Class::Title => 5,
            Class::Particle => 10,
            Class::Initial => 25,
            Class::Number => 80,
        }
    }

    /// The generic form of a canonical legal form: `_gmbh` is a `_llc`.
    #[must_use]
    pub fn generic(&self, _token: &str) -> Option<&str> {
        None
    }
}

/// A key under which the spellings and transliterations of one word fall together; empty if there is none.
#[must_use]
pub fn skeleton(token: &str) -> String {
    if !token.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return String::new();
    }
    token.chars().filter(|letter| !"aeiouyw".contains(*letter)).collect()
}
