//! axe finds nothing, on any view, in any theme, on a phone and on a desk.

use jumpline_tests::{Case, Reader, Result, axe, case, ensure};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(light),
    case!(sepia),
    case!(dark),
    case!(the_states_between_views),
    case!(nothing_is_wider_than_the_window),
];

async fn light(reader: &Reader) -> Result<()> {
    every_view(reader, "light").await
}

async fn sepia(reader: &Reader) -> Result<()> {
    every_view(reader, "sepia").await
}

async fn dark(reader: &Reader) -> Result<()> {
    every_view(reader, "dark").await
}

/// Every kind of view, the specimen of every element, and the pages.
fn places(reader: &Reader) -> Result<Vec<String>> {
    let views = reader.site.every_view()?.into_iter().map(|it| it.1);
    let pages = reader.site.publication.pages.iter().map(|it| it.permalink.as_str().to_owned());
    let archive = reader.site.listing("/archive/")?;
    let articles =
        archive.items.iter().filter_map(|it| it.jumpline.as_ref()).map(|it| it.permalink.as_str().to_owned());
    Ok(views.chain(pages).chain(articles.filter(|it| it.contains("specimen"))).collect())
}

async fn every_view(reader: &Reader, theme: &str) -> Result<()> {
    reader.tolerate("404");
    reader.open("/").await?;
    reader
        .run("localStorage.setItem('jumpline:preferences', arguments[0])", vec![format!("theme={theme}").into()])
        .await?;
    let mut found = Vec::new();
    for place in places(reader)? {
        reader.open(&place).await?;
        ensure!(reader.eval("document.documentElement.dataset.theme").await? == theme, "{place} is not in {theme}");
        for width in [390, 1280] {
            reader.resize(width, 900).await?;
            found.extend(axe::violations(reader).await?.into_iter().map(|it| format!("{place} at {width}: {it}")));
        }
    }
    ensure!(found.is_empty(), "axe finds in {theme}:\n{}", found.join("\n"));
    Ok(())
}

async fn the_states_between_views(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    let (path, _) = reader.site.story(1)?;
    let document = format!("{path}article.json");
    reader.server.set_fault(&document, Fault::Delay(std::time::Duration::from_secs(12)));
    reader.open("/").await?;
    reader.role("button").named("Reading settings").click().await?;
    reader.role("dialog").find().await?;
    reader.role("radio").named("Dark").find().await?;
    let mut found = axe::violations(reader).await?;
    reader.press(fantoccini::key::Key::Escape).await?;

    reader.follow(&path).await?;
    reader.role("progressbar").find().await?;
    found.extend(axe::violations(reader).await?);

    // Another one: what came late is kept by now.
    let (path, _) = reader.site.story(2)?;
    reader.server.set_fault(&format!("{path}article.json"), Fault::Status(500));
    reader.open("/").await?;
    reader.follow(&path).await?;
    reader.role("alert").find().await?;
    found.extend(axe::violations(reader).await?);
    ensure!(found.is_empty(), "axe finds:\n{}", found.join("\n"));
    Ok(())
}

async fn nothing_is_wider_than_the_window(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    for place in places(reader)? {
        reader.open(&place).await?;
        reader.fits(&[320, 390, 768, 1280]).await?;
    }
    Ok(())
}
