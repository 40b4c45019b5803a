//! Links within a page: who follows one to a note, or to the comments, has not read what lies between.

use super::time;
use std::cell::Cell;

/// Milliseconds that browsers take to scroll there, and that it takes to be seen where nobody looks before they have.
const FLIGHT: f64 = 3000.0;

thread_local! {
    /// When such a link was followed, in milliseconds since 1970, as long as nobody has read on from there.
    static JUMPED: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Begins anew: with a jump, or as somebody who reads.
pub fn begin(with_jump: bool) {
    JUMPED.set(with_jump.then(time::now));
}

/// Whether a jump led here.
pub fn has_jumped() -> bool {
    JUMPED.get().is_some()
}

/// Whether one is still on its way.
pub fn is_flying() -> bool {
    JUMPED.get().is_some_and(|it| time::now() - it < FLIGHT)
}
