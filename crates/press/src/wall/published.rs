//! The keyring that stands in the site from an earlier build. It tells when the secret or the list of passes is no longer the one
//! that its readers have their passes from.

use super::keyring::{decoy_key, decoy_tag, pass_tag};
use super::{Place, Wall};
use crate::fault::Fault;
use anyhow::bail;
use jumpline_article::wall::Keyring;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What an earlier build published.
#[derive(Debug)]
pub struct Published {
    out: PathBuf,
    /// The tags of every bucket, by its name.
    buckets: Vec<(String, Vec<String>)>,
    /// Whether there was a wall, even if the site is no longer here.
    had_wall: bool,
}

impl Published {
    /// Reads it; `written` are the paths that earlier builds wrote there.
    pub fn read<'a>(out: &Path, mut written: impl Iterator<Item = &'a str>) -> Self {
        let files = fs::read_dir(out.join("keyring")).into_iter().flatten().flatten();
        let bucket = |file: fs::DirEntry| {
            let keyring = Keyring::from_json(&fs::read_to_string(file.path()).ok()?).ok()?;
            let name = file.path().file_stem()?.to_str()?.to_owned();
            Some((name, keyring.entries.into_keys().collect()))
        };
        let buckets: Vec<_> = files.filter_map(bucket).collect();
        let had_wall = !buckets.is_empty() || written.any(|it| it.starts_with("keyring/"));
        Self { out: out.to_owned(), buckets, had_wall }
    }

    /// Refuses to make a second secret for a site that was locked with another one.
    ///
    /// # Errors
    /// When there is no secret and the site has a wall, or the secret cannot be read.
    pub fn keep_secret(&self, place: &Place, cache: &Path) -> anyhow::Result<()> {
        if !self.had_wall || place.secret()?.is_some() {
            return Ok(());
        }
        let out = self.out.display();
        bail!(
            "{}: there is no secret, and {out} was locked with one; a new one would close every pass that was sent out. Name its file by \
             JUMPLINE_SECRET or `paywall.secret`, or put your backup of it back; for a new wall, remove {out} and {}, and build again",
            place.name(),
            cache.display()
        );
    }

    /// Looks for the passes of the site in the list that is about to take their place. A warning says how many are not there.
    ///
    /// # Errors
    /// When none of them is, or the site was locked with another secret.
    pub fn keep_passes(&self, wall: &Wall, place: &Place) -> anyhow::Result<Option<Fault>> {
        let listed: HashSet<String> = wall.passes().iter().map(|it| pass_tag(wall.secret(), &it.id)).collect();
        let key = decoy_key(wall.secret());
        let (mut decoys, mut kept, mut lost) = (0_usize, 0_usize, 0_usize);
        for (bucket, tags) in &self.buckets {
            let made: HashSet<String> = (0..tags.len()).map(|at| decoy_tag(&key, bucket, at)).collect();
            for tag in tags {
                let count = match tag {
                    tag if listed.contains(tag) => &mut kept,
                    tag if made.contains(tag) => &mut decoys,
                    _ => &mut lost,
                };
                *count += 1;
            }
        }
        let (out, list) = (self.out.display(), place.passes());
        let on_purpose =
            format!("where these are to end, remove {} and build again", self.out.join("keyring").display());
        if lost == 0 {
            return Ok(None);
        }
        if kept + decoys == 0 {
            bail!(
                "{}: is another secret than the one that {out} was locked with, so it would close every pass that was sent out. Name the \
                 right file by JUMPLINE_SECRET or `paywall.secret`; {on_purpose}",
                place.name()
            );
        }
        let passes = if lost == 1 { "a pass".to_owned() } else { format!("{lost} passes") };
        if kept == 0 {
            let what = if list.exists() { "lists none of them" } else { "is not there" };
            bail!(
                "{}: {what}, and {out} has {passes}, whose readers would be locked out. Copy the list that belongs to this secret to that \
                 place, or put your backup of it back; {on_purpose}",
                list.display()
            );
        }
        let are = if lost == 1 { "is" } else { "are" };
        let message = format!(
            "{passes} of the site {are} not in this list, and {are} closed by this build; if you did not take them out, put your backup \
             of the list back and build again"
        );
        Ok(Some(Fault::file(list.display().to_string(), message)))
    }
}

/// Warns where something is sold and nobody can open it.
pub fn no_passes(place: &Place) -> Option<Fault> {
    let list = place.passes();
    let message = "no passes are published: this list is not there, so no reader can open what is paid. Where passes were sent out, copy \
                   it beside the secret; `press pass issue` makes the first one";
    (!list.exists()).then(|| Fault::file(list.display().to_string(), message))
}
