//! Lists of subscribers, as those who sell subscriptions write them.

use super::Desk;

const GHOST: &str = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\n\
    1,free@b.example,Free,,true,,,2025-01-01T00:00:00.000Z,,,\n\
    2,ada@b.example,Ada,,true,,cus_1,2025-01-01T00:00:00.000Z,,,Gold\n\
    3,guest@b.example,Guest,,true,true,,2025-01-01T00:00:00.000Z,,,\n\
    4,gone@b.example,Gone,,true,,cus_2,2025-01-01T00:00:00.000Z,2026-01-01T00:00:00.000Z,,Gold\n";

#[test]
fn a_free_member_of_ghost_gets_no_pass() {
    let (said, live) = Desk::new().import(GHOST, "--until 2027-01-31 --tier paid");
    assert_eq!(live, "ada@b.example,Ada,gold,2027-01-31\nguest@b.example,Guest,paid,2027-01-31\n");
    assert!(said.contains("passed over: 1 who pays nothing, 1 deleted"), "{said}");
}

#[test]
fn a_guest_of_ghost_needs_a_tier() {
    let error = Desk::new().refused(GHOST, "--until 2027-01-31");
    assert!(error.contains("list.csv:4: is complimentary and names no tier; say which with --tier"), "{error}");
    let old = GHOST.replace(",tiers\n", ",x\n");
    let error = Desk::new().refused(&old, "--until 2027-01-31 --tier paid");
    assert!(error.contains("list.csv:1: has a column `complimentary_plan` and none that says who pays"), "{error}");
}

const STRIPE: &str =
    "id,Customer ID,Customer Email,Plan,Status,Created (UTC),Current Period End (UTC),Ended At (UTC),Customer Name\n";

fn stripe(lines: &[(&str, &str, &str)]) -> String {
    let line = |(email, status, end): &(&str, &str, &str)| {
        format!("sub_1,cus_1,{email},price_1,{status},2025-01-01 10:00,{end} 10:00,,\n")
    };
    STRIPE.to_owned() + &lines.iter().map(line).collect::<String>()
}

#[test]
fn who_has_cancelled_at_stripe_gets_no_pass() {
    let list = stripe(&[
        ("active@b.example", "active", "2027-01-31"),
        ("trial@b.example", "trialing", "2027-01-31"),
        ("late@b.example", "past_due", "2027-01-31"),
        ("over@b.example", "canceled", "2027-01-31"),
        ("unpaid@b.example", "unpaid", "2027-01-31"),
        ("paused@b.example", "paused", "2027-01-31"),
        ("card@b.example", "incomplete", "2027-01-31"),
        ("card2@b.example", "incomplete_expired", "2027-01-31"),
        ("never@b.example", "", "2027-01-31"),
    ]);
    let (said, live) = Desk::new().import(&list, "--tier paid");
    let names: Vec<&str> = live.lines().filter_map(|it| it.split(',').next()).collect();
    assert_eq!(names, ["active@b.example", "trial@b.example", "late@b.example"]);
    let over = "passed over: 1 who pays nothing, 1 canceled, 1 incomplete, 1 incomplete_expired, 1 paused, 1 unpaid";
    assert!(said.contains(over), "{said}");
    let error = Desk::new().refused(&stripe(&[("a@b.example", "inactive", "2027-01-31")]), "--tier paid");
    assert!(
        error.contains("list.csv:2: the status `inactive` does not say who pays; did you mean `active`?"),
        "{error}"
    );
}

#[test]
fn who_subscribed_twice_has_one_pass_until_the_later_day() {
    let list = stripe(&[
        ("a@b.example", "canceled", "2028-01-31"),
        ("a@b.example", "active", "2027-01-31"),
        ("A@b.example", "active", "2027-03-31"),
        ("a@b.example", "active", "2027-02-28"),
    ]);
    let (said, live) = Desk::new().import(&list, "--tier paid");
    assert_eq!(live, "a@b.example,,paid,2027-03-31\n");
    assert!(said.starts_with("1 subscriber: 1 new"), "{said}");
    let list = "email,tier,until,name\na@b.example,paid,2027-01-31,\na@b.example,gold,2027-01-31,Ada\n\
        c@b.example,paid,2027-01-31,\nc@b.example,gold,2026-01-31,\n\
        d@b.example,paid,2027-01-31,\nd@b.example,gold,2027-06-30,\n";
    let (said, live) = Desk::new().import(list, "");
    assert_eq!(
        live,
        "a@b.example,Ada,\"gold, paid\",2027-01-31\nc@b.example,,paid,2027-01-31\nd@b.example,,\"gold, paid\",2027-06-30\n"
    );
    assert!(said.contains("d@b.example stands in lines 6 and 7 with other tiers and days"), "{said}");
    assert!(!said.contains("a@b.example") && !said.contains("c@b.example"), "{said}");
}

#[test]
fn a_list_of_excel_is_understood() {
    for separator in [";", "\t"] {
        let list = "\u{feff}name;email;tier;until\n\"Lace; Ada\";a@b.example;paid;2027-01-31\n".replace(';', separator);
        let (_, live) = Desk::new().import(&list, "");
        let name = format!("Lace{} Ada", separator.trim());
        assert_eq!(live, format!("a@b.example,{name},paid,2027-01-31\n"));
    }
}

#[test]
fn a_name_is_no_formula() {
    let list = "email,name,tier,until\na@b.example,\"=HYPERLINK(\"\"https://x.example\"\")\",paid,2027-01-31\n\
        b@b.example,+1,paid,2027-01-31\nc@b.example,-1,paid,2027-01-31\nd@b.example,@SUM(1),paid,2027-01-31\n\
        e@b.example,Ada = Lace,paid,2027-01-31\n";
    let desk = Desk::new();
    let (_, live) = desk.import(list, "");
    let names: Vec<&str> = live.lines().map(|it| it.split_once(',').unwrap().1).collect();
    assert!(names[0].starts_with("\"'=HYPERLINK"), "{live}");
    assert_eq!(
        names[1..],
        ["'+1,paid,2027-01-31", "'-1,paid,2027-01-31", "'@SUM(1),paid,2027-01-31", "Ada = Lace,paid,2027-01-31"]
    );
    assert!(desk.press("pass list").out.contains("  =HYPERLINK"), "what is kept is as it was written");
}

#[test]
fn a_second_list_does_not_end_the_first() {
    let list = |names: &[&str]| -> String {
        let lines = names.iter().map(|it| format!("{it}@b.example,paid,2027-01-31\n"));
        format!("email,tier,until\n{}", lines.collect::<String>())
    };
    let desk = Desk::new();
    let (stripe, substack) = (list(&["a", "b", "c"]), list(&["x"]));
    desk.import(&stripe, "");
    let error = desk.refused(&substack, "");
    assert!(error.contains("list.csv: lacks 3 of the 3 live passes of import, and they would end"), "{error}");
    assert!(desk.refused(&substack, "--source ?!").contains("is no name"));
    let (said, live) = desk.import(&substack, "--source Substack");
    assert!(said.starts_with("1 subscriber: 1 new, 0 changed, 0 left"), "{said}");
    assert_eq!(live, "x@b.example,,paid,2027-01-31\n");
    assert!(desk.import(&stripe, "").0.contains("nothing has changed"));
    let (said, _) = desk.import(&list(&["d"]), "--others-ended");
    assert!(said.contains("1 new, 0 changed, 3 left the list"), "{said}");
}
