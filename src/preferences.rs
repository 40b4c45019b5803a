//! How a reader wants to read: theme, typeface, size and so on. Kept on this device; `index.html` applies it before the first paint.

use crate::browser::document::{set_root_data, set_viewport, tint_bar};
use crate::browser::names;
use crate::browser::storage::{self, Blocked, Shelf};
use crate::messages::Key;

/// Viewport of a phone in the full layout: wide enough for every column.
const FULL_VIEWPORT: &str = "width=1100";
const OWN_VIEWPORT: &str = "width=device-width,initial-scale=1";

/// Something that a reader chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Colours of the page.
    Theme,
    /// Typeface of what is read.
    Font,
    /// Size of what is read.
    Size,
    /// Length of lines.
    Measure,
    /// Space between lines.
    Leading,
    /// Whether lines end where the column does.
    Justified,
    /// Whether long words are broken.
    Hyphens,
    /// Whether pictures are shown.
    Pictures,
    /// Whether anything moves.
    Motion,
    /// How a narrow screen lays the page out.
    Layout,
}

/// One choice of a setting: its name in storage and in the `data-` attribute of `<html>`, and its words.
pub type Choice = (&'static str, Key);

impl Setting {
    /// Every one, in the order in which they are kept.
    pub const ALL: [Self; 10] = [
        Self::Theme,
        Self::Font,
        Self::Size,
        Self::Measure,
        Self::Leading,
        Self::Justified,
        Self::Hyphens,
        Self::Pictures,
        Self::Motion,
        Self::Layout,
    ];

    /// Its name in storage and in the `data-` attribute of `<html>`, and its words.
    pub fn name(self) -> Choice {
        match self {
            Self::Theme => ("theme", Key::Theme),
            Self::Font => ("font", Key::Font),
            Self::Size => ("size", Key::Size),
            Self::Measure => ("measure", Key::Measure),
            Self::Leading => ("leading", Key::Leading),
            Self::Justified => ("justified", Key::Justified),
            Self::Hyphens => ("hyphens", Key::Hyphens),
            Self::Pictures => ("pictures", Key::Pictures),
            Self::Motion => ("motion", Key::Motion),
            Self::Layout => ("layout", Key::MobileVersion),
        }
    }

    /// Its choices, in the order in which they are offered.
    pub fn choices(self) -> &'static [Choice] {
        const LENGTHS: &[Choice] = &[("narrow", Key::Less), ("normal", Key::Usual), ("wide", Key::More)];
        match self {
            Self::Theme => &[
                ("system", Key::ThemeSystem),
                ("light", Key::ThemeLight),
                ("sepia", Key::ThemeSepia),
                ("dark", Key::ThemeDark),
            ],
            Self::Font => &[("serif", Key::FontSerif), ("sans", Key::FontSans), ("legible", Key::FontLegible)],
            Self::Size => &[
                ("small", Key::SizeSmall),
                ("normal", Key::SizeNormal),
                ("large", Key::SizeLarge),
                ("larger", Key::SizeLarger),
            ],
            Self::Measure | Self::Leading => LENGTHS,
            Self::Justified | Self::Hyphens => &[("normal", Key::Off), ("on", Key::On)],
            Self::Pictures => &[("normal", Key::On), ("off", Key::Off)],
            Self::Motion => &[("normal", Key::Usual), ("less", Key::Less)],
            Self::Layout => &[("mobile", Key::MobileVersion), ("full", Key::ExitMobile)],
        }
    }

    /// What holds until a reader chooses. `index.html` knows these names and leaves them out.
    fn usual(self) -> &'static str {
        match self {
            Self::Theme => "system",
            Self::Font => "serif",
            Self::Layout => "mobile",
            _ => "normal",
        }
    }
}

/// All of a reader's choices. A choice that an older or newer reader wrote and this one does not know counts as not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences([&'static str; Setting::ALL.len()]);

impl Default for Preferences {
    fn default() -> Self {
        Self(Setting::ALL.map(Setting::usual))
    }
}

impl Preferences {
    /// What is kept on this device; the defaults when nothing is, or when it cannot be read.
    pub fn load() -> Self {
        let kept = storage::read(Shelf::Device, names::PREFERENCES).ok().flatten();
        kept.map(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// What is chosen of a setting.
    pub fn get(&self, setting: Setting) -> &'static str {
        self.0[setting as usize]
    }

    /// Chooses. What is no choice of the setting changes nothing.
    pub fn choose(&mut self, setting: Setting, name: &str) {
        if let Some((name, _)) = setting.choices().iter().find(|it| it.0 == name) {
            self.0[setting as usize] = name;
        }
    }

    /// As storage holds it: `theme=sepia font=serif size=large`, every setting.
    fn to_text(self) -> String {
        let all = Setting::ALL.map(|it| [it.name().0, "=", self.get(it)].concat());
        all.join(" ")
    }

    fn parse(text: &str) -> Self {
        let mut all = Self::default();
        for (name, value) in text.split(' ').filter_map(|it| it.split_once('=')) {
            if let Some(setting) = Setting::ALL.into_iter().find(|it| it.name().0 == name) {
                all.choose(setting, value);
            }
        }
        all
    }

    /// Shows the choices on the page.
    pub fn show(self) {
        for setting in Setting::ALL {
            let chosen = self.get(setting);
            set_root_data(setting.name().0, (chosen != setting.usual()).then_some(chosen));
        }
        set_viewport(if self.get(Setting::Layout) == "full" { FULL_VIEWPORT } else { OWN_VIEWPORT });
        self.tint();
    }

    /// Gives the browser's own bar the colour of the theme.
    pub fn tint(self) {
        tint_bar(self.get(Setting::Theme) != Setting::Theme.usual());
    }

    /// Keeps them.
    ///
    /// # Errors
    /// When the browser keeps nothing: the choices hold until the page is left.
    pub fn keep(self) -> Result<(), Blocked> {
        storage::write(Shelf::Device, names::PREFERENCES, &self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_a_round_trip() {
        let mut chosen = Preferences::default();
        chosen.choose(Setting::Theme, "sepia");
        chosen.choose(Setting::Size, "larger");
        chosen.choose(Setting::Size, "enormous");
        assert!(chosen.to_text().starts_with("theme=sepia font=serif size=larger measure=normal"));
        assert_eq!(Preferences::parse(&chosen.to_text()), chosen);
        assert_eq!(Preferences::parse("theme=plaid nonsense size="), Preferences::default());
    }

    #[test]
    fn what_is_usual_can_be_chosen() {
        for setting in Setting::ALL {
            assert!(setting.choices().iter().any(|it| it.0 == setting.usual()), "{setting:?}");
        }
    }
}
