//! Gates that are blocks, attributes of blocks, or what is not known here and sounds like one.

use super::gates::{gated, open};
use super::{Import, item, said};

const UNKNOWN: &str = "sounds like a gate, by its name or an attribute";

#[test]
fn a_block_that_sounds_like_a_gate_is_one() {
    for (start, end, named) in [
        (
            "<!-- wp:memberpress/protected-content {\"rule\":\"12\"} --><div>",
            "</div><!-- /wp:memberpress/protected-content -->",
            "`memberpress/protected-content`",
        ),
        (
            "<!-- wp:passster/content-protection -->",
            "<!-- /wp:passster/content-protection -->",
            "`passster/content-protection`",
        ),
        ("<!-- wp:x/member-only -->", "<!-- /wp:x/member-only -->", "`x/member-only`"),
        (
            "<!-- wp:pms/content-restriction-start {\"id\":1} /-->",
            "<!-- wp:pms/content-restriction-end /-->",
            "`pms/content-restriction-start`",
        ),
        (
            "<!-- wp:group {\"contentControls\":{\"enabled\":true,\"rules\":{\"user\":{\"userStatus\":\"logged_in\"}}}} --><div>",
            "</div><!-- /wp:group -->",
            "`group` with `contentControls`",
        ),
        (
            "<!-- wp:group {\"blockVisibility\":{\"controlSets\":[{\"id\":1,\"enable\":true,\"controls\":{\"userRole\":\
             {\"ruleSets\":[],\"visibilityByRole\":\"logged-in\"}}}]}} --><div>",
            "</div><!-- /wp:group -->",
            "`group` with `blockVisibility`",
        ),
        (
            "<!-- wp:list {\"membershipLevels\":[2]} --><ul><li>",
            "</li></ul><!-- /wp:list -->",
            "`list` with `membershipLevels`",
        ),
    ] {
        let (text, said) = gated(&format!("<p>open</p>{start}<p>SECRET</p>{end}<p>after</p>"));
        assert!(text.find("open") < text.find("<!--members-only-->"), "{text}");
        let loud = said.split("Please look at").nth(1).unwrap_or_default();
        assert!(loud.contains(UNKNOWN) && loud.contains(&format!("“Title 1” (post 1): {named}\n")), "{said}");
        assert!(!said.contains("fills anew"), "{said}");
    }
}

#[test]
fn a_gate_in_a_reusable_block_or_around_one_is_one() {
    let block = "<item><title>B</title><content:encoded><![CDATA[<!-- wp:paragraph --><p>SECRET</p><!-- /wp:paragraph -->]]></content:encoded>\
        <wp:post_id>91</wp:post_id><wp:post_type>wp_block</wp:post_type><wp:status>publish</wp:status></item>\n";
    let body = "<p>open</p><!-- wp:block {\"ref\":91,\"contentControls\":{\"enabled\":true}} /-->";
    let import = Import::items(&format!("{}{block}", item(1, "a", body)));
    let said = said(&import.run());
    let text = import.read("articles/2025/a.md");
    assert!(text.contains("\nvisibility: paid\n") && text.find("<!--members-only-->") < text.find("SECRET"), "{text}");
    assert!(said.contains("`block` with `contentControls`"), "{said}");
}

#[test]
fn a_gate_by_name_holds_in_broken_markup() {
    gated("<p>open</p><!-- oops <!-- wp:x/member-only --><p>SECRET</p>");
    gated("<p>open</p><textarea>___STEADY_PAYWALL___</textarea><p>SECRET</p>");
}

#[test]
fn ordinary_blocks_are_open() {
    for body in [
        "<!-- wp:columns {\"templateLock\":\"all\",\"lock\":{\"move\":true}} --><div><!-- wp:column --><p>a</p><!-- /wp:column --></div><!-- /wp:columns -->",
        "<!-- wp:group {\"blockVisibility\":{\"controlSets\":[{\"id\":1,\"enable\":true,\"controls\":{\"screenSize\":\
         {\"hideOnScreenSize\":{\"large\":true}}}}]}} --><p>a</p><!-- /wp:group -->",
        "<!-- wp:group {\"metadata\":{\"name\":\"Members only\"},\"className\":\"wide\"} --><p>a</p><!-- /wp:group -->",
        "<!-- wp:group {\"contentControls\":{\"enabled\":false}} --><p>a</p><!-- /wp:group -->",
        "<!-- wp:premium/heading --><h2>a</h2><!-- /wp:premium/heading --><p>b</p>",
        "<p>a</p><!-- wp:memberpress/login-form /--><!-- wp:memberpress/pro-account-tabs {\"a\":1} /-->",
        "<p>a</p><!-- wp:jetpack/subscriptions {\"showSubscribersTotal\":true} --><p>Subscribe</p><!-- /wp:jetpack/subscriptions -->",
        "<p>a</p>[quote \"A private member said\" role=\"Board member\"]b[/quote]",
        "<p>a</p>[et_pb_text locked=\"on\" hide_on_mobile=\"small-visibility\"]b[/et_pb_text]",
        "<p>a</p>[team_member role=\"Editor\"]Ann[/team_member]",
    ] {
        open(body);
    }
}

#[test]
fn steadys_paywall_is_a_gate_and_no_text() {
    for body in [
        "<p>open</p>\n\n___STEADY_PAYWALL___\n\nSECRET",
        "<!-- wp:paragraph --><p>open</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>___STEADY_PAYWALL___</p><!-- /wp:paragraph -->\
         <!-- wp:paragraph --><p>SECRET</p><!-- /wp:paragraph -->",
    ] {
        let (text, said) = gated(body);
        assert!(!text.contains("STEADY") && text.find("open") < text.find("<!--members-only-->"), "{text}");
        assert!(said.contains("hid; all from there on is for who has paid: “Title 1” (post 1): `___STEADY"), "{said}");
    }
}

#[test]
fn a_shortcode_whose_attributes_sound_like_a_gate_is_one() {
    for call in ["um_show_content roles=\"um_member\"", "ppwp id=\"1\" class=\"\" passwords=\"123\""] {
        let name = call.split(' ').next().unwrap_or_default();
        let said = gated(&format!("<p>open</p>[{call}]SECRET[/{name}]")).1;
        assert!(said.contains("has a part that a membership plugin hid"), "{said}");
    }
    for (call, named) in [("acme roles=\"um_member\"", "[acme roles]"), ("acme logged_in", "[acme logged_in]")] {
        let said = gated(&format!("<p>open</p>[{call}]SECRET[/acme]")).1;
        let loud = said.split("Please look at").nth(1).unwrap_or_default();
        assert!(
            loud.contains(&format!("take `visibility` and `<!--members-only-->` out: “Title 1” (post 1): {named}")),
            "{said}"
        );
    }
}

#[test]
fn an_unknown_field_that_sounds_like_a_gate_is_named() {
    let meta = "<wp:postmeta><wp:meta_key>_acme_members_only</wp:meta_key><wp:meta_value>yes</wp:meta_value></wp:postmeta></item>";
    let import = Import::items(&item(1, "a", "text").replace("</item>", meta));
    let said = said(&import.run());
    let loud = said.split("Please look at").nth(1).unwrap_or_default();
    assert!(
        loud.contains("sounds like a gate; if it hid the article") && loud.contains("`_acme_members_only`"),
        "{said}"
    );
    assert!(!import.read("articles/2025/a.md").contains("visibility"));
}
