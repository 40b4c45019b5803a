//! The invitation that opens over a public article.

use super::dialog::Dialog;
use crate::aside::door;
use crate::browser::dialog;
use crate::fixed::Fix;
use crate::messages::Key;
use crate::navigation::Navigation;
use crate::paywall::Invitation;
use crate::site::Site;
use leptos::prelude::*;

const ID: &str = "invitation";
const TITLE: &str = "invitation-title";

/// The invitation, when it is open.
#[component]
pub fn InvitationDialog() -> impl IntoView {
    let invitation = Invitation::current();
    let navigation = Navigation::current();
    // A signal of its own: what changes below it does not draw it anew.
    let open = Memo::new(move |_| invitation.is_open().get() && invitation.belongs_to(navigation));
    let site = Site::current();
    move || {
        open.get().then(|| {
            let (title, text) = (site.named(Key::DiscoverMore), site.invitation());
            let go_on = site.text(Key::KeepReading);
            let inside = view! {
                <h2 id=TITLE tabindex="-1" autofocus>{title}</h2>
                <p>{text}</p>
                {door::sign_up()}
                <p class="dialog-end">
                    <button class="link" type="button" on:click=move |_| dialog::close(ID)>
                        {go_on}
                    </button>
                </p>
            }
            .late();
            let closed = move || {
                dialog::stand(ID);
                invitation.close();
            };
            view! { <Dialog id=ID labelled_by=TITLE closed=closed inside /> }.late()
        })
    }
}
