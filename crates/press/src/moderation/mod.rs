//! What a publisher does to the comment files beside the articles: look through them, and decide what is shown.

mod newer;
mod pull;
mod suspicion;
mod threads;
mod wire;

pub use newer::{Newer, add};
pub use pull::{Pulled, pull};
pub use suspicion::{Suspicion, suspicions};
pub use threads::{Kept, Thread, threads};
pub use wire::Wire;

use anyhow::bail;
use jumpline_article::comment::Status;
use std::path::Path;

/// A comment as a person names it on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The article: the end of its file's path, with or without the extension; `None` for whichever has such a comment.
    pub article: Option<String>,
    /// The comment's id.
    pub id: String,
}

impl Name {
    /// Reads `<id>` or `<article>#<id>`.
    pub fn new(text: &str) -> Self {
        match text.rsplit_once('#') {
            Some((article, id)) => {
                Self { article: Some(article.to_owned()), id: id.trim_start_matches("comment-").to_owned() }
            }
            None => Self { article: None, id: text.to_owned() },
        }
    }
}

/// Gives comments another status, all or none of them, and says which of them had it already (`false`).
///
/// # Errors
/// When a name fits no comment or more than one, or a file cannot be written.
pub fn mark(threads: &mut [Thread], names: &[Name], status: Status) -> anyhow::Result<Vec<(String, bool)>> {
    let places = names.iter().map(|it| place(threads, it)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut said = Vec::new();
    let mut touched = vec![false; threads.len()];
    for (thread, comment) in places {
        let name = threads[thread].name_of(comment);
        let changed = threads[thread].comments[comment].mark(status);
        touched[thread] |= changed;
        said.push((name, changed));
    }
    for (thread, _) in threads.iter().zip(touched).filter(|it| it.1) {
        thread.save()?;
    }
    Ok(said)
}

/// Holds back what is published, looks suspicious and was never approved by hand. Gives the names of what it held.
///
/// # Errors
/// When a file cannot be written.
pub fn screen(threads: &mut [Thread], rules: &jumpline_article::commenting::Moderation) -> anyhow::Result<Vec<String>> {
    let mut held = Vec::new();
    for thread in threads {
        let before = held.len();
        for at in 0..thread.comments.len() {
            let kept = &thread.comments[at];
            let is_new = kept.comment.status.is_published() && !kept.approved && !kept.comment.by_author;
            if is_new && !suspicions(&kept.comment, rules).is_empty() {
                held.push(thread.name_of(at));
                thread.comments[at].mark(Status::Held);
            }
        }
        if held.len() > before {
            thread.save()?;
        }
    }
    Ok(held)
}

fn place(threads: &[Thread], name: &Name) -> anyhow::Result<(usize, usize)> {
    let fits = |it: &Thread| name.article.as_ref().is_none_or(|article| it.is_called(article));
    let found: Vec<(usize, usize)> = threads
        .iter()
        .enumerate()
        .filter(|(_, thread)| fits(thread))
        .flat_map(|(at, thread)| {
            let same = |(_, it): &(usize, &Kept)| it.comment.id.as_str() == name.id;
            thread.comments.iter().enumerate().filter(same).map(move |(comment, _)| (at, comment))
        })
        .collect();
    match (found.as_slice(), &name.article) {
        ([one], _) => Ok(*one),
        ([], Some(article)) if !threads.iter().any(fits) => {
            bail!("no article with comments is called `{article}`; `press comments list` names them all")
        }
        ([], _) => bail!("there is no comment `{}`; `press comments list` names them all", name.id),
        (more, _) => {
            let mut names: Vec<String> =
                more.iter().map(|(thread, comment)| threads[*thread].name_of(*comment)).collect();
            names.sort();
            names.dedup();
            if let [only] = names.as_slice() {
                let file = threads[more[0].0].file.display();
                bail!(
                    "{file}: more than one comment is called `{only}`, so nobody can name one of them; give each an id of its own there"
                )
            }
            bail!("`{}` may be any of {}; write one of these", name.id, names.join(", "))
        }
    }
}

/// The name of an article's file as [`Name`] writes it: below `articles/` or `pages/`, without extensions.
pub(crate) fn short(content: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(content).unwrap_or(file);
    let name = inside.to_string_lossy().replace('\\', "/");
    let name = name.strip_suffix(".comments.json").unwrap_or(&name);
    name.strip_prefix("articles/").unwrap_or(name).to_owned()
}
