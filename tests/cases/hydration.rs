//! The reader takes over what was prerendered, and replaces none of it.

use jumpline_tests::{Case, Reader, Result, Sample, case, ensure};
use serde_json::json;

pub(crate) const CASES: &[Case] = &[case!(every_node_stays), case!(every_node_stays).at(Sample::Below)];

async fn every_node_stays(reader: &Reader) -> Result<()> {
    for (name, path) in reader.site.every_view()? {
        // Its shell is empty on purpose.
        if name == "not found" {
            continue;
        }
        reader.open(&path).await?;
        let count = reader.eval("window.__probe.prerendered.length").await?.as_u64().unwrap_or(0);
        ensure!(count > 30, "{name}: only {count} elements were prerendered");
        let removed = reader.eval("window.__probe.removed").await?;
        ensure!(removed == json!([]), "{name}: hydration removed {removed}");
        let lost = "window.__probe.prerendered.filter((it) => !it.isConnected).map((it) => it.outerHTML.slice(0, 120))";
        let lost = reader.eval(lost).await?;
        ensure!(lost == json!([]), "{name}: hydration replaced {lost}");
    }
    Ok(())
}
