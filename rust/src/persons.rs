//! Persons' names: given names first, titles, joining words, initials, and the one form of Abd al-.

use compact_str::{CompactString, ToCompactString};

use crate::lexicon::{Glossary, Known, Lexicon, Scope, slip};
use crate::phrases::{self, Found, named, plain, roman};
use crate::tokens::{Class, Kind, Token};
use crate::words::Words;

/// Whether a word is the Arabic article as it is spoken before the letters that it merges with: as-Sadr, ar-Rahman.
fn is_merged_article(word: &str) -> bool {
    matches!(
        word,
        "ad" | "adh"
            | "an"
            | "ar"
            | "as"
            | "ash"
            | "at"
            | "ath"
            | "az"
            | "ed"
            | "er"
            | "es"
            | "esh"
            | "ur"
            | "us"
            | "uz"
            | "ul"
            | "ol"
    )
}

/// How the first half of Abd al- is written, up to the article's consonant.
const SERVANT: &[&str] = &["abdul", "abdal", "abdel", "abdil", "abdol", "abdu", "abde", "abdo", "abd"];

/// Whether nothing in a word's letters makes it anything but a name, unless the next word does.
pub(crate) fn is_alone(lexicon: &Lexicon, text: &str, known: Known) -> bool {
    let servant = text.starts_with("abd") || !known.in_lexicon && slip(text, "abdul");
    !servant && !is_merged_article(text) && faith(text).is_none() && merged(lexicon, text, known).is_none()
}

/// Whether a name may be read together with a word that stands behind it.
pub(crate) fn follows(text: &str) -> bool {
    is_god(text) || is_faith(text) || is_article(text)
}

/// Adds the tokens of a person's name.
pub(crate) fn tokens(glossary: &mut Glossary<'_>, words: &Words, tokens: &mut Vec<Token>) {
    let lexicon = glossary.lexicon;
    let ordered = given_names_first(glossary, words);
    let (words, family) = ordered.as_ref().map_or((words, None), |(words, family)| (words, Some(*family)));
    let count = words.list.len();
    tokens.reserve(count + 1);
    let mut at = 0;
    let mut given = None;
    while at < count {
        if family == Some(at) {
            given = Some(tokens.len());
        }
        let word = &words.list[at];
        let (text, known) = (words.text(word), word.known);
        let follows = words.list.get(at + 1).is_some_and(|next| next.known.follows);
        if phrases::only_names(word, text, Kind::Person) && !follows {
            tokens.push(named(glossary, known, text));
            at += 1;
            continue;
        }
        if let Some(servant) = servant(lexicon, words, at) {
            match servant.of {
                Of::God => tokens.push(plain(glossary, "abdullah")),
                Of::Next => tokens.push(particle(lexicon, "_abdul")),
                Of::Rest(rest) => {
                    tokens.push(particle(lexicon, "_abdul"));
                    tokens.push(plain(glossary, rest));
                }
            }
            at += servant.words;
            continue;
        }
        if words.list.get(at + 1).is_some_and(|next| next.hyphen) && is_merged_article(text) {
            tokens.push(particle(lexicon, "al"));
            at += 1;
            continue;
        }
        if let Some((whole, taken)) = compound(words, at) {
            tokens.push(plain(glossary, &whole));
            at += taken;
            continue;
        }
        let joins = word.single && !word.upper && !word.dot && at > 0 && at + 1 < count;
        if word.single && !(joins && matches!(text, "y" | "e" | "i")) {
            let text = text[..1].into();
            tokens.push(Token {
                weight: lexicon.weigh(None, 1, Class::Initial),
                class: Class::Initial,
                text,
                number: 0,
            });
            at += 1;
            continue;
        }
        if let Some(found) = phrases::longest(glossary, words, at, Kind::Person)
            && fits(&found, at, count, tokens)
        {
            tokens.push(lexicon.token(found.role));
            at += found.words;
            continue;
        }
        let last = at + 1 == count && at > 0;
        tokens.push(match (last && word.upper && text.len() >= 2).then(|| roman(text)).flatten() {
            // The third of his name; whose is told by the rest.
            Some(number) => {
                let text = number.to_compact_string();
                Token {
                    weight: lexicon.weigh(None, text.len(), Class::Title),
                    class: Class::Title,
                    text,
                    number: 0,
                }
            }
            None if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                let text = CompactString::from(text);
                Token {
                    weight: lexicon.weigh(None, text.len(), Class::Number),
                    class: Class::Number,
                    text,
                    number: 0,
                }
            }
            None => {
                if let Some((head, rest)) = merged(lexicon, text, known) {
                    tokens.push(head);
                    tokens.push(plain(glossary, rest));
                    at += 1;
                    continue;
                }
                if count > 1 && !known.in_lexicon && slip(text, "abdul") {
                    particle(lexicon, "_abdul")
                } else {
                    named(glossary, known, text)
                }
            }
        });
        at += 1;
    }
    lighten(tokens, given);
}

/// Names beside the first given and the first family name tell less: lists and passports leave them out as they like.
/// Where no comma says where the family names begin, the last is one. Syllables of Chinese and Korean names are halves
/// of one.
fn lighten(tokens: &mut [Token], given: Option<usize>) {
    let plain = |token: &Token| token.class == Class::Plain;
    let (Some(first), Some(last)) = (tokens.iter().position(plain), tokens.iter().rposition(plain)) else {
        return;
    };
    let family = given.and_then(|at| (at..tokens.len()).find(|at| plain(&tokens[*at]))).unwrap_or(last);
    let inner = tokens.iter_mut().enumerate().filter(|(at, _)| *at != first && *at != family);
    for (_, token) in inner.filter(|(_, token)| token.class == Class::Plain && has_syllables(&token.text)) {
        token.weight = token.weight * 3 / 5;
    }
}

/// Whether a word has more than one group of vowels.
fn has_syllables(word: &str) -> bool {
    let vowel = |letter: &u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let mut letters = word.bytes();
    let group = letters.by_ref().any(|letter| vowel(&letter));
    group && letters.by_ref().any(|letter| !vowel(&letter)) && letters.any(|letter| vowel(&letter))
}

fn is_god(word: &str) -> bool {
    matches!(word, "allah" | "allh" | "ullah" | "ollah" | "olah" | "ulah")
}

fn is_faith(word: &str) -> bool {
    matches!(
        word,
        "din" | "deen" | "dine" | "edin" | "eddin" | "eddine" | "uddin" | "uddine" | "aldin" | "eldin"
    )
}

/// The article between a name and what it is the faith's.
fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ul") || is_merged_article(word)
}

/// What stands before the faith in a name that ends with it: `Nuraddin`.
fn faith(text: &str) -> Option<&str> {
    const TAILS: &[&str] = &[
        "uddine", "uddeen", "oddine", "eddine", "eddeen", "iddine", "aldeen", "eldine", "aldin", "eldin",
        "uldin", "eddin", "iddin", "addin", "oddin",
    ];
    // What most words do not end with ends the search for what they might.
    if !matches!(text.as_bytes(), [.., b'i' | b'e', b'n'] | [.., b'n', b'e']) {
        return None;
    }
    TAILS.iter().find_map(|tail| text.strip_suffix(tail)).filter(|stem| stem.len() >= 2)
}

/// Names of two words that most write as one: `Najib Ullah`, `Nur al-Din`; in one form, however they are written.
fn compound(words: &Words, at: usize) -> Option<(String, usize)> {
    let text = words.text(&words.list[at]);
    let next =
        |offset: usize| words.list.get(at + offset).filter(|word| !word.comma).map(|word| words.text(word));
    let second = next(1).unwrap_or_default();
    if text.len() < 2 || !text.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    if text.len() > 2 && is_god(second) {
        return Some((format!("{text}ullah"), 2));
    }
    if text.len() > 2 && is_faith(second) {
        return Some((format!("{text}uddin"), 2));
    }
    if text.len() > 2 && is_article(second) && next(2).is_some_and(is_faith) {
        return Some((format!("{text}uddin"), 3));
    }
    let stem = faith(text)?;
    Some((format!("{stem}uddin"), 1))
}

/// A joining word written together with its name: `ElSayed`, `AbuIslam`, `Benkhalifa`. A word that is known by itself
/// is parted only if the lexicon holds the rest for a form of it, or for a far commoner name: `Alfred` is no `Fred`.
fn merged<'a>(lexicon: &Lexicon, text: &'a str, known: Known) -> Option<(Token, &'a str)> {
    const SHORTEST: usize = 4;
    let (head, rest) = match text.as_bytes() {
        [b'a' | b'e', b'l', ..] => ("al", &text[2..]),
        [b'a', b'b', b'u', ..] => ("_abu", &text[3..]),
        [b'a', b'b', b'o', b'u', ..] => ("_abu", &text[4..]),
        [b'b', b'e' | b'i', b'n', ..] => ("_bin", &text[3..]),
        _ => return None,
    };
    // Abu begins few other names.
    let name = || head == "_abu" && !known.in_lexicon || lexicon.is_name(rest);
    if rest.len() < SHORTEST || !name() {
        return None;
    }
    let one_name = || {
        let groups = lexicon.groups(rest);
        lexicon.groups(text).iter().any(|group| groups.contains(group))
            || rest.len() > SHORTEST && lexicon.is_common(rest) && !lexicon.is_common(text)
    };
    (!known.in_lexicon || one_name()).then(|| (particle(lexicon, head), rest))
}

fn particle(lexicon: &Lexicon, text: &str) -> Token {
    Token {
        text: text.into(),
        class: Class::Particle,
        weight: lexicon.weigh(None, text.len(), Class::Particle),
        number: 0,
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

/// `LAST, First` is `First LAST`, with the place of the family name; `First LAST, Jr.` stays.
fn given_names_first(glossary: &Glossary<'_>, words: &Words) -> Option<(Words, usize)> {
    let mut commas = (1..words.list.len()).filter(|&index| words.list[index].comma);
    let given = commas.next()?;
    let end = commas.next().unwrap_or(words.list.len());
    let follows = |index: usize| {
        let word = &words.list[index];
        let text = words.text(word);
        let role = glossary.role(word.known, Kind::Person);
        roman(text).is_some() || role.is_some_and(|role| role.class == Class::Title)
    };
    let order = (given..end).chain(0..given).chain(end..words.list.len());
    (!(given..end).all(follows)).then(|| (words.reordered(order), end - given))
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
    let article = |text: &str| matches!(text, "al" | "el" | "il") || is_merged_article(text);
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
