//! The publication: what `publication.toml` says and what every page of the reader knows.

use crate::{App, BasePath, Commenting, Jump, Paywall, Slug, Subscribe, Tier};
use serde::{Deserialize, Serialize};

/// A publication. Everything in it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Publication {
    /// Its name.
    pub title: String,
    /// What it is, in a sentence.
    #[serde(default)]
    pub description: String,
    /// Origin it is published at, such as `https://example.org`, without a path.
    pub url: String,
    /// The path below that origin; `press build --base` overrides it.
    #[serde(default)]
    pub base: BasePath,
    /// The language that it is written in and its interface speaks.
    #[serde(default)]
    pub language: Language,
    /// Sections in the order of the masthead.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// What is known about authors and desks besides their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Profile>,
    /// Pages linked at the foot; filled by the press from the pages in `content/`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Jump>,
    /// How to subscribe.
    #[serde(default)]
    pub subscribe: Subscribe,
    /// What can be paid for. Where something is `paid` and no tier is named here, there is one: `paid`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// How the wall stands.
    #[serde(default)]
    pub paywall: Paywall,
    /// Who takes comments.
    #[serde(default, skip_serializing_if = "Commenting::is_local")]
    pub comments: Commenting,
    /// How it is installed, and what it does without a network.
    #[serde(default, skip_serializing_if = "App::is_usual")]
    pub app: App,
    /// Networks that an article can be passed on to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub share: Vec<Network>,
    /// Address for letters to the editor; *Leave a reply* writes to it where scripts do not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Permalink of the lead story; the newest article when it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<crate::Permalink>,
    /// Cards on a page of a listing.
    #[serde(default = "twenty")]
    pub per_page: u32,
    /// Other origins that pictures may come from; every one is a third party that sees the reader's address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_hosts: Vec<String>,
    /// How large photographs are published.
    #[cfg(feature = "host")]
    #[serde(default, skip_serializing)]
    pub pictures: crate::Pictures,
    /// The line at the foot, such as a copyright notice.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notice: String,
}

/// A section of the masthead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Section {
    /// Step of its path: `/section/<slug>/`.
    pub slug: Slug,
    /// Its name.
    pub title: String,
    /// What stands in it, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// Where an article can be passed on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Network {
    /// Its name.
    pub name: String,
    /// Its address, with `{url}` and `{title}` for those of the article.
    pub url: String,
}

/// What is known of an author besides the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Profile {
    /// The name as bylines print it.
    pub name: String,
    /// A sentence or two.
    #[serde(default)]
    pub about: String,
    /// Whether it is a desk and no person, for search engines; told by the name where nothing is said.
    #[cfg(feature = "host")]
    #[serde(default, skip_serializing)]
    pub desk: Option<bool>,
}

/// A language that the interface speaks. A regional tag (`de-AT`) speaks its language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Arabic, from right to left.
    #[serde(rename = "ar")]
    Arabic,
}

impl Language {
    /// Every language that has a catalogue.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Arabic];

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Arabic => "ar",
        }
    }

    /// Its direction, as the `dir` attribute says it.
    pub fn direction(self) -> &'static str {
        match self {
            Self::Arabic => "rtl",
            Self::English | Self::German => "ltr",
        }
    }
}

fn twenty() -> u32 {
    20
}

impl Publication {
    /// The section with this slug.
    pub fn section(&self, slug: &Slug) -> Option<&Section> {
        self.sections.iter().find(|it| it.slug == *slug)
    }

    /// The absolute URL of a path below the base.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}", self.url.trim_end_matches('/'), self.base.join(path))
    }

    /// Reads `publication.toml`.
    ///
    /// # Errors
    /// With line, column and field, when a key is unknown or missing or has another type.
    #[cfg(feature = "host")]
    pub fn from_toml(text: &str) -> Result<Self, crate::FormatError> {
        let fail = |error: &toml::de::Error, field: String| {
            let at = error.span().map_or(0, |it| it.start).min(text.len());
            let before = &text[..at];
            crate::FormatError {
                line: before.matches('\n').count() + 1,
                column: before.chars().rev().take_while(|it| *it != '\n').count() + 1,
                field,
                message: error.message().to_owned(),
            }
        };
        let reader = toml::Deserializer::parse(text).map_err(|error| fail(&error, String::new()))?;
        let publication: Self =
            serde_path_to_error::deserialize(reader).map_err(|error| fail(error.inner(), error.path().to_string()))?;
        let origin = publication.url.trim_end_matches('/');
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        if !host.is_some_and(crate::origin::is_host) {
            let line = text.lines().position(|it| it.trim_start().starts_with("url")).map_or(0, |it| it + 1);
            return Err(crate::FormatError {
                line,
                column: 1,
                field: "url".to_owned(),
                message: format!(
                    "`{}` is not an origin; expected https://example.org without a path (a sub-path goes into `base`)",
                    publication.url
                ),
            });
        }
        Ok(publication)
    }
}
