//! The objects of one revision of a PDF.

use super::font::{Font, latin};
use super::text::Shown;
use super::{Gathered, careful};
use crate::audit::parts::{self, Part};
use crate::audit::unpacking::Unpacking;
use crate::audit::unread::Why;
use lopdf::xref::XrefEntry;
use lopdf::{DecompressError, Dictionary, Document, Error, Object, ObjectId, Stream, decode_text_string};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Pages that a page takes its resources from, one over the other.
const PARENTS: usize = 64;

/// What is looked through.
pub(super) struct Objects<'a> {
    pub(super) document: &'a Document,
    /// Where the PDF begins in its file.
    pub(super) start: usize,
    pub(super) unpacking: &'a Unpacking,
    /// Places of objects that a later revision has too.
    pub(super) done: &'a mut BTreeSet<usize>,
}

/// Fonts by the objects that describe them.
type Fonts<'a> = RefCell<BTreeMap<ObjectId, Rc<Font<'a>>>>;

impl Objects<'_> {
    /// Calls back for each part.
    pub(super) fn each(self, visit: &mut dyn FnMut(Part)) {
        let mut shown = Shown::default();
        let mut strings = Gathered::default();
        let fonts = Fonts::default();
        let mut in_pages = BTreeSet::new();
        for object in self.document.objects.values() {
            if let Ok(page) = object.as_dict() {
                self.page(page, &fonts, &mut in_pages, &mut shown);
            }
        }
        for (id, object) in &self.document.objects {
            let place = self.place(*id);
            // Objects in a stream of objects share its place, and none of them is done before.
            if self.is_direct(*id) && self.done.contains(&place) {
                continue;
            }
            strings.begin(place);
            gather(object, &mut strings.bytes);
            let Ok(stream) = object.as_stream() else { continue };
            if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Image") {
                self.image(stream, place, visit);
                continue;
            }
            let Some(data) = self.decoded(stream) else { continue };
            if !in_pages.contains(id) {
                let own = stream.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
                shown.begin(place);
                shown.show(&data, self.unpacking, &|name| self.font(own?, name, &fonts));
            }
            // What is not packed was looked at with the whole file.
            if stream.dict.has(b"Filter") || self.document.was_encrypted() || parts::has_parts(&data) {
                visit(Part::Unpacked(place, data));
            }
        }
        shown.visit(visit);
        strings.visit(visit);
        let all: Vec<_> = self.document.objects.keys().map(|it| self.place(*it)).collect();
        self.done.extend(all);
    }

    /// The text of a page: its streams are one text (ISO 32000-2, 7.8.2).
    fn page<'a>(&'a self, page: &'a Dictionary, fonts: &Fonts<'a>, seen: &mut BTreeSet<ObjectId>, shown: &mut Shown) {
        let ids: Vec<ObjectId> = match page.get(b"Contents") {
            Ok(Object::Reference(id)) => match self.document.get_object(*id) {
                Ok(Object::Array(streams)) => streams.iter().filter_map(|it| it.as_reference().ok()).collect(),
                _ => vec![*id],
            },
            Ok(Object::Array(streams)) => streams.iter().filter_map(|it| it.as_reference().ok()).collect(),
            _ => return,
        };
        let Some(first) = ids.first().filter(|_| !ids.iter().all(|it| self.done.contains(&self.place(*it)))) else {
            return;
        };
        let place = self.place(*first);
        let mut content = Vec::new();
        for id in ids {
            let stream = self.document.get_object(id).and_then(Object::as_stream);
            if let Some(data) = stream.ok().and_then(|it| self.decoded(it)) {
                content.extend(data);
                content.push(b'\n');
                seen.insert(id);
            }
        }
        let resources = self.resources(page);
        shown.begin(place);
        shown.show(&content, self.unpacking, &|name| self.font(resources?, name, fonts));
    }

    fn resources<'a>(&'a self, page: &'a Dictionary) -> Option<&'a Dictionary> {
        let mut page = page;
        for _ in 0..PARENTS {
            if let Ok(found) = page.get_deref(b"Resources", self.document).and_then(Object::as_dict) {
                return Some(found);
            }
            page = page.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    fn font<'a>(&'a self, resources: &'a Dictionary, name: &[u8], fonts: &Fonts<'a>) -> Option<Rc<Font<'a>>> {
        let all = resources.get_deref(b"Font", self.document).and_then(Object::as_dict).ok()?;
        let font = all.get(name).ok()?;
        let read = || {
            let font = self.document.dereference(font).ok()?.1.as_dict().ok()?;
            Some(Rc::new(careful(|| Font::read(font, self.document, self.unpacking))?))
        };
        let Ok(id) = font.as_reference() else { return read() };
        let known = fonts.borrow().get(&id).cloned();
        known.or_else(|| {
            let font = read()?;
            fonts.borrow_mut().insert(id, Rc::clone(&font));
            Some(font)
        })
    }

    /// A picture as it stood in a file of its own; its points say nothing.
    fn image(&self, stream: &Stream, place: usize, visit: &mut dyn FnMut(Part)) {
        if parts::has_parts(&stream.content) && !parts::is_zlib(&stream.content) {
            let length = self.unpacking.take(stream.content.len());
            visit(Part::Unpacked(place, stream.content[..length].to_vec()));
        }
    }

    fn decoded(&self, stream: &Stream) -> Option<Vec<u8>> {
        match careful(|| stream.decompressed_content_with_limit(self.unpacking.left())) {
            Some(Ok(mut data)) => {
                data.truncate(self.unpacking.take(data.len()));
                Some(data)
            }
            Some(Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))) => {
                // Else many such streams would be unpacked in vain.
                self.unpacking.take(usize::MAX);
                None
            }
            Some(Err(error)) => {
                let is_unknown = matches!(error, Error::Unimplemented(_));
                self.unpacking.miss(if is_unknown { Why::Unknown } else { Why::Damaged });
                None
            }
            None => {
                self.unpacking.miss(Why::Damaged);
                None
            }
        }
    }

    fn is_direct(&self, id: ObjectId) -> bool {
        matches!(self.document.reference_table.get(id.0), Some(XrefEntry::Normal { .. }))
    }

    /// Where an object stands in the file, or the stream that it is packed in.
    fn place(&self, id: ObjectId) -> usize {
        let entry = match self.document.reference_table.get(id.0) {
            Some(XrefEntry::Compressed { container, .. }) => self.document.reference_table.get(*container),
            entry => entry,
        };
        match entry {
            Some(XrefEntry::Normal { offset, .. }) => self.start + *offset as usize,
            _ => self.start,
        }
    }
}

/// Strings of an object, each as it is and as a text (ISO 32000-2, 7.9.2.2), or what programs take for one that know no better.
pub(super) fn gather(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::String(bytes, _) => {
            out.extend_from_slice(bytes);
            out.extend_from_slice(b"\n\n");
            if !bytes.is_ascii() {
                for text in [decode_text_string(object).unwrap_or_default(), latin(bytes)] {
                    out.extend_from_slice(text.as_bytes());
                    out.extend_from_slice(b"\n\n");
                }
            }
        }
        Object::Array(objects) => objects.iter().for_each(|it| gather(it, out)),
        Object::Dictionary(fields) => fields.iter().for_each(|it| gather(it.1, out)),
        Object::Stream(stream) => stream.dict.iter().for_each(|it| gather(it.1, out)),
        _ => {}
    }
}
