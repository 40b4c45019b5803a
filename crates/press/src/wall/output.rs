//! Files that a command was told to write a pass into: they take no other file's place.

use super::Place;
use crate::real_path::whole;
use anyhow::{Context as _, bail};
use std::fs;
use std::path::Path;

/// The first line of a table of links.
pub const LINKS: [&str; 5] = ["email", "name", "tier", "until", "link"];

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The QR code of a pass, as SVG.
    Picture,
    /// The links of all passes of a list, as CSV.
    Links,
}

impl Kind {
    /// Whether an earlier run wrote this; a file without a byte in it was made for this one.
    fn wrote(self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        let is_ours = match self {
            // How `qrcode` begins, whose picture is one path and nothing else.
            Self::Picture => {
                text.starts_with("<?xml version=\"1.0\" standalone=\"yes\"?><svg ") && text.contains("crispEdges")
            }
            Self::Links => text.lines().next().is_some_and(|it| it == LINKS.join(",")),
        };
        bytes.is_empty() || is_ours
    }

    fn name(self) -> &'static str {
        match self {
            Self::Picture => "no picture of a pass",
            Self::Links => "no table of links",
        }
    }
}

/// Refuses to write over the secret, the list of passes, what the command reads, and any file that no earlier run wrote. `what` is the
/// argument that named the file.
///
/// # Errors
/// When something would be lost.
pub fn refuse(what: &str, path: &Path, kind: Kind, place: &Place, input: Option<&Path>) -> anyhow::Result<()> {
    let file = whole(path);
    let named = format!("{what} {}", path.display());
    let is = |it: &Path| whole(it) == file;
    if is(place.path()) {
        bail!("{named}: is the secret itself, and with it every pass would be lost; write to another file");
    }
    if is(&place.passes()) {
        bail!("{named}: is the list of passes; write to another file");
    }
    if input.is_some_and(is) {
        bail!("{named}: is the list that is imported; write to another file");
    }
    match fs::metadata(&file) {
        Err(_) => Ok(()),
        Ok(about) if !about.is_file() => bail!("{named}: is no file; name one"),
        Ok(_) => {
            let bytes = fs::read(&file).with_context(|| format!("{named}: cannot be read"))?;
            if kind.wrote(&bytes) {
                return Ok(());
            }
            bail!("{named}: is there already, and is {}; write to another file, or remove this one first", kind.name())
        }
    }
}
