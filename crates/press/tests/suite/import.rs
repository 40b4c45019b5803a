//! Imports: an export goes in, a publication comes out that the press can build, and nobody's work is lost.

use crate::driver::{Site, files};
use jumpline_article::{CommentFile, Publication};
use jumpline_press::import::report::{Report, Topic};
use jumpline_press::import::wordpress::{self, Options};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that something is imported into.
pub(crate) struct Import {
    folder: tempfile::TempDir,
    pub(crate) export: PathBuf,
    media: Option<PathBuf>,
    pub(crate) drafts: bool,
}

impl Import {
    fn of(export: impl Into<PathBuf>) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), export: export.into(), media: None, drafts: false }
    }

    /// The hand-written export of `tests/imports/`, with its uploads.
    fn lighthouse() -> Self {
        let root = imports().join("lighthouse");
        Self { media: Some(root.join("uploads")), ..Self::of(root.join("export.xml")) }
    }

    /// An export with these items, written into the folder itself.
    pub(crate) fn items(items: &str) -> Self {
        Self::bytes(format!("{HEAD}{items}</channel></rss>").as_bytes())
    }

    fn bytes(bytes: &[u8]) -> Self {
        let mut import = Self::of("");
        import.export = import.folder.path().join("export.xml");
        fs::write(&import.export, bytes).unwrap();
        import
    }

    pub(crate) fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    pub(crate) fn try_run(&self) -> anyhow::Result<(Report, Option<anyhow::Error>)> {
        wordpress::run(&Options {
            export: self.export.clone(),
            into: self.content(),
            media: self.media.clone(),
            drafts: self.drafts,
            all: true,
        })
    }

    #[track_caller]
    pub(crate) fn run(&self) -> Report {
        let (report, stopped) = self.try_run().unwrap_or_else(|error| panic!("{error:#}"));
        assert!(stopped.is_none(), "{stopped:?}");
        report
    }

    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        if self.content().is_dir() { files(&self.content()) } else { BTreeMap::new() }
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.content().join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}, there are {:?}", self.files().keys()))
    }
}

fn imports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports")
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\">\n<channel><title>T</title><language>en</language>\
    <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://t.example</wp:base_blog_url>\n";

pub(crate) fn item(id: u32, slug: &str, body: &str) -> String {
    format!(
        "<item><title>Title {id}</title><link>https://t.example/{slug}/</link><content:encoded><![CDATA[{body}]]></content:encoded>\
        <wp:post_id>{id}</wp:post_id><wp:post_date_gmt>2025-02-18 10:00:00</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>\
        <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n"
    )
}

/// Everything that a report says.
pub(crate) fn said(report: &Report) -> String {
    report.to_string()
}

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
    let site = Site::copy("small");
    fs::remove_dir_all(site.path("content")).unwrap();
    fs::rename(import.content(), site.path("content")).unwrap();
    site.build();
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

#[test]
fn importing_twice_changes_nothing() {
    let import = Import::lighthouse();
    let first = import.run();
    let before = import.files();
    let second = import.run();
    assert_eq!(before, import.files());
    assert_eq!(first.articles.new, second.articles.unchanged);
    assert_eq!((second.articles.new, second.articles.updated, second.articles.kept, second.media.new), (0, 0, 0, 0));
    assert!(said(&second).contains("unchanged"));
}

#[test]
fn an_edited_file_is_left_and_named() {
    let import = Import::lighthouse();
    import.run();
    let path = "articles/2025/how-the-lamp-is-lit.md";
    fs::write(import.content().join(path), "mine").unwrap();
    fs::remove_file(import.content().join("articles/2025/thirteen.md")).unwrap();
    let toml = import.read("publication.toml");
    fs::write(import.content().join("publication.toml"), format!("# mine\n{}", toml.replace("lead = ", "# lead = ")))
        .unwrap();
    let report = import.run();
    assert_eq!(import.read(path), "mine");
    assert!(!import.content().join("articles/2025/thirteen.md").exists());
    assert!(import.read("publication.toml").starts_with("# mine\n"));
    assert!(!import.read("publication.toml").contains("\nlead"));
    assert_eq!(report.articles.kept, 2);
    let said = said(&report);
    assert!(said.contains("edited since the last import") && said.contains(path), "{said}");
    assert!(said.contains("removed since the last import"), "{said}");
}

#[test]
fn a_file_that_was_there_is_not_overwritten() {
    let import = Import::items(&item(1, "a", "text"));
    fs::create_dir_all(import.content().join("articles/2025")).unwrap();
    fs::write(import.content().join("articles/2025/a.md"), "mine").unwrap();
    let report = import.run();
    assert_eq!(import.read("articles/2025/a.md"), "mine");
    assert!(said(&report).contains("there already and not from an import"), "{report}");
}

#[test]
fn a_changed_export_changes_what_nobody_touched() {
    let import = Import::items(&item(1, "a", "old"));
    import.run();
    fs::write(&import.export, format!("{HEAD}{}</channel></rss>", item(1, "b", "new"))).unwrap();
    let report = import.run();
    assert_eq!(report.articles.updated, 1);
    let text = import.read("articles/2025/a.md");
    assert!(text.contains("permalink: /b/") && text.contains("new"), "{text}");
}

#[test]
fn drafts_come_in_when_asked_and_are_drafts() {
    let import = Import { drafts: true, ..Import::lighthouse() };
    import.run();
    assert!(import.read("articles/2025/a-draft.md").contains("draft: true"));
    let everything: Vec<u8> = import.files().into_values().flatten().collect();
    let everything = String::from_utf8_lossy(&everything);
    assert!(!everything.contains("SECRET five") && !everything.contains("SECRET six"));
}

#[test]
fn an_entity_bomb_is_refused_before_anything_is_written() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [\n<!ENTITY lol \"lol\">\n<!ENTITY lol2 \"&lol;&lol;&lol;\">\n]>\n<rss><channel><title>&lol2;</title></channel></rss>";
    let import = Import::bytes(bomb.as_bytes());
    let error = format!("{:#}", import.try_run().unwrap_err());
    assert!(error.contains("line 3: a document type with entities"), "{error}");
    assert!(import.files().is_empty());
    // A document type alone is no trap, and an entity that nobody declared is only text.
    let export = format!(
        "{}{}</channel></rss>",
        HEAD.replace("<rss", "<!DOCTYPE rss>\n<rss"),
        item(1, "a", "x").replace("Title 1", "A &nbsp;&amp;&#8211; B")
    );
    let import = Import::bytes(export.as_bytes());
    import.run();
    assert!(import.read("articles/2025/a.md").contains("title: \"A &– B\""), "{}", import.read("articles/2025/a.md"));
}

#[test]
fn broken_utf8_is_mended_and_its_line_named() {
    let mut export = format!("{HEAD}{}", item(1, "a", "one\nbr@ken")).into_bytes();
    let at = export.iter().position(|it| *it == b'@').unwrap();
    export[at] = 0xe9;
    export.extend_from_slice(b"</channel></rss>");
    let import = Import::bytes(&export);
    let report = import.run();
    assert!(import.read("articles/2025/a.md").contains("br\u{fffd}ken"));
    assert!(
        said(&report).contains("the file is not all UTF-8; 1 broken places became \u{fffd}, in line 5"),
        "{report}"
    );
}

#[test]
fn a_truncated_file_names_its_line_and_keeps_what_was_whole() {
    let whole = format!("{HEAD}{}{}", item(1, "a", "first"), item(2, "b", "second\nand on"));
    for (cut, reading) in
        [("and on", "<content:encoded> of “Title 2” (begun in line 5)"), ("</item>\n", "“Title 2” (begun in line 5)")]
    {
        let import = Import::bytes(&whole.as_bytes()[..whole.rfind(cut).unwrap() + 2]);
        let (report, stopped) = import.try_run().unwrap();
        let error = format!("{:#}", stopped.expect("is cut off"));
        assert!(error.contains(": line 6: the file ends while") && error.contains(reading), "{error}");
        assert_eq!(report.articles.new, 1);
        assert!(import.read("articles/2025/a.md").contains("first"));
        assert!(!import.content().join("articles/2025/b.md").exists());
    }
}

#[test]
fn what_is_no_export_says_so() {
    for (bytes, said) in [
        (&b"<html><body>x</body></html>"[..], "line 1: not a WordPress export: it begins with <html>"),
        (b"", "not a WordPress export: it has no <wp:wxr_version>"),
        (b"<rss><channel><item><title>x</title></item></channel></rss>", "it has no <wp:wxr_version>"),
        (b"\x00\x01PK\x03\x04 not xml at all", "not a WordPress export"),
        (b"<rss><channel>\n<a></b></channel></rss>", "line 2: no XML"),
    ] {
        let import = Import::bytes(bytes);
        let error = format!("{:#}", import.try_run().unwrap_err());
        assert!(error.contains(said), "{error}");
        assert!(import.files().is_empty());
    }
    let error = format!("{:#}", Import::of("/nowhere/export.xml").try_run().unwrap_err());
    assert!(error.contains("/nowhere/export.xml"), "{error}");
}

#[test]
fn deep_and_endless_elements_are_refused() {
    let import = Import::bytes(format!("{HEAD}<item>{}", "<a>".repeat(100_000)).as_bytes());
    let (_, stopped) = import.try_run().unwrap();
    assert!(format!("{:#}", stopped.unwrap()).contains("nest deeper than 16 levels"));
    let import = Import::items(&item(1, "a", &format!("x{}", "<div><b><i><table><td>".repeat(3_000))));
    let report = import.run();
    assert!(said(&report).contains("absurdly deep"), "{report}");
}

#[test]
fn two_of_one_slug_and_one_without_anything() {
    let bare = "<item><wp:post_type>post</wp:post_type></item>\n";
    let import = Import::items(
        &[item(1, "same", "a"), item(2, "same", "b"), item(2, "other", "c"), bare.to_owned(), bare.to_owned()].concat(),
    );
    let report = import.run();
    assert!(import.read("articles/2025/same-2.md").contains("permalink: /same-2/"));
    assert!(
        import.read("articles/2025/other.md").contains("id: wordpress-2-2"),
        "{}",
        import.read("articles/2025/other.md")
    );
    let said = said(&report);
    assert!(said.contains("“Title 2” (post 2) is at /same-2/ now"), "{said}");
    assert!(said.contains("has no date anywhere") && said.contains("had no title"), "{said}");
    assert_eq!(report.articles.new, 5, "{report}");
    let publication = fs::read_to_string(import.content().join("publication.toml")).unwrap();
    assert!(Publication::from_toml(&publication).is_ok(), "{publication}");
}

#[test]
fn a_gate_holds_in_broken_markup() {
    for (body, secret) in [
        ("<p>open</p><!-- oops <!-- wp:jetpack/paywall /--><p>SECRET</p>", "SECRET"),
        ("<textarea>x<!-- wp:jetpack/paywall /--></textarea><p>SECRET</p>", "SECRET"),
        ("<p>open</p><svg><!-- wp:premium-content/container --></svg><p>SECRET</p>", "SECRET"),
        ("<table><tr><td>open <!-- wp:jetpack/paywall /--></td><td>SECRET</td></tr></table>", "SECRET"),
        ("<p>open</p>[restrict paid=\"1\"]SECRET[/restrict]", "SECRET"),
        ("<ul><li>open</li><!--members-only--><li>SECRET</li></ul>", "SECRET"),
    ] {
        let import = Import::items(&item(1, "a", body));
        import.run();
        let text = import.read("articles/2025/a.md");
        let (marker, secret) = (text.find("<!--members-only-->"), text.find(secret));
        assert!(text.contains("\nvisibility: ") && marker.is_some() && marker < secret, "{body}\n{text}");
    }
    let harmless = "<pre><code>&lt;!-- wp:jetpack/paywall /--></code></pre>";
    let import = Import::items(&item(1, "a", harmless));
    import.run();
    assert!(!import.read("articles/2025/a.md").contains("visibility"));
}

#[test]
fn missing_media_are_named() {
    let body = "<img src=\"https://t.example/wp-content/uploads/2025/gone.jpg\">";
    let import = Import::items(&item(1, "a", body));
    let report = import.run();
    assert!(said(&report).contains("have to be copied from wp-content/uploads/"), "{report}");
    let with = Import { media: Some(imports().join("lighthouse/uploads")), ..Import::items(&item(1, "a", body)) };
    let report = with.run();
    assert!(
        said(&report).contains("missing in the folder named by --media: media/2025/gone.jpg, for “Title 1” (post 1)"),
        "{report}"
    );
}

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
    let site = Site::copy("small");
    fs::remove_dir_all(site.path("content")).unwrap();
    fs::rename(import.content(), site.path("content")).unwrap();
    site.build();
}

const PICTURE: &str = "<item><title>Lens</title><wp:attachment_url>https://t.example/wp-content/uploads/2025/lens.png</wp:attachment_url>\
    <excerpt:encoded>The lens</excerpt:encoded><wp:post_id>90</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>\n";
const BLOCK: &str = "<item><title>B</title><content:encoded><![CDATA[<!-- wp:paragraph --><p>Said again</p><!-- /wp:paragraph -->]]></content:encoded>\
    <wp:post_id>91</wp:post_id><wp:post_type>wp_block</wp:post_type><wp:status>publish</wp:status></item>\n";
const LACKING: &str =
    "names pictures or reusable blocks that an earlier export had and this one has not, so left as it is";

fn with_thumbnail(item: &str) -> String {
    let meta = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>90</wp:meta_value></wp:postmeta>";
    item.replace("</item>", &format!("{meta}</item>"))
}

/// Articles that each need something else of the export.
fn needy() -> [String; 3] {
    [
        with_thumbnail(&item(1, "thumb", "<p>one</p>")),
        item(2, "gallery", "<p>two</p>\n\n[gallery ids=\"90\"]"),
        item(3, "block", "<p>three</p><!-- wp:block {\"ref\":91} /-->"),
    ]
}

pub(crate) fn export(items: &str) -> String {
    format!("{HEAD}{items}</channel></rss>")
}

#[test]
fn a_poorer_export_takes_nothing_away() {
    let whole = format!("{}{PICTURE}{BLOCK}", needy().concat());
    let import = Import::items(&whole);
    assert_eq!(import.run().articles.new, 3);
    let before = import.files();
    fs::write(&import.export, export(&needy().concat())).unwrap();
    let report = import.run();
    assert_eq!((report.articles.kept, report.articles.updated), (3, 0), "{report}");
    let told = said(&report);
    assert!(
        told.contains(LACKING) && told.contains("articles/2025/thumb.md, “Title 1” (post 1): attachment 90"),
        "{told}"
    );
    assert!(
        told.contains("“Title 2” (post 2): attachment 90") && told.contains("“Title 3” (post 3): block 91"),
        "{told}"
    );
    assert_eq!(before, import.files());
    fs::write(&import.export, export(&whole.replace("one", "eins"))).unwrap();
    assert_eq!(import.run().articles.updated, 1);
    assert!(import.read("articles/2025/thumb.md").contains("eins"));
}

#[test]
fn what_was_always_missing_holds_nothing_up() {
    let import = Import::items(&needy().concat());
    import.run();
    fs::write(&import.export, export(&needy().concat().replace("one", "eins").replace("three", "drei"))).unwrap();
    let report = import.run();
    assert_eq!((report.articles.updated, report.articles.unchanged), (2, 1), "{report}");
    fs::write(&import.export, export(&format!("{PICTURE}{BLOCK}{}", needy().concat()))).unwrap();
    assert_eq!(import.run().articles.updated, 3);
}

#[test]
fn an_export_that_breaks_off_takes_nothing_away() {
    let items = format!("{}{}{PICTURE}", item(1, "a", "first"), with_thumbnail(&item(2, "b", "second")));
    let import = Import::items(&items);
    import.run();
    let before = import.files();
    let cut = format!("{HEAD}{}{}{}", item(3, "c", "third"), items.replace("first", "changed"), item(4, "d", "fourth"));
    fs::write(&import.export, &cut[..cut.find("<excerpt").unwrap()]).unwrap();
    let (report, stopped) = import.try_run().unwrap();
    assert!(stopped.is_some());
    assert_eq!((report.articles.new, report.articles.kept, report.articles.updated), (1, 2, 0), "{report}");
    assert!(said(&report).contains("came in earlier, and this file breaks off"), "{report}");
    for path in ["articles/2025/a.md", "articles/2025/b.md"] {
        assert_eq!(import.files()[path], before[path]);
    }
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

#[test]
fn who_follows_the_feed_sees_no_old_article_as_new() {
    let guid =
        |it: String, guid: &str| it.replace("</item>", &format!("<guid isPermaLink=\"false\">{guid}</guid></item>"));
    let items = [
        guid(item(7, "a", "text"), "http://old.example/?post_type=post&#038;p=7"),
        guid(item(8, "b", "text"), "urn:uuid:1"),
        guid(item(9, "c", "text"), ""),
        guid(item(10, "d", "text"), "https:///nowhere"),
    ];
    let import = Import::items(&items.concat());
    import.run();
    assert!(import.read("articles/2025/d.md").contains("\nid: wordpress-10\n"));
    for (path, id) in [("a", "\"http://old.example/?post_type=post&p=7\""), ("b", "wordpress-8"), ("c", "wordpress-9")]
    {
        let text = import.read(&format!("articles/2025/{path}.md"));
        assert!(text.contains(&format!("\nid: {id}\n")), "{text}");
    }
    let before = import.files();
    assert_eq!(import.run().articles.unchanged, 4);
    assert_eq!(before, import.files());
    // What came in before ids were taken over keeps the one that it was published with.
    let old = Import::items(&item(7, "a", "text"));
    old.run();
    assert!(old.read("articles/2025/a.md").contains("\nid: wordpress-7\n"));
    fs::write(&old.export, export(&items[0])).unwrap();
    assert_eq!(old.run().articles.unchanged, 1);
    fs::write(&old.export, export(&items[0].replace("text", "another text"))).unwrap();
    assert_eq!(old.run().articles.updated, 1);
    let text = old.read("articles/2025/a.md");
    assert!(text.contains("\nid: wordpress-7\n") && text.contains("another text"), "{text}");
}
