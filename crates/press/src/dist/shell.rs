//! The reader as Trunk built it: one page to fill, and files to copy.

use super::css;
use anyhow::{Context as _, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jumpline_article::Publication;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What stands for the base path in everything that Trunk built.
const BASE: &str = "/__base__/";
const HEAD: &str = "<!--HEAD-->";
const APP: &str = "<div id=\"app\"></div>";

/// A shell, ready to be filled.
#[derive(Debug)]
pub struct Shell {
    root: PathBuf,
    base: String,
    before_head: String,
    head: String,
    before_app: String,
    after_app: String,
    files: Vec<String>,
    /// The sheet that no first paint waits for: its path and its text.
    late: Option<(String, String)>,
    /// Changes when anything in a filled page would.
    pub fingerprint: String,
}

/// What fills a page.
pub struct Filling<'a> {
    /// The head's own lines, escaped.
    pub head: &'a str,
    /// The HTML inside `#app`.
    pub app: &'a str,
    /// JSON for the boot script, escaped.
    pub boot: &'a str,
}

impl Shell {
    /// Reads a shell for one publication.
    ///
    /// # Errors
    /// When it is missing or not one that this press can fill.
    pub fn read(root: &Path, publication: &Publication) -> anyhow::Result<Self> {
        let path = root.join("index.html");
        let name = path.display();
        let html = fs::read_to_string(&path)
            .with_context(|| format!("{name}: cannot be read; build the reader first (`cargo xtask build`)"))?;
        let base = publication.base.as_str().to_owned();
        let html = html.replace(BASE, &base);
        let Some((before_head, rest)) = html.split_once(HEAD) else { bail!("{name}: has no {HEAD} in its head") };
        let Some((before_app, after_app)) = rest.split_once(APP) else { bail!("{name}: has no {APP}") };
        if before_head.contains("<script") || before_head.contains("<style") {
            bail!("{name}: a script or style stands before {HEAD}, where no policy holds yet; move it below");
        }
        let language = publication.language;
        let root_tag = format!("<html lang=\"{}\" dir=\"{}\">", language.tag(), language.direction());
        let before_head = match (before_head.find("<html"), before_head.find("<head")) {
            (Some(start), Some(end)) if start < end => {
                let close = before_head[start..].find('>').map_or(end, |it| start + it + 1);
                format!("{}{root_tag}{}", &before_head[..start], &before_head[close..])
            }
            _ => bail!("{name}: has no <html> and <head> before {HEAD}"),
        };
        let sheet = root.join("style/main.css");
        let style = if sheet.is_file() { css::bundle(&sheet)? } else { String::new() };
        let policy = policy(publication, &inline_scripts(&html), &style);
        let head = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n    \
             <meta name=\"referrer\" content=\"no-referrer\">"
        );
        let sheet = if style.is_empty() { String::new() } else { format!("\n    <style>{style}</style>") };
        let late = late(root)?;
        let link = late.as_ref().map_or(String::new(), |(path, _)| late_link(&base, path));
        // What stands below the own lines of a page: its sheet, and the rest of the shell's head.
        let before_app = format!("{sheet}{link}{before_app}");
        let parts = [&before_head, &head, &before_app, after_app].map(|it| it.as_bytes()).join(&b"\0"[..]);
        Ok(Self {
            root: root.to_owned(),
            base,
            before_head,
            head,
            before_app,
            after_app: after_app.to_owned(),
            files: files(root)?.into_iter().chain(late.iter().map(|it| it.0.clone())).collect(),
            late,
            fingerprint: blake3::hash(&parts).to_hex().to_string(),
        })
    }

    /// Puts a page together.
    pub fn fill(&self, filling: &Filling<'_>) -> String {
        let Self { before_head, head, before_app, after_app, .. } = self;
        let Filling { head: own, app, boot } = filling;
        format!(
            "{before_head}{head}\n    {own}{before_app}<div id=\"app\">{app}</div>\n    \
             <script type=\"application/json\" id=\"jumpline-boot\">{boot}</script>{after_app}"
        )
    }

    /// Files to copy, by path.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Names at the top of the site that belong to the shell.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.files.iter().filter_map(|it| it.split('/').next().map(ToOwned::to_owned)).collect();
        names.dedup();
        names
    }

    /// A file's bytes; in text the base stands in its place.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn file(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        if let Some((_, css)) = self.late.as_ref().filter(|it| it.0 == path) {
            return Ok(css.clone().into_bytes());
        }
        let disk = self.root.join(path);
        let bytes = fs::read(&disk).with_context(|| format!("{}: cannot be read", disk.display()))?;
        let is_text = [".js", ".mjs", ".json", ".webmanifest", ".css", ".html", ".svg", ".txt", ".xml"];
        if !is_text.iter().any(|it| path.ends_with(it)) {
            return Ok(bytes);
        }
        match String::from_utf8(bytes) {
            Ok(text) if text.contains(BASE) => Ok(text.replace(BASE, &self.base).into_bytes()),
            Ok(text) => Ok(text.into_bytes()),
            Err(error) => Ok(error.into_bytes()),
        }
    }
}

/// The sheet that no first paint waits for.
fn late(root: &Path) -> anyhow::Result<Option<(String, String)>> {
    let sheet = root.join("style/late.css");
    if !sheet.is_file() {
        return Ok(None);
    }
    let css = css::bundle(&sheet)?;
    let hash = blake3::hash(css.as_bytes()).to_hex();
    Ok(Some((format!("assets/late-{}.css", &hash[..12]), css)))
}

/// A sheet for print is not waited for; the shell's script makes it one for all when the page has loaded.
fn late_link(base: &str, path: &str) -> String {
    let href = format!("rel=\"stylesheet\" href=\"{base}{path}\"");
    format!("\n    <link {href} media=\"print\" data-late><noscript><link {href}></noscript>")
}

/// Everything but the page itself and the style sheets, which every page carries.
fn files(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry.with_context(|| format!("{}: cannot be read", root.display()))?;
        let Ok(inside) = entry.path().strip_prefix(root) else { continue };
        let path = inside.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        let litter = path.split('/').any(|it| matches!(it, ".stage" | ".DS_Store"));
        let own = path == "index.html" || path.starts_with("style/") || litter;
        if entry.file_type().is_file() && !own {
            found.push(path);
        }
    }
    Ok(found)
}

/// The text of every script that runs in place. Data blocks do not run, so no policy asks for them.
fn inline_scripts(html: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(html);
    let runs = |kind: Option<&str>| {
        matches!(
            kind.map(|it| it.trim().to_ascii_lowercase()).as_deref(),
            None | Some(
                "" | "module" | "text/javascript" | "application/javascript" | "importmap" | "speculationrules"
            )
        )
    };
    let scripts = document.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    scripts
        .filter(|it| it.value().name() == "script" && it.attr("src").is_none() && runs(it.attr("type")))
        .map(|it| it.text().collect())
        .collect()
}

/// The policy of every page. It stands in a `<meta>`, since static hosts let nobody set headers.
fn policy(publication: &Publication, scripts: &[String], style: &str) -> String {
    let hash = |text: &str| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())));
    let scripts: String = scripts.iter().map(|it| hash(it)).collect();
    let style = if style.is_empty() { String::new() } else { hash(style) };
    // Only origins: a quote or a semicolon here would end the attribute or the directive.
    let is_origin =
        |it: &&String| !it.contains(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | ';' | ',' | '<' | '>'));
    let hosts: String = publication.media_hosts.iter().filter(is_origin).map(|it| format!(" {it}")).collect();
    // The browser opens locked media itself, and shows them from its own memory.
    let opened = if publication.paywall.lock.is_some() { " blob:" } else { "" };
    let allowed =
        |origin: Option<String>| origin.as_ref().filter(is_origin).map(|it| format!(" {it}")).unwrap_or_default();
    let provider = allowed(publication.subscribe.provider.origin());
    let comments = allowed(publication.comments.provider.origin());
    format!(
        "default-src 'none'; base-uri 'none'; form-action 'self'{provider}; script-src 'self' 'wasm-unsafe-eval'{scripts}; \
         style-src 'self'{style}; img-src 'self'{opened}{hosts}; media-src 'self'{opened}{hosts}; font-src 'self'; connect-src 'self'{provider}{comments}; \
         manifest-src 'self'; worker-src 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::publication;

    fn shell(html: &str) -> anyhow::Result<Shell> {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        fs::write(folder.path().join("index.html"), html).expect("is writable");
        Shell::read(
            folder.path(),
            &publication("base = \"/repo/\"\nlanguage = \"ar\"\nmedia_hosts = [\"https://i.example\"]"),
        )
    }

    const PAGE: &str = "<!doctype html><html class=x><head><meta charset=\"utf-8\"><!--HEAD--><script>a</script>\
        <script src=\"/__base__/b.js\"></script></head><body><div id=\"app\"></div>\
        <script type=module>import(\"/__base__/c.js\")</script><script type=\"application/json\">{}</script></body></html>";

    #[test]
    fn a_page_is_filled_below_its_base() {
        let shell = shell(PAGE).expect("is sound");
        let page = shell.fill(&Filling { head: "<title>T</title>", app: "<p>a</p>", boot: "{}" });
        assert!(page.starts_with(
            "<!doctype html><html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\"><meta http-equiv"
        ));
        for part in [
            "src=\"/repo/b.js\"",
            "<div id=\"app\"><p>a</p></div>",
            "id=\"jumpline-boot\">{}</script>",
            "<title>T</title>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn the_policy_allows_what_the_shell_runs_and_no_more() {
        let shell = shell(PAGE).expect("is sound");
        // printf a | openssl dgst -sha256 -binary | base64, and the same of import("/repo/c.js")
        let (first, second) = ("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='", "'sha256-");
        let scripts = shell.head.split("script-src ").nth(1).and_then(|it| it.split(';').next()).expect("has scripts");
        assert!(scripts.starts_with(&format!("'self' 'wasm-unsafe-eval' {first} {second}")), "{scripts}");
        assert_eq!(scripts.matches("sha256").count(), 2);
        assert!(shell.head.contains("img-src 'self' https://i.example;"));
        assert!(!shell.head.contains("unsafe-inline") && !shell.head.contains("'unsafe-eval'"));
    }

    #[test]
    fn the_policy_lets_locked_pictures_and_the_provider_in() {
        let folder = tempfile::tempdir().expect("has a temporary folder");
        fs::write(folder.path().join("index.html"), PAGE).expect("is writable");
        let mut publication = publication(
            "[subscribe.provider.ghost]\nurl = \"https://letters.example/\"\n\n\
             [comments.provider.isso]\nurl = \"https://talk.example/isso\"\n",
        );
        let policy = |publication: &Publication| Shell::read(folder.path(), publication).expect("is sound").head;
        assert!(!policy(&publication).contains("blob:"));
        let members = jumpline_article::wall::Bytes(vec![1; 32]);
        publication.paywall.lock = Some(jumpline_article::plan::Lock { mark: "st0c".to_owned(), bits: 0, members });
        let policy = policy(&publication);
        for part in [
            "img-src 'self' blob:;",
            "media-src 'self' blob:;",
            "connect-src 'self' https://letters.example https://talk.example;",
            "form-action 'self' https://letters.example;",
            "<meta name=\"referrer\" content=\"no-referrer\">",
        ] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
    }

    #[test]
    fn a_shell_that_cannot_be_filled_says_why() {
        for (html, why) in [
            ("<html><head></head></html>", "has no <!--HEAD-->"),
            ("<html><head><!--HEAD--></head></html>", "has no <div id=\"app\">"),
            (
                "<html><head><script>a</script><!--HEAD--></head><div id=\"app\"></div></html>",
                "stands before <!--HEAD-->",
            ),
        ] {
            let error = format!("{:#}", shell(html).expect_err("is broken"));
            assert!(error.contains(why), "{error}");
        }
    }
}
