//! Text is found however it is written, in every kind of file, and in its name.

use super::{LEAK, PUBLIC, check_text, digits, key, noise, search};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use jumpline_press::audit::{Place, Secret};

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
pub(super) const FILES: [(&str, &str, &str); 9] = [
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
    let noise = noise(5000);
    for name in ["sealed/0123.bin", "app_bg.wasm", "media/song.mp3", "media/report.pdf"] {
        assert_eq!(search(name, &noise), [], "{name} is clean");
        for (way, text) in written() {
            let bytes = [&noise[..], b"\0 ", text.as_bytes(), b" \0", &noise].concat();
            check_text(&search(name, &bytes), name, noise.len() + 2, 84, &format!("{way} in {name}"));
        }
    }
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
    assert_eq!(search(&format!("sealed/{}.bin", digits(&key().bytes)), b"x")[0].secret, Secret::Key(key().name));
}
