//! The approved comments of an article. Addresses of people, e-mail and IP, are never even read.

use super::item::Item;
use super::{autop, dates, tame, text};
use crate::import::remarks::Remarks;
use crate::import::report::Topic;
use crate::render::comments::is_website;
use crate::render::sanitise;
use jumpline_article::{Comment, CommentFile, CommentId, Date, FORMAT_VERSION};
use std::collections::{HashMap, HashSet};

/// The comment file of an article, as it was on the day of the export; `None` when there is nothing in it.
pub(super) fn file(item: &Item, exported: Option<&Date>, remarks: &mut Remarks) -> Option<CommentFile> {
    let mut parents: HashMap<String, String> = HashMap::new();
    let mut comments = Vec::new();
    let mut left_out: HashMap<&str, usize> = HashMap::new();
    for raw in item.comments() {
        let (id, parent) = (raw.get("wp:comment_id"), raw.get("wp:comment_parent"));
        parents.insert(id.to_owned(), parent.to_owned());
        let reason = match (raw.get("wp:comment_type"), raw.get("wp:comment_approved")) {
            ("" | "comment", "1" | "approve" | "approved") => None,
            ("" | "comment", "spam") => Some("spam"),
            ("" | "comment", "trash" | "post-trashed") => Some("comments in the bin"),
            ("" | "comment", _) => Some("comments that wait for approval"),
            _ => Some("pingbacks, trackbacks and the like"),
        };
        if let Some(reason) = reason {
            *left_out.entry(reason).or_default() += 1;
            continue;
        }
        let Some(date) = dates::moment(raw.get("wp:comment_date"), raw.get("wp:comment_date_gmt")) else {
            *left_out.entry("comments without a date").or_default() += 1;
            continue;
        };
        let author = text::name(raw.get("wp:comment_author"));
        let url = raw.get("wp:comment_author_url");
        let Ok(id) = CommentId::new(id) else {
            *left_out.entry("comments without a number").or_default() += 1;
            continue;
        };
        comments.push(Comment {
            author,
            url: is_website(url).then(|| url.to_owned()),
            content_html: content(raw.get("wp:comment_content")),
            ..Comment::empty(id, date)
        });
    }
    let mut reasons: Vec<_> = left_out.into_iter().collect();
    reasons.sort_unstable();
    for (reason, count) in reasons {
        remarks.detail(Topic::LeftOut, reason, &count.to_string());
    }
    settle(&mut comments, &parents);
    let taken = exported.cloned();
    (!comments.is_empty()).then_some(CommentFile { version: FORMAT_VERSION, taken, comments, ..CommentFile::default() })
}

/// Oldest first, ids once, each answer below the nearest older comment that came in.
fn settle(comments: &mut Vec<Comment>, parents: &HashMap<String, String>) {
    comments.sort_by(|a, b| a.date.cmp(&b.date).then_with(|| number(a.id.as_str()).cmp(&number(b.id.as_str()))));
    let mut known = HashSet::new();
    comments.retain(|it| known.insert(it.id.clone()));
    known.clear();
    for comment in comments {
        let mut seen = HashSet::from([comment.id.to_string()]);
        let mut at = parents.get(comment.id.as_str());
        comment.parent = loop {
            match at {
                // A loop, or the top.
                Some(parent) if !seen.insert(parent.clone()) => break None,
                Some(parent) => match CommentId::new(parent).ok().filter(|it| known.contains(it)) {
                    Some(above) => break Some(above),
                    None => at = parents.get(parent),
                },
                None => break None,
            }
        };
        known.insert(comment.id.clone());
    }
}

fn number(id: &str) -> u64 {
    id.parse().unwrap_or(u64::MAX)
}

/// A comment's text: paragraphs as WordPress shows them, nothing that loads or runs.
fn content(raw: &str) -> String {
    let html = autop::autop(&tame::tame(raw).html)
        .replace("<figure class=\"wp-block-embed\"><div>", "<p>")
        .replace("</div></figure>", "</p>");
    sanitise::comment(&html).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::wordpress::wxr::Wxr;

    fn read(comments: &str) -> Option<CommentFile> {
        let xml = format!("<rss><channel><item><wp:post_id>1</wp:post_id>{comments}</item></channel></rss>");
        let raw = Wxr::new(xml.as_bytes()).expect("opens").next().expect("reads").expect("has an item");
        file(&Item::new(raw), Date::parse("2025-03-01T08:00:00Z").as_ref(), &mut Remarks::default())
    }

    fn comment(id: &str, parent: &str, approved: &str, kind: &str) -> String {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>A{id}</wp:comment_author>\
            <wp:comment_author_email>a@secret.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>\
            <wp:comment_date_gmt>2025-02-18 16:0{id}:00</wp:comment_date_gmt><wp:comment_content>C</wp:comment_content>\
            <wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>\
            <wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
        )
    }

    #[test]
    fn answers_hang_on_what_came_in() {
        let list = [
            comment("3", "2", "1", "comment"),
            comment("1", "0", "1", ""),
            comment("2", "1", "0", "comment"),
            comment("4", "5", "1", "comment"),
            comment("5", "4", "1", "comment"),
            comment("6", "0", "1", "pingback"),
        ];
        let file = read(&list.concat()).expect("has comments");
        assert_eq!(file.taken.as_ref().map(Date::as_str), Some("2025-03-01T08:00:00Z"));
        let shape: Vec<_> =
            file.comments.iter().map(|it| (it.id.as_str(), it.parent.as_ref().map(CommentId::as_str))).collect();
        assert_eq!(shape, [("1", None), ("3", Some("1")), ("4", None), ("5", Some("4"))]);
        let json = serde_json::to_string(&file).expect("writes");
        assert!(!json.contains("secret") && !json.contains("192.0.2"), "{json}");
        assert!(read(&comment("6", "0", "1", "pingback")).is_none());
    }

    #[test]
    fn nothing_in_a_comment_runs_or_loads() {
        for (raw, html) in [
            ("a\n\nb <angle> &amp; c", "<p>a</p>\n<p>b &lt;angle&gt; &amp; c</p>"),
            ("<b onclick=x>a</b><script>y</script><img src=z>", "<p><b>a</b></p>"),
            (
                "<a href=\"javascript:x\">a</a> <a href=\"https://b.example\" class=c>d</a>",
                "<p><a rel=\"ugc nofollow noopener\">a</a> <a href=\"https://b.example\" rel=\"ugc nofollow noopener\">d</a></p>",
            ),
            ("<code>z = z0 + 0.11</code> if", "<p><code>z = z0 + 0.11</code> if</p>"),
            ("https://a.example/x", "<p>https://a.example/x</p>"),
        ] {
            assert_eq!(content(raw), html);
        }
    }
}
