//! `cargo xtask`: the commands of this workspace.

mod serve;
mod suite;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jumpline_article::BasePath;
use xtask::build::{Build, Press};
use xtask::pack;
use xtask::steps;
use xtask::tools::{self, Need};

#[derive(Parser)]
#[command(name = "cargo xtask", about, version)]
struct Cli {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the publication and serve it, rebuilding when content or code changes
    Serve {
        /// The port of 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Build the publication into a directory for a static host
    Build {
        #[command(flatten)]
        site: SiteArgs,
    },
    /// Run everything that CI runs
    Test {
        /// Run only the browser tests, and only those whose names contain PART
        #[arg(long, value_name = "PART", num_args = 0..=1, default_missing_value = "")]
        browser: Option<String>,
    },
    /// Measure what is promised, and print it as a table
    Bench {
        /// How often Lighthouse looks at each page
        #[arg(long, default_value_t = 5)]
        runs: usize,
        /// Measure only some of it: `paint`, `library`, `hydration`, `comments` or `wall`
        #[arg(long)]
        only: Option<String>,
    },
    /// Install the tools of every command into .tools/
    Tools,
    /// Make a folder that Trunk built smaller; Trunk calls it
    #[command(hide = true)]
    Pack {
        /// Where Trunk built
        folder: PathBuf,
    },
}

#[derive(Args)]
struct SiteArgs {
    /// The folder of publication.toml and the articles
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// Where the site lives on its host, such as /repo/ [default: as publication.toml says]
    #[arg(long)]
    base: Option<String>,
    /// The directory that the site is written to
    #[arg(long, default_value = "dist")]
    out: PathBuf,
}

impl From<SiteArgs> for Build {
    fn from(args: SiteArgs) -> Self {
        Self {
            content: args.content,
            base: args.base.as_deref().map(BasePath::new),
            out: args.out,
            press: Press::Release,
        }
    }
}

fn main() -> ExitCode {
    run().unwrap_or_else(|error| {
        // In one line: whoever calls this wants the mend, and not a backtrace.
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> anyhow::Result<ExitCode> {
    match Cli::parse().command {
        Task::Serve { port, site } => serve::serve(port, site.into())?,
        Task::Build { site } => {
            tools::install(Need::Build)?;
            Build::from(site).all()?;
        }
        Task::Test { browser } => return suite::test(browser.as_deref()),
        Task::Bench { runs, only } => {
            // A package of its own, so that nobody who serves or builds has to compile it.
            let status = steps::cargo()
                .args(["run", "--quiet", "--package", "jumpline-bench", "--", "--runs", &runs.to_string()])
                .args(only.map(|it| format!("--only={it}")))
                .status()?;
            return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Task::Tools => tools::install(Need::Bench)?,
        Task::Pack { folder } => pack::pack(&folder)?,
    }
    Ok(ExitCode::SUCCESS)
}
