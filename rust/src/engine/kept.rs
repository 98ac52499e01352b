//! What searches of a list leave to those that come after them: the words that they learned.

use std::sync::{LazyLock, Mutex};

use crate::engine::search::State;

/// How many searches run beside each other at best, and so how many states of one threshold are worth keeping.
static CORES: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get));
/// Thresholds that are asked for in turn.
const THRESHOLDS: usize = 4;
/// Words that all states kept remember together: some 600 MB at most, however many cores there are.
const MOST_WORDS: usize = 1 << 20;

/// The states in which searches of one list ended, the newest last, each with its threshold; a search takes one and gives
/// it back.
///
/// So a process learns a word once and not in every batch. What grows too large loses the states that were given back
/// first; one that a failed search held is lost with it.
#[derive(Default)]
pub struct Kept(Mutex<Vec<(u32, State)>>);

impl Kept {
    /// A state for a search at a threshold: the one that was given back last, or a new one.
    #[must_use]
    pub fn take(&self, threshold: u32) -> State {
        let Ok(mut kept) = self.0.lock() else { return State::default() };
        let last = kept.iter().rposition(|(of, _)| *of == threshold);
        last.map_or_else(State::default, |at| kept.remove(at).1)
    }

    /// Keeps the state in which a search at a threshold ended.
    pub fn give(&self, threshold: u32, state: State) {
        let Ok(mut kept) = self.0.lock() else { return };
        kept.push((threshold, state));
        let words: Vec<usize> = kept.iter().map(|(_, state)| state.words()).collect();
        let gone: Vec<_> = kept.drain(..surplus(&words, THRESHOLDS * *CORES)).collect();
        drop(kept);
        // To free them takes a while, in which others may take and give.
        drop(gone);
    }
}

/// How many of the first states must go, given the words of each, so that no more are kept than `most`, nor more words
/// than may be; the last one stays.
fn surplus(words: &[usize], most: usize) -> usize {
    let last = words.len().saturating_sub(1);
    let fits = |rest: &[usize]| rest.len() <= most && rest.iter().sum::<usize>() <= MOST_WORDS;
    (0..last).find(|gone| fits(&words[*gone..])).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(kept: &Kept) -> Vec<u32> {
        kept.0.lock().map_or_else(|_| Vec::new(), |kept| kept.iter().map(|(of, _)| *of).collect())
    }

    #[test]
    fn what_is_given_back_is_taken_again_at_its_own_threshold_only() {
        let kept = Kept::default();
        kept.give(700_000, State::default());
        kept.give(800_000, State::default());
        let _new = kept.take(900_000);
        assert_eq!(held(&kept), [700_000, 800_000]);
        let _same = kept.take(700_000);
        assert_eq!(held(&kept), [800_000]);
    }

    #[test]
    fn no_more_are_kept_than_are_worth_it_and_the_oldest_go_first() {
        let kept = Kept::default();
        let most = THRESHOLDS * *CORES;
        kept.give(700_000, State::default());
        (0..most).for_each(|_| kept.give(800_000, State::default()));
        assert_eq!(held(&kept), vec![800_000; most]);
    }

    #[test]
    fn states_that_remember_too_many_words_together_go_but_for_the_last() {
        const HALF: usize = MOST_WORDS / 2;
        assert_eq!(surplus(&[HALF, HALF], 8), 0);
        assert_eq!(surplus(&[HALF, HALF, 1], 8), 1);
        assert_eq!(surplus(&[1, HALF, HALF, HALF], 8), 2);
        assert_eq!(surplus(&[1, 1, 1, 1], 3), 1);
        assert_eq!(surplus(&[HALF, 3 * HALF], 8), 1);
        assert_eq!(surplus(&[], 8), 0);
    }
}
