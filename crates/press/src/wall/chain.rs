//! A tier's key regression (Fu, Kamara, Kohno 2006): who holds the state of one month can compute every earlier one and no later one.

use super::secret::{Secret, derive};
use jumpline_article::Slug;
use jumpline_article::wall::{Bytes, Epoch, Grant, Kid, label};
use sha2::{Digest as _, Sha256};
use zeroize::ZeroizeOnDrop;

/// The states of one tier, computed back from the far end.
#[derive(ZeroizeOnDrop)]
pub struct Chain {
    #[zeroize(skip)]
    tier: Slug,
    /// The first is [`Epoch::FAR`]'s.
    states: Vec<[u8; 32]>,
}

impl Chain {
    /// The chain of a tier, down to a month.
    pub fn down_to(secret: &Secret, tier: &Slug, oldest: Epoch) -> Self {
        let far = secret.derive(&format!("jumpline/1 tier {tier}"));
        let states = std::iter::successors(Some(far), |state| Some(before(state)));
        Self { tier: tier.clone(), states: states.take(Epoch::FAR.since(oldest) as usize + 1).collect() }
    }

    /// The state of a month; of the oldest one when it lies before that.
    pub fn state(&self, epoch: Epoch) -> [u8; 32] {
        let at = Epoch::FAR.since(epoch) as usize;
        self.states[at.min(self.states.len() - 1)]
    }

    /// What wraps content keys of a month.
    pub fn wrapping_key(&self, epoch: Epoch) -> [u8; 32] {
        wrapping_key(&self.state(epoch), &Kid::Tier(self.tier.clone(), epoch))
    }
}

/// What a tier opens.
pub(super) struct Tier {
    pub(super) chain: Chain,
    /// The oldest month of all that is paid.
    pub(super) oldest: Epoch,
    /// The newest month of what this tier opens.
    pub(super) newest: Epoch,
}

impl Tier {
    /// What a pass that is paid up to a month is granted; `None` when nothing that old is there to be opened.
    pub(super) fn grant(&self, paid: Epoch) -> Option<Grant> {
        let month = self.newest.min(paid);
        let state = Bytes::from(self.chain.state(month).as_slice());
        (month >= self.oldest).then(|| Grant { tier: self.chain.tier.clone(), epoch: month, first: self.oldest, state })
    }
}

/// The state of the month before.
pub fn before(state: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(state).into()
}

/// What wraps content keys of the month of a state.
pub fn wrapping_key(state: &[u8; 32], kid: &Kid) -> [u8; 32] {
    derive(state, &label::wrap(kid))
}
