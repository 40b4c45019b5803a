//! The wall from outside: what opens, what does not, and what stays the same.

use crate::driver::Site;
use jiff::civil::date;
use jumpline_article::wall::{Bytes, Envelope, Epoch, Grant, Keyring, Kid, PassLink, Rest, Status, label};
use jumpline_article::{Item, Slug, Visibility};
use jumpline_press::wall::chain::Chain;
use jumpline_press::wall::open::{self, OpenError};
use jumpline_press::wall::passes::{self, Editing, Origin, Pass};
use jumpline_press::wall::{Place, Secret, content_key, day, secret};
use proptest::prelude::*;

const SECRET: [u8; 32] = [7; 32];

/// What opens the small site's chart.
pub(crate) struct Keys {
    pub(crate) envelope: Envelope,
    pub(crate) wrapping: [u8; 32],
    pub(crate) kid: Kid,
    pub(crate) pass: PassLink,
    pub(crate) entry_key: [u8; 32],
    pub(crate) entry: String,
}

/// Adds a pass that is paid until a day, and gives back its link.
fn issue(site: &Site, change: impl FnOnce(&mut Pass)) -> PassLink {
    let mut publication = jumpline_press::source::publication(&site.path("content"), None).unwrap();
    let place = Place::of(&site.path("content"), &mut publication, None).unwrap();
    let secret = place.secret_or_new().unwrap();
    let mut editing = Editing::open(&place).unwrap();
    let mut pass = Pass {
        id: passes::fresh_id(&passes::mark(&secret)).unwrap(),
        name: String::new(),
        email: None,
        tiers: vec![Slug::from_name("pilots")],
        until: date(2099, 1, 31),
        issued: date(2025, 1, 1),
        revoked: None,
        left: None,
        origin: Origin::Issued,
        source: String::new(),
    };
    change(&mut pass);
    editing.passes.push(pass.clone());
    editing.save().unwrap();
    pass.pass_link(&secret)
}

fn keyring(site: &Site) -> Keyring {
    Keyring::from_json(&site.read("dist/keyring/0000.json")).unwrap()
}

fn envelope(site: &Site, article: &str) -> Envelope {
    let item = Item::from_json(&site.read(&format!("dist/{article}/article.json"))).unwrap();
    *item.jumpline.unwrap().envelope.unwrap()
}

pub(crate) fn keys(site: &Site) -> Keys {
    let pass = issue(site, |_| ());
    site.build();
    let claims = open::claims(&keyring(site), &pass).unwrap().unwrap();
    let envelope = envelope(site, "chart");
    let kid = envelope.recipients[0].header.kid.clone();
    let wrapping = open::wrapping_key(&claims.grants, &kid).unwrap();
    let entry_key = secret::derive(&pass.secret.0, label::KEYRING_KEY);
    let entries = keyring(site).entries;
    let alone = |tag: &str, entry: &str| Keyring { version: 1, entries: [(tag.to_owned(), entry.to_owned())].into() };
    let is_mine = |it: &(&String, &String)| open::claims(&alone(it.0, it.1), &pass).is_ok_and(|it| it.is_some());
    let entry = entries.iter().find(is_mine).unwrap().1.clone();
    Keys { envelope, wrapping, kid, pass, entry_key, entry }
}

fn rest(envelope: &Envelope, grants: &[Grant]) -> Result<Rest, OpenError> {
    let key = open::content_key(envelope, |it| open::wrapping_key(grants, it))?;
    open::envelope(envelope, "/chart/", Visibility::Paid, &key)
}

#[test]
fn a_pass_opens_article_and_picture() {
    let site = Site::copy("small");
    let pass = issue(&site, |_| ());
    site.build();
    let claims = open::claims(&keyring(&site), &pass).unwrap().unwrap();
    assert_eq!((claims.status, claims.until.as_str()), (Status::Live, "2099-01-31"));
    let rest = rest(&envelope(&site, "chart"), &claims.grants).unwrap();
    assert!(rest.content_html.contains("GATEDWORD") && !rest.content_html.contains("The channel has moved"));
    assert_eq!(rest.contents[0].text, "GATEDHEADING");
    let (name, kind) = rest.media.first_key_value().unwrap();
    assert_eq!(kind, "image/svg+xml");
    assert!(rest.content_html.contains(&format!("data-sealed=\"{name}\"")) && !rest.content_html.contains("src="));
    let sealed = std::fs::read(site.path(&format!("dist/sealed/{name}.bin"))).unwrap();
    let key = content_key(&Secret::from(SECRET), "/chart/", Visibility::Paid);
    let picture = open::media(&sealed, "/chart/", name, &key).unwrap();
    assert_eq!(picture, std::fs::read(site.path("content/media/secret-chart.svg")).unwrap());
    assert!(
        open::media(&sealed, "/ferry/", name, &key).is_err()
            && open::media(&sealed[1..], "/chart/", name, &key).is_err()
    );
}

#[test]
fn nothing_gated_stands_in_the_site() {
    let site = Site::copy("small");
    issue(&site, |_| ());
    site.build();
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("GATED") && !path.contains("secret"), "{path}");
    }
}

#[test]
fn what_has_ended_says_so_and_opens_nothing() {
    let site = Site::copy("small");
    let lapsed = issue(&site, |it| it.until = day::today().checked_sub(jiff::ToSpan::days(40)).unwrap());
    let revoked = issue(&site, |it| it.revoked = Some(day::today()));
    let forgotten = issue(&site, |it| it.until = date(2020, 1, 31));
    let early = issue(&site, |it| it.tiers = vec![Slug::from_name("nobody")]);
    site.build();
    let keyring = keyring(&site);
    let of = |pass: &PassLink| open::claims(&keyring, pass).unwrap().map(|it| (it.status, it.grants.len()));
    assert_eq!(of(&lapsed), Some((Status::Lapsed, 0)));
    assert_eq!(of(&revoked), Some((Status::Revoked, 0)));
    assert_eq!(of(&forgotten), None);
    assert_eq!(of(&early), Some((Status::Live, 0)));
    let lengths: std::collections::BTreeSet<usize> = keyring.entries.values().map(String::len).collect();
    assert_eq!((keyring.entries.len(), lengths.len()), (16, 1), "decoys look like entries");
}

#[test]
fn a_changed_byte_opens_nothing() {
    let site = Site::copy("small");
    let keys = keys(&site);
    let claims = open::claims(&keyring(&site), &keys.pass).unwrap().unwrap();
    assert!(rest(&keys.envelope, &claims.grants).is_ok());
    type Field = fn(&mut Envelope) -> &mut Bytes;
    let fields: [Field; 6] = [
        |it| &mut it.protected,
        |it| &mut it.aad,
        |it| &mut it.iv,
        |it| &mut it.ciphertext,
        |it| &mut it.tag,
        |it| &mut it.recipients[0].encrypted_key,
    ];
    for (number, field) in fields.into_iter().enumerate() {
        for at in 0..field(&mut keys.envelope.clone()).0.len() {
            let mut changed = keys.envelope.clone();
            field(&mut changed).0[at] ^= 1;
            assert!(rest(&changed, &claims.grants).is_err(), "field {number}, byte {at}");
        }
    }
}

#[test]
fn envelopes_cannot_be_swapped() {
    let site = Site::copy("small");
    site.write(
        "content/articles/tide.md",
        "---\ntitle: T\ndate: 2025-02-11\nvisibility: paid\n---\na b c\n\n<!--more-->\n\nd\n",
    );
    let keys = keys(&site);
    let tide = envelope(&site, "tide");
    let key = open::content_key(&tide, |it| (*it == keys.kid).then_some(keys.wrapping)).unwrap();
    assert!(open::envelope(&tide, "/tide/", Visibility::Paid, &key).is_ok());
    assert!(open::envelope(&tide, "/chart/", Visibility::Paid, &key).is_err());
    let disguised = Envelope { aad: keys.envelope.aad.clone(), ..tide };
    assert!(open::envelope(&disguised, "/chart/", Visibility::Paid, &key).is_err());
}

#[test]
fn an_edit_changes_one_envelope_and_no_key() {
    let site = Site::copy("small");
    site.write(
        "content/articles/tide.md",
        "---\ntitle: T\ndate: 2025-02-11\nvisibility: members\n---\na\n\n<!--more-->\n\nd\n",
    );
    issue(&site, |_| ());
    site.build();
    let (chart, tide, ring) = (envelope(&site, "chart"), envelope(&site, "tide"), keyring(&site));
    assert_eq!(tide.recipients[0].header.kid, Kid::Members);
    site.edit("content/articles/chart.md", "two cables", "three cables");
    assert_eq!(site.build().built, 1, "an edit behind the gate is seen");
    let edited = envelope(&site, "chart");
    assert_eq!((envelope(&site, "tide"), keyring(&site)), (tide, ring));
    assert_eq!(edited.recipients, chart.recipients);
    assert!(edited.iv != chart.iv && edited.ciphertext != chart.ciphertext);
    site.edit("content/articles/chart.md", "visibility: paid\ntiers: [pilots]", "visibility: members");
    site.build();
    assert_eq!(envelope(&site, "chart").recipients[0].header.kid, Kid::Members, "the cache knows no envelope");
}

#[test]
fn a_tier_whose_name_names_no_key_is_refused() {
    let site = Site::copy("small");
    site.edit("content/publication.toml", "name = \"pilots\"", "name = \"The Pilots\"");
    let error = site.fail(false);
    assert!(
        error.contains("publication.toml:22:8: field `tiers[0].name`: `The Pilots` is not a slug; write `the-pilots`"),
        "{error}"
    );
}

#[test]
fn a_gated_page_needs_a_date() {
    let site = Site::copy("small");
    site.write("content/pages/club.md", "---\ntitle: Club\nvisibility: paid\n---\na\n");
    assert!(site.fail(false).contains("club.md:1: is gated and has no date"));
}

#[test]
fn a_picture_that_is_public_too_stays_public() {
    let site = Site::copy("small");
    let about = site.read("content/pages/about.md") + "\n![Chart](/media/secret-chart.svg)\n";
    site.write("content/pages/about.md", &about);
    assert!(site.build().warnings > 0);
    assert!(site.path("dist/media/secret-chart.svg").exists() && !site.path("dist/sealed").exists());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_pass_opens_its_month_and_every_earlier_one(pass in 24_000_u32..24_600, back in 0_u32..600, later in 1_u32..300, tier in "[a-z]{1,8}") {
        let month = |number: u32| Epoch::parse(&format!("{:04}-{:02}", number / 12, number % 12 + 1)).unwrap();
        let tier = Slug::from_name(&tier);
        let chain = Chain::down_to(&Secret::from(SECRET), &tier, month(pass - 600));
        let grants = [Grant { tier: tier.clone(), epoch: month(pass), first: month(pass - 600), state: Bytes::from(chain.state(month(pass)).as_slice()) }];
        let kid = |number: u32| Kid::Tier(tier.clone(), month(number));
        prop_assert_eq!(open::wrapping_key(&grants, &kid(pass - back)), Some(chain.wrapping_key(month(pass - back))));
        prop_assert_eq!(open::wrapping_key(&grants, &kid(pass + later)), None);
        // Nor does the later key stand anywhere in what can be computed from the pass.
        let state = chain.state(month(pass + later));
        let reachable = std::iter::successors(Some(chain.state(month(pass))), |it| Some(jumpline_press::wall::chain::before(it)));
        prop_assert!(reachable.take(600).all(|it| it != state));
        prop_assert_eq!(open::wrapping_key(&grants, &Kid::Tier(Slug::from_name("another-tier"), month(pass))), None);
    }
}
