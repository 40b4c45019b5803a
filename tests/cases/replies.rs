//! Writing comments that stay on this device: the form, its draft, and everything that can be done to what was written.

use crate::fields::{self, TEXT};
use jumpline_tests::{Case, Reader, Result, Sample, axe, case, ensure};
use xtask::server::Fault;

pub(crate) const CASES: &[Case] = &[
    case!(a_comment_is_written_answered_changed_and_deleted).at(Sample::Odd),
    case!(a_draft_comes_back).at(Sample::Odd),
    case!(cancelling_asks_only_when_something_was_typed).at(Sample::Odd),
    case!(mistakes_are_said_and_nothing_is_lost).at(Sample::Odd),
    case!(what_another_tab_sent_is_not_sent_again_by_mistake).at(Sample::Odd),
    case!(what_another_tab_writes_is_not_thrown_away).at(Sample::Odd),
    case!(what_was_sent_is_no_draft_any_more).at(Sample::Odd),
    case!(the_focus_is_never_lost).at(Sample::Odd),
    case!(a_comment_is_previewed_and_sent_by_keyboard).at(Sample::Odd),
    case!(a_like_and_the_order_are_kept).at(Sample::Odd),
    case!(what_is_kept_is_saved_emptied_and_brought_back).at(Sample::Odd),
    case!(the_form_is_accessible_and_fits).at(Sample::Odd),
    case!(a_closed_thread_has_no_form).at(Sample::Odd),
    case!(what_the_thread_needs_may_fail_to_come).at(Sample::Odd),
];

pub(crate) const EMPTY: &str = "/one-word/";
const FULL: &str = "/discussed/";

async fn a_comment_is_written_answered_changed_and_deleted(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    fields::write(reader, "Hello *there*.", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Hello there.").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    reader.role("link").named("1 comment").find().await?;
    fields::says(reader, "stays on this device").await?;
    fields::press(reader, "Reply: Ada").await?;
    reader.role("heading").level(3).named("Reply to Ada").find().await?;
    let below = "document.querySelector('#reply').closest('li')?.previousElementSibling?.classList.contains('comment')";
    reader.wait_for("the form below the comment", below).await?;
    fields::write(reader, "An answer with `code`", "Bo").await?;
    fields::submit(reader, "Send").await?;
    reader.role("heading").level(2).named("2 comments").find().await?;
    let nested = "document.querySelector('.comment[data-depth=\"1\"] code')?.textContent === 'code'";
    reader.wait_for("the answer in its place", nested).await?;
    fields::open(reader, EMPTY).await?;
    fields::says(reader, "An answer with code").await?;
    fields::press(reader, "Edit: Bo").await?;
    reader.wait_for("its words in the form", &format!("{TEXT}.value === 'An answer with `code`'")).await?;
    fields::fill(reader, "reply-text", "A better answer").await?;
    fields::submit(reader, "Save the change").await?;
    fields::says(reader, "A better answer").await?;
    reader
        .wait_for("the mark", "document.querySelector('.comment[data-depth=\"1\"]').textContent.includes('Edited')")
        .await?;
    fields::press(reader, "Delete: Ada").await?;
    fields::press(reader, "Delete for good: Ada").await?;
    fields::says(reader, "deleted by its author").await?;
    fields::press(reader, "Delete: Bo").await?;
    fields::press(reader, "Keep it: Bo").await?;
    fields::press(reader, "Delete: Bo").await?;
    fields::press(reader, "Delete for good: Bo").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    fields::open(reader, EMPTY).await?;
    reader.role("heading").level(2).named("No comments").find().await.map(drop)
}

async fn a_draft_comes_back(reader: &Reader) -> Result<()> {
    fields::open(reader, FULL).await?;
    fields::fill(reader, "reply-text", "Half a thought").await?;
    fields::answer(reader, "Dunja").await?;
    reader.wait_for("an empty form", &format!("{TEXT}.value === ''")).await?;
    fields::fill(reader, "reply-text", "Half an answer").await?;
    fields::open(reader, FULL).await?;
    reader.wait_for("the answer again", &format!("{TEXT}.value === 'Half an answer'")).await?;
    reader.role("heading").level(3).named("Reply to Dunja").find().await?;
    fields::says(reader, "Your draft is back.").await?;
    fields::press(reader, "Cancel reply").await?;
    fields::press(reader, "Throw it away").await?;
    reader.wait_for("the first thought", &format!("{TEXT}.value === 'Half a thought'")).await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Half a thought").await?;
    // It is shown before it is kept, and a draft goes last of all.
    reader.wait_for("the form empty again", &format!("{TEXT}.value === ''")).await?;
    fields::open(reader, FULL).await?;
    reader.wait_for("an empty form", &format!("{TEXT}.value === ''")).await
}

async fn cancelling_asks_only_when_something_was_typed(reader: &Reader) -> Result<()> {
    fields::open(reader, FULL).await?;
    let home = "document.querySelector('#reply').parentElement.id === 'reply-home'";
    fields::answer(reader, "Dunja").await?;
    fields::press(reader, "Cancel reply").await?;
    reader.wait_for("the form back home", home).await?;
    let focused = "document.activeElement.classList.contains('comment')";
    reader.wait_for("the focus on the comment", focused).await?;
    fields::answer(reader, "Dunja").await?;
    fields::fill(reader, "reply-text", "Something").await?;
    fields::press(reader, "Cancel reply").await?;
    reader.role("alertdialog").find().await?;
    fields::press(reader, "Go on writing").await?;
    reader.role("alertdialog").is_gone().await?;
    ensure!(reader.eval(&format!("{TEXT}.value")).await? == "Something", "what was typed is gone");
    Ok(())
}

async fn mistakes_are_said_and_nothing_is_lost(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::press(reader, "Send").await?;
    fields::says(reader, "Write something first.").await?;
    fields::fill(reader, "reply-text", "A robot would fill in everything").await?;
    reader.run("document.querySelector('#reply-more').value = 'cheap pills'", vec![]).await?;
    fields::press(reader, "Send").await?;
    fields::says(reader, "only robots see").await?;
    reader.run("const page = window.wrappedJSObject ?? window; page.__now = page.Date.now; page.Date.now = () => 1000; document.querySelector('#reply-text').focus()", vec![]).await?;
    fields::press(reader, "Send").await?;
    fields::says(reader, "faster than people write").await?;
    reader.run("const page = window.wrappedJSObject ?? window; page.Date.now = page.__now", vec![]).await?;
    let long = "document.querySelector('#reply-text').value = 'x'.repeat(65600); document.querySelector('#reply-text').dispatchEvent(new Event('input', { bubbles: true }))";
    reader.run(long, vec![]).await?;
    fields::says(reader, "65 characters too many").await?;
    fields::press(reader, "Send").await?;
    reader.wait_for("the text still there", &format!("{TEXT}.value.length === 65600")).await?;
    fields::fill(reader, "reply-text", "Short enough").await?;
    fields::press(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await.map(drop)
}

async fn what_another_tab_sent_is_not_sent_again_by_mistake(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::fill(reader, "reply-text", "Once is enough").await?;
    // What the other tab does when it sends: not every driver opens a second window.
    reader.run("Object.keys(localStorage).filter((it) => it.includes(':draft:')).forEach((it) => localStorage.removeItem(it))", vec![]).await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "This was sent, or thrown away, in another tab.").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    fields::press(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    // Who gives no name is called something all the same.
    reader.wait_for("a name", "document.querySelector('.comment-author').textContent === 'Anonymous'").await
}

/// The value of the draft that is kept.
const DRAFT: &str = "localStorage.getItem(Object.keys(localStorage).find(it => it.includes(':draft:')))";
/// Writes a draft over the one that is kept, as another tab does.
const WRITE: &str = "localStorage.setItem(Object.keys(localStorage).find(it => it.includes(':draft:')) ?? window.__draft, arguments[0])";

async fn what_another_tab_writes_is_not_thrown_away(reader: &Reader) -> Result<()> {
    const LONG: &str = "A long and careful answer, which took half an hour.";
    fields::open(reader, EMPTY).await?;
    fields::fill(reader, "reply-text", "A short remark").await?;
    reader.run(WRITE, vec![LONG.into()]).await?;
    fields::submit(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    ensure!(reader.eval(DRAFT).await? == LONG, "what another tab writes is gone");
    Ok(())
}

async fn what_was_sent_is_no_draft_any_more(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::fill(reader, "reply-text", "Sent in the last moment").await?;
    let name = "window.__draft = Object.keys(localStorage).find(it => it.includes(':draft:'))";
    reader.run(name, vec![]).await?;
    fields::submit(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    // As if the tab had been closed between sending it and forgetting the draft.
    reader.run(WRITE, vec!["Sent in the last moment".into()]).await?;
    fields::open(reader, EMPTY).await?;
    reader.wait_for("an empty field", &format!("{TEXT}.value === ''")).await
}

async fn the_focus_is_never_lost(reader: &Reader) -> Result<()> {
    let focus = async |what: &str, expression: &str| {
        reader.wait_for(what, &format!("document.activeElement.matches({expression:?})")).await
    };
    fields::open(reader, EMPTY).await?;
    fields::write(reader, "To go", "Ada").await?;
    fields::submit(reader, "Send").await?;
    focus("the comment", ".comment").await?;
    fields::press(reader, "Reply: Ada").await?;
    focus("the field", "#reply-text").await?;
    fields::fill(reader, "reply-text", "Never mind").await?;
    fields::press(reader, "Cancel reply").await?;
    fields::press(reader, "Go on writing").await?;
    focus("the field again", "#reply-text").await?;
    fields::press(reader, "Cancel reply").await?;
    fields::press(reader, "Throw it away").await?;
    focus("the comment again", ".comment").await?;
    fields::press(reader, "Delete: Ada").await?;
    focus("the harmless choice", "[data-act=keep]").await?;
    fields::press(reader, "Keep it: Ada").await?;
    focus("the button", "[data-act=delete]").await?;
    fields::press(reader, "Delete: Ada").await?;
    fields::press(reader, "Delete for good: Ada").await?;
    focus("the title of the thread", "#comments-title").await
}

async fn a_comment_is_previewed_and_sent_by_keyboard(reader: &Reader) -> Result<()> {
    use fantoccini::key::Key;
    fields::open(reader, EMPTY).await?;
    fields::fill_lines(reader, "> said\n\n- one\n- [two](https://b.example) <img src=x onerror=alert(1)>").await?;
    fields::press(reader, "Preview").await?;
    let found = reader
        .eval(
            "(() => { const it = document.querySelector('.reply-preview'); return [it.querySelectorAll('blockquote').length,
              it.querySelectorAll('li').length, it.querySelectorAll('img').length, it.querySelector('a').rel].join(); })()",
        )
        .await?;
    ensure!(found == "1,2,0,ugc nofollow noopener", "{found}");
    fields::press(reader, "Go on writing").await?;
    fields::patient(reader).await?;
    let text = reader.role("textbox").named("Your comment").find().await?;
    text.send_keys(&format!("{}{}", char::from(Key::Control), char::from(Key::Enter))).await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    let focused =
        "document.activeElement.classList.contains('comment') && document.activeElement.textContent.includes('said')";
    reader.wait_for("the focus on what was written", focused).await
}

async fn a_like_and_the_order_are_kept(reader: &Reader) -> Result<()> {
    fields::open(reader, FULL).await?;
    let first = "document.querySelector('.thread > .comment').id";
    let before = reader.eval(first).await?;
    let last = reader.eval("[...document.querySelectorAll('.comment[data-depth=\"0\"]')].pop().id").await?;
    let like = format!("document.querySelector('#{} [data-act=like]')", last.as_str().unwrap_or_default());
    reader.run(&format!("{like}.click()"), vec![]).await?;
    reader
        .wait_for(
            "the like",
            &format!("{like}.getAttribute('aria-pressed') === 'true' && {like}.textContent.includes('♥')"),
        )
        .await?;
    reader.run("const it = document.querySelector('.comments-order select'); it.value = 'newest'; it.dispatchEvent(new Event('change', { bubbles: true }))", vec![]).await?;
    reader.wait_for("another order", &format!("{first} !== {before}")).await?;
    fields::open(reader, FULL).await?;
    reader.wait_for("the order kept", &format!("{first} !== {before}")).await?;
    reader.wait_for("the like kept", &format!("{like}.getAttribute('aria-pressed') === 'true'")).await?;
    reader.run(&format!("{like}.click()"), vec![]).await?;
    reader.wait_for("no like", &format!("{like}.getAttribute('aria-pressed') === 'false'")).await
}

async fn what_is_kept_is_saved_emptied_and_brought_back(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::write(reader, "To be saved", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "To be saved").await?;
    reader.run("document.querySelector('#outbox').open = true; window.__saved = []; const make = URL.createObjectURL; URL.createObjectURL = (it) => { it.text().then((text) => window.__saved.push(text)); return make(it); }; HTMLAnchorElement.prototype.click = function () {}", vec![]).await?;
    fields::press(reader, "Save as a file").await?;
    reader.wait_for("the file", "window.__saved.length === 1").await?;
    let saved = reader.eval("window.__saved[0]").await?;
    let saved = saved.as_str().unwrap_or_default().to_owned();
    ensure!(saved.contains("To be saved") && saved.contains("Ada"), "{saved}");
    fields::press(reader, "Delete all").await?;
    fields::press(reader, "Delete all of it for good").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    fields::bring(reader, "outbox-file", &saved[..saved.len() / 2]).await?;
    fields::says(reader, "Nothing was changed").await?;
    fields::bring(reader, "outbox-file", &saved).await?;
    fields::says(reader, "To be saved").await
}

async fn the_form_is_accessible_and_fits(reader: &Reader) -> Result<()> {
    fields::open(reader, FULL).await?;
    fields::answer(reader, "Dunja").await?;
    fields::fill(reader, "reply-text", "Something").await?;
    fields::press(reader, "Cancel reply").await?;
    reader.role("alertdialog").find().await?;
    reader.run("document.querySelector('#outbox').open = true", vec![]).await?;
    let found = axe::violations(reader).await?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    reader.fits(&[320, 390, 1440]).await
}

async fn a_closed_thread_has_no_form(reader: &Reader) -> Result<()> {
    reader.open("/gated/").await?;
    reader.run("document.querySelector('#comments')?.scrollIntoView()", vec![]).await?;
    let closed = "document.querySelector('#comments').textContent.includes('Comments are closed') === (document.querySelector('#reply-text') === null)";
    reader.wait_for("a form, or a word why there is none", closed).await
}

async fn what_the_thread_needs_may_fail_to_come(reader: &Reader) -> Result<()> {
    let part = reader.site.part("comments")?;
    let file = reader.site.root.join(&part[1..]);
    reader.tolerate("503");
    reader.tolerate("404");
    // A service worker would have the part, or fail to come into charge without it.
    reader.server.set_fault("/sw.js", Fault::Status(404));
    reader.server.set_fault(&part, Fault::Status(503));
    reader.open(FULL).await?;
    reader.run("document.querySelector('#comments').scrollIntoView()", vec![]).await?;
    fields::says(reader, "The comments could not be loaded. The server answered with an error (503).").await?;
    fields::says(reader, "Dunja").await?;
    // Half of a file, as a connection that breaks leaves it in a cache.
    reader.server.clear_fault(&part);
    reader.server.set_document(&part, std::fs::read(&file)?.split_at(999).0);
    fields::press(reader, "Try again").await?;
    fields::says(reader, "The comments could not be loaded. The page arrived damaged.").await?;
    reader.server.set_document(&part, std::fs::read(file)?);
    fields::press(reader, "Try again").await?;
    reader.wait_for("the form", &format!("{TEXT} !== null")).await
}
