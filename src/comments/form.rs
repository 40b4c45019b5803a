//! The reply form: one for the whole thread, which moves to the comment that is answered.

mod mistake;
mod writing;

use super::board::{Board, Target};
use super::draft::Me;
use super::mailbox::Mailbox;
use super::view::{Text, named};
use crate::browser::field;
use crate::fixed::{Fix, Fixed, flag, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::commenting::Asked;
use jumpline_article::markup;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use std::sync::Arc;
use writing::Writing;

/// Id of the field for the words.
pub(super) const TEXT: &str = "reply-text";
const NAME: &str = "reply-name";
const EMAIL: &str = "reply-email";
const WEBSITE: &str = "reply-website";
const REMEMBER: &str = "reply-remember";
const HONEYPOT: &str = "reply-more";
/// Id of the button that calls off the question whether what was written is to be lost.
const GO_ON: &str = "reply-go-on";
/// Id of what is said of the fields below the words.
const WHO_ERROR: &str = "reply-error-who";
/// Characters of a name, an address or a website; WordPress takes no more of the latter two.
const LONGEST: &str = "200";
/// Characters that are left when the counter appears.
const COUNTED: usize = 200;
/// Characters that are left when it is said how many, since to hear it at each key would be too much.
const SAID: [usize; 4] = [0, 10, 50, COUNTED - 1];

/// The form.
#[component]
pub fn ReplyForm(
    /// The thread.
    board: Board,
    /// Who gets what is sent, to be known before it is written.
    where_to: Signal<String>,
) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let writing = Writing::new(board, mailbox);
    let (can, state) = (board.about.with_value(|it| it.can), writing.state);
    // The fields are the reader's: they are filled when the form opens, and not drawn again.
    Effect::new({
        let site = site.clone();
        move |was: Option<(Target, u32)>| {
            if was.is_none() {
                let (me, remember) = Me::read(&site);
                field::set_value(NAME, &me.name);
                field::set_value(EMAIL, &me.email);
                field::set_value(WEBSITE, &me.website);
                field::set_checked(REMEMBER, remember);
            }
            let now = board.state.with(|it| (it.target.clone(), it.turn));
            if was.as_ref() != Some(&now) {
                writing.begin(&site, &now.0);
            }
            now
        }
    });
    Effect::new({
        let site = site.clone();
        move |_| {
            mailbox.kept();
            writing.look_again(&site);
        }
    });
    let title = {
        let site = site.clone();
        text(move || match board.target() {
            Target::New => site.text(Key::LeaveReply).to_owned(),
            Target::Edit(_) | Target::Mend(_) => site.text(Key::ReplyEditTitle).to_owned(),
            Target::Reply(comment) => {
                let name = board.author(&site, mailbox, &comment);
                site.messages.fill(Key::ReplyTo, &[("name", &named(&site, &name))])
            }
        })
    };
    // Each mistake is named where its field is.
    let wrong = |is_above: bool| {
        let site = site.clone();
        let mistake = move || state.with(|it| it.mistake).filter(|it| (it.field() == TEXT) == is_above);
        text(move || mistake().map_or_else(String::new, |it| it.sentence(&site, can.shortest)))
    };
    let (wrong, wrong_who) = (wrong(true), wrong(false));
    let signed = act(&site, move |site| {
        let (name, email, website) = (field::value(NAME), field::value(EMAIL), field::value(WEBSITE));
        Me { name, email, website }.note(site);
    });
    let messages = site.messages;
    let room = move |length: usize| {
        let count = |key, it| messages.count(key, u32::try_from(it).unwrap_or(u32::MAX));
        match length.checked_sub(can.longest) {
            Some(over) if over > 0 => count(Key::ReplyOver, over),
            _ if length + COUNTED > can.longest => count(Key::ReplyLeft, can.longest.saturating_sub(length)),
            _ => String::new(),
        }
    };
    let left = text(move || room(state.with(|it| it.length)));
    // Which of the thresholds is passed; none where there are too many.
    let passed = Memo::new(move |_| {
        let left = can.longest.checked_sub(state.with(|it| it.length));
        left.map(|left| SAID.iter().position(|it| left <= *it).unwrap_or(SAID.len()))
    });
    let counted = text(move || {
        // A memo that nobody reads works nothing out.
        let _ = passed.get();
        room(state.with_untracked(|it| it.length))
    });
    let draft = site.text(Key::ReplyDraft);
    let note = text(move || if state.with(|it| it.is_draft) { draft.to_owned() } else { String::new() });
    let is_other = flag(move || board.target() != Target::New);
    let is_signed = flag(move || !matches!(board.target(), Target::Edit(_)));
    let (send, save) = (site.text(Key::ReplySend), site.text(Key::ReplySave));
    let label = text(move || if matches!(board.target(), Target::Edit(_)) { save } else { send }.to_owned());
    let (cancel, cancel_edit) = (site.text(Key::ReplyCancel), site.text(Key::ReplyCancelEdit));
    let cancel_label =
        text(move || if matches!(board.target(), Target::Reply(_)) { cancel } else { cancel_edit }.to_owned());
    let (look, write) = (site.text(Key::ReplyPreview), site.text(Key::ReplyKeep));
    let preview_label = text(move || if state.with(|it| it.preview.is_some()) { write } else { look }.to_owned());
    let is_previewed = flag(move || state.with(|it| it.preview.is_some()));
    let on_submit = act(&site, move |site| writing.submit(site));
    let typed = act(&site, move |site| writing.typed(site));
    let (ask, leave) = (act(&site, move |site| writing.cancel(site)), act(&site, move |site| writing.go_back(site)));
    let on_key = {
        let submit = on_submit.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                submit();
            }
            if event.key() == "Escape" && state.with_untracked(|it| it.asks) {
                event.prevent_default();
                writing.go_on();
            }
        }
    };
    let toggle = move |_| {
        let words = field::value(TEXT);
        state.update(|it| it.preview = if it.preview.is_some() { None } else { Some(markup::to_html(&words)) });
    };
    let shown = move || {
        state.with(|it| it.preview.clone()).map(|html| view! { <div class="reply-preview"><Text html /></div> }.late())
    };
    let asks = {
        let site = site.clone();
        move || {
            let leave = leave.clone();
            state.with(|it| it.asks).then(|| {
                view! {
                    <div class="reply-ask" role="alertdialog" aria-labelledby="reply-ask">
                        <p id="reply-ask">{site.text(Key::ReplyDiscardAsk)}</p>
                        <button class="button" type="button" on:click=move |_| leave()>{site.text(Key::ReplyDiscard)}</button>
                        <button class="button" type="button" id=GO_ON on:click=move |_| writing.go_on()>{site.text(Key::ReplyKeep)}</button>
                    </div>
                }
                .late()
            })
        }
    };
    let is_wrong = move |id| move || (state.with(|it| it.mistake?.wrong()) == Some(id)).then_some("true");
    view! {
        <form class="reply-form" method="dialog" aria-labelledby="reply-title" prop:noValidate=true
            on:submit=move |event: SubmitEvent| { event.prevent_default(); on_submit() } on:keydown=on_key>
            <h3 id="reply-title">{title}</h3>
            <p class="reply-note">{where_to}</p>
            <label for=TEXT>{site.text(Key::ReplyField)}</label>
            <textarea id=TEXT rows="6" dir="auto" aria-describedby="reply-error reply-left reply-hint" aria-invalid=is_wrong(TEXT)
                hidden=is_previewed on:input=move |_| typed()></textarea>
            {shown}
            <p class="reply-error" id="reply-error" role="alert">{wrong}</p>
            <p class="reply-note"><span id="reply-hint">{site.text(Key::ReplyMarkup)}</span>" "<span id="reply-left">{left}</span></p>
            <p class="visually-hidden" role="status">{counted}</p>
            <div class="reply-who" hidden=move || !is_signed.get() on:input=move |_| signed()>
                {input(&site, can.name, NAME, is_wrong(NAME), "text", "name", Key::ReplyName)}
                {input(&site, can.email, EMAIL, is_wrong(EMAIL), "email", "email", Key::ReplyEmail)}
                {input(&site, can.website, WEBSITE, is_wrong(WEBSITE), "url", "url", Key::ReplyWebsite)}
                <label class="reply-remember"><input type="checkbox" id=REMEMBER />" "{site.text(Key::ReplyRemember)}</label>
            </div>
            <div class="visually-hidden" aria-hidden="true">
                <label>{site.text(Key::ReplyHoneypot)}<input type="text" id=HONEYPOT name="more" tabindex="-1" autocomplete="off" /></label>
            </div>
            <p class="reply-error" id=WHO_ERROR role="alert">{wrong_who}</p>
            <p class="reply-note" role="status">{note}</p>
            <div class="actions">
                <button class="button main" type="submit">{label}</button>
                <button class="button" type="button" on:click=toggle>{preview_label}</button>
                <button class="button" type="button" hidden=move || !is_other.get() on:click=move |_| ask()>{cancel_label}</button>
            </div>
            {asks}
        </form>
    }
    .late()
}

/// A field that the provider asks for.
fn input(
    site: &Site,
    asked: Asked,
    id: &'static str,
    is_wrong: impl Fn() -> Option<&'static str> + Send + Sync + 'static,
    kind: &'static str,
    fill: &'static str,
    key: Key,
) -> Option<Fixed> {
    let optional = match asked {
        Asked::No => return None,
        Asked::Maybe => Some(view! { <span class="reply-optional">" ("{site.text(Key::ReplyOptional)}")"</span> }),
        Asked::Yes => None,
    };
    let required = (asked == Asked::Yes).then_some("true");
    let field = view! {
        <div>
            <label for=id>{site.text(key)}{optional}</label>
            <input type=kind id=id autocomplete=fill aria-required=required aria-invalid=is_wrong aria-describedby=WHO_ERROR maxlength=LONGEST />
        </div>
    };
    Some(field.late())
}

/// Something that is done with the publication at hand. All of these share their code.
fn act(site: &Site, act: impl Fn(&Site) + Send + Sync + 'static) -> Arc<dyn Fn() + Send + Sync> {
    let site = site.clone();
    Arc::new(move || act(&site))
}
