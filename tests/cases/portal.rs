//! What answers in the server's place, what is only half there, and what nobody asked for: none of it drives out what is kept.

use crate::offline::{kept, lies_in, put_up, ready, worker};
use jumpline_tests::{Case, Context as _, Reader, Result, case, ensure};
use std::fs;
use xtask::server::{EVERYTHING, Fault};

pub(crate) const CASES: &[Case] = &[
    case!(a_portal_takes_nothing_away),
    case!(a_portal_is_not_saved),
    case!(half_a_file_is_not_kept),
    case!(a_page_without_its_words_is_not_shown),
    case!(what_came_ahead_is_kept_apart_until_it_is_read),
    case!(pictures_of_the_first_visit_are_kept),
    case!(an_open_page_keeps_its_edition),
];

const PICTURE: &str = "/media/panorama.svg";
const DOCUMENT: &str = "/specimen/article.json";

async fn save_specimen(reader: &Reader) -> Result<bool> {
    if !ready(reader, "/specimen/").await? {
        return Ok(false);
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    kept(reader, PICTURE).await?;
    kept(reader, "/listing.json").await?;
    Ok(true)
}

/// What a request of the page brings.
async fn brings(reader: &Reader, path: &str) -> Result<String> {
    let script =
        "const [path, done] = arguments; fetch(path).then(it => it.text()).then(done, error => done(String(error)))";
    let text = reader.client.execute_async(script, vec![path.into()]).await?;
    Ok(text.as_str().context("no text")?.to_owned())
}

/// Lets the worker write down what it will.
async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
}

async fn specimen_opens_without_a_network(reader: &Reader) -> Result<()> {
    reader.server.set_down(true);
    reader.open("/specimen/").await?;
    reader.role("heading").level(1).like("specimen").find().await?;
    reader.run("document.querySelector('img[src*=panorama]').scrollIntoView()", vec![]).await?;
    reader.wait_for("the picture", "document.querySelector('img[src*=panorama]').naturalWidth > 0").await?;
    reader.open("/").await?;
    reader.follow("/specimen/").await?;
    reader.arrives("/specimen/", "A specimen of every element").await
}

async fn a_portal_takes_nothing_away(reader: &Reader) -> Result<()> {
    if !save_specimen(reader).await? {
        return Ok(());
    }
    let [document, list] = [brings(reader, DOCUMENT).await?, brings(reader, "/listing.json").await?];
    reader.server.set_fault(EVERYTHING, Fault::Portal);
    // Who is asked to sign in sees that.
    reader.visit("/specimen/").await?;
    ensure!(reader.eval("document.title").await? == "Sign in", "nobody can sign in");
    reader.visit("/").await?;
    ensure!(brings(reader, DOCUMENT).await? == document, "another article came");
    for _ in 0..2 {
        ensure!(brings(reader, "/listing.json").await? == list, "another list came");
        settle().await;
    }
    let other = format!("{}article.json", reader.site.story(2)?.0);
    for path in [&other, "/media/is-not-there.png", "/reader-0123456789abcdef_comments.wasm"] {
        ensure!(brings(reader, path).await?.contains("Sign in"), "{path} did not come from the network");
        settle().await;
        for place in ["read", "ahead", "pictures"] {
            ensure!(path == other || !lies_in(reader, place, path).await?, "the portal's {path} is kept in {place}");
        }
    }
    specimen_opens_without_a_network(reader).await
}

async fn a_portal_is_not_saved(reader: &Reader) -> Result<()> {
    if !save_specimen(reader).await? {
        return Ok(());
    }
    let (path, _) = reader.site.story(2)?;
    reader.open(&path).await?;
    reader.server.set_fault(EVERYTHING, Fault::Portal);
    // The list of what there is came before.
    reader.server.set_fault("/offline.json", Fault::Delay(std::time::Duration::ZERO));
    reader.role("button").named("Save for offline").click().await?;
    let said = "document.querySelector('.article-tools').textContent.includes('It could not be saved')";
    reader.wait_for("a word on it", said).await?;
    ensure!(!lies_in(reader, "saved", &path).await?, "the portal's page is saved");
    ensure!(
        !lies_in(reader, "saved", &format!("{path}article.json")).await?,
        "the portal's page is saved as an article"
    );
    Ok(())
}

async fn half_a_file_is_not_kept(reader: &Reader) -> Result<()> {
    if !save_specimen(reader).await? {
        return Ok(());
    }
    let document = brings(reader, DOCUMENT).await?;
    let (page, _) = reader.site.story(2)?;
    // Of a page without its end something may not be as its policy wants it; and its reader is left while it starts, or finds nothing to start with.
    reader.tolerate("style-src");
    reader.tolerate("rejection on ");
    reader.tolerate("jumpline: ");
    for path in ["/specimen/", DOCUMENT, "/listing.json", &page] {
        reader.server.set_fault(path, Fault::Half);
    }
    ensure!(brings(reader, DOCUMENT).await? == document, "half an article came");
    brings(reader, "/listing.json").await?;
    reader.visit("/specimen/").await?;
    reader.visit(&page).await?;
    settle().await;
    ensure!(!lies_in(reader, "read", &page).await?, "half a page is kept");
    specimen_opens_without_a_network(reader).await
}

async fn a_page_without_its_words_is_not_shown(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    if !ready(reader, "/").await? {
        return Ok(());
    }
    // Pages of another edition, of which a file did not come.
    for (place, before) in [(1, "/assets/common-"), (2, "/assets/late-")] {
        let (path, title) = reader.site.story(place)?;
        let page = fs::read_to_string(reader.site.root.join(format!("{}index.html", path.trim_start_matches('/'))))?;
        let at = page.find(before).with_context(|| format!("no {before} in {path}"))? + before.len();
        let hash = page.get(at..at + 12).context("a name cut short")?;
        reader.server.set_document(&format!("{path}index.html"), page.replace(hash, "0123456789ab"));
        reader.open(&path).await?;
        // The page for every address, filled by the reader that is here.
        reader.wait_for("the article", &format!("document.querySelector('h1')?.textContent === {title:?}")).await?;
        ensure!(!lies_in(reader, "read", &path).await?, "a page that cannot live is kept");
    }
    Ok(())
}

async fn what_came_ahead_is_kept_apart_until_it_is_read(reader: &Reader) -> Result<()> {
    if !ready(reader, "/archive/").await? {
        return Ok(());
    }
    // What a first page loads ahead nobody may have been in charge to see.
    reader.open("/").await?;
    let (path, title) = reader.site.story(0)?;
    let document = format!("{path}article.json");
    reader.until("the document", async || lies_in(reader, "ahead", &document).await).await?;
    ensure!(!lies_in(reader, "read", &document).await?, "nobody has read {document}");
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    reader.until("it read", async || lies_in(reader, "read", &document).await).await?;
    reader.until("it once", async || Ok(!lies_in(reader, "ahead", &document).await?)).await?;
    reader.server.set_down(true);
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await.map(drop)
}

async fn pictures_of_the_first_visit_are_kept(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let picture = reader.eval("new URL([...document.images].find(it => it.naturalWidth).currentSrc).pathname").await?;
    kept(reader, picture.as_str().context("no picture")?).await?;
    kept(reader, "/").await?;
    reader.server.set_down(true);
    reader.open("/").await?;
    reader.wait_for("the picture", "[...document.images].some(it => it.naturalWidth)").await
}

async fn an_open_page_keeps_its_edition(reader: &Reader) -> Result<()> {
    if !ready(reader, "/").await? {
        return Ok(());
    }
    let shells =
        "const done = arguments[0]; caches.keys().then(all => done(all.filter(it => it.includes(':shell:')).length))";
    let take_over = "const done = arguments[0], soon = () => new Promise(resolve => setTimeout(resolve, 50));
        navigator.serviceWorker.getRegistration('/').then(async it => {
            while (it.installing) await soon();
            it.waiting?.postMessage('take over');
            while (it.waiting || it.active?.state !== 'activated') await soon();
            done(true);
        })";
    let script = worker(reader)?;
    let renew = async |edition: &str, count: u32| {
        put_up(reader, &script.replace("const EDITION=\"", &format!("const EDITION=\"{edition}-"))).await?;
        reader.client.execute_async(take_over, vec![]).await?;
        let found = reader.client.execute_async(shells, vec![]).await?;
        ensure!(found == count, "{found} editions are kept with the {edition}");
        Ok(())
    };
    let other = async || {
        reader.open("/archive/").await?;
        renew("second", 2).await?;
        renew("third", 3).await
    };
    reader.in_another_tab(other, "").await?;
    // Alone again, it runs the one before at the most.
    reader.open("/").await?;
    renew("fourth", 2).await
}
