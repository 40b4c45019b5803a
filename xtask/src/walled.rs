//! The sample with a wall: passes are issued for it, and it is built twice, as it was and as it is later.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::build::{Build, Press};
use crate::samples::Sample;
use crate::steps::root;

/// What builds samples.
const PRESS: Press = Press::Debug;
/// A day of 2026, when every pass is live.
const NOW: &str = "1795000000";
/// A day of March 2090, when one pass has lapsed and one was revoked.
const LATER: &str = "3792900000";

/// Passes of the sample, by their names; the last day of each lies after this century's tests.
const PASSES: [(&str, &[&str], &str); 4] = [
    ("reader", &["paid"], "2099-12-31"),
    ("patron", &["paid", "patron"], "2099-12-31"),
    ("lapsing", &["paid"], "2090-01-31"),
    ("revoked", &["paid"], "2099-12-31"),
];

/// Where the links of the passes are written, a line each: name, a space, link.
pub fn links() -> PathBuf {
    root().join("target/walled/links.txt")
}

/// The site as it is later: with another article, and without two of the passes.
pub fn later() -> PathBuf {
    root().join("target/sites/walled-later")
}

/// The later site, whose publisher lets nobody give articles away any more.
pub fn giftless() -> PathBuf {
    root().join("target/sites/walled-giftless")
}

/// Issues the passes anew and builds the three sites from the shell that is there.
///
/// # Errors
/// When `press` stops.
pub fn build() -> anyhow::Result<()> {
    let folder = root().join("target/walled");
    // The passes of the last time end with its secret, and press would ask whether they shall.
    for old in [folder.clone(), Sample::Walled.folder(), later(), giftless()] {
        let _ = fs::remove_dir_all(old);
    }
    let (content, secret) = (folder.join("content"), folder.join("keys/secret"));
    copy(&root().join("tests/publications/walled"), &content)?;
    let press = |arguments: &[&str], secret: &Path, day: &str| -> anyhow::Result<String> {
        let mut command = PRESS.command()?;
        command.args(arguments);
        command.arg("--content").arg(&content).current_dir(root());
        command.env("JUMPLINE_SECRET", secret).env("SOURCE_DATE_EPOCH", day);
        let output = command.output().context("cannot start press")?;
        if !output.status.success() {
            bail!("press {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let stranger = folder.join("stranger/secret");
    for it in [&secret, &stranger] {
        press(&["pass", "secret"], it, NOW)?;
    }
    let mut lines = String::new();
    let mut revoked = String::new();
    for (name, tiers, until) in PASSES {
        let mut arguments = vec!["pass", "issue", "--until", until, "--name", name];
        arguments.extend(tiers.iter().flat_map(|it| ["--tier", it]));
        let link = press(&arguments, &secret, NOW)?;
        if name == "revoked" {
            let id = link.split_once('#').and_then(|it| it.1.split_once('.')).context("press printed no link")?;
            revoked = id.0.to_owned();
        }
        lines.push_str(&format!("{name} {link}\n"));
    }
    lines.push_str(&format!(
        "stranger {}\n",
        press(&["pass", "issue", "--until", "2099-12-31", "--tier", "paid"], &stranger, NOW)?
    ));
    fs::write(links(), lines)?;
    let site = |out: &Path, day: &str| {
        let build =
            Build { content: content.clone(), base: Some(Sample::Walled.base()), out: out.to_owned(), press: PRESS };
        build.pages_with(&[("JUMPLINE_SECRET".into(), secret.clone().into()), ("SOURCE_DATE_EPOCH".into(), day.into())])
    };
    site(&Sample::Walled.folder(), NOW)?;
    press(&["pass", "revoke", &revoked], &secret, LATER)?;
    copy(&root().join("tests/publications/walled-later"), &content)?;
    site(&later(), LATER)?;
    let settings = content.join("publication.toml");
    let text = fs::read_to_string(&settings).with_context(|| format!("cannot read {}", settings.display()))?;
    fs::write(&settings, text + "\n[paywall]\ngifts = false\n")?;
    site(&giftless(), LATER)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?
        } else {
            fs::copy(entry.path(), target).map(drop)?
        }
    }
    Ok(())
}
