//! The reader has not started yet, or never does: an old browser, a policy without Wasm, a broken line.

use crate::wall::pass;
use jumpline_tests::{Case, Reader, Result, Sample, case, ensure};
use std::fs;
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(what_never_starts_reads_as_without_scripts),
    case!(without_its_words_it_stays_plain),
    case!(nothing_is_hidden_until_it_starts),
    case!(the_library_pushes_nothing_away),
    case!(a_library_that_takes_its_time_says_so),
    case!(a_pass_is_not_lost_before_it_starts),
    case!(what_is_pressed_before_it_starts_is_done_then),
    case!(a_link_that_unlocks_shows_nobody_its_secret).at(Sample::Walled),
    case!(a_link_that_unlocks_is_not_lost_where_nothing_starts).at(Sample::Walled),
];

/// Lets the reader's own file fail, be late or never come.
fn fail(reader: &Reader, fault: Fault) -> Result<()> {
    for entry in fs::read_dir(&reader.site.root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with("_bg.wasm") {
            reader.server.set_fault(&format!("/{name}"), fault);
        }
    }
    Ok(())
}

const SEEN: &str = "document.querySelector('main').innerText";

async fn what_never_starts_reads_as_without_scripts(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    // The page says why on the console.
    reader.tolerate("asm");
    reader.tolerate("/reader-");
    fail(reader, Fault::Status(500))?;
    for (path, said) in [
        ("/library/", "needs JavaScript"),
        ("/unlock/", "needs JavaScript"),
        ("/nothing/stands/here/", "There is nothing at this address"),
    ] {
        reader.tolerate("404");
        reader.visit(path).await?;
        reader.wait_for(said, &format!("{SEEN}.includes({said:?})")).await?;
        ensure!(reader.role("button").named("Reading settings").count().await? == 0, "Aa is offered at {path}");
    }
    reader.visit("/unlock/").await?;
    reader.wait_for("the end of the start", "!document.documentElement.classList.contains('js')").await?;
    ensure!(reader.role("button").named("Unlock").count().await? == 0, "a pass is asked for, and would be lost");
    Ok(())
}

async fn without_its_words_it_stays_plain(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    reader.tolerate("common");
    reader.server.set_fault(&reader.site.common, Fault::Status(500));
    reader.visit("/library/").await?;
    reader.wait_for("the note", &format!("{SEEN}.includes('needs JavaScript')")).await?;
    ensure!(reader.role("button").named("Reading settings").count().await? == 0, "Aa is offered");
    Ok(())
}

async fn nothing_is_hidden_until_it_starts(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    fail(reader, Fault::Never)?;
    reader.visit("/nothing/stands/here/").await?;
    reader.role("heading").level(1).named("There is nothing at this address").find().await?;
    reader.role("link").named("All articles").find().await.map(drop)
}

async fn the_library_pushes_nothing_away(reader: &Reader) -> Result<()> {
    fail(reader, Fault::Never)?;
    reader.visit("/library/").await?;
    let below = "document.querySelector('footer').getBoundingClientRect().top >= innerHeight";
    ensure!(reader.eval(below).await? == true, "the foot is in view, and would jump when the library comes");
    Ok(())
}

async fn a_library_that_takes_its_time_says_so(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.server.set_fault(&reader.site.part("library")?, Fault::Never);
    reader.open("/library/").await?;
    reader.wait_for("a word on it", &format!("{SEEN}.includes('Loading')")).await
}

async fn a_pass_is_not_lost_before_it_starts(reader: &Reader) -> Result<()> {
    fail(reader, Fault::Never)?;
    reader.visit("/unlock/").await?;
    let place = reader.eval("location.href").await?;
    reader.run("document.getElementById('pass-link').value = 'a pass'", vec![]).await?;
    reader.run("document.querySelector('form button[type=submit]').click()", vec![]).await?;
    tokio::time::sleep(Duration::from_millis(500)).await;
    ensure!(reader.eval("location.href").await? == place, "the form leads away");
    ensure!(reader.eval("document.getElementById('pass-link').value").await? == "a pass", "what was pasted is gone");
    Ok(())
}

async fn what_is_pressed_before_it_starts_is_done_then(reader: &Reader) -> Result<()> {
    reader.server.set_fault(&reader.site.common, Fault::Delay(Duration::from_secs(4)));
    reader.resize(390, 844).await?;
    reader.visit(&reader.site.story(0)?.0).await?;
    // Nobody hears the first of them either: it is done once.
    let button = reader.role("button").named("Exit mobile version");
    button.click().await?;
    button.click().await?;
    let layout = "document.documentElement.dataset.layout ?? ''";
    ensure!(reader.eval(layout).await? == "", "it was done by nobody, or too early");
    reader.hydrated().await?;
    reader.wait_for("the full layout", &format!("({layout}) === 'full'")).await?;
    reader.server.clear_fault(&reader.site.common);
    // The pass that is asked for before, too.
    reader.server.set_fault(&reader.site.common, Fault::Delay(Duration::from_secs(4)));
    reader.visit("/unlock/").await?;
    reader.run("document.getElementById('pass-link').value = 'no pass at all'", vec![]).await?;
    reader.role("button").named("Unlock").click().await?;
    reader.wait_for("what is wrong with it", "document.getElementById('pass-error').textContent !== ''").await
}

async fn a_link_that_unlocks_shows_nobody_its_secret(reader: &Reader) -> Result<()> {
    fail(reader, Fault::Never)?;
    // WebKit says so when a page is left whose reader is still on its way.
    reader.tolerate("Load failed");
    reader.visit(&pass("reader")?).await?;
    ensure!(reader.eval("location.hash").await? == "", "it stands in the location bar until the reader comes");
    let written_out = pass("reader")?.replace("/unlock/#", "/unlock/index.html#");
    reader.visit(&written_out).await?;
    ensure!(
        reader.eval("location.href.endsWith('/unlock/index.html')").await? == true,
        "it stands behind a file's name"
    );
    // A part of the page is no secret.
    reader.visit("/unlock/#main").await?;
    ensure!(reader.eval("location.hash").await? == "#main", "a link within the page does not lead there");
    Ok(())
}

async fn a_link_that_unlocks_is_not_lost_where_nothing_starts(reader: &Reader) -> Result<()> {
    for words in ["500", "common", "asm", "/reader-", "rejection on "] {
        reader.tolerate(words);
    }
    let link = pass("reader")?;
    let is_back = format!("location.href.endsWith({link:?})");
    reader.server.set_fault(&reader.site.common, Fault::Status(500));
    reader.visit(&link).await?;
    reader.wait_for("the link back, without words", &is_back).await?;
    reader.server.clear_fault(&reader.site.common);
    fail(reader, Fault::Status(500))?;
    reader.visit("/").await?;
    reader.visit(&link).await?;
    reader.wait_for("the link back, without a reader", &is_back).await?;
    Ok(())
}
