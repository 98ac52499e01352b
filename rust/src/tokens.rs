//! A name taken apart: its words in Latin letters, what each is, and how much it tells.

use crate::lexicon::Lexicon;
use crate::normalise::normalise;
use any_ascii::any_ascii;

/// At most so many words of a name are taken into account.
pub const MAX_TOKENS: usize = 64;
/// At most so many bytes of a word are taken into account.
pub const MAX_TOKEN: usize = 64;

/// What a name is the name of: persons' names are read differently from ships'.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A natural person.
    Person = 0,
    /// A company, authority or group.
    Organisation = 1,
    /// A ship.
    Vessel = 2,
    /// Anything else, or not known.
    Other = 3,
}

/// What a word does in a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[repr(u8)]
pub enum Class {
    /// A word that names.
    Plain = 0,
    /// A word that many organisations share: group, trading, technology.
    Generic = 1,
    /// A legal form.
    Legal = 2,
    /// A title of a person or a ship.
    Title = 3,
    /// A joining word: al, von, and.
    Particle = 4,
    /// One letter that stands for a name.
    Initial = 5,
    /// A number.
    Number = 6,
}

/// One word of a name.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Token {
    /// `a-z0-9` only, or a canonical form of a class beginning with `_`, such as `_llc`.
    pub text: String,
    /// What the word does in the name.
    pub class: Class,
    /// How much the word tells, from 5 to 100.
    pub weight: u16,
}

/// A name taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Name {
    /// Its words, in order.
    pub tokens: Vec<Token>,
    /// The normalised whole text: equal normals are equal names.
    pub normal: String,
    /// Whether anything was transliterated.
    pub script_original: bool,
    /// Whether words or letters beyond the bounds were left out.
    pub truncated: bool,
}

/// Takes a name apart.
#[must_use]
pub fn analyse(lexicon: &Lexicon, text: &str, _kind: Kind) -> Name {
    let normal = normalise(text);
    let latin = any_ascii(&normal).to_ascii_lowercase();
    let mut tokens = Vec::new();
    let mut truncated = false;
    for word in latin.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if word.is_empty() {
            continue;
        }
        if tokens.len() == MAX_TOKENS {
            truncated = true;
            break;
        }
        truncated |= word.len() > MAX_TOKEN;
        let text = word[..word.len().min(MAX_TOKEN)].to_owned();
        let class = if text.bytes().all(|byte| byte.is_ascii_digit()) { Class::Number } else { Class::Plain };
        let weight = lexicon.weight(&text, class);
        tokens.push(Token { text, class, weight });
    }
    Name { tokens, script_original: !normal.is_ascii(), normal, truncated }
}
