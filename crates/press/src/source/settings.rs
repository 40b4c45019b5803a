//! What `publication.toml` may say beyond the types of its fields: values that would build and break pages.

mod people;

use super::forms::{self, is_email, is_origin, origin_of};
use super::place::{Place, Step};
use crate::colour;
use crate::fault::Fault;
use crate::site::LONGEST_STEP;
use jumpline_article::Publication;
use jumpline_article::commenting::CommentProvider;
use jumpline_article::plan::Provider;
use std::collections::HashMap;
use std::path::{Component, Path};
use url::Url;

/// Pixels that fill the narrowest window.
const NARROWEST: u32 = 320;

/// Everything that is wrong with a publication whose file is well-formed; `text` is that file.
pub(super) fn check(file: &Path, text: &str, publication: &Publication) -> Vec<Fault> {
    let mut check = Check { place: Place::new(file, text), faults: Vec::new() };
    check.names(publication);
    check.authors(publication);
    check.form(publication);
    check.numbers(publication);
    check.addresses(publication);
    check.servers(publication);
    check.faults
}

struct Check<'a> {
    place: Place<'a>,
    faults: Vec<Fault>,
}

impl Check<'_> {
    fn fault(&mut self, path: &[Step<'_>], message: impl AsRef<str>) {
        self.faults.push(self.place.fault(path, message.as_ref()));
    }

    fn names(&mut self, publication: &Publication) {
        if publication.title.trim().is_empty() {
            self.fault(&["title".into()], "is empty; write the publication's name");
        }
        let sections = publication.sections.iter().map(|it| it.slug.as_str());
        self.once("sections", "slug", sections, "section");
        let tiers = publication.tiers.iter().map(|it| it.name.as_str());
        self.once("tiers", "name", tiers, "tier");
        for at in
            (0..publication.sections.len()).filter(|it| publication.sections[*it].slug.as_str().len() > LONGEST_STEP)
        {
            let message = format!(
                "is longer than {LONGEST_STEP} bytes, and the section's pages stand in a folder of this name; shorten it"
            );
            self.fault(&["sections".into(), at.into(), "slug".into()], message);
        }
        let titles = publication.sections.iter().map(|it| ("sections", &it.title));
        let tiers = publication.tiers.iter().map(|it| ("tiers", &it.title));
        for (list, at) in
            titles.enumerate().chain(tiers.enumerate()).filter(|it| it.1.1.trim().is_empty()).map(|it| (it.1.0, it.0))
        {
            self.fault(&[list.into(), at.into(), "title".into()], "is empty; write what readers call it");
        }
        if let Some(email) = publication.email.as_ref().filter(|it| !is_email(it)) {
            self.fault(
                &["email".into()],
                format!("`{email}` is not an e-mail address; write one such as desk@paper.example"),
            );
        }
    }

    fn once<'a>(&mut self, list: &str, key: &str, names: impl Iterator<Item = &'a str>, what: &str) {
        let mut seen = HashMap::new();
        let article = if what.starts_with('a') { "an" } else { "a" };
        for (at, name) in names.enumerate() {
            if let Some(first) = seen.insert(name, at) {
                let line = self.place.line(&[list.into(), first.into(), key.into()]);
                let message =
                    format!("line {line} has {article} {what} `{name}` already; give one of them another {key}");
                self.fault(&[list.into(), at.into(), key.into()], message);
            }
        }
    }

    fn numbers(&mut self, publication: &Publication) {
        if publication.per_page == 0 {
            self.fault(&["per_page".into()], "0 cards are no page; write 1 or more");
        }
        let percent = publication.subscribe.modal.after_percent;
        if percent > 100 {
            let message = format!("{percent} percent of a text are never reached; write 0 to 100");
            self.fault(&["subscribe".into(), "modal".into(), "after_percent".into()], message);
        }
        let pictures = &publication.pictures;
        if (1..NARROWEST).contains(&pictures.widest) {
            let message = format!(
                "{} pixels are coarse on every screen; write {NARROWEST} or more, or 0 to publish photographs as they are",
                pictures.widest
            );
            self.fault(&["pictures".into(), "widest".into()], message);
        }
        for (at, width) in pictures.widths.iter().enumerate().filter(|it| *it.1 < NARROWEST) {
            let message = format!("{width} pixels are coarse on every screen; write {NARROWEST} or more");
            self.fault(&["pictures".into(), "widths".into(), at.into()], message);
        }
        for (at, path) in publication.app.screenshots.iter().enumerate() {
            if !Path::new(path).components().all(|it| matches!(it, Component::Normal(_))) {
                let message =
                    format!("`{path}` is not in this folder; write the path from here, such as media/screenshot.png");
                self.fault(&["app".into(), "screenshots".into(), at.into()], message);
            }
        }
        let background = &publication.app.background;
        if colour::srgb(background).is_none() {
            let message = format!(
                "`{background}` is no colour; write one as CSS does, such as #fcfbf8, rgb(252 251 248), oklch(98% 0.01 90) or ivory"
            );
            self.fault(&["app".into(), "background".into()], message);
        }
    }

    /// Links that a page carries: whatever else stands there would run, or lead nowhere.
    fn addresses(&mut self, publication: &Publication) {
        let base = publication.base.as_str();
        if let Err(message) = forms::base(base) {
            self.fault(&["base".into()], message);
        }
        if let Some(url) = &publication.subscribe.url {
            self.link(&["subscribe".into(), "url".into()], url, true);
        }
        for (at, tier) in publication.tiers.iter().enumerate() {
            if let Some(url) = &tier.url {
                self.link(&["tiers".into(), at.into(), "url".into()], url, true);
            }
        }
        for (at, network) in publication.share.iter().enumerate() {
            let path = ["share".into(), at.into(), "url".into()];
            self.link(&path, &network.url, true);
            if !network.url.contains("{url}") {
                let message = format!(
                    "`{}` has no place for the article's address; write {{url}} where it belongs, as in https://n.example/share?u={{url}}",
                    network.url
                );
                self.fault(&path, message);
            }
        }
        for (at, host) in publication.media_hosts.iter().enumerate() {
            if !is_origin(host) {
                let message = format!("`{host}` is not an origin; write `{}`", origin_of(host));
                self.fault(&["media_hosts".into(), at.into()], message);
            }
        }
    }

    fn servers(&mut self, publication: &Publication) {
        let (subscribe, comments) = (["subscribe", "provider"], ["comments", "provider"]);
        let subscribe = match &publication.subscribe.provider {
            Provider::Local => None,
            Provider::Form(form) => Some((subscribe, "form", &form.url)),
            Provider::Ghost(ghost) => Some((subscribe, "ghost", &ghost.url)),
        };
        let comments = match &publication.comments.provider {
            CommentProvider::Local | CommentProvider::None => None,
            CommentProvider::Isso(server) => Some((comments, "isso", &server.url)),
            CommentProvider::Wordpress(server) => Some((comments, "wordpress", &server.url)),
        };
        for ([one, two], kind, url) in subscribe.into_iter().chain(comments) {
            self.link(&[one.into(), two.into(), kind.into(), "url".into()], url, false);
        }
    }

    fn link(&mut self, path: &[Step<'_>], url: &str, may_be_letter: bool) {
        let is_sound = Url::parse(url).is_ok_and(|it| match it.scheme() {
            // A URL parser mends `https:x`; the reader's does not.
            "http" | "https" => ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)),
            "mailto" => may_be_letter,
            _ => false,
        });
        if !is_sound {
            let letter = if may_be_letter { ", or mailto:" } else { "" };
            self.fault(path, format!("`{url}` is not a whole address; write one that begins with https://{letter}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn faults(more: &str) -> Vec<String> {
        let text = format!("title = \"Paper\"\nurl = \"https://paper.example\"\n{more}\n");
        let publication = Publication::from_toml(&text).expect("is well-formed");
        check(Path::new("p.toml"), &text, &publication).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_builds_and_breaks_pages_names_its_place() {
        let provider = |kind: &str, url: &str| format!("[comments.provider.{kind}]\nurl = \"{url}\"");
        for (more, expected) in [
            ("per_page = 0".to_owned(), "p.toml:3:12: field `per_page`: 0 cards"),
            ("pictures = { widest = 200 }".to_owned(), "p.toml:3:23: field `pictures.widest`: 200 pixels"),
            ("pictures = { widths = [480, 20] }".to_owned(), "p.toml:3:29: field `pictures.widths[1]`: 20 pixels"),
            ("email = \"not an address\"".to_owned(), "p.toml:3:9: field `email`: `not an address` is not an e-mail"),
            ("base = \"https://x/repo\"".to_owned(), "p.toml:3:8: field `base`: "),
            (
                "media_hosts = [\"https://a.example\", \"images.example\"]".to_owned(),
                "p.toml:3:37: field `media_hosts[1]`: `images.example` is not an origin; write `https://images.example`",
            ),
            ("[subscribe]\nurl = \"javascript:alert(1)\"".to_owned(), "p.toml:4:7: field `subscribe.url`: "),
            (
                "[subscribe.modal]\nafter_percent = 500".to_owned(),
                "p.toml:4:17: field `subscribe.modal.after_percent`: 500",
            ),
            (
                "[subscribe.provider.form]\nurl = \"/letters\"".to_owned(),
                "p.toml:4:7: field `subscribe.provider.form.url`: ",
            ),
            ("[subscribe.provider.form]\nurl = \"mailto:a@b.example\"".to_owned(), "p.toml:4:7: "),
            (
                "[[tiers]]\nname = \"a\"\ntitle = \"A\"\nurl = \"data:text/html,x\"".to_owned(),
                "p.toml:6:7: field `tiers[0].url`: ",
            ),
            ("[[share]]\nname = \"N\"\nurl = \"javascript:{url}\"".to_owned(), "p.toml:5:7: field `share[0].url`: "),
            (
                "[[share]]\nname = \"N\"\nurl = \"https://n.example/?u={ur}&t={title}\"".to_owned(),
                "p.toml:5:7: field `share[0].url`: `https://n.example/?u={ur}&t={title}` has no place for the article's address; write {url}",
            ),
            (provider("isso", "nope"), "p.toml:4:7: field `comments.provider.isso.url`: `nope` is not a whole address"),
            (provider("wordpress", "//x.example"), "p.toml:4:7: field `comments.provider.wordpress.url`: "),
            ("[app]\nscreenshots = [\"../x.png\"]".to_owned(), "p.toml:4:16: field `app.screenshots[0]`: "),
            (
                "[app]\nbackground = \"notacolour\"".to_owned(),
                "p.toml:4:14: field `app.background`: `notacolour` is no colour; write one as CSS does, such as #fcfbf8",
            ),
            ("[app]\nbackground = \"red\\\"/>\"".to_owned(), "p.toml:4:14: field `app.background`: "),
            (
                "sections = [{ slug = \"a\", title = \"A\" }, { slug = \"a\", title = \"B\" }]".to_owned(),
                "p.toml:3:51: field `sections[1].slug`: line 3 has a section `a` already; give one of them another slug",
            ),
            (
                "[[tiers]]\nname = \"a\"\ntitle = \"A\"\n[[tiers]]\nname = \"a\"\ntitle = \"\"".to_owned(),
                "p.toml:7:8: field `tiers[1].name`: line 4 has a tier `a` already; give one of them another name",
            ),
        ] {
            let found = faults(&more);
            assert!(found.iter().any(|it| it.starts_with(expected)), "{found:?} should say {expected}");
        }
        assert_eq!(faults("[[tiers]]\nname = \"a\"\ntitle = \" \"").len(), 1);
        let long = faults(&format!("[[sections]]\nslug = \"{}\"\ntitle = \"A\"", "ö".repeat(101)));
        assert!(long.len() == 1 && long[0].starts_with("p.toml:4:8: field `sections[0].slug`: is longer"), "{long:?}");
    }

    #[test]
    fn what_is_sound_passes() {
        let sound = "base = \"repo/2\"\nemail = \"desk@localhost\"\nmedia_hosts = [\"https://a.example:8080\", \"http://b.example/\"]\n\
            [subscribe]\nurl = \"mailto:desk@paper.example?subject=Subscribe\"\n[subscribe.modal]\nafter_percent = 100\n\
            [[share]]\nname = \"N\"\nurl = \"https://n.example/?u={url}&t={title}\"\n\
            [comments.provider.isso]\nurl = \"http://127.0.0.1:1/isso\"";
        assert_eq!(faults(sound), Vec::<String>::new());
    }
}
