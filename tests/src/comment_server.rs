//! A real server of comments behind a network that fails when a test wants it to.

use std::ops::Deref;

use anyhow::Result;
use xtask::isso::Isso;
use xtask::wordpress::WordPress;

pub use crate::network::Fault;
use crate::network::Network;

/// A server that stands behind the network.
pub trait Service: Sized + Send + 'static {
    /// Starts one that pages of `origin` may talk to, set up by `more` in its own way; `None`, with the reason printed, where it is not
    /// installed.
    ///
    /// # Errors
    /// When it does not start.
    fn start(origin: &str, more: &str) -> Result<Option<Self>>;

    /// The port on 127.0.0.1.
    fn port(&self) -> u16;
}

impl Service for Isso {
    fn start(origin: &str, more: &str) -> Result<Option<Self>> {
        Self::start(origin, more)
    }

    fn port(&self) -> u16 {
        self.port()
    }
}

impl Service for WordPress {
    fn start(_: &str, more: &str) -> Result<Option<Self>> {
        Self::start(more)
    }

    fn port(&self) -> u16 {
        self.port()
    }
}

/// The server, and the network before it.
#[derive(Debug)]
pub struct CommentServer<S = Isso> {
    service: S,
    network: Network,
}

impl<S: Service> CommentServer<S> {
    /// Starts one that pages of `origin` may talk to; `None`, with the reason printed, where there is none.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(origin: &str, more: &str) -> Result<Option<Self>> {
        let (origin, more) = (origin.to_owned(), more.to_owned());
        let Some(service) = tokio::task::spawn_blocking(move || S::start(&origin, &more)).await?? else {
            return Ok(None);
        };
        let network = Network::start(service.port()).await?;
        Ok(Some(Self { service, network }))
    }

    /// The server itself.
    pub fn service(&self) -> &S {
        &self.service
    }
}

impl<S> Deref for CommentServer<S> {
    type Target = Network;

    fn deref(&self) -> &Network {
        &self.network
    }
}

impl CommentServer<Isso> {
    /// The thread of a path as the server shows it.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn thread(&self, path: &str) -> Result<serde_json::Value> {
        let (head, body) = self.get(&format!("/?uri={path}")).await?;
        // Of the whole head any number may be part, such as the length of the body.
        let status = head.split(' ').nth(1).unwrap_or_default();
        anyhow::ensure!(matches!(status, "200" | "404"), "{head}");
        Ok(if status == "404" { serde_json::Value::Null } else { serde_json::from_str(&body)? })
    }
}

impl CommentServer<WordPress> {
    /// The newest hundred comments that the server shows, oldest first.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn comments(&self) -> Result<Vec<serde_json::Value>> {
        let (head, body) = self.get("/?rest_route=/wp/v2/comments&per_page=100").await?;
        anyhow::ensure!(head.split(' ').nth(1) == Some("200"), "{head}");
        let mut comments: Vec<serde_json::Value> = serde_json::from_str(&body)?;
        comments.reverse();
        Ok(comments)
    }
}
