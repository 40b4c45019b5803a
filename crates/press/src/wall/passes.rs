//! The passes that were sent out: `passes.json` beside the secret. Their own secrets are derived and stand nowhere.

use super::place::Place;
use super::private::{private, private_file, write_private};
use super::secret::Secret;
use crate::lock::Lock;
use crate::site::address;
use crate::site::origin::ascii_origin;
use anyhow::{Context as _, bail};
use jiff::civil::Date;
use jumpline_article::wall::link::{ID_LETTERS, MARK};
use jumpline_article::wall::{Bytes, PassId, PassLink, Status};
use jumpline_article::{FORMAT_VERSION, Publication, Slug};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};

/// One pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// Its name in links and in the keyring.
    pub id: PassId,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where its link was sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What it opens.
    pub tiers: Vec<Slug>,
    /// The last day that it is paid for.
    pub until: Date,
    /// When it was made.
    pub issued: Date,
    /// When the publisher ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Date>,
    /// When an imported list no longer had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<Date>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "Origin::is_issued")]
    pub origin: Origin,
    /// The list that it came from, where lists have names: only that list ends it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Where a pass came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Made one by one.
    #[default]
    Issued,
    /// From a list of subscribers, which decides how long it lives.
    Imported,
}

impl Origin {
    fn is_issued(&self) -> bool {
        *self == Self::Issued
    }
}

impl Pass {
    /// How it stands with the pass on a day.
    pub fn status(&self, today: Date) -> Status {
        match (self.revoked, self.left) {
            (Some(_), _) => Status::Revoked,
            (None, None) if today <= self.until => Status::Live,
            (None, _) => Status::Lapsed,
        }
    }

    /// The day on which it ended, or will end.
    pub fn end(&self) -> Date {
        [self.revoked, self.left].into_iter().flatten().fold(self.until, Date::min)
    }

    /// What its holder gets: a secret of its own.
    pub fn pass_link(&self, secret: &Secret) -> PassLink {
        PassLink { id: self.id.clone(), secret: Bytes::from(pass_secret(secret, &self.id).as_slice()) }
    }

    /// The link that is sent to its holder.
    pub fn link(&self, secret: &Secret, publication: &Publication) -> String {
        format!("{}#{}", address::absolute("/unlock/", publication), self.pass_link(secret).fragment())
    }
}

/// A name as lists show it: on one line, without what a terminal would obey or what turns the rest of the line around: a stranger wrote it.
pub fn shown_name(text: &str) -> String {
    // Marks, embeddings, overrides and isolates (Unicode Standard Annex 9, "Directional Formatting Characters").
    let turns = |it: &char| matches!(it, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|it| !turns(it)).collect::<String>().replace(char::is_control, " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The secret of a pass.
pub fn pass_secret(secret: &Secret, id: &PassId) -> [u8; 32] {
    secret.derive(&format!("jumpline/1 pass {id}"))
}

/// The letters that every pass of a publication begins with.
pub fn mark(secret: &Secret) -> String {
    letters(&secret.derive("jumpline/1 mark")[..MARK])
}

/// An id that nobody has yet.
///
/// # Errors
/// When the system has no random numbers.
pub fn fresh_id(mark: &str) -> anyhow::Result<PassId> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    PassId::parse(&format!("{mark}{}", letters(&bytes))).context("an id has other letters than it should")
}

fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|it| char::from(ID_LETTERS[usize::from(it % 32)])).collect()
}

/// The list as its file has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    version: u32,
    /// The address of the publication; empty in lists of earlier releases.
    #[serde(default)]
    publication: String,
    passes: Vec<Pass>,
}

impl List {
    fn is_of(&self, place: &Place) -> bool {
        let own = place.publication();
        // Earlier releases wrote a host as it stood in publication.toml, and so do people.
        let is_spelled_out = || ascii_origin(&self.publication).is_some_and(|it| ascii_origin(own) == Some(it));
        [own, ""].contains(&self.publication.as_str()) || is_spelled_out()
    }
}

/// All passes; none when there is no list yet.
///
/// # Errors
/// When the list cannot be read, others may read it, it is damaged, or it is another publication's.
pub fn read(place: &Place) -> anyhow::Result<Vec<Pass>> {
    let list = list(place)?;
    // Another's readers would be let in, and lapse with the next list that is imported.
    if !list.is_of(place) {
        bail!(
            "{}: lists the passes of {}, and this is {}; give this publication a folder of its own for secret and passes \
             (`paywall.secret`, or JUMPLINE_SECRET), or write its new address into this file when it has moved",
            place.passes().display(),
            list.publication,
            place.publication()
        );
    }
    Ok(list.passes)
}

/// As [`read`], for who locks nothing: another publication's list is then of no concern.
///
/// # Errors
/// When a list of its own cannot be read.
pub fn read_own(place: &Place) -> anyhow::Result<Vec<Pass>> {
    let list = list(place)?;
    Ok(if list.is_of(place) { list.passes } else { Vec::new() })
}

fn list(place: &Place) -> anyhow::Result<List> {
    let path = place.passes();
    let name = path.display();
    if !path.exists() {
        return Ok(List { version: FORMAT_VERSION, publication: String::new(), passes: Vec::new() });
    }
    private(&path)?;
    place.untracked(&path)?;
    let text = fs::read(&path).with_context(|| format!("{name}: cannot be read"))?;
    let list: List = serde_json::from_slice(&text)
        .with_context(|| format!("{name}: is damaged; put your backup of it back, since it lists every pass"))?;
    if list.version > FORMAT_VERSION {
        bail!("{name}: was written by a newer press");
    }
    Ok(list)
}

/// The list in the hands of one writer; nobody else can change it in the meantime.
#[derive(Debug)]
pub struct Editing {
    /// All passes. What is changed here is kept by [`Editing::save`].
    pub passes: Vec<Pass>,
    place: Place,
    _lock: Lock,
}

impl Editing {
    /// Takes the list. There is a secret already, and so a folder.
    ///
    /// # Errors
    /// When another press has it, or it cannot be read.
    pub fn open(place: &Place) -> anyhow::Result<Self> {
        let path = place.passes().with_extension("lock");
        let lock = match private_file(&path) {
            Ok(file) => file,
            Err(_) => File::open(&path).with_context(|| format!("{}: cannot be opened", path.display()))?,
        };
        let Some(lock) = Lock::take(lock) else {
            bail!("{}: another press is changing it; try again when that is done", place.passes().display());
        };
        Ok(Self { passes: read(place)?, place: place.clone(), _lock: lock })
    }

    /// Writes the list, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(self) -> anyhow::Result<()> {
        let publication = self.place.publication().to_owned();
        let list = List { version: FORMAT_VERSION, publication, passes: self.passes };
        let mut text = serde_json::to_vec_pretty(&list).context("the list of passes cannot be written as JSON")?;
        text.push(b'\n');
        write_private(&self.place.passes(), &text)
    }

    /// The pass with an id, or with the beginning of one.
    ///
    /// # Errors
    /// When there is none, or more than one.
    pub fn find(&mut self, id: &str) -> anyhow::Result<&mut Pass> {
        let at = position(&self.passes, id)?;
        Ok(&mut self.passes[at])
    }
}

/// The pass with an id, or with the beginning of one.
///
/// # Errors
/// When there is none, or more than one.
pub fn find<'a>(passes: &'a [Pass], id: &str) -> anyhow::Result<&'a Pass> {
    Ok(&passes[position(passes, id)?])
}

fn position(passes: &[Pass], id: &str) -> anyhow::Result<usize> {
    let mut fitting = (0..passes.len()).filter(|it| !id.is_empty() && passes[*it].id.as_str().starts_with(id));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => bail!("more than one pass begins with `{id}`; write the whole id"),
        (None, _) => bail!("there is no pass `{id}`; `press pass list` names them all"),
    }
}
