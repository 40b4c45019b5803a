//! From a pass to its keys: finds its entry in the keyring, opens it, and derives the keys of every month.

use crate::browser::crypto::{self, CryptoError, Purpose, Secret};
use crate::browser::database::Record;
use crate::browser::fetch::{self, FetchError};
use crate::browser::key::Key;
use crate::paths;
use crate::paywall::Pass;
use crate::paywall::notice::PassError;
use crate::site::Site;
use jumpline_article::plan::Lock;
use jumpline_article::wall::{Bytes, Claims, Compact, Grant, Keyring, Kid, PassId, PassLink, label};

/// A pass without its secret: what finds and opens its entry, now and later.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) id: PassId,
    pub(super) tag: Bytes,
    pub(super) key: Key,
}

impl Entry {
    /// Takes a pass in. Its secret goes with the text.
    pub(super) async fn of(text: &str, lock: &Lock) -> Result<Self, PassError> {
        if !crypto::is_here() {
            return Err(PassError::Insecure);
        }
        let PassLink { id, secret } = PassLink::find(text).map_err(PassError::Link)?;
        if id.mark() != lock.mark {
            return Err(PassError::Elsewhere);
        }
        let secret = Secret::import(&secret.0).await?;
        let tag = Bytes(secret.bytes(label::KEYRING_TAG, 12).await?);
        let key = secret.key(label::KEYRING_KEY, Purpose::Open).await?;
        Ok(Self { id, tag, key })
    }

    /// What the keyring says of it now, and when the server said so. That nothing is known of it is said only where the keyring is there,
    /// and has not grown since the page was made.
    pub(super) async fn claims(&self, site: &Site, lock: &Lock) -> Result<(Claims, Option<f64>), PassError> {
        match self.claims_in(site, lock.bits).await {
            Err(PassError::Unknown | PassError::Fetch(FetchError::Missing)) => {}
            known => return known,
        }
        let answer = fetch::fresh(&site.file(paths::keyring_bits())).await.map_err(PassError::Fetch)?;
        self.claims_in(site, answer.text.trim().parse().map_err(|_| PassError::Broken)?).await
    }

    async fn claims_in(&self, site: &Site, bits: u8) -> Result<(Claims, Option<f64>), PassError> {
        let answer =
            fetch::fresh(&site.file(&paths::keyring(&self.id.bucket(bits)))).await.map_err(PassError::Fetch)?;
        let keyring = Keyring::from_json(&answer.text).map_err(|_| PassError::Broken)?;
        let entry = keyring.entries.get(&self.tag.to_string()).ok_or(PassError::Unknown)?;
        let entry = Compact::parse(entry).ok_or(PassError::Broken)?;
        let header = Compact::authenticated();
        let json = crypto::open(&self.key, &entry.iv.0, header.as_bytes(), &entry.sealed.0).await?;
        let json = String::from_utf8(json).map_err(|_| PassError::Broken)?;
        let claims = Claims::from_json(&json).map_err(|_| PassError::Broken)?;
        Ok((claims, answer.at))
    }
}

/// The wrapping keys of a grant, newest month first, without those that are held already.
pub(super) async fn keys(grant: &Grant, pass: Pass) -> Result<Vec<Record>, CryptoError> {
    let (mut state, mut epoch) = (grant.state.0.clone(), grant.epoch);
    let mut keys = Vec::new();
    loop {
        let kid = Kid::Tier(grant.tier.clone(), epoch);
        let name = kid.to_string();
        if pass.key(&name).is_none() {
            let key = Secret::import(&state).await?.key(&label::wrap(&kid), Purpose::Unwrap).await?;
            keys.push(Record { name, text: String::new(), key });
        }
        if epoch <= grant.first {
            return Ok(keys);
        }
        (state, epoch) = (crypto::digest(&state).await?, epoch.previous());
    }
}
