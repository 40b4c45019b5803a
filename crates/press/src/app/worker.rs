//! The service worker of a publication: [`SOURCES`] with the constants of this edition.

use anyhow::Context as _;

/// Where it lies: at the top, since it serves what lies below.
pub(super) const FILE: &str = "sw.js";
/// What it keeps, how it knows what came, and what it sends; one script.
const SOURCES: [&str; 3] = [include_str!("worker.js"), include_str!("sound.js"), include_str!("outbox.js")];
const RETIRE: &str = include_str!("retire.js");

/// Signs that part words by themselves.
const SIGNS: [&str; 14] = ["=>", "===", "!==", ">=", "&&", "||", "??", "?", ":", "+", "-", "=", ">", "<"];

/// Room that no sign needs beside another.
const ROOM: [(&str, &str); 6] =
    [(", ", ","), ("{ ", "{"), (" }", "}"), (") {", "){"), ("if (", "if("), ("for (", "for(")];

/// What a device keeps before anything was read.
#[derive(Debug, Default)]
pub(super) struct Edition {
    paths: Vec<String>,
    hash: blake3::Hasher,
}

impl Edition {
    /// Adds a file, by its path below the base.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        self.hash.update(path.as_bytes()).update(&[0]).update(blake3::hash(bytes).as_bytes());
        self.paths.push(path.to_owned());
    }

    /// The script.
    ///
    /// # Errors
    /// When there is no reader among the files.
    pub(super) fn worker(mut self, base: &str) -> anyhow::Result<String> {
        let reader = self.paths.iter().find_map(|it| it.strip_prefix("reader-")?.strip_suffix("_bg.wasm"));
        let reader = reader.context("the shell has no reader-….wasm; build the reader first")?.to_owned();
        let source = SOURCES.concat();
        self.hash.update(source.as_bytes());
        let edition = self.hash.finalize().to_hex();
        let shell = serde_json::to_string(&self.paths).context("paths are not JSON")?;
        let filled = source.replace("__reader__", &reader).replace("__edition__", &edition[..16]);
        Ok(without_comments(&filled.replace("__base__", base).replace("__shell__", &shell)))
    }
}

/// A script that forgets what a service worker kept, and removes itself.
pub(super) fn retire(base: &str) -> String {
    without_comments(&RETIRE.replace("__base__", base))
}

/// What a newcomer reads here, a browser need not load.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("//"));
    let lines = lines.map(|it| it.split_once("; // ").map_or(it.to_owned(), |(code, _)| format!("{code};")));
    let script = lines.collect::<Vec<_>>().join("\n") + "\n";
    // Nor the room around signs that stand in none of its texts, and ends of lines where the sign says it.
    let script = [";", "{", "}", ","].iter().fold(script, |script, it| script.replace(&format!("{it}\n"), it));
    let script = SIGNS.iter().fold(script, |script, it| script.replace(&format!(" {it} "), it));
    ROOM.iter().fold(script, |script, (room, none)| script.replace(room, none))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_changes_with_what_is_in_it() {
        let edition = |text: &str| {
            let mut edition = Edition::default();
            edition.add("reader-0123456789abcdef_bg.wasm", text.as_bytes());
            edition.add("404.html", b"page");
            edition.worker("/repo/").expect("has a reader")
        };
        let (one, two) = (edition("a"), edition("b"));
        assert_ne!(one, two);
        assert!(one.contains("const BASE=\"/repo/\";"), "{one}");
        assert!(one.contains("const READER=\"0123456789abcdef\";"));
        assert!(one.contains("[\"reader-0123456789abcdef_bg.wasm\",\"404.html\"]"));
        assert!(!one.contains("__") && !one.contains("// "), "{one}");
        assert!(Edition::default().worker("/").is_err());
    }
}
