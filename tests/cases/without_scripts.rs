//! JavaScript is off, truly, in each engine: every page reads, and every link works.

use jumpline_tests::{Case, Context, Reader, Result, Sample, Setup, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(every_view_reads).with(Setup::NO_SCRIPTS),
    case!(links_and_history_work).with(Setup::NO_SCRIPTS),
    case!(links_and_history_work).with(Setup::NO_SCRIPTS).at(Sample::Below),
    case!(nothing_is_offered_that_needs_scripts).with(Setup::NO_SCRIPTS),
];

/// Fails when scripts run after all: then these tests would prove nothing.
async fn scripts_are_off(reader: &Reader) -> Result<()> {
    let runs =
        "document.documentElement.classList.contains('js') || document.documentElement.hasAttribute('data-hydrated')";
    ensure!(reader.eval(runs).await? == false, "scripts run in this browser");
    Ok(())
}

async fn every_view_reads(reader: &Reader) -> Result<()> {
    for (name, path) in reader.site.every_view()? {
        if name == "not found" {
            continue;
        }
        reader.visit(&path).await?;
        scripts_are_off(reader).await?;
        reader.role("heading").level(1).find().await.with_context(|| format!("{name} has no title"))?;
        reader.role("navigation").named("Sections").find().await?;
    }
    let (path, title) = reader.site.story(0)?;
    reader.visit(&path).await?;
    reader.role("heading").level(1).named(&title).find().await?;
    let main = reader.role("main").find().await?.text().await?;
    let words = reader.site.article(&path)?.jumpline.map_or(0, |it| it.words);
    let read = u32::try_from(main.split_whitespace().count())?;
    ensure!(read >= words, "the article has {words} words, and only {read} can be read");
    Ok(())
}

async fn links_and_history_work(reader: &Reader) -> Result<()> {
    reader.visit("/").await?;
    scripts_are_off(reader).await?;
    let (path, title) = reader.site.story(1)?;
    let latest = reader.role("region").named("Latest").find().await?;
    reader.role("link").named(&title).within(&latest).click().await?;
    reader.arrives(&path, &title).await?;
    reader.role("navigation").named("Continue reading").find().await?;
    reader.client.back().await?;
    reader.arrives("/", &reader.site.publication.title).await?;
    let sections = reader.role("navigation").named("Sections").find().await?;
    reader.role("link").named("Archive").within(&sections).click().await?;
    reader.arrives("/archive/", "Archive").await
}

async fn nothing_is_offered_that_needs_scripts(reader: &Reader) -> Result<()> {
    reader.visit("/").await?;
    reader.resize(390, 844).await?;
    for button in ["Reading settings", "Exit mobile version"] {
        ensure!(reader.role("button").named(button).count().await? == 0, "{button} is offered, and cannot work");
    }
    // Who is invited to write learns how.
    let (path, _) = reader.site.story(1)?;
    reader.visit(&path).await?;
    let way = reader.role("link").named("Leave a reply").count().await?;
    let said = reader.role("main").find().await?.text().await?.contains("Writing a comment needs JavaScript.");
    ensure!((way > 0) != said, "{way} ways to write, and it says so: {said}");
    Ok(())
}
