//! The static server, asked over a plain socket.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use jumpline_article::BasePath;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use xtask::server::{Fault, Router, Server, Site};

struct Served {
    server: Server,
    _runtime: Runtime,
    _dir: TempDir,
}

fn serve(base: &str) -> Served {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("story")).unwrap();
    fs::write(dir.path().join("story/index.html"), "<head><title>Story</title>").unwrap();
    fs::write(dir.path().join("404.html"), "<head><title>Nothing</title>").unwrap();
    fs::write(dir.path().join("a.wasm"), "long").unwrap();
    fs::write(dir.path().join("a.wasm.br"), "br").unwrap();
    let mut site = Site::new(dir.path(), BasePath::new(base));
    site.script = Some("/__x.js");
    site.brotli = true;
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(site, 0, Router::new())).unwrap();
    Served { server, _runtime: runtime, _dir: dir }
}

impl Served {
    /// What comes back for a request, headers in lower case; empty when nothing does.
    fn ask(&self, path: &str, header: &str) -> String {
        let url = self.server.url("/");
        let host = url.trim_start_matches("http://").split('/').next().unwrap();
        let mut socket = TcpStream::connect(host).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{header}\r\n").unwrap();
        let mut text = String::new();
        let _ = socket.read_to_string(&mut text);
        text
    }
}

#[track_caller]
fn check(answer: &str, parts: &[&str]) {
    for part in parts {
        assert!(answer.contains(part), "no {part:?} in {answer:?}");
    }
}

#[test]
fn pages_answer_below_the_base_with_the_script_in_their_head() {
    let served = serve("repo");
    check(
        &served.ask("/repo/story/", ""),
        &["HTTP/1.1 200", "text/html", "<head><script src=\"/__x.js\"></script><title>Story"],
    );
    check(&served.ask("/repo/story?a=1", ""), &["HTTP/1.1 301", "location: /repo/story/?a=1"]);
    check(&served.ask("/repo/no/", ""), &["HTTP/1.1 404", "<title>Nothing"]);
    check(&served.ask("/story/", ""), &["HTTP/1.1 404", "another path"]);
}

#[test]
fn brotli_goes_to_those_who_accept_it() {
    let served = serve("/");
    check(
        &served.ask("/a.wasm", "Accept-Encoding: gzip, br\r\n"),
        &["application/wasm", "content-encoding: br", "\r\n\r\nbr"],
    );
    check(&served.ask("/a.wasm", "Accept-Encoding: gzip\r\n"), &["application/wasm", "\r\n\r\nlong"]);
}

#[test]
fn faults_come_and_go() {
    let served = serve("/");
    let server = &served.server;
    server.set_fault("/a.wasm", Fault::Status(503));
    check(&served.ask("/a.wasm", ""), &["HTTP/1.1 503"]);
    for fault in [Fault::Drop, Fault::Never] {
        server.set_fault("/a.wasm", fault);
        assert_eq!(served.ask("/a.wasm", ""), "", "{fault:?}");
    }
    server.clear_fault("/a.wasm");
    server.set_document("/story/article.json", "{}");
    check(&served.ask("/a.wasm", ""), &["long"]);
    check(&served.ask("/story/article.json", ""), &["application/json", "{}"]);
    assert_eq!(server.visits().iter().map(|it| it.status).collect::<Vec<_>>(), [503, 0, 0, 200, 200]);
}
