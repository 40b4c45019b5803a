//! Secrets in the fragment of a link: a pass (`/unlock/#<id>.<secret>`) and a gift (`/slug/#gift=<key>`). No server ever sees them.

use super::Bytes;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Letters of an id: Crockford's base32 in lower case, which nobody misreads.
pub const ID_LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters at the start of an id that name the publication.
pub const MARK: usize = 4;
/// Letters of an id.
const ID: usize = 16;
/// Letters of a secret with its check: 36 bytes.
const SECRET: usize = 48;
/// What a gift's fragment begins with, as it is written and as programs encode what needs no encoding.
const GIFTS: [&str; 3] = ["gift=", "gift%3D", "gift%3d"];
/// What programs make of the dot within a pass.
pub const DOTS: [&str; 3] = ["%2E", "%2e", "=2E"];

/// Names a pass: four letters for its publication ([`MARK`]), twelve of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PassId(String);

impl PassId {
    /// Reads an id.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == ID && text.bytes().all(|it| ID_LETTERS.contains(&it));
        sound.then(|| Self(text.to_owned()))
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The publication's letters.
    pub fn mark(&self) -> &str {
        &self.0[..MARK]
    }

    /// The bucket of the keyring that its entry lies in, when there are `1 << bits` of them; four hexadecimal digits.
    pub fn bucket(&self, bits: u8) -> String {
        let number = crc32(self.0.as_bytes()).checked_shr(32 - u32::from(bits.min(16))).unwrap_or(0);
        format!("{number:04x}")
    }
}

impl fmt::Display for PassId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for PassId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no id of a pass"))
    }
}

impl From<PassId> for String {
    fn from(id: PassId) -> String {
        id.0
    }
}

/// Why a text is not taken for a pass or a gift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nothing in it looks like one.
    #[error("there is no pass in this")]
    Absent,
    /// It is a gift, where a pass was looked for.
    #[error("this is a gift, which opens one article")]
    Gift,
    /// It breaks off.
    #[error("the link is not whole")]
    Truncated,
    /// It is whole and yet its check does not fit: a letter was changed.
    #[error("the link is damaged")]
    Damaged,
}

/// A pass as its holder gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassLink {
    /// Which pass.
    pub id: PassId,
    /// 32 bytes.
    pub secret: Bytes,
}

impl PassLink {
    /// The fragment of the link, without `#`.
    pub fn fragment(&self) -> String {
        format!("{}.{}", self.id, checked(self.id.as_str(), &self.secret))
    }

    /// Finds a pass in whatever somebody pasted: a link, its fragment, a mail around it, broken by line ends.
    ///
    /// # Errors
    /// See [`LinkError`].
    pub fn find(text: &str) -> Result<Self, LinkError> {
        // Mail programs break long lines, mark the break with `=` or `>`, and put in blanks and marks that nobody sees. No link has a
        // sign outside ASCII, and its check finds what should not have gone.
        let text: String = text.chars().filter(|it| it.is_ascii_graphic() && *it != '>' || *it == '\n').collect();
        let text = text.replace("=\n", "").replace('\n', "");
        let text = DOTS.iter().fold(text, |it, dot| it.replace(dot, "."));
        let is_gift = ["#", "%23"].iter().any(|mark| text.split(mark).skip(1).any(GiftLink::is_one));
        // All that came of it may be which pass it is.
        let is_cut = || text.rsplit('#').next().and_then(PassId::parse).is_some();
        let mut failure = match is_gift {
            true => LinkError::Gift,
            false if is_cut() => LinkError::Truncated,
            false => LinkError::Absent,
        };
        for (at, _) in text.match_indices('.') {
            let Some(id) = at.checked_sub(ID).and_then(|from| text.get(from..at)).and_then(PassId::parse) else {
                continue;
            };
            let secret = base64url_run(&text[at + 1..]);
            match unchecked(id.as_str(), secret) {
                Ok(secret) => return Ok(Self { id, secret }),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }
}

/// A gift: the content key of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftLink(
    /// 32 bytes.
    pub Bytes,
);

impl GiftLink {
    /// The fragment of the link to the article, without `#`.
    pub fn fragment(&self, article: &str) -> String {
        format!("{}{}", GIFTS[0], checked(article, &self.0))
    }

    /// Whether a fragment is a gift's, sound or not.
    pub fn is_one(fragment: &str) -> bool {
        key_of(fragment).is_some()
    }

    /// Reads the fragment of an article's address; `None` when it is no gift at all.
    pub fn parse(fragment: &str, article: &str) -> Option<Result<Self, LinkError>> {
        let key = base64url_run(key_of(fragment)?);
        Some(unchecked(article, key).map(Self))
    }
}

/// What follows the beginning of a gift's fragment.
fn key_of(fragment: &str) -> Option<&str> {
    GIFTS.iter().find_map(|it| fragment.strip_prefix(it))
}

/// A secret and its check: CRC-32 of what it belongs to and of itself. It finds slips, and is no protection.
fn checked(of: &str, secret: &Bytes) -> Bytes {
    let check = crc32(&[of.as_bytes(), &secret.0].concat());
    Bytes([secret.0.as_slice(), &check.to_be_bytes()].concat())
}

fn unchecked(of: &str, text: &str) -> Result<Bytes, LinkError> {
    if text.len() < SECRET {
        return Err(LinkError::Truncated);
    }
    let bytes = text.get(..SECRET).and_then(Bytes::parse).ok_or(LinkError::Damaged)?;
    let secret = Bytes::from(&bytes.0[..32]);
    if checked(of, &secret) == bytes { Ok(secret) } else { Err(LinkError::Damaged) }
}

fn base64url_run(text: &str) -> &str {
    let length = text.bytes().take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_')).count();
    &text[..length]
}

/// CRC-32 (ISO 3309), bit by bit: it is used on a few dozen bytes.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |it, _| if it & 1 == 1 { (it >> 1) ^ 0xedb8_8320 } else { it >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass() -> PassLink {
        PassLink { id: PassId::parse("st0c1234567890ab").expect("is an id"), secret: Bytes(vec![5; 32]) }
    }

    #[test]
    fn the_check_is_the_usual_one() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_pass_is_found_in_whatever_is_pasted() {
        let (pass, fragment) = (pass(), pass().fragment());
        let broken = format!("{}\r\n {}", &fragment[..30], &fragment[30..]);
        for text in [
            fragment.clone(),
            format!("#{fragment}"),
            format!("  https://paper.example/repo/unlock/#{fragment} "),
            format!("Hello. Your pass: <https://paper.example/unlock/#{fragment}>. Keep it."),
            format!("https://paper.example/unlock/#{broken}"),
            format!("https://paper.example/unlock/#{}=\r\n{}=\n{}.", &fragment[..9], &fragment[9..30], &fragment[30..]),
            format!("> https://paper.example/unlock/#{}= \r\n> {}", &fragment[..30], &fragment[30..]),
            fragment.replace('.', "=2E=\n"),
            fragment.replace('.', "%2e"),
            format!("https://paper.example/some/#gift=x https://paper.example/unlock/#{fragment}"),
        ] {
            assert_eq!(PassLink::find(&text), Ok(pass.clone()), "{text}");
        }
    }

    #[test]
    fn a_pass_is_found_among_signs_that_nobody_sees() {
        let (pass, fragment) = (pass(), pass().fragment());
        for sign in "\u{a0}\u{ad}\u{200b}\u{200e}\u{2028}\u{202f}\u{2060}\u{3000}\u{feff}\u{b}".chars() {
            let text =
                format!("لك\u{2067}{sign}{}{sign}{}{sign}{}ü", &fragment[..5], &fragment[5..17], &fragment[17..]);
            assert_eq!(PassLink::find(&text), Ok(pass.clone()), "{:x}", u32::from(sign));
        }
    }

    #[test]
    fn a_gift_is_no_pass_and_said_to_be_one() {
        let gift = GiftLink(Bytes(vec![6; 32])).fragment("/ferry/");
        for text in [
            format!("https://paper.example/ferry/#{gift}"),
            format!("<https://paper.example/ferry/#{}\u{a0}>", gift.replace("gift=", "gift=3D")),
            format!("https://paper.example/fer=\r\nry/#gi=\r\nft{}", &gift[4..]),
            format!("https://safe.example/?u=https%3A%2F%2Fpaper.example%2Fferry%2F%23{}", gift.replace('=', "%3D")),
        ] {
            assert_eq!(PassLink::find(&text), Err(LinkError::Gift), "{text}");
        }
    }

    #[test]
    fn what_is_no_pass_says_what_it_is() {
        let fragment = pass().fragment();
        let changed = fragment.replace(".BQ", ".BR");
        for (text, error) in [
            ("", LinkError::Absent),
            ("https://paper.example/subscribe/", LinkError::Absent),
            (&fragment[..40], LinkError::Truncated),
            (&fragment[..17], LinkError::Truncated),
            (&fragment[..16], LinkError::Truncated),
            (&format!("https://paper.example/unlock/#{}", &fragment[..16]), LinkError::Truncated),
            (&changed, LinkError::Damaged),
        ] {
            assert_eq!(PassLink::find(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_gift_opens_no_other_article() {
        let gift = GiftLink(Bytes(vec![6; 32]));
        let fragment = gift.fragment("/ferry/");
        assert_eq!(GiftLink::parse(&fragment.replace('=', "%3d"), "/ferry/"), Some(Ok(gift.clone())));
        assert_eq!(GiftLink::parse(&fragment, "/ferry/"), Some(Ok(gift)));
        assert_eq!(GiftLink::parse(&fragment, "/buoy/"), Some(Err(LinkError::Damaged)));
        assert_eq!(GiftLink::parse(&fragment[..30], "/ferry/"), Some(Err(LinkError::Truncated)));
        assert_eq!(GiftLink::parse("comments", "/ferry/"), None);
    }

    #[test]
    fn buckets_share_the_passes_out() {
        let id = pass().id;
        assert_eq!(id.bucket(0), "0000");
        let number = |bits| u32::from_str_radix(&id.bucket(bits), 16).expect("is hexadecimal");
        assert_eq!(number(4), number(10) >> 6);
        assert_eq!(id.mark(), "st0c");
    }
}
