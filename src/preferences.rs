//! How a reader wants to read: theme, typeface, text size, layout. Kept on this device; `index.html` applies it before the first paint.

use crate::browser::document::{set_root_data, set_viewport};
use crate::browser::storage::{self, Blocked, Shelf};

/// Key in `localStorage`; `index.html` reads it too.
const KEY: &str = "jumpline:preferences";

/// Viewport of a phone in the full layout: wide enough for every column.
const FULL_VIEWPORT: &str = "width=1100";
const OWN_VIEWPORT: &str = "width=device-width,initial-scale=1";

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name {
            #[default]
            $($(#[$variant_doc])* $variant),*
        }

        impl $name {
            /// The choices, in the order in which they are offered. The first is what holds until a reader chooses.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As storage and the `data-` attribute of `<html>` write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $value),* }
            }

            fn parse(name: &str) -> Self {
                Self::ALL.iter().find(|it| it.name() == name).copied().unwrap_or_default()
            }
        }
    };
}

choice! {
    /// Colours of the page.
    Theme {
        /// As the system says.
        System = "system",
        /// Dark on light.
        Light = "light",
        /// Brown on cream.
        Sepia = "sepia",
        /// Light on dark.
        Dark = "dark",
    }
}

choice! {
    /// Typeface of what is read.
    Font {
        /// With serifs.
        Serif = "serif",
        /// Without.
        Sans = "sans",
    }
}

choice! {
    /// Size of what is read.
    Size {
        /// As designed.
        Normal = "normal",
        /// A step smaller.
        Small = "small",
        /// A step larger.
        Large = "large",
        /// Two steps larger.
        Larger = "larger",
    }
}

choice! {
    /// Layout on a narrow screen.
    Layout {
        /// One column, made for the screen.
        Mobile = "mobile",
        /// The page as a wide screen shows it.
        Full = "full",
    }
}

/// All of a reader's choices. A choice that an older or newer reader wrote and this one does not know counts as not made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Colours.
    pub theme: Theme,
    /// Typeface.
    pub font: Font,
    /// Text size.
    pub size: Size,
    /// Layout on a narrow screen.
    pub layout: Layout,
}

impl Preferences {
    /// What is kept on this device; the defaults when nothing is, or when it cannot be read.
    pub fn load() -> Self {
        let kept = storage::read(Shelf::Device, KEY).ok().flatten();
        kept.map(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// As storage holds it: `theme=sepia font=serif size=large layout=mobile`.
    fn to_text(self) -> String {
        let Self { theme, font, size, layout } = self;
        ["theme=", theme.name(), " font=", font.name(), " size=", size.name(), " layout=", layout.name()].concat()
    }

    fn parse(text: &str) -> Self {
        let mut all = Self::default();
        for (name, value) in text.split(' ').filter_map(|it| it.split_once('=')) {
            match name {
                "theme" => all.theme = Theme::parse(value),
                "font" => all.font = Font::parse(value),
                "size" => all.size = Size::parse(value),
                "layout" => all.layout = Layout::parse(value),
                _ => {}
            }
        }
        all
    }

    /// Shows the choices on the page, and keeps them.
    ///
    /// # Errors
    /// When the browser keeps nothing: the choices hold until the page is left.
    pub fn apply(self) -> Result<(), Blocked> {
        set_root_data("theme", (self.theme != Theme::default()).then(|| self.theme.name()));
        set_root_data("font", (self.font != Font::default()).then(|| self.font.name()));
        set_root_data("size", (self.size != Size::default()).then(|| self.size.name()));
        set_root_data("layout", (self.layout != Layout::default()).then(|| self.layout.name()));
        set_viewport(if self.layout == Layout::Full { FULL_VIEWPORT } else { OWN_VIEWPORT });
        storage::write(Shelf::Device, KEY, &self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_a_round_trip() {
        let chosen = Preferences { theme: Theme::Sepia, size: Size::Larger, ..Preferences::default() };
        assert_eq!(chosen.to_text(), "theme=sepia font=serif size=larger layout=mobile");
        assert_eq!(Preferences::parse(&chosen.to_text()), chosen);
        assert_eq!(Preferences::parse("theme=plaid nonsense size="), Preferences::default());
    }
}
