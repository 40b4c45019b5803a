//! Slow and failing networks: never a blank page, and always a way on.

use std::time::Duration;

use jumpline_tests::{Case, Context, Reader, Result, case, ensure};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_slow_page_shows_progress_and_keeps_the_old_one),
    case!(a_later_click_wins),
    case!(a_failed_page_offers_to_try_again),
    case!(a_broken_connection_offers_to_try_again),
    case!(a_document_may_take_its_time),
    case!(a_document_that_stops_coming_is_given_up),
    case!(a_document_that_only_drips_is_given_up),
    case!(a_damaged_document_is_called_so),
    case!(the_way_back_from_a_failure_works),
    case!(a_reader_that_does_not_come_leaves_the_page_as_it_is),
    case!(without_its_sheet_a_link_brings_another_pages_style),
];

/// Opens the front page with a fault on the second story, and clicks on it.
async fn click_into(reader: &Reader, fault: Fault) -> Result<(String, String)> {
    let (path, title) = reader.site.story(1)?;
    reader.server.set_fault(&format!("{path}article.json"), fault);
    reader.open("/").await?;
    reader.mark_window().await?;
    reader.follow(&path).await?;
    Ok((path, title))
}

async fn a_slow_page_shows_progress_and_keeps_the_old_one(reader: &Reader) -> Result<()> {
    let (path, title) = click_into(reader, Fault::Delay(Duration::from_secs(3))).await?;
    reader.role("progressbar").named("Loading").find().await?;
    let (_, lead) = reader.site.story(0)?;
    ensure!(
        reader.role("heading").level(2).named(&lead).count().await? == 1,
        "the old page went before the new one came"
    );
    ensure!(reader.path().await? == "/", "the address changed before the page");
    reader.arrives(&path, &title).await?;
    reader.role("progressbar").is_gone().await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    Ok(())
}

async fn a_later_click_wins(reader: &Reader) -> Result<()> {
    click_into(reader, Fault::Delay(Duration::from_secs(2))).await?;
    let (path, title) = reader.site.story(0)?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    reader.arrives(&path, &title).await
}

/// The error is announced, keeps the address, and its button works once the network does.
async fn fails_then_works(reader: &Reader, fault: Fault, words: &str) -> Result<()> {
    let (path, title) = click_into(reader, fault).await?;
    let alert = reader.role("alert").find().await?;
    let said = alert.text().await?;
    ensure!(said.contains(words), "the error says {said:?}");
    ensure!(reader.path().await? == path, "the address is the one that failed");
    reader.role("banner").find().await?;
    let refused = || reader.server.visits().iter().filter(|it| it.path == format!("{path}article.json")).count();
    let before = refused();
    reader.role("button").named("Try again").click().await?;
    reader.until("another request", async || Ok(refused() > before)).await?;
    // WebKit asks a broken connection again by itself: what it asked before the network came back must have failed by then.
    reader.role("progressbar").is_gone().await?;
    reader.role("alert").find().await?;

    reader.server.clear_fault(&format!("{path}article.json"));
    reader.role("button").named("Try again").click().await?;
    reader.arrives(&path, &title).await?;
    reader.role("alert").is_gone().await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    Ok(())
}

async fn a_failed_page_offers_to_try_again(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    fails_then_works(reader, Fault::Status(500), "500").await
}

async fn a_broken_connection_offers_to_try_again(reader: &Reader) -> Result<()> {
    reader.tolerate("Failed to load resource");
    reader.tolerate("ERR_EMPTY_RESPONSE");
    fails_then_works(reader, Fault::Drop, "online").await
}

async fn a_document_may_take_its_time(reader: &Reader) -> Result<()> {
    let (path, title) = click_into(reader, Fault::Slow(Duration::from_secs(20))).await?;
    reader.arrives(&path, &title).await
}

async fn a_document_that_stops_coming_is_given_up(reader: &Reader) -> Result<()> {
    // Its beginning comes, and nothing more.
    fails_then_works(reader, Fault::Slow(Duration::from_secs(3600)), "did not answer").await
}

async fn a_document_that_only_drips_is_given_up(reader: &Reader) -> Result<()> {
    click_into(reader, Fault::Drip).await?;
    let said = reader.role("alert").find().await?.text().await?;
    ensure!(said.contains("did not answer"), "the error says {said:?}");
    Ok(())
}

async fn a_damaged_document_is_called_so(reader: &Reader) -> Result<()> {
    let (path, _) = reader.site.story(1)?;
    reader.server.set_document(&format!("{path}article.json"), "{\"id\":\"1\",\"title\":");
    reader.open("/").await?;
    reader.follow(&path).await?;
    let said = reader.role("alert").find().await?.text().await?;
    ensure!(said.contains("damaged"), "the error says {said:?}");
    Ok(())
}

async fn the_way_back_from_a_failure_works(reader: &Reader) -> Result<()> {
    reader.tolerate("503");
    let (path, title) = reader.site.story(1)?;
    reader.server.set_fault(&format!("{path}article.json"), Fault::Status(503));
    reader.open("/").await?;
    reader.mark_window().await?;
    let latest = reader.role("region").named("Latest").find().await?;
    // A real click: WebKit's back leaves out entries that were made without one.
    reader.role("link").named(&title).within(&latest).click().await?;
    reader.role("alert").find().await?;
    reader.client.back().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    Ok(())
}

/// Without its Wasm the page is a page, and its links are links.
async fn a_reader_that_does_not_come_leaves_the_page_as_it_is(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    reader.tolerate("rejection");
    reader.tolerate("Uncaught (in promise)");
    let assets = std::fs::read_dir(&reader.site.root)?.flatten().map(|it| it.file_name());
    let wasm = assets.filter_map(|it| it.into_string().ok()).find(|it| it.ends_with("_bg.wasm"));
    let wasm = wasm.context("the site has no Wasm")?;
    reader.server.set_fault(&format!("/{wasm}"), Fault::Status(404));
    reader.visit("/").await?;
    let (path, title) = reader.site.story(1)?;
    let latest = reader.role("region").named("Latest").find().await?;
    reader.role("link").named(&title).within(&latest).click().await?;
    reader.arrives(&path, &title).await
}

async fn without_its_sheet_a_link_brings_another_pages_style(reader: &Reader) -> Result<()> {
    reader.tolerate("late-");
    let page = std::fs::read_to_string(reader.site.root.join("index.html"))?;
    let sheet = page.split_once("<link rel=\"stylesheet\" href=\"").and_then(|it| it.1.split_once('"'));
    let sheet = sheet.context("the page has no late sheet")?.0;
    let (path, title) = reader.site.story(1)?;
    reader.server.set_fault(sheet, Fault::Status(404));
    reader.open("/").await?;
    reader.mark_window().await?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    ensure!(!reader.is_same_window().await?, "the front page has no style for an article");
    let figures = reader.eval("getComputedStyle(document.querySelector('.prose')).fontVariantNumeric").await?;
    ensure!(figures.as_str().is_some_and(|it| it.contains("oldstyle-nums")), "the article is bare: {figures}");
    reader.server.clear_fault(sheet);
    reader.open("/").await?;
    reader.mark_window().await?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    ensure!(reader.is_same_window().await?, "with its sheet the front page was left");
    Ok(())
}
