//! What can be done with an article, and with the site: by single keys, passing it on, installing it.

use crate::library::{LONG, TITLE};
use fantoccini::key::Key;
use jumpline_tests::{Case, Reader, Result, axe, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(a_key_saves_says_so_and_takes_nothing_away),
    case!(the_keys_are_named_on_every_page),
    case!(single_keys_act_and_can_be_turned_off),
    case!(an_article_is_passed_on),
    case!(the_offer_to_install_comes_once),
];

async fn the_keys_are_named_on_every_page(reader: &Reader) -> Result<()> {
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))";
    let keys = || reader.role("dialog").named("Keyboard shortcuts");
    // Nothing was kept yet.
    for path in ["/", "/archive/", "/subscribe/"] {
        reader.open(path).await?;
        // What hears them comes a moment after the page.
        let is_named = async || {
            reader.run(press, vec![]).await?;
            Ok(keys().count().await? == 1)
        };
        reader.until("the keys", is_named).await?;
        reader.press(Key::Escape).await?;
        reader.wait_for("it gone", "document.getElementById('keys') === null").await?;
    }
    // It does not stay over another page.
    reader.run(press, vec![]).await?;
    keys().find().await?;
    reader.follow(LONG).await?;
    reader.arrives(LONG, TITLE).await?;
    reader.role("dialog").is_gone().await
}

async fn single_keys_act_and_can_be_turned_off(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    let press = async |key: &str| {
        let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true }))";
        reader.run(press, vec![key.into()]).await
    };
    press("?").await?;
    let dialog = reader.role("dialog").named("Keyboard shortcuts").find().await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.role("checkbox").named("Single keys (j, k, s, ?) act on an article").within(&dialog).click().await?;
    reader.role("button").named("Close").within(&dialog).click().await?;
    reader.role("dialog").is_gone().await?;
    reader.run("localStorage.removeItem('jumpline:keys')", vec![]).await?;
    let place = reader.path().await?;
    // Nothing acts behind a menu.
    for menu in ["Share", "Reading settings"] {
        reader.role("button").named(menu).click().await?;
        reader.role("dialog").named(menu).find().await?;
        for key in ["k", "s", "?"] {
            press(key).await?;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        ensure!(reader.path().await? == place, "a key turns the page behind {menu}");
        ensure!(reader.role("dialog").count().await? == 1, "a key opens a dialog over {menu}");
        reader.press(Key::Escape).await?;
        reader.role("dialog").is_gone().await?;
    }
    ensure!(reader.role("button").named("Save for offline").count().await? == 1, "a key saves behind a menu");
    reader.run("localStorage.setItem('jumpline:keys', 'off')", vec![]).await?;
    press("k").await?;
    press("?").await?;
    ensure!(
        reader.role("dialog").count().await? == 0 && reader.path().await? == place,
        "a key acts that was turned off"
    );
    reader.run("localStorage.removeItem('jumpline:keys')", vec![]).await?;
    press("k").await?;
    reader.until("the article before", async || Ok(reader.path().await? != place)).await
}

async fn an_article_is_passed_on(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    reader.role("button").named("Share").click().await?;
    let menu = reader.role("dialog").named("Share").find().await?;
    let mail = reader.role("link").named("By email").within(&menu).find().await?;
    let href = mail.attr("href").await?.unwrap_or_default();
    ensure!(href.contains("A%20specimen") && href.contains("https%3A%2F%2F"), "{href}");
    let refuse = "const page = window.wrappedJSObject ?? window; \
        if (page.navigator.clipboard) page.navigator.clipboard.writeText = () => page.Promise.reject()";
    reader.run(refuse, vec![]).await?;
    reader.role("button").named("Copy address").within(&menu).click().await?;
    let said = "document.querySelector('#share .said').textContent";
    reader
        .wait_for("the address in words", &format!("/^Could not copy. The address is http.*\\/$/.test({said})"))
        .await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.role("button").named("Close").within(&menu).click().await?;
    reader.role("dialog").is_gone().await
}

async fn the_offer_to_install_comes_once(reader: &Reader) -> Result<()> {
    let offer = "window.__asked = 0; const offer = new Event('beforeinstallprompt', { cancelable: true }); \
        offer.prompt = () => window.__asked += 1; dispatchEvent(offer); return offer.defaultPrevented";
    let is_offered = "document.querySelector('.notices').textContent.includes('can be installed like an app')";
    let again = async || {
        reader.open("/").await?;
        reader.run(offer, vec![]).await?;
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        reader.eval(is_offered).await
    };
    reader.open("/").await?;
    ensure!(reader.run(offer, vec![]).await? == true, "the browser's own offer stays");
    reader.wait_for("a note of it", "localStorage.getItem('jumpline:/:install') !== null").await?;
    ensure!(reader.eval(is_offered).await? == false, "it asks at the first visit");
    // A page that is opened soon after is the same visit.
    ensure!(again().await? == false, "it asks who has not come back");
    reader.run("localStorage.setItem('jumpline:/:install', String(Date.now() - 2e6))", vec![]).await?;
    reader.open("/").await?;
    reader.run(offer, vec![]).await?;
    reader.wait_for("the offer", is_offered).await?;
    reader.role("button").named("Install").click().await?;
    ensure!(reader.eval("window.__asked").await? == 1, "the browser was not asked");
    ensure!(again().await? == false, "it asks again");
    // It stays at hand in the library, also where the browser takes its time.
    reader.open("/library/").await?;
    reader.role("heading").level(2).named("App and keyboard").find().await?;
    reader.run(offer, vec![]).await?;
    reader.role("button").named("Install").click().await?;
    reader.role("button").named("Install").is_gone().await?;
    reader.run(offer, vec![]).await?;
    reader.role("button").named("Install").find().await.map(drop)
}

async fn a_key_saves_says_so_and_takes_nothing_away(reader: &Reader) -> Result<()> {
    reader.open("/specimen/").await?;
    reader.role("button").named("Save for offline").find().await?;
    reader.run("scrollTo({ top: 4000, behavior: 'instant' })", vec![]).await?;
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true }))";
    reader.run(press, vec![]).await?;
    // Where nothing can be kept that is said, at the lower edge as well.
    let said = "[...document.querySelectorAll('.notices > p')].some(it => /Saved for offline|could not be saved|keeps nothing/.test(it.textContent))";
    reader.wait_for("a word on it", said).await?;
    let aloud = said.replace(".notices > p", "[role=status]");
    reader.wait_for("a word on it to the ear", &aloud).await?;
    let is_saved = "document.querySelector('.article-tools [aria-pressed]').getAttribute('aria-pressed')";
    let before = reader.eval(is_saved).await?;
    reader.run(press, vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    ensure!(reader.eval(is_saved).await? == before, "the key takes away what it saved");
    Ok(())
}
