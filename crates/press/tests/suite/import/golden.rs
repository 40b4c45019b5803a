//! The hand-written export of a lighthouse, with all that comes in of it.

use super::{Import, imports};
use crate::driver::files;
use std::collections::BTreeSet;

#[test]
fn golden_import() {
    let import = Import::lighthouse();
    let mut actual = import.run().to_string().replace(&import.folder.path().display().to_string(), "");
    actual = actual.replace(&imports().display().to_string(), "");
    let expected = imports().join("lighthouse/expected");
    let check = |path: &str, actual: &str| {
        let data = snapbox::Data::read_from(&expected.join(path), Some(snapbox::data::DataFormat::Text)).raw();
        snapbox::Assert::new().action_env("SNAPSHOTS").eq(snapbox::Data::text(actual).raw(), data);
    };
    check("report.txt", &actual);
    let mut seen = BTreeSet::from(["report.txt".to_owned()]);
    for (path, bytes) in import.files().iter().filter(|it| !it.0.starts_with("media/")) {
        check(path, &String::from_utf8(bytes.clone()).unwrap());
        seen.insert(path.clone());
    }
    let unused: Vec<_> = files(&expected).into_keys().filter(|it| !seen.contains(it)).collect();
    assert!(unused.is_empty(), "nothing was compared with {unused:?}");
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
