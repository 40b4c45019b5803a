//! The wall where something is wrong: a stranger's pass, damaged answers, a browser that keeps nothing or has no cryptography.

use std::fs;
use std::time::Duration;

use fantoccini::Locator;
use jumpline_tests::{Case, Context, Reader, Result, Sample, case, ensure};
use xtask::server::Fault;
use xtask::walled;

use crate::passes::forget;
use crate::wall::{AUTUMN, bucket, does_not_read, gift, pass, pass_time, reads, serve, unlock};

pub(crate) const CASES: &[Case] = &[
    case!(another_publications_pass_is_called_that).at(Sample::Walled),
    case!(an_ended_pass_is_told_so_on_a_new_device).at(Sample::Walled),
    case!(a_page_that_was_left_holds_nobody_up).at(Sample::Walled),
    case!(a_pass_comes_as_a_file).at(Sample::Walled),
    case!(what_is_wrong_with_a_pasted_pass_is_said_at_the_field).at(Sample::Walled),
    case!(a_damaged_keyring_unlocks_nothing).at(Sample::Walled),
    case!(a_damaged_wrapping_opens_nothing).at(Sample::Walled),
    case!(gifts_can_be_turned_off).at(Sample::Walled),
    case!(where_nothing_is_kept_a_pass_lasts_until_the_tab_is_closed).at(Sample::Walled),
    case!(a_pass_that_cannot_be_read_is_not_called_missing).at(Sample::Walled),
    case!(a_wrong_clock_locks_nobody_out).at(Sample::Walled),
    case!(without_https_it_is_said_why).at(Sample::Walled),
    case!(what_opens_walls_may_fail_to_come).at(Sample::Walled),
    case!(sealed_media_may_take_their_time).at(Sample::Walled),
];

/// Lets a page run a script of ours before its own, which its policy forbids otherwise.
pub(crate) fn before(reader: &Reader, path: &str, script: &str) -> Result<()> {
    let file = format!("{path}index.html");
    let page = fs::read_to_string(reader.site.root.join(file.trim_start_matches('/')))?;
    let (head, rest) =
        page.split_once("<meta http-equiv=\"Content-Security-Policy\"").context("the page has no policy")?;
    let rest = rest.split_once('>').context("the policy has no end")?.1;
    reader.server.set_document(&file, format!("{head}<script>{script}</script>{rest}"));
    Ok(())
}

async fn another_publications_pass_is_called_that(reader: &Reader) -> Result<()> {
    reader.open(&pass("stranger")?).await?;
    reads(reader, "This is the pass of another publication.").await?;
    ensure!(!reader.server.visits().iter().any(|it| it.path.contains("keyring")), "its keyring was asked for it");
    reader.open("/autumn/").await?;
    does_not_read(reader, AUTUMN).await
}

async fn an_ended_pass_is_told_so_on_a_new_device(reader: &Reader) -> Result<()> {
    pass_time(reader)?;
    for (name, said) in [
        ("lapsing", "Your pass ended on January 31, 2090, and has opened nothing on this device."),
        ("revoked", "The publication has ended your pass, which has opened nothing on this device."),
    ] {
        reader.open("/").await?;
        reader.open(&pass(name)?).await?;
        reads(reader, said).await?;
        reads(reader, "It belongs to a pass that has ended").await?;
        does_not_read(reader, "Unlocked.").await?;
        reader.role("link").named("Renew").find().await?;
    }
    reader.open("/autumn/").await?;
    does_not_read(reader, AUTUMN).await
}

async fn a_page_that_was_left_holds_nobody_up(reader: &Reader) -> Result<()> {
    reader.open(&pass("reader")?).await?;
    reads(reader, "Unlocked.").await?;
    // The page before looks what this device holds while it is being left; WebKit may keep it aside in the midst of that.
    for _ in 0..6 {
        reader.open("/").await?;
        reader.open(&pass("reader")?).await?;
        reads(reader, "Unlocked.").await?;
    }
    Ok(())
}

async fn a_pass_comes_as_a_file(reader: &Reader) -> Result<()> {
    let file = reader.site.root.with_file_name(format!("pass-{}.txt", reader.engine));
    fs::write(&file, format!("Dear reader,\n\nhttps://walled.example{}\n\nYours", pass("reader")?))?;
    reader.open("/unlock/").await?;
    // A file field has a role of its own in no two engines.
    let field = reader.client.find(Locator::Css("#pass-file")).await?;
    field.send_keys(&file.to_string_lossy()).await?;
    reads(reader, "Unlocked.").await?;
    fs::remove_file(file)?;
    reader.follow("/autumn/").await?;
    reads(reader, AUTUMN).await
}

/// Changes one letter of a text, as a bit that was flipped on the way does.
fn flip(document: &str, after: &str, by: usize) -> Result<String> {
    let at = document.find(after).context("there is nothing to damage")? + after.len() + by;
    let mut flipped = document.to_owned().into_bytes();
    flipped[at] = if flipped[at] == b'A' { b'B' } else { b'A' };
    Ok(String::from_utf8(flipped)?)
}

async fn what_is_wrong_with_a_pasted_pass_is_said_at_the_field(reader: &Reader) -> Result<()> {
    reader.resize(390, 700).await?;
    unlock(reader, "reader").await?;
    reader.open("/unlock/").await?;
    let field = reader.role("textbox").named("Link of your pass").bring_into_view().await?;
    field.send_keys("no pass at all").await?;
    reader.role("button").named("Unlock").click().await?;
    reads(reader, "No pass was found in this.").await?;
    let seen = "(() => { const field = document.activeElement, said = document.querySelector('#pass-error').getBoundingClientRect();
        return [field.value, field.ariaInvalid ?? field.getAttribute('aria-invalid'), said.top > 0 && said.bottom < innerHeight].join() })()";
    reader.wait_for("the field, its words and the reason", &format!("{seen} === 'no pass at all,true,true'")).await?;
    field.clear().await?;
    let link = pass("reader")?;
    field.send_keys(link.split_once('#').context("no secret")?.1).await?;
    reader.role("button").named("Unlock").click().await?;
    reader.wait_for("what became of it", "document.activeElement.textContent.includes('Unlocked.')").await?;
    ensure!(reader.eval("document.querySelector('#pass-link').value").await? == "", "the pass stands in the field");
    Ok(())
}

async fn a_damaged_keyring_unlocks_nothing(reader: &Reader) -> Result<()> {
    let bucket = bucket(reader)?;
    let keyring = fs::read_to_string(reader.site.root.join(bucket.trim_start_matches('/')))?;
    // Every entry is damaged: which of them is this reader's nobody knows. What stands before the first is the first one's name.
    let mut parts = keyring.split("\"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..");
    let mut damaged: Vec<String> = parts.by_ref().take(1).map(str::to_owned).collect();
    for part in parts {
        damaged.push(flip(&format!("\"{part}"), "\"", 40)?[1..].to_owned());
    }
    let damaged = damaged.join("\"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..");
    for document in [damaged.as_str(), "{\"version\":1,\"entries\":", "[]"] {
        reader.server.set_document(&bucket, document);
        reader.open("/").await?;
        reader.open(&pass("reader")?).await?;
        reads(reader, "was damaged on its way, so nothing was unlocked").await?;
        reader.open("/autumn/").await?;
        does_not_read(reader, AUTUMN).await?;
    }
    reader.server.set_document(&bucket, keyring);
    unlock(reader, "reader").await
}

async fn a_damaged_wrapping_opens_nothing(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    let document = fs::read_to_string(reader.site.root.join("autumn/article.json"))?;
    for part in ["\"encrypted_key\":\"", "\"tag\":\"", "\"iv\":\"", "\"aad\":\"", "\"protected\":\""] {
        reader.server.set_document("/autumn/article.json", flip(&document, part, 2)?);
        reader.open("/autumn/").await?;
        let said = ["arrived damaged or does not belong to it", "locked in a way that this"];
        let script = format!("{said:?}.some((it) => document.querySelector('.wall-said').textContent.includes(it))");
        reader.wait_for(&format!("what is said of {part}"), &script).await?;
        does_not_read(reader, AUTUMN).await?;
    }
    Ok(())
}

async fn gifts_can_be_turned_off(reader: &Reader) -> Result<()> {
    let fragment = gift(reader).await?;
    serve(reader, &walled::giftless(), "")?;
    reader.open("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    ensure!(reader.role("button").named("Gift this article").count().await? == 0, "it can be given away");
    reader.open("/unlock/").await?;
    forget(reader).await?;
    reader.open(&format!("/autumn/#{fragment}")).await?;
    reads(reader, "does not give articles away any more").await?;
    does_not_read(reader, AUTUMN).await
}

async fn where_nothing_is_kept_a_pass_lasts_until_the_tab_is_closed(reader: &Reader) -> Result<()> {
    let blocked = "for (const it of ['indexedDB', 'localStorage', 'sessionStorage'])
        Object.defineProperty(window, it, { get() { throw new DOMException('blocked', 'SecurityError') } })";
    before(reader, "/unlock/", blocked)?;
    unlock(reader, "reader").await?;
    reads(reader, "This browser does not let the page keep anything").await?;
    reader.follow("/autumn/").await?;
    reads(reader, AUTUMN).await?;
    reader.open("/autumn/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, AUTUMN).await
}

async fn a_pass_that_cannot_be_read_is_not_called_missing(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    before(
        reader,
        "/autumn/",
        "window.__open = IDBFactory.prototype.open; IDBFactory.prototype.open = () => { throw new DOMException('busy', 'UnknownError') }",
    )?;
    reader.open("/autumn/").await?;
    reads(reader, "This browser holds your pass, but does not hand it out").await?;
    does_not_read(reader, AUTUMN).await?;
    reader.run("IDBFactory.prototype.open = window.__open", vec![]).await?;
    reader.role("button").named("Try again").click().await?;
    reads(reader, AUTUMN).await
}

async fn a_wrong_clock_locks_nobody_out(reader: &Reader) -> Result<()> {
    // By the clock of this device the pass ended long ago.
    before(reader, "/unlock/", "const now = Date.now; Date.now = () => now.call(Date) + 3e12")?;
    unlock(reader, "reader").await?;
    reads(reader, "The clock of this device is wrong.").await?;
    reads(reader, "Your pass is valid until December 31, 2099.").await?;
    reader.follow("/autumn/").await?;
    reads(reader, AUTUMN).await
}

async fn without_https_it_is_said_why(reader: &Reader) -> Result<()> {
    before(reader, "/unlock/", "Object.defineProperty(crypto, 'subtle', { value: undefined })")?;
    reader.open(&pass("reader")?).await?;
    reads(reader, "This page did not come by a secure connection (https)").await?;
    reader.follow("/autumn/").await?;
    does_not_read(reader, AUTUMN).await
}

async fn what_opens_walls_may_fail_to_come(reader: &Reader) -> Result<()> {
    const FAILED: &str = "The server answered with an error (503).";
    let part = reader.site.part("wall")?;
    reader.tolerate("503");
    reader.tolerate("404");
    // A service worker would have the part, or fail to come into charge without it.
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.server.set_fault(&part, Fault::Status(503));
    reader.open(&pass("reader")?).await?;
    reads(reader, FAILED).await?;
    reader.server.clear_fault(&part);
    reader.open("/").await?;
    unlock(reader, "reader").await?;
    reader.server.set_fault(&part, Fault::Status(503));
    reader.open("/autumn/").await?;
    reads(reader, FAILED).await?;
    does_not_read(reader, AUTUMN).await?;
    reader.server.clear_fault(&part);
    reader.role("button").named("Try again").click().await?;
    reads(reader, AUTUMN).await
}

async fn sealed_media_may_take_their_time(reader: &Reader) -> Result<()> {
    for entry in fs::read_dir(reader.site.root.join("sealed"))? {
        let path = format!("/sealed/{}", entry?.file_name().to_string_lossy());
        // Longer than anybody waits for an answer.
        reader.server.set_fault(&path, Fault::Slow(Duration::from_secs(20)));
    }
    unlock(reader, "reader").await?;
    reader.open("/spring/").await?;
    reader.role("img").named("A padlock on a garden gate").bring_into_view().await?;
    reader.wait_for("the picture", "document.querySelector('.prose img')?.naturalWidth > 0").await?;
    reader.wait_for("the sound", "document.querySelector('.prose audio')?.src.startsWith('blob:')").await
}
