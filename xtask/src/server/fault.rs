//! What a test may let go wrong, or answer in a file's place, while the server runs.

use std::collections::HashMap;
use std::future::Future as _;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use tokio::time::{Sleep, sleep};

/// Pieces that a slow body comes in.
const PIECES: u32 = 8;

/// Stands for every path that has no fault of its own.
pub const EVERYTHING: &str = "*";

/// How one path misbehaves.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The answer is right, but late.
    Delay(Duration),
    /// The answer is right and begins at once; its body comes piece by piece and takes so long.
    Slow(Duration),
    /// An answer with this status and no body.
    Status(u16),
    /// The connection breaks before an answer.
    Drop,
    /// The connection stays open, and nothing comes.
    Never,
    /// As where nothing stands: the page for every address, with its status (404).
    Nothing,
    /// Something else with status 200: the page with which a network asks people to sign in.
    Portal,
    /// The first half of the answer, as if that were all.
    Half,
    /// The answer is right; its body comes a byte a second.
    Drip,
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
        let faults = lock(&self.faults);
        faults.get(path).or_else(|| faults.get(EVERYTHING)).copied()
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

/// A body in pieces, the first of them at once.
pub(super) fn slow_body(body: Bytes, time: Duration) -> Body {
    in_pieces(body, PIECES, time / (PIECES - 1))
}

/// A body that comes a byte a second.
pub(super) fn dripping_body(body: Bytes) -> Body {
    let pieces = u32::try_from(body.len()).unwrap_or(u32::MAX);
    in_pieces(body, pieces, Duration::from_secs(1))
}

fn in_pieces(body: Bytes, pieces: u32, pause: Duration) -> Body {
    Body::new(Slow { left: body, pieces, pause, rest: Box::pin(sleep(Duration::ZERO)) })
}

struct Slow {
    left: Bytes,
    pieces: u32,
    pause: Duration,
    rest: Pin<Box<Sleep>>,
}

impl http_body::Body for Slow {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        if self.pieces == 0 {
            return Poll::Ready(None);
        }
        ready!(self.rest.as_mut().poll(context));
        let length = self.left.len() / self.pieces as usize;
        let piece = self.left.split_to(length);
        self.pieces -= 1;
        self.rest = Box::pin(sleep(self.pause));
        Poll::Ready(Some(Ok(http_body::Frame::data(piece))))
    }
}
