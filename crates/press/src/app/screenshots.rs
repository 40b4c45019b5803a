//! Pictures of the publication in use, for the dialog in which it is installed.

use crate::media::Media;
use crate::site::address;
use crate::source::place;
use jumpline_article::Publication;
use serde_json::{Value, json};
use std::path::Path;

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screenshot {
    path: String,
    size: (u32, u32),
}

impl Screenshot {
    /// All that a publication names, measured.
    ///
    /// # Errors
    /// With its place in `publication.toml`, when one is missing or no picture that an installer shows.
    pub fn all(content: &Path, publication: &Publication, media: &Media) -> anyhow::Result<Vec<Self>> {
        let one = |(at, path): (usize, &String)| {
            let fault = |what: &str| {
                let file = content.join(path).display().to_string();
                place::fault(content, &["app".into(), "screenshots".into(), at.into()], &format!("{file} {what}"))
            };
            let file = media.look(path).map_err(|error| fault(&error.to_string()))?;
            let is_vector = path.to_ascii_lowercase().ends_with(".svg");
            let size = file.size.filter(|_| !is_vector).ok_or_else(|| fault("is no picture of points; name a PNG"))?;
            Ok(Self { path: path.clone(), size })
        };
        publication.app.screenshots.iter().enumerate().map(one).collect()
    }

    /// It in a manifest.
    pub(super) fn entry(&self, publication: &Publication) -> Value {
        let (width, height) = self.size;
        let kind = mime_guess::from_path(&self.path).first_or_octet_stream().to_string();
        json!({
            "src": address::media_url(&self.path, publication),
            "sizes": format!("{width}x{height}"),
            "type": kind,
            "form_factor": if width > height { "wide" } else { "narrow" },
        })
    }
}
