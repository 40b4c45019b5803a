//! `press pass`: the passes that readers hold.

mod import;
mod keep;
pub mod show;

use clap::{Args as Arguments, Subcommand};
use std::path::PathBuf;

/// Issues, lists and ends passes. What is done here reaches the readers with the next build.
#[derive(Arguments)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Issue(Issue),
    List(List),
    /// Print the link of a pass again.
    Link(One),
    /// End a pass: with the next build it opens nothing new.
    Revoke(One),
    Extend(Extend),
    Import(Import),
    Secret(MakeSecret),
}

/// Where the publication is.
#[derive(Arguments)]
pub struct Content {
    /// The publication: publication.toml, articles/.
    #[arg(long, value_name = "DIR", default_value = "content")]
    pub content: PathBuf,
    /// The path that the site lives below, when `press build` is given one, too.
    #[arg(long, value_name = "PATH")]
    pub base: Option<String>,
}

/// Make a pass, and print the link that opens it.
#[derive(Arguments)]
struct Issue {
    #[command(flatten)]
    content: Content,
    /// What it opens; may be given more than once. The publication's only tier when absent.
    #[arg(long, value_name = "TIER")]
    tier: Vec<String>,
    /// The last day that it is paid for, such as 2027-01-31.
    #[arg(long, value_name = "DAY")]
    until: String,
    /// Whose it is.
    #[arg(long, default_value = "")]
    name: String,
    /// Where its link is sent to.
    #[arg(long)]
    email: Option<String>,
    /// Write the link's QR code there, too. Only its owner may read the file, since the code opens what the link does.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// List the passes.
#[derive(Arguments)]
struct List {
    #[command(flatten)]
    content: Content,
    /// As JSON, for other programs.
    #[arg(long)]
    json: bool,
}

/// Which pass.
#[derive(Arguments)]
struct One {
    #[command(flatten)]
    content: Content,
    /// The pass, or the beginning of its id.
    id: String,
}

/// Move the last day of a pass.
#[derive(Arguments)]
struct Extend {
    #[command(flatten)]
    one: One,
    /// The last day that it is paid for now.
    #[arg(long, value_name = "DAY")]
    until: String,
}

/// Bring the passes up to a list of subscribers, as Ghost, Substack and Stripe export it. The same list twice changes nothing.
#[derive(Arguments)]
struct Import {
    #[command(flatten)]
    content: Content,
    /// The list: a column `email`, and `name`, `tier` and `until` when it has them.
    #[arg(value_name = "SUBSCRIBERS.CSV")]
    list: PathBuf,
    /// The tier of everybody in a list without such a column, and of Ghost's complimentary members. The publication's only tier when
    /// absent.
    #[arg(long)]
    tier: Option<String>,
    /// The last day of those who have none in the list.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// The list's name, such as stripe, where there are several: each ends only passes of its own.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// End the passes of those who are not in the list, even when these are most of them.
    #[arg(long)]
    others_ended: bool,
    /// Write email, name, tier, until and link of every live subscriber of this list there, for a mail merge.
    #[arg(long, value_name = "LINKS.CSV")]
    links: Option<PathBuf>,
}

/// Make the secret that all passes come from, in the file that JUMPLINE_SECRET or publication.toml names. One that is there stays.
#[derive(Arguments)]
struct MakeSecret {
    #[command(flatten)]
    content: Content,
}

/// Does it, and prints what was done.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.task {
        Task::Issue(args) => keep::issue(args),
        Task::List(args) => show::list(args),
        Task::Link(args) => show::link(args),
        Task::Revoke(args) => keep::revoke(args),
        Task::Extend(args) => keep::extend(args),
        Task::Import(args) => import::run(args),
        Task::Secret(args) => keep::secret(args),
    }
}
