//! The words that a body needs from the interface's language.

use jumpline::messages::{Key, Messages};
use jumpline_article::Language;

/// Words written into bodies. `{number}` and `{alt}` are filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is explained by its sentence in messages/en.toml")]
pub struct Labels {
    pub footnotes: String,
    pub footnote_back: String,
    pub table: String,
    pub task_done: String,
    pub task_open: String,
    pub remote_image: String,
}

impl Labels {
    fn of(language: Language) -> Self {
        let messages = Messages::host(language);
        let text = |key| messages.text(key).to_owned();
        Self {
            footnotes: text(Key::FootnotesTitle),
            footnote_back: text(Key::FootnoteBack),
            table: text(Key::TableLabel),
            task_done: text(Key::TaskDone),
            task_open: text(Key::TaskOpen),
            remote_image: text(Key::RemoteImage),
        }
    }
}

/// The words in every language that there are catalogues of: an article is read out with one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllLabels {
    own: Labels,
    all: Vec<(Language, Labels)>,
}

impl AllLabels {
    /// Those of a publication in this language.
    pub fn new(own: Language) -> Self {
        Self { own: Labels::of(own), all: Language::ALL.into_iter().map(|it| (it, Labels::of(it))).collect() }
    }

    /// Those of an article: the publication's where it is in no language of its own (BCP 47), or in one without a catalogue.
    pub(super) fn of(&self, language: Option<&str>) -> &Labels {
        let primary = language.and_then(|it| it.split(['-', '_']).next()).unwrap_or_default();
        let found = self.all.iter().find(|it| it.0.tag().eq_ignore_ascii_case(primary));
        found.map_or(&self.own, |it| &it.1)
    }
}
