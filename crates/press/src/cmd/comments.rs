//! `press comments`: what readers wrote, and what is shown of it.

use super::pass::show::print;
use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as Arguments, Subcommand};
use jumpline_article::Publication;
use jumpline_article::comment::Status;
use jumpline_press::moderation::{self, Name, Suspicion, Thread, suspicions};
use jumpline_press::source;
use jumpline_press::wall::passes::shown_name;
use scraper::Html;
use serde_json::json;
use std::path::PathBuf;

/// Characters of a comment that a line of the list shows.
const EXCERPT: usize = 60;
/// Characters of an author's name that it shows.
const NAME: usize = 40;

/// Lists the comments beside the articles, and decides what is shown of them. What is done here reaches the readers with the
/// next build.
#[derive(Arguments)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    List(List),
    /// Show comments to everybody, whatever the word list says.
    Approve(Which),
    /// Take comments out of sight; where they have replies, a placeholder stays.
    Hide(Which),
    /// Mark comments as spam; what answers them moves one step up.
    Spam(Which),
    /// Mark comments as deleted by who wrote them; where they have replies, a placeholder stays.
    Delete(Which),
    /// Hold back what is published, looks suspicious and was never approved by hand.
    Screen(Content),
    Pull(Pull),
}

/// Where the publication is.
#[derive(Arguments)]
struct Content {
    /// The publication: publication.toml, articles/.
    #[arg(long, value_name = "DIR", default_value = "content")]
    content: PathBuf,
}

/// List the comments, those that wait for a decision first in each article.
#[derive(Arguments)]
struct List {
    #[command(flatten)]
    content: Content,
    /// Only those of this status; may be given more than once.
    #[arg(long, value_name = "STATUS", value_parser = status())]
    status: Vec<Status>,
    /// Only those with a word of the list, or with too many links (publication.toml: comments.moderation).
    #[arg(long)]
    suspicious: bool,
    /// Only those of this article: the end of its file's path.
    #[arg(long, value_name = "ARTICLE")]
    article: Option<String>,
    /// As JSON, for other programs.
    #[arg(long)]
    json: bool,
}

/// Which comments.
#[derive(Arguments)]
struct Which {
    #[command(flatten)]
    content: Content,
    /// As the list names them: `<article>#<id>`, or the id alone where only one has it.
    #[arg(value_name = "COMMENT", required = true)]
    names: Vec<String>,
}

/// Fetch what readers wrote on the comment server that publication.toml names. What looks suspicious is held back.
#[derive(Arguments)]
struct Pull {
    #[command(flatten)]
    content: super::pass::Content,
    /// Print nothing but errors.
    #[arg(long)]
    quiet: bool,
}

/// A status by its name.
fn status() -> impl TypedValueParser<Value = Status> {
    let named = |name: String| Status::ALL.into_iter().find(|it| it.name() == name).ok_or("no such status");
    PossibleValuesParser::new(Status::ALL.map(Status::name)).try_map(named)
}

/// Does it, and prints what was done.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.task {
        Task::List(args) => list(args),
        Task::Approve(which) => mark(which, Status::Published, "approved"),
        Task::Hide(which) => mark(which, Status::Hidden, "hidden"),
        Task::Spam(which) => mark(which, Status::Spam, "spam"),
        Task::Delete(which) => mark(which, Status::Deleted, "deleted"),
        Task::Screen(content) => screen(content),
        Task::Pull(args) => pull(args),
    }
}

fn read(content: &Content) -> anyhow::Result<(Publication, Vec<Thread>)> {
    let publication = source::publication(&content.content, None)?;
    Ok((publication, moderation::threads(&content.content)?))
}

fn list(args: &List) -> anyhow::Result<()> {
    let (publication, threads) = read(&args.content)?;
    source::folder(&args.content.content)?.orphans.iter().for_each(|it| eprintln!("warning: {it}"));
    let is_wanted = |it: &&Thread| args.article.as_ref().is_none_or(|name| it.is_called(name));
    let wanted: Vec<&Thread> = threads.iter().filter(is_wanted).collect();
    if let Some(article) = args.article.as_ref().filter(|_| wanted.is_empty()) {
        bail!("no article with comments is called `{article}`");
    }
    let mut rows = Vec::new();
    for thread in wanted {
        let mut order: Vec<usize> = (0..thread.comments.len()).collect();
        order.sort_by_key(|it| thread.comments[*it].comment.status != Status::Held);
        for at in order {
            let comment = &thread.comments[at].comment;
            if !args.status.is_empty() && !args.status.contains(&comment.status) {
                continue;
            }
            let why = suspicions(comment, &publication.comments.moderation);
            let why: Vec<String> = why.iter().map(Suspicion::to_string).collect();
            if !args.suspicious || !why.is_empty() {
                rows.push((thread, at, why));
            }
        }
    }
    if args.json {
        let rows: Vec<_> = rows.iter().map(|(thread, at, why)| object(thread, *at, why)).collect();
        return print(&format!("{}\n", serde_json::to_string_pretty(&rows)?));
    }
    let lines: String = rows.iter().map(|(thread, at, why)| line(thread, *at, why)).collect();
    let nothing = if threads.is_empty() { "Nobody has written a comment yet.\n" } else { "No comment is like that.\n" };
    print(if lines.is_empty() { nothing } else { &lines })
}

fn line(thread: &Thread, at: usize, why: &[String]) -> String {
    let comment = &thread.comments[at].comment;
    let why = if why.is_empty() { String::new() } else { format!("  ! {}", why.join(", ")) };
    let day = comment.date.as_str().get(..10).unwrap_or_default();
    let status = comment.status.name();
    let author = if comment.author.is_empty() { "(no name)" } else { &comment.author };
    let author = shorten(&shown_name(author), NAME);
    format!("{}  {status:<9}  {day}  {}: {}{why}\n", thread.name_of(at), author, excerpt(thread, at))
}

fn object(thread: &Thread, at: usize, why: &[String]) -> serde_json::Value {
    let comment = &thread.comments[at].comment;
    json!({
        "name": thread.name_of(at), "file": thread.file, "id": comment.id, "status": comment.status, "date": comment.date,
        "author": comment.author, "url": comment.url, "content_html": comment.content_html, "suspicious": why,
    })
}

fn excerpt(thread: &Thread, at: usize) -> String {
    let html = Html::parse_fragment(&thread.comments[at].comment.content_html);
    let text = shown_name(&html.root_element().text().collect::<Vec<_>>().join(" "));
    shorten(&text, EXCERPT)
}

fn shorten(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn mark(which: &Which, status: Status, done: &str) -> anyhow::Result<()> {
    let (_, mut threads) = read(&which.content)?;
    let names: Vec<Name> = which.names.iter().map(|it| Name::new(it)).collect();
    let marked = moderation::mark(&mut threads, &names, status)?;
    let line = |(name, changed): &(String, bool)| {
        let already = if *changed { "" } else { " already" };
        format!("{name}: {done}{already}\n")
    };
    print(&marked.iter().map(line).collect::<String>())
}

fn screen(content: &Content) -> anyhow::Result<()> {
    let (publication, mut threads) = read(content)?;
    let held = moderation::screen(&mut threads, &publication.comments.moderation)?;
    let lines: String = held.iter().map(|it| format!("{it}: held\n")).collect();
    print(if lines.is_empty() { "Nothing looks suspicious.\n" } else { &lines })
}

fn pull(args: &Pull) -> anyhow::Result<()> {
    let publication = source::publication(&args.content.content, args.content.base.as_deref())?;
    let pulled = moderation::pull(&args.content.content, &publication, args.quiet)?;
    if args.quiet { Ok(()) } else { print(&format!("{pulled}\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_stranger_turns_a_line_around() {
        assert_eq!(shown_name("\u{202e}evil\u{202d} \u{1b}[31m\u{7}name\n"), "evil [31m name");
        assert_eq!(shorten(&"é".repeat(41), NAME), format!("{}…", "é".repeat(40)));
        assert_eq!(shorten("Ada", NAME), "Ada");
    }
}
