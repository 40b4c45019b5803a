//! The keyring: an entry for every pass, and decoys, so that nobody can count them.

use super::chain::Tier;
use super::cipher;
use super::passes::{Pass, pass_secret};
use super::secret::{Secret, derive, expand};
use jiff::civil::Date;
use jumpline_article::wall::{Bytes, Claims, Compact, Epoch, Keyring, PassId, Status, label};
use jumpline_article::{FORMAT_VERSION, Slug};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A bucket stays below this, in bytes: a reader fetches one.
const LARGEST: usize = 64 << 10;
/// A bucket holds a multiple of this, so that a few passes more or less do not show.
const STEP: usize = 16;
/// Days for which the holder of a pass that ended is told so.
const REMEMBERED: i32 = 400;
/// The most bits that an address has room for.
const MOST_BITS: u8 = 16;

/// What live passes are granted.
pub(super) struct Terms<'a> {
    pub(super) secret: &'a Secret,
    pub(super) today: Date,
    /// All tiers; none where nothing is paid.
    pub(super) tiers: &'a BTreeMap<Slug, Tier>,
    /// Makes IVs.
    pub(super) iv: [u8; 32],
}

/// All buckets.
pub(super) struct Buckets {
    pub(super) bits: u8,
    pub(super) buckets: BTreeMap<String, Keyring>,
}

struct Entry<'a> {
    id: &'a PassId,
    claims: String,
}

impl Terms<'_> {
    pub(super) fn write(&self, passes: &[Pass]) -> Buckets {
        let mut entries: Vec<Entry<'_>> = passes
            .par_iter()
            .filter(|it| self.is_remembered(it))
            .map(|it| Entry { id: &it.id, claims: json(&self.claims(it)) })
            .collect();
        let length = entries.iter().map(|it| it.claims.len()).max().unwrap_or(0).max(self.longest());
        entries.par_iter_mut().for_each(|it| {
            let missing = length - it.claims.len();
            it.claims.extend(std::iter::repeat_n(' ', missing));
        });
        entries.sort_by(|a, b| a.id.cmp(b.id));
        let (bits, size) = shape(&entries, entry_size(length));
        let decoys = decoy_key(self.secret);
        // Everything in a keyring changes when anything does: what stays the same would be told from what does not.
        let parts: Vec<&[u8]> =
            entries.iter().flat_map(|it| [it.id.as_str().as_bytes(), it.claims.as_bytes()]).collect();
        let edition = cipher::hmac(&decoys, &parts);
        let mut buckets: BTreeMap<String, Keyring> = BTreeMap::new();
        for number in 0..1_u32 << bits {
            buckets.insert(format!("{number:04x}"), Keyring { version: FORMAT_VERSION, entries: BTreeMap::new() });
        }
        let sealed: Vec<(String, String, String)> =
            entries.par_iter().map(|it| self.seal(it, bits, &edition)).collect();
        for (bucket, tag, entry) in sealed {
            if let Some(keyring) = buckets.get_mut(&bucket) {
                keyring.entries.insert(tag, entry);
            }
        }
        buckets.par_iter_mut().for_each(|(bucket, keyring)| {
            for at in 0..size.saturating_sub(keyring.entries.len()) {
                let (tag, entry) = decoy(&decoys, &edition, (bucket, at), length);
                keyring.entries.insert(tag, entry);
            }
        });
        Buckets { bits, buckets }
    }

    /// An ended pass is remembered for a while, so that its holder can be told.
    fn is_remembered(&self, pass: &Pass) -> bool {
        let ended = pass.status(self.today) != Status::Live;
        !ended || (self.today - pass.end()).get_days() <= REMEMBERED
    }

    fn claims(&self, pass: &Pass) -> Claims {
        let status = pass.status(self.today);
        let month = epoch(pass.until);
        let grants = match status {
            Status::Live => pass.tiers.iter().filter_map(|it| self.tiers.get(it)?.grant(month)).collect(),
            Status::Lapsed | Status::Revoked => Vec::new(),
        };
        Claims { version: FORMAT_VERSION, status, until: pass.end().to_string(), grants }
    }

    /// Bytes of the longest claims that there can be: of a pass for everything.
    fn longest(&self) -> usize {
        let grants = self.tiers.values().filter_map(|it| it.grant(Epoch::FAR)).collect();
        let claims =
            Claims { version: FORMAT_VERSION, status: Status::Revoked, until: "2027-01-31".to_owned(), grants };
        json(&claims).len()
    }

    fn seal(&self, entry: &Entry<'_>, bits: u8, edition: &[u8; 32]) -> (String, String, String) {
        let secret = pass_secret(self.secret, entry.id);
        let aad = Compact::authenticated();
        // The id keeps two passes with the same claims apart.
        let parts: [&[u8]; 4] = [aad.as_bytes(), entry.id.as_str().as_bytes(), edition, entry.claims.as_bytes()];
        let iv = cipher::iv(&self.iv, &parts);
        let sealed = cipher::seal(&derive(&secret, label::KEYRING_KEY), &iv, aad.as_bytes(), entry.claims.as_bytes());
        (entry.id.bucket(bits), tag_of(&secret), compact(&iv, sealed))
    }
}

/// The name of a pass' entry.
pub(super) fn pass_tag(secret: &Secret, id: &PassId) -> String {
    tag_of(&pass_secret(secret, id))
}

fn tag_of(pass: &[u8; 32]) -> String {
    let mut tag = [0; 12];
    expand(pass, label::KEYRING_TAG, &mut tag);
    tag_name(&tag)
}

/// What decoys are made with.
pub(super) fn decoy_key(secret: &Secret) -> [u8; 32] {
    secret.derive("jumpline/1 decoy")
}

/// The name of a decoy, which stays the same in every edition.
pub(super) fn decoy_tag(key: &[u8; 32], bucket: &str, at: usize) -> String {
    tag_name(&cipher::hmac(key, &[b"tag", format!("{bucket} {at}").as_bytes()])[..12])
}

/// An entry that nobody's pass opens, not even the publisher's.
fn decoy(key: &[u8; 32], edition: &[u8; 32], (bucket, at): (&str, usize), length: usize) -> (String, String) {
    let place = format!("{bucket} {at}");
    let once = cipher::hmac(key, &[b"key", place.as_bytes(), edition]);
    let iv = cipher::iv(key, &[b"iv", place.as_bytes(), edition]);
    let sealed = cipher::seal(&once, &iv, Compact::authenticated().as_bytes(), &vec![b' '; length]);
    (decoy_tag(key, bucket, at), compact(&iv, sealed))
}

fn tag_name(tag: &[u8]) -> String {
    Bytes::from(tag).to_string()
}

fn compact(iv: &[u8; cipher::IV], sealed: Vec<u8>) -> String {
    Compact { iv: Bytes::from(iv.as_slice()), sealed: Bytes(sealed) }.write().unwrap_or_default()
}

fn json(claims: &Claims) -> String {
    serde_json::to_string(claims).unwrap_or_default()
}

/// The month of a day.
pub(super) fn epoch(day: Date) -> Epoch {
    Epoch::parse(&format!("{:04}-{:02}", day.year(), day.month())).unwrap_or(Epoch::FAR)
}

/// Bytes of an entry in its file, its tag included.
fn entry_size(length: usize) -> usize {
    Compact::authenticated().len() + 16 + length.div_ceil(3) * 4 + 22 + 4 + 16 + 6
}

/// How many bits choose a bucket, and how many entries each bucket holds.
fn shape(entries: &[Entry<'_>], entry: usize) -> (u8, usize) {
    let fullest = |bits: u8| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        entries.iter().for_each(|it| *counts.entry(it.id.bucket(bits)).or_default() += 1);
        counts.into_values().max().unwrap_or(0).max(1).next_multiple_of(STEP)
    };
    // Fewer would be too few in any case.
    let least = entries.len().saturating_mul(entry).div_ceil(LARGEST).max(1).next_power_of_two().ilog2();
    let least = u8::try_from(least).unwrap_or(MOST_BITS).min(MOST_BITS);
    let sizes = (least..=MOST_BITS).map(|bits| (bits, fullest(bits)));
    sizes.into_iter().find(|it| it.1 * entry <= LARGEST || it.0 == MOST_BITS).unwrap_or((MOST_BITS, STEP))
}
