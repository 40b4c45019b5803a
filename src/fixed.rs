//! A view that is drawn once: a third less Wasm than a view that could be drawn over itself.

use leptos::attr::Attribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

/// Erases a view whose parts change only through their own signals.
pub trait Fix {
    /// Like [`IntoAny::into_any`], without the code to compare the view with a newer one and to hydrate it asynchronously.
    fn fix(self) -> AnyView;
}

impl<V: RenderHtml + Send + 'static> Fix for V {
    fn fix(self) -> AnyView {
        Fixed(self).into_any()
    }
}

/// Rebuilding replaces the whole view; in this reader only another page ever takes a view's place.
struct Fixed<V>(V);

impl<V: RenderHtml> Render for Fixed<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut fresh = self.0.build();
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl<V: RenderHtml + 'static> AddAnyAttr for Fixed<V> {
    type Output<A: Attribute> = Self;

    /// A fixed view takes no attributes from outside; none of ours passes any.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

impl<V: RenderHtml + Send + 'static> RenderHtml for Fixed<V> {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
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
