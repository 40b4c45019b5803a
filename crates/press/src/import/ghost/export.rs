//! An export's tables, joined: who wrote a post, what it is filed under, who may read it, and what the site is.

use super::format::{Post, PostMeta, Product, Tables, Tag, User};
use super::tiers;
use super::word::Word;
use crate::import::text;
use jiff::tz::TimeZone;
use jumpline_article::{Permalink, Slug};
use serde::Deserialize;
use std::collections::HashMap;
use url::Url;

/// Stands for the site's address where nobody has named it; no such host exists (RFC 2606).
pub(super) const NOWHERE: &str = "https://ghost.invalid/";

/// What the export says, and what becomes of it.
#[derive(Debug)]
pub(super) struct Export {
    pub(super) posts: Vec<Post>,
    /// The site's address, with a slash at the end; that of nowhere when nobody has named it.
    pub(super) url: Url,
    pub(super) products: Vec<Product>,
    pub(super) menu: Vec<Entry>,
    /// Slugs of the tags that are sections, in the order of the masthead.
    pub(super) sections: Vec<String>,
    /// Permalinks by the old path, without slashes at the ends.
    pub(super) by_path: HashMap<String, Permalink>,
    /// What its publisher's clock goes by.
    pub(super) zone: TimeZone,
    tags: HashMap<Word, Tag>,
    tag_slugs: HashMap<String, Word>,
    users: HashMap<Word, User>,
    metas: HashMap<Word, PostMeta>,
    settings: HashMap<String, Word>,
    authors_of: Joins,
    tags_of: Joins,
    products_of: Joins,
    benefits: HashMap<Word, Word>,
    benefits_of: Joins,
}

/// An entry of the site's navigation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    pub(super) label: Word,
    pub(super) url: Word,
}

/// What a row is joined to, in its order.
type Joins = HashMap<Word, Vec<Word>>;

fn joins(rows: impl Iterator<Item = (Word, Word, Word)>) -> Joins {
    let mut unsorted: HashMap<Word, Vec<(u64, Word)>> = HashMap::new();
    for (from, to, order) in rows {
        unsorted.entry(from).or_default().push((order.as_str().parse().unwrap_or(0), to));
    }
    let sorted = |mut list: Vec<(u64, Word)>| {
        list.sort_by_key(|it| it.0);
        list.into_iter().map(|it| it.1).collect()
    };
    unsorted.into_iter().map(|(from, list)| (from, sorted(list))).collect()
}

fn by_id<T>(rows: Option<Vec<T>>, id: impl Fn(&T) -> Word) -> HashMap<Word, T> {
    rows.unwrap_or_default().into_iter().map(|it| (id(&it), it)).collect()
}

impl Export {
    /// Joins the tables. `url` is the address that the site had.
    pub(super) fn new(tables: Tables, url: Url) -> Self {
        let settings = tables.settings.unwrap_or_default();
        let settings: HashMap<_, _> = settings.into_iter().map(|mut it| (it.key.take(), it.value)).collect();
        let entries = |key: &str| -> Vec<Entry> {
            let text = settings.get(key).map_or("", Word::as_str);
            serde_json::from_str(text).unwrap_or_default()
        };
        let menu = [entries("navigation"), entries("secondary_navigation")].concat();
        let tags = by_id(tables.tags, |it| it.id.clone());
        Self {
            posts: tables.posts.unwrap_or_default(),
            url,
            products: tiers::priced(tables.products.unwrap_or_default(), &tables.stripe_prices.unwrap_or_default()),
            menu,
            sections: Vec::new(),
            by_path: HashMap::new(),
            zone: TimeZone::UTC,
            tag_slugs: tags.iter().map(|(id, it)| (it.slug.as_str().to_owned(), id.clone())).collect(),
            tags,
            users: by_id(tables.users, |it| it.id.clone()),
            metas: by_id(tables.posts_meta, |it| it.post_id.clone()),
            settings,
            authors_of: joins(
                tables
                    .posts_authors
                    .unwrap_or_default()
                    .into_iter()
                    .map(|it| (it.post_id, it.author_id, it.sort_order)),
            ),
            tags_of: joins(
                tables.posts_tags.unwrap_or_default().into_iter().map(|it| (it.post_id, it.tag_id, it.sort_order)),
            ),
            products_of: joins(
                tables
                    .posts_products
                    .unwrap_or_default()
                    .into_iter()
                    .map(|it| (it.post_id, it.product_id, it.sort_order)),
            ),
            benefits: tables.benefits.unwrap_or_default().into_iter().map(|it| (it.id, it.name)).collect(),
            benefits_of: joins(
                tables
                    .products_benefits
                    .unwrap_or_default()
                    .into_iter()
                    .map(|it| (it.product_id, it.benefit_id, it.sort_order)),
            ),
        }
    }

    /// Whether nobody has named the site's address.
    pub(super) fn is_nowhere(&self) -> bool {
        self.url.as_str() == NOWHERE
    }

    /// A setting of the site, as plain text; empty when there is none.
    pub(super) fn setting(&self, key: &str) -> String {
        text::plain(self.settings.get(key).map_or("", Word::as_str))
    }

    /// What the export keeps of a post in a table of its own.
    pub(super) fn meta(&self, post: &Word) -> Option<&PostMeta> {
        self.metas.get(post)
    }

    /// Who wrote a post, the primary author first; what the export does not describe is missing, and counted.
    pub(super) fn authors(&self, post: &Post) -> (Vec<&User>, usize) {
        let one = [post.author_id.clone()];
        let ids: &[Word] = match self.authors_of.get(&post.id) {
            Some(ids) => ids,
            None if one[0].get().is_some() => &one,
            None => &[],
        };
        let found: Vec<&User> = ids.iter().filter_map(|it| self.users.get(it)).collect();
        let missing = ids.len() - found.len();
        (found, missing)
    }

    /// What a post is filed under, the primary tag first; what the export does not describe is missing, and counted.
    pub(super) fn tags(&self, post: &Word) -> (Vec<&Tag>, usize) {
        let ids = self.tags_of.get(post).map(Vec::as_slice).unwrap_or_default();
        let found: Vec<&Tag> = ids.iter().filter_map(|it| self.tags.get(it)).collect();
        let missing = ids.len() - found.len();
        (found, missing)
    }

    /// A tag by its slug.
    pub(super) fn tag(&self, slug: &str) -> Option<&Tag> {
        self.tags.get(self.tag_slugs.get(slug)?)
    }

    /// Every author.
    pub(super) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    /// The paid tiers whose members may read a post.
    pub(super) fn tiers_of(&self, post: &Word) -> Vec<Slug> {
        let ids = self.products_of.get(post).map(Vec::as_slice).unwrap_or_default();
        let product = |id: &Word| self.products.iter().find(|it| it.id == *id).filter(|it| !it.is_free());
        ids.iter().filter_map(product).map(Product::tier).collect()
    }

    /// The paid tier of this slug.
    pub(super) fn tier(&self, slug: &str) -> Option<Slug> {
        self.products.iter().find(|it| it.slug.as_str() == slug && !it.is_free()).map(Product::tier)
    }

    /// What a tier brings, a line each.
    pub(super) fn benefits(&self, product: &Word) -> Vec<String> {
        let ids = self.benefits_of.get(product).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|it| self.benefits.get(it)).map(|it| text::plain(it.as_str())).collect()
    }
}

impl Tag {
    /// Whether only the editors see it.
    pub(super) fn is_internal(&self) -> bool {
        self.visibility.as_str() == "internal" || self.name.as_str().starts_with('#')
    }
}

impl Product {
    pub(super) fn is_free(&self) -> bool {
        self.r#type.as_str() == "free"
    }

    /// The name that articles and passes call it.
    pub(super) fn tier(&self) -> Slug {
        Slug::from_name(self.slug.get().unwrap_or(self.name.as_str()))
    }
}
