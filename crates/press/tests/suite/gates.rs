//! Where a gated article breaks off when nobody says where, and what is locked with the rest.

use crate::driver::Site;

#[test]
fn media_that_stand_above_all_text_are_locked() {
    let site = Site::copy("small");
    std::fs::write(site.path("content/media/episode.mp3"), b"ID3 a whole episode").unwrap();
    for (name, body) in [
        (
            "podcast",
            "<p><audio controls src=\"/media/episode.mp3\"></audio></p>\n\nWhat is said in it, in a few words.",
        ),
        ("link", "[Listen](/media/episode.mp3)\n\nWhat is said in it, in a few more words than one."),
        ("pictures", "![](/media/unused.svg \"Seen from the quay\")\n\n![](/media/unused.svg \"Seen from the sea\")"),
    ] {
        site.write(
            &format!("content/articles/{name}.md"),
            &format!("---\ntitle: {name}\ndate: 2025-02-18\nvisibility: paid\n---\n{body}\n"),
        );
    }
    site.build();
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!path.contains("episode") && !path.contains("unused"), "{path}");
        assert!(!text.contains("a whole episode") && !text.contains("Seen from"), "{path}");
    }
}

#[test]
fn a_gate_that_hides_nothing_is_a_warning() {
    let site = Site::copy("small");
    site.write(
        "content/articles/open.md",
        "---\ntitle: Open\ndate: 2025-02-18\nvisibility: paid\n---\nAll of it.\n\n<!--more-->\n",
    );
    assert_eq!(
        site.warnings("open.md"),
        [
            "./content/articles/open.md:6: is gated and hides nothing, since nothing follows the teaser; put `<!--more-->` before what is \
             to be locked"
        ]
    );
}

#[test]
fn choices_between_sizes_are_locked_however_they_are_written() {
    let site = Site::copy("small");
    let choices = "/media/buoy.svg 1x,/media/unused.svg 2x";
    let article = |visibility: &str| {
        format!(
            "---\ntitle: Open\ndate: 2025-02-18\n{visibility}---\nA\n\n<!--more-->\n\n\
             <img src=\"/media/buoy.svg\" alt=\"\" srcset=\"{choices},https://tracker.example/x 3x\">\n"
        )
    };
    site.write("content/articles/open.md", &article("visibility: paid\n"));
    site.build();
    assert!(!site.path("dist/media/unused.svg").exists() && !site.read("dist/open/article.json").contains("unused"));
    site.write("content/articles/open.md", &article(""));
    site.build();
    assert!(site.path("dist/media/unused.svg").exists());
    let base = site.read("dist/open/article.json");
    assert!(base.contains("media/buoy.svg 1x, ") && base.contains("media/unused.svg 2x"), "{base}");
    for (path, bytes) in site.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("tracker.example"), "{path}");
    }
    let feed = site.read("dist/feed.json");
    assert!(feed.contains("media/unused.svg 2x") && !feed.contains(" 1x, /"), "{feed}");
}

#[test]
fn the_archive_marks_what_is_locked() {
    let site = Site::copy("small");
    site.write(
        "content/articles/shut.md",
        "---\ntitle: Shut\ndate: 2025-02-18\nvisibility: paid\n---\nFor all.\n\n<!--more-->\n\nFor some.\n",
    );
    site.build();
    let archive = ["", "page/2/"].map(|it| site.read(&format!("dist/archive/{it}index.html"))).concat();
    let entry = |name: &str| {
        archive.split("<li class=\"archive-entry\">").find(|it| it.contains(&format!(">{name}</a>"))).unwrap()
    };
    assert!(entry("Shut").contains("class=\"gate-mark\">Subscribers<"), "{archive}");
    assert!(!entry("The ferry is late again").contains("gate-mark"), "{archive}");
}
