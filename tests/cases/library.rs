//! What a reader keeps: the place in an article, the shelf, the history, all of it as a file, and away with it.

use crate::fields;
use crate::wall::serve;
use crate::wall_trouble::before;
use fantoccini::key::Key;
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, axe, case, ensure};
use xtask::server::Fault;

/// Catches what a page gives to be saved as a file.
pub(crate) const CATCH: &str = "window.__saved = []; const make = URL.createObjectURL; URL.createObjectURL = (it) => { it.text().then((text) => window.__saved.push(text)); return make(it); }; HTMLAnchorElement.prototype.click = function () {}";

pub(crate) const CASES: &[Case] = &[
    case!(the_place_in_an_article_is_kept),
    case!(an_article_is_read_at_its_end),
    case!(another_tab_follows),
    case!(everything_goes_into_a_file_and_comes_back),
    case!(all_of_it_can_be_deleted),
    case!(another_publication_at_this_host_is_left_alone),
    case!(what_an_earlier_release_kept_is_taken_over),
    case!(what_was_deleted_is_not_shown_any_more),
    case!(where_nothing_is_kept_it_is_said),
    case!(a_broken_record_hurts_no_other),
    case!(a_long_list_is_drawn_in_two_steps),
    case!(a_list_is_written_as_its_language_writes_lists).at(Sample::Arabic),
    case!(the_library_is_accessible_and_fits),
    case!(single_keys_act_and_can_be_turned_off),
    case!(an_article_is_passed_on),
    case!(the_offer_to_install_comes_once),
    case!(no_dialog_waits_for_the_next_article),
    case!(a_double_click_deletes_nothing),
    case!(the_bar_grows_and_lays_out_nothing),
    case!(the_bar_grows_from_the_right).at(Sample::Arabic),
    case!(a_jump_is_not_reading),
    case!(what_another_tab_removed_comes_back_with_its_title),
    case!(titles_are_found_and_sorted_as_a_language_does),
];

const LONG: &str = "/specimen/";
const TITLE: &str = "A specimen of every element";

/// Goes down to a paragraph of the article that is open, and waits until its place is kept.
async fn read_to(reader: &Reader, paragraph: usize) -> Result<()> {
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    let scroll = "const it = document.querySelectorAll('.prose > *')[arguments[0]]; \
        scrollTo({ top: it.getBoundingClientRect().top + scrollY - innerHeight * 0.15, behavior: 'instant' })";
    reader.run(scroll, vec![paragraph.into()]).await?;
    reader.wait_for("the place", "/^[1-9]/.test(localStorage.getItem('jumpline:library:/') ?? '')").await
}

async fn the_place_in_an_article_is_kept(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    reader.open("/").await?;
    let shelf = reader.role("region").named("Continue reading").find().await?;
    reader.role("link").named(TITLE).within(&shelf).find().await?;
    ensure!(shelf.text().await?.contains("left"), "no minutes");
    // Room was made for it before the first paint.
    let room = reader.eval("document.documentElement.hasAttribute('data-begun') && document.querySelector('.continue').offsetHeight <= document.querySelector('.continue-place').offsetHeight").await?;
    ensure!(room == true, "the shelf moves the page");
    // On another screen, the same paragraph.
    reader.resize(390, 844).await?;
    reader.open(LONG).await?;
    // How many minutes are left depends on how the paragraphs fall.
    reader.role("button").like("Back to where you were · ").click().await?;
    let there = "(() => { const it = document.querySelectorAll('.prose > *')[12].getBoundingClientRect(); return it.top < innerHeight && it.bottom > -innerHeight / 2 })()";
    reader.wait_for("the paragraph", there).await
}

/// Where the bar's sides are, in hundredths of the window, and whether it takes the room of the whole.
const BAR: &str = "(() => {
    const [bar, wide] = [document.querySelector('.place-bar'), document.documentElement.clientWidth];
    const { left, right } = bar.getBoundingClientRect();
    return [Math.round(left * 100 / wide), Math.round(right * 100 / wide), bar.offsetWidth === wide];
  })()";

async fn the_bar_grows_and_lays_out_nothing(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let grows = format!("(([left, right, whole]) => left === 0 && right > 5 && right < 95 && whole)({BAR})");
    reader.wait_for("the bar", &grows).await
}

async fn the_bar_grows_from_the_right(reader: &Reader) -> Result<()> {
    reader.open(&reader.site.story(0)?.0).await?;
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    // The article is too short to be half read.
    reader.run("document.querySelector('.place-bar').style.setProperty('--share', 40)", vec![]).await?;
    reader.wait_for("the bar", &format!("String({BAR}) === '60,100,true'")).await
}

async fn an_article_is_read_at_its_end(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    reader
        .run("document.querySelector('.prose > :last-child').scrollIntoView({ behavior: 'instant' })", vec![])
        .await?;
    reader.wait_for("the end", "/^0/.test(localStorage.getItem('jumpline:library:/'))").await?;
    reader.open("/library/").await?;
    reader
        .wait_for("it in the history", "document.querySelector('.library-list li')?.textContent.includes('Read')")
        .await?;
    reader.open("/archive/").await?;
    reader
        .wait_for("marks on what is not read", "document.querySelector('.card-mark[data-mark=unread]') !== null")
        .await?;
    reader.role("img").named("Not read yet").first().await.map(drop)
}

async fn another_tab_follows(reader: &Reader) -> Result<()> {
    reader.open("/library/").await?;
    reader
        .wait_for("an empty library", "document.body.innerText.includes('Nothing was read on this device yet.')")
        .await?;
    let act = async || {
        reader.open(LONG).await?;
        read_to(reader, 12).await
    };
    let instead = "indexedDB.open('jumpline:library:/').onsuccess = (event) => { \
        const it = event.target.result.transaction('readings', 'readwrite'); \
        it.objectStore('readings').put('{\"permalink\":\"/specimen/\",\"title\":\"A specimen of every element\",\"at\":1}', '/specimen/'); \
        it.oncomplete = () => dispatchEvent(new StorageEvent('storage')) }";
    reader.in_another_tab(act, instead).await?;
    reader
        .wait_for("it in this tab", &format!("document.querySelector('.library').innerText.includes({TITLE:?})"))
        .await
}

async fn everything_goes_into_a_file_and_comes_back(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let own = "localStorage.setItem('jumpline:preferences', 'theme=sepia'); localStorage.setItem('jumpline:/:draft:/another/#', 'half a thought')";
    reader.run(own, vec![]).await?;
    fields::open(reader, LONG).await?;
    fields::write(reader, "What I wrote stays mine.", "Reader").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "What I wrote stays mine.").await?;
    reader.open("/library/").await?;
    reader.run(CATCH, vec![]).await?;
    reader.role("button").named("Save it as a file").click().await?;
    reader.wait_for("the file", "window.__saved.length === 1").await?;
    let saved = reader.eval("window.__saved[0]").await?.as_str().context("no file")?.to_owned();
    ensure!(saved.contains(LONG) && saved.contains("\"version\": 1"), "{saved}");
    reader.role("button").named("Remove: A specimen of every element").first().await?;
    delete(reader).await?;
    fields::bring(reader, "library-file", &saved[..saved.len() / 2]).await?;
    reader
        .wait_for(
            "a word on it",
            "document.body.innerText.includes('This is no file of a library. Nothing was changed.')",
        )
        .await?;
    fields::bring(reader, "library-file", &saved).await?;
    reader.wait_for("a word on it", "document.body.innerText.includes('The file was taken in.')").await?;
    reader
        .wait_for("it back", &format!("document.querySelector('.library-list')?.innerText.includes({TITLE:?})"))
        .await?;
    reader.wait_for("the settings", "document.documentElement.dataset.theme === 'sepia'").await?;
    ensure!(reader.eval("localStorage.getItem('jumpline:/:draft:/another/#')").await? == "half a thought", "no draft");
    fields::open(reader, LONG).await?;
    fields::says(reader, "What I wrote stays mine.").await
}

/// Reads in one article, and puts some of these titles into the history.
async fn have_read(reader: &Reader, titles: &[String]) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let fill = "const [titles] = arguments, open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        const it = open.result.transaction('readings', 'readwrite'); \
        titles.forEach((title, at) => { const permalink = `/old-${at + 1}/`; \
        it.objectStore('readings').put(JSON.stringify({ permalink, title, at: at + 1, minutes: 3, done: true }), permalink) }); \
        it.oncomplete = () => window.__filled = true }";
    reader.run(fill, vec![titles.to_vec().into()]).await?;
    reader.wait_for("a history", "window.__filled === true").await?;
    reader.open("/library/").await
}

async fn a_long_list_is_drawn_in_two_steps(reader: &Reader) -> Result<()> {
    have_read(reader, &(1..120).map(|it| format!("Old {it}")).collect::<Vec<_>>()).await?;
    let rows = "[...document.querySelectorAll('[aria-labelledby=library-history] li')].filter(it => it.checkVisibility()).length";
    reader.wait_for("the first rows", &format!("{rows} === 50")).await?;
    reader.run("document.querySelector('.library-more summary').click()", vec![]).await?;
    reader.wait_for("all rows", &format!("{rows} === 120")).await?;
    let filter = reader.role("searchbox").named("Filter by title").find().await?;
    filter.send_keys("no such title").await?;
    let history = "document.querySelector('[aria-labelledby=library-history]').textContent";
    reader.wait_for("a word on it", &format!("{history}.includes('No title here matches the filter.')")).await?;
    ensure!(reader.eval(&format!("{history}.includes('Nothing was read')")).await? == false, "the history is denied");
    let empty =
        "document.querySelector('[aria-labelledby=library-saved]').textContent.includes('Nothing is saved yet')";
    ensure!(reader.eval(empty).await? == true, "what is empty anyway does not say so");
    filter.clear().await?;
    reader.run("document.querySelector('input[type=search]').dispatchEvent(new Event('input'))", vec![]).await?;
    reader.wait_for("the first rows again", &format!("{rows} >= 50")).await?;
    reader.run("document.querySelector('.library-more').open = true", vec![]).await?;
    reader.wait_for("all rows again", &format!("{rows} === 120")).await?;
    let remove = "[aria-label=\"Remove: Old 119\"]";
    reader.run(&format!("document.querySelector('{remove}').click()"), vec![]).await?;
    reader.wait_for("one less", &format!("{rows} === 119")).await?;
    ensure!(reader.eval("document.activeElement.id").await? == "library-history", "the focus is lost");
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

pub(crate) async fn delete(reader: &Reader) -> Result<()> {
    reader.role("button").named("Delete all my data").click().await?;
    reader.role("button").named("Delete library, settings, drafts, outbox and pass for good").click().await?;
    reader.wait_for("it gone", "document.body.innerText.includes('All of it is gone from this device.')").await?;
    reader.hydrated().await
}

async fn all_of_it_can_be_deleted(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let keep =
        "localStorage.setItem('jumpline:preferences', 'theme=sepia'); sessionStorage.setItem('jumpline:/:me', '{}')";
    reader.run(keep, vec![]).await?;
    reader.open("/library/").await?;
    reader.role("button").named("Delete all my data").click().await?;
    reader.role("button").named("Keep it").find().await?;
    let keep = "[...document.querySelectorAll('button')].find(it => it.textContent === 'Keep it').focus()";
    reader.run(keep, vec![]).await?;
    reader.press(Key::Enter).await?;
    let focused = reader.eval("document.activeElement.textContent").await?;
    ensure!(focused == "Delete all my data", "the focus is on {focused}");
    delete(reader).await?;
    // The probe keeps the invitation away from every page by the one that is left out.
    let left = reader
        .eval("Object.keys(localStorage).filter(it => it.startsWith('jumpline:') && it !== 'jumpline:modal')")
        .await?;
    ensure!(left == serde_json::json!([]), "{left} is left");
    let name = reader.eval("sessionStorage.getItem('jumpline:/:me')").await?;
    ensure!(name.is_null(), "the tab still knows who writes: {name}");
    reader.open("/library/").await?;
    reader
        .wait_for("an empty library", "document.body.innerText.includes('Nothing was read on this device yet.')")
        .await?;
    ensure!(reader.eval("document.documentElement.hasAttribute('data-theme')").await? == false, "the settings stayed");
    Ok(())
}

/// Puts another publication at the same host.
fn move_in(reader: &Reader) -> Result<()> {
    // The service worker of this one would answer for it at first.
    reader.tolerate("404");
    reader.server.set_fault("/sw.js", Fault::Status(404));
    serve(reader, &Sample::Below.folder(), Sample::Below.base().as_str().trim_end_matches('/'))
}

async fn another_publication_at_this_host_is_left_alone(reader: &Reader) -> Result<()> {
    move_in(reader)?;
    let subscribe = async |path: &str, address: &str| -> Result<()> {
        reader.open(path).await?;
        reader.role("textbox").named("Email address").bring_into_view().await?.send_keys(address).await?;
        reader.role("button").named("Subscribe").click().await?;
        let said = format!("document.querySelector('main').textContent.includes('{address} is kept on this device')");
        reader.wait_for("the subscription", &said).await
    };
    subscribe("/repo/subscribe/", "ada@post.example").await?;
    fields::open(reader, &format!("/repo{LONG}")).await?;
    fields::write(reader, "Half a thought.", "Ada").await?;
    reader.wait_for("the history", "localStorage.getItem('jumpline:library:/repo/') !== null").await?;
    // A pass of it would be kept like this.
    reader.run("localStorage.setItem('jumpline:keys:repo', '1')", vec![]).await?;
    // Who subscribed there has not done so here.
    subscribe("/subscribe/", "bob@post.example").await?;
    let kept = "JSON.stringify(Object.entries(localStorage).filter(([key]) => key.includes('repo')).sort())";
    let before = reader.eval(kept).await?;
    reader.open("/library/").await?;
    delete(reader).await?;
    let after = reader.eval(kept).await?;
    ensure!(before == after, "of {before} there is {after}");
    reader.open("/subscribe/").await?;
    reader.role("textbox").named("Email address").find().await?;
    reader.open("/repo/subscribe/").await?;
    reader
        .wait_for(
            "the other subscription",
            "document.querySelector('main').textContent.includes('Subscribed on this device as ada@post.example')",
        )
        .await?;
    reader.open("/repo/library/").await?;
    reader
        .wait_for("the other history", &format!("document.querySelector('.library').innerText.includes({TITLE:?})"))
        .await?;
    fields::open(reader, &format!("/repo{LONG}")).await?;
    let draft = "[...document.querySelectorAll('textarea')].some(it => it.value === 'Half a thought.')";
    reader.wait_for("the draft", draft).await
}

async fn what_an_earlier_release_kept_is_taken_over(reader: &Reader) -> Result<()> {
    reader.open("/library/").await?;
    let keep = format!(
        "localStorage.setItem('jumpline:subscription', 'subscribed 1700000000000 ada@post.example'); \
        localStorage.setItem('jumpline:draft:{LONG}#', 'Half a thought.')"
    );
    reader.run(&keep, vec![]).await?;
    reader.open("/subscribe/").await?;
    let said = "document.querySelector('main').textContent.includes('Subscribed on this device as ada@post.example')";
    reader.wait_for("the subscription", said).await?;
    fields::open(reader, LONG).await?;
    let draft = "[...document.querySelectorAll('textarea')].some(it => it.value === 'Half a thought.')";
    reader.wait_for("the draft", draft).await?;
    // From then on it is this publication's alone.
    let left = "Object.keys(localStorage).filter((it) => /^jumpline:(subscription|draft)/.test(it)).join()";
    ensure!(reader.eval(left).await? == "", "{} is left", reader.eval(left).await?);
    Ok(())
}

async fn what_was_deleted_is_not_shown_any_more(reader: &Reader) -> Result<()> {
    let own = "localStorage.setItem('jumpline:preferences', 'theme=sepia'); \
        localStorage.setItem('jumpline:/:subscription', 'subscribed 1700000000000 ada@example.org')";
    reader.open("/library/").await?;
    reader.run(own, vec![]).await?;
    reader.open("/library/").await?;
    ensure!(reader.eval("document.documentElement.dataset.theme").await? == "sepia", "no theme");
    delete(reader).await?;
    reader
        .wait_for("the focus on the word", "document.activeElement.textContent.includes('All of it is gone')")
        .await?;
    ensure!(reader.path().await? == "/library/", "the address still speaks of it");
    ensure!(reader.eval("document.documentElement.hasAttribute('data-theme')").await? == false, "the theme stayed");
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    // Without a reload of ours.
    reader.follow("/subscribe/").await?;
    reader.role("textbox").named("Email address").first().await?;
    let knows = reader.eval("document.body.textContent.includes('ada@example.org')").await?;
    ensure!(knows == false, "the subscription is still known");
    // It is said once.
    reader.open("/library/").await?;
    reader.wait_for("the library", "document.body.innerText.includes('Nothing was read on this device yet.')").await?;
    ensure!(reader.eval("document.body.innerText.includes('All of it is gone')").await? == false, "it is said again");
    Ok(())
}

async fn a_list_is_written_as_its_language_writes_lists(reader: &Reader) -> Result<()> {
    reader.open("/library/").await?;
    let said = "document.querySelector('[aria-labelledby=library-archive] [role=status]')?.textContent ?? ''";
    reader.wait_for("the size", &format!("/kB|MB/.test({said})")).await?;
    let said = reader.eval(said).await?.as_str().unwrap_or_default().to_owned();
    ensure!(said.contains("، ") && !said.contains(','), "{said}");
    Ok(())
}

async fn where_nothing_is_kept_it_is_said(reader: &Reader) -> Result<()> {
    let blocked = "for (const it of ['indexedDB', 'localStorage', 'sessionStorage', 'caches']) \
        Object.defineProperty(window, it, { get() { throw new DOMException('blocked', 'SecurityError') } })";
    before(reader, "/library/", blocked)?;
    reader.open("/library/").await?;
    reader
        .wait_for("a word on it", "document.body.innerText.includes('This browser keeps nothing beyond this page')")
        .await?;
    reader.follow(LONG).await.or(reader.open(LONG).await)?;
    reader.role("heading").level(1).named(TITLE).find().await.map(drop)
}

async fn a_broken_record_hurts_no_other(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let spoil = "const open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        const it = open.result.transaction('readings', 'readwrite'); it.objectStore('readings').put('{\"permalink\":', '/broken/'); \
        it.oncomplete = () => window.__spoilt = true }";
    reader.run(spoil, vec![]).await?;
    reader.wait_for("the damage", "window.__spoilt === true").await?;
    reader.open("/library/").await?;
    reader
        .wait_for("the other", &format!("document.querySelector('.library-list')?.innerText.includes({TITLE:?})"))
        .await?;
    // What this release cannot read a later one may: it stays, whatever else changes.
    reader.open(LONG).await?;
    read_to(reader, 20).await?;
    let look = "const open = indexedDB.open('jumpline:library:/'); open.onsuccess = () => { \
        open.result.transaction('readings').objectStore('readings').get('/broken/').onsuccess = (it) => window.__broken = it.target.result }";
    reader.run(look, vec![]).await?;
    reader.wait_for("the damage as it was", "window.__broken === '{\"permalink\":'").await
}

async fn the_library_is_accessible_and_fits(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.open("/library/").await?;
    reader.role("heading").level(1).named("Library").find().await?;
    reader.wait_for("the list", "document.querySelector('.library-list') !== null").await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.fits(&[320, 390, 1440]).await
}

async fn no_dialog_waits_for_the_next_article(reader: &Reader) -> Result<()> {
    // The keys are there once the library was.
    reader.open(LONG).await?;
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    reader.follow("/archive/").await?;
    reader.arrives("/archive/", "Archive").await?;
    let press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))";
    reader.run(press, vec![]).await?;
    reader.follow(LONG).await?;
    reader.arrives(LONG, TITLE).await?;
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    ensure!(reader.role("dialog").named("Keyboard shortcuts").count().await? == 0, "it waited for an article");
    Ok(())
}

async fn a_double_click_deletes_nothing(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    reader.open("/library/").await?;
    reader.wait_for("the history", "document.querySelector('.library-list li') !== null").await?;
    let twice = "const at = () => { const it = arguments[0].getBoundingClientRect(); return [it.left + 9, it.top + 9] }; \
        arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' }); const place = at(); \
        document.elementFromPoint(...place).click(); \
        return new Promise(done => setTimeout(() => { document.elementFromPoint(...place).click(); done(null) }, 200))";
    let delete = reader.role("button").named("Delete all my data").find().await?;
    reader.client.execute(twice, vec![serde_json::to_value(&delete)?]).await?;
    // The second click called it off.
    reader.role("button").named("Delete all my data").find().await?;
    ensure!(reader.eval("document.querySelector('.library-list li') !== null").await? == true, "it is gone");
    Ok(())
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
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let offer = "window.__asked = 0; const offer = new Event('beforeinstallprompt', { cancelable: true }); \
        offer.prompt = () => window.__asked += 1; dispatchEvent(offer); return offer.defaultPrevented";
    reader.open("/").await?;
    ensure!(reader.run(offer, vec![]).await? == true, "the browser's own offer stays");
    reader
        .wait_for(
            "the offer",
            "document.querySelector('.notices').textContent.includes('can be installed like an app')",
        )
        .await?;
    reader.role("button").named("Install").click().await?;
    ensure!(reader.eval("window.__asked").await? == 1, "the browser was not asked");
    reader.open("/").await?;
    reader.run(offer, vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_secs(4)).await;
    ensure!(reader.role("button").named("Install").count().await? == 0, "it asks again");
    // It stays at hand in the library.
    reader.open("/library/").await?;
    reader.run(offer, vec![]).await?;
    reader.follow("/").await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    reader.follow("/library/").await?;
    reader.role("button").named("Install").find().await.map(drop)
}

async fn a_jump_is_not_reading(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 8).await?;
    for link in [".prose a[href^='#fn']", "main header a[href$='#comments'], main a[href='#comments']"] {
        let click = format!("document.querySelector({link:?}).click()");
        reader.run(&click, vec![]).await?;
        // As long as a glance at a note takes, and keeping a place.
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
    }
    reader.open("/library/").await?;
    let begun = reader.role("region").named("Continue reading").find().await?;
    reader.role("link").named(TITLE).within(&begun).find().await?;
    let minutes = begun.text().await?;
    ensure!(!minutes.contains("1 minute left"), "most of it is said to be read: {minutes}");
    Ok(())
}

async fn what_another_tab_removed_comes_back_with_its_title(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 8).await?;
    if reader.engine == jumpline_tests::Engine::Webkit {
        eprintln!("SKIPPED in {}: its driver opens no second window", reader.engine);
        return Ok(());
    }
    let remove = async || {
        reader.open("/library/").await?;
        let history = reader.role("region").named("History").find().await?;
        reader.role("button").named(&format!("Remove: {TITLE}")).within(&history).click().await?;
        reader.wait_for("it gone", "document.body.innerText.includes('Nothing was read on this device yet.')").await?;
        let told = format!(
            "[...document.querySelectorAll('[role=status]')].some(it => it.textContent === 'Removed: {TITLE}')"
        );
        reader.wait_for("a word on it", &told).await
    };
    reader.in_another_tab(remove, "").await?;
    read_to(reader, 14).await?;
    reader.open("/library/").await?;
    let history = reader.role("region").named("History").find().await?;
    reader.role("link").named(TITLE).within(&history).find().await.map(drop)
}

async fn titles_are_found_and_sorted_as_a_language_does(reader: &Reader) -> Result<()> {
    let titles = ["Zebra", "Ärger", "banana 10", "École", "banana 9", "“Quoted” apple"].map(str::to_owned);
    have_read(reader, &titles).await?;
    let shown =
        "[...document.querySelectorAll('[aria-labelledby=library-history] li a')].map(it => it.textContent).join()";
    reader.run("const it = document.querySelector('.library-tools select'); it.value = 'title'; it.dispatchEvent(new Event('change'))", vec![]).await?;
    let sorted = "A specimen of every element,Ärger,banana 9,banana 10,École,“Quoted” apple,Zebra";
    reader.wait_for("the order of a language", &format!("{shown} === {sorted:?}")).await?;
    reader.role("searchbox").named("Filter by title").find().await?.send_keys("ecole").await?;
    reader.wait_for("what was looked for", &format!("{shown} === 'École'")).await?;
    reader
        .wait_for(
            "a word on it",
            "[...document.querySelectorAll('[role=status]')].some(it => it.textContent === '1 article')",
        )
        .await?;
    // Who follows one and comes back finds the list as it was.
    reader.follow("/archive/").await?;
    reader.arrives("/archive/", "Archive").await?;
    reader.follow("/library/").await?;
    reader.arrives("/library/", "Library").await?;
    reader.wait_for("what was looked for", &format!("{shown} === 'École'")).await?;
    let field = reader.eval("document.querySelector('.library-tools input').value + document.querySelector('.library-tools select').value").await?;
    ensure!(field == "ecoletitle", "the fields say {field}");
    Ok(())
}
