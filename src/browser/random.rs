//! Names that nobody else has given.

use super::window;

/// A prefix and 64 random bits; `None` on the host.
pub fn id(prefix: &str) -> Option<String> {
    let mut bytes = [0; 8];
    window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(format!("{prefix}{:016x}", u64::from_be_bytes(bytes)))
}
