//! The audit finds what is planted: every kind of leak, in every kind of file, however it is written.

use crate::driver::Site;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use jumpline_press::audit::{self, Audit, AuditError, Encoding, Leak, Place, Record, Secret};
use jumpline_press::build;
use jumpline_press::wall::{GatedText, Secret as Secret32, SecretKey};
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// Eight words of the locked text, with letters that every escape writes in another way.
pub(crate) const LEAK: &str = "harbour master’s café \"hid\" the leak & wept over";
const BODY: &str = "Nobody knew it then. The harbour master’s café \"hid\" the leak & wept over it for a year, until the tide \
                    brought the barrels back to the quay where children found them.";
pub(crate) const PUBLIC: &str =
    "The ferry is late again, and the town would like to know why it always is on a Monday.";

/// A key without a byte that could be taken for text.
pub(crate) fn key() -> SecretKey {
    SecretKey {
        name: "tier paid 2026-11".to_owned(),
        bytes: std::array::from_fn(|it| (it as u8).wrapping_mul(89) ^ 0xa5),
    }
}

/// Searches one file. Gives back its leaks.
pub(crate) fn search(name: &str, bytes: &[u8]) -> Vec<Leak> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, bytes);
    match run(folder.path()) {
        Ok(summary) => {
            assert_eq!((summary.files, summary.searched), (1, 1));
            Vec::new()
        }
        Err(AuditError::Leaks(leaks)) => leaks.iter().cloned().collect(),
        Err(error) => panic!("{error}"),
    }
}

pub(crate) fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

pub(crate) fn run(out: &Path) -> Result<audit::Summary, AuditError> {
    run_again(out, BODY, &Record::default()).map(|it| it.0)
}

pub(crate) fn run_again(out: &Path, body: &str, before: &Record) -> Result<(audit::Summary, Record), AuditError> {
    let gated = [GatedText { article: "/harbour/".into(), file: "articles/harbour.md".into(), text: body.into() }];
    audit::run(&Audit { out, gated: &gated, public: &[PUBLIC], keys: &[key()] }, before)
}

/// Ways to write text.
fn written() -> Vec<(&'static str, String)> {
    let html =
        |it: &str| it.replace('&', "&amp;").replace('"', "&quot;").replace('’', "&rsquo;").replace('é', "&eacute;");
    let json = |it: &str| serde_json::to_string(it).unwrap().trim_matches('"').to_owned();
    let ascii = |it: &str| -> String {
        it.chars()
            .map(|it| if it.is_ascii_lowercase() { it.to_string() } else { format!("\\u{:04X}", it as u32) })
            .collect()
    };
    let percent = |it: &str| percent_encoding::utf8_percent_encode(it, percent_encoding::NON_ALPHANUMERIC).to_string();
    let all_percent = |it: &str| it.bytes().map(|it| format!("%{it:02x}")).collect::<String>();
    let numeric = |it: &str| it.chars().map(|it| format!("&#{};", it as u32)).collect::<String>();
    let base64 = |it: &str| BASE64_STANDARD.encode(it);
    let base64url = |it: &str| BASE64_URL_SAFE_NO_PAD.encode(it);
    let tags = LEAK
        .replace("master", "<i class=\"x > y\">mas</i>ter")
        .replace("the leak", "<b>the</b> leak")
        .replace('&', "&amp;");
    let lines = BASE64_STANDARD.encode(format!("{} {LEAK}", "~".repeat(60)));
    vec![
        ("plain", LEAK.to_owned()),
        ("upper case", LEAK.to_uppercase()),
        ("other line ends", LEAK.replace(' ', "\r\n\t")),
        ("html", html(LEAK)),
        ("html, numbers", numeric(LEAK)),
        ("html, twice", html(&html(LEAK))),
        ("tags", tags.clone()),
        ("paragraphs", LEAK.replace("the ", "</p>\n<p>the ")),
        ("tags, escaped", html(&tags)),
        ("json", json(LEAK)),
        ("json, ascii", ascii(LEAK)),
        ("json of html", json(&tags).replace('<', "\\u003c")),
        ("json of json", json(&json(&ascii(LEAK)))),
        ("percent", percent(LEAK)),
        ("percent, all", all_percent(LEAK)),
        ("percent, form", percent(LEAK).replace("%20", "+")),
        ("percent of json of html", percent(&json(&html(&tags)))),
        ("base64", base64(LEAK)),
        ("base64, 1 before", base64(&format!("-{LEAK}"))),
        ("base64, 2 before", base64(&format!("\u{1}\u{2}{LEAK}"))),
        ("base64, behind letters", format!("data/x{}", base64(LEAK))),
        ("base64, lines", format!("{}\r\n{}", &lines[..76], &lines[76..])),
        ("base64, escaped in json", base64(&format!("{LEAK}???>>>")).replace('/', "\\/").replace('+', "\\u002b")),
        ("base64url", base64url(&format!("???>>>{LEAK}"))),
        ("base64 of base64", base64(&base64(LEAK))),
        ("base64 of json of html", base64(&json(&html(&tags)))),
        ("base64url of percent", base64url(&all_percent(LEAK))),
        ("data uri", format!("data:text/html;base64,{}", base64(&html(LEAK)))),
        ("data uri, percent", format!("data:text/html,{}", percent(&tags))),
    ]
}

/// Files in which a text can stand: name, what comes before, what comes after.
const FILES: [(&str, &str, &str); 9] = [
    (
        "harbour/index.html",
        "<!doctype html><title>The ferry</title><main><p>The ferry is late again. ",
        " It</p></main>",
    ),
    ("harbour/article.json", r#"{"title":"R&D at 100 % \"quoted\"","content_html":" "#, r#" ","tags":[]}"#),
    ("feed.xml", "<?xml version=\"1.0\"?><rss><channel><description>a &amp; b ", " </description></channel></rss>"),
    ("feed/cdata.xml", "<rss><description><![CDATA[ ", " ]]></description></rss>"),
    ("robots.txt", "User-agent: *\n# ", "\nAllow: /\n"),
    ("assets/app.js", "const a=b<c&&d>e?f%10:\"\\n\";const text=` ", " `;"),
    ("assets/app.css", ".a::before{content:\" ", " \"}"),
    ("media/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>x</title><text> ", " </text></svg>"),
    ("manifest.webmanifest", r#"{"name":"The ferry","description":" "#, r#" "}"#),
];

#[track_caller]
pub(crate) fn check_text(leaks: &[Leak], file: &str, offset: usize, slack: usize, context: &str) {
    let [leak] = leaks else { panic!("{context}: {} leaks: {leaks:#?}", leaks.len()) };
    assert_eq!(leak.file, file, "{context}");
    let Place::Byte(at) = leak.place else { panic!("{context}: {leak}") };
    assert!((offset..=offset + slack).contains(&at), "{context}: {at} is not {offset} to {}", offset + slack);
    assert_eq!(leak.secret, Secret::Text { article: "/harbour/".into(), source: "articles/harbour.md".into() });
}

#[test]
fn text_is_found_in_every_file_however_it_is_written() {
    for (name, before, after) in FILES {
        assert_eq!(search(name, format!("{before}{PUBLIC}{after}").as_bytes()), [], "{name} is clean");
        for (way, text) in written() {
            let leaks = search(name, format!("{before}{text}{after}").as_bytes());
            // Base64 says the place to a few letters; some ways put something before the text.
            let slack = if way.starts_with("base64, lines") {
                84
            } else if way.contains("data uri") {
                30
            } else {
                16
            };
            check_text(&leaks, name, before.len(), slack, &format!("{way} in {name}"));
        }
    }
}

#[test]
fn text_is_found_in_files_that_are_no_text() {
    let noise: Vec<u8> = (0..5000_u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["sealed/0123.bin", "app_bg.wasm", "media/song.mp3", "media/report.pdf"] {
        assert_eq!(search(name, &noise), [], "{name} is clean");
        for (way, text) in written() {
            let bytes = [&noise[..], b"\0 ", text.as_bytes(), b" \0", &noise].concat();
            check_text(&search(name, &bytes), name, noise.len() + 2, 84, &format!("{way} in {name}"));
        }
    }
}

pub(crate) fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

pub(crate) fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], name, data, b"crc!"].concat()
}

pub(crate) fn png(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let (header, picture, end) = (chunk(b"IHDR", &header), chunk(b"IDAT", &zlib(&[0, 0])), chunk(b"IEND", &[]));
    [&b"\x89PNG\r\n\x1a\n"[..], &header, &chunk(name, data), &picture, &end].concat()
}

pub(crate) fn jpeg(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u16 + 2).to_be_bytes();
    [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, marker][..], &length, data, &[0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9]]
        .concat()
}

fn webp(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = (data.len() as u32).to_le_bytes();
    [&b"RIFF\xff\0\0\0WEBP"[..], name, &length, data].concat()
}

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
        ("gzip", "a.svgz", gzip(text.as_bytes())),
        ("gzip of JSON", "a.json.gz", gzip(serde_json::to_string(&(PUBLIC.repeat(3), text)).unwrap().as_bytes())),
    ]
}

#[test]
fn metadata_is_searched_and_what_is_compressed_is_unpacked() {
    for ((way, name, bytes), (_, _, clean)) in pictures(LEAK).into_iter().zip(pictures(PUBLIC)) {
        assert_eq!(search(name, &clean), [], "{way} in {name} is clean");
        let leaks = search(name, &bytes);
        check_text(&leaks, name, 0, bytes.len(), &format!("{way} in {name}"));
        if way.contains("UTF-16") || way.contains("XP") {
            assert!(leaks[0].encodings.contains(&Encoding::Utf16), "{way} in {name}: {}", leaks[0]);
        }
        let page = format!("<p><img src=\"data:image/png;base64,{}\"></p>", BASE64_STANDARD.encode(&bytes));
        let context = format!("{way} of {name} in a page");
        check_text(&search("index.html", page.as_bytes()), "index.html", 35, page.len() - 35, &context);
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

#[test]
fn names_are_searched() {
    for name in [
        "media/harbour-masters-cafe-hid-the-leak-wept-over.jpg",
        "harbour%20master%27s%20caf%c3%a9%20hid%20the%20leak%20wept%20over.txt",
        "harbour/masters/café/hid/the/leak/wept/over",
    ] {
        let leaks = search(name, b"x");
        assert_eq!(leaks.len(), 1, "{name}");
        assert_eq!((leaks[0].place, leaks[0].file.as_str()), (Place::Name, name));
    }
    let hex: String = key().bytes.iter().map(|it| format!("{it:02x}")).collect();
    assert_eq!(search(&format!("sealed/{hex}.bin"), b"x")[0].secret, Secret::Key(key().name));
}

#[test]
fn keys_are_found_in_every_file_however_they_are_written() {
    let key = key().bytes;
    let hex: String = key.iter().map(|it| format!("{it:02x}")).collect();
    let base64 = BASE64_STANDARD.encode(key);
    let before_and_after = BASE64_URL_SAFE_NO_PAD.encode([&[1, 2][..], &key, &[3, 4, 5, 6]].concat());
    let ways = [
        ("raw", key.to_vec()),
        ("hex", hex.clone().into_bytes()),
        ("HEX", hex.to_uppercase().into_bytes()),
        ("hex, among letters", format!("key_{hex}_a").into_bytes()),
        ("hex, odd", format!("a{hex}").into_bytes()),
        ("base64", base64.clone().into_bytes()),
        ("base64url", BASE64_URL_SAFE_NO_PAD.encode(key).into_bytes()),
        ("base64url, with a check", before_and_after.into_bytes()),
        ("base64 of base64", BASE64_STANDARD.encode(&base64).into_bytes()),
        ("base64 of json", BASE64_STANDARD.encode(format!("{{\"k\":\"{base64}\"}}")).into_bytes()),
        ("base64 of hex", BASE64_STANDARD.encode(&hex).into_bytes()),
        ("percent", key.iter().flat_map(|it| format!("%{it:02X}").into_bytes()).collect()),
        ("base64, percent", base64.replace('+', "%2B").replace('/', "%2f").replace('=', "%3D").into_bytes()),
        ("base64, json", base64.replace('/', "\\/").replace('+', "\\u002B").into_bytes()),
        ("base64, html", base64.replace('/', "&#x2F;").replace('+', "&plus;").into_bytes()),
        (
            "a pass",
            format!("https://paper.example/unlock/#st0c1234567890ab.{}AAAA", BASE64_URL_SAFE_NO_PAD.encode(key))
                .into_bytes(),
        ),
    ];
    let others = [("sealed/a.bin", "\0\0", "\0"), ("a.png", "\u{7f}PNG\0", "\0")];
    for (name, before, after) in FILES.into_iter().chain(others) {
        for (way, bytes) in &ways {
            let file = [before.as_bytes(), bytes, after.as_bytes()].concat();
            let leaks = search(name, &file);
            let [leak] = &leaks[..] else { panic!("{way} in {name}: {leaks:#?}") };
            assert_eq!((leak.file.as_str(), &leak.secret), (name, &Secret::Key("tier paid 2026-11".to_owned())));
            let Place::Byte(at) = leak.place else { panic!("{way} in {name}: {leak}") };
            assert!((before.len()..before.len() + 52).contains(&at), "{way} in {name}: {at}, not {}", before.len());
            assert!(!leak.to_string().contains(&base64[..8]), "a key is not told: {leak}");
        }
    }
}

#[test]
fn what_only_resembles_is_no_leak() {
    let others = [
        "The harbour master’s café hid the leak",
        "wept & leak the \"hid\" café master’s harbour",
        "harbour master’s café \"hid\" a leak & wept over",
        "The ferry is late again, and the town would like to know why it always is on a Monday.",
        "Nobody knew it then. It was the harbour master.",
    ];
    for (name, before, after) in FILES {
        assert_eq!(search(name, format!("{before}{}{after}", others.join(" | and ")).as_bytes()), [], "{name}");
    }
    let mut key = key().bytes;
    key[31] ^= 1;
    assert_eq!(search("a.bin", &key), []);
    assert_eq!(search("a.json", format!("\"{}\"", BASE64_STANDARD.encode(key)).as_bytes()), []);
}

#[test]
fn a_clean_site_is_not_searched_twice_and_a_changed_one_is() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "index.html", PUBLIC.as_bytes());
    write(folder.path(), "feed.xml", b"<rss/>");
    let (summary, record) = run_again(folder.path(), BODY, &Record::default()).unwrap();
    assert_eq!((summary.files, summary.searched), (2, 2));
    let (summary, record) = run_again(folder.path(), BODY, &record).unwrap();
    assert_eq!((summary.files, summary.searched), (2, 0));
    assert_eq!(
        run_again(folder.path(), "Another text of eight words is locked here now", &record).unwrap().0.searched,
        2
    );
    write(folder.path(), "feed.xml", LEAK.as_bytes());
    assert!(run_again(folder.path(), BODY, &record).is_err());
}

#[test]
fn every_leak_is_told_in_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let html = format!("<p>{}</p>", LEAK.replace('&', "&amp;").replace('"', "&quot;"));
    write(folder.path(), "a/index.html", html.as_bytes());
    write(folder.path(), "b.json", serde_json::to_string(&BASE64_STANDARD.encode(&html)).unwrap().as_bytes());
    write(folder.path(), "c.txt", BASE64_STANDARD.encode(key().bytes).as_bytes());
    let error = run(folder.path()).unwrap_err().to_string();
    let lines = [
        "a/index.html: byte 3: locked text of /harbour/ (articles/harbour.md), HTML-escaped: `harbour master’s café &quot;hid&quot; th…`",
        "error: b.json: byte 5: locked text of /harbour/ (articles/harbour.md), base64 in HTML-escaped: `aGFyYm91ciBtYXN0ZXLigJlzIGNhZsOpICZxdW90…`",
        "error: c.txt: byte 0: the key `tier paid 2026-11`, base64",
        "3 leaks; do not publish this folder: take out of the public parts what is locked, and build again",
    ];
    assert_eq!(error.lines().collect::<Vec<_>>(), lines);
    for number in 0..60 {
        write(folder.path(), &format!("d/{number}.txt"), LEAK.as_bytes());
    }
    let error = run(folder.path()).unwrap_err().to_string();
    assert_eq!(error.lines().count(), 52);
    assert!(error.contains("\n… and 13 more\n63 leaks; "), "{error}");
}

pub(crate) const ARTICLE: &str = "---\ntitle: The harbour\ndate: 2026-11-02\nvisibility: paid\n---\n\nThe harbour is closed & nobody says why.\n\n\
                       <!--more-->\n\nNobody knew it then. The harbour master’s *café* \"hid\" the leak & wept over it for a year, \
                       until the tide brought the barrels back.\n";

#[test]
fn a_build_ends_with_the_audit() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let whole = site.files();
    let summary = build::audit(&site.options()).unwrap();
    assert!(summary.searched == whole.len() && summary.runs > 10 && summary.keys > 2, "{summary}");
    assert_eq!(site.build().built, 0, "and the second build has nothing to search");
    site.write("shell/notes.txt", &format!("to do: {LEAK}"));
    let error = site.fail(false);
    assert!(
        error.starts_with("notes.txt: byte 7: locked text of /harbour/ (./content/articles/harbour.md): `harbour"),
        "{error}"
    );
    assert_eq!(site.fail(false), error, "until it is mended");
    site.remove("shell/notes.txt");
    site.build();
    assert!(site.files() == whole);
}

#[test]
fn the_audit_by_itself_reads_what_a_publisher_put_in() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.build();
    let secret = Secret32::from([7; 32]).line();
    site.write("dist/backup.txt", &secret);
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(
        error.starts_with("backup.txt: byte ") && error.contains("the key `the publisher's secret`, base64"),
        "{error}"
    );
    site.remove("dist/backup.txt");
    site.edit(
        "dist/harbour/article.json",
        "closed",
        "closed. He hid the leak \\u0026amp; wept over it for a year, and",
    );
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.starts_with("harbour/article.json: byte ") && error.contains("JSON-escaped"), "{error}");
}

#[test]
fn what_is_published_elsewhere_is_no_leak() {
    let site = Site::copy("small");
    site.write("content/articles/harbour.md", ARTICLE);
    site.write(
        "content/articles/quote.md",
        &format!("---\ntitle: A quote\ndate: 2026-11-03\n---\n\nThey wrote: {LEAK}.\n"),
    );
    site.build();
}

#[test]
fn an_article_may_quote_the_head_of_its_own_envelope() {
    let site = Site::copy("small");
    let quoted = "```json\n{\"recipients\": [{\"header\": {\"alg\": \"A256KW\", \"kid\": \"pilots/2026-11\"}, \"encrypted_key\": \"…\"}]}\n```";
    let article = ARTICLE.replace("<!--more-->", &format!("<!--more-->\n\n{quoted}\n"));
    assert!(article != ARTICLE);
    site.write("content/articles/harbour.md", &article);
    site.build();
}

/// Sentences that no other seed writes.
fn prose(seed: usize, words: usize) -> String {
    const SOUNDS: [&str; 16] =
        ["ka", "lo", "mi", "ru", "te", "so", "ne", "va", "bi", "du", "fe", "go", "hu", "ji", "po", "za"];
    let word = |at: usize| {
        let mut number = (seed * 7919 + at * 104_729 + 17).wrapping_mul(2_654_435_761) % 65_536;
        let mut word = String::new();
        for _ in 0..4 {
            word += SOUNDS[number % 16];
            number /= 16;
        }
        word
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

fn paid(site: &Site, name: &str, teaser: &str, rest: &str) {
    let head = "---\ntitle: T\ndate: 2026-11-02\nvisibility: paid\n---\n";
    site.write(&format!("content/articles/{name}.md"), &format!("{head}{teaser}\n\n<!--more-->\n\n{rest}\n"));
}

fn open(site: &Site, name: &str, text: &str) {
    site.write(&format!("content/articles/{name}.md"), &format!("---\ntitle: T\ndate: 2026-11-03\n---\n{text}\n"));
}

#[test]
fn a_public_copy_of_a_locked_text_fails_the_build() {
    let site = Site::copy("small");
    let (teaser, rest) = (prose(1, 40), prose(2, 200));
    paid(&site, "story", &teaser, &rest);
    site.build();
    let said = "everybody can read 100 % of what ./content/articles/story.md locks here; lock this article too, take the text out of it, \
                or move what everybody may read before the marker of ./content/articles/story.md";
    open(&site, "story-copy", &format!("{teaser}\n\n{rest}"));
    assert_eq!(
        site.fail(false),
        format!(
            "./content/articles/story-copy.md: {said}\nerror: 1 article in which locked text stands openly; do not publish this folder"
        )
    );
    let error = build::audit(&site.options()).unwrap_err().to_string();
    assert!(error.contains("story-copy.md: everybody can read 100 %"), "{error}");
    // A third of it, with markup and between other words; and what another article's teaser shows.
    let third = rest.split(' ').take(70).collect::<Vec<_>>().join(" ").replacen(' ', " *and* & ", 1);
    open(&site, "story-copy", &format!("{} {third} {}", prose(3, 300), prose(4, 300)));
    assert!(site.fail(false).contains("story-copy.md: everybody can read 3"));
    site.remove("content/articles/story-copy.md");
    paid(&site, "digest", &rest, &prose(5, 100));
    assert!(site.fail(false).contains("digest.md: everybody can read 100 %"));
    // Twice is no custom, when it is a whole article.
    site.remove("content/articles/digest.md");
    open(&site, "one", &rest);
    open(&site, "two", &rest);
    assert!(site.fail(false).contains("2 articles in which locked text stands openly"));
    site.remove("content/articles/one.md");
    site.remove("content/articles/two.md");
    site.build();
}

#[test]
fn what_articles_share_is_no_copy() {
    let site = Site::copy("small");
    let (foot, rest) = (prose(6, 60), prose(7, 200));
    paid(&site, "story", &prose(8, 40), &format!("{rest}\n\n{foot}"));
    // A quotation, and a correction with what was wrong.
    let quoted = |from: usize, words: usize| rest.split(' ').skip(from).take(words).collect::<Vec<_>>().join(" ");
    open(&site, "quote", &format!("{} {} {}", prose(9, 50), quoted(20, 30), quoted(100, 25)));
    open(&site, "correction", &format!("We wrote: {}. That was wrong.", quoted(60, 40)));
    open(&site, "news", &format!("{}\n\n{foot}", prose(12, 100)));
    site.build();
    // A foot that is most of what is locked: in three articles, and in many.
    paid(&site, "short", &prose(10, 40), &format!("{}\n\n{foot}", prose(11, 30)));
    site.build();
    let block = prose(13, 150);
    for issue in 0..5 {
        open(&site, &format!("issue-{issue}"), &format!("{}\n\n{block}", prose(20 + issue, 100)));
        paid(
            &site,
            &format!("letter-{issue}"),
            &format!("{}\n\n{block}", prose(30 + issue, 40)),
            &format!("{}\n\n{block}", prose(40 + issue, 20)),
        );
    }
    site.build();
    // And what is too short to be anything but a phrase.
    paid(&site, "riddle", &prose(14, 40), &prose(15, 15));
    open(&site, "answer", &format!("{} {}", prose(16, 40), prose(15, 15)));
    site.build();
}
