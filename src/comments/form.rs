//! The reply form: one for the whole thread, which moves to the comment that is answered.

use super::board::{Board, Target};
use super::draft::{Drafts, Me};
use super::mailbox::Mailbox;
use super::outbox::Kept;
use super::view::{Text, named};
use crate::browser::{document, field, time};
use crate::fixed::{Fix, Fixed, flag, text};
use crate::messages::Key;
use crate::site::Site;
use jumpline_article::commenting::{Act, Asked, Letter};
use jumpline_article::{CommentId, markup};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use std::rc::Rc;
use std::sync::Arc;

const TEXT: &str = "reply-text";
const NAME: &str = "reply-name";
const EMAIL: &str = "reply-email";
const WEBSITE: &str = "reply-website";
const REMEMBER: &str = "reply-remember";
const HONEYPOT: &str = "reply-more";
/// Milliseconds that nobody is faster than.
const FASTEST: f64 = 3000.0;
/// Characters that are left when the counter appears.
const COUNTED: usize = 200;

/// What is wrong, and with which field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    Short,
    Long(usize),
    Name,
    EmailMissing,
    EmailWrong,
    Website,
    Honeypot,
    Fast,
    Elsewhere,
    NotKept,
}

impl Mistake {
    fn field(self) -> &'static str {
        match self {
            Self::Name => NAME,
            Self::EmailMissing | Self::EmailWrong => EMAIL,
            Self::Website => WEBSITE,
            _ => TEXT,
        }
    }
}

/// How the form stands; the words themselves stand in its fields.
#[derive(Clone, Debug, Default)]
struct State {
    mistake: Option<Mistake>,
    /// Characters.
    length: usize,
    preview: Option<String>,
    /// Whether it is asked if what was written is to be lost.
    asks: bool,
    /// Whether a draft came back.
    is_draft: bool,
}

/// What nobody sees.
#[derive(Clone, Debug, Default)]
struct Notes {
    /// What stood in the field when the form was opened, without the draft.
    begun: String,
    /// Whether what stands in the field is kept as a draft.
    is_kept: bool,
    /// When the form was there first.
    since: f64,
    is_busy: bool,
}

#[derive(Clone, Copy)]
struct Writing {
    board: Board,
    mailbox: Mailbox,
    state: RwSignal<State>,
    notes: StoredValue<Notes>,
}

impl Writing {
    fn drafts(self, site: &Site) -> Drafts {
        Drafts::new(site.publication().base.join(self.board.permalink().as_str()))
    }

    /// Fills the field for what the form is open for.
    fn begin(self, site: &Site, target: &Target) {
        let drafts = self.drafts(site);
        drafts.keep_target(target);
        let (begun, draft) = (self.words(target), drafts.read(target));
        let is_draft = !draft.is_empty() && draft != begun;
        let words = if is_draft { draft } else { begun.clone() };
        field::set_value(TEXT, &words);
        self.notes.update_value(|it| (it.begun, it.is_kept) = (begun, is_draft));
        self.state.set(State { length: words.trim().chars().count(), is_draft, ..State::default() });
    }

    /// What a comment says already that is to be changed.
    fn words(self, target: &Target) -> String {
        let kept = self.mailbox.kept_now();
        let posted = |id: &CommentId| kept.outbox.iter().find(|it| it.id == *id);
        let found = match target {
            Target::New | Target::Reply(_) => None,
            Target::Mend(id) => {
                posted(id).and_then(|it| if let Act::Post(it) = &it.act { Some(it.text.clone()) } else { None })
            }
            Target::Edit(id) => {
                let edits = kept.outbox.iter().find_map(|it| match &it.act {
                    Act::Edit { comment, text } if comment == id => Some(text.clone()),
                    _ => None,
                });
                let own = || kept.own.iter().find(|it| it.comment.id == *id).map(|it| it.letter.text.clone());
                edits.or_else(own)
            }
        };
        found.unwrap_or_default()
    }

    fn typed(self, site: &Site) {
        let words = field::value(TEXT);
        let drafts = self.drafts(site);
        let is_begun = self.notes.with_value(|it| it.begun == words);
        let is_kept = self.board.state.with_untracked(|it| drafts.keep(&it.target, if is_begun { "" } else { &words }));
        self.notes.update_value(|it| it.is_kept = is_kept);
        let length = words.trim().chars().count();
        self.state.update(|it| (it.length, it.mistake, it.is_draft) = (length, None, false));
    }

    /// Closes the form, and forgets what was written in it.
    fn leave(self, site: &Site) {
        let target = untrack(|| self.board.target());
        self.drafts(site).keep(&target, "");
        self.notes.update_value(|it| it.is_kept = false);
        self.board.set(|it| it.target = Target::New);
        if target == Target::New {
            self.begin(site, &Target::New);
        }
    }

    /// Closes the form, and asks first where something was written.
    fn cancel(self, site: &Site) {
        if self.notes.with_value(|it| it.begun.trim() == field::value(TEXT).trim()) {
            self.go_back(site);
        } else {
            self.state.update(|it| it.asks = true);
        }
    }

    /// Closes the form, and goes back to the comment below which it stood.
    fn go_back(self, site: &Site) {
        let back = untrack(|| self.board.target());
        self.leave(site);
        document::focus(&back.comment().map_or(TEXT.to_owned(), CommentId::anchor));
    }

    /// Goes on with what is written.
    fn go_on(self) {
        self.state.update(|it| it.asks = false);
        document::focus(TEXT);
    }

    /// Whether another tab has sent, or thrown away, the draft that stands in the field.
    fn is_gone(self, site: &Site) -> bool {
        let target = untrack(|| self.board.target());
        self.notes.with_value(|it| it.is_kept) && self.drafts(site).read(&target).is_empty()
    }

    fn check(self) -> Result<Letter, Mistake> {
        let can = self.board.about.with_value(|it| it.can);
        let of = |id: &str, asked: Asked| {
            if asked == Asked::No { String::new() } else { field::value(id).trim().to_owned() }
        };
        let letter = Letter {
            parent: None,
            text: field::value(TEXT).trim().to_owned(),
            author: of(NAME, can.name),
            email: of(EMAIL, can.email),
            website: website(&of(WEBSITE, can.website)),
        };
        let length = letter.text.chars().count();
        let is_signed = self.board.state.with_untracked(|it| !matches!(it.target, Target::Edit(_)));
        if !field::value(HONEYPOT).is_empty() {
            field::set_value(HONEYPOT, "");
            return Err(Mistake::Honeypot);
        }
        let mistake = match () {
            () if length < can.shortest => Mistake::Short,
            () if length > can.longest => Mistake::Long(length - can.longest),
            () if !is_signed => return Ok(letter),
            () if can.name == Asked::Yes && letter.author.is_empty() => Mistake::Name,
            () if can.email == Asked::Yes && letter.email.is_empty() => Mistake::EmailMissing,
            () if !letter.email.is_empty() && !is_address(&letter.email) => Mistake::EmailWrong,
            () if !letter.website.is_empty() && !is_website(&letter.website) => Mistake::Website,
            () if time::now() - self.notes.with_value(|it| it.since) < FASTEST => Mistake::Fast,
            () => return Ok(letter),
        };
        Err(mistake)
    }

    fn submit(self, site: &Site) {
        if self.notes.with_value(|it| it.is_busy) {
            return;
        }
        let checked = self.check().and_then(|it| if self.is_gone(site) { Err(Mistake::Elsewhere) } else { Ok(it) });
        let letter = match checked {
            Ok(it) => it,
            Err(mistake) => {
                // Who says so once more means it.
                match mistake {
                    Mistake::Fast => self.notes.update_value(|it| it.since = 0.0),
                    Mistake::Elsewhere => self.notes.update_value(|it| it.is_kept = false),
                    _ => {}
                }
                self.state.update(|it| (it.preview, it.mistake) = (None, Some(mistake)));
                return document::focus(mistake.field());
            }
        };
        let me = Me { name: letter.author.clone(), email: letter.email.clone(), website: letter.website.clone() };
        let target = untrack(|| self.board.target());
        if !matches!(target, Target::Edit(_)) {
            me.keep(field::is_checked(REMEMBER));
        }
        self.notes.update_value(|it| it.is_busy = true);
        let site = site.clone();
        spawn_local(async move {
            let sent = self.send(&site, &target, letter).await;
            self.notes.update_value(|it| it.is_busy = false);
            match sent {
                Ok(comment) => {
                    self.board.reveal(comment.clone());
                    self.leave(&site);
                    tick().await;
                    document::bring(&comment.anchor(), &comment.anchor());
                }
                Err(mistake) => self.state.update(|it| it.mistake = Some(mistake)),
            }
        });
    }

    async fn send(self, site: &Site, target: &Target, letter: Letter) -> Result<CommentId, Mistake> {
        let act = match target {
            Target::New => Act::Post(letter),
            Target::Reply(parent) => Act::Post(Letter { parent: Some(parent.clone()), ..letter }),
            Target::Edit(comment) => Act::Edit { comment: comment.clone(), text: letter.text },
            Target::Mend(entry) => {
                let id = entry.clone();
                let mended = move |kept: &mut Kept| {
                    let parent = kept.outbox.iter().find(|it| it.id == id).and_then(|it| it.target().cloned());
                    kept.rewrite(&id, Letter { parent, ..letter.clone() });
                };
                let mended = self.mailbox.change(site, Rc::new(mended));
                return mended.await.map(|()| entry.clone()).map_err(|_| Mistake::NotKept);
            }
        };
        let (permalink, headline) = self.board.about.with_value(|it| (it.permalink.clone(), it.headline.clone()));
        let id = self.mailbox.act(site, permalink, headline, act).await.map_err(|_| Mistake::NotKept)?;
        match target {
            Target::Edit(comment) => Ok(comment.clone()),
            _ => Ok(id),
        }
    }
}

/// A website as a link needs it.
fn website(typed: &str) -> String {
    if typed.is_empty() || typed.contains("://") { typed.to_owned() } else { ["https://", typed].concat() }
}

fn is_website(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|it| it.split('/').next().is_some_and(|host| host.contains('.') && !host.contains([' ', '@'])))
}

fn is_address(address: &str) -> bool {
    address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !address.contains(' '))
}

/// The form.
#[component]
pub fn ReplyForm(
    /// The thread.
    board: Board,
) -> impl IntoView {
    let (site, mailbox) = (Site::current(), Mailbox::current());
    let writing = Writing {
        board,
        mailbox,
        state: RwSignal::default(),
        notes: StoredValue::new(Notes { since: time::now(), ..Notes::default() }),
    };
    let (can, state) = (board.about.with_value(|it| it.can), writing.state);
    // The fields are the reader's: they are filled when the form opens, and not drawn again.
    Effect::new({
        let site = site.clone();
        move |was: Option<(Target, u32)>| {
            if was.is_none() {
                let (me, remember) = Me::read();
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
    let wrong = {
        let site = site.clone();
        text(move || state.with(|it| it.mistake).map_or_else(String::new, |it| sentence(&site, it, can.shortest)))
    };
    let left = {
        let site = site.clone();
        text(move || {
            let length = state.with(|it| it.length);
            let count = |key, it| site.messages.count(key, u32::try_from(it).unwrap_or(u32::MAX));
            match length.checked_sub(can.longest) {
                Some(over) if over > 0 => count(Key::ReplyOver, over),
                _ if length + COUNTED > can.longest => count(Key::ReplyLeft, can.longest.saturating_sub(length)),
                _ => String::new(),
            }
        })
    };
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
                        <button class="button" type="button" autofocus on:click=move |_| writing.go_on()>{site.text(Key::ReplyKeep)}</button>
                    </div>
                }
                .late()
            })
        }
    };
    let is_wrong = move || state.with(|it| it.mistake).is_some_and(|it| it.field() == TEXT).then_some("true");
    view! {
        <form class="reply-form" method="dialog" aria-labelledby="reply-title" prop:noValidate=true
            on:submit=move |event: SubmitEvent| { event.prevent_default(); on_submit() } on:keydown=on_key>
            <h3 id="reply-title">{title}</h3>
            <label for=TEXT>{site.text(Key::ReplyField)}</label>
            <textarea id=TEXT rows="6" dir="auto" aria-describedby="reply-error reply-left reply-hint" aria-invalid=is_wrong
                hidden=is_previewed on:input=move |_| typed()></textarea>
            {shown}
            <p class="reply-note"><span id="reply-hint">{site.text(Key::ReplyMarkup)}</span>" "<span id="reply-left" role="status">{left}</span></p>
            <div class="reply-who" hidden=move || !is_signed.get()>
                {input(&site, can.name, NAME, "text", "name", Key::ReplyName)}
                {input(&site, can.email, EMAIL, "email", "email", Key::ReplyEmail)}
                {input(&site, can.website, WEBSITE, "url", "url", Key::ReplyWebsite)}
                <label class="reply-remember"><input type="checkbox" id=REMEMBER />" "{site.text(Key::ReplyRemember)}</label>
            </div>
            <div class="visually-hidden" aria-hidden="true">
                <label>{site.text(Key::ReplyHoneypot)}<input type="text" id=HONEYPOT name="more" tabindex="-1" autocomplete="off" /></label>
            </div>
            <p class="reply-error" id="reply-error" role="alert">{wrong}</p>
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
            <input type=kind id=id autocomplete=fill aria-required=required aria-describedby="reply-error" />
        </div>
    };
    Some(field.late())
}

/// Something that is done with the publication at hand. All of these share their code.
fn act(site: &Site, act: impl Fn(&Site) + Send + Sync + 'static) -> Arc<dyn Fn() + Send + Sync> {
    let site = site.clone();
    Arc::new(move || act(&site))
}

fn sentence(site: &Site, mistake: Mistake, shortest: usize) -> String {
    let count = |key, it| site.messages.count(key, u32::try_from(it).unwrap_or(u32::MAX));
    let key = match mistake {
        Mistake::Short => return count(Key::ReplyShort, shortest),
        Mistake::Long(over) => return count(Key::ReplyOver, over),
        Mistake::Name => Key::ReplyNameMissing,
        Mistake::EmailMissing => Key::EmailMissing,
        Mistake::EmailWrong => Key::EmailWrong,
        Mistake::Website => Key::ReplyWebsiteWrong,
        Mistake::Honeypot => Key::ReplyHoneypotFull,
        Mistake::Fast => Key::ReplyTooFast,
        Mistake::Elsewhere => Key::ReplyElsewhere,
        Mistake::NotKept => Key::ReplyNotSaved,
    };
    site.text(key).to_owned()
}
