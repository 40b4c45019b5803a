//! The library where something is wrong: records and files that are damaged, storage that is blocked or full, nothing to save for.

use crate::fields;
use crate::library::{LONG, TITLE, read_to};
use crate::offline::ready;
use crate::wall_trouble::before;
use jumpline_tests::provider::rewrite;
use jumpline_tests::{Case, Context as _, Reader, Result, case, ensure};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(where_nothing_is_kept_it_is_said),
    case!(a_broken_record_hurts_no_other),
    case!(what_is_damaged_is_made_anew),
    case!(of_a_file_what_can_be_read_is_taken_in),
    case!(where_nothing_would_open_nothing_is_saved),
    case!(what_does_not_come_can_be_asked_for_again),
    case!(what_could_not_be_saved_leaves_nothing),
    case!(a_server_that_falls_silent_is_given_up),
];

async fn where_nothing_is_kept_it_is_said(reader: &Reader) -> Result<()> {
    let blocked = "for (const it of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) \
        Object.defineProperty(window, it, { get() { throw new DOMException('blocked', 'SecurityError') } })";
    before(reader, "/library/", blocked)?;
    reader.open("/library/").await?;
    reader
        .wait_for("a word on it", "document.body.innerText.includes('This browser keeps nothing beyond this page')")
        .await?;
    reader.follow(LONG).await?;
    reader.role("heading").level(1).named(TITLE).find().await?;
    reader.role("button").named("Save for offline").click().await?;
    reader
        .wait_for(
            "a word on saving",
            "document.body.innerText.includes('This browser keeps nothing, so nothing can be saved')",
        )
        .await?;
    reader.role("button").named("Save for offline").find().await?;
    let scroll = "const it = document.querySelectorAll('.prose > *')[12]; it.scrollIntoView({ behavior: 'instant' })";
    reader.run(scroll, vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    // What this page has seen it knows, for as long as it lives.
    reader.follow("/").await?;
    let shelf = reader.role("region").named("Continue reading").find().await?;
    reader.role("link").named(TITLE).within(&shelf).find().await.map(drop)
}

async fn a_broken_record_hurts_no_other(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let spoil = "const open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        const it = open.result.transaction('readings', 'readwrite'); it.objectStore('readings').put('{\"permalink\":', '/broken/'); \
        it.oncomplete = () => window.__spoilt = true }";
    reader.run(spoil, vec![]).await?;
    reader.wait_for("the damage", "window.__spoilt === true").await?;
    reader.open("/library/").await?;
    reader
        .wait_for("the other", &format!("document.querySelector('.library-list')?.innerText.includes({TITLE:?})"))
        .await?;
    // What this release cannot read a later one may: it stays, whatever else changes.
    reader.open(LONG).await?;
    read_to(reader, 20).await?;
    let look = "const open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        open.result.transaction('readings').objectStore('readings').get('/broken/').onsuccess = (it) => window.__broken = it.target.result }";
    reader.run(look, vec![]).await?;
    reader.wait_for("the damage as it was", "window.__broken === '{\"permalink\":'").await
}

async fn what_is_damaged_is_made_anew(reader: &Reader) -> Result<()> {
    let put = "const [text] = arguments, open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        const it = open.result.transaction('readings', 'readwrite'); it.objectStore('readings').put(text, '/specimen/'); \
        it.oncomplete = () => window.__put = true }";
    let open = async |text: &str| -> Result<()> {
        reader.open("/library/").await?;
        reader.wait_for("the library", "document.querySelector('.library-list, .empty') !== null").await?;
        reader.run(put, vec![text.into()]).await?;
        reader.wait_for("the damage", "window.__put === true").await?;
        reader.open(LONG).await
    };
    for damaged in ["garbage{", "{\"permalink\":\"/specimen/\",\"minutes\":-1}"] {
        open(damaged).await?;
        reader.role("button").named("Save for offline").click().await?;
        reader.role("button").named("Saved for offline").find().await?;
        reader.open(LONG).await?;
        reader.role("button").named("Saved for offline").find().await?;
        reader.open("/library/").await?;
        let history = reader.role("region").named("History").find().await?;
        reader.role("link").named(TITLE).within(&history).find().await?;
    }
    // What a later release may have written stays, and that nothing was saved is said.
    open("{\"permalink\":\"/specimen/\",\"at\":{\"day\":1}}").await?;
    reader.role("button").named("Save for offline").click().await?;
    reader.wait_for("a word on it", "document.body.innerText.includes('It could not be saved')").await?;
    reader.role("button").named("Save for offline").find().await.map(drop)
}

async fn of_a_file_what_can_be_read_is_taken_in(reader: &Reader) -> Result<()> {
    reader.open("/library/").await?;
    let file = |version: u32| {
        format!(
            "{{\"version\":{version},\"readings\":[{{\"permalink\":\"/a/\",\"title\":\"The good one\",\"at\":5}},{{\"permalink\":\"/b/\",\"at\":-5}},7],\"settings\":{{\"jumpline:/:draft:/c/#\":\"x\",\"jumpline:draft:/c/#\":\"x\"}}}}"
        )
    };
    fields::bring(reader, "library-file", &file(2)).await?;
    let says = async |words: &str| {
        reader.wait_for("a word on it", &format!("document.body.innerText.includes({words:?})")).await
    };
    says("A later release wrote this file, and this one cannot read it. Nothing was changed.").await?;
    fields::bring(reader, "library-file", &file(1)).await?;
    says("The file was taken in. 2 articles in it could not be read and were left out.").await?;
    says("The good one").await?;
    reader.run("localStorage.clear(); Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", vec![]).await?;
    fields::bring(reader, "library-file", &file(1)).await?;
    says("this browser could not keep all of it").await
}

async fn where_nothing_would_open_nothing_is_saved(reader: &Reader) -> Result<()> {
    let off = [("\"base\":\"/\"", "\"base\":\"/\",\"app\":{\"offline\":false}")];
    rewrite(reader, LONG, &off)?;
    rewrite(reader, "/library/", &off)?;
    reader.open(LONG).await?;
    reader.role("button").named("Share").find().await?;
    ensure!(reader.role("button").named("Save for offline").count().await? == 0, "an article is offered to be saved");
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))";
    reader.run(press, vec![]).await?;
    let keys = reader.role("dialog").named("Keyboard shortcuts").find().await?;
    ensure!(!keys.text().await?.contains("Save for offline"), "a key is said to save");
    reader.open("/library/").await?;
    reader.role("heading").level(2).named("Your data").find().await?;
    let archive = reader.role("heading").level(2).named("The whole archive").count().await?;
    ensure!(archive == 0, "the archive is offered");
    Ok(())
}

async fn what_does_not_come_can_be_asked_for_again(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    let part = reader.site.part("library")?;
    reader.server.set_fault(&part, Fault::Status(500));
    reader.open("/library/").await?;
    let again = reader.role("button").named("Try again").find().await?;
    ensure!(reader.role("alert").find().await?.text().await?.contains("500"), "nobody says why");
    reader.server.clear_fault(&part);
    again.click().await?;
    reader.role("region").named("History").find().await.map(drop)
}

async fn what_could_not_be_saved_leaves_nothing(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.open(LONG).await?;
    let picture = reader.eval("new URL(document.querySelector('.prose img').src).pathname").await?;
    reader.server.set_fault(picture.as_str().context("a path")?, Fault::Status(503));
    reader.role("button").named("Save for offline").click().await?;
    reader.wait_for("a word on it", "document.body.innerText.includes('It could not be saved')").await?;
    let count = "const done = arguments[0];
        caches.open('jumpline:/:saved').then(it => it.keys()).then(it => done(it.map(it => it.url).join()))";
    let left = reader.client.execute_async(count, vec![]).await?;
    ensure!(left == "", "nobody knows of {left}");
    Ok(())
}

async fn a_server_that_falls_silent_is_given_up(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.open(LONG).await?;
    let picture = reader.eval("new URL(document.querySelector('.prose img').src).pathname").await?;
    let picture = picture.as_str().context("a path")?;
    let said = "document.body.innerText.includes('It could not be saved')";
    for fault in [Fault::Never, Fault::Drip] {
        reader.server.set_fault(picture, fault);
        reader.role("button").named("Save for offline").click().await?;
        reader.role("button").named("Saving…").find().await?;
        tokio::time::sleep(std::time::Duration::from_secs(12)).await;
        reader.wait_for("a word on it", said).await?;
    }
    reader.server.clear_fault(picture);
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await.map(drop)
}
