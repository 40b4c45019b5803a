//! How the wall of an article may stand.

use crate::browser::crypto::CryptoError;
use crate::browser::fetch::FetchError;
use crate::navigation::LoadError;
use jumpline_article::wall::{Envelope, EnvelopeError, LinkError};
use jumpline_article::{Permalink, Visibility};

/// How the wall of an article stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wall {
    /// It is closed.
    Closed(Closed),
    /// A key is being tried.
    Opening,
    /// The rest is shown.
    Open(By),
    /// Something went wrong.
    Failed(Failure),
}

/// Why a wall is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closed {
    /// This reader holds nothing that could open it.
    NoKey,
    /// The pass ended on this day, and the article is newer.
    Lapsed(String),
    /// The publisher ended the pass.
    Revoked,
    /// The pass is in order, and of another tier.
    OtherTier,
    /// The pass is in order, and the keyring has no key for this month yet.
    NotYet,
}

/// What opened a wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A pass.
    Pass,
    /// A subscription.
    Membership,
    /// One of the free articles of the month.
    Meter,
    /// A gift.
    Gift,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The envelope or the keyring did not come.
    Fetch(FetchError),
    /// What opens walls did not come.
    Part(LoadError),
    /// The browser does not hand out what this device holds.
    Storage,
    /// A bit was changed on the way, or it is another article's.
    Damaged,
    /// A newer press locked it.
    UnknownLock,
    /// The browser has no cryptography here.
    Insecure,
    /// The gift is not whole, or of another article.
    Gift(LinkError),
    /// The publisher turned gifts off.
    GiftsOff,
}

impl From<CryptoError> for Failure {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::NotHere => Self::Insecure,
            CryptoError::Refused => Self::Damaged,
        }
    }
}

impl From<EnvelopeError> for Failure {
    fn from(error: EnvelopeError) -> Self {
        match error {
            EnvelopeError::UnknownHeader => Self::UnknownLock,
            EnvelopeError::WrongLength | EnvelopeError::OtherArticle => Self::Damaged,
        }
    }
}

impl From<CryptoError> for Wall {
    fn from(error: CryptoError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<EnvelopeError> for Wall {
    fn from(error: EnvelopeError) -> Self {
        Self::Failed(error.into())
    }
}

/// What stands behind the wall.
#[derive(Clone, Debug)]
pub struct Gated {
    /// The article's id.
    pub id: String,
    /// Where it stands.
    pub permalink: Permalink,
    /// Who may read it.
    pub visibility: Visibility,
    /// The envelope, when it came along.
    pub envelope: Option<Box<Envelope>>,
}
