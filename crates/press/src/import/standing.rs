//! A file that stays as a person has it may be open to more people here than the article is where it came from.

use crate::import::ledger::Ledger;
use crate::import::report::{Report, Topic};
use crate::source::front_matter::{self, FrontMatter};
use jumpline_article::Visibility;
use std::collections::HashSet;

/// What a person has to write into a kept file so that nobody reads here what the old site keeps from them; `None` when it
/// is as strict. A file that cannot be read counts as public. `there` is the name of what the site ran on.
pub(super) fn mend(text: &str, visibility: Visibility, draft: bool, there: &str) -> Option<String> {
    let (head, body) = parts(text).unwrap_or_default();
    if head.draft {
        return None;
    }
    if draft {
        return Some(format!(
            "came in earlier, is not published in {there} any more and still is here; write `draft: true` into its front matter",
        ));
    }
    match (visibility, here(&head, body)) {
        (Visibility::Paid, Visibility::Public) => Some(format!(
            "came in earlier, is not open to everybody in {there} any more and is still public here; write `visibility: paid` \
             into its front matter, and `<!--members-only-->` where the gated part begins",
        )),
        (Visibility::Members, Visibility::Public) => Some(format!(
            "came in earlier, is not open to everybody in {there} any more and is still public here; write `visibility: members` \
             into its front matter, and `<!--members-only-->` where the gated part begins",
        )),
        (Visibility::Paid, Visibility::Members) => Some(format!(
            "came in earlier, is for who has paid in {there} and for every member here; write `visibility: paid` into its front \
             matter",
        )),
        _ => None,
    }
}

/// Follows articles that a person has moved since, so that what is true of one is said where it lies. `names` are the ids that the
/// front matter of an article may have, by the old site's.
pub(super) fn follow(
    ledger: &mut Ledger,
    names: impl Fn(&str) -> Vec<String>,
    report: &mut Report,
) -> anyhow::Result<()> {
    for (from, to) in ledger.follow(names)? {
        let text = "was moved since the last import, which follows it: what is newer goes to where it lies now";
        report.remark(Topic::Changed, text, &format!("{from}, now {to}"));
    }
    Ok(())
}

/// Names what an earlier import brought and this export lacks, while it is public here: a post that was deleted for good leaves
/// no trace. `here` are the ids of the export. Nothing is removed, since nobody can tell a whole export from a part.
pub(super) fn absent(here: &HashSet<&str>, there: &str, ledger: &Ledger, report: &mut Report) {
    let text = format!(
        "came in earlier, is not in this export and still is here; if it was deleted in {there}, remove its file, and if \
         this is an export of a part only, leave it: nothing was removed"
    );
    let gone = ledger.ids().filter(|it| !here.contains(it.0));
    let mut gone: Vec<(&str, &str)> = gone.map(|(id, path)| (path, id)).collect();
    gone.sort_unstable();
    for (path, id) in gone {
        let Some(file) = ledger.text_at(path) else { continue };
        let head = parts(&file).map(|it| it.0).unwrap_or_default();
        if !head.draft {
            let title = head.title.map_or(String::new(), |it| format!("“{}” ", it.value));
            report.remark(Topic::Check, text.clone(), &format!("{path}, {title}(post {id})"));
        }
    }
}

fn parts(text: &str) -> Option<(FrontMatter, &str)> {
    let parts = front_matter::split("", text).ok()?;
    Some((front_matter::read("", parts.yaml).ok()?, parts.body))
}

/// Who may read it, as a build would have it: a marker gates by itself.
fn here(head: &FrontMatter, body: &str) -> Visibility {
    let is_gated = body.lines().any(|it| it.trim() == "<!--members-only-->");
    let stated = head.visibility.as_ref().and_then(|it| it.value);
    stated.unwrap_or(if is_gated { Visibility::Members } else { Visibility::Public })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_has_to_be_as_strict_as_the_old_site() {
        use Visibility::{Members, Paid, Public};
        let file = |head: &str| format!("---\ntitle: A\n{head}---\n\ntext\n");
        for (text, visibility, draft, expected) in [
            (file(""), Public, false, None),
            (file(""), Paid, false, Some("`visibility: paid`")),
            (file(""), Members, false, Some("`visibility: members`")),
            (file("visibility: public\n"), Paid, false, Some("`visibility: paid`")),
            (file("visibility: members\n"), Paid, false, Some("`visibility: paid`")),
            (file("visibility: paid\n"), Members, false, None),
            (file("visibility: paid\n"), Public, true, Some("`draft: true`")),
            (file("draft: true\n"), Paid, true, None),
            (format!("{}\n<!--members-only-->\nrest", file("")), Members, false, None),
            ("mine".to_owned(), Members, false, Some("`visibility: members`")),
        ] {
            let said = mend(&text, visibility, draft, "WordPress");
            assert_eq!(said.is_some(), expected.is_some(), "{text} {visibility:?} {said:?}");
            assert!(
                said.clone().unwrap_or_default().contains(expected.unwrap_or_default()),
                "{text} {visibility:?} {said:?}"
            );
        }
    }
}
