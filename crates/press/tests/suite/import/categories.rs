//! Categories of exports that list none: WordPress lists them in exports of All content alone.

use super::{Import, item, said};

const LISTED: &str = "<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>city</wp:category_nicename><wp:cat_name>City</wp:cat_name>\
    </wp:category><wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>harbour</wp:category_nicename>\
    <wp:category_parent>city</wp:category_parent><wp:cat_name>Harbour</wp:cat_name></wp:category>\n";

fn filed(id: u32, slug: &str, body: &str, categories: &[(&str, &str)]) -> String {
    let list = categories.iter().map(|(nicename, name)| {
        format!("<category domain=\"category\" nicename=\"{nicename}\"><![CDATA[{name}]]></category>")
    });
    item(id, slug, body).replace("</item>", &format!("{}</item>", list.collect::<String>()))
}

#[test]
fn an_export_of_posts_alone_keeps_sections_and_tags() {
    let items = [
        filed(1, "a", "<p><a href='/tag/fog/'>f</a></p>", &[("harbour", "Harbour &amp; sea"), ("news", "News")])
            .replace(
                "</item>",
                "<category domain=\"post_tag\" nicename=\"fog\"><![CDATA[Thick fog]]></category></item>",
            ),
        filed(2, "b", "<a href=\"https://t.example/category/harbour/\">h</a>", &[("uncategorized", "Uncategorized")]),
    ];
    let import = Import::items(&items.concat());
    import.run();
    assert!(import.read("articles/2025/a.md").contains("section: harbour\ntags: [Thick fog, News]\n"));
    assert!(import.read("articles/2025/a.md").contains("[f](/tag/thick-fog/)"));
    let other = import.read("articles/2025/b.md");
    assert!(other.contains("[h](/section/harbour/)") && !other.contains("section: "), "{other}");
    assert!(import.read("publication.toml").contains("title = \"Harbour & sea\""));
    let before = import.files();
    assert_eq!(import.run().articles.unchanged, 2);
    assert_eq!(before, import.files());
    // Filed under one more, and written again.
    import.export_again(
        &items.concat().replace(
            "</category></item>",
            "</category><category domain=\"category\" nicename=\"x\">X</category></item>",
        ),
    );
    assert_eq!(import.run().articles.updated, 2);
    import.build();
}

#[test]
fn an_export_of_posts_alone_takes_no_section_away() {
    let items = [
        filed(1, "a", "<p>text</p>", &[("harbour", "Harbour")]),
        filed(2, "b", "<p>text <a href=\"/category/harbour/\">h</a></p>", &[]),
        item(3, "c", "<p>text</p>"),
    ]
    .concat();
    let import = Import::items(&format!("{LISTED}{items}"));
    import.run();
    assert!(import.read("articles/2025/a.md").contains("section: city\ntags: Harbour\n"));
    assert!(import.read("articles/2025/b.md").contains("[h](/tag/harbour/)"));
    let before = import.files();
    import.export_again(&items.replace("text", "changed"));
    let report = import.run();
    assert_eq!((report.articles.kept, report.articles.updated), (2, 1), "{report}");
    let told = said(&report);
    assert!(told.contains("articles/2025/a.md, “Title 1” (post 1): the list of categories"), "{told}");
    assert!(told.contains("articles/2025/b.md, “Title 2” (post 2): categories or tags that it links to"), "{told}");
    for path in ["articles/2025/a.md", "articles/2025/b.md", "publication.toml"] {
        assert_eq!(import.files()[path], before[path], "{path}");
    }
    import.export_again(&format!("{LISTED}{}", items.replace("text", "changed")));
    assert_eq!(import.run().articles.updated, 2);
}

#[test]
fn a_first_import_that_lost_its_sections_gets_them_back() {
    let items = filed(1, "a", "<p>text</p>", &[("harbour", "Harbour")]);
    let import = Import::items(&items.replace(" domain=\"category\"", ""));
    import.run();
    assert!(!import.read("articles/2025/a.md").contains("section"));
    import.export_again(&items);
    assert_eq!(import.run().articles.updated, 1);
    assert!(import.read("articles/2025/a.md").contains("section: harbour\n"));
}

#[test]
fn an_article_that_moves_to_another_section_has_it() {
    let items = filed(1, "a", "<p>text</p>", &[("harbour", "Harbour")]);
    let import = Import::items(&items);
    import.run();
    import.export_again(&items.replace("harbour", "fog").replace("Harbour", "Fog"));
    assert_eq!(import.run().articles.updated, 1);
    assert!(import.read("articles/2025/a.md").contains("section: fog\n"));
    import.build();
}

#[test]
fn an_export_of_one_category_moves_no_article_below_it() {
    let items = filed(1, "a", "<p>text</p>", &[("harbour", "Harbour")]);
    let import = Import::items(&format!("{LISTED}{items}"));
    import.run();
    let before = import.files();
    // WordPress names nothing above the one.
    let one =
        LISTED.split_once("</wp:category>").unwrap().1.replace("<wp:category_parent>city</wp:category_parent>", "");
    import.export_again(&format!("{one}{items}"));
    assert_eq!(import.run().articles.kept, 1);
    assert_eq!(before, import.files());
}
