//! Whether something arrived whose answer was lost.

use super::flush::{Known, place};
use super::{Door, Entry, Kept, Stage};
use jumpline_article::commenting::{Act, Answer, Check, Checked, Outcome, Service};

/// What it takes to find out whether something arrived.
#[derive(Clone, Copy)]
pub(super) struct Doubt {
    /// Whatever arrived is no older by the server's clock, in milliseconds since 1970.
    pub(super) since: u64,
    /// Whether whoever was sending it has given up: until then it may still arrive.
    pub(super) is_over: bool,
}

/// What came of looking.
pub(super) enum Seen {
    /// It is known what became of it, and noted.
    Settled,
    /// It is not there.
    Absent,
    /// The server did not say.
    Unknown,
}

/// Finds out whether something arrived.
pub(super) async fn look<D: Door>(
    door: &D,
    service: &dyn Service,
    entry: &Entry,
    doubt: Doubt,
    known: &[Known],
) -> Result<Seen, D::Blocked> {
    let place = place(door, &entry.permalink, &entry.title, known);
    let Check::Ask(request) = service.check(&place, &entry.act) else { return Ok(Seen::Absent) };
    let Ok((status, text)) = door.ask(&request).await else { return Ok(Seen::Unknown) };
    let (now, mut seen) = (door.now(), Seen::Unknown);
    let checked = service.checked(&entry.act, doubt.since, Answer { status, text: &text });
    door.change(&mut |kept| {
        let absent =
            |kept: &mut Kept, is_certain| if doubt.is_over { kept.doubt(entry, is_certain) } else { Seen::Absent };
        seen = match &checked {
            Checked::Unknown => Seen::Unknown,
            Checked::Absent => absent(kept, true),
            Checked::Alike(some) => {
                let is_certain = some.iter().all(|it| kept.has(&entry.permalink, it));
                absent(kept, is_certain)
            }
            // The same words, said twice by the reader.
            Checked::Arrived(Outcome::Done(Some(it)))
                if matches!(entry.act, Act::Post(_)) && kept.has(&entry.permalink, it) =>
            {
                absent(kept, true)
            }
            Checked::Arrived(outcome) => {
                kept.settle(&entry.id, outcome.clone(), now);
                Seen::Settled
            }
        };
    })
    .await?;
    Ok(seen)
}

impl Kept {
    /// The server does not show it, or (uncertain) not in these words. Whether it may be sent again: not a comment that may be waiting for
    /// approval there.
    fn doubt(&mut self, entry: &Entry, is_certain: bool) -> Seen {
        let is_certain = match &entry.act {
            Act::Post(letter) => is_certain && self.shows_at_once(letter),
            Act::Edit { .. } | Act::Delete { .. } | Act::Like { .. } => true,
        };
        if is_certain {
            return Seen::Absent;
        }
        if let Some(entry) = self.outbox.iter_mut().find(|it| it.id == entry.id) {
            entry.stage = Stage::Unsure;
        }
        Seen::Settled
    }
}
