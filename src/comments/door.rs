//! The doors into this part of the reader: nothing else in it is called from outside (see [`crate::parts`]).

use super::desk::Desk;
use super::mailbox::Mailbox;
use super::outbox::{Door as _, Kept, Record};
use super::thread;
use crate::browser::storage::Blocked;
use crate::components::comments::{Live, Thread};
use crate::parts;
use crate::site::Site;
use jumpline_article::error::read_json;
use std::pin::Pin;

/// Something that takes its time.
type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// Brings a thread to life.
#[inline(never)]
pub fn live(thread: Thread) -> Live {
    thread::live(thread)
}

/// Sends what waits from an earlier visit.
#[inline(never)]
pub fn send(site: &Site) {
    parts::once(|| Mailbox::of(site)).send_now(site);
}

/// All that is kept of this reader's comments, as the JSON document that the outbox saves, too.
#[inline(never)]
pub fn export(site: Site) -> Task<Result<String, Blocked>> {
    Box::pin(async move {
        let (kept, _) = Desk::new(site).look().await?;
        // Texts and numbers can always be written.
        Ok(serde_json::to_string(&kept.records().concat()).unwrap_or_default())
    })
}

/// Takes in what [`export`] wrote. What waited there is sent when the reader says so. `false` when it is no such document, or cannot be kept.
#[inline(never)]
pub fn take_in(site: Site, file: String) -> Task<bool> {
    Box::pin(async move {
        let Ok(records) = read_json::<Vec<Record>>(&file) else { return false };
        let file = Kept::from_records(&records);
        Desk::new(site).change(&mut |kept| kept.take_in(file.clone())).await.is_ok()
    })
}
