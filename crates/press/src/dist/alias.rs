//! The page at a path under which an article stood before: it sends on, since no host of plain files does.

use super::policy;
use crate::render::html::{escape_attribute, escape_text};
use crate::site::address;
use jumpline_article::{Item, Publication};

/// What a browser is sent on by where scripts run: only they keep the fragment, which may name a comment or be a gift.
const SCRIPT: &str = "location.replace(document.links[0].href + location.hash)";

/// The page. Search engines take a refresh at once for a move for good (Google Search Central, "Redirects and Google Search").
pub(super) fn page(item: &Item, publication: &Publication) -> String {
    let path = item.jumpline.as_ref().map_or("/", |it| it.permalink.as_str());
    let href = escape_attribute(&address::ascii(&publication.base.join(&address::encode(path))));
    let canonical = escape_attribute(&address::absolute(path, publication));
    let title = escape_text(item.title.as_deref().unwrap_or(&publication.title));
    let language = escape_attribute(item.language.as_deref().unwrap_or(publication.language.tag()));
    let policy = policy::of_script(SCRIPT);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={href}\">\n\
         <p><a href=\"{href}\">{title}</a></p>\n<script>{SCRIPT}</script>\n</html>\n"
    )
}
