//! WordPress, by its REST API (developer.wordpress.org/rest-api/reference/comments). Visitors may write where the site lets them: see
//! the filter `rest_allow_anonymous_comments`.

mod format;
#[cfg(test)]
mod tests;
mod words;

use super::{
    Act, Answer, Asked, Batch, Can, Check, Checked, Letter, Method, Outcome, Place, Refusal, Request, Service, Trouble,
};
use super::{mine, plain};
use crate::encode::percent_encode;
use crate::error::read_json;
use crate::{CommentId, Permalink};
use format::{Fault, New, Post, Raw, number};

/// Comments of a page: the most that WordPress gives.
const PAGE: usize = 100;

/// What is asked of a comment.
const FIELDS: &str = "id,parent,author_name,author_url,date_gmt,content,status";

/// A WordPress site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wordpress {
    /// What every question begins with, up to the route.
    root: String,
    /// Whether parameters follow a `?` already.
    is_query: bool,
}

impl Wordpress {
    /// The site at an address. An address that ends in `/wp-json` is taken as it is; any other is asked by `?rest_route=`, which needs no
    /// pretty permalinks.
    pub fn new(url: &str) -> Self {
        let url = url.trim_end_matches('/');
        let is_query = !url.ends_with("/wp-json");
        Self { root: if is_query { format!("{url}/?rest_route=") } else { url.to_owned() }, is_query }
    }

    fn url(&self, route: &str, parameters: &str) -> String {
        let sign = if self.is_query { '&' } else { '?' };
        format!("{}/wp/v2/{route}{sign}{parameters}", self.root)
    }
}

impl Service for Wordpress {
    fn can(&self) -> Can {
        Can {
            edit: false,
            like: false,
            unlike: false,
            name: Asked::Yes,
            email: Asked::Yes,
            website: Asked::Maybe,
            shortest: 1,
            // Of bytes (`wp_get_comment_fields_max_lengths`, `mb_strlen` with `8bit`), and of what its own formatting adds.
            longest: 65_525,
        }
    }

    fn has_named(&self, comment: &CommentId) -> bool {
        number(comment).is_some()
    }

    /// By the last part of its path: WordPress gives no two posts the same. Pages have no threads here.
    fn find(&self, permalink: &Permalink) -> Option<Request> {
        let slug = permalink.as_str().trim_matches('/').rsplit('/').next().unwrap_or_default();
        Some(Request::get(self.url("posts", &format!("slug={}&_fields=id", percent_encode(slug)))))
    }

    fn found(&self, answer: Answer<'_>) -> Result<String, Trouble> {
        let posts: Vec<Post> = read(answer)?;
        posts.first().map(|it| it.id.to_string()).ok_or(Trouble::Missing)
    }

    fn list(&self, place: &Place, page: u32) -> Request {
        let post = percent_encode(&place.name);
        let order = "order=asc&orderby=date_gmt";
        let parameters = format!("post={post}&per_page={PAGE}&page={page}&{order}&_fields={FIELDS}");
        Request::get(self.url("comments", &parameters))
    }

    fn listed(&self, answer: Answer<'_>) -> Result<Batch, Trouble> {
        // The last page was full.
        if answer.status == 400 && fault(answer).code.ends_with("invalid_page_number") {
            return Ok(Batch::default());
        }
        let raw: Vec<Raw> = read(answer)?;
        let more = raw.len() == PAGE;
        // One that has no date, as plug-ins leave them, takes no others away.
        let comments = raw.into_iter().filter_map(Raw::comment).collect();
        Ok(Batch { comments, more })
    }

    fn count(&self, _: &[String]) -> Option<Request> {
        None
    }

    fn counted(&self, _: Answer<'_>) -> Result<Vec<u32>, Trouble> {
        Err(Trouble::Missing)
    }

    fn send(&self, place: &Place, act: &Act) -> Option<Request> {
        let Act::Post(letter) = act else { return None };
        let parent = match letter.parent.as_ref().map(number) {
            // What answers a comment that this site never had would stand there as if it answered nothing.
            Some(None) => return None,
            parent => parent.flatten(),
        };
        let Letter { text, author, email, website, .. } = letter;
        let new = New {
            post: &place.name,
            parent,
            author_name: author,
            author_email: email,
            author_url: website,
            content: words::of(text),
        };
        // Texts and numbers can always be written.
        let body = serde_json::to_string(&new).unwrap_or_default();
        let url = self.url("comments", &format!("_fields={FIELDS}"));
        Some(Request { method: Method::Post, url, body, cookies: false })
    }

    fn sent(&self, _: &Act, answer: Answer<'_>) -> Outcome {
        match answer.status {
            200..=299 => {
                let comment = read::<Raw>(answer).ok().and_then(Raw::comment);
                comment.map_or(Outcome::Unclear, |it| Outcome::Done(Some(it)))
            }
            400..=499 => refused(answer),
            _ => Outcome::Unclear,
        }
    }

    /// WordPress says that it takes no comment twice, and compares what is sent with what it made of it: a link, a backslash or an `&`
    /// are enough to let it in again. So it is asked, newest first.
    fn check(&self, place: &Place, _: &Act) -> Check {
        let post = percent_encode(&place.name);
        let parameters = format!("post={post}&per_page={PAGE}&order=desc&orderby=date_gmt&_fields={FIELDS}");
        Check::Ask(Request::get(self.url("comments", &parameters)))
    }

    fn checked(&self, act: &Act, since: u64, answer: Answer<'_>) -> Checked {
        let (Act::Post(letter), Ok(batch)) = (act, self.listed(answer)) else { return Checked::Unknown };
        mine::find(batch.comments, letter, &words::of(&letter.text), (since, 0))
    }
}

fn fault(answer: Answer<'_>) -> Fault {
    read_json(answer.text).unwrap_or_default()
}

/// Why, by the code (`class-wp-rest-comments-controller.php`, `wp_allow_comment`).
fn refused(answer: Answer<'_>) -> Outcome {
    let Fault { code, message, data } = fault(answer);
    Outcome::Refused(match code.as_str() {
        // It had arrived already.
        "comment_duplicate" => return Outcome::Done(None),
        "comment_flood" => Refusal::Flood,
        "rest_comment_login_required" | "rest_comment_invalid_author" | "rest_forbidden" => Refusal::SignIn,
        "rest_comment_closed"
        | "rest_comment_draft_post"
        | "rest_comment_trash_post"
        | "rest_comment_invalid_post_id"
        | "rest_cannot_read_post" => Refusal::Closed,
        "rest_comment_content_invalid" => Refusal::TooShort,
        "rest_comment_author_data_required" => Refusal::NameMissing,
        "rest_invalid_param" if data.params.is_of_author() => Refusal::NameMissing,
        _ if code.ends_with("column_length") => Refusal::TooLong,
        // A firewall before it, or a plug-in against spam.
        _ if code.contains("spam") => Refusal::Spam,
        _ if answer.status == 429 => Refusal::Flood,
        _ => Refusal::Other(plain::text(&message)),
    })
}

fn read<T: serde::de::DeserializeOwned>(answer: Answer<'_>) -> Result<T, Trouble> {
    match answer.status {
        200..=299 => read_json(answer.text).map_err(|_| Trouble::Broken),
        // WordPress gives its reason as JSON. A firewall before it or somebody's wireless network has a page of its own, and may soon let
        // it pass.
        401 | 403 | 404 if !fault(answer).code.is_empty() => Err(Trouble::Missing),
        status => Err(Trouble::Status(status)),
    }
}
