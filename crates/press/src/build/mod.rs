//! The build, from content to site.

use std::fmt;
use std::path::PathBuf;

/// What one build works on.
pub struct Options {
    /// The publication's folder.
    pub content: PathBuf,
    /// The reader as Trunk built it.
    pub shell: PathBuf,
    /// Where the site goes.
    pub out: PathBuf,
    /// The path that the site lives below; `publication.toml` decides when it is absent.
    pub base: Option<String>,
    /// Whether to list every broken article instead of the first.
    pub keep_going: bool,
    /// What the next build may use again.
    pub cache: PathBuf,
    /// Whether to keep silent about progress and warnings.
    pub quiet: bool,
}

/// What a build did.
pub struct Summary {
    /// Articles and pages of the publication.
    pub articles: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} articles", self.articles)
    }
}

/// Builds the publication.
///
/// # Errors
/// When content or shell cannot be read, or an article is broken.
pub fn run(options: &Options) -> anyhow::Result<Summary> {
    anyhow::bail!("{} cannot be built yet", options.content.display())
}
