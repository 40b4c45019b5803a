//! Looks into a file, and into everything that is written in it in another way, layer by layer.

use super::base64;
use super::escapes;
use super::keys::Keys;
use super::layer::{Encoding, Layer, Mark};
use super::parts::{self, Part};
use super::shingles::Shingles;
use super::wide::Wide;
use super::words::{self, Seen, Word};

/// Layers over a file; nobody escapes by accident this often.
const HEIGHT: usize = 9;
/// Hits in one file that are kept: the first one says enough.
const HITS: usize = 200;
/// Bytes of text that may be four words of twelve letters.
const STRETCH: usize = 15;
/// Bytes on each side of an escape that a run of words with tags in it may take up.
const AROUND: usize = 4096;
/// Hexadecimal digits of a key.
const HEX: usize = 64;

/// What is looked for.
pub(super) struct Search<'a> {
    pub(super) shingles: Shingles,
    pub(super) keys: Keys<'a>,
}

/// Something that looks like a leak.
pub(super) struct Hit<'a> {
    pub(super) what: What<'a>,
    /// Where in the file it begins and ends.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) encodings: Vec<Encoding>,
}

/// What was hit.
pub(super) enum What<'a> {
    /// A run of words by its hash, and the words, for whoever wants to be sure.
    Run(u64, String),
    /// A key by its name.
    Key(&'a str),
}

impl<'a> Search<'a> {
    /// Everything in a file.
    pub(super) fn file(&self, bytes: &[u8]) -> Vec<Hit<'a>> {
        let mut hits = Vec::new();
        self.look(bytes, &Layer::FILE, &mut hits);
        hits
    }

    fn look(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        self.keys(bytes, layer, hits);
        self.text(bytes, layer, hits);
        if layer.height() >= HEIGHT || hits.len() >= HITS {
            return;
        }
        if let Some((decoded, marks)) = escapes::decode(bytes) {
            for (from, to) in around(&marks, decoded.len()) {
                let marks = part(&marks, from, to);
                let above = Layer { is_seen_between_marks: true, ..over(layer, &marks) };
                self.look(&decoded[from..to], &above, hits);
            }
        }
        self.base64(bytes, layer, hits);
        if !layer.is_seen_between_marks {
            Wide::of(bytes).into_iter().for_each(|it| self.wide(it, bytes, layer, hits));
            self.parts(bytes, layer, hits);
        }
    }

    fn keys(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        self.keys.search(bytes, |key, at| {
            let end = at + key.bytes.len();
            hits.push(hit(What::Key(&key.name), at, end, layer));
        });
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

    fn base64(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        let mut out = Vec::new();
        base64::each(bytes, |run| {
            if layer.is_seen(run.start, run.end) {
                return;
            }
            self.hex(bytes, run.start, run.end, layer, hits);
            for skip in 0..4 {
                let marks = run.decode(bytes, skip, &mut out);
                let above = Layer { pace: (4, 3), encoding: Some(Encoding::Base64), ..over(layer, &marks) };
                if parts::has_parts(&out) || !Wide::of(&out).is_empty() {
                    self.look(&out, &above, hits);
                    continue;
                }
                self.keys(&out, &above, hits);
                stretches(&out, |from, to| {
                    let marks = [Mark { here: 0, below: from, encoding: None }];
                    self.look(&out[from..to], &over(&above, &marks), hits);
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

    fn wide(&self, wide: Wide, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        let (decoded, marks) = wide.decode(bytes);
        self.look(&decoded, &Layer { pace: (2, 1), encoding: Some(Encoding::Utf16), ..over(layer, &marks) }, hits);
    }

    fn parts(&self, bytes: &[u8], layer: &Layer<'_>, hits: &mut Vec<Hit<'a>>) {
        for part in parts::of(bytes) {
            match part {
                Part::Unpacked(at, unpacked) => {
                    // Nothing in a compressed part has a place of its own in the file.
                    let marks = [Mark { here: 0, below: at, encoding: None }];
                    let above = Layer { pace: (0, 1), encoding: Some(Encoding::Compressed), ..over(layer, &marks) };
                    self.look(&unpacked, &above, hits);
                }
                Part::Text(from, to) => {
                    let marks = [Mark { here: 0, below: from, encoding: None }];
                    self.look(&bytes[from..to], &over(layer, &marks), hits);
                }
                Part::Exif(from, to) => {
                    let marks = [Mark { here: 0, below: from, encoding: None }];
                    let above = over(layer, &marks);
                    Wide::ALL.into_iter().for_each(|it| self.wide(it, &bytes[from..to], &above, hits));
                }
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

/// Calls back for each stretch of UTF-8 in bytes that are mostly none, such as a decoded ciphertext.
fn stretches(bytes: &[u8], mut visit: impl FnMut(usize, usize)) {
    let mut at = 0;
    while at + STRETCH <= bytes.len() {
        // From the end of where a stretch would have to be, as most places are none.
        if let Some(back) = (0..STRETCH - 1).rev().find(|it| !may_follow(bytes[at + it], bytes[at + it + 1])) {
            at += back + 1;
            continue;
        }
        let more = bytes[at + STRETCH - 1..].windows(2).take_while(|it| may_follow(it[0], it[1])).count();
        visit(at, at + STRETCH + more);
        at += STRETCH + more;
    }
}

/// Whether two bytes may stand side by side in a text in UTF-8.
fn may_follow(first: u8, second: u8) -> bool {
    match (KINDS[usize::from(first)], KINDS[usize::from(second)]) {
        (Kind::Ascii, Kind::Ascii | Kind::Lead) | (Kind::Lead, Kind::Trail) => true,
        (Kind::Trail, second) => second != Kind::None,
        _ => false,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Ascii,
    Lead,
    Trail,
}

static KINDS: [Kind; 256] = {
    let mut table = [Kind::None; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = match at as u8 {
            b' '..=b'~' | b'\t' | b'\n' | b'\r' => Kind::Ascii,
            0x80..=0xbf => Kind::Trail,
            0xc2..=0xf4 => Kind::Lead,
            _ => Kind::None,
        };
        at += 1;
    }
    table
};
