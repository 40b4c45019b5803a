//! What becomes of a file that an import has something for.

use crate::import::report::Tally;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Written for the first time.
    New,
    /// Written again.
    Updated,
    /// It was as it should be.
    Unchanged,
    /// A person has edited it since: left alone.
    Edited,
    /// A person has removed it since: not written again.
    Removed,
    /// A person wrote it, not an import: left alone.
    Foreign,
    /// This export has less of it than an earlier one had: left alone, for a reason.
    Held(&'static str),
}

impl Outcome {
    /// Counts it.
    pub fn count(self, tally: &mut Tally) {
        match self {
            Self::New => tally.new += 1,
            Self::Updated => tally.updated += 1,
            Self::Unchanged => tally.unchanged += 1,
            Self::Edited | Self::Removed | Self::Foreign | Self::Held(_) => tally.kept += 1,
        }
    }

    /// Why it was left alone.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::New | Self::Updated | Self::Unchanged => None,
            Self::Held(reason) => Some(reason),
            Self::Edited => Some(
                "edited since the last import, so left as it is; remove the file and its line in .import/ to get it anew",
            ),
            Self::Removed => {
                Some("removed since the last import, so not written again; remove its line in .import/ to get it back")
            }
            Self::Foreign => {
                Some("there already and not from an import, so left as it is; move it away to get the imported one")
            }
        }
    }
}
