//! Makes what Trunk built smaller: short names between JavaScript and Wasm, and no more JavaScript than a machine reads.
//!
//! `wasm-bindgen` names each of some 300 functions after its Rust function and a hash, in both files; that alone is 4 kB in each, after
//! Brotli. The files then get new names, since a browser may hold what stood under the old ones.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::split::{PARTS, Split};
use crate::{steps, tools};

/// What `wasm-opt --minify-imports-and-exports-and-modules` prints.
#[derive(Debug, Deserialize)]
struct Names {
    /// Module, long name, short name.
    imports: Vec<(String, String, String)>,
    /// Long name, short name.
    exports: Vec<(String, String)>,
}

/// Environment variable that leaves the functions their names, for a profiler.
const NAMES: &str = "JUMPLINE_NAMES";

/// What names the release, beside the reader.
const RELEASE: &str = "release";

/// The name of the one module of imports, once `wasm-opt` has shortened it.
const MODULE: &str = "a";

/// Packs a folder that Trunk has just built.
///
/// # Errors
/// When there is no glue or no Wasm in it, or a tool fails.
pub fn pack(folder: &Path) -> anyhow::Result<()> {
    let (glue, wasm) = (find(folder, ".js")?, find(folder, "_bg.wasm")?);
    let whole = fs::read(&wasm)?;
    let split = Split::of(&whole, &PARTS).context("the Wasm cannot be taken apart")?;
    fs::write(&wasm, split.first()?)?;
    let names = shorten(&wasm)?;
    let text = fs::read_to_string(&glue).with_context(|| format!("{}: cannot be read", glue.display()))?;
    fs::write(&glue, rename(&text, &names)?)?;
    run(Command::new(tools::npm_program("terser")).arg(&glue).args(["--module", "--compress", "passes=2"]).args([
        "--mangle",
        "--output",
        &glue.to_string_lossy(),
    ]))?;
    let mut files = vec![(glue, ".js".to_owned()), (wasm, "_bg.wasm".to_owned())];
    let exports = names.exports.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    for (name, bytes) in split.parts(&exports)? {
        let end = format!("_{name}.wasm");
        let file = folder.join(format!("jumpline{end}"));
        fs::write(&file, bytes)?;
        run(&mut optimise(&file))?;
        files.push((file, end));
    }
    name(folder, &files)?;
    let release = folder.join(RELEASE);
    fs::write(&release, said()?).with_context(|| format!("{}: cannot be written", release.display()))
}

/// Tells a release by what it says: a press of another one has other words for the reader (`crates/press/src/dist/shell.rs`).
fn said() -> anyhow::Result<String> {
    let path = steps::root().join("src/messages/keys.rs");
    let source = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let names = source.lines().filter_map(|it| it.trim().strip_suffix("\",")?.split_once(" = \""));
    Ok(blake3::hash(names.map(|it| it.1).collect::<Vec<_>>().join("\n").as_bytes()).to_hex().to_string())
}

/// What Trunk wrote to start the Wasm, in the script that the page begins with: a policy has to allow each by its hash, in every page.
fn in_one_script(html: &str) -> anyhow::Result<String> {
    const END: &str = "</script>";
    let cut = |from: &str| {
        let start = html.find(from)?;
        let end = start + html[start..].find(END)?;
        Some((start, end))
    };
    let (first, second) =
        cut("<script>").zip(cut("<script data-wasm")).context("index.html: its two scripts are not there")?;
    let (mark, start) = html[second.0..second.1].split_once('>').context("index.html: a script without an end")?;
    let body = &html[first.0 + "<script>".len()..first.1];
    let between = &html[first.1 + END.len()..second.0];
    let after = &html[second.1 + END.len()..];
    if first.1 > second.0 {
        bail!("index.html: what begins the page has to stand before what starts the Wasm");
    }
    Ok(format!("{}{mark}>{body};{start}{END}{}{after}", &html[..first.0], between.trim_end()))
}

/// Names files after all that is in them, since each goes only with the others.
fn name(folder: &Path, files: &[(PathBuf, String)]) -> anyhow::Result<()> {
    let page = folder.join("index.html");
    let mut html = fs::read_to_string(&page).with_context(|| format!("{}: cannot be read", page.display()))?;
    let mut hash = blake3::Hasher::new();
    for (file, _) in files {
        hash.update(&fs::read(file)?);
    }
    let hash = hash.finalize().to_hex();
    for (file, end) in files {
        let new = format!("reader-{}{end}", &hash[..16]);
        html = html.replace(&name_of(file)?, &new);
        fs::rename(file, folder.join(&new))?;
    }
    for end in [".js", "_bg.wasm"] {
        let new = format!("reader-{}{end}", &hash[..16]);
        if !html.contains(&new) {
            bail!("{}: does not name {new}", page.display());
        }
    }
    fs::write(page, in_one_script(&html)?)?;
    Ok(())
}

fn find(folder: &Path, end: &str) -> anyhow::Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    let is_it = |it: &PathBuf| {
        it.file_name().and_then(|it| it.to_str()).is_some_and(|it| it.starts_with("jumpline-") && it.ends_with(end))
    };
    let mut files = entries.filter_map(|it| Some(it.ok()?.path())).filter(is_it);
    match (files.next(), files.next()) {
        (Some(file), None) => Ok(file),
        _ => bail!("{}: expected one file jumpline-…{end}", folder.display()),
    }
}

fn name_of(file: &Path) -> anyhow::Result<String> {
    Ok(file.file_name().context("a file without a name")?.to_string_lossy().into_owned())
}

/// Makes a Wasm smaller.
fn optimise(wasm: &Path) -> Command {
    let mut command = Command::new(tools::npm_program("wasm-opt"));
    // Without --all-features, whose compact imports Chromium refuses.
    let features = "bulk-memory nontrapping-float-to-int sign-ext mutable-globals reference-types multivalue";
    command.arg("-Oz").args(features.split(' ').map(|it| format!("--enable-{it}")));
    // Browsers compile a function when it is first called, and one that had swallowed all that it calls would keep the page from answering.
    command.arg("--one-caller-inline-max-function-size=200");
    if env::var_os(NAMES).is_some() {
        command.arg("--debuginfo");
    }
    command.arg(wasm).arg("-o").arg(wasm);
    command
}

/// Makes the Wasm smaller and gives it short names.
fn shorten(wasm: &Path) -> anyhow::Result<Names> {
    let printed = run(optimise(wasm).arg("--minify-imports-and-exports-and-modules"))?;
    serde_json::from_str(&printed).context("wasm-opt printed something else than its new names")
}

fn run(command: &mut Command) -> anyhow::Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().with_context(|| format!("cannot start {program}; run `cargo xtask tools`"))?;
    if !output.status.success() {
        bail!("{program} failed ({}):\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Gives the glue the same short names.
fn rename(glue: &str, names: &Names) -> anyhow::Result<String> {
    let Some((module, ..)) = names.imports.first() else { bail!("the Wasm imports nothing") };
    if names.imports.iter().any(|it| it.0 != *module) {
        bail!("the Wasm imports from more than one module");
    }
    let quoted = format!("\"{module}\"");
    if !glue.contains(&quoted) {
        bail!("the glue does not name the module {quoted}");
    }
    let glue = glue.replace(&quoted, &format!("\"{MODULE}\""));
    let mut imports: BTreeMap<&str, &str> = names.imports.iter().map(|it| (it.1.as_str(), it.2.as_str())).collect();
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '$';
    let mut renamed = String::with_capacity(glue.len());
    let mut rest = glue.as_str();
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        renamed.push_str(before);
        let (word, after) = from.split_at(from.find(|it| !is_word(it)).unwrap_or(from.len()));
        // An import is a member of an object, an export of `wasm`; the same word elsewhere is something else.
        let short = match after.starts_with(':') {
            true => imports.remove(word),
            false => exports.get(word).copied().filter(|_| renamed.ends_with("wasm.")),
        };
        renamed.push_str(short.unwrap_or(word));
        rest = after;
    }
    renamed.push_str(rest);
    match imports.keys().next() {
        Some(missing) => bail!("the glue has no `{missing}:`, which the Wasm imports"),
        None => Ok(renamed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let json = r#"{"imports": [["./j_bg.js", "__wbg_log_0a", "a"]], "exports": [["memory", "b"], ["main", "c"]]}"#;
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn names_are_shortened_where_they_are_names() {
        let glue = r#"const i = { __wbg_log_0a: function(main) { use(wasm.memory.buffer, it.memory, main) } };
            wasm.main(); const all = { "./j_bg.js": i }; // __wbg_log_0a"#;
        let renamed = rename(glue, &names()).unwrap();
        let expected = r#"const i = { a: function(main) { use(wasm.b.buffer, it.memory, main) } };
            wasm.c(); const all = { "a": i }; // __wbg_log_0a"#;
        assert_eq!(renamed, expected);
    }

    #[test]
    fn a_glue_that_does_not_fit_is_refused() {
        assert!(rename(r#"{ "./j_bg.js": {} }"#, &names()).unwrap_err().to_string().contains("__wbg_log_0a"));
        assert!(rename("{ __wbg_log_0a: 1 }", &names()).unwrap_err().to_string().contains("./j_bg.js"));
    }

    #[test]
    fn two_scripts_become_one() {
        let html = "<head>\n  <script>one()</script>\n  <link>\n  <script data-wasm=\"a.wasm\">two()</script>\n</head>";
        let one = "<head>\n  <script data-wasm=\"a.wasm\">one();two()</script>\n  <link>\n</head>";
        assert_eq!(in_one_script(html).unwrap(), one);
        assert!(in_one_script("<script>one()</script>").is_err());
    }
}
