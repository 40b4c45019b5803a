//! Comments on a real Isso, over a network that fails: nothing that was written is lost, nothing is posted twice.

use crate::archive::LATER;
use crate::fields::{self, TEXT};
use jumpline_tests::comment_server::{CommentServer, Fault};
use jumpline_tests::provider::rewrite;
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, Setup, axe, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(a_comment_is_published_changed_liked_and_deleted).at(Sample::Commented),
    case!(a_held_comment_says_so).at(Sample::Commented),
    case!(what_is_written_offline_waits_and_is_sent_once).at(Sample::Commented),
    case!(a_lost_answer_makes_no_second_comment).at(Sample::Commented),
    case!(what_may_be_held_is_never_sent_again_by_itself).at(Sample::Commented),
    case!(a_refusal_keeps_the_text).at(Sample::Commented),
    case!(what_was_sent_keeps_the_focus_and_says_so).at(Sample::Commented),
    case!(a_silent_server_does_not_hurt_the_article).at(Sample::Commented),
    case!(the_server_is_newer_than_the_page).at(Sample::Commented),
    case!(a_permalink_leads_to_what_only_the_server_has).at(Sample::Commented),
    case!(two_tabs_send_it_once).at(Sample::Commented),
    case!(it_goes_out_though_no_page_is_open).at(Sample::Commented).with(Setup::FRESH),
    case!(what_is_taken_back_stands_in_the_form).at(Sample::Commented),
    case!(what_is_on_its_way_is_not_taken_back).at(Sample::Commented),
    case!(a_change_that_is_taken_back_stands_in_the_form_once).at(Sample::Commented),
];

pub(crate) const QUIET: &str = "/quiet/";
const TALKED: &str = "/talked/";
pub(crate) const PLACEHOLDER: &str = "http://127.0.0.1:1";

/// Starts a server, writes its address into the page and opens it.
pub(crate) async fn start(reader: &Reader, path: &str, more: &str) -> Result<Option<CommentServer>> {
    let origin = reader.server.url("/");
    let Some(server) = CommentServer::start(origin.trim_end_matches('/'), more).await? else { return Ok(None) };
    rewrite(reader, path, &[(PLACEHOLDER, &server.url())])?;
    // The server ends with the test, and the page may still be asking it.
    reader.tolerate("net::ERR_CONNECTION_REFUSED");
    fields::open(reader, path).await?;
    Ok(Some(server))
}

/// Opens the quiet article, whose server is down, and sends a comment of Ada's, which waits.
pub(crate) async fn waiting(reader: &Reader, text: &str) -> Result<Option<CommentServer>> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(None) };
    reader.tolerate("127.0.0.1");
    server.set_down(true);
    fields::write(reader, text, "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Waiting to be sent.").await?;
    Ok(Some(server))
}

/// What the server shows below the quiet article: texts without tags, by author.
pub(crate) async fn shown(server: &CommentServer, path: &str) -> Result<Vec<String>> {
    let thread = server.thread(path).await?;
    let replies = thread["replies"].as_array().cloned().unwrap_or_default();
    let one = |it: &serde_json::Value| {
        format!("{}: {}", it["author"].as_str().unwrap_or_default(), it["text"].as_str().unwrap_or_default())
    };
    Ok(replies.iter().map(one).collect())
}

/// How often such a wait is begun: a request that got no answer is given up after 15 seconds, by WebKit no sooner.
const WAITS: usize = 3;

/// Waits as long as that.
async fn patiently<F: Future<Output = Result<bool>>>(
    reader: &Reader,
    what: &str,
    mut look: impl FnMut() -> F,
) -> Result<()> {
    let mut waited = Ok(());
    for _ in 0..WAITS {
        waited = reader.until(what, &mut look).await;
        if waited.is_ok() {
            break;
        }
    }
    waited
}

pub(crate) async fn waits_for(reader: &Reader, server: &CommentServer, count: usize) -> Result<()> {
    let waited =
        patiently(reader, "the comment on the server", async || Ok(shown(server, QUIET).await?.len() == count)).await;
    if waited.is_ok() {
        return Ok(());
    }
    let (shown, log) = (shown(server, QUIET).await?, server.log());
    waited.with_context(|| format!("it shows {shown:?}; it was asked {log:?}"))
}

/// Waits until nothing waits, as a reader does who comes back to the page again and again.
pub(crate) async fn settled(reader: &Reader) -> Result<()> {
    let there = "document.querySelector('.comment') !== null && document.querySelector('.comment-note') === null";
    let look = async || {
        reader.run("dispatchEvent(new Event('focus'))", vec![]).await?;
        Ok(reader.eval(there).await? == true)
    };
    let waited = patiently(reader, "nothing waiting", look).await;
    if waited.is_ok() {
        return Ok(());
    }
    let text = reader.eval("document.querySelector('#thread').innerText").await?;
    waited.with_context(|| format!("it says {text}"))
}

/// Lets time pass for the page, and wakes the outbox.
pub(crate) async fn later(reader: &Reader, seconds: u32) -> Result<()> {
    reader.run(&LATER.replace("{}", &(seconds * 1000).to_string()), vec![]).await?;
    reader.run("dispatchEvent(new Event('online'))", vec![]).await.map(drop)
}

async fn a_comment_is_published_changed_liked_and_deleted(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(()) };
    fields::says(reader, "which publishes them").await?;
    fields::write(reader, "On the *server*.", "Ada").await?;
    fields::fill(reader, "reply-email", "ada@post.example").await?;
    fields::fill(reader, "reply-website", "ada.example").await?;
    fields::submit(reader, "Send").await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    let link = reader
        .eval("(() => { const it = document.querySelector('.comment-author a'); return it.href + ' ' + it.rel; })()")
        .await?;
    ensure!(link == "https://ada.example/ ugc nofollow noopener", "{link}");
    let thread = server.thread(QUIET).await?;
    ensure!(!thread.to_string().contains("ada@post.example"), "the address is shown: {thread}");
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "On the *server*, edited.").await?;
    fields::submit(reader, "Save the change").await?;
    reader.until("the change on the server", async || Ok(shown(&server, QUIET).await?[0].contains("edited"))).await?;
    fields::says(reader, "On the server, edited.").await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    fields::press(reader, "Delete: Ada").await?;
    fields::press(reader, "Delete for good: Ada").await?;
    waits_for(reader, &server, 0).await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    Ok(())
}

async fn a_held_comment_says_so(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "[moderation]\nenabled = true\n").await? else { return Ok(()) };
    fields::write(reader, "Please let me in", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Held for moderation").await?;
    ensure!(shown(&server, QUIET).await?.is_empty(), "a held comment is shown");
    fields::open(reader, QUIET).await?;
    fields::says(reader, "Held for moderation").await?;
    fields::says(reader, "Please let me in").await
}

async fn what_is_written_offline_waits_and_is_sent_once(reader: &Reader) -> Result<()> {
    let Some(server) = waiting(reader, "From the train").await? else { return Ok(()) };
    fields::says(reader, "Outbox: 1 waits").await?;
    fields::open(reader, QUIET).await?;
    fields::says(reader, "From the train").await?;
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "From the slow train").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "From the slow train").await?;
    server.set_down(false);
    later(reader, 1).await?;
    waits_for(reader, &server, 1).await?;
    reader.wait_for("nothing waiting", "!document.querySelector('.comment-note')").await?;
    later(reader, 40).await?;
    fields::open(reader, QUIET).await?;
    ensure!(shown(&server, QUIET).await? == ["Ada: <p>From the slow train</p>"], "{:?}", shown(&server, QUIET).await?);
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    Ok(())
}

async fn a_lost_answer_makes_no_second_comment(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    for (count, fault) in
        [Fault::AnswerLost, Fault::FailedAfter, Fault::Truncated, Fault::Dropped, Fault::Failed].into_iter().enumerate()
    {
        server.next(fault);
        // Isso's Markdown takes out signs that ours leaves.
        let words = format!("H~2~O and ~~nothing~~ else, said once: {fault:?}.");
        fields::write(reader, &words, "Ada").await?;
        fields::submit(reader, "Send").await?;
        fields::says(reader, "Whether it arrived is not known yet").await?;
        if matches!(fault, Fault::Dropped | Fault::Failed) {
            reader.until("the request", async || Ok(server.faults() == 0)).await?;
        } else {
            waits_for(reader, &server, count + 1).await?;
        }
        // The page is closed before anybody knows.
        fields::open(reader, QUIET).await?;
        // Each page's clock begins anew, and the one before was ahead already.
        later(reader, 60 * (u32::try_from(count)? + 1)).await?;
        let settled = settled(reader).await;
        settled.with_context(|| format!("{fault:?}, requests: {:?}", server.log()))?;
        let times = shown(&server, QUIET).await?.iter().filter(|it| it.contains(&format!("{fault:?}."))).count();
        ensure!(times == 1, "{fault:?}: it stands there {times} times");
    }
    // A long list is drawn in pieces.
    reader.wait_for("five comments", "document.querySelectorAll('.comment').length === 5").await
}

async fn what_may_be_held_is_never_sent_again_by_itself(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "[moderation]\nenabled = true\n").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    server.next(Fault::AnswerLost);
    fields::write(reader, "Did it arrive?", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Whether it arrived is not known yet").await?;
    reader.until("the request", async || Ok(server.count("POST /new") == 1)).await?;
    later(reader, 40).await?;
    fields::says(reader, "It may have arrived").await?;
    later(reader, 400).await?;
    ensure!(server.count("POST /new") == 1, "it was sent again");
    fields::press(reader, "Send again: Ada").await?;
    fields::says(reader, "Held for moderation").await?;
    ensure!(server.count("POST /new") == 2, "it was not sent again");
    Ok(())
}

async fn a_refusal_keeps_the_text(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "[guard]\nenabled = true\nratelimit = 1\n").await? else { return Ok(()) };
    reader.tolerate("403");
    fields::write(reader, "The first", "Ada").await?;
    fields::submit(reader, "Send").await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    fields::write(reader, "The second, too soon", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Too many comments in a short time").await?;
    is_told(reader, "Too many comments in a short time").await?;
    ensure!(
        !reader.eval("document.body.textContent").await?.as_str().unwrap_or_default().contains("127.0.0.1 has"),
        "an address is shown"
    );
    fields::press(reader, "Edit and try again: Ada").await?;
    reader.wait_for("the text in the form", &format!("{TEXT}.value === 'The second, too soon'")).await?;
    fields::press(reader, "Cancel").await?;
    fields::open(reader, QUIET).await?;
    fields::says(reader, "The second, too soon").await?;
    fields::press(reader, "Take back: Ada").await?;
    reader.role("heading").level(2).named("1 comment").find().await.map(drop)
}

/// Waits until something is said to who does not see it.
async fn is_told(reader: &Reader, words: &str) -> Result<()> {
    let said =
        "[...document.querySelectorAll('#comments > .visually-hidden[role=status]')].map(it => it.textContent).join()";
    reader.wait_for("it said", &format!("{said}.includes({words:?})")).await
}

async fn what_was_sent_keeps_the_focus_and_says_so(reader: &Reader) -> Result<()> {
    let Some(server) = waiting(reader, "Where am I?").await? else { return Ok(()) };
    let focus = "document.activeElement.classList.contains('comment')";
    reader.wait_for("the focus on what waits", focus).await?;
    reader.run("window.__moves = 0; addEventListener('focusin', () => __moves += 1)", vec![]).await?;
    server.set_down(false);
    later(reader, 1).await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    reader.wait_for("what was sent", "document.activeElement.id.startsWith('comment-isso-')").await?;
    is_told(reader, "Your comment is published.").await?;
    // It is the same element, and nothing reads it out again.
    ensure!(reader.eval("window.__moves").await? == 0, "the focus moved");
    Ok(())
}

async fn a_silent_server_does_not_hurt_the_article(reader: &Reader) -> Result<()> {
    reader.tolerate("127.0.0.1");
    reader.tolerate("connect");
    fields::open(reader, TALKED).await?;
    fields::says(reader, "These comments are as of November 22, 2026").await?;
    fields::says(reader, "Said on the server.").await?;
    fields::says(reader, "Said elsewhere").await
}

async fn the_server_is_newer_than_the_page(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, TALKED, "").await? else { return Ok(()) };
    // What the server does not show any more is gone, what it never had stays.
    reader.wait_for("the server's list", "!document.querySelector('#comment-isso-900')").await?;
    fields::says(reader, "Said elsewhere").await?;
    fields::write(reader, "News", "Bo").await?;
    fields::submit(reader, "Send").await?;
    reader.until("it on the server", async || Ok(shown(&server, TALKED).await?.len() == 1)).await?;
    reader.open(TALKED).await?;
    reader.role("heading").level(2).named("2 comments").find().await?;
    let count = reader.eval("document.querySelector('.article-meta a[href=\"#comments\"]').textContent").await?;
    count.as_str().context("no count in the header").map(drop)
}

async fn a_permalink_leads_to_what_only_the_server_has(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, TALKED, "").await? else { return Ok(()) };
    // Somebody else writes it: this device knows nothing of it.
    let write = format!(
        "return fetch('{}/new?uri={TALKED}', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }},
          body: JSON.stringify({{ text: 'Said since.', author: 'Cy', title: 'Talked' }}) }}).then((it) => it.json()).then((it) => it.id)",
        server.url()
    );
    let id = reader.run(&write, vec![]).await?;
    reader.resize(390, 300).await?;
    reader.open("/").await?;
    reader.open(&format!("{TALKED}#comment-isso-{id}")).await?;
    let in_view = format!(
        "(() => {{ const it = document.querySelector('#comment-isso-{id}')?.getBoundingClientRect(); return !!it && it.top >= 0 && it.top < innerHeight; }})()"
    );
    reader.wait_for("the comment in view", &in_view).await
}

async fn two_tabs_send_it_once(reader: &Reader) -> Result<()> {
    let Some(server) = waiting(reader, "From two tabs").await? else { return Ok(()) };
    let act = async || {
        fields::open(reader, QUIET).await?;
        fields::says(reader, "From two tabs").await?;
        // The first tab tries again by itself meanwhile.
        server.set_down(false);
        later(reader, 1).await?;
        waits_for(reader, &server, 1).await?;
        settled(reader).await
    };
    reader.in_another_tab(act, "").await?;
    server.set_down(false);
    later(reader, 1).await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    later(reader, 40).await?;
    later(reader, 40).await?;
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    ensure!(shown(&server, QUIET).await?.len() == 1, "it stands there twice");
    Ok(())
}

async fn it_goes_out_though_no_page_is_open(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    if reader.eval("'SyncManager' in window").await? == false {
        eprintln!("SKIPPED in {}: it has no Background Sync", reader.engine);
        return Ok(());
    }
    reader.wait_for("the service worker", "navigator.serviceWorker.controller !== null").await?;
    server.set_down(true);
    fields::write(reader, "Sent by nobody", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Waiting to be sent.").await?;
    reader.visit("/icon.svg").await?;
    reader.client.goto("about:blank").await?;
    server.set_down(false);
    let wake = async || {
        // It leaves everything to a page that is not quite gone yet, and the browser wakes it again later.
        ensure!(reader.wake_worker("outbox").await?, "nobody wakes the service worker");
        Ok(shown(&server, QUIET).await?.len() == 1)
    };
    patiently(reader, "the comment on the server", wake).await?;
    // Who comes back finds it published, and sends nothing more.
    fields::open(reader, QUIET).await?;
    fields::says(reader, "Sent by nobody").await?;
    settled(reader).await?;
    later(reader, 40).await?;
    later(reader, 40).await?;
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    fields::press(reader, "Delete: Ada").await?;
    fields::press(reader, "Delete for good: Ada").await?;
    waits_for(reader, &server, 0).await
}

async fn what_is_taken_back_stands_in_the_form(reader: &Reader) -> Result<()> {
    let Some(_server) = waiting(reader, "Not like this").await? else { return Ok(()) };
    fields::press(reader, "Take back: Ada").await?;
    reader
        .wait_for("the words", &format!("{TEXT}.value === 'Not like this' && document.activeElement === {TEXT}"))
        .await?;
    reader.wait_for("an empty outbox", "document.querySelector('.comment-note') === null").await?;
    fields::open(reader, QUIET).await?;
    reader.wait_for("the draft", &format!("{TEXT}.value === 'Not like this'")).await
}

async fn what_is_on_its_way_is_not_taken_back(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(()) };
    // A line on which a comment takes its time.
    let slow = "const ask = window.fetch; window.fetch = (it, ...more) => it.method === 'POST' && it.url.includes('/new')
        ? new Promise(soon => setTimeout(() => { window.__sent = true; soon(ask(it, ...more)) }, 4000)) : ask(it, ...more)";
    reader.run(slow, vec![]).await?;
    fields::write(reader, "Once and no more", "Ada").await?;
    fields::submit(reader, "Send").await?;
    let is_asked =
        "document.querySelector('.comment-note') !== null && document.querySelector('[data-act=take-back]') === null";
    reader.wait_for("nothing to take back", is_asked).await?;
    ensure!(reader.eval("window.__sent ?? false").await? == false, "it took as long as sending does");
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    Ok(())
}

async fn a_change_that_is_taken_back_stands_in_the_form_once(reader: &Reader) -> Result<()> {
    let Some(server) = start(reader, QUIET, "").await? else { return Ok(()) };
    reader.tolerate("127.0.0.1");
    fields::write(reader, "As it was", "Ada").await?;
    fields::submit(reader, "Send").await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    // Once the server has said that it takes changes.
    reader.role("button").named("Edit: Ada").find().await?;
    server.set_down(true);
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "As it is to be").await?;
    fields::submit(reader, "Save the change").await?;
    reader.wait_for("the change waiting", "document.querySelector('.comment-note') !== null").await?;
    fields::press(reader, "Take back: Ada").await?;
    reader.wait_for("its words once", &format!("{TEXT}?.value === 'As it is to be'")).await
}
