//! The web app manifest (W3C, "Web Application Manifest").

use super::{Sources, icons};
use crate::source::place;
use anyhow::Context as _;
use jumpline::messages::Key;
use jumpline::paths::Route;
use serde_json::{Value, json};

/// Where it lies.
pub(super) const FILE: &str = "manifest.webmanifest";

/// The manifest of a publication.
///
/// # Errors
/// When a screenshot cannot be measured.
pub(super) fn manifest(sources: &Sources<'_>) -> anyhow::Result<Vec<u8>> {
    let publication = &sources.site.publication;
    let (base, app) = (&publication.base, &publication.app);
    let name = if app.short_name.is_empty() { &publication.title } else { &app.short_name };
    let language = publication.language;
    let icons = icons::ALL.iter().filter(|it| it.is_listed).map(|it| {
        let purpose = if it.is_maskable { "maskable" } else { "any" };
        let size = format!("{0}x{0}", it.size);
        json!({ "src": base.join(it.file), "sizes": size, "type": "image/png", "purpose": purpose })
    });
    let vector = json!({ "src": base.join("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any" });
    let icons: Vec<Value> = [vector].into_iter().chain(icons).collect();
    let shortcut = |key: Key, route: &Route| json!({ "name": sources.messages.text(key), "url": route.href(base) });
    let manifest = json!({
        "id": base.as_str(),
        "name": publication.title,
        "short_name": name,
        "description": publication.description,
        "lang": language.tag(),
        "dir": language.direction(),
        "start_url": base.as_str(),
        "scope": base.as_str(),
        "display": "standalone",
        "background_color": app.background,
        "theme_color": app.background,
        "categories": ["news", "magazines"],
        "icons": icons,
        "screenshots": screenshots(sources)?,
        "shortcuts": [shortcut(Key::Latest, &Route::Home), shortcut(Key::Saved, &Route::Library)],
    });
    serde_json::to_vec_pretty(&manifest).context("the manifest is not JSON")
}

fn screenshots(sources: &Sources<'_>) -> anyhow::Result<Vec<Value>> {
    let publication = &sources.site.publication;
    let one = |(at, path): (usize, &String)| {
        let file = sources.content.join(path);
        let size = imagesize::size(&file).map_err(|_| {
            let message = format!("{} is no picture that can be measured; name a PNG", file.display());
            place::fault(sources.content, &["app".into(), "screenshots".into(), at.into()], &message)
        })?;
        let form = if size.width > size.height { "wide" } else { "narrow" };
        let sizes = format!("{}x{}", size.width, size.height);
        let kind = mime_guess::from_path(path).first_or_octet_stream().to_string();
        Ok(json!({ "src": publication.base.join(path), "sizes": sizes, "type": kind, "form_factor": form }))
    };
    publication.app.screenshots.iter().enumerate().map(one).collect()
}
