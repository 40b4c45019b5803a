//! The publication as a whole: what stands beside what.

pub mod address;
