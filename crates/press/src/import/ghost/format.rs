//! Ghost's export format, table by table: what Settings › Export writes, in versions 1 to 6, with or without `db` around it.

use super::word::{Document, Word};
use crate::import::source::{Broken, Source};
use serde::Deserialize;
use std::io::{self, Read};

/// Characters of what the parser says; it may quote half the file.
const LONGEST_MESSAGE: usize = 160;

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say it")]
pub(super) enum GhostError {
    #[error(
        "line 1: this is a WordPress export, not one of Ghost; import it with `press import wordpress {file} --into {into}`"
    )]
    WordPress { file: String, into: String },
    #[error(
        "line {line}: not a Ghost export: {found}; expected the .json file that Settings › Advanced › Import/Export › Export content in Ghost writes"
    )]
    NotGhost { line: usize, found: String },
    #[error(
        "line {line}, column {column}: the file ends in the middle; it was cut off. Export again; nothing was written"
    )]
    Truncated { line: usize, column: usize },
    #[error("line {line}, column {column}: no JSON that Ghost writes: {message}; export again")]
    Syntax { line: usize, column: usize, message: String },
    #[error(transparent)]
    Io(#[from] io::Error),
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    db: Option<Vec<Part>>,
    #[serde(default)]
    meta: Option<Meta>,
    #[serde(default)]
    data: Option<Tables>,
}

#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    meta: Option<Meta>,
    #[serde(default)]
    data: Option<Tables>,
}

/// When the export was made, and by what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Meta {
    pub(super) exported_on: Word,
    pub(super) version: Word,
}

/// The tables that an import reads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Tables {
    pub(super) posts: Option<Vec<Post>>,
    pub(super) posts_meta: Option<Vec<PostMeta>>,
    pub(super) posts_authors: Option<Vec<PostAuthor>>,
    pub(super) posts_tags: Option<Vec<PostTag>>,
    pub(super) posts_products: Option<Vec<PostProduct>>,
    pub(super) tags: Option<Vec<Tag>>,
    pub(super) users: Option<Vec<User>>,
    pub(super) products: Option<Vec<Product>>,
    pub(super) stripe_prices: Option<Vec<StripePrice>>,
    pub(super) benefits: Option<Vec<Benefit>>,
    pub(super) products_benefits: Option<Vec<ProductBenefit>>,
    pub(super) settings: Option<Vec<Setting>>,
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(default)]
        pub(super) struct $name { $($(#[$attribute])* pub(super) $field: $kind),* }
    };
}

row! {
    /// A post or a page.
    Post {
        id: Word, uuid: Word, title: Word, slug: Word, html: Word, lexical: Document, mobiledoc: Document, markdown: Document,
        #[serde(alias = "image")]
        feature_image: Word,
        featured: Word, page: Word, r#type: Word, status: Word,
        // Before visibilities there were only open posts.
        #[serde(default = "Word::open")]
        visibility: Word, created_at: Word, updated_at: Word,
        published_at: Word, custom_excerpt: Word, codeinjection_head: Word, codeinjection_foot: Word, canonical_url: Word,
        author_id: Word, meta_description: Word,
    }
}
row! { PostMeta { post_id: Word, meta_description: Word, feature_image_alt: Word, feature_image_caption: Word, email_only: Word } }
row! { PostAuthor { post_id: Word, author_id: Word, sort_order: Word } }
row! { PostTag { post_id: Word, tag_id: Word, sort_order: Word } }
row! { PostProduct { post_id: Word, product_id: Word, sort_order: Word } }
row! { Tag { id: Word, name: Word, slug: Word, description: Word, visibility: Word } }
row! { User { id: Word, name: Word, slug: Word, bio: Word } }
row! {
    /// A tier.
    Product {
        id: Word, name: Word, slug: Word, active: Word, r#type: Word, currency: Word, monthly_price: Word, yearly_price: Word,
        monthly_price_id: Word, yearly_price_id: Word,
    }
}
row! {
    /// Where a tier of Ghost 4 has its price.
    StripePrice { id: Word, currency: Word, amount: Word }
}
row! { Benefit { id: Word, name: Word } }
row! { ProductBenefit { product_id: Word, benefit_id: Word, sort_order: Word } }
row! { Setting { key: Word, value: Word } }

/// An export as it was read.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) meta: Meta,
    pub(super) tables: Tables,
    pub(super) broken: Broken,
    /// Exports in the file besides the first.
    pub(super) others: usize,
}

/// Reads all of an export.
///
/// # Errors
/// When it is none, or not whole.
pub(super) fn read(bytes: impl Read, file: &str, into: &str) -> Result<Contents, GhostError> {
    let mut source = Source::new(bytes)?;
    let mut text = String::new();
    source.read_to_string(&mut text)?;
    let broken = source.broken().clone();
    foreign(&text, file, into)?;
    let read: File = serde_json::from_str(&text).map_err(|it| explain(&it))?;
    drop(text);
    let mut parts = read.db.unwrap_or_default();
    parts.extend(read.data.map(|data| Part { meta: read.meta, data: Some(data) }));
    let others = parts.len().saturating_sub(1);
    let first = parts.into_iter().next().ok_or_else(|| not("it has neither `db` nor `data`"))?;
    let tables = first.data.ok_or_else(|| not("its `db` has no `data`"))?;
    if tables.posts.is_none() {
        return Err(not("its `data` has no `posts`"));
    }
    Ok(Contents { meta: first.meta.unwrap_or_default(), tables, broken, others })
}

fn not(found: &str) -> GhostError {
    GhostError::NotGhost { line: 1, found: found.to_owned() }
}

/// Says what a file is that does not even begin like an export.
fn foreign(text: &str, file: &str, into: &str) -> Result<(), GhostError> {
    let start: String = text.trim_start().chars().take(4096).collect();
    let line = text.chars().take_while(|it| it.is_whitespace()).filter(|it| *it == '\n').count() + 1;
    let found = match start.chars().next() {
        Some('{') => return Ok(()),
        Some('<') if ["<rss", "wordpress", "wp:"].iter().any(|it| start.contains(it)) => {
            return Err(GhostError::WordPress { file: file.to_owned(), into: into.to_owned() });
        }
        Some('<') => "it begins with `<`".to_owned(),
        Some(it) => format!("it begins with `{it}`"),
        None => "it is empty".to_owned(),
    };
    Err(GhostError::NotGhost { line, found })
}

fn explain(error: &serde_json::Error) -> GhostError {
    let (line, column) = (error.line(), error.column());
    if error.is_eof() {
        return GhostError::Truncated { line, column };
    }
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |it| it.0);
    GhostError::Syntax { line, column, message: message.chars().take(LONGEST_MESSAGE).collect() }
}
