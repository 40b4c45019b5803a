//! `press pass` as a publisher types it: lists of subscribers, links, and the secret behind them.

use jumpline_press::wall::{Secret, place};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A day of November 2026.
const NOW: &str = "1795000000";

/// A publication with two tiers, in a folder of its own.
struct Desk {
    folder: tempfile::TempDir,
}

/// What a command said.
struct Said {
    ok: bool,
    out: String,
    err: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        let tiers = "[[tiers]]\nname = \"paid\"\ntitle = \"Friends\"\n[[tiers]]\nname = \"gold\"\ntitle = \"Gold\"\n";
        desk.write("content/publication.toml", &format!("title = \"T\"\nurl = \"https://t.example\"\n{tiers}"));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn press_with(&self, secret: Option<&str>, line: &str) -> Said {
        let mut press = Command::new(env!("CARGO_BIN_EXE_press"));
        press.args(line.split_whitespace()).current_dir(self.folder.path());
        press.env_remove(place::VARIABLE).env("SOURCE_DATE_EPOCH", NOW);
        press.envs(secret.map(|it| (place::VARIABLE, it)));
        let output = press.output().unwrap();
        let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
        Said { ok: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn press(&self, line: &str) -> Said {
        self.press_with(None, line)
    }

    /// Imports a list. Gives back what was said, and who has a live pass: address, tiers, last day.
    #[track_caller]
    fn import(&self, list: &str, more: &str) -> (String, String) {
        self.write("list.csv", list);
        let said = self.press(&format!("pass import list.csv --links links.csv {more}"));
        assert!(said.ok, "{}", said.err);
        let of = |it: &str| it.rsplit_once(',').map(|it| format!("{}\n", it.0)).unwrap_or_default();
        (said.out, self.read("links.csv").lines().skip(1).map(of).collect())
    }

    /// Imports a list that is refused.
    #[track_caller]
    fn refused(&self, list: &str, more: &str) -> String {
        self.write("list.csv", list);
        let said = self.press(&format!("pass import list.csv {more}"));
        assert!(!said.ok, "{}", said.out);
        said.err
    }
}

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
fn a_pass_is_not_extended_into_the_past() {
    let desk = Desk::new();
    assert!(desk.press("pass issue --tier paid --until 2027-01-31").ok);
    let id = desk.press("pass list").out.split_whitespace().next().unwrap().to_owned();
    let said = desk.press(&format!("pass extend {id} --until 2020-01-01"));
    assert!(!said.ok && said.err.contains("2020-01-01 is over already; `press pass revoke"), "{}", said.err);
    assert!(desk.press("pass list").out.contains("live"));
    assert!(desk.press(&format!("pass extend {id} --until 2027-02-28")).ok);
}

#[cfg(unix)]
#[test]
fn a_picture_of_a_link_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    assert!(desk.press("pass issue --tier paid --until 2027-01-31 --svg ada.svg").ok);
    assert!(desk.read("ada.svg").contains("<svg"));
    assert_eq!(fs::metadata(desk.path("ada.svg")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn each_task_says_what_it_does() {
    let desk = Desk::new();
    let mut seen = std::collections::BTreeMap::new();
    let mut left = vec![String::new()];
    while let Some(command) = left.pop() {
        let help = desk.press(&format!("{command} --help")).out;
        let first = help.lines().next().unwrap_or_default().to_owned();
        assert!(first.contains(' ') && !first.starts_with("Where"), "press{command}: {first}");
        if let Some(other) = seen.insert(first.clone(), command.clone()) {
            panic!("press{command} and press{other} say the same: {first}");
        }
        let commands = help.split_once("\nCommands:\n").map_or("", |it| it.1.split_once("\n\n").unwrap().0);
        for line in commands.lines().filter(|it| it.starts_with("  ") && !it.starts_with("    ")) {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap();
            assert!(words.next().is_some(), "press{command} {name} stands in the list without a word");
            left.extend((name != "help").then(|| format!("{command} {name}")));
        }
    }
    assert!(seen.len() > 15, "{seen:?}");
}

#[test]
fn nothing_to_search_is_no_clean_site() {
    let desk = Desk::new();
    for out in ["nowhere", "empty"] {
        fs::create_dir_all(desk.path("empty")).unwrap();
        let said = desk.press(&format!("audit {out}"));
        assert!(!said.ok && said.err.contains(&format!("{out}: there is no site here")), "{}{}", said.out, said.err);
    }
}

#[test]
fn a_secret_that_was_named_is_not_made_anew() {
    let desk = Desk::new();
    desk.write("list.csv", "email,tier,until\na@b.example,paid,2027-01-31\n");
    desk.write(
        "content/articles/a.md",
        "---\ntitle: A\ndate: 2026-11-02\nvisibility: paid\n---\na\n\n<!--more-->\n\nb\n",
    );
    desk.write("site/a.txt", "a");
    let toml = desk.read("content/publication.toml");
    let shell = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/small/shell");
    let tasks = [
        format!("build --shell {shell}"),
        "audit site".to_owned(),
        "gift /a/".to_owned(),
        "pass list".to_owned(),
        "pass link x".to_owned(),
        "pass revoke x".to_owned(),
        "pass extend x --until 2027-01-31".to_owned(),
        "pass issue --tier paid --until 2027-01-31".to_owned(),
        "pass import list.csv".to_owned(),
    ];
    let check = |variable: Option<&str>, by: &str, tasks: &[String]| {
        for task in tasks {
            let said = desk.press_with(variable, task);
            let told = said.err.contains("elsewhere/sceret: there is no secret, and ")
                && said.err.contains(by)
                && said.err.contains("press pass secret");
            assert!(!said.ok && told, "{task}: {}{}", said.out, said.err);
            assert!(
                !desk.path("elsewhere").exists() && !desk.path("keys").exists() && !desk.path("dist").exists(),
                "{task}"
            );
        }
    };
    check(Some("elsewhere/sceret"), "JUMPLINE_SECRET", &tasks);
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../elsewhere/sceret\"\n"));
    check(None, "`paywall.secret`", &tasks);
    let made = desk.press("pass secret");
    assert!(made.ok && made.err.contains("Back it up now"), "{}", made.err);
    let secret = desk.read("elsewhere/sceret");
    assert!(Secret::parse(&secret).is_some());
    assert!(desk.press("pass secret").out.contains("there is one already"));
    assert_eq!(desk.read("elsewhere/sceret"), secret);
    assert!(desk.press(&tasks[0]).ok && desk.press(&tasks[7]).ok && desk.press(&tasks[3]).ok);
    fs::remove_file(desk.path("elsewhere/sceret")).unwrap();
    for task in [&tasks[0], &tasks[3], &"pass secret".to_owned()] {
        let said = desk.press(task);
        assert!(!said.ok && said.err.contains("put your backup of it back"), "{task}: {}", said.err);
    }
    // The place that nobody has to name is made at the first use.
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../keys/secret\"\n"));
    let built = desk.press(&tasks[0]);
    assert!(built.ok && built.err.contains("Back it up now"), "{}", built.err);
}

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
fn a_pass_is_for_somebody_who_can_be_written_to() {
    let desk = Desk::new();
    let wrong = desk.press("pass issue --tier paid --until 2027-01-31 --email nobody");
    assert!(!wrong.ok && wrong.err.contains("--email nobody is no email address"), "{}", wrong.err);
    let twice = desk.press("pass issue --tier gold --tier gold --until 2027-01-31 --email a@b.example");
    assert!(twice.ok && twice.err.contains(" for gold, until"), "{}", twice.err);
}

#[test]
fn nothing_that_opens_the_wall_is_written_where_everybody_reads() {
    let desk = Desk::new();
    desk.write("site/index.html", "<script type=\"application/json\" id=\"jumpline-boot\">{}</script>");
    desk.write("list.csv", "email,tier,until\na@b.example,paid,2027-01-31\n");
    for folder in ["dist", "site", "site/ferry", "content", "content/media"] {
        for task in [
            format!("pass issue --tier paid --until 2027-01-31 --svg {folder}/s.svg"),
            format!("pass import list.csv --links {folder}/links.csv"),
        ] {
            let said = desk.press(&task);
            let expected = if folder.starts_with("content") { "lies in the content" } else { "lies in the site" };
            assert!(!said.ok && said.err.contains(expected), "{task}: {}{}", said.err, said.out);
        }
        for task in ["pass secret", "pass issue --tier paid --until 2027-01-31", "pass list"] {
            let said = desk.press_with(Some(&format!("{folder}/secret")), task);
            assert!(!said.ok && said.err.contains("a secret may not lie in the"), "{task}: {}", said.err);
        }
    }
    assert!(!desk.path("dist").exists() && !desk.path("keys").exists(), "a pass was made for nobody");
    let toml = desk.read("content/publication.toml");
    desk.write("content/publication.toml", &format!("{toml}[paywall]\nsecret = \"../dist/secret\"\n"));
    assert!(desk.press("pass secret").err.contains("a secret may not lie in the site"));
    desk.write("content/publication.toml", &toml);
    assert!(desk.press("pass issue --tier paid --until 2027-01-31 --svg s.svg").ok && desk.path("s.svg").exists());
}

#[test]
fn a_tier_that_is_gone_is_told_to_who_sold_it() {
    let desk = Desk::new();
    desk.write(
        "content/articles/a.md",
        "---\ntitle: A\ndate: 2026-11-02\nvisibility: paid\n---\na\n\n<!--more-->\n\nb\n",
    );
    for tiers in ["--tier gold", "--tier gold", "--tier paid --tier gold"] {
        assert!(desk.press(&format!("pass issue {tiers} --until 2027-01-31")).ok);
    }
    let build = format!("build --shell {}", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sites/small/shell"));
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
