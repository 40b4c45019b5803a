//! Links that somebody else made: anybody can put one below an article, and it takes nothing from who follows it.

use std::fs;

use jumpline_article::Item;
use jumpline_article::wall::{Bytes, GiftLink};
use jumpline_tests::{Case, Reader, Result, Sample, case, ensure};
use xtask::walled;

use crate::passes::forget;
use crate::wall::{AUTUMN, PATRONS, WINTER, does_not_read, gift, pass, pass_time, reads, unlock};

pub(crate) const CASES: &[Case] = &[
    case!(a_pass_that_ended_takes_no_live_ones_place).at(Sample::Walled),
    case!(a_pass_that_opens_less_takes_no_ones_place).at(Sample::Walled),
    case!(a_forged_gift_takes_no_real_ones_place).at(Sample::Walled),
    case!(a_forged_gift_stands_in_no_passes_way).at(Sample::Walled),
    case!(a_gift_that_opens_nothing_stands_in_no_passes_way).at(Sample::Walled),
];

async fn a_pass_that_ended_takes_no_live_ones_place(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    pass_time(reader)?;
    for name in ["revoked", "lapsing"] {
        reader.open("/").await?;
        reader.open(&pass(name)?).await?;
        reads(reader, "It belongs to another pass, which has ended; the pass of this device stays.").await?;
        reads(reader, "Your pass is valid until December 31, 2099.").await?;
    }
    reader.open("/winter/").await?;
    reads(reader, WINTER).await
}

async fn a_pass_that_opens_less_takes_no_ones_place(reader: &Reader) -> Result<()> {
    unlock(reader, "patron").await?;
    reader.open("/").await?;
    reader.open(&pass("reader")?).await?;
    reads(reader, "The pass that was here stays").await?;
    // Also for who comes back later.
    reader.open("/unlock/").await?;
    reads(reader, "Patron").await?;
    reader.open("/patrons/").await?;
    reads(reader, PATRONS).await
}

/// A gift of an article that anybody could make: it is whole, and opens nothing.
fn forged(article: &Item) -> String {
    GiftLink(Bytes(vec![7; 32])).fragment(&article.id)
}

async fn a_forged_gift_takes_no_real_ones_place(reader: &Reader) -> Result<()> {
    const SAID: &str = "This gift link is damaged, or it belongs to another article.";
    let real = gift(reader).await?;
    let forged = forged(&reader.site.article("/autumn/")?);
    reader.open("/unlock/").await?;
    forget(reader).await?;
    // Who holds nothing is told so, and meets the wall the next time.
    reader.open(&format!("/autumn/#{forged}")).await?;
    reads(reader, SAID).await?;
    reader.open("/").await?;
    reader.open("/autumn/").await?;
    reader.role("heading").named("Discover more from The Walled Garden").find().await?;
    does_not_read(reader, AUTUMN).await?;
    reader.open("/").await?;
    reader.open(&format!("/autumn/#{real}")).await?;
    reads(reader, AUTUMN).await?;
    for path in [format!("/autumn/#{forged}"), "/autumn/".to_owned()] {
        reader.open("/").await?;
        reader.open(&path).await?;
        reads(reader, AUTUMN).await?;
    }
    Ok(())
}

async fn a_forged_gift_stands_in_no_passes_way(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    pass_time(reader)?;
    let article = fs::read_to_string(walled::later().join("winter/article.json"))?;
    reader.open(&format!("/winter/#{}", forged(&Item::from_json(&article)?))).await?;
    reads(reader, WINTER).await
}

async fn a_gift_that_opens_nothing_stands_in_no_passes_way(reader: &Reader) -> Result<()> {
    unlock(reader, "reader").await?;
    pass_time(reader)?;
    let article = Item::from_json(&fs::read_to_string(walled::later().join("winter/article.json"))?)?;
    // As earlier releases kept it.
    let keep = "const done = arguments[1];
        (async () => {
          const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, ['decrypt']);
          const mark = Object.keys(localStorage).find((it) => it.startsWith('jumpline:keys:')).split(':')[2];
          const open = indexedDB.open(`jumpline:${mark}`);
          await new Promise((resolve) => { open.onsuccess = resolve; });
          const change = open.result.transaction('gifts', 'readwrite');
          change.objectStore('gifts').put({ text: '', key }, arguments[0]);
          await new Promise((resolve) => { change.oncomplete = resolve; });
          open.result.close();
        })().then(() => done('kept'), (error) => done(String(error)))";
    let kept = reader.client.execute_async(keep, vec![article.id.into()]).await?;
    ensure!(kept == "kept", "{kept}");
    reader.open("/winter/").await?;
    reads(reader, WINTER).await
}
