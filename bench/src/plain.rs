//! The measure of all paint: the same article as somebody would write it by hand, without any program.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use jumpline_article::Item;
use jumpline_tests::publication::Site;

/// Writes the page, with the article's own pictures beside it.
pub fn write(folder: &Path, item: &Item, site: &Site) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    copy(&site.root.join("media"), &folder.join("media"))?;
    let extension = item.jumpline.as_ref().context("an article has `_jumpline`")?;
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let title = escape(item.title.as_deref().unwrap_or_default());
    let picture = extension.image.as_ref().map_or(String::new(), |image| {
        let (src, alt) = (escape(&image.src), escape(&image.alt));
        format!("<img src=\"{src}\" alt=\"{alt}\" width=\"{}\" height=\"{}\">\n", image.width, image.height)
    });
    let author = item.authors.first().and_then(|it| it.name.as_deref()).unwrap_or_default();
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
        <title>{title}</title>\n<meta name=\"description\" content=\"{summary}\">\n\
        <style>body{{max-width:40rem;margin:auto;padding:1rem;font:1.125rem/1.6 serif}}img{{max-width:100%;height:auto}}</style>\n\
        </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{standfirst}</p>\n<p>{author}</p>\n{picture}{body}\n</main>\n</body>\n</html>\n",
        summary = escape(item.summary.as_deref().unwrap_or_default()),
        standfirst = escape(extension.standfirst.as_deref().unwrap_or_default()),
        author = escape(author),
        body = item.content_html.as_deref().context("the article has a body")?,
    );
    Ok(fs::write(folder.join("index.html"), page)?)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
