//! A static server that behaves as GitHub Pages does, for `serve`, the tests and the bench.

mod answer;
mod fault;
mod inject;
mod mime;
mod site;

pub use axum::Router;
pub use fault::{EVERYTHING, Fault, Visit, broken_body};
pub use site::Site;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use axum::body::Bytes;
use fault::Stage;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    site: Site,
    stage: Stage,
}

impl Server {
    /// Serves a site on a port of 127.0.0.1 (0 takes any free one). `extra` are routes that come before the files.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start(site: Site, port: u16, extra: Router) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .with_context(|| format!("port {port} of 127.0.0.1 is not free; choose another one with --port"))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { site, stage: Stage::default() });
        let app = extra.merge(Router::new().fallback(answer::answer).with_state(Arc::clone(&shared)));
        let task = tokio::spawn(async move {
            // axum's accept loop retries by itself and never returns.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { address, shared, task })
    }

    /// The address of a path below the base: `http://127.0.0.1:8080/repo/archive/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{}", self.address, self.shared.site.base.join(path))
    }

    /// Lets a path (below the base, without query), or [`EVERYTHING`], go wrong from now on.
    pub fn set_fault(&self, path: &str, fault: Fault) {
        self.shared.stage.set_fault(path, Some(fault));
    }

    /// Ends what [`Server::set_fault`] began.
    pub fn clear_fault(&self, path: &str) {
        self.shared.stage.set_fault(path, None);
    }

    /// Every connection breaks before an answer, or none does any more.
    pub fn set_down(&self, is_down: bool) {
        self.shared.stage.set_down(is_down);
    }

    /// Answers a file's path (below the base; `/x/index.html` for a page) with this body instead.
    pub fn set_document(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.shared.stage.set_document(path, Bytes::from(body.into()));
    }

    /// Every request so far, in the order of its answers.
    pub fn visits(&self) -> Vec<Visit> {
        self.shared.stage.visits()
    }

    /// Waits until the server ends, which it does only with the program.
    pub async fn wait(mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
