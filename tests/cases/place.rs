//! The place in an article: kept, shown by a bar and on the shelf, followed by other tabs, and not lost by a jump.

use crate::library::{LONG, TITLE, read_to};
use crate::wall_trouble::before;
use jumpline_tests::{Case, Engine, Reader, Result, Sample, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(the_place_in_an_article_is_kept),
    case!(a_look_at_the_beginning_keeps_the_place),
    case!(the_bar_grows_and_lays_out_nothing),
    case!(the_bar_grows_from_the_right).at(Sample::Arabic),
    case!(an_article_is_read_at_its_end),
    case!(an_article_of_one_piece_has_places_and_an_end),
    case!(another_tab_follows),
    case!(a_jump_is_not_reading),
    case!(what_another_tab_removed_comes_back_with_its_title),
];

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

async fn a_look_at_the_beginning_keeps_the_place(reader: &Reader) -> Result<()> {
    reader.open(LONG).await?;
    read_to(reader, 12).await?;
    let offer = || reader.role("button").like("Back to where you were · ");
    reader.open(LONG).await?;
    offer().find().await?;
    reader.run("document.querySelectorAll('.prose > *')[5].scrollIntoView({ behavior: 'instant' })", vec![]).await?;
    // Longer than a place has to be looked at to be kept.
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    offer().find().await?;
    reader.open(LONG).await?;
    offer().click().await?;
    let there = "(() => { const it = document.querySelectorAll('.prose > *')[12].getBoundingClientRect(); return it.top < innerHeight && it.bottom > -innerHeight / 2 })()";
    reader.wait_for("the paragraph", there).await?;
    reader.wait_for("the focus there", "document.activeElement.closest('.prose') !== null").await
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
    let half = "const bar = document.querySelector('.place-bar'); bar.style.animation = 'none'; bar.style.setProperty('--share', 40)";
    reader.run(half, vec![]).await?;
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

async fn an_article_of_one_piece_has_places_and_an_end(reader: &Reader) -> Result<()> {
    let shapes = [
        ("it.innerHTML = `<div>${it.innerHTML}</div>`", ".prose > div > *"),
        ("it.innerHTML = `<p>Before</p><ol>${'<li>One of many.</li>'.repeat(300)}</ol>`", ".prose li"),
    ];
    for (shape, paragraphs) in shapes {
        let shape = format!(
            "addEventListener('DOMContentLoaded', () => {{ const it = document.querySelector('.prose'); {shape}; localStorage.clear() }})"
        );
        before(reader, LONG, &shape)?;
        reader.open(LONG).await?;
        reader.wait_for("the tools", "document.querySelector('.article-tools button') !== null").await?;
        let kept = "(localStorage.getItem('jumpline:library:/') ?? '')";
        reader.wait_for("it among what was opened", &format!("{kept} !== ''")).await?;
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
        // A place is kept as long as the end was not reached.
        let go = format!(
            "const all = document.querySelectorAll('{paragraphs}'); all[all.length >> 1].scrollIntoView({{ behavior: 'instant' }})"
        );
        reader.run(&go, vec![]).await?;
        reader.wait_for(&format!("a place among {paragraphs}"), &format!("/^1/.test({kept})")).await?;
        reader
            .run("document.querySelector('.prose').scrollIntoView({ block: 'end', behavior: 'instant' })", vec![])
            .await?;
        reader.wait_for(&format!("the end of {paragraphs}"), &format!("/^0/.test({kept})")).await?;
        let forget = "indexedDB.deleteDatabase('jumpline:library:/').onsuccess = () => window.__forgotten = true";
        reader.run(forget, vec![]).await?;
        reader.wait_for("it forgotten", "window.__forgotten === true").await?;
    }
    Ok(())
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
    if reader.engine == Engine::Webkit {
        eprintln!("SKIPPED in {}: its driver opens no second window", reader.engine);
        return Ok(());
    }
    let remove = async || {
        reader.open("/library/").await?;
        let history = reader.role("region").named("History").find().await?;
        reader.role("button").named(&format!("Remove: {TITLE}")).within(&history).click().await?;
        reader.wait_for("it gone", "document.body.innerText.includes('Nothing was read on this device yet.')").await?;
        let told = format!(
            "[...document.querySelectorAll('[role=status]')].some(it => it.textContent.startsWith('Removed: {TITLE}'))"
        );
        reader.wait_for("a word on it", &told).await
    };
    reader.in_another_tab(remove, "").await?;
    read_to(reader, 14).await?;
    reader.open("/library/").await?;
    let history = reader.role("region").named("History").find().await?;
    reader.role("link").named(TITLE).within(&history).find().await.map(drop)
}
