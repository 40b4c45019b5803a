//! A server that answers as a test wants it.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server that gives the same answer for the ferry, and an empty thread for everything else.
pub(super) struct Server {
    pub(super) url: String,
    answer: Arc<Mutex<(u16, String)>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(Mutex::new((200, String::new())));
        let shared = Arc::clone(&answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut asked = [0; 4096];
                let length = stream.read(&mut asked).unwrap();
                let is_ferry = String::from_utf8_lossy(&asked[..length]).contains("uri=%2Frepo%2Fferry%2F");
                let (status, body) = match is_ferry {
                    true => shared.lock().unwrap().clone(),
                    false => (200, "{\"replies\": []}".to_owned()),
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} x\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
            }
        });
        Self { url, answer }
    }

    /// Gives these comments: number, author, text.
    pub(super) fn says(&self, status: u16, comments: &[(u64, &str, &str)]) {
        let one = |(id, author, text): &(u64, &str, &str)| {
            format!(
                "{{\"id\": {id}, \"created\": {}, \"mode\": 1, \"author\": \"{author}\", \"text\": \"{text}\"}}",
                1_795_706_640 + id
            )
        };
        let list: Vec<String> = comments.iter().map(one).collect();
        self.answers(status, &format!("{{\"replies\": [{}]}}", list.join(", ")));
    }

    /// Gives this answer.
    pub(super) fn answers(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (status, body.to_owned());
    }
}
