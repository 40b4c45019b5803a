//! Without a network: what was read opens again, what was saved is there, a new edition takes over, a broken one does not.

use crate::archive::ARCHIVE;
use crate::fields;
use crate::wall::{AUTUMN, reads, unlock};
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, case, ensure};
use std::fs;

pub(crate) const CASES: &[Case] = &[
    case!(what_was_read_opens_without_a_network),
    case!(an_article_that_is_not_here_says_which_are),
    case!(a_saved_article_opens_whole),
    case!(a_saved_photograph_is_there_in_every_window).at(Sample::Odd),
    case!(home_opens_though_nobody_was_there),
    case!(a_full_device_says_so_and_loses_nothing),
    case!(a_small_device_drops_what_nobody_saved_first),
    case!(a_new_edition_is_announced_and_shown),
    case!(a_broken_edition_leaves_the_old_one_in_charge),
    case!(half_an_upload_leaves_the_old_reader_running),
    case!(turned_off_it_removes_itself),
    case!(below_a_path_it_keeps_to_itself).at(Sample::Below),
    case!(what_is_paid_for_is_saved_locked_and_opens).at(Sample::Walled),
];

/// Opens a page and waits until the service worker is in charge. `false`, with the reason printed, where the engine has none.
pub(crate) async fn ready(reader: &Reader, path: &str) -> Result<bool> {
    // The network that is gone is what these are about.
    for words in ["ERR_", "Failed to load resource", "NetworkError", "Load failed", "resource on", "Cache.addAll()"] {
        reader.tolerate(words);
    }
    reader.open(path).await?;
    if reader.eval("'serviceWorker' in navigator").await? == false {
        eprintln!("SKIPPED in {}: it has no service workers here", reader.engine);
        return Ok(false);
    }
    reader.wait_for("the service worker", "navigator.serviceWorker.controller !== null").await?;
    Ok(true)
}

/// Waits until a file is kept.
pub(crate) async fn kept(reader: &Reader, path: &str) -> Result<()> {
    let url = reader.server.url(path);
    reader
        .run(&format!("window.__kept = false; caches.match({url:?}).then(it => window.__kept = !!it)"), vec![])
        .await?;
    let look = format!("(caches.match({url:?}).then(it => window.__kept = !!it), window.__kept)");
    reader.wait_for(&format!("{path} on the device"), &look).await
}

/// An article that was read opens when the server is gone.
async fn stays(reader: &Reader, path: &str, title: &str) -> Result<()> {
    reader.open(path).await?;
    kept(reader, path).await?;
    reader.server.set_down(true);
    reader.open(path).await?;
    reader.role("heading").level(1).named(title).find().await.map(drop)
}

async fn what_was_read_opens_without_a_network(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let (path, title) = reader.site.story(1)?;
    reader.open(&path).await?;
    kept(reader, &path).await?;
    kept(reader, "/").await?;
    reader.server.set_down(true);
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await?;
    // From the front page, whose document was never fetched, to the article, whose document was not either.
    reader.open("/").await?;
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await
}

async fn an_article_that_is_not_here_says_which_are(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let (read, title) = reader.site.story(1)?;
    reader.open(&read).await?;
    reader.wait_for("the history", "localStorage.getItem('jumpline:library:/') !== null").await?;
    kept(reader, &read).await?;
    reader.server.set_down(true);
    reader.open("/about/").await?;
    reader.role("heading").level(1).named("This page did not load").find().await?;
    reader.role("link").named(&title).find().await?;
    reader.role("heading").level(2).named("These articles are on this device").find().await?;
    let more = || reader.role("link").named("All that is on this device");
    ensure!(more().count().await? == 0, "more is promised than there is");
    // Nothing of it was read.
    let about = reader.eval("document.querySelector('.continue').textContent").await?;
    ensure!(about.as_str().is_some_and(|it| it.contains("min read") && !it.contains("left")), "{about}");
    // No more than forty are looked for.
    let many = "const open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        const it = open.result.transaction('readings', 'readwrite'); \
        for (let at = 1; at < 50; at += 1) it.objectStore('readings').put(JSON.stringify({ permalink: `/old-${at}/`, title: 'Old', at }), `/old-${at}/`); \
        it.oncomplete = () => dispatchEvent(new StorageEvent('storage')) }";
    reader.run(many, vec![]).await?;
    more().find().await?;
    reader.server.set_down(false);
    reader.role("button").named("Try again").click().await?;
    reader.wait_for("the page", "document.querySelector('h1').textContent.includes('About')").await
}

async fn a_saved_article_opens_whole(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let picture = "/media/panorama.svg";
    kept(reader, picture).await?;
    kept(reader, "/specimen/article.json").await?;
    only_saved(reader).await?;
    reader.open("/specimen/").await?;
    reader.run("document.querySelector('img[src*=panorama]').scrollIntoView()", vec![]).await?;
    reader.wait_for("the picture", "document.querySelector('img[src*=panorama]').naturalWidth > 0").await?;
    reader.role("button").named("Saved for offline").click().await?;
    reader.role("button").named("Save for offline").find().await.map(drop)
}

/// Leaves nothing but what was saved, and no network.
async fn only_saved(reader: &Reader) -> Result<()> {
    let script = "caches.keys().then(all => Promise.all(all.filter(it => /read|pictures/.test(it)).map(it => caches.delete(it)))).then(() => window.__alone = true)";
    reader.run(script, vec![]).await?;
    reader.wait_for("the other caches gone", "window.__alone === true").await?;
    reader.server.set_down(true);
    Ok(())
}

async fn a_saved_photograph_is_there_in_every_window(reader: &Reader) -> Result<()> {
    if !ready(reader, "/fog/").await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    kept(reader, "/media/fog.jpg").await?;
    only_saved(reader).await?;
    reader.open("/fog/").await?;
    reader.wait_for("the photograph", "document.querySelector('.lead-picture img').naturalWidth > 0").await?;
    // It asked for a copy, which nobody saved.
    let asked = reader.eval("document.querySelector('.lead-picture img').currentSrc").await?;
    ensure!(asked.as_str().is_some_and(|it| it.ends_with("w.jpg")), "{asked}");
    Ok(())
}

/// Whether a file lies in one of our caches.
pub(crate) async fn lies_in(reader: &Reader, which: &str, path: &str) -> Result<bool> {
    let script = "const [which, url, done] = arguments;
        caches.open(`jumpline:/:${which}`).then(it => it.match(url)).then(it => done(!!it))";
    let found = reader.client.execute_async(script, vec![which.into(), reader.server.url(path).into()]).await?;
    found.as_bool().context("no answer")
}

/// The newest article of a list is linked on its page.
pub(crate) async fn shows(reader: &Reader, path: &str) -> Result<()> {
    let feed = reader.site.listing(path)?;
    let title = feed.items.first().and_then(|it| it.title.clone()).context("an empty list")?;
    reader.open(path).await?;
    reader.role("link").named(&title).first().await.map(drop).with_context(|| path.to_owned())
}

async fn home_opens_though_nobody_was_there(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    kept(reader, "/").await?;
    kept(reader, "/listing.json").await?;
    reader.server.set_down(true);
    shows(reader, "/").await
}

async fn a_small_device_drops_what_nobody_saved_first(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let read = reader.site.story(1)?.0;
    reader.open(&read).await?;
    kept(reader, &read).await?;
    reader.open("/library/").await?;
    reader.wait_for("the size", &format!("/\\d+ articles/.test({ARCHIVE})")).await?;
    if !reader.limit_storage(30_000).await? {
        eprintln!("SKIPPED in {}: its driver sets no limit to storage", reader.engine);
        return Ok(());
    }
    reader.role("button").named("Take the whole archive with you").click().await?;
    reader.wait_for("a word on it", &format!("{ARCHIVE}.includes('There is no room left')")).await?;
    ensure!(!lies_in(reader, "read", &read).await?, "what was only read is still there");
    ensure!(lies_in(reader, "saved", "/specimen/").await?, "what was saved is gone");
    reader
        .wait_for(
            "what was saved",
            "document.querySelector('.library').innerText.includes('A specimen of every element')",
        )
        .await?;
    // Where there is room again it goes on.
    reader.limit_storage(500_000_000).await?;
    reader.role("button").named("Go on").click().await?;
    reader.wait_for("all of it", &format!("/All \\d+ articles are on this device/.test({ARCHIVE})")).await
}

async fn a_full_device_says_so_and_loses_nothing(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let (path, title) = reader.site.story(2)?;
    reader.open(&path).await?;
    reader
        .run("Cache.prototype.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))", vec![])
        .await?;
    reader.role("button").named("Save for offline").click().await?;
    reader
        .wait_for(
            "a word on it",
            "document.querySelector('.article-tools').textContent.includes('There is no room left')",
        )
        .await?;
    reader.open("/library/").await?;
    reader.wait_for("what was saved before", "document.body.innerText.includes('A specimen of every element')").await?;
    kept(reader, "/media/panorama.svg").await?;
    ensure!(!title.is_empty(), "a story without a title");
    Ok(())
}

/// The service worker of the site as text.
pub(crate) fn worker(reader: &Reader) -> Result<String> {
    fs::read_to_string(reader.site.root.join("sw.js")).context("the site has no sw.js")
}

/// Puts another service worker up, and lets the browser look.
pub(crate) async fn put_up(reader: &Reader, script: &str) -> Result<()> {
    reader.server.set_document("/sw.js", script);
    let look = "navigator.serviceWorker.getRegistration().then(it => it.update()).catch(() => {}).then(() => window.__looked = true)";
    reader.run(&format!("window.__looked = false; {look}"), vec![]).await?;
    reader.wait_for("the browser to have looked", "window.__looked === true").await
}

fn reader_of(script: &str) -> Result<&str> {
    let after = script.split_once("const READER=\"").context("the worker names no reader")?.1;
    after.get(..16).context("a name cut short")
}

async fn a_new_edition_is_announced_and_shown(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let script = worker(reader)?;
    let build = reader_of(&script)?;
    let script = script.replace(&format!("READER=\"{build}\""), "READER=\"0123456789abcdef\"");
    let script = script.replace("const EDITION=\"", "const EDITION=\"next-");
    // The page for every address belongs to it.
    let lost = fs::read_to_string(reader.site.root.join("404.html"))?;
    reader.server.set_document("/404.html", lost.replace(build, "0123456789abcdef"));
    reader.mark_window().await?;
    put_up(reader, &script).await?;
    reader
        .wait_for("the word", "document.querySelector('.notices').textContent.includes('A new edition is ready.')")
        .await?;
    ensure!(reader.is_same_window().await?, "the page was not asked for");
    reader.role("button").named("Show it").click().await?;
    reader.until("the new page", async || Ok(!reader.is_same_window().await?)).await?;
    reader.hydrated().await?;
    let caches = "caches.keys().then(all => window.__shells = all.filter(it => it.includes('shell:next-')).length)";
    reader.run(caches, vec![]).await?;
    reader.wait_for("its own files", "window.__shells === 1").await
}

async fn a_broken_edition_leaves_the_old_one_in_charge(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.tolerate("404");
    reader.tolerate("ServiceWorker");
    let script = worker(reader)?.replace("const EDITION=\"", "const EDITION=\"next-");
    put_up(reader, &script.replace("[\"", "[\"is-not-there.wasm\",\"")).await?;
    let state = "navigator.serviceWorker.getRegistration().then(it => window.__state = !it.installing && !it.waiting && it.active.state)";
    reader.run("window.__state = null", vec![]).await?;
    reader.wait_for("the old one in charge", &format!("({state}, window.__state === 'activated')")).await?;
    let (path, title) = reader.site.story(1)?;
    stays(reader, &path, &title).await
}

async fn half_an_upload_leaves_the_old_reader_running(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.tolerate("404");
    let build = reader_of(&worker(reader)?)?.to_owned();
    let (path, title) = reader.site.story(1)?;
    let page = fs::read_to_string(reader.site.root.join(format!("{}index.html", path.trim_start_matches('/'))))?;
    reader.server.set_document(&format!("{path}index.html"), page.replace(&build, "0123456789abcdef"));
    reader.open(&path).await?;
    // The page for every address, filled by the reader that is here.
    let article = format!("document.querySelector('h1')?.textContent === {title:?}");
    reader.wait_for("the article", &article).await?;
    // Of the new reader all has come but one part.
    let own = fs::read_dir(&reader.site.root)?.filter_map(|it| Some(it.ok()?.file_name().to_str()?.to_owned()));
    for name in own.filter(|it| it.contains(&build) && !it.contains("_library")) {
        let file = fs::read(reader.site.root.join(&name))?;
        reader.server.set_document(&format!("/{}", name.replace(&build, "0123456789abcdef")), file);
    }
    reader.open(&path).await?;
    reader.wait_for("the article", &article).await?;
    reader.role("button").named("Save for offline").find().await?;
    reader.run("document.querySelector('#comments').scrollIntoView()", vec![]).await?;
    reader.wait_for("the form", &format!("{} !== null", fields::TEXT)).await
}

async fn turned_off_it_removes_itself(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    kept(reader, "/").await?;
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let retire = include_str!("../../crates/press/src/app/retire.js").replace("__base__", "/");
    put_up(reader, &retire).await?;
    let gone = "(navigator.serviceWorker.getRegistration().then(it => caches.keys().then(all => window.__left = all.join())), window.__left === 'jumpline:/:saved')";
    reader.wait_for("nothing kept but what was saved", gone).await?;
    reader.server.set_down(true);
    ensure!(
        reader.visit("/").await.is_err() || reader.eval("document.querySelector('#app') === null").await? == true,
        "it still answers"
    );
    reader.server.set_down(false);
    Ok(())
}

async fn below_a_path_it_keeps_to_itself(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let scope = reader.server.url("/");
    let own = format!("navigator.serviceWorker.controller.scriptURL === {scope:?} + 'sw.js'");
    reader.wait_for("its own worker", &own).await?;
    let manifest = "fetch(document.querySelector('link[rel=manifest]').href).then(it => it.json()).then(it => window.__manifest = it)";
    reader.run(manifest, vec![]).await?;
    reader
        .wait_for(
            "the manifest",
            "window.__manifest?.scope === '/repo/' && window.__manifest.icons.every(it => it.src.startsWith('/repo/'))",
        )
        .await?;
    let (path, title) = reader.site.story(1)?;
    stays(reader, &path, &title).await
}

async fn what_is_paid_for_is_saved_locked_and_opens(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    unlock(reader, "reader").await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let plain = format!(
        "caches.match({:?}).then(it => it.text()).then(it => window.__plain = it.includes({AUTUMN:?}))",
        reader.server.url("/autumn/article.json")
    );
    reader.run(&plain, vec![]).await?;
    reader.wait_for("it locked", "window.__plain === false").await?;
    reader.server.set_down(true);
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await
}
