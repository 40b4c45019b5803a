//! Answers as WordPress writes them.

use super::*;
use crate::Date;
use crate::comment::Status;

fn wordpress() -> Wordpress {
    Wordpress::new("https://blog.example/")
}

fn place() -> Place {
    let permalink = Permalink::new("/2025/02/18/fog/").expect("is one");
    Place { permalink, path: "/2025/02/18/fog/".into(), title: "Fog".into(), name: "42".into() }
}

fn answer(status: u16, text: &str) -> Answer<'_> {
    Answer { status, text }
}

fn row(id: u64, parent: u64, status: &str) -> String {
    format!(
        r#"{{"id":{id},"parent":{parent},"author_name":"Ada &amp; Bo","author_url":"https://ada.example","date_gmt":"2025-02-18T09:30:00","content":{{"rendered":"<p>Yes.</p>\n"}},"status":"{status}","_links":{{"up":[{{"embeddable":true,"href":"x"}}]}}}}"#
    )
}

fn post(parent: Option<&str>, text: &str) -> Act {
    let parent = parent.map(|it| CommentId::new(it).expect("is one"));
    Act::Post(Letter {
        parent,
        text: text.into(),
        author: "Ada".into(),
        email: "ada@b.example".into(),
        website: String::new(),
    })
}

#[test]
fn the_post_is_found_by_its_slug() {
    let asked = wordpress().find(&place().permalink).expect("asks").url;
    assert_eq!(asked, "https://blog.example/?rest_route=/wp/v2/posts&slug=fog&_fields=id");
    let pretty = Wordpress::new("https://blog.example/wp-json").find(&place().permalink).expect("asks").url;
    assert_eq!(pretty, "https://blog.example/wp-json/wp/v2/posts?slug=fog&_fields=id");
    assert_eq!(wordpress().found(answer(200, "[{\"id\":42}]")), Ok("42".to_owned()));
    assert_eq!(wordpress().found(answer(200, "[]")), Err(Trouble::Missing));
    assert_eq!(wordpress().found(answer(200, "<html>")), Err(Trouble::Broken));
    assert_eq!(wordpress().found(answer(503, "")), Err(Trouble::Status(503)));
}

#[test]
fn a_thread_is_read_page_by_page() {
    let rows =
        |count: u64| format!("[{}]", (1..=count).map(|it| row(it, it - 1, "approved")).collect::<Vec<_>>().join(","));
    let batch = wordpress().listed(answer(200, &rows(100))).expect("reads");
    assert_eq!((batch.comments.len(), batch.more), (100, true));
    let (first, second) = (&batch.comments[0], &batch.comments[1]);
    assert_eq!((first.parent.clone(), second.parent.clone()), (None, CommentId::new("1").ok()));
    assert_eq!((first.author.as_str(), first.date.as_str()), ("Ada & Bo", "2025-02-18T09:30:00Z"));
    assert!(!wordpress().listed(answer(200, &rows(99))).expect("reads").more);
    let dateless = row(7, 0, "approved").replace("2025-02-18", "-0001-11-30");
    let mixed = format!("[{dateless},{},{}]", row(8, 7, "approved"), row(9, 0, "approved").replace(":9,", ":-1,"));
    let left = wordpress().listed(answer(200, &mixed)).expect("reads").comments;
    assert_eq!(left.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["8"], "the others stay");
    let past = r#"{"code":"rest_comment_invalid_page_number","message":"x","data":{"status":400}}"#;
    assert_eq!(wordpress().listed(answer(400, past)), Ok(Batch::default()));
    assert_eq!(wordpress().listed(answer(401, "{\"code\":\"rest_cannot_read\"}")), Err(Trouble::Missing));
    // A firewall's.
    assert_eq!(wordpress().listed(answer(403, "<h1>Forbidden</h1>")), Err(Trouble::Status(403)));
    assert_eq!(wordpress().found(answer(404, "")), Err(Trouble::Status(404)));
    assert!(wordpress().list(&place(), 2).url.contains("post=42&per_page=100&page=2&order=asc"));
}

#[test]
fn a_comment_is_sent_as_a_visitor_may_write_it() {
    let text = "One *word*\nand `x < y`\n\n> said\n\n- a\n- b\n  1. c\n\n```\nlet a;\n```";
    let request = wordpress().send(&place(), &post(Some("7"), text)).expect("asks");
    assert_eq!(request.url.split("&_fields").next(), Some("https://blog.example/?rest_route=/wp/v2/comments"));
    let content = "One <em>word</em>\\nand <code>x &lt; y</code>\\n\\n<blockquote>said</blockquote>\\n\\n- a\\n- b\\n  1. c\\n\\n<code>let a;\\n</code>";
    let expected = format!(
        r#"{{"post":"42","parent":7,"author_name":"Ada","author_email":"ada@b.example","author_url":"","content":"{content}"}}"#
    );
    assert_eq!(request.body, expected);
    assert_eq!(wordpress().send(&place(), &post(Some("isso-7"), "x")), None);
    let comment = CommentId::new("7").expect("is one");
    assert_eq!(wordpress().send(&place(), &Act::Delete { comment }), None);
}

#[test]
fn every_answer_is_understood() {
    let sent = |status, text: &str| wordpress().sent(&post(None, "x"), answer(status, text));
    let status = |it: &Outcome| if let Outcome::Done(Some(it)) = it { Some(it.status) } else { None };
    assert_eq!(status(&sent(201, &row(9, 0, "approved"))), Some(Status::Published));
    assert_eq!(status(&sent(201, &row(9, 0, "hold"))), Some(Status::Held));
    assert_eq!(sent(201, "<html>"), Outcome::Unclear);
    assert_eq!(sent(500, "{\"code\":\"rest_comment_failed_create\"}"), Outcome::Unclear);
    assert_eq!(sent(409, "{\"code\":\"comment_duplicate\",\"message\":\"x\"}"), Outcome::Done(None));
    let codes = [
        (401, "rest_comment_login_required", Refusal::SignIn),
        (403, "rest_comment_closed", Refusal::Closed),
        (403, "rest_comment_draft_post", Refusal::Closed),
        (403, "rest_comment_trash_post", Refusal::Closed),
        (403, "rest_comment_invalid_post_id", Refusal::Closed),
        (400, "rest_comment_content_invalid", Refusal::TooShort),
        (400, "rest_comment_author_data_required", Refusal::NameMissing),
        (400, "rest_invalid_param", Refusal::Other("No & way".into())),
        (400, "comment_author_column_length", Refusal::TooLong),
        (400, "comment_content_column_length", Refusal::TooLong),
        (400, "comment_flood", Refusal::Flood),
        (429, "comment_flood", Refusal::Flood),
        (400, "rest_comment_exists", Refusal::Other("No &amp; way".replace("&amp;", "&"))),
    ];
    for (status, code, refusal) in codes {
        let text = format!(r#"{{"code":"{code}","message":"<b>No</b> &amp; way","data":{{"status":{status}}}}}"#);
        assert_eq!(sent(status, &text), Outcome::Refused(refusal), "{code}");
    }
    let param = r#"{"code":"rest_invalid_param","message":"x","data":{"status":400,"params":{"author_email":"Invalid"},"details":{}}}"#;
    assert_eq!(sent(400, param), Outcome::Refused(Refusal::NameMissing));
    assert_eq!(sent(403, "<html>Forbidden by a firewall"), Outcome::Refused(Refusal::Other(String::new())));
}

#[test]
fn what_arrived_is_known_by_its_letters() {
    let text = "A [link](https://a.example), a \\\\ and \"quotes\" -- yes\n\n1. one";
    let act = post(None, text);
    let Check::Ask(request) = wordpress().check(&place(), &act) else { panic!("it does not ask") };
    assert!(request.url.contains("order=desc"), "{}", request.url);
    // As wptexturize and kses leave it.
    let made = r##"<p>A <a href=\"https://a.example\" rel=\"nofollow ugc\">link</a>, a  and &#8220;quotes&#8221; &#8212; yes</p>\n<p>1. one</p>"##;
    let list = format!("[{}]", row(9, 0, "approved").replace("<p>Yes.</p>\\n", made).replace("Ada &amp; Bo", "Ada"));
    let seconds = Date::parse("2025-02-18T09:30:00Z").expect("is a date").unix().unsigned_abs() * 1000;
    let checked = |since| wordpress().checked(&act, since, answer(200, &list));
    assert!(matches!(checked(seconds), Checked::Arrived(Outcome::Done(Some(_)))), "{list}");
    assert_eq!(checked(seconds + 1000), Checked::Absent);
    assert_eq!(wordpress().checked(&act, 0, answer(200, "[]")), Checked::Absent);
    assert_eq!(wordpress().checked(&act, 0, answer(500, "")), Checked::Unknown);
}
