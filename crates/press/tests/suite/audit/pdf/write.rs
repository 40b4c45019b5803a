//! PDFs that a test writes object by object.

use crate::audit::packers::{utf16, zlib};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};

/// An object of a PDF.
pub(super) enum Object {
    Plain(String),
    Stream(String, Vec<u8>),
    Packed(String, Vec<u8>),
}
use Object::{Packed, Plain, Stream};

/// A PDF of these objects, numbered from 4 on. The first three are the catalogue, the pages and a page: its stream is
/// object 4, its font 5, and `more` stands in its dictionary.
pub(super) fn pdf(more: &str, objects: &[Object]) -> Vec<u8> {
    pdf_with("", more, objects)
}

pub(super) fn pdf_with(trailer: &str, more: &str, objects: &[Object]) -> Vec<u8> {
    let head = [
        Plain("<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        Plain("<</Type/Pages/Kids[3 0 R]/Count 1/Resources<</Font<</F1 5 0 R>>>>/MediaBox[0 0 600 800]>>".to_owned()),
        Plain(format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{more}>>")),
    ];
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let objects: Vec<(usize, &Object)> = (1..).zip(head.iter().chain(objects)).collect();
    append(&mut out, &objects, trailer);
    out
}

/// Adds objects with a table of where they stand.
pub(super) fn append(out: &mut Vec<u8>, objects: &[(usize, &Object)], trailer: &str) {
    let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
    for (number, object) in objects {
        table += &format!("{number} 1\n{:010} 00000 n \n", out.len());
        let (dictionary, data) = match object {
            Plain(it) => {
                out.extend(format!("{number} 0 obj\n{it}\nendobj\n").bytes());
                continue;
            }
            Stream(it, data) => (it.clone(), data.clone()),
            Packed(it, data) => (format!("/Filter/FlateDecode{it}"), zlib(data)),
        };
        out.extend(format!("{number} 0 obj\n<</Length {}{dictionary}>>\nstream\n", data.len()).bytes());
        out.extend(data);
        out.extend(b"\nendstream\nendobj\n");
    }
    let start = out.len();
    let size = objects.iter().map(|it| it.0).max().unwrap_or_default().max(40) + 1;
    out.extend(format!("{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n").bytes());
}

/// A literal string in Latin letters.
pub(super) fn literal(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let code = |it: char| match it {
        '’' => "\\222".to_owned(),
        it if it.is_ascii() => it.to_string(),
        it => format!("\\{:03o}", it as u32),
    };
    format!("({})", text.chars().map(code).collect::<String>())
}

pub(super) fn hex(bytes: &[u8]) -> String {
    format!("<{}>", bytes.iter().map(|it| format!("{it:02X}")).collect::<String>())
}

/// A text string as information about a document is written.
pub(super) fn wide(text: &str) -> String {
    hex(&[b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat())
}

pub(super) fn latin_font() -> Object {
    Plain("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned())
}

pub(super) fn previous(bytes: &[u8]) -> String {
    format!("/Prev {}", memchr::memmem::rfind(bytes, b"xref\n0").unwrap())
}

/// Locked with a password.
pub(super) fn locked(bytes: &[u8], password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).unwrap();
    let id = lopdf::Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}
