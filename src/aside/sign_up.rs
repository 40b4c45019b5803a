//! The form with the address of a new subscriber, and what became of it.

mod outcome;

use crate::browser::dialog::is_valid;
use crate::browser::{document, field, time};
use crate::fixed::{Fix, flag, text};
use crate::messages::Key;
use crate::paywall::provider::Outcome;
use crate::paywall::subscription::{Subscription, SubscriptionState};
use crate::site::Site;
use jumpline_article::plan::{Encoding, Form};
use jumpline_article::{Provider, is_email};
use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

/// Milliseconds that pressing a button takes.
const PRESS: u32 = 300;
/// Milliseconds after which a browser has passed on what changed.
const READ: u32 = 1000;

/// What is wrong with the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistake {
    None,
    Missing,
    Wrong,
    /// Somebody filled in what nobody sees.
    Honeypot,
}

/// The form, or what became of it.
#[component]
pub fn SignUp(
    /// Id of the field; the others are made from it.
    id: &'static str,
) -> impl IntoView {
    let subscription = Subscription::current();
    let site = Site::current();
    let said = {
        let site = site.clone();
        text(move || outcome::said(&site, subscription))
    };
    // Nothing is drawn anew when it is found that there is none.
    let held = Memo::new(move |_| Some(subscription.state().get()).filter(SubscriptionState::is_there));
    let actions = move || held.get().map(|it| outcome::actions(&site, subscription, &it, id));
    let is_there = flag(move || subscription.state().with(SubscriptionState::is_there));
    let is_led = RwSignal::new(false);
    let role = move || (!is_led.get()).then_some("status");
    view! {
        <div class="sign-up">
            <div hidden=is_there><EmailForm id is_led /></div>
            <p class="sign-up-said" class:is-said=is_there id=said_id(id) tabindex="-1" role=role>{said}</p>
            {actions}
        </div>
    }
    .fix()
}

fn said_id(id: &str) -> String {
    format!("{id}-said")
}

/// The form itself. Without scripts it is sent as it stands, where the publication's provider takes such forms.
#[component]
fn EmailForm(
    id: &'static str,
    /// Whether the focus is being led to what becomes of it, which then need not be said as well.
    is_led: RwSignal<bool>,
) -> impl IntoView {
    let (site, subscription) = (Site::current(), Subscription::current());
    let provider = &site.publication().subscribe.provider;
    let plain = plain_form(provider).cloned();
    let (outcome, sending) = (subscription.outcome(), subscription.sending());
    let mistake = RwSignal::new(Mistake::None);
    let field = NodeRef::<Input>::new();
    let check = move || {
        let Some(input) = field.get_untracked() else { return Mistake::None };
        let address = input.value();
        match is_valid(&input) && is_email(address.trim()) {
            true => Mistake::None,
            false if address.trim().is_empty() => Mistake::Missing,
            false => Mistake::Wrong,
        }
    };
    // Nobody is told off for a field that was only passed through, nor while typing.
    // Nor at once: what moves under the pointer that just left the field for the button would not be pressed.
    let leave = move |_| {
        time::after(PRESS, move || {
            // Who has subscribed meanwhile has no form any more.
            if mistake.is_disposed() {
                return;
            }
            let found = check();
            if found != Mistake::Missing {
                mistake.set(found);
            }
        });
    };
    let mend = move |_| {
        if mistake.get_untracked() != Mistake::None && check() == Mistake::None {
            mistake.set(Mistake::None);
        }
    };
    let submit = {
        let site = site.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let more = honeypot_id(id);
            mistake.set(if field::value(&more).is_empty() { check() } else { Mistake::Honeypot });
            // A browser that fills in too much is not told so twice.
            field::set_value(&more, "");
            let Some(input) = field.get_untracked() else { return };
            if mistake.get_untracked() != Mistake::None {
                return document::focus(id);
            }
            let (site, email) = (site.clone(), input.value().trim().to_owned());
            spawn_local(async move {
                is_led.set(true);
                subscription.subscribe(site, email).await;
                tick().await;
                if untrack(|| subscription.is_member()) {
                    // The button that had the focus is gone with its form.
                    document::focus(&said_id(id));
                }
                time::after(READ, move || {
                    let _ = is_led.try_update(|it| *it = false);
                });
            });
        }
    };
    let wrong = {
        let site = site.clone();
        text(move || match (mistake.get(), outcome.get()) {
            (Mistake::Missing, _) => site.text(Key::EmailMissing).to_owned(),
            (Mistake::Wrong, _) => site.text(Key::EmailWrong).to_owned(),
            (Mistake::Honeypot, _) => site.text(Key::ReplyHoneypotFull).to_owned(),
            (Mistake::None, Some(Outcome::Refused(said, status))) => refused(&site, &said, status),
            (Mistake::None, _) => String::new(),
        })
    };
    let is_wrong = move || {
        let is_refused = outcome.with(|it| matches!(it, Some(Outcome::Refused(..))));
        (is_refused || mistake.get() != Mistake::None).then_some("true")
    };
    let label = {
        let (send, sends) = (site.text(Key::SubscribeNow), site.text(Key::Sending));
        text(move || if sending.get() { sends.to_owned() } else { send.to_owned() })
    };
    let (class, method) = if plain.is_some() { ("", "post") } else { ("needs-script", "dialog") };
    let (name, action) = plain.as_ref().map(|it| (it.email.clone(), it.url.clone())).unzip();
    let (described, error_id) = (format!("{id}-error {id}-note"), format!("{id}-error"));
    view! {
        <form class=class method=method action=action prop:noValidate=true on:submit=submit>
            <label for=id>{site.text(Key::EmailLabel)}</label>
            <div class="sign-up-row">
                <input
                    node_ref=field
                    type="email"
                    id=id
                    name=name
                    autocomplete="email"
                    required
                    aria-describedby=described
                    aria-invalid=is_wrong
                    on:blur=leave
                    on:input=mend
                />
                <button class="button main" type="submit" aria-disabled=move || sending.get().then_some("true")>{label}</button>
            </div>
            <p class="sign-up-error" id=error_id role="alert">{wrong}</p>
            {plain.clone().map(fixed_fields)}
            {honeypot(id, plain.and_then(|it| it.honeypot))}
            <p class="sign-up-note" id=format!("{id}-note")>{note(&site)}</p>
        </form>
        {needs_script(&site)}
    }
    .fix()
}

/// The form that a browser can send by itself.
fn plain_form(provider: &Provider) -> Option<&Form> {
    match provider {
        Provider::Form(form) if form.encoding == Encoding::Form => Some(form),
        _ => None,
    }
}

fn fixed_fields(form: Form) -> impl IntoView {
    let fixed = form.fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    fixed.collect_view()
}

fn honeypot_id(id: &str) -> String {
    format!("{id}-more")
}

/// What robots fill in: hidden from people, and said to be of no concern to those who find it all the same. Services that have a name for
/// it get it, too.
fn honeypot(id: &str, name: Option<String>) -> impl IntoView + use<> {
    view! {
        <span class="visually-hidden" aria-hidden="true">
            <input type="text" id=honeypot_id(id) name=name tabindex="-1" autocomplete="off" />
        </span>
    }
}

fn needs_script(site: &Site) -> Option<impl IntoView + use<>> {
    let needs = plain_form(&site.publication().subscribe.provider).is_none();
    needs.then(|| view! { <p class="without-script">{site.text(Key::SignUpScript)}</p> })
}

fn host(site: &Site) -> String {
    let origin = site.publication().subscribe.provider.origin();
    origin.as_deref().and_then(|it| it.split("//").nth(1)).unwrap_or_default().to_owned()
}

fn note(site: &Site) -> String {
    let key = match site.publication().subscribe.provider {
        Provider::Local => return site.text(Key::SignUpLocal).to_owned(),
        Provider::Form(_) | Provider::Ghost(_) => Key::SignUpNote,
    };
    site.messages.fill(key, &[("host", &host(site))])
}

fn refused(site: &Site, said: &str, status: u16) -> String {
    let key = if said.is_empty() { Key::RefusedSilently } else { Key::Refused };
    site.messages.fill(key, &[("host", &host(site)), ("message", said), ("status", &status.to_string())])
}
