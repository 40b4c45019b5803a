//! The service worker among others: above a second publication, on hosts with addresses of their own, before files that are no pages.

use crate::offline::{kept, lies_in, ready};
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, case, ensure};
use serde_json::json;
use std::fs;
use std::path::Path;
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_publication_below_another_is_itself),
    case!(what_is_open_of_another_is_not_kept),
    case!(a_large_file_opens_while_it_comes),
    case!(a_picture_opens_by_itself),
    case!(what_was_saved_is_heard).at(Sample::Odd),
    case!(a_part_of_what_was_saved_comes).at(Sample::Odd),
    case!(a_host_of_clean_addresses_has_a_page_for_every_one),
    case!(a_host_that_is_strict_with_statuses_has_one),
    case!(nobody_waits_for_a_home_that_never_comes),
    case!(an_edition_has_its_own_page_for_every_address),
    case!(an_edition_has_whole_files),
    case!(a_list_that_was_taken_down_goes),
];

/// The build of another release's reader.
const OTHER: &str = "0123456789abcdef";

/// Puts up the sample below a path, with the reader of another release: the same one under another name.
fn put_up(reader: &Reader, folder: &Path, below: &str) -> Result<()> {
    let own = reader.site.part("wall")?;
    let own = own.strip_prefix("/reader-").and_then(|it| it.get(..OTHER.len())).context("a reader without a name")?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|it| it.to_str()).context("an odd name")?;
        let at = format!("{below}/{}", name.replace(own, OTHER));
        match (path.is_dir(), fs::read_to_string(&path)) {
            (true, _) => put_up(reader, &path, &at)?,
            // Its policy knows its script by what stands in it.
            (_, Ok(text)) => reader
                .server
                .set_document(&at, text.replace(own, OTHER).replace("http-equiv=\"Content-Security-Policy\"", "")),
            _ => reader.server.set_document(&at, fs::read(&path)?),
        }
    }
    Ok(())
}

async fn a_publication_below_another_is_itself(reader: &Reader) -> Result<()> {
    put_up(reader, &Sample::Below.folder(), "/repo")?;
    if !ready(reader, "/").await? {
        return Ok(());
    }
    // Only the worker above is in charge.
    let (path, title) = reader.site.story(1)?;
    let path = format!("/repo{path}");
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await?;
    reader.role("link").named(&reader.site.publication.title).first().await?;
    let home = reader.eval("new URL(document.querySelector('header a').href).pathname").await?;
    ensure!(home == "/repo/", "it is the publication of {home}");
    // From here on it has its own worker, and the one above has kept no page of it.
    let own = format!("navigator.serviceWorker.controller?.scriptURL === {:?}", reader.server.url("/repo/sw.js"));
    reader.wait_for("its own worker", &own).await?;
    kept(reader, &path).await?;
    ensure!(!lies_in(reader, "read", &path).await?, "the publication above keeps {path}");
    // Whatever that one has kept of it hides nothing that is newer.
    let list = "/repo/archive/listing.json";
    let older = format!(
        "const done = arguments[0]; caches.open('jumpline:/:read').then(it => it.put({list:?}, new Response('older')))
            .then(() => fetch({list:?})).then(it => it.text()).then(done)"
    );
    let list = reader.client.execute_async(&older, vec![]).await?;
    ensure!(list != "older", "it shows what the publication above has kept");
    Ok(())
}

async fn what_is_open_of_another_is_not_kept(reader: &Reader) -> Result<()> {
    put_up(reader, &Sample::Below.folder(), "/repo")?;
    // It has no worker of its own.
    reader.server.set_fault("/repo/sw.js", Fault::Status(404));
    reader.tolerate("404");
    reader.tolerate("ServiceWorker");
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let path = format!("/repo{}", reader.site.story(1)?.0);
    reader.open(&path).await?;
    // A new edition of the publication above takes over while it is open.
    let script = fs::read_to_string(reader.site.root.join("sw.js"))?;
    reader.server.set_document("/sw.js", script.replace("const EDITION=\"", "const EDITION=\"next-"));
    let take_over = "const done = arguments[0], soon = () => new Promise(resolve => setTimeout(resolve, 50));
        navigator.serviceWorker.getRegistration('/').then(async it => {
            await it.update();
            while (!it.waiting) await soon();
            it.waiting.postMessage('take over');
            while (it.waiting || it.active?.state !== 'activated') await soon();
            done(true);
        })";
    reader.client.execute_async(take_over, vec![]).await?;
    ensure!(!lies_in(reader, "read", &path).await?, "the publication above keeps {path}");
    Ok(())
}

async fn a_large_file_opens_while_it_comes(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    // A picture that says when it began to be drawn.
    let file = "/media/large.svg";
    let long = "<!-- a line that draws nothing -->\n".repeat(20_000);
    let script = "<script>window.began = Date.now() - performance.timeOrigin</script>";
    reader.server.set_document(file, format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{script}{long}</svg>"));
    reader.server.set_fault(file, Fault::Slow(Duration::from_secs(5)));
    reader.visit(file).await?;
    let time = reader.eval("window.began").await?.as_f64().context("no time")?;
    ensure!(time < 5000.0, "it was held back until all of it had come, for {time} ms");
    ensure!(!lies_in(reader, "read", file).await?, "{file} takes room among pages");
    Ok(())
}

async fn a_picture_opens_by_itself(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.run("fetch('/icon-192.png')", vec![]).await?;
    kept(reader, "/icon-192.png").await?;
    // Another one may come under its name: it is no file that is never asked for again.
    ensure!(lies_in(reader, "pictures", "/icon-192.png").await?, "it is kept for good");
    reader.server.set_down(true);
    reader.visit("/icon-192.png").await?;
    reader.wait_for("the picture", "document.images[0]?.naturalWidth === 192").await
}

async fn save(reader: &Reader) -> Result<()> {
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await.map(drop)
}

async fn what_was_saved_is_heard(reader: &Reader) -> Result<()> {
    if !ready(reader, "/sound/").await? {
        return Ok(());
    }
    let sound = "document.querySelector('audio')";
    let plays = async || {
        reader.run(&format!("{sound}.load()"), vec![]).await?;
        reader.wait_for("its length", &format!("{sound}.duration > 0.2")).await
    };
    plays().await?;
    save(reader).await?;
    reader.server.set_down(true);
    reader.open("/sound/").await?;
    plays().await?;
    reader.run(&format!("{sound}.currentTime = 0.2"), vec![]).await?;
    reader.wait_for("its end", &format!("!{sound}.seeking && {sound}.currentTime >= 0.19")).await
}

/// What comes of a part of a file: status, the range that it says, and bytes that came, where they are those of the file.
async fn part(reader: &Reader, file: &str, range: &str) -> Result<serde_json::Value> {
    let script = "const [url, range, done] = arguments;
        const answer = fetch(url, { headers: { range } }).then(async it => [it.status, it.headers.get('content-range'),
            it.headers.get('content-length'), await it.text()]);
        const whole = caches.match(url).then(it => it.text());
        Promise.all([answer, whole]).then(([[status, range, length, text], whole]) =>
            done([status, range, Number(length) === new Blob([text]).size || status !== 206, whole.indexOf(text)]),
            error => done(String(error)))";
    let url = reader.server.url(file);
    Ok(reader.client.execute_async(script, vec![url.into(), range.into()]).await?)
}

async fn a_part_of_what_was_saved_comes(reader: &Reader) -> Result<()> {
    // Letters, each of which says where it stands.
    let text: String = ('a'..='z').collect();
    reader.server.set_document("/media/tone.wav", text);
    if !ready(reader, "/sound/").await? {
        return Ok(());
    }
    save(reader).await?;
    reader.server.set_down(true);
    let nothing = json!([416, "bytes */26", true, 0]);
    for (range, expected) in [
        ("bytes=0-", json!([206, "bytes 0-25/26", true, 0])),
        ("bytes=3-", json!([206, "bytes 3-25/26", true, 3])),
        ("bytes=3-5", json!([206, "bytes 3-5/26", true, 3])),
        ("bytes=20-99", json!([206, "bytes 20-25/26", true, 20])),
        ("bytes=-4", json!([206, "bytes 22-25/26", true, 22])),
        ("bytes=-99", json!([206, "bytes 0-25/26", true, 0])),
        ("bytes=26-", nothing.clone()),
        ("bytes=-0", nothing),
        // What is no range, or several, may be answered with all of it.
        ("bytes=5-3", json!([200, null, true, 0])),
        ("bytes=0-1,3-4", json!([200, null, true, 0])),
    ] {
        let found = part(reader, "/media/tone.wav", range).await?;
        ensure!(found == expected, "{range} gives {found} instead of {expected}");
    }
    // What is not kept comes from the server, which is there again.
    reader.server.set_down(false);
    reader.server.set_document("/media/other.wav", "other");
    let script = "const done = arguments[1]; fetch(arguments[0], { headers: { range: 'bytes=0-' } }).then(it => it.text()).then(done)";
    let other = reader.client.execute_async(script, vec![reader.server.url("/media/other.wav").into()]).await?;
    ensure!(other == "other", "the server's answer is {other}");
    Ok(())
}

async fn a_host_of_clean_addresses_has_a_page_for_every_one(reader: &Reader) -> Result<()> {
    has_a_page_for_every_address(reader, Fault::Bare).await
}

async fn a_host_that_is_strict_with_statuses_has_one(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    has_a_page_for_every_address(reader, Fault::Nothing).await
}

async fn has_a_page_for_every_address(reader: &Reader, fault: Fault) -> Result<()> {
    reader.server.set_fault("/404.html", fault);
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.server.set_down(true);
    reader.open("/about/").await?;
    reader.role("heading").level(1).named("This page did not load").find().await.map(drop)
}

async fn nobody_waits_for_a_home_that_never_comes(reader: &Reader) -> Result<()> {
    reader.server.set_fault("/", Fault::Never);
    reader.server.set_fault("/listing.json", Fault::Never);
    let (path, title) = reader.site.story(1)?;
    if !ready(reader, &path).await? {
        return Ok(());
    }
    reader.open("/privacy/").await?;
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await.map(drop)
}

/// Puts the service worker up, and gives back what became of it.
const BEGIN: &str = "const done = arguments[0];
    navigator.serviceWorker.register('/sw.js').then(it => {
        const worker = it.installing ?? it.waiting ?? it.active;
        const look = () => worker.state === 'installing' || done(worker.state);
        worker.addEventListener('statechange', look);
        look();
    }, error => done(`${error}`))";

async fn an_edition_has_its_own_page_for_every_address(reader: &Reader) -> Result<()> {
    for words in ["404.html", "ServiceWorker", "TypeError"] {
        reader.tolerate(words);
    }
    // Of half an upload the page is the older one.
    let page = fs::read_to_string(reader.site.root.join("404.html"))?;
    let own = reader.site.part("wall")?;
    let own = own.strip_prefix("/reader-").and_then(|it| it.get(..OTHER.len())).context("a reader without a name")?;
    reader.server.set_document("/404.html", page.replace(own, OTHER));
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.tolerate("404");
    reader.open("/privacy/").await?;
    if reader.eval("'serviceWorker' in navigator").await? == false {
        eprintln!("SKIPPED in {}: it has no service workers here", reader.engine);
        return Ok(());
    }
    reader.server.clear_fault("/sw.js");
    let state = reader.client.execute_async(BEGIN, vec![]).await?;
    ensure!(state == "redundant", "an edition with another's page is {state}");
    reader.server.set_document("/404.html", page);
    let state = reader.client.execute_async(BEGIN, vec![]).await?;
    ensure!(state == "installed" || state == "activating" || state == "activated", "a whole one is {state}");
    Ok(())
}

async fn an_edition_has_whole_files(reader: &Reader) -> Result<()> {
    for words in ["reader-", "ServiceWorker", "TypeError", "404"] {
        reader.tolerate(words);
    }
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.open("/privacy/").await?;
    if reader.eval("'serviceWorker' in navigator").await? == false {
        eprintln!("SKIPPED in {}: it has no service workers here", reader.engine);
        return Ok(());
    }
    reader.server.clear_fault("/sw.js");
    let part = reader.site.part("wall")?;
    for file in [part.clone(), part.replace("_wall.wasm", "_bg.wasm"), part.replace("_wall.wasm", ".js")] {
        reader.server.set_fault(&file, Fault::Half);
        let state = reader.client.execute_async(BEGIN, vec![]).await?;
        ensure!(state == "redundant", "with half of {file} an edition is {state}");
        reader.server.clear_fault(&file);
    }
    let whole = fs::read(reader.site.root.join(part.trim_start_matches('/')))?;
    reader.server.set_document(&part, "Too many requests. Come back later.");
    let state = reader.client.execute_async(BEGIN, vec![]).await?;
    ensure!(state == "redundant", "with a word in a part's place an edition is {state}");
    reader.server.set_document(&part, whole);
    let state = reader.client.execute_async(BEGIN, vec![]).await?;
    ensure!(state == "installed" || state == "activating" || state == "activated", "a whole one is {state}");
    Ok(())
}

async fn a_list_that_was_taken_down_goes(reader: &Reader) -> Result<()> {
    const LIST: &str = "/archive/listing.json";
    if !ready(reader, "/").await? {
        return Ok(());
    }
    reader.follow("/archive/").await?;
    reader.role("heading").level(1).named("Archive").find().await?;
    let is_kept = async || Ok(lies_in(reader, "read", LIST).await? || lies_in(reader, "ahead", LIST).await?);
    reader.until("the list on the device", is_kept).await?;
    reader.server.set_fault(LIST, Fault::Nothing);
    // Whoever asks first may see what is kept.
    let asked =
        "const done = arguments[0]; fetch('/archive/listing.json').then(it => it.text()).then(() => done(true))";
    reader.client.execute_async(asked, vec![]).await?;
    reader.until("it gone", async || Ok(!is_kept().await?)).await?;
    reader.open("/").await?;
    reader.follow("/archive/").await?;
    reader.role("heading").level(1).named("There is nothing at this address").find().await.map(drop)
}
