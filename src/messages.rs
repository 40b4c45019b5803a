//! Every sentence of the interface: keys here, words in `messages/<language>.toml`, one catalogue loaded at a time.

use crate::browser::intl;
use jumpline_article::{Date, Language};

macro_rules! keys {
    ($($key:ident = $name:literal),* $(,)?) => {
        /// A sentence of the interface. Catalogues hold them in this order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "each is explained by its sentence in messages/en.toml")]
        pub enum Key { $($key),* }

        impl Key {
            /// Names in the catalogues, in the order of the keys.
            pub const NAMES: &'static [&'static str] = &[$($name),*];
        }
    };
}

keys! {
    About = "about",
    ArchiveAll = "archive_all",
    ArchiveTitle = "archive_title",
    BackToTop = "back_to_top",
    Breadcrumb = "breadcrumb",
    ByAuthor = "by_author",
    Close = "close",
    Comments = "comments",
    CommentsClosed = "comments_closed",
    CommentsInvite = "comments_invite",
    CommentsKept = "comments_kept",
    Contents = "contents",
    ContinueReading = "continue_reading",
    CopyAddress = "copy_address",
    CopyFailed = "copy_failed",
    Copied = "copied",
    DiscoverMore = "discover_more",
    EmptyArchive = "empty_archive",
    EmptyListing = "empty_listing",
    ExitMobile = "exit_mobile",
    FeedJson = "feed_json",
    FeedRss = "feed_rss",
    FollowFeeds = "follow_feeds",
    FollowFeedsText = "follow_feeds_text",
    Font = "font",
    FontSans = "font_sans",
    FontSerif = "font_serif",
    FootNav = "foot_nav",
    GateMembers = "gate_members",
    GateMembersText = "gate_members_text",
    GatePaid = "gate_paid",
    GatePaidText = "gate_paid_text",
    GateLabel = "gate_label",
    Home = "home",
    In = "in",
    Latest = "latest",
    LeaveReply = "leave_reply",
    ListJoin = "list_join",
    Loading = "loading",
    LoadBroken = "load_broken",
    LoadOffline = "load_offline",
    LoadServer = "load_server",
    LoadSlow = "load_slow",
    LoadTitle = "load_title",
    MobileVersion = "mobile_version",
    MoreFrom = "more_from",
    MoreFromSection = "more_from_section",
    NewerPage = "newer_page",
    NextArticle = "next_article",
    NotFoundText = "not_found_text",
    NotFoundTitle = "not_found_title",
    OlderPage = "older_page",
    PageOf = "page_of",
    Pages = "pages",
    PieceCount = "piece_count",
    PreviousArticle = "previous_article",
    Published = "published",
    ReadingSettings = "reading_settings",
    ReadingTime = "reading_time",
    Related = "related",
    ReplySubject = "reply_subject",
    SectionNav = "section_nav",
    SettingsKept = "settings_kept",
    SettingsLost = "settings_lost",
    Size = "size",
    SizeLarge = "size_large",
    SizeLarger = "size_larger",
    SizeNormal = "size_normal",
    SizeSmall = "size_small",
    SkipLink = "skip_link",
    Subscribe = "subscribe",
    SubscribeInvite = "subscribe_invite",
    SubscribeNow = "subscribe_now",
    SubscribeOn = "subscribe_on",
    SubscribeTitle = "subscribe_title",
    TableLabel = "table_label",
    TagTitle = "tag_title",
    Tags = "tags",
    Theme = "theme",
    ThemeDark = "theme_dark",
    ThemeLight = "theme_light",
    ThemeSepia = "theme_sepia",
    ThemeSystem = "theme_system",
    TryAgain = "try_again",
    Untitled = "untitled",
    Updated = "updated",
    WhatYouGet = "what_you_get",
    Years = "years",
    FootnoteBack = "footnote_back",
    FootnotesTitle = "footnotes_title",
    TaskDone = "task_done",
    TaskOpen = "task_open",
    CodeLabel = "code_label",
    RemoteImage = "remote_image",
}

/// Separates the forms of a plural in a catalogue, and a form's category from its words.
const FORM: char = '\u{1f}';

/// The catalogue in use. Copied freely: it is loaded once and stays for the life of the page.
#[derive(Clone, Copy, Debug)]
pub struct Messages {
    language: Language,
    texts: &'static [String],
}

impl Messages {
    /// Takes a catalogue as `press` wrote it: a JSON array of texts in the order of [`Key`].
    ///
    /// # Errors
    /// With a sentence, when it is not such an array or belongs to another release of the reader.
    pub fn from_json(language: Language, json: &str) -> Result<Self, String> {
        let texts: Vec<String> = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if texts.len() != Key::NAMES.len() {
            return Err(format!("{} messages instead of {}", texts.len(), Key::NAMES.len()));
        }
        Ok(Self { language, texts: Vec::leak(texts) })
    }

    /// The catalogue as the browser loads it.
    pub fn to_json(self) -> String {
        serde_json::to_string(self.texts).unwrap_or_default()
    }

    /// The language that it speaks.
    pub fn language(self) -> Language {
        self.language
    }

    /// A sentence without anything to fill in.
    pub fn text(self, key: Key) -> &'static str {
        self.texts.get(key as usize).map_or("", String::as_str)
    }

    /// A sentence with its `{name}` places filled.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// The sentence for a number: its plural form, with `{count}` written in the language's digits.
    pub fn count(self, key: Key, count: u32) -> String {
        let number = self.number(count);
        let forms = self.text(key);
        let form = |category: &str| {
            forms.split(FORM).filter_map(|it| it.split_once('=')).find(|it| it.0 == category).map(|it| it.1)
        };
        let exact = if count == 0 { form("none") } else { None };
        let text = exact.or_else(|| form(&intl::plural(self.language, count))).or_else(|| form("other"));
        fill(text.unwrap_or(forms), &[("count", &number)])
    }

    /// A number in the language's digits and groups.
    pub fn number(self, number: u32) -> String {
        intl::number(self.language, number)
    }

    /// Day, month and year in words, such as *February 18, 2025*.
    pub fn date(self, date: &Date) -> String {
        intl::date(self.language, date.civil(), intl::DateStyle::Day)
    }

    /// Month and year in words, such as *February 2025*.
    pub fn month(self, year: i32, month: u8) -> String {
        intl::date(self.language, (year, month, 1), intl::DateStyle::Month)
    }

    /// A year in the language's digits, without grouping.
    pub fn year(self, year: i32) -> String {
        intl::date(self.language, (year, 7, 1), intl::DateStyle::Year)
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            break;
        };
        filled.push_str(values.iter().find(|it| it.0 == name).map_or("", |it| it.1));
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(feature = "prerender")]
mod host {
    use super::{FORM, Key, Messages};
    use jumpline_article::Language;
    use std::sync::OnceLock;

    impl Messages {
        /// The catalogue of a language, compiled into the host's binary.
        pub fn host(language: Language) -> Self {
            static CATALOGUES: [OnceLock<Vec<String>>; 3] = [const { OnceLock::new() }; 3];
            let (cell, toml) = match language {
                Language::English => (&CATALOGUES[0], include_str!("../messages/en.toml")),
                Language::German => (&CATALOGUES[1], include_str!("../messages/de.toml")),
                Language::Arabic => (&CATALOGUES[2], include_str!("../messages/ar.toml")),
            };
            // A test reads every catalogue, so none that is shipped can fail here.
            let texts = cell.get_or_init(|| parse(toml).unwrap_or_else(|error| vec![error; Key::NAMES.len()]));
            Self { language, texts }
        }
    }

    pub(super) fn parse(catalogue: &str) -> Result<Vec<String>, String> {
        let mut table: toml::Table = toml::from_str(catalogue).map_err(|error| error.to_string())?;
        let texts = Key::NAMES
            .iter()
            .map(|name| match table.remove(*name) {
                Some(toml::Value::String(text)) => Ok(text),
                Some(toml::Value::Table(forms)) => forms
                    .into_iter()
                    .map(|(category, text)| match text {
                        toml::Value::String(text) => Ok(format!("{category}={text}")),
                        other => Err(format!("`{name}.{category}` is {other}; expected a text")),
                    })
                    .collect::<Result<Vec<_>, _>>()
                    .map(|forms| forms.join(&FORM.to_string())),
                other => Err(format!("`{name}` is {other:?}; expected a text or plural forms")),
            })
            .collect::<Result<_, _>>()?;
        match table.keys().next() {
            Some(unknown) => Err(format!("`{unknown}` is no message of the reader")),
            None => Ok(texts),
        }
    }
}

#[cfg(all(test, feature = "prerender"))]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_has_every_message() {
        for catalogue in [
            include_str!("../messages/en.toml"),
            include_str!("../messages/de.toml"),
            include_str!("../messages/ar.toml"),
        ] {
            host::parse(catalogue).unwrap();
        }
    }

    #[test]
    fn every_language_fills_the_same_places() {
        let places = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|it| it.0.to_owned()).collect();
            names.sort();
            names.dedup();
            names
        };
        let english = Messages::host(Language::English);
        for language in Language::ALL {
            let other = Messages::host(language);
            for (index, name) in Key::NAMES.iter().enumerate() {
                assert_eq!(places(&other.texts[index]), places(&english.texts[index]), "{name} in {}", language.tag());
            }
        }
    }

    #[test]
    fn plurals_follow_the_language() {
        let english = Messages::host(Language::English);
        assert_eq!(english.count(Key::Comments, 0), "No comments");
        assert_eq!(english.count(Key::Comments, 1), "1 comment");
        assert_eq!(english.count(Key::Comments, 1200), "1,200 comments");
        let arabic = Messages::host(Language::Arabic);
        assert_eq!(arabic.count(Key::Comments, 2), "تعليقان");
        assert_eq!(arabic.count(Key::Comments, 5), "٥ تعليقات");
        assert_eq!(arabic.count(Key::Comments, 11), "١١ تعليقًا");
    }

    #[test]
    fn dates_follow_the_language() {
        let date = Date::parse("2025-02-18T23:30:00-05:00").unwrap();
        let written = |language| Messages::host(language).date(&date);
        assert_eq!(written(Language::English), "February 18, 2025");
        assert_eq!(written(Language::German), "18. Februar 2025");
        assert_eq!(written(Language::Arabic), "١٨ فبراير ٢٠٢٥");
        assert_eq!(Messages::host(Language::English).month(2025, 2), "February 2025");
        assert_eq!(Messages::host(Language::English).year(2025), "2025");
    }

    #[test]
    fn a_catalogue_of_another_release_is_refused() {
        assert!(Messages::from_json(Language::English, "[\"one\"]").is_err());
        let english = Messages::host(Language::English);
        let read = Messages::from_json(Language::English, &english.to_json()).unwrap();
        assert_eq!(read.text(Key::Home), "Home");
    }
}
