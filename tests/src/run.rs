//! Runs every case in every engine: one at a time in each, the engines beside each other.

use std::env;
use std::fs;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use libtest_mimic::{Arguments, Completion, Conclusion, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use xtask::browsers::{AGAIN, BROWSERS};
use xtask::samples::Sample;
use xtask::server::Server;
use xtask::steps;

use crate::case::Case;
use crate::driver::Driver;
use crate::engine::{Engine, Setup};
use crate::probe::{self, Probe};
use crate::publication::Site;
use crate::reader::Reader;

/// How long one case may take in one engine.
const LIMIT: Duration = Duration::from_secs(150);
/// How long a browser may take to show what it failed with: one that hangs never does.
const LAST_WORDS: Duration = Duration::from_secs(20);
/// Requests that a failed case names.
const LAST: usize = 15;
/// How often a case is tried: a browser beside two others on two cores is late now and then. The summary names who needed it.
const TRIES: usize = 3;

/// The test program: `cargo test --workspace --test browser -- <part of a name>`.
pub fn main(cases: &[Case]) -> ExitCode {
    if env::args_os().len() == 1 && env::var_os(BROWSERS).is_none() {
        println!("not run: `cargo xtask test` builds the sites that these cases need, and runs them");
        return ExitCode::SUCCESS;
    }
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
    let seats: Vec<_> = Engine::wanted()?.into_iter().map(|it| (it, Seat::default())).collect();
    let mut trials = Vec::new();
    for case in cases {
        for (engine, seat) in &seats {
            let (case, engine, seat, runtime) = (*case, *engine, Seat::clone(seat), Arc::clone(&runtime));
            let name = format!("{engine} {} ({})", case.name, case.sample.name());
            trials.push(Trial::ignorable_test(name, move || {
                // `cargo xtask test` says so at its end, and is not green unless it was told to leave the engine out.
                if !engine.is_there() {
                    return Ok(Completion::ignored_with(format!("{engine} is not installed")));
                }
                runtime.block_on(try_again(case, engine, &seat)).map_err(|it| Failed::from(format!("{it:#}")))?;
                Ok(Completion::Completed)
            }));
        }
    }
    // Most threads wait for their engine's seat.
    arguments.test_threads = arguments.test_threads.or(Some(trials.len().max(1)));
    let conclusion = libtest_mimic::run(&arguments, trials);
    for (_, seat) in seats {
        if let Some((_, driver)) = runtime.block_on(async { seat.lock().await.take() }) {
            runtime.block_on(driver.close());
        }
    }
    Ok(conclusion)
}

/// The one browser of an engine, and its setup. Cases take it in turn: each has a server, and so an origin, of its own, which keeps
/// them apart. Starting Firefox anew for each would double the time.
type Seat = Arc<Mutex<Option<(Setup, Driver)>>>;

/// Runs a case, and again in a new browser where it fails; says so on a line that `cargo xtask test` repeats at its end.
async fn try_again(case: Case, engine: Engine, seat: &Seat) -> Result<()> {
    let mut failed = None::<anyhow::Error>;
    for _ in 0..TRIES {
        match (run(case, engine, seat).await, failed.take()) {
            (Ok(()), None) => return Ok(()),
            (Ok(()), Some(error)) => {
                println!("{AGAIN}{engine} {} ({}): {}", case.name, case.sample.name(), error.root_cause());
                eprintln!("what it failed with before: {error:#}");
                return Ok(());
            }
            (Err(error), _) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn run(case: Case, engine: Engine, seat: &Seat) -> Result<()> {
    let mut seat = seat.lock().await;
    let driver = match seat.take() {
        Some((setup, driver)) if setup == case.setup && !setup.fresh => driver,
        other => {
            if let Some((_, driver)) = other {
                driver.close().await;
            }
            Driver::start(engine, case.setup).await?
        }
    };
    let result = run_with(case, engine, &driver).await;
    if result.is_ok() {
        *seat = Some((case.setup, driver));
    } else {
        // Whatever it was, the next case begins without it.
        driver.close().await;
    }
    result
}

async fn run_with(case: Case, engine: Engine, driver: &Driver) -> Result<()> {
    let probe = Probe::default();
    let site = Site::open(case.sample)?;
    let mut served = xtask::server::Site::new(&site.root, site.base.clone());
    let script = if case.sample == Sample::Inviting { probe::SCRIPT_INVITED } else { probe::SCRIPT };
    served.script = case.setup.scripts.then_some(script);
    let server = Server::start(served, 0, probe.routes()).await?;
    let reader = Reader::new(engine, server, site, driver.client.clone(), probe);
    let result = match tokio::time::timeout(LIMIT, story(case, &reader)).await {
        Ok(result) => result,
        Err(_) => Err(anyhow!("took longer than {} s", LIMIT.as_secs())),
    };
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(keep_evidence(case, &reader).await)),
    }
}

async fn story(case: Case, reader: &Reader) -> Result<()> {
    reader.resize(1280, 900).await?;
    (case.run)(reader).await?;
    if case.setup.scripts {
        reader.check_quiet().await?;
    }
    // The server is about to go, and with it whatever the page may still ask for.
    Ok(reader.client.goto("about:blank").await?)
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
    let kept = match tokio::time::timeout(LAST_WORDS, keep).await {
        Ok(Ok(())) => format!("(page and picture: {}/{name}.*)", folder.display()),
        Ok(Err(error)) => format!("(no picture: {error:#})"),
        Err(_) => "(no picture: the browser does not answer)".to_owned(),
    };
    let visits = reader.server.visits();
    let last = visits.iter().rev().take(LAST).rev().map(|it| format!("{} {}", it.status, it.path));
    format!("{kept}\nthe last that the server was asked for: {}\n", last.collect::<Vec<_>>().join(", "))
}
