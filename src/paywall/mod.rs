//! Who may read on. Side effects live here; views read the two contexts and call their methods.

pub mod meter;
pub mod modal;
pub mod pass;
pub mod provider;
pub mod subscription;

pub use meter::Meter;
pub use modal::Invitation;
pub use pass::Pass;
pub use subscription::Subscription;
