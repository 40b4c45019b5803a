//! What the wall costs: unlocking and opening beside the same article unlocked, the envelope's bytes, and the build of many.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use jumpline_article::Item;
use jumpline_tests::driver::Driver;
use jumpline_tests::{Engine, Setup};
use xtask::server::Server;
use xtask::steps;

use crate::content;
use crate::lighthouse::median;
use crate::table::Table;

/// Words of the article that is opened.
const WORDS: usize = 10_000;
/// How often it is opened.
const ROUNDS: usize = 15;
/// Articles of the two publications whose builds are compared.
const ARTICLES: usize = 10_000;
/// Stands at the very end of the article.
const END: &str = "This is where it ends.";

/// A publication with one long article, public and paid.
pub struct Walled {
    content: PathBuf,
    /// Where it is built.
    pub out: PathBuf,
    secret: PathBuf,
}

impl Walled {
    /// Writes and builds it.
    pub fn build(folder: &Path) -> Result<Self> {
        let walled = Self {
            content: folder.join("walled-content"),
            out: folder.join("walled"),
            secret: folder.join("keys/secret"),
        };
        publication(&walled.content, &[("public", WORDS), ("paid", WORDS)])?;
        make_secret(&walled.secret, &walled.content)?;
        walled.pages()?;
        Ok(walled)
    }

    /// Not as the samples are built: it has a secret, and so passes, of its own.
    fn pages(&self) -> Result<()> {
        build(&self.secret, &self.content, &self.out, &self.out.with_extension("cache"))
    }

    /// A pass, as the fragment of its link.
    fn pass(&self) -> Result<String> {
        let mut press = press(&self.secret);
        press.args(["pass", "issue", "--tier", "paid", "--until", "2099-12-31", "--name", "The Bench", "--content"]);
        let output = press.arg(&self.content).output().context("cannot start press")?;
        let said = String::from_utf8_lossy(&output.stdout);
        let link = said.split_whitespace().find_map(|it| it.split_once("/unlock/#"));
        Ok(link.with_context(|| format!("press printed no link: {said}"))?.1.to_owned())
    }
}

/// `press` as the build made it.
fn press(secret: &Path) -> Command {
    let mut command = Command::new(steps::root().join("target/release/press"));
    command.env("JUMPLINE_SECRET", secret).stderr(Stdio::inherit());
    command
}

/// Makes a secret where there is none: a build makes none in a file that was named to it.
fn make_secret(secret: &Path, content: &Path) -> Result<()> {
    let mut press = press(secret);
    press.args(["pass", "secret", "--content"]).arg(content).stdout(Stdio::null());
    ensure!(press.status().context("cannot start press")?.success(), "press makes no secret in {}", secret.display());
    Ok(())
}

/// Builds a publication from the shell that is there.
fn build(secret: &Path, content: &Path, out: &Path, cache: &Path) -> Result<()> {
    let mut press = press(secret);
    press.args(["build", "--quiet", "--base", "/", "--shell"]).arg(steps::root().join("target/shell"));
    press.arg("--content").arg(content).arg("--out").arg(out).arg("--cache").arg(cache);
    ensure!(press.status().context("cannot start press")?.success(), "press cannot build {}", content.display());
    Ok(())
}

/// A publication of articles of these visibilities and lengths.
fn publication(folder: &Path, articles: &[(&str, usize)]) -> Result<()> {
    let settings = "title = \"Walled\"\nurl = \"https://walled.example\"\n[subscribe.modal]\nenabled = false\n";
    let into = content::begin(folder, settings)?;
    for (number, (visibility, words)) in articles.iter().enumerate() {
        let mut text = format!(
            "---\ntitle: Article {number}, {visibility}\ndate: 2026-01-{:02}\nslug: {visibility}-{number}\nvisibility: {visibility}\n---\n\
             All of this may be read.\n\n<!--more-->\n",
            number % 28 + 1
        );
        // The audit would find one article's sentences in another if they were alike.
        let mut words_of = content::Words::of(number);
        for sentence in 0..words / 10 {
            let paragraph = if sentence % 5 == 0 { "\n" } else { "" };
            let ten: Vec<String> = words_of.by_ref().take(10).collect();
            let _ = writeln!(text, "{paragraph}{} *{}*.", ten[..9].join(" "), ten[9]);
        }
        let _ = writeln!(text, "\n{END}");
        fs::write(into.join(format!("{number}.md")), text)?;
    }
    Ok(())
}

/// Adds what is promised of opening.
pub async fn measure(walled: &Walled, server: &Server, table: &mut Table) -> Result<()> {
    envelope(walled, table)?;
    let pass = walled.pass()?;
    // The keyring is written by the build after the pass was issued.
    walled.pages()?;
    let driver = Driver::start(Engine::Chromium, Setup::USUAL).await?;
    let result = opening(&driver, server, &pass).await;
    driver.close().await;
    let [plain, opened, unlocked] = result?.map(|it| median(it.into_iter()));
    table.ratio("opening 10,000 words, unlocked before", plain, opened, 1.2, "ms");
    table.ratio("unlocking and opening them", plain, unlocked, 1.5, "ms");
    table.at_most("the same, in time", unlocked, 100.0, "ms");
    Ok(())
}

/// Milliseconds to the end of the public article, of the paid one with keys at hand, and from the pass to its end.
async fn opening(driver: &Driver, server: &Server, pass: &str) -> Result<[Vec<f64>; 3]> {
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        let unlocked = run(driver, &server.url("/unlock/"), pass, "paid-1").await?;
        let plain = run(driver, &server.url("/"), "", "public-0").await?;
        let opened = run(driver, &server.url("/"), "", "paid-1").await?;
        // The first round fills the caches.
        if round > 0 {
            times.iter_mut().zip([plain, opened, unlocked]).for_each(|(all, it)| all.push(it));
        }
    }
    Ok(times)
}

/// Opens a page, brings a pass when there is one, and goes on to an article as soon as it may.
async fn run(driver: &Driver, url: &str, pass: &str, slug: &str) -> Result<f64> {
    driver.client.goto("about:blank").await?;
    driver.client.goto(url).await?;
    let script = format!(
        "const done = arguments[0];
        const frame = () => new Promise(requestAnimationFrame);
        (async () => {{
          while (!document.documentElement.hasAttribute('data-hydrated')) await frame();
          // Whatever is loaded ahead is here by now.
          await new Promise((it) => setTimeout(it, 400));
          const link = document.createElement('a');
          link.href = '/{slug}/';
          document.body.append(link);
          link.dispatchEvent(new Event('focusin', {{ bubbles: true }}));
          await new Promise((it) => setTimeout(it, 400));
          const start = performance.now();
          if ('{pass}') {{
            location.hash = '{pass}';
            while (!document.querySelector('.facts')) await frame();
          }}
          link.click();
          while (!document.querySelector('.prose')?.textContent.includes('{END}')) await frame();
          done(performance.now() - start);
        }})();"
    );
    let time = driver.client.execute_async(&script, vec![]).await?;
    time.as_f64().with_context(|| format!("{slug} did not open"))
}

/// The bytes that an envelope has besides its text in base64.
fn envelope(walled: &Walled, table: &mut Table) -> Result<()> {
    let json = fs::read_to_string(walled.out.join("paid-1/article.json")).context("the paid article is not built")?;
    let item = Item::from_json(&json)?;
    let envelope = item.jumpline.and_then(|it| it.envelope).context("the paid article has no envelope")?;
    let whole = serde_json::to_string(&envelope)?.len();
    let text = (envelope.ciphertext.0.len() * 4).div_ceil(3);
    table.at_most("envelope besides its text", (whole - text) as f64 / 1000.0, 2.0, "kB");
    Ok(())
}

/// Builds many articles of each kind from nothing, and compares the times.
pub fn builds(folder: &Path, table: &mut Table) -> Result<()> {
    let of = |visibility: &str| ["content", "site", "cache"].map(|it| folder.join(format!("many-{visibility}-{it}")));
    let kinds = ["public", "paid"];
    let all = kinds.map(of);
    // All of it first: ext4 is slow to give the room of files away that were deleted a minute ago.
    for old in all.iter().flatten().filter(|it| it.is_dir()) {
        fs::remove_dir_all(old)?;
    }
    let secret = folder.join("keys/secret");
    let mut times = Vec::new();
    for (visibility, [content, out, cache]) in kinds.into_iter().zip(&all) {
        publication(content, &vec![(visibility, 300); ARTICLES])?;
        make_secret(&secret, content)?;
        let start = Instant::now();
        build(&secret, content, out, cache)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    table.ratio("building 10,000 paid articles beside public ones", times[0], times[1], 2.0, "ms");
    Ok(())
}
