//! Opens the rest of a gated article with whatever this reader holds.

use super::keyring::PassError;
use super::pass::{Pass, PassState};
use crate::browser::crypto::{self, CryptoError, Key, Purpose};
use crate::browser::fetch::{self, FetchError};
use crate::paths::Route;
use crate::site::Site;
use jumpline_article::error::read_json;
use jumpline_article::wall::{Envelope, EnvelopeError, GiftLink, Kid, LinkError, Recipient, Rest, Status};
use jumpline_article::{Item, Permalink, Visibility};
use leptos::prelude::*;

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

/// An article that was opened.
pub(super) struct Opened {
    pub(super) rest: Rest,
    pub(super) key: Key,
    pub(super) by: By,
    /// What its key was taken out of, to give it away.
    pub(super) wrapped: Option<(Key, Vec<u8>)>,
}

/// Opens an article, or says how its wall stands.
pub(super) async fn open(site: &Site, gated: &Gated, pass: Pass, soft: Option<By>) -> Result<Opened, Wall> {
    let Some(lock) = site.publication().paywall.lock.as_ref() else { return Err(Wall::Closed(Closed::NoKey)) };
    if let Some(fragment) = pass.take_gift()
        && let Some(gift) = GiftLink::parse(&fragment, &gated.id)
    {
        if !site.publication().paywall.gifts {
            return Err(Wall::Failed(Failure::GiftsOff));
        }
        let gift = gift.map_err(|it| Wall::Failed(Failure::Gift(it)))?;
        pass.keep_gift(lock, &gated.id, crypto::import(&gift.0.0, Purpose::Open).await?).await;
    }
    let gift = pass.gift_of(&gated.id);
    let soft = soft.filter(|_| gated.visibility == Visibility::Members);
    if soft.is_none() && gift.is_none() && !pass.has_keys() {
        return Err(Wall::Closed(Closed::NoKey));
    }
    let envelope = envelope(site, gated).await?;
    if let Some(by) = soft {
        let members = crypto::import(&lock.members.0, Purpose::Unwrap).await?;
        if let Some(recipient) = envelope.recipients.iter().find(|it| it.header.kid == Kid::Members) {
            return with(&envelope, recipient, members, by).await;
        }
    }
    if let Some((recipient, key)) = fitting(&envelope, pass) {
        return with(&envelope, recipient, key, By::Pass).await;
    }
    if let Some(key) = gift {
        let rest = unseal(&envelope, &key).await?;
        return Ok(Opened { rest, key, by: By::Gift, wrapped: None });
    }
    if gated.visibility == Visibility::Paid
        && ask_again(site, pass).await?
        && let Some((recipient, key)) = fitting(&envelope, pass)
    {
        return with(&envelope, recipient, key, By::Pass).await;
    }
    Err(Wall::Closed(why(&envelope, pass)))
}

async fn ask_again(site: &Site, pass: Pass) -> Result<bool, Wall> {
    pass.ask_again(site).await.map_err(|error| match error {
        PassError::Fetch(error) => Wall::Failed(Failure::Fetch(error)),
        PassError::Insecure => Wall::Failed(Failure::Insecure),
        _ => Wall::Failed(Failure::Damaged),
    })
}

/// The envelope: it came with the article, or stands in the document beside its page.
async fn envelope(site: &Site, gated: &Gated) -> Result<Box<Envelope>, Wall> {
    let envelope = match gated.envelope.clone() {
        Some(envelope) => Some(envelope),
        None => {
            let document = Route::Article(gated.permalink.clone()).document().unwrap_or_default();
            let json = fetch::text(&site.file(&document)).await.map_err(|it| Wall::Failed(Failure::Fetch(it)))?;
            Item::from_json(&json).ok().and_then(|it| it.jumpline).and_then(|it| it.envelope)
        }
    };
    let envelope = envelope.ok_or(Wall::Failed(Failure::Damaged))?;
    envelope.check(&gated.id, gated.visibility)?;
    Ok(envelope)
}

fn fitting(envelope: &Envelope, pass: Pass) -> Option<(&Recipient, Key)> {
    envelope.recipients.iter().find_map(|it| Some((it, pass.key(&it.header.kid.to_string())?)))
}

async fn with(envelope: &Envelope, recipient: &Recipient, wrapping: Key, by: By) -> Result<Opened, Wall> {
    let wrapped = &recipient.encrypted_key.0;
    let key = crypto::unwrap(&wrapping, wrapped).await?;
    let rest = unseal(envelope, &key).await?;
    Ok(Opened { rest, key, by, wrapped: Some((wrapping, wrapped.clone())) })
}

async fn unseal(envelope: &Envelope, key: &Key) -> Result<Rest, Wall> {
    let json = crypto::open(key, &envelope.iv.0, envelope.authenticated().as_bytes(), &envelope.sealed()).await?;
    // As text, since reading bytes would be a second JSON reader in the Wasm.
    let json = String::from_utf8(json).map_err(|_| Wall::Failed(Failure::Damaged))?;
    read_json(&json).map_err(|_| Wall::Failed(Failure::Damaged))
}

/// Why no key fits.
fn why(envelope: &Envelope, pass: Pass) -> Closed {
    let PassState::Held(card) = pass.state().get_untracked() else { return Closed::NoKey };
    match card.status {
        Status::Lapsed => Closed::Lapsed(card.until),
        Status::Revoked => Closed::Revoked,
        Status::Live => {
            let is_mine = |it: &Recipient| matches!(&it.header.kid, Kid::Tier(tier, _) if card.months.iter().any(|it| it.tier == *tier));
            if envelope.recipients.iter().any(is_mine) { Closed::NotYet } else { Closed::OtherTier }
        }
    }
}
