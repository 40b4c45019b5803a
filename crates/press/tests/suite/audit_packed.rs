//! The audit finds what is planted in archives and in packed files, and says so where it cannot look.

use crate::audit::{ARTICLE, LEAK, PUBLIC, check_text, gzip, key, png, run, run_again, search, utf16, write, zlib};
use crate::driver::Site;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use jumpline_press::audit::{Encoding, Leak, Place, Record, Secret, Why};
use jumpline_press::build;
use std::io::{Cursor, Write as _};
use std::time::{Duration, Instant};
use zip::CompressionMethod::{self, Deflated, Stored};
use zip::unstable::write::FileOptionsExt as _;
use zip::write::{SimpleFileOptions, ZipWriter};

/// An archive as `zip` writes it.
pub(crate) fn zip(method: CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    members.iter().for_each(|(name, data)| {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(data).unwrap();
    });
    writer.finish().unwrap().into_inner()
}

/// An archive as a program writes it that cannot go back: lengths stand behind the data.
fn streamed(method: CompressionMethod, members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    members.iter().for_each(|(name, data)| {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(data).unwrap();
    });
    writer.finish().unwrap().into_inner()
}

fn encrypted(data: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(Deflated).with_deprecated_encryption(b"pass").unwrap();
    writer.start_file("a.txt", options).unwrap();
    writer.write_all(data).unwrap();
    writer.finish().unwrap().into_inner()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, data) in members {
        let mut block = [0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
        block[257..263].copy_from_slice(b"ustar\0");
        out.extend(block);
        out.extend_from_slice(data);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

fn brotli(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 18, ..Default::default() };
    brotli::BrotliCompress(&mut Cursor::new(data), &mut out, &parameters).unwrap();
    out
}

/// A paragraph as word processors write it: no run stands together.
fn paragraph(text: &str) -> String {
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

/// What an audit could not look into.
fn unread(name: &str, bytes: &[u8]) -> Vec<Why> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, bytes);
    run(folder.path()).unwrap().unread.into_iter().flat_map(|it| it.why).collect()
}

#[test]
fn ciphertext_that_begins_like_a_packed_file_is_not_damaged() {
    let random: Vec<u8> = (0..200u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
    let bucket =
        |bytes: &[u8]| format!("{{\"version\":1,\"entries\":[{{\"key\":\"{}\"}}]}}", BASE64_STANDARD.encode(bytes));
    for flags in [0, 0xff, random[0]] {
        let entry = [&[0x1f, 0x8b, 8, flags][..], &random].concat();
        assert_eq!(unread("0502.json", bucket(&entry).as_bytes()), [], "{flags}");
    }
    // What is packed all the same is looked into, torn or not.
    let packed = gzip(format!("{LEAK} {}", PUBLIC.repeat(4)).as_bytes());
    for bytes in [&packed[..], &packed[..packed.len() - 6]] {
        assert!(!search("0502.json", bucket(bytes).as_bytes()).is_empty());
    }
}

#[test]
fn what_cannot_be_looked_into_is_said() {
    let ooxml =
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600], utf16("EncryptedPackage", u16::to_le_bytes)]
            .concat();
    let mut lzma = zip(Deflated, &[("a.txt", b"nothing at all")]);
    lzma[8] = 14;
    let mut deep = zip(Deflated, &[("a.txt", PUBLIC.as_bytes())]);
    for _ in 0..12 {
        deep = zip(Deflated, &[("a.zip", &deep)]);
    }
    let cases = [
        ("a.zip", encrypted(LEAK.as_bytes()), Why::Encrypted),
        ("a.docx", ooxml, Why::Encrypted),
        ("a.zip", lzma, Why::Unknown),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), Why::Unknown),
        ("a.bz2", b"BZh91AY&SY....".to_vec(), Why::Unknown),
        ("a.zst", b"\x28\xb5\x2f\xfd....".to_vec(), Why::Unknown),
        ("a.br", b"this is no Brotli at all".to_vec(), Why::Damaged),
        ("a.gz", gzip(PUBLIC.as_bytes())[..40].to_vec(), Why::Damaged),
        ("a.zip", deep, Why::TooDeep),
    ];
    for (name, bytes, why) in cases {
        assert_eq!(unread(name, &bytes), [why], "{name}");
    }
    let torn = gzip(PUBLIC.as_bytes())[..40].to_vec();
    let stored = zip(Stored, &[("a.txt", b"nothing"), ("a.json.gz", &torn)]);
    for (name, bytes) in [("a.zip", stored), ("a.tar", tar(&[("a.gz", &torn)])), ("a.gz", gzip(&torn))] {
        assert_eq!(unread(name, &bytes), [Why::Damaged], "torn in {name}");
    }
    assert_eq!(unread("a.txt", b"BZh, PK\x03\x04 and %PDF-1.7 are no files"), []);

    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.zip", &encrypted(LEAK.as_bytes()));
    write(folder.path(), "b.7z", b"7z\xbc\xaf\x27\x1c\0\x04");
    let (summary, record) = run_again(folder.path(), PUBLIC, &Record::default()).unwrap();
    let told = "\n2 files could not be looked into: a.zip (encrypted), b.7z (packed in a way that is not read here)";
    assert!(summary.to_string().ends_with(told), "{summary}");
    let (again, _) = run_again(folder.path(), PUBLIC, &record).unwrap();
    assert_eq!((again.searched, again.unread), (0, summary.unread), "and the next audit says it again");
}

#[test]
fn a_torn_archive_is_searched_to_the_tear() {
    let noise: Vec<u8> = (0..40_000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let members: [(&str, &[u8]); 3] = [("a.txt", LEAK.as_bytes()), ("b.bin", &noise), ("c.txt", PUBLIC.as_bytes())];
    for (name, bytes) in
        [("a.zip", zip(Deflated, &members)), ("a.tar.gz", gzip(&tar(&members))), ("a.br", brotli(&tar(&members)))]
    {
        for cut in (0..bytes.len()).step_by(997).chain([1, 4, 29, 30, 31, bytes.len() - 1]) {
            let is_told = search_whatever(name, &bytes[..cut]);
            assert!(cut < 20_000 || is_told, "{name}, cut at {cut}");
        }
        for broken in 0..60 {
            let mut bytes = bytes.clone();
            let at = broken * bytes.len() / 60;
            bytes[at] ^= 0x55;
            search_whatever(name, &bytes);
        }
    }
}

/// Searches without a word about what is found.
fn search_whatever(name: &str, bytes: &[u8]) -> bool {
    let leaks: Vec<Leak> = search(name, bytes);
    !leaks.is_empty()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_bomb_does_not_go_off() {
    let begun = Instant::now();
    let zeros = vec![0; 10 << 20];
    let one = zip(Deflated, &[("a.bin", &zeros)]);
    assert_eq!(unread("a.zip", &one), [Why::TooLarge]);
    assert_eq!(unread("a.gz", &gzip(&zeros)), [Why::TooLarge]);
    assert_eq!(unread("a.br", &brotli(&zeros)), [Why::TooLarge]);
    let many: Vec<(String, &[u8])> = (0..16).map(|it| (format!("{it}.zip"), &one[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, data)| (name.as_str(), *data)).collect();
    let many = zip(Deflated, &many);
    assert_eq!(unread("a.zip", &zip(Deflated, &[("a.zip", &many), ("b.zip", &many)])), [Why::TooLarge]);
    // Members that share one kernel: each header is quoted by the member before it.
    let header = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a";
    let shared = [header.repeat(2000), deflated(&zeros)].concat();
    assert!(unread("a.zip", &shared).contains(&Why::TooLarge));
    assert!(begun.elapsed() < Duration::from_secs(120), "{:?}", begun.elapsed());
}

#[test]
fn a_build_says_what_its_audit_could_not_look_into() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let before = site.build().warnings;
    std::fs::write(site.path("shell/a.zip"), encrypted(b"nothing")).unwrap();
    assert_eq!(site.build().warnings, before + 1);
    assert_eq!(site.build().warnings, before + 1, "and the next build says it again");
    assert_eq!(build::audit(&site.options()).unwrap().unread.len(), 1);
    let docx = zip(Deflated, &[("word/document.xml", paragraph(LEAK).as_bytes())]);
    std::fs::write(site.path("shell/a.docx"), docx).unwrap();
    let error = site.fail(false);
    assert!(error.starts_with("a.docx: byte 30: locked text of /harbour/"), "{error}");
}
