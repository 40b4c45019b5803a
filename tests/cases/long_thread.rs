//! A thread of hundreds: folded, drawn in pieces, and used while it is drawn.

use crate::fields::{self, TEXT};
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, case, ensure};
use serde_json::{Value, json};
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_long_thread_is_folded_and_unfolds).at(Sample::Odd),
    case!(what_is_drawn_in_pieces_ends_whole).at(Sample::Odd),
    case!(one_comes_back_to_the_same_line).at(Sample::Odd),
    case!(a_thread_that_fails_stands_there_to_its_end).at(Sample::Odd),
    case!(who_reads_or_types_meanwhile_is_not_disturbed).at(Sample::Odd),
];

const ARTICLE: &str = "/discussed/";
const CONVERSATIONS: usize = 30;
const REPLIES: usize = 13;

/// What stands in the list, in order.
const ROWS: &str = "[...document.querySelectorAll('#thread > li')].map((it) => it.id)";

/// A clock by which everything takes long, so that each piece of the thread is one comment, and a note of what stood there after each.
/// Firefox's driver has a `Date` of its own.
const SLOW_CLOCK: &str = "const page = window.wrappedJSObject ?? window; let ahead = 0;
    const real = page.Date.now.bind(page.Date);
    page.Date.now = () => real() + (ahead += 20);
    window.__counts = [];
    new MutationObserver(() => __counts.push(document.querySelectorAll('.comment-tools').length))
      .observe(document.querySelector('#thread'), { childList: true });";

/// The comments of a long thread, with those that the page came with at its beginning.
fn comments(reader: &Reader) -> Result<Value> {
    let file = reader.site.root.join("discussed/comments.json");
    let mut file: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let list = file["comments"].as_array_mut().context("no list of comments")?;
    for number in 0..CONVERSATIONS {
        let one = |id: &str, parent: Option<&str>, minute: usize| {
            let date = format!("2026-11-{:02}T10:{minute:02}:00Z", 1 + number % 28);
            let text = format!("<p>{id} says something.</p>");
            json!({ "id": id, "parent": parent, "author": format!("Reader {number}"), "date": date, "content_html": text })
        };
        let first = format!("long-{number}");
        list.push(one(&first, None, 0));
        list.extend((0..REPLIES).map(|it| one(&format!("{first}-{it}"), Some(&first), 1 + it)));
    }
    Ok(file)
}

/// Opens the article while its comments do not come: its thread stays as the press wrote it. Gives back what does not come.
async fn open_failed(reader: &Reader) -> Result<String> {
    let document = format!("{ARTICLE}comments.json");
    reader.tolerate("500");
    reader.server.set_fault(&document, Fault::Status(500));
    reader.open(ARTICLE).await?;
    reader.run("document.querySelector('#comments').scrollIntoView()", vec![]).await?;
    reader.role("button").named("Try again").find().await?;
    Ok(document)
}

/// Lets the reader go on from there as slowly as can be.
async fn open_slowly(reader: &Reader) -> Result<()> {
    let document = open_failed(reader).await?;
    reader.server.clear_fault(&document);
    reader.run(SLOW_CLOCK, vec![]).await?;
    press(reader, "Try again").await
}

async fn lengthen(reader: &Reader) -> Result<()> {
    reader.server.set_document(&format!("{ARTICLE}comments.json"), comments(reader)?.to_string());
    Ok(())
}

/// Presses the first button that says this.
async fn press(reader: &Reader, words: &str) -> Result<()> {
    let button = reader.role("button").like(words).first().await?;
    reader.run("arguments[0].click()", vec![serde_json::to_value(&button)?]).await.map(drop)
}

async fn a_long_thread_is_folded_and_unfolds(reader: &Reader) -> Result<()> {
    lengthen(reader).await?;
    fields::open(reader, ARTICLE).await?;
    let count = async || reader.eval("document.querySelectorAll('#thread > .comment').length").await;
    let before = count().await?;
    press(reader, "Show 3 more replies").await?;
    reader
        .wait_for("three more", &format!("document.querySelectorAll('#thread > .comment').length === {before} + 3"))
        .await?;
    let focus = |id: &str| format!("document.activeElement.id === 'comment-long-{id}'");
    reader.wait_for("the focus on the first that came", &focus(&format!("0-{}", REPLIES - 3))).await?;
    press(reader, "more conversations").await?;
    let last = format!("document.querySelector('#comment-long-{}') !== null", CONVERSATIONS - 1);
    reader.wait_for("the last conversation", &last).await
}

async fn what_is_drawn_in_pieces_ends_whole(reader: &Reader) -> Result<()> {
    lengthen(reader).await?;
    open_slowly(reader).await?;
    reader.wait_for("the whole thread", "document.querySelector('#thread').classList.contains('is-live')").await?;
    let (in_pieces, counts) = (reader.eval(ROWS).await?, reader.eval("__counts").await?);
    fields::open(reader, ARTICLE).await?;
    let at_once = reader.eval(ROWS).await?;
    ensure!(at_once == in_pieces, "at once {at_once}, in pieces {in_pieces}");
    let counts: Vec<u64> = counts.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
    ensure!(counts.len() > 50, "it was drawn in {} pieces", counts.len());
    ensure!(counts.is_sorted(), "something went that stood there: {counts:?}");
    Ok(())
}

async fn a_thread_that_fails_stands_there_to_its_end(reader: &Reader) -> Result<()> {
    let document = open_failed(reader).await?;
    // As it is where nobody is near when the page comes to life.
    reader.run("document.querySelector('#thread').classList.add('is-far')", vec![]).await?;
    press(reader, "Try again").await?;
    reader.wait_for("all of it", "!document.querySelector('#thread').classList.contains('is-far')").await?;
    reader.server.clear_fault(&document);
    press(reader, "Try again").await?;
    reader.wait_for("a live thread", "document.querySelector('#thread').classList.contains('is-live')").await
}

async fn who_reads_or_types_meanwhile_is_not_disturbed(reader: &Reader) -> Result<()> {
    lengthen(reader).await?;
    open_slowly(reader).await?;
    reader.wait_for("the form", &format!("{TEXT} !== null")).await?;
    reader.run(&format!("{TEXT}.focus()"), vec![]).await?;
    reader.wait_for("the whole thread", "document.querySelector('#thread').classList.contains('is-live')").await?;
    reader.wait_for("the focus where it was", &format!("document.activeElement === {TEXT}")).await
}

/// Where a comment stands in the window.
fn top(comment: &str) -> String {
    format!("Math.round(document.querySelector('{comment}')?.getBoundingClientRect().top ?? -1)")
}

async fn one_comes_back_to_the_same_line(reader: &Reader) -> Result<()> {
    lengthen(reader).await?;
    reader.open("/").await?;
    reader.follow(ARTICLE).await?;
    let is_live = "document.querySelector('#thread')?.classList.contains('is-live') === true";
    reader.wait_for("the whole thread", is_live).await?;
    press(reader, "more conversations").await?;
    let last = format!("#comment-long-{}", CONVERSATIONS - 1);
    reader.wait_for("the last conversation", &format!("document.querySelector('{last}') !== null")).await?;
    let scroll = format!("document.querySelector('{last}').scrollIntoView({{ behavior: 'instant', block: 'center' }})");
    reader.run(&scroll, vec![]).await?;
    // The position is noted as one scrolls.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = reader.eval(&top(&last)).await?;
    reader.follow("/").await?;
    reader.wait_for("the home page", "document.querySelector('#thread') === null").await?;
    reader.run("history.back()", vec![]).await?;
    reader.wait_for("the whole thread again", is_live).await?;
    let near = format!("Math.abs({} - {before}) <= 2", top(&last));
    reader.wait_for("the same line", &near).await
}
