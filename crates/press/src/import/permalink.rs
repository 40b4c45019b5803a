//! Every article keeps its own address; where two want the same, or the reader needs it, the later one steps aside.

use super::text;
use crate::site::checks::{LONGEST_STEP, is_file, is_own};
use jumpline_article::{Permalink, Slug};
use std::collections::{HashMap, HashSet};
use url::Url;

/// Characters that a file's name may have.
const LONGEST_NAME: usize = 80;

/// Paths and file names that are given away already.
#[derive(Debug, Default)]
pub(super) struct Taken {
    paths: Names,
    files: Names,
    ids: Names,
}

/// Names that are given away, and how far the numbers behind each have come.
#[derive(Debug, Default)]
struct Names {
    taken: HashSet<String>,
    numbers: HashMap<String, u32>,
}

impl Names {
    /// The first free one of `stem`, `stem-2`, `stem-3`, ….
    fn give(&mut self, stem: &str, is_foreign: impl Fn(&str) -> bool) -> String {
        let mut name = stem.to_owned();
        let number = self.numbers.entry(stem.to_lowercase()).or_insert(1);
        while self.taken.contains(&name.to_lowercase()) || is_foreign(&name) {
            *number += 1;
            name = format!("{stem}-{number}");
        }
        self.taken.insert(name.to_lowercase());
        name
    }
}

/// A permalink, and whether it is not the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) it: Permalink,
    pub(super) moved: bool,
}

impl Taken {
    /// Gives out a permalink: the one asked for, or the first free one of `-2`, `-3`, ….
    pub(super) fn permalink(&mut self, wanted: &Permalink) -> Given {
        let asked = wanted.as_str().trim_matches('/');
        let steps: Vec<String> = asked.split('/').enumerate().map(|(at, it)| usable(it, at == 0)).collect();
        let path = self.paths.give(&steps.join("/"), |_| false);
        match Permalink::new(&path) {
            Ok(it) => Given { moved: path != asked, it },
            Err(_) => Given { moved: false, it: wanted.clone() },
        }
    }

    /// Gives out a path that an article had before; `false` when another has it, or the reader needs it itself.
    pub(super) fn alias(&mut self, path: &Permalink) -> bool {
        let asked = path.as_str().trim_matches('/');
        let is_usable = asked.split('/').enumerate().all(|(at, it)| usable(it, at == 0) == it);
        is_usable && self.paths.taken.insert(asked.to_lowercase())
    }

    /// Gives out the name of a file without its extension, in a folder.
    pub(super) fn file(&mut self, folder: &str, slug: &Slug, is_foreign: impl Fn(&str) -> bool) -> String {
        let mut name: String = slug.as_str().chars().take(LONGEST_NAME).collect();
        while name.len() > 200 {
            name.pop();
        }
        let stem = format!("{folder}/{}", name.trim_matches('-').trim_start_matches('.'));
        let stem = if stem.ends_with('/') { format!("{stem}untitled") } else { stem };
        self.files.give(&stem, is_foreign)
    }

    /// Gives out an id.
    pub(super) fn id(&mut self, id: &str) -> String {
        self.ids.give(id, |_| false)
    }

    /// Keeps a file's name for whom an earlier import gave it to.
    pub(super) fn claim(&mut self, stem: &str) {
        self.files.taken.insert(stem.to_lowercase());
    }
}

/// A step of a path that `press build` does not refuse.
fn usable(step: &str, is_first: bool) -> String {
    if is_file(step) {
        return step.replace('.', "-");
    }
    if is_first && is_own(step) {
        return format!("{step}-2");
    }
    let room = LONGEST_STEP - "-99999".len();
    let end = (0..=room.min(step.len())).rev().find(|it| step.is_char_boundary(*it)).unwrap_or(0);
    step[..end].to_owned()
}

/// The path of an article's address below the site's own; `None` for `?p=123`, which names no path.
pub(super) fn path(link: &str, site: Option<&Url>) -> Option<Permalink> {
    let url = match site {
        Some(site) => site.join(link.trim()).ok()?,
        None => Url::parse(link.trim()).ok()?,
    };
    let base = site.map_or("/", |it| it.path()).trim_end_matches('/');
    let path = url.path().strip_prefix(base).filter(|it| it.starts_with('/')).unwrap_or(url.path());
    let steps: Vec<String> = path.split('/').filter(|it| !it.is_empty()).map(step).collect();
    Permalink::new(&steps.join("/")).ok()
}

/// A step of an old path as it stands in a permalink.
pub(super) fn step(text: &str) -> String {
    let step = text::percent_decode(text);
    let fits = Permalink::new(&step).is_ok() && !step.contains('/');
    if fits { step } else { Slug::from_name(&step).to_string() }
}

/// The slug of an article: the old site's own, or one made of its title, or of its id, such as `wordpress-7`.
pub(super) fn slug(name: &str, title: &str, id: &str) -> Slug {
    let usable = |it: &Slug| it.as_str() != "-";
    let decoded = text::percent_decode(name);
    let candidates = [decoded.trim_end_matches("__trashed"), title];
    let mut slugs = candidates.into_iter().filter(|it| !it.is_empty()).map(Slug::from_name);
    slugs.find(usable).unwrap_or_else(|| Slug::from_name(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_one_steps_aside() {
        let mut taken = Taken::default();
        let wanted = Permalink::new("/2025/02/a/").expect("is one");
        let mut give = |it: &Permalink| taken.permalink(it).it.to_string();
        assert_eq!(give(&wanted), "/2025/02/a/");
        assert_eq!(give(&wanted), "/2025/02/a-2/");
        assert_eq!(give(&wanted), "/2025/02/a-3/");
        assert_eq!(give(&Permalink::new("subscribe").expect("is one")), "/subscribe-2/");
        assert_eq!(give(&Permalink::new("Offline.json").expect("is one")), "/Offline-json/");
        assert_eq!(give(&Permalink::new("Library").expect("is one")), "/Library-2/");
        assert_eq!(give(&Permalink::new("2025/feed.xml").expect("is one")), "/2025/feed-xml/");
        assert_eq!(give(&Permalink::new(&"字".repeat(200)).expect("is one")).len(), 194);
        assert_eq!(give(&Permalink::new("archive/old").expect("is one")), "/archive-2/old/");
    }

    #[test]
    fn names_of_files_are_unique_and_short() {
        let mut taken = Taken::default();
        let slug = Slug::from_name(&"字".repeat(300));
        let first = taken.file("articles/2025", &slug, |_| false);
        assert!(first.len() < 220, "{first}");
        assert!(taken.file("articles/2025", &slug, |_| false).ends_with("-2"));
        assert_eq!(taken.file("pages", &Slug::from_name("..//.."), |_| false), "pages/untitled");
        assert_eq!(taken.file("pages", &Slug::from_name("about"), |it| it == "pages/about"), "pages/about-2");
    }

    #[test]
    fn addresses_have_paths() {
        let site = Url::parse("https://paper.example/blog/").ok();
        let path = |link: &str| path(link, site.as_ref()).map(|it| it.to_string());
        assert_eq!(path("https://paper.example/blog/2025/02/a/"), Some("/2025/02/a/".to_owned()));
        assert_eq!(path("https://paper.example/2025/a.html"), Some("/2025/a.html/".to_owned()));
        assert_eq!(path("https://paper.example/blog/%D8%A3%d8%ae/"), Some("/أخ/".to_owned()));
        assert_eq!(path("https://paper.example/blog/a%2Fb%3Cc/"), Some("/a-b-c/".to_owned()));
        assert_eq!(path("https://paper.example/blog/?p=12"), None);
        assert_eq!(path("nonsense://"), None);
    }

    #[test]
    fn a_slug_is_found_somewhere() {
        let slug = |name, title| slug(name, title, "wordpress-7").to_string();
        assert_eq!(slug("%e6%89%8b%e7%b4%99", ""), "手紙");
        assert_eq!(slug("", "What’s new?"), "whats-new");
        assert_eq!(slug("", "!!!"), "wordpress-7");
    }
}
