//! Where the secret and the passes lie: outside of everything that is published.

mod secret;
#[cfg(test)]
mod tests;

use super::exposed::where_public;
use crate::real_path::whole;
use anyhow::bail;
use jumpline_article::Publication;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The environment variable that names the secret's file.
pub const VARIABLE: &str = "JUMPLINE_SECRET";

/// The file of a publication's secret, and the folder of its passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    path: PathBuf,
    /// What named it, when that was anything.
    named: Option<&'static str>,
    /// The address of the publication, by which its list of passes is told from another's.
    publication: String,
}

/// The file that [`VARIABLE`] names.
pub fn from_environment() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|it| !it.is_empty()).map(PathBuf::from)
}

impl Place {
    /// Where a publication's secret lies: where `stated` says, else `paywall.secret`, else `keys/secret` beside the content. The
    /// line of `publication.toml` is taken out of the publication, for it is nobody else's business.
    ///
    /// # Errors
    /// When that is inside the content or a site.
    pub fn of(content: &Path, publication: &mut Publication, stated: Option<&Path>) -> anyhow::Result<Self> {
        let default = whole(&content.join("../keys/secret"));
        let configured = publication.paywall.secret.take().map(|it| whole(&content.join(it)));
        let (path, named) = match (stated, configured) {
            (Some(path), _) => (whole(path), Some(VARIABLE)),
            // `docs/passes.md` spells the default out, and so do publications.
            (None, Some(path)) if path != default => (path, Some("`paywall.secret`")),
            (None, _) => (default, None),
        };
        let place = Self { path, named, publication: publication.url.to_string() };
        if let Some(public) = where_public(&place.path, content) {
            return Err(place.public(&public));
        }
        Ok(place)
    }

    /// Refuses a place inside the site.
    ///
    /// # Errors
    /// When the secret would be published.
    pub fn outside_of_site(&self, out: &Path) -> anyhow::Result<()> {
        if self.path.starts_with(whole(out)) { Err(self.public("the site")) } else { Ok(()) }
    }

    fn public(&self, what: &str) -> anyhow::Error {
        anyhow::anyhow!(
            "{}: a secret may not lie in {what}; name another place in {VARIABLE} or `paywall.secret`",
            self.name()
        )
    }

    /// The file of the secret.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The file that lists the passes.
    pub fn passes(&self) -> PathBuf {
        self.folder().join("passes.json")
    }

    /// The address of the publication.
    pub fn publication(&self) -> &str {
        &self.publication
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    /// The file's name, as a person would type it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Refuses a file that git keeps. Where there is no git there is nothing to refuse.
    ///
    /// # Errors
    /// When it is tracked, or git does not say.
    pub fn untracked(&self, path: &Path) -> anyhow::Result<()> {
        let name = path.display();
        let asked = Command::new("git")
            .arg("-C")
            .arg(self.folder())
            // A folder of somebody else's, as in a container: git is asked what it knows, and runs nothing that the folder names.
            .args(["-c", "safe.directory=*", "-c", "core.fsmonitor=false"])
            .args(["ls-files", "--error-unmatch", "--"])
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output();
        let Ok(answer) = asked else { return Ok(()) };
        // Before 2.38 it takes that setting from files only.
        if !answer.status.success() && String::from_utf8_lossy(&answer.stderr).contains("safe.directory") {
            bail!(
                "{name}: git does not say whether it keeps this file, since its folder is another user's; run `git config --global --add \
                 safe.directory` with that folder"
            );
        }
        if answer.status.success() {
            bail!(
                "{name}: git keeps this file, and so does everybody who has the repository; run `git rm --cached {name}` and make a new \
                 secret if it was ever pushed"
            );
        }
        Ok(())
    }
}
