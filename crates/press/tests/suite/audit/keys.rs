//! Keys are found however they are written, and what only resembles is not.

use super::written::FILES;
use super::{digits, key, search};
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
use jumpline_press::audit::{Place, Secret};

#[test]
fn keys_are_found_in_every_file_however_they_are_written() {
    let key = key().bytes;
    let hex = digits(&key);
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
