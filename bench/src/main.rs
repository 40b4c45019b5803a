//! `cargo xtask bench`: the promises of the project, measured in one run and printed as a table.

#![allow(unreachable_pub, reason = "not needed in a bin crate")]

mod bytes;
mod comments;
mod content;
mod hydration;
mod library;
mod lighthouse;
mod plain;
mod table;
mod wall;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use jumpline_article::BasePath;
use jumpline_tests::publication;
use table::Table;
use tokio::runtime::Runtime;
use xtask::browsers::{self, Engine};
use xtask::build::{Build, Press};
use xtask::server::{Router, Server, Site};
use xtask::steps;
use xtask::tools::{self, Need};

/// Measures bytes, paint and hydration, and compares them with what is promised.
#[derive(Parser)]
struct Args {
    /// How often Lighthouse looks at each page; the table shows medians
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Measure only some of it
    #[arg(long)]
    only: Option<Only>,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Only {
    /// Bytes and paint.
    Paint,
    /// What is kept on the device: without a network, while reading, with a long history.
    Library,
    /// The time of hydration by the length of an article.
    Hydration,
    /// A thread of a thousand.
    Comments,
    /// Opening articles, and building many that are locked.
    Wall,
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    tools::install(Need::Bench)?;
    browsers::install(&[Engine::Chromium])?;

    let folder = steps::root().join("target/bench");
    let (content, reader) = (steps::root().join("content"), folder.join("reader"));
    let build = Build { content, base: Some(BasePath::default()), out: reader, press: Press::Release };
    build.all()?;
    let site = publication::Site::at(&build.out, BasePath::default())?;
    let (path, title) = site.story(0)?;
    let bench = Bench { plain: folder.join("plain"), folder, build, path, only: args.only, runs: args.runs };
    plain::write(&bench.plain, &site.article(&bench.path)?, &site)?;
    let mut table = Table::default();
    let result = bench.measure(&mut table);
    // Whatever breaks off later, what was measured is told.
    println!("\nThe article “{title}”, on this machine, beside the same text as plain HTML:\n\n{table}");
    result?;
    Ok(if table.all_kept() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is measured, and where it lies.
struct Bench {
    /// The sample publication.
    build: Build,
    /// Its lead story.
    path: String,
    /// The same as a plain page.
    plain: PathBuf,
    /// Where all of it lies.
    folder: PathBuf,
    only: Option<Only>,
    runs: usize,
}

impl Bench {
    fn measure(&self, table: &mut Table) -> Result<()> {
        let runtime = Runtime::new().context("cannot start threads")?;
        for site in [&self.plain, &self.build.out] {
            compress(site)?;
        }
        if self.is_wanted(Only::Paint) {
            self.paint(&runtime, table)?;
        }
        if self.is_wanted(Only::Library) {
            let archive = self.also("archive", library::write)?;
            // Compressed, since what an earlier run compressed would be served.
            let lengths = self.compressed("lengths", hydration::write)?;
            let [plain, reader, lengths, archive] =
                [&self.plain, &self.build.out, &lengths, &archive].map(|it| runtime.block_on(serve(it)));
            let offline = library::Offline { plain: &plain?, reader: &reader?, path: &self.path };
            runtime.block_on(library::measure(&offline, &lengths?, &archive?, table))?;
        }
        if self.is_wanted(Only::Hydration) {
            let lengths = self.compressed("lengths", hydration::write)?;
            runtime.block_on(async { hydration::measure(&serve(&lengths).await?, table).await })?;
        }
        if self.is_wanted(Only::Comments) {
            let threads = self.compressed("threads", comments::write)?;
            runtime.block_on(async { comments::measure(&serve(&threads).await?, table).await })?;
        }
        if self.is_wanted(Only::Wall) {
            let walled = wall::Walled::build(&self.folder)?;
            runtime.block_on(async { wall::measure(&walled, &serve(&walled.out).await?, table).await })?;
            wall::builds(&self.folder, table)?;
        }
        Ok(())
    }

    fn is_wanted(&self, what: Only) -> bool {
        self.only.is_none_or(|it| it == what)
    }

    /// Writes another publication, and builds its pages.
    fn also(&self, name: &str, write: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let content = self.folder.join(format!("{name}-content"));
        write(&content)?;
        let out = self.folder.join(name);
        Build { content, out: out.clone(), ..self.build.clone() }.pages()?;
        Ok(out)
    }

    fn compressed(&self, name: &str, write: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let out = self.also(name, write)?;
        compress(&out)?;
        Ok(out)
    }

    /// Bytes, and when something is seen.
    fn paint(&self, runtime: &Runtime, table: &mut Table) -> Result<()> {
        bytes::measure(&self.build.out, &self.path, table)?;
        let serve = |root| {
            let site = Site { late: ROUND_TRIP, ..as_host(root) };
            runtime.block_on(Server::start(site, 0, Router::new()))
        };
        let [plain, reader] = [serve(&self.plain), serve(&self.build.out)];
        lighthouse::measure(&plain?.url("/"), &reader?.url(&self.path), self.runs, &self.folder, table)
    }
}

/// The round trip of the line that Lighthouse simulates. It works out when things are painted from the order in which they came, and on a
/// machine's own loop a picture is there before the page is parsed, or is not, by chance.
const ROUND_TRIP: Duration = Duration::from_millis(150);

/// A server as a real host is one: compressed, and cached for a while.
async fn serve(root: &Path) -> Result<Server> {
    Server::start(as_host(root), 0, Router::new()).await
}

fn as_host(root: &Path) -> Site {
    Site { brotli: true, cache: "max-age=600", ..Site::new(root, BasePath::default()) }
}

fn compress(site: &PathBuf) -> Result<()> {
    let script = steps::root().join("bench/compress.mjs");
    let name = format!("compress {}", site.file_name().unwrap_or_default().display());
    steps::run_quietly(&name, "Brotli, as a host sends it", Command::new("node").arg(script).arg(site))
}
