//! The web app manifest (W3C, "Web Application Manifest").

use super::{Sources, icons};
use anyhow::Context as _;
use jumpline::messages::Key;
use jumpline::paths::Route;
use serde_json::{Value, json};

/// Where it lies.
pub(super) const FILE: &str = "manifest.webmanifest";

/// The manifest of a publication.
///
/// # Errors
/// When it is no JSON.
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
        "screenshots": sources.screenshots.iter().map(|it| it.entry(publication)).collect::<Vec<_>>(),
        "shortcuts": [shortcut(Key::Latest, &Route::Home), shortcut(Key::Saved, &Route::Library)],
    });
    serde_json::to_vec_pretty(&manifest).context("the manifest is not JSON")
}
