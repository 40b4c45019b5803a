//! Goes through bytes word by word.

use super::{Seen, Spell, Word};
use crate::audit::fold::{self, Fold};
use crate::audit::letters::{ASCII, BETWEEN, LESS, NOTHING, WIDE, character};
use crate::audit::tag::{self, Tag};

/// Calls back for each word, in order. Bytes that are no UTF-8 are read as Latin-1, as old metadata is.
pub(in crate::audit) fn each<S: Spell>(bytes: &[u8], emit: impl FnMut(Word<S>)) {
    let mut reader = Reader {
        emit,
        word: S::default(),
        start: None,
        glued: S::default(),
        glued_from: None,
        glued_to: 0,
        in_tag: false,
    };
    let (mut at, mut tag_end, mut no_tag_before) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match ASCII[usize::from(byte)] {
            BETWEEN => {
                reader.end_word(at);
                at += 1;
                if reader.in_tag && at >= tag_end {
                    reader.in_tag = false;
                }
            }
            NOTHING => at += 1,
            LESS => {
                reader.end_word_at_tag(at);
                let may_begin = !reader.in_tag && at >= no_tag_before;
                match may_begin.then(|| tag::read(&bytes[at..])).flatten() {
                    Some(Tag { length, divides }) => {
                        tag_end = at + length;
                        reader.begin_tag(divides);
                    }
                    // It is tried no more before the place where the search gave up, or many of them would take for ever.
                    None if may_begin && bytes.get(at + 1).is_some_and(|it| tag::begins(*it)) => {
                        reader.end_word(at);
                        no_tag_before = at + tag::LONGEST;
                    }
                    None => reader.end_word(at),
                }
                at += 1;
            }
            WIDE => {
                let (letter, length) = character(&bytes[at..]);
                match fold::fold(letter) {
                    Fold::Between => reader.end_word(at),
                    Fold::Nothing => {}
                    Fold::Letter(letter) => reader.add(letter as u32, at),
                    Fold::Word(letter) => {
                        reader.end_word(at);
                        reader.add(letter as u32, at);
                        reader.end_word(at + length);
                    }
                    Fold::Letters => fold::letters(letter).for_each(|it| reader.add(it as u32, at)),
                }
                at += length;
            }
            letter => {
                reader.add(u32::from(letter), at);
                at += 1;
            }
        }
    }
    reader.end_word(bytes.len());
}

/// What was read and is not known to be whole yet.
struct Reader<S, F> {
    emit: F,
    word: S,
    start: Option<usize>,
    /// The word as it is read without tags, once a tag has divided it.
    glued: S,
    glued_from: Option<usize>,
    glued_to: usize,
    in_tag: bool,
}

impl<S: Spell, F: FnMut(Word<S>)> Reader<S, F> {
    fn add(&mut self, letter: u32, at: usize) {
        self.start.get_or_insert(at);
        self.word.add(letter);
        if self.glued_from.is_some() && !self.in_tag {
            self.glued.add(letter);
        }
    }

    fn end_word(&mut self, at: usize) {
        match self.start.take() {
            Some(start) => {
                let spelling = std::mem::take(&mut self.word);
                let divided = self.glued_from.is_some() || self.in_tag;
                let seen = if divided { Seen::Raw } else { Seen::Both };
                (self.emit)(Word { seen, spelling, start, end: at });
                if !self.in_tag {
                    self.end_glued(at);
                }
            }
            None if !self.in_tag => self.end_glued(self.glued_to),
            None => {}
        }
    }

    fn end_glued(&mut self, end: usize) {
        if let Some(start) = self.glued_from.take() {
            let spelling = std::mem::take(&mut self.glued);
            (self.emit)(Word { seen: Seen::Text, spelling, start, end });
        }
    }

    /// Ends a word that may go on behind the tag that begins here.
    fn end_word_at_tag(&mut self, at: usize) {
        if self.in_tag {
            return self.end_word(at);
        }
        if let Some(start) = self.start.take() {
            let spelling = std::mem::take(&mut self.word);
            if self.glued_from.is_none() {
                self.glued_from = Some(start);
                self.glued = spelling.clone();
            }
            self.glued_to = at;
            (self.emit)(Word { seen: Seen::Raw, spelling, start, end: at });
        }
    }

    fn begin_tag(&mut self, divides: bool) {
        if divides {
            self.end_glued(self.glued_to);
        }
        self.in_tag = true;
    }
}
