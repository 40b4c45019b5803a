//! What is kept on the device: a visit without a network, reading, a long history, a large archive taken along.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use jumpline_tests::driver::Driver;
use jumpline_tests::{Engine, Setup};
use serde_json::Value;
use xtask::server::{Fault, Server};

use crate::content;
use crate::lighthouse::median;
use crate::table::Table;

/// How much slower the processor is.
const SLOWDOWN: u32 = 4;
/// How often each page is opened. First paints of one page lie between 110 and 220 ms on a quiet machine, so it takes many to tell two apart.
const ROUNDS: usize = 31;
/// How often the long article is read.
const READINGS: usize = 9;
/// Articles of the archive that is taken along.
const ARTICLES: usize = 2000;
/// Articles of the history.
const HISTORY: usize = 500;

/// The article that is visited again without a network, and the same text as a plain page.
pub struct Offline<'a> {
    /// The plain page's server.
    pub plain: &'a Server,
    /// The reader's.
    pub reader: &'a Server,
    /// The article's path.
    pub path: &'a str,
}

/// Writes a publication with many short articles.
pub fn write(folder: &Path) -> Result<()> {
    let articles = content::begin(
        folder,
        "title = \"Archive\"\nurl = \"https://archive.example\"\nlanguage = \"en\"\ndescription = \"Many articles.\"\n",
    )?;
    for number in 0..ARTICLES {
        let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
        let mut text = format!(
            "---\ntitle: Article {number}\ndate: 2024-{month:02}-{day:02}\nslug: article-{number}\nauthors: The Bench\n---\n"
        );
        for sentence in 0..60 {
            let paragraph = if sentence % 6 == 0 { "\n" } else { "" };
            let _ = writeln!(text, "{paragraph}Sentence {sentence} of article {number} says what a sentence says.");
        }
        fs::write(articles.join(format!("article-{number}.md")), text)?;
    }
    Ok(())
}

/// Measures all four.
pub async fn measure(offline: &Offline<'_>, lengths: &Server, archive: &Server, table: &mut Table) -> Result<()> {
    let [plain, ours, alive] = visits(offline).await?;
    table.ratio("first paint offline, beside the HTTP cache, CPU ÷ 4", plain, ours, 1.3, "ms");
    table.at_most("alive after the first paint offline, CPU ÷ 4", alive, 300.0, "ms");
    let [with, without] = reading(lengths).await?;
    table.note("longest pause while reading, CPU ÷ 4", with[0], "ms");
    table.note("the same where no progress is followed", without[0], "ms");
    table.at_most("pauses over 16 ms that the progress adds, CPU ÷ 4", (with[1] - without[1]).max(0.0), 0.0, "");
    let [without, with, moved] = in_browser(async |driver| history(driver, &offline.reader.url("/")).await).await?;
    table.ratio("largest paint of the home page, history of 500", without, with, 1.05, "ms");
    table.at_most("what that history moves", moved, 0.0, "");
    let taken = in_browser(async |driver| time(driver, &archive.url("/library/"), TAKE).await).await?;
    let raw = in_browser(async |driver| time(driver, &archive.url("/robots.txt"), FETCH).await).await?;
    table.ratio("2,000 articles taken along, beside fetching them", raw, taken, 2.0, "ms");
    Ok(())
}

/// Does something in a browser of its own.
async fn in_browser<T>(act: impl AsyncFnOnce(&Driver) -> Result<T>) -> Result<T> {
    let driver = Driver::start(Engine::Chromium, Setup::USUAL).await?;
    let result = act(&driver).await;
    driver.close().await;
    result
}

async fn ask(driver: &Driver, script: &str) -> Result<Value> {
    driver.client.execute_async(script, vec![]).await.with_context(|| format!("in script: {script:.200}"))
}

/// Starts something that takes long, and waits until the page says how long it took.
async fn time(driver: &Driver, url: &str, script: &str) -> Result<f64> {
    driver.client.goto(url).await?;
    driver.client.execute(script, vec![]).await?;
    for _ in 0..1500 {
        tokio::time::sleep(Duration::from_millis(200)).await;
        if let Some(time) = driver.client.execute("return window.__took", vec![]).await?.as_f64() {
            return Ok(time);
        }
    }
    bail!("{url} took more than five minutes")
}

/// The first paint of the plain page from the browser's cache and of ours without a network, and how much later ours lives.
async fn visits(it: &Offline<'_>) -> Result<[f64; 3]> {
    in_browser(async |driver| {
        let (plain, ours) = (it.plain.url("/"), it.reader.url(it.path));
        // What is in charge and in the caches before the network goes.
        driver.client.goto(&ours).await?;
        ask(driver, IN_CHARGE).await?;
        for url in [&plain, &ours, &plain, &ours] {
            driver.client.goto(url).await?;
            ask(driver, PAINTED).await?;
        }
        it.reader.set_down(true);
        let mut times = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..=ROUNDS {
            driver.slow_down(SLOWDOWN).await?;
            driver.client.goto(&plain).await?;
            let one = ask(driver, PAINTED).await?;
            driver.client.goto(&ours).await?;
            let other = ask(driver, ALIVE).await?;
            driver.slow_down(1).await?;
            // The first round fills the caches of compiled code.
            if round > 0 {
                let number = |it: &Value| it.as_f64().context("no time");
                let (paint, alive) = (number(&other[0])?, number(&other[1])?);
                for (times, time) in times.iter_mut().zip([number(&one)?, paint, alive - paint]) {
                    times.push(time);
                }
            }
        }
        it.reader.set_down(false);
        Ok(times.map(|it| median(it.into_iter())))
    })
    .await
}

/// How long a page does not answer while somebody goes down a long article: with the library that follows the progress, and where its part
/// does not come. The longest of these pauses, and how many there are of more than 16 ms: painting takes most of that in either case.
async fn reading(lengths: &Server) -> Result<[[f64; 2]; 2]> {
    let url = lengths.url("/words-10000/");
    let with = in_browser(async |driver| frames(driver, &url, "document.querySelector('.place-bar')").await).await?;
    let part = lengths.visits().into_iter().map(|it| it.path).find(|it| it.ends_with("_library.wasm"));
    let part = part.context("the part of the library was not asked for")?;
    lengths.set_fault(&part, Fault::Status(404));
    let without = in_browser(async |driver| frames(driver, &url, "document.querySelector('[data-hydrated]')").await);
    let without = without.await;
    lengths.clear_fault(&part);
    Ok([with, without?])
}

async fn frames(driver: &Driver, url: &str, is_ready: &str) -> Result<[f64; 2]> {
    let mut pauses = [Vec::new(), Vec::new()];
    for _ in 0..READINGS {
        driver.client.goto(url).await?;
        ask(
            driver,
            &format!("const done = arguments[0]; ({UNTIL})(() => {is_ready}).then(() => setTimeout(done, 1000, true))"),
        )
        .await?;
        driver.slow_down(SLOWDOWN).await?;
        let seen = ask(driver, READING).await?;
        driver.slow_down(1).await?;
        for (at, all) in pauses.iter_mut().enumerate() {
            all.push(seen[at].as_f64().context("no frames")?);
        }
    }
    Ok(pauses.map(|it| median(it.into_iter())))
}

/// The largest paint of the home page without and with a history, and what moves there.
async fn history(driver: &Driver, url: &str) -> Result<[f64; 3]> {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    driver.client.goto(url).await?;
    ask(driver, IN_CHARGE).await?;
    for round in 0..=ROUNDS {
        for (which, script) in [FORGET.to_owned(), fill()].iter().enumerate() {
            ask(driver, script).await?;
            driver.slow_down(SLOWDOWN).await?;
            driver.client.goto(url).await?;
            let seen = ask(driver, LARGEST).await?;
            driver.slow_down(1).await?;
            if round > 0 {
                times[which].push(seen[0].as_f64().context("no paint")?);
                if which == 1 {
                    times[2].push(seen[1].as_f64().context("no layout")?);
                }
            }
        }
    }
    Ok(times.map(|it| median(it.into_iter())))
}

/// Waits for something; for scripts.
const UNTIL: &str = "async (test) => { while (!test()) await new Promise((it) => setTimeout(it, 5)) }";
const IN_CHARGE: &str = "const done = arguments[0];
    navigator.serviceWorker.ready.then(() => setTimeout(() => done(true), 1500));";
const PAINTED: &str = "const done = arguments[0];
    const look = () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      paint ? done(paint.startTime) : setTimeout(look, 5);
    };
    look();";
const ALIVE: &str = "const done = arguments[0];
    const look = () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const [alive] = performance.getEntriesByName('jumpline:hydrate-end');
      paint && alive ? done([paint.startTime, alive.startTime]) : setTimeout(look, 5);
    };
    look();";
/// A message to oneself that is answered late says how long scripts, style, layout or paint kept the page from it.
const READING: &str = "const done = arguments[0];
    (async () => {
      let [longest, long, last, goes] = [0, 0, performance.now(), true];
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const now = performance.now();
        long += now - last > 16;
        [longest, last] = [Math.max(longest, now - last), now];
        if (goes) channel.port2.postMessage(0);
      };
      channel.port2.postMessage(0);
      for (let frame = 0; frame < 200; frame++) {
        scrollBy({ top: 60, behavior: 'instant' });
        await new Promise(requestAnimationFrame);
      }
      goes = false;
      done([longest, long]);
    })();";
const LARGEST: &str = "const done = arguments[0];
    let [largest, moved] = [0, 0];
    new PerformanceObserver((it) => { for (const one of it.getEntries()) largest = one.startTime })
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((it) => { for (const one of it.getEntries()) moved += one.value })
      .observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done([largest, moved]), 2000);";
const FORGET: &str = "const done = arguments[0];
    localStorage.clear();
    const gone = indexedDB.deleteDatabase('jumpline:library:/');
    gone.onsuccess = gone.onblocked = gone.onerror = () => done(true);";

/// Puts a history into the library, a third of it begun.
fn fill() -> String {
    format!(
        "const done = arguments[0];
        localStorage.setItem('jumpline:library:/', `{} ${{Date.now()}}`);
        const open = indexedDB.open('jumpline:library:/', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('readings');
        open.onsuccess = () => {{
          const all = open.result.transaction('readings', 'readwrite');
          for (let at = 0; at < {HISTORY}; at++) {{
            const permalink = `/read-${{at}}/`;
            all.objectStore('readings').put(JSON.stringify({{ permalink, title: `What was read as number ${{at}}`,
              minutes: 8, at: 1.7e12 + at, paragraph: 9, share: 40, done: at % 3 > 0, saved: 0, bytes: 0 }}), permalink);
          }}
          all.oncomplete = () => {{ open.result.close(); done(true) }};
        }};",
        HISTORY.div_ceil(3)
    )
}

/// Takes the archive along as a reader does.
const TAKE: &str = "(async () => {
      const until = async (test) => { while (!test()) await new Promise((it) => setTimeout(it, 20)) };
      const button = () => document.querySelector('[aria-labelledby=library-archive] button');
      await navigator.serviceWorker.ready;
      await until(() => button() && document.querySelector('#library-archive').parentElement.textContent.includes('articles,'));
      const start = performance.now();
      button().click();
      await until(() => document.querySelector('#library-archive').parentElement.textContent.startsWith('The whole archiveAll'));
      window.__took = performance.now() - start;
    })();";
/// Fetches the same files, as many at a time as a browser has connections, and keeps none.
const FETCH: &str = "(async () => {
      const list = await (await fetch('/offline.json')).json();
      const lists = list.lists.paths.flatMap((it) => [it, it + 'listing.json']);
      const files = [...new Set(list.articles.flatMap((it) => it.files)), ...lists];
      const start = performance.now();
      await Promise.all([1, 2, 3, 4, 5, 6].map(async () => {
        for (let file; (file = files.pop()); ) await (await fetch('/' + file)).arrayBuffer();
      }));
      window.__took = performance.now() - start;
    })();";
