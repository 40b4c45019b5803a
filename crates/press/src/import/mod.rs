//! Publications that come from elsewhere.

pub(crate) mod disk;
pub mod front;
pub mod ledger;
mod outline;
pub mod prose;
pub mod publication;
pub mod remarks;
pub mod report;
pub mod wordpress;
