//! What the columns of a list of subscribers say, whoever exported it.

use super::{Rules, Subscriber, tier};
use crate::source::nearest::nearest;
use crate::wall::day;
use crate::wall::passes::shown_name;
use csv::StringRecord;
use jumpline_article::{Slug, is_email};
use std::collections::BTreeSet;

/// Names of columns: ours first, then what others call them. Compared in lower case.
const EMAIL: &[&str] = &["email", "customer email"];
const NAME: &[&str] = &["name", "customer name"];
const TIER: &[&str] = &["tier", "tiers"];
const UNTIL: &[&str] = &["until", "expiry", "expires at", "current period end (utc)"];
/// What was bought, in the seller's words: Stripe's exports name a product or a price. It counts where it is a tier's name.
const BOUGHT: &[&str] = &["product", "product name", "plan name", "plan"];
/// Substack lists readers who pay nothing, too, and says `false` here.
const PAYING: &[&str] = &["active_subscription"];
/// What its dashboard writes instead: `Free`, or how somebody pays. `Type` is such a column only beside a `Stripe plan`.
const KIND: &[&str] = &["subscription type"];
const KIND_BESIDE_PLAN: &[&str] = &["type"];
const PLAN: &[&str] = &["stripe plan"];
/// Columns by which a list of Substack is known.
const SUBSTACK: &[&str] =
    &["paid upgrade date", "subscription source (free)", "subscription date", "first_payment_at", "first payment at"];
/// Stripe lists subscriptions that have ended, too.
const STATUS: &[&str] = &["status"];
/// Ghost says `true` for whom a tier was given to.
const GUEST: &[&str] = &["complimentary_plan"];
/// Ghost notes when a member went.
const DELETED: &[&str] = &["deleted_at"];

/// Stripe's words for a subscription that is paid, is tried out, or whose payment is being tried again.
const PAYS: &[&str] = &["active", "trialing", "past_due"];
/// Its words for one that is over or never began.
const PAYS_NOT: &[&str] = &["canceled", "cancelled", "incomplete", "incomplete_expired", "unpaid", "paused"];

/// Why a line gives no pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Why {
    PaysNothing,
    Deleted,
    Status(&'static str),
}

/// Where in a line each thing stands.
pub(super) struct Columns {
    email: usize,
    name: Option<usize>,
    tier: Option<usize>,
    until: Option<usize>,
    bought: Vec<usize>,
    paying: Option<usize>,
    kind: Option<usize>,
    status: Option<usize>,
    guest: Option<usize>,
    deleted: Option<usize>,
}

impl Columns {
    /// Whether there are addresses, as far as the names tell.
    pub(super) fn has_addresses(headers: &StringRecord) -> bool {
        column(headers, EMAIL).is_some()
    }

    /// Finds them by their names.
    ///
    /// # Errors
    /// When they do not tell whom a line is about, or who pays.
    pub(super) fn of(headers: &StringRecord) -> Result<Self, String> {
        let column = |names| column(headers, names);
        let Some(email) = column(EMAIL) else {
            let found: Vec<&str> = headers.iter().collect();
            return Err(format!("has no column `email`; its columns are {}", found.join(", ")));
        };
        let columns = Self {
            email,
            name: column(NAME),
            tier: column(TIER),
            until: column(UNTIL),
            bought: BOUGHT.iter().filter_map(|it| self::column(headers, &[*it])).collect(),
            paying: column(PAYING),
            kind: column(KIND).or_else(|| column(PLAN).map(|plan| column(KIND_BESIDE_PLAN).unwrap_or(plan))),
            status: column(STATUS),
            guest: column(GUEST),
            deleted: column(DELETED),
        };
        if columns.guest.is_some() && columns.tier.or(columns.paying).or(columns.status).is_none() {
            return Err("has a column `complimentary_plan` and none that says who pays; export the members with their `tiers`, \
                        or take that column out when everybody in the list pays"
                .to_owned());
        }
        if column(SUBSTACK).is_some() && columns.tier.or(columns.paying).or(columns.kind).or(columns.status).is_none() {
            return Err("is a list of Substack without a column that says who pays; export it with `Subscription type`, or with \
                        `Type` and `Stripe plan`, since readers who pay nothing would get a pass, too"
                .to_owned());
        }
        Ok(columns)
    }

    /// Cells that a line has at least, when it says all that decides.
    pub(super) fn needed(&self) -> usize {
        let decide = [Some(self.email), self.tier, self.until, self.paying, self.kind, self.status];
        decide.into_iter().flatten().max().unwrap_or_default() + 1
    }

    /// Why a line gives no pass.
    ///
    /// # Errors
    /// When nobody knows whether it does.
    pub(super) fn passes_over(&self, record: &StringRecord) -> Result<Option<Why>, String> {
        if cell(record, self.deleted).is_some() {
            return Ok(Some(Why::Deleted));
        }
        if cell(record, self.paying).is_some_and(|it| it.eq_ignore_ascii_case("false")) {
            return Ok(Some(Why::PaysNothing));
        }
        if self.kind.is_some() && cell(record, self.kind).is_none_or(|it| it.eq_ignore_ascii_case("free")) {
            return Ok(Some(Why::PaysNothing));
        }
        if self.status.is_some() {
            let Some(status) = cell(record, self.status) else { return Ok(Some(Why::PaysNothing)) };
            let is = |it: &&&str| it.eq_ignore_ascii_case(status);
            if let Some(status) = PAYS_NOT.iter().find(is) {
                return Ok(Some(Why::Status(status)));
            }
            if PAYS.iter().find(is).is_none() {
                return Err(unknown_status(status));
            }
        }
        let gives_nothing = self.tier.is_some() && cell(record, self.tier).is_none() && !self.is_guest(record);
        Ok(gives_nothing.then_some(Why::PaysNothing))
    }

    fn is_guest(&self, record: &StringRecord) -> bool {
        cell(record, self.guest).is_some_and(|it| it.eq_ignore_ascii_case("true"))
    }

    /// Whom a line is about.
    ///
    /// # Errors
    /// With what is wrong with the line.
    pub(super) fn subscriber(&self, record: &StringRecord, rules: &Rules<'_>) -> Result<Subscriber, String> {
        let email = cell(record, Some(self.email)).unwrap_or_default().to_lowercase();
        if !is_email(&email) {
            return Err(format!("`{email}` is no email address"));
        }
        let bought = || self.bought.iter().find_map(|it| tier(cell(record, Some(*it))?, rules).ok());
        let by_default = || bought().or_else(|| rules.tier.clone());
        let tiers = match (cell(record, self.tier), by_default()) {
            (Some(names), _) => tiers(names, rules)?,
            (None, Some(tier)) => BTreeSet::from([tier]),
            (None, None) if self.tier.is_some() => {
                return Err("is complimentary and names no tier; say which with --tier".to_owned());
            }
            (None, None) => return Err("names no tier; say which with --tier".to_owned()),
        };
        let until = match cell(record, self.until) {
            Some(text) => day::parse(text).ok_or_else(|| format!("`{text}` is not a day; write 2027-01-31"))?,
            None => rules.until.ok_or("names no last day; say which with --until")?,
        };
        let name = shown_name(cell(record, self.name).unwrap_or_default());
        Ok(Subscriber { email, name, tiers: tiers.into_iter().collect(), until })
    }
}

/// The tiers of a cell. A title may hold what stands between them: Ghost joins titles with commas and quotes none.
fn tiers(mut names: &str, rules: &Rules<'_>) -> Result<BTreeSet<Slug>, String> {
    const BETWEEN: [char; 3] = [',', ';', '|'];
    let mut found = BTreeSet::new();
    loop {
        names = names.trim_start();
        let title = |title: &str| {
            let (head, rest) = names.split_at_checked(title.len())?;
            let ends = rest.trim_start().is_empty() || rest.trim_start().starts_with(BETWEEN);
            (!title.is_empty() && ends && head.eq_ignore_ascii_case(title)).then_some(title.len())
        };
        let known = rules.tiers.iter().filter_map(|it| title(&it.1)).max();
        let end = known.unwrap_or_else(|| names.find(BETWEEN).unwrap_or(names.len()));
        found.insert(tier(names[..end].trim(), rules)?);
        let Some((_, rest)) = names[end..].split_once(BETWEEN) else { return Ok(found) };
        names = rest;
    }
}

fn cell(record: &StringRecord, at: Option<usize>) -> Option<&str> {
    at.and_then(|it| record.get(it)).filter(|it| !it.is_empty())
}

fn unknown_status(status: &str) -> String {
    let known = || PAYS.iter().chain(PAYS_NOT).copied();
    let meant = match nearest(status, known()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known are {}", known().collect::<Vec<_>>().join(", ")),
    };
    format!(
        "the status `{status}` does not say who pays; {meant}; take that column out of the list when it says something else"
    )
}

fn column(headers: &StringRecord, names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| headers.iter().position(|it| it.eq_ignore_ascii_case(name)))
}
