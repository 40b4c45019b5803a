//! Other publications than the sample: another language and direction, and articles that break pages.

use std::fs;
use std::path::Path;

use jumpline_tests::{Case, Context, Reader, Result, Sample, axe, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(arabic_reads_from_right_to_left).at(Sample::Arabic),
    case!(arabic_survives_navigation).at(Sample::Arabic),
    case!(nothing_odd_breaks_a_page).at(Sample::Odd),
    case!(a_paid_text_is_nowhere).at(Sample::Odd),
    case!(who_comes_to_an_old_address_is_sent_on).at(Sample::Odd),
];

async fn arabic_reads_from_right_to_left(reader: &Reader) -> Result<()> {
    let (article, title) = reader.site.story(0)?;
    for path in ["/", "/archive/", "/section/letters/", "/subscribe/", article.as_str()] {
        reader.open(path).await?;
        let root = reader
            .eval("[document.documentElement.lang, getComputedStyle(document.documentElement).direction]")
            .await?;
        ensure!(root == serde_json::json!(["ar", "rtl"]), "{path} is {root}");
        reader.fits(&[390, 1280]).await?;
        let found = axe::violations(reader).await?;
        ensure!(found.is_empty(), "axe finds on {path}:\n{}", found.join("\n"));
    }
    reader.role("heading").level(1).named(&title).find().await?;
    let mirrored = "(() => {
        const name = document.querySelector('header a').getBoundingClientRect();
        return name.left + name.width / 2 > innerWidth / 2;
      })()";
    ensure!(reader.eval(mirrored).await? == true, "the masthead begins on the left");
    reader.role("navigation").named("مسار التنقل").find().await.context("the breadcrumb's name is Arabic").map(drop)
}

async fn arabic_survives_navigation(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    reader.mark_window().await?;
    let views = reader.site.every_view()?;
    for (name, path) in views.iter().filter(|it| it.0 != "not found") {
        reader.follow(path).await?;
        let there = || async { Ok(reader.eval("decodeURI(location.pathname)").await? == path.as_str()) };
        reader.until(&format!("{name} at {path}"), there).await?;
        reader.role("heading").level(1).find().await?;
    }
    ensure!(reader.is_same_window().await?, "an address in Arabic was a reload");
    Ok(())
}

async fn nothing_odd_breaks_a_page(reader: &Reader) -> Result<()> {
    // The pictures that attacks ask for.
    reader.tolerate("resource on");
    reader.tolerate("404");
    for path in ["/", "/archive/", "/section/a/"] {
        reader.open(path).await?;
        reader.fits(&[320, 1280]).await?;
    }
    let archive = reader.site.listing("/archive/")?;
    let articles =
        archive.items.iter().filter_map(|it| Some((it.jumpline.as_ref()?.permalink.as_str(), it.title.as_deref()?)));
    for (path, title) in articles {
        reader.open(path).await?;
        reader.role("heading").level(1).named(title).find().await?;
        ensure!(
            reader.client.title().await?.contains(title),
            "the window's title is {:?}",
            reader.client.title().await?
        );
        reader.fits(&[320, 1280]).await?;
        let found = axe::violations(reader).await?;
        ensure!(found.is_empty(), "axe finds on {path}:\n{}", found.join("\n"));
        // By the reader as well as by the host.
        reader.open("/").await?;
        reader.follow(path).await?;
        reader.arrives(path, title).await?;
        ensure!(reader.eval("window.__pwned === undefined").await? == true, "{path} ran a script");
    }
    Ok(())
}

async fn a_paid_text_is_nowhere(reader: &Reader) -> Result<()> {
    let path = "/gated/";
    reader.open(path).await?;
    let main = reader.role("main").find().await?.text().await?;
    ensure!(main.contains("The teaser is for everybody."), "the teaser is missing");
    let gate = reader.role("region").named("Discover more from Odd & <Sons>").first().await?;
    ensure!(
        gate.text().await?.to_lowercase().contains("continued for subscribers"),
        "the gate says {:?}",
        gate.text().await?
    );
    for file in files(&reader.site.root)? {
        let text = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        ensure!(!text.contains("quixotry"), "{} holds the paid text", file.display());
    }
    Ok(())
}

async fn who_comes_to_an_old_address_is_sent_on(reader: &Reader) -> Result<()> {
    // The reader looks for a document at the old address first.
    reader.tolerate("404");
    // The page at the old address runs its own script alone, and not the one that these tests put into pages.
    reader.tolerate("__probe.js");
    let heard = "An article to be heard";
    reader.open("/2019/heard/#main").await?;
    reader.arrives("/sound/#main", heard).await?;
    reader.open("/discussed/").await?;
    reader.role("link").named("heard before").click().await?;
    reader.arrives("/sound/", heard).await
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { all.extend(files(&path)?) } else { all.push(path) }
    }
    Ok(all)
}
