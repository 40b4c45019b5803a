//! Answers one request: a fault, a stand-in, a file, a redirect, or `404.html`.

use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use super::fault::{self, Fault};
use super::site::Found;
use super::{Shared, inject, mime};

/// What a network sends in the place of everything.
const PORTAL: &str =
    "<!doctype html><html lang=\"en\"><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>";

pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let Some(path) = shared.site.base.strip(request.uri().path()).map(str::to_owned) else {
        return plain(StatusCode::NOT_FOUND, "This server's site lives below another path.");
    };
    let fault = shared.stage.fault(&path);
    match fault {
        Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
        Some(Fault::Never) => {
            shared.stage.note(&path, 0);
            std::future::pending().await
        }
        Some(Fault::Drop) => {
            shared.stage.note(&path, 0);
            return Response::new(fault::broken_body());
        }
        Some(Fault::Status(status)) => {
            shared.stage.note(&path, status);
            return plain(StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), "");
        }
        Some(Fault::Bare) => {
            shared.stage.note(&path, StatusCode::PERMANENT_REDIRECT.as_u16());
            let clean = shared.site.base.join(path.trim_end_matches(".html"));
            return moved(StatusCode::PERMANENT_REDIRECT, &clean);
        }
        Some(Fault::Nothing) => {
            shared.stage.note(&path, StatusCode::NOT_FOUND.as_u16());
            return shared.nothing(request.headers());
        }
        Some(Fault::Portal) => {
            shared.stage.note(&path, StatusCode::OK.as_u16());
            return shared.send(StatusCode::OK, "portal.html", PORTAL.into());
        }
        Some(Fault::Slow(_) | Fault::Half | Fault::Drip) | None => {}
    }
    if !path.ends_with('/') && !shared.site.late.is_zero() {
        tokio::time::sleep(shared.site.late).await;
    }
    let response = shared.respond(&path, &request);
    shared.stage.note(&path, response.status().as_u16());
    match fault {
        Some(Fault::Slow(time)) => with_body(response, |body| fault::slow_body(body, time)).await,
        Some(Fault::Drip) => with_body(response, fault::dripping_body).await,
        Some(Fault::Half) => with_body(response, |body| body.slice(..body.len() / 2).into()).await,
        _ => response,
    }
}

async fn with_body(response: Response<Body>, change: impl FnOnce(Bytes) -> Body) -> Response<Body> {
    let (head, body) = response.into_parts();
    // A file that was read whole cannot fail to be.
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    Response::from_parts(head, change(body))
}

impl Shared {
    fn respond(&self, path: &str, request: &Request) -> Response<Body> {
        let name = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        if let Some(body) = self.stage.document(&name) {
            return self.send(StatusCode::OK, &name, body);
        }
        match self.site.look_up(path) {
            Found::File(file) => self.send_file(StatusCode::OK, &file, request.headers()),
            Found::Elsewhere(target) => {
                let query = request.uri().query().map_or(String::new(), |it| format!("?{it}"));
                moved(StatusCode::MOVED_PERMANENTLY, &format!("{target}{query}"))
            }
            Found::Nothing => self.nothing(request.headers()),
        }
    }

    fn nothing(&self, headers: &HeaderMap) -> Response<Body> {
        self.send_file(StatusCode::NOT_FOUND, &self.site.root.join("404.html"), headers)
    }

    fn send_file(&self, status: StatusCode, file: &Path, headers: &HeaderMap) -> Response<Body> {
        let name = file.to_string_lossy();
        if self.site.brotli
            && accepts_brotli(headers)
            && let Ok(body) = std::fs::read(format!("{name}.br"))
        {
            let mut response = self.send(status, &name, Bytes::from(body));
            let brotli = HeaderValue::from_static("br");
            response.headers_mut().insert(header::CONTENT_ENCODING, brotli);
            return response;
        }
        match std::fs::read(file) {
            Ok(body) => self.send(status, &name, body.into()),
            Err(_) => plain(StatusCode::NOT_FOUND, "Nothing stands here."),
        }
    }

    fn send(&self, status: StatusCode, name: &str, body: Bytes) -> Response<Body> {
        let mime = mime::of(name);
        let body = match self.site.script {
            Some(src) if mime.starts_with("text/html") => {
                Bytes::from(inject::script(&String::from_utf8_lossy(&body), src))
            }
            _ => body,
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.site.cache));
        response
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|it| it.trim().split(';').next() == Some("br"))
}

fn moved(status: StatusCode, target: &str) -> Response<Body> {
    let mut response = plain(status, "");
    if let Ok(target) = target.parse() {
        response.headers_mut().insert(header::LOCATION, target);
    }
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
