//! WordPress' export format (WXR 1.0 to 1.2), element by element: one article in memory at a time.

use crate::import::source::{Broken, Source};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};
use std::io::{self, Read};

/// Bytes that one tag, text or CDATA section may have.
const LONGEST_PIECE: usize = 32 << 20;

/// Bytes of text that one item may have.
const LARGEST_ITEM: usize = 64 << 20;

/// Characters of what the parser says; it may quote half the file.
const LONGEST_MESSAGE: usize = 160;

/// How deep elements may nest; WXR needs five.
const DEEPEST: usize = 16;

/// An element of the export with everything in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Raw {
    /// Its name with the prefix: `wp:post_id`.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attributes: Vec<(String, String)>,
    /// Its text, CDATA included.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Raw>,
    /// The line that it begins in, from 1.
    pub(super) line: usize,
}

/// Why an export cannot be read any further.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say it")]
pub(super) enum WxrError {
    #[error(
        "line {line}: a document type with entities; an export has none, and such a file can be a trap. Remove the `<!DOCTYPE …>` or export again"
    )]
    Entities { line: usize },
    #[error(
        "line {line}: the file ends while {reading} is being read; it was cut off. Export again; what stands before that is imported"
    )]
    Truncated { line: usize, reading: String },
    #[error("line {line}: no XML: {message}, while {reading} was being read")]
    Syntax { line: usize, message: String, reading: String },
    #[error(
        "line {line}: not a WordPress export: {found}; expected the .xml file that Tools › Export in WordPress writes"
    )]
    NotWordPress { line: usize, found: String },
    #[error("line {line}: {reading} is larger than {} MB, which no article is", limit >> 20)]
    TooLong { line: usize, reading: String, limit: usize },
    #[error("line {line}: elements nest deeper than {DEEPEST} levels in {reading}, which no export does")]
    TooDeep { line: usize, reading: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads an export.
pub(super) struct Wxr<R> {
    reader: Reader<Source<R>>,
    buffer: Vec<u8>,
    /// The root and the channel, while they are open.
    open: Vec<String>,
}

enum Token {
    Start(Raw),
    Empty(Raw),
    End,
    Text(String),
    Eof,
    Other,
}

impl<R: Read> Wxr<R> {
    pub(super) fn new(bytes: R) -> Result<Self, WxrError> {
        Ok(Self { reader: reader(Source::new(bytes)?), buffer: Vec::new(), open: Vec::new() })
    }

    /// What was mended in the text so far.
    pub(super) fn broken(&self) -> &Broken {
        self.reader.get_ref().broken()
    }

    /// The next element of the channel; `None` at the end.
    ///
    /// # Errors
    /// When the file ends too early, is no XML or no export, or asks for more memory than any article needs. After that last one the next
    /// call goes on behind it.
    pub(super) fn next(&mut self) -> Result<Option<Raw>, WxrError> {
        loop {
            match self.token(&[])? {
                Token::Start(element) => match self.open.len() {
                    0 if element.name != "rss" => {
                        let found = format!("it begins with <{}>", element.name);
                        return Err(WxrError::NotWordPress { line: element.line, found });
                    }
                    0 => self.open.push(element.name),
                    1 if element.name == "channel" => self.open.push(element.name),
                    1 => drop(self.element(element)?),
                    _ => {
                        return match self.element(element) {
                            Err(error @ WxrError::TooLong { .. }) => self.skip().and(Err(error)),
                            read => read.map(Some),
                        };
                    }
                },
                Token::Empty(element) if self.open.len() == 2 => return Ok(Some(element)),
                Token::End => drop(self.open.pop()),
                Token::Eof if self.open.is_empty() => return Ok(None),
                Token::Eof => {
                    return Err(WxrError::Truncated { line: self.line(), reading: reading(&[]) });
                }
                Token::Empty(_) | Token::Text(_) | Token::Other => {}
            }
        }
    }

    /// Leaves the rest of an item out. A new parser goes on behind it, which never saw the elements that are open there.
    fn skip(&mut self) -> Result<(), WxrError> {
        let spent = Reader::from_reader(Source::spent());
        let mut source = std::mem::replace(&mut self.reader, spent).into_inner();
        source.skip_behind(b"</item>")?;
        self.reader = reader(source);
        self.reader.config_mut().allow_unmatched_ends = true;
        Ok(())
    }

    fn line(&self) -> usize {
        self.reader.get_ref().line()
    }

    fn token(&mut self, stack: &[Raw]) -> Result<Token, WxrError> {
        self.buffer.clear();
        self.reader.get_mut().allow(LONGEST_PIECE);
        let line = self.line();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(start)) => Ok(Token::Start(begin(&start, line))),
            Ok(Event::Empty(start)) => Ok(Token::Empty(begin(&start, line))),
            Ok(Event::End(_)) => Ok(Token::End),
            Ok(Event::Text(text)) => Ok(Token::Text(text.into_inner().into_owned())),
            Ok(Event::CData(text)) => Ok(Token::Text(text.into_inner().into_owned())),
            Ok(Event::GeneralRef(reference)) => Ok(Token::Text(resolve(&reference))),
            Ok(Event::Eof) => Ok(Token::Eof),
            Ok(Event::DocType(text)) => match text.to_ascii_uppercase().find("<!ENTITY") {
                Some(at) => Err(WxrError::Entities { line: line + text[..at].matches('\n').count() }),
                None => Ok(Token::Other),
            },
            Ok(_) => Ok(Token::Other),
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                Err(WxrError::TooLong { line, reading: reading(stack), limit: LONGEST_PIECE })
            }
            Err(Error::Io(error)) => Err(WxrError::Io(io::Error::new(error.kind(), error.to_string()))),
            Err(_) if self.reader.get_ref().is_at_end() => {
                Err(WxrError::Truncated { line: self.line(), reading: reading(stack) })
            }
            Err(error) => {
                let message: String = error.to_string().chars().take(LONGEST_MESSAGE).collect();
                Err(WxrError::Syntax { line, message, reading: reading(stack) })
            }
        }
    }

    /// Reads an element whose start has been read, to its end.
    fn element(&mut self, start: Raw) -> Result<Raw, WxrError> {
        let mut inside: Vec<Raw> = vec![start];
        let mut size = 0;
        loop {
            let token = self.token(&inside)?;
            let Some(mut element) = inside.pop() else { return Ok(Raw::default()) };
            match token {
                Token::Start(child) if inside.len() + 1 < DEEPEST => inside.extend([element, child]),
                Token::Start(child) => {
                    inside.push(element);
                    return Err(WxrError::TooDeep { line: child.line, reading: reading(&inside) });
                }
                Token::End => match inside.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => return Ok(element),
                },
                Token::Eof => {
                    inside.push(element);
                    return Err(WxrError::Truncated { line: self.line(), reading: reading(&inside) });
                }
                Token::Empty(child) => {
                    element.children.push(child);
                    inside.push(element);
                }
                Token::Text(text) => {
                    size += text.len();
                    element.text.push_str(&text);
                    inside.push(element);
                    if size > LARGEST_ITEM {
                        let line = self.line();
                        return Err(WxrError::TooLong { line, reading: reading(&inside), limit: LARGEST_ITEM });
                    }
                }
                Token::Other => inside.push(element),
            }
        }
    }
}

impl Raw {
    /// The text of a child; empty when there is none.
    pub(super) fn get(&self, child: &str) -> &str {
        self.children.iter().find(|it| it.name == child).map_or("", |it| it.text.trim())
    }

    /// The same, taken out and not trimmed.
    pub(super) fn take(&mut self, child: &str) -> String {
        self.children.iter_mut().find(|it| it.name == child).map(|it| std::mem::take(&mut it.text)).unwrap_or_default()
    }

    /// An attribute; empty when there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|it| it.0 == name).map_or("", |it| it.1.as_str())
    }
}

fn reader<R: Read>(source: Source<R>) -> Reader<Source<R>> {
    let mut reader = Reader::from_reader(source);
    // Old plugins write a bare `&` into URLs.
    reader.config_mut().allow_dangling_amp = true;
    reader
}

fn begin(start: &BytesStart<'_>, line: usize) -> Raw {
    let attribute = |it: quick_xml::events::attributes::Attribute<'_>| {
        let value = it.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_else(|_| it.value.clone());
        (it.key.as_ref().to_owned(), value.into_owned())
    };
    Raw {
        name: start.name().as_ref().to_owned(),
        attributes: start.attributes().flatten().map(attribute).collect(),
        line,
        ..Raw::default()
    }
}

/// The predefined entities and numbers; any other stays as it was written.
fn resolve(reference: &BytesRef<'_>) -> String {
    let name: &str = reference;
    match (name, reference.resolve_char_ref()) {
        (_, Ok(Some(it))) if it >= ' ' || matches!(it, '\t' | '\n' | '\r') => it.to_string(),
        (_, Ok(Some(_)) | Err(_)) => char::REPLACEMENT_CHARACTER.to_string(),
        ("amp", _) => "&".to_owned(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        _ => format!("&{name};"),
    }
}

/// What is being read, in words.
fn reading(stack: &[Raw]) -> String {
    let Some(outer) = stack.first() else { return "the list of articles".to_owned() };
    let title: String = outer.get("title").chars().take(LONGEST_MESSAGE / 2).collect();
    let what = match outer.name.as_str() {
        "item" if !title.is_empty() => format!("“{title}” (begun in line {})", outer.line),
        "item" => format!("an item begun in line {}", outer.line),
        name => format!("<{name}> (begun in line {})", outer.line),
    };
    match stack.last().filter(|_| stack.len() > 1) {
        Some(inner) => format!("<{}> of {what}", inner.name),
        None => what,
    }
}
