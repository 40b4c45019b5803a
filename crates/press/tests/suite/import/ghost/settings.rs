//! What comes in of a site besides its posts.

use super::{Import, export, post, with};
use jumpline_article::Publication;
use serde_json::json;
use std::fs;

#[test]
fn a_new_publication_has_what_the_export_knows() {
    let import = Import::ferry();
    import.run();
    let publication = Publication::from_toml(&import.read("publication.toml")).unwrap();
    assert_eq!((publication.title.as_str(), publication.url.as_str()), ("The Ferry & Quay", "https://ferry.example"));
    let prices: Vec<_> = publication.tiers.iter().map(|it| (it.name.as_str(), it.price.as_str())).collect();
    assert_eq!(prices, [("deck", "€5"), ("captains-table", "$12.50")]);
    assert_eq!(publication.tiers[0].benefits, ["A seat inside"]);
    assert_eq!(publication.lead.map(String::from).as_deref(), Some("/every-card/"));
}

#[test]
fn a_publication_that_is_there_only_gets_what_it_lacks() {
    let import = Import::ferry();
    fs::create_dir_all(import.content()).unwrap();
    let mine = "# mine\ntitle = \"Mine\"\nurl = \"https://mine.example\"\nlead = \"/mine/\"\n\n[[tiers]]\nname = \"deck\"\ntitle = \"My deck\"\n";
    fs::write(import.content().join("publication.toml"), mine).unwrap();
    let said = import.run().to_string();
    let text = import.read("publication.toml");
    assert!(text.starts_with("# mine\ntitle = \"Mine\"\n") && text.contains("title = \"My deck\""), "{text}");
    assert!(text.contains("slug = \"boats\"") && text.contains("name = \"captains-table\""), "{text}");
    assert!(!text.contains("[[authors]]") && !text.contains("every-card"), "{text}");
    assert!(
        said.contains("publication.toml got tiers that articles name: Captain's table (`captains-table`)"),
        "{said}"
    );
    let before = import.files();
    import.run();
    assert_eq!(before, import.files());
}

#[test]
fn a_language_that_is_not_spoken_is_named_in_each_article() {
    let mut export = export(&[with(post(1, "a", "<p>a</p>"), "html", "<p>Une ligne</p>")]);
    export["db"][0]["data"]["settings"] = json!([{ "key": "title", "value": "T" }, { "key": "locale", "value": "fr" }]);
    let import = Import::bytes(export.to_string().as_bytes());
    let said = import.run().to_string();
    assert!(import.read("articles/2025/a.md").contains("\nlanguage: fr\n"));
    assert!(said.contains("the site is written in `fr` and the interface speaks `en`"), "{said}");
    assert!(said.contains("comments, members and their subscriptions: Ghost's export does not hold them"), "{said}");
    assert!(said.contains("name it with --url"), "{said}");
}
