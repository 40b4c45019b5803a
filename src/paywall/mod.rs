//! Who may read on. Side effects live here; views read the two contexts and call their methods.

pub mod pass;
pub mod subscription;

pub use pass::Pass;
pub use subscription::Subscription;
