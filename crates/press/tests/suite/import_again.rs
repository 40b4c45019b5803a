//! Newer exports: what a person decided or edited since stays, and what WordPress has closed since is named.

use super::import::{Import, export, item, said};
use std::fs;

const PAID: &str =
    "<wp:postmeta><wp:meta_key>_is_paid</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta></item>";

fn edit(import: &Import, path: &str) {
    fs::write(import.content().join(path), import.read(path).replace("text", "my text")).unwrap();
}

#[test]
fn an_edited_article_that_became_paid_is_named_while_it_is_public() {
    let import = Import::items(&item(1, "a", "text"));
    import.run();
    let path = "articles/2025/a.md";
    edit(&import, path);
    for (newer, why) in [
        (item(1, "a", "text").replace("</item>", PAID), "`_is_paid`"),
        (item(1, "a", "te [restrict]xt[/restrict]"), "[restrict]"),
    ] {
        fs::write(&import.export, export(&newer)).unwrap();
        let said = said(&import.run());
        assert!(said.contains("edited since the last import"), "{said}");
        let loud = said.split("Please look at").nth(1).unwrap_or_default();
        assert!(loud.contains("still public here; write `visibility: paid` into its front matter"), "{said}");
        assert!(loud.contains(&format!("{path}, “Title 1” (post 1): {why}")), "{said}");
    }
    assert!(import.read(path).contains("my text"));
    fs::write(import.content().join(path), import.read(path).replace("id: ", "visibility: paid\nid: ")).unwrap();
    let said = said(&import.run());
    assert!(said.contains("edited since the last import") && !said.contains("still public here"), "{said}");
}

#[test]
fn an_article_that_is_held_back_is_named_when_it_became_paid() {
    let import = Import::items(&item(1, "a", "text"));
    import.run();
    let newer = export(&format!("{}{}", item(1, "a", "text").replace("</item>", PAID), item(2, "b", "cut")));
    fs::write(&import.export, &newer[..newer.find("cut").unwrap()]).unwrap();
    let (report, stopped) = import.try_run().unwrap();
    assert!(stopped.is_some() && said(&report).contains("still public here"), "{report}");
}

#[test]
fn an_edited_article_that_is_a_draft_again_is_named() {
    let mut import = Import::items(&item(1, "a", "text"));
    import.drafts = true;
    import.run();
    edit(&import, "articles/2025/a.md");
    fs::write(&import.export, export(&item(1, "a", "text").replace(">publish<", ">draft<"))).unwrap();
    let said = said(&import.run());
    assert!(said.contains("still is here; write `draft: true`"), "{said}");
}

#[test]
fn a_file_that_was_removed_long_ago_is_not_asked_to_be_removed() {
    let import = Import::items(&item(1, "a", "text"));
    import.run();
    fs::write(&import.export, export(&item(1, "a", "text").replace(">publish<", ">private<"))).unwrap();
    assert!(said(&import.run()).contains("is not public any more; remove its file"));
    fs::remove_file(import.content().join("articles/2025/a.md")).unwrap();
    let said = said(&import.run());
    assert!(said.contains("private; publish it") && !said.contains("remove its file"), "{said}");
}
