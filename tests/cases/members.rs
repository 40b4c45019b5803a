//! Members' articles: a wall that asks, and a meter.

use crate::fields::press;
use crate::passes::forget;
use crate::wall::{SPRING, does_not_read, reads, unlock};
use jumpline_tests::provider::rewrite;
use jumpline_tests::{Case, Reader, Result, Sample, case, ensure};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(subscribing_opens_what_is_for_members).at(Sample::Walled),
    case!(who_pays_reads_what_is_for_members).at(Sample::Walled),
    case!(free_articles_are_counted).at(Sample::Walled),
    case!(what_does_not_open_is_not_counted).at(Sample::Walled),
];

const MEMBERS: &str = "Those who knocked last summer";

const MEMBERS_TOO: &str = "hears the frogs before the church bell";

async fn subscribing_opens_what_is_for_members(reader: &Reader) -> Result<()> {
    reader.open("/members/").await?;
    let wall = reader.role("region").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, MEMBERS).await?;
    reader.role("link").named("Subscribe").within(&wall).click().await?;
    let field = reader.role("textbox").named("Email address").find().await?;
    field.send_keys("ada@post.example").await?;
    reader.role("button").named("Subscribe").click().await?;
    reads(reader, "ada@post.example").await?;
    reader.follow("/members/").await?;
    reads(reader, MEMBERS).await?;
    // And where the page comes prerendered.
    reader.open("/members-too/").await?;
    reads(reader, MEMBERS_TOO).await?;
    reader.open("/spring/").await?;
    does_not_read(reader, SPRING).await
}

async fn who_pays_reads_what_is_for_members(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    reader.open("/members/").await?;
    reads(reader, MEMBERS).await?;
    reader.follow("/unlock/").await?;
    // The focus is where the next key is expected, though what was pressed is gone.
    let focus =
        async |what: &str| reader.wait_for(what, &format!("document.activeElement.textContent === {what:?}")).await;
    press(reader, "Forget this device").await?;
    focus("Keep it").await?;
    press(reader, "Keep it").await?;
    focus("Forget this device").await?;
    forget(reader).await?;
    focus("Your pass").await?;
    reader.open("/members/").await?;
    does_not_read(reader, MEMBERS).await
}

async fn free_articles_are_counted(reader: &Reader) -> Result<()> {
    rewrite(reader, "/members/", &[("\"free_articles\":0", "\"free_articles\":1")])?;
    reader.open("/members/").await?;
    reads(reader, MEMBERS).await?;
    reads(reader, "1 of 1 free articles this month").await?;
    // Read again it counts no second time.
    reader.open("/members/").await?;
    reads(reader, MEMBERS).await?;
    reader.open("/members-too/").await?;
    reader.role("region").named("Discover more from The Walled Garden").find().await?;
    reads(reader, "all are read").await?;
    does_not_read(reader, MEMBERS_TOO).await
}

async fn what_does_not_open_is_not_counted(reader: &Reader) -> Result<()> {
    const COUNT: &str = "localStorage.getItem('jumpline:/:meter')";
    let part = reader.site.part("wall")?;
    rewrite(reader, "/members/", &[("\"free_articles\":0", "\"free_articles\":1")])?;
    reader.tolerate("503");
    reader.tolerate("404");
    // A service worker would have the part, or fail to come into charge without it.
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.server.set_fault(&part, Fault::Status(503));
    reader.open("/members/").await?;
    reads(reader, "The server answered with an error (503).").await?;
    ensure!(reader.eval(COUNT).await?.is_null(), "it counts, and could not be read");
    reader.server.clear_fault(&part);
    reader.role("button").named("Try again").click().await?;
    reads(reader, MEMBERS).await?;
    reader.wait_for("the count", &format!("{COUNT}?.includes('/members/')")).await
}
