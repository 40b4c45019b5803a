//! Whether hydration grows with the article: one of 500 words beside one of 10,000.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jumpline_tests::driver::Driver;
use jumpline_tests::{Engine, Setup};
use xtask::server::Server;

use crate::content;
use crate::lighthouse::median;
use crate::table::Table;

/// Words of the two articles.
const LENGTHS: [usize; 2] = [500, 10_000];
/// How often each is opened.
const ROUNDS: usize = 25;
/// Headings of both: the table of contents is hydrated, and is to be the same.
const HEADINGS: usize = 5;

/// Writes a publication of the two.
pub fn write(folder: &Path) -> Result<()> {
    let articles = content::begin(
        folder,
        "title = \"Lengths\"\nurl = \"https://lengths.example\"\nlanguage = \"en\"\ndescription = \"Two articles.\"\n",
    )?;
    for words in LENGTHS {
        let mut text =
            format!("---\ntitle: Of {words} words\ndate: 2026-01-01\nslug: words-{words}\nauthors: The Bench\n---\n");
        for part in 1..=HEADINGS {
            let _ = write!(text, "\n## Part {part}\n");
            // Sentences of ten words, paragraphs of fifty.
            for sentence in 0..words / HEADINGS / 10 {
                let paragraph = if sentence % 5 == 0 { "\n" } else { "" };
                let _ = writeln!(text, "{paragraph}Sentence {sentence} of this part has *ten* words, no more.");
            }
        }
        fs::write(articles.join(format!("words-{words}.md")), text)?;
    }
    Ok(())
}

/// Opens both in turn and compares the time that the reader marks as hydration.
pub async fn measure(server: &Server, table: &mut Table) -> Result<()> {
    let driver = Driver::start(Engine::Chromium, Setup::USUAL).await?;
    let mut times = [Vec::new(), Vec::new()];
    let result = async {
        for round in 0..=ROUNDS {
            for (length, words) in LENGTHS.iter().enumerate() {
                let time = open(&driver, &server.url(&format!("/words-{words}/"))).await?;
                // The first round fills the caches.
                if round > 0 {
                    times[length].push(time);
                }
            }
        }
        anyhow::Ok(())
    };
    let result = result.await;
    driver.close().await;
    result?;
    let [short, long] = times.map(|it| median(it.into_iter()));
    table.ratio("hydration, 10,000 words beside 500", short, long, 1.2, "ms");
    Ok(())
}

async fn open(driver: &Driver, url: &str) -> Result<f64> {
    driver.client.goto(url).await?;
    let script = "const done = arguments[0];
        const look = () => {
          if (!document.documentElement.hasAttribute('data-hydrated')) return setTimeout(look, 5);
          done(performance.measure('hydration', 'jumpline:hydrate-start', 'jumpline:hydrate-end').duration);
        };
        look();";
    let time = driver.client.execute_async(script, vec![]).await?;
    time.as_f64().with_context(|| format!("{url} marks no hydration"))
}
