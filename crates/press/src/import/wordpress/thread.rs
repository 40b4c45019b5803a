//! The comments of an article are written beside it; where a person decided on some, newer ones still come in.

use crate::import::ledger::{Ledger, Outcome};
use crate::import::report::{Report, Topic};
use crate::moderation::{self, Newer};
use jumpline_article::CommentFile;

/// Writes the comment file of an article, or adds to the one that a person has changed.
pub(super) fn write(path: &str, file: &CommentFile, ledger: &mut Ledger, report: &mut Report) -> anyhow::Result<()> {
    report.comments += file.comments.len();
    let text = format!("{}\n", serde_json::to_string_pretty(file)?);
    let outcome = match ledger.put(path, "", text.as_bytes())? {
        Outcome::Edited if ledger.wrote(path, text.as_bytes()) => {
            note(path, file, ledger);
            Outcome::Edited
        }
        Outcome::Edited => add(path, file, ledger, report)?,
        outcome => {
            if let Some(reason) = outcome.reason() {
                report.remark(Topic::LeftOut, reason, path);
            } else {
                note(path, file, ledger);
            }
            outcome
        }
    };
    outcome.count(&mut report.comment_files);
    Ok(())
}

/// The hash in the ledger stays that of an import, so that the file counts as a person's from now on.
fn add(path: &str, file: &CommentFile, ledger: &mut Ledger, report: &mut Report) -> anyhow::Result<Outcome> {
    let seen = ledger.comments_of(path);
    let newer = match moderation::add(ledger.content(), ledger.content().join(path), file, &seen) {
        Ok(Some(newer)) => newer,
        Ok(None) => return Ok(Outcome::Removed),
        Err(fault) => {
            let text = "comments edited since the last import that cannot be read, so nothing was added to them; mend the file";
            report.remark(Topic::Check, text, &fault.to_string());
            return Ok(Outcome::Edited);
        }
    };
    let Newer { thread, added, differing } = newer;
    for id in differing {
        let text = "comments that read otherwise in WordPress; what stands here was edited since the last import or before it \
            changed there, and stays";
        report.remark(Topic::LeftOut, text, &format!("{path}: comment {id}"));
    }
    note(path, file, ledger);
    if added == 0 {
        return Ok(Outcome::Edited);
    }
    thread.save()?;
    let text = "comments that are new were added to those that you have decided on or edited";
    report.remark(Topic::Changed, text, &format!("{path}: {added}"));
    Ok(Outcome::Updated)
}

fn note(path: &str, file: &CommentFile, ledger: &mut Ledger) {
    ledger.note_comments(path, file.comments.iter().map(|it| it.id.to_string()));
}
