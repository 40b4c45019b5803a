//! No heading of an article may take the place of a part of the reader: whatever id the reader uses is reserved.

use jumpline_article::allow;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder that ends like this.
fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.filter_map(Result::ok).map(|it| it.path()) {
        if entry.is_dir() {
            files(&entry, end, found);
        } else if entry.to_string_lossy().ends_with(end) {
            found.push(entry);
        }
    }
}

/// The ids in a source: written in a view, or a constant that a view takes, from wherever.
fn ids(source: &str, everything: &str) -> Vec<String> {
    let until = |text: &str, end: char| text.split(end).next().unwrap_or_default().to_owned();
    let mut ids = Vec::new();
    for (at, start) in source.match_indices(" id=") {
        let rest = &source[at + start.len()..];
        if let Some(rest) = rest.strip_prefix('"') {
            ids.push(until(rest, '"'));
            continue;
        }
        let name: String = rest.chars().take_while(|it| it.is_ascii_uppercase() || *it == '_').collect();
        let constant = format!("const {name}: &str = \"");
        if !name.is_empty() {
            let from = if source.contains(&constant) { source } else { everything };
            ids.extend(from.split(&constant).skip(1).map(|it| until(it, '"')));
        }
    }
    ids
}

#[test]
fn the_readers_own_ids_are_reserved() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = vec![root.join("index.html")];
    files(&root.join("src"), ".rs", &mut sources);
    let sources: Vec<String> = sources.iter().map(|it| fs::read_to_string(it).expect("can be read")).collect();
    let everything = sources.concat();
    let all: Vec<String> = sources.iter().flat_map(|it| ids(it, &everything)).collect();
    assert!(all.len() > 50, "only {} ids were found", all.len());
    let free: Vec<&String> = all.iter().filter(|it| allow::id(it)).collect();
    assert!(free.is_empty(), "add to RESERVED_IDS: {free:?}");
}
