//! A view that is drawn once: a third less Wasm than a view that could be drawn over itself.

mod soon;
mod words;

pub use soon::{next, once_alive};
pub use words::{Words, words};

use leptos::attr::Attribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState};

/// Erases a view whose parts change only through their own signals.
pub trait Fix {
    /// Like [`IntoAny::into_any`], without the code to compare the view with a newer one and to hydrate it asynchronously.
    fn fix(self) -> Fixed;

    /// Like [`Fix::fix`], for a view that is never part of a prerendered page: without the code to hydrate it.
    fn late(self) -> Fixed;

    /// Like [`Fix::fix`], for one element that is taken over in a task of its own, so that the page answers in between.
    fn soon(self) -> Fixed;
}

impl<V: RenderHtml + 'static> Fix for V {
    fn fix(self) -> Fixed {
        Fixed(Box::new(self))
    }

    fn late(self) -> Fixed {
        Fixed(Box::new(Late(self)))
    }

    fn soon(self) -> Fixed {
        Fixed(Box::new(soon::Soon(self)))
    }
}

/// A view of any type. Rebuilding replaces it as a whole; what changes within it changes by signals of its own.
pub struct Fixed(Box<dyn Draw>);

/// What is on the page of a [`Fixed`] view.
pub struct Drawn(Box<dyn OnPage>);

/// [`Mountable`] without the list of elements, for which nobody asks.
trait OnPage {
    fn take_away(&mut self);
    fn put(&mut self, parent: &types::Element, marker: Option<&types::Node>);
    fn put_before(&self, child: &mut dyn Mountable) -> bool;
}

impl<M: Mountable> OnPage for M {
    fn take_away(&mut self) {
        self.unmount();
    }

    fn put(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.mount(parent, marker);
    }

    fn put_before(&self, child: &mut dyn Mountable) -> bool {
        self.insert_before_this(child)
    }
}

/// What can be done with a view once.
trait Draw: Send {
    /// Makes its nodes.
    fn build(self: Box<Self>) -> Box<dyn OnPage>;

    /// Takes over the nodes that the press made.
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn OnPage>;

    /// Writes its markup.
    #[cfg(feature = "prerender")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool, branches: bool);
}

impl<V: RenderHtml + 'static> Draw for V {
    fn build(self: Box<Self>) -> Box<dyn OnPage> {
        let state = (*self).build();
        if V::EXISTS { Box::new(state) } else { Box::new(Rndr::create_placeholder()) }
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn OnPage> {
        let state = (*self).hydrate::<true>(cursor, position);
        if V::EXISTS { Box::new(state) } else { Box::new(cursor.next_placeholder(position)) }
    }

    #[cfg(feature = "prerender")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool, branches: bool) {
        self.to_html_with_buf(html, position, escape, branches, Vec::new());
        if !V::EXISTS {
            html.push_str("<!--<() />-->");
        }
    }
}

/// See [`Fix::late`].
struct Late<V>(V);

impl<V: Render + Send> Draw for Late<V>
where
    V::State: 'static,
{
    fn build(self: Box<Self>) -> Box<dyn OnPage> {
        Box::new(self.0.build())
    }

    fn hydrate(self: Box<Self>, _: &Cursor, _: &PositionState) -> Box<dyn OnPage> {
        self.build()
    }

    #[cfg(feature = "prerender")]
    fn write(self: Box<Self>, _: &mut String, _: &mut Position, _: bool, _: bool) {}
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        self.0.take_away();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.0.put(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.put_before(child)
    }

    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl Render for Fixed {
    type State = Drawn;

    fn build(self) -> Drawn {
        Drawn(self.0.build())
    }

    fn rebuild(self, state: &mut Drawn) {
        let mut fresh = self.build();
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl AddAnyAttr for Fixed {
    type Output<A: Attribute> = Self;

    /// A fixed view takes no attributes from outside; none of ours passes any.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

impl RenderHtml for Fixed {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg_attr(not(feature = "prerender"), allow(unused_variables))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        #[cfg(feature = "prerender")]
        self.0.write(buf, position, escape, mark_branches);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Drawn {
        Drawn(self.0.hydrate(cursor, position))
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// A text that changes. Every closure in a view is code of its own; all of these share one.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// A condition that changes; as [`text`].
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(flag)
}
