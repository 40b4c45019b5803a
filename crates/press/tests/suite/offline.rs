//! What a reader takes along for a time without a network.

use crate::driver::Site;
use serde_json::Value;
use std::fs;

#[test]
fn the_lists_are_named_with_their_size() {
    let site = Site::copy("small");
    site.build();
    let archive: Value = serde_json::from_str(&site.read("dist/offline.json")).unwrap();
    let lists = &archive["lists"];
    let paths: Vec<&str> = lists["paths"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert_eq!(paths[..2], ["", "archive/"]);
    for kind in ["section/", "tag/", "author/"] {
        assert!(paths.iter().any(|it| it.starts_with(kind)), "no {kind} in {paths:?}");
    }
    let pages = site.files().into_keys().filter(|it| it.ends_with("listing.json")).count();
    assert_eq!(paths.len(), pages, "every list, and each once");
    let size = |path: String| fs::metadata(site.path(&format!("dist/{path}"))).unwrap().len();
    let bytes: u64 = paths.iter().map(|it| size(format!("{it}index.html")) + size(format!("{it}listing.json"))).sum();
    // What the foot of every page names opens, too.
    let files: Vec<&str> = lists["files"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    assert!(files.contains(&"about/index.html") && files.contains(&"about/article.json"), "{files:?}");
    let bytes = bytes + files.iter().map(|it| size((*it).to_owned())).sum::<u64>();
    assert_eq!(lists["bytes"], bytes);
}
