//! The invitation over an article: when it opens, when it does not, and how it goes away.

use std::time::Duration;

use fantoccini::key::Key;
use jumpline_tests::provider::rewrite;
use jumpline_tests::{Case, Reader, Result, Sample, axe, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(it_opens_half_way_and_escape_closes_it).at(Sample::Inviting),
    case!(it_opens_after_a_while_and_keeps_the_focus).at(Sample::Inviting),
    case!(it_waits_until_nobody_is_busy).at(Sample::Inviting),
    case!(a_jump_is_no_reading).at(Sample::Inviting),
    case!(it_leaves_with_its_article).at(Sample::Inviting),
    case!(it_leaves_members_and_other_pages_alone).at(Sample::Inviting),
    case!(it_takes_an_address).at(Sample::Inviting),
    case!(a_mistake_leads_to_the_field).at(Sample::Inviting),
    case!(a_click_beside_it_closes_it_and_other_tabs_follow).at(Sample::Inviting),
    case!(it_fits_small_windows).at(Sample::Inviting),
];

const ARTICLE: &str = "/long/";
const TITLE: &str = "Discover more from The Invitation";
/// Longer than the reader needs to see that it is time.
const LONG_ENOUGH: Duration = Duration::from_millis(3500);

/// Opens the article with an invitation after a second.
async fn open_hurried(reader: &Reader) -> Result<()> {
    rewrite(reader, ARTICLE, &[("\"after_seconds\":3600", "\"after_seconds\":1")])?;
    reader.open(ARTICLE).await
}

async fn scroll_to(reader: &Reader, part: f64) -> Result<()> {
    let script = "const it = document.querySelector('main'); scrollTo({ top: it.scrollHeight * arguments[0], behavior: 'instant' })";
    reader.run(script, vec![part.into()]).await.map(drop)
}

async fn stays_away(reader: &Reader, when: &str) -> Result<()> {
    tokio::time::sleep(LONG_ENOUGH).await;
    ensure!(reader.role("dialog").named(TITLE).count().await? == 0, "it opened {when}");
    Ok(())
}

async fn it_opens_half_way_and_escape_closes_it(reader: &Reader) -> Result<()> {
    reader.open(ARTICLE).await?;
    scroll_to(reader, 0.1).await?;
    stays_away(reader, "at the beginning").await?;
    scroll_to(reader, 0.7).await?;
    let place = reader.eval("scrollY").await?;
    let dialog = reader.role("dialog").named(TITLE).find().await?;
    ensure!(
        dialog.text().await?.contains("Subscribe now to keep reading and get access to the full archive."),
        "its words"
    );
    reader.role("textbox").named("Email address").within(&dialog).find().await?;
    ensure!(reader.eval("scrollY").await? == place, "the page moved");
    ensure!(reader.eval("document.activeElement.id").await? == "invitation-title", "the focus is elsewhere");
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
    reader.press(Key::Escape).await?;
    reader.role("dialog").is_gone().await?;
    // The next key goes on from what is read.
    let here = "(() => { const it = document.activeElement.getBoundingClientRect(); return document.activeElement.matches('.prose > *') && it.bottom > 0 && it.top < innerHeight })()";
    reader.wait_for("the focus on what is read", here).await?;
    ensure!(reader.eval("scrollY").await? == place, "the page moved");
    stays_away(reader, "after it was closed").await?;
    reader.open(ARTICLE).await?;
    scroll_to(reader, 0.7).await?;
    stays_away(reader, "within a day").await?;
    reader.run("localStorage.setItem('jumpline:/:modal', Date.now() - 25 * 3600e3)", vec![]).await?;
    reader.open(ARTICLE).await?;
    scroll_to(reader, 0.7).await?;
    reader.role("dialog").named(TITLE).find().await.map(drop)
}

async fn it_opens_after_a_while_and_keeps_the_focus(reader: &Reader) -> Result<()> {
    open_hurried(reader).await?;
    reader.role("dialog").named(TITLE).find().await?;
    // The page behind is inert: nobody tabs into it. Browsers' own bars take the focus in between.
    for _ in 0..8 {
        reader.press(Key::Tab).await?;
        let inside = "document.activeElement === document.body || document.activeElement.closest('dialog') !== null";
        ensure!(reader.eval(inside).await? == true, "the focus left the dialog");
    }
    reader.role("button").named("Continue reading").click().await?;
    reader.role("dialog").is_gone().await?;
    reader.wait_for("the focus back", "['BODY', 'H1'].includes(document.activeElement.nodeName)").await
}

async fn it_leaves_with_its_article(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    reader.open("/").await?;
    // A real click: WebKit's back leaves out entries that were made without one.
    reader.role("link").named("A long letter").click().await?;
    reader.until("the article", async || Ok(reader.path().await? == ARTICLE)).await?;
    scroll_to(reader, 0.7).await?;
    reader.role("dialog").named(TITLE).find().await?;
    reader.client.back().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    reader.role("dialog").is_gone().await
}

async fn it_waits_until_nobody_is_busy(reader: &Reader) -> Result<()> {
    open_hurried(reader).await?;
    reader.run("document.querySelector('header a').focus()", vec![]).await?;
    stays_away(reader, "over a focused link").await?;
    reader
        .run("document.activeElement.blur(); getSelection().selectAllChildren(document.querySelector('h1'))", vec![])
        .await?;
    stays_away(reader, "over a selection").await?;
    reader
        .run("document.getElementById('preferences').showPopover(); getSelection().removeAllRanges()", vec![])
        .await?;
    stays_away(reader, "over the settings").await?;
    let write = "document.getElementById('preferences').hidePopover(); const field = document.createElement('textarea'); field.value = 'Half a thought'; document.querySelector('main').append(field); document.activeElement.blur()";
    reader.run(write, vec![]).await?;
    stays_away(reader, "over something half written").await?;
    reader.run("document.querySelector('textarea').value = ''", vec![]).await?;
    reader.role("dialog").named(TITLE).find().await.map(drop)
}

async fn a_jump_is_no_reading(reader: &Reader) -> Result<()> {
    reader.open(ARTICLE).await?;
    // What follows readers through the text comes later.
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    let jump = "const link = document.createElement('a'); link.href = '#' + document.querySelectorAll('.prose h2')[1].id; \
        document.querySelector('.prose').prepend(link); link.click(); link.remove()";
    reader.run(jump, vec![]).await?;
    reader.wait_for("the place", "scrollY > 1000").await?;
    stays_away(reader, "after a jump").await?;
    reader.run("scrollBy({ top: innerHeight, behavior: 'instant' })", vec![]).await?;
    reader.role("dialog").named(TITLE).find().await.map(drop)
}

async fn it_leaves_members_and_other_pages_alone(reader: &Reader) -> Result<()> {
    for path in ["/", "/subscribe/", "/members/", "/archive/"] {
        rewrite(reader, path, &[("\"after_seconds\":3600", "\"after_seconds\":1")])?;
        reader.open(path).await?;
        stays_away(reader, path).await?;
    }
    reader.run("localStorage.setItem('jumpline:/:subscription', 'subscribed 1 a@b.example')", vec![]).await?;
    open_hurried(reader).await?;
    stays_away(reader, "to a subscriber").await
}

async fn it_takes_an_address(reader: &Reader) -> Result<()> {
    open_hurried(reader).await?;
    let dialog = reader.role("dialog").named(TITLE).find().await?;
    let field = reader.role("textbox").named("Email address").within(&dialog).find().await?;
    field.send_keys("ada@post.example").await?;
    reader.role("button").named("Subscribe").within(&dialog).click().await?;
    reader.until("the outcome", async || Ok(dialog.text().await?.contains("is kept on this device"))).await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
    reader.role("button").named("Continue reading").click().await?;
    reader.role("dialog").is_gone().await?;
    let kept = reader.eval("localStorage.getItem('jumpline:/:subscription')").await?;
    ensure!(kept.as_str().is_some_and(|it| it.ends_with(" ada@post.example")), "kept is {kept}");
    Ok(())
}

async fn a_mistake_leads_to_the_field(reader: &Reader) -> Result<()> {
    reader.resize(1440, 900).await?;
    open_hurried(reader).await?;
    let dialog = reader.role("dialog").named(TITLE).find().await?;
    let field = reader.role("textbox").named("Email address").within(&dialog).find().await?;
    field.send_keys("x").await?;
    // The button would be elsewhere if the mistake was said as soon as the field is left.
    reader.role("button").named("Subscribe").within(&dialog).click().await?;
    reader.wait_for("the field", "document.activeElement.id === 'invitation-email'").await?;
    reader.until("the mistake", async || Ok(dialog.text().await?.contains("This email address is not complete."))).await
}

async fn a_click_beside_it_closes_it_and_other_tabs_follow(reader: &Reader) -> Result<()> {
    open_hurried(reader).await?;
    reader.role("dialog").named(TITLE).find().await?;
    let there = async || {
        open_hurried(reader).await?;
        click_beside(reader).await
    };
    reader.in_another_tab(there, "localStorage.setItem('jumpline:/:modal', Date.now())").await?;
    reader.role("dialog").is_gone().await?;
    reader.run("localStorage.removeItem('jumpline:/:modal')", vec![]).await?;
    open_hurried(reader).await?;
    click_beside(reader).await
}

async fn click_beside(reader: &Reader) -> Result<()> {
    let dialog = reader.role("dialog").named(TITLE).find().await?;
    // Named and found a frame before it covers the page, it would miss the click.
    reader.wait_for("the backdrop", "document.elementFromPoint(3, 3)?.tagName === 'DIALOG'").await?;
    // A click on the corner of the window, as a pointer makes it.
    let click = "const it = arguments[0];
        for (const name of ['pointerdown', 'pointerup', 'click']) {
          document.elementFromPoint(3, 3).dispatchEvent(new PointerEvent(name, { bubbles: true, clientX: 3, clientY: 3 }));
        }";
    reader.run(click, vec![serde_json::to_value(&dialog)?]).await?;
    reader.role("dialog").is_gone().await
}

async fn it_fits_small_windows(reader: &Reader) -> Result<()> {
    // 320 by 256 is a window of 1280 by 1024 at 400 %.
    reader.resize(320, 256).await?;
    open_hurried(reader).await?;
    reader.role("dialog").named(TITLE).find().await?;
    let fits = "(() => {
        const it = document.querySelector('dialog[open]');
        const box = it.getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight && it.scrollWidth <= it.clientWidth;
      })()";
    ensure!(reader.eval(fits).await? == true, "it does not fit");
    reader.role("button").named("Continue reading").click().await?;
    reader.role("dialog").is_gone().await
}
