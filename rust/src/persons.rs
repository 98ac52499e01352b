//! Persons' names: given names first, titles, joining words, initials, and the one form of Abd al-.

use compact_str::{CompactString, ToCompactString};

use crate::lexicon::{Lexicon, Scope};
use crate::phrases::{self, Found, plain, roman};
use crate::tokens::{Class, Kind, Token};
use crate::words::Words;

/// The Arabic article as it is spoken before the letters that it merges with: as-Sadr, ar-Rahman.
const MERGED_ARTICLES: &[&str] = &[
    "ad", "adh", "an", "ar", "as", "ash", "at", "ath", "az", "ed", "er", "es", "esh", "ur", "us", "uz", "ul",
    "ol",
];

/// How the first half of Abd al- is written, up to the article's consonant.
const SERVANT: &[&str] = &["abdul", "abdal", "abdel", "abdil", "abdol", "abdu", "abde", "abdo", "abd"];

pub(crate) fn tokens(lexicon: &Lexicon, words: &mut Words) -> Vec<Token> {
    given_names_first(lexicon, words);
    let count = words.list.len();
    let mut tokens: Vec<Token> = Vec::with_capacity(count + 1);
    let mut at = 0;
    while at < count {
        let word = &words.list[at];
        let text = words.text(word);
        let entry = lexicon.find(text);
        if let Some(servant) = servant(lexicon, words, at) {
            match servant.of {
                Of::God => tokens.push(plain(lexicon, "abdullah", lexicon.find("abdullah"))),
                Of::Next => tokens.push(particle(lexicon, "_abdul")),
                Of::Rest(rest) => {
                    tokens.push(particle(lexicon, "_abdul"));
                    tokens.push(plain(lexicon, rest, lexicon.find(rest)));
                }
            }
            at += servant.words;
            continue;
        }
        if words.list.get(at + 1).is_some_and(|next| next.hyphen) && MERGED_ARTICLES.contains(&text) {
            tokens.push(particle(lexicon, "al"));
            at += 1;
            continue;
        }
        let joins = word.single && !word.upper && !word.dot && at > 0 && at + 1 < count;
        if word.single && !(joins && matches!(text, "y" | "e" | "i")) {
            let text = text[..1].into();
            tokens.push(Token {
                weight: lexicon.weigh(None, 1, Class::Initial),
                class: Class::Initial,
                text,
            });
            at += 1;
            continue;
        }
        if let Some(found) = phrases::longest(lexicon, words, at, entry, Kind::Person)
            && fits(&found, at, count, &tokens)
        {
            tokens.push(phrases::token(lexicon, found.role.class, found.role.canonical));
            at += found.words;
            continue;
        }
        let last = at + 1 == count && at > 0;
        tokens.push(match (last && word.upper && text.len() >= 2).then(|| roman(text)).flatten() {
            // The third of his name; whose is told by the rest.
            Some(number) => {
                let text = number.to_compact_string();
                Token { weight: lexicon.weigh(None, text.len(), Class::Title), class: Class::Title, text }
            }
            None if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let text = CompactString::from(text);
                Token { weight: lexicon.weigh(None, text.len(), Class::Number), class: Class::Number, text }
            }
            None => plain(lexicon, text, entry),
        });
        at += 1;
    }
    tokens
}

fn particle(lexicon: &Lexicon, text: &str) -> Token {
    Token {
        text: text.into(),
        class: Class::Particle,
        weight: lexicon.weigh(None, text.len(), Class::Particle),
    }
}

fn fits(found: &Found, at: usize, count: usize, before: &[Token]) -> bool {
    let (first, last) = (at == 0, at + found.words == count);
    match found.role.scope {
        Scope::Anywhere | Scope::Edge => count > found.words,
        Scope::Prefix => before.iter().all(|token| token.class == Class::Title) && !last,
        Scope::Suffix => last && !first,
        Scope::Inner => !first && !last,
        Scope::Before => !last,
    }
}

/// `LAST, First` is `First LAST`; `First LAST, Jr.` stays.
fn given_names_first(lexicon: &Lexicon, words: &mut Words) {
    let mut commas = (1..words.list.len()).filter(|&index| words.list[index].comma);
    let Some(given) = commas.next() else { return };
    let end = commas.next().unwrap_or(words.list.len());
    let follows = |index: usize| {
        let word = &words.list[index];
        let text = words.text(word);
        let role = lexicon.find(text).and_then(|entry| lexicon.role(entry, Kind::Person));
        roman(text).is_some() || role.is_some_and(|role| role.class == Class::Title)
    };
    if (given..end).all(follows) {
        return;
    }
    words.reorder((given..end).chain(0..given).chain(end..words.list.len()).collect::<Vec<_>>());
}

/// How many words write Abd al- at a place, and before what.
struct Servant<'a> {
    words: usize,
    of: Of<'a>,
}

enum Of<'a> {
    /// Abdullah, however it is parted.
    God,
    /// The name that follows.
    Next,
    /// The name that it is written together with.
    Rest(&'a str),
}

/// `Abd al Rahman`, `Abdul Rahman`, `Abd ar-Rahman` and `Abdurrahman` are `_abdul rahman`. What only begins like it
/// stays as it is (`Abdullayev`), and so does `Abdullah`, which everyone writes together.
fn servant<'a>(lexicon: &Lexicon, words: &'a Words, at: usize) -> Option<Servant<'a>> {
    const ALONE: &[&str] =
        &["abd", "abdul", "abdal", "abdel", "abdol", "abdil", "abdu", "abdur", "abdus", "abdoul", "abdool"];
    let text = words.text(&words.list[at]);
    if !text.starts_with("abd") {
        return None;
    }
    let next = |offset: usize| words.list.get(at + offset).map(|word| words.text(word));
    let article = |text: &str| matches!(text, "al" | "el" | "il") || MERGED_ARTICLES.contains(&text);
    if let (true, Some(second)) = (ALONE.contains(&text), next(1)) {
        let (words, of) = match (second, next(2)) {
            ("allah" | "allh" | "ullah" | "ollah" | "elah", _) => (2, Of::God),
            ("al", Some("lh" | "lah")) => (3, Of::God),
            (second, Some(_)) if article(second) => (2, Of::Next),
            _ => (1, Of::Next),
        };
        return Some(Servant { words, of });
    }
    let rest = SERVANT.iter().find_map(|head| text.strip_prefix(head))?;
    // Abdurrahman, Abdussalam: the article took the name's own consonant.
    let rest = match rest.as_bytes() {
        [first, second, ..] if first == second => &rest[1..],
        _ => rest,
    };
    let whole = rest.len() < 4 || ["lah", "lae", "lay"].iter().any(|head| rest.starts_with(head));
    (!whole && lexicon.is_name(rest)).then_some(Servant { words: 1, of: Of::Rest(rest) })
}
