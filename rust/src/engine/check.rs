//! Whether the arrays of an image fit together: an index file is not trusted.

use crate::engine::segment::{BLOCK, KINDS, List, ZONES};

/// Checks the arrays against each other: their lengths, and if `deep` every offset and text in them.
///
/// # Errors
///
/// What does not fit.
pub fn list(list: &List<'_>, deep: bool) -> Result<(), String> {
    names(list, deep)?;
    words(list, deep)?;
    zones(list)?;
    for table in [list.sounds, list.deletions, list.joins] {
        offsets(table.starts, table.values.len(), deep)?;
        ensure(table.tags.len() == table.values.len(), "a table's tags differ in number")?;
    }
    if deep { references(list) } else { Ok(()) }
}

fn names(list: &List<'_>, deep: bool) -> Result<(), String> {
    let names = list.text_starts.len().checked_sub(1).ok_or("the index is damaged: it has no names")?;
    let timed = list.valid_from.len();
    let even = list.id_starts.len() == names + 1
        && list.name_starts.len() == names + 1
        && (timed == 0 || timed == names)
        && list.valid_to.len() == timed
        && list.lightest.len() == names.div_ceil(BLOCK as usize);
    ensure(even, "its columns differ in length")?;
    offsets(list.id_starts, list.ids.len(), deep)?;
    offsets(list.text_starts, list.texts.len(), deep)?;
    offsets(list.name_starts, list.name_words.len(), deep)?;
    let texts = !deep || (std::str::from_utf8(list.ids).is_ok() && std::str::from_utf8(list.texts).is_ok());
    ensure(texts, "its texts are no text")
}

fn words(list: &List<'_>, deep: bool) -> Result<(), String> {
    let words = list.words.len().checked_sub(1).ok_or("the index is damaged: it has no words")?;
    ensure(list.posting_starts.len() == words * KINDS.len() + 1, "its words differ in number")?;
    let rising = !deep || list.words.windows(2).all(|two| two[0].start <= two[1].start);
    ensure(rising && list.words[words].start as usize == list.letters.len(), "its words do not hold")?;
    offsets(list.posting_starts, list.postings.len(), deep)?;
    ensure(list.group_starts.len() == list.groups.len() + 1, "its groups of variants differ in number")?;
    offsets(list.group_starts, list.group_words.len(), deep)?;
    ensure(list.marks.len() == list.slots.len(), "its word table differs in length")?;
    ensure(list.slots.len().is_power_of_two() && list.slots.len() > words, "its word table is too small")
}

fn zones(list: &List<'_>) -> Result<(), String> {
    let names = list.text_starts.len() - 1;
    ensure(list.zones.len() == ZONES + 1 && list.zone_weights.len() == ZONES + 1, "its zones are missing")?;
    ensure(list.zones[0] == 0, "its zones do not hold")?;
    offsets(list.zones, names, true)?;
    offsets(list.zone_weights, list.by_weight.len(), true)?;
    for zone in 0..ZONES {
        let weights = &list.by_weight[list.zone_weights[zone] as usize..list.zone_weights[zone + 1] as usize];
        ensure(weights.first() == Some(&list.zones[zone]), "a zone's weights do not begin with it")?;
        offsets(weights, list.zones[zone + 1] as usize, true)?;
    }
    Ok(())
}

fn references(list: &List<'_>) -> Result<(), String> {
    let (words, names) = (list.words.len() - 1, list.len());
    ensure(list.letters.is_ascii(), "its words are not in Latin letters")?;
    ensure(list.name_words.iter().all(|word| (*word as usize) < words), "a name holds an unknown word")?;
    ensure(list.postings.iter().all(|posting| (posting.name as usize) < names), "a posting leads nowhere")?;
    let filled = list.slots.iter().zip(list.marks).filter(|(_, mark)| **mark != 0);
    ensure(filled.map(|(slot, _)| *slot as usize).all(|word| word < words), "a slot leads nowhere")?;
    let variants = list.group_words.iter().all(|word| (*word as usize) < words);
    ensure(variants && list.groups.is_sorted(), "its groups of variants do not hold")?;
    for (table, limit) in [(list.sounds, words), (list.deletions, words), (list.joins, names)] {
        ensure(table.values.iter().all(|value| (*value as usize) < limit), "a table leads nowhere")?;
    }
    Ok(())
}

/// Offsets end where the array ends that they divide; if `deep`, they never fall.
fn offsets(starts: &[u32], length: usize, deep: bool) -> Result<(), String> {
    let ends = starts.last().is_some_and(|last| *last as usize == length);
    ensure(ends && (!deep || starts.windows(2).all(|two| two[0] <= two[1])), "its offsets do not hold")
}

fn ensure(holds: bool, what: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(format!("the index is damaged: {what}")) }
}
