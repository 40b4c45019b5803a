//! The audit finds what is planted in archives and in packed files.

use super::packers::{brotli, gzip, png, streamed, tar, utf16, zip, zlib};
use super::{LEAK, PUBLIC, check_text, key, search};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::{Encoding, Place, Secret};
use zip::CompressionMethod::{Deflated, Stored};

/// A paragraph as word processors write it: no run stands together.
pub(super) fn paragraph(text: &str) -> String {
    let runs = text.replace('&', "&amp;").replace(' ', " </w:t></w:r><w:r><w:t xml:space=\"preserve\">");
    format!("<w:document><w:body><w:p><w:r><w:t>{runs}</w:t></w:r></w:p></w:body></w:document>")
}

/// Files with a text in them that is packed.
fn packed(text: &str) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    // What is too short to be packed stands there as it is.
    let text = &format!("{} {text}", PUBLIC.repeat(4));
    let document = paragraph(text);
    let docx = zip(Deflated, &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())]);
    let strings = format!("<sst><si><t>{}</t></si></sst>", text.replace('&', "&amp;"));
    let page = format!("<html><body><p>{}</p></body></html>", text.replace('&', "&amp;"));
    let text = text.as_bytes();
    let wide = [b"\xff\xfe".to_vec(), utf16(std::str::from_utf8(text).unwrap(), u16::to_le_bytes)].concat();
    let picture = png(b"zTXt", &[&b"Comment\0\0"[..], &zlib(text)].concat());
    let nested = zip(Deflated, &[("a.docx", &docx)]);
    vec![
        ("deflated", "a.zip", zip(Deflated, &[("b.txt", b"nothing"), ("a.txt", text)])),
        ("streamed", "a.zip", streamed(Deflated, &[("b.txt", b"nothing"), ("a.txt", text)])),
        ("UTF-16", "a.zip", zip(Deflated, &[("a.txt", &wide)])),
        ("a document", "a.docx", docx.clone()),
        ("strings of a table", "a.xlsx", zip(Deflated, &[("xl/sharedStrings.xml", strings.as_bytes())])),
        (
            "a book",
            "a.epub",
            [zip(Stored, &[("mimetype", b"application/epub+zip")]), zip(Deflated, &[("a.xhtml", page.as_bytes())])]
                .concat(),
        ),
        ("a document in an archive", "a.zip", nested.clone()),
        ("three deep", "a.zip", zip(Deflated, &[("a.zip", &zip(Deflated, &[("a.zip", &nested)]))])),
        ("stored archive", "a.zip", zip(Stored, &[("a.zip", &nested)])),
        ("stored picture", "a.zip", zip(Stored, &[("b.txt", b"nothing"), ("a.png", &picture)])),
        ("streamed and stored", "a.zip", streamed(Stored, &[("a.png", &picture), ("b.txt", b"nothing")])),
        ("behind a program", "a.exe", [&b"MZ\x90\0 some program"[..], &nested].concat()),
        ("without a directory", "a.zip", docx[..docx.len() - 150].to_vec()),
        ("gzip in an archive", "a.zip", zip(Stored, &[("a.json.gz", &gzip(text))])),
        ("tar, gzip", "a.tar.gz", gzip(&tar(&[("b.txt", b"nothing"), ("a.txt", text)]))),
        ("archive in tar", "a.tar", tar(&[("b.txt", b"nothing"), ("a.docx", &docx)])),
        ("picture in tar", "a.tgz", gzip(&tar(&[("b.txt", b"nothing"), ("a.png", &picture)]))),
        ("Brotli", "a.html.br", brotli(page.as_bytes())),
        ("Brotli of an archive", "a.docx.BR", brotli(&docx)),
        ("Brotli in an archive", "a.zip", zip(Stored, &[("a.html.br", &brotli(page.as_bytes()))])),
        ("Brotli, deflated", "a.zip", zip(Deflated, &[("a.html.br", &brotli(page.as_bytes()))])),
        ("Brotli in tar", "a.tar", tar(&[("a.html.br", &brotli(page.as_bytes()))])),
    ]
}

#[test]
fn text_is_found_in_archives_and_packed_files() {
    for ((way, name, bytes), (_, _, clean)) in packed(LEAK).into_iter().zip(packed(PUBLIC)) {
        assert_eq!(search(name, &clean), [], "{way} in {name} is clean");
        let leaks = search(name, &bytes);
        check_text(&leaks, name, 0, bytes.len(), &format!("{way} in {name}"));
        assert!(leaks[0].encodings.contains(&Encoding::Compressed), "{way} in {name}: {}", leaks[0]);
        let page = format!("<a download href=\"data:application/zip;base64,{}\">", BASE64_STANDARD.encode(&bytes));
        if !way.starts_with("Brotli") && !way.starts_with("behind") || way.ends_with("archive") && name == "a.zip" {
            check_text(
                &search("index.html", page.as_bytes()),
                "index.html",
                45,
                page.len(),
                &format!("{way} in a page"),
            );
        }
    }
}

#[test]
fn keys_are_found_in_archives_and_packed_files() {
    let key = key().bytes;
    let base64 = BASE64_STANDARD.encode(key);
    for data in [&key[..], base64.as_bytes()] {
        let files = [
            ("a.zip", zip(Deflated, &[("nothing.txt", b"nothing"), ("a.bin", data)])),
            ("a.zip", zip(Stored, &[("a.bin", data)])),
            ("a.zip", zip(Deflated, &[("a.zip", &zip(Stored, &[("a.bin", data)]))])),
            ("a.tar.gz", gzip(&tar(&[("a.bin", data)]))),
            ("a.bin.br", brotli(&[&[7; 100], data, &[7; 100]].concat())),
        ];
        for (name, bytes) in files {
            let leaks = search(name, &bytes);
            assert!(!leaks.is_empty(), "{name}");
            // What cannot be made smaller stands there as it is, and is told twice.
            assert!(
                leaks.iter().all(|it| it.secret == Secret::Key("tier paid 2026-11".to_owned())),
                "{name}: {leaks:#?}"
            );
        }
    }
}

#[test]
fn the_place_of_a_leak_in_an_archive_is_the_name_of_its_member() {
    let bytes = zip(Deflated, &[("a/long/name.txt", b"nothing"), ("word/document.xml", paragraph(LEAK).as_bytes())]);
    let leak = &search("a.docx", &bytes)[0];
    let Place::Byte(at) = leak.place else { panic!("{leak}") };
    assert!(bytes[at..].starts_with(b"word/document.xml"), "{leak}");
    assert!(leak.excerpt.starts_with("word/document.xml"), "{leak}");
}

#[test]
fn names_of_members_are_searched() {
    let name = "harbour/master's/café/hid/the/leak/wept/over.txt";
    for bytes in [
        zip(Deflated, &[(name, b"x")]),
        zip(Deflated, &[("a.zip", &zip(Stored, &[(name, b"x")]))]),
        gzip(&tar(&[(name, b"x")])),
    ] {
        assert!(!search("a.bin", &bytes).is_empty());
    }
}

#[test]
fn what_stands_in_an_archive_as_it_is_is_told_once() {
    let bytes = zip(Stored, &[("a.zip", &zip(Stored, &[("a.txt", LEAK.as_bytes())]))]);
    let at = memchr::memmem::find(&bytes, LEAK.as_bytes()).unwrap();
    check_text(&search("a.zip", &bytes), "a.zip", at, 0, "stored twice");
}
