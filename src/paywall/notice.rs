//! What a reader is told of what became of a pass.

use crate::browser::crypto::CryptoError;
use crate::browser::fetch::FetchError;
use crate::navigation::LoadError;
use jumpline_article::wall::LinkError;

/// What became of the last thing that the reader did about the pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is being opened.
    Working,
    /// It was opened.
    Opened,
    /// It was read, and is one that has ended.
    Ended,
    /// It was read and has ended, so the one that this device held before stays.
    EndedBeside,
    /// What it opens now was unlocked, and the one that this device held before stays, since it opens more.
    OpenedBeside,
    /// It was not.
    Failed(PassError),
    /// All that this device kept is gone.
    Forgotten,
}

impl Notice {
    /// Whether it did not work.
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

/// Why a pass opens nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassError {
    /// It is no pass, or not all of one.
    Link(LinkError),
    /// Another publication's.
    Elsewhere,
    /// Nothing is locked in this publication.
    NothingLocked,
    /// The keyring does not know it: it was never issued, or it ended long ago.
    Unknown,
    /// The keyring or its entry is damaged.
    Broken,
    /// The page did not come by a secure connection, so the browser has no cryptography.
    Insecure,
    /// The keyring did not come.
    Fetch(FetchError),
    /// What opens passes did not come.
    Part(LoadError),
}

impl From<CryptoError> for PassError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::NotHere => Self::Insecure,
            CryptoError::Refused => Self::Broken,
        }
    }
}
