//! The wall of one build: the keys of every tier that anything published needs, and the passes.

use super::chain::{Chain, Tier};
use super::cipher;
use super::gated::{GatedText, SecretKey, Watched};
use super::keyring::{Buckets, Terms};
use super::passes::{self, Pass};
use super::place::Place;
use super::seal::{Lock as Locking, SealedFile};
use super::secret::Secret;
use crate::audit;
use crate::fault::Fault;
use crate::media::Media;
use crate::render::Rendered;
use crate::site::Site;
use jiff::civil::Date;
use jumpline_article::plan::Lock;
use jumpline_article::wall::envelope::{KeyWrap, RecipientHeader};
use jumpline_article::wall::{Bytes, Epoch, Keyring, Kid, Recipient};
use jumpline_article::{Item, Publication, Slug, Visibility};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The wall of one build.
pub struct Wall {
    secret: Secret,
    iv: [u8; 32],
    media: [u8; 32],
    members: [u8; 32],
    tiers: BTreeMap<Slug, Tier>,
    /// Wrapping keys of every month that something paid was published in.
    wrapping: BTreeMap<Kid, [u8; 32]>,
    passes: Vec<Pass>,
    buckets: Buckets,
}

/// Names of the tiers of a publication; `paid` when it names none.
pub fn tiers(publication: &Publication) -> Vec<Slug> {
    match publication.tiers.as_slice() {
        [] => vec![Slug::from_name("paid")],
        tiers => tiers.iter().map(|it| it.name.clone()).collect(),
    }
}

/// Whether the hidden part of an item is locked with keys that only passes open.
pub fn is_locked(item: &Item) -> bool {
    item.jumpline.as_ref().is_some_and(|it| it.visibility == Visibility::Paid)
}

/// Whose keys open an item, in their order.
fn kids(item: &Item, publication: &Publication) -> Vec<Kid> {
    let Some(extension) = &item.jumpline else { return Vec::new() };
    let month = item.date_published.as_ref().map_or(Epoch::FAR, Epoch::of);
    match extension.visibility {
        Visibility::Public => Vec::new(),
        Visibility::Members => vec![Kid::Members],
        Visibility::Paid => {
            let own: BTreeSet<Slug> = extension.tiers.iter().map(|it| Slug::from_name(it)).collect();
            let opens = |it: &Slug| own.is_empty() || own.contains(it);
            let tiers: BTreeSet<Slug> = tiers(publication).into_iter().filter(opens).collect();
            tiers.into_iter().map(|it| Kid::Tier(it, month)).collect()
        }
    }
}

/// What stands openly at the head of every envelope: how it is locked and whose keys open it. An article about envelopes may quote it.
pub fn headers(site: &Site) -> BTreeSet<String> {
    let header =
        |kid: Kid| Recipient { header: RecipientHeader { alg: KeyWrap::A256KW, kid }, encrypted_key: Bytes::default() };
    let of = |it: &Rendered| {
        let recipients: Vec<Recipient> = kids(&it.item, &site.publication).into_iter().map(header).collect();
        serde_json::to_string(&recipients).map(|it| format!("\"recipients\":{it}")).unwrap_or_default()
    };
    site.articles.iter().filter(|it| it.gated.is_some()).map(of).collect()
}

impl Wall {
    /// Raises the wall; `None` when nothing is gated and there are no passes.
    ///
    /// # Errors
    /// When secret or passes cannot be read, or a new secret cannot be written.
    pub fn raise(
        place: &Place,
        publication: &Publication,
        rendered: &[Rendered],
        today: Date,
    ) -> anyhow::Result<Option<Self>> {
        let is_gated = rendered.iter().any(|it| it.item.is_gated());
        let passes = if is_gated { passes::read(place)? } else { passes::read_own(place)? };
        if passes.is_empty() && !is_gated {
            return Ok(None);
        }
        let secret = place.secret_or_new()?;
        let kids: BTreeSet<Kid> = rendered.iter().flat_map(|it| kids(&it.item, publication)).collect();
        let months = kids.iter().filter_map(|it| match it {
            Kid::Members => None,
            Kid::Tier(tier, month) => Some((tier, *month)),
        });
        let oldest = months.clone().map(|it| it.1).min();
        let newest = months.clone().map(|it| it.1).max();
        let mut tiers = BTreeMap::new();
        // Where nothing is paid there is nothing to grant.
        for (oldest, newest) in oldest.into_iter().zip(newest) {
            for name in self::tiers(publication) {
                let own = months.clone().filter(|it| *it.0 == name).map(|it| it.1).max();
                let chain = Chain::down_to(&secret, &name, oldest);
                tiers.insert(name, Tier { chain, oldest, newest: own.unwrap_or(newest) });
            }
        }
        let wrapping = kids.into_iter().filter_map(|kid| match &kid {
            Kid::Members => None,
            Kid::Tier(tier, month) => Some((tiers.get(tier)?.chain.wrapping_key(*month), kid)),
        });
        let wrapping = wrapping.map(|(key, kid)| (kid, key)).collect();
        let iv = secret.derive("jumpline/1 iv");
        let buckets = Terms { secret: &secret, today, tiers: &tiers, iv }.write(&passes);
        Ok(Some(Self {
            iv,
            media: secret.derive("jumpline/1 media name"),
            members: secret.derive("jumpline/1 members"),
            secret,
            tiers,
            wrapping,
            passes,
            buckets,
        }))
    }

    /// What every page says of it.
    pub fn lock(&self) -> Lock {
        let members = Bytes::from(self.members.as_slice());
        Lock { mark: passes::mark(&self.secret), bits: self.buckets.bits, members }
    }

    /// Locks what is gated: each item gets its envelope. Gives back the media to lock, and warnings.
    ///
    /// # Errors
    /// When a body cannot be read back, which no body of this press is.
    pub fn seal(&self, site: &mut Site, media: &Media) -> anyhow::Result<(Vec<SealedFile>, Vec<Fault>)> {
        let public: BTreeSet<String> =
            site.articles.iter().chain(&site.pages).flat_map(|it| it.media.clone()).collect();
        let publication = &site.publication;
        let seal = |rendered: &mut Rendered| -> anyhow::Result<Vec<SealedFile>> {
            let (Some(gated), Some(extension)) = (&rendered.gated, &rendered.item.jumpline) else {
                return Ok(Vec::new());
            };
            let lock = Locking {
                wall: self,
                publication,
                media,
                public: &public,
                id: &rendered.item.id,
                visibility: extension.visibility,
                kids: kids(&rendered.item, publication),
            };
            let sealed = lock.seal(gated)?;
            if let Some(extension) = &mut rendered.item.jumpline {
                extension.envelope = Some(Box::new(sealed.envelope));
            }
            Ok(sealed.files)
        };
        let everything = site.articles.par_iter_mut().chain(site.pages.par_iter_mut());
        let files = everything.map(seal).collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
        let shared = |it: &Rendered| {
            let media = it.gated.as_ref().map(|it| it.media.intersection(&public).cloned().collect::<Vec<_>>());
            let warning = |path: String| {
                let message = format!("{path} stands in a gated part and in a public one too, so everybody can see it");
                Fault::file(&it.file, message)
            };
            media.into_iter().flatten().map(warning).collect::<Vec<_>>()
        };
        Ok((files, site.articles.iter().chain(&site.pages).flat_map(shared).collect()))
    }

    pub(super) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// All passes.
    pub fn passes(&self) -> &[Pass] {
        &self.passes
    }

    /// Buckets of the keyring, by name.
    pub fn keyring(&self) -> impl Iterator<Item = (&String, &Keyring)> {
        self.buckets.buckets.iter()
    }

    /// The content key of an article.
    pub fn content_key(&self, id: &str, visibility: Visibility) -> [u8; 32] {
        content_key(&self.secret, id, visibility)
    }

    pub(super) fn wrapping_key(&self, kid: &Kid) -> [u8; 32] {
        match kid {
            Kid::Members => self.members,
            Kid::Tier(..) => self
                .wrapping
                .get(kid)
                .copied()
                .unwrap_or_else(|| self.secret.derive(&format!("jumpline/1 nobody {kid}"))),
        }
    }

    pub(super) fn iv(&self, parts: &[&[u8]]) -> [u8; cipher::IV] {
        cipher::iv(&self.iv, parts)
    }

    pub(super) fn media_name(&self, article: &str, path: &str, hash: &str) -> String {
        let whole = cipher::hmac(&self.media, &[article.as_bytes(), path.as_bytes(), hash.as_bytes()]);
        whole[..16].iter().map(|it| format!("{it:02x}")).collect()
    }

    /// What must stand nowhere in the site.
    pub fn watched(&self, site: &Site) -> Watched {
        let mut watched = Watched::default();
        let mut key = |name: String, bytes: [u8; 32]| watched.keys.push(SecretKey { name, bytes });
        key("the publisher's secret".to_owned(), *self.secret.bytes());
        for (name, tier) in &self.tiers {
            let months = std::iter::successors(Some(tier.newest), |it| Some(it.previous()));
            for month in months.take_while(|it| *it >= tier.oldest) {
                key(format!("state of {name}/{month}"), tier.chain.state(month));
            }
        }
        for (kid, bytes) in &self.wrapping {
            key(format!("wrapping key of {kid}"), *bytes);
        }
        for pass in &self.passes {
            key(format!("secret of the pass {}", pass.id), passes::pass_secret(&self.secret, &pass.id));
        }
        let public: BTreeSet<&String> = site.articles.iter().chain(&site.pages).flat_map(|it| &it.media).collect();
        for rendered in site.articles.iter().chain(&site.pages) {
            let (Some(gated), Some(extension)) = (&rendered.gated, &rendered.item.jumpline) else { continue };
            let article = extension.permalink.as_str().to_owned();
            if is_locked(&rendered.item) {
                let bytes = self.content_key(&rendered.item.id, extension.visibility);
                watched.keys.push(SecretKey { name: format!("content key of {article}"), bytes });
            }
            let captions = gated.tracks.iter().filter(|it| !public.contains(it.0)).map(|it| it.1);
            // A short one stands in many places.
            let beside = gated.said.iter().chain(captions).filter(|it| audit::holds_a_run(it));
            watched.texts.extend(std::iter::once(&gated.text).chain(beside).map(|text| GatedText {
                article: article.clone(),
                file: rendered.file.clone(),
                text: text.clone(),
            }));
        }
        watched
    }
}

/// The content key of an article. A members' key is everybody's, so an article that becomes paid gets another.
pub fn content_key(secret: &Secret, id: &str, visibility: Visibility) -> [u8; 32] {
    match visibility {
        Visibility::Public | Visibility::Paid => secret.derive(&format!("jumpline/1 article {id}")),
        Visibility::Members => secret.derive(&format!("jumpline/1 members article {id}")),
    }
}
