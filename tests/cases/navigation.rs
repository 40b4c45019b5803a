//! From page to page as in a good app: no reload, the right title, focus and scroll.

use jumpline_tests::{Case, Context, Reader, Result, Sample, case, ensure};
use serde_json::json;
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_click_needs_no_reload),
    case!(a_click_needs_no_reload).at(Sample::Below),
    case!(a_link_to_here_makes_no_entry),
    case!(back_and_forward_restore_the_scroll),
    case!(a_reload_in_the_middle_keeps_the_way_back),
    case!(back_leads_to_the_top_from_where_nobody_scrolled),
    case!(deep_links_open_where_they_point),
    case!(deep_links_open_where_they_point).at(Sample::Below),
    case!(an_article_without_its_page_is_found),
    case!(an_article_without_its_page_is_found).at(Sample::Below),
    case!(articles_are_fetched_ahead),
    case!(a_click_waits_for_what_is_on_its_way),
    case!(a_page_that_comes_back_waits_for_nothing),
    case!(clicks_for_the_browser_stay_with_it),
    case!(every_link_stays_below_the_base).at(Sample::Below),
    case!(the_first_tab_skips_to_the_content),
];

async fn scroll(reader: &Reader) -> Result<f64> {
    reader.eval("scrollY").await?.as_f64().context("scrollY is a number")
}

/// Waits for two frames, in which the browser tells of the scroll.
async fn settle(reader: &Reader) -> Result<()> {
    let frames = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";
    reader.client.execute_async(frames, vec![]).await?;
    Ok(())
}

async fn a_click_needs_no_reload(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    reader.mark_window().await?;
    let (path, title) = reader.site.story(1)?;
    let latest = reader.role("region").named("Latest").find().await?;
    reader.role("link").named(&title).within(&latest).click().await?;
    reader.arrives(&path, &title).await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    ensure!(reader.client.title().await?.contains(&title), "the window's title follows");
    let head = "[document.querySelector('link[rel=canonical]').href, document.querySelectorAll(\"meta[property^='og:'], [type='application/ld+json']\").length]";
    let head = reader.eval(head).await?;
    let is_own = head[0].as_str().is_some_and(|it| it.starts_with("https://") && it.ends_with(&path));
    ensure!(is_own && head[1] == 0, "the head is another page's: {head}");
    let focused = reader.client.active_element().await?.text().await?;
    ensure!(focused == title, "the focus is on {focused:?} instead of the title");
    ensure!(scroll(reader).await? == 0.0, "the page begins at its top");
    // What a screen reader is on must also be visible as the current place.
    let breadcrumb = reader.role("navigation").named("Breadcrumb").find().await?;
    reader.role("link").named("Home").within(&breadcrumb).click().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    ensure!(reader.is_same_window().await?, "the way home was a reload");
    Ok(())
}

/// Clicks on a story far down the front page as a finger does, and gives its path, its title and where the page was scrolled to.
/// WebKit's back leaves out entries that were made without a person's doing, so [`Reader::follow`] will not do.
async fn click_far_down(reader: &Reader) -> Result<(String, String, f64)> {
    reader.resize(390, 844).await?;
    reader.open("/").await?;
    let (path, title) = reader.site.story(4)?;
    let latest = reader.role("region").named("Latest").find().await?;
    reader.role("link").named(&title).within(&latest).bring_into_view().await?;
    settle(reader).await?;
    let y = scroll(reader).await?;
    ensure!(y > 500.0, "the story is not far down: {y}");
    reader.role("link").named(&title).within(&latest).click().await?;
    reader.arrives(&path, &title).await?;
    Ok((path, title, y))
}

async fn back_and_forward_restore_the_scroll(reader: &Reader) -> Result<()> {
    let (path, title, home) = click_far_down(reader).await?;
    reader.mark_window().await?;
    reader.run("scrollTo({ top: 500, behavior: 'instant' })", vec![]).await?;
    settle(reader).await?;

    reader.client.back().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    let near = async |y: f64| Ok((scroll(reader).await? - y).abs() < 2.0);
    reader.until("the front page's scroll", async || near(home).await).await?;
    ensure!(reader.client.title().await?.contains(&reader.site.publication.title), "the title goes back too");

    reader.client.forward().await?;
    reader.arrives(&path, &title).await?;
    reader.until("the article's scroll", async || near(500.0).await).await?;
    ensure!(reader.is_same_window().await?, "the history was a reload");
    Ok(())
}

async fn a_reload_in_the_middle_keeps_the_way_back(reader: &Reader) -> Result<()> {
    let (path, title, home) = click_far_down(reader).await?;
    reader.client.refresh().await?;
    reader.hydrated().await?;
    reader.client.back().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    reader.until("the front page's scroll", async || Ok((scroll(reader).await? - home).abs() < 2.0)).await?;
    reader.client.forward().await?;
    reader.arrives(&path, &title).await
}

async fn a_link_to_here_makes_no_entry(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    reader.follow("/archive/").await?;
    reader.arrives("/archive/", "Archive").await?;
    let entries = reader.eval("history.length").await?;
    reader.run("scrollTo({ top: 400, behavior: 'instant' })", vec![]).await?;
    for _ in 0..2 {
        reader.run("document.querySelector('a[href=\"/archive/\"]').click()", vec![]).await?;
        reader.until("the top", async || Ok(scroll(reader).await? < 2.0)).await?;
    }
    ensure!(reader.eval("history.length").await? == entries, "there are more entries than pages");
    Ok(())
}

async fn back_leads_to_the_top_from_where_nobody_scrolled(reader: &Reader) -> Result<()> {
    reader.resize(1440, 900).await?;
    reader.open("/specimen/").await?;
    let contents = reader.role("navigation").named("On this page").find().await?;
    reader.role("link").named("Pictures").within(&contents).find().await?;
    // A driver's own click may scroll first.
    reader.run("document.querySelector('.contents a[href$=\"#pictures\"]').click()", vec![]).await?;
    // It glides there, and is not stopped on its way.
    let mut last = 0.0;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(150)).await;
        let now = scroll(reader).await?;
        if now > 500.0 && (now - last).abs() < 1.0 {
            break;
        }
        last = now;
    }
    let current = "document.querySelector('.contents a[href$=\"#pictures\"]').getAttribute('aria-current')";
    ensure!(reader.eval(current).await? == "location", "the place is not marked");
    reader.client.back().await?;
    reader.until("the top", async || Ok(scroll(reader).await? < 2.0)).await
}

async fn deep_links_open_where_they_point(reader: &Reader) -> Result<()> {
    let (path, title) = reader.site.story(0)?;
    let item = reader.site.article(&path)?;
    let headings = item.jumpline.map(|it| it.contents).unwrap_or_default();
    let heading = headings.last().context("the lead story has headings")?;
    let target = format!("{path}#{}", heading.id);
    reader.open(&target).await?;
    reader.role("heading").level(1).named(&title).find().await?;
    let top = "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top";
    let seen = format!("(() => {{ const top = {top}; return top > -5 && top < innerHeight; }})()");
    reader.wait_for("the heading in the window", &seen).await?;

    reader.open("/").await?;
    reader.mark_window().await?;
    reader.follow(&target).await?;
    reader.until("the fragment", async || Ok(reader.path().await? == target)).await?;
    reader.wait_for("the heading in the window, by the reader", &seen).await?;
    ensure!(reader.is_same_window().await?, "a link to a heading was a reload");

    // A directory without its slash, as people type it.
    reader.open(path.trim_end_matches('/')).await?;
    reader.arrives(&path, &title).await
}

/// On a static host an article can be there before its page is, or its page can be gone: the shell finds it.
async fn an_article_without_its_page_is_found(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    let (path, title) = reader.site.story(0)?;
    let document = reader.site.article(&path)?.to_json().replace(&path, "/elsewhere/now/");
    reader.server.set_document("/elsewhere/now/article.json", document);
    reader.open("/elsewhere/now/").await?;
    reader.arrives("/elsewhere/now/", &title).await
}

async fn articles_are_fetched_ahead(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let (lead, title) = reader.site.story(0)?;
    let document = format!("{lead}article.json");
    let asked = |document: &str| reader.server.visits().iter().filter(|it| it.path == document).count();
    reader.until("the lead story to be fetched ahead", async || Ok(asked(&document) == 1)).await?;
    reader.role("link").named(&title).click().await?;
    reader.arrives(&lead, &title).await?;
    ensure!(asked(&document) == 1, "what was fetched ahead was fetched again");

    // By the focus: the archive stands in the masthead, and is no card.
    ensure!(asked("/archive/listing.json") == 0, "the archive was fetched without a sign of interest");
    let sections = reader.role("navigation").named("Sections").find().await?;
    let archive = reader.role("link").named("Archive").within(&sections).find().await?;
    reader.run("arguments[0].focus()", vec![serde_json::to_value(&archive)?]).await?;
    reader.until("the archive to be fetched ahead", async || Ok(asked("/archive/listing.json") == 1)).await
}

async fn a_page_that_comes_back_waits_for_nothing(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    reader.open("/").await?;
    // What the browser loads by itself leads nowhere, and this page stays.
    reader.server.set_fault("/put/beside/", Fault::Status(204));
    reader.follow("/put/beside/").await?;
    reader.wait_for("the wait", "document.querySelector('[role=progressbar]') !== null").await?;
    reader.run("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))", vec![]).await?;
    reader.wait_for("its end", "document.querySelector('[role=progressbar]') === null").await
}

async fn clicks_for_the_browser_stay_with_it(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let (path, title) = reader.site.story(0)?;
    let script = "
        const [path, init, change] = arguments;
        const link = document.createElement('a');
        link.href = path;
        Object.assign(link, change);
        document.body.append(link);
        let taken = null;
        addEventListener('click', (event) => { taken = event.defaultPrevented; event.preventDefault(); }, { once: true });
        link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
        link.remove();
        return taken;";
    let href = reader.server.url(&path);
    for (init, change) in [
        (json!({ "ctrlKey": true }), json!({})),
        (json!({ "metaKey": true }), json!({})),
        (json!({ "shiftKey": true }), json!({})),
        (json!({}), json!({ "target": "_blank" })),
        (json!({}), json!({ "download": "x" })),
        (json!({}), json!({ "href": "https://stucci.example/" })),
        (json!({}), json!({ "href": reader.server.url("/feed.xml") })),
    ] {
        let taken = reader.run(script, vec![json!(href), init.clone(), change.clone()]).await?;
        ensure!(taken == false, "a click with {init} on a link with {change} was taken over");
    }
    let taken = reader.run(script, vec![json!(href), json!({}), json!({})]).await?;
    ensure!(taken == true, "a plain click was left to the browser");
    reader.arrives(&path, &title).await
}

async fn every_link_stays_below_the_base(reader: &Reader) -> Result<()> {
    for (name, path) in reader.site.every_view()? {
        if name == "not found" {
            continue;
        }
        reader.open(&path).await?;
        let script = "[...document.querySelectorAll('[href], [src]')].map((it) => it.getAttribute('href') ?? it.getAttribute('src'))
            .filter((it) => it.startsWith('/') && !it.startsWith('/repo/') && !it.startsWith('/__'))";
        let outside = reader.eval(script).await?;
        ensure!(outside == json!([]), "{name} leads out of the base: {outside}");
    }
    Ok(())
}

async fn the_first_tab_skips_to_the_content(reader: &Reader) -> Result<()> {
    reader.open("/archive/").await?;
    reader.run("document.body.focus()", vec![]).await?;
    reader.press(fantoccini::key::Key::Tab).await?;
    let focused = reader.client.active_element().await?;
    ensure!(focused.text().await? == "Skip to content", "the first tab reaches {:?}", focused.text().await?);
    reader.press(fantoccini::key::Key::Enter).await?;
    reader.wait_for("the focus in the main part", "document.activeElement?.closest('main') !== null").await
}

async fn a_click_waits_for_what_is_on_its_way(reader: &Reader) -> Result<()> {
    let document = "/archive/page/2/listing.json";
    reader.open("/archive/").await?;
    reader.server.set_fault(document, Fault::Delay(Duration::from_millis(1500)));
    // Whoever points at a link has its page loaded ahead.
    reader
        .run("const it = document.querySelector('a[href$=\"/archive/page/2/\"]'); it.focus(); it.click()", vec![])
        .await?;
    reader.until("page 2", async || Ok(reader.path().await? == "/archive/page/2/")).await?;
    reader.role("heading").level(1).like("Page 2 of").find().await?;
    let asked = reader.server.visits().iter().filter(|it| it.path == document).count();
    ensure!(asked == 1, "{document} was asked for {asked} times");
    Ok(())
}
