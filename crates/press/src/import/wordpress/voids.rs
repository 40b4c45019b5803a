//! Blocks that have no HTML of their own: what WordPress would have put there.

use super::block_gates::{self, Hides};
use super::blocks::Expander;
use super::{footnotes, tame};
use crate::import::gates::GATE;
use crate::import::report::Topic;
use crate::render::html::escape_attribute;
use serde_json::Value;

/// One of a row of links, which WordPress shows as the sign of a network.
fn social_link(attributes: &Value) -> String {
    let text = |name: &str| attributes[name].as_str().map(str::trim).filter(|it| !it.is_empty());
    let Some(url) = text("url") else { return String::new() };
    let url = match url {
        url if url.contains(':') || url.starts_with(['/', '#']) => url.to_owned(),
        url if url.contains('@') => format!("mailto:{url}"),
        url => format!("https://{url}"),
    };
    let mut service = text("service").unwrap_or(&url).chars();
    let service: String = service.next().into_iter().flat_map(char::to_uppercase).chain(service).collect();
    let name = text("label").unwrap_or(&service);
    format!("<li><a href=\"{}\">{}</a></li>", escape_attribute(&url), escape_attribute(name))
}

/// How often reusable blocks may stand in each other.
const DEEPEST: usize = 8;

impl Expander<'_> {
    /// A block that has no HTML of its own.
    pub(super) fn void(&mut self, name: &str, attributes: &str, depth: usize) -> String {
        let attributes = block_gates::json(attributes);
        let html = self.filled(name, &attributes, depth);
        match block_gates::attribute(&attributes) {
            Some(attribute) if !html.is_empty() => self.gate(name, &Hides::Seems(Some(attribute))) + &html,
            _ => html,
        }
    }

    fn filled(&mut self, name: &str, attributes: &Value, depth: usize) -> String {
        match name {
            "block" => self.reusable(&attributes["ref"], depth),
            "jetpack/paywall" => GATE.to_owned(),
            "more" => "<!--more-->".to_owned(),
            "nextpage" => "<!--nextpage-->".to_owned(),
            "separator" => "<hr>".to_owned(),
            "spacer" | "paragraph" | "list-item" | "column" | "group" => String::new(),
            "footnotes" => footnotes::html(self.notes),
            "embed" => match attributes["url"].as_str() {
                Some(url) => format!("<figure class=\"wp-block-embed\"><div>{}</div></figure>", escape_attribute(url)),
                None => String::new(),
            },
            "social-link" => social_link(attributes),
            name if block_gates::ends(name) => String::new(),
            name => {
                if let Some(hides) = block_gates::of_void(name) {
                    return self.gate(name, &hides);
                }
                let text = "blocks that WordPress fills anew at every visit";
                self.remarks.detail(Topic::LeftOut, text, &format!("`{name}`"));
                String::new()
            }
        }
    }

    fn reusable(&mut self, number: &Value, depth: usize) -> String {
        let number = number
            .as_u64()
            .map(|it| it.to_string())
            .or_else(|| number.as_str().map(ToOwned::to_owned))
            .unwrap_or_default();
        let export = self.export;
        let Some(content) = export.blocks.get(&number) else {
            self.remarks.detail(
                Topic::Check,
                "uses a reusable block that is not in the export",
                &format!("block {number}"),
            );
            return String::new();
        };
        if depth >= DEEPEST || content.len() > self.room {
            self.remarks.detail(
                Topic::Check,
                "uses a reusable block that holds itself, or holds too much",
                &format!("block {number}"),
            );
            return String::new();
        }
        self.room -= content.len();
        self.remarks.remark(Topic::Changed, "reusable blocks were written into the text");
        let tamed = tame::tame(content);
        self.unknown.look_ahead(content);
        self.blocks(&tamed.html, depth + 1)
    }
}
