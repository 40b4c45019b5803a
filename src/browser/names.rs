//! Names of all that is kept in `localStorage`, apart from what says that there is a database. What a person takes along is told by
//! them; *Delete all my data* takes away whatever begins as they do.

/// Keys of what is a reader's own choice, which holds for every publication at this host.
pub const PREFERENCES: &str = "jumpline:preferences";
/// Whether single keys do anything.
pub const KEYS: &str = "jumpline:keys";
/// In which order comments stand.
pub const COMMENT_ORDER: &str = "jumpline:comment-order";

/// Names, for [`super::storage::own`], of what belongs to one publication.
pub const SUBSCRIPTION: &str = "subscription";
/// Articles that were read for free this month.
pub const METER: &str = "meter";
/// Who signs comments; in `sessionStorage` when the reader does not want to be remembered.
pub const ME: &str = "me";
/// The beginning of a draft's name: the article and what it answers follow.
pub const DRAFT: &str = "draft:";
/// The beginning of what the reply form of an article was open for.
pub const REPLY: &str = "reply:";
/// When the invitation to subscribe was closed last.
pub const MODAL: &str = "modal";
/// When the browser last offered to install the site; `asked` once the reader was told.
pub const INSTALL: &str = "install";

/// What is taken along to another device, of the host's and of the publication's.
pub(super) const CHOICES: [&str; 3] = [PREFERENCES, KEYS, COMMENT_ORDER];
/// See [`CHOICES`].
pub(super) const OWN: [&str; 4] = [SUBSCRIPTION, METER, ME, DRAFT];
