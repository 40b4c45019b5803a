//! What happens to a comment, or to its thread, while somebody writes or deletes: no words are lost, nor the focus, nor anything by a slip.

use crate::fields::{self, TEXT};
use crate::outbox::{QUIET, later, settled, shown, waiting, waits_for};
use crate::replies::EMPTY;
use crate::wall_trouble::before;
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;
use jumpline_tests::{Case, Engine, Reader, Result, Sample, case, ensure};

pub(crate) const CASES: &[Case] = &[
    case!(what_is_sent_while_it_is_changed_is_edited).at(Sample::Commented),
    case!(what_was_typed_last_comes_back_from_the_outbox).at(Sample::Commented),
    case!(a_change_of_what_is_gone_keeps_its_words).at(Sample::Odd),
    case!(what_cannot_be_kept_does_not_stand_there).at(Sample::Odd),
    case!(the_caret_stays_when_the_comment_goes).at(Sample::Odd),
    case!(who_presses_twice_deletes_nothing).at(Sample::Odd),
    case!(who_empties_twice_keeps_everything).at(Sample::Odd),
    case!(the_question_has_the_focus_and_escape_answers_it).at(Sample::Odd),
    case!(a_mistake_leads_out_of_the_preview).at(Sample::Odd),
    case!(copied_is_said_for_a_while).at(Sample::Odd),
    case!(the_minutes_move_no_focus).at(Sample::Odd),
    case!(what_is_left_is_said_now_and_then).at(Sample::Odd),
    case!(what_is_pressed_is_clicked_whatever_changes).at(Sample::Odd),
    case!(a_draft_that_came_back_is_not_too_fast).at(Sample::Odd),
];

async fn focus(reader: &Reader, what: &str, selector: &str) -> Result<()> {
    reader.wait_for(what, &format!("document.activeElement.matches({selector:?})")).await
}

/// What changes whenever something of comments was kept.
const MARK: &str = "Object.entries(localStorage).filter(([key]) => key.startsWith('jumpline:comments:')).join()";

/// Writes a comment that this device has.
async fn written(reader: &Reader, text: &str) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::write(reader, text, "Ada").await?;
    fields::submit(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    reader.wait_for("the form empty again", &format!("{TEXT}.value === ''")).await
}

async fn what_is_sent_while_it_is_changed_is_edited(reader: &Reader) -> Result<()> {
    let Some(server) = waiting(reader, "In haste").await? else { return Ok(()) };
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "At leisure").await?;
    server.set_down(false);
    later(reader, 1).await?;
    waits_for(reader, &server, 1).await?;
    settled(reader).await?;
    let below =
        "document.querySelector('#reply').closest('li')?.previousElementSibling?.id.startsWith('comment-isso-')";
    reader.wait_for("the form below what was sent", below).await?;
    focus(reader, "the field", "#reply-text").await?;
    fields::press(reader, "Send").await?;
    reader
        .until("the change on the server", async || Ok(shown(&server, QUIET).await? == ["Ada: <p>At leisure</p>"]))
        .await?;
    ensure!(server.count("POST /new") == 1, "posted {} times", server.count("POST /new"));
    reader.wait_for("the form empty again", &format!("{TEXT}.value === ''")).await
}

async fn what_was_typed_last_comes_back_from_the_outbox(reader: &Reader) -> Result<()> {
    let Some(_server) = waiting(reader, "Like that").await? else { return Ok(()) };
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "Like this").await?;
    fields::press(reader, "Take back: Ada").await?;
    reader.role("heading").level(3).named("Leave a reply").find().await?;
    reader.wait_for("the words typed last", &format!("{TEXT}.value === 'Like this'")).await?;
    let drafts = reader.eval("Object.keys(localStorage).filter((it) => it.includes(':draft:')).length").await?;
    ensure!(drafts == 1, "{drafts} drafts are kept");
    fields::open(reader, QUIET).await?;
    reader.wait_for("the draft", &format!("{TEXT}.value === 'Like this'")).await
}

async fn a_change_of_what_is_gone_keeps_its_words(reader: &Reader) -> Result<()> {
    written(reader, "To go").await?;
    fields::press(reader, "Edit: Ada").await?;
    fields::fill(reader, "reply-text", "To stay").await?;
    fields::press(reader, "Delete: Ada").await?;
    fields::press(reader, "Delete for good: Ada").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    fields::submit(reader, "Save the change").await?;
    fields::says(reader, "The comment that you were changing is gone").await?;
    ensure!(reader.eval(&format!("{TEXT}.value")).await? == "To stay", "what was typed is gone");
    fields::open(reader, EMPTY).await?;
    reader.wait_for("the draft", &format!("{TEXT}.value === 'To stay'")).await?;
    fields::press(reader, "Cancel").await?;
    fields::press(reader, "Throw it away").await?;
    focus(reader, "the field, since the comment is gone", "#reply-text").await
}

async fn the_caret_stays_when_the_comment_goes(reader: &Reader) -> Result<()> {
    if reader.engine == Engine::Webkit {
        eprintln!("SKIPPED in {}: its driver opens no second window", reader.engine);
        return Ok(());
    }
    written(reader, "To go").await?;
    fields::press(reader, "Reply: Ada").await?;
    fields::fill(reader, "reply-text", "Half an answer").await?;
    reader.run(&format!("{TEXT}.setSelectionRange(4, 7)"), vec![]).await?;
    let delete = async || {
        fields::open(reader, EMPTY).await?;
        fields::press(reader, "Delete: Ada").await?;
        let mark = reader.eval(MARK).await?;
        fields::press(reader, "Delete for good: Ada").await?;
        reader.role("heading").level(2).named("No comments").find().await?;
        // It is shown before it is kept, and a tab that is closed keeps nothing.
        reader.until("the deletion kept", async || Ok(reader.eval(MARK).await? != mark)).await
    };
    reader.in_another_tab(delete, "").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    focus(reader, "the field", "#reply-text").await?;
    let caret = reader.eval(&format!("[{TEXT}.selectionStart, {TEXT}.selectionEnd].join()")).await?;
    ensure!(caret == "4,7", "the caret is at {caret}");
    ensure!(reader.eval(&format!("{TEXT}.value")).await? == "Half an answer", "what was typed is gone");
    Ok(())
}

/// Clicks on an element, and says what stands in the same place then.
async fn twice(reader: &Reader, element: &str) -> Result<String> {
    fields::still(reader, element).await?;
    let click = format!(
        "const it = {element}; it.scrollIntoView({{ behavior: 'instant', block: 'center' }}); const at = it.getBoundingClientRect(); window.__at = [at.x + at.width / 2, at.y + at.height / 2]; it.click()"
    );
    reader.run(&click, vec![]).await?;
    reader.role("button").like("Keep it").find().await?;
    let there = reader.eval("document.elementFromPoint(...window.__at).closest('button')?.textContent").await?;
    Ok(there.as_str().unwrap_or_default().to_owned())
}

async fn who_presses_twice_deletes_nothing(reader: &Reader) -> Result<()> {
    written(reader, "To stay").await?;
    let there = twice(reader, "document.querySelector('[data-act=delete]')").await?;
    ensure!(there == "Keep it", "{there:?} is where the pointer is");
    focus(reader, "the harmless choice", "[data-act=keep]").await?;
    reader.press(Key::Enter).await?;
    focus(reader, "the button", "[data-act=delete]").await?;
    reader.role("heading").level(2).named("1 comment").find().await.map(drop)
}

async fn who_empties_twice_keeps_everything(reader: &Reader) -> Result<()> {
    written(reader, "To stay").await?;
    let empty = "[...document.querySelectorAll('#outbox button')].find((it) => it.textContent === 'Delete all')";
    let open = "document.querySelector('#outbox').open =";
    reader.run(&format!("{open} true"), vec![]).await?;
    // It is told that it was opened.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let there = twice(reader, empty).await?;
    ensure!(there == "Keep it", "{there:?} is where the pointer is");
    fields::says(reader, "your own comments under all articles of this publication").await?;
    reader.wait_for("the focus", "document.activeElement.textContent === 'Keep it'").await?;
    reader.press(Key::Enter).await?;
    reader.wait_for("the focus back", "document.activeElement.textContent === 'Delete all'").await?;
    fields::press(reader, "Delete all").await?;
    reader.role("button").named("Delete all of it for good").find().await?;
    reader.run(&format!("{open} false"), vec![]).await?;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    reader.run(&format!("{open} true"), vec![]).await?;
    reader.role("button").named("Delete all").find().await?;
    reader.role("button").named("Delete all of it for good").is_gone().await?;
    fields::press(reader, "Delete all").await?;
    fields::press(reader, "Delete all of it for good").await?;
    reader.role("heading").level(2).named("No comments").find().await?;
    focus(reader, "the title of the thread", "#comments-title").await
}

async fn the_question_has_the_focus_and_escape_answers_it(reader: &Reader) -> Result<()> {
    fields::open(reader, "/discussed/").await?;
    fields::answer(reader, "Dunja").await?;
    fields::fill(reader, "reply-text", "Something").await?;
    fields::press(reader, "Cancel reply").await?;
    reader.wait_for("the harmless choice", "document.activeElement.textContent === 'Go on writing'").await?;
    reader.press(Key::Escape).await?;
    reader.role("alertdialog").is_gone().await?;
    focus(reader, "the field", "#reply-text").await?;
    ensure!(reader.eval(&format!("{TEXT}.value")).await? == "Something", "what was typed is gone");
    Ok(())
}

async fn a_mistake_leads_out_of_the_preview(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::press(reader, "Preview").await?;
    reader.wait_for("no field", &format!("{TEXT}.hidden")).await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "Write something first.").await?;
    focus(reader, "the field", "#reply-text").await
}

async fn copied_is_said_for_a_while(reader: &Reader) -> Result<()> {
    if reader.engine == Engine::Webkit {
        eprintln!("SKIPPED in {}: its driver has no clipboard", reader.engine);
        return Ok(());
    }
    written(reader, "To be shared").await?;
    let label = "document.querySelector('[data-act=copy]')";
    let before = reader.eval(&format!("{label}.textContent")).await?;
    reader.run(&format!("{label}.scrollIntoView({{ behavior: 'instant', block: 'center' }})"), vec![]).await?;
    reader.client.find(fantoccini::Locator::Css("[data-act=copy]")).await?.click().await?;
    reader.wait_for("that it was copied", &format!("{label}.textContent === 'Copied'")).await?;
    reader.wait_for("the button as before", &format!("{label}.textContent === {before}")).await?;
    focus(reader, "the button", "[data-act=copy]").await
}

async fn the_minutes_move_no_focus(reader: &Reader) -> Result<()> {
    // Minutes are short here.
    let hurry = "const wait = setTimeout; window.setTimeout = (act, ms, ...more) => wait(act, ms === 60000 ? 500 : ms, ...more)";
    before(reader, EMPTY, hurry)?;
    written(reader, "See https://example.org/ for more").await?;
    let (link, time) =
        ("document.querySelector('.comment-text a')", "document.querySelector('.comment time').textContent");
    reader.run(&format!("{link}.focus(); window.__link = {link}; window.__moves = 0; addEventListener('focusin', () => __moves += 1)"), vec![]).await?;
    let then = reader.eval(time).await?;
    reader
        .run(
            "const page = window.wrappedJSObject ?? window, now = page.Date.now; page.Date.now = () => now() + 7200000",
            vec![],
        )
        .await?;
    reader.wait_for("another time", &format!("{time} !== {then}")).await?;
    ensure!(reader.eval("document.activeElement === __link && __moves === 0").await? == true, "the focus moved");
    Ok(())
}

async fn what_is_left_is_said_now_and_then(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    let said = "[...document.querySelectorAll('.reply-form [role=status]')].map(it => it.textContent).join('').trim()";
    let write = async |count: u32| {
        reader
            .run(
                &format!(
                    "{TEXT}.value = 'x'.repeat({count}); {TEXT}.dispatchEvent(new Event('input', {{ bubbles: true }}))"
                ),
                vec![],
            )
            .await
    };
    for (count, words) in
        [(65_300, ""), (65_400, "135 characters left"), (65_401, "135 characters left"), (65_490, "45 characters left")]
    {
        write(count).await?;
        reader.wait_for(words, &format!("{said} === {words:?}")).await?;
    }
    write(65_491).await?;
    fields::says(reader, "44 characters left").await?;
    ensure!(reader.eval(said).await? == "45 characters left", "it is said at each key");
    Ok(())
}

async fn what_is_pressed_is_clicked_whatever_changes(reader: &Reader) -> Result<()> {
    written(reader, "Under a finger").await?;
    let button = reader.role("button").named("Reply: Ada").bring_into_view().await?;
    fields::still(reader, "document.querySelector('[data-act=reply]')").await?;
    let over = PointerAction::MoveToElement { element: button, duration: None, x: 0.0, y: 0.0 };
    let mouse = || MouseActions::new("mouse".to_owned());
    let down = mouse().then(over).then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
    reader.client.perform_actions(down).await?;
    reader.wait_for("the button pressed", "document.querySelector('[data-act=reply]').matches(':active')").await?;
    // The question is drawn into the same comment, with buttons of its own.
    reader.run("document.querySelector('[data-act=delete]').click()", vec![]).await?;
    let waited = "const done = arguments[0]; setTimeout(() => done(null), 200)";
    reader.client.execute_async(waited, vec![]).await?;
    reader.client.perform_actions(mouse().then(PointerAction::Up { button: MOUSE_BUTTON_LEFT })).await?;
    reader.wait_for("the form below the comment", "document.querySelector('#reply-place #reply') !== null").await?;
    reader.wait_for("no question any more", "document.querySelector('[data-act=delete]') !== null").await
}

async fn a_draft_that_came_back_is_not_too_fast(reader: &Reader) -> Result<()> {
    fields::open(reader, EMPTY).await?;
    fields::write(reader, "Thought over", "Ada").await?;
    fields::open(reader, EMPTY).await?;
    reader.wait_for("the draft", &format!("{TEXT}.value === 'Thought over'")).await?;
    fields::says(reader, "Your draft is back.").await?;
    fields::fill(reader, "reply-name", "Ada").await?;
    fields::press(reader, "Send").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    let said = "document.querySelector('#comments').textContent.includes('faster than people')";
    ensure!(reader.eval(said).await? == false, "it is called too fast");
    Ok(())
}

async fn what_cannot_be_kept_does_not_stand_there(reader: &Reader) -> Result<()> {
    written(reader, "The first words").await?;
    let fail = "IDBDatabase.prototype.transaction = () => { throw new DOMException('gone', 'UnknownError') }";
    reader.run(fail, vec![]).await?;
    fields::write(reader, "The second words", "Ada").await?;
    fields::submit(reader, "Send").await?;
    fields::says(reader, "could not keep your comment").await?;
    reader.role("heading").level(2).named("1 comment").find().await?;
    ensure!(
        reader.eval("document.querySelectorAll('.comment').length").await? == 1,
        "it stands there as if it were kept"
    );
    ensure!(
        reader.eval("document.querySelector('#reply-text').value").await? == "The second words",
        "its words are gone"
    );
    Ok(())
}
