//! Documents of our own origin, with a limit to the waiting.

use gloo_net::http::Request;
use web_sys::AbortSignal;

/// Milliseconds after which a server that has not answered counts as not answering.
pub(super) const PATIENCE: u32 = 15_000;

/// Why a document did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// 404 or 410: nothing stands there.
    Missing,
    /// Any other status than 2xx.
    Status(u16),
    /// No answer at all: no network, a refused or broken connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
}

/// The text of a document.
///
/// # Errors
/// See [`FetchError`].
pub async fn text(url: &str) -> Result<String, FetchError> {
    if super::window().is_none() {
        return Err(FetchError::Unreachable);
    }
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let failure = |_| if signal.aborted() { FetchError::TimedOut } else { FetchError::Unreachable };
    let response = Request::get(url).abort_signal(Some(&signal)).send().await.map_err(failure)?;
    match response.status() {
        200..=299 => response.text().await.map_err(failure),
        404 | 410 => Err(FetchError::Missing),
        status => Err(FetchError::Status(status)),
    }
}
