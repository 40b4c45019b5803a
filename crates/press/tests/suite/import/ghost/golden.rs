//! The hand-written export of a ferry, with all that comes in of it.

use super::{Import, imports};
use std::fs;

#[test]
fn golden_ghost_import() {
    let import = Import::ferry();
    let actual = import.run().to_string();
    import.compare(&actual, &imports().join("ferry/expected"));
}

#[test]
fn what_came_from_ghost_can_be_built_and_no_secret_gets_out() {
    let import = Import::ferry();
    import.run();
    // What the report asks for: the files that were not at hand.
    let media = import.content().join("media");
    fs::copy(media.join("images/2024/05/pier.png"), media.join("images/2024/05/gone.png")).unwrap();
    fs::create_dir_all(media.join("media/2024/05")).unwrap();
    fs::write(media.join("media/2024/05/horn.mp3"), "ID3 horn").unwrap();
    let site = import.build();
    let built = site.files();
    for path in [
        "every-card/index.html",
        "captains-table/index.html",
        "subscribe-2/index.html",
        "section/boats/index.html",
        "media/images/2024/05/pier.png",
        "media/files/2024/05/timetable.pdf",
    ] {
        assert!(built.contains_key(path), "{path} is not among {:?}", built.keys());
    }
    for (path, bytes) in &built {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["SECRET", "@ferry.example", "$2a$hidden", "Unfinished", "__GHOST_URL__", "kg-card"] {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    assert!(!built.contains_key("media/images/2024/05/ledger.png"), "media of a gated part are published");
    let page = site.read("dist/every-card/index.html");
    assert!(page.contains("<summary>And dogs?</summary>") && page.contains("href=\"/fares/\""), "{page}");
}
