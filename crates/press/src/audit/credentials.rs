//! The line of a secret and the link of a pass, whosever they are: nobody writes them into a site on purpose, and neither
//! the publication's own secret nor its list of passes is needed to know them.

use crate::wall::secret::PREFIX;
use jumpline_article::wall::PassLink;
use jumpline_article::wall::link::ID_LETTERS;
use memchr::memmem;

/// Letters of 32 bytes in base64url. What is shorter is an example.
const KEY: usize = 43;
/// Letters of the id of a pass.
const ID: usize = 16;
/// Letters of the secret of a pass, with its check.
const SECRET: usize = 48;

/// What a publisher's secret is called in a message.
const LINE: &str = "the line of a publisher's secret";
/// What the link of a pass is called in a message.
const LINK: &str = "the link of a pass";

/// Whether a key is known by its form alone: whose it is says more, where that is known too.
pub(super) fn is_form(name: &str) -> bool {
    [LINE, LINK].contains(&name)
}

/// Calls back with each one: what it is, where it begins and where it ends.
pub(super) fn each(bytes: &[u8], mut found: impl FnMut(&'static str, usize, usize)) {
    for at in memmem::find_iter(bytes, PREFIX) {
        let from = at + PREFIX.len();
        let letters = letters(&bytes[from..]);
        if letters >= KEY {
            found(LINE, at, from + letters);
        }
    }
    for at in memchr::memchr_iter(b'.', bytes) {
        let Some(start) = at.checked_sub(ID).filter(|it| bytes[*it..at].iter().all(|it| ID_LETTERS.contains(it)))
        else {
            continue;
        };
        let letters = letters(&bytes[at + 1..]);
        if letters < KEY {
            continue;
        }
        // A whole one says by its check that it is one; a damaged one says so by the path before it.
        let end = at + 1 + letters.min(SECRET);
        let is_whole = || std::str::from_utf8(&bytes[start..end]).is_ok_and(|it| PassLink::find(it).is_ok());
        if bytes[..start].ends_with(b"/unlock/#") || is_whole() {
            found(LINK, start, end);
        }
    }
}

fn letters(bytes: &[u8]) -> usize {
    let is_letter = |it: &&u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_');
    bytes.iter().take(2 * SECRET).take_while(is_letter).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wall::Secret;
    use jumpline_article::wall::{Bytes, PassId};

    fn found(text: &str) -> Vec<(&'static str, usize)> {
        let mut all = Vec::new();
        each(text.as_bytes(), |what, at, _| all.push((what, at)));
        all
    }

    #[test]
    fn a_secret_and_a_pass_are_known_whosever_they_are() {
        let line = Secret::from([9; 32]).line().to_string();
        assert_eq!(found(&format!("a {line}\n")), [("the line of a publisher's secret", 2)]);
        assert_eq!(found("one line, `jumpline-secret-1.…`, and jumpline-secret-1.short"), []);
        let id = PassId::parse("8m3x0t5k2q9wz7hb").expect("is an id");
        let pass = PassLink { id, secret: Bytes::from([3_u8; 32].as_slice()) }.fragment();
        assert_eq!(found(&format!("{pass}.")), [("the link of a pass", 0)]);
        let damaged = format!("{}AAA", &pass[..pass.len() - 3]);
        assert_eq!(found(&damaged), []);
        assert_eq!(found(&format!("https://t.example/unlock/#{damaged}")), [("the link of a pass", 26)]);
        assert_eq!(found("…/unlock/#8m3x0t5k2q9wz7hb.Vd0…"), []);
    }
}
