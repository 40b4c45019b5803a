//! What the service worker may send while no page is open (Background Sync): it knows no provider, so the requests are written down for it.

use super::{Kept, Stage};
use jumpline_article::commenting::{Place, Service};
use serde::Serialize;

/// One thing to send, as `crates/press/src/app/outbox.js` reads it.
#[derive(Serialize)]
struct Plan<'a> {
    /// The address that says what is there before. Only who is answered there goes on.
    list: &'a str,
    method: &'a str,
    url: &'a str,
    body: &'a str,
    cookies: bool,
}

impl Kept {
    /// Notes for all that waits what is to be sent, where that can be said without asking anybody: `place` tells where it belongs.
    pub fn plan(&mut self, service: &dyn Service, place: &dyn Fn(&super::Entry) -> Option<Place>) {
        let ids: Vec<_> = self.outbox.iter().map(|it| it.id.clone()).collect();
        for entry in &mut self.outbox {
            let is_ready = entry.stage == Stage::Waiting && !entry.target().is_some_and(|it| ids.contains(it));
            let place = is_ready.then(|| place(entry)).flatten();
            let plan = place.and_then(|it| Some((service.list(&it, 1), service.send(&it, &entry.act)?)));
            let plan = plan.map(|(list, send)| {
                let (method, cookies) = (send.method.name(), send.cookies);
                let plan = Plan { list: &list.url, method, url: &send.url, body: &send.body, cookies };
                // Texts can always be written.
                serde_json::to_string(&plan).unwrap_or_default()
            });
            entry.plan = plan.unwrap_or_default();
        }
    }
}
