//! All that is kept on this device, as one file, and back from it. A pass is not in it: its keys cannot be read.

//!
//! ```json
//! { "version": 1, "readings": [], "settings": { "jumpline:preferences": "theme=sepia" }, "comments": [] }
//! ```

use super::reading::Reading;
use super::store::Library;
use crate::browser::storage::{self, Shelf};
use crate::browser::{device, json};
use crate::comments::door;
use crate::components::comments;
use crate::components::preferences::Choices;
use crate::parts::{self, Part};
use crate::site::Site;
use jumpline_article::error::read_json;

/// Version of the format, as JSON.
const VERSION: &str = "1";
const READINGS: &str = "readings";
const SETTINGS: &str = "settings";
/// The comments' own file, where this device keeps any.
const COMMENTS: &str = "comments";

/// Why a file was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// It is no such file.
    Format,
    /// A later release wrote it.
    Later,
}

/// What came of a file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The articles that were saved there and are not saved here.
    pub missing: Vec<String>,
    /// How many articles of it cannot be read.
    pub left_out: u32,
    /// Whether what could be read is kept here.
    pub is_kept: bool,
    /// Whether the comments are, which may be of another release.
    pub has_comments: bool,
}

/// Everything, as a JSON document.
///
/// # Errors
/// When the comments of this device cannot be read.
pub async fn write(library: Library, site: &Site) -> Result<String, ()> {
    // Texts and numbers can always be written.
    let readings = serde_json::to_string(&library.readings_now().0).unwrap_or_default();
    let settings = device::settings(site.publication().base.as_str()).into_iter();
    let settings: Vec<(String, String)> =
        settings.map(|(key, value)| (key, serde_json::to_string(&value).unwrap_or_default())).collect();
    let settings: Vec<(&str, &str)> = settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let settings = json::join(&settings).ok_or(())?;
    let mut members = vec![("version", VERSION), (READINGS, &readings), (SETTINGS, &settings)];
    let mut kept = String::new();
    if storage::read(Shelf::Device, &comments::marker(site)).is_ok_and(|it| it.is_some()) {
        parts::load(Part::Comments).await.map_err(drop)?;
        kept = door::export(site.clone()).await.map_err(drop)?;
    }
    if !kept.is_empty() {
        members.push((COMMENTS, &kept));
    }
    json::join(&members).ok_or(())
}

/// Takes in what [`write`] wrote, here or elsewhere.
///
/// # Errors
/// See [`NotRead`].
pub async fn read(library: Library, site: &Site, choices: Choices, file: &str) -> Result<Taken, NotRead> {
    let members = json::members(file).ok_or(NotRead::Format)?;
    let member = |name: &str| members.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
    let version = member("version").unwrap_or_default();
    if version != VERSION {
        return Err(if version.parse::<u32>().is_ok_and(|it| it > 1) { NotRead::Later } else { NotRead::Format });
    }
    // One by one: one that is damaged shall not hold up the others.
    let found = member(READINGS).and_then(json::members).ok_or(NotRead::Format)?;
    let known = |(_, json): &(String, String)| read_json(json).ok().filter(Reading::is_known);
    let readings: Vec<Reading> = found.iter().filter_map(known).collect();
    let left_out = u32::try_from(found.len() - readings.len()).unwrap_or(u32::MAX);
    let mut articles: Vec<String> = readings.iter().map(|it| it.permalink.clone()).collect();
    articles.sort_unstable();
    articles.dedup();
    let here = library.readings_now();
    let is_missing = |it: &&Reading| it.saved > 0 && here.of(&it.permalink).is_none_or(|it| it.saved == 0);
    let missing = readings.iter().filter(is_missing).map(|it| it.permalink.clone()).collect();
    let mut is_kept = library.keep(articles, move |all| all.take_in(readings.clone())).await.is_ok();
    for (key, value) in member(SETTINGS).and_then(json::members).unwrap_or_default() {
        if let Some(value) = json::first_text(&value, &[""]) {
            is_kept &= device::set(site.publication().base.as_str(), &key, &value).is_ok();
        }
    }
    choices.take_over();
    let has_comments = match member(COMMENTS) {
        None => true,
        Some(_) if parts::load(Part::Comments).await.is_err() => false,
        Some(comments) => door::take_in(site.clone(), comments.to_owned()).await,
    };
    Ok(Taken { missing, left_out, is_kept, has_comments })
}
