//! An export's bytes as UTF-8: decoded, mended where they are broken, counted by lines, and never too much at once.

use super::report::{Report, Topic};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};
use std::io::{self, BufRead, Read};

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// Places of broken text that are remembered one by one.
const REMEMBERED: usize = 20;

/// A reader that hands out nothing but UTF-8.
pub(super) struct Source<R> {
    /// `None` when it was spent.
    inner: Option<R>,
    decoder: Decoder,
    raw: Vec<u8>,
    unread: usize,
    text: Vec<u8>,
    position: usize,
    ended: bool,
    consumed_line: usize,
    decoded_line: usize,
    allowance: usize,
    broken: Broken,
}

/// Text that was not what its encoding says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Broken {
    /// Sequences that were replaced by U+FFFD.
    pub(super) sequences: usize,
    /// The first lines they stand in.
    pub(super) lines: Vec<usize>,
    /// Control characters that were left out, since XML has no place for them.
    pub(super) controls: usize,
}

impl Broken {
    /// Says what was mended.
    pub(super) fn remark(&self, report: &mut Report) {
        if self.sequences > 0 {
            let lines: Vec<String> = self.lines.iter().map(ToString::to_string).collect();
            let text = format!(
                "the file is not all UTF-8; {} broken places became \u{fffd}, in line {}",
                self.sequences,
                lines.join(", ")
            );
            report.remark(Topic::Check, text, "");
        }
        if self.controls > 0 {
            report.remark(Topic::Changed, format!("{} control characters were left out", self.controls), "");
        }
    }
}

impl<R: Read> Source<R> {
    /// Begins to read, in the encoding that a byte order mark or the XML declaration names.
    pub(super) fn new(mut inner: R) -> io::Result<Self> {
        let mut raw = Vec::new();
        Read::by_ref(&mut inner).take(CHUNK as u64).read_to_end(&mut raw)?;
        let encoding = encoding(&raw)?;
        Ok(Self {
            inner: Some(inner),
            decoder: encoding.new_decoder(),
            raw,
            unread: 0,
            text: Vec::new(),
            position: 0,
            ended: false,
            consumed_line: 1,
            decoded_line: 1,
            allowance: usize::MAX,
            broken: Broken::default(),
        })
    }

    /// One with nothing in it, to stand in for another for a moment.
    pub(super) fn spent() -> Self {
        Self {
            inner: None,
            decoder: UTF_8.new_decoder(),
            raw: Vec::new(),
            unread: 0,
            text: Vec::new(),
            position: 0,
            ended: true,
            consumed_line: 1,
            decoded_line: 1,
            allowance: usize::MAX,
            broken: Broken::default(),
        }
    }

    /// Goes on behind the next place where this stands, or to the end.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn skip_behind(&mut self, mark: &[u8]) -> io::Result<()> {
        self.allow(usize::MAX);
        let mut kept: Vec<u8> = Vec::new();
        loop {
            let more = self.fill_buf()?;
            if more.is_empty() {
                return Ok(());
            }
            // The mark may lie across two pieces.
            let before = kept.len();
            kept.extend_from_slice(more);
            let (end, all) = (memchr::memmem::find(&kept, mark).map(|it| it + mark.len()), more.len());
            self.consume(end.map_or(all, |it| it - before));
            if end.is_some() {
                return Ok(());
            }
            kept.drain(..kept.len().saturating_sub(mark.len() - 1));
        }
    }

    /// The line of the next byte, from 1.
    pub(super) fn line(&self) -> usize {
        self.consumed_line
    }

    /// Whether everything has been read.
    pub(super) fn is_at_end(&self) -> bool {
        self.ended && self.position == self.text.len()
    }

    /// How many bytes may be read from now on.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// What was mended so far.
    pub(super) fn broken(&self) -> &Broken {
        &self.broken
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.position = 0;
        while self.text.is_empty() && !self.ended {
            if self.unread == self.raw.len() {
                self.raw.clear();
                self.unread = 0;
                if let Some(inner) = &mut self.inner {
                    Read::by_ref(inner).take(CHUNK as u64).read_to_end(&mut self.raw)?;
                }
            }
            let last = self.raw.is_empty();
            self.decode(last);
            self.ended = last;
        }
        Ok(())
    }

    fn decode(&mut self, last: bool) {
        loop {
            let input = &self.raw[self.unread..];
            let room = self.decoder.max_utf8_buffer_length_without_replacement(input.len()).unwrap_or(CHUNK * 4);
            let start = self.text.len();
            self.text.resize(start + room.max(16), 0);
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(input, &mut self.text[start..], last);
            self.unread += read;
            self.text.truncate(start + written);
            self.tidy(start);
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.broken.sequences += 1;
                    if self.broken.lines.len() < REMEMBERED && self.broken.lines.last() != Some(&self.decoded_line) {
                        self.broken.lines.push(self.decoded_line);
                    }
                    self.text.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
    }

    /// Leaves out control characters and counts lines in what was decoded last.
    fn tidy(&mut self, start: usize) {
        let before = self.text.len();
        let mut kept = start;
        for at in start..before {
            let byte = self.text[at];
            if byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r') {
                self.text[kept] = byte;
                kept += 1;
            }
            self.decoded_line += usize::from(byte == b'\n');
        }
        self.text.truncate(kept);
        self.broken.controls += before - kept;
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position == self.text.len() {
            self.refill()?;
        }
        if self.allowance == 0 && self.position < self.text.len() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let end = self.text.len().min(self.position.saturating_add(self.allowance));
        Ok(&self.text[self.position..end])
    }

    fn consume(&mut self, count: usize) {
        let end = (self.position + count).min(self.text.len());
        let taken = &self.text[self.position..end];
        self.consumed_line += taken.iter().filter(|it| **it == b'\n').count();
        self.allowance = self.allowance.saturating_sub(taken.len());
        self.position = end;
    }
}

fn encoding(start: &[u8]) -> io::Result<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Ok(encoding);
    }
    let start = String::from_utf8_lossy(&start[..start.len().min(1024)]);
    let declaration = start.split_once("<?xml").and_then(|(_, rest)| rest.split_once("?>")).map_or("", |it| it.0);
    let Some((_, named)) = declaration.split_once("encoding") else { return Ok(UTF_8) };
    let label = named.trim_start_matches([' ', '=', '\t']).trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'']).next().unwrap_or_default();
    let message = || format!("line 1: the encoding `{label}` is not known; save the file as UTF-8");
    Encoding::for_label(label.as_bytes()).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, message()))
}

#[cfg(test)]
mod tests;
