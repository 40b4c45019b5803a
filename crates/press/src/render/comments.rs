//! What readers wrote, on its way to a page: nothing in it is trusted, whoever keeps the file.

use super::sanitise;
use jumpline_article::comment::{Withheld, shown_name};
use jumpline_article::commenting::Service;
use jumpline_article::{Comment, CommentFile, CommentId, CommentSummary, allow};
use std::collections::{BTreeSet, HashSet};

/// What may be published of a comment file, in its order, and what its server may go on showing that nobody is to see.
pub(super) fn publish(file: &CommentFile, service: Option<&dyn Service>) -> (Vec<Comment>, Vec<Withheld>) {
    let CommentFile { comments, mut withheld, .. } = file.clone().published();
    withheld.retain(|it| service.is_some_and(|service| service.has_named(&it.id)));
    (comments.into_iter().map(tame).collect(), withheld)
}

/// Ids under which a comment that everybody may see is left out, since another one has its id.
pub(super) fn hidden_doubles(file: &CommentFile, published: &[Comment]) -> BTreeSet<String> {
    let mut shown: HashSet<&CommentId> =
        published.iter().filter(|it| it.status.is_published()).map(|it| &it.id).collect();
    let seen = file.comments.iter().filter(|it| it.status.is_published());
    seen.filter(|it| !shown.remove(&it.id)).map(|it| it.id.to_string()).collect()
}

/// What an article says of its comments: how many everybody sees of those that are published (the others are placeholders), and how many its
/// server is not to show.
pub(crate) fn summary(published: &[Comment], withheld: &[Withheld], open: bool) -> CommentSummary {
    let amount = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    let seen = published.iter().filter(|it| it.status.is_published()).count();
    CommentSummary { count: amount(seen), open, withheld: amount(withheld.len()) }
}

/// Whether an address may stand behind an author's name.
pub(crate) fn is_website(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && allow::url(url) && url::Url::parse(url).is_ok()
}

/// A comment in which nothing is left that runs or loads.
pub(crate) fn tame(comment: Comment) -> Comment {
    Comment {
        author: shown_name(&comment.author),
        url: comment.url.filter(|it| is_website(it)),
        content_html: sanitise::comment(&comment.content_html),
        ..comment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_somebody_tampered_with_does_no_harm() {
        let json = r#"{"version": 1, "comments": [
            {"id": "1", "author": " A\n B\u202e\u0007 ", "url": "javascript:x", "date": "2026-11-25T10:00:00Z",
             "content_html": "<p id=main onclick=x>a <img src=//x.example/y><a href='https://a.example' class=b>c</a><script>y</script>"},
            {"id": "2", "author": "Spam", "date": "2026-11-25T10:00:00Z", "content_html": "buy", "status": "spam"},
            {"id": "3", "parent": "2", "author": "C", "date": "2026-11-25T10:00:00Z", "content_html": "<h1>no</h1>"}]}"#;
        let (comments, _) = publish(&CommentFile::from_json(json).expect("reads"), None);
        assert_eq!(comments.len(), 2);
        assert_eq!((comments[0].author.as_str(), comments[0].url.as_deref()), ("A B", None));
        let html = "<p>a <a href=\"https://a.example\" rel=\"ugc nofollow noopener\">c</a></p>";
        assert_eq!(comments[0].content_html, html);
        assert_eq!((comments[1].content_html.as_str(), &comments[1].parent), ("no", &None));
    }

    #[test]
    fn what_a_server_may_go_on_showing_is_named() {
        let one = |id: &str, status: &str| {
            format!(
                r#"{{"id": "{id}", "author": "A", "date": "2026-11-25T10:00:00Z", "content_html": "x", "status": "{status}"}}"#
            )
        };
        let rows =
            [("isso-1", "held"), ("isso-2", "spam"), ("isso-3", "hidden"), ("isso-4", "published"), ("12", "spam")];
        let rows = rows.map(|(id, status)| one(id, status)).join(",");
        let file = CommentFile::from_json(&format!(r#"{{"version": 1, "comments": [{rows}]}}"#)).expect("reads");
        let isso = jumpline_article::commenting::Isso::new("https://isso.example");
        let names = |service: Option<&dyn Service>| {
            publish(&file, service).1.iter().map(|it| it.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names(Some(&isso)), ["isso-1", "isso-2", "isso-3"]);
        assert!(names(None).is_empty());
    }

    #[test]
    fn a_double_that_nobody_sees_is_named() {
        let doubles = |rows: &[(&str, &str, &str)]| {
            let one = |(id, parent, status): &(&str, &str, &str)| {
                format!(
                    r#"{{"id": "{id}", "parent": {parent}, "author": "A", "date": "2026-11-25T10:00:00Z", "content_html": "", "status": "{status}"}}"#
                )
            };
            let rows: Vec<String> = rows.iter().map(one).collect();
            let json = format!(r#"{{"version": 1, "comments": [{}]}}"#, rows.join(","));
            let file = CommentFile::from_json(&json).expect("reads");
            hidden_doubles(&file, &publish(&file, None).0).into_iter().collect::<Vec<_>>()
        };
        let (first, last) = (("1", "null", "published"), ("2", "null", "published"));
        assert_eq!(doubles(&[first, last]), [""; 0]);
        assert_eq!(doubles(&[first, last, first, first]), ["1"]);
        // A server may give the number of a comment that it deleted to the next one, or that of spam.
        let deleted = ("1", "null", "deleted");
        assert_eq!(doubles(&[deleted, first, ("1", "null", "spam")]), [""; 0]);
        assert_eq!(doubles(&[deleted, ("2", "\"1\"", "published"), first]), ["1"]);
    }

    #[test]
    fn what_stands_there_is_what_is_counted() {
        let one = |status: &str| {
            format!(
                r#"{{"id": "1", "author": "A", "date": "2026-11-25T10:00:00Z", "content_html": "", "status": "{status}"}}"#
            )
        };
        let json = format!(r#"{{"version": 1, "comments": [{}, {}]}}"#, one("published"), one("published"));
        let (comments, _) = publish(&CommentFile::from_json(&json).expect("reads"), None);
        assert_eq!((comments.len(), summary(&comments, &[], true).count), (1, 1));
    }
}
