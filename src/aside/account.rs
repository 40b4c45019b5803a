//! The reader's pass: how to bring it, and what it opens.

use crate::browser::fetch::FetchError;
use crate::browser::{document, field};
use crate::components::breadcrumb::Breadcrumb;
use crate::fixed::{flag, once_alive, text};
use crate::messages::Key;
use crate::paywall::Pass;
use crate::paywall::notice::{Notice, PassError};
use crate::paywall::pass::PassState;
use crate::site::Site;
use crate::wall::door;
use jumpline_article::wall::LinkError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Id of what became of bringing a pass.
const SAID: &str = "pass-said";
/// Ids of the two fields that a pass is brought by.
const LINK: &str = "pass-link";
const FILE: &str = "pass-file";
/// Id of what is wrong with what was brought.
const ERROR: &str = "pass-error";

/// The pass page. The links that unlock lead here.
#[component]
pub fn Account() -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let pasted = RwSignal::new(false);
    let said = {
        let site = site.clone();
        text(move || {
            // What is wrong with what was pasted is said below the field.
            pass.notice().with(|it| match it {
                Some(it) if !(pasted.get() && it.has_failed()) => sentence(&site, it),
                _ => String::new(),
            })
        })
    };
    let memory = {
        let site = site.clone();
        text(move || if pass.is_kept() { String::new() } else { site.text(Key::PassMemory).to_owned() })
    };
    let clock = {
        let site = site.clone();
        text(move || match pass.clock_is_off() {
            true => site.text(Key::PassClock).to_owned(),
            false => String::new(),
        })
    };
    // The keyring is asked again while the page is open. What it says is mostly the same, and nothing moves under who presses a button.
    let facts = Memo::new(move |_| {
        let card = pass.state().with(|it| if let PassState::Held(card) = it { Some(card.clone()) } else { None });
        (card, pass.key_counts())
    });
    let held = move || {
        let (card, (keys, gifts)) = facts.get();
        // Whatever is held was looked at by the part that draws it.
        (card.is_some() || gifts > 0).then(|| door::held(card, keys, gifts))
    };
    view! {
        <Breadcrumb here=site.text(Key::AccountTitle).to_owned() />
        <header class="listing-head">
            <h1 id="title" tabindex="-1">{site.text(Key::AccountTitle)}</h1>
            <p class="standfirst">{site.named(Key::PassIntro)}</p>
        </header>
        <div class="account">
            // Who brought it here has the focus led to the sentence.
            <div role=move || (!pasted.get()).then_some("status")>
                <p class="said" id=SAID tabindex="-1">{said}</p>
                <p class="said">{memory}</p>
                <p class="said">{clock}</p>
            </div>
            {held}
            <Bring pasted />
            <p class="without-script">{site.text(Key::PassNoScript)}</p>
        </div>
    }
}

/// What became of bringing a pass, in a sentence.
fn sentence(site: &Site, notice: &Notice) -> String {
    let key = match notice {
        Notice::Working => Key::PassWorking,
        Notice::Opened => Key::PassOpened,
        Notice::Ended => Key::PassEnded,
        Notice::EndedBeside => Key::PassEndedBeside,
        Notice::OpenedBeside => Key::PassOpenedBeside,
        Notice::Forgotten => Key::PassForgotten,
        Notice::Failed(PassError::Fetch(FetchError::Unreachable | FetchError::TimedOut)) => Key::PassUnreachable,
        Notice::Failed(PassError::Fetch(error)) => return site.fetch_error(error),
        Notice::Failed(PassError::Part(error)) => return error.sentence(site),
        Notice::Failed(PassError::Link(LinkError::Absent)) => Key::PassNone,
        Notice::Failed(PassError::Link(LinkError::Gift)) => Key::PassGift,
        Notice::Failed(PassError::Link(LinkError::Truncated)) => Key::PassTruncated,
        Notice::Failed(PassError::Link(LinkError::Damaged)) => Key::PassDamaged,
        Notice::Failed(PassError::Elsewhere) => Key::PassElsewhere,
        Notice::Failed(PassError::NothingLocked) => Key::PassNothing,
        Notice::Failed(PassError::Unknown) => Key::PassUnknown,
        Notice::Failed(PassError::Broken) => Key::PassBroken,
        Notice::Failed(PassError::Insecure) => Key::PassInsecure,
    };
    site.named(key)
}

/// The fields that a pass is brought by.
#[component]
fn Bring(
    /// Whether the pass that was brought last stood in the field, or in a file.
    pasted: RwSignal<bool>,
) -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let paste = {
        let site = site.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let text = field::value(LINK);
            // The second half of a double click finds the field empty, and would be told that there is no pass in it.
            let is_second = |it: &Option<Notice>| it.as_ref().is_some_and(|it| !it.has_failed());
            if text.trim().is_empty() && pass.notice().with_untracked(is_second) {
                return;
            }
            pasted.set(true);
            pass.unlock(&site, text);
        }
    };
    // Whoever pasted it does not see the top of the page, least of all on a phone.
    Effect::new(move || {
        let how = pass.notice().with(|it| match it {
            None | Some(Notice::Working) => None,
            Some(it) => Some(!it.has_failed()),
        });
        match how.filter(|_| pasted.get_untracked()) {
            Some(true) => {
                field::set_value(LINK, "");
                document::bring(SAID, SAID);
            }
            Some(false) => document::bring(LINK, ERROR),
            None => {}
        }
    });
    let failed = flag(move || pasted.get() && pass.notice().with(|it| it.as_ref().is_some_and(Notice::has_failed)));
    let wrong = {
        let site = site.clone();
        text(move || match failed.get() {
            true => pass.notice().with(|it| it.as_ref().map_or_else(String::new, |it| sentence(&site, it))),
            false => String::new(),
        })
    };
    let choose = {
        let site = site.clone();
        move || {
            let site = site.clone();
            spawn_local(async move {
                let Some(text) = field::chosen_text(FILE).await else { return };
                // The page may have been left meanwhile.
                if pasted.try_update(|it| *it = true).is_some() {
                    pass.unlock(&site, text);
                }
            });
        }
    };
    // On a slow line it may have been chosen before anybody heard of it.
    once_alive(choose.clone());
    view! {
        <section class="needs-script" aria-labelledby="bring-title">
            <h2 id="bring-title">{site.text(Key::PassBring)}</h2>
            <form class="form" method="dialog" on:submit=paste>
                <label for=LINK>{site.text(Key::PassLabel)}</label>
                <textarea class="field" id=LINK rows="3" spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="pass-error pass-hint" aria-invalid=move || failed.get().then_some("true")></textarea>
                <p id=ERROR class="field-error">{wrong}</p>
                <p id="pass-hint" class="hint">{site.text(Key::PassHint)}</p>
                <p class="actions"><button class="button main" type="submit">{site.text(Key::PassOpen)}</button></p>
                <p class="actions">
                    <label class="button" for=FILE>{site.text(Key::PassFile)}</label>
                    <input class="visually-hidden" id=FILE type="file" accept="text/*,.eml,.txt,.csv,.html" on:change=move |_| choose() />
                </p>
            </form>
        </section>
    }
}
