//! How it stands with the subscription, and how that is kept.

use crate::paywall::provider::Why;

/// How it stands with the subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SubscriptionState {
    /// Nobody has looked yet: the server, and the first render in the browser.
    #[default]
    Unknown,
    /// Not subscribed.
    Absent,
    /// Kept on this device until the service takes it.
    Pending(Pending),
    /// Subscribed.
    Subscribed {
        /// With this address.
        email: String,
        /// Milliseconds since 1970.
        since: u64,
    },
}

/// A subscription that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The address.
    pub email: String,
    /// Why it waits.
    pub why: Why,
    /// How often it was tried.
    pub(super) tries: u32,
    /// When it was tried last, in milliseconds since 1970.
    pub(super) tried: u64,
}

impl SubscriptionState {
    /// Whether there is one, sent or waiting.
    pub fn is_there(&self) -> bool {
        matches!(self, Self::Subscribed { .. } | Self::Pending(_))
    }

    /// As it is kept.
    pub(super) fn to_text(&self) -> Option<String> {
        match self {
            Self::Unknown | Self::Absent => None,
            Self::Subscribed { email, since } => Some(format!("subscribed {since} {email}")),
            Self::Pending(Pending { email, why, tries, tried }) => {
                let why = match why {
                    Why::Offline => "offline".to_owned(),
                    Why::Unreachable => "unreachable".to_owned(),
                    Why::TimedOut => "slow".to_owned(),
                    Why::Status(status) => status.to_string(),
                };
                Some(format!("waiting {tried} {tries} {why} {email}"))
            }
        }
    }

    /// As it was kept. What another release wrote and this one does not know counts as absent.
    pub(super) fn parse(text: &str) -> Self {
        let parts: Vec<&str> = text.splitn(5, ' ').collect();
        let state = match parts[..] {
            ["subscribed", since, email] => {
                since.parse().ok().map(|since| Self::Subscribed { email: email.to_owned(), since })
            }
            ["waiting", tried, tries, why, email] => {
                let why = match why {
                    "offline" => Some(Why::Offline),
                    "unreachable" => Some(Why::Unreachable),
                    "slow" => Some(Why::TimedOut),
                    status => status.parse().ok().map(Why::Status),
                };
                let pending = || {
                    Some(Pending {
                        email: email.to_owned(),
                        why: why?,
                        tries: tries.parse().ok()?,
                        tried: tried.parse().ok()?,
                    })
                };
                pending().map(Self::Pending)
            }
            _ => None,
        };
        state.unwrap_or(Self::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_survives() {
        let email = "a@b.example".to_owned();
        let subscribed = SubscriptionState::Subscribed { email: email.clone(), since: 17 };
        let waiting = |why| SubscriptionState::Pending(Pending { email: email.clone(), why, tries: 2, tried: 5 });
        let all = [Why::Offline, Why::Unreachable, Why::TimedOut, Why::Status(503)].map(waiting);
        for state in all.into_iter().chain([subscribed]) {
            assert_eq!(SubscriptionState::parse(&state.to_text().unwrap()), state);
        }
        for text in ["", "subscribed", "subscribed x y", "waiting 1 2 later a@b", "{\"email\":1}"] {
            assert_eq!(SubscriptionState::parse(text), SubscriptionState::Absent, "{text}");
        }
    }
}
