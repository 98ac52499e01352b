//! What characters do between and within the words of a name.

use crate::normalise::{self, is_everyday_letter};

/// What a character does.
pub(crate) enum Sign {
    Letter,
    /// Apostrophes vanish from within a word: Qa'ida, Int'l.
    Apostrophe,
    Dot,
    Comma,
    Hyphen,
    Ampersand,
    Gap,
    Invisible,
}

pub(crate) fn sign(character: char) -> Sign {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Sign::Letter,
        ' ' => Sign::Gap,
        _ if is_everyday_letter(character) => Sign::Letter,
        '\'' | '`' | '’' | '‘' | '‛' | '´' | '′' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '״' | '׳' => {
            Sign::Apostrophe
        }
        '.' | '。' | '․' => Sign::Dot,
        ',' | '،' | '、' | '﹐' => Sign::Comma,
        '-' | '‐' | '‑' | '–' | '־' => Sign::Hyphen,
        '&' => Sign::Ampersand,
        _ => match normalise::role(character) {
            normalise::Role::Letter | normalise::Role::Mark => Sign::Letter,
            normalise::Role::Gap => Sign::Gap,
            normalise::Role::Invisible => Sign::Invisible,
        },
    }
}

/// Which characters of ASCII text are letters or digits, capitals, and digits: a bit each, the first lowest.
#[derive(Clone, Copy, Default)]
pub(crate) struct Block {
    pub(crate) letters: u64,
    pub(crate) capitals: u64,
    pub(crate) digits: u64,
}

impl Block {
    /// Characters that it tells of.
    pub(crate) const SIZE: usize = 64;

    /// Of the first characters of some ASCII bytes. Eight are told at once: no branch hangs on any of them.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        const CASE: u64 = 0x20 * ONES;
        let mut block = Self::default();
        for (at, part) in bytes[..bytes.len().min(Self::SIZE)].chunks(8).enumerate() {
            let mut eight = [0; 8];
            eight[..part.len()].copy_from_slice(part);
            let eight = u64::from_le_bytes(eight);
            let letters = within(eight | CASE, b'a', b'z');
            let digits = within(eight, b'0', b'9');
            let capitals = letters & (!eight & CASE) << 2;
            block.letters |= gathered(letters | digits) << (8 * at);
            block.capitals |= gathered(capitals) << (8 * at);
            block.digits |= gathered(digits) << (8 * at);
        }
        block
    }
}

/// A one in each byte.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The upper bit of each of eight ASCII bytes that lie between two, and of no other.
fn within(eight: u64, least: u8, most: u8) -> u64 {
    let (least, most) = (u64::from(0x80 - least) * ONES, u64::from(0x7f - most) * ONES);
    (eight + least) & !(eight + most) & (0x80 * ONES)
}

/// The upper bits of eight bytes, side by side.
fn gathered(bits: u64) -> u64 {
    (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_block_tells_of_each_character(text in "[ -~\\x00-\\x1f]{0,70}") {
            let block = Block::of(text.as_bytes());
            for at in 0..Block::SIZE {
                let byte = text.as_bytes().get(at).copied().unwrap_or(b' ');
                let told = [block.letters, block.capitals, block.digits].map(|bits| bits >> at & 1 == 1);
                let is = [byte.is_ascii_alphanumeric(), byte.is_ascii_uppercase(), byte.is_ascii_digit()];
                proptest::prop_assert_eq!(told, is, "{} in {:?}", at, text);
            }
        }
    }
}
