//! What goes over the wire for one article, by kind.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::table::Table;

/// Kilobytes of JavaScript and Wasm that one page may load at first: 165 for reading, 20 for the wall, 15 for comments, 22 for offline and
/// library.
const SCRIPTS: f64 = 222.0;
/// Kilobytes of the service worker.
const WORKER: f64 = 4.0;
/// Kilobytes of CSS.
const STYLES: f64 = 12.0;

/// Adds what the article's page and its parts weigh.
pub fn measure(site: &Path, article: &str, table: &mut Table) -> Result<()> {
    let page = site.join(article.trim_matches('/')).join("index.html");
    let html = fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    table.note("HTML of the article, its CSS inlined", kilobytes(&page)?, "kB");
    table.note("the same, uncompressed", html.len() as f64 / 1000.0, "kB");

    // CSS stands in the page: by itself it is weighed as a file that a browser would fetch.
    let styles: Vec<&str> = html
        .split("<style")
        .skip(1)
        .filter_map(|it| it.split_once('>')?.1.split_once("</style>"))
        .map(|it| it.0)
        .collect();
    anyhow::ensure!(!styles.is_empty() || html.contains("rel=\"stylesheet\""), "the page has no CSS");
    let inlined = compressed(styles.concat().as_bytes(), site)?;
    let files = named_in(&html, site, "css")?;
    table.at_most("CSS", inlined + files, STYLES, "kB");

    let (js, wasm) = (named_in(&html, site, "js")?, named_in(&html, site, "wasm")?);
    anyhow::ensure!(js > 0.0 && wasm > 0.0, "the page names no JavaScript or no Wasm");
    table.note("JavaScript", js, "kB");
    table.note("Wasm", wasm, "kB");
    table.at_most("JavaScript and Wasm", js + wasm, SCRIPTS, "kB");
    for (name, size) in parts(site)? {
        table.note(&format!("Wasm of the part `{name}`, loaded when it is first needed"), size, "kB");
    }
    table.at_most("service worker", kilobytes(&site.join("sw.js"))?, WORKER, "kB");
    Ok(())
}

/// Parts of the reader, by name.
fn parts(site: &Path) -> Result<Vec<(String, f64)>> {
    let mut parts = Vec::new();
    for file in walk(site)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = name.strip_prefix("reader-").and_then(|it| it.strip_suffix(".wasm")?.split_once('_'));
        if let Some((_, part)) = part.filter(|it| it.1 != "bg") {
            parts.push((part.to_owned(), kilobytes(&file)?));
        }
    }
    parts.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(parts)
}

/// The files of this kind that the page names, together.
fn named_in(html: &str, site: &Path, extension: &str) -> Result<f64> {
    let mut sum = 0.0;
    for entry in walk(site)? {
        let is_kind = entry.extension().is_some_and(|it| it == extension);
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_kind && html.contains(&name) {
            sum += kilobytes(&entry)?;
        }
    }
    Ok(sum)
}

fn walk(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files.extend(walk(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

/// A file as it was compressed beside itself.
fn kilobytes(file: &Path) -> Result<f64> {
    let name = format!("{}.br", file.display());
    Ok(fs::metadata(&name).with_context(|| format!("cannot find {name}"))?.len() as f64 / 1000.0)
}

/// Bytes as they would be compressed in a file of their own.
fn compressed(bytes: &[u8], site: &Path) -> Result<f64> {
    let folder = site.with_extension("parts");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("inline.css"), bytes)?;
    crate::compress(&folder)?;
    kilobytes(&folder.join("inline.css"))
}
