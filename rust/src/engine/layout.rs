//! The file image of an index: flat little-endian arrays at 64-byte boundaries, so that mapping a file is opening it.
//!
//! ```text
//! header   magic · format · sections · length · checksum of all that follows · fingerprint of lexicon and formula
//! table    (offset, length) of each section, in bytes
//! sections …
//! ```
//!
//! An index file is untrusted input: lengths, alignment, checksum and fingerprint are checked on opening, and every
//! offset that a section holds is checked by `segment` before anything is read through it.

use std::ops::Range;

use bytemuck::{AnyBitPattern, NoUninit};
use xxhash_rust::xxh3::xxh3_64;

use crate::engine::memory::Memory;

/// First bytes of every index file.
pub const MAGIC: [u8; 8] = *b"VACATUR\x01";
/// Version of the layout; a file of another version is built anew.
pub const FORMAT: u32 = 7;
const HEADER: usize = 64;
const ALIGN: usize = 64;

/// Collects sections and writes the image.
#[derive(Default)]
pub struct Writer {
    sections: Vec<Vec<u8>>,
}

impl Writer {
    /// Adds a section.
    pub fn put<T: NoUninit>(&mut self, values: &[T]) {
        self.sections.push(bytemuck::cast_slice(values).to_vec());
    }

    /// The whole image. `fingerprint` names the lexicon and formula that the arrays were made with.
    #[must_use]
    pub fn finish(self, fingerprint: u64) -> Memory {
        let table = HEADER + self.sections.len() * 16;
        let start = table.next_multiple_of(ALIGN);
        let length =
            self.sections.iter().fold(start, |at, section| (at + section.len()).next_multiple_of(ALIGN));
        let mut words = vec![0u64; length / size_of::<u64>()];
        let image: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        let count = u32::try_from(self.sections.len()).unwrap_or(0);
        let mut at = start;
        // Each section is let go once it is written: an image and its sections together are large.
        for (number, section) in self.sections.into_iter().enumerate() {
            let entry = HEADER + number * 16;
            image[entry..entry + 8].copy_from_slice(&(at as u64).to_le_bytes());
            image[entry + 8..entry + 16].copy_from_slice(&(section.len() as u64).to_le_bytes());
            image[at..at + section.len()].copy_from_slice(&section);
            at = (at + section.len()).next_multiple_of(ALIGN);
        }
        let checksum = xxh3_64(&image[HEADER..]);
        image[..8].copy_from_slice(&MAGIC);
        image[8..12].copy_from_slice(&FORMAT.to_le_bytes());
        image[12..16].copy_from_slice(&count.to_le_bytes());
        image[16..24].copy_from_slice(&(length as u64).to_le_bytes());
        image[24..32].copy_from_slice(&checksum.to_le_bytes());
        image[32..40].copy_from_slice(&fingerprint.to_le_bytes());
        Memory::Owned(words)
    }
}

/// Checks an image and gives the ranges of its sections.
///
/// # Errors
///
/// What is wrong: a foreign file, another version, a file cut short or damaged, or one made with another lexicon.
pub fn sections(
    image: &[u8],
    fingerprint: u64,
    expected: usize,
    verify: bool,
) -> Result<Vec<Range<usize>>, String> {
    if image.len() < HEADER || image[..8] != MAGIC {
        return Err("this is not an index of vacatur".to_owned());
    }
    let (format, count) = (word32(image, 8), word32(image, 12));
    if format != FORMAT {
        return Err(format!("the index has format {format}, this program reads {FORMAT}"));
    }
    if word64(image, 16) != image.len() as u64 {
        return Err(format!(
            "the index was cut short: it says {} bytes and has {}",
            word64(image, 16),
            image.len()
        ));
    }
    if word64(image, 32) != fingerprint {
        return Err("the index was made with another lexicon or formula".to_owned());
    }
    if count as usize != expected {
        return Err(format!("the index has {count} sections, {expected} are expected"));
    }
    if verify && xxh3_64(&image[HEADER..]) != word64(image, 24) {
        return Err("the index is damaged: its checksum does not hold".to_owned());
    }
    (0..expected).map(|number| section(image, HEADER + number * 16)).collect()
}

/// The checksum that an image carries; it names the image by its content.
#[must_use]
pub fn checksum(image: &[u8]) -> u64 {
    if image.len() < HEADER { 0 } else { word64(image, 24) }
}

fn section(image: &[u8], at: usize) -> Result<Range<usize>, String> {
    if at + 16 > image.len() {
        return Err("the index is damaged: its table is cut short".to_owned());
    }
    let (offset, length) = (word64(image, at), word64(image, at + 8));
    let end = offset.checked_add(length).filter(|end| *end <= image.len() as u64);
    match (usize::try_from(offset), end.map(usize::try_from)) {
        (Ok(start), Some(Ok(end))) if start % ALIGN == 0 => Ok(start..end),
        _ => Err("the index is damaged: a section lies outside the file".to_owned()),
    }
}

fn word32(image: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([image[at], image[at + 1], image[at + 2], image[at + 3]])
}

fn word64(image: &[u8], at: usize) -> u64 {
    u64::from(word32(image, at)) | u64::from(word32(image, at + 4)) << 32
}

/// A section as an array.
///
/// # Errors
///
/// When its length is no multiple of the element's.
pub fn array<'a, T: AnyBitPattern>(image: &'a [u8], range: &Range<usize>) -> Result<&'a [T], String> {
    bytemuck::try_cast_slice(&image[range.clone()]).map_err(|bad| format!("the index is damaged: {bad}"))
}
