//! Lists as others write them, and what is wrong with some.

use super::super::tests::with;
use super::*;
use jiff::civil::date;

fn list(csv: &str) -> Result<Vec<Subscriber>, String> {
    with(|it| read(csv.as_bytes(), it).map(|it| it.subscribers).map_err(|it| it.to_string()))
}

#[test]
fn lists_of_others_are_understood() {
    for csv in [
        "\u{feff}until,EMAIL,Tier,x\n2027-01-31,A@b.example,friends,y\n",
        "email,name,note,tiers,until\n\"a@b.example\",,\"a\nb\",Friends,2027-01-31\n",
        "email,active_subscription,expiry,plan,tier\na@b.example,true,2027-01-31T08:00:00.000Z,yearly,paid\nc@b.example,false,,,\n",
        "id,Customer Email,Current Period End (UTC),tier\nsub_1,a@b.example,2027-01-31 10:00,paid\n",
    ] {
        let found = list(csv).expect("is sound");
        let whole = Subscriber {
            email: "a@b.example".to_owned(),
            name: String::new(),
            tiers: vec![Slug::from_name("paid")],
            until: date(2027, 1, 31),
        };
        assert_eq!(found, [whole], "{csv}");
    }
}

#[test]
fn the_dashboard_of_substack_gives_passes_to_who_pays_only() {
    for (csv, paying) in [
        (
            "Email,Name,Subscription type,Expires at,Paid upgrade date,Cancel date\na@b.example,A,Free,,,\n\
             c@b.example,C,Annual,2027-07-01T00:00:00.000Z,2026-07-15T00:00:00.000Z,\nd@b.example,D,Comp,2027-07-01,,\n",
            &["c@b.example", "d@b.example"][..],
        ),
        (
            "Email,Name,Stripe plan,Cancel date,Start date,Paid upgrade date,Activity,Type\na@b.example,A,,,2025-01-01,,5,Free\n\
             c@b.example,C,Monthly,,2025-02-01,2025-03-01,3,Paid\nd@b.example,D,,,2025-02-01,,3,Comp\n",
            &["c@b.example", "d@b.example"],
        ),
        ("Email,Stripe plan\na@b.example,\nc@b.example,Monthly\n", &["c@b.example"]),
        // Elsewhere a type may be anything.
        ("email,type\na@b.example,Free\n", &["a@b.example"]),
    ] {
        let rules = |it: &Rules<'_>| {
            let rules = Rules { tier: Some(Slug::from_name("paid")), until: Some(date(2027, 1, 31)), ..*it };
            read(csv.as_bytes(), &rules).expect("is sound").subscribers
        };
        let found: Vec<String> = with(rules).into_iter().map(|it| it.email).collect();
        assert_eq!(found, paying, "{csv}");
    }
    let error = list("Email,Name,Paid upgrade date\na@b.example,A,\n").expect_err("does not say who pays");
    assert!(error.contains("is a list of Substack without a column that says who pays"), "{error}");
}

#[test]
fn tiers_are_known_by_their_titles() {
    let tiers = [("paid", "Friends"), ("all", "Gold, and more"), ("garden", "Gold")];
    let tiers = tiers.map(|it| (Slug::from_name(it.0), it.1.to_owned()));
    let of = |csv: &str, tier: Option<&str>| {
        let rules =
            |it: &Rules<'_>| read(csv.as_bytes(), &Rules { tiers: &tiers, tier: tier.map(Slug::from_name), ..*it });
        let found = with(rules).map_err(|it| it.to_string())?.subscribers;
        Ok::<_, String>(found.first().map(|it| it.tiers.iter().map(Slug::as_str).collect::<Vec<_>>().join(" ")))
    };
    for (cell, names) in [
        ("Gold, and more,friends", "all paid"),
        ("Gold ; gold, And More", "all garden"),
        ("paid|all", "all paid"),
        ("Gold", "garden"),
    ] {
        let csv = format!("email,tiers,until\na@b.example,\"{cell}\",2027-01-31\n");
        assert_eq!(of(&csv, None).expect("is sound").as_deref(), Some(names), "{cell}");
    }
    let unknown = of("email,tier,until\na@b.example,\"Gold, and\",2027-01-31\n", None).expect_err("is unknown");
    assert!(unknown.contains("there is no tier `and`"), "{unknown}");
    let stripe = |plan: &str| format!("id,Customer Email,Plan,until\nsub_1,a@b.example,{plan},2027-01-31\n");
    assert_eq!(of(&stripe("friends"), Some("all")).expect("is sound").as_deref(), Some("paid"));
    assert_eq!(of(&stripe("price_4"), Some("all")).expect("is sound").as_deref(), Some("all"));
    assert!(of(&stripe("price_4"), None).expect_err("names none").contains("say which with --tier"));
}

#[test]
fn every_wrong_line_is_named() {
    let csv = "email,tier,until,status\nx,paid,2027-01-31,active\na@b.example,glod,2027-01-31,active\na@b.example,gold,soon,active\n\
        c@b.example,gold,,active\nd@b.example,gold,2027-01-31,active\ne@b.example,,2027-01-31,active\nf@b.example,gold,2027-01-31,odd\n";
    assert_eq!(
        list(csv).expect_err("is broken"),
        "list.csv:2: `x` is no email address\nerror: list.csv:3: there is no tier `glod`; did you mean `gold`?\n\
         error: list.csv:4: `soon` is not a day; write 2027-01-31\nerror: list.csv:5: names no last day; say which with --until\n\
         error: list.csv:8: the status `odd` does not say who pays; known are active, trialing, past_due, canceled, cancelled, incomplete, \
         incomplete_expired, unpaid, paused; take that column out of the list when it says something else\n5 errors; nothing was written"
    );
    assert!(list("mail,tier\n").expect_err("is broken").contains("has no column `email`; its columns are mail, tier"));
}

#[test]
fn a_list_that_is_cut_off_lapses_nobody() {
    let head = "email,name,tier,until\na@b.example,A,gold,2027-01-31\n";
    let cut = list(&format!("{head}c@b.example,C")).expect_err("is cut off");
    assert!(cut.contains("list.csv:3: ends before its time"), "{cut}");
    let open = list(&format!("{head}b@b.example,\"B,gold,2027-01-31\nc@b.example,C,gold,2027-01-31\n"));
    let open = open.expect_err("has an open quotation mark");
    assert!(open.contains("list.csv:3: ends before its time"), "{open}");
    let last = list(&format!("{head}b@b.example,B,gold,\"2027-01-31\nc@b.example,C,gold,2027-01-31\n"));
    let last = last.expect_err("has an open quotation mark at the end");
    assert!(last.contains("list.csv:3:"), "{last}");
    // Excel leaves out empty cells at the end of a line.
    let short = list(&format!("{head}b@b.example,B\nc@b.example,C,gold,2027-01-31\n")).expect("is whole");
    assert_eq!(short.len(), 2);
}

#[test]
fn a_first_line_for_excel_is_no_head() {
    for (first, separator) in [("sep=;\r\n", ";"), ("\u{feff}\"SEP=|\"\n", "|"), ("sep=\t\n", "\t")] {
        let rows = "email,tier,until\na@b.example,paid,2027-01-31\nx,paid,2027-01-31\n".replace(',', separator);
        let error = list(&format!("{first}{rows}")).expect_err("has a wrong line");
        assert_eq!(error, "list.csv:4: `x` is no email address");
    }
}

#[test]
fn a_wrong_line_is_named_after_blank_ones() {
    let error = list("email,tier,until\n\n\nx,gold,2027-01-31\n").expect_err("is broken");
    assert!(error.starts_with("list.csv:4: `x` is no email address"), "{error}");
}
