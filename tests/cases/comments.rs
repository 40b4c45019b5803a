//! The thread below an article: read without scripts, drawn the same by the reader, harmless, and asked for again when it fails.

use jumpline_tests::{Case, Context, Reader, Result, Sample, Setup, axe, case, ensure};
use serde_json::{Value, json};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_thread_reads_without_scripts).with(Setup::NO_SCRIPTS).at(Sample::Odd),
    case!(both_ways_draw_the_same_thread).at(Sample::Odd),
    case!(a_thread_that_fails_can_be_asked_for_again).at(Sample::Odd),
    case!(a_permalink_leads_to_its_comment).at(Sample::Odd),
    case!(a_permalink_of_a_comment_that_is_gone_says_so).at(Sample::Odd),
    case!(a_thread_is_accessible_and_fits).at(Sample::Odd),
    case!(a_thread_does_not_move_when_it_comes_to_life).at(Sample::Odd),
    case!(a_comment_of_thousands_of_tags_is_text).at(Sample::Odd),
];

const ARTICLE: &str = "/discussed/";

/// What a person sees of each comment: depth, whom it answers, author, text.
const SEEN: &str = "[...document.querySelectorAll('.thread:not([hidden]) > .comment')].map((it) => {
    const part = (name) => it.querySelector(name)?.textContent.trim() ?? '';
    return [it.id, it.dataset.depth, part('li > a[href^=\"#comment\"]'), part('.comment-author'), part('.comment-text'), part('.comment-gone')].join(' | ');
  })";

async fn a_thread_reads_without_scripts(reader: &Reader) -> Result<()> {
    reader.visit(ARTICLE).await?;
    reader.role("heading").level(2).named("10 comments").find().await?;
    let all = reader.eval(SEEN).await?;
    let rows: Vec<&str> = all.as_array().into_iter().flatten().filter_map(|it| it.as_str()).collect();
    ensure!(rows.len() == 11, "{} rows stand there", rows.len());
    ensure!(rows[5].starts_with("comment-6 | 4 | In reply to Dunja"), "{}", rows[5]);
    ensure!(rows[6].contains("removed by a moderator") && !rows[6].contains("Anonymous"), "{}", rows[6]);
    let text = reader.role("main").find().await?.text().await?;
    for never in ["Buy now", "Held back", "Removed for good reason"] {
        ensure!(!text.contains(never), "{never} can be read");
    }
    ensure!(text.contains("Look: here or there"), "the harmless part of a hostile comment is gone");
    Ok(())
}

/// Nothing of a hostile comment is left but its text and one marked link.
async fn is_harmless(reader: &Reader) -> Result<()> {
    let found = reader
        .eval(
            "[window.__hit ?? 0, document.querySelectorAll('.thread :is(img, script, h1, [style], [onclick], [target])').length,
              [...document.querySelectorAll('#comment-9 a[href^=\"javascript\"]')].length,
              document.querySelector('#comment-9 .comment-text a[href]').rel].join()",
        )
        .await?;
    ensure!(found == "0,0,0,ugc nofollow noopener", "{found}");
    Ok(())
}

async fn both_ways_draw_the_same_thread(reader: &Reader) -> Result<()> {
    reader.open(ARTICLE).await?;
    let written = reader.eval(SEEN).await?;
    is_harmless(reader).await?;
    reader.open("/").await?;
    reader.mark_window().await?;
    reader.follow(ARTICLE).await?;
    reader.wait_for("the thread", "document.querySelectorAll('.comment').length === 11").await?;
    ensure!(reader.is_same_window().await?, "the page was reloaded");
    let drawn = reader.eval(SEEN).await?;
    ensure!(written == drawn, "the press wrote {written}, the reader drew {drawn}");
    is_harmless(reader).await
}

async fn a_thread_that_fails_can_be_asked_for_again(reader: &Reader) -> Result<()> {
    reader.tolerate("500");
    let document = format!("{ARTICLE}comments.json");
    reader.server.set_fault(&document, Fault::Status(500));
    reader.open("/").await?;
    reader.follow(ARTICLE).await?;
    // Beside those of the form, which have nothing to say.
    let said = "[...document.querySelectorAll('[role=alert]')].map(it => it.textContent).join('')";
    reader.wait_for("a word on it", &format!("{said}.includes('comments could not be loaded')")).await?;
    ensure!(reader.eval(&format!("{said}.includes('500')")).await? == true, "it does not say why");
    let whole = std::fs::read_to_string(reader.site.root.join(document.trim_start_matches('/')))?;
    reader.server.clear_fault(&document);
    reader.server.set_document(&document, &whole[..whole.len() / 2]);
    reader.role("button").named("Try again").click().await?;
    reader
        .wait_for("what is damaged", "document.querySelector('[role=alert]')?.textContent.includes('arrived damaged')")
        .await?;
    reader.server.set_document(&document, whole);
    reader.role("button").named("Try again").click().await?;
    reader.wait_for("the thread", "document.querySelectorAll('.comment').length === 11").await?;
    reader.wait_for("no word any more", &format!("!/could not be loaded|arrived damaged/.test({said})")).await
}

async fn a_permalink_leads_to_its_comment(reader: &Reader) -> Result<()> {
    reader.open(&format!("{ARTICLE}#comment-12")).await?;
    let in_view = "(() => { const it = document.querySelector('#comment-12').getBoundingClientRect(); return it.top >= 0 && it.top < innerHeight; })()";
    reader.wait_for("the comment in view", in_view).await
}

async fn a_permalink_of_a_comment_that_is_gone_says_so(reader: &Reader) -> Result<()> {
    reader.open(&format!("{ARTICLE}#comment-999")).await?;
    let said = "document.querySelector('#comments').innerText.includes('that this link leads to is not here')";
    reader.wait_for("a word on it", said).await?;
    let in_view = "Math.abs(document.querySelector('#comments').getBoundingClientRect().top) < innerHeight / 2";
    reader.wait_for("the comments in view", in_view).await
}

async fn a_thread_is_accessible_and_fits(reader: &Reader) -> Result<()> {
    reader.open(ARTICLE).await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.fits(&[320, 390, 1440]).await
}

async fn a_thread_does_not_move_when_it_comes_to_life(reader: &Reader) -> Result<()> {
    reader.tolerate("404");
    let top = "document.querySelector('.comment').getBoundingClientRect().top - document.querySelector('#comments').getBoundingClientRect().top";
    let part = reader.site.part("comments")?;
    reader.resize(390, 900).await?;
    // First it does not come to life.
    reader.server.set_fault(&part, Fault::Status(404));
    reader.open(ARTICLE).await?;
    reader.run("document.querySelector('#comments').scrollIntoView({ behavior: 'instant' })", vec![]).await?;
    reader.role("alert").find().await?;
    let before = reader.eval(top).await?.as_f64().context("no place")?;
    reader.server.clear_fault(&part);
    reader.role("button").named("Try again").click().await?;
    let is_live = "document.querySelector('#thread').classList.contains('is-live')";
    reader.wait_for("the whole thread", is_live).await?;
    reader.role("combobox").named("Order").find().await?;
    let after = reader.eval(top).await?.as_f64().context("no place")?;
    ensure!((before - after).abs() <= 2.0, "the first comment moves from {before} to {after}");
    Ok(())
}

async fn a_comment_of_thousands_of_tags_is_text(reader: &Reader) -> Result<()> {
    let document = format!("{ARTICLE}comments.json");
    let whole = std::fs::read_to_string(reader.site.root.join(document.trim_start_matches('/')))?;
    let mut thread: Value = serde_json::from_str(&whole)?;
    let comments = thread["comments"].as_array_mut().context("no comments")?;
    for (comment, tags) in comments.iter_mut().zip([1000, 2001]) {
        comment["content_html"] = format!("{}deep", "<em>".repeat(tags)).into();
    }
    reader.server.set_document(&document, thread.to_string());
    reader.open("/").await?;
    reader.follow(ARTICLE).await?;
    reader.wait_for("the thread", "document.querySelectorAll('.comment').length === 11").await?;
    let seen = "[...document.querySelectorAll('.comment-text')].slice(0, 2).map((it) => [it.querySelector('em') !== null, it.textContent.startsWith('<em><em>')])";
    let seen = reader.eval(seen).await?;
    ensure!(seen == json!([[true, false], [false, true]]), "of the first two is seen: {seen}");
    Ok(())
}
