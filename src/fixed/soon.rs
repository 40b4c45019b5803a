//! Hydration in several tasks: a page that comes to life at once would answer nobody meanwhile.
//!
//! What is put off is put off in the order of the page, and nothing that changes what was prerendered may run before the last of it has
//! been taken over: such things wait in [`once_alive`].

use super::{Draw, OnPage};
use crate::browser::document::as_element;
use crate::browser::time;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::{Mountable, Position, PositionState};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

type Task = Box<dyn FnOnce()>;

thread_local! {
    static PIECES: RefCell<VecDeque<Task>> = const { RefCell::new(VecDeque::new()) };
    static LAST: RefCell<VecDeque<Task>> = const { RefCell::new(VecDeque::new()) };
    static IS_ALIVE: Cell<bool> = const { Cell::new(false) };
}

/// What is to be done next until the page has come to life: one task each.
pub fn next() -> Option<Task> {
    let next = PIECES.with_borrow_mut(VecDeque::pop_front).or_else(|| LAST.with_borrow_mut(VecDeque::pop_front));
    IS_ALIVE.set(next.is_none());
    next
}

/// Does something when the whole page has come to life, or in a task of its own where it has already; never on the host.
pub fn once_alive(act: impl FnOnce() + 'static) {
    if cfg!(target_arch = "wasm32") {
        let owner = Owner::current().unwrap_or_default();
        let act = move || owner.with(act);
        match IS_ALIVE.get() {
            true => time::after(0, act),
            false => LAST.with_borrow_mut(|it| it.push_back(Box::new(act))),
        }
    }
}

/// See [`super::Fix::soon`].
pub(super) struct Soon<V>(pub(super) V);

/// What stands on the page: the element as it was prerendered, then the view.
struct Slot {
    view: Box<dyn OnPage>,
    is_gone: bool,
}

struct Awaited(Rc<RefCell<Slot>>);

impl OnPage for Awaited {
    fn take_away(&mut self) {
        let mut slot = self.0.borrow_mut();
        slot.is_gone = true;
        slot.view.take_away();
    }

    fn put(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.0.borrow_mut().view.put(parent, marker);
    }

    fn put_before(&self, child: &mut dyn Mountable) -> bool {
        self.0.borrow().view.put_before(child)
    }
}

impl<V: RenderHtml + 'static> Draw for Soon<V> {
    fn build(self: Box<Self>) -> Box<dyn OnPage> {
        Box::new(self.0.build())
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn OnPage> {
        let (before, at) = (cursor.current(), position.get());
        if at == Position::FirstChild {
            cursor.child()
        } else {
            cursor.sibling()
        }
        position.set(Position::NextChild);
        let element = as_element(cursor.current());
        let slot = Rc::new(RefCell::new(Slot { view: Box::new(element), is_gone: false }));
        let (later, owner) = (Rc::clone(&slot), Owner::current().unwrap_or_default());
        let take_over = move || {
            if later.borrow().is_gone {
                return;
            }
            // The place is all that a cursor needs of what stands before.
            let cursor = Cursor::new(as_element(before));
            let state = owner.with(|| self.0.hydrate::<true>(&cursor, &PositionState::new(at)));
            later.borrow_mut().view = Box::new(state);
        };
        PIECES.with_borrow_mut(|it| it.push_back(Box::new(take_over)));
        Box::new(Awaited(slot))
    }

    #[cfg(feature = "prerender")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool, branches: bool) {
        self.0.to_html_with_buf(html, position, escape, branches, Vec::new());
    }
}
