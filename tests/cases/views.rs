//! Every view, by role and label.

use jumpline_tests::{Case, Reader, Result, case, ensure};

pub(crate) const CASES: &[Case] = &[case!(home)];

async fn home(reader: &Reader) -> Result<()> {
    reader.open("/").await?;
    let (_, title) = reader.site.story(0)?;
    reader.role("heading").level(2).named(&title).find().await?;
    reader.role("banner").find().await?;
    reader.role("contentinfo").find().await?;
    ensure!(reader.role("navigation").named("Sections").count().await? == 1, "one list of sections");
    Ok(())
}
