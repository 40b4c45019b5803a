//! `cargo xtask serve`: builds, serves, watches, rebuilds, and tells the open pages.

mod reload;
mod watch;

use std::time::UNIX_EPOCH;

use anyhow::Context;
use tokio::sync::watch as channel;
use xtask::build::Build;
use xtask::server::{Server, Site};
use xtask::tools::{self, Need};

use watch::{Change, Watcher};

/// Serves until the program is ended.
///
/// # Errors
/// When the first build fails, or the port is taken. A later build that fails is printed, and the old site stays.
pub(crate) fn serve(port: u16, mut build: Build) -> anyhow::Result<()> {
    // A page at / is what a person expects on this machine, wherever the publication will live.
    let base = build.base.get_or_insert_default().clone();
    tools::install(Need::Build)?;
    build.all()?;
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    // Numbered from the clock, so that a page of an earlier run reloads too.
    let start = UNIX_EPOCH.elapsed().map_or(0, |it| it.as_secs());
    let (built, builds) = channel::channel(start);
    let mut site = Site::new(&build.out, base);
    site.script = Some(reload::SCRIPT);
    let server = runtime.block_on(Server::start(site, port, reload::routes(builds)))?;
    eprintln!("\nServing {} (Ctrl-C ends it)", server.url("/"));

    for change in Watcher::new(&build.content)? {
        let result = match change {
            Change::Content => build.pages(),
            Change::Code => build.all(),
        };
        match result {
            Ok(()) => built.send_modify(|count| *count += 1),
            Err(error) => eprintln!("{error:#}\nThe old site is still served; it is built again at the next change."),
        }
    }
    Ok(())
}
