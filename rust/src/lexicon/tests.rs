use super::store::seal;
use super::*;
use proptest::prelude::*;
use std::sync::LazyLock;

fn row(what: &str, key: &str, generic: &str, forms: &[&str]) -> Row {
    Row {
        what: what.to_owned(),
        key: key.to_owned(),
        generic: generic.to_owned(),
        forms: forms.iter().map(|&form| form.to_owned()).collect(),
    }
}

/// A lexicon with a few words of each sort.
pub(crate) fn small() -> Vec<u8> {
    let rows = [
        row("legal", "_llc", "_llc", &["LLC", "Limited Liability Company"]),
        row("legal", "_GmbH", "_LLC", &["GmbH", "Gesellschaft mit beschränkter Haftung"]),
        row("legal", "_ooo", "_llc", &["ООО", "Общество с ограниченной ответственностью"]),
        row("legal", "_doo", "_llc", &["d.o.o."]),
        row("legal", "_Spzoo", "_llc", &["Sp. z o.o.", "spółka z o.o."]),
        row("legal", "_SRL", "_llc", &["Societatea cu Răspundere Limitată"]),
        row("legal", "_ltd", "_llc", &["Ltd", "Co Ltd", "有限公司", "有限责任公司"]),
        row("legal", "_jsc", "_jsc", &["股份有限公司", "Public Joint Stock Company"]),
        row("legal", "_ag", "_jsc", &["AG"]),
        row("edge", "_as", "_jsc", &["AS"]),
        row("legal", "_of", "_ngo", &["ОФ"]),
        row("legal", "_co", "_co", &["Co", "Company", "Corp", "Corporation"]),
        row("symbol", "_grp", "", &["group", "集团"]),
        row("symbol", "_intl", "", &["international", "int'l"]),
        row("symbol", "_tech", "", &["technology", "科技"]),
        row("body", "_irgc", "", &["Islamic Revolutionary Guard Corps"]),
        row("number", "44", "", &["forty-four"]),
        row("number", "1", "", &["first", "1st", "No. 1"]),
        row("and", "and", "", &["and", "und"]),
        row("stop", "", "", &["of", "the"]),
        row("particle", "al", "", &["al", "el"]),
        row("particle", "_bin", "", &["bin", "ibn", "بن"]),
        row("particle", "_abu", "", &["abu"]),
        row("particle", "", "", &["de", "van"]),
        row("inner", "", "", &["la", "y"]),
        row("title", "_haji", "", &["haji"]),
        row("prefix", "", "", &["mr", "lieutenant colonel", "general"]),
        row("suffix", "_jr", "", &["Jr", "Junior"]),
        row("vessel", "", "", &["MV", "M/V"]),
        row("variants", "", "", &["Mohammed", "Muhammad", "محمد", "Mehmet"]),
        row("variants", "", "", &["al-Rahman", "Rahman", "Rehmann"]),
        row("variants", "", "", &["Rahman", "Ramen"]),
        row("variants", "", "", &["Putin", "普京", "プーチン"]),
        row("rarity", "15", "", &["_grp", "muhammad"]),
        row("rarity", "4", "", &["rahman"]),
    ];
    compile("test-1", &rows).expect("the rows are sound")
}

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(small);

fn opened() -> Lexicon {
    Lexicon::from_bytes(&SMALL).expect("what was compiled can be read")
}

#[test]
fn what_is_compiled_can_be_asked() {
    let lexicon = opened();
    assert_eq!(lexicon.version, "test-1");
    assert_eq!(lexicon.generic("_gmbh"), Some("_llc"));
    assert_eq!(lexicon.generic("_llc"), Some("_llc"));
    assert_eq!(lexicon.generic("xiaomi"), None);
    let common = |one: &str, other: &str| {
        let groups = lexicon.groups(other);
        lexicon.groups(one).iter().any(|group| groups.contains(group))
    };
    assert!(common("muhammad", "mehmet") && common("mhmd", "mohammed") && common("pujing", "putin"));
    assert!(!common("muhammad", "putin"));
    assert!(lexicon.groups("rahman").is_sorted());
    assert_eq!(lexicon.groups("unheard"), &[] as &[u32]);
}

#[test]
fn forms_of_one_sound_need_no_group() {
    assert_eq!(opened().groups("rehmann"), &[] as &[u32]);
}

#[test]
fn weights_fall_with_commonness_and_with_length() {
    let lexicon = opened();
    assert_eq!(lexicon.weight("xiaomi", Class::Plain), 100);
    assert_eq!(lexicon.weight("rahman", Class::Plain), 80);
    assert_eq!(lexicon.weight("muhammad", Class::Plain), 25);
    // A rare way of writing a common name is nearly as common as the name.
    assert_eq!(lexicon.weight("mehmet", Class::Plain), 35);
    assert_eq!(lexicon.weight("sis", Class::Plain), 85);
    assert_eq!(lexicon.weight("ko", Class::Plain), 60);
    let general = |word| lexicon.weight(word, Class::Generic);
    assert!(general("_grp") < general("_tech") && general("_tech") < 50);
    for class in [Class::Legal, Class::Title, Class::Particle] {
        assert!((5..15).contains(&lexicon.weight("al", class)), "{class:?}");
    }
}

/// All words that do anything, with what they do.
fn doing(lexicon: &Lexicon) -> impl Iterator<Item = (&str, Kind, Role)> {
    let kinds = lexicon.parts.entries().flat_map(|(entry, word)| COLUMNS.map(|kind| (entry, word, kind)));
    kinds.filter_map(|(entry, word, kind)| Some((word, kind, lexicon.role(entry, kind)?)))
}

#[test]
fn no_word_that_does_anything_is_passed_over() {
    let lexicon = opened();
    assert!(doing(&lexicon).count() > 60);
    for (word, kind, role) in doing(&lexicon) {
        assert_eq!(lexicon.find_role(Key::of(word), word, kind), Some(role), "{word}");
        let mut begun = (1..word.len()).filter_map(|end| word.get(..end));
        assert!(begun.all(|begun| lexicon.may_begin(Key::of(begun))), "{word}");
    }
}

#[test]
fn what_stands_for_a_word_is_its_canonical_form_with_a_number_of_its_own() {
    let lexicon = opened();
    for (word, _, role) in doing(&lexicon) {
        let token = lexicon.token(role);
        assert_eq!((&*token.text, token.class), (lexicon.text(role.canonical), role.class), "{word}");
        assert_eq!(token.weight, lexicon.weight(&token.text, token.class), "{word}");
        for (_, _, other) in doing(&lexicon) {
            let other = lexicon.token(other);
            assert_eq!(other.number == token.number, other == token, "{} and {}", other.text, token.text);
        }
    }
}

#[test]
fn an_empty_lexicon_knows_nothing_and_weighs_by_length() {
    for lexicon in
        [Lexicon::empty(), Lexicon::from_bytes(&compile("none", &[]).expect("no rows")).expect("sound")]
    {
        assert_eq!(lexicon.groups("muhammad"), &[] as &[u32]);
        assert_eq!(lexicon.weight("muhammad", Class::Plain), 100);
    }
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    assert_eq!(small(), *SMALL);
}

#[test]
fn rows_of_no_sort_are_refused() {
    assert!(compile("x", &[row("fun", "", "", &["a"])]).is_err());
    assert!(compile("x", &[row("rarity", "16", "", &["a"])]).is_err());
    assert!(compile("x", &[row("rarity", "one", "", &["a"])]).is_err());
}

#[test]
fn foreign_and_damaged_bytes_are_refused_in_words() {
    for bytes in [&b""[..], b"PK\x03\x04", &SMALL[..SMALL.len() - 1], &[0; 100]] {
        let error = Lexicon::from_bytes(bytes).expect_err("no lexicon");
        assert!(error.contains("build it anew"), "{error}");
    }
}

/// Asks everything that reads the arrays.
fn ask(lexicon: &Lexicon) {
    for word in ["muhammad", "_gmbh", "gmbh", "rahman", "unheard", ""] {
        let _ = lexicon.groups(word);
        let _ = lexicon.generic(word);
        let _ = lexicon.weight(word, Class::Plain);
    }
    for kind in [Kind::Person, Kind::Organisation, Kind::Vessel] {
        let _ = crate::tokens::analyse(lexicon, "Mr. Abdul Rahman bin Muhammad GmbH & Co Ltd 集团 ООО", kind);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read(bytes: Vec<u8>) {
        prop_assert!(Lexicon::from_bytes(&bytes).is_err());
    }

    /// Forged bytes with a right checksum: refused, or read without harm.
    #[test]
    fn forged_bytes_are_refused_or_do_no_harm(at in 16..SMALL.len(), value: u8, cut in 0..9_usize) {
        let mut bytes = SMALL.clone();
        bytes[at] = value;
        bytes.truncate(bytes.len() - cut / 8);
        seal(&mut bytes);
        if let Ok(lexicon) = Lexicon::from_bytes(&bytes) {
            ask(&lexicon);
        }
    }
}
