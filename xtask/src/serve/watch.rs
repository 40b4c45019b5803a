//! Which files matter, and to which part of the build.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use anyhow::Context;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use xtask::steps;

/// What a change asks for. The greater one includes the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// Only articles, pages, media: `press` alone.
    Content,
    /// Anything that is compiled or bundled.
    Code,
}

/// An endless iterator of changes.
pub(crate) struct Watcher {
    content: PathBuf,
    events: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

/// How long nothing may change before a build begins: saving a file is several events, and a checkout is thousands.
const QUIET: Duration = Duration::from_millis(200);

/// Folders whose files are compiled or bundled.
const CODE: [&str; 5] = ["src", "crates", "style", "public", "messages"];
/// Files beside them. Their folder is watched, since editors replace a file rather than write into it.
const FILES: [&str; 4] = ["index.html", "Trunk.toml", "Cargo.toml", "Cargo.lock"];

impl Watcher {
    /// Watches the workspace and a publication.
    ///
    /// # Errors
    /// When a folder cannot be watched: it is missing, or the system's limit is reached.
    pub(crate) fn new(content: &Path) -> anyhow::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        let content = content.canonicalize().with_context(|| format!("cannot find {}", content.display()))?;
        let root = steps::root();
        let mut watch =
            |path: &Path, mode| watcher.watch(path, mode).with_context(|| format!("cannot watch {}", path.display()));
        watch(&root, RecursiveMode::NonRecursive)?;
        watch(&content, RecursiveMode::Recursive)?;
        for folder in CODE.map(|it| root.join(it)).iter().filter(|it| it.is_dir()) {
            watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Self { content, events, _watcher: watcher })
    }
}

impl Iterator for Watcher {
    type Item = Change;

    fn next(&mut self) -> Option<Change> {
        loop {
            // Whatever came during the last build is one change with what comes until it is quiet.
            let first = self.events.recv().ok()?;
            let more = std::iter::from_fn(|| self.events.recv_timeout(QUIET).ok());
            let changes = std::iter::once(first).chain(more).flatten().filter(is_change);
            let paths = changes.flat_map(|it| it.paths);
            if let Some(change) = paths.filter_map(|it| classify(&it, &steps::root(), &self.content)).max() {
                return Some(change);
            }
        }
    }
}

/// Reading is no change: a build opens every source, and would be followed by a build for ever.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_))
}

fn classify(path: &Path, root: &Path, content: &Path) -> Option<Change> {
    let name = path.file_name()?.to_str()?;
    if name.starts_with(['.', '#']) || name.ends_with('~') {
        return None;
    }
    if path.starts_with(content) {
        return Some(Change::Content);
    }
    let inside = path.strip_prefix(root).ok()?;
    let code = CODE.iter().any(|it| inside.starts_with(it)) || FILES.iter().any(|it| inside == Path::new(it));
    code.then_some(Change::Code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_is_no_change() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        std::fs::write(&file, "a").unwrap();
        let mut watcher = Watcher::new(folder.path()).unwrap();
        std::fs::read(&file).unwrap();
        let events: Vec<_> = std::iter::from_fn(|| watcher.events.recv_timeout(QUIET * 5).ok()).collect();
        assert!(!events.into_iter().flatten().any(|it| is_change(&it)));
        std::fs::write(&file, "b").unwrap();
        assert_eq!(watcher.next(), Some(Change::Content));
    }

    #[test]
    fn changes_are_told_apart() {
        let check = |path: &str| classify(Path::new(path), Path::new("/w"), Path::new("/w/content"));
        assert_eq!(check("/w/content/articles/a.md"), Some(Change::Content));
        assert_eq!(check("/w/content/articles/.a.md.swp"), None);
        assert_eq!(check("/w/style/tokens.css"), Some(Change::Code));
        assert_eq!(check("/w/index.html"), Some(Change::Code));
        assert_eq!(check("/w/dist"), None);
        assert_eq!(check("/w/target"), None);
    }
}
