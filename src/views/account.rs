//! The reader's pass: how to bring it, and what it opens.

use crate::browser::field;
use crate::components::breadcrumb::Breadcrumb;
use crate::fixed::text;
use crate::messages::Key;
use crate::paywall::Pass;
use crate::paywall::pass::{Notice, PassError, PassState};
use crate::site::Site;
use crate::wall::door;
use jumpline_article::wall::LinkError;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Ids of the two fields that a pass is brought by.
const LINK: &str = "pass-link";
const FILE: &str = "pass-file";

/// The pass page. The links that unlock lead here.
#[component]
pub fn Account() -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let said = {
        let site = site.clone();
        text(move || pass.notice().with(|it| it.as_ref().map_or_else(String::new, |it| sentence(&site, it))))
    };
    let memory = {
        let site = site.clone();
        text(move || if pass.is_kept() { String::new() } else { site.text(Key::PassMemory).to_owned() })
    };
    let clock = {
        let site = site.clone();
        text(move || match pass.clock_is_off() {
            Some(minutes) => site.messages.fill(Key::PassClock, &[("minutes", &site.messages.number(minutes))]),
            None => String::new(),
        })
    };
    let held = move || {
        let card = pass.state().with(|it| if let PassState::Held(card) = it { Some(card.clone()) } else { None });
        let (keys, gifts) = pass.key_counts();
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
            <div role="status">
                <p class="said">{said}</p>
                <p class="said">{memory}</p>
                <p class="said">{clock}</p>
            </div>
            {held}
            <Bring />
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
        Notice::Failed(PassError::Fetch(error)) => return site.fetch_error(error),
        Notice::Failed(PassError::Part(error)) => return error.sentence(site),
        Notice::Failed(PassError::Link(LinkError::Absent)) => Key::PassNone,
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
fn Bring() -> impl IntoView {
    let site = Site::current();
    let pass = Pass::current();
    let paste = {
        let site = site.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let text = field::take(LINK);
            // The second half of a double click finds the field empty, and would be told that there is no pass in it.
            if text.trim().is_empty() && pass.notice().with_untracked(|it| *it == Some(Notice::Working)) {
                return;
            }
            pass.unlock(&site, text);
        }
    };
    let choose = {
        let site = site.clone();
        move |_| {
            let site = site.clone();
            spawn_local(async move {
                if let Some(text) = field::chosen_text(FILE).await {
                    pass.unlock(&site, text);
                }
            });
        }
    };
    view! {
        <section class="needs-script" aria-labelledby="bring-title">
            <h2 id="bring-title">{site.text(Key::PassBring)}</h2>
            <form class="form" on:submit=paste>
                <label for=LINK>{site.text(Key::PassLabel)}</label>
                <textarea class="field" id=LINK rows="3" spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="pass-hint"></textarea>
                <p id="pass-hint" class="hint">{site.text(Key::PassHint)}</p>
                <p class="actions"><button class="button main" type="submit">{site.text(Key::PassOpen)}</button></p>
                <label for=FILE>{site.text(Key::PassFile)}</label>
                <input class="file" id=FILE type="file" accept="text/*,.eml,.txt,.csv,.html" on:change=choose />
            </form>
        </section>
    }
}
