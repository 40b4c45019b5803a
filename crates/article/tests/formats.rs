//! The formats: what is written can be read again, and what is wrong is named with its place.
#![cfg(feature = "host")]
#![allow(clippy::unwrap_used, reason = "clippy takes only functions with #[test] for tests")]

use jumpline_article::*;

fn item() -> Item {
    Item {
        id: "stucci-1".to_owned(),
        url: Some("https://stucci.example/2025/02/18/riyadh/".to_owned()),
        title: Some("</title><script>alert(1)</script>".to_owned()),
        summary: Some("What was agreed.".to_owned()),
        content_html: Some("<p>Body with <b>bold</b> &amp; “quotes”</p>".to_owned()),
        date_published: Date::parse("2025-02-18T21:04:00+03:00"),
        authors: vec![Author { name: Some("The News Desk".to_owned()), ..Author::default() }],
        tags: vec!["peace".to_owned(), "سلام".to_owned()],
        attachments: vec![Attachment {
            url: "https://stucci.example/media/a.mp3".to_owned(),
            mime_type: "audio/mpeg".to_owned(),
            title: None,
            size_in_bytes: Some(1024),
            duration_in_seconds: Some(1.5),
        }],
        jumpline: Some(Extension {
            version: FORMAT_VERSION,
            permalink: Permalink::new("/2025/02/18/riyadh/").unwrap(),
            kind: ItemKind::Article,
            standfirst: Some("Two ministers, three promises.".to_owned()),
            section: Some(Slug::from_name("Current Events")),
            visibility: Visibility::Paid,
            tiers: vec!["paid".to_owned()],
            reading_time: 7,
            words: 1500,
            comments: CommentSummary { count: 3, open: false, withheld: 0 },
            image: Some(Image { src: "/media/a.svg".to_owned(), width: 3, height: 2, ..Image::default() }),
            contents: vec![Heading { level: 2, id: "context".to_owned(), text: "Context".to_owned() }],
            previous: Some(Jump {
                permalink: Permalink::new("/a/").unwrap(),
                title: "A".to_owned(),
                language: Some("ar".to_owned()),
            }),
            next: None,
            related: vec![Item { id: "2".to_owned(), ..Item::default() }],
            envelope: None,
        }),
        ..Item::default()
    }
}

fn publication() -> Publication {
    Publication::from_toml("title = \"Stucci Media\"\nurl = \"https://stucci.example\"\nbase = \"repo\"\n").unwrap()
}

#[test]
fn an_item_survives_a_round_trip() {
    let item = item();
    assert_eq!(Item::from_json(&item.to_json()), Ok(item));
}

#[test]
fn a_listing_survives_a_round_trip() {
    let feed = Feed {
        version: feed::JSON_FEED.to_owned(),
        title: "Letters".to_owned(),
        next_url: Some("https://stucci.example/section/letters/page/2/listing.json".to_owned()),
        items: vec![item().to_card()],
        listing: Some(Listing {
            version: FORMAT_VERSION,
            kind: ListingKind::Home,
            name: String::new(),
            path: "/".to_owned(),
            page: 1,
            pages: 2,
            total: 21,
            shelves: vec![Shelf { section: Slug::from_name("Letters"), items: vec!["stucci-1".to_owned()] }],
            years: vec![YearMark { year: 2025, count: 21, page: 1 }],
        }),
        ..Feed::default()
    };
    assert_eq!(Feed::from_json(&feed.to_json()), Ok(feed));
}

#[test]
fn a_card_has_no_body() {
    let card = item().to_card();
    let extension = card.jumpline.clone().unwrap();
    assert_eq!((card.content_html.clone(), card.content_text.clone()), (None, None));
    assert!(extension.contents.is_empty() && extension.related.is_empty() && extension.previous.is_none());
    assert_eq!(card.title, item().title);
}

#[test]
fn a_boot_script_cannot_be_ended_from_inside_and_holds_no_body() {
    let boot = Boot { common: "/assets/common.json".to_owned(), page: Page::Article(Box::new(item())) };
    let script = boot.to_script();
    assert!(!script.contains('<') && !script.contains("Body with"), "{script}");
    let read = Boot::from_json(&script).unwrap();
    assert_eq!(read.common, boot.common);
    let Page::Article(read) = read.page else { panic!("not an article") };
    assert_eq!(read.title, item().title);
}

#[test]
fn anybodys_feed_is_read() {
    let json = r#"{"version": "https://jsonfeed.org/version/1", "title": "Old", "author": {"name": "F"}, "favourite": 1,
        "items": [{"id": 12, "content_text": "x", "author": {"name": "A"}, "_podcast": {"a": []}}]}"#;
    let feed = Feed::from_json(json).unwrap();
    assert_eq!(feed.items[0].id, "12");
    assert_eq!(feed.items[0].authors[0].name.as_deref(), Some("A"));
}

#[test]
fn errors_name_line_and_field() {
    for (json, expected) in [
        ("{\n  \"id\": \"a\",\n  \"tags\": 3\n}", "3:11: field `tags`: invalid type: integer `3`, expected a sequence"),
        (
            "{\"id\": \"a\",\n\"date_published\": \"yesterday\"}",
            "2:30: field `date_published`: `yesterday` is not a date and time; expected RFC 3339, such as 2025-02-18T09:30:00Z",
        ),
        ("{\"title\": \"x\"}", "field `id`: missing; expected a text that names this article for good"),
        (
            "{\"id\": \"a\", \"_jumpline\": {\"version\": 2, \"permalink\": \"/a/\"}}",
            "field `_jumpline.version`: 2 was written by a newer press; this one reads up to version 1",
        ),
        (
            "{\"id\": \"a\", \"_jumpline\": {\"version\": 1, \"permalink\": \"/../a/\"}}",
            "1:62: field `_jumpline.permalink`: `/../a/` is not a permalink; expected a path such as /2025/02/18/slug/",
        ),
        ("{\"id\": \"a\"", "1:10: EOF while parsing an object"),
        ("{\"id\": \"a\"} x", "1:13: trailing characters"),
    ] {
        match Item::from_json(json) {
            Err(error) => assert_eq!(error.to_string(), expected, "{json}"),
            Ok(item) => panic!("{json} was read as {item:?}"),
        }
    }
    let not_a_feed = Feed::from_json(r#"{"version": "2", "title": "", "items": []}"#).unwrap_err();
    assert!(not_a_feed.to_string().contains("`2` is not a JSON Feed"), "{not_a_feed}");
}

#[test]
fn a_publication_names_its_mistakes() {
    for (toml, expected) in [
        ("title = \"A\"\nurl = \"https://a.example\"\ntilte = 1\n", "3:1: field `tilte`: unknown field `tilte`"),
        ("title = \"A\"\n", "missing field `url`"),
        (
            "title = \"A\"\nurl = \"https://a.example/blog\"\n",
            "2:1: field `url`: `https://a.example/blog` is not an origin",
        ),
        ("title = \"A\"\nurl = \"a.example\"\n", "2:1: field `url`: `a.example` is not an origin"),
        (
            "title = \"A\"\nurl = \"https://a.example\"\nlanguage = \"xx\"\n",
            "3:12: field `language`: unknown variant `xx`",
        ),
        ("title = \"A\nurl = 1", "1:"),
    ] {
        match Publication::from_toml(toml) {
            Err(error) => assert!(error.to_string().contains(expected), "{error} should say {expected}"),
            Ok(publication) => panic!("{toml} was read as {publication:?}"),
        }
    }
    assert_eq!(publication().absolute("/archive/"), "https://stucci.example/repo/archive/");
}

#[test]
fn comments_of_a_newer_press_are_refused() {
    assert!(CommentFile::from_json(r#"{"version": 1, "comments": []}"#).is_ok());
    assert!(CommentFile::from_json(r#"{"version": 9, "comments": []}"#).is_err());
    let unsigned = r#"{"version": 1, "comments": [{"id": "1", "date": "2026-11-25T10:00:00Z", "content_html": ""}]}"#;
    let error = CommentFile::from_json(unsigned).unwrap_err();
    assert_eq!((error.field.as_str(), error.message.as_str()), ("comments[0]", "missing field `author`"));
}
