//! Gates of membership plugins: what they hid stays hidden, and the report says what was taken for one.

use super::{Import, item, said};

/// The article that a body becomes, with `SECRET` behind its gate, and the report's word on it.
#[track_caller]
pub(super) fn gated(body: &str) -> (String, String) {
    let import = Import::items(&item(1, "a", body));
    let report = import.run();
    let text = import.read("articles/2025/a.md");
    let (marker, secret) = (text.find("<!--members-only-->"), text.find("SECRET"));
    let is_gated =
        text.contains("\nvisibility: paid\n") && marker.is_some() && secret.is_none_or(|it| marker < Some(it));
    assert!(is_gated, "{body}\n{text}\n{report}");
    (text, said(&report))
}

#[track_caller]
pub(super) fn open(body: &str) {
    let import = Import::items(&item(1, "a", body));
    import.run();
    let text = import.read("articles/2025/a.md");
    assert!(!text.contains("visibility") && !text.contains("members-only"), "{body}\n{text}");
}

#[test]
fn shortcodes_of_known_plugins_are_gates() {
    for (call, end) in [
        ("pms-restrict subscription_plans=\"9,10\"", "pms-restrict"),
        ("arm_restrict_content plan=\"1\" type=\"show\"", "arm_restrict_content"),
        ("is_paid", "is_paid"),
        ("wlm_private \"Gold\"", "wlm_private"),
        ("passster password=\"x\"", "passster"),
        ("content_protector password=\"x\"", "content_protector"),
        ("ms-protect-content id=\"2\"", "ms-protect-content"),
        ("content_control logged_in", "content_control"),
    ] {
        let (text, said) = gated(&format!("<p>open</p>[{call}]SECRET[/{end}]"));
        assert!(text.find("open") < text.find("<!--members-only-->"), "{text}");
        assert!(
            said.contains(&format!("hid; all from there on is for who has paid: “Title 1” (post 1): [{end}]")),
            "{said}"
        );
    }
}

#[test]
fn fields_of_known_plugins_are_gates() {
    let with = |key: &str, value: &str| {
        let meta = format!("<wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value>");
        let item = item(1, "a", "SECRET").replace("</item>", &format!("<wp:postmeta>{meta}</wp:postmeta></item>"));
        let import = Import::items(&item);
        let said = said(&import.run());
        (import.read("articles/2025/a.md").contains("\nvisibility: paid\n"), said)
    };
    for (key, value) in [
        ("patreon-level", "3"),
        ("pms-content-restrict-subscription-plan", "12"),
        ("um_content_restriction", "a:1:{s:26:\"_um_custom_access_settings\";b:1;}"),
        ("rcp_user_level", "Subscriber"),
        ("memberful_available_to_any_registered_user", "1"),
        ("_edd_cr_restricted_to", "a:1:{i:0;a:1:{s:8:\"download\";s:1:\"4\";}}"),
    ] {
        let (is_paid, said) = with(key, value);
        assert!(is_paid && said.contains(&format!("taken for paid: “Title 1” (post 1): `{key}`")), "{key} {said}");
    }
    assert!(!with("um_content_restriction", "a:1:{s:26:\"_um_custom_access_settings\";b:0;}").0);
}

#[test]
fn an_unknown_shortcode_that_sounds_like_a_gate_is_one() {
    for body in [
        "<p>open</p>[acme_protected]SECRET[/acme_protected]",
        "<p>open</p>[acme_protected level=\"2\"]SECRET[/acme_protected]",
        "<!-- wp:shortcode -->[acme_protected]<!-- /wp:shortcode --><!-- wp:paragraph --><p>SECRET</p><!-- /wp:paragraph -->\
         <!-- wp:shortcode -->[/acme_protected]<!-- /wp:shortcode -->",
    ] {
        let said = gated(body).1;
        let named = "take `visibility` and `<!--members-only-->` out: “Title 1” (post 1): [acme_protected]";
        assert!(said.contains(named), "{said}");
    }
    open("<p>[member_login] [content_block]words[/content_block] [acme_protected x=1]</p>");
}

#[test]
fn a_gate_where_no_marker_can_stand_gates_the_whole_article() {
    for body in [
        "<p>open</p><pre>[restrict]SECRET[/restrict]</pre>",
        "<p>open</p><!-- wp:code --><pre class=\"wp-block-code\"><code>[acme_private]SECRET[/acme_private]</code></pre><!-- /wp:code -->",
        "<p>open</p>[caption width=\"9\"]<img src=\"https://t.example/a.png\"> [paid]SECRET[/paid][/caption]",
        "<p>open</p><p><a href=\"https://t.example/x\" title=\"[restrict]SECRET[/restrict]\">x</a></p>",
        "<p>open</p><img src=\"https://t.example/a.png\" title=\"[paid]SECRET[/paid]\">",
        "<p>open</p><pre>[restrict]SECRET[/restrict]</pre><p>more</p>[restrict]SECRET[/restrict]",
        "<p>open</p><p>[[restrict]]SECRET[/restrict]</p>",
    ] {
        let (text, said) = gated(body);
        assert!(text.find("<!--members-only-->") < text.find("open"), "{text}");
        assert!(said.contains("names a gate in code, a caption or an attribute"), "{said}");
    }
    let said = gated("<p>open</p>[restrict]SECRET[/restrict]<pre>[restrict]SECRET[/restrict]</pre>").1;
    assert!(!said.contains("names a gate in code"), "{said}");
    open("<p>Write [[restrict]] and [[/restrict]].</p><pre>users[member] = 1;</pre>");
}

#[test]
fn text_that_a_parser_moves_above_the_gate_stays_behind_it() {
    for body in [
        "<table><tr><td>open [restrict]</td></tr>SECRET[/restrict]</table>",
        "<table><tr><td>open [restrict]</td></tr><pre>SECRET</pre>[/restrict]</table>",
    ] {
        let (text, said) = gated(body);
        assert!(text.find("<!--members-only-->") < text.find("open"), "{text}");
        assert!(said.contains("or none that holds; all of it is behind the gate"), "{said}");
    }
    for body in [
        "<b>open <p>so far [restrict]SECRET</b></p>[/restrict]",
        "<table><tr><td>open [restrict]<td>SECRET</table>[/restrict]",
    ] {
        let text = gated(body).0;
        assert!(text.find("open") < text.find("<!--members-only-->"), "{text}");
    }
}

#[test]
fn a_gate_holds_in_broken_markup() {
    for (body, secret) in [
        ("<p>open</p><!-- oops <!-- wp:jetpack/paywall /--><p>SECRET</p>", "SECRET"),
        ("<textarea>x<!-- wp:jetpack/paywall /--></textarea><p>SECRET</p>", "SECRET"),
        ("<p>open</p><svg><!-- wp:premium-content/container --></svg><p>SECRET</p>", "SECRET"),
        ("<table><tr><td>open <!-- wp:jetpack/paywall /--></td><td>SECRET</td></tr></table>", "SECRET"),
        ("<p>open</p>[restrict paid=\"1\"]SECRET[/restrict]", "SECRET"),
        ("<ul><li>open</li><!--members-only--><li>SECRET</li></ul>", "SECRET"),
    ] {
        let import = Import::items(&item(1, "a", body));
        import.run();
        let text = import.read("articles/2025/a.md");
        let (marker, secret) = (text.find("<!--members-only-->"), text.find(secret));
        assert!(text.contains("\nvisibility: ") && marker.is_some() && marker < secret, "{body}\n{text}");
    }
    let harmless = "<pre><code>&lt;!-- wp:jetpack/paywall /--></code></pre>";
    let import = Import::items(&item(1, "a", harmless));
    import.run();
    assert!(!import.read("articles/2025/a.md").contains("visibility"));
}
