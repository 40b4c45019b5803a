//! What a reader sends to another origin: the few requests that are no documents of ours.

use super::fetch::{FetchError, PATIENCE};
use super::window;
use gloo_net::http::{Method, RequestBuilder, Response};
use jumpline_article::commenting::{self as service, Request};
use web_sys::{AbortSignal, RequestCredentials};

/// An answer, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The text of the body; empty when it could not be read.
    pub text: String,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `application/json`.
    Json,
}

/// Sends a body by POST. Cookies go along only where `url` is of our own origin.
///
/// # Errors
/// [`FetchError::TimedOut`], and [`FetchError::Unreachable`] for everything that leaves no answer: no network, and a server that does
/// not let this origin read it. Browsers do not tell the two apart.
pub async fn post(url: &str, kind: Kind, body: &str) -> Result<Answer, FetchError> {
    let mime = match kind {
        Kind::Form => "application/x-www-form-urlencoded",
        Kind::Json => "application/json",
    };
    let request = RequestBuilder::new(url).method(Method::POST).header("content-type", mime);
    ask(request, Some(body)).await
}

/// Asks another origin for a text.
///
/// # Errors
/// As [`post`].
pub async fn get(url: &str) -> Result<Answer, FetchError> {
    ask(RequestBuilder::new(url), None).await
}

/// Asks a comment server.
///
/// # Errors
/// As [`post`].
pub async fn ask_server(request: &Request) -> Result<Answer, FetchError> {
    let method = match request.method {
        service::Method::Get => Method::GET,
        service::Method::Post => Method::POST,
        service::Method::Put => Method::PUT,
        service::Method::Delete => Method::DELETE,
    };
    let mut asked = RequestBuilder::new(&request.url).method(method);
    let body = Some(request.body.as_str()).filter(|it| !it.is_empty());
    if body.is_some() {
        asked = asked.header("content-type", "application/json");
    }
    let cookies = if request.cookies { RequestCredentials::Include } else { RequestCredentials::SameOrigin };
    send(asked, body, cookies).await
}

async fn ask(request: RequestBuilder, body: Option<&str>) -> Result<Answer, FetchError> {
    send(request, body, RequestCredentials::SameOrigin).await
}

async fn send(request: RequestBuilder, body: Option<&str>, cookies: RequestCredentials) -> Result<Answer, FetchError> {
    if window().is_none() {
        return Err(FetchError::Unreachable);
    }
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let failure = |_| if signal.aborted() { FetchError::TimedOut } else { FetchError::Unreachable };
    let request = request.credentials(cookies).abort_signal(Some(&signal));
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let response: Response = request.map_err(failure)?.send().await.map_err(failure)?;
    // The status has arrived and says what happened; a body that breaks off is no reason to doubt it.
    let text = response.text().await.unwrap_or_default();
    Ok(Answer { status: response.status(), text })
}

/// Whether this device says that it has a network. `true` promises nothing.
pub fn is_online() -> bool {
    window().is_none_or(|it| it.navigator().on_line())
}

/// Calls back whenever a network comes back.
pub fn on_online(call: impl Fn() + 'static) {
    if let Some(window) = window() {
        super::history::listen(&window, "online", move |_: web_sys::Event| call());
    }
}

/// Calls back whenever a network comes or goes.
pub fn on_network(call: impl Fn() + Clone + 'static) {
    on_online(call.clone());
    if let Some(window) = window() {
        super::history::listen(&window, "offline", move |_: web_sys::Event| call());
    }
}

/// Calls back whenever the reader comes back to this page.
pub fn on_return(call: impl Fn() + 'static) {
    if let Some(window) = window() {
        super::history::listen(&window, "focus", move |_: web_sys::Event| call());
    }
}
