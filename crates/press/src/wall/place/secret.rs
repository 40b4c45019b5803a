//! The secret at its place: read, made when it is first needed, and never replaced.

use super::Place;
use crate::wall::private::{private_file, private_folder, write_private};
use crate::wall::secret::Secret;
use anyhow::bail;
use std::fs;

impl Place {
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
        // Whoever makes this file has the place, and no other press writes over what follows.
        drop(private_file(&self.path)?);
        let written = write_private(&self.path, format!("{}\n", *secret.line()).as_bytes());
        if written.is_err() {
            // Empty, it would be a damaged secret for ever.
            let _ = fs::remove_file(&self.path);
        }
        written?;
        eprintln!(
            "A new secret for your wall lies in {}. Back it up now: it is one line of text, so print it or put it into your password manager. \
             Who loses it cannot print lost links again and has to send every reader a new one; who gives it away has no wall.",
            self.name()
        );
        Ok(secret)
    }
}
