//! Which style sheets a page carries: what every page needs, the parts for what it has, and all the rest in a file that no paint waits for.

use super::css;
use anyhow::{Context as _, bail};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The sheets of a shell, bundled and shortened.
#[derive(Debug, Default)]
pub(super) struct Style {
    every: String,
    /// `article.css`, then those of `where/`.
    parts: Vec<Part>,
    late: Option<Late>,
    /// The same without what every article carries.
    late_of_article: Option<Late>,
}

/// A sheet for what not every page has.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    css: String,
    /// A page that has one of these classes or elements (`<pre`) needs it: named in its first line, or classes that no other sheet knows.
    signs: HashSet<String>,
}

/// A file of what a page does not carry: the parts first, and then what no page carries. So the cascade has one order, whatever a page carries.
#[derive(Debug)]
pub(super) struct Late {
    /// Where it is written.
    pub(super) path: String,
    /// Its text.
    pub(super) css: String,
}

impl Style {
    /// Reads `style/`. A shell without sheets has none.
    ///
    /// # Errors
    /// When a sheet is no CSS, or a part names nothing by which a page could be known to need it.
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let folder = root.join("style");
        let sheet = |name: &str| {
            let path = folder.join(name);
            if path.is_file() { css::bundle(&path) } else { Ok(String::new()) }
        };
        let every = sheet("main.css")?;
        let article = Some(folder.join("article.css")).filter(|it| it.is_file());
        let of_article = usize::from(article.is_some());
        let parts = article.into_iter().chain(sheets(&folder.join("where"))?);
        let mut parts = parts.map(Part::read).collect::<anyhow::Result<Vec<_>>>()?;
        for at in 0..parts.len() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
            let known: HashSet<_> = others.flat_map(|(_, it)| classes(&it.css)).chain(classes(&every)).collect();
            let own: Vec<_> = classes(&parts[at].css).filter(|it| !known.contains(it)).collect();
            parts[at].signs.extend(own);
        }
        if let Some(lost) = parts.iter().find(|it| it.signs.is_empty()) {
            bail!(
                "{}: line 1: has no class of its own, so no page would carry it; name one, or an element (such as `/* Where .tier or <pre> is. */`)",
                lost.path.display()
            );
        }
        let last = sheet("late.css")?;
        let late = |parts: &[Part]| Late::of(parts.iter().map(|it| it.css.as_str()).chain([last.as_str()]).collect());
        let (late, late_of_article) = (late(&parts), late(&parts[of_article..]));
        Ok(Self { every, parts, late, late_of_article })
    }

    /// What a page with this HTML carries, and the file of the rest.
    pub(super) fn of(&self, html: &str) -> (String, Option<&Late>) {
        let classes = html.split(" class=\"").skip(1).filter_map(|it| it.split('"').next());
        let has: HashSet<&str> = classes.flat_map(str::split_ascii_whitespace).chain(elements(html)).collect();
        let is_carried = |it: &&Part| it.signs.iter().any(|it| has.contains(it.as_str()));
        let carried = self.parts.iter().filter(is_carried);
        let css = std::iter::once(self.every.as_str()).chain(carried.map(|it| it.css.as_str())).collect();
        let is_article = self.parts.first().is_some_and(|it| is_carried(&it));
        (css, if is_article { self.late_of_article.as_ref() } else { self.late.as_ref() })
    }

    /// The files of what pages do not carry.
    pub(super) fn files(&self) -> impl Iterator<Item = &Late> {
        let other =
            self.late_of_article.as_ref().filter(|it| self.late.as_ref().is_none_or(|late| late.path != it.path));
        self.late.iter().chain(other)
    }

    /// All that pages carry or load.
    pub(super) fn all(&self) -> String {
        std::iter::once(self.every.as_str()).chain(self.late.iter().map(|it| it.css.as_str())).collect()
    }
}

impl Late {
    fn of(css: String) -> Option<Self> {
        let hash = blake3::hash(css.as_bytes()).to_hex();
        (!css.is_empty()).then(|| Self { path: format!("assets/late-{}.css", &hash[..12]), css })
    }
}

impl Part {
    fn read(path: PathBuf) -> anyhow::Result<Self> {
        let source = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let first = source.lines().next().unwrap_or_default();
        let signs = classes(first).chain(elements(first).map(ToOwned::to_owned)).collect();
        Ok(Self { css: css::bundle(&path)?, signs, path })
    }
}

/// The sheets of a folder, by name.
fn sheets(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it == "css"));
    paths.sort();
    Ok(paths)
}

/// The elements that begin in a text, each with its bracket.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('<').filter_map(move |(at, _)| {
        let name = text[at + 1..].split(|it: char| !it.is_ascii_alphanumeric()).next()?;
        (!name.is_empty()).then(|| &text[at..=at + name.len()])
    })
}

/// The classes that selectors name.
fn classes(css: &str) -> impl Iterator<Item = String> {
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    let ends_open = |it: &str| !it.ends_with(|it: char| it == '\\' || it.is_ascii_digit());
    let dots = css.match_indices('.').filter(move |(at, _)| ends_open(&css[..*at]));
    dots.filter_map(move |(at, _)| {
        let name = css[at + 1..].split(|it| !is_name(it)).next()?;
        name.starts_with(|it: char| it.is_ascii_alphabetic()).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(main: &str, parts: &[(&str, &str)]) -> anyhow::Result<Style> {
        let folder = tempfile::tempdir()?;
        let style = folder.path().join("style");
        fs::create_dir_all(style.join("where"))?;
        fs::write(style.join("main.css"), main)?;
        fs::write(style.join("late.css"), ".panel { inset: 0 }")?;
        for (name, css) in parts {
            fs::write(style.join("where").join(name), css)?;
        }
        Style::read(folder.path())
    }

    #[test]
    fn a_page_carries_the_parts_for_what_it_has() -> anyhow::Result<()> {
        let tiers =
            "/* What can be paid for. */\n.tier b, .card .tier { margin: .5rem }\n[src$=\"a.svg\"] { inset: 1px }";
        let style = style(
            ".card { margin: 0 }",
            &[("tiers.css", tiers), ("leads.css", "/* Where .card, .leads or <h4> is. */\n.card { inset: 2px }")],
        )?;
        let every = ".card{margin:0}";
        let [tiers, leads] = [".tier b,.card .tier{margin:.5rem}[src$=a\\.svg]{inset:1px}", ".card{inset:2px}"];
        for (html, expected) in [
            ("<p>no card, and no tier</p>", every.to_owned()),
            ("<p class=\"rem svg\">", every.to_owned()),
            ("<p id=\"x\" class=\"big tier\">", [every, tiers].concat()),
            ("<p class=\"card\">", [every, leads].concat()),
            ("<p><h4 id=\"x\">", [every, leads].concat()),
            ("<p>&lt;h4><h40>", every.to_owned()),
            ("<p class=\"leads\"><p class=\"tier\">", [every, leads, tiers].concat()),
        ] {
            assert_eq!(style.of(html).0, expected, "{html}");
        }
        let late: Vec<_> = style.files().map(|it| it.css.clone()).collect();
        assert_eq!(late, [[leads, tiers, ".panel{inset:0}"].concat()]);
        Ok(())
    }

    #[test]
    fn what_every_article_carries_comes_once() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, css: &str| fs::write(folder.path().join("style").join(name), css);
        fs::create_dir_all(folder.path().join("style/where"))?;
        write("main.css", "")?;
        write("late.css", ".panel { inset: 0 }")?;
        write("article.css", "/* Where .article is. */ .article { inset: 1px }")?;
        write("where/a.css", ".a { inset: 2px }")?;
        let style = Style::read(folder.path())?;
        let [article, a, panel] = [".article{inset:1px}", ".a{inset:2px}", ".panel{inset:0}"];
        for (html, carried, rest) in [
            ("<p class=\"a\">", a.to_owned(), [article, a, panel].concat()),
            ("<p class=\"a article\">", [article, a].concat(), [a, panel].concat()),
        ] {
            let (css, late) = style.of(html);
            assert_eq!((css, late.map(|it| it.css.as_str())), (carried, Some(rest.as_str())), "{html}");
        }
        assert_eq!(style.files().count(), 2);
        Ok(())
    }

    #[test]
    fn every_class_of_the_readers_parts_is_a_sign_of_one() -> anyhow::Result<()> {
        let style = Style::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))?;
        assert!(style.parts.len() > 10, "{style:?}");
        let signs: HashSet<_> =
            style.parts.iter().flat_map(|it| it.signs.clone()).chain(classes(&style.every)).collect();
        let lost: Vec<_> =
            style.parts.iter().flat_map(|it| classes(&it.css)).filter(|it| !signs.contains(it)).collect();
        assert_eq!(lost, Vec::<String>::new(), "no page would carry a sheet for them");
        Ok(())
    }

    #[test]
    fn a_part_that_no_page_would_carry_is_a_mistake() {
        let error =
            style(".card { margin: 0 }", &[("x.css", "/* Lost. */\n.card p { inset: 0 }")]).expect_err("is lost");
        assert!(format!("{error:#}").contains("x.css: line 1: has no class of its own"), "{error:#}");
    }
}
