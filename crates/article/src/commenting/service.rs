//! What a comment server is asked, and what its answers mean. Pure: the reader and the press each bring a network of their own.

use super::{Act, Outcome, Refusal};
use crate::{Comment, CommentId, Permalink};

/// A request. Its body is JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How it is asked.
    pub method: Method,
    /// Whom.
    pub url: String,
    /// With what; empty for none.
    pub body: String,
    /// Whether the server's own cookies go along.
    pub cookies: bool,
}

impl Request {
    /// A question without a body or cookies.
    pub fn get(url: String) -> Self {
        Self { method: Method::Get, url, body: String::new(), cookies: false }
    }
}

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Ask.
    Get,
    /// Add.
    Post,
    /// Change.
    Put,
    /// Take away.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// An answer, whatever its status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// The text of the body; empty when it could not be read.
    pub text: &'a str,
}

/// The thread of an article, as a server finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The article.
    pub permalink: Permalink,
    /// The path of its page, base path included.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What the server calls it, once [`Service::found`] said so; empty until then.
    pub name: String,
}

/// A part of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The comments, oldest first. What they say is the server's HTML, not sanitised yet.
    pub comments: Vec<Comment>,
    /// Whether there is another page.
    pub more: bool,
}

impl Batch {
    /// Most pages that are asked for: no thread is longer, but a server may never come to an end.
    const PAGES: u32 = 500;

    /// Adds the comments of a page to those before it. Whether the next page is to be asked for: not when this one brought nothing new,
    /// as where a cache on the way gives the same answer to everything.
    pub fn add_to(self, comments: &mut Vec<Comment>, page: u32) -> bool {
        let is_new = self.comments.last().is_some_and(|last| comments.iter().all(|it| it.id != last.id));
        comments.extend(self.comments);
        self.more && is_new && page < Self::PAGES
    }
}

/// Why an answer is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An error of the server, by its status.
    Status(u16),
    /// The server does not know the article, or shows its comments to nobody.
    Missing,
    /// It is not what such a server writes.
    Broken,
}

/// What can be done in the threads of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Can {
    /// Change and delete what one has written.
    pub edit: bool,
    /// Like a comment.
    pub like: bool,
    /// Take a like back.
    pub unlike: bool,
    /// Whether a name must be given.
    pub name: Asked,
    /// Whether an address is asked for.
    pub email: Asked,
    /// Whether a website is asked for.
    pub website: Asked,
    /// Fewest characters of a comment.
    pub shortest: usize,
    /// Most characters of a comment.
    pub longest: usize,
}

/// Whether a field of the form is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// No.
    No,
    /// It may be left empty.
    Maybe,
    /// It has to be filled in.
    Yes,
}

/// How to find out whether something arrived to which no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// By sending it again: the server takes it once, or says that it has it already.
    Resend,
    /// By asking.
    Ask(Request),
}

/// What was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It arrived, and this became of it.
    Arrived(Outcome),
    /// It is not to be seen. A server that holds comments back may have it all the same.
    Absent,
    /// These are by the same author and look much like it, as what a server made of it may.
    Alike(Vec<Comment>),
    /// The server did not say.
    Unknown,
}

/// A server that takes comments.
pub trait Service {
    /// What can be done there.
    fn can(&self) -> Can;

    /// Whether an id is one that this kind of server gives.
    fn has_named(&self, comment: &CommentId) -> bool;

    /// Asks what the server calls a thread; `None` where it goes by its path.
    fn find(&self, permalink: &Permalink) -> Option<Request>;

    /// The server's name for the thread.
    ///
    /// # Errors
    /// [`Trouble::Missing`] when it has no such article.
    fn found(&self, answer: Answer<'_>) -> Result<String, Trouble>;

    /// Asks for a page of a thread, the first of which is 1.
    fn list(&self, place: &Place, page: u32) -> Request;

    /// The comments of a page.
    ///
    /// # Errors
    /// When there are none to be had.
    fn listed(&self, answer: Answer<'_>) -> Result<Batch, Trouble>;

    /// Asks how many comments these articles have, by their paths; `None` where the server does not count.
    fn count(&self, paths: &[String]) -> Option<Request>;

    /// The numbers, in the order of the question.
    ///
    /// # Errors
    /// When there are none to be had.
    fn counted(&self, answer: Answer<'_>) -> Result<Vec<u32>, Trouble>;

    /// Does something. `None` where the server cannot do that at all.
    fn send(&self, place: &Place, act: &Act) -> Option<Request>;

    /// What became of it.
    fn sent(&self, act: &Act, answer: Answer<'_>) -> Outcome;

    /// How to find out whether it arrived, when no answer came.
    fn check(&self, place: &Place, act: &Act) -> Check;

    /// Asks whether this browser may change a comment that it wrote, without changing it; `None` where nobody may.
    fn probe(&self, _comment: &CommentId) -> Option<Request> {
        None
    }

    /// Whether it may.
    fn may_change(&self, _answer: Answer<'_>) -> bool {
        false
    }

    /// What was found out about something that was sent after `since` (milliseconds since 1970 by the server's own clock).
    fn checked(&self, act: &Act, since: u64, answer: Answer<'_>) -> Checked;
}

/// What a request that cannot be made comes to.
pub const CANNOT: Outcome = Outcome::Refused(Refusal::Gone);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CommentId, Date};

    fn page(ids: [&str; 2]) -> Batch {
        let comment = |id| {
            Comment::empty(
                CommentId::new(id).expect("is an id"),
                Date::parse("2026-11-25T10:00:00Z").expect("is a date"),
            )
        };
        Batch { comments: ids.map(comment).to_vec(), more: true }
    }

    #[test]
    fn a_server_that_never_ends_is_not_asked_for_ever() {
        let mut comments = Vec::new();
        assert!(page(["1", "2"]).add_to(&mut comments, 1));
        // One was written meanwhile, so that one comes again.
        assert!(page(["2", "3"]).add_to(&mut comments, 2));
        assert!(!page(["2", "3"]).add_to(&mut comments, 3));
        assert!(!page(["4", "5"]).add_to(&mut comments, 500));
        assert!(!Batch { more: false, ..page(["6", "7"]) }.add_to(&mut comments, 4));
    }
}
