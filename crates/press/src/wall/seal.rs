//! An article's envelope and the media in it.

use super::cipher;
use super::raise::Wall;
use super::rest::Gated;
use crate::media::Media;
use crate::render::html::{self, TooDeep};
use crate::render::srcset;
use crate::render::tree::{self, Element, Node};
use crate::site::address::{self, Address};
use jumpline_article::wall::envelope::{KeyWrap, PROTECTED, RecipientHeader, aad};
use jumpline_article::wall::{Bytes, Envelope, Kid, Recipient, Rest, label};
use jumpline_article::{Attachment, Publication, Visibility};
use std::collections::{BTreeMap, BTreeSet};

/// A media file that is locked.
#[derive(Clone, Debug)]
pub struct SealedFile {
    /// Where it goes, below the site's root.
    pub path: String,
    /// The file: `media/chart.svg`.
    pub media: String,
    /// Hash of all that the locked file is made of.
    pub fingerprint: String,
    /// Id of the article that it belongs to.
    pub article: String,
    name: String,
    key: [u8; 32],
}

/// An envelope and the files that belong to it.
#[derive(Debug)]
pub(super) struct Sealed {
    pub(super) envelope: Envelope,
    pub(super) files: Vec<SealedFile>,
}

/// What an article is locked with.
pub(super) struct Lock<'a> {
    pub(super) wall: &'a Wall,
    pub(super) publication: &'a Publication,
    pub(super) media: &'a Media,
    /// Media that something public shows: they cannot be taken back.
    pub(super) public: &'a BTreeSet<String>,
    pub(super) id: &'a str,
    pub(super) visibility: Visibility,
    /// Whose keys wrap the content key.
    pub(super) kids: Vec<Kid>,
}

impl Lock<'_> {
    pub(super) fn seal(&self, gated: &Gated) -> Result<Sealed, TooDeep> {
        let key = self.wall.content_key(self.id, self.visibility);
        let mut found = Found { lock: self, key, files: BTreeMap::new() };
        let content_html = if gated.media.iter().all(|it| self.public.contains(it)) {
            gated.content_html.clone()
        } else {
            let nodes = html::parse(&gated.content_html)?;
            html::write(&tree::replace(nodes, &mut |node| found.media(node)))?
        };
        let attachments = gated.attachments.iter().map(|it| found.attachment(it)).collect();
        let media_type = |it: &SealedFile| (it.name.clone(), media_type(&it.media));
        let media = found.files.values().map(media_type).collect();
        let files = found.files.into_values().collect();
        let rest = Rest { content_html, contents: gated.contents.clone(), media, attachments };
        Ok(Sealed { envelope: self.envelope(&key, &rest), files })
    }

    fn envelope(&self, key: &[u8; 32], rest: &Rest) -> Envelope {
        let text = serde_json::to_vec(rest).unwrap_or_default();
        let aad = aad(self.id, self.visibility);
        let iv = self.wall.iv(&[&aad, &text]);
        let recipient = |kid: &Kid| Recipient {
            header: RecipientHeader { alg: KeyWrap::A256KW, kid: kid.clone() },
            encrypted_key: Bytes::from(cipher::wrap(&self.wall.wrapping_key(kid), key).as_slice()),
        };
        let mut envelope = Envelope {
            protected: Bytes::from(PROTECTED.as_bytes()),
            recipients: self.kids.iter().map(recipient).collect(),
            aad: Bytes(aad),
            iv: Bytes::from(iv.as_slice()),
            ciphertext: Bytes::default(),
            tag: Bytes::default(),
        };
        let mut sealed = cipher::seal(key, &iv, envelope.authenticated().as_bytes(), &text);
        envelope.tag = Bytes(sealed.split_off(sealed.len().saturating_sub(cipher::TAG)));
        envelope.ciphertext = Bytes(sealed);
        envelope
    }
}

/// The media of one article, as they are met.
struct Found<'a> {
    lock: &'a Lock<'a>,
    key: [u8; 32],
    files: BTreeMap<String, SealedFile>,
}

impl Found<'_> {
    /// The name of a file that has to be locked; `None` for what is public or lies elsewhere.
    fn name(&mut self, url: &str) -> Option<String> {
        let media = self.hidden(url)?;
        if let Some(known) = self.files.get(&media) {
            return Some(known.name.clone());
        }
        let Lock { wall, id, media: all, .. } = self.lock;
        let published = all.published(&media).ok()?;
        let name = wall.media_name(id, &media, published.hash());
        let made_of = [published.key(), name.clone()].join("\0");
        let fingerprint = blake3::Hasher::new().update(made_of.as_bytes()).update(&self.key).finalize();
        let file = SealedFile {
            path: format!("sealed/{name}.bin"),
            media: media.clone(),
            fingerprint: fingerprint.to_hex().to_string(),
            article: (*id).to_owned(),
            name: name.clone(),
            key: self.key,
        };
        self.files.insert(media, file);
        Some(name)
    }

    fn hidden(&self, url: &str) -> Option<String> {
        let publication = self.lock.publication;
        let below = publication.base.strip(url).unwrap_or(url);
        match address::of(below, "", publication) {
            Address::Media(path) if !self.lock.public.contains(&path) => Some(path),
            _ => None,
        }
    }

    /// A hidden file stands in the text by its name. Choices between sizes go: one file is locked, not five.
    fn media(&mut self, node: Node) -> Vec<Node> {
        let Node::Element(mut element) = node else { return vec![node] };
        let slot = match element.name.as_str() {
            "a" => "href",
            "img" | "audio" | "video" | "source" | "track" => "src",
            _ => return vec![Node::Element(element)],
        };
        if let Some((file, name)) =
            element.get(slot).map(ToOwned::to_owned).and_then(|it| Some((self.hidden(&it)?, self.name(&it)?)))
        {
            if slot == "href" {
                // What is saved has the name that it had, and with it the program that opens it.
                element.set("data-file", file.rsplit('/').next().unwrap_or_default());
            }
            element.remove(slot);
            element.set("data-sealed", name);
        }
        self.leave_out_choices(&mut element);
        if element.get("poster").is_some_and(|it| self.hidden(it).is_some()) {
            element.remove("poster");
        }
        let empty =
            element.name == "source" && ["src", "srcset", "data-sealed"].iter().all(|it| element.get(it).is_none());
        if empty { Vec::new() } else { vec![Node::Element(element)] }
    }

    fn leave_out_choices(&self, element: &mut Element) {
        let Some(set) = element.get("srcset") else { return };
        if srcset::parse(set).iter().any(|it| self.hidden(&it.url).is_some()) {
            element.remove("srcset");
            element.remove("sizes");
        }
    }

    fn attachment(&mut self, attachment: &Attachment) -> Attachment {
        match self.name(&attachment.url) {
            Some(name) => Attachment { url: name, ..attachment.clone() },
            None => attachment.clone(),
        }
    }
}

impl SealedFile {
    /// The locked file: IV, ciphertext, tag.
    pub fn seal(&self, wall: &Wall, bytes: &[u8]) -> Vec<u8> {
        let aad = label::media(&self.article, &self.name);
        let iv = wall.iv(&[aad.as_bytes(), bytes]);
        [iv.as_slice(), &cipher::seal(&self.key, &iv, aad.as_bytes(), bytes)].concat()
    }
}

fn media_type(path: &str) -> String {
    mime_guess::from_path(path).first_or_octet_stream().essence_str().to_owned()
}
