//! From lists of words to the flat file. Keys are read just as names are, so that what is compiled is found.

use super::store::{COMMONEST, Meaning, Parts, column, hash, place};
use super::{Entry, Lexicon, Role, Scope, skeleton};
use crate::phrases::FOREIGN;
use crate::tokens::{Class, Kind, MAX_TOKEN, analyse};
use crate::unspaced;
use crate::words::Words;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use unicode_normalization::UnicodeNormalization;

/// Some forms of one word, and what they have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What the forms are: `legal`, `edge`, `symbol`, `body`, `number`, `and`, `stop`, `particle`, `inner`, `title`, `prefix`,
    /// `suffix`, `vessel`, `variants` or `rarity`.
    pub what: String,
    /// The canonical form, with `_` in front if no name holds it as it is; empty if each form is its own.
    /// Of `rarity`, the class.
    pub key: String,
    /// Of `legal`, the general form; otherwise empty.
    pub generic: String,
    /// The forms, in any script.
    pub forms: Vec<String>,
}

/// What rows of one sort do, in the names of which kinds.
struct Sort {
    class: Class,
    scope: Scope,
    kinds: &'static [Kind],
}

const ORGANISATIONS: &[Kind] = &[Kind::Organisation];
const THINGS: &[Kind] = &[Kind::Organisation, Kind::Vessel];
const PERSONS: &[Kind] = &[Kind::Person];
const VESSELS: &[Kind] = &[Kind::Vessel];
const ALL: &[Kind] = &[Kind::Organisation, Kind::Person, Kind::Vessel];

fn sort(what: &str) -> Option<Sort> {
    let (class, scope, kinds) = match what {
        "legal" => (Class::Legal, Scope::Anywhere, ORGANISATIONS),
        // A legal form that elsewhere is a word: AS, SE.
        "edge" => (Class::Legal, Scope::Edge, ORGANISATIONS),
        "symbol" => (Class::Generic, Scope::Anywhere, ORGANISATIONS),
        "body" => (Class::Plain, Scope::Anywhere, ORGANISATIONS),
        "number" => (Class::Number, Scope::Anywhere, THINGS),
        "and" => (Class::Particle, Scope::Anywhere, ALL),
        "stop" => (Class::Particle, Scope::Anywhere, THINGS),
        "particle" => (Class::Particle, Scope::Before, PERSONS),
        "inner" => (Class::Particle, Scope::Inner, PERSONS),
        "title" => (Class::Title, Scope::Anywhere, PERSONS),
        "prefix" => (Class::Title, Scope::Prefix, PERSONS),
        "suffix" => (Class::Title, Scope::Suffix, PERSONS),
        "vessel" => (Class::Title, Scope::Prefix, VESSELS),
        _ => return None,
    };
    Some(Sort { class, scope, kinds })
}

/// Words whose skeletons are equal and of so many sounds are found to be alike without a group.
const HEARD: usize = 3;

#[derive(Default)]
struct Word {
    roles: [Option<Role>; 3],
    starts: u32,
    generic: Option<u32>,
    rarity: u8,
    groups: BTreeSet<u32>,
}

/// Words under their numbers; what is entered first keeps its meaning.
#[derive(Default)]
struct Draft {
    numbers: HashMap<String, u32>,
    words: Vec<Word>,
    names: Vec<String>,
}

/// Compiles rows into the bytes of a lexicon. Of two rows that claim one form, the first has it.
///
/// # Errors
///
/// A row is of no known sort, or there is more than the format holds.
pub fn compile(version: &str, rows: &[Row]) -> Result<Vec<u8>, String> {
    let mut draft = Draft::default();
    for row in rows.iter().filter(|row| !matches!(row.what.as_str(), "variants" | "rarity")) {
        let sort = sort(&row.what).ok_or_else(|| format!("no sort of row: {:?}", row.what))?;
        draft.meaning(row, &sort);
    }
    for row in rows.iter().filter(|row| row.what == "rarity") {
        let class: u8 = row.key.parse().map_err(|_| format!("no rarity class: {:?}", row.key))?;
        if class > COMMONEST {
            return Err(format!("no rarity class: {class}"));
        }
        for word in &row.forms {
            draft.word(word).rarity = class;
        }
    }
    // The variants are read as names of persons, for which titles and articles must be known.
    let mut bytes = draft.pack()?.write(version);
    let groups: Vec<&Row> = rows.iter().filter(|row| row.what == "variants").collect();
    if !groups.is_empty() {
        let lexicon = Lexicon::from_bytes(&bytes)?;
        let mut number = 0;
        for row in groups {
            let words: BTreeSet<String> =
                row.forms.iter().filter_map(|form| variant(&lexicon, form)).collect();
            let mut keys = words.iter().map(|word| skeleton(word));
            let key = keys.next().unwrap_or_default();
            if key.len() >= HEARD && keys.all(|other| other == key) {
                continue;
            }
            if words.len() < 2 {
                continue;
            }
            for word in words {
                draft.word(&word).groups.insert(number);
            }
            number += 1;
        }
        draft.inherit();
        bytes = draft.pack()?.write(version);
    }
    Ok(bytes)
}

/// The one word that a form of a name is, without article or title; none if it is several.
fn variant(lexicon: &Lexicon, form: &str) -> Option<String> {
    let unspaced = form.chars().any(|letter| unspaced::script(letter).is_some());
    let word = if unspaced {
        unspaced::joined(form)
    } else {
        let mut plain = analyse(lexicon, form, Kind::Person)
            .tokens
            .into_iter()
            .filter(|token| token.class == Class::Plain);
        let word = plain.next()?.text;
        if plain.next().is_some() {
            return None;
        }
        word.into_string()
    };
    // One syllable of East Asia is read for too many names.
    let telling = word.len() >= if unspaced { 4 } else { 2 }
        && word.len() <= MAX_TOKEN
        && !word.starts_with('_')
        && !word.bytes().any(|byte| byte.is_ascii_digit());
    telling.then_some(word)
}

impl Draft {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).expect("a lexicon has fewer than 2^32 words");
        self.numbers.insert(word.to_owned(), number);
        self.words.push(Word::default());
        self.names.push(word.to_owned());
        number
    }

    fn word(&mut self, word: &str) -> &mut Word {
        let number = self.number(word) as usize;
        &mut self.words[number]
    }

    fn meaning(&mut self, row: &Row, sort: &Sort) {
        let common = canonical(&row.key);
        let generic = canonical(&row.generic);
        if let (Some(common), Some(generic)) = (&common, &generic) {
            let generic = self.number(generic);
            self.word(common).generic.get_or_insert(generic);
        }
        for form in &row.forms {
            for key in Self::keys(form) {
                let canonical = common.clone().unwrap_or_else(|| key.letters.clone());
                if canonical.len() >= MAX_TOKEN || !canonical.is_ascii() {
                    continue;
                }
                let canonical = Entry(self.number(&canonical));
                // Abbreviations of other scripts would be words of Latin ones: ОФ is no `of`.
                let apart = key.foreign && key.letters.len() <= FOREIGN;
                let name = if apart { format!("~{}", key.letters) } else { key.letters };
                for &kind in sort.kinds {
                    let column = column(kind);
                    let role = Role { class: sort.class, scope: sort.scope, form: 0, canonical };
                    self.word(&name).roles[column].get_or_insert(role);
                    if let Some(first) = &key.first {
                        self.word(first).starts |= 1 << column;
                    }
                }
            }
        }
    }

    /// How a form is looked up.
    fn keys(form: &str) -> Vec<Key> {
        let original: String = form.nfkc().filter(|letter| !letter.is_whitespace()).collect();
        if original.chars().any(|letter| unspaced::script(letter).is_some()) {
            let letters: String =
                original.chars().filter(|&letter| unspaced::script(letter).is_some()).collect();
            let latin = original.chars().any(|letter| letter.is_ascii_alphanumeric());
            return if latin { Vec::new() } else { vec![Key { letters, first: None, foreign: true }] };
        }
        let words = Words::read(&Lexicon::empty(), form, Kind::Organisation);
        let count = words.list.len();
        if count == 0 || count > 12 || words.span(0..count).len() > usize::from(u8::MAX) {
            return Vec::new();
        }
        let first = (count > 1).then(|| words.text(&words.list[0]).to_owned());
        vec![Key { letters: words.span(0..count).to_owned(), first, foreign: words.foreign }]
    }

    /// A variant that is written in another script, or seldom, is as common as the name that it writes; nearly.
    fn inherit(&mut self) {
        let mut commonest: BTreeMap<u32, u8> = BTreeMap::new();
        for word in &self.words {
            for &group in &word.groups {
                let class = commonest.entry(group).or_default();
                *class = word.rarity.max(*class);
            }
        }
        for word in &mut self.words {
            if word.rarity == 0 {
                let class = word.groups.iter().map(|group| commonest[group]).max().unwrap_or(0);
                word.rarity = class.saturating_sub(2);
            }
        }
    }

    /// The words in the order of use: what a name is likeliest to hold stands together in memory.
    fn by_use(&mut self) {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        order.sort_by_key(|&number| {
            let word = &self.words[number];
            let meant = word.roles.iter().any(Option::is_some) || word.generic.is_some();
            (Reverse(word.rarity), !meant, number)
        });
        let mut renumbered = vec![0; order.len()];
        for (new, &old) in (0_u32..).zip(&order) {
            renumbered[old] = new;
        }
        let mut words: Vec<Option<Word>> = std::mem::take(&mut self.words).into_iter().map(Some).collect();
        let names = std::mem::take(&mut self.names);
        for old in order {
            let mut word = words[old].take().unwrap_or_default();
            for role in word.roles.iter_mut().flatten() {
                role.canonical = Entry(renumbered[role.canonical.0 as usize]);
            }
            word.generic = word.generic.map(|generic| renumbered[generic as usize]);
            self.words.push(word);
            self.names.push(names[old].clone());
        }
        for number in self.numbers.values_mut() {
            *number = renumbered[*number as usize];
        }
    }

    fn pack(&mut self) -> Result<Parts, String> {
        self.by_use();
        if self.words.len() >= Role::ENTRIES as usize - 1 {
            return Err(format!("{} words are more than a lexicon holds", self.words.len()));
        }
        let mut parts = Parts::default();
        parts.meanings.push(Meaning::default());
        let mut meanings: HashMap<Meaning, u16> = HashMap::from([(Meaning::default(), 0)]);
        for (word, name) in self.words.iter().zip(&self.names) {
            let meaning = Meaning {
                roles: word.roles.map(|role| role.map_or(0, Role::pack)),
                extra: word.starts | word.generic.map_or(0, |generic| (generic + 1) << 8),
            };
            let next = u16::try_from(meanings.len()).map_err(|_| "too many different meanings".to_owned())?;
            let row = *meanings.entry(meaning).or_insert_with(|| {
                parts.meanings.push(meaning);
                next
            });
            let groups: Vec<u32> = word.groups.iter().copied().collect();
            parts.add(name, &groups, word.rarity, row)?;
        }
        parts.slots = place(self.names.iter().map(|name| hash(name.as_bytes())));
        Ok(parts)
    }
}

/// A canonical form in Latin letters, its mark kept.
fn canonical(form: &str) -> Option<String> {
    let latin: String = Draft::keys(form).into_iter().map(|key| key.letters).collect();
    (!latin.is_empty()).then(|| if form.starts_with('_') { format!("_{latin}") } else { latin })
}

/// How a form is looked up.
struct Key {
    /// Its letters without spaces; in the original script where that has none.
    letters: String,
    /// The first of several words.
    first: Option<String>,
    foreign: bool,
}
