//! The reply form, operated as a person operates it.

use jumpline_tests::{Context as _, Reader, Result};

/// The text area, for expressions.
pub(crate) const TEXT: &str = "document.querySelector('#reply-text')";

/// Opens an article, and goes down to its thread.
pub(crate) async fn open(reader: &Reader, path: &str) -> Result<()> {
    reader.open(path).await?;
    reader.run("document.querySelector('#comments').scrollIntoView()", vec![]).await?;
    reader.wait_for("the form", &format!("{TEXT} !== null")).await?;
    reader.run("window.__opened = performance.now()", vec![]).await?;
    reader.wait_for("a live thread", "document.querySelector('#thread').classList.contains('is-live')").await
}

/// Types into a field, over what stands there.
pub(crate) async fn fill(reader: &Reader, id: &str, text: &str) -> Result<()> {
    let field = reader.client.find(fantoccini::Locator::Id(id)).await?;
    // WebKit's driver does not go where the field is.
    reader
        .run(
            &format!("document.getElementById('{id}').scrollIntoView({{ behavior: 'instant', block: 'center' }})"),
            vec![],
        )
        .await?;
    field.clear().await?;
    field.send_keys(text).await.with_context(|| format!("cannot type into {id}"))
}

/// Puts several lines into the text area, which drivers type each in their own way.
pub(crate) async fn fill_lines(reader: &Reader, text: &str) -> Result<()> {
    let script = format!("{TEXT}.value = arguments[0]; {TEXT}.dispatchEvent(new Event('input', {{ bubbles: true }}))");
    reader.run(&script, vec![text.into()]).await.map(drop)
}

/// Fills in text and name.
pub(crate) async fn write(reader: &Reader, text: &str, name: &str) -> Result<()> {
    fill(reader, "reply-text", text).await?;
    fill(reader, "reply-name", name).await
}

/// Waits until nobody can say that this was typed by a robot.
pub(crate) async fn patient(reader: &Reader) -> Result<()> {
    reader.wait_for("three seconds", "performance.now() - (window.__opened ?? 0) > 3200").await
}

/// Presses a button of the form or the outbox.
pub(crate) async fn press(reader: &Reader, button: &str) -> Result<()> {
    reader.role("button").named(button).bring_into_view().await?;
    // WebKit's driver clicks where the button was.
    still(reader, "document.body").await?;
    reader.role("button").named(button).click().await
}

/// Waits until an element (an expression) stands still: the browser scrolls smoothly, and a thread may still move.
pub(crate) async fn still(reader: &Reader, element: &str) -> Result<()> {
    let script = format!(
        "const done = arguments[0]; let before = null, frames = 0; (function look() {{
            const at = {element}?.getBoundingClientRect().top ?? null;
            frames = at !== null && at === before ? frames + 1 : 0; before = at;
            if (frames > 8) done(null); else requestAnimationFrame(look) }})()"
    );
    reader.client.execute_async(&script, vec![]).await?;
    Ok(())
}

/// Opens the form for an answer to the first comment of somebody.
pub(crate) async fn answer(reader: &Reader, name: &str) -> Result<()> {
    let button = format!("document.querySelector('[aria-label=\"Reply: {name}\"]')");
    reader.wait_for("the button", &format!("{button} !== null")).await?;
    // The thread may still move: a driver's click would miss.
    reader.run(&format!("{button}.click()"), vec![]).await.map(drop)
}

/// Sends the form, no faster than people are.
pub(crate) async fn submit(reader: &Reader, button: &str) -> Result<()> {
    patient(reader).await?;
    press(reader, button).await
}

/// Waits for words in the thread, the form or the outbox.
pub(crate) async fn says(reader: &Reader, words: &str) -> Result<()> {
    let text = "document.querySelector('#comments').textContent";
    let found = reader.wait_for(words, &format!("{text}.includes({})", serde_json::json!(words))).await;
    if found.is_err() {
        let there = reader.eval(&format!("{text}.slice(-1500)")).await?;
        return found.with_context(|| format!("it says {there}"));
    }
    Ok(())
}

/// Gives a file with this text to a field.
pub(crate) async fn bring(reader: &Reader, field: &str, text: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("file.json");
    std::fs::write(&file, text)?;
    reader.wait_for("the field for a file", &format!("document.getElementById('{field}') !== null")).await?;
    // WebKit's driver gives no file to a field that cannot be seen.
    reader.run(&format!("document.getElementById('{field}').className = ''"), vec![]).await?;
    let element = reader.client.find(fantoccini::Locator::Id(field)).await?;
    element.send_keys(&file.display().to_string()).await?;
    // The browser reads it in its own time.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    Ok(())
}
