//! Where the secret and the passes lie: outside of everything that is published.

use super::exposed::where_public;
use super::private::{private_file, private_folder};
use super::secret::Secret;
use anyhow::{Context as _, bail};
use jumpline_article::Publication;
use std::fs;
use std::io::Write as _;
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

    /// The secret, when there is one.
    ///
    /// # Errors
    /// When others may read it, git keeps it, it is damaged, or it is gone: there are passes that only it fits, or somebody named its
    /// file. Another one would close every pass that was sent out.
    pub fn secret(&self) -> anyhow::Result<Option<Secret>> {
        if !self.path.exists() {
            self.not_lost()?;
            if let Some(by) = self.named {
                bail!(
                    "{}: there is no secret, and {by} names this file; correct the path, put your backup of it back, or run \
                     `press pass secret` once when this publication never had one",
                    self.name()
                );
            }
            return Ok(None);
        }
        let secret = Secret::read(&self.path)?;
        self.untracked(&self.path)?;
        Ok(Some(secret))
    }

    /// The secret; a new one when there is none. Says how to keep it when it is new.
    ///
    /// # Errors
    /// Like [`Place::secret`], and when it cannot be written.
    pub fn secret_or_new(&self) -> anyhow::Result<Secret> {
        match self.secret()? {
            Some(secret) => Ok(secret),
            None => self.write_new(),
        }
    }

    /// Makes the secret for who asks for it, wherever its file was named to be. Says whether there was none.
    ///
    /// # Errors
    /// When the one that is there cannot be used, when it is lost, and when it cannot be written.
    pub fn make(&self) -> anyhow::Result<bool> {
        if self.path.exists() {
            return self.secret().map(|_| false);
        }
        self.not_lost()?;
        self.write_new().map(|_| true)
    }

    /// Refuses to go on where passes lie and their secret does not.
    fn not_lost(&self) -> anyhow::Result<()> {
        let passes = self.passes();
        if passes.exists() {
            bail!(
                "{}: is gone, and {} lists passes that only this secret fits; put your backup of it back",
                self.name(),
                passes.display()
            );
        }
        Ok(())
    }

    fn write_new(&self) -> anyhow::Result<Secret> {
        let secret = Secret::random()?;
        let folder = self.folder();
        if !folder.exists() {
            private_folder(folder)?;
        }
        let mut file = private_file(&self.path)?;
        writeln!(file, "{}", *secret.line()).and_then(|()| file.sync_all()).with_context(|| self.failed())?;
        eprintln!(
            "A new secret for your wall lies in {}. Back it up now: it is one line of text, so print it or put it into your password manager. \
             Who loses it cannot print lost links again and has to send every reader a new one; who gives it away has no wall.",
            self.name()
        );
        Ok(secret)
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

    fn failed(&self) -> String {
        format!("{}: cannot be written", self.name())
    }

    /// Refuses a file that git keeps. Where there is no git there is nothing to refuse.
    ///
    /// # Errors
    /// When it is tracked.
    pub fn untracked(&self, path: &Path) -> anyhow::Result<()> {
        let asked = Command::new("git")
            .arg("-C")
            .arg(self.folder())
            .args(["ls-files", "--error-unmatch", "--"])
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if asked.is_ok_and(|it| it.success()) {
            let name = path.display();
            bail!(
                "{name}: git keeps this file, and so does everybody who has the repository; run `git rm --cached {name}` and make a new \
                 secret if it was ever pushed"
            );
        }
        Ok(())
    }
}

/// A path with everything that exists of it resolved.
pub(super) fn whole(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(ancestor), path.strip_prefix(ancestor)) {
            // What does not exist has no links, so its `..` mean what they say.
            let steps = rest.components();
            return steps.fold(real, |mut path, step| {
                if step == std::path::Component::ParentDir {
                    path.pop();
                } else {
                    path.push(step);
                }
                path
            });
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::publication;

    fn place(folder: &Path, more: &str) -> anyhow::Result<Place> {
        let content = folder.join("content");
        fs::create_dir_all(&content).expect("is writable");
        Place::of(&content, &mut publication(more), None)
    }

    #[test]
    fn a_secret_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let place = place(folder.path(), "").expect("is outside");
        assert_eq!(place.secret().expect("is sound"), None);
        let secret = place.secret_or_new().expect("is writable");
        assert_eq!(place.secret_or_new().expect("is sound"), secret);
        let keys = folder.path().join("keys");
        assert_eq!(fs::read_to_string(keys.join(".gitignore")).expect("is there"), "*\n");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).expect("is there").permissions().mode() & 0o777;
            assert_eq!((mode(&keys), mode(&keys.join("secret"))), (0o700, 0o600));
            fs::set_permissions(keys.join("secret"), fs::Permissions::from_mode(0o644)).expect("is ours");
            assert!(format!("{:#}", place.secret().expect_err("is open")).contains("can be read by others (mode 644)"));
        }
    }

    #[test]
    fn a_damaged_secret_is_not_replaced() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let place = place(folder.path(), "").expect("is outside");
        place.secret_or_new().expect("is writable");
        fs::write(folder.path().join("keys/secret"), "torn").expect("is writable");
        assert!(format!("{:#}", place.secret_or_new().expect_err("is damaged")).contains("is damaged"));
        assert_eq!(fs::read_to_string(folder.path().join("keys/secret")).expect("is there"), "torn");
        fs::remove_file(folder.path().join("keys/secret")).expect("is there");
        fs::write(place.passes(), "{}").expect("is writable");
        assert!(format!("{:#}", place.secret_or_new().expect_err("is lost")).contains("put your backup of it back"));
    }

    #[test]
    fn a_secret_does_not_lie_where_it_would_be_published() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        for path in ["secret", "../content/keys/secret", "x/../secret"] {
            let error = place(folder.path(), &format!("[paywall]\nsecret = \"{path}\"")).expect_err("is inside");
            assert!(error.to_string().contains("may not lie in the content"), "{error}");
        }
        let error = place(folder.path(), "[paywall]\nsecret = \"../dist/secret\"").expect_err("is in the site");
        assert!(error.to_string().contains("may not lie in the site"), "{error}");
        let place = place(folder.path(), "[paywall]\nsecret = \"../site/secret\"").expect("is outside the content");
        assert!(place.outside_of_site(&folder.path().join("site")).is_err());
    }

    #[test]
    fn a_secret_is_made_unasked_where_nobody_named_it() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let spelled = place(folder.path(), "[paywall]\nsecret = \"../keys/secret\"").expect("is outside");
        assert_eq!(spelled.secret().expect("is the default, spelled out"), None);
        let named = place(folder.path(), "[paywall]\nsecret = \"../kyes/secret\"").expect("is outside");
        let error = format!("{:#}", named.secret_or_new().expect_err("is nowhere"));
        assert!(error.contains("there is no secret, and `paywall.secret` names this file"), "{error}");
        assert!(named.make().expect("is writable") && !named.make().expect("is there"));
        assert_eq!(named.secret_or_new().expect("is sound"), named.secret().expect("is sound").expect("is there"));
    }

    #[test]
    fn a_secret_that_git_keeps_is_refused() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        let place = place(folder.path(), "").expect("is outside");
        place.secret_or_new().expect("is writable");
        let git = |args: &[&str]| {
            let mut git = Command::new("git");
            git.arg("-C").arg(folder.path()).args(args).stdout(Stdio::null()).stderr(Stdio::null());
            git.status().is_ok_and(|it| it.success())
        };
        if !git(&["init"]) {
            eprintln!("no git here: nothing was tested");
            return;
        }
        assert!(place.secret().is_ok(), "is ignored");
        assert!(git(&["add", "--force", "keys/secret"]));
        assert!(format!("{:#}", place.secret().expect_err("is tracked")).contains("git keeps this file"));
    }
}
