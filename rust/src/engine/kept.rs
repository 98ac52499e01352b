//! What searches of a list leave to those that come after them: the words that they learned.

use std::sync::{LazyLock, Mutex};

use crate::engine::search::State;

/// How many searches run beside each other at best, and so how many states are worth keeping.
static CORES: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get));

/// The states in which searches of one list ended, all of one threshold; a search takes one and gives it back.
///
/// So a process learns a word once and not in every batch. As many are kept as there are cores to search, and each is
/// bounded ([`State`]); one that a failed search held is lost with it.
#[derive(Default)]
pub struct Kept(Mutex<(u32, Vec<State>)>);

impl Kept {
    /// A state for a search at a threshold: the one that was given back last, or a new one.
    #[must_use]
    pub fn take(&self, threshold: u32) -> State {
        let kept = self.0.lock().ok().filter(|kept| kept.0 == threshold);
        kept.and_then(|mut kept| kept.1.pop()).unwrap_or_default()
    }

    /// Keeps the state in which a search at a threshold ended, and lets those of other thresholds go.
    pub fn give(&self, threshold: u32, state: State) {
        if let Ok(mut kept) = self.0.lock() {
            if kept.0 != threshold {
                *kept = (threshold, Vec::new());
            }
            if kept.1.len() < *CORES {
                kept.1.push(state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(kept: &Kept) -> usize {
        kept.0.lock().map_or(0, |kept| kept.1.len())
    }

    #[test]
    fn what_is_given_back_is_taken_again_at_its_own_threshold_only() {
        let kept = Kept::default();
        kept.give(700_000, State::default());
        let _new = kept.take(800_000);
        assert_eq!(held(&kept), 1);
        let _same = kept.take(700_000);
        assert_eq!(held(&kept), 0);
    }

    #[test]
    fn no_more_are_kept_than_there_are_cores_and_those_of_one_threshold() {
        let kept = Kept::default();
        (0..=*CORES).for_each(|_| kept.give(700_000, State::default()));
        assert_eq!(held(&kept), *CORES);
        kept.give(800_000, State::default());
        assert_eq!(held(&kept), 1);
    }
}
