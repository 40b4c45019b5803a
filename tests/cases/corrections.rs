//! What changes while a tab stays open, or after it was saved: corrections, new lists, other pictures.

use crate::archive::LATER;
use crate::offline::{kept, lies_in, ready};
use jumpline_tests::{Case, Context as _, Reader, Result, case, ensure};
use serde_json::Value;
use std::fs;
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(an_open_tab_shows_what_was_corrected),
    case!(an_open_tab_shows_what_is_new),
    case!(what_is_new_is_shown_though_its_list_is_still_on_its_way),
    case!(what_was_here_is_shown_where_nobody_answers),
    case!(an_error_goes_when_the_network_is_back),
    case!(what_was_read_by_clicks_opens_on_a_silent_server),
    case!(what_was_saved_is_corrected),
    case!(another_picture_under_the_same_name_is_seen),
];

/// What a correction adds to a title.
const MARK: &str = "Corrected: ";

/// A document of the site, with the title of one article corrected.
fn corrected(reader: &Reader, document: &str, title: &str) -> Result<String> {
    let json = fs::read_to_string(reader.site.root.join(document.trim_start_matches('/')))?;
    let (old, new) = (serde_json::to_string(title)?, serde_json::to_string(&format!("{MARK}{title}"))?);
    ensure!(json.contains(&old), "{document} does not name {title}");
    Ok(json.replace(&old, &new))
}

/// Lets time pass for the page.
async fn later(reader: &Reader, minutes: u32) -> Result<()> {
    reader.run(&LATER.replace("{}", &(minutes * 60_000).to_string()), vec![]).await.map(drop)
}

/// Goes from the front page to an article and back, so that both are here.
async fn read_both(reader: &Reader) -> Result<(String, String)> {
    let (path, title) = reader.site.story(1)?;
    reader.open("/archive/").await?;
    reader.follow("/").await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    Ok((path, title))
}

async fn an_open_tab_shows_what_was_corrected(reader: &Reader) -> Result<()> {
    let (path, title) = read_both(reader).await?;
    reader.follow("/").await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    let document = format!("{path}article.json");
    reader.server.set_document(&document, corrected(reader, &document, &title)?);
    later(reader, 10).await?;
    reader.follow(&path).await?;
    reader.role("heading").level(1).named(&format!("{MARK}{title}")).find().await.map(drop)
}

async fn an_open_tab_shows_what_is_new(reader: &Reader) -> Result<()> {
    // With the service worker, which shows the list that is kept first.
    ready(reader, "/").await?;
    let (_, title) = read_both(reader).await?;
    reader.server.set_document("/listing.json", corrected(reader, "/listing.json", &title)?);
    later(reader, 10).await?;
    reader.follow("/").await?;
    reader.role("link").named(&format!("{MARK}{title}")).first().await.map(drop)
}

async fn what_is_new_is_shown_though_its_list_is_still_on_its_way(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let (list, part) = ("/archive/listing.json", reader.site.part("aside")?);
    let (_, title) = reader.site.story(1)?;
    reader.follow("/archive/").await?;
    kept(reader, list).await?;
    reader.open("/").await?;
    // The list is here at once, and what is new of it soon after; what the page is drawn with takes its time.
    let forget = "const [part, done] = arguments;
        caches.keys().then(all => Promise.all(all.map(it => caches.open(it).then(it => it.delete(part))))).then(() => done())";
    reader.client.execute_async(forget, vec![reader.server.url(&part).into()]).await?;
    reader.server.set_fault(&part, Fault::Delay(Duration::from_secs(3)));
    reader.server.set_document(list, corrected(reader, list, &title)?);
    let count = || reader.server.visits().iter().filter(|it| it.path == list).count();
    let before = count();
    reader.follow("/archive/").await?;
    reader.until("the list asked for anew", async || Ok(count() > before)).await?;
    ensure!(reader.path().await? == "/", "what the page is drawn with was here already");
    reader.role("link").named(&format!("{MARK}{title}")).first().await.map(drop)
}

async fn what_was_here_is_shown_where_nobody_answers(reader: &Reader) -> Result<()> {
    let (path, title) = read_both(reader).await?;
    reader.follow("/").await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    reader.server.set_fault(&format!("{path}article.json"), Fault::Never);
    later(reader, 10).await?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await
}

async fn an_error_goes_when_the_network_is_back(reader: &Reader) -> Result<()> {
    for words in ["ERR_", "Failed to load resource", "NetworkError", "Load failed"] {
        reader.tolerate(words);
    }
    let (path, title) = reader.site.story(3)?;
    // Before it can be loaded ahead.
    reader.server.set_fault(&format!("{path}article.json"), Fault::Drop);
    reader.open("/archive/").await?;
    reader.follow(&path).await?;
    reader.role("heading").level(1).named("This page did not load").find().await?;
    reader.server.clear_fault(&format!("{path}article.json"));
    reader.run("dispatchEvent(new Event('online'))", vec![]).await?;
    reader.arrives(&path, &title).await
}

async fn what_was_read_by_clicks_opens_on_a_silent_server(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let (path, title) = reader.site.story(1)?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    kept(reader, &format!("{path}article.json")).await?;
    for fault in [Fault::Never, Fault::Status(503)] {
        reader.server.set_fault(&format!("{path}index.html"), fault);
        reader.server.set_fault(&path, fault);
        reader.open(&path).await?;
        reader.role("heading").level(1).named(&title).find().await?;
    }
    Ok(())
}

async fn what_was_saved_is_corrected(reader: &Reader) -> Result<()> {
    let (path, title) = reader.site.story(1)?;
    if !ready(reader, &path).await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    // As if it had had another picture then.
    let dropped = "/media/dropped.svg";
    let put = format!("caches.open('jumpline:/:saved').then(it => it.put({dropped:?}, new Response('<svg/>')))");
    reader.run(&format!("return {put}.then(() => true)"), vec![]).await?;
    kept(reader, dropped).await?;
    let document = format!("{path}article.json");
    reader.server.set_document(&document, corrected(reader, &document, &title)?);
    let mut list: Value = serde_json::from_str(&fs::read_to_string(reader.site.root.join("offline.json"))?)?;
    let articles = list["articles"].as_array_mut().context("no articles")?;
    let one = articles.iter_mut().find(|it| it["permalink"] == path.as_str()).context("it is not listed")?;
    ensure!(one["digest"].as_str().is_some_and(|it| it.len() == 8), "it has no digest");
    one["digest"] = "01234567".into();
    let files: Vec<String> = serde_json::from_value(one["files"].clone())?;
    reader.server.set_document("/offline.json", list.to_string());
    reader.open("/").await?;
    let saved = format!(
        "(caches.open('jumpline:/:saved').then(it => it.match({document:?})).then(it => it?.text()).then(it => window.__saved = it ?? ''), (window.__saved ?? '').includes({MARK:?}))"
    );
    reader.wait_for("the correction on the device", &saved).await?;
    reader.until("the end of what nothing shows", async || Ok(!lies_in(reader, "saved", dropped).await?)).await?;
    for file in files {
        let path = format!("/{}", file.strip_suffix("index.html").unwrap_or(&file));
        ensure!(lies_in(reader, "saved", &path).await?, "{path} went, too");
    }
    Ok(())
}

async fn another_picture_under_the_same_name_is_seen(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    // One that no page shows: those are asked for once more when the worker is in charge.
    let picture = "/media/unseen.svg";
    reader.server.set_document(picture, "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    let older = format!(
        "const done = arguments[0], headers = {{ date: new Date(Date.now() - 7200000).toUTCString() }};
        caches.open('jumpline:/:pictures').then(it => it.put({picture:?}, new Response('older', {{ headers }})))
            .then(() => fetch({picture:?})).then(it => it.text()).then(done)"
    );
    let first = reader.client.execute_async(&older, vec![]).await?;
    ensure!(first == "older", "what is kept is not shown at once");
    let now = format!(
        "(caches.match({picture:?}).then(it => it.text()).then(it => window.__picture = it), (window.__picture ?? '').includes('<svg'))"
    );
    reader.wait_for("the other picture", &now).await
}
