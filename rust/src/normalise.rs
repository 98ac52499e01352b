//! One form for every way of writing the same name down.

use unicase::UniCase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Folds away what typesetting, typing and copying do to a name, and nothing that tells two names apart.
///
/// Compatibility forms, case (in full: `ß` is `ss`), punctuation and white space are folded; control and
/// bidirectional characters, which hide in copied text and can disguise a name, are removed. Words are parted
/// by single spaces. Diacritics stay: they carry evidence, and folding them is the scorer's decision.
///
/// Idempotent. The result is in NFC.
///
/// ```
/// # use vacatur_core::normalise::normalise;
/// assert_eq!(normalise("  XIAOMI  Corp.\u{202e}"), "xiaomi corp");
/// ```
#[must_use]
pub fn normalise(text: &str) -> String {
    // Most names of most lists are ASCII; the long way would give the same at ten times the cost.
    if text.is_ascii() {
        return ascii(text);
    }
    parted(folded(text).chars()).nfc().collect()
}

/// The same for ASCII, where every sign that is no letter parts words, and controls are nothing.
fn ascii(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut gap = false;
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            if gap && !words.is_empty() {
                words.push(' ');
            }
            gap = false;
            words.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap |= !byte.is_ascii_control() || char::from(byte).is_whitespace();
        }
    }
    words
}

/// Unicode's compatibility caseless form (definition D146): decomposing may yield capitals (`㎒` holds `MHz`),
/// and folding may yield what decomposes again, so each is done until neither changes anything.
fn folded(text: &str) -> String {
    let once = fold_case(&text.nfd().collect::<String>());
    fold_case(&once.nfkd().collect::<String>()).nfkd().collect()
}

fn fold_case(text: &str) -> String {
    UniCase::unicode(text).to_folded_case()
}

/// Words parted by single spaces, with what is invisible left out.
fn parted(characters: impl Iterator<Item = char>) -> String {
    let (lower, upper) = characters.size_hint();
    let mut words = String::with_capacity(upper.unwrap_or(lower));
    let mut gap = true;
    for character in characters {
        match role(character) {
            Role::Invisible => {}
            Role::Gap => gap = true,
            // A mark without its letter: what is left of a spacing accent, as in O´Brien.
            Role::Mark if gap => {}
            Role::Mark | Role::Letter => {
                if gap && !words.is_empty() {
                    words.push(' ');
                }
                gap = false;
                words.push(character);
            }
        }
    }
    words
}

pub(crate) enum Role {
    Letter,
    Mark,
    Gap,
    Invisible,
}

pub(crate) fn role(character: char) -> Role {
    if character.is_ascii_alphanumeric() {
        return Role::Letter;
    }
    if is_everyday_letter(character) {
        return Role::Letter;
    }
    if character.is_whitespace() {
        return Role::Gap;
    }
    if character.is_control() || is_invisible(character) {
        return Role::Invisible;
    }
    if is_combining_mark(character) {
        return Role::Mark;
    }
    match character.general_category_group() {
        GeneralCategoryGroup::Punctuation
        | GeneralCategoryGroup::Symbol
        | GeneralCategoryGroup::Separator => Role::Gap,
        // Private use and unassigned too: a rare family name may be written with nothing else.
        _ => Role::Letter,
    }
}

/// Whether it is told without a search through Unicode's tables that a text is composed: its signs are all everyday ones
/// that neither compose with what stands before them nor are another sign's form.
pub(crate) fn is_plainly_composed(text: &str) -> bool {
    let forms = |letter: char| {
        matches!(
            letter,
            '\u{132}' | '\u{133}' | '\u{13f}' | '\u{140}' | '\u{149}' | '\u{17f}' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}'
        )
    };
    text.chars().all(|letter| letter.is_ascii() || is_everyday_letter(letter) && !forms(letter))
}

/// The letters that nearly all names are written with, told without a search through Unicode's tables.
pub(crate) fn is_everyday_letter(character: char) -> bool {
    matches!(
        character,
        '\u{c0}'..='\u{d6}'
            | '\u{d8}'..='\u{f6}'
            | '\u{f8}'..='\u{24f}'
            | '\u{391}'..='\u{3c9}'
            | '\u{400}'..='\u{481}'
            | '\u{48a}'..='\u{52f}'
            | '\u{5d0}'..='\u{5ea}'
            | '\u{620}'..='\u{64a}'
            | '\u{679}'..='\u{6bf}'
            | '\u{6cc}'
            | '\u{904}'..='\u{939}'
            | '\u{e01}'..='\u{e30}'
            | '\u{e32}'
            | '\u{e40}'..='\u{e46}'
            | '\u{1e00}'..='\u{1e99}'
            | '\u{1ea0}'..='\u{1ef9}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
    )
}

/// Unicode's `Default_Ignorable_Code_Point` and the other format characters: bidirectional controls, joiners,
/// soft hyphens, variation selectors, fillers, tags.
fn is_invisible(character: char) -> bool {
    use unicode_properties::GeneralCategory::Format;
    matches!(
        character,
        '\u{034f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2065}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || character.general_category() == Format
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfkc_quick};

    #[test]
    fn case_width_space_and_punctuation_are_folded() {
        assert_eq!(normalise("\tXIAOMI   Corp., Ltd.\r\n"), "xiaomi corp ltd");
        assert_eq!(normalise("ＸＩＡＯＭＩ　Ｃｏｒｐ"), "xiaomi corp");
        assert_eq!(normalise("Al\u{2011}Rawi—Trading"), "al rawi trading");
        assert_eq!(normalise("Straße"), normalise("STRASSE"));
        assert_eq!(normalise("ΟΔΟΣ"), normalise("οδος"));
        assert_eq!(normalise("㎒ Ltd"), "mhz ltd");
    }

    #[test]
    fn what_cannot_be_seen_is_removed() {
        assert_eq!(normalise("Xi\u{200b}ao\u{202e}mi\u{feff}\u{0007}"), "xiaomi");
        assert_eq!(normalise("葛\u{e0100}"), "葛");
        assert_eq!(normalise("\u{200f}\u{2067} \u{0000}"), "");
    }

    #[test]
    fn diacritics_and_scripts_stay() {
        assert_eq!(normalise("ŠKODA"), "škoda");
        assert_eq!(normalise("S\u{030c}koda"), "škoda");
        assert_eq!(normalise("小米集团"), "小米集团");
        assert_eq!(normalise("ГАЗПРОМ"), "газпром");
    }

    #[test]
    fn an_accent_typed_for_an_apostrophe_is_one() {
        assert_eq!(normalise("O´Brien"), normalise("O'Brien"));
    }

    #[test]
    fn every_character_is_settled_in_one_pass() {
        for character in '\0'..=char::MAX {
            let once = normalise(&format!("a{character}b {character}"));
            assert_eq!(normalise(&once), once, "{character:?}");
        }
    }

    #[test]
    fn everyday_letters_are_letters() {
        for character in ('\0'..=char::MAX).filter(|&character| is_everyday_letter(character)) {
            assert!(!character.is_whitespace() && !character.is_control() && !is_invisible(character));
            assert!(!is_combining_mark(character), "{character:?}");
            let group = character.general_category_group();
            assert!(
                matches!(group, GeneralCategoryGroup::Letter | GeneralCategoryGroup::Other),
                "{character:?}"
            );
        }
    }

    #[test]
    fn what_is_plainly_composed_is_composed_wherever_it_stands() {
        for character in ('\0'..=char::MAX).filter(|character| is_plainly_composed(&character.to_string())) {
            let alone = is_nfkc_quick(std::iter::once(character));
            assert_eq!(
                (alone, canonical_combining_class(character)),
                (IsNormalized::Yes, 0),
                "{character:?}"
            );
        }
        assert!(is_plainly_composed("Łódź Кадыров محمد 小米 서울"));
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text: String) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn words_are_parted_by_single_spaces(text: String) {
            let name = normalise(&text);
            prop_assert_eq!(name.split_whitespace().collect::<Vec<_>>().join(" "), name);
        }

        #[test]
        fn the_short_way_equals_the_long_way(text in "[\\x00-\\x7f]*") {
            let long: String = parted(folded(&text).chars()).nfc().collect();
            prop_assert_eq!(normalise(&text), long);
        }
    }
}
