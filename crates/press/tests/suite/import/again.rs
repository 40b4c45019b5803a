//! Newer exports: what a person decided or edited since stays, and what WordPress has closed since is named.

use super::{Import, export, item, said};
use crate::driver::Site;
use jumpline_article::CommentFile;
use jumpline_article::comment::Status;
use jumpline_press::moderation::{Name, mark, threads};
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
        import.export_again(&newer);
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
    import.export_again(&item(1, "a", "text").replace(">publish<", ">draft<"));
    let said = said(&import.run());
    assert!(said.contains("still is here; write `draft: true`"), "{said}");
}

#[test]
fn a_file_that_was_removed_long_ago_is_not_asked_to_be_removed() {
    let import = Import::items(&item(1, "a", "text"));
    import.run();
    import.export_again(&item(1, "a", "text").replace(">publish<", ">private<"));
    assert!(said(&import.run()).contains("is not public any more; remove its file"));
    fs::remove_file(import.content().join("articles/2025/a.md")).unwrap();
    let said = said(&import.run());
    assert!(said.contains("private; publish it") && !said.contains("remove its file"), "{said}");
}

#[test]
fn what_an_export_lacks_is_named_and_stays() {
    let import = Import::items(&[item(1, "a", "text"), item(2, "b", "text"), item(3, "c", "text")].concat());
    let first = said(&import.run());
    assert!(!first.contains("is not in this export"), "{first}");
    let before = import.files();
    let newer = export(&item(1, "a", "text"));
    fs::write(&import.export, &newer).unwrap();
    fs::remove_file(import.content().join("articles/2025/c.md")).unwrap();
    let told = said(&import.run());
    let loud = told.split("Please look at").nth(1).unwrap_or_default();
    assert!(
        loud.contains("came in earlier, is not in this export and still is here; if it was deleted in WordPress"),
        "{told}"
    );
    assert!(
        loud.contains("export of a part only, leave it: nothing was removed: articles/2025/b.md, “Title 2” (post 2)"),
        "{told}"
    );
    assert!(!told.contains("articles/2025/c.md"), "{told}");
    assert_eq!(import.read("articles/2025/b.md").into_bytes(), before["articles/2025/b.md"]);
    // Once more, as long as it stands there and is public.
    assert!(said(&import.run()).contains("is not in this export"));
    let path = import.content().join("articles/2025/b.md");
    fs::write(&path, import.read("articles/2025/b.md").replace("id: ", "draft: true\nid: ")).unwrap();
    assert!(!said(&import.run()).contains("is not in this export"));
    // A file that breaks off lacks what it lacks for another reason.
    fs::remove_file(&path).unwrap();
    import.export_again(&format!("{}{}", item(4, "d", "text"), item(1, "a", "cut")));
    let whole = fs::read_to_string(&import.export).unwrap();
    fs::write(&import.export, &whole[..whole.find("cut").unwrap()]).unwrap();
    let (report, stopped) = import.try_run().unwrap();
    assert!(stopped.is_some() && !said(&report).contains("is not in this export"), "{report}");
}

const COMMENTS: &str = "articles/2025/a.comments.json";

/// An article with these comments; each says its number, and each answers the one before.
fn discussed(ids: &[u32]) -> String {
    let one = |id: &u32| {
        format!(
            "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>A</wp:comment_author>\
            <wp:comment_date_gmt>2025-02-18 16:0{id}:00</wp:comment_date_gmt><wp:comment_content>Says {id}</wp:comment_content>\
            <wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{}</wp:comment_parent></wp:comment>",
            id - 1
        )
    };
    let list: String = ids.iter().map(one).collect();
    item(1, "a", "text").replace("</item>", &format!("{list}</item>"))
}

fn hide(import: &Import, id: &str) {
    let mut threads = threads(&import.content()).unwrap();
    mark(&mut threads, &[Name::new(id)], Status::Hidden).unwrap();
}

fn thread(import: &Import) -> Vec<(String, Status, String)> {
    let file = CommentFile::from_json(&import.read(COMMENTS)).unwrap();
    file.comments.into_iter().map(|it| (it.id.to_string(), it.status, it.content_html)).collect()
}

fn says(id: u32, status: Status) -> (String, Status, String) {
    (id.to_string(), status, format!("<p>Says {id}</p>"))
}

#[test]
fn new_comments_come_in_and_what_was_decided_stands() {
    use Status::{Hidden, Published};
    let of = |day, ids| format!("<pubDate>{day} 2025 08:00:00 +0000</pubDate>{}", discussed(ids));
    let taken = |import: &Import| CommentFile::from_json(&import.read(COMMENTS)).unwrap().taken.map(String::from);
    let import = Import::items(&of("Sat, 01 Mar", &[1, 3]));
    import.run();
    assert_eq!(taken(&import).as_deref(), Some("2025-03-01T08:00:00Z"));
    hide(&import, "a#1");
    import.export_again(&of("Tue, 01 Apr", &[1, 2, 3, 4]));
    let report = import.run();
    assert_eq!(taken(&import).as_deref(), Some("2025-04-01T08:00:00Z"));
    let expected = [says(1, Hidden), says(2, Published), says(3, Published), says(4, Published)];
    assert_eq!(thread(&import), expected);
    let told = said(&report);
    assert!(
        told.contains("were added to those that you have decided on or edited: articles/2025/a.comments.json: 2"),
        "{told}"
    );
    assert_eq!((report.comment_files.updated, report.comment_files.kept), (1, 0), "{told}");
    // Again and again, nothing changes.
    let before = import.files();
    let told = said(&import.run());
    assert!(before == import.files() && !told.contains("comments.json"), "{told}");
    // A comment that the export has no longer stays, and another decision after that stands too.
    hide(&import, "a#3");
    import.export_again(&discussed(&[1, 2, 3, 5]));
    import.run();
    let expected = [says(1, Hidden), says(2, Published), says(3, Hidden), says(4, Published), says(5, Published)];
    assert_eq!(thread(&import), expected);
    let site = Site::copy("small");
    fs::remove_dir_all(site.path("content")).unwrap();
    fs::rename(import.content(), site.path("content")).unwrap();
    site.build();
    let published = site.read("dist/a/comments.json");
    assert!(
        published.contains("Says 5") && !published.contains("Says 1") && !published.contains("Says 3"),
        "{published}"
    );
}

#[test]
fn an_edited_comment_stays_and_one_that_was_taken_out_does_not_come_back() {
    let import = Import::items(&discussed(&[1, 2, 3]));
    import.run();
    let path = import.content().join(COMMENTS);
    let mut file: serde_json::Value = serde_json::from_str(&import.read(COMMENTS)).unwrap();
    file["comments"][0]["content_html"] = "<p>Mine</p>".into();
    file["comments"][0]["mood"] = "calm".into();
    file["comments"].as_array_mut().unwrap().remove(1);
    fs::write(&path, file.to_string()).unwrap();
    import.export_again(&discussed(&[1, 2, 3, 4]));
    let told = said(&import.run());
    let ids: Vec<String> = thread(&import).into_iter().map(|it| it.0).collect();
    assert_eq!(ids, ["1", "3", "4"]);
    let text = import.read(COMMENTS);
    assert!(text.contains("<p>Mine</p>") && text.contains("calm"), "{text}");
    assert!(told.contains("read otherwise in WordPress") && told.contains("a.comments.json: comment 1\n"), "{told}");
}

#[test]
fn a_comment_file_that_cannot_be_read_is_named_and_left() {
    let import = Import::items(&discussed(&[1]));
    import.run();
    fs::write(import.content().join(COMMENTS), "{ broken").unwrap();
    import.export_again(&discussed(&[1, 2]));
    let told = said(&import.run());
    assert_eq!(import.read(COMMENTS), "{ broken");
    assert!(
        told.contains("cannot be read, so nothing was added to them; mend the file") && told.contains(COMMENTS),
        "{told}"
    );
}
