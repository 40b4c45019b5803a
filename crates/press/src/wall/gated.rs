//! What must stand nowhere in the site: the build collects it, and the audit looks for it.

use std::fmt;

/// The hidden part of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatedText {
    /// The article's permalink.
    pub article: String,
    /// The file that it came from, as a person would type its name.
    pub file: String,
    /// Plain text of all that follows the teaser. Notes that the teaser refers to are no part of it.
    pub text: String,
}

/// A key that opens something paid.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey {
    /// What it is, for a message: `content key of /ferry/`.
    pub name: String,
    /// The key.
    pub bytes: [u8; 32],
}

/// Only the name: keys stay out of logs.
impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// All that the audit looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched {
    /// Hidden parts of all gated articles, members' included.
    pub texts: Vec<GatedText>,
    /// The publisher's secret, states and wrapping keys of tiers, content keys of paid articles, secrets of passes.
    pub keys: Vec<SecretKey>,
}
