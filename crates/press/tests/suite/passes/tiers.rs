//! Passes and the publication that they belong to.

use super::{Desk, PAID, SHELL};

#[test]
fn another_publications_list_is_left_alone() {
    let desk = Desk::new();
    desk.import("email,tier,until\na@b.example,paid,2027-01-31\n", "");
    let mine = desk.read("keys/passes.json");
    let toml = desk.read("content/publication.toml");
    desk.write("other/publication.toml", &toml.replace("t.example", "other.example"));
    desk.write("other.csv", "email,tier,until\nb@b.example,paid,2027-01-31\n");
    for task in ["import other.csv", "list", "issue --tier paid --until 2027-01-31"] {
        let said = desk.press(&format!("pass {task} --content other"));
        assert!(
            !said.ok && said.err.contains("lists the passes of https://t.example, and this is https://other.example"),
            "{}",
            said.err
        );
    }
    assert_eq!(desk.read("keys/passes.json"), mine, "the readers of another publication have lapsed");
    let built = |desk: &Desk| desk.press("build --content other --out site --cache cache");
    desk.write("other/articles/a.md", "---\ntitle: A\ndate: 2026-01-01\n---\nWords.\n");
    let open = built(&desk).err;
    assert!(!open.contains("lists the passes of"), "who locks nothing needs no list: {open}");
    desk.write("other/articles/a.md", "---\ntitle: A\ndate: 2026-01-01\nvisibility: paid\n---\nWords.\n");
    let locked = built(&desk);
    assert!(!locked.ok && locked.err.contains("lists the passes of https://t.example"), "{}", locked.err);
}

#[test]
fn a_tier_that_is_gone_is_told_to_who_sold_it() {
    let desk = Desk::new();
    desk.write("content/articles/a.md", PAID);
    for tiers in ["--tier gold", "--tier gold", "--tier paid --tier gold"] {
        assert!(desk.press(&format!("pass issue {tiers} --until 2027-01-31")).ok);
    }
    let build = format!("build --shell {SHELL}");
    let said = desk.press(&build);
    assert!(said.ok && !said.err.contains("no tier"), "{}", said.err);
    let ids: Vec<String> = desk.press("pass list").out.lines().map(|it| it[..16].to_owned()).collect();
    let toml = desk.read("content/publication.toml");
    desk.write("content/publication.toml", &toml.replace("\"gold\"", "\"golden\""));
    let said = desk.press(&build);
    let warning = "content/publication.toml:3:1: field `tiers`: there is no tier `gold`, and 3 live passes name it and";
    assert!(said.ok && said.err.contains(warning), "{}", said.err);
    let list = desk.press("pass list").out;
    assert_eq!(list.matches("! no such tier: gold").count(), 3, "{list}");
    assert!(desk.press("pass list --json").out.contains("\"lost_tiers\": [\n"));
    let refused = desk.press(&format!("pass extend {} --until 2028-01-31", ids[0]));
    assert!(
        !refused.ok && refused.err.contains("is for gold, and publication.toml has no such tier"),
        "{}",
        refused.err
    );
    let left = desk.press(&format!("pass extend {} --until 2028-01-31", ids[2]));
    assert!(left.ok && left.err.contains("warning: ") && left.err.contains("is for gold, and"), "{}", left.err);
}
