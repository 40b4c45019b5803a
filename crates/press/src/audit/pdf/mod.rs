//! PDF (ISO 32000-2): the text that it shows, the strings in its objects, and what is packed in it, in every revision.

mod cmap;
mod font;
mod objects;
mod text;

use super::layer::Mark;
use super::parts::{self, Part};
use super::unpacking::Unpacking;
use super::unread::Why;
use flate2::read::ZlibDecoder;
use lopdf::{DecompressError, Document, Error, LoadOptions};
use memchr::memmem;
use objects::Objects;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use text::Shown;

/// Bytes among which the first line of a PDF stands (ISO 32000-2, 7.5.2, and what viewers make of it).
const HEAD: usize = 1024;
/// Revisions that are looked at, from the last one back.
const REVISIONS: usize = 12;
/// Bytes before a stream in which its object begins.
const BEFORE: usize = 4096;

/// Whether bytes are a PDF, and not only a text about it.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    start(bytes).is_some_and(|it| it == 0 || memmem::find(bytes, b" obj").is_some())
}

fn start(bytes: &[u8]) -> Option<usize> {
    memmem::find(&bytes[..bytes.len().min(HEAD)], b"%PDF-")
}

/// Bytes with the objects that they come from.
#[derive(Default)]
struct Gathered {
    bytes: Vec<u8>,
    marks: Vec<Mark>,
}

impl Gathered {
    /// What follows comes from the object at this place.
    fn begin(&mut self, at: usize) {
        self.bytes.push(b'\n');
        let here = if self.marks.is_empty() { 0 } else { self.bytes.len() };
        self.marks.push(Mark { here, below: at, encoding: None });
    }

    fn visit(self, visit: &mut dyn FnMut(Part)) {
        if !self.marks.is_empty() {
            visit(Part::Pdf(self.marks, self.bytes));
        }
    }
}

/// Calls back for each part of a PDF.
pub(super) fn each(bytes: &[u8], unpacking: &Unpacking, visit: &mut dyn FnMut(Part)) {
    let start = start(bytes).unwrap_or_default();
    let mut done = BTreeSet::new();
    for end in revisions(bytes) {
        match load(&bytes[start..end], unpacking.left()) {
            Ok(document) if document.is_encrypted() => unpacking.miss(Why::Encrypted),
            Ok(document) => Objects { document: &document, start, unpacking, done: &mut done }.each(visit),
            Err(why) if end == bytes.len() => unpacking.miss(why),
            // What comes before the end of a revision need not be one, as in a file that is made to be shown in parts.
            Err(_) => {}
        }
    }
    left_over(bytes, unpacking, &done, visit);
}

/// Where revisions end, the last one first: what a later one takes away still stands in the file (ISO 32000-2, 7.5.6).
fn revisions(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let earlier = memmem::rfind_iter(bytes, b"%%EOF").skip(1).map(|it| it + 5);
    std::iter::once(bytes.len()).chain(earlier).take(REVISIONS)
}

fn load(bytes: &[u8], limit: usize) -> Result<Document, Why> {
    let load = || Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(limit));
    match careful(load) {
        Some(Ok(document)) => Ok(document),
        Some(Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))) => Err(Why::TooLarge),
        Some(Err(Error::Decryption(_) | Error::InvalidPassword)) => Err(Why::Encrypted),
        Some(Err(_)) | None => Err(Why::Damaged),
    }
}

/// Calls what may panic: lopdf had to be mended for hostile files before, and may have to be again.
fn careful<T>(call: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(call)).ok()
}

/// Streams that no revision leads to, as in a torn file. Nobody knows their fonts, so letters are taken for what they most often are.
fn left_over(bytes: &[u8], unpacking: &Unpacking, done: &BTreeSet<usize>, visit: &mut dyn FnMut(Part)) {
    let mut shown = Shown::default();
    let mut words = memmem::find_iter(bytes, b"stream").peekable();
    while let Some(at) = words.next() {
        let place = object(bytes, at);
        if bytes[..at].ends_with(b"end") || done.contains(&place) {
            continue;
        }
        let data = &bytes[at + b"stream".len()..];
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        shown.begin(place);
        if parts::is_zlib(data) {
            let unpacked = unpacking.maybe(ZlibDecoder::new(data));
            shown.show(&unpacked, unpacking, &|_| None);
            visit(Part::Unpacked(place, unpacked));
        } else {
            // Where the next one begins, this one has ended, with a word for it or without.
            let end = words.peek().map_or(bytes.len(), |it| *it);
            let from = bytes.len() - data.len();
            shown.show(bytes.get(from..end).unwrap_or_default(), unpacking, &|_| None);
        }
    }
    shown.visit(visit);
}

/// Where the object of a stream begins; where that cannot be told, the stream itself.
fn object(bytes: &[u8], stream: usize) -> usize {
    let from = stream.saturating_sub(BEFORE);
    let Some(word) = memmem::rfind(&bytes[from..stream], b" obj") else { return stream };
    let number = |it: &&u8| it.is_ascii_digit() || **it == b' ';
    let digits = bytes[from..from + word].iter().rev().take_while(number).count();
    let spaces = bytes[from + word - digits..from + word].iter().take_while(|it| **it == b' ').count();
    from + word - digits + spaces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_begins_with_its_number() {
        let bytes = b"%PDF-1.7\n12 0 obj\n<</Length 3>>\nstream\n";
        assert_eq!(object(bytes, bytes.len() - 7), 9);
        assert_eq!(object(b"stream", 0), 0);
        assert_eq!(object(b" obj stream", 5), 0);
    }

    #[test]
    fn revisions_are_read_from_the_last_one_back() {
        assert_eq!(revisions(b"a %%EOF b %%EOF\n").collect::<Vec<_>>(), [16, 7]);
        assert_eq!(revisions(b"a").collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_text_about_pdf_is_none() {
        assert!(is_pdf(b"%PDF-1.7") && is_pdf(b"\n%PDF-1.7\n1 0 obj"));
        assert!(!is_pdf(b"A file begins with %PDF-1.7."));
    }
}
