//! The audit finds what is planted: every kind of leak, in every kind of file, however it is written.

mod build;
mod copies;
mod keys;
mod metadata;
mod packed;
mod packers;
mod pdf;
mod summary;
mod torn;
mod unread;
mod written;

use jumpline_press::audit::{self, Audit, AuditError, Leak, Place, Record, Secret, Why};
use jumpline_press::wall::{GatedText, SecretKey};
use std::fs;
use std::path::Path;

pub(crate) use packers::png;

/// Eight words of the locked text, with letters that every escape writes in another way.
const LEAK: &str = "harbour master’s café \"hid\" the leak & wept over";
const BODY: &str = "Nobody knew it then. The harbour master’s café \"hid\" the leak & wept over it for a year, until the tide \
                    brought the barrels back to the quay where children found them.";
const PUBLIC: &str = "The ferry is late again, and the town would like to know why it always is on a Monday.";

const ARTICLE: &str = "---\ntitle: The harbour\ndate: 2026-11-02\nvisibility: paid\n---\n\nThe harbour is closed & nobody says why.\n\n\
                       <!--more-->\n\nNobody knew it then. The harbour master’s *café* \"hid\" the leak & wept over it for a year, \
                       until the tide brought the barrels back.\n";

/// A key without a byte that could be taken for text.
fn key() -> SecretKey {
    SecretKey {
        name: "tier paid 2026-11".to_owned(),
        bytes: std::array::from_fn(|it| (it as u8).wrapping_mul(89) ^ 0xa5),
    }
}

/// Bytes as digits.
fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// Bytes that say nothing.
fn noise(length: u32) -> Vec<u8> {
    (0..length).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// Searches one file. Gives back its leaks.
fn search(name: &str, bytes: &[u8]) -> Vec<Leak> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, bytes);
    match run(folder.path()) {
        Ok(summary) => {
            assert_eq!((summary.files, summary.searched), (1, 1));
            Vec::new()
        }
        Err(AuditError::Leaks(leaks)) => leaks.iter().cloned().collect(),
        Err(error) => panic!("{error}"),
    }
}

/// What an audit could not look into.
fn unread(name: &str, bytes: &[u8]) -> Vec<Why> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, bytes);
    run(folder.path()).unwrap().unread.into_iter().flat_map(|it| it.why).collect()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn run(out: &Path) -> Result<audit::Summary, AuditError> {
    run_again(out, BODY, &Record::default()).map(|it| it.0)
}

fn run_again(out: &Path, body: &str, before: &Record) -> Result<(audit::Summary, Record), AuditError> {
    let gated = [GatedText { article: "/harbour/".into(), file: "articles/harbour.md".into(), text: body.into() }];
    audit::run(&Audit { out, gated: &gated, public: &[PUBLIC], keys: &[key()] }, before)
}

/// Fails when this is not the one leak of the locked text, at this place or a little behind it.
#[track_caller]
fn check_text(leaks: &[Leak], file: &str, offset: usize, slack: usize, context: &str) {
    let [leak] = leaks else { panic!("{context}: {} leaks: {leaks:#?}", leaks.len()) };
    assert_eq!(leak.file, file, "{context}");
    let Place::Byte(at) = leak.place else { panic!("{context}: {leak}") };
    assert!((offset..=offset + slack).contains(&at), "{context}: {at} is not {offset} to {}", offset + slack);
    assert_eq!(leak.secret, Secret::Text { article: "/harbour/".into(), source: "articles/harbour.md".into() });
}
