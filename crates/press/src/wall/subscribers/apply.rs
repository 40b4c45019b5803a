//! Passes are brought up to a list of subscribers.

use super::{Listed, PassedOver, Rules, Subscriber, lists};
use crate::wall::passes::{Origin, Pass, fresh_id};
use jiff::civil::Date;
use jumpline_article::wall::Status;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Subscribers in the list.
    pub listed: usize,
    /// New passes.
    pub issued: usize,
    /// Passes whose tier, last day or name is another now.
    pub changed: usize,
    /// Passes that are no longer in the list.
    pub left: usize,
    /// Passes of a list without a name that belong to this one now.
    pub named: usize,
    /// Addresses whose revoked pass lives again.
    pub revived: Vec<String>,
    /// Addresses whose pass stays revoked, since the list has nothing new for them.
    pub still_revoked: usize,
    /// Lines that give no pass.
    pub passed_over: PassedOver,
    /// Addresses that the list contradicts itself about, and what was made of it.
    pub doubted: Vec<String>,
}

impl Changes {
    /// Whether the list of passes is another now.
    pub fn any(&self) -> bool {
        self.issued + self.changed + self.left + self.named + self.revived.len() > 0
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.listed == 1 { "" } else { "s" };
        write!(f, "{} subscriber{s}: ", self.listed)?;
        if !self.any() {
            f.write_str("nothing has changed")?;
        } else {
            write!(f, "{} new, {} changed, {} left the list and lapsed", self.issued, self.changed, self.left)?;
        }
        if self.named > 0 {
            write!(f, ", {} taken over from the list without a name", self.named)?;
        }
        if self.still_revoked > 0 {
            write!(f, ", {} stay revoked", self.still_revoked)?;
        }
        if !self.passed_over.is_empty() {
            write!(f, "; passed over: {}", self.passed_over)?;
        }
        self.doubted.iter().try_for_each(|it| write!(f, "\n{it}"))?;
        self.revived
            .iter()
            .try_for_each(|it| write!(f, "\n{it} was revoked and is live again: the list says it is paid"))
    }
}

/// Brings the passes up to the list. Only passes that came by it are touched.
///
/// # Errors
/// When most of them would end, or the system has no random numbers.
pub fn apply(passes: &mut Vec<Pass>, listed: Listed, rules: &Rules<'_>) -> anyhow::Result<Changes> {
    let Listed { subscribers, passed_over, doubted } = listed;
    let mut changes = Changes { listed: subscribers.len(), passed_over, doubted, ..Changes::default() };
    changes.named = lists::take_over(passes, &subscribers, rules);
    let imported =
        passes.iter().enumerate().filter(|it| it.1.origin == Origin::Imported && it.1.source == rules.source);
    let known: BTreeMap<String, usize> = imported.filter_map(|(at, it)| Some((it.email.clone()?, at))).collect();
    lists::refuse_to_end_most(passes, &known, &subscribers, rules)?;
    let mut there = BTreeSet::new();
    for subscriber in subscribers {
        let Some(at) = known.get(&subscriber.email).copied() else {
            changes.issued += 1;
            passes.push(Pass {
                id: fresh_id(rules.mark)?,
                name: subscriber.name,
                email: Some(subscriber.email),
                tiers: subscriber.tiers,
                until: subscriber.until,
                issued: rules.today,
                revoked: None,
                left: None,
                origin: Origin::Imported,
                source: rules.source.to_owned(),
            });
            continue;
        };
        there.insert(at);
        update(&mut passes[at], subscriber, rules.today, &mut changes);
    }
    for at in known.into_values().filter(|it| !there.contains(it)) {
        let pass = &mut passes[at];
        if pass.left.is_none() && pass.status(rules.today) == Status::Live {
            pass.left = Some(rules.today);
            changes.left += 1;
        }
    }
    Ok(changes)
}

fn update(pass: &mut Pass, subscriber: Subscriber, today: Date, changes: &mut Changes) {
    let before = pass.clone();
    if pass.revoked.is_some() {
        // The same list again is no reason; a day that is later than what was revoked is a new payment.
        if subscriber.until <= today || subscriber.until <= pass.until {
            changes.still_revoked += 1;
            return;
        }
        pass.revoked = None;
    }
    pass.left = None;
    pass.tiers = subscriber.tiers;
    pass.until = subscriber.until;
    if !subscriber.name.is_empty() {
        pass.name = subscriber.name;
    }
    if before.revoked.is_some() {
        changes.revived.push(subscriber.email);
    } else if *pass != before {
        changes.changed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{TODAY, with};
    use super::*;
    use crate::wall::subscribers::read;

    fn import(passes: &mut Vec<Pass>, csv: &str) -> Changes {
        with(|it| apply(passes, read(csv.as_bytes(), it).expect("is sound"), it).expect("has random numbers"))
    }

    #[test]
    fn a_list_is_followed() {
        let both = "email,tier,until\na@b.example,paid,2027-01-31\nc@b.example,gold,2027-01-31\n";
        let mut passes = Vec::new();
        assert_eq!(import(&mut passes, both).issued, 2);
        let before = passes.clone();
        assert!(!import(&mut passes, both).any(), "the same list twice changes nothing");
        assert_eq!(passes, before);
        let one = "email,tier,until\na@b.example,\"paid,gold\",2027-06-30\n";
        let changes = import(&mut passes, one);
        assert_eq!((changes.changed, changes.left), (1, 1));
        assert_eq!((passes[0].tiers.len(), passes[1].status(TODAY)), (2, Status::Lapsed));
        assert_eq!(passes[0].id, before[0].id, "the link stays the same");
        assert_eq!(import(&mut passes, both).changed, 2, "who comes back is live again");
        assert_eq!(passes[1].status(TODAY), Status::Live);
    }

    #[test]
    fn what_was_revoked_comes_back_with_a_new_payment_only() {
        let list = |until: &str| format!("email,tier,until\na@b.example,paid,{until}\n");
        let mut passes = Vec::new();
        import(&mut passes, &list("2027-01-31"));
        passes[0].revoked = Some(TODAY);
        assert_eq!(import(&mut passes, &list("2027-01-31")).still_revoked, 1);
        assert_eq!(passes[0].status(TODAY), Status::Revoked);
        let changes = import(&mut passes, &list("2027-02-28"));
        assert_eq!(changes.revived, ["a@b.example"]);
        assert!(changes.to_string().contains("a@b.example was revoked and is live again"), "{changes}");
        assert_eq!(passes[0].status(TODAY), Status::Live);
    }

    #[test]
    fn passes_that_were_issued_are_left_alone() {
        let mut passes = Vec::new();
        import(&mut passes, "email,tier,until\na@b.example,paid,2027-01-31\n");
        passes[0].origin = Origin::Issued;
        let changes = import(&mut passes, "email,tier,until\nc@b.example,paid,2027-01-31\n");
        assert_eq!((changes.issued, changes.left, passes[0].status(TODAY)), (1, 0, Status::Live));
    }
}
