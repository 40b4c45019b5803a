//! The beginning of a publication that is written to be measured.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Writes `publication.toml`, and gives back the folder that the articles go into.
///
/// # Errors
/// When the folder cannot be written.
pub fn begin(folder: &Path, settings: &str) -> Result<PathBuf> {
    let articles = folder.join("articles");
    fs::create_dir_all(&articles).with_context(|| format!("cannot make {}", articles.display()))?;
    fs::write(folder.join("publication.toml"), settings)?;
    Ok(articles)
}

/// Words without an end, which no other number has in this order.
pub struct Words(u64);

impl Words {
    /// The words of a number.
    pub fn of(number: usize) -> Self {
        Self(number as u64 + 1)
    }
}

impl Iterator for Words {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        const SYLLABLES: [&str; 16] =
            ["ba", "co", "de", "fi", "gu", "ha", "ko", "la", "me", "ni", "po", "ru", "se", "ti", "vo", "za"];
        // Knuth's generator, The Art of Computer Programming 2, 3.3.4, of which the upper bits are good.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut bits = self.0 >> 40;
        let mut word = String::new();
        for _ in 0..2 + bits % 3 {
            bits /= 16;
            word.push_str(SYLLABLES[(bits % 16) as usize]);
        }
        Some(word)
    }
}
