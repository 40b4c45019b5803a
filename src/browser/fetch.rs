//! Documents of our own origin, with a limit to the waiting.

use super::member;
use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Array, Promise, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStream, ReadableStreamDefaultReader, RequestCache};

/// Milliseconds after which a server from which nothing has come counts as not answering.
pub(super) const PATIENCE: u32 = 15_000;
/// Bytes that have to come in that time, or nothing counts as coming: on no line that anybody reads by is it less, and at that an article
/// would take an hour.
const LEAST: u32 = 64;

thread_local! {
    /// Whether a server stopped answering in the middle. What asks again for the same waits for that in the caches of some browsers, so
    /// they are passed by until something has come.
    static HAS_STALLED: Cell<bool> = const { Cell::new(false) };
}

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
    Ok(get(url, RequestCache::Default).await?.text())
}

/// The text of a document as it is now, not as a cache remembers it.
///
/// # Errors
/// See [`FetchError`].
pub async fn fresh(url: &str) -> Result<Dated, FetchError> {
    let answer = get(url, RequestCache::NoCache).await?;
    let at = answer.head.headers().get("date").map(|it| js_sys::Date::parse(&it)).filter(|it| it.is_finite());
    Ok(Dated { text: answer.text(), at })
}

/// The bytes of a file.
///
/// # Errors
/// See [`FetchError`].
pub async fn bytes(url: &str) -> Result<Vec<u8>, FetchError> {
    Ok(get(url, RequestCache::Default).await?.body)
}

struct Answer {
    head: Response,
    body: Vec<u8>,
}

impl Answer {
    /// What is no text is no document either: who reads it finds nothing in it.
    fn text(self) -> String {
        String::from_utf8(self.body).unwrap_or_default()
    }
}

async fn get(url: &str, cache: RequestCache) -> Result<Answer, FetchError> {
    let (head, controller) = begin(Request::get(url).cache(past_the_stalled(cache))).await?;
    match head.status() {
        200..=299 => {}
        404 | 410 => return Err(FetchError::Missing),
        status => return Err(FetchError::Status(status)),
    }
    let mut body = Vec::new();
    if let Some(stream) = head.body() {
        let take = &mut |piece: Uint8Array| body.extend_from_slice(&piece.to_vec());
        follow(&stream, &controller, take).await.map_err(|_| failure(&controller))?;
    }
    HAS_STALLED.set(false);
    Ok(Answer { head, body })
}

/// What to ask of the browser's cache.
pub(super) fn past_the_stalled(cache: RequestCache) -> RequestCache {
    if HAS_STALLED.get() { RequestCache::Reload } else { cache }
}

fn failure(controller: &AbortController) -> FetchError {
    if controller.signal().aborted() {
        HAS_STALLED.set(true);
        FetchError::TimedOut
    } else {
        FetchError::Unreachable
    }
}

/// The head of an answer, within [`PATIENCE`], and what breaks its body off.
///
/// # Errors
/// [`FetchError::Unreachable`] and [`FetchError::TimedOut`].
pub(super) async fn begin(request: RequestBuilder) -> Result<(Response, AbortController), FetchError> {
    let controller = super::window().and_then(|_| AbortController::new().ok()).ok_or(FetchError::Unreachable)?;
    let has_begun = Rc::new(Cell::new(false));
    let (late, begun) = (controller.clone(), Rc::clone(&has_begun));
    super::time::after(PATIENCE, move || {
        if !begun.get() {
            late.abort();
        }
    });
    let head = request.abort_signal(Some(&controller.signal())).send().await.map_err(|_| failure(&controller))?;
    has_begun.set(true);
    Ok((head, controller))
}

/// A body, piece by piece: what is large may take its time for as long as it comes. It is broken off when less than [`LEAST`] came within
/// [`PATIENCE`].
///
/// # Errors
/// When it breaks off.
pub(super) async fn follow(
    body: &ReadableStream,
    controller: &AbortController,
    take: &mut dyn FnMut(Uint8Array),
) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let patience = || {
        Promise::new(&mut |resolve, _| {
            super::time::after(PATIENCE, move || drop(resolve.call1(&JsValue::NULL, &JsValue::NULL)));
        })
    };
    let (mut stalled, mut come, mut enough) = (patience(), 0, LEAST);
    loop {
        let piece = JsFuture::from(Promise::race(&Array::of2(&reader.read(), &stalled))).await?;
        if piece.is_null() {
            // In WebKit this alone would not end the reading.
            controller.abort();
            return Err(piece);
        }
        let piece = member(&piece, "value");
        if piece.is_undefined() {
            return Ok(());
        }
        let piece: Uint8Array = piece.unchecked_into();
        come += piece.length();
        take(piece);
        if come >= enough {
            (stalled, enough) = (patience(), come + LEAST);
        }
    }
}
