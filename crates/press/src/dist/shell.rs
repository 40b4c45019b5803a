//! The reader as Trunk built it: one page to fill, and files to copy.

#[cfg(test)]
mod tests;

use super::policy::Policy;
use super::style::Style;
use crate::colour::srgb;
use anyhow::{Context as _, bail};
use jumpline::messages::Key;
use jumpline_article::{App, Publication};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// What stands for the base path in everything that Trunk built.
const BASE: &str = "/__base__/";
const HEAD: &str = "<!--HEAD-->";
const THEME: &str = "<meta name=\"theme-color\" content=\"";
const APP: &str = "<div id=\"app\"></div>";
/// What names the release of the reader.
const RELEASE: &str = "release";

/// A shell, ready to be filled.
#[derive(Debug)]
pub struct Shell {
    root: PathBuf,
    base: String,
    before_head: String,
    policy: Policy,
    before_app: String,
    after_app: String,
    files: Vec<String>,
    style: Style,
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
        if let Ok(built) = fs::read_to_string(root.join(RELEASE))
            && built != release()
        {
            bail!(
                "{}: the reader there is of another release than this press; build both anew (`cargo xtask build`, `cargo install --locked --path crates/press`)",
                root.display()
            );
        }
        let base = publication.base.as_str().to_owned();
        let html = tinted(html.replace(BASE, &base), &publication.app.background);
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
        let style = Style::read(root)?;
        let policy = Policy::of(publication, &html);
        let sheets = style.all();
        let parts = [&before_head, &policy.with(&sheets), &sheets, before_app, after_app];
        let parts = parts.map(|it| it.as_bytes()).join(&b"\0"[..]);
        Ok(Self {
            root: root.to_owned(),
            base,
            before_head,
            policy,
            before_app: before_app.to_owned(),
            after_app: after_app.to_owned(),
            files: files(root)?.into_iter().chain(style.files().map(|it| it.path.clone())).collect(),
            style,
            fingerprint: blake3::hash(&parts).to_hex().to_string(),
        })
    }

    /// Puts a page together.
    pub fn fill(&self, filling: &Filling<'_>) -> String {
        let Self { before_head, before_app, after_app, .. } = self;
        let Filling { head: own, app, boot } = filling;
        let (style, late) = self.style.of(app);
        let policy = self.policy.with(&style);
        let link = late.map_or(String::new(), |it| late_link(&self.base, &it.path));
        let sheet = if style.is_empty() { String::new() } else { format!("\n    <style>{style}</style>") };
        format!(
            "{before_head}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n    \
             <meta name=\"referrer\" content=\"no-referrer\">\n    {own}{sheet}{link}{before_app}<div id=\"app\">{app}</div>\n    \
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
        if let Some(late) = self.style.files().find(|it| it.path == path) {
            return Ok(late.css.clone().into_bytes());
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

/// Tells releases apart by what they say: whoever reads words of another release has none. `xtask` writes it beside the reader.
fn release() -> String {
    blake3::hash(Key::NAMES.join("\n").as_bytes()).to_hex().to_string()
}

/// The bar of a browser in the colour that a publisher chose for the window. In the dark it stays as it is, unless that colour is dark.
fn tinted(mut html: String, background: &str) -> String {
    let Some([red, green, blue, 255]) = srgb(background).filter(|_| background != App::default().background) else {
        return html;
    };
    let is_dark = [red, green, blue].map(u32::from).iter().sum::<u32>() < 3 * 64;
    for scheme in ["light", "dark"].iter().take(if is_dark { 2 } else { 1 }) {
        let end = format!("\" media=\"(prefers-color-scheme: {scheme})\">");
        let Some(to) = html.find(&end) else { continue };
        let Some(from) = html[..to].rfind(THEME).map(|it| it + THEME.len()) else { continue };
        html.replace_range(from..to, &format!("#{red:02x}{green:02x}{blue:02x}"));
    }
    html
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
        let own = matches!(path.as_str(), "index.html" | RELEASE) || path.starts_with("style/") || litter;
        if entry.file_type().is_file() && !own {
            found.push(path);
        }
    }
    Ok(found)
}
