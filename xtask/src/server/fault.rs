//! What a test may let go wrong, or answer in a file's place, while the server runs.

use std::collections::HashMap;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};

/// How one path misbehaves.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The answer is right, but late.
    Delay(Duration),
    /// An answer with this status and no body.
    Status(u16),
    /// The connection breaks before an answer.
    Drop,
    /// The connection stays open, and nothing comes.
    Never,
    /// Half of the answer comes at once, the other half so much later.
    Halve(Duration),
    /// The same address without `.html` (308), as hosts of clean addresses answer.
    Bare,
}

/// One request as it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The path below the base, percent-encoded as it came.
    pub path: String,
    /// The status of the answer; 0 when there was none.
    pub status: u16,
}

/// Faults, documents that stand in for files, and the log of requests.
#[derive(Debug, Default)]
pub(super) struct Stage {
    faults: Mutex<HashMap<String, Fault>>,
    documents: Mutex<HashMap<String, Bytes>>,
    visits: Mutex<Vec<Visit>>,
    is_down: AtomicBool,
}

impl Stage {
    pub(super) fn set_fault(&self, path: &str, fault: Option<Fault>) {
        let mut faults = lock(&self.faults);
        match fault {
            Some(fault) => faults.insert(path.to_owned(), fault),
            None => faults.remove(path),
        };
    }

    pub(super) fn fault(&self, path: &str) -> Option<Fault> {
        if self.is_down.load(Ordering::Relaxed) {
            return Some(Fault::Drop);
        }
        lock(&self.faults).get(path).copied()
    }

    pub(super) fn set_down(&self, is_down: bool) {
        self.is_down.store(is_down, Ordering::Relaxed);
    }

    pub(super) fn set_document(&self, path: &str, body: Bytes) {
        lock(&self.documents).insert(path.to_owned(), body);
    }

    pub(super) fn document(&self, path: &str) -> Option<Bytes> {
        lock(&self.documents).get(path).cloned()
    }

    pub(super) fn note(&self, path: &str, status: u16) {
        lock(&self.visits).push(Visit { path: path.to_owned(), status });
    }

    pub(super) fn visits(&self) -> Vec<Visit> {
        lock(&self.visits).clone()
    }
}

/// A panicking test must not take the server's other users with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A body that fails at once: hyper then closes the connection with nothing sent.
pub fn broken_body() -> Body {
    Body::new(Broken)
}

struct Broken;

impl http_body::Body for Broken {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}

/// A body whose second half comes so much later than its first.
pub(super) fn halved_body(body: Body, time: Duration) -> Body {
    Body::new(Halved { body, rest: None, wait: Box::pin(tokio::time::sleep(time)) })
}

struct Halved {
    body: Body,
    rest: Option<Bytes>,
    wait: Pin<Box<tokio::time::Sleep>>,
}

impl http_body::Body for Halved {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        if self.rest.is_some() {
            ready!(self.wait.as_mut().poll(context));
            return Poll::Ready(self.rest.take().map(|it| Ok(http_body::Frame::data(it))));
        }
        // What the server sends is one piece.
        let piece = ready!(Pin::new(&mut self.body).poll_frame(context)?).and_then(|it| it.into_data().ok());
        Poll::Ready(piece.map(|mut piece| {
            self.rest = Some(piece.split_off(piece.len() / 2));
            Ok(http_body::Frame::data(piece))
        }))
    }
}
