//! The press' way to a comment server.

use anyhow::Context as _;
use jumpline_article::commenting::{Method, Request, Trouble};
use std::time::Duration;
use ureq::Agent;

/// Longest answer that is read: no thread is longer.
const LONGEST: u64 = 64 << 20;

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that keeps cookies.
#[derive(Clone, Debug)]
pub struct Wire(Agent);

impl Default for Wire {
    fn default() -> Self {
        let config = Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE));
        Self(config.user_agent("jumpline-press").build().into())
    }
}

impl Wire {
    /// Asks. Gives the status and the text of the answer, whatever the status.
    ///
    /// # Errors
    /// When there is no answer, or none that is text.
    pub fn ask(&self, request: &Request) -> anyhow::Result<(u16, String)> {
        let url = &request.url;
        let failed = || format!("{url}: does not answer; is the server of publication.toml running?");
        let answer = match request.method {
            Method::Get => self.0.get(url).call(),
            Method::Delete => self.0.delete(url).header("content-type", "application/json").call(),
            Method::Post => self.0.post(url).header("content-type", "application/json").send(&request.body),
            Method::Put => self.0.put(url).header("content-type", "application/json").send(&request.body),
        };
        let mut answer = answer.with_context(failed)?;
        let status = answer.status().as_u16();
        let text = answer.body_mut().with_config().limit(LONGEST).read_to_string();
        Ok((status, text.with_context(|| format!("{url}: the answer broke off"))?))
    }
}

/// What is wrong, as a publisher reads it.
pub(super) fn spoken(url: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Status(status) => format!("{url}: the server answered with an error ({status})"),
        Trouble::Missing => format!("{url}: nothing stands there; is this the address of the comment server?"),
        Trouble::Broken => {
            format!("{url}: this is not the answer of such a server; is it the right kind in publication.toml?")
        }
    }
}
