//! What a reader keeps on this device.

pub mod preferences;
