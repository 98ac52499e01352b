//! Work on a file that may be damaged: a failed bounds check becomes an error, and says nothing beside it.
//!
//! Rust prints a panic before anybody can catch it. For this work the print is left out: on the thread that called,
//! and on the pool's threads while such a call is under way. Every other panic is printed as ever.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

static HOOK: Once = Once::new();
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    static CALLING: Cell<bool> = const { Cell::new(false) };
}

/// Marks this thread as calling, until dropped.
struct Call {
    before: bool,
}

impl Call {
    fn begin() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::SeqCst);
        Self { before: CALLING.replace(true) }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        CALLING.set(self.before);
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
    }
}

fn is_quiet() -> bool {
    CALLING.get() || (UNDER_WAY.load(Ordering::SeqCst) > 0 && rayon::current_thread_index().is_some())
}

/// The work's result, or none when it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !is_quiet() {
                usual(panic);
            }
        }));
    });
    let _call = Call::begin();
    catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_none_and_what_does_not_is_its_result() {
        assert_eq!(caught(|| 7), Some(7));
        assert_eq!(caught(|| -> i32 { panic!("astray") }), None);
        assert!(!is_quiet());
    }

    #[test]
    fn a_panic_on_the_pool_is_caught_as_one_of_the_caller() {
        use rayon::prelude::*;
        let found = caught(|| {
            (0..64).into_par_iter().map(|at| if at == 40 { panic!("astray") } else { at }).sum::<i32>()
        });
        assert_eq!(found, None);
    }
}
