//! `press import`: a publication that lives elsewhere comes in.

use clap::{Args as Arguments, Subcommand};
use jumpline_press::import::wordpress::{self, Options};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Brings a publication in from elsewhere. Importing twice changes nothing, and no file that you have edited is overwritten.
#[derive(Arguments)]
pub struct Args {
    #[command(subcommand)]
    source: Source,
}

#[derive(Subcommand)]
enum Source {
    Wordpress(Wordpress),
}

/// From WordPress: the file that Tools › Export › All content saves.
#[derive(Arguments)]
struct Wordpress {
    /// The export, an .xml file.
    #[arg(value_name = "EXPORT.XML")]
    export: PathBuf,
    /// The publication's folder; it is made when there is none.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The site's wp-content/uploads, from which pictures are copied.
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// Bring in drafts, waiting and scheduled articles too, as drafts.
    #[arg(long)]
    drafts: bool,
    /// List every article in the report.
    #[arg(long)]
    all: bool,
}

/// Imports, and prints what was done.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let Source::Wordpress(args) = &args.source;
    let (report, stopped) = wordpress::run(&Options {
        export: args.export.clone(),
        into: args.into.clone(),
        media: args.media.clone(),
        drafts: args.drafts,
        all: args.all,
    })?;
    // Who reads no further has not made the import fail.
    io::stdout().write_all(report.to_string().as_bytes()).or_else(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error),
    })?;
    match stopped {
        None => Ok(()),
        Some(error) => Err(error),
    }
}
