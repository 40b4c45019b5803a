//! Every path of the site, below its base. No view spells a literal path.

use jumpline_article::wall::{DOTS, GiftLink};
use jumpline_article::{BasePath, ListingKind, Permalink, Slug};

/// A place of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Home,
    /// An article or a page, by its own path.
    Article(Permalink),
    /// A page of a listing; `slug` names the section, tag or author, and is absent for the archive.
    Listing {
        /// What is listed.
        kind: ListingKind,
        /// Which one.
        slug: Option<Slug>,
        /// From 1.
        page: u32,
    },
    /// How to subscribe.
    Subscribe,
    /// The reader's pass. The links that unlock lead here, with the pass in their fragment.
    Account,
    /// What the reader keeps on this device.
    Library,
    /// A path that cannot name anything here.
    Nowhere,
}

impl Route {
    /// The newest page of the archive.
    pub fn archive() -> Self {
        Self::Listing { kind: ListingKind::Archive, slug: None, page: 1 }
    }

    /// The first page of a section.
    pub fn section(slug: &Slug) -> Self {
        Self::Listing { kind: ListingKind::Section, slug: Some(slug.clone()), page: 1 }
    }

    /// The first page of a tag, by its name.
    pub fn tag(name: &str) -> Self {
        Self::Listing { kind: ListingKind::Tag, slug: Some(Slug::from_name(name)), page: 1 }
    }

    /// The first page of an author, by name.
    pub fn author(name: &str) -> Self {
        Self::Listing { kind: ListingKind::Author, slug: Some(Slug::from_name(name)), page: 1 }
    }

    /// Whether this is the other place, or another page of the same list.
    pub fn is_within(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Listing { kind, slug, .. }, Self::Listing { kind: its_kind, slug: its_slug, .. }) => {
                kind == its_kind && slug == its_slug
            }
            _ => self == other,
        }
    }

    /// What a path below the base (`/tag/peace/page/2/`, not percent-encoded) names.
    pub fn parse(path: &str) -> Self {
        let steps: Vec<&str> = path.trim_matches('/').split('/').collect();
        let number = |text: &str| text.parse().ok().filter(|it| *it > 1);
        let (steps, page) = match &steps[..] {
            [inner @ .., "page", last] => match number(last) {
                Some(page) => (inner, page),
                None => (&steps[..], 1),
            },
            all => (all, 1),
        };
        let listing = |kind, slug: Option<&str>| Self::Listing { kind, slug: slug.map(Slug::from_name), page };
        match steps {
            [""] | ["index.html"] => Self::Home,
            ["subscribe"] => Self::Subscribe,
            ["unlock"] => Self::Account,
            ["library"] => Self::Library,
            ["archive"] => listing(ListingKind::Archive, None),
            ["section", slug] => listing(ListingKind::Section, Some(slug)),
            ["tag", slug] => listing(ListingKind::Tag, Some(slug)),
            ["author", slug] => listing(ListingKind::Author, Some(slug)),
            _ => Permalink::new(path).map_or(Self::Nowhere, Self::Article),
        }
    }

    /// Its path below the base.
    pub fn path(&self) -> String {
        match self {
            Self::Home | Self::Nowhere => "/".to_owned(),
            Self::Article(permalink) => permalink.as_str().to_owned(),
            Self::Subscribe => "/subscribe/".to_owned(),
            Self::Account => "/unlock/".to_owned(),
            Self::Library => "/library/".to_owned(),
            Self::Listing { kind, slug, page } => {
                let name = match kind {
                    ListingKind::Home => return "/".to_owned(),
                    ListingKind::Archive => "archive",
                    ListingKind::Section => "section",
                    ListingKind::Tag => "tag",
                    ListingKind::Author => "author",
                };
                let first = match slug {
                    Some(slug) => format!("/{name}/{slug}/"),
                    None => format!("/{name}/"),
                };
                page_of(&first, *page)
            }
        }
    }

    /// The path of the document that holds its data; `None` when it needs none.
    pub fn document(&self) -> Option<String> {
        match self {
            Self::Home | Self::Listing { .. } => Some(format!("{}listing.json", self.path())),
            Self::Article(permalink) => Some(format!("{permalink}article.json")),
            Self::Subscribe | Self::Account | Self::Library | Self::Nowhere => None,
        }
    }

    /// Its address as a link writes it.
    pub fn href(&self, base: &BasePath) -> String {
        base.join(&self.path())
    }
}

/// The document of a bucket of the keyring.
pub fn keyring(bucket: &str) -> String {
    format!("/keyring/{bucket}.json")
}

/// How many bits of a pass' id name its bucket now: a page that was opened before may have another number.
pub fn keyring_bits() -> &'static str {
    "/keyring/bits.json"
}

/// The document of an article's comments.
pub fn comments(article: &Permalink) -> String {
    format!("{article}comments.json")
}

/// Whether a fragment is a secret: a pass at the place where passes are brought, or a gift anywhere. Such a fragment is nobody's
/// business but the reader's, so it leaves the location bar at once.
pub fn carries_secret(path: &str, fragment: &str) -> bool {
    // Some hosts take the last slash away, and some links break off.
    let is_unlock = path.trim_end_matches("index.html").trim_end_matches('/').ends_with("/unlock");
    let is_id = || {
        fragment.len() >= 12
            && fragment.bytes().all(|it| it.is_ascii_alphanumeric())
            && fragment.contains(|it: char| it.is_ascii_digit())
    };
    let has_dot = || fragment.contains('.') || DOTS.iter().any(|it| fragment.contains(it));
    GiftLink::is_one(fragment) || (is_unlock && (has_dot() || is_id()))
}

/// A sealed media file, by its name.
pub fn sealed(name: &str) -> String {
    format!("/sealed/{name}.bin")
}

/// The path of a listing's page, from the path of its first.
pub fn page_of(first: &str, page: u32) -> String {
    if page > 1 { format!("{first}page/{page}/") } else { first.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_and_its_route_are_the_same() {
        for path in [
            "/",
            "/subscribe/",
            "/unlock/",
            "/library/",
            "/archive/",
            "/archive/page/3/",
            "/section/letters/",
            "/tag/peace/page/2/",
            "/author/the-news-desk/",
            "/2025/02/18/slug/",
            "/about/",
            "/tag/أخبار/",
            "/page/2/",
            "/section/a/b/",
            "/archive/page/1/",
            "/section/",
        ] {
            assert_eq!(Route::parse(path).path(), path);
        }
        assert_eq!(Route::parse("/archive"), Route::archive());
        assert_eq!(Route::parse("/a/../b/"), Route::Nowhere);
    }

    #[test]
    fn every_page_of_a_list_is_within_it() {
        assert!(Route::parse("/archive/page/2/").is_within(&Route::archive()));
        assert!(Route::parse("/section/a/page/3/").is_within(&Route::parse("/section/a/")));
        assert!(Route::Home.is_within(&Route::Home));
        for (one, other) in [("/section/a/page/3/", "/section/b/"), ("/tag/a/", "/section/a/"), ("/", "/archive/")] {
            assert!(!Route::parse(one).is_within(&Route::parse(other)), "{one} within {other}");
        }
    }

    #[test]
    fn secrets_are_known_by_place_and_form() {
        assert!(carries_secret("/repo/unlock/", "st0c1234567890ab.BQUF"));
        assert!(carries_secret("/ferry/", "gift=BQUF"));
        for (path, fragment) in [
            ("/unlock", "st0c1234567890ab.BQUF"),
            ("/unlock/index.html", "st0c1234567890ab.BQUF"),
            ("/unlock/", "st0c1234567890ab%2EBQUF"),
            ("/unlock/", "st0c1234567890ab"),
            ("/ferry/", "gift%3DBQUF"),
        ] {
            assert!(carries_secret(path, fragment), "{path}#{fragment}");
        }
        for (path, fragment) in
            [("/unlock/", ""), ("/unlock/", "main"), ("/ferry/", "chapter-1.2"), ("/2025/unlock/", "what-came-in-2025")]
        {
            assert!(!carries_secret(path, fragment), "{path}#{fragment}");
        }
    }

    #[test]
    fn every_place_knows_its_document() {
        let base = BasePath::new("/repo/");
        assert_eq!(Route::Home.document().as_deref(), Some("/listing.json"));
        assert_eq!(Route::parse("/x/").document().as_deref(), Some("/x/article.json"));
        assert_eq!(Route::parse("/tag/a/page/2/").document().as_deref(), Some("/tag/a/page/2/listing.json"));
        assert_eq!(Route::Subscribe.document(), None);
        assert_eq!(Route::tag("Foreign Policy").href(&base), "/repo/tag/foreign-policy/");
    }
}
