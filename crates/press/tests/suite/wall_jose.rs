//! The wall's formats against an independent JOSE implementation (npm `jose`), in both directions.

use crate::driver::Site;
use crate::wall::{Keys, keys};
use jumpline_article::Visibility;
use jumpline_article::wall::{Bytes, Claims, Compact, Envelope, Keyring, Rest};
use jumpline_press::wall::open;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn another_implementation_opens_ours_and_we_open_its() {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/node_modules");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/jose.mjs");
    if !tools.join("jose").is_dir() || Command::new("node").arg("--version").output().is_err() {
        eprintln!("nothing was tested: node or {}/jose is absent; run `cargo xtask tools`", tools.display());
        return;
    }
    let site = Site::copy("small");
    let Keys { envelope, wrapping, kid, pass, entry_key, entry } = keys(&site);
    let (rest, claims) =
        (r#"{"content_html":"<p>From elsewhere.</p>"}"#, r#"{"version":1,"status":"live","until":"2027-01-31"}"#);
    let work = json!({
        "envelope": envelope, "wrapping": text(&wrapping), "entry": entry, "entryKey": text(&entry_key),
        // General serialisation wants more than one recipient to be worth its name.
        "recipients": [["paid/2020-01", text(&[9; 32])], [kid.to_string(), text(&wrapping)]],
        "rest": rest, "claims": claims,
    });
    // Beside the module that it imports, which node looks for from where the script lies.
    let (work_file, out) = (site.path("work.json"), site.path("out.json"));
    fs::write(&work_file, work.to_string()).unwrap();
    let here = site.path("jose.mjs");
    fs::copy(&script, &here).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&tools, site.path("node_modules")).unwrap();
    let ran = Command::new("node").arg(&here).arg(&work_file).arg(&out).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));

    let theirs: Value = serde_json::from_str(&fs::read_to_string(&out).unwrap()).unwrap();
    let said = |name: &str| theirs[name].as_str().unwrap().to_owned();
    assert!(said("rest").contains("GATEDWORD"), "jose opens our envelope");
    assert_eq!(Claims::from_json(&said("claims")).unwrap().until, "2099-01-31", "jose opens our entry");

    let envelope: Envelope = serde_json::from_value(theirs["envelope"].clone()).unwrap();
    let key = open::content_key(&envelope, |it| (*it == kid).then_some(wrapping)).unwrap();
    let opened: Rest = open::envelope(&envelope, "/chart/", Visibility::Paid, &key).unwrap();
    assert_eq!(opened.content_html, "<p>From elsewhere.</p>", "we open an envelope of jose's");

    assert!(Compact::parse(&said("entry")).is_some());
    let tag = entry_tag(&site, &entry);
    let keyring = Keyring { version: 1, entries: [(tag, said("entry"))].into() };
    assert_eq!(open::claims(&keyring, &pass).unwrap().unwrap().until, "2027-01-31", "we open an entry of jose's");
}

fn entry_tag(site: &Site, entry: &str) -> String {
    let keyring = Keyring::from_json(&site.read("dist/keyring/0000.json")).unwrap();
    keyring.entries.into_iter().find(|it| it.1 == entry).unwrap().0
}

fn text(bytes: &[u8; 32]) -> String {
    Bytes::from(bytes.as_slice()).to_string()
}
