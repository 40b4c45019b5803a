//! Runs every case in every engine: one at a time in each, the engines beside each other.

use std::fs;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::wd::TimeoutConfiguration;
use libtest_mimic::{Arguments, Completion, Conclusion, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use xtask::server::Server;
use xtask::steps;

use crate::case::Case;
use crate::driver::Driver;
use crate::engine::Engine;
use crate::probe::{self, Probe};
use crate::publication::Site;
use crate::reader::Reader;

/// How long one case may take in one engine.
const LIMIT: Duration = Duration::from_secs(240);

/// The test program: `cargo test -p jumpline-tests -- <part of a name>`.
pub fn main(cases: &[Case]) -> ExitCode {
    match start(cases) {
        Ok(conclusion) => conclusion.exit_code(),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(cases: &[Case]) -> Result<Conclusion> {
    let mut arguments = Arguments::from_args();
    let runtime = Arc::new(Runtime::new().context("cannot start threads")?);
    let turns: Vec<_> = Engine::wanted()?.into_iter().map(|it| (it, Arc::new(Mutex::new(())))).collect();
    let mut trials = Vec::new();
    for case in cases {
        for (engine, turn) in &turns {
            let (case, engine, turn, runtime) = (*case, *engine, Arc::clone(turn), Arc::clone(&runtime));
            let name = format!("{engine} {} ({})", case.name, case.sample.name());
            trials.push(Trial::ignorable_test(name, move || {
                let _turn = turn.blocking_lock();
                // `cargo xtask test` says so at its end, and is not green unless it was told to leave the engine out.
                if !engine.is_there() {
                    return Ok(Completion::ignored_with(format!("{engine} is not installed")));
                }
                runtime.block_on(run(case, engine)).map_err(|it| Failed::from(format!("{it:#}")))?;
                Ok(Completion::Completed)
            }));
        }
    }
    // Most threads wait for their engine's turn.
    arguments.test_threads = arguments.test_threads.or(Some(trials.len().max(1)));
    Ok(libtest_mimic::run(&arguments, trials))
}

async fn run(case: Case, engine: Engine) -> Result<()> {
    let probe = Probe::default();
    let site = Site::open(case.sample)?;
    let mut served = xtask::server::Site::new(&site.root, site.base.clone());
    served.script = case.setup.scripts.then_some(probe::SCRIPT);
    let server = Server::start(served, 0, probe.routes()).await?;
    let driver = Driver::start(engine, case.setup).await?;
    let limit = |seconds| Some(Duration::from_secs(seconds));
    driver.client.update_timeouts(TimeoutConfiguration::new(limit(60), limit(60), None)).await?;
    let reader = Reader::new(engine, server, site, driver.client.clone(), probe);
    let result = match tokio::time::timeout(LIMIT, story(case, &reader)).await {
        Ok(result) => result,
        Err(_) => Err(anyhow::anyhow!("took longer than {} s", LIMIT.as_secs())),
    };
    let result = match result {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(keep_evidence(case, &reader).await)),
    };
    let _ = driver.client.clone().close().await;
    result
}

async fn story(case: Case, reader: &Reader) -> Result<()> {
    (case.run)(reader).await?;
    if case.setup.scripts { reader.check_quiet().await } else { Ok(()) }
}

/// Keeps what the page looked like, and says where.
async fn keep_evidence(case: Case, reader: &Reader) -> String {
    let folder = steps::root().join("target/failures");
    let name = format!("{}-{}-{}", reader.engine, case.sample.name(), case.name.replace("::", "-"));
    let keep = async {
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}.html")), reader.client.source().await?)?;
        fs::write(folder.join(format!("{name}.png")), reader.client.screenshot().await?).context("screenshot")
    };
    match keep.await {
        Ok(()) => format!("(page and picture: {}/{name}.*)", folder.display()),
        Err(error) => format!("(no picture: {error:#})"),
    }
}
