//! A real Isso on loopback, for tests.

use crate::steps::root;
use anyhow::{Context as _, bail};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A running Isso with a database of its own. It ends when it is dropped.
#[derive(Debug)]
pub struct Isso {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Drop for Isso {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Isso {
    /// Starts one that pages of `origin` may talk to. `more` is appended to its configuration. `None`, with the reason printed, where
    /// `cargo xtask test` could not install it.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(origin: &str, more: &str) -> anyhow::Result<Option<Self>> {
        let program = root().join(".tools/isso/bin/isso");
        if !program.is_file() {
            let place = program.display();
            eprintln!("SKIPPED: no Isso at {place}; `cargo xtask test` installs it where Python can make a venv");
            return Ok(None);
        }
        let folder = tempfile::tempdir().context("no folder for Isso")?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port();
        let (config, database) = (folder.path().join("isso.cfg"), folder.path().join("comments.db"));
        let database = database.display();
        let guard = "[guard]\nenabled = true\nratelimit = 99\ndirect-reply = 99\nreply-to-self = true\n";
        // A section stands there once.
        let guard = if more.contains("[guard]") { "" } else { guard };
        let text = format!(
            "[general]\ndbpath = {database}\nhost = {origin}\n[server]\nlisten = http://127.0.0.1:{port}\n\
             {guard}{more}"
        );
        std::fs::write(&config, text).context("cannot configure Isso")?;
        let mut command = Command::new(program);
        command.arg("-c").arg(&config).arg("run").current_dir(folder.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("Isso does not start")?;
        let isso = Self { child, port, folder };
        for _ in 0..300 {
            if TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
                return Ok(Some(isso));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("Isso does not answer; see {}", isso.folder.path().display())
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }
}
