//! A newsletter's server, at an origin of its own, that answers as a test wants it to.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use xtask::server::broken_body;

use crate::reader::Reader;

/// What stands for this server in the samples.
const PLACEHOLDER: &str = "http://127.0.0.1:1";

/// How the server answers what is sent to it.
#[derive(Clone, Copy, Debug)]
pub enum Answers {
    /// With a status, a media type and a body.
    With(u16, &'static str, &'static str),
    /// As [`Answers::With`] 200, yet without letting other origins read it.
    Secretly,
    /// Not at all: the connection stays open.
    Never,
    /// Not at all: the connection breaks.
    Closed,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Its method and path, with the query.
    pub line: String,
    /// Its `Content-Type`.
    pub kind: String,
    /// Its `Cookie` and its `Referer`, which nobody should have sent.
    pub traces: Vec<String>,
    /// Its body.
    pub body: String,
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Provider {
    address: SocketAddr,
    desk: Arc<Desk>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Desk {
    answers: Mutex<Answers>,
    letters: Mutex<Vec<Letter>>,
}

impl Provider {
    /// Starts on any free port of 127.0.0.1.
    ///
    /// # Errors
    /// When there is none.
    pub async fn start() -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no free port")?;
        let address = listener.local_addr()?;
        let answers = Mutex::new(Answers::With(200, "application/json", "{}"));
        let desk = Arc::new(Desk { answers, letters: Mutex::default() });
        let app = Router::new().fallback(take).with_state(Arc::clone(&desk));
        let task = tokio::spawn(async move {
            // axum's accept loop retries by itself and never returns.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { address, desk, task })
    }

    /// Its host and port, as the reader names it.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// Answers like this from now on.
    pub fn answer(&self, answers: Answers) {
        *lock(&self.desk.answers) = answers;
    }

    /// Everything that was sent so far, but for the questions of CORS.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.desk.letters).clone()
    }

    /// Puts its address into a page of the site (a path such as `/subscribe/`).
    ///
    /// # Errors
    /// When there is no such page.
    pub fn move_into(&self, reader: &Reader, path: &str) -> Result<()> {
        let origin = format!("http://{}", self.address);
        rewrite(reader, path, &[(PLACEHOLDER, &origin)])
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Changes texts in a page as it is served, and in what it has in common with all others, on top of earlier changes to other pages.
///
/// # Errors
/// When there is no such page, or one of the texts is in neither.
pub fn rewrite(reader: &Reader, path: &str, changes: &[(&str, &str)]) -> Result<()> {
    let (page, common) = (format!("{path}index.html"), reader.site.common.clone());
    let mut texts = Vec::new();
    for name in [page, common] {
        let file = reader.site.root.join(name.trim_start_matches('/'));
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        texts.push((name, text));
    }
    for (from, to) in changes {
        anyhow::ensure!(texts.iter().any(|it| it.1.contains(from)), "{path} does not hold {from}");
        texts.iter_mut().for_each(|it| it.1 = it.1.replace(from, to));
    }
    for (name, text) in texts {
        reader.server.set_document(&name, text);
    }
    Ok(())
}

async fn take(
    State(desk): State<Arc<Desk>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> Response<Body> {
    let answers = *lock(&desk.answers);
    let text =
        |name: header::HeaderName| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let asks_cors = method == Method::OPTIONS;
    if !asks_cors {
        let traces = [header::COOKIE, header::REFERER].map(text).into_iter().filter(|it| !it.is_empty()).collect();
        let letter = Letter { line: format!("{method} {uri}"), kind: text(header::CONTENT_TYPE), traces, body };
        lock(&desk.letters).push(letter);
    }
    if uri.path() == "/members/api/integrity-token/" {
        return open(StatusCode::OK, "text/plain", "a-token");
    }
    match answers {
        Answers::With(..) | Answers::Never | Answers::Closed if asks_cors => {
            open(StatusCode::NO_CONTENT, "text/plain", "")
        }
        Answers::With(status, kind, body) => open(StatusCode::from_u16(status).unwrap_or_default(), kind, body),
        Answers::Secretly => Response::new(Body::from("{}")),
        Answers::Never => std::future::pending().await,
        Answers::Closed => Response::new(broken_body()),
    }
}

/// An answer that every origin may read.
fn open(status: StatusCode, kind: &'static str, body: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
    response
}

/// A panicking test must not take the server's other users with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
