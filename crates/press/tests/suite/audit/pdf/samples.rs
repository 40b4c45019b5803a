//! PDFs with a text somewhere in them.

use super::drawn::{drawn, mapped};
use super::write::Object::{Packed, Plain, Stream};
use super::write::{append, hex, latin_font, literal, locked, pdf, pdf_with, previous, wide};
use crate::audit::PUBLIC;
use crate::audit::packers::{jpeg, utf16, zip, zlib};
use lopdf::{Document, SaveOptions};
use zip::CompressionMethod::Deflated;

/// PDFs with a text in them.
pub(super) fn all(text: &str) -> Vec<(String, Vec<u8>)> {
    let nothing = || Packed(String::new(), b"BT /F1 12 Tf (Nothing) Tj ET".to_vec());
    let shown = format!("BT /F1 12 Tf {} Tj ET", literal(text).replace(' ', ")Tj( )Tj(")).into_bytes();
    let mut all = Vec::new();
    for (way, stream) in drawn(text) {
        all.push((
            format!("packed, {way}"),
            pdf("", &[Packed(String::new(), stream.clone().into_bytes()), latin_font()]),
        ));
        if way != "whole" {
            all.push((way.to_owned(), pdf("", &[Stream(String::new(), stream.into_bytes()), latin_font()])));
        }
    }
    let mut add = |way: &str, bytes: Vec<u8>| all.push((way.to_owned(), bytes));
    let (codes, map) = mapped(text);
    let codes = format!("BT /F1 12 Tf {codes} Tj ET").into_bytes();
    let composite = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Some/Encoding/Identity-H/ToUnicode 6 0 R>>";
    add(
        "glyphs and a map",
        pdf(
            "",
            &[Packed(String::new(), codes.clone()), Plain(composite.into()), Packed(String::new(), map.into_bytes())],
        ),
    );
    let codes_utf16 = format!("BT /F1 12 Tf {} Tj ET", hex(&utf16(text, u16::to_be_bytes))).into_bytes();
    let unicode = "<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/UniJIS-UTF16-H>>";
    add("codes are UTF-16", pdf("", &[Packed(String::new(), codes_utf16), Plain(unicode.into())]));
    let differences = "<</Type/Font/Subtype/Type1/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/a/e/t]>>>>";
    let other: String = String::from_utf8_lossy(&shown).replace("a", "\\001").replace("e", "\\002");
    let other = other.replace("t", "\\003");
    add("differences", pdf("", &[Packed(String::new(), other.into_bytes()), Plain(differences.into())]));
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F1 5 0 R>>>>";
    add("a form", pdf("", &[nothing(), latin_font(), Packed(form.into(), shown.clone())]));
    add(
        "an appearance",
        pdf(
            "/Annots[<</Subtype/Widget/F 2/AP<</N 6 0 R>>/Rect[0 0 9 9]>>]",
            &[nothing(), latin_font(), Packed(form.into(), shown.clone())],
        ),
    );
    add("nothing leads there", pdf("", &[nothing(), latin_font(), Packed(String::new(), shown.clone())]));
    let (first, last) = shown.split_at(shown.len() / 2);
    let last_from = last.iter().position(|it| *it == b'(').unwrap();
    let (first, last) = ([first, &last[..last_from]].concat(), last[last_from..].to_vec());
    let mut two = pdf("", &[Packed(String::new(), first), latin_font(), Packed(String::new(), last)]);
    let at = memchr::memmem::find(&two, b"4 0 R>>").unwrap();
    two.splice(at..at + 5, *b"[4 0 R 6 0 R]");
    add("two streams, and a wrong table", two);
    add("a note", pdf(&format!("/Annots[<</Subtype/Text/Contents {}>>]", wide(text)), &[nothing(), latin_font()]));
    add(
        "a note in Latin letters",
        pdf(&format!("/Annots[<</Subtype/Text/Contents {}>>]", literal(text)), &[nothing(), latin_font()]),
    );
    add(
        "a note in letters of a PDF",
        pdf(
            &format!("/Annots[<</Subtype/Text/Contents {}>>]", literal(text).replace("\\222", "\\220")),
            &[nothing(), latin_font()],
        ),
    );
    add(
        "information",
        pdf_with("/Info 6 0 R", "", &[nothing(), latin_font(), Plain(format!("<</Subject {}>>", wide(text)))]),
    );
    add("the title of a bookmark", pdf("", &[nothing(), latin_font(), Plain(format!("<</Title {}>>", wide(text)))]));
    let actual = format!("/Span<</ActualText {}>>BDC BT (x) Tj ET EMC", wide(text));
    add("what a screen reader says", pdf("", &[Packed(String::new(), actual.into_bytes()), latin_font()]));
    let xmp = format!("<x:xmpmeta><dc:description>{}</dc:description></x:xmpmeta>", text.replace('&', "&amp;"));
    add(
        "packed XMP",
        pdf("", &[nothing(), latin_font(), Packed("/Type/Metadata/Subtype/XML".into(), xmp.into_bytes())]),
    );
    let docx = zip(Deflated, &[("a.txt", format!("{} {text}", PUBLIC.repeat(4)).as_bytes())]);
    add("an attachment", pdf("", &[nothing(), latin_font(), Packed("/Type/EmbeddedFile".into(), docx.clone())]));
    add("an attachment as it is", pdf("", &[nothing(), latin_font(), Stream("/Type/EmbeddedFile".into(), docx)]));
    let exif = jpeg(0xe1, &[b"Exif\0\0".to_vec(), utf16(text, u16::to_le_bytes)].concat());
    add(
        "EXIF of a picture",
        pdf("", &[nothing(), latin_font(), Stream("/Subtype/Image/Filter/DCTDecode".into(), exif)]),
    );
    let ascii = |it: &[u8]| hex(it).replace('<', "").into_bytes();
    add(
        "two filters",
        pdf("", &[Stream("/Filter[/ASCIIHexDecode/FlateDecode]".into(), ascii(&zlib(&shown))), latin_font()]),
    );

    let mut edited = pdf(
        "",
        &[Packed(String::new(), codes), Plain(composite.into()), Packed(String::new(), mapped(text).1.into_bytes())],
    );
    let table = previous(&edited);
    append(&mut edited, &[(4, &nothing()), (5, &latin_font())], &table);
    add("an earlier revision", edited);
    let shown = || {
        Packed(String::new(), format!("BT /F1 12 Tf {} Tj ET", literal(text).replace(' ', ")Tj( )Tj(")).into_bytes())
    };
    let mut torn = pdf("", &[shown(), latin_font()]);
    torn.truncate(memchr::memmem::find(&torn, b"endstream").unwrap());
    add("torn", torn);
    add("without a head", [b"%PDF-1.4 but nothing after it is\n", &pdf("", &[shown(), latin_font()])[30..]].concat());
    add("behind something else", [&b"some bytes before\n"[..], &pdf("", &[shown(), latin_font()])].concat());

    let mut document =
        Document::load_mem(&pdf("", &[shown(), latin_font(), Plain(format!("<</Title {}>>", wide(text)))])).unwrap();
    let mut out = Vec::new();
    document
        .save_with_options(&mut out, SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build())
        .unwrap();
    add("streams of objects", out);
    add("locked without a password", locked(&pdf("", &[shown(), latin_font()]), ""));
    all
}
