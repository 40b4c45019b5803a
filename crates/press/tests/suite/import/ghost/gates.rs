//! What was not for everybody in Ghost is not here.

use super::{Import, export, imported, post, with};
use serde_json::{Value, json};

/// Whether `SECRET` stands behind a gate of this kind.
#[track_caller]
fn gated(post: Value, visibility: &str) -> (String, String) {
    let (text, said) = imported(post);
    let (marker, secret) = (text.find("<!--members-only-->"), text.find("SECRET"));
    let head = format!("\nvisibility: {visibility}\n");
    assert!(text.contains(&head) && marker.is_some() && marker < secret, "{text}\n{said}");
    (text, said)
}

#[test]
fn every_visibility_is_kept() {
    let body = "<p>open</p><!--members-only--><p>SECRET</p>";
    for (visibility, here) in [
        ("members", "members"),
        ("paid", "paid"),
        ("tiers", "paid"),
        ("filter", "paid"),
        ("status:-free", "paid"),
        ("status:free,status:-free", "members"),
        ("label:vip", "paid"),
        ("PUBLIC", "paid"),
        ("nobody knows", "paid"),
    ] {
        let (text, _) = gated(with(post(1, "a", body), "visibility", visibility), here);
        assert!(text.find("open") < text.find("<!--members-only-->"), "{text}");
    }
    gated(with(post(1, "a", body), "visibility", Value::Null), "paid");
    let said = gated(with(post(1, "a", body), "visibility", "label:vip"), "paid").1;
    assert!(said.contains("taken for paid, and every tier opens it: “Title 1” (post a): `label:vip`"), "{said}");
    let (text, said) = imported(post(1, "a", body));
    assert!(!text.contains("visibility") && !text.contains("members-only") && text.contains("SECRET"), "{text}");
    assert!(said.contains("is open to everybody in Ghost, though a divider"), "{said}");
}

#[test]
fn without_a_divider_everything_is_behind_the_gate() {
    let (text, said) = gated(with(post(1, "a", "<p>SECRET</p>"), "visibility", "paid"), "paid");
    assert!(text.contains("---\n\n<!--members-only-->\n\nSECRET"), "{text}");
    assert!(said.contains("all of it is behind the gate"), "{said}");
    let untitled = with(with(post(1, "a", "<p>SECRET</p>"), "visibility", "paid"), "title", Value::Null);
    let text = gated(untitled, "paid").0;
    assert!(text.starts_with("---\ntitle: \"2025-02-18\"\n"), "{text}");
}

#[test]
fn a_gate_holds_in_hostile_markup() {
    for body in [
        "<img alt=\"<!--members-only-->\" src=x><p>SECRET</p><!--members-only--><p>b</p>",
        "<textarea><!--members-only--></textarea><p>SECRET</p><!--members-only--><p>b</p>",
        "<svg><title><!--members-only--></title></svg><p>SECRET</p><!--members-only--><p>b</p>",
        "<table><tr><td>a<!--members-only--></td></tr>SECRET</table>",
        "<!-- <p>a</p> <!--members-only--> <p>SECRET</p>",
        "<p>a</p><!-- members-only --><p>SECRET</p>",
        "<p>a</p><!--MEMBERS-ONLY--><p>SECRET</p>",
        "<ul><li>open</li><!--members-only--><li>SECRET</li></ul>",
        "<p>a</p><!--kg-gated-block:begin nonMember:true memberSegment:\"\" --><!--members-only--><!--kg-gated-block:end--><p>SECRET</p>",
        "<p>a</p><!--kg-gated-block:begin nonMember:true memberSegment:\"\" --><p>b</p><!--members-only--><p>SECRET</p>",
    ] {
        gated(with(post(1, "a", body), "visibility", "paid"), "paid");
    }
}

#[test]
fn blocks_that_some_saw_gate_an_article_that_is_open() {
    let block = |params: &str, body: &str| {
        post(
            1,
            "a",
            &format!("<p>open</p><!--kg-gated-block:begin {params} -->{body}<!--kg-gated-block:end--><p>end</p>"),
        )
    };
    let paid = "nonMember:false memberSegment:\"status:-free\"";
    let (text, said) = gated(block(paid, "<p>SECRET</p>"), "paid");
    assert!(text.find("open") < text.find("<!--members-only-->"), "{text}");
    assert!(said.contains("has a part that only those saw who had paid"), "{said}");
    gated(block("nonMember:false memberSegment:\"status:free,status:-free\"", "<p>SECRET</p>"), "members");
    gated(block("memberSegment:\"label:vip\"", "<p>SECRET</p>"), "paid");
    gated(post(1, "a", &format!("<p>open</p><!--kg-gated-block:begin {paid} --><p>SECRET</p>")), "paid");
    gated(post(1, "a", &format!("<p title='<!--kg-gated-block:begin {paid} -->'>SECRET</p>")), "paid");
    let (text, said) = imported(block("nonMember:true memberSegment:\"status:free\"", "<p>Do join</p>"));
    assert!(!text.contains("visibility") && !text.contains("Do join") && text.contains("end"), "{text}");
    assert!(said.contains("calls to join or to pay"), "{said}");
}

#[test]
fn tiers_are_named_where_the_export_names_them() {
    let tables = |posts: &[Value]| {
        let mut export = export(posts);
        export["db"][0]["data"]["products"] = json!([
            { "id": "p1", "name": "Free", "slug": "free", "type": "free" },
            { "id": "p2", "name": "Gold", "slug": "gold", "type": "paid", "active": true },
            { "id": "p3", "name": "Old", "slug": "old", "type": "paid", "active": false },
            { "id": "p4", "name": "Older", "slug": "older", "type": "paid", "active": 0 },
        ]);
        export["db"][0]["data"]["posts_products"] = json!([
            { "post_id": posts[0]["id"], "product_id": "p3", "sort_order": 1 },
            { "post_id": posts[0]["id"], "product_id": "p2", "sort_order": 0 },
            { "post_id": posts[1]["id"], "product_id": "p1" },
        ]);
        export.to_string()
    };
    let posts = [("a", "tiers"), ("b", "tiers"), ("c", "product:gold,product:gone")];
    let posts: Vec<Value> =
        posts.iter().zip(1..).map(|(it, id)| with(post(id, it.0, "<p>SECRET</p>"), "visibility", it.1)).collect();
    let import = Import::bytes(tables(&posts).as_bytes());
    let said = import.run().to_string();
    assert!(import.read("articles/2025/a.md").contains("\nvisibility: paid\ntiers: [gold, old]\n"));
    let free = import.read("articles/2025/b.md");
    assert!(free.contains("\nvisibility: paid\n") && !free.contains("tiers:"), "{free}");
    assert!(said.contains("every tier opens it: “Title 2” (post b)"), "{said}");
    assert!(import.read("articles/2025/c.md").contains("\ntiers: gold\n"));
    let toml = import.read("publication.toml");
    assert!(toml.contains("name = \"gold\"") && toml.contains("name = \"old\"") && !toml.contains("older"), "{toml}");
    let site = import.build();
    assert!(site.files().iter().all(|it| !String::from_utf8_lossy(it.1).contains("SECRET")));
}
