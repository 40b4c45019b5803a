//! The reader's pages as a person meets them: opened, looked at by role and name, operated.

use std::fs;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Client;
use fantoccini::elements::{Element, ElementRef};
use serde_json::{Value, json};
use xtask::server::Server;
use xtask::tools;

use crate::command::Post;
use crate::engine::Engine;
use crate::look::Look;
use crate::probe::Probe;
use crate::publication::Site;

/// The key of an element in an answer (WebDriver, 12.1 "web element identifier").
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long something that must happen may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(45);
/// How long to wait before a page is asked again: at first, and at most. Three browsers share two cores, and each question takes of them.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(250));

/// One browser at one site, for one test.
#[derive(Debug)]
pub struct Reader {
    /// The engine, for the few differences that are a browser's own.
    pub engine: Engine,
    /// The server, which can be told to fail.
    pub server: Server,
    /// What the site holds.
    pub site: Site,
    /// The WebDriver session.
    pub client: Client,
    probe: Probe,
    tolerated: Mutex<Vec<String>>,
}

impl Reader {
    pub(crate) fn new(engine: Engine, server: Server, site: Site, client: Client, probe: Probe) -> Self {
        Self { engine, server, site, client, probe, tolerated: Mutex::default() }
    }

    /// Opens a path below the base, and waits until it has loaded; not for the reader to start.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn visit(&self, path: &str) -> Result<()> {
        let url = self.server.url(path);
        self.client.goto(&url).await.with_context(|| format!("cannot open {url}"))
    }

    /// Opens a path below the base, and waits until the reader has taken over.
    ///
    /// # Errors
    /// When it does not.
    pub async fn open(&self, path: &str) -> Result<()> {
        self.visit(path).await?;
        self.hydrated().await
    }

    /// Waits until the reader has taken over.
    ///
    /// # Errors
    /// When it does not.
    pub async fn hydrated(&self) -> Result<()> {
        self.wait_for("the reader to start", "document.documentElement.hasAttribute('data-hydrated')").await
    }

    /// Begins a look at the page for elements of a role.
    pub fn role<'a>(&'a self, role: &'a str) -> Look<'a> {
        Look::new(self, role)
    }

    /// What a JavaScript expression gives.
    ///
    /// # Errors
    /// When it throws.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        self.run(&format!("return ({expression})"), vec![]).await
    }

    /// Runs the body of a JavaScript function.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.client.execute(script, arguments).await.with_context(|| format!("in script: {script:.200}"))
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Errors
    /// When it stays false.
    pub async fn wait_for(&self, what: &str, expression: &str) -> Result<()> {
        self.until(what, async || Ok(self.eval(expression).await? == Value::Bool(true))).await
    }

    /// Asks again and again until the answer is true. A page that is just being left may fail to answer.
    ///
    /// # Errors
    /// When it stays false.
    pub async fn until<F: Future<Output = Result<bool>>>(&self, what: &str, mut ask: impl FnMut() -> F) -> Result<()> {
        let start = Instant::now();
        let (mut pause, longest) = PAUSES;
        let mut last = Ok(false);
        while start.elapsed() < PATIENCE {
            last = ask().await;
            if matches!(last, Ok(true)) {
                return Ok(());
            }
            tokio::time::sleep(pause).await;
            pause = longest.min(pause * 2);
        }
        last.with_context(|| format!("waited in vain for {what}"))?;
        bail!("waited in vain for {what}")
    }

    /// The path of the location bar, below the base, with query and fragment.
    ///
    /// # Errors
    /// When it lies outside the site.
    pub async fn path(&self) -> Result<String> {
        let url = self.client.current_url().await?;
        let path = url.as_str().strip_prefix(self.server.url("/").trim_end_matches('/'));
        Ok(path.with_context(|| format!("{url} is outside the site"))?.to_owned())
    }

    /// Waits until the location bar shows a path and the page's heading has a text.
    ///
    /// # Errors
    /// When it does not.
    pub async fn arrives(&self, path: &str, heading: &str) -> Result<()> {
        self.until(&format!("the address {path}"), async || Ok(self.path().await? == path)).await?;
        let look = self.role("heading").level(1).named(heading);
        look.find().await.map(drop)
    }

    /// Follows a link to a path below the base (a fragment may follow), wherever the page has one.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn follow(&self, path: &str) -> Result<()> {
        let script = "const link = document.createElement('a');
            link.href = arguments[0];
            document.body.append(link);
            link.click();
            link.remove();";
        self.run(script, vec![self.server.url(path).into()]).await.map(drop)
    }

    /// Does something in another tab of the same browser, and comes back to this one.
    ///
    /// WebKitGTK's driver opens no second window that answers. There this very page hears what storage tells other tabs, after
    /// `instead` has written it.
    ///
    /// # Errors
    /// When the browser fails, or what is done there does.
    pub async fn in_another_tab(&self, act: impl AsyncFnOnce() -> Result<()>, instead: &str) -> Result<()> {
        if self.engine == Engine::Webkit {
            return self.run(&format!("{instead}; dispatchEvent(new StorageEvent('storage'))"), vec![]).await.map(drop);
        }
        let first = self.client.window().await?;
        let second = self.client.new_window(true).await?.handle;
        self.client.switch_to_window(second).await?;
        act().await?;
        self.client.close_window().await?;
        Ok(self.client.switch_to_window(first).await?)
    }

    /// Leaves a mark that only a reload removes.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn mark_window(&self) -> Result<()> {
        self.run("window.__mark = true", vec![]).await.map(drop)
    }

    /// Whether the page was not reloaded since [`Reader::mark_window`].
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn is_same_window(&self) -> Result<bool> {
        Ok(self.eval("window.__mark === true").await? == Value::Bool(true))
    }

    /// Gives the page a width and about this height, in CSS pixels.
    ///
    /// # Errors
    /// When the engine does not come down to the width.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        match self.engine {
            // Its window stops at 500 pixels.
            Engine::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.command("Emulation.setDeviceMetricsOverride", metrics).await?;
            }
            Engine::Firefox => {
                // So does its own, but for a rule of its style that can be lifted.
                self.client.issue_cmd(Post { path: "moz/context", body: json!({ "context": "chrome" }) }).await?;
                let script = "document.documentElement.style.setProperty('min-width', '0', 'important')";
                let lifted = self.run(script, vec![]).await;
                self.client.issue_cmd(Post { path: "moz/context", body: json!({ "context": "content" }) }).await?;
                lifted?;
                self.client.set_window_size(width, height).await?;
            }
            Engine::Webkit => self.client.set_window_size(width, height).await?,
        }
        self.wait_for(&format!("a width of {width}"), &format!("innerWidth === {width}")).await
    }

    /// Gives the site no more room on the device than it takes now and so many bytes. `false`, and nothing is done, where the engine's driver
    /// cannot.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn limit_storage(&self, bytes: u64) -> Result<bool> {
        if self.engine != Engine::Chromium {
            return Ok(false);
        }
        let look = "const done = arguments[0]; navigator.storage.estimate().then(it => done(it.usage))";
        let usage = self.client.execute_async(look, vec![]).await?.as_u64().context("no usage")?;
        let origin = self.server.url("/");
        let params = json!({ "origin": origin, "quotaSize": usage + bytes });
        self.command("Storage.overrideQuotaForOrigin", params).await?;
        Ok(true)
    }

    /// Wakes the service worker as the browser does when a network comes back (Background Sync). `false`, and nothing is done, where the
    /// engine has no such thing, or its driver cannot.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn wake_worker(&self, tag: &str) -> Result<bool> {
        if self.engine != Engine::Chromium {
            return Ok(false);
        }
        self.command("ServiceWorker.enable", json!({})).await?;
        let origin = self.server.url("");
        let origin = origin.trim_end_matches('/');
        // A profile counts its workers, and that of a fresh browser has seen a single one ([`crate::Setup::FRESH`]).
        let event = json!({ "origin": origin, "registrationId": "0", "tag": tag, "lastChance": false });
        self.command("ServiceWorker.dispatchSyncEvent", event).await?;
        Ok(true)
    }

    /// Has Chromium do something that WebDriver has no words for.
    async fn command(&self, command: &str, params: Value) -> Result<()> {
        let body = json!({ "cmd": command, "params": params });
        self.client
            .issue_cmd(Post { path: "goog/cdp/execute", body })
            .await
            .map(drop)
            .context("Chromium's driver refuses")
    }

    /// Fails when the page is wider than a window of one of these widths, in CSS pixels.
    ///
    /// # Errors
    /// With the page, its width and the window's.
    pub async fn fits(&self, widths: &[u32]) -> Result<()> {
        for width in widths {
            self.resize(*width, 900).await?;
            let wide = self.eval("document.documentElement.scrollWidth").await?.as_u64().unwrap_or(u64::MAX);
            ensure!(wide <= u64::from(*width), "{} is {wide} pixels wide in a window of {width}", self.path().await?);
        }
        Ok(())
    }

    /// Presses a key, such as [`fantoccini::key::Key::Tab`], where the focus is.
    ///
    /// # Errors
    /// When the browser fails.
    pub async fn press(&self, key: fantoccini::key::Key) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys(&char::from(key).to_string()).await?)
    }

    /// Lets the test pass although this stands in a report of the page or of the browser.
    pub fn tolerate(&self, text: &str) {
        self.tolerated.lock().unwrap_or_else(PoisonError::into_inner).push(text.to_owned());
    }

    /// Fails when any page of this test reported an error, a warning, a refused resource or a violation of its policy.
    ///
    /// # Errors
    /// With all reports.
    pub async fn check_quiet(&self) -> Result<()> {
        let settled =
            "const done = arguments[0]; (window.__probe?.settled() ?? Promise.resolve()).then(() => done(null))";
        self.client.execute_async(settled, vec![]).await?;
        let mut reports = self.probe.reports();
        if self.engine == Engine::Chromium {
            let log = self.client.issue_cmd(Post { path: "se/log", body: json!({ "type": "browser" }) }).await?;
            let loud = |it: &&Value| matches!(it["level"].as_str(), Some("SEVERE" | "WARNING"));
            reports.extend(
                log.as_array().into_iter().flatten().filter(loud).map(|it| format!("browser: {}", it["message"])),
            );
        }
        // It names no address, and comes late: it may be about a page that the case before has left.
        let is_ours = self.server.visits().iter().any(|it| it.path.ends_with("/sw.js") && it.status == 404);
        reports.retain(|it| is_ours || !it.contains("(404) was received when fetching the script"));
        let tolerated = self.tolerated.lock().unwrap_or_else(PoisonError::into_inner).clone();
        reports.retain(|report| !tolerated.iter().any(|it| report.contains(it)));
        ensure!(reports.is_empty(), "the pages were not quiet:\n{}", reports.join("\n"));
        Ok(())
    }

    /// Runs a look in the page, which brings its library along when the page is new.
    pub(crate) async fn look(&self, query: &Value, within: &Value) -> Result<Vec<Element>> {
        // An element has to be an argument of its own: WebKit finds none inside an object.
        let found = self.ask_library("byRole", &[query.clone(), within.clone()]).await?;
        let found = found.as_array().context("a look gave no list")?;
        let element = |it: &Value| {
            let id = it[ELEMENT].as_str().context("the page answered with something that is no element")?;
            Ok(Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())))
        };
        found.iter().map(element).collect()
    }

    pub(crate) async fn ask_library(&self, function: &str, arguments: &[Value]) -> Result<Value> {
        let script = format!("return window.__look ? window.__look.{function}(...arguments) : 'absent'");
        let answer = self.run(&script, arguments.to_vec()).await?;
        if answer != "absent" {
            return Ok(answer);
        }
        let library = fs::read_to_string(tools::npm_file("@testing-library/dom/dist/@testing-library/dom.umd.min.js"))
            .context("@testing-library/dom is not installed; run `cargo xtask tools`")?;
        let start = "const module = { exports: {} }, exports = module.exports, define = undefined;";
        let page = include_str!("page.js");
        self.run(&format!("{start}\n{library}\n;const library = module.exports;\n{page}"), vec![]).await?;
        self.run(&script, arguments.to_vec()).await
    }
}
