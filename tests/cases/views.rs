//! Every view, by role and label, prerendered and drawn by the reader alike.

use jumpline_tests::{Case, Context, Reader, Result, Sample, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(home),
    case!(article),
    case!(archive),
    case!(section),
    case!(tag),
    case!(author),
    case!(subscribe),
    case!(page),
    case!(not_found),
    case!(not_found).at(Sample::Below),
    case!(both_ways_draw_the_same),
    case!(both_ways_draw_the_same).at(Sample::Below),
];

async fn landmarks(reader: &Reader) -> Result<()> {
    for role in ["banner", "main", "contentinfo"] {
        reader.role(role).find().await?;
    }
    reader.role("navigation").named("Sections").find().await?;
    reader.role("heading").level(1).find().await.context("a page has one title")?;
    Ok(())
}

async fn home(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    landmarks(reader).await?;
    let (_, lead) = reader.site.story(0)?;
    reader.role("heading").level(2).named(&lead).find().await?;
    let latest = reader.role("region").named("Latest").find().await?;
    let (_, second) = reader.site.story(1)?;
    reader.role("link").named(&second).within(&latest).find().await?;
    reader.role("link").named("All articles").within(&latest).find().await?;

    let sections = reader.role("navigation").named("Sections").find().await?;
    for section in &reader.site.publication.sections {
        reader.role("link").named(&section.title).within(&sections).find().await?;
        reader.role("region").named(&section.title).find().await.context("each section has a shelf")?;
    }
    let here = reader.role("link").named("Latest").within(&sections).find().await?;
    ensure!(here.attr("aria-current").await?.as_deref() == Some("page"), "the current place is marked");
    Ok(())
}

async fn article(reader: &Reader) -> Result<()> {
    let (path, title) = reader.site.story(0)?;
    let item = reader.site.article(&path)?;
    let extension = item.jumpline.as_ref().context("an article has `_jumpline`")?;
    reader.open(&path).await?;
    landmarks(reader).await?;
    reader.role("heading").level(1).named(&title).find().await?;

    let breadcrumb = reader.role("navigation").named("Breadcrumb").find().await?;
    reader.role("link").named("Home").within(&breadcrumb).find().await?;
    let section = extension.section.as_ref().and_then(|it| reader.site.publication.section(it));
    let section = section.context("the lead story has a section")?;
    reader.role("link").named(&section.title).within(&breadcrumb).find().await?;
    let steps = breadcrumb.prop("textContent").await?.unwrap_or_default();
    ensure!(steps.contains(&title), "the breadcrumb says {steps:?}");

    let author = item.authors.first().and_then(|it| it.name.clone()).context("the lead story has an author")?;
    reader.role("link").named(&author).first().await?;
    let words = reader.client.source().await?;
    ensure!(words.contains("min read"), "the reading time is said");
    let standfirst = extension.standfirst.as_ref().context("the lead story has a standfirst")?;
    let main = reader.role("main").find().await?.text().await?;
    ensure!(main.contains(standfirst), "the standfirst is read");

    reader.resize(1280, 900).await?;
    let contents = reader.role("navigation").named("On this page").find().await?;
    for heading in &extension.contents {
        reader.role("link").named(&heading.text).within(&contents).find().await?;
        reader.role("heading").level(heading.level).named(&heading.text).find().await?;
    }
    let tags = reader.role("navigation").named("Tags").find().await?;
    for tag in &item.tags {
        reader.role("link").named(tag).within(&tags).find().await?;
    }
    reader.role("heading").level(2).named("No comments").find().await?;
    reader.run("document.querySelector('#comments').scrollIntoView()", vec![]).await?;
    reader.role("heading").level(3).named("Leave a reply").find().await?;
    reader.role("textbox").named("Your comment").find().await?;
    reader.role("navigation").named("Continue reading").find().await?;
    reader.role("region").named("Related").find().await?;
    let call = reader.role("region").like("Discover more from").find().await?;
    reader.role("link").named("Subscribe").within(&call).find().await?;
    Ok(())
}

async fn archive(reader: &Reader) -> Result<()> {
    reader.open("/archive/").await?;
    landmarks(reader).await?;
    reader.role("heading").level(1).named("Archive").find().await?;
    let listing = reader.site.listing("/archive/")?;
    let marks = listing.listing.as_ref().map(|it| it.years.clone()).unwrap_or_default();
    let years = reader.role("navigation").named("Years").find().await?;
    for mark in marks {
        reader.role("link").named(&mark.year.to_string()).within(&years).find().await?;
    }
    for item in &listing.items {
        let title = item.title.as_deref().unwrap_or_default();
        reader.role("link").named(title).find().await?;
    }
    pager(reader, "/archive/").await?;
    // Its second page is the archive, too.
    reader.open("/archive/page/2/").await?;
    let sections = reader.role("navigation").named("Sections").find().await?;
    let link = reader.role("link").named("Archive").within(&sections).find().await?;
    ensure!(link.attr("aria-current").await?.as_deref() == Some("page"), "nothing says where this is");
    Ok(())
}

/// Walks to the second page and back, where there is one.
async fn pager(reader: &Reader, first: &str) -> Result<()> {
    let pages = reader.site.listing(first)?.listing.map_or(1, |it| it.pages);
    if pages < 2 {
        return Ok(());
    }
    reader.mark_window().await?;
    reader.role("link").named("Older").click().await?;
    reader.until("page 2", async || Ok(reader.path().await? == format!("{first}page/2/"))).await?;
    let place = reader.role("navigation").named("Pages").find().await?;
    ensure!(place.text().await?.contains(&format!("Page 2 of {pages}")), "the pager says where it is");
    reader.role("heading").level(1).like(&format!("Page 2 of {pages}")).find().await?;
    reader.role("link").named("Newer").click().await?;
    reader.until("page 1", async || Ok(reader.path().await? == first)).await?;
    ensure!(reader.is_same_window().await?, "paging needs no reload");
    Ok(())
}

/// Opens a listing and finds all that it lists.
async fn listing(reader: &Reader, kind: &str, heading: impl Fn(&str) -> String) -> Result<()> {
    let views = reader.site.every_view()?;
    let path = &views.iter().find(|it| it.0 == kind).context("the view exists")?.1;
    let feed = reader.site.listing(path)?;
    let listed = feed.listing.as_ref().context("a listing has `_jumpline`")?;
    reader.open(path).await?;
    landmarks(reader).await?;
    reader.role("heading").level(1).named(&heading(&listed.name)).find().await?;
    ensure!(!feed.items.is_empty(), "nothing is listed");
    for item in &feed.items {
        reader.role("heading").level(2).named(item.title.as_deref().unwrap_or_default()).find().await?;
    }
    Ok(())
}

async fn section(reader: &Reader) -> Result<()> {
    listing(reader, "section", str::to_owned).await?;
    let main = reader.role("main").find().await?;
    reader.role("link").named("RSS").within(&main).find().await?;
    reader.role("link").named("JSON Feed").within(&main).find().await?;
    Ok(())
}

async fn tag(reader: &Reader) -> Result<()> {
    listing(reader, "tag", |name| format!("Tag: {name}")).await
}

async fn author(reader: &Reader) -> Result<()> {
    listing(reader, "author", str::to_owned).await
}

async fn subscribe(reader: &Reader) -> Result<()> {
    reader.open("/subscribe/").await?;
    landmarks(reader).await?;
    let title = format!("Subscribe to {}", reader.site.publication.title);
    reader.role("heading").level(1).named(&title).find().await?;
    let main = reader.role("main").find().await?;
    ensure!(main.text().await?.contains("/feed.xml"), "the feed's address can be read");
    Ok(())
}

async fn page(reader: &Reader) -> Result<()> {
    let link = reader.site.publication.pages.first().context("the publication has a page")?.clone();
    reader.open("/").await?;
    let foot = reader.role("contentinfo").find().await?;
    reader.role("link").named(&link.title).within(&foot).click().await?;
    reader.arrives(link.permalink.as_str(), &link.title).await?;
    ensure!(reader.role("heading").named("No comments").count().await? == 0, "a page takes no comments");
    reader.open(link.permalink.as_str()).await?;
    landmarks(reader).await
}

async fn not_found(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    reader.open("/nothing/stands/here/").await?;
    reader.role("heading").level(1).named("There is nothing at this address").find().await?;
    landmarks(reader).await?;
    let visits = reader.server.visits();
    ensure!(visits.iter().any(|it| it.path == "/nothing/stands/here/" && it.status == 404), "the status is 404");
    let main = reader.role("main").find().await?;
    reader.role("link").named("Home").within(&main).click().await?;
    reader.arrives("/", &reader.site.publication.title).await
}

/// The view that the host prerendered and the one that the browser draws are one: the same elements, attributes and text.
async fn both_ways_draw_the_same(reader: &Reader) -> Result<()> {
    for (name, path) in reader.site.every_view()? {
        if name == "not found" {
            continue;
        }
        reader.open(&path).await?;
        let prerendered = markup(reader).await?;
        reader.open(if path == "/" { "/subscribe/" } else { "/" }).await?;
        reader.mark_window().await?;
        reader.follow(&path).await?;
        reader.until(&format!("{path} by the reader"), async || Ok(reader.path().await? == path)).await?;
        ensure!(reader.is_same_window().await?, "{path} was reloaded");
        let drawn = markup(reader).await?;
        let difference = prerendered.iter().zip(&drawn).find(|(left, right)| left != right);
        ensure!(difference.is_none(), "{name}: host and browser differ: {difference:#?}");
        ensure!(
            prerendered.len() == drawn.len(),
            "{name}: {} nodes by the host, {} by the browser",
            prerendered.len(),
            drawn.len()
        );
    }
    Ok(())
}

/// The main part, one entry an element or text, without what hydration and the focus leave behind.
async fn markup(reader: &Reader) -> Result<Vec<String>> {
    reader.wait_for("the end of loading", "!document.querySelector('[aria-busy]')").await?;
    let script = "
        const lines = [];
        const walk = (node, depth) => {
          if (node.nodeType === Node.TEXT_NODE) {
            const text = node.data;
            if (text && lines.at(-1)?.text === depth) lines.at(-1).line += text;
            else if (text) lines.push({ text: depth, line: text });
          } else if (node.nodeType === Node.ELEMENT_NODE) {
            // Unread or begun: a part of the reader marks that when it is here.
            if (node.matches('.card-mark')) return;
            const attributes = [...node.attributes].filter((it) => it.value !== '' || it.name !== 'class')
              .map((it) => `${it.name}=${it.value}`).sort();
            // Where the reader is in the text depends on the scroll, not on who drew the page.
            const plain = attributes.filter((it) => it !== 'aria-current=location');
            lines.push({ line: `${depth} <${node.localName} ${plain.join(' ')}>` });
            // A part of the reader fills these when it is here, however the page was drawn.
            if (node.matches('.article-tools, .continue-place')) return;
            node.childNodes.forEach((child) => walk(child, depth + 1));
          }
        };
        document.querySelector('main').childNodes.forEach((it) => walk(it, 0));
        // The host writes an empty text as a space, so that it can be found again: spaces by themselves say nothing.
        return lines.map((it) => it.line.replace(/\\s+/g, ' ').trim()).filter((it) => it !== '');";
    let lines = reader.run(script, vec![]).await?;
    Ok(lines.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}
