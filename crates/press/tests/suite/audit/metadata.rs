//! What pictures and pieces of music say of themselves.

use super::packers::{gzip, jpeg, png, utf16, webp, zlib};
use super::{LEAK, PUBLIC, check_text, run_again, search, write};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jumpline_press::audit::{Encoding, Record};

/// Files with metadata.
fn pictures(text: &str) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let xmp = format!("<x:xmpmeta><dc:description>{}</dc:description></x:xmpmeta>", text.replace('&', "&amp;"));
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", xmp.as_bytes()].concat();
    let exif = [b"Exif\0\0II*\0\x08\0\0\0\0\0", text.as_bytes()].concat();
    let xp = [b"Exif\0\0II*\0\x08\0\0\0\0\0".to_vec(), utf16(text, u16::to_le_bytes)].concat();
    let unicode = [b"Exif\0\0MM\0*\0\0\0\x08\0UNICODE\0".to_vec(), utf16(text, u16::to_be_bytes)].concat();
    let latin1: Vec<u8> = text.replace('’', "'").chars().map(|it| u8::try_from(it).unwrap_or(b'?')).collect();
    let text_chunk = |text: &[u8]| [b"Comment\0", text].concat();
    let itxt = |flag: u8, text: &[u8]| [b"Comment\0", &[flag, 0][..], b"en\0Comment\0", text].concat();
    let exif_chunk = [b"II*\0\x08\0\0\0\0\0".to_vec(), utf16(text, u16::to_le_bytes)].concat();
    vec![
        ("tEXt", "a.png", png(b"tEXt", &text_chunk(&latin1))),
        ("zTXt", "a.png", png(b"zTXt", &[&b"Comment\0\0"[..], &zlib(&latin1)].concat())),
        ("iTXt", "a.png", png(b"iTXt", &itxt(0, text.as_bytes()))),
        ("iTXt, packed", "a.png", png(b"iTXt", &itxt(1, &zlib(text.as_bytes())))),
        ("XMP", "a.png", png(b"iTXt", &[&b"XML:com.adobe.xmp\0\0\0\0\0"[..], &xmp].concat())),
        ("eXIf, UTF-16", "a.png", png(b"eXIf", &exif_chunk)),
        ("EXIF", "a.jpg", jpeg(0xe1, &exif)),
        ("EXIF, XP tag", "a.jpg", jpeg(0xe1, &xp)),
        ("EXIF, user comment", "a.jpg", jpeg(0xe1, &unicode)),
        ("XMP", "a.jpg", jpeg(0xe1, &xmp)),
        ("comment", "a.jpg", jpeg(0xfe, text.as_bytes())),
        ("comment, as long as a letter", "a.jpg", jpeg(0xfe, format!("{text:-<95}").as_bytes())),
        ("EXIF, XP tag", "a.webp", webp(b"EXIF", &exif_chunk)),
        ("XMP", "a.webp", webp(b"XMP ", &xmp)),
        ("UTF-16 LE", "a.txt", [b"\xff\xfe".to_vec(), utf16(text, u16::to_le_bytes)].concat()),
        ("UTF-16 BE", "a.txt", [b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat()),
        (
            "ID3",
            "a.mp3",
            [
                b"ID3\x03\0\0\0\0\x01\0COMM\0\0\x01\0\0\0\x01eng\xff\xfe\0\0\xff\xfe".to_vec(),
                utf16(text, u16::to_le_bytes),
            ]
            .concat(),
        ),
        ("ID3, plain", "a.mp3", [b"ID3\x04\0\0\0\0\x01\0COMM\0\0\x01\0\0\0\x03eng\0", text.as_bytes()].concat()),
        (
            "Vorbis comment",
            "a.flac",
            [b"fLaC\x04\0\0\x60\x04\0\0\0Lavf\x01\0\0\0\x40\0\0\0COMMENT=", text.as_bytes()].concat(),
        ),
        ("MP4 comment", "a.m4a", [b"\0\0\0\x60\xa9cmt\0\0\0\x58data\0\0\0\x01\0\0\0\0", text.as_bytes()].concat()),
        ("behind the end", "a.jpg", [&jpeg(0xfe, b"x"), &b"\xff\xd9"[..], text.as_bytes(), b"\xff\xfb"].concat()),
        (
            "zTXt, packed, in an icon",
            "a.ico",
            [&b"\0\0\x01\0\x01\0"[..], &[0; 16], &png(b"zTXt", &[&b"Comment\0\0"[..], &zlib(&latin1)].concat())]
                .concat(),
        ),
        ("a chunk of its own", "a.png", png(b"prVt", text.as_bytes())),
        (
            "ID3 before the frames",
            "a.mp3",
            [b"ID3\x04\0\0\0\0\x01\0COMM\0\0\x01\0\0\0\x03eng\0", text.as_bytes(), b"\xff\xfb\x90\x64"].concat(),
        ),
        ("gzip", "a.svgz", gzip(text.as_bytes())),
        ("gzip of JSON", "a.json.gz", gzip(serde_json::to_string(&(PUBLIC.repeat(3), text)).unwrap().as_bytes())),
    ]
}

#[test]
fn metadata_is_searched_and_what_is_compressed_is_unpacked() {
    for ((way, name, bytes), (_, _, clean)) in pictures(LEAK).into_iter().zip(pictures(PUBLIC)) {
        assert_eq!(search(name, &clean), [], "{way} in {name} is clean");
        // What little can be packed stands there plainly, too.
        let sought = |name: &str, bytes: &[u8]| {
            let mut leaks = search(name, bytes);
            leaks.retain(|it| !way.contains("packed") || it.encodings.contains(&Encoding::Compressed));
            leaks
        };
        let leaks = sought(name, &bytes);
        check_text(&leaks, name, 0, bytes.len(), &format!("{way} in {name}"));
        if way.contains("UTF-16") || way.contains("XP") {
            assert!(leaks[0].encodings.contains(&Encoding::Utf16), "{way} in {name}: {}", leaks[0]);
        }
        let page = format!("<p><img src=\"data:image/png;base64,{}\"></p>", BASE64_STANDARD.encode(&bytes));
        let context = format!("{way} of {name} in a page");
        check_text(&sought("index.html", page.as_bytes()), "index.html", 35, page.len() - 35, &context);
    }
    let arabic = "قال القبطان إن الميناء كان مغلقا طوال الليل ولم يخبر أحدا";
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.jpg", &jpeg(0xe1, &[b"Exif\0\0".to_vec(), utf16(arabic, u16::to_le_bytes)].concat()));
    assert!(run_again(folder.path(), arabic, &Record::default()).is_err(), "UTF-16 without a Latin letter");
    let id3 = [b"ID3\x04\0\0\0\0\x01\0COMM\0\0\x01\0\0\0\x02ara".to_vec(), utf16(arabic, u16::to_be_bytes)].concat();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.mp3", &id3);
    assert!(run_again(folder.path(), arabic, &Record::default()).is_err(), "nor in a piece of music");
}
