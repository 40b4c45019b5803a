//! Every catalogue is whole, and plurals and dates follow the language.

use super::*;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

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

/// Every page loads the catalogue as a whole.
#[test]
fn every_message_is_said_somewhere() {
    let mut source = String::new();
    let mut folders: Vec<_> =
        ["src", "crates/press/src"].map(|it| Path::new(env!("CARGO_MANIFEST_DIR")).join(it)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                source += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let said: HashSet<&str> =
        source.split("::").skip(1).map(|it| it.split(|it: char| !it.is_alphanumeric()).next().unwrap()).collect();
    let key = |it: &str| it.split('_').map(|it| it[..1].to_uppercase() + &it[1..]).collect::<String>();
    let unsaid: Vec<_> = Key::NAMES.iter().filter(|it| !said.contains(key(it).as_str())).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
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
