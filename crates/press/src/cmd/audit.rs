//! `press audit`: a built site is searched for everything that its content locks.

use anyhow::bail;
use jumpline_press::build::{self, Options};
use jumpline_press::wall::place;
use std::fs;
use std::path::PathBuf;

/// Searches a built site for locked text and for keys, in every file and in every way of writing. Every build ends with it.
#[derive(clap::Args)]
pub struct Args {
    /// The site.
    #[arg(value_name = "DIST", default_value = "dist")]
    out: PathBuf,
    /// The publication that it was built from.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// What an earlier build left.
    #[arg(long, value_name = "DIR", default_value = "target/press")]
    cache: PathBuf,
    /// Print nothing but leaks.
    #[arg(long)]
    quiet: bool,
}

/// Searches, and prints a line that says for what and where.
pub fn run(args: &Args) -> anyhow::Result<()> {
    if fs::read_dir(&args.out).map_or(true, |mut it| it.next().is_none()) {
        bail!("{}: there is no site here; name the folder that `press build` wrote", args.out.display());
    }
    let summary = build::audit(&Options {
        content: args.content.clone(),
        shell: PathBuf::new(),
        out: args.out.clone(),
        base: None,
        keep_going: true,
        cache: args.cache.clone(),
        secret: place::from_environment(),
        quiet: true,
    })?;
    if !args.quiet {
        println!("{summary}");
    }
    Ok(())
}
