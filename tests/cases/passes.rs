//! A pass over time: brought, renewed each month, lapsed, revoked, forgotten.

use crate::wall::{AUTUMN, SPRING, WINTER, bucket, does_not_read, pass, pass_time, reads, unlock};
use jumpline_article::wall::PassId;
use jumpline_tests::{Case, Context as _, Engine, Reader, Result, Sample, case, ensure};
use std::time::Duration;
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(what_is_no_pass_says_what_it_is).at(Sample::Walled),
    case!(a_pass_can_be_pasted).at(Sample::Walled),
    case!(a_link_that_programs_have_changed_unlocks).at(Sample::Walled),
    case!(a_keyring_that_has_grown_is_asked_anew).at(Sample::Walled),
    case!(a_new_month_is_fetched).at(Sample::Walled),
    case!(a_lapsed_pass_says_so).at(Sample::Walled),
    case!(a_revoked_pass_says_so).at(Sample::Walled),
    case!(a_device_can_be_forgotten).at(Sample::Walled),
    case!(what_is_forgotten_while_it_is_asked_for_stays_so).at(Sample::Walled),
    case!(a_question_stays_while_the_keyring_answers).at(Sample::Walled),
];

async fn what_is_no_pass_says_what_it_is(reader: &Reader) -> Result<()> {
    reader.open("/unlock/").await?;
    let whole = pass("reader")?;
    let fragment = whole.trim_start_matches("/unlock/#");
    let (id, secret) = fragment.split_once('.').context("a pass has two parts")?;
    let swap = |it: &str| if it.starts_with('A') { it.replacen('A', "B", 1) } else { format!("A{}", &it[1..]) };
    let damaged = format!("{id}.{}", swap(secret));
    // Checks are made so that a slip is found; these belong to nobody.
    let other = "st0c1234567890ab.BQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQU";
    for (text, said) in [
        ("good morning", "No pass was found in this."),
        (&fragment[..40], "The link breaks off"),
        (&damaged, "This link is damaged"),
        (other, "The link breaks off"),
    ] {
        reader.role("textbox").named("Link of your pass").find().await?.send_keys(text).await?;
        reader.role("button").named("Unlock").click().await?;
        reads(reader, said).await?;
    }
    reader.tolerate("503");
    let bucket = bucket(reader)?;
    reader.server.set_fault(&bucket, Fault::Status(503));
    reader.role("textbox").named("Link of your pass").find().await?.send_keys(fragment).await?;
    reader.role("button").named("Unlock").click().await?;
    reads(reader, "The server answered with an error (503).").await?;
    reader.server.clear_fault(&bucket);
    reader.server.set_document(&bucket, r#"{"version":1,"entries":{}}"#);
    reader.role("textbox").named("Link of your pass").find().await?.send_keys(fragment).await?;
    reader.role("button").named("Unlock").click().await?;
    reads(reader, "does not know this pass").await?;
    reader.open("/").await?;
    reader.open("/unlock/").await?;
    let gift = "https://walled.example/ferry/#gift=BQUFBQUFBQUFBQUF";
    reader.role("textbox").named("Link of your pass").find().await?.send_keys(gift).await?;
    reader.role("button").named("Unlock").click().await?;
    reads(reader, "This link is a gift").await
}

async fn a_pass_can_be_pasted(reader: &Reader) -> Result<()> {
    reader.open("/unlock/").await?;
    let fragment = pass("reader")?;
    let mail = format!("Dear reader, here is your pass: https://walled.example{fragment} Keep it.");
    reader.role("textbox").named("Link of your pass").find().await?.send_keys(&mail).await?;
    reader.role("button").named("Unlock").click().await?;
    reads(reader, "Unlocked.").await?;
    let left = reader.eval("document.querySelector('textarea').value").await?;
    ensure!(left == "", "the link is still in the field");
    reader.follow("/autumn/").await?;
    reads(reader, AUTUMN).await
}

async fn a_link_that_programs_have_changed_unlocks(reader: &Reader) -> Result<()> {
    let link = pass("reader")?;
    for changed in [link.replacen('.', "%2E", 1), link.replacen("/#", "/index.html#", 1)] {
        reader.open("/").await?;
        reader.open(&changed).await?;
        reads(reader, "Unlocked.").await?;
        ensure!(reader.eval("location.hash").await? == "", "the secret stays in the address of {changed}");
        forget(reader).await?;
    }
    // Only part of it came.
    reader.open("/").await?;
    reader.open(link.split_once('.').context("a pass has two parts")?.0).await?;
    reads(reader, "The link breaks off").await?;
    // What counted the click has encoded the sign between them.
    reader.tolerate("404");
    reader.open(&link.replacen('#', "%23", 1)).await?;
    reads(reader, "Unlocked.").await
}

async fn a_keyring_that_has_grown_is_asked_anew(reader: &Reader) -> Result<()> {
    let bucket = bucket(reader)?;
    let entries = std::fs::read(reader.site.root.join(bucket.trim_start_matches('/')))?;
    let link = pass("reader")?;
    let id = link.split_once('#').and_then(|it| it.1.split_once('.')).context("a pass has two parts")?.0;
    let id = PassId::parse(id).context("an id")?;
    // With so many bits it has another name than the page knows.
    let bits = (1..=16).find(|it| format!("/keyring/{}.json", id.bucket(*it)) != bucket).context("another bucket")?;
    reader.server.set_document(&bucket, r#"{"version":1,"entries":{}}"#);
    reader.server.set_document(&format!("/keyring/{}.json", id.bucket(bits)), entries);
    reader.server.set_document("/keyring/bits.json", format!("{bits}\n"));
    unlock(reader, "reader").await
}

async fn a_new_month_is_fetched(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    pass_time(reader)?;
    reader.open("/winter/").await?;
    reads(reader, WINTER).await
}

async fn a_lapsed_pass_says_so(reader: &Reader) -> Result<()> {
    unlock(reader, "lapsing").await?;
    pass_time(reader)?;
    // Who looks how it stands is told how it stands now.
    reader.open("/unlock/").await?;
    reads(reader, "January 31, 2090. What it opened stays open").await?;
    reader.open("/winter/").await?;
    reads(reader, "Your pass ended on January 31, 2090, and this article is newer.").await?;
    does_not_read(reader, WINTER).await?;
    reader.role("link").named("Renew").find().await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    reader.open("/unlock/").await?;
    reads(reader, "What it opened stays open on this device").await
}

async fn a_revoked_pass_says_so(reader: &Reader) -> Result<()> {
    unlock(reader, "revoked").await?;
    pass_time(reader)?;
    reader.open("/winter/").await?;
    reads(reader, "The publication has ended your pass, and this article is newer.").await?;
    does_not_read(reader, WINTER).await?;
    // To renew it would not open this.
    reader.open("/patrons/").await?;
    reads(reader, "Your pass does not include this article.").await?;
    reader.open("/spring/").await?;
    reads(reader, SPRING).await
}

pub(crate) async fn forget(reader: &Reader) -> Result<()> {
    reader.role("button").named("Forget this device").click().await?;
    reader.role("button").named("Remove it").click().await?;
    reads(reader, "This device holds no pass any more.").await
}

async fn what_is_forgotten_while_it_is_asked_for_stays_so(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    let bucket = bucket(reader)?;
    reader.server.set_fault(&bucket, Fault::Delay(Duration::from_secs(3)));
    reader.open("/unlock/").await?;
    forget(reader).await?;
    tokio::time::sleep(Duration::from_secs(4)).await;
    reads(reader, "This device holds no pass any more.").await?;
    let kept = "Object.keys(localStorage).filter((it) => it.startsWith('jumpline:keys')).length";
    ensure!(reader.eval(kept).await? == 0, "it came back");
    reader.open("/autumn/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, AUTUMN).await
}

async fn a_question_stays_while_the_keyring_answers(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.server.set_fault(&bucket(reader)?, Fault::Delay(Duration::from_secs(2)));
    reader.open("/unlock/").await?;
    reader.role("button").named("Forget this device").click().await?;
    reader.role("button").named("Remove it").find().await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    reader.role("button").named("Remove it").click().await?;
    reads(reader, "This device holds no pass any more.").await
}

async fn a_device_can_be_forgotten(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    if reader.engine == Engine::Webkit {
        // Its driver opens no second window: here the reader forgets in the only one.
        reader.open("/unlock/").await?;
        forget(reader).await?;
        reader.open("/autumn/").await?;
        reader.role("heading").named("Discover more from The Walled Garden").find().await?;
        return does_not_read(reader, AUTUMN).await;
    }
    // Another tab of the same browser follows.
    let there = async || {
        reader.open("/unlock/").await?;
        forget(reader).await?;
        let kept = "Promise.resolve(Object.keys(localStorage).filter((it) => it.startsWith('jumpline:keys')).length)";
        ensure!(reader.eval(kept).await? == 0, "something is kept");
        Ok(())
    };
    reader.in_another_tab(there, "").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, AUTUMN).await
}
