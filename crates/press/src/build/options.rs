//! What a build is told.

use std::path::PathBuf;

/// What one build works on.
#[derive(Clone, Debug)]
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
    /// The file of the publisher's secret; `publication.toml` decides when it is absent.
    pub secret: Option<PathBuf>,
    /// Whether to keep silent about progress and warnings.
    pub quiet: bool,
}
