//! The audit finds what is planted in a PDF, wherever it stands in it and however it is drawn.

mod drawn;
mod hostile;
mod samples;
mod write;

use super::packers::zip;
use super::{LEAK, PUBLIC, check_text, digits, key, search, unread};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::{Encoding, Place, Secret, Why};
use samples::all;
use write::Object::{Packed, Plain};
use write::{hex, latin_font, literal, locked, pdf, wide};
use zip::CompressionMethod::Stored;

#[test]
fn text_is_found_in_a_pdf_however_it_is_drawn() {
    for ((way, bytes), (_, clean)) in all(LEAK).into_iter().zip(all(PUBLIC)) {
        assert_eq!(search("a.pdf", &clean), [], "{way} is clean");
        let leaks = search("a.pdf", &bytes);
        assert!(!leaks.is_empty(), "{way}");
        check_text(&leaks[..1], "a.pdf", 0, bytes.len(), &way);
    }
}

#[test]
fn the_place_of_a_leak_in_a_pdf_is_its_object() {
    let shown = format!("BT /F1 12 Tf {} Tj ET", literal(LEAK).replace(' ', ")Tj( )Tj("));
    let bytes = pdf("", &[Packed(String::new(), shown.into_bytes()), latin_font()]);
    let leaks = search("a.pdf", &bytes);
    let at = memchr::memmem::find(&bytes, b"4 0 obj").unwrap();
    check_text(&leaks, "a.pdf", at, 0, "shown");
    assert_eq!(leaks[0].encodings, [Encoding::Pdf]);
    let told = "a.pdf: byte 223: locked text of /harbour/ (articles/harbour.md), PDF: `4 0 obj·<</Length ";
    assert!(leaks[0].to_string().starts_with(told), "{}", leaks[0]);
    let archive = zip(Stored, &[("a.pdf", &bytes)]);
    check_text(&search("a.zip", &archive), "a.zip", at + 35, 0, "in an archive");
    let page = format!("<a href=\"data:application/pdf;base64,{}\">", BASE64_STANDARD.encode(&bytes));
    let leaks = search("index.html", page.as_bytes());
    check_text(&leaks, "index.html", 37 + at * 4 / 3, 4, "in a page");
    assert_eq!(leaks[0].encodings, [Encoding::Base64, Encoding::Pdf]);
}

#[test]
fn keys_are_found_in_a_pdf() {
    let key = key().bytes;
    let base64 = BASE64_STANDARD.encode(key);
    let shown = |text: &str| {
        Packed(
            String::new(),
            format!("BT /F1 9 Tf [{}] TJ ET", text.chars().map(|it| literal(&it.to_string())).collect::<String>())
                .into_bytes(),
        )
    };
    let digits = digits(&key);
    let lines = base64
        .as_bytes()
        .chunks(30)
        .map(|it| literal(std::str::from_utf8(it).unwrap()))
        .collect::<Vec<_>>()
        .join(" Tj 0 0 Td ");
    let nothing = || Packed(String::new(), Vec::new());
    for (way, objects) in [
        ("shown", vec![shown(&base64), latin_font()]),
        ("shown in digits", vec![shown(&digits), latin_font()]),
        ("shown in pieces", vec![Packed(String::new(), format!("BT {lines} Tj ET").into_bytes()), latin_font()]),
        ("a string", vec![nothing(), latin_font(), Plain(format!("<</ID {}>>", hex(&key)))]),
        ("a title", vec![nothing(), latin_font(), Plain(format!("<</Title {}>>", wide(&base64)))]),
        (
            "attached",
            vec![nothing(), latin_font(), Packed("/Type/EmbeddedFile".into(), [&[0; 100], &key[..]].concat())],
        ),
    ] {
        let leaks = search("a.pdf", &pdf("", &objects));
        assert!(!leaks.is_empty(), "{way}");
        assert!(leaks.iter().all(|it| it.secret == Secret::Key("tier paid 2026-11".to_owned())), "{way}: {leaks:#?}");
        assert!(leaks.iter().all(|it| matches!(it.place, Place::Byte(_))), "{way}");
    }
}

#[test]
fn a_pdf_that_cannot_be_read_is_told() {
    let shown = || Packed(String::new(), format!("BT /F1 12 Tf {} Tj ET", literal(PUBLIC)).into_bytes());
    let clean = pdf("", &[shown(), latin_font()]);
    assert_eq!(unread("a.pdf", &clean), []);
    assert_eq!(unread("a.pdf", &locked(&clean, "")), []);
    assert_eq!(unread("a.pdf", &locked(&clean, "password")), [Why::Encrypted]);
    assert_eq!(unread("a.pdf", b"%PDF-1.7\nand nothing else"), [Why::Damaged]);
    let composite = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Some/Encoding/Identity-H>>";
    assert_eq!(unread("a.pdf", &pdf("", &[shown(), Plain(composite.into())])), [Why::Letters]);
}
