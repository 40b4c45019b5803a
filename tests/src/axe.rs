//! axe-core, which finds accessibility mistakes.

use std::fs;

use anyhow::{Context, Result};
use xtask::tools;

use crate::reader::Reader;

/// What axe finds wrong on the page as it is now, a line each.
///
/// # Errors
/// When axe is not installed or does not finish.
pub async fn violations(reader: &Reader) -> Result<Vec<String>> {
    if reader.eval("typeof window.axe").await? == "undefined" {
        let source = fs::read_to_string(tools::npm_file("axe-core/axe.min.js"))
            .context("axe-core is not installed; run `cargo xtask tools`")?;
        reader
            .run(&format!("const module = undefined, define = undefined;\n{source}\n;window.axe = axe;"), vec![])
            .await?;
    }
    // What fades in has not its own colours yet; what never ends is not waited for.
    let script = "const done = arguments[0];
        const ends = Promise.allSettled(document.getAnimations().map((it) => it.finished));
        Promise.race([ends, new Promise((it) => setTimeout(it, 1500))]).then(() => window.axe.run(document, { resultTypes: ['violations'] })).then(
          ({ violations }) => done(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
            `${id}: ${target.join(' ')}: ${[...any, ...all, ...none].map((it) => it.message).join('; ')}`))),
          (error) => done([`axe itself failed: ${error.stack ?? error}`]))";
    let found = reader.client.execute_async(script, vec![]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}
