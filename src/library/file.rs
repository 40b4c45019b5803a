//! All that is kept on this device, as one file, and back from it. A pass is not in it: its keys cannot be read.

use super::reading::Reading;
use super::store::Library;
use crate::browser::device;
use crate::browser::storage::{self, Shelf};
use crate::comments::door;
use crate::components::comments;
use crate::components::preferences::Choices;
use crate::parts::{self, Part};
use crate::site::Site;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Version of the format.
const VERSION: u32 = 1;

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Export {
    /// [`VERSION`].
    version: u32,
    /// Articles that were opened.
    readings: Vec<Reading>,
    /// Settings and drafts, by their keys in `localStorage`.
    #[serde(default)]
    settings: Map<String, Value>,
    /// The document of the comments' own file; `null` where nobody wrote one.
    #[serde(default)]
    comments: Value,
}

/// Why a file was not taken in, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// It is no such file.
    Format,
    /// All was taken in but the comments: they are of another release, or cannot be kept.
    Comments,
}

/// Everything, as a JSON document.
///
/// # Errors
/// When the comments of this device cannot be read.
pub async fn write(library: Library, site: &Site) -> Result<String, ()> {
    let mut comments = Value::Null;
    if storage::read(Shelf::Device, &comments::marker(site)).is_ok_and(|it| it.is_some()) {
        parts::load(Part::Comments).await.map_err(drop)?;
        let json = door::export(site.clone()).await.map_err(drop)?;
        comments = serde_json::from_str(&json).map_err(drop)?;
    }
    let settings = device::settings().into_iter().map(|(key, value)| (key, Value::String(value))).collect();
    let export = Export { version: VERSION, readings: library.readings_now().0.clone(), settings, comments };
    serde_json::to_string_pretty(&export).map_err(drop)
}

/// Takes in what [`write`] wrote, here or elsewhere.
///
/// # Errors
/// See [`NotRead`].
pub async fn read(library: Library, site: &Site, choices: Choices, json: &str) -> Result<(), NotRead> {
    let file: Export = serde_json::from_str(json).map_err(|_| NotRead::Format)?;
    if file.version != VERSION {
        return Err(NotRead::Format);
    }
    let mut articles: Vec<String> = file.readings.iter().map(|it| it.permalink.clone()).collect();
    articles.sort_unstable();
    articles.dedup();
    library.change(articles, move |all| all.take_in(file.readings.clone()));
    for (key, value) in &file.settings {
        device::set(key, value.as_str().unwrap_or_default());
    }
    choices.take_over();
    if file.comments.is_null() {
        return Ok(());
    }
    parts::load(Part::Comments).await.map_err(|_| NotRead::Comments)?;
    match door::take_in(site.clone(), file.comments.to_string()).await {
        true => Ok(()),
        false => Err(NotRead::Comments),
    }
}
