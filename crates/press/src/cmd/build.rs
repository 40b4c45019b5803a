//! `press build`: content and a built shell become a site of static files.

use jumpline_press::build::{self, Options};
use jumpline_press::wall::place;
use std::path::PathBuf;

/// Builds the publication: every page prerendered, feeds, sitemap, media.
#[derive(clap::Args)]
pub struct Args {
    /// The publication: publication.toml, articles/, pages/, media/, static/.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// The reader as Trunk built it.
    #[arg(long, value_name = "DIR", default_value = "target/shell")]
    shell: PathBuf,
    /// Where the site goes.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// The path that the site lives below, such as /repo/; publication.toml decides when it is absent.
    #[arg(long, value_name = "PATH")]
    base: Option<String>,
    /// List every broken article instead of stopping at the first. Nothing is written when one is broken.
    #[arg(long)]
    keep_going: bool,
    /// What the next build may use again.
    #[arg(long, value_name = "DIR", default_value = "target/press")]
    cache: PathBuf,
    /// Print nothing but errors.
    #[arg(long)]
    quiet: bool,
}

/// Builds, and prints a line that says what was done.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let summary = build::run(&Options {
        content: args.content.clone(),
        shell: args.shell.clone(),
        out: args.out.clone(),
        base: args.base.clone(),
        keep_going: args.keep_going,
        cache: args.cache.clone(),
        secret: place::from_environment(),
        quiet: args.quiet,
    })?;
    if !args.quiet {
        println!("{summary}");
    }
    Ok(())
}
