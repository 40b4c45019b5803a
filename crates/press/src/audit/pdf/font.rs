//! Which letters the codes of a font are (ISO 32000-2, 9.10).

use super::cmap::CMap;
use crate::audit::unpacking::Unpacking;
use crate::audit::unread::Why;
use encoding_rs::{UTF_16BE, WINDOWS_1252};
use lopdf::{Dictionary, Document, Encoding, Object};

/// Bytes of a map from codes to letters.
const MAP: usize = 4 << 20;

/// A font, as far as it has to do with letters.
pub(super) enum Font<'a> {
    /// It says so itself.
    Mapped(CMap),
    /// One of the encodings that every reader knows, perhaps with differences.
    Encoded(Encoding<'a>),
    /// Codes are UTF-16.
    Wide,
    /// Codes are numbers of glyphs, and nothing says what they look like.
    Unknown,
}

impl<'a> Font<'a> {
    /// Reads the description of a font.
    pub(super) fn read(font: &'a Dictionary, document: &'a Document, unpacking: &Unpacking) -> Self {
        let name = |key: &[u8]| font.get_deref(key, document).and_then(Object::as_name).unwrap_or_default();
        let is_composite = name(b"Subtype") == b"Type0";
        let limit = MAP.min(unpacking.left());
        if let Ok(stream) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream)
            && let Ok(map) = stream.get_plain_content_with_limit(limit)
        {
            unpacking.take(map.len());
            return Self::Mapped(CMap::parse(&map, if is_composite { 2 } else { 1 }));
        }
        let encoding = name(b"Encoding");
        if is_composite {
            let is_wide = encoding.starts_with(b"Uni") && memchr::memmem::find(encoding, b"UTF8").is_none();
            return if is_wide { Self::Wide } else { Self::Unknown };
        }
        // Without a map in it there is nothing left that lopdf would unpack.
        let encoding = font.get_font_encoding_with_limit(document, 0);
        Self::Encoded(encoding.unwrap_or(Encoding::SimpleEncoding(b"WinAnsiEncoding")))
    }

    /// The letters of a string that is shown.
    pub(super) fn read_text(&self, codes: &[u8], unpacking: &Unpacking) -> String {
        match self {
            Self::Mapped(map) => map.text(codes),
            Self::Encoded(encoding) => Document::decode_text(encoding, codes).unwrap_or_else(|_| latin(codes)),
            Self::Wide => UTF_16BE.decode_without_bom_handling(codes).0.into_owned(),
            Self::Unknown => {
                unpacking.miss(Why::Letters);
                latin(codes)
            }
        }
    }
}

/// What codes are when nothing is known of their font.
pub(super) fn latin(codes: &[u8]) -> String {
    WINDOWS_1252.decode_without_bom_handling(codes).0.into_owned()
}
