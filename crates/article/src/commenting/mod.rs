//! Who takes comments: `comments` of `publication.toml`, and how a server of that kind is spoken to.

mod act;
mod isso;
mod mine;
mod plain;
mod service;
mod wordpress;

pub use act::{Act, Letter, Outcome, Refusal};
pub use isso::Isso;
pub use mine::letters;
pub use service::{Answer, Asked, Batch, CANNOT, Can, Check, Checked, Method, Place, Request, Service, Trouble};
pub use wordpress::Wordpress;

use serde::{Deserialize, Serialize};

/// Who takes comments, and what is looked at before it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct Commenting {
    /// Who takes them.
    pub provider: CommentProvider,
    /// What makes a comment wait for approval when the press brings it in. No page carries it.
    #[cfg(feature = "host")]
    #[serde(skip_serializing)]
    pub moderation: Moderation,
}

/// Who takes comments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CommentProvider {
    /// The reader's own device: nobody else sees them.
    #[default]
    Local,
    /// An Isso server.
    Isso(CommentServer),
    /// A WordPress site, by its REST API.
    Wordpress(CommentServer),
    /// Nobody: comments are closed, and those that came with an import stay readable.
    None,
}

/// A server that takes comments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "host", serde(deny_unknown_fields))]
pub struct CommentServer {
    /// Its address, such as `https://comments.example`, with or without a path.
    pub url: String,
}

/// What makes a comment wait for approval when the press brings it in.
#[cfg(feature = "host")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Moderation {
    /// Words that must be looked at, in any case.
    pub words: Vec<String>,
    /// More links than this must be looked at.
    pub links: u32,
}

#[cfg(feature = "host")]
impl Default for Moderation {
    fn default() -> Self {
        Self { words: Vec::new(), links: 2 }
    }
}

impl Commenting {
    /// Whether the reader's own device takes them, which no page needs to say.
    pub fn is_local(&self) -> bool {
        self.provider == CommentProvider::Local
    }

    /// Whether anybody takes comments.
    pub fn is_open(&self) -> bool {
        self.provider != CommentProvider::None
    }
}

impl CommentProvider {
    /// How its server is spoken to; `None` where there is none.
    pub fn service(&self) -> Option<Box<dyn Service>> {
        match self {
            Self::Isso(server) => Some(Box::new(Isso::new(&server.url))),
            Self::Wordpress(server) => Some(Box::new(Wordpress::new(&server.url))),
            Self::Local | Self::None => None,
        }
    }

    /// Where an article stands at its server, by the name that it goes by there; the server itself where that is not known.
    pub fn post(&self, name: Option<&str>) -> Option<String> {
        match (self, name) {
            (Self::Local | Self::None, _) => None,
            // WordPress Codex, "Using Permalinks": each post answers to its number, whatever its address.
            (Self::Wordpress(server), Some(name)) => Some([server.url.trim_end_matches('/'), "/?p=", name].concat()),
            (Self::Isso(server) | Self::Wordpress(server), _) => Some(server.url.clone()),
        }
    }

    /// The origin that the reader's browser talks to, for the policy of a page; `None` when it talks to nobody.
    pub fn origin(&self) -> Option<String> {
        match self {
            Self::Local | Self::None => None,
            Self::Isso(server) | Self::Wordpress(server) => origin(&server.url),
        }
    }
}

/// The origin of a URL, `https://host:port`, for the policy of a page; `None` when it is no absolute URL.
pub fn origin(url: &str) -> Option<String> {
    let mut parts = url.splitn(4, '/');
    let (scheme, host) = (parts.next()?, parts.nth(1)?);
    Some(format!("{scheme}//{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_the_beginning_of_a_url() {
        assert_eq!(origin("https://a.example:8080/blog/x").as_deref(), Some("https://a.example:8080"));
        assert_eq!(origin("http://a.example").as_deref(), Some("http://a.example"));
        assert_eq!(origin("a.example"), None);
    }
}
