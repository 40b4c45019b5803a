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
}

fn main() -> Result<ExitCode> {
    let args = Args::parse();
    tools::install(Need::Bench)?;
    browsers::install(&[Engine::Chromium])?;

    let folder = steps::root().join("target/bench");
    let reader = folder.join("reader");
    let content = steps::root().join("content");
    let build = Build { content, base: Some(BasePath::default()), out: reader.clone(), press: Press::Release };
    build.all()?;
    let site = publication::Site::at(&reader, BasePath::default())?;
    let (path, title) = site.story(0)?;
    let plain = folder.join("plain");
    plain::write(&plain, &site.article(&path)?, &site)?;
    let paint = Paint { plain: &plain, reader: &reader, path: &path, runs: args.runs, folder: &folder };
    let runtime = Runtime::new().context("cannot start threads")?;
    let mut table = Table::default();
    for site in [&plain, &reader] {
        compress(site)?;
    }
    if args.only != Some(Only::Library) {
        measure_paint(&runtime, &paint, &mut table)?;
    }
    if args.only == Some(Only::Paint) {
        return Ok(end(&title, &table));
    }
    let lengths = folder.join("lengths");
    hydration::write(&folder.join("lengths-content"))?;
    Build { content: folder.join("lengths-content"), out: lengths.clone(), ..build.clone() }.pages()?;
    let archive = folder.join("archive");
    library::write(&folder.join("archive-content"))?;
    Build { content: folder.join("archive-content"), out: archive.clone(), ..build.clone() }.pages()?;
    let [plain_served, reader_served, lengths_served, archive_served] =
        [&plain, &reader, &lengths, &archive].map(|it| runtime.block_on(serve(it)));
    let (lengths_served, reader_served) = (lengths_served?, reader_served?);
    let offline = library::Offline { plain: &plain_served?, reader: &reader_served, path: &path };
    runtime.block_on(library::measure(&offline, &lengths_served, &archive_served?, &mut table))?;
    if args.only == Some(Only::Library) {
        return Ok(end(&title, &table));
    }
    let threads = folder.join("threads");
    comments::write(&folder.join("threads-content"))?;
    Build { content: folder.join("threads-content"), out: threads.clone(), ..build }.pages()?;
    let walled = wall::Walled::build(&folder)?;
    for site in [&lengths, &threads] {
        compress(site)?;
    }
    let [threads, wall] = [&threads, &walled.out].map(|it| runtime.block_on(serve(it)));
    runtime.block_on(hydration::measure(&lengths_served, &mut table))?;
    runtime.block_on(comments::measure(&threads?, &mut table))?;
    runtime.block_on(wall::measure(&walled, &wall?, &mut table))?;
    wall::builds(&folder, &mut table)?;
    Ok(end(&title, &table))
}

fn end(title: &str, table: &Table) -> ExitCode {
    println!("\nThe article “{title}”, on this machine, beside the same text as plain HTML:\n\n{table}");
    if table.all_kept() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The round trip of the line that Lighthouse simulates. It works out when things are painted from the order in which they came, and on a
/// machine's own loop a picture is there before the page is parsed, or is not, by chance.
const ROUND_TRIP: Duration = Duration::from_millis(150);

/// Two pages with one text, and how often each is looked at.
struct Paint<'a> {
    plain: &'a PathBuf,
    reader: &'a PathBuf,
    path: &'a str,
    runs: usize,
    folder: &'a Path,
}

/// Bytes, and when something is seen.
fn measure_paint(runtime: &Runtime, it: &Paint<'_>, table: &mut Table) -> Result<()> {
    bytes::measure(it.reader, it.path, table)?;
    let serve = |root| {
        let site = Site { late: ROUND_TRIP, ..as_host(root) };
        runtime.block_on(Server::start(site, 0, Router::new()))
    };
    let [plain, reader] = [serve(it.plain), serve(it.reader)];
    lighthouse::measure(&plain?.url("/"), &reader?.url(it.path), it.runs, it.folder, table)
}

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
