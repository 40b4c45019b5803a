//! Starts drivers, and the display that WebKitGTK needs, and ends them.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::Post;
use crate::engine::{self, Engine, Setup};

/// A browser with a fresh profile. Everything that was started for it ends when it is dropped.
#[derive(Debug)]
pub struct Driver {
    /// The WebDriver session.
    pub client: Client,
    _process: Group,
    _display: Option<(String, Group)>,
    _config: TempDir,
}

/// How long a browser may take to close.
const GOODBYE: Duration = Duration::from_secs(10);

impl Driver {
    /// Starts a driver and opens a session.
    ///
    /// # Errors
    /// When the driver does not start or refuses the session.
    pub async fn start(engine: Engine, setup: Setup) -> Result<Self> {
        let config = tempfile::tempdir()?;
        if engine == Engine::Webkit {
            unbound_window(&config)?;
        }
        let display = if engine == Engine::Webkit { Some(display()?) } else { None };
        let name = display.as_ref().map_or("", |it| it.0.as_str());
        let port = free_port()?;
        let program = engine.driver().with_context(|| format!("no driver for {engine} is installed"))?;
        let mut command = Command::new(program);
        command.args(engine::arguments(engine, port));
        command.envs(engine::environment(engine, setup, name, config.path()));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let process = Group::spawn(command)?;
        let Value::Object(capabilities) = engine::capabilities(engine, setup) else {
            bail!("capabilities are an object")
        };
        let client = connect(port, capabilities).await.with_context(|| format!("cannot start {engine}"))?;
        let limit = |seconds| Some(Duration::from_secs(seconds));
        client.update_timeouts(TimeoutConfiguration::new(limit(60), limit(60), None)).await?;
        Ok(Self { client, _process: process, _display: display, _config: config })
    }

    /// Makes the processor of a Chromium so many times slower.
    ///
    /// # Errors
    /// When the browser is another one.
    pub async fn slow_down(&self, times: u32) -> Result<()> {
        let body = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": times } });
        self.client.issue_cmd(Post { path: "goog/cdp/execute", body }).await.map(drop).context("cannot slow it down")
    }

    /// Ends the session in good order, so that the browser clears its profile away. One that hangs is killed with its driver.
    pub async fn close(self) {
        let _ = tokio::time::timeout(GOODBYE, self.client.clone().close()).await;
    }
}

/// Opens a session as soon as the driver listens.
async fn connect(port: u16, capabilities: serde_json::Map<String, Value>) -> Result<Client> {
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            return Ok(builder.capabilities(capabilities).connect(&format!("http://127.0.0.1:{port}")).await?);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("the driver does not listen on port {port}")
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// MiniBrowser's tool bar keeps its window wider than a phone, unless its parts take no room.
fn unbound_window(config: &TempDir) -> Result<()> {
    let folder = config.path().join("gtk-3.0");
    std::fs::create_dir_all(&folder)?;
    let style = "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px } \
        button, image { -gtk-icon-source: none }";
    Ok(std::fs::write(folder.join("gtk.css"), style)?)
}

/// A display without a screen, and its name: MiniBrowser has no headless mode.
fn display() -> Result<(String, Group)> {
    let mut command = Command::new("Xvfb");
    // It chooses a free number and writes it down.
    command.args(["-displayfd", "1", "-screen", "0", "1600x1400x24", "-nolisten", "tcp"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut group = Group::spawn(command)?;
    let mut number = String::new();
    let out = group.0.stdout.take().context("Xvfb has no output")?;
    BufReader::new(out).read_line(&mut number)?;
    Ok((format!(":{}", number.trim()), group))
}

/// A process and all that it starts, ended together: a driver that is killed alone leaves its browser behind.
#[derive(Debug)]
struct Group(Child);

impl Group {
    fn spawn(mut command: Command) -> Result<Self> {
        let program = command.get_program().to_owned();
        Ok(Self(command.process_group(0).spawn().with_context(|| format!("cannot start {}", program.display()))?))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}
