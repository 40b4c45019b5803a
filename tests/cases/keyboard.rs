//! Where the focus goes for who reads by keyboard: back to where one was, on to where a link points, and nowhere out of sight.

use crate::fields;
use crate::wall_trouble::before;
use fantoccini::key::Key;
use jumpline_tests::{Case, Context as _, Engine, Reader, Result, Sample, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(back_leads_to_the_link_that_was_followed),
    case!(a_link_into_another_page_moves_the_focus_there),
    case!(a_panel_closes_when_the_focus_leaves_it),
    case!(what_has_the_focus_is_seen).at(Sample::Odd),
    case!(nothing_at_the_lower_edge_covers_the_focus),
    case!(what_is_put_off_keeps_the_focus_in_the_page),
];

/// The focus, in words: what has it, and whether it is in the window.
const FOCUS: &str = "(() => { const it = document.activeElement, at = it.getBoundingClientRect(); \
    return [it.localName, it.id, it.textContent.trim().slice(0, 40), at.top >= 0 && at.bottom <= innerHeight && at.width > 1].join('|') })()";

async fn back_leads_to_the_link_that_was_followed(reader: &Reader) -> Result<()> {
    reader.resize(390, 844).await?;
    reader.open("/").await?;
    // Safari walks from link to link only with a modifier, which its driver does not know.
    let last = "const all = document.querySelectorAll('main h3 a'); const it = all[all.length - 1]; it.focus(); return it.textContent";
    let title = reader.run(last, vec![]).await?;
    let title = title.as_str().context("no card")?.to_owned();
    let is_seen = async || Ok(reader.eval(FOCUS).await?.as_str().is_some_and(|it| it.ends_with("true")));
    // The browser scrolls there smoothly.
    reader.until("the link in view", is_seen).await?;
    let is_shown = reader.eval("document.activeElement.matches(':focus-visible')").await? == true;
    if !is_shown && reader.engine == Engine::Webkit {
        eprintln!("SKIPPED in {}: its driver's keys show no focus", reader.engine);
        return Ok(());
    }
    reader.press(Key::Enter).await?;
    reader.role("heading").level(1).named(&title).find().await?;
    reader.client.back().await?;
    reader.role("region").named("Latest").find().await?;
    let look = format!("document.activeElement.localName === 'a' && document.activeElement.textContent === {title:?}");
    reader.wait_for("the focus on the link", &look).await?;
    reader.until("the link in view again", is_seen).await
}

async fn a_link_into_another_page_moves_the_focus_there(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let (path, _) = reader.site.story(1)?;
    let go = format!(
        "const link = document.createElement('a'); link.href = document.querySelector('header a').href.replace(/\\/$/, '') + {:?}; link.textContent = 'Into it'; document.querySelector('main').prepend(link); link.click()",
        format!("{path}#comments")
    );
    reader.run(&go, vec![]).await?;
    reader.wait_for("the focus on the comments", "document.activeElement.id === 'comments'").await
}

async fn a_panel_closes_when_the_focus_leaves_it(reader: &Reader) -> Result<()> {
    let (path, _) = reader.site.story(1)?;
    reader.open(&path).await?;
    reader.role("button").named("Reading settings").click().await?;
    let dialog = reader.role("dialog").named("Reading settings").find().await?;
    reader.role("radio").named("Dark").within(&dialog).find().await?;
    reader.run("document.querySelector('#preferences input').focus()", vec![]).await?;
    reader.run("document.querySelector('#preferences summary').focus()", vec![]).await?;
    reader.role("dialog").named("Reading settings").find().await?;
    reader.run("document.querySelector('main a').focus()", vec![]).await?;
    reader.wait_for("the panel closed", "document.querySelector('#preferences:popover-open') === null").await?;
    ensure!(reader.eval("document.activeElement.matches('main a')").await? == true, "the focus was taken back");
    // The button opens and closes it, wherever the focus is.
    reader.role("button").named("Reading settings").click().await?;
    reader.role("dialog").named("Reading settings").find().await?;
    reader.role("button").named("Reading settings").click().await?;
    reader
        .wait_for("the panel closed by its button", "document.querySelector('#preferences:popover-open') === null")
        .await
}

async fn what_has_the_focus_is_seen(reader: &Reader) -> Result<()> {
    fields::open(reader, "/discussed/").await?;
    reader.wait_for("an answer", "document.querySelector('.comment a.visually-hidden') !== null").await?;
    // A script's focus counts as a keyboard's where no pointer was used before.
    reader.press(Key::Tab).await?;
    reader.run("document.querySelector('.comment a.visually-hidden').focus()", vec![]).await?;
    let size = "(() => { const at = document.activeElement.getBoundingClientRect(); return document.activeElement.matches(':focus-visible') ? Math.min(at.width, at.height) : -1 })()";
    let size = reader.eval(size).await?.as_f64().context("no size")?;
    ensure!(!(0.0..=10.0).contains(&size), "what has the focus is {size} px large");
    Ok(())
}

async fn nothing_at_the_lower_edge_covers_the_focus(reader: &Reader) -> Result<()> {
    reader.resize(390, 500).await?;
    reader.open("/").await?;
    let offline =
        "Object.defineProperty(navigator, 'onLine', { get: () => false }); dispatchEvent(new Event('offline'))";
    reader.run(offline, vec![]).await?;
    reader.wait_for("the banner", "document.querySelector('.notice-offline:not([hidden])') !== null").await?;
    let covered = "document.documentElement.style.scrollBehavior = 'auto';
        const edge = document.querySelector('.notices').getBoundingClientRect().top, covered = [];
        for (const it of document.querySelectorAll('main a, footer a')) {
            it.focus();
            const at = it.getBoundingClientRect();
            if (at.width && at.top >= edge) covered.push(it.textContent);
        }
        return covered.join()";
    if reader.engine == Engine::Webkit {
        eprintln!("SKIPPED in {}: it scrolls to what has the focus, and heeds no padding of that", reader.engine);
        return Ok(());
    }
    let covered = reader.run(covered, vec![]).await?;
    ensure!(covered == "", "behind the banner: {covered}");
    Ok(())
}

async fn what_is_put_off_keeps_the_focus_in_the_page(reader: &Reader) -> Result<()> {
    let offered = "window.__install = { prompt() {} }; localStorage.setItem('jumpline:/:install', '1')";
    before(reader, "/about/", offered)?;
    reader.open("/about/").await?;
    reader.role("button").named("No, thank you").click().await?;
    reader.wait_for("the focus in the page", "document.activeElement.id === 'main'").await
}
