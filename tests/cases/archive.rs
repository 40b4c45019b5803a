//! The whole archive, taken along: lists too, while one reads, past broken servers and closed tabs, and given up again.

use crate::offline::{lies_in, ready, shows};
use fantoccini::key::Key;
use jumpline_tests::{Case, Context as _, Reader, Result, case, ensure};
use std::fs;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(the_whole_archive_is_taken_along),
    case!(the_archive_comes_along_while_one_reads),
    case!(nothing_comes_back_after_all_was_deleted),
    case!(the_whole_archive_brings_its_lists),
    case!(a_tab_that_goes_on_the_way_is_made_good),
    case!(a_large_archive_comes_by_the_handful),
    case!(what_was_saved_elsewhere_is_fetched_again),
    case!(what_was_removed_stays_away),
    case!(with_the_last_article_everything_goes),
    case!(what_is_known_late_moves_no_button),
];

/// Lets `{}` milliseconds pass for the page. Firefox runs the scripts of a driver in a room of their own.
pub(crate) const LATER: &str = "const page = window.wrappedJSObject ?? window; page.__ahead = (page.__ahead ?? 0) + {}; page.__real ??= page.Date.now.bind(page.Date); page.Date.now = () => page.__real() + page.__ahead";

/// What is said of the archive.
pub(crate) const ARCHIVE: &str = "document.querySelector('#library-archive').parentElement.textContent";

const ALL: &str = "/All \\d+ articles are on this device/.test(document.querySelector('#library-archive')?.parentElement.textContent)";

/// Lets every article be late; gives back their paths.
fn make_late(reader: &Reader, milliseconds: u64) -> Result<Vec<String>> {
    let list = fs::read_to_string(reader.site.root.join("offline.json"))?;
    let list: serde_json::Value = serde_json::from_str(&list)?;
    let articles = list["articles"].as_array().context("no articles")?;
    let paths = articles.iter().filter_map(|it| it["permalink"].as_str().map(str::to_owned)).collect::<Vec<_>>();
    let late = Fault::Delay(std::time::Duration::from_millis(milliseconds));
    paths.iter().for_each(|it| reader.server.set_fault(&format!("{it}article.json"), late));
    Ok(paths)
}

/// Begins to take the whole archive.
async fn take(reader: &Reader) -> Result<()> {
    reader.wait_for("the size", &format!("/\\d+ articles/.test({ARCHIVE})")).await?;
    reader.role("button").named("Take the whole archive with you").click().await
}

/// Waits until these articles lie among what was saved.
async fn are_saved(reader: &Reader, articles: &[String]) -> Result<()> {
    let articles = serde_json::to_string(articles)?;
    let look = format!(
        "(caches.open('jumpline:/:saved').then(it => it.keys()).then(all => {{ const here = all.map(it => new URL(it.url).pathname);
        window.__saved = {articles}.every(it => here.includes(it + 'article.json')) }}), window.__saved)"
    );
    reader.wait_for("articles on the device", &look).await
}

async fn the_archive_comes_along_while_one_reads(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    let all = make_late(reader, 1000)?;
    // One of them never comes, so that it does not end before somebody has looked.
    let never = format!("{}article.json", all[0]);
    reader.server.set_fault(&never, Fault::Never);
    take(reader).await?;
    reader.follow("/archive/").await?;
    reader.arrives("/archive/", "Archive").await?;
    are_saved(reader, &all[1..]).await?;
    reader.follow("/library/").await?;
    reader.arrives("/library/", "Library").await?;
    let progress = format!("On this device: {} of {} articles.", all.len() - 1, all.len());
    reader.wait_for("how far it is", &format!("{ARCHIVE}.includes({progress:?})")).await?;
    reader.role("button").named("Pause").click().await?;
    reader.role("button").named("Go on").find().await.map(drop)
}

async fn nothing_comes_back_after_all_was_deleted(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    make_late(reader, 1500)?;
    take(reader).await?;
    reader.wait_for("something saved", "document.querySelectorAll('.library-list li').length > 0").await?;
    reader.role("button").named("Delete all my data").click().await?;
    reader.role("button").named("Delete library, settings, drafts, outbox and pass for good").click().await?;
    reader.wait_for("it gone", "document.body.innerText.includes('All of it is gone from this device.')").await?;
    // Whatever was on its way would be here by now.
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    reader.hydrated().await?;
    let keys = "Object.keys(localStorage).filter(it => it.startsWith('jumpline:') && !/:(modal|install)$/.test(it))";
    ensure!(reader.eval(keys).await? == serde_json::json!([]), "it is known again: {}", reader.eval(keys).await?);
    let look = "const done = arguments[0]; caches.has('jumpline:/:saved').then(done)";
    ensure!(reader.client.execute_async(look, vec![]).await? == false, "files are back");
    ensure!(reader.eval("document.querySelectorAll('.library-list li').length").await? == 0, "articles are back");
    reader.role("button").named("Take the whole archive with you").find().await?;
    // What is saved now opens, even where somebody has put the service worker away.
    let away =
        "const done = arguments[0]; navigator.serviceWorker.getRegistration().then(it => it.unregister()).then(done)";
    let (path, title) = reader.site.story(1)?;
    reader.server.clear_fault(&format!("{path}article.json"));
    reader.follow(&path).await?;
    reader.arrives(&path, &title).await?;
    reader.client.execute_async(away, vec![]).await?;
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    let there = "(navigator.serviceWorker.getRegistration().then(it => window.__there = !!it?.active), window.__there)";
    reader.wait_for("the service worker", there).await?;
    reader.server.set_down(true);
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await.map(drop)
}

async fn the_whole_archive_brings_its_lists(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    take(reader).await?;
    reader.wait_for("all of it", ALL).await?;
    // A list that changes is renewed where it lies, and shown the next time.
    let newer = fs::read_to_string(reader.site.root.join("archive/listing.json"))?;
    reader.server.set_document("/archive/listing.json", format!("{newer} "));
    let look = "(fetch('/archive/listing.json').then(it => it.text()).then(it => window.__length = it.length), window.__length)";
    reader.wait_for("the newer list", &format!("{look} === {}", newer.chars().count() + 1)).await?;
    ensure!(!lies_in(reader, "read", "/archive/listing.json").await?, "the list takes room twice");
    let alone = "const done = arguments[0]; caches.keys().then(all => Promise.all(all.filter(it => \
        /read|pictures/.test(it)).map(it => caches.delete(it)))).then(() => done(true))";
    reader.client.execute_async(alone, vec![]).await?;
    reader.server.set_down(true);
    let views = reader.site.every_view()?.into_iter();
    let lists = views.filter(|it| ["home", "archive", "section", "tag", "author"].contains(&it.0)).map(|it| it.1);
    for path in lists.chain(["/archive/page/2/".to_owned()]) {
        shows(reader, &path).await?;
    }
    reader.open("/about/").await?;
    reader.role("heading").level(1).like("About").find().await?;
    // From one to another, by their documents.
    reader.follow("/archive/").await?;
    reader.arrives("/archive/", "Archive").await
}

async fn the_whole_archive_is_taken_along(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    reader.wait_for("the size", &format!("/\\d+ articles, [\\d,]+ [kM]B/.test({ARCHIVE})")).await?;
    // The server dies on the way.
    let (path, _) = reader.site.story(3)?;
    reader.server.set_fault(&format!("{path}article.json"), Fault::Status(503));
    reader.role("button").named("Take the whole archive with you").click().await?;
    reader.wait_for("a word on it", &format!("{ARCHIVE}.includes('It could not be saved')")).await?;
    reader.wait_for("something saved", "document.querySelectorAll('.library-list li').length > 0").await?;
    reader.server.clear_fault(&format!("{path}article.json"));
    reader.role("button").named("Go on").find().await?;
    reader.run("document.querySelector('[aria-labelledby=library-archive] button').focus()", vec![]).await?;
    reader.press(Key::Enter).await?;
    reader.wait_for("all of it", ALL).await?;
    // The button has gone, and who pressed it is where it is said.
    let focused = reader.eval("document.activeElement.textContent").await?;
    ensure!(focused.as_str().is_some_and(|it| it.starts_with("All ")), "the focus is on {focused}");
    let (path, title) = reader.site.story(5)?;
    let document = format!("{path}article.json");
    ensure!(lies_in(reader, "saved", &document).await?, "{document} is not saved");
    ensure!(!lies_in(reader, "read", &document).await?, "{document} takes room twice");
    reader.server.set_down(true);
    reader.open(&path).await?;
    reader.role("heading").level(1).named(&title).find().await.map(drop)
}

async fn a_tab_that_goes_on_the_way_is_made_good(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    reader.wait_for("the size", &format!("/\\d+ articles/.test({ARCHIVE})")).await?;
    // Some come, one never does.
    let (path, _) = reader.site.story(3)?;
    let document = format!("{path}article.json");
    reader.server.set_fault(&document, Fault::Never);
    reader.role("button").named("Take the whole archive with you").click().await?;
    reader.wait_for("something saved", "document.querySelectorAll('.library-list li').length > 2").await?;
    // It is shown before it is kept.
    reader.wait_for("it kept", "/ [1-9]/.test(localStorage.getItem('jumpline:library:/') ?? '')").await?;
    let saved = reader.eval("document.querySelectorAll('.library-list li').length").await?.as_u64().unwrap_or_default();
    reader.server.clear_fault(&document);
    // The page goes in the midst of writing; the next one goes on by itself, as it was asked to.
    reader.open("/library/").await?;
    reader
        .wait_for("what was saved", &format!("document.querySelectorAll('.library-list li').length >= {saved}"))
        .await?;
    reader.wait_for("all of it", &format!("/All \\d+ articles are on this device/.test({ARCHIVE})")).await?;
    ensure!(lies_in(reader, "saved", &document).await?, "{document} is not saved");
    Ok(())
}

async fn a_large_archive_comes_by_the_handful(reader: &Reader) -> Result<()> {
    let (path, _) = reader.site.story(1)?;
    let (path, folder) = (path.as_str(), &path[1..]);
    let large = |odd: &str| {
        let piece = |at: usize| {
            let last = if at == 300 { odd } else { "article.json" };
            let files = [format!("{folder}index.html"), format!("{folder}{last}")];
            serde_json::json!({ "permalink": format!("/{at}/"), "title": "One", "minutes": 1, "bytes": 9, "files": files })
        };
        serde_json::json!({ "articles": (0..450).map(piece).collect::<Vec<_>>() }).to_string()
    };
    reader.server.set_document("/offline.json", large("gone.json"));
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    take(reader).await?;
    // What came before the one that does not come, and beside it, is here.
    reader.wait_for("a word on it", &format!("{ARCHIVE}.includes('It could not be saved')")).await?;
    reader.wait_for("something saved", "document.querySelectorAll('.library-list li').length > 0").await?;
    ensure!(lies_in(reader, "saved", path).await?, "{path} is not saved");
    reader.server.set_document("/offline.json", large("article.json"));
    // Who comes back goes on without being asked.
    reader.open("/library/").await?;
    reader.wait_for("all of it", &format!("{ARCHIVE}.includes('All 450 articles are on this device')")).await
}

/// Removes the first article of what is saved; gives back its path.
async fn remove_one(reader: &Reader) -> Result<String> {
    let first = "document.querySelector('[aria-labelledby=library-saved] li')";
    let path = reader.eval(&format!("new URL({first}.querySelector('a').href).pathname")).await?;
    let path = path.as_str().context("nothing is saved")?.to_owned();
    reader.run(&format!("{first}.querySelector('button').click()"), vec![]).await?;
    let gone = format!("!document.querySelector('[aria-labelledby=library-saved] a[href$={path:?}]')");
    reader.wait_for("it gone from the list", &gone).await?;
    Ok(path)
}

async fn what_was_saved_elsewhere_is_fetched_again(reader: &Reader) -> Result<()> {
    if !ready(reader, "/specimen/").await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    reader.open("/library/").await?;
    reader.run(crate::library::CATCH, vec![]).await?;
    reader.role("button").named("Save it as a file").click().await?;
    reader.wait_for("the file", "window.__saved.length === 1").await?;
    let file = reader.eval("window.__saved[0]").await?.as_str().context("no file")?.to_owned();
    crate::library::delete(reader).await?;
    ensure!(!lies_in(reader, "saved", "/specimen/article.json").await?, "it was not deleted");
    crate::fields::bring(reader, "library-file", &file).await?;
    reader.wait_for("a word on it", "document.body.innerText.includes('The file was taken in.')").await?;
    are_saved(reader, &["/specimen/".to_owned()]).await?;
    let saved = "document.querySelector('[aria-labelledby=library-saved]').innerText.includes('A specimen')";
    reader.wait_for("it on its shelf", saved).await?;
    let gone = "document.body.innerText.includes('All of it is gone from this device.')";
    ensure!(reader.eval(gone).await? == false, "what was brought in is said to be gone");
    Ok(())
}

async fn what_was_removed_stays_away(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    take(reader).await?;
    reader.wait_for("all of it", ALL).await?;
    // Without a network, too, its files go with it.
    reader.server.set_down(true);
    let path = remove_one(reader).await?;
    let document = format!("{path}article.json");
    // Once it cannot be put back any more.
    ensure!(lies_in(reader, "saved", &document).await?, "{document} could not be put back");
    reader.follow("/").await?;
    reader.until("the end of its files", async || Ok(!lies_in(reader, "saved", &document).await?)).await?;
    reader.server.set_down(false);
    // Who removes something does not want it again at the next visit.
    reader.open("/library/").await?;
    reader.role("button").named("Go on").find().await?;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    ensure!(!lies_in(reader, "saved", &document).await?, "{document} is back");
    Ok(())
}

async fn with_the_last_article_everything_goes(reader: &Reader) -> Result<()> {
    if !ready(reader, "/library/").await? {
        return Ok(());
    }
    take(reader).await?;
    reader.wait_for("all of it", ALL).await?;
    let saved = "document.querySelectorAll('[aria-labelledby=library-saved] li').length";
    let mut removed = None;
    while reader.eval(saved).await?.as_u64().context("no number")? > 0 {
        removed = Some(remove_one(reader).await?);
    }
    let document = format!("{}article.json", removed.context("nothing was saved")?);
    ensure!(lies_in(reader, "saved", &document).await?, "the last one could not be put back");
    reader.follow("/").await?;
    let gone = "(caches.has('jumpline:/:saved').then(it => window.__gone = !it), window.__gone)";
    reader.wait_for("the lists gone, too", gone).await?;
    reader.open("/library/").await?;
    reader.role("button").named("Take the whole archive with you").find().await.map(drop)
}

async fn what_is_known_late_moves_no_button(reader: &Reader) -> Result<()> {
    let late = Fault::Delay(std::time::Duration::from_millis(1500));
    reader.server.set_fault("/offline.json", late);
    reader.open("/library/").await?;
    reader.role("button").named("Delete all my data").find().await?;
    let place = "Math.round([...document.querySelectorAll('button')].find(it => it.textContent === 'Delete all my data').getBoundingClientRect().top + scrollY)";
    // The shelves above have come with the button.
    let before = reader.eval(place).await?;
    let awaited = format!("!/\\d+ articles/.test({ARCHIVE})");
    ensure!(reader.eval(&awaited).await? == true, "the size was known before anybody looked");
    reader.wait_for("the size", &format!("/\\d+ articles/.test({ARCHIVE})")).await?;
    let after = reader.eval(place).await?;
    ensure!(before == after, "from {before} it went to {after}");
    Ok(())
}
