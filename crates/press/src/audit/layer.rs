//! How found bytes are written in a file: one layer a way of writing, and where each stood in the layer below.

use std::fmt;

/// A way in which text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Encoding {
    /// `&amp;`.
    Html,
    /// `\u0041`, `\n`.
    Json,
    /// `%41`.
    Percent,
    /// Base64 or base64url.
    Base64,
    /// Hexadecimal digits.
    Hex,
    /// Two bytes a character.
    Utf16,
    /// A compressed part of a file, or a compressed file.
    Compressed,
    /// Text of a PDF, which is drawn letter by letter.
    Pdf,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Html => "HTML-escaped",
            Self::Json => "JSON-escaped",
            Self::Percent => "percent-encoded",
            Self::Base64 => "base64",
            Self::Hex => "hexadecimal",
            Self::Utf16 => "UTF-16",
            Self::Compressed => "compressed",
            Self::Pdf => "PDF",
        })
    }
}

/// A place where a layer does not simply go on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Offset in this layer.
    pub(super) here: usize,
    /// Offset in the layer below.
    pub(super) below: usize,
    pub(super) encoding: Option<Encoding>,
}

/// Decoded bytes over others. The lowest layer is the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer<'a> {
    pub(super) below: Option<&'a Layer<'a>>,
    /// Sorted; the first stands at 0.
    pub(super) marks: &'a [Mark],
    /// Bytes below for `pace.1` bytes here.
    pub(super) pace: (usize, usize),
    /// What all of it is written in.
    pub(super) encoding: Option<Encoding>,
    /// Whether all that lies between marks was looked at in the layer below.
    pub(super) is_seen_between_marks: bool,
}

impl Layer<'_> {
    /// The file itself.
    pub(super) const FILE: Layer<'static> =
        Layer { below: None, marks: &[], pace: (1, 1), encoding: None, is_seen_between_marks: false };

    /// The offset in the file.
    pub(super) fn offset(&self, at: usize) -> usize {
        let Some(below) = self.below else { return at };
        below.offset(self.step(at))
    }

    /// How what stands here is written, outermost first.
    pub(super) fn encodings(&self, start: usize, end: usize) -> Vec<Encoding> {
        let Some(below) = self.below else { return Vec::new() };
        let mut found = below.encodings(self.step(start), self.step(end));
        found.extend(self.encoding);
        let from = self.marks.partition_point(|it| it.here < start);
        let mut own: Vec<_> =
            self.marks[from..].iter().take_while(|it| it.here < end).filter_map(|it| it.encoding).collect();
        own.sort();
        own.dedup();
        found.extend(own);
        found
    }

    /// Whether a stretch of it was looked at in the layer below already.
    pub(super) fn is_seen(&self, start: usize, end: usize) -> bool {
        let next = self.marks.partition_point(|it| it.here < start);
        self.is_seen_between_marks && self.marks.get(next).is_none_or(|it| it.here > end)
    }

    /// Whether these bytes are those of a file, on the disk or packed, and not what some text may or may not be meant to say.
    pub(super) fn is_file(&self) -> bool {
        match (self.encoding, self.below) {
            (Some(encoding), _) => encoding == Encoding::Compressed,
            (None, Some(below)) => below.is_file(),
            (None, None) => true,
        }
    }

    /// How many layers there are above the file.
    pub(super) fn height(&self) -> usize {
        self.below.map_or(0, |it| it.height() + 1)
    }

    fn step(&self, at: usize) -> usize {
        let mark = self.marks[..self.marks.partition_point(|it| it.here <= at)].last();
        let (here, below) = mark.map_or((0, 0), |it| (it.here, it.below));
        below + (at - here) * self.pace.0 / self.pace.1
    }
}
