//! The export of a real site, where `shared/samples/` lies beside the project.

use super::Import;
use jumpline_article::{CommentFile, Publication};
use jumpline_press::import::report::Topic;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// `shared/samples/` beside the project, where it is there.
fn sample(name: &str) -> Option<PathBuf> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = above.map(|it| it.join("shared/samples").join(name)).find(|it| it.exists());
    if found.is_none() {
        println!("skipped: shared/samples/{name} is not beside the project");
    }
    found
}

#[test]
fn the_export_of_a_real_site() {
    let (Some(export), Some(uploads)) = (sample("wordpress-export.xml"), sample("uploads")) else { return };
    let import = Import { media: Some(uploads), ..Import::of(export) };
    let report = import.run();
    assert_eq!((report.articles.new, report.pages.new, report.comments, report.media.new), (13, 3, 13, 3), "{report}");
    let paths: Vec<String> = import.files().into_keys().collect();
    assert!(paths.iter().all(|it| !it.ends_with(".html")), "{paths:?}");
    let permalinks: BTreeSet<String> = paths
        .iter()
        .filter(|it| it.ends_with(".md"))
        .filter_map(|it| import.read(it).lines().find_map(|it| it.strip_prefix("permalink: ").map(ToOwned::to_owned)))
        .collect();
    for permalink in [
        "/hello-world/",
        "/russia-us-agree-to-work-toward-ending-the-ukraine-war/",
        "/18-2/",
        "/about/contact/",
        "/letter-in-four-scripts/",
    ] {
        assert!(permalinks.contains(permalink), "{permalinks:?}");
    }
    let all: String = paths.iter().filter(|it| !it.starts_with("media/")).map(|it| import.read(it)).collect();
    // Nothing private, nobody's address, nothing of WordPress' own machinery.
    for never in [
        "192.0.2.",
        "@reader.example",
        "photocopies",
        "Internal only",
        "Eleven anchors",
        "wp-block",
        "<!-- wp:",
        "[caption",
        "[gallery",
        "127.0.0.1:8803/wp-content",
        "window.__x",
    ] {
        assert!(!all.contains(never), "{never}");
    }
    let threads = CommentFile::from_json(
        &import.read("articles/2025/russia-us-agree-to-work-toward-ending-the-ukraine-war.comments.json"),
    )
    .unwrap();
    assert_eq!(threads.comments.len(), 6);
    assert_eq!(threads.comments[3].parent.as_ref().map(|it| it.as_str()), Some("4"));
    let publication = Publication::from_toml(&import.read("publication.toml")).unwrap();
    assert_eq!(publication.title, "The Meridian Post");
    let sections: Vec<_> = publication.sections.iter().map(|it| it.slug.as_str()).collect();
    assert_eq!(sections, ["city", "education", "environment", "opinion", "world"]);
    assert_eq!(publication.lead.map(String::from).as_deref(), Some("/letters-why-we-still-print-on-thursdays/"));
    let left_out: Vec<_> = report.remarks(Topic::LeftOut).map(|it| it.0).collect();
    assert!(
        left_out.iter().any(|it| it.contains("password")) && left_out.iter().any(|it| it.contains("private")),
        "{left_out:?}"
    );
    let before = import.files();
    import.run();
    assert_eq!(before, import.files());
    import.build();
}

#[test]
fn a_shorter_export_of_a_real_site_takes_nothing_away() {
    let Some(path) = sample("wordpress-export.xml") else { return };
    let import = Import::of(path.clone());
    import.run();
    let before = import.files();
    let text = fs::read_to_string(&path).unwrap();
    let mut parts = text.split("<item>");
    let mut shorter = parts.next().unwrap().to_owned();
    for part in
        parts.filter(|it| !it.contains("<wp:post_type><![CDATA[attachment]]>") && !it.contains("<![CDATA[wp_block]]>"))
    {
        shorter += &format!("<item>{part}");
    }
    if !shorter.contains("</channel>") {
        shorter += "</channel></rss>";
    }
    assert!(shorter.len() < text.len());
    let poorer = Import { export: import.folder.path().join("poorer.xml"), ..import };
    fs::write(&poorer.export, shorter).unwrap();
    let report = poorer.run();
    assert_eq!(report.articles.updated + report.pages.updated, 0, "{report}");
    assert_eq!(before, poorer.files());
}
