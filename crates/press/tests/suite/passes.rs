//! `press pass` as a publisher types it: lists of subscribers, links, and the secret behind them.

mod kept;
mod lists;
mod outputs;
mod secret;
mod task;
mod tiers;

use jumpline_press::wall::place;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A day of November 2026.
const NOW: &str = "1795000000";

/// The reader that sites are built from.
const SHELL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/small/shell");

/// A paid article.
const PAID: &str = "---\ntitle: A\ndate: 2026-11-02\nvisibility: paid\n---\na\n\n<!--more-->\n\nb\n";

/// A publication with two tiers, in a folder of its own.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a command said.
struct Said {
    ok: bool,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let tiers = "[[tiers]]\nname = \"paid\"\ntitle = \"Friends\"\n[[tiers]]\nname = \"gold\"\ntitle = \"Gold\"\n";
        desk.write("content/publication.toml", &format!("title = \"T\"\nurl = \"https://t.example\"\n{tiers}"));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn press_with(&self, secret: Option<&str>, line: &str) -> Said {
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press.args(line.split_whitespace()).current_dir(self.folder.path());
        press.env_remove(place::VARIABLE).env("SOURCE_DATE_EPOCH", NOW);
        press.envs(secret.map(|it| (place::VARIABLE, it)));
        let output = press.output().unwrap();
        let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
        Said { ok: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn press(&self, line: &str) -> Said {
        self.press_with(None, line)
    }

    /// Imports a list. Gives back what was said, and who has a live pass: address, tiers, last day.
    #[track_caller]
    fn import(&self, list: &str, more: &str) -> (String, String) {
        self.write("list.csv", list);
        let said = self.press(&format!("pass import list.csv --links links.csv {more}"));
        assert!(said.ok, "{}", said.err);
        let of = |it: &str| it.rsplit_once(',').map(|it| format!("{}\n", it.0)).unwrap_or_default();
        (said.out, self.read("links.csv").lines().skip(1).map(of).collect())
    }

    /// Imports a list that is refused.
    #[track_caller]
    fn refused(&self, list: &str, more: &str) -> String {
        self.write("list.csv", list);
        let said = self.press(&format!("pass import list.csv {more}"));
        assert!(!said.ok, "{}", said.out);
        said.err
    }
}
