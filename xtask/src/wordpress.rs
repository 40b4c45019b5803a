//! A real WordPress on loopback, for tests.

use crate::debian::is_root;
use crate::steps;
use anyhow::{Context as _, bail, ensure};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Debian's packages. WordPress asks for a web server, and takes Apache unless another is named: this one listens to nobody until it is
/// told to, and is never started here.
pub(crate) const PACKAGES: &[&str] = &["wordpress", "mini-httpd", "php-cli", "php-mysql", "mariadb-server-core"];

const SOURCES: &str = "/usr/share/wordpress/wp-settings.php";
const PHP: &str = "/usr/bin/php";
const INSTALL_DATABASE: &str = "/usr/bin/mariadb-install-db";
/// Not in everybody's `PATH`.
const DATABASE: &str = "/usr/sbin/mariadbd";

/// A running WordPress with a database of its own and one post, whose slug is `ferry`. It ends when it is dropped.
#[derive(Debug)]
pub struct WordPress {
    /// The database's server, then the web server.
    children: Vec<Child>,
    port: u16,
    folder: TempDir,
}

impl Drop for WordPress {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl WordPress {
    /// Starts one that lets visitors write, from pages of any origin. `more` is PHP that makes it another one, such as
    /// `update_option('comment_moderation', 1);`. `None`, with the reason printed, where `cargo xtask test` could not install it.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(more: &str) -> anyhow::Result<Option<Self>> {
        if !is_there() {
            let packages = PACKAGES.join(", ");
            eprintln!(
                "SKIPPED: no WordPress, PHP and MariaDB; `cargo xtask test` installs them as root on Debian ({packages})"
            );
            return Ok(None);
        }
        let folder = tempfile::tempdir().context("no folder for WordPress")?;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?.local_addr()?.port();
        let mut it = Self { children: Vec::new(), port, folder };
        it.start_database()?;
        it.install()?;
        if !more.is_empty() {
            it.run(more)?;
        }
        it.serve()?;
        Ok(Some(it))
    }

    /// Runs PHP inside of it, and gives back what that prints. `$post` is its post.
    ///
    /// # Errors
    /// With what PHP says, when that fails.
    pub fn run(&self, code: &str) -> anyhow::Result<String> {
        let load = self.folder.path().join("load.php");
        let post = "$post = get_page_by_path('ferry', OBJECT, 'post')";
        let code = format!("require '{}'; {post}; {code}", load.display());
        output(Command::new(PHP).args(["-r", &code]))
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn start_database(&mut self) -> anyhow::Result<()> {
        let folder = self.folder.path();
        let (data, socket) = (folder.join("data"), folder.join("database.sock"));
        let data = format!("--datadir={}", data.display());
        // It refuses to be root unless it is told to.
        let user: &[&str] = if is_root() { &["--user=root"] } else { &[] };
        let mut install = Command::new(INSTALL_DATABASE);
        install.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", &data]).args(user);
        // Each one that starts empties the folder for temporary tables, and crashes others that share it.
        output(install.env("TMPDIR", folder))?;
        let mut command = Command::new(DATABASE);
        command.args(["--no-defaults", "--skip-networking", "--innodb-flush-log-at-trx-commit=0", &data]).args(user);
        command.arg(format!("--socket={}", socket.display()));
        command.arg(format!("--pid-file={}", folder.join("database.pid").display()));
        self.children.push(spawn(command.env("TMPDIR", folder))?);
        wait_for("MariaDB", || UnixStream::connect(&socket).is_ok())
    }

    fn install(&self) -> anyhow::Result<()> {
        let folder = self.folder.path();
        for (name, text) in [
            ("load.php", include_str!("wordpress/load.php")),
            ("install.php", include_str!("wordpress/install.php")),
            ("web/index.php", include_str!("wordpress/index.php")),
            ("content/mu-plugins/tests.php", include_str!("wordpress/plugin.php")),
        ] {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap_or(folder))?;
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        let address = format!("http://127.0.0.1:{}", self.port);
        output(Command::new(PHP).arg(folder.join("install.php")).arg(address)).map(drop)
    }

    fn serve(&mut self) -> anyhow::Result<()> {
        let address = format!("127.0.0.1:{}", self.port);
        let mut command = Command::new(PHP);
        command.args(["-S", &address, "-t"]).arg(self.folder.path().join("web"));
        self.children.push(spawn(&mut command)?);
        wait_for("PHP", || TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok())
    }
}

/// Whether all that it takes is installed.
pub(crate) fn is_there() -> bool {
    let has_driver = "exit(extension_loaded('mysqli') ? 0 : 1);";
    [SOURCES, INSTALL_DATABASE, DATABASE].iter().all(|it| Path::new(it).is_file())
        && steps::output(PHP, &["-r", has_driver]).is_some()
}

fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.with_context(|| format!("cannot start {:?}", command.get_program()))
}

/// What a program prints.
fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name:?}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name:?} failed ({}):\n{said}{complaint}", output.status);
    Ok(said.into_owned())
}

fn wait_for(what: &str, mut is_up: impl FnMut() -> bool) -> anyhow::Result<()> {
    for _ in 0..300 {
        if is_up() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("{what} does not answer")
}
