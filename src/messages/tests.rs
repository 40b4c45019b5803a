//! Every catalogue is whole, and plurals and dates follow the language.

use super::*;

#[test]
fn every_catalogue_has_every_message() {
    for catalogue in [
        include_str!("../../messages/en.toml"),
        include_str!("../../messages/de.toml"),
        include_str!("../../messages/ar.toml"),
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
    assert!(Messages::new(Language::English, vec!["one".to_owned()]).is_err());
    let english = Messages::host(Language::English);
    let read = Messages::new(Language::English, english.texts()).unwrap();
    assert_eq!(read.text(Key::Home), "Home");
}
