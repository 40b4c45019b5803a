//! The pass and the keys of this device: read, taken in, kept, and forgotten.

use super::keyring::{self, Entry};
use crate::browser::database::{self, Database, Record, Store};
use crate::browser::key::Key;
use crate::browser::storage::{self, Shelf};
use crate::browser::time;
use crate::paywall::Pass;
use crate::paywall::card::Card;
use crate::paywall::notice::{Notice, PassError};
use crate::paywall::pass::{PassState, Trouble, Vault, marker, name};
use crate::site::Site;
use jumpline_article::plan::Lock;
use jumpline_article::wall::{Claims, Status};
use leptos::prelude::*;

/// Minutes by which a clock may be off before anybody is told.
const CLOCK_SLACK: f64 = 30.0;

/// Reads what the database holds.
pub(super) async fn look(pass: Pass, lock: &Lock) {
    // Until all of it was read: who is told that there is none looks for another one.
    let trouble = is_marked(lock).then_some(Trouble::Storage);
    let (mut vault, mut state) = (Vault { trouble, ..Vault::default() }, PassState::Absent);
    if let Ok(database) = Database::open(&name(lock), Store::WALL).await
        && let (Ok(own), Ok(keys), Ok(gifts)) =
            (database.all(Store::Pass).await, database.all(Store::Keys).await, database.all(Store::Gifts).await)
    {
        if let Some((card, key)) = own.into_iter().find_map(|it| Some((Card::parse(&it.text)?, it.key))) {
            state = PassState::Held(card);
            vault.own = Some(key);
        }
        (vault.keys, vault.gifts) = (keys, gifts);
        (vault.database, vault.trouble) = (Some(database), None);
    }
    pass.vault.set_value(vault);
    pass.state().set(state);
}

/// Opens the pass that a text holds: a link, or a mail around it.
pub(super) async fn unlock(pass: Pass, site: &Site, text: &str) {
    let notice = match take_out(pass, site, text).await {
        Ok(notice) => notice,
        Err(error) => Notice::Failed(error),
    };
    pass.notice.set(Some(notice));
}

async fn take_out(pass: Pass, site: &Site, text: &str) -> Result<Notice, PassError> {
    let lock = site.publication().paywall.lock.as_ref().ok_or(PassError::NothingLocked)?;
    // What could not be looked at before may hold a pass, which is not to be lost to this one.
    if pass.vault.with_value(|it| it.database.is_none()) && is_marked(lock) {
        look(pass, lock).await;
    }
    let entry = Entry::of(text, lock).await?;
    let (claims, at) = entry.claims(site, lock).await?;
    take_in(pass, lock, entry, (claims, at), false).await
}

/// Asks the keyring again for the pass that is held, once while the page lives. `false` when there is nothing to ask for.
pub(super) async fn ask_again(pass: Pass, site: &Site) -> Result<bool, PassError> {
    let Some(lock) = site.publication().paywall.lock.as_ref() else { return Ok(false) };
    let PassState::Held(card) = pass.state().get_untracked() else { return Ok(false) };
    let Some(key) = pass.vault.with_value(|it| it.own.clone().filter(|_| !it.asked)) else { return Ok(false) };
    let entry = Entry { id: card.id.clone(), tag: card.tag.clone(), key };
    let (claims, at) = match entry.claims(site, lock).await {
        // It ended so long ago that its entry is gone.
        Err(PassError::Unknown) => {
            (Claims { version: 1, status: Status::Lapsed, until: card.until.clone(), grants: Vec::new() }, None)
        }
        other => other?,
    };
    pass.vault.update_value(|it| it.asked = true);
    take_in(pass, lock, entry, (claims, at), true).await?;
    Ok(true)
}

/// Takes in what the keyring says of a pass, and when it said so; of one that was held when it was asked (`is_held`), or of a new one.
async fn take_in(
    pass: Pass,
    lock: &Lock,
    entry: Entry,
    (mut claims, at): (Claims, Option<f64>),
    is_held: bool,
) -> Result<Notice, PassError> {
    if let Some(at) = at {
        let off = ((time::now() - at) / 60_000.0).abs();
        pass.clock_is_off.set(off > CLOCK_SLACK);
        // By the server's time, since the device's may be wrong.
        if claims.status == Status::Live && claims.until < time::day(at) {
            claims.status = Status::Lapsed;
        }
    }
    let mut records = Vec::new();
    for grant in &claims.grants {
        records.extend(keyring::keys(grant, pass).await?);
    }
    let before = match pass.state().get_untracked() {
        PassState::Held(card) => Some(card),
        _ => None,
    };
    // All this took its time: it may have been forgotten meanwhile, here or in another tab, and stays so.
    if is_held && before.as_ref().is_none_or(|it| it.tag != entry.tag) {
        return Ok(Notice::Forgotten);
    }
    let card = Card::of(entry.id.clone(), entry.tag.clone(), &claims, before.as_ref());
    let is_live = card.status == Status::Live;
    if before.as_ref() == Some(&card) && records.is_empty() {
        // Nothing is new, and nobody who looks at it is disturbed.
        return Ok(if is_live { Notice::Opened } else { Notice::Ended });
    }
    pass.vault.update_value(|it| it.keys.extend(records.iter().cloned()));
    // Keys only add to what is held. The pass itself is what brings those of later months, and there is one.
    let today = time::day(at.unwrap_or_else(time::now));
    if let Some(before) = before.filter(|it| !gives_way(it, &card, &today)) {
        if !records.is_empty() {
            keep(pass, lock, &[(Store::Keys, records)]).await;
        }
        pass.state().set(PassState::Held(before));
        return Ok(if is_live { Notice::OpenedBeside } else { Notice::EndedBeside });
    }
    let own = Record { name: "pass".to_owned(), text: card.to_text(), key: entry.key.clone() };
    pass.vault.update_value(|it| it.own = Some(entry.key));
    keep(pass, lock, &[(Store::Keys, records), (Store::Pass, vec![own])]).await;
    pass.state().set(PassState::Held(card));
    Ok(if is_live { Notice::Opened } else { Notice::Ended })
}

/// Whether the pass of this device goes where another one comes. Anybody can put a link somewhere, so what is held is never lost to a
/// pass that has ended, nor to one that opens less. A pass is told by the tag that its secret makes: an id may be anybody's.
fn gives_way(held: &Card, to: &Card, today: &str) -> bool {
    if held.tag == to.tag {
        return true;
    }
    match (held.status_on(today), to.status) {
        (Status::Live, Status::Live) => {
            let is_in = |tier| to.months.iter().any(|it| it.tier == tier);
            to.until >= held.until && held.months.iter().all(|it| is_in(it.tier.clone()))
        }
        (_, Status::Live) => true,
        (Status::Live, _) => false,
        // It may be renewed, which one that never opened anything here has not shown.
        _ => held.months.is_empty(),
    }
}

/// Keeps records in the database and tells other tabs. Without storage they last until the tab is closed.
async fn keep(pass: Pass, lock: &Lock, all: &[(Store, Vec<Record>)]) {
    let kept = async {
        let known = pass.vault.with_value(|it| it.database.clone());
        let database = match known {
            Some(database) => database,
            None => Database::open(&name(lock), Store::WALL).await?,
        };
        for (store, records) in all {
            database.keep(*store, records).await?;
        }
        storage::write(Shelf::Device, &marker(lock), &(time::now() as u64).to_string())?;
        pass.vault.update_value(|it| it.database = Some(database));
        Ok::<(), storage::Blocked>(())
    };
    pass.kept.set(kept.await.is_ok());
}

/// Whether this device was ever given a key.
fn is_marked(lock: &Lock) -> bool {
    storage::read(Shelf::Device, &marker(lock)).is_ok_and(|it| it.is_some())
}

/// Forgets pass, keys and gifts, on this device and in every tab.
pub(super) async fn forget(pass: Pass, lock: &Lock) {
    let known = pass.vault.with_value(|it| it.database.clone());
    let database = match known {
        // Another tab may have made it.
        None if is_marked(lock) => Database::open(&name(lock), Store::WALL).await.ok(),
        known => known,
    };
    if let Some(database) = database {
        for store in [Store::Pass, Store::Keys, Store::Gifts] {
            if database.clear(store).await.is_err() {
                // A full disk takes no change, not even this one. What cannot be deleted either goes once other tabs are closed.
                database::delete(&name(lock)).await;
                break;
            }
        }
    }
    let _ = storage::remove(Shelf::Device, &marker(lock));
    pass.vault.set_value(Vault::default());
    pass.notice.set(Some(Notice::Forgotten));
    pass.state().set(PassState::Absent);
}

/// Keeps the content key of an article that was given to this reader.
pub(super) async fn keep_gift(pass: Pass, lock: &Lock, article: &str, key: Key) {
    let record = Record { name: article.to_owned(), text: String::new(), key };
    pass.vault.update_value(|it| {
        it.gifts.retain(|it| it.name != article);
        it.gifts.push(record.clone());
    });
    keep(pass, lock, &[(Store::Gifts, vec![record])]).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paywall::card::Months;
    use jumpline_article::Slug;
    use jumpline_article::wall::{Bytes, Epoch, PassId};

    const TODAY: &str = "2026-11-25";

    fn card(tag: u8, status: Status, until: &str, tiers: &[&str]) -> Card {
        let month = Epoch::parse("2026-11").expect("is a month");
        let months = tiers.iter().map(|it| Months { tier: Slug::from_name(it), first: month, last: month });
        Card {
            id: PassId::parse("st0c1234567890ab").expect("is an id"),
            tag: Bytes(vec![tag; 12]),
            status,
            until: until.to_owned(),
            months: months.collect(),
        }
    }

    #[test]
    fn a_live_pass_stays_where_one_comes_that_opens_less() {
        let held = card(1, Status::Live, "2027-01-31", &["paid"]);
        for (status, until, tiers, goes) in [
            (Status::Live, "2027-02-28", &["paid"][..], true),
            (Status::Live, "2027-01-31", &["paid", "patron"], true),
            (Status::Live, "2027-01-30", &["paid", "patron"], false),
            (Status::Live, "2099-12-31", &["patron"], false),
            (Status::Lapsed, "2099-12-31", &["paid"], false),
            (Status::Revoked, "2099-12-31", &[], false),
        ] {
            let to = card(2, status, until, tiers);
            assert_eq!(gives_way(&held, &to, TODAY), goes, "{status:?} {until} {tiers:?}");
        }
        // The same one is renewed, or has ended.
        assert!(gives_way(&held, &card(1, Status::Revoked, "2026-10-31", &[]), TODAY));
        // What was paid for is over, though nobody has asked the keyring since.
        assert!(gives_way(&held, &card(2, Status::Live, "2027-03-31", &["patron"]), "2027-02-01"));
    }

    #[test]
    fn a_pass_that_has_ended_makes_room() {
        let held = card(1, Status::Lapsed, "2026-10-31", &["paid"]);
        assert!(gives_way(&held, &card(2, Status::Live, "2026-11-30", &["patron"]), TODAY));
        assert!(!gives_way(&held, &card(2, Status::Revoked, "2099-12-31", &[]), TODAY));
        let bare = card(1, Status::Lapsed, "2026-10-31", &[]);
        assert!(gives_way(&bare, &card(2, Status::Revoked, "2026-10-31", &[]), TODAY));
    }
}
