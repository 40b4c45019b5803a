//! `press import`: a publication that lives elsewhere comes in.

use clap::{Args as Arguments, Subcommand};
use jumpline_press::import::report::Report;
use jumpline_press::import::{ghost, wordpress};
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
    Ghost(Ghost),
}

/// From WordPress: the file that Tools › Export › All content saves.
#[derive(Arguments)]
struct Wordpress {
    /// The export, an .xml file.
    #[arg(value_name = "EXPORT.XML")]
    export: PathBuf,
    #[command(flatten)]
    common: Common,
    /// The site's wp-content/uploads, from which pictures are copied.
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
}

/// From Ghost: the file that Settings › Advanced › Import/Export › Export content saves.
#[derive(Arguments)]
struct Ghost {
    /// The export, a .json file.
    #[arg(value_name = "EXPORT.JSON")]
    export: PathBuf,
    #[command(flatten)]
    common: Common,
    /// Ghost's content folder, or the images in it, from which pictures are copied.
    #[arg(long, value_name = "DIR")]
    media: Option<PathBuf>,
    /// The address that the site had, which the export does not hold: links to it lead to the articles here.
    #[arg(long, value_name = "ADDRESS")]
    url: Option<String>,
}

#[derive(Arguments)]
struct Common {
    /// The publication's folder; it is made when there is none.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Bring in drafts, waiting and scheduled articles too, as drafts.
    #[arg(long)]
    drafts: bool,
    /// List every article in the report.
    #[arg(long)]
    all: bool,
}

/// Imports, and prints what was done.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let (report, stopped) = import(&args.source)?;
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

/// The second value is why the file could be read only in part.
fn import(source: &Source) -> anyhow::Result<(Report, Option<anyhow::Error>)> {
    match source {
        Source::Wordpress(Wordpress { export, media, common }) => wordpress::run(&wordpress::Options {
            export: export.clone(),
            into: common.into.clone(),
            media: media.clone(),
            drafts: common.drafts,
            all: common.all,
        }),
        Source::Ghost(Ghost { export, media, url, common }) => {
            let report = ghost::run(&ghost::Options {
                export: export.clone(),
                into: common.into.clone(),
                media: media.clone(),
                url: url.clone(),
                drafts: common.drafts,
                all: common.all,
            })?;
            Ok((report, None))
        }
    }
}
