//! The wall as readers meet it: closed, unlocked by a link, left open offline from the keyring, lapsed, revoked, given away.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::passes::forget;
use jumpline_tests::{Case, Context, Reader, Result, Sample, axe, case, ensure};
use xtask::server::Fault;
use xtask::walled;

pub(crate) const CASES: &[Case] = &[
    case!(a_gated_article_is_closed).at(Sample::Walled),
    case!(a_link_unlocks).at(Sample::Walled),
    case!(a_pass_opens_its_tiers_only).at(Sample::Walled),
    case!(articles_open_with_the_keyring_gone).at(Sample::Walled),
    case!(sealed_media_open).at(Sample::Walled),
    case!(a_gift_opens_one_article).at(Sample::Walled),
    case!(a_gift_that_came_elsewhere_is_no_gift_of_this).at(Sample::Walled),
    case!(a_flipped_bit_shows_nothing).at(Sample::Walled),
    case!(a_link_leads_behind_the_wall).at(Sample::Walled),
    case!(leaving_while_it_opens_breaks_nothing).at(Sample::Walled),
    case!(a_gated_article_is_read_to_its_end).at(Sample::Walled),
    case!(the_secret_leaves_no_trace).at(Sample::Walled),
    case!(axe_finds_nothing).at(Sample::Walled),
];

pub(crate) const SPRING: &str = "Quinces ripen against the warm stones";
pub(crate) const AUTUMN: &str = "Seventeen figs were counted";
pub(crate) const WINTER: &str = "every icicle along the coping";
pub(crate) const PATRONS: &str = "The mortar of the northern corner";

/// The path and fragment of a pass of the sample.
pub(crate) fn pass(name: &str) -> Result<String> {
    let all = fs::read_to_string(walled::links())?;
    let link = all.lines().find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
    let fragment = link.and_then(|it| it.split_once('#')).context("no such pass")?.1;
    Ok(format!("/unlock/#{fragment}"))
}

pub(crate) async fn reads(reader: &Reader, text: &str) -> Result<()> {
    reader.wait_for(text, &format!("document.body.innerText.includes({text:?})")).await
}

pub(crate) async fn does_not_read(reader: &Reader, text: &str) -> Result<()> {
    let found = reader.eval(&format!("document.body.textContent.includes({text:?})")).await?;
    ensure!(found == false, "`{text}` can be read");
    Ok(())
}

pub(crate) async fn unlock(reader: &Reader, name: &str) -> Result<()> {
    reader.open(&pass(name)?).await?;
    reads(reader, "Unlocked.").await
}

/// The site becomes what it is later, with this reader's browser left as it is.
pub(crate) fn pass_time(reader: &Reader) -> Result<()> {
    serve(reader, &walled::later(), "")
}

pub(crate) fn serve(reader: &Reader, folder: &Path, below: &str) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            serve(reader, &entry.path(), &name)?;
        } else {
            reader.server.set_document(&name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

async fn a_gated_article_is_closed(reader: &Reader) -> Result<()> {
    reader.open("/spring/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, SPRING).await?;
    let asked = reader.server.visits().iter().any(|it| it.path.contains("article.json"));
    ensure!(!asked, "the envelope was fetched for a reader without a key");
    reader.role("link").named("I already have a pass").click().await?;
    reader.arrives("/unlock/", "Your pass").await
}

async fn a_link_unlocks(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    ensure!(reader.path().await? == "/unlock/", "the address is {}", reader.path().await?);
    reads(reader, "Your pass is valid until December 31, 2099.").await?;
    // Prerendered.
    reader.open("/spring/").await?;
    reads(reader, SPRING).await?;
    reader.role("navigation").named("On this page").find().await?;
    let notes = reader.eval("document.querySelectorAll('section.footnotes').length").await?;
    ensure!(notes == 1, "there are {notes} lists of notes");
    // Navigated to.
    reader.mark_window().await?;
    reader.follow("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    does_not_read(reader, SPRING).await
}

/// The only bucket of so small a publication.
pub(crate) fn bucket(reader: &Reader) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(reader.site.root.join("keyring"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name != "bits.json" {
            names.push(format!("/keyring/{name}"));
        }
    }
    ensure!(names.len() == 1, "the sample has {} buckets", names.len());
    names.pop().context("no keyring")
}

async fn a_pass_opens_its_tiers_only(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/patrons/").await?;
    reads(reader, "Your pass does not include this article.").await?;
    does_not_read(reader, PATRONS).await?;
    unlock(reader, "patron").await?;
    reader.open("/patrons/").await?;
    reads(reader, PATRONS).await
}

async fn articles_open_with_the_keyring_gone(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.server.set_fault(&bucket(reader)?, Fault::Status(410));
    for (path, text) in [("/spring/", SPRING), ("/autumn/", AUTUMN)] {
        reader.open(path).await?;
        reads(reader, text).await?;
    }
    Ok(())
}

async fn sealed_media_open(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/spring/").await?;
    reads(reader, SPRING).await?;
    reader.role("img").named("A padlock on a garden gate").bring_into_view().await?;
    let shown = "document.querySelector('.prose img')?.naturalWidth > 0 && document.querySelector('.prose img').src.startsWith('blob:')";
    reader.wait_for("the picture", shown).await?;
    reader.role("link").named("the whole notebook").bring_into_view().await?;
    reader
        .wait_for(
            "the notebook",
            "[...document.querySelectorAll('.prose a')].some((it) => it.download === 'notebook.pdf')",
        )
        .await?;
    reader.wait_for("the sound", "document.querySelector('.prose audio')?.src.startsWith('blob:')").await?;
    reader.wait_for("its length", "document.querySelector('.prose audio').duration > 0.2").await?;
    // What a player holds lies nowhere on the page by itself.
    let player = "document.querySelectorAll('.prose audio')[1]";
    reader.run(&format!("{player}.scrollIntoView()"), vec![]).await?;
    for part in ["source", "track"] {
        let opened = format!("{player}.querySelector({part:?})?.src.startsWith('blob:')");
        reader.wait_for(&format!("the {part} of the second"), &opened).await?;
    }
    reader.wait_for("its length", &format!("{player}.duration > 0.2")).await
}

/// Gives the autumn's article away: the fragment of the link.
pub(crate) async fn gift(reader: &Reader) -> Result<String> {
    unlock(reader, "reader").await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    // Firefox runs the scripts of a driver in a room of their own.
    let system = "const page = window.wrappedJSObject ?? window; \
        page.navigator.share = it => { page.__shared = it.url; return page.Promise.resolve() }";
    reader.run(system, vec![]).await?;
    reader.role("button").named("Gift this article").click().await?;
    reader.wait_for("the link", "document.querySelector('.gift input').value.includes('#gift=')").await?;
    reader.role("button").named("Share with an app").click().await?;
    let handed = "(window.wrappedJSObject ?? window).__shared === document.querySelector('.gift input').value";
    reader.wait_for("the link handed over", handed).await?;
    let link = reader.eval("document.querySelector('.gift input').value").await?;
    Ok(link.as_str().and_then(|it| it.split_once('#')).context("no fragment")?.1.to_owned())
}

async fn a_gift_opens_one_article(reader: &Reader) -> Result<()> {
    let fragment = gift(reader).await?;
    // The recipient has another device.
    reader.open("/unlock/").await?;
    forget(reader).await?;
    reader.open("/autumn/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    reader.open("/").await?;
    reader.open(&format!("/autumn/#{fragment}")).await?;
    reads(reader, AUTUMN).await?;
    reads(reader, "This article is a gift: The Walled Garden").await?;
    ensure!(reader.path().await? == "/autumn/", "the address is {}", reader.path().await?);
    reader.open("/spring/").await?;
    does_not_read(reader, SPRING).await?;
    reader.open("/").await?;
    reader.open(&format!("/spring/#{fragment}")).await?;
    reads(reader, "This gift link is damaged, or it belongs to another article.").await?;
    reader.open("/").await?;
    reader.open(&format!("/spring/#{}", &fragment[..30])).await?;
    reads(reader, "This gift link is not whole").await
}

async fn a_link_leads_behind_the_wall(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/").await?;
    reader.open("/spring/#what-was-measured").await?;
    reads(reader, SPRING).await?;
    reader.wait_for("the place of the link", "document.activeElement.id === 'what-was-measured'").await
}

async fn a_gift_that_came_elsewhere_is_no_gift_of_this(reader: &Reader) -> Result<()> {
    // Since it was given away everybody may read it.
    reader.open("/open/#gift=BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU").await?;
    reader.follow("/spring/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    let said = reader.eval("document.querySelector('.wall-said').textContent").await?;
    ensure!(said == "", "it says {said}");
    Ok(())
}

async fn leaving_while_it_opens_breaks_nothing(reader: &Reader) -> Result<()> {
    // What opens walls is not here yet when the article is left.
    reader.server.set_fault(&reader.site.part("wall")?, Fault::Delay(Duration::from_secs(2)));
    reader.open("/").await?;
    reader.open("/spring/#gift=BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU").await?;
    reader.follow("/open/").await?;
    reader.until("the other article", async || Ok(reader.path().await? == "/open/")).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    reader.mark_window().await?;
    reader.follow("/").await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    ensure!(reader.is_same_window().await?, "the reader is gone");
    Ok(())
}

async fn a_gated_article_is_read_to_its_end(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/spring/").await?;
    reads(reader, SPRING).await?;
    let end = "document.querySelector('.prose > :last-child').scrollIntoView({ behavior: 'instant' })";
    reader.run(end, vec![]).await?;
    // As long as keeping it takes.
    tokio::time::sleep(Duration::from_secs(1)).await;
    reader.open("/library/").await?;
    let read = "document.querySelector('.library-list li')?.textContent.includes('Read')";
    reader.wait_for("it in the history", read).await
}

async fn a_flipped_bit_shows_nothing(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    let document = fs::read_to_string(reader.site.root.join("autumn/article.json"))?;
    let at = document.find("\"ciphertext\":\"").context("no envelope")? + 30;
    let mut flipped = document.clone().into_bytes();
    flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
    reader.server.set_document("/autumn/article.json", flipped);
    reader.open("/autumn/").await?;
    reads(reader, "arrived damaged or does not belong to it").await?;
    does_not_read(reader, AUTUMN).await?;
    // Two envelopes cannot be swapped.
    let other = fs::read_to_string(reader.site.root.join("spring/article.json"))?;
    let envelope = |it: &str| {
        let from = it.find("\"envelope\":").unwrap_or(0);
        let to = it[from..].find("\"tag\":").map_or(it.len(), |at| from + at + 32);
        it[from..to].to_owned()
    };
    reader.server.set_document("/autumn/article.json", document.replace(&envelope(&document), &envelope(&other)));
    reader.open("/autumn/").await?;
    reads(reader, "arrived damaged or does not belong to it").await?;
    does_not_read(reader, SPRING).await
}

async fn the_secret_leaves_no_trace(reader: &Reader) -> Result<()> {
    let link = pass("reader")?;
    let secret = link.split_once('.').context("no secret")?.1.to_owned();
    reader.open("/").await?;
    unlock(reader, "reader").await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    reader.client.back().await?;
    reader.hydrated().await?;
    ensure!(reader.path().await? == "/unlock/", "back leads to {}", reader.path().await?);
    let everything = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.referrer, document.documentElement.outerHTML])";
    let kept = reader.eval(everything).await?;
    ensure!(!kept.as_str().unwrap_or_default().contains(&secret), "the page keeps the secret");
    ensure!(!reader.server.visits().iter().any(|it| it.path.contains(&secret)), "a request held the secret");
    let dump = "const done = arguments[0];
        (async () => {
          const kept = [];
          for (const { name } of await indexedDB.databases()) {
            const database = await new Promise((resolve) => { const it = indexedDB.open(name); it.onsuccess = () => resolve(it.result); });
            for (const store of database.objectStoreNames) {
              const values = await new Promise((resolve) => { const it = database.transaction(store).objectStore(store).getAll(); it.onsuccess = () => resolve(it.result); });
              kept.push(...values.map((it) => [store, it.text ?? it, it.key?.extractable ? 'can be taken out' : '']));
            }
            database.close();
          }
          return JSON.stringify(kept);
        })().then(done, (error) => done(String(error)))";
    let kept = reader.client.execute_async(dump, vec![]).await?;
    let kept = kept.as_str().unwrap_or_default();
    ensure!(kept.contains("\"pass\"") && kept.contains("\"keys\""), "the database holds {kept}");
    ensure!(!kept.contains("can be taken out") && !kept.contains(&secret), "a key can be taken out: {kept}");
    Ok(())
}

async fn axe_finds_nothing(reader: &Reader) -> Result<()> {
    let mut found = Vec::new();
    let mut look = async |what: &str| -> Result<()> {
        for theme in ["light", "sepia", "dark"] {
            reader.run("document.documentElement.dataset.theme = arguments[0]", vec![theme.into()]).await?;
            found.extend(axe::violations(reader).await?.into_iter().map(|it| format!("{what}, {theme}: {it}")));
            for width in [390, 1280] {
                reader.resize(width, 900).await?;
                if let Ok(folder) = std::env::var("JUMPLINE_PICTURES") {
                    let name = format!("{folder}/{}-{what}-{theme}-{width}.png", reader.engine);
                    fs::write(name, reader.client.screenshot().await?)?;
                }
            }
        }
        reader.fits(&[320, 390, 1280]).await
    };
    for path in ["/members/", "/autumn/", "/patrons/"] {
        reader.open(path).await?;
        reader.role("heading").named("Discover more from The Walled Garden").bring_into_view().await?;
        look(path.trim_matches('/')).await?;
    }
    reader.open("/unlock/").await?;
    look("account-empty").await?;
    unlock(reader, "reader").await?;
    look("account-held").await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    reader.role("button").named("Gift this article").click().await?;
    look("opened").await?;
    ensure!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
    Ok(())
}
