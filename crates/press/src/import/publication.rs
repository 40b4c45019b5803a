//! `publication.toml`: made when there is none, and given the sections that articles need. What a person wrote in it stays.

use crate::source::publication::parse;
use anyhow::Context as _;
use jumpline_article::{Permalink, Profile, Publication, Section, Tier};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// The address of a site whose export does not say it.
pub const UNKNOWN: &str = "https://example.org";

/// What an import knows about a publication.
#[derive(Debug, Default)]
pub struct Known {
    /// Its name.
    pub title: String,
    /// A sentence.
    pub description: String,
    /// Origin, without a path.
    pub url: String,
    /// The path below it, such as `/blog/`.
    pub base: String,
    /// Tag of the interface's language.
    pub language: String,
    /// Sections that articles need.
    pub sections: Vec<Section>,
    /// The lead story, unless there is one.
    pub lead: Option<Permalink>,
    /// Tiers, unless the publication has one of that name.
    pub tiers: Vec<Tier>,
    /// What is known of authors; for a new publication only.
    pub authors: Vec<Profile>,
}

/// Reads the publication that is there, if there is one.
///
/// # Errors
/// When it cannot be read, or is not what its format says.
pub fn read(content: &Path) -> anyhow::Result<Option<(String, Publication)>> {
    let path = content.join("publication.toml");
    match fs::read_to_string(&path) {
        Ok(text) => {
            let publication = parse(&path, &text)?;
            Ok(Some((text, publication)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{}: cannot be read", path.display())),
    }
}

/// The text of a new publication.
pub fn create(known: &Known) -> String {
    let mut document = DocumentMut::new();
    let title = if known.title.is_empty() { "Untitled" } else { &known.title };
    document["title"] = value(title);
    if !known.description.is_empty() {
        document["description"] = value(&known.description);
    }
    document["url"] = value(&known.url);
    if !matches!(known.base.as_str(), "" | "/") {
        document["base"] = value(&known.base);
    }
    document["language"] = value(&known.language);
    complete(&mut document, known);
    for it in &known.authors {
        let mut table = Table::new();
        table["name"] = value(&it.name);
        table["about"] = value(&it.about);
        push(&mut document, "authors", table);
    }
    document.to_string()
}

/// The text with the sections that it lacks, and with a lead.
///
/// # Errors
/// When it is no TOML.
pub fn extend(text: &str, known: &Known) -> anyhow::Result<String> {
    let mut document: DocumentMut = text.parse()?;
    complete(&mut document, known);
    Ok(document.to_string())
}

fn complete(document: &mut DocumentMut, known: &Known) {
    if let (Some(lead), None) = (&known.lead, document.get("lead")) {
        document["lead"] = value(lead.as_str());
    }
    for section in &known.sections {
        let mut table = Table::new();
        table["slug"] = value(section.slug.as_str());
        table["title"] = value(&section.title);
        if !section.description.is_empty() {
            table["description"] = value(&section.description);
        }
        add(document, "sections", "slug", table);
    }
    for tier in &known.tiers {
        add(document, "tiers", "name", tier_table(tier));
    }
}

fn tier_table(tier: &Tier) -> Table {
    let mut table = Table::new();
    table["name"] = value(tier.name.as_str());
    for (key, text) in [("title", &tier.title), ("price", &tier.price), ("period", &tier.period)] {
        if !text.is_empty() {
            table[key] = value(text);
        }
    }
    if !tier.benefits.is_empty() {
        table["benefits"] = value(tier.benefits.iter().collect::<Array>());
    }
    table
}

/// Adds a table to a list, unless one there has the same name.
fn add(document: &mut DocumentMut, list: &str, key: &str, table: Table) {
    let name = table.get(key).and_then(Item::as_str);
    let has = match document.get(list) {
        Some(Item::ArrayOfTables(list)) => list.iter().any(|it| it.get(key).and_then(Item::as_str) == name),
        Some(Item::Value(Value::Array(list))) => {
            let tables = list.iter().filter_map(Value::as_inline_table);
            tables.filter_map(|it| it.get(key)).any(|it| it.as_str() == name)
        }
        _ => false,
    };
    if !has {
        push(document, list, table);
    }
}

fn push(document: &mut DocumentMut, list: &str, table: Table) {
    match document.get_mut(list) {
        Some(Item::Value(Value::Array(inline))) if !inline.is_empty() => inline.push(table.into_inline_table()),
        Some(Item::ArrayOfTables(tables)) => tables.push(table),
        _ => {
            let mut tables = ArrayOfTables::new();
            tables.push(table);
            document.remove(list);
            document[list] = Item::ArrayOfTables(tables);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jumpline_article::Slug;
    use snapbox::{assert_data_eq, str};

    fn known() -> Known {
        let section =
            |title: &str| Section { slug: Slug::from_name(title), title: title.to_owned(), description: String::new() };
        Known {
            title: "The \"Post\"".to_owned(),
            url: "https://paper.example".to_owned(),
            base: "/blog/".to_owned(),
            language: "en".to_owned(),
            sections: vec![section("City"), section("World")],
            lead: Permalink::new("a").ok(),
            ..Known::default()
        }
    }

    #[test]
    fn a_new_one_is_sound() {
        let text = create(&known());
        let publication = Publication::from_toml(&text).expect("is sound");
        assert_eq!((publication.title.as_str(), publication.sections.len()), ("The \"Post\"", 2));
        assert_eq!(publication.base.as_str(), "/blog/");
        assert_eq!(extend(&text, &known()).expect("is TOML"), text);
    }

    #[test]
    fn what_is_there_stays() {
        let text = "# Ours\ntitle = 'A'\nurl = \"https://a.example\" # here\nlead = \"/b/\"\n\n[[sections]]\nslug = \"city\"\ntitle = \"Our city\"\n";
        let extended = extend(text, &known()).expect("is TOML");
        assert_data_eq!(
            &extended,
            str![[r##"
# Ours
title = 'A'
url = "https://a.example" # here
lead = "/b/"

[[sections]]
slug = "city"
title = "Our city"

[[sections]]
slug = "world"
title = "World"

"##]]
        );
        let inline =
            extend("title = 'A'\nurl = 'https://a.example'\nsections = [{ slug = 'city', title = 'C' }]\n", &known());
        assert_eq!(Publication::from_toml(&inline.expect("is TOML")).expect("is sound").sections.len(), 2);
        assert!(
            extend("title = 'A'\nsections = []\n[subscribe]\ninvitation = 'x'\n", &known())
                .expect("is TOML")
                .contains("[[sections]]")
        );
    }
}
