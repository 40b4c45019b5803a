//! Looks into a file, and into everything that is written in it in another way, layer by layer.

use super::base64;
use super::credentials;
use super::escapes;
use super::keys::Keys;
use super::layer::{Encoding, Layer, Mark};
use super::parts::{self, Part};
use super::shingles::Shingles;
use super::stretches;
use super::unpacking::Unpacking;
use super::unread::Why;
use super::wide::Wide;
use super::words::{self, Seen, Word};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Layers over a file; nobody escapes by accident this often.
const HEIGHT: usize = 9;
/// Hits in one file that are kept: the first one says enough.
const HITS: usize = 200;
/// Bytes on each side of an escape that a run of words with tags in it may take up.
const AROUND: usize = 4096;
/// Hexadecimal digits of a key.
const HEX: usize = 64;

/// What is looked for.
pub(super) struct Search<'a> {
    pub(super) shingles: Shingles,
    pub(super) keys: Keys<'a>,
    /// Whether anything is locked. Else nobody unpacks every picture of a site to find what no publication has.
    pub(super) is_walled: bool,
}

/// Something that looks like a leak.
pub(super) struct Hit<'a> {
    pub(super) what: What<'a>,
    /// Where in the file it begins and ends.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) encodings: Vec<Encoding>,
}

/// What one file gave.
struct Found<'a> {
    hits: Vec<Hit<'a>>,
    unpacking: Rc<Unpacking>,
}

/// What was hit.
pub(super) enum What<'a> {
    /// A run of words by its hash, and the words, for whoever wants to be sure.
    Run(u64, String),
    /// A key by its name.
    Key(&'a str),
}

impl<'a> Search<'a> {
    /// Everything in a file, and why that may not be all.
    pub(super) fn file(&self, name: &str, bytes: &[u8]) -> (Vec<Hit<'a>>, BTreeSet<Why>) {
        let mut found = Found { hits: Vec::new(), unpacking: Rc::new(Unpacking::new(bytes.len())) };
        self.look(bytes, &Layer::FILE, &mut found);
        if self.is_walled && parts::is_brotli(name.as_bytes()) {
            let unpacked = found.unpacking.whole(parts::brotli(bytes));
            self.part(Part::Unpacked(0, unpacked), bytes, &Layer::FILE, &mut found);
        }
        (found.hits, found.unpacking.missed())
    }

    /// Everything in the name of a file.
    pub(super) fn name(&self, name: &str) -> Vec<Hit<'a>> {
        let mut found = Found { hits: Vec::new(), unpacking: Rc::new(Unpacking::new(0)) };
        self.look(name.as_bytes(), &Layer::FILE, &mut found);
        found.hits
    }

    fn look(&self, bytes: &[u8], layer: &Layer<'_>, found: &mut Found<'a>) {
        self.keys(bytes, layer, &mut found.hits);
        self.text(bytes, layer, &mut found.hits);
        self.chunks(bytes, layer, &mut found.hits);
        if layer.height() >= HEIGHT || found.hits.len() >= HITS {
            if layer.height() >= HEIGHT && parts::has_parts(bytes) {
                found.unpacking.miss(Why::TooDeep);
            }
            return;
        }
        if let Some((decoded, marks)) = escapes::decode(bytes) {
            for (from, to) in around(&marks, decoded.len()) {
                let marks = part(&marks, from, to);
                let above = Layer { is_seen_between_marks: true, ..over(layer, &marks) };
                self.look(&decoded[from..to], &above, found);
            }
        }
        if !self.is_walled {
            return;
        }
        self.base64(bytes, layer, found);
        if !layer.is_seen_between_marks {
            Wide::of(bytes).into_iter().for_each(|it| self.wide(it, bytes, layer, found));
            let unpacking = Rc::clone(&found.unpacking);
            parts::each(bytes, layer.is_file(), &unpacking, &mut |it| self.part(it, bytes, layer, found));
        }
    }

    fn keys(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        self.keys.search(bytes, |key, at| {
            let end = at + key.bytes.len();
            hits.push(hit(What::Key(&key.name), at, end, layer));
        });
        credentials::each(bytes, |what, start, end| hits.push(hit(What::Key(what), start, end, layer)));
    }

    fn text(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        // Runs overlap in a longer text; one hit stands for all of them.
        let (mut last, mut last_end) = (None, 0);
        self.shingles.search(bytes, |run| {
            match last.filter(|_| run.start < last_end) {
                Some(at) => {
                    let hit: &mut Hit<'_> = &mut hits[at];
                    hit.end = hit.end.max(layer.offset(run.end));
                }
                None if hits.len() < HITS => {
                    let what = What::Run(run.hash, spelled(&bytes[run.start..run.end], run.read));
                    last = Some(hits.len());
                    hits.push(hit(what, run.start, run.end, layer));
                }
                None => {}
            }
            last_end = last_end.max(run.end);
        });
    }

    /// Text beside bytes that are none: as Latin-1 they are letters, and would go on with its first or last word.
    fn chunks(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        let mut from = 0;
        for chunk in bytes.utf8_chunks() {
            let length = chunk.valid().len();
            if length >= stretches::STRETCH && length < bytes.len() {
                let marks = [Mark { here: 0, below: from, encoding: None }];
                self.text(chunk.valid().as_bytes(), &over(layer, &marks), hits);
            }
            from += length + chunk.invalid().len();
        }
    }

    fn base64(&self, bytes: &[u8], layer: &Layer<'_>, found: &mut Found<'a>) {
        let mut out = Vec::new();
        base64::each(bytes, |run| {
            if layer.is_seen(run.start, run.end) {
                return;
            }
            self.hex(bytes, run.start, run.end, layer, &mut found.hits);
            for skip in 0..4 {
                let marks = run.decode(bytes, skip, &mut out);
                let above = Layer { pace: (4, 3), encoding: Some(Encoding::Base64), ..over(layer, &marks) };
                if parts::has_parts(&out) || !Wide::of(&out).is_empty() {
                    self.look(&out, &above, found);
                    continue;
                }
                self.keys(&out, &above, &mut found.hits);
                stretches::each(&out, |from, to| {
                    let marks = [Mark { here: 0, below: from, encoding: None }];
                    self.look(&out[from..to], &over(&above, &marks), found);
                });
            }
        });
    }

    fn hex(&self, bytes: &[u8], start: usize, end: usize, layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        let mut at = start;
        while at + HEX <= end {
            let digits = bytes[at..end].iter().take_while(|it| it.is_ascii_hexdigit()).count();
            for skip in 0..if digits >= HEX { 2 } else { 0 } {
                let marks = [Mark { here: 0, below: at + skip, encoding: None }];
                let above = Layer { pace: (2, 1), encoding: Some(Encoding::Hex), ..over(layer, &marks) };
                self.keys(&base64::hex(&bytes[at + skip..at + digits]), &above, hits);
            }
            at += digits + 1;
        }
    }

    fn wide(&self, wide: Wide, bytes: &[u8], layer: &Layer<'_>, found: &mut Found<'a>) {
        let (decoded, marks) = wide.decode(bytes);
        self.look(&decoded, &Layer { pace: (2, 1), encoding: Some(Encoding::Utf16), ..over(layer, &marks) }, found);
    }

    fn part(&self, part: Part, bytes: &[u8], layer: &Layer<'_>, found: &mut Found<'a>) {
        let from = |below: usize| [Mark { here: 0, below, encoding: None }];
        match part {
            Part::Unpacked(at, unpacked) => {
                // Nothing in a packed part has a place of its own in the file.
                let marks = from(at);
                let above = Layer { pace: (0, 1), encoding: Some(Encoding::Compressed), ..over(layer, &marks) };
                self.look(&unpacked, &above, found);
            }
            Part::Pdf(marks, text) => {
                let above = Layer { pace: (0, 1), encoding: Some(Encoding::Pdf), ..over(layer, &marks) };
                self.look(&text, &above, found);
            }
            Part::Text(start, end) => self.look(&bytes[start..end], &over(layer, &from(start)), found),
            Part::Wide(start, end) => {
                let marks = from(start);
                let above = over(layer, &marks);
                Wide::ALL.into_iter().for_each(|it| self.wide(it, &bytes[start..end], &above, found));
            }
        }
    }
}

pub(super) fn over<'a>(below: &'a Layer<'a>, marks: &'a [Mark]) -> Layer<'a> {
    Layer { below: Some(below), marks, pace: (1, 1), encoding: None, is_seen_between_marks: false }
}

/// Where decoded bytes differ from what was looked at, with what may belong to it on both sides.
fn around(marks: &[Mark], length: usize) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for mark in &marks[1..] {
        let (from, to) = (mark.here.saturating_sub(AROUND), (mark.here + AROUND).min(length));
        match parts.last_mut().filter(|it| from <= it.1) {
            Some(last) => last.1 = to,
            None => parts.push((from, to)),
        }
    }
    parts
}

/// The marks of a part, counted from its beginning.
fn part(marks: &[Mark], from: usize, to: usize) -> Vec<Mark> {
    let first = marks.partition_point(|it| it.here <= from) - 1;
    let start = Mark { here: 0, below: marks[first].below + (from - marks[first].here), encoding: None };
    let inside = marks[first + 1..].iter().take_while(|it| it.here <= to);
    std::iter::once(start).chain(inside.map(|it| Mark { here: it.here - from, ..*it })).collect()
}

fn hit<'a>(what: What<'a>, start: usize, end: usize, layer: &Layer<'_>) -> Hit<'a> {
    Hit { what, start: layer.offset(start), end: layer.offset(end), encodings: layer.encodings(start, end) }
}

/// The words of a run, as [`words::plain`] spells them.
fn spelled(bytes: &[u8], read: bool) -> String {
    let hidden = if read { Seen::Raw } else { Seen::Text };
    let mut words = Vec::new();
    words::each(bytes, |it: Word<String>| {
        if it.seen != hidden {
            words.push(it.spelling);
        }
    });
    words.join(" ")
}
