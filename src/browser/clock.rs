//! The clock of this device, and days as the server counts them.

/// Milliseconds since 1970; 0 on the host.
pub fn now() -> f64 {
    if super::window().is_some() { js_sys::Date::now() } else { 0.0 }
}

/// The day of a moment in UTC, `2026-11-25`; empty on the host.
pub fn day(moment: f64) -> String {
    if super::window().is_none() {
        return String::new();
    }
    let text = String::from(js_sys::Date::new(&moment.into()).to_iso_string());
    text.get(..10).unwrap_or_default().to_owned()
}
