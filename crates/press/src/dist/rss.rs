//! RSS 2.0 with full text (`content:encoded`), for every feed reader there is.

use crate::render::html::{escape_attribute, escape_text};
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};
use jumpline_article::{Attachment, Date, Feed, Item};

/// Writes a feed. Its `feed_url` is the address of the RSS document itself.
pub(super) fn write(feed: &Feed) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n",
    );
    let home = feed.home_page_url.as_deref().unwrap_or_default();
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "link", home);
    element(&mut xml, "description", feed.description.as_deref().unwrap_or(&feed.title));
    if let Some(language) = &feed.language {
        element(&mut xml, "language", language);
    }
    if let Some(newest) =
        feed.items.iter().filter_map(|it| it.date_modified.as_ref().or(it.date_published.as_ref())).max()
    {
        element(&mut xml, "lastBuildDate", &date(newest));
    }
    let own = escape(feed.feed_url.as_deref().unwrap_or_default());
    xml.push_str(&format!("<atom:link href=\"{own}\" rel=\"self\" type=\"application/rss+xml\"/>\n"));
    for item in &feed.items {
        write_item(&mut xml, item);
    }
    xml.push_str("</channel>\n</rss>\n");
    xml
}

fn write_item(xml: &mut String, item: &Item) {
    let url = item.url.as_deref().unwrap_or_default();
    xml.push_str("<item>\n");
    if let Some(title) = &item.title {
        element(xml, "title", title);
    }
    element(xml, "link", url);
    // It may be an address of long ago, and readers must not follow it.
    xml.push_str(&format!("<guid isPermaLink=\"false\">{}</guid>\n", escape(&item.id)));
    if let Some(published) = &item.date_published {
        element(xml, "pubDate", &date(published));
    }
    for name in item.authors.iter().filter_map(|it| it.name.as_deref()) {
        element(xml, "dc:creator", name);
    }
    for tag in &item.tags {
        element(xml, "category", tag);
    }
    if let Some(summary) = &item.summary {
        // Of an item it is HTML (RSS 2.0, "hot topics"), and a summary is text.
        element(xml, "description", &escape_text(summary));
    }
    let described = item.jumpline.as_ref().and_then(|it| it.image.as_ref());
    let alt = escape_attribute(described.map(|it| it.alt.as_str()).unwrap_or_default());
    let image = item.image.as_deref().map(|it| format!("<p><img src=\"{}\" alt=\"{alt}\"></p>", escape_attribute(it)));
    let body = item.content_html.as_deref().unwrap_or_default();
    element(xml, "content:encoded", &format!("{}{body}", image.unwrap_or_default()));
    // RSS knows one, with its size.
    let sized = |it: &&Attachment| it.size_in_bytes.is_some();
    if let Some(Attachment { url, mime_type, size_in_bytes: Some(size), .. }) = item.attachments.iter().find(sized) {
        let (url, kind) = (escape(url), escape(mime_type));
        xml.push_str(&format!("<enclosure url=\"{url}\" length=\"{size}\" type=\"{kind}\"/>\n"));
    }
    xml.push_str("</item>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>{}</{name}>\n", escape(text)));
}

/// Text for XML 1.0, which has no place at all for most control characters.
pub(super) fn escape(text: &str) -> String {
    let allowed = |it: &char| matches!(it, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    let text: String = text.chars().filter(allowed).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn date(date: &Date) -> String {
    let moment = Timestamp::from_second(date.unix()).unwrap_or(Timestamp::UNIX_EPOCH);
    rfc2822::to_string(&moment.to_zoned_datetime(TimeZone::UTC)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_item_stays_inside_its_element() {
        let item = Item {
            id: "<&\"".to_owned(),
            title: Some("</title>\u{1}]]><script>alert(1)</script>".to_owned()),
            date_published: Date::parse("2025-02-18T09:30:00+01:00"),
            content_html: Some("<p>a &amp; b</p>".to_owned()),
            summary: Some("What <script> is for".to_owned()),
            ..Item::default()
        };
        let xml = write(&Feed { items: vec![item], ..Feed::default() });
        for part in [
            "<title>&lt;/title&gt;]]&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>",
            "<guid isPermaLink=\"false\">&lt;&amp;&quot;</guid>",
            "<pubDate>Tue, 18 Feb 2025 08:30:00 +0000</pubDate>",
            "<description>What &amp;lt;script&amp;gt; is for</description>",
            "<content:encoded>&lt;p&gt;a &amp;amp; b&lt;/p&gt;</content:encoded>",
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
        let mut reader = quick_xml::Reader::from_str(&xml);
        while !matches!(reader.read_event().expect("is XML"), quick_xml::events::Event::Eof) {}
    }
}
