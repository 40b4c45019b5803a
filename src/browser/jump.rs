//! Links within a page: who follows one to a note, or to the comments, has not read what lies between.

use super::time;
use std::cell::Cell;

/// Milliseconds that browsers take to scroll there.
const FLIGHT: f64 = 2000.0;

thread_local! {
    /// When such a link was followed, in milliseconds since 1970, as long as nobody has read on from there.
    static JUMPED: Cell<Option<f64>> = const { Cell::new(None) };
    /// Whether nobody has looked yet where it led.
    static IS_NEW: Cell<bool> = const { Cell::new(false) };
}

/// Begins anew: with a jump, or as somebody who reads.
pub fn begin(with_jump: bool) {
    JUMPED.set(with_jump.then(time::now));
    IS_NEW.set(with_jump);
}

/// Whether a jump led here.
pub fn has_jumped() -> bool {
    JUMPED.get().is_some()
}

/// Whether one is still on its way, or was until now: who looks only at rest may do so late.
pub fn is_flying() -> bool {
    IS_NEW.take() || JUMPED.get().is_some_and(|it| time::now() - it < FLIGHT)
}
