//! One key for the spellings of one spoken word.

/// What the first vowel of a word sounds like; inner vowels are written too freely to tell words apart.
const OPEN: u8 = b'a';
const FRONT: u8 = b'e';
const BACK: u8 = b'o';
/// The hissing sounds, whatever letters a language takes for them.
const SH: u8 = b'x';
const CH: u8 = b'c';

/// Keys shorter than this say too little: `Lee`, `Luo` and `Li` would all be `l`.
const SHORTEST: usize = 2;

/// A key under which the spellings and transliterations of one word fall together: `muhammad`, `mohamed` and the
/// vowelless `mhmd` share one, as do `yury` and `iurii`, `qaida` and `qaeda`.
///
/// Vowels (with `y` and `w` between sounds) are left out but for the sound class of the first letter, doubled
/// letters count once, and the letters that transliterations exchange are one. Empty for what has no spelling:
/// canonical forms (`_llc`), tokens with digits, and words too short to have a telling key.
///
/// ```
/// # use vacatur_core::lexicon::skeleton;
/// assert_eq!(skeleton("aleksandr"), skeleton("alexander"));
/// assert_ne!(skeleton("huawei"), skeleton("hikvision"));
/// assert_eq!(skeleton("_llc"), "");
/// ```
#[must_use]
pub fn skeleton(token: &str) -> String {
    let letters = token.as_bytes();
    if !letters.iter().all(u8::is_ascii_lowercase) {
        return String::new();
    }
    let mut key = Vec::with_capacity(letters.len() + 1);
    let mut at = first_vowel(letters, &mut key);
    // Doubled letters count once, two sounds with a vowel between them (`mama`) twice.
    let mut last = 0;
    while at < letters.len() {
        let (heard, length) = sound(letters, at);
        at += length;
        match heard {
            Sound::None => last = 0,
            Sound::Mute => {}
            Sound::One(code) => {
                if code != last {
                    key.push(code);
                }
                last = code;
            }
            Sound::Two(first, second) => {
                if first != last {
                    key.push(first);
                }
                key.push(second);
                last = second;
            }
        }
    }
    if key.len() < SHORTEST {
        return String::new();
    }
    // Letters of the alphabet, all of them.
    String::from_utf8(key).unwrap_or_default()
}

/// The sound class of a vowel at the start (`Yevgeny` as `Evgeny`, `Iurii` as `Yury`), and how far it goes.
fn first_vowel(letters: &[u8], key: &mut Vec<u8>) -> usize {
    let at = |index: usize| letters.get(index).copied().unwrap_or(0);
    let glide = usize::from(matches!(at(0), b'y' | b'i') && is_vowel(at(1)) && at(1) != b'y');
    let (code, length) = match (at(glide), at(glide + 1)) {
        (b'o', b'u') => (BACK, 2),
        (b'a', _) => (OPEN, 1),
        (b'e' | b'i' | b'y', _) => (FRONT, 1),
        (b'o' | b'u', _) => (BACK, 1),
        _ => return 0,
    };
    key.push(code);
    glide + length
}

enum Sound {
    /// A vowel: it parts what stands on its two sides.
    None,
    /// A letter that is written and not heard.
    Mute,
    One(u8),
    Two(u8, u8),
}

fn sound(letters: &[u8], at: usize) -> (Sound, usize) {
    let rest = &letters[at..];
    let next = rest.get(1).copied().unwrap_or(0);
    if let Some((sound, taken)) = digraph(rest) {
        return (sound, taken);
    }
    let after_vowel = at > 0 && is_vowel(letters[at - 1]);
    let one = match rest[0] {
        letter if b"aeiouy".contains(&letter) => Sound::None,
        // Polish and German write v with w: Penkowski, Romanow; Arabic names write a vowel: Dawood.
        b'w' if at == 0 || rest.starts_with(b"wsk") => Sound::One(b'v'),
        b'w' if rest.len() == 1 && matches!(letters[at - 1], b'o' | b'e') => Sound::One(b'v'),
        b'w' => Sound::None,
        // Ionoff, Ilieff: v as the French wrote it.
        b'f' if rest == b"ff" && at > 0 && matches!(letters[at - 1], b'o' | b'e') => {
            return (Sound::One(b'v'), 2);
        }
        // Chelomej, Jurij: a vowel that German and scholarly transliterations write with j.
        b'j' if rest.len() == 1 && after_vowel => Sound::None,
        b'h' if rest.len() == 1 => Sound::Mute,
        b'c' if matches!(next, b'e' | b'i' | b'y') => Sound::One(b's'),
        b'q' | b'c' => Sound::One(b'k'),
        b'g' if matches!(next, b'e' | b'i') => Sound::One(b'j'),
        b'x' => Sound::Two(b'k', b's'),
        b'z' => Sound::One(b's'),
        letter => Sound::One(letter),
    };
    (one, 1)
}

/// Letters that stand together for one sound, longest first.
fn digraph(rest: &[u8]) -> Option<(Sound, usize)> {
    let (code, length) = match rest {
        [b's', b'c', b'h', b't', b's', b'c', b'h', ..] => (SH, 7),
        [b's', b'h', b'c', b'h', ..] => (SH, 4),
        [b't', b's', b'c', b'h', ..] => (CH, 4),
        [b's', b'c', b'h', ..] => (SH, 3),
        [b't', b'c', b'h', ..] => (CH, 3),
        [b'd', b'z', b'h', ..] => (b'j', 3),
        [b's', b'h' | b'z', ..] => (SH, 2),
        [b'c', b'h' | b'z', ..] => (CH, 2),
        [b'z', b'h', ..] | [b'd', b'j', ..] => (b'j', 2),
        [b'p', b'h', ..] => (b'f', 2),
        [b'k', b'h', ..] => (b'h', 2),
        // Araghi, Araqi: one letter in Persian.
        [b'g', b'h', ..] | [b'c', b'k', ..] => (b'k', 2),
        [b't', b'h', ..] => (b't', 2),
        [b'd', b'h', ..] => (b'd', 2),
        _ => return None,
    };
    Some((Sound::One(code), length))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same(words: &[&str]) {
        for word in words {
            assert_eq!(skeleton(word), skeleton(words[0]), "{word} and {}", words[0]);
            assert_ne!(skeleton(word), "", "{word}");
        }
    }

    #[test]
    fn transliterations_of_one_word_share_a_key() {
        same(&["muhammad", "mohamed", "mohammed", "mhmd", "muhamad"]);
        same(&["aleksandr", "alexander", "alexandr"]);
        same(&["yury", "yuriy", "iurii", "yuri", "iouri"]);
        same(&["qaida", "qaeda", "kaida"]);
        same(&["yevgeny", "evgenii", "yevgeniy"]);
        same(&["yusuf", "iusuf", "yousef", "yusef"]);
        same(&["usama", "osama", "ousama"]);
        same(&["ibrahim", "ebrahim", "ibrahym"]);
        same(&["khamenei", "hamenei", "khamanai"]);
        same(&["romanov", "romanow", "romanoff"]);
        same(&["penkowski", "penkovsky"]);
        same(&["shostakovich", "schostakovich"]);
        same(&["hussein", "husayn", "hossain", "husain"]);
        same(&["fatima", "fatimah"]);
        same(&["dawood", "daoud", "daud"]);
        same(&["jamal", "djamel"]);
        same(&["philip", "filip", "phillip"]);
        same(&["penkovskij", "penkovsky"]);
    }

    #[test]
    fn other_words_do_not() {
        for (one, other) in [("huawei", "hikvision"), ("salman", "osman"), ("ali", "ola"), ("putin", "patil")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_has_no_spelling_has_no_key() {
        for token in ["", "_llc", "a380", "44", "li", "lee", "o"] {
            assert_eq!(skeleton(token), "", "{token}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_short_ascii_key(token: String, word in "[a-z]{0,70}") {
            for text in [&token, &word] {
                let key = skeleton(text);
                prop_assert!(key.bytes().all(|byte| byte.is_ascii_lowercase()));
                prop_assert!(key.len() <= 2 * text.len());
            }
        }
    }
}
