//! A network that fails when a test wants it to, before a server that does not.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens to a request on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks before the server has it.
    Dropped,
    /// The connection breaks when the server has done it.
    AnswerLost,
    /// The server answers 500, having done nothing.
    Failed,
    /// The server answers 500, having done it.
    FailedAfter,
    /// Half of the answer's body arrives.
    Truncated,
    /// It takes this long.
    Late(Duration),
}

/// The way to a port of 127.0.0.1. It ends when it is dropped.
#[derive(Debug)]
pub struct Network {
    address: SocketAddr,
    port: u16,
    state: Arc<State>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    is_down: Mutex<bool>,
    /// For the next requests that change something.
    faults: Mutex<VecDeque<Fault>>,
    /// Methods and paths of all that came by.
    log: Mutex<Vec<String>>,
}

impl Network {
    /// Begins to pass on, on any free port, what is meant for `port`.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start(port: u16) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no free port")?;
        let (address, state) = (listener.local_addr()?, Arc::new(State::default()));
        let shared = Arc::clone(&state);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                tokio::spawn(async move {
                    // A connection that breaks is what this is for.
                    let _ = pass(stream, port, &state).await;
                });
            }
        });
        Ok(Self { address, port, state, task })
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Nothing comes through any more, or everything does again.
    pub fn set_down(&self, is_down: bool) {
        *lock(&self.state.is_down) = is_down;
    }

    /// What happens to the next request that changes something, and to the one after those that wait already.
    pub fn next(&self, fault: Fault) {
        lock(&self.state.faults).push_back(fault);
    }

    /// How many faults have not happened yet.
    pub fn faults(&self) -> usize {
        lock(&self.state.faults).len()
    }

    /// How many requests of this method there were.
    pub fn count(&self, method: &str) -> usize {
        lock(&self.state.log).iter().filter(|it| it.starts_with(method)).count()
    }

    /// Methods and paths of all that came by.
    pub fn log(&self) -> Vec<String> {
        lock(&self.state.log).clone()
    }

    /// The head and the body of what the server answers to a question that does not go this way.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn get(&self, path: &str) -> Result<(String, String)> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
        let answer = String::from_utf8(ask(self.port, request.as_bytes()).await?)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        Ok((head.to_owned(), body.to_owned()))
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Passes one request on, or lets it fail.
async fn pass(mut stream: TcpStream, port: u16, state: &State) -> Result<()> {
    let Some((line, request)) = read(&mut stream).await? else { return Ok(()) };
    if *lock(&state.is_down) {
        return Ok(());
    }
    lock(&state.log).push(line.clone());
    let changes = ["POST", "PUT", "DELETE"].iter().any(|it| line.starts_with(it)) && !line.contains("/count");
    let fault = if changes { lock(&state.faults).pop_front() } else { None };
    let failed = || {
        let origin = String::from_utf8_lossy(&request);
        let origin = origin.lines().find_map(|it| it.to_lowercase().strip_prefix("origin: ").map(str::to_owned));
        let allow = format!("access-control-allow-origin: {}\r\n", origin.unwrap_or_default());
        format!("HTTP/1.1 500 x\r\n{allow}access-control-allow-credentials: true\r\ncontent-length: 4\r\nconnection: close\r\n\r\nOops")
            .into_bytes()
    };
    let answer = match fault {
        Some(Fault::Dropped) => return Ok(()),
        Some(Fault::Failed) => failed(),
        Some(Fault::AnswerLost) => {
            ask(port, &request).await?;
            return Ok(());
        }
        Some(Fault::FailedAfter) => {
            ask(port, &request).await?;
            failed()
        }
        Some(Fault::Truncated) => {
            let mut answer = ask(port, &request).await?;
            answer.truncate(answer.len() - 20);
            answer
        }
        Some(Fault::Late(time)) => {
            tokio::time::sleep(time).await;
            ask(port, &request).await?
        }
        None => ask(port, &request).await?,
    };
    stream.write_all(&answer).await?;
    stream.shutdown().await?;
    Ok(())
}

/// The request line and the whole request, to be answered on a connection of its own.
async fn read(stream: &mut TcpStream) -> Result<Option<(String, Vec<u8>)>> {
    let (mut bytes, mut part) = (Vec::new(), [0; 8192]);
    loop {
        let count = stream.read(&mut part).await?;
        if count == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&part[..count]);
        let Some(end) = bytes.windows(4).position(|it| it == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = head.lines().find_map(|it| it.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok());
        if bytes.len() < end + 4 + length.unwrap_or(0) {
            continue;
        }
        let lines = head.lines().filter(|it| !it.to_lowercase().starts_with("connection:"));
        let mut request = lines.collect::<Vec<_>>().join("\r\n").into_bytes();
        request.extend_from_slice(b"\r\nconnection: close\r\n\r\n");
        request.extend_from_slice(&bytes[end + 4..]);
        return Ok(Some((head.lines().next().unwrap_or_default().to_owned(), request)));
    }
}

async fn ask(port: u16, request: &[u8]) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    stream.write_all(request).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

/// A panicking test must not take the server's other users with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
