//! Clean HTML as Markdown, proven: what is written is rendered again, and has to be the same.

use super::outline::same;
use crate::render::tree::{Element, Node};
use crate::render::{Labels, html, markdown, sanitise};
use htmd::options::{BrStyle, BulletListMarker, HrStyle, Options, TranslationMode};
use htmd::{
    Element as Source, HtmlToMarkdown,
    element_handler::{HandlerResult, Handlers},
};

/// Body of an article, in the form that loses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prose {
    /// Markdown, with HTML for what Markdown cannot say.
    Markdown(String),
    /// HTML, since Markdown would have changed it.
    Html(String),
}

/// Turns HTML into Markdown.
pub struct Writer {
    converter: HtmlToMarkdown,
    labels: Labels,
}

impl Default for Writer {
    fn default() -> Self {
        let options = Options {
            hr_style: HrStyle::Dashes,
            br_style: BrStyle::Backslash,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            preformatted_code: true,
            translation_mode: TranslationMode::Faithful,
            ..Options::default()
        };
        let converter =
            HtmlToMarkdown::builder().options(options).add_handler(vec!["h1", "h2", "h3", "h4", "h5", "h6"], heading);
        Self { converter: converter.build(), labels: labels() }
    }
}

impl Writer {
    /// Writes a body of up to two parts with a marker between them, such as `<!--more-->`.
    pub fn write(&self, before: &[Node], marker: Option<&str>, after: &[Node]) -> Prose {
        let whole: Vec<Node> = before.iter().chain(after).cloned().collect();
        // Most bodies are sound as a whole; only in one that is not, each block is tried by itself.
        for trust in [true, false] {
            let marker = marker.map(ToOwned::to_owned).unwrap_or_default();
            let parts = [self.blocks(before, trust), marker, self.blocks(after, trust)];
            let markdown = join(parts.iter().filter(|it| !it.is_empty()));
            if self.proves(&markdown, &whole) {
                return Prose::Markdown(markdown);
            }
        }
        let marker = marker.map(|it| format!("{it}\n")).unwrap_or_default();
        Prose::Html(format!("{}{marker}{}", html_lines(before), html_lines(after)))
    }

    fn blocks(&self, nodes: &[Node], trust: bool) -> String {
        let mut blocks: Vec<String> = Vec::new();
        let mut list = "";
        for node in nodes.iter().filter_map(Node::element) {
            // Two lists in a row would be one.
            let kind = if node.is(&["ul", "ol"]) { "list" } else { "" };
            if kind == "list" && list == "list" {
                blocks.push("<!-- -->".to_owned());
            }
            list = kind;
            blocks.push(self.block(node, trust));
        }
        join(blocks.iter().filter(|it| !it.is_empty()))
    }

    /// One block: Markdown when that is trusted or the same, else HTML.
    fn block(&self, element: &Element, trust: bool) -> String {
        let nodes = [Node::Element(element.clone())];
        let html = html::write(&nodes).unwrap_or_default();
        let coded = || element.children.iter().any(|it| it.element().is_some_and(|it| it.name == "code"));
        if element.is(&["figure", "details", "section", "div", "dl"]) || element.name == "pre" && !coded() {
            return raw(&nodes);
        }
        match self.converter.convert(&html) {
            Ok(markdown) if trust || self.proves(&markdown, &nodes) => tidy(markdown.trim_end()),
            _ => raw(&nodes),
        }
    }

    /// Whether Markdown reads as these nodes, in the press' own renderer.
    fn proves(&self, markdown: &str, nodes: &[Node]) -> bool {
        let html = sanitise::clean(&markdown::to_html(markdown, &self.labels));
        html::parse(&html).is_ok_and(|read| same(&read, nodes))
    }
}

/// The words do not matter: nothing that is written here has footnotes or tasks whose labels would be compared.
fn labels() -> Labels {
    let none = String::new;
    Labels {
        footnotes: none(),
        footnote_back: none(),
        table: none(),
        task_done: none(),
        task_open: none(),
        remote_image: none(),
    }
}

/// `## Title {#id}`: other places link to the id.
fn heading(handlers: &dyn Handlers, element: Source<'_>) -> Option<HandlerResult> {
    let level = element.tag.as_bytes().get(1).map_or(1, |it| usize::from(it.saturating_sub(b'0')));
    let content = handlers.walk_children(element.node).content;
    let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = match element.attrs {
        [] => String::new(),
        [it] if &*it.name.local == "id" => format!(" {{#{}}}", it.value),
        _ => return handlers.fallback(element),
    };
    Some(format!("\n\n{} {content}{id}\n\n", "#".repeat(level)).into())
}

/// Without spaces at the ends of empty lines of quotations.
fn tidy(markdown: &str) -> String {
    let empty = |it: &str| it.starts_with('>') && it.chars().all(|it| matches!(it, '>' | ' '));
    markdown.lines().map(|it| if empty(it) { it.trim_end() } else { it }).collect::<Vec<_>>().join("\n")
}

/// A block as HTML that a Markdown reader takes as one block: it has no blank line.
fn raw(nodes: &[Node]) -> String {
    let html = html::write(nodes).unwrap_or_default();
    if html.starts_with("<pre") {
        return html;
    }
    // Only in preformatted text do line breaks mean anything.
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(start) = rest.find("<pre") {
        let end = rest[start..].find("</pre>").map_or(rest.len(), |it| start + it);
        out.push_str(&one_line(&rest[..start]));
        out.push_str(&rest[start..end].replace('\n', "&#10;"));
        rest = &rest[end..];
    }
    out.push_str(&one_line(rest));
    out
}

fn one_line(html: &str) -> String {
    let mut line = String::with_capacity(html.len());
    for it in html.chars() {
        match it {
            '\n' | '\r' | '\t' if line.ends_with(' ') => {}
            '\n' | '\r' | '\t' => line.push(' '),
            it => line.push(it),
        }
    }
    line
}

fn html_lines(nodes: &[Node]) -> String {
    nodes.iter().map(|it| format!("{}\n", html::write(std::slice::from_ref(it)).unwrap_or_default())).collect()
}

fn join<'a>(blocks: impl Iterator<Item = &'a String>) -> String {
    blocks.map(|it| it.trim_matches('\n')).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(html: &str) -> String {
        let nodes = html::parse(html).expect("is shallow");
        match Writer::default().write(&nodes, None, &[]) {
            Prose::Markdown(text) => text,
            Prose::Html(text) => format!("HTML: {text}"),
        }
    }

    #[test]
    fn what_markdown_can_say_is_markdown() {
        let html = "<p>One <strong>bold</strong> and <em>slanted</em> <a href=\"/a/\" title=\"T\">link</a>.<br>Next line</p>\
            <h2 id=\"the-table\">Head</h2><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start=\"3\"><li>x</li></ol>\
            <blockquote><p>Quoted</p></blockquote><pre><code class=\"language-sh\">a &lt; b\n\n`x`\n</code></pre><hr>\
            <p>2. not a list * not bold * _x_ [y] &lt;z&gt; &amp;amp;</p>\
            <table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>";
        let expected = r#"
One **bold** and *slanted* [link](/a/ "T").\
Next line

## Head {#the-table}

- a
  - b
- c

<!-- -->

3. x

> Quoted

```sh
a < b

`x`
```

- - -

<p>2. not a list * not bold * _x_ [y] &lt;z&gt; &amp;amp;</p>

| A | B |
| - | - |
| 1 | 2 |
"#;
        assert_eq!(format!("\n{}\n", write(html)), expected);
    }

    #[test]
    fn what_it_cannot_is_html() {
        let html = "<p dir=\"rtl\" lang=\"ar\">عاد القارب</p><figure><img alt=\"A\" src=\"/media/a.jpg\"><figcaption>B\n\nc</figcaption></figure>\
            <ul><li>a</li></ul><ul><li>b</li></ul><pre>verse\n\n  two</pre><p>a <mark>b</mark></p>\
            <table><caption>C</caption><tbody><tr><td class=\"align-right\">1</td></tr></tbody></table>";
        let expected = r#"
<p dir="rtl" lang="ar">عاد القارب</p>

<figure><img alt="A" src="/media/a.jpg"><figcaption>B c</figcaption></figure>

- a

<!-- -->

- b

<pre>verse

  two</pre>

a <mark>b</mark>

<table><caption>C</caption><tbody><tr><td class="align-right">1</td></tr></tbody></table>
"#;
        assert_eq!(format!("\n{}\n", write(html)), expected);
    }
}
