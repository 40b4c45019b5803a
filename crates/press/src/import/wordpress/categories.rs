//! WordPress' nested categories, of which one article may have many; here an article has one section.

use super::text;
use jumpline_article::Slug;
use std::collections::{BTreeSet, HashMap};

/// How many categories may stand above each other.
const HIGHEST: usize = 64;

/// A category of the export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) id: String,
    /// WordPress' slug, decoded.
    pub(super) slug: String,
    /// The parent's slug; empty at the top.
    pub(super) parent: String,
    pub(super) name: String,
    pub(super) description: String,
    /// Whether the export lists it, and does not only file articles under it: WordPress lists categories in exports of All
    /// content alone.
    pub(super) is_listed: bool,
}

/// What an article's categories become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The section, as an index into the categories.
    pub(super) section: Option<usize>,
    /// Names that become tags.
    pub(super) tags: Vec<String>,
}

/// All categories, in the order of the export.
#[derive(Clone, Debug, Default)]
pub(super) struct Categories {
    list: Vec<Category>,
    by_slug: HashMap<String, usize>,
}

impl Categories {
    /// Adds one; the first of a slug counts.
    pub(super) fn add(&mut self, category: Category) {
        if !self.by_slug.contains_key(&category.slug) {
            self.by_slug.insert(category.slug.clone(), self.list.len());
            self.list.push(category);
        }
    }

    /// Adds one that is known by an article alone, so that nobody can tell what stands above it.
    pub(super) fn add_unlisted(&mut self, slug: &str, name: &str) {
        if !slug.is_empty() {
            let (slug, name) = (slug.to_owned(), text::plain(name));
            self.add(Category { name: if name.is_empty() { slug.clone() } else { name }, slug, ..Category::default() });
        }
    }

    /// Whether the export lists a category with all that stands above it, or nobody asks for it.
    pub(super) fn lists(&self, slug: &str) -> bool {
        let Some(start) = self.find(slug) else { return false };
        let up = std::iter::successors(Some(start), |it| self.parent(*it)).take(HIGHEST);
        let mut up = up.filter_map(|it| self.get(it));
        is_uncategorized(&self.list[start])
            || up.all(|it| it.is_listed && (it.parent.is_empty() || self.by_slug.contains_key(&it.parent)))
    }

    /// Whether an export that was filtered by one category may hide what a section stood for: WordPress then does not even
    /// tell what stands above that one.
    pub(super) fn may_hide(&self, section: &str) -> bool {
        let mut listed = (0..self.list.len()).filter(|it| self.list[*it].is_listed);
        match (listed.next(), listed.next()) {
            (Some(one), None) => self.section_slug(one).as_str() != section,
            _ => false,
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Category> {
        self.list.get(index)
    }

    pub(super) fn find(&self, slug: &str) -> Option<usize> {
        self.by_slug.get(slug).copied()
    }

    /// The slug of a section.
    pub(super) fn section_slug(&self, index: usize) -> Slug {
        Slug::from_name(self.list.get(index).map_or("", |it| &it.slug))
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.list.get(at).and_then(|it| self.find(&it.parent))
    }

    /// The category at the top above this one. In a loop there is no top: the one asked for is.
    pub(super) fn root(&self, start: usize) -> usize {
        let mut at = start;
        for _ in 0..HIGHEST {
            match self.parent(at) {
                Some(parent) => at = parent,
                None => return at,
            }
        }
        start
    }

    /// Categories that are their own ancestors, by name.
    pub(super) fn loops(&self) -> Vec<&str> {
        let loops = |start: usize| {
            let up = std::iter::successors(self.parent(start), |it| self.parent(*it));
            up.take(HIGHEST).any(|it| it == start)
        };
        self.list.iter().enumerate().filter(|it| loops(it.0)).map(|it| it.1.name.as_str()).collect()
    }

    /// The section of an article with these categories (slugs in the order of the export), and what becomes of the others.
    /// `primary` is the id that an SEO plugin calls the main one.
    pub(super) fn choose(&self, slugs: &[&str], primary: Option<&str>) -> Choice {
        let mut known: Vec<usize> = slugs.iter().filter_map(|it| self.find(it)).collect();
        known.dedup();
        known.retain(|it| self.list.get(*it).is_some_and(|it| !is_uncategorized(it)));
        let chosen = known.iter().find(|at| primary.is_some_and(|id| self.list[**at].id == id));
        let top = || known.iter().find(|at| self.root(**at) == **at);
        let section = chosen.or_else(top).or(known.first()).map(|at| self.root(*at));
        let others = known.iter().filter(|at| Some(**at) != section);
        Choice { section, tags: others.map(|at| self.list[*at].name.clone()).collect() }
    }

    /// The sections among these, in the order of the export.
    pub(super) fn in_order(&self, wanted: &BTreeSet<usize>) -> Vec<&Category> {
        wanted.iter().filter_map(|it| self.list.get(*it)).collect()
    }
}

/// WordPress puts every post without a category into this one.
fn is_uncategorized(category: &Category) -> bool {
    let may_be = category.id == "1" || !category.is_listed;
    category.slug == "uncategorized" || may_be && text::plain(&category.name) == "Uncategorized"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories(list: &[(&str, &str)]) -> Categories {
        let mut categories = Categories::default();
        for (slug, parent) in list {
            let (id, name) = (format!("#{slug}"), slug.to_uppercase());
            let (slug, parent) = ((*slug).to_owned(), (*parent).to_owned());
            categories.add(Category { id, slug, parent, name, description: String::new(), is_listed: true });
        }
        categories
    }

    fn choice(categories: &Categories, slugs: &[&str], primary: Option<&str>) -> (String, String) {
        let choice = categories.choose(slugs, primary);
        (choice.section.map(|it| categories.list[it].slug.clone()).unwrap_or_default(), choice.tags.join(","))
    }

    #[test]
    fn the_top_is_the_section_and_the_others_are_tags() {
        let it =
            categories(&[("city", ""), ("harbour", "city"), ("opinion", ""), ("uncategorized", ""), ("lost", "gone")]);
        for (slugs, primary, section, tags) in [
            (&["city", "harbour"][..], None, "city", "HARBOUR"),
            (&["harbour"], None, "city", "HARBOUR"),
            (&["harbour", "opinion"], None, "opinion", "HARBOUR"),
            (&["harbour", "opinion"], Some("#harbour"), "city", "HARBOUR,OPINION"),
            (&["uncategorized"], None, "", ""),
            (&["lost", "unknown"], None, "lost", ""),
            (&[], None, "", ""),
        ] {
            assert_eq!(choice(&it, slugs, primary), (section.to_owned(), tags.to_owned()), "{slugs:?}");
        }
    }

    #[test]
    fn what_only_an_article_names_is_one_too() {
        let mut it = categories(&[("city", "")]);
        for (slug, name) in [("city", "Town"), ("wires &", "Wires &amp;"), ("ohne", "Uncategorized"), ("", "x")] {
            it.add_unlisted(slug, name);
        }
        assert_eq!(choice(&it, &["wires &", "city"], None), ("wires &".to_owned(), "CITY".to_owned()));
        assert_eq!(choice(&it, &["city", "wires &"], None), ("city".to_owned(), "Wires &".to_owned()));
        assert_eq!(choice(&it, &["ohne"], None), Default::default());
        assert!(it.may_hide("harbour") && !it.may_hide("city"));
        assert!(!categories(&[("a", ""), ("b", "")]).may_hide("c"));
        assert!(!categories(&[("a", "gone")]).lists("a"));
        assert!(it.lists("city") && it.lists("ohne") && !it.lists("wires &") && !it.lists("none"));
    }

    #[test]
    fn a_loop_has_an_end() {
        let it = categories(&[("a", "b"), ("b", "c"), ("c", "a"), ("self", "self"), ("leaf", "a")]);
        assert_eq!(choice(&it, &["b"], None), ("b".to_owned(), String::new()));
        assert_eq!(choice(&it, &["self"], None), ("self".to_owned(), String::new()));
        assert_eq!(choice(&it, &["leaf"], None), ("leaf".to_owned(), String::new()));
        assert_eq!(it.loops(), ["A", "B", "C", "SELF"]);
    }
}
