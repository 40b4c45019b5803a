//! What a reader keeps: the place in an article, the shelf, the history, all of it as a file, and away with it.

use crate::fields;
use crate::offline::{lies_in, ready};
use crate::wall::serve;
use fantoccini::key::Key;
use jumpline_tests::{Case, Context as _, Reader, Result, Sample, axe, case, ensure};
use xtask::server::Fault;

/// Catches what a page gives to be saved as a file.
pub(crate) const CATCH: &str = "window.__saved = []; const make = URL.createObjectURL; URL.createObjectURL = (it) => { it.text().then((text) => window.__saved.push(text)); return make(it); }; HTMLAnchorElement.prototype.click = function () {}";

pub(crate) const CASES: &[Case] = &[
    case!(everything_goes_into_a_file_and_comes_back),
    case!(all_of_it_can_be_deleted),
    case!(another_publication_at_this_host_is_left_alone),
    case!(what_an_earlier_release_kept_is_taken_over),
    case!(what_was_deleted_is_not_shown_any_more),
    case!(a_long_list_is_drawn_in_two_steps),
    case!(a_list_is_written_as_its_language_writes_lists).at(Sample::Arabic),
    case!(the_library_is_accessible_and_fits),
    case!(a_double_click_deletes_nothing),
    case!(titles_are_found_and_sorted_as_a_language_does),
    case!(a_title_in_another_language_says_so).at(Sample::Odd),
    case!(what_was_removed_can_be_put_back),
    case!(what_was_saved_can_be_put_back),
];

pub(crate) const LONG: &str = "/specimen/";
pub(crate) const TITLE: &str = "A specimen of every element";

/// Goes down to a paragraph of the article that is open, and waits until its place is kept.
pub(crate) async fn read_to(reader: &Reader, paragraph: usize) -> Result<()> {
    reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
    let scroll = "const it = document.querySelectorAll('.prose > *')[arguments[0]]; \
        scrollTo({ top: it.getBoundingClientRect().top + scrollY - innerHeight * 0.15, behavior: 'instant' })";
    reader.run(scroll, vec![paragraph.into()]).await?;
    reader.wait_for("the place", "/^[1-9]/.test(localStorage.getItem('jumpline:library:/') ?? '')").await
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
    reader.open("/library/").await?;
    reader.wait_for("the library", "document.querySelector('.library-tools') !== null").await
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
        .eval("Object.keys(localStorage).filter(it => it.startsWith('jumpline:') && !/:(modal|install)$/.test(it))")
        .await?;
    ensure!(left == serde_json::json!([]), "{left} is left");
    let name = reader.eval("sessionStorage.getItem('jumpline:/:me')").await?;
    ensure!(name.is_null(), "the tab still knows who writes: {name}");
    let places = reader.eval("sessionStorage.getItem('jumpline:scroll')").await?;
    ensure!(places.is_null(), "the tab still knows where pages were scrolled to: {places}");
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
    let said = "document.querySelector('#library-taken')?.textContent ?? ''";
    reader.wait_for("the size", &format!("/kB|MB/.test({said})")).await?;
    let said = reader.eval(said).await?.as_str().unwrap_or_default().to_owned();
    ensure!(said.contains("، ") && !said.contains(','), "{said}");
    Ok(())
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

async fn a_title_in_another_language_says_so(reader: &Reader) -> Result<()> {
    reader.open("/letter-from-the-harbour/").await?;
    reader.wait_for("the history", "localStorage.getItem('jumpline:library:/') !== null").await?;
    reader.open("/library/").await?;
    let history = reader.role("region").named("History").find().await?;
    let link = reader.role("link").named("رسالة من الميناء").within(&history).find().await?;
    let (lang, dir) = (link.attr("lang").await?, link.attr("dir").await?);
    ensure!(lang.as_deref() == Some("ar") && dir.as_deref() == Some("rtl"), "it says {lang:?} and {dir:?}");
    Ok(())
}

/// Removes an article from a list of the library, and puts it back.
async fn remove_and_put_back(reader: &Reader, list: &str, id: &str) -> Result<()> {
    let region = reader.role("region").named(list).find().await?;
    reader.role("button").named(&format!("Remove: {TITLE}")).within(&region).click().await?;
    reader.role("link").named(TITLE).within(&region).is_gone().await?;
    reader.role("button").named("Undo").within(&region).click().await?;
    reader.role("link").named(TITLE).within(&region).find().await?;
    reader.role("button").named("Undo").is_gone().await?;
    ensure!(reader.eval("document.activeElement.id").await? == id, "the focus is lost");
    Ok(())
}

async fn what_was_removed_can_be_put_back(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    reader.open("/library/").await?;
    let about = "document.querySelector('[aria-labelledby=library-begun] li .meta').textContent";
    reader.wait_for("the lists", "document.querySelector('[aria-labelledby=library-begun] li .meta') !== null").await?;
    let before = reader.eval(about).await?;
    remove_and_put_back(reader, "Continue reading", "library-begun").await?;
    remove_and_put_back(reader, "History", "library-history").await?;
    ensure!(reader.eval(about).await? == before, "the place is another");
    // It is kept, not only shown.
    reader.open("/library/").await?;
    reader.wait_for("the place", &format!("document.querySelector('.library-list') && {about} === {before}")).await
}

async fn what_was_saved_can_be_put_back(reader: &Reader) -> Result<()> {
    if !ready(reader, LONG).await? {
        return Ok(());
    }
    reader.role("button").named("Save for offline").click().await?;
    reader.role("button").named("Saved for offline").find().await?;
    reader.open("/library/").await?;
    reader.server.set_down(true);
    remove_and_put_back(reader, "Saved", "library-saved").await?;
    ensure!(lies_in(reader, "saved", LONG).await?, "its page is not here");
    reader.server.set_down(false);
    // Who goes away without taking it back has its room again.
    let region = reader.role("region").named("Saved").find().await?;
    reader.role("button").named(&format!("Remove: {TITLE}")).within(&region).click().await?;
    reader.role("button").named("Undo").within(&region).find().await?;
    reader.follow("/").await?;
    reader.until("the end of its page", async || Ok(!lies_in(reader, "saved", LONG).await?)).await
}
