//! The hand-written export of a lighthouse, with all that comes in of it.

use super::{Import, imports};

#[test]
fn golden_import() {
    let import = Import::lighthouse();
    let actual = import.run().to_string().replace(&imports().display().to_string(), "");
    import.compare(&actual, &imports().join("lighthouse/expected"));
}

#[test]
fn what_was_imported_can_be_built_and_no_secret_gets_out() {
    let import = Import::lighthouse();
    import.run();
    let site = import.build();
    let built = site.files();
    for path in [
        "2025/03/02/how-the-lamp-is-lit/index.html",
        "2025/03/05/fog-2/index.html",
        "subscribe-2/index.html",
        "media/2025/03/lens.png",
    ] {
        assert!(built.contains_key(path), "{path} is not among {:?}", built.keys());
    }
    for (path, bytes) in &built {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["SECRET", "hunter2", "gull@rock", "192.0.2.7", "keeper@lighthouse.example\"", "Unfinished"] {
            assert!(
                !text.contains(secret) || secret.starts_with("keeper@") && path.contains("subscribe-2"),
                "{secret} in {path}"
            );
        }
    }
    assert!(!built.contains_key("media/2025/03/ledger.png"), "media of a gated part are published");
}
