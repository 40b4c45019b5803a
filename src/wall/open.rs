//! Opens the rest of a gated article with whatever this reader holds.

use super::vault;
use crate::browser::crypto::{self, Purpose};
use crate::browser::key::Key;
use crate::browser::rest::{self, Media};
use crate::browser::{document, fetch};
use crate::messages::Key as Words;
use crate::paths;
use crate::paths::Route;
use crate::paywall::notice::PassError;
use crate::paywall::pass::PassState;
use crate::paywall::wall::{By, Closed, Failure, Gated, Wall};
use crate::paywall::{Pass, Room};
use crate::site::Site;
use jumpline_article::error::read_json;
use jumpline_article::wall::{Bytes, Envelope, GiftLink, Kid, LinkError, Recipient, Rest, Status, label};
use jumpline_article::{Item, Visibility};
use leptos::prelude::*;
use leptos::task::tick;

/// An article that was opened.
struct Opened {
    rest: Rest,
    key: Key,
    by: By,
    /// What its key was taken out of, to give it away.
    wrapped: Option<(Key, Vec<u8>)>,
}

/// Opens an article and puts its rest into the page, or lets its wall say why not.
pub(super) async fn show(room: Room, site: &Site, pass: Pass, soft: Option<By>) {
    let (turn, gated) = (room.turn(), room.gated.get_value());
    let result = open(room, site, &gated, pass, soft).await;
    if !room.is_turn(turn) {
        return;
    }
    match result {
        Ok(opened) => {
            let (of_address, of_label) = (site.clone(), gated.id.clone());
            let media = Media {
                types: opened.rest.media,
                key: opened.key,
                address: Box::new(move |name| of_address.file(&paths::sealed(name))),
                bound: Box::new(move |name| label::media(&of_label, name)),
                failure: site.text(Words::SealedFailed).to_owned(),
            };
            // Who was sent to a place behind the wall has not come there yet.
            let awaited = document::fragment().filter(|it| !document::is_there(it));
            room.shown.set_value(rest::show(&opened.rest.content_html, media));
            room.wrapped.set_value(opened.wrapped);
            room.contents.update(|it| it.extend(opened.rest.contents));
            room.wall.set(Wall::Open(opened.by));
            if let Some(fragment) = awaited {
                tick().await;
                document::go_to_fragment(&fragment);
            }
        }
        Err(wall) => room.wall.set(wall),
    }
}

/// Opens an article, or says how its wall stands. A gift that opens nothing takes nothing from who can read it anyway.
async fn open(room: Room, site: &Site, gated: &Gated, pass: Pass, soft: Option<By>) -> Result<Opened, Wall> {
    let Some(lock) = site.publication().paywall.lock.as_ref() else { return Err(Wall::Closed(Closed::NoKey)) };
    let turn = room.turn();
    let mut brought = pass.gift_to(&gated.permalink).and_then(|it| gift(site, gated, &it)).transpose();
    let soft = soft.filter(|_| gated.visibility == Visibility::Members);
    let is_given = matches!(brought, Ok(Some(_))) || pass.gift_of(&gated.id).is_some();
    let opened = if soft.is_some() || is_given || pass.has_keys() {
        let envelope = envelope(site, gated).await?;
        let mut given = None;
        if let Ok(Some(GiftLink(bytes))) = &brought {
            let key = crypto::import(&bytes.0, Purpose::Open).await?;
            // Anybody can make a link: it is kept once it has opened something.
            match unseal(&envelope, &key).await {
                Ok(rest) => {
                    vault::keep_gift(pass, lock, &gated.id, key.clone()).await;
                    given = Some(Opened { rest, key, by: By::Gift, wrapped: None });
                }
                Err(_) => brought = Err(Failure::Gift(LinkError::Damaged)),
            }
        }
        // Who holds a pass reads by that, and can give the article away.
        match open_with_pass(pass, soft, &lock.members, &envelope).await?.or(given) {
            Some(opened) => Ok(opened),
            None => open_with_the_rest(site, gated, pass, &envelope).await,
        }
    } else {
        Err(Wall::Closed(Closed::NoKey))
    };
    // It is done with, unless another try has begun, which is about it as well.
    if room.is_turn(turn) && pass.gift_to(&gated.permalink).is_some() {
        pass.drop_gift();
    }
    match (opened, brought) {
        (Err(Wall::Closed(_)), Err(failure)) => Err(Wall::Failed(failure)),
        (opened, _) => opened,
    }
}

/// The gift that an address brought.
fn gift(site: &Site, gated: &Gated, fragment: &str) -> Option<Result<GiftLink, Failure>> {
    let gift = GiftLink::parse(fragment, &gated.id)?;
    Some(if site.publication().paywall.gifts { gift.map_err(Failure::Gift) } else { Err(Failure::GiftsOff) })
}

/// Opens an article with the key that every member has, or with one of the pass.
async fn open_with_pass(
    pass: Pass,
    soft: Option<By>,
    members: &Bytes,
    envelope: &Envelope,
) -> Result<Option<Opened>, Wall> {
    if let Some(by) = soft {
        let members = crypto::import(&members.0, Purpose::Unwrap).await?;
        if let Some(recipient) = envelope.recipients.iter().find(|it| it.header.kid == Kid::Members) {
            return with(envelope, recipient, members, by).await.map(Some);
        }
    }
    match fitting(envelope, pass) {
        Some((recipient, key)) => with(envelope, recipient, key, By::Pass).await.map(Some),
        None => Ok(None),
    }
}

/// Opens an article with a gift that was kept, or with what the publication lets the pass open by now.
async fn open_with_the_rest(site: &Site, gated: &Gated, pass: Pass, envelope: &Envelope) -> Result<Opened, Wall> {
    if let Some(key) = pass.gift_of(&gated.id) {
        match unseal(envelope, &key).await {
            Ok(rest) => return Ok(Opened { rest, key, by: By::Gift, wrapped: None }),
            // An earlier release kept what it had not tried. It may be the envelope that is damaged, so only this page forgets it.
            Err(_) => {
                pass.vault.update_value(|it| it.gifts.retain(|it| it.name != gated.id));
                // What is for members may be one of the free articles now that there is no gift.
                if gated.visibility == Visibility::Members {
                    pass.state().notify();
                }
            }
        }
    }
    if gated.visibility == Visibility::Paid
        && ask_again(site, pass).await?
        && let Some((recipient, key)) = fitting(envelope, pass)
    {
        return with(envelope, recipient, key, By::Pass).await;
    }
    Err(Wall::Closed(why(envelope, pass)))
}

async fn ask_again(site: &Site, pass: Pass) -> Result<bool, Wall> {
    vault::ask_again(pass, site).await.map_err(|error| match error {
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
    let is_mine =
        |it: &Recipient| matches!(&it.header.kid, Kid::Tier(tier, _) if card.months.iter().any(|it| it.tier == *tier));
    let is_of_my_tier = envelope.recipients.iter().any(is_mine);
    match card.status {
        Status::Live if is_of_my_tier => Closed::NotYet,
        Status::Live => Closed::OtherTier,
        // To renew it would not open this. Where it has opened nothing, nobody knows.
        _ if !is_of_my_tier && !card.months.is_empty() => Closed::OtherTier,
        Status::Lapsed => Closed::Lapsed(card.until),
        Status::Revoked => Closed::Revoked,
    }
}
