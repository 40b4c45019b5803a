//! `press comments pull`: from a server that answers as a test wants it, and from a real Isso.

use crate::driver::Site;
use jumpline_article::commenting::{Act, Answer, Isso, Letter, Outcome, Place, Refusal, Service};
use jumpline_article::{CommentId, Permalink};
use jumpline_press::moderation::{Pulled, Wire, pull};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const FILE: &str = "content/articles/ferry.comments.json";

/// A server that gives the same answer for the ferry, and an empty thread for everything else.
struct Server {
    url: String,
    answer: Arc<Mutex<(u16, String)>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((200, String::new())));
        let shared = Arc::clone(&answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut asked = [0; 4096];
                let length = stream.read(&mut asked).unwrap();
                let is_ferry = String::from_utf8_lossy(&asked[..length]).contains("uri=%2Frepo%2Fferry%2F");
                let (status, body) = match is_ferry {
                    true => shared.lock().unwrap().clone(),
                    false => (200, "{\"replies\": []}".to_owned()),
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { url, answer }
    }

    fn says(&self, status: u16, comments: &[(u64, &str, &str)]) {
        let one = |(id, author, text): &(u64, &str, &str)| {
            format!(
                "{{\"id\": {id}, \"created\": {}, \"mode\": 1, \"author\": \"{author}\", \"text\": \"{text}\"}}",
                1_795_706_640 + id
            )
        };
        let list: Vec<String> = comments.iter().map(one).collect();
        *self.answer.lock().unwrap() = (status, format!("{{\"replies\": [{}]}}", list.join(", ")));
    }
}

fn site(url: &str) -> Site {
    let site = Site::copy("small");
    let toml = site.read("content/publication.toml");
    let more = format!("[comments.provider.isso]\nurl = \"{url}\"\n\n[comments.moderation]\nwords = [\"casino\"]\n");
    site.write("content/publication.toml", &format!("{toml}\n{more}"));
    site
}

fn run(site: &Site) -> Result<Pulled, String> {
    let content = site.path("content");
    let publication = jumpline_press::source::publication(&content, None).unwrap();
    pull(&content, &publication, true).map_err(|it| format!("{it:#}"))
}

fn counts(pulled: Pulled) -> (usize, usize, usize, usize) {
    (pulled.new, pulled.held, pulled.changed, pulled.gone)
}

fn press(site: &Site, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_press"));
    let output = command.arg("comments").args(arguments).arg("--content").arg(site.path("content")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn status(site: &Site, id: &str) -> String {
    let file: serde_json::Value = serde_json::from_str(&site.read(FILE)).unwrap();
    let comments = file["comments"].as_array().unwrap();
    let comment = comments.iter().find(|it| it["id"] == id).unwrap();
    comment["status"].as_str().unwrap_or("published").to_owned()
}

#[test]
fn what_was_decided_here_outlives_every_pull() {
    let server = Server::start();
    let site = site(&server.url);
    // A comment of an import, which the server knows nothing of.
    site.write(
        FILE,
        r#"{"version": 1, "comments": [{"id": "12", "author": "Old", "date": "2020-01-01T00:00:00Z", "content_html": "<p>Old</p>"}]}"#,
    );
    let thread = [
        (1, "Ada", "<p>One <script>x</script><b>bold</b></p>"),
        (2, "Bo", "<p>Best casino</p>"),
        (3, "", "<p>Three</p>"),
    ];
    server.says(200, &thread);
    assert_eq!(counts(run(&site).unwrap()), (3, 1, 0, 0));
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 0));
    assert_eq!((status(&site, "isso-2").as_str(), status(&site, "12").as_str()), ("held", "published"));
    let file = site.read(FILE);
    assert!(file.contains("Anonymous") && file.contains("<b>bold</b>") && !file.contains("script"), "{file}");
    press(&site, &["approve", "isso-2"]);
    press(&site, &["hide", "isso-1"]);
    press(&site, &["delete", "isso-3"]);
    server.says(200, &[(1, "Ada", "<p>One, edited</p>"), thread[1], thread[2]]);
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 1, 0));
    let all = ["isso-1", "isso-2", "isso-3", "12"].map(|it| status(&site, it));
    assert_eq!(all, ["hidden", "published", "deleted", "published"]);
    // A server that lost a comment, or all of them, and finds them again.
    server.says(200, &[]);
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 1));
    assert_eq!((status(&site, "isso-2").as_str(), status(&site, "12").as_str()), ("deleted", "published"));
    assert!(site.read(FILE).contains("Best casino"), "what was said is lost");
    server.says(200, &thread);
    run(&site).unwrap();
    let all = ["isso-1", "isso-2", "isso-3", "12"].map(|it| status(&site, it));
    assert_eq!(all, ["hidden", "published", "deleted", "published"]);
}

#[test]
fn whoever_deletes_what_is_gone_means_it() {
    let server = Server::start();
    let site = site(&server.url);
    let thread = [(1, "Ada", "<p>One</p>")];
    for comments in [&thread[..], &[]] {
        server.says(200, comments);
        run(&site).unwrap();
    }
    press(&site, &["delete", "isso-1"]);
    server.says(200, &thread);
    run(&site).unwrap();
    assert_eq!(status(&site, "isso-1"), "deleted");
}

#[test]
fn a_server_that_fails_is_named_and_changes_nothing() {
    let server = Server::start();
    let site = site(&server.url);
    site.write(FILE, "{\"version\": 1, \"comments\": []}");
    let before = site.read(FILE);
    server.says(502, &[(1, "A", "x")]);
    let error = run(&site).unwrap_err();
    assert!(error.contains("ferry") && error.contains("(502)"), "{error}");
    *server.answer.lock().unwrap() = (200, "<html>a captive portal</html>".to_owned());
    assert!(run(&site).unwrap_err().contains("is it the right kind"));
    assert_eq!(site.read(FILE), before);
    site.edit("content/publication.toml", &server.url, "http://127.0.0.1:1");
    assert!(run(&site).unwrap_err().contains("does not answer"));
    site.edit("content/publication.toml", "[comments.provider.isso]\nurl = \"http://127.0.0.1:1\"\n", "");
    assert!(run(&site).unwrap_err().contains("names no server"));
}

/// A real Isso; `None`, with the reason printed, where it is not installed.
fn real_isso(moderation: bool) -> Option<xtask::isso::Isso> {
    let more = format!(
        "[moderation]\nenabled = {moderation}\n\
         [guard]\nenabled = true\nratelimit = 4\ndirect-reply = 9\nreply-to-self = true\n"
    );
    xtask::isso::Isso::start("http://127.0.0.1:1", &more).unwrap()
}

fn place() -> Place {
    Place {
        permalink: Permalink::new("/ferry/").unwrap(),
        path: "/repo/ferry/".into(),
        title: "Ferry".into(),
        name: String::new(),
    }
}

fn act(isso: &Isso, wire: &Wire, act: &Act) -> Outcome {
    let request = isso.send(&place(), act).unwrap();
    let (status, text) = wire.ask(&request).unwrap();
    isso.sent(act, Answer { status, text: &text })
}

fn letter(text: &str, parent: Option<&CommentId>) -> Act {
    let text = text.to_owned();
    Act::Post(Letter {
        parent: parent.cloned(),
        text,
        author: "Ada <b>".into(),
        email: "ada@secret.example".into(),
        ..Letter::default()
    })
}

#[track_caller]
fn posted(outcome: Outcome) -> jumpline_article::Comment {
    match outcome {
        Outcome::Done(Some(comment)) => comment,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_real_isso_takes_changes_and_gives_back() {
    let Some(real) = real_isso(false) else { return };
    let (isso, wire) = (Isso::new(&real.url()), Wire::default());
    let first = posted(act(&isso, &wire, &letter("Hello *you*, `x < y`", None)));
    assert_eq!((first.author.as_str(), first.status.is_published()), ("Ada <b>", true));
    let reply = posted(act(&isso, &wire, &letter("A reply", Some(&first.id))));
    assert_eq!(reply.parent.as_ref(), Some(&first.id));
    let edit = Act::Edit { comment: reply.id.clone(), text: "A better reply".into() };
    let edited = posted(act(&isso, &wire, &edit));
    assert!(
        edited.content_html.contains("better") && edited.edited.is_some() && edited.author == "Ada <b>",
        "{edited:?}"
    );
    // A cookie is what makes a comment one's own.
    let stranger = act(&isso, &Wire::default(), &edit);
    assert_eq!(stranger, Outcome::Refused(Refusal::Gone));
    assert_eq!(act(&isso, &wire, &letter("x", None)), Outcome::Refused(Refusal::TooShort));
    let like = Act::Like { comment: first.id.clone(), liked: true };
    assert!(matches!(act(&isso, &wire, &like), Outcome::Liked(_)));
    // What was sent without an answer is found; what never was is not.
    let lost = letter("Hello *you*, `x < y`", None);
    let jumpline_article::commenting::Check::Ask(question) = isso.check(&place(), &lost) else { panic!("asks") };
    let (code, text) = wire.ask(&question).unwrap();
    let answer = Answer { status: code, text: &text };
    let since = u64::try_from(first.date.unix()).unwrap() * 1000;
    assert!(matches!(isso.checked(&lost, since, answer), jumpline_article::commenting::Checked::Arrived(_)));
    assert_eq!(isso.checked(&letter("Never", None), since, answer), jumpline_article::commenting::Checked::Absent);

    let site = site(&real.url());
    assert_eq!(counts(run(&site).unwrap()), (2, 0, 0, 0));
    assert_eq!(act(&isso, &wire, &Act::Delete { comment: reply.id.clone() }), Outcome::Done(None));
    assert_eq!(act(&isso, &wire, &Act::Delete { comment: reply.id }), Outcome::Refused(Refusal::Gone));
    assert_eq!(counts(run(&site).unwrap()), (0, 0, 0, 1));
    site.build();
    let page = site.read("dist/ferry/index.html");
    assert!(page.contains("Hello <em>you</em>") && !page.contains("better reply"), "{page}");
    // An author's address never leaves the server.
    assert!(!site.read(FILE).contains("secret"));
    let count = isso.count(&["/repo/ferry/".to_owned(), "/nowhere/".to_owned()]).unwrap();
    let (code, text) = wire.ask(&count).unwrap();
    assert_eq!(isso.counted(Answer { status: code, text: &text }), Ok(vec![1, 0]));
    // Comments are told apart by the second.
    thread::sleep(Duration::from_millis(1100));
    // More than four in a minute are too many.
    let flood: Vec<_> = (0..6).map(|it| act(&isso, &wire, &letter(&format!("Flood {it}"), None))).collect();
    assert_eq!(flood[5], Outcome::Refused(Refusal::Flood));
    // The first of them has the number of the reply that was deleted, and is another comment all the same.
    let pulled = run(&site).unwrap();
    assert!(pulled.new > 0 && pulled.changed == 0, "{pulled:?}");
    let file = site.read(FILE);
    assert!(file.contains("better reply") && file.contains("Flood 0"), "{file}");
    assert_eq!((status(&site, "isso-2").as_str(), counts(run(&site).unwrap())), ("published", (0, 0, 0, 0)));
}

#[test]
fn a_real_isso_holds_back_what_is_to_be_approved() {
    let Some(real) = real_isso(true) else { return };
    let (isso, wire) = (Isso::new(&real.url()), Wire::default());
    let held = posted(act(&isso, &wire, &letter("Let me in", None)));
    assert_eq!(held.status, jumpline_article::comment::Status::Held);
    assert_eq!(counts(run(&site(&real.url())).unwrap()), (0, 0, 0, 0));
}
