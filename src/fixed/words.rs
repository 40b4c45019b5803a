//! Texts that hydration takes over without working them out.

use leptos::attr::Attribute;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

/// A text that is worked out only where nobody has written it yet: in a prerendered page it stands there, and `Intl` takes more time for
/// the first date than everything else that a page does when it comes to life.
pub fn words(words: impl FnOnce() -> String + Send + 'static) -> Words {
    Words(Box::new(words))
}

/// See [`words`].
pub struct Words(Box<dyn FnOnce() -> String + Send>);

impl Render for Words {
    type State = <String as Render>::State;

    fn build(self) -> Self::State {
        (self.0)().build()
    }

    fn rebuild(self, state: &mut Self::State) {
        (self.0)().rebuild(state);
    }
}

impl AddAnyAttr for Words {
    type Output<A: Attribute> = Self;

    /// A text has no attributes.
    fn add_any_attr<A: Attribute>(self, _: A) -> Self::Output<A> {
        self
    }
}

impl RenderHtml for Words {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

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
        extra: Vec<AnyAttribute>,
    ) {
        (self.0)().to_html_with_buf(buf, position, escape, mark_branches, extra);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        // Takes the node over with the text that it has.
        String::new().hydrate::<true>(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
