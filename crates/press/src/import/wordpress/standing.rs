//! A file that stays as a person has it may be open to more people here than the article is in WordPress.

use super::plan::Header;
use crate::import::ledger::Ledger;
use crate::import::report::{Report, Topic};
use crate::source::front_matter::{self, FrontMatter};
use jumpline_article::Visibility;
use std::collections::HashSet;

/// What a person has to write into a kept file so that nobody reads here what WordPress keeps from them; `None` when it
/// is as strict as WordPress. A file that cannot be read counts as public.
pub(super) fn mend(text: &str, visibility: Visibility, draft: bool) -> Option<&'static str> {
    let (head, body) = parts(text).unwrap_or_default();
    if head.draft {
        return None;
    }
    if draft {
        return Some(
            "came in earlier, is not published in WordPress any more and still is here; write `draft: true` into its front matter",
        );
    }
    match (visibility, here(&head, body)) {
        (Visibility::Paid, Visibility::Public) => Some(
            "came in earlier, is not open to everybody in WordPress any more and is still public here; write `visibility: paid` \
             into its front matter, and `<!--members-only-->` where the gated part begins",
        ),
        (Visibility::Members, Visibility::Public) => Some(
            "came in earlier, is not open to everybody in WordPress any more and is still public here; write `visibility: members` \
             into its front matter, and `<!--members-only-->` where the gated part begins",
        ),
        (Visibility::Paid, Visibility::Members) => Some(
            "came in earlier, is for who has paid in WordPress and for every member here; write `visibility: paid` into its front \
             matter",
        ),
        _ => None,
    }
}

/// Names what an earlier import brought and this export lacks, while it is public here: a post that was deleted for good leaves
/// no trace. Nothing is removed, since nobody can tell a whole export from a part.
pub(super) fn absent(headers: &[Header], ledger: &Ledger, report: &mut Report) {
    const TEXT: &str = "came in earlier, is not in this export and still is here; if it was deleted in WordPress, remove its file, and if \
        this is an export of a part only, leave it: nothing was removed";
    let here: HashSet<&str> = headers.iter().map(|it| it.id.as_str()).collect();
    let gone = ledger.ids().filter(|it| !here.contains(it.0));
    let mut gone: Vec<(&str, &str)> = gone.map(|(id, path)| (path, id)).collect();
    gone.sort_unstable();
    for (path, id) in gone {
        let Some(text) = ledger.text_at(path) else { continue };
        let head = parts(&text).map(|it| it.0).unwrap_or_default();
        if !head.draft {
            let title = head.title.map_or(String::new(), |it| format!("“{}” ", it.value));
            report.remark(Topic::Check, TEXT, &format!("{path}, {title}(post {id})"));
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
    head.visibility.unwrap_or(if is_gated { Visibility::Members } else { Visibility::Public })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_file_has_to_be_as_strict_as_wordpress() {
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
            let said = mend(&text, visibility, draft);
            assert_eq!(said.is_some(), expected.is_some(), "{text} {visibility:?} {said:?}");
            assert!(said.unwrap_or_default().contains(expected.unwrap_or_default()), "{text} {visibility:?} {said:?}");
        }
    }
}
