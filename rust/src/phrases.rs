//! Legal forms, general words, numbers and joining words, recognised in organisations' and ships' names.

use compact_str::{CompactString, ToCompactString};

use crate::lexicon::{Glossary, Key, Known, Lexicon, Role, Scope};
use crate::tokens::{Class, Kind, MAX_TOKEN, Token};
use crate::words::{Word, Words};

/// The most words that a phrase may have.
const LONGEST: usize = 12;
/// Legal forms of so few letters are words of many languages: AS, SE, NV.
const SHORT: usize = 2;

/// A phrase that was found: how many words it takes, and what it does.
pub(crate) struct Found {
    pub(crate) words: usize,
    pub(crate) role: Role,
}

/// The longest phrase that begins at a word.
///
/// Spaces do not count: `Sp. z o.o.`, `sp z o o` and `spzoo` are one phrase.
pub(crate) fn longest(glossary: &Glossary<'_>, words: &Words, at: usize, kind: Kind) -> Option<Found> {
    let lexicon = glossary.lexicon;
    let word = &words.list[at];
    let text = words.text(word);
    if glossary.begins(word.known, kind) || text.len() == 1 || word.dot && text.len() <= SHORT {
        let mut keys = [Key::of(text); LONGEST];
        let mut count = 1;
        for next in words.list[at + 1..].iter().take(LONGEST - 1) {
            let apart = next.phrase.is_some() || next.comma && words.text(next).len() == 1;
            if apart || !lexicon.may_begin(keys[count - 1]) {
                break;
            }
            keys[count] = keys[count - 1].and(words.text(next));
            count += 1;
        }
        for length in (2..=count).rev() {
            if let Some(role) = lexicon.find_role(keys[length - 1], words.span(at..at + length), kind) {
                return Some(Found { words: length, role });
            }
        }
    }
    let role = one(glossary, word, text, kind)?;
    Some(Found { words: 1, role })
}

/// What one word is. Abbreviations of other scripts are known apart: `ОФ` is a foundation, `of` is not.
fn one(glossary: &Glossary<'_>, word: &Word, text: &str, kind: Kind) -> Option<Role> {
    if word.foreign && text.len() <= FOREIGN {
        let marked = glossary.lexicon.find_marked(text, kind);
        if marked.is_some() {
            return marked;
        }
    }
    glossary.role(word.known, kind)
}

/// Whether a word has more than one letter, and is no number.
pub(crate) fn is_word(text: &str) -> bool {
    text.len() > 1 && roman(text).is_none()
}

/// Whether nothing makes a word anything but a name, as it is with most words: then it is not looked at further. Short
/// words of other scripts and with full stops may be abbreviations.
pub(crate) fn only_names(word: &Word, text: &str, kind: Kind) -> bool {
    word.known.only_names(kind) && !word.single && (text.len() > FOREIGN || !word.foreign && !word.dot)
}

/// Up to so many letters, a key of another script is kept apart from Latin words.
pub(crate) const FOREIGN: usize = 3;

/// Adds the tokens of a name that is no person's.
pub(crate) fn tokens(glossary: &mut Glossary<'_>, words: &Words, kind: Kind, tokens: &mut Vec<Token>) {
    let lexicon = glossary.lexicon;
    let count = words.list.len();
    tokens.reserve(count);
    let mut misspelt = Vec::new();
    let mut at = 0;
    while at < count {
        let word = &words.list[at];
        if let Some(role) = word.phrase {
            tokens.push(lexicon.token(role));
            at += 1;
            continue;
        }
        let (text, known) = (words.text(word), word.known);
        if only_names(word, text, kind) {
            tokens.push(named(glossary, known, text));
            at += 1;
            continue;
        }
        if let Some(found) = longest(glossary, words, at, kind)
            && fits(lexicon, words, at, &found, tokens, kind)
        {
            tokens.push(lexicon.token(found.role));
            at += found.words;
            continue;
        }
        let letters = words.list[at..].iter().take_while(|word| word.single && word.phrase.is_none()).count();
        if letters >= 2 {
            // A spaced-out acronym: J. P. Morgan.
            tokens.push(plain(glossary, words.span(at..at + letters)));
            at += letters;
            continue;
        }
        if let Some(role) = split(lexicon, words, at, kind) {
            tokens.push(lexicon.token(role));
            at += 2;
            continue;
        }
        if !known.in_lexicon && known.is_letters {
            if let Some(role) = glossary.misspelt(known, kind) {
                misspelt.push((tokens.len(), role));
            } else if let Some(parted) = glossary.parted(known, kind) {
                let general = lexicon.token(parted.role);
                let name = parted.name(text);
                let name = match lexicon.find_general(name, kind) {
                    Some(role) => lexicon.token(role),
                    None => plain(glossary, name),
                };
                tokens.extend(if parted.first { [general, name] } else { [name, general] });
                at += 1;
                continue;
            }
        }
        let counted = tokens.last().is_some_and(|token| token.class == Class::Generic);
        tokens.push(number(words, at, kind, counted).map_or_else(
            || named(glossary, known, text),
            |text| Token {
                weight: lexicon.weigh(None, text.len(), Class::Number),
                class: Class::Number,
                text,
                number: 0,
            },
        ));
        at += 1;
    }
    correct(lexicon, tokens, &misspelt);
    if kind != Kind::Vessel {
        weigh(tokens);
    }
}

/// Common words tell less of a company than of a person or a ship: of the many that are called Star each does
/// something else.
fn weigh(tokens: &mut [Token]) {
    const MOST: u16 = 100;
    const LEAST: u16 = 35;
    for token in tokens.iter_mut().filter(|token| token.class == Class::Plain) {
        token.weight = (3 * token.weight / 2).saturating_sub(MOST / 2).max(LEAST);
    }
}

/// Puts general words for what misspells them, unless that would leave nothing that names: `Bankia` alone is no bank.
/// Where another general word stands beside it, a long word is misspelt all the same: `Banco Corpoerativo`.
fn correct(lexicon: &Lexicon, tokens: &mut [Token], misspelt: &[(usize, Role)]) {
    const LONG: usize = 6;
    let telling = tokens.iter().filter(|token| token.class == Class::Plain && token.text.len() > 1).count();
    let (names, general) =
        (telling > misspelt.len(), tokens.iter().any(|token| token.class == Class::Generic));
    for (at, role) in misspelt {
        if names || general && tokens[*at].text.len() >= LONG {
            tokens[*at] = lexicon.token(*role);
        }
    }
}

/// A general word written as two: `inter national`, `ship ping`.
fn split(lexicon: &Lexicon, words: &Words, at: usize, kind: Kind) -> Option<Role> {
    const SHORTEST: usize = 7;
    let next = words.list.get(at + 1)?;
    if next.comma || next.phrase.is_some() {
        return None;
    }
    let whole = words.span(at..at + 2);
    (whole.len() >= SHORTEST).then(|| lexicon.find_general(whole, kind)).flatten()
}

/// Whether what was found may do what it does where it stands.
fn fits(lexicon: &Lexicon, words: &Words, at: usize, found: &Found, before: &[Token], kind: Kind) -> bool {
    let (first, last) = (at == 0, at + found.words == words.list.len());
    match found.role.scope {
        Scope::Anywhere => true,
        Scope::Prefix => {
            before.iter().all(|token| matches!(token.class, Class::Title | Class::Particle)) && !last
        }
        Scope::Suffix => last && !first,
        Scope::Inner => !first && !last,
        Scope::Before => !last,
        Scope::Edge => {
            let beside = |word: &Word| match word.phrase {
                Some(role) => role.class == Class::Legal,
                None => words.text(word) == "and" || is_legal(lexicon, words.text(word), kind),
            };
            first
                || last
                || words.list.get(at + found.words).is_some_and(beside)
                || before.last().is_some_and(|token| token.class == Class::Legal)
        }
    }
}

fn is_legal(lexicon: &Lexicon, text: &str, kind: Kind) -> bool {
    lexicon.find_role(Key::of(text), text, kind).is_some_and(|role| role.class == Class::Legal)
}

/// A word that names, wherever it comes from.
pub(crate) fn plain(glossary: &mut Glossary<'_>, text: &str) -> Token {
    let known = glossary.of(text);
    named(glossary, known, text)
}

/// A word that names, with what is known of it.
pub(crate) fn named(glossary: &Glossary<'_>, known: Known, text: &str) -> Token {
    let text = &text[..text.len().min(MAX_TOKEN)];
    Token {
        text: glossary.letters(known, text),
        class: Class::Plain,
        weight: known.weight,
        number: known.number,
    }
}

/// The decimal digits of a number in digits, or in Roman capitals after the first word; in one capital only after
/// what is counted (Fund V).
fn number(words: &Words, at: usize, kind: Kind, counted: bool) -> Option<CompactString> {
    let word = &words.list[at];
    let text = words.text(word);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = text.trim_start_matches('0');
        return Some(if digits.is_empty() { "0" } else { digits }.into());
    }
    let lone = text.len() == 1;
    if at > 0 && word.upper && !word.foreign && (!lone || counted && !word.dot) && kind != Kind::Person {
        return roman(text).map(|number| number.to_compact_string());
    }
    None
}

/// Roman numerals below 40; higher ones have letters that words are made of (MIX, DIM).
pub(crate) fn roman(text: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if !text.starts_with(['x', 'i', 'v']) {
        return None;
    }
    let tens = text.bytes().take_while(|&byte| byte == b'x').count();
    let ones = ONES.iter().position(|&ones| ones == &text[tens..])?;
    let number = u32::try_from(10 * tens + ones).ok()?;
    (1..40).contains(&number).then_some(number)
}
