//! Who may read on. Side effects live here; views read the contexts and call their methods.

pub mod card;
pub mod meter;
pub mod modal;
pub mod notice;
pub mod pass;
pub mod provider;
pub mod room;
pub mod subscription;
pub mod wall;

pub use meter::Meter;
pub use modal::Invitation;
pub use pass::Pass;
pub use room::Room;
pub use subscription::Subscription;
