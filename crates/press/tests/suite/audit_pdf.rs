//! The audit finds what is planted in a PDF, wherever it stands in it and however it is drawn.

use crate::audit::{LEAK, PUBLIC, check_text, jpeg, key, run, search, utf16, write, zlib};
use crate::audit_packed::zip;
use crate::pdf::Object::{Packed, Plain, Stream};
use crate::pdf::{append, hex, latin_font, literal, locked, pdf, pdf_with, previous, wide};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::{Encoding, Place, Secret, Why};
use lopdf::{Document, SaveOptions};
use std::time::{Duration, Instant};
use zip::CompressionMethod::Stored;

/// Glyphs numbered as they come, with a map of what they are.
fn mapped(text: &str) -> (String, String) {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let glyph = |it: char| letters.binary_search(&it).unwrap() as u16 + 3;
    let codes: Vec<u8> = text.chars().flat_map(|it| glyph(it).to_be_bytes()).collect();
    let lines: String = letters.iter().map(|it| format!("<{:04X}> <{:04X}>\n", glyph(*it), *it as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
         {} beginbfchar\n{lines}endbfchar endcmap end",
        letters.len()
    );
    (hex(&codes), map)
}

/// Streams that show a text, each in another way.
fn drawn(text: &str) -> Vec<(&'static str, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let show = |separator: &str, it: &[&str]| it.iter().map(|it| literal(it)).collect::<Vec<_>>().join(separator);
    let lines = words.chunks(3).map(|it| it.join(" ")).collect::<Vec<_>>();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let letters: Vec<String> = text.chars().map(|it| literal(&it.to_string())).collect();
    let kerned = words.iter().map(|it| it.chars().map(|it| literal(&it.to_string())).collect::<Vec<_>>().join("-40"));
    let kerned = kerned.collect::<Vec<_>>().join(" -278 ");
    let each = |it: &[&str], after: &str| it.iter().map(|it| format!("{}{after}", literal(it))).collect::<String>();
    vec![
        ("whole", format!("BT /F1 12 Tf 50 700 Td {} Tj ET", literal(text))),
        ("lines, Td", format!("BT /F1 12 Tf 50 700 Td {} ET", each(&lines, " Tj 0 -14 Td "))),
        ("lines, T*", format!("BT /F1 12 Tf 14 TL 50 700 Td {} ET", each(&lines, " Tj T* "))),
        ("lines, quotes", format!("BT /F1 12 Tf 14 TL 50 700 Td {} ET", each(&lines, " ' "))),
        ("lines, two quotes", format!("BT /F1 12 Tf 14 TL 0 0 {} \" ET", show(" \" 0 0 ", &lines))),
        ("words, TJ", format!("BT /F1 12 Tf [{}] TJ ET", show(" -250 ", &words))),
        ("letters, TJ", format!("BT /F1 12 Tf [{kerned}] TJ ET")),
        ("words, Td", format!("BT /F1 12 Tf {} ET", each(&words, " Tj 40 0 Td "))),
        (
            "words, each by itself",
            words.iter().map(|it| format!("BT /F1 12 Tf 1 0 0 1 5 7 Tm {} Tj ET\n", literal(it))).collect(),
        ),
        ("letters, Td", format!("BT /F1 12 Tf {} Tj ET", letters.join(" Tj 6 0 Td "))),
        ("letters, Tm", format!("BT /F1 12 Tf 1 0 0 1 44 700 Tm {} Tj ET", letters.join(" Tj 1 0 0 1 50 700 Tm "))),
        (
            "hexadecimal",
            format!(
                "BT /F1 12 Tf {} Tj ET",
                hex(&text.replace('’', "'").chars().map(|it| it as u8).collect::<Vec<_>>())
            ),
        ),
        ("a picture in between", format!("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI BT /F1 12 Tf {} Tj ET", literal(text))),
    ]
}

/// PDFs with a text in them.
fn all(text: &str) -> Vec<(String, Vec<u8>)> {
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
    let utf16 = format!("BT /F1 12 Tf {} Tj ET", hex(&utf16(text, u16::to_be_bytes))).into_bytes();
    let unicode = "<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/UniJIS-UTF16-H>>";
    add("codes are UTF-16", pdf("", &[Packed(String::new(), utf16), Plain(unicode.into())]));
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
    let docx = zip(zip::CompressionMethod::Deflated, &[("a.txt", format!("{} {text}", PUBLIC.repeat(4)).as_bytes())]);
    add("an attachment", pdf("", &[nothing(), latin_font(), Packed("/Type/EmbeddedFile".into(), docx.clone())]));
    add("an attachment as it is", pdf("", &[nothing(), latin_font(), Stream("/Type/EmbeddedFile".into(), docx)]));
    let exif = jpeg(0xe1, &[b"Exif\0\0".to_vec(), crate::audit::utf16(text, u16::to_le_bytes)].concat());
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
    let digits: String = key.iter().map(|it| format!("{it:02x}")).collect();
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

/// What an audit could not look into.
fn unread(bytes: &[u8]) -> Vec<Why> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.pdf", bytes);
    run(folder.path()).unwrap().unread.into_iter().flat_map(|it| it.why).collect()
}

#[test]
fn a_pdf_that_cannot_be_read_is_told() {
    let shown = || Packed(String::new(), format!("BT /F1 12 Tf {} Tj ET", literal(PUBLIC)).into_bytes());
    let clean = pdf("", &[shown(), latin_font()]);
    assert_eq!(unread(&clean), []);
    assert_eq!(unread(&locked(&clean, "")), []);
    assert_eq!(unread(&locked(&clean, "password")), [Why::Encrypted]);
    assert_eq!(unread(b"%PDF-1.7\nand nothing else"), [Why::Damaged]);
    let composite = "<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Some/Encoding/Identity-H>>";
    assert_eq!(unread(&pdf("", &[shown(), Plain(composite.into())])), [Why::Letters]);
}

#[test]
fn a_broken_pdf_breaks_nothing() {
    let begun = Instant::now();
    let whole = &all(LEAK);
    for (way, bytes) in
        whole.iter().filter(|it| it.0.contains("map") || it.0.contains("streams") || it.0.contains("locked"))
    {
        for cut in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            search("a.pdf", &bytes[..cut]);
        }
        for broken in 0..80_usize {
            let mut bytes = bytes.clone();
            for it in 0..6_usize {
                let at = (broken * 6 + it).wrapping_mul(2_654_435_761) % bytes.len();
                bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(broken as u8);
            }
            search("a.pdf", &bytes);
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{way}: {:?}", begun.elapsed());
    }
}

#[test]
fn a_hostile_pdf_takes_no_more_than_others() {
    let begun = Instant::now();
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let ranges = "1 beginbfrange <00000000> <ffffffff> <0041> endbfrange";
    let composite = "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>";
    let zeros = vec![0; 10 << 20];
    let shown = || Packed(String::new(), b"BT /F1 12 Tf <0102> Tj ET".to_vec());
    let files = [
        pdf("", &[Plain(deep("[", "]")), latin_font()]),
        pdf("", &[Plain(deep("<</A", ">>")), latin_font()]),
        pdf(
            "",
            &[
                Packed(String::new(), format!("BT {} TJ {} Tj", deep("[", "]"), deep("(", ")")).into_bytes()),
                latin_font(),
            ],
        ),
        pdf(
            "/Parent 3 0 R/Contents 3 0 R/Resources 7 0 R",
            &[shown(), latin_font(), Plain("7 0 R".into()), Plain("6 0 R".into())],
        ),
        pdf("", &[shown(), Plain(composite.into()), Packed(String::new(), ranges.into())]),
        pdf("", &[Packed(String::new(), zeros.clone()), latin_font(), Packed(String::new(), zeros.clone())]),
        pdf(
            "",
            &[Stream("/Filter[/FlateDecode/FlateDecode/FlateDecode]".into(), zlib(&zlib(&zlib(&zeros)))), latin_font()],
        ),
        pdf("", &[Packed("/Type/ObjStm/N 900000/First 900000".into(), zeros), latin_font()]),
        [&b"%PDF-1.7\n"[..], &b"1 0 obj stream\n".repeat(20_000)].concat(),
        [&b"%PDF-1.7\n"[..], &b"%%EOF\nstartxref\n9\n".repeat(20_000)].concat(),
    ];
    files.iter().for_each(|it| drop(search("a.pdf", it)));
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}
