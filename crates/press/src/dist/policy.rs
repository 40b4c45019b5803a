//! The Content Security Policy of every page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jumpline_article::Publication;
use sha2::{Digest as _, Sha256};

/// The policy of a shell's pages, which differ in the sheet that they carry. It stands in a `<meta>`, since static hosts let nobody set
/// headers.
#[derive(Debug)]
pub(super) struct Policy {
    before_style: String,
    after_style: String,
}

impl Policy {
    /// The policy for what this page runs and this publication names.
    pub(super) fn of(publication: &Publication, html: &str) -> Self {
        let scripts: String = inline_scripts(html).iter().map(|it| hash(it)).collect();
        // Only origins: a quote or a semicolon here would end the attribute or the directive.
        let is_origin = |it: &&String| {
            !it.contains(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | ';' | ',' | '<' | '>'))
        };
        let hosts: String = publication.media_hosts.iter().filter(is_origin).map(|it| format!(" {it}")).collect();
        // The browser opens locked media itself, and shows them from its own memory.
        let opened = if publication.paywall.lock.is_some() { " blob:" } else { "" };
        let allowed =
            |origin: Option<String>| origin.as_ref().filter(is_origin).map(|it| format!(" {it}")).unwrap_or_default();
        let provider = allowed(publication.subscribe.provider.origin());
        let comments = allowed(publication.comments.provider.origin());
        Self {
            before_style: format!(
                "default-src 'none'; base-uri 'none'; form-action 'self'{provider}; script-src 'self' 'wasm-unsafe-eval'{scripts}; \
                 style-src 'self'"
            ),
            after_style: format!(
                "; img-src 'self'{opened}{hosts}; media-src 'self'{opened}{hosts}; font-src 'self'; \
                 connect-src 'self'{provider}{comments}; manifest-src 'self'; worker-src 'self'"
            ),
        }
    }

    /// The same for a page that carries this sheet.
    pub(super) fn with(&self, style: &str) -> String {
        let style = if style.is_empty() { String::new() } else { hash(style) };
        [&self.before_style, style.as_str(), &self.after_style].concat()
    }
}

/// The policy of a page that shows nothing and runs this one script. Browsers ask for an icon of their own accord.
pub(super) fn of_script(script: &str) -> String {
    format!("default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self'; script-src{}", hash(script))
}

fn hash(text: &str) -> String {
    format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The text of every script that runs in place. Data blocks do not run, so no policy asks for them.
fn inline_scripts(html: &str) -> Vec<String> {
    let document = scraper::Html::parse_document(html);
    let runs = |kind: Option<&str>| {
        matches!(
            kind.map(|it| it.trim().to_ascii_lowercase()).as_deref(),
            None | Some(
                "" | "module" | "text/javascript" | "application/javascript" | "importmap" | "speculationrules"
            )
        )
    };
    let scripts = document.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    scripts
        .filter(|it| it.value().name() == "script" && it.attr("src").is_none() && runs(it.attr("type")))
        .map(|it| it.text().collect())
        .collect()
}
