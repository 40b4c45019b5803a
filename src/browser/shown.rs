//! The rest of a gated article while it stands in the page, apart from how it gets there (`rest`), which is a part of its own.

use super::sight::Watch;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Element, Url};

/// The rest as it stands in the page. It goes, with all that was opened for it, when this is dropped.
pub struct Shown {
    pub(super) body: Element,
    /// Nodes of the teaser; what follows them is the rest.
    pub(super) teaser: u32,
    pub(super) notes: Option<Element>,
    pub(super) urls: Rc<RefCell<Vec<String>>>,
    pub(super) watch: Option<Watch>,
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.watch = None;
        for url in self.urls.borrow().iter() {
            let _ = Url::revoke_object_url(url);
        }
        while self.body.child_nodes().length() > self.teaser {
            let Some(last) = self.body.last_child() else { break };
            let _ = self.body.remove_child(&last);
        }
        if let Some(notes) = self.notes.as_ref() {
            let _ = self.body.append_child(notes);
        }
    }
}
