//! Documents of our own origin, with a limit to the waiting.

use gloo_net::http::{Request, Response};
use web_sys::{AbortSignal, RequestCache};

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

/// A document, and what the server's clock showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The document.
    pub text: String,
    /// Milliseconds since 1970 of the answer; `None` when the server did not say.
    pub at: Option<f64>,
}

/// The text of a document.
///
/// # Errors
/// See [`FetchError`].
pub async fn text(url: &str) -> Result<String, FetchError> {
    get(url, RequestCache::Default, async |it| it.text().await).await
}

/// The text of a document as it is now, not as a cache remembers it.
///
/// # Errors
/// See [`FetchError`].
pub async fn fresh(url: &str) -> Result<Dated, FetchError> {
    get(url, RequestCache::NoCache, async |it| {
        let at = it.headers().get("date").map(|it| js_sys::Date::parse(&it)).filter(|it| it.is_finite());
        Ok(Dated { text: it.text().await?, at })
    })
    .await
}

/// The bytes of a file.
///
/// # Errors
/// See [`FetchError`].
pub async fn bytes(url: &str) -> Result<Vec<u8>, FetchError> {
    get(url, RequestCache::Default, async |it| it.binary().await).await
}

async fn get<T>(
    url: &str,
    cache: RequestCache,
    read: impl AsyncFnOnce(Response) -> Result<T, gloo_net::Error>,
) -> Result<T, FetchError> {
    if super::window().is_none() {
        return Err(FetchError::Unreachable);
    }
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let failure = |_| if signal.aborted() { FetchError::TimedOut } else { FetchError::Unreachable };
    let response = Request::get(url).cache(cache).abort_signal(Some(&signal)).send().await.map_err(failure)?;
    match response.status() {
        200..=299 => read(response).await.map_err(failure),
        404 | 410 => Err(FetchError::Missing),
        status => Err(FetchError::Status(status)),
    }
}
