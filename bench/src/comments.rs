//! A thread of a thousand comments in five levels, on a processor that is four times slower.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jumpline_tests::driver::Driver;
use jumpline_tests::{Engine, Setup};
use serde_json::json;
use xtask::server::Server;

use crate::content;
use crate::lighthouse::median;
use crate::table::Table;

/// Comments of the thread.
const COMMENTS: usize = 1000;
/// How much slower the processor is.
const SLOWDOWN: u32 = 4;
/// How often the thread is opened.
const ROUNDS: usize = 7;
/// The depth of one comment after the other.
const DEPTHS: [usize; 12] = [0, 1, 2, 3, 4, 1, 1, 2, 0, 1, 2, 1];

/// Writes a publication with such a thread.
pub fn write(folder: &Path) -> Result<()> {
    let articles = content::begin(
        folder,
        "title = \"Threads\"\nurl = \"https://threads.example\"\nlanguage = \"en\"\ndescription = \"One thread.\"\n",
    )?;
    let head = "---\ntitle: A thread\ndate: 2026-01-01\nslug: thread\nauthors: The Bench\n---\n";
    // Long enough for the thread to be far from the window at first.
    let text = "A paragraph of an article that is read before anybody comes to what others say of it.\n\n".repeat(120);
    fs::write(articles.join("thread.md"), [head, &text].concat())?;
    let mut above: Vec<usize> = Vec::new();
    let mut comments = Vec::new();
    for number in 1..=COMMENTS {
        above.truncate(DEPTHS[number % DEPTHS.len()]);
        let mut text = String::new();
        for sentence in 0..=number % 4 {
            let _ =
                write!(text, "<p>Sentence {sentence} of comment {number} says something about the article above.</p>");
        }
        let parent = above.last().map(ToString::to_string);
        let date =
            format!("2026-{:02}-{:02}T{:02}:{:02}:00Z", 1 + number / 100, 1 + number % 28, number % 24, number % 60);
        comments.push(json!({ "id": number.to_string(), "parent": parent, "author": format!("Reader {}", number % 37),
            "date": date, "likes": number % 5, "content_html": text }));
        above.push(number);
    }
    let file = json!({ "version": 1, "comments": comments });
    Ok(fs::write(articles.join("thread.comments.json"), file.to_string())?)
}

/// Opens it, types and sends, and takes the times.
pub async fn measure(server: &Server, table: &mut Table) -> Result<()> {
    let driver = Driver::start(Engine::Chromium, Setup::USUAL).await?;
    let result = rounds(&driver, &server.url("/thread/")).await;
    driver.close().await;
    let [thread, first, whole, key, slowly, posted] = result?;
    table.at_most("1,000 comments come to life, long tasks, CPU ÷ 4", thread, 150.0, "ms");
    table.note("the first of them lives after", first, "ms");
    table.note("all that are shown live after", whole, "ms");
    table.at_most("a key in the reply box, CPU ÷ 4 (95th percentile)", key, 16.0, "ms");
    table.at_most("a comment that was sent stands in place", posted, 16.7, "ms");
    table.note("the same, CPU ÷ 4", slowly, "ms");
    Ok(())
}

async fn rounds(driver: &Driver, url: &str) -> Result<[f64; 6]> {
    let mut times = [const { Vec::new() }; 6];
    for round in 0..=ROUNDS {
        driver.slow_down(1).await?;
        driver.client.goto("about:blank").await?;
        driver.client.goto(url).await?;
        driver.slow_down(SLOWDOWN).await?;
        let mut taken = driver.client.execute_async(SCRIPT, vec![]).await?;
        driver.slow_down(1).await?;
        let posted = driver.client.execute_async(POST, vec![]).await?;
        if let Some(taken) = taken.as_array_mut() {
            taken.push(posted);
        }
        for (place, times) in times.iter_mut().enumerate() {
            // The first round fills the caches.
            if round > 0 {
                times.push(taken[place].as_f64().with_context(|| format!("no time {place} in {taken}"))?);
            }
        }
    }
    Ok(times.map(|it| median(it.into_iter())))
}

/// Long tasks are what a reader feels; the network is not what is measured.
const SCRIPT: &str = "const done = arguments[0];
    localStorage.setItem('jumpline:modal', String(Date.now()));
    const wait = (time) => new Promise((it) => setTimeout(it, time));
    const until = async (test) => { while (!test()) await wait(2); };
    (async () => {
      await until(() => document.documentElement.hasAttribute('data-hydrated'));
      await wait(800);
      let busy = 0;
      new PerformanceObserver((it) => { for (const task of it.getEntries()) busy += task.duration; }).observe({ type: 'longtask' });
      const near = performance.now();
      document.querySelector('#comments').scrollIntoView({ behavior: 'instant' });
      await until(() => document.getElementsByClassName('comment-tools').length);
      const first = performance.now() - near;
      await until(() => document.querySelector('#thread').classList.contains('is-live') && document.querySelector('#reply-text'));
      const whole = performance.now() - near;
      await wait(600);
      const text = document.querySelector('#reply-text');
      text.focus();
      const keys = [];
      for (let key = 0; key < 40; key++) {
        const start = performance.now();
        text.value += 'word ';
        text.dispatchEvent(new InputEvent('input', { bubbles: true }));
        keys.push(performance.now() - start);
        await new Promise(requestAnimationFrame);
      }
      keys.sort((a, b) => a - b);
      await wait(3200);
      window.__post = async (words) => {
        text.value = words;
        text.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await wait(100);
        const start = performance.now();
        const posted = new Promise((it) => new MutationObserver(() => {
          if ([...document.querySelectorAll('.comment-text')].some((one) => one.textContent.startsWith(words))) it(performance.now() - start);
        }).observe(document.querySelector('#thread'), { childList: true, subtree: true }));
        document.querySelector('#reply button[type=submit]').click();
        const place = await posted;
        await wait(500);
        return place;
      };
      done([busy, first, whole, keys[37], await window.__post('word word')]);
    })();";

const POST: &str = "const done = arguments[0];
    window.__post('once more').then((place) => {
      indexedDB.databases().then((all) => all.forEach((it) => indexedDB.deleteDatabase(it.name)));
      localStorage.clear();
      done(place);
    });";
